// Releases: what is listed, manifests there and back, changes in words, and shell quoting against
// the shell itself.
#include "deploy/release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "deploy/process.h"
#include "deploy/release_changes.h"
#include "deploy/remote_exec.h"
#include "deploy/shell_text.h"

namespace tamis {
namespace {

using testing::ElementsAre;
namespace fs = std::filesystem;

class ReleaseTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/release_test";
    fs::remove_all(folder_);
    fs::create_directories(folder_ + "/conf/.git");
    Write("conf/app.conf", "x=1\n");
    Write("conf/app.conf.bak", "old");
    Write("conf/.git/HEAD", "ref");
    Write("conf/run.sh", "#!/bin/sh\n");
    fs::permissions(folder_ + "/conf/run.sh", fs::perms(0700));
    fs::create_symlink("app.conf", folder_ + "/conf/link");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void Write(const std::string& path, const std::string& text) {
    std::ofstream(folder_ + "/" + path) << text;
  }
  Result<ReleaseContent> Scan(const std::string& files) {
    auto source = std::make_shared<const SourceText>(SourceText{
        folder_ + "/p.yaml", "deploy: x\ngroups: {a: b}\ntarget: /t\nfiles: " + files + "\n"});
    ARROW_ASSIGN_OR_RAISE(const DeployPlan plan, ParseDeployPlan(source));
    return ScanRelease(plan, 2, stop_);
  }
  std::vector<std::string> Listed(const std::string& files) {
    auto content = Scan(files);
    if (!content.ok()) return {FormatError(content.status())};
    std::vector<std::string> listed;
    for (const ReleaseEntry& entry : content->entries) {
      char mode[8];
      std::snprintf(mode, sizeof(mode), "%03o ", static_cast<unsigned>(entry.mode));
      listed.push_back(mode + entry.path + (entry.link.empty() ? "" : " -> " + entry.link));
    }
    return listed;
  }

  std::string folder_;
  StopToken stop_;
};

TEST_F(ReleaseTest, ListsFoldersFilesAndLinks) {
  EXPECT_THAT(
      Listed("[{from: conf, exclude: [.git, '*.bak']}]"),
      ElementsAre("755 conf", "644 conf/app.conf", "000 conf/link -> app.conf", "755 conf/run.sh"));
  EXPECT_THAT(Listed("[{from: conf, to: ., exclude: [/.git/, 'app*'], mode: 600}]"),
              ElementsAre("000 link -> app.conf", "600 run.sh"));
  EXPECT_THAT(Listed("[{from: conf/run.sh, to: a/b/c, mode: 4711}]"),
              ElementsAre("755 a", "755 a/b", "4711 a/b/c"));
}

TEST_F(ReleaseTest, RefusesWhatCantBeARelease) {
  EXPECT_THAT(Listed("[conf/gone]"),
              ElementsAre(testing::HasSubstr("conf/gone: no such file or directory")));
  EXPECT_THAT(Listed("[conf/run.sh, {from: conf/app.conf, to: run.sh}]"),
              ElementsAre(testing::HasSubstr("two files for one place: run.sh")));
  EXPECT_THAT(Listed("[{from: conf/run.sh, to: a}, {from: conf/app.conf, to: a/b}]"),
              ElementsAre(testing::HasSubstr("two files for one place: a")));
  EXPECT_THAT(Listed("[{from: conf/run.sh, to: .}]"),
              ElementsAre(testing::HasSubstr("a file needs a name on the servers")));
  ASSERT_EQ(mkfifo((folder_ + "/conf/pipe").c_str(), 0600), 0);
  EXPECT_THAT(Listed("[conf]"), ElementsAre(testing::HasSubstr("not a file, folder or link")));
}

TEST_F(ReleaseTest, DigestsFiles) {
  const auto content = Scan("[conf/app.conf]");
  ASSERT_TRUE(content.ok());
  // printf 'x=1\n' | sha256sum
  EXPECT_EQ(content->entries[0].sha256,
            "98752ee28d5484bdc2814fb70adb6a0b2fb31f6a9b8ee7ae81fd2fc9cf300b3b");
  EXPECT_EQ(content->FileBytes(), 4);
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Manifests, ComeBack) {
  std::vector<ReleaseEntry> entries(3);
  entries[0].kind = ReleaseEntry::Kind::kFolder;
  entries[0].path = "a \n%\xff'";
  entries[0].mode = 0750;
  entries[0].owner = "app:app";
  entries[1].path = "a \n%\xff'/-x";
  entries[1].mode = 04755;
  entries[1].size = 5;
  entries[1].sha256 = std::string(64, 'a');
  entries[2].kind = ReleaseEntry::Kind::kLink;
  entries[2].path = "b";
  entries[2].link = "../x y";
  const std::string text = FormatManifest(entries);
  const auto content = ParseManifest(text);
  ASSERT_TRUE(content.ok()) << FormatError(content.status());
  ASSERT_EQ(content->entries.size(), 3u);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(content->entries[i].path, entries[i].path);
    EXPECT_TRUE(content->entries[i].SameAs(entries[i]));
  }
  EXPECT_EQ(FormatManifest(content->entries), text);
  EXPECT_EQ(content->Find("b")->link, "../x y");
  EXPECT_EQ(content->Find("c"), nullptr);
}

TEST(Manifests, OfAServerCantLeaveTheRelease) {
  const std::string head = "tamis release 1\n";
  const std::string file = "f 644 - 1 " + std::string(64, 'a') + " ";
  EXPECT_TRUE(ParseManifest(head + file + "x\n").ok());
  for (const char* path : {"../x", "/etc/x", "a/../../x", ".", "a//b", "%00", "%2", "%zz", ""}) {
    EXPECT_FALSE(ParseManifest(head + file + path + "\n").ok()) << path;
  }
  EXPECT_FALSE(ParseManifest(head + file + "b\n" + file + "a\n").ok());
  EXPECT_FALSE(ParseManifest(head + "x 644 - 1 - a\n").ok());
  EXPECT_FALSE(ParseManifest(head + "f 944 - 1 - a\n").ok());
  EXPECT_FALSE(ParseManifest(head + "f 644 - -1 - a\n").ok());
  EXPECT_FALSE(ParseManifest("something else").ok());
}

TEST(Changes, AreSaidInWords) {
  ReleaseContent old, now;
  const auto file = [](const std::string& path, char digest, int mode) {
    ReleaseEntry entry;
    entry.path = path;
    entry.mode = mode;
    entry.size = 10;
    entry.sha256 = std::string(64, digest);
    return entry;
  };
  old.entries = {file("a", '1', 0644), file("b", '1', 0644), file("d", '1', 0644)};
  now.entries = {file("b", '1', 0755), file("c\n", '1', 0644), file("d", '2', 0644)};
  EXPECT_THAT(
      DescribeChanges(old, now),
      ElementsAre("- a", "~ b (mode 644 to 755)", "+ c\\n (10 B)", "~ d (content, 10 B to 10 B)"));
  EXPECT_TRUE(DescribeChanges(now, now).empty());
}

TEST(ShellText, ComesThroughTheShell) {
  const std::string hostile[] = {"plain",
                                 "a b",
                                 "it's",
                                 "$(id) `id` \"x\" \\",
                                 "-rf",
                                 "new\nline",
                                 "\xff\xfe\x81\x88",
                                 "*",
                                 "~",
                                 "#",
                                 "!",
                                 "''",
                                 "a'",
                                 "\t;|&<>"};
  for (const std::string& text : hostile) {
    ProcessSpec spec;
    spec.arguments = {"sh", "-c", "printf %s " + ShellQuote(text)};
    spec.environment = EnvironmentWithout("TAMIS_");
    std::string printed;
    const auto end = RunProcess(
        spec,
        [&](std::string_view piece) {
          printed += piece;
          return Status::OK();
        },
        StopToken());
    ASSERT_TRUE(end.ok() && end->exit_code == 0);
    EXPECT_EQ(printed, text);
  }
}

TEST(ShellText, DividesLongCommands) {
  ArgumentBatch batch("rm --");
  for (int i = 0; i < 3; ++i) batch.Add(QuotePath(std::string(30'000, 'x')));
  const std::string lines = batch.Lines(true);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  EXPECT_EQ(ArgumentBatch("x").Lines(false), "");
}

TEST(RemoteTasks, FillInTheirPart) {
  EXPECT_EQ(TaskScript(RemoteTask{{"run {part}/{parts} | wc"}, 8, "", false}, 3), "run 3/8 | wc");
  EXPECT_EQ(
      TaskScript(
          RemoteTask{{"echo", "it's", "{part}", "$HOME", "--part={part}/{parts}"}, 12, "", false},
          10),
      "'echo' 'it'\\''s' '10' '$HOME' '--part=10/12'");
}

}  // namespace
}  // namespace tamis
