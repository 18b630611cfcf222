// Tests of temp_directory.h.
#include "cli/temp_directory.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tamis {
namespace {

class TempDirectoryTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/temp_directory_test_XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    parent_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(parent_); }

  bool Has(const std::string& name) const { return std::filesystem::exists(parent_ + "/" + name); }

  std::string parent_;
};

TEST_F(TempDirectoryTest, IsPrivateAndGoesWithTheObject) {
  auto made = *TempDirectory::Make(parent_, "a");
  EXPECT_EQ(made->path(), parent_ + "/tamis-a");
  EXPECT_EQ(std::filesystem::status(made->path()).permissions(), std::filesystem::perms::owner_all);
  std::ofstream(made->path() + "/spilled") << "x";
  made.reset();
  EXPECT_FALSE(Has("tamis-a"));
}

TEST_F(TempDirectoryTest, RemovesThoseOfKilledRunsOnly) {
  auto running = *TempDirectory::Make(parent_, "running");
  std::filesystem::create_directories(parent_ + "/tamis-project/src");
  pid_t child = fork();
  if (child == 0) {
    auto killed = TempDirectory::Make(parent_, "killed");
    raise(SIGKILL);
  }
  int state = 0;
  ASSERT_EQ(waitpid(child, &state, 0), child);
  ASSERT_TRUE(Has("tamis-killed"));
  auto next = *TempDirectory::Make(parent_, "next");
  EXPECT_FALSE(Has("tamis-killed"));
  EXPECT_TRUE(Has("tamis-running"));
  EXPECT_TRUE(Has("tamis-project/src"));
}

TEST_F(TempDirectoryTest, NamesTheFolderThatCanNotBeMade) {
  auto made = TempDirectory::Make(parent_ + "/missing", "a");
  EXPECT_EQ(ExitCodeOf(made.status()), ExitCode::kIo);
  EXPECT_NE(made.status().message().find(parent_ + "/missing"), std::string::npos);
}

}  // namespace
}  // namespace tamis
