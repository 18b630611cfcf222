// What transactions do on a real file system: modes, names, odd targets, other people's files.
#include "dataset/publish.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "storage/faulty.h"
#include "storage/path.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class PublishTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "publish-XXXXXX";
    root_ = ::mkdtemp(pattern.data());
    dataset_ = root_ + "/table";
    options_.force_journal = GetParam();
    options_.grace_ms = 0;
  }
  void TearDown() override { fs::remove_all(root_); }

  /// Publishes files whose bytes are `run_id`.
  Status Publish(WriteMode mode, const std::string& run_id, const std::vector<std::string>& names,
                 std::string path = "") {
    ARROW_ASSIGN_OR_RAISE(
        auto transaction,
        Transaction::Begin(LocalStorage(), path.empty() ? dataset_ : path, mode, run_id, options_));
    for (const std::string& name : names) {
      ARROW_ASSIGN_OR_RAISE(auto file, transaction->NewFile(name));
      ARROW_RETURN_NOT_OK(file->Append(run_id));
      file->set_rows(10);
      ARROW_RETURN_NOT_OK(file->Close());
    }
    ARROW_ASSIGN_OR_RAISE(report_, transaction->Commit({}));
    return Status::OK();
  }

  /// All files below the root that are not `_tamis/...`, relative.
  std::vector<std::string> Files() {
    std::vector<std::string> out;
    for (const FileInfo& file : *LocalStorage()->ListTree(root_)) {
      if (file.path.find("/_tamis/") == file.path.npos) {
        out.push_back(file.path.substr(root_.size() + 1));
      }
    }
    return out;
  }

  void Put(const std::string& relative, const std::string& bytes = "x") {
    fs::create_directories(fs::path(root_ + "/" + relative).parent_path());
    ASSERT_TRUE(WriteWholeFile(*LocalStorage(), root_ + "/" + relative, bytes).ok());
  }

  std::string root_, dataset_;
  PublishOptions options_;
  CommitReport report_;
};

#define ASSERT_OK(expression)                          \
  do {                                                 \
    Status status_ = (expression);                     \
    ASSERT_TRUE(status_.ok()) << FormatError(status_); \
  } while (false)

TEST_P(PublishTest, ModesAndManifest) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"a=1/x.csv.gz", "a=2/x.csv.gz"}));
  EXPECT_EQ(report_.version, 1);
  EXPECT_EQ(report_.rows, 20);
  EXPECT_EQ(report_.bytes, 4);
  EXPECT_EQ(report_.journal, GetParam());
  EXPECT_THAT(Files(),
              ElementsAre("table/_SUCCESS", "table/a=1/x-r1.csv.gz", "table/a=2/x-r1.csv.gz"));
  ASSERT_OK(Publish(WriteMode::kAppend, "r2", {"a=2/x.csv.gz", "a=3/x.csv.gz"}));
  ASSERT_OK(Publish(WriteMode::kReplacePartitions, "r3", {"a=2/x.csv.gz"}));
  EXPECT_EQ(report_.files_removed, 2);
  EXPECT_EQ(report_.files_kept, 2);
  EXPECT_THAT(Files(), ElementsAre("table/_SUCCESS", "table/a=1/x-r1.csv.gz",
                                   "table/a=2/x-r3.csv.gz", "table/a=3/x-r2.csv.gz"));
  Manifest manifest = **ReadManifest(*LocalStorage(), dataset_);
  EXPECT_EQ(manifest.version, 3);
  EXPECT_EQ(manifest.mode, "replace_partitions");
  ASSERT_EQ(manifest.files.size(), 3u);
  EXPECT_EQ(manifest.files[0].version, 1);
  EXPECT_EQ(manifest.files[2].path, "a=3/x-r2.csv.gz");
  EXPECT_EQ(manifest.files[2].rows, 10);
  EXPECT_EQ(manifest.files[2].version, 2);
  ASSERT_OK(VerifyDataset(*LocalStorage(), dataset_));
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r4", {}));
  EXPECT_THAT(Files(), ElementsAre("table/_SUCCESS"));
  EXPECT_EQ((*ReadManifest(*LocalStorage(), dataset_))->version, 4);
}

TEST_P(PublishTest, ReplacesAPartitionWithNothing) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"d=1/x.csv", "d=2/x.csv"}));
  auto transaction =
      *Transaction::Begin(LocalStorage(), dataset_, WriteMode::kReplacePartitions, "r2", options_);
  ASSERT_OK(transaction->ReplacePartition("d=1"));
  ASSERT_TRUE(transaction->Commit({}).ok());
  EXPECT_THAT(Files(), ElementsAre("table/_SUCCESS", "table/d=2/x-r1.csv"));
  EXPECT_FALSE(fs::exists(dataset_ + "/d=1"));
}

TEST_P(PublishTest, ConsumedInputsAreKept) {
  auto commit = [&](WriteMode mode, const char* run_id, std::vector<ConsumedFile> consumed) {
    auto transaction = *Transaction::Begin(LocalStorage(), dataset_, mode, run_id, options_);
    CommitInfo info;
    info.consumed = std::move(consumed);
    ASSERT_TRUE(transaction->Commit(info).ok());
  };
  auto paths = [&] {
    std::vector<std::string> out;
    Manifest manifest = **ReadManifest(*LocalStorage(), dataset_);
    for (const ConsumedFile& file : manifest.consumed) {
      out.push_back(file.path + "@" + std::to_string(file.version));
    }
    return out;
  };
  commit(WriteMode::kAppend, "r1", {{"in/b.csv", 3, 4, "ff", 0}, {"in/a.csv", 1, 2, "", 0}});
  EXPECT_THAT(paths(), ElementsAre("in/a.csv@1", "in/b.csv@1"));
  commit(WriteMode::kAppend, "r2", {{"in/\xff\"\n.csv", 1, 2, "", 0}, {"in/b.csv", 9, 9, "", 0}});
  EXPECT_THAT(paths(), ElementsAre("in/a.csv@1", "in/b.csv@2", "in/\xff\"\n.csv@2"));
  commit(WriteMode::kOverwrite, "r3", {{"in/c.csv", 1, 2, "", 0}});
  EXPECT_THAT(paths(), ElementsAre("in/c.csv@3"));
}

TEST_P(PublishTest, AbortLeavesNothing) {
  {
    auto transaction = *Transaction::Begin(LocalStorage(), root_ + "/p/q/table", WriteMode::kAppend,
                                           "r1", options_);
    auto file = *transaction->NewFile("a=1/x.csv");
    ASSERT_OK(file->Append("half"));
  }
  EXPECT_TRUE(fs::is_empty(root_));
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}));
  auto before = *LocalStorage()->ListTree(root_);
  {
    auto transaction =
        *Transaction::Begin(LocalStorage(), dataset_, WriteMode::kOverwrite, "r2", options_);
    auto file = *transaction->NewFile("a=1/x.csv");
    EXPECT_THAT(FormatError(transaction->Commit({}).status()),
                HasSubstr("a=1/x-r2.csv: was not written to its end"));
    ASSERT_OK(transaction->Abort());
  }
  auto after = *LocalStorage()->ListTree(root_);
  ASSERT_EQ(before.size(), after.size());
  EXPECT_FALSE(fs::exists(dataset_ + "/a=1"));
}

TEST_P(PublishTest, ForeignFilesAreNotDestroyed) {
  Put("table/notes.txt", "mine");
  Put("table/.git/config", "mine too");
  Put("table/_SUCCESS", "");
  Status refused = Publish(WriteMode::kOverwrite, "r1", {"x.csv"});
  EXPECT_EQ(
      FormatError(refused),
      dataset_ +
          ": holds 1 file that tamis did not write, such as notes.txt (append to it, write to "
          "another path, or remove them with --force)\n");
  EXPECT_EQ(ExitCodeOf(refused), ExitCode::kUsage);
  EXPECT_THAT(Files(), ElementsAre("table/.git/config", "table/_SUCCESS", "table/notes.txt"));
  EXPECT_FALSE(fs::exists(dataset_ + "/_tamis"));

  ASSERT_OK(Publish(WriteMode::kAppend, "r2", {"x.csv"}));
  EXPECT_THAT(Files(), ElementsAre("table/.git/config", "table/_SUCCESS", "table/notes.txt",
                                   "table/x-r2.csv"));
  EXPECT_FALSE(Publish(WriteMode::kOverwrite, "r3", {"x.csv"}).ok());
  EXPECT_FALSE(Publish(WriteMode::kReplacePartitions, "r4", {"x.csv"}).ok());
  options_.replace_foreign = true;
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r5", {"x.csv"}));
  EXPECT_THAT(Files(), ElementsAre("table/.git/config", "table/_SUCCESS", "table/x-r5.csv"));
  EXPECT_EQ(*ReadWholeFile(*LocalStorage(), dataset_ + "/.git/config"), "mine too");
}

TEST_P(PublishTest, AFileThatComesMeanwhileIsNotLost) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}));
  auto transaction =
      *Transaction::Begin(LocalStorage(), dataset_, WriteMode::kOverwrite, "r2", options_);
  Put("table/other.csv", "late");
  EXPECT_THAT(FormatError(transaction->Commit({}).status()), HasSubstr("such as other.csv"));
  transaction.reset();
  EXPECT_THAT(Files(), ElementsAre("table/_SUCCESS", "table/other.csv", "table/x-r1.csv"));
}

TEST_P(PublishTest, OtherTableFormatsAreRefused) {
  Put("table/_delta_log/00000000000000000000.json");
  for (WriteMode mode : {WriteMode::kOverwrite, WriteMode::kAppend}) {
    EXPECT_THAT(FormatError(Publish(mode, "r1", {"x.csv"})),
                HasSubstr("is a table of another format (_delta_log)"));
  }
}

TEST_P(PublishTest, PathsCannotLeaveOrHide) {
  auto transaction =
      *Transaction::Begin(LocalStorage(), dataset_, WriteMode::kAppend, "r1", options_);
  for (const char* path : {"", "/etc/x.csv", "../x.csv", "a/../../x.csv", "a//x.csv", "a/", "./x",
                           "_tamis/manifest.json", ".x.csv", "a/_x.csv"}) {
    auto file = transaction->NewFile(path);
    ASSERT_FALSE(file.ok()) << path;
    EXPECT_EQ(ExitCodeOf(file.status()), ExitCode::kUsage);
  }
  EXPECT_TRUE(transaction->NewFile("a/x.csv").ok());
  EXPECT_THAT(FormatError(transaction->NewFile("a/x.csv").status()), HasSubstr("the same name"));
  for (const char* run_id : {"", "a.b", "a/b", "..", "a b"}) {
    EXPECT_FALSE(Transaction::Begin(LocalStorage(), dataset_, WriteMode::kAppend, run_id).ok());
  }
}

TEST_P(PublishTest, ARunIdIsUsedOnce) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}));
  EXPECT_THAT(FormatError(Publish(WriteMode::kAppend, "r1", {"x.csv"})),
              HasSubstr("has a file x-r1.csv already"));
}

TEST_P(PublishTest, OddTargets) {
  Put("file");
  EXPECT_THAT(FormatError(Publish(WriteMode::kAppend, "r1", {"x.csv"}, root_ + "/file")),
              HasSubstr("file: is a file, but a dataset is a folder"));
  EXPECT_FALSE(Publish(WriteMode::kAppend, "r1", {"x.csv"}, root_ + "/file/table").ok());
  EXPECT_EQ(ExitCodeOf(Publish(WriteMode::kAppend, "r1", {"x.csv"}, "/")), ExitCode::kUsage);
  EXPECT_FALSE(Transaction::Begin(LocalStorage(), "", WriteMode::kAppend, "r1").ok());
  EXPECT_THAT(Files(), ElementsAre("file"));

  fs::create_directory(root_ + "/real");
  fs::create_directory_symlink("real/inner", root_ + "/link");  // leads nowhere yet
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}, root_ + "/link/"));
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r2", {"x.csv"}, root_ + "/link"));
  EXPECT_TRUE(fs::is_symlink(root_ + "/link"));
  EXPECT_TRUE(fs::exists(root_ + "/real/inner/x-r2.csv"));
  ASSERT_OK(Publish(WriteMode::kAppend, "r3", {"x.csv"}, root_ + "/real/../a/./b//c/"));
  EXPECT_TRUE(fs::exists(root_ + "/a/b/c/x-r3.csv"));
  fs::create_directory_symlink("loop", root_ + "/loop");
  EXPECT_FALSE(Publish(WriteMode::kAppend, "r4", {"x.csv"}, root_ + "/loop").ok());
}

TEST_P(PublishTest, RelativePathAndCurrentFolder) {
  fs::path before = fs::current_path();
  fs::current_path(root_);
  Status published = Publish(WriteMode::kOverwrite, "r1", {"x.csv"}, "table");
  fs::current_path(dataset_);
  if (published.ok()) published = Publish(WriteMode::kOverwrite, "r2", {"x.csv"}, ".");
  bool still_there =
      fs::exists("x-r2.csv");  // the shell stands in the dataset, not in a removed one
  fs::current_path(before);
  ASSERT_OK(published);
  EXPECT_TRUE(report_.journal);
  EXPECT_TRUE(still_there);
  EXPECT_THAT(Files(), ElementsAre("table/_SUCCESS", "table/x-r2.csv"));
}

TEST_P(PublishTest, SecondWriterIsRefusedOrWaits) {
  auto first = *Transaction::Begin(LocalStorage(), dataset_, WriteMode::kAppend, "r1", options_);
  EXPECT_EQ(FormatError(Publish(WriteMode::kAppend, "r2", {"x.csv"})),
            dataset_ + ": another run is writing it: run r1, process " +
                std::to_string(::getpid()) +
                " (wait until it is done, or write to another path)\n");
  EXPECT_FALSE(Recover(LocalStorage(), dataset_).ok());
  options_.lock_wait_ms = 10'000;
  std::thread committer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_TRUE(first->Commit({}).ok());
  });
  ASSERT_OK(Publish(WriteMode::kAppend, "r3", {"x.csv"}));
  committer.join();
  EXPECT_EQ(report_.version, 2);
  EXPECT_THAT(Files(), ElementsAre("table/_SUCCESS", "table/x-r3.csv"));
}

TEST_P(PublishTest, NeighboursWithSimilarNamesAreLeftAlone) {
  Put(".table.tamis-next-dead/x.csv");
  Put(".table.tamis-next-a.tamis-next-b/x.csv");  // of the dataset `table.tamis-next-a`
  Put(".table2.tamis-next-dead/x.csv");
  Put(".table.tamis-next-/x.csv");
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}));
  EXPECT_THAT(Files(),
              UnorderedElementsAre(".table.tamis-next-/x.csv", ".table2.tamis-next-dead/x.csv",
                                   ".table.tamis-next-a.tamis-next-b/x.csv", "table/_SUCCESS",
                                   "table/x-r1.csv"));
}

TEST_P(PublishTest, PermissionsOfTheDatasetStay) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"a=1/x.csv"}));
  ASSERT_EQ(::chmod(dataset_.c_str(), 0750), 0);
  ASSERT_EQ(::chmod((dataset_ + "/a=1").c_str(), 0700), 0);
  ASSERT_EQ(::chown(dataset_.c_str(), ::geteuid() == 0 ? 1234 : ::geteuid(), ::getegid()), 0);
  ASSERT_OK(Publish(WriteMode::kAppend, "r2", {"a=1/x.csv"}));
  struct stat info;
  ASSERT_EQ(::stat(dataset_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777u, 0750u);
  EXPECT_EQ(info.st_uid, ::geteuid() == 0 ? 1234u : ::geteuid());
  ASSERT_EQ(::stat((dataset_ + "/a=1").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777u, 0700u);
}

TEST_P(PublishTest, FilesWrittenInAnyOrderByManyThreads) {
  auto transaction =
      *Transaction::Begin(LocalStorage(), dataset_, WriteMode::kAppend, "r1", options_);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        auto file = *transaction->NewFile("k=" + std::to_string(i) + "/part-" + std::to_string(t));
        std::string bytes(5000, static_cast<char>('a' + t));
        EXPECT_TRUE(file->WriteAt(10'000, bytes).ok());
        EXPECT_TRUE(file->WriteAt(0, bytes).ok());
        // A gap in one file, an overlap in another: their checksums are of what stands there.
        EXPECT_TRUE(file->WriteAt(i == 3 ? 6000 : i == 4 ? 4000 : 5000, bytes).ok());
        EXPECT_TRUE(file->Close().ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_EQ(transaction->Commit({})->files_added, 80);
  ASSERT_OK(VerifyDataset(*LocalStorage(), dataset_));
}

TEST_P(PublishTest, AHistoryOfAHundredCommitsStays) {
  options_.durable = false;
  for (int i = 1; i <= 103; ++i) {
    ASSERT_OK(Publish(WriteMode::kOverwrite, "r" + std::to_string(i), {"x.csv"}));
  }
  auto records = *LocalStorage()->List(dataset_ + "/_tamis/commits");
  ASSERT_EQ(records.size(), 100u);
  EXPECT_EQ(BaseName(records[0].path), "00000004.json");
  EXPECT_EQ(BaseName(records[99].path), "00000103.json");
}

TEST_P(PublishTest, VerifyFindsChangedBytes) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}));
  Put("table/x-r1.csv", "R1");
  EXPECT_THAT(FormatError(VerifyDataset(*LocalStorage(), dataset_)), HasSubstr("CRC-32C"));
  Put("table/x-r1.csv", "longer");
  EXPECT_THAT(FormatError(VerifyDataset(*LocalStorage(), dataset_)),
              HasSubstr("has 6 bytes, not the 2 of the manifest"));
  fs::remove(dataset_ + "/x-r1.csv");
  EXPECT_FALSE(VerifyDataset(*LocalStorage(), dataset_).ok());
  // A file that somebody removed is gone for readers: the next version does not claim it.
  ASSERT_OK(Publish(WriteMode::kAppend, "r2", {"y.csv"}));
  ASSERT_OK(VerifyDataset(*LocalStorage(), dataset_));
}

TEST_P(PublishTest, ADamagedManifestIsSaid) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}));
  for (const char* text : {"", "{\"format\": \"tamis-manifest-1\"", "[]", "{}", "nonsense"}) {
    Put("table/_tamis/manifest.json", text);
    Status status = Publish(WriteMode::kOverwrite, "r2", {"x.csv"});
    EXPECT_EQ(ExitCodeOf(status), ExitCode::kIo);
    EXPECT_THAT(FormatError(status), HasSubstr("manifest.json: can't be read: ")) << text;
  }
  EXPECT_TRUE(fs::exists(dataset_ + "/x-r1.csv"));
}

TEST_P(PublishTest, ARecordThatIsCutOffNeverHappened) {
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"x.csv"}));
  std::string whole = *ReadWholeFile(*LocalStorage(), dataset_ + "/_tamis/commits/00000001.json");
  for (size_t size = 0; size < whole.size() - 1; size += 7) {
    Put("table/_tamis/commits/00000002.json", whole.substr(0, size));
    auto report = Recover(LocalStorage(), dataset_);
    ASSERT_TRUE(report.ok());
    ASSERT_EQ(report->commits_finished, 0);
    ASSERT_EQ(report->leftovers_removed, 1);
  }
  ASSERT_OK(VerifyDataset(*LocalStorage(), dataset_));
}

// Whatever fails, the user reads the path that they gave, and no name of a staged file.
TEST_P(PublishTest, ErrorsNameThePathAsGiven) {
  const std::string given = root_ + "/./zone/table";
  auto storage = MakeFaultyStorage(LocalStorage());
  auto publish = [&](const std::string& run_id) {
    ARROW_ASSIGN_OR_RAISE(auto transaction,
                          Transaction::Begin(storage, given, WriteMode::kAppend, run_id, options_));
    ARROW_ASSIGN_OR_RAISE(auto file, transaction->NewFile("a=1/x.csv"));
    ARROW_RETURN_NOT_OK(file->Append("x"));
    ARROW_RETURN_NOT_OK(file->WriteAt(1, "y"));
    ARROW_RETURN_NOT_OK(file->Sync());
    ARROW_RETURN_NOT_OK(file->Close());
    return transaction->Commit({}).status();
  };
  int failures = 0;
  for (int fail_at = 0; fail_at < 1000; ++fail_at) {
    fs::remove_all(root_ + "/zone");
    storage->Arm({});
    ASSERT_OK(publish("first"));
    storage->Arm({fail_at, false, ENOSPC});
    Status status = publish("r" + std::to_string(fail_at));
    if (storage->calls() <= fail_at) break;
    if (status.ok()) continue;  // only cleaning failed
    ++failures;
    EXPECT_TRUE(status.message().starts_with(given + ": ") ||
                status.message().starts_with(given + "/"))
        << fail_at << ": " << status.message();
    EXPECT_EQ(status.message().find(".tamis-"), std::string::npos) << status.message();
    EXPECT_EQ(status.message().find("/staging/"), std::string::npos) << status.message();
  }
  EXPECT_GT(failures, 20);
}

// Found out before the decision: after it, every later run would meet the same error.
TEST_P(PublishTest, AFolderThatIsNotWritable) {
  constexpr uid_t kNobody = 65534;
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r1", {"a=1/x.csv"}));
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    ASSERT_EQ(::chown(entry.path().c_str(), kNobody, kNobody), 0) << "run this test as root";
  }
  ASSERT_EQ(::chown(root_.c_str(), kNobody, kNobody), 0);
  for (const std::string& shut : {dataset_, dataset_ + "/a=1"}) {
    SCOPED_TRACE(shut);
    ASSERT_EQ(::chmod(root_.c_str(), 0555), 0);  // so that only the journal is left
    ASSERT_EQ(::chmod(shut.c_str(), 0555), 0);
    ASSERT_EQ(::seteuid(kNobody), 0);
    Status status = Publish(WriteMode::kOverwrite, "r2", {"a=1/x.csv"});
    ASSERT_EQ(::seteuid(0), 0);
    EXPECT_EQ(ExitCodeOf(status), ExitCode::kIo);
    EXPECT_THAT(FormatError(status), HasSubstr(shut + ": permission denied"));
    EXPECT_FALSE(fs::exists(dataset_ + "/_tamis/commits/00000002.json"));
    EXPECT_FALSE(fs::exists(dataset_ + "/_tamis/staging"));
    EXPECT_THAT(Files(), ElementsAre("table/_SUCCESS", "table/a=1/x-r1.csv"));
    ASSERT_EQ(::chmod(shut.c_str(), 0755), 0);
    ASSERT_EQ(::chmod(root_.c_str(), 0755), 0);
  }
  ASSERT_OK(Publish(WriteMode::kOverwrite, "r3", {"a=1/x.csv"}));
  EXPECT_EQ(report_.version, 2);
}

INSTANTIATE_TEST_SUITE_P(Protocols, PublishTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "journal" : "exchange"; });

}  // namespace
}  // namespace tamis
