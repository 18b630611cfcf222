// The local storage on a real file system: bytes, errors, locks, and listings beside a writer. The
// parts that every storage has to fulfil are run on memory, too.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <thread>

#include "storage/faulty.h"
#include "storage/memory.h"
#include "storage/path.h"
#include "storage/stdio.h"
#include "storage/storage.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class StorageTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    std::string made = testing::TempDir() + "storage-XXXXXX";
    root_ = ::mkdtemp(made.data());
    if (std::string(GetParam()) == "local") {
      storage_ = LocalStorage();
    } else {
      storage_ = MakeMemoryStorage();
      ASSERT_TRUE(storage_->MakeDirectories(root_).ok());
      if (std::string(GetParam()) == "faulty") storage_ = MakeFaultyStorage(storage_);
    }
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string At(const std::string& name) const { return root_ + "/" + name; }
  void Put(const std::string& name, const std::string& bytes) {
    ASSERT_TRUE(WriteWholeFile(*storage_, At(name), bytes).ok());
  }
  std::string Get(const std::string& name) {
    auto bytes = ReadWholeFile(*storage_, At(name));
    return bytes.ok() ? *bytes : "error";
  }

  std::shared_ptr<Storage> storage_;
  std::string root_;
};

TEST_P(StorageTest, WritesAndReads) {
  auto file = *storage_->OpenWrite(At("a"));
  ASSERT_TRUE(file->Append("abc").ok());
  ASSERT_TRUE(file->Append("def").ok());
  ASSERT_TRUE(file->Sync().ok());
  ASSERT_TRUE(file->Close().ok());
  ASSERT_TRUE(file->Close().ok());
  auto read = *storage_->OpenRead(At("a"));
  EXPECT_EQ(read->size_bytes(), 6);
  char buffer[10] = {};
  EXPECT_EQ(*read->ReadAt(4, 10, buffer), 2);
  EXPECT_STREQ(buffer, "ef");
  EXPECT_EQ(*read->ReadAt(6, 10, buffer), 0);
  EXPECT_EQ(*read->ReadAt(99, 10, buffer), 0);
  auto anywhere = *storage_->OpenWrite(At("a"));
  ASSERT_TRUE(anywhere->WriteAt(2, "yz").ok());
  ASSERT_TRUE(anywhere->WriteAt(0, "x").ok());
  ASSERT_TRUE(anywhere->Close().ok());
  EXPECT_EQ(Get("a"), std::string("x\0yz", 4));
}

TEST_P(StorageTest, ErrorsNameThePath) {
  Put("file", "x");
  auto says = [&](const Status& status, const std::string& message) {
    EXPECT_TRUE(status.IsIOError()) << status.ToString();
    EXPECT_EQ(ExitCodeOf(status), ExitCode::kIo);
    EXPECT_THAT(FormatError(status), HasSubstr(message));
    EXPECT_THAT(FormatError(status), HasSubstr(root_));
  };
  says(storage_->OpenRead(At("none")).status(), "/none: no such file or directory");
  says(storage_->OpenRead(root_).status(), "is a directory");
  says(storage_->OpenWrite(At("none/x")).status(), "/none/x: no such file or directory");
  says(storage_->OpenWrite(root_).status(), "is a directory");
  says(storage_->Stat(At("none")).status(), "no such file or directory");
  says(storage_->List(At("none")).status(), "no such file or directory");
  says(storage_->List(At("file")).status(), "not a directory");
  says(storage_->MakeDirectories(At("file/x")), "not a directory");
  says(storage_->RemoveFile(At("none")), "no such file or directory");
  says(storage_->Rename(At("none"), At("x")), "/none: no such file or directory");
  says(storage_->SyncDirectory(At("none")), "no such file or directory");
  EXPECT_FALSE(*storage_->Exists(At("none")));
  EXPECT_FALSE(*storage_->Exists(At("file/x")));
}

TEST_P(StorageTest, FoldersAndNames) {
  ASSERT_TRUE(storage_->MakeDirectories(At("a/b/c")).ok());
  ASSERT_TRUE(storage_->MakeDirectories(At("a/b/c")).ok());
  Put("a/b/c/y", "1");
  Put("a/x", "22");
  auto direct = *storage_->List(At("a"));
  ASSERT_EQ(direct.size(), 2u);
  EXPECT_TRUE(direct[0].is_directory);
  EXPECT_EQ(direct[1].path, At("a/x"));
  EXPECT_EQ(direct[1].size_bytes, 2);
  auto tree = *storage_->ListTree(At("a"));
  ASSERT_EQ(tree.size(), 2u);
  EXPECT_EQ(tree[0].path, At("a/b/c/y"));
  EXPECT_FALSE(*storage_->RemoveEmptyDirectory(At("a/b")));
  ASSERT_TRUE(storage_->RemoveFile(At("a/b/c/y")).ok());
  EXPECT_TRUE(*storage_->RemoveEmptyDirectory(At("a/b/c")));
  EXPECT_TRUE(*storage_->RemoveEmptyDirectory(At("a/b/c")));
  ASSERT_TRUE(storage_->RemoveTree(At("a")).ok());
  ASSERT_TRUE(storage_->RemoveTree(At("a")).ok());
  EXPECT_FALSE(*storage_->Exists(At("a")));
  EXPECT_EQ(*storage_->Canonical(At("p/../q//./r/")), root_ + "/q/r");
}

TEST_P(StorageTest, RenameLinkExchange) {
  ASSERT_TRUE(storage_->MakeDirectories(At("a")).ok());
  ASSERT_TRUE(storage_->MakeDirectories(At("b")).ok());
  Put("a/1", "one");
  Put("b/2", "two");
  ASSERT_TRUE(storage_->Exchange(At("a"), At("b")).ok());
  EXPECT_EQ(Get("b/1"), "one");
  EXPECT_EQ(Get("a/2"), "two");
  ASSERT_TRUE(storage_->Link(At("b/1"), At("a/3")).ok());
  ASSERT_TRUE(storage_->RemoveTree(At("b")).ok());
  EXPECT_EQ(Get("a/3"), "one");
  EXPECT_THAT(FormatError(storage_->Link(At("a/2"), At("a/3"))), HasSubstr("/a/3: file exists"));
  ASSERT_TRUE(storage_->Rename(At("a/2"), At("a/3")).ok());
  EXPECT_EQ(Get("a/3"), "two");
  ASSERT_TRUE(storage_->MakeDirectories(At("full")).ok());
  Put("full/x", "");
  EXPECT_FALSE(storage_->Rename(At("a"), At("full")).ok());
}

TEST_P(StorageTest, CreateExclusive) {
  ASSERT_TRUE(storage_->CreateExclusive(At("c"), "first").ok());
  EXPECT_TRUE(storage_->CreateExclusive(At("c"), "second").IsAlreadyExists());
  EXPECT_EQ(Get("c"), "first");
  EXPECT_EQ(storage_->List(root_)->size(), 1u);
  std::atomic<int> won{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        won += storage_->CreateExclusive(At("c" + std::to_string(i)), "x").ok();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won.load(), 20);
  EXPECT_EQ(storage_->List(root_)->size(), 21u);
}

TEST_P(StorageTest, OneLockAtATime) {
  {
    auto lock = storage_->TryLock(At("lock"), "run 1");
    ASSERT_TRUE(lock.ok());
    auto second = storage_->TryLock(At("lock"), "run 2");
    EXPECT_TRUE(second.status().IsAlreadyExists());
    EXPECT_EQ(second.status().message(), "run 1");
  }
  EXPECT_FALSE(*storage_->Exists(At("lock")));
  Put("lock", "left by the dead");
  EXPECT_TRUE(storage_->TryLock(At("lock"), "run 3").ok());
  EXPECT_FALSE(*storage_->Exists(At("lock")));
  std::atomic<int> holders{0}, taken{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        auto lock = storage_->TryLock(At("lock"), "x");
        if (!lock.ok()) continue;
        EXPECT_EQ(++holders, 1);
        ++taken;
        std::this_thread::yield();
        --holders;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(taken.load(), 0);
  EXPECT_FALSE(*storage_->Exists(At("lock")));
}

INSTANTIATE_TEST_SUITE_P(Kinds, StorageTest, testing::Values("local", "memory", "faulty"),
                         [](const auto& info) { return info.param; });

class LocalTest : public StorageTest {};
INSTANTIATE_TEST_SUITE_P(Kinds, LocalTest, testing::Values("local"),
                         [](const auto& info) { return info.param; });

TEST_P(LocalTest, FullDiskAndLimits) {
  auto full = *storage_->OpenWrite("/dev/full");
  EXPECT_THAT(FormatError(full->Append("x")), HasSubstr("/dev/full: no space left on device"));
  // A write that stops in the middle is continued and then says why it can't.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before, limit;
  ::getrlimit(RLIMIT_FSIZE, &before);
  limit = before;
  limit.rlim_cur = 1000;
  ::setrlimit(RLIMIT_FSIZE, &limit);
  auto file = *storage_->OpenWrite(At("limited"));
  Status status = file->Append(std::string(1500, 'x'));
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_THAT(FormatError(status), HasSubstr("/limited: file too large"));
  EXPECT_EQ(storage_->Stat(At("limited"))->size_bytes, 1000);
}

TEST_P(LocalTest, FilesAreNotInherited) {
  auto file = *storage_->OpenWrite(At("a"));
  auto lock = *storage_->TryLock(At("lock"), "x");
  for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    fs::path target = fs::read_symlink(entry.path(), error);
    if (error || target.string().find(root_) != 0) continue;
    int fd = std::stoi(entry.path().filename());
    EXPECT_TRUE(::fcntl(fd, F_GETFD) & FD_CLOEXEC) << target;
  }
}

TEST_P(LocalTest, AnotherProcessHoldsTheLockUntilItDies) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  pid_t child = ::fork();
  if (child == 0) {
    auto lock = storage_->TryLock(At("lock"), "child");
    (void)!::write(ready[1], lock.ok() ? "y" : "n", 1);
    ::pause();
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  EXPECT_TRUE(storage_->TryLock(At("lock"), "parent").status().IsAlreadyExists());
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(*storage_->Exists(At("lock")));  // nobody could remove it
  EXPECT_TRUE(storage_->TryLock(At("lock"), "parent").ok());
  EXPECT_FALSE(*storage_->Exists(At("lock")));
}

TEST_P(LocalTest, PermissionDenied) {
  if (::geteuid() != 0) GTEST_SKIP() << "becomes another user: needs root";
  ASSERT_TRUE(storage_->MakeDirectories(At("shut")).ok());
  ASSERT_EQ(::chmod(root_.c_str(), 0755), 0);
  ASSERT_EQ(::seteuid(65534), 0);
  Status status = storage_->OpenWrite(At("shut/x")).status();
  auto can = storage_->CanCreateIn(At("shut"));
  ASSERT_EQ(::seteuid(0), 0);
  EXPECT_THAT(FormatError(status), HasSubstr("/shut/x: permission denied (check the permissions"));
  EXPECT_FALSE(*can);
  EXPECT_TRUE(*storage_->CanCreateIn(At("shut")));
}

TEST_P(LocalTest, LinksAreNotFollowedInTrees) {
  Put("file", "1234");
  fs::create_directory_symlink(".", At("self"));
  fs::create_symlink("file", At("link"));
  fs::create_symlink("none", At("broken"));
  ::mkfifo(At("pipe").c_str(), 0600);
  auto tree = *storage_->ListTree(root_);
  std::vector<std::string> seen;
  for (const FileInfo& info : tree) {
    seen.push_back(
        BaseName(info.path) + (info.is_directory ? "/" : "") + (info.is_link ? "@" : "") +
        (info.is_special ? "|" : "") + ":" +
        std::to_string(info.is_directory || info.path == At("broken") ? 0 : info.size_bytes));
  }
  EXPECT_THAT(seen, ElementsAre("broken@:0", "file:4", "link@:4", "pipe|:0", "self/@:0"));
  EXPECT_TRUE(*storage_->Exists(At("broken")));
  EXPECT_EQ(*storage_->Canonical(At("self/self/link")), At("file"));
  EXPECT_EQ(*storage_->Canonical(At("broken")), At("none"));
}

TEST_P(LocalTest, MountPoints) {
  EXPECT_TRUE(*storage_->IsMountPoint("/proc"));
  EXPECT_FALSE(*storage_->IsMountPoint(root_));
  EXPECT_FALSE(*storage_->IsMountPoint(At("none")));
  EXPECT_TRUE(storage_->Link("/proc/version", At("x")).IsNotImplemented());
}

/// A tree is exchanged all the time: a listing is one tree or the other, never of both, never of
/// one half removed.
TEST_P(LocalTest, ListingBesideExchanges) {
  std::atomic<bool> stop{false};
  auto make = [&](int version) {
    for (int folder = 0; folder < 4; ++folder) {
      std::string path = At("next/k=" + std::to_string(folder));
      ASSERT_TRUE(storage_->MakeDirectories(path).ok());
      for (int i = 0; i < 4; ++i) {
        std::string name = path + "/" + std::to_string(version) + "-" + std::to_string(i);
        ASSERT_TRUE(WriteWholeFile(*storage_, name, "").ok());
      }
    }
  };
  make(0);
  ASSERT_TRUE(storage_->Rename(At("next"), At("table")).ok());
  std::thread writer([&] {
    for (int version = 1; version < 250; ++version) {
      make(version);
      ASSERT_TRUE(storage_->Exchange(At("next"), At("table")).ok());
      ASSERT_TRUE(storage_->RemoveTree(At("next")).ok());
    }
    stop = true;
  });
  int listings = 0;
  while (!stop) {
    auto tree = storage_->ListTree(At("table"));
    ASSERT_TRUE(tree.ok()) << tree.status().ToString();
    ASSERT_EQ(tree->size(), 16u);
    auto version = [](const FileInfo& info) {
      return BaseName(info.path).substr(0, BaseName(info.path).find('-'));
    };
    for (const FileInfo& info : *tree) ASSERT_EQ(version(info), version(tree->front()));
    ++listings;
  }
  writer.join();
  EXPECT_GT(listings, 100);
}

TEST_P(LocalTest, SyncOfManyPaths) {
  std::vector<std::string> paths;
  for (int i = 0; i < 100; ++i) {
    Put(std::to_string(i), "x");
    paths.push_back(At(std::to_string(i)));
  }
  EXPECT_TRUE(storage_->SyncPaths(paths).ok());
  paths.push_back(At("none"));
  EXPECT_FALSE(storage_->SyncPaths(paths).ok());
  EXPECT_FALSE(storage_->SyncPaths({At("none")}).ok());
  EXPECT_TRUE(storage_->SyncPaths({}).ok());
}

TEST_P(LocalTest, Streams) {
  ASSERT_EQ(::mkfifo(At("pipe").c_str(), 0600), 0);
  std::thread writer([&] {
    auto pipe = *OpenDevice(At("pipe"));
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(pipe->Append(std::string(1000, 'x')).ok());
    EXPECT_TRUE(pipe->WriteAt(0, "x").IsNotImplemented());
    EXPECT_TRUE(pipe->Sync().ok());
    ASSERT_TRUE(pipe->Close().ok());
  });
  auto reader = *OpenSequential(At("pipe"));
  std::string buffer(4096, ' ');
  int64_t total = 0;
  while (int64_t got = *reader->Read(4096, buffer.data())) total += got;
  writer.join();
  EXPECT_EQ(total, 1'000'000);
  EXPECT_THAT(FormatError(OpenSequential(root_).status()), HasSubstr("is a directory"));
  EXPECT_THAT(FormatError(OpenSequential(At("none")).status()), HasSubstr("no such file"));
}

TEST(MemoryStorage, ACrashKeepsOnlyWhatWasSynced) {
  for (CrashKind kind :
       {CrashKind::kKeepAll, CrashKind::kDropUnsyncedData, CrashKind::kDropUnsynced}) {
    auto storage = MakeMemoryStorage();
    ASSERT_TRUE(storage->MakeDirectories("/d/e").ok());
    ASSERT_TRUE(storage->SyncPaths({"/", "/d"}).ok());
    ASSERT_TRUE(WriteWholeFile(*storage, "/d/synced", "bytes").ok());
    ASSERT_TRUE(storage->SyncPaths({"/d/synced", "/d"}).ok());
    ASSERT_TRUE(WriteWholeFile(*storage, "/d/only-data", "bytes").ok());
    ASSERT_TRUE(storage->SyncPaths({"/d/only-data"}).ok());
    ASSERT_TRUE(WriteWholeFile(*storage, "/d/e/only-name", "bytes").ok());
    ASSERT_TRUE(storage->SyncDirectory("/d/e").ok());
    ASSERT_TRUE(storage->Rename("/d/synced", "/d/e/moved").ok());
    if (kind == CrashKind::kDropUnsynced) {
      ASSERT_TRUE(storage->SyncDirectory("/d/e").ok());
    }
    storage->Crash(kind);
    EXPECT_EQ(*ReadWholeFile(*storage, "/d/e/moved"), "bytes");
    EXPECT_FALSE(*storage->Exists("/d/synced"));  // both halves of a rename at once
    EXPECT_EQ(*storage->Exists("/d/only-data"), kind != CrashKind::kDropUnsynced);
    EXPECT_EQ(*ReadWholeFile(*storage, "/d/e/only-name"),
              kind == CrashKind::kKeepAll ? "bytes" : "");
  }
}

}  // namespace
}  // namespace tamis
