// Single output files: whole or not at all.
#include "dataset/file_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "storage/faulty.h"
#include "storage/memory.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FileOutputTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "output-XXXXXX";
    root_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(root_); }

  static Status Write(const std::shared_ptr<Storage>& storage, const std::string& path,
                      const std::string& bytes, const std::string& run_id = "r1") {
    ARROW_ASSIGN_OR_RAISE(auto output, FileOutput::Open(storage, path, run_id));
    ARROW_RETURN_NOT_OK(output->file().Append(bytes));
    return output->Commit();
  }

  std::vector<std::string> Names() {
    std::vector<std::string> out;
    for (const FileInfo& file : *LocalStorage()->ListTree(root_)) {
      out.push_back(file.path.substr(root_.size() + 1));
    }
    return out;
  }

  std::string root_;
};

TEST_F(FileOutputTest, AppearsWhole) {
  const std::string path = root_ + "/a/b/out.csv";
  {
    auto output = *FileOutput::Open(LocalStorage(), path, "r1");
    EXPECT_TRUE(output->is_seekable());
    ASSERT_TRUE(output->file().WriteAt(3, "def").ok());
    ASSERT_TRUE(output->file().WriteAt(0, "abc").ok());
    EXPECT_FALSE(fs::exists(path));
    EXPECT_THAT(FormatError(Write(LocalStorage(), path, "x", "r2")),
                HasSubstr("another run is writing it: run r1"));
    ASSERT_TRUE(output->Commit().ok());
    EXPECT_FALSE(output->Commit().ok());
  }
  EXPECT_EQ(*ReadWholeFile(*LocalStorage(), path), "abcdef");
  EXPECT_THAT(Names(), testing::ElementsAre("a/b/out.csv"));
}

TEST_F(FileOutputTest, AbortLeavesNothing) {
  {
    auto output = *FileOutput::Open(LocalStorage(), root_ + "/a/b/out.csv", "r1");
    ASSERT_TRUE(output->file().Append("abc").ok());
  }
  EXPECT_TRUE(fs::is_empty(root_));
}

TEST_F(FileOutputTest, LeftoversOfTheDeadGo) {
  ASSERT_TRUE(WriteWholeFile(*LocalStorage(), root_ + "/.out.csv.tamis-tmp-dead", "x").ok());
  ASSERT_TRUE(WriteWholeFile(*LocalStorage(), root_ + "/.out.csv.tamis-lock", "x").ok());
  ASSERT_TRUE(WriteWholeFile(*LocalStorage(), root_ + "/.other.csv.tamis-tmp-dead", "x").ok());
  ASSERT_TRUE(Write(LocalStorage(), root_ + "/out.csv", "abc").ok());
  EXPECT_THAT(Names(), testing::ElementsAre(".other.csv.tamis-tmp-dead", "out.csv"));
}

TEST_F(FileOutputTest, KeepsPermissionsAndLinks) {
  ASSERT_TRUE(Write(LocalStorage(), root_ + "/secret.csv", "old").ok());
  ASSERT_EQ(::chmod((root_ + "/secret.csv").c_str(), 0600), 0);
  fs::create_symlink("secret.csv", root_ + "/link.csv");
  ASSERT_TRUE(Write(LocalStorage(), root_ + "/link.csv", "new").ok());
  EXPECT_TRUE(fs::is_symlink(root_ + "/link.csv"));
  EXPECT_EQ(*ReadWholeFile(*LocalStorage(), root_ + "/secret.csv"), "new");
  struct stat info;
  ASSERT_EQ(::stat((root_ + "/secret.csv").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777u, 0600u);
}

TEST_F(FileOutputTest, OddTargets) {
  EXPECT_THAT(FormatError(Write(LocalStorage(), root_, "x")),
              HasSubstr("is a folder, but one file is to be written"));
  EXPECT_EQ(ExitCodeOf(Write(LocalStorage(), "", "x")), ExitCode::kUsage);
  EXPECT_TRUE(Write(LocalStorage(), "/dev/null", "x").ok());
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  Status full = Write(LocalStorage(), "/dev/full", "x");
  EXPECT_THAT(FormatError(full), HasSubstr("/dev/full: no space left on device"));
  EXPECT_EQ(ExitCodeOf(full), ExitCode::kIo);
  EXPECT_FALSE((*FileOutput::Open(LocalStorage(), "/dev/null", "r1"))->is_seekable());
}

TEST_F(FileOutputTest, EveryCallFails) {
  for (bool dies : {false, true}) {
    for (int64_t call = 0;; ++call) {
      auto memory = MakeMemoryStorage();
      auto faulty = MakeFaultyStorage(memory);
      ASSERT_TRUE(memory->MakeDirectories("/d").ok());
      ASSERT_TRUE(memory->SyncDirectory("/").ok());
      ASSERT_TRUE(Write(memory, "/d/out.csv", "old", "r0").ok());
      faulty->Arm({.fail_at = call, .and_all_after = dies, .error_number = EIO});
      Status status = Write(faulty, "/d/out.csv", "new bytes", "r1");
      bool reached = faulty->calls() > call;
      if (dies) memory->Crash(CrashKind::kDropUnsynced);
      std::string bytes = *ReadWholeFile(*memory, "/d/out.csv");
      ASSERT_TRUE(bytes == "old" || bytes == "new bytes") << bytes;
      if (status.ok()) {
        ASSERT_EQ(bytes, "new bytes");
      }
      ASSERT_TRUE(Write(memory, "/d/out.csv", "next", "r2").ok());
      ASSERT_EQ(memory->ListTree("/d")->size(), 1u) << call;
      if (!reached) break;
    }
  }
}

// Whatever fails, the user reads the path that they gave, not that of the temporary file.
TEST_F(FileOutputTest, ErrorsNameThePathAsGiven) {
  const std::string given = root_ + "/./new/a: b.csv";
  auto storage = MakeFaultyStorage(LocalStorage());
  int failures = 0;
  for (int fail_at = 0; failures < 100; ++fail_at) {
    storage->Arm({fail_at, false, ENOSPC});
    Status status = Write(storage, given, "x");
    if (storage->calls() <= fail_at) break;
    if (status.ok()) continue;  // only cleaning failed
    ++failures;
    EXPECT_TRUE(status.message().starts_with(given + ": ")) << fail_at << status.message();
    EXPECT_EQ(status.message().find(".tamis-"), std::string::npos) << status.message();
    fs::remove_all(root_ + "/new");
  }
  EXPECT_GT(failures, 5);
}

}  // namespace
}  // namespace tamis
