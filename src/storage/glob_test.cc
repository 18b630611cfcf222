// Patterns: against fnmatch(3) for names, and on a tree of files.
#include "storage/glob.h"

#include <fnmatch.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "storage/path.h"

namespace tamis {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(MatchName, AgreesWithFnmatch) {
  std::mt19937 random(7);
  const std::string pattern_bytes = "aab*?[]!^-b\\.";
  const std::string name_bytes = "aab[]-!\\.^";
  auto make = [&](const std::string& alphabet, size_t size_max) {
    std::string out(random() % (size_max + 1), ' ');
    for (char& c : out) c = alphabet[random() % alphabet.size()];
    return out;
  };
  int matches = 0;
  for (int round = 0; round < 300'000; ++round) {
    std::string pattern = make(pattern_bytes, 7), name = make(name_bytes, 5);
    bool expected = ::fnmatch(pattern.c_str(), name.c_str(), FNM_NOESCAPE) == 0;
    ASSERT_EQ(MatchName(pattern, name), expected) << pattern << " " << name;
    matches += expected;
  }
  EXPECT_GT(matches, 3000);
}

TEST(MatchName, ManyStarsStayFast) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "*a";
  EXPECT_FALSE(MatchName(pattern + "b", std::string(5000, 'a')));
}

class ExpandPathsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string made = testing::TempDir() + "glob-XXXXXX";
    root_ = ::mkdtemp(made.data());
    for (const char* path :
         {"a.csv", "b.csv", "b.txt", ".hidden.csv", "_part.csv", "y=1/a.csv", "y=1/_x.csv",
          "y=1/m=2/c.csv", "y=2/a.csv", "_tamis/manifest.csv", "out.csv/part-0.csv",
          "out.csv/_SUCCESS", "odd[1].csv", "odd1.csv", ".dir/x.csv", "empty/.keep"}) {
      fs::create_directories(fs::path(root_ + "/" + path).parent_path());
      std::ofstream(root_ + "/" + path) << path;
    }
    fs::create_directory_symlink(".", root_ + "/self");
    fs::create_directory_symlink("y=2", root_ + "/link");
    fs::create_symlink("a.csv", root_ + "/linked.txt");
  }
  void TearDown() override { fs::remove_all(root_); }

  std::vector<std::string> Expand(const std::string& pattern) {
    auto found = ExpandPaths(*LocalStorage(), root_ + "/" + pattern);
    if (!found.ok()) return {"error"};
    std::vector<std::string> out;
    for (const FileInfo& file : *found) out.push_back(file.path.substr(root_.size() + 1));
    return out;
  }

  std::string root_;
};

TEST_F(ExpandPathsTest, Patterns) {
  EXPECT_THAT(Expand("a.csv"), ElementsAre("a.csv"));
  EXPECT_THAT(Expand("_part.csv"), ElementsAre("_part.csv"));
  EXPECT_THAT(Expand("?.csv"), ElementsAre("a.csv", "b.csv"));
  EXPECT_THAT(Expand("*.csv"),
              ElementsAre("a.csv", "b.csv", "odd1.csv", "odd[1].csv", "out.csv/part-0.csv"));
  EXPECT_THAT(Expand("[ab].{csv,txt}"), ElementsAre("a.csv", "b.csv", "b.txt"));
  EXPECT_THAT(Expand("{a,{b,c}}.{csv,txt}"), ElementsAre("a.csv", "b.csv", "b.txt"));
  EXPECT_THAT(Expand("_*.csv"), ElementsAre("_part.csv"));
  EXPECT_THAT(Expand(".*/*.csv"), ElementsAre(".dir/x.csv"));
  EXPECT_THAT(Expand("odd[1].csv"), ElementsAre("odd[1].csv"));  // a file of this very name
  EXPECT_THAT(Expand("odd[0-9].csv"), ElementsAre("odd1.csv"));
  EXPECT_THAT(Expand("*.txt"), ElementsAre("b.txt", "linked.txt"));
}

TEST_F(ExpandPathsTest, Folders) {
  EXPECT_THAT(Expand("y=1"), ElementsAre("y=1/a.csv", "y=1/m=2/c.csv"));
  EXPECT_THAT(Expand("y=1/"), ElementsAre("y=1/a.csv", "y=1/m=2/c.csv"));
  EXPECT_THAT(Expand("y=*"), ElementsAre("y=1/a.csv", "y=1/m=2/c.csv", "y=2/a.csv"));
  EXPECT_THAT(Expand("y=*/*.csv"), ElementsAre("y=1/a.csv", "y=2/a.csv"));
  EXPECT_THAT(Expand("**/a.csv"), ElementsAre("a.csv", "y=1/a.csv", "y=2/a.csv"));
  EXPECT_THAT(Expand("y=1/**/*.csv"), ElementsAre("y=1/a.csv", "y=1/m=2/c.csv"));
  EXPECT_THAT(Expand("y=1/**"), ElementsAre("y=1/a.csv", "y=1/m=2/c.csv"));
  EXPECT_THAT(Expand("**/m=*/**/c.csv"), ElementsAre("y=1/m=2/c.csv"));
  EXPECT_THAT(Expand("link/*.csv"), ElementsAre("link/a.csv"));
}

TEST_F(ExpandPathsTest, Errors) {
  auto message = [&](const std::string& path) {
    return FormatError(ExpandPaths(*LocalStorage(), path).status());
  };
  EXPECT_EQ(message(root_ + "/*.orc"),
            root_ +
                "/*.orc: no file matches (check the pattern; names that begin with _ or . are "
                "passed over)\n");
  EXPECT_THAT(message(root_ + "/none.csv"), HasSubstr("none.csv: no such file or directory"));
  EXPECT_THAT(message(root_ + "/none/*.csv"), HasSubstr("no file matches"));
  EXPECT_THAT(message(root_ + "/empty"), HasSubstr("empty: no file in this folder"));
  EXPECT_THAT(message(root_ + "/a.csv/*.csv"), HasSubstr("not a directory"));
  EXPECT_THAT(message(""), HasSubstr("no such file"));
  std::string bomb;
  for (int i = 0; i < 40; ++i) bomb += "{a,b}";
  EXPECT_THAT(message(bomb), HasSubstr("more than 10000 patterns"));
  EXPECT_EQ(ExitCodeOf(ExpandPaths(*LocalStorage(), bomb).status()), ExitCode::kUsage);
}

TEST_F(ExpandPathsTest, RelativeToTheCurrentFolder) {
  fs::path before = fs::current_path();
  fs::current_path(root_);
  auto found = ExpandPaths(*LocalStorage(), "?.csv");
  auto below = ExpandPaths(*LocalStorage(), "y=1/*.csv");
  fs::current_path(before);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ((*found)[0].path, "a.csv");
  EXPECT_EQ((*found)[0].size_bytes, 5);
  EXPECT_EQ((*below)[0].path, "y=1/a.csv");
}

TEST(Path, Parts) {
  EXPECT_EQ(JoinPath("a", "b"), "a/b");
  EXPECT_EQ(JoinPath("a/", "b"), "a/b");
  EXPECT_EQ(JoinPath("", "b"), "b");
  EXPECT_EQ(JoinPath("a", "/b"), "/b");
  EXPECT_EQ(JoinPath("a", ""), "a");
  EXPECT_EQ(ParentPath("a/b/"), "a");
  EXPECT_EQ(ParentPath("a"), "");
  EXPECT_EQ(ParentPath("/a"), "/");
  EXPECT_EQ(ParentPath("/"), "/");
  EXPECT_EQ(ParentPath("a//b"), "a");
  EXPECT_EQ(BaseName("a/b/"), "b");
  EXPECT_EQ(BaseName("/"), "");
  EXPECT_EQ(BaseName("b"), "b");
}

}  // namespace
}  // namespace tamis
