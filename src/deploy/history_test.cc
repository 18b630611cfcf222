// Histories made by git fast-import. What git itself says of them is compared in
// test/system/test_repo.py.
#include "deploy/history.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "deploy/history_git.h"

namespace tamis {
namespace {

class HistoryTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/history-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void Git(const std::vector<std::string>& arguments, std::string_view input = "") const {
    ProcessSpec spec;
    spec.arguments = {"git", "-C", directory_};
    spec.arguments.insert(spec.arguments.end(), arguments.begin(), arguments.end());
    spec.environment = EnvironmentWithout("GIT_");
    spec.input = input;
    StopToken stop;
    auto end = RunProcess(spec, [](std::string_view) { return Status::OK(); }, stop);
    ASSERT_TRUE(end.ok()) << end.status().ToString();
    ASSERT_EQ(end->exit_code, 0) << end->errors;
  }

  /// Commits on main, a second apart; each takes a text as fast-import has it.
  void Import(const std::vector<std::string>& commits) const {
    std::string stream;
    for (size_t i = 0; i < commits.size(); ++i) {
      stream += "commit refs/heads/main\ncommitter A <a@b> " + std::to_string(1000 + i) +
                " +0000\ndata 0\n" + commits[i] + "\n";
    }
    Git({"init", "-q", "-b", "main"});
    Git({"fast-import", "--quiet"}, stream);
  }

  Result<History> Analyze(int64_t top = 20) const {
    HistoryOptions options;
    options.directory = directory_;
    options.top = top;
    options.thread_count = 2;
    HistoryProgress progress;
    StopToken stop;
    return AnalyzeHistory(options, &progress, stop);
  }

  std::string directory_;
};

std::string File(const std::string& path, const std::string& content) {
  return "M 100644 inline " + path + "\ndata " + std::to_string(content.size()) + "\n" + content +
         "\n";
}

TEST_F(HistoryTest, FollowsABlobThroughItsPaths) {
  const std::string big(500, 'x');
  Import({File("a/one.bin", big), "R a/one.bin b/two.bin\n" + File("note", "n"), "D b/two.bin\n"});
  const History history = Analyze().ValueOrDie();
  ASSERT_EQ(history.largest.size(), 2U);
  const HistoryBlob& blob = history.largest[0];
  EXPECT_EQ(blob.paths, (std::vector<std::string>{"b/two.bin", "a/one.bin"}));
  EXPECT_EQ(blob.first->time, 1000);
  EXPECT_EQ(blob.last->time, 1002);
  EXPECT_EQ(blob.first->author, "A <a@b>");
  EXPECT_FALSE(blob.in_head);
  EXPECT_TRUE(history.largest[1].in_head);
  EXPECT_EQ(history.commits.count, 3);
  EXPECT_EQ(history.blobs.size, 501);
}

TEST_F(HistoryTest, CountsABlobOnceByItsNewestPath) {
  Import({File("old/x.png", "same"), "R old/x.png new/x.jpg\n"});
  const History history = Analyze().ValueOrDie();
  ASSERT_EQ(history.extensions.size(), 1U);
  EXPECT_EQ(history.extensions[0].name, ".jpg");
  ASSERT_EQ(history.directories.size(), 1U);
  EXPECT_EQ(history.directories[0].name, "new/");
}

TEST_F(HistoryTest, CutsListsButSaysHowLongTheyAre) {
  Import({File("a/x.a", "1") + File("b/x.b", "22") + File("c/x.c", "333")});
  const History history = Analyze(1).ValueOrDie();
  EXPECT_EQ(history.largest.size(), 1U);
  EXPECT_EQ(history.extensions.at(0).name, ".c");
  EXPECT_EQ(history.extension_count, 3);
  EXPECT_EQ(history.directories.at(0).name, "c/");
  EXPECT_EQ(history.directory_count, 3);
}

TEST_F(HistoryTest, TakesAnEmptyRepository) {
  Git({"init", "-q", "-b", "main"});
  const History history = Analyze().ValueOrDie();
  EXPECT_EQ(history.head, "main");
  EXPECT_EQ(history.commits.count, 0);
}

TEST_F(HistoryTest, RefusesAFolderWithoutARepository) {
  auto history = Analyze();
  EXPECT_EQ(ExitCodeOf(history.status()), ExitCode::kUsage);
  EXPECT_EQ(history.status().message(), directory_ + ": not a git repository");
}

TEST_F(HistoryTest, StopsOnRequest) {
  Import({File("a", "1")});
  HistoryOptions options;
  options.directory = directory_;
  HistoryProgress progress;
  StopToken stop;
  stop.Request();
  auto history = AnalyzeHistory(options, &progress, stop);
  EXPECT_EQ(ExitCodeOf(history.status()), ExitCode::kInterrupted);
}

}  // namespace
}  // namespace tamis
