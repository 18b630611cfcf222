// Servers of a plan: ranges, user@host:port, Host lines; and the whole message of what is refused.
#include "deploy/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace tamis {
namespace {

using testing::ElementsAre;

std::vector<std::string> Expanded(const std::string& pattern) {
  auto names = ExpandRanges(pattern, Place{});
  return names.ok() ? *names : std::vector<std::string>{FormatError(names.status())};
}

std::string Parsed(const std::string& text) {
  auto server = ParseServer(text, Place{});
  if (!server.ok()) return FormatError(server.status());
  return server->user + "|" + server->host + "|" + std::to_string(server->port);
}

TEST(Servers, ExpandsRanges) {
  EXPECT_THAT(Expanded("10.0.0.[10-12]"), ElementsAre("10.0.0.10", "10.0.0.11", "10.0.0.12"));
  EXPECT_THAT(Expanded("web[08-10]"), ElementsAre("web08", "web09", "web10"));
  EXPECT_THAT(Expanded("[a-c]x"), ElementsAre("ax", "bx", "cx"));
  EXPECT_THAT(Expanded("n[1,3,5-6]"), ElementsAre("n1", "n3", "n5", "n6"));
  EXPECT_THAT(Expanded("[a-b][1-2]"), ElementsAre("a1", "a2", "b1", "b2"));
  EXPECT_THAT(Expanded("[7]"), ElementsAre("7"));
  EXPECT_THAT(Expanded("me@[::1]:22"), ElementsAre("me@[::1]:22"));
  EXPECT_THAT(Expanded("plain"), ElementsAre("plain"));
}

TEST(Servers, RefusesWhatIsNoRange) {
  EXPECT_THAT(Expanded("x[1-"), ElementsAre("a range without its end: x[1- (a ] is missing)\n"));
  EXPECT_THAT(Expanded("x[]"), ElementsAre("not a range of servers: [] (such as [10-16], [a-c] or "
                                           "[1,3,5-7])\n"));
  EXPECT_THAT(Expanded("x[3-1]"), ElementsAre("a range that runs backwards: [3-1]\n"));
  EXPECT_THAT(Expanded("x[a-7]"),
              ElementsAre(testing::StartsWith("not a range of servers: [a-7]")));
  EXPECT_THAT(Expanded("x[a-Z]"),
              ElementsAre(testing::StartsWith("not a range of servers: [a-Z]")));
  EXPECT_THAT(Expanded("x[1-999999999]"), ElementsAre("more than 10000 servers\n"));
  EXPECT_THAT(Expanded("[1-200][1-200]"), ElementsAre("more than 10000 servers\n"));
}

TEST(Servers, SplitsUserHostPort) {
  EXPECT_EQ(Parsed("db1"), "|db1|0");
  EXPECT_EQ(Parsed("deploy@10.0.0.7:2222"), "deploy|10.0.0.7|2222");
  EXPECT_EQ(Parsed("me@corp.example@jump"), "me@corp.example|jump|0");
  EXPECT_EQ(Parsed("::1"), "|::1|0");
  EXPECT_EQ(Parsed("[fe80::1%eth0]:22"), "|fe80::1%eth0|22");
}

TEST(Servers, RefusesWhatSshCouldMisread) {
  const std::string hint = " (a name, an address or user@host:port; IPv6 as [::1]:22)\n";
  EXPECT_EQ(Parsed("-oProxyCommand=id"), "not a server: -oProxyCommand=id" + hint);
  EXPECT_EQ(Parsed("a b"), "not a server: a b" + hint);
  EXPECT_EQ(Parsed("a\nb"), "not a server: a\\nb" + hint);
  EXPECT_EQ(Parsed("$(id)"), "not a server: $(id)" + hint);
  EXPECT_EQ(Parsed("-l@host"), "not a user name: -l@host" + hint);
  EXPECT_EQ(Parsed("@host"), "not a user name: @host" + hint);
  EXPECT_EQ(Parsed("host:0"), "not a port: host:0" + hint);
  EXPECT_EQ(Parsed("host:65536"), "not a port: host:65536" + hint);
  EXPECT_EQ(Parsed("host:ssh"), "not a port: host:ssh" + hint);
  EXPECT_EQ(Parsed(""), "not a server: " + hint);
}

TEST(Servers, FindsHostsOfAConfig) {
  const std::string path = testing::TempDir() + "/ssh_config_of_servers";
  std::ofstream(path) << "# Host no\nHost spark-1 spark-2\n  HostName 10.0.0.1\nhost=spark-3\n"
                         "Host *\nHost !spark-4 db\n  Host\t\"spark-5\"\nMatch host spark-9\n"
                         "Host spark-1\n";
  EXPECT_THAT(*HostsOfConfig(path, "spark-*"),
              ElementsAre("spark-1", "spark-2", "spark-3", "spark-5"));
  EXPECT_THAT(*HostsOfConfig(path, "d?"), ElementsAre("db"));
  EXPECT_EQ(ExitCodeOf(HostsOfConfig(path + ".gone", "*").status()), ExitCode::kIo);
}

}  // namespace
}  // namespace tamis
