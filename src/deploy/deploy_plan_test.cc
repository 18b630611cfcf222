// Deploy plans: what is read, and the whole message of what is refused.
#include "deploy/deploy_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "deploy/batches.h"

namespace tamis {
namespace {

Result<DeployPlan> Parse(const std::string& text) {
  return ParseDeployPlan(std::make_shared<const SourceText>(SourceText{"p/plan.yaml", text}));
}

const std::string kHead = "deploy: app\ngroups: {web: a}\ntarget: /opt/app\n";

// The first line of the message, without the file's name.
std::string Error(const std::string& text) {
  const auto plan = Parse(text);
  if (plan.ok()) return "";
  const std::string message = FormatError(plan.status());
  return message.substr(0, message.find('\n')).substr(std::string("p/plan.yaml:").size());
}

const std::string kEverything = R"(
deploy: warehouse
ssh:
  config: ssh_config
  user: deploy
  port: 2222
  identity: ~/.ssh/key
  known_hosts: /etc/hosts.known
  host_keys: accept-new
  connect_timeout: 3s
  keep_alive: 2s
groups:
  spark: 10.0.0.[10-12]
  db: {servers: [x@db1:22, db2], serial: 1}
order: [db, spark]
serial: [1, 25%, 100%]
files:
  - bin/tamis
  - from: conf/
    to: etc/app
    mode: 640
    folder_mode: 0750
    owner: "app:app"
    exclude: [.git, "*.bak"]
target: /opt/warehouse/
parallel: 4
max_failures: 2
hold_off: 10s
keep: 3
timeout: 2min
compress: false
commands:
  before: [make]
  after: [{command: systemctl restart app, timeout: 1min}]
health:
  before: [reachable, {free_disk: 500MB}]
  after:
    - {command: ./check, timeout: 2s, within: 1min, every: 500ms}
    - {tcp: 8080}
    - {tcp: "[::1]:81"}
    - {http: http://localhost:8080/health, status: 204}
)";

TEST(DeployPlans, ReadsEverything) {
  const auto plan = Parse(kEverything);
  ASSERT_TRUE(plan.ok()) << FormatError(plan.status());
  EXPECT_EQ(plan->folder, "p");
  EXPECT_EQ(plan->ssh.config, "p/ssh_config");
  EXPECT_EQ(plan->ssh.known_hosts, "/etc/hosts.known");
  EXPECT_TRUE(plan->ssh.identity.ends_with("/.ssh/key") && plan->ssh.identity.starts_with("/"));
  EXPECT_TRUE(plan->ssh.accept_new_hosts);
  EXPECT_EQ(plan->ssh.connect_timeout_ms, 3'000);
  ASSERT_EQ(plan->groups.size(), 2u);
  EXPECT_EQ(plan->groups[0].name, "db");
  EXPECT_EQ(plan->groups[0].servers[0].user, "x");
  EXPECT_EQ(plan->groups[0].servers[0].port, 22);
  EXPECT_EQ(plan->groups[0].servers[1].user, "deploy");
  EXPECT_EQ(plan->groups[0].serial.size(), 1u);
  EXPECT_EQ(plan->groups[1].servers[2].host, "10.0.0.12");
  EXPECT_EQ(plan->groups[1].servers[2].port, 2222);
  EXPECT_EQ(plan->groups[1].serial.size(), 3u);
  ASSERT_EQ(plan->files.size(), 2u);
  EXPECT_EQ(plan->files[0].to, "tamis");
  EXPECT_EQ(plan->files[0].mode, -1);
  EXPECT_EQ(plan->files[1].mode, 0640);
  EXPECT_EQ(plan->files[1].directory_mode, 0750);
  EXPECT_EQ(plan->files[1].owner, "app:app");
  EXPECT_EQ(plan->target, "/opt/warehouse");
  EXPECT_EQ(plan->timeout_ms, 120'000);
  EXPECT_EQ(plan->hold_off_ms, 10'000);
  EXPECT_EQ(plan->after[0].timeout_ms, 60'000);
  ASSERT_EQ(plan->health_after.size(), 4u);
  EXPECT_EQ(plan->health_after[0].within_ms, 60'000);
  EXPECT_EQ(plan->health_after[0].every_ms, 500);
  EXPECT_EQ(plan->health_after[1].ToString(), "tcp localhost:8080");
  EXPECT_EQ(plan->health_after[2].ToString(), "tcp [::1]:81");
  EXPECT_EQ(plan->health_after[3].ToString(), "http://localhost:8080/health");
  EXPECT_EQ(plan->health_after[3].status, 204);
  EXPECT_EQ(plan->health_before[1].free_bytes, 500'000'000);
}

TEST(DeployPlans, HasDefaults) {
  const auto plan = Parse(kHead);
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->ssh.connect_timeout_ms, 5'000);
  EXPECT_FALSE(plan->ssh.accept_new_hosts);
  EXPECT_EQ(plan->keep, 5);
  EXPECT_EQ(plan->failures_max, 0);
  EXPECT_TRUE(plan->compress);
}

TEST(DeployPlans, RefusesWithPlaceAndHint) {
  EXPECT_EQ(Error(kHead + "paralel: 3\n"), "4:1: unknown key: paralel (did you mean parallel?)");
  EXPECT_EQ(Error("deploy: x\ntarget: /a\n"), "1:1: a deploy plan needs the key groups");
  EXPECT_EQ(Error(kHead + "parallel: 0\n"), "4:11: parallel: 0 is out of range (1 to 1000)");
  EXPECT_EQ(Error(kHead + "hold_off: 5\n"), "4:11: not a time: 5 (such as 300ms, 5s, 2min or 1h)");
  EXPECT_EQ(Error(kHead + "serial: [0]\n"),
            "4:10: serial: not a size of a batch: 0 (a number of servers or 1% to 100%)");
  EXPECT_EQ(Error(kHead + "serial: 120%\n"),
            "4:9: serial: not a size of a batch: 120% (a number of servers or 1% to 100%)");
  EXPECT_EQ(Error(kHead + "serial: []\n"), "4:9: serial: an empty list");
  EXPECT_EQ(Error(kHead + "order: [wob]\n"), "4:9: order: unknown group: wob (did you mean web?)");
  EXPECT_EQ(Error(kHead + "order: [web, web]\n"), "4:14: order: group named twice: web");
  EXPECT_EQ(Error(kHead + "ssh: {password: x}\n"),
            "4:7: no passwords in plans (use an agent, a key or an ssh config)");
  EXPECT_EQ(Error(kHead + "ssh: {user: -x}\n").substr(0, 28), "4:13: not a user name: -x@ho");
  EXPECT_EQ(Error(kHead + "ssh: {host_keys: no}\n").substr(0, 35),
            "4:18: unknown host_keys: no (known:");
  EXPECT_EQ(Error("deploy: x\ntarget: opt\ngroups: {a: b}\n"),
            "2:9: target: not an absolute path: opt (a folder of its own, such as /opt/app)");
  EXPECT_EQ(Error("deploy: x\ntarget: /\ngroups: {a: b}\n"),
            "2:9: target: not an absolute path: / (a folder of its own, such as /opt/app)");
  EXPECT_EQ(Error("deploy: x\ntarget: /a\ngroups: {a: [b, c], d: b}\n"),
            "3:24: server named twice: b");
  EXPECT_EQ(Error("deploy: x\ntarget: /a\ngroups: {a: []}\n"), "3:13: group a has no servers");
  EXPECT_EQ(Error("deploy: x\ntarget: /a\ngroups:\n  a: x[3-1]\n"),
            "4:6: a range that runs backwards: [3-1]");
}

TEST(DeployPlans, RefusesFilesThatLeaveTheRelease) {
  const std::string files = kHead + "files:\n- ";
  const std::string hint = " (a path below the target, without . and ..)";
  EXPECT_EQ(Error(files + "{from: x, to: ../y}\n"), "5:17: to: leaves the release: ../y" + hint);
  EXPECT_EQ(Error(files + "{from: x, to: /etc/y}\n"),
            "5:17: to: leaves the release: /etc/y" + hint);
  EXPECT_EQ(Error(files + "{from: x, to: a//b}\n"), "5:17: to: leaves the release: a//b" + hint);
  EXPECT_EQ(Error(files + "..\n"), "5:3: to: leaves the release: .." + hint);
  EXPECT_EQ(Error(files + "{from: x, mode: 999}\n"),
            "5:19: mode: not a mode: 999 (three or four octal digits, such as 644 or 0755)");
  EXPECT_EQ(Error(files + "{from: x, folder_mode: 644}\n"),
            "5:26: folder_mode: the owner must have all rights on folders (7xx)");
  EXPECT_EQ(Error(files + "{from: x, owner: 'a;id'}\n"),
            "5:20: not an owner: a;id (user, user:group or :group)");
  EXPECT_EQ(Error(files + "{to: x}\n"), "5:3: a file needs the key from");
}

TEST(DeployPlans, RefusesChecksThatAreNone) {
  const std::string after = kHead + "health:\n  after:\n  - ";
  const std::string one = " (reachable, command, tcp, http or free_disk)";
  EXPECT_EQ(Error(after + "{tcp: 1, command: x}\n"), "6:5: a health check is one thing" + one);
  EXPECT_EQ(Error(after + "{timeout: 1s}\n"), "6:5: a health check is one thing" + one);
  EXPECT_EQ(Error(after + "{tcp: 99999}\n"),
            "6:11: not a port: 99999 (such as 8080 or localhost:8080)");
  EXPECT_EQ(Error(after + "{http: https://x}\n"),
            "6:12: not an address that can be asked: https://x (http://HOST:PORT/PATH as the "
            "server itself sees it)");
  EXPECT_EQ(Error(after + "{http: 'http://x:1/a b'}\n").substr(0, 40),
            "6:12: not an address that can be asked: ");
  EXPECT_EQ(Error(after + "{free_disk: much}\n"),
            "6:17: free_disk: not a size: much (such as 500MB or 2GiB)");
  EXPECT_EQ(Error(after + "{comand: x}\n"), "6:6: unknown key: comand (did you mean command?)");
}

std::vector<size_t> Sizes(const std::string& serial, size_t server_count) {
  const auto plan = Parse(kHead + "serial: " + serial + "\n");
  return BatchSizes(plan->groups[0].serial, server_count);
}

TEST(Batches, FollowEachOther) {
  using testing::ElementsAre;
  EXPECT_THAT(Sizes("[1, 25%, 100%]", 8), ElementsAre(1, 2, 5));
  EXPECT_THAT(Sizes("[1, 25%, 100%]", 1), ElementsAre(1));
  EXPECT_THAT(Sizes("[1, 25%, 100%]", 2), ElementsAre(1, 1));
  EXPECT_THAT(Sizes("3", 8), ElementsAre(3, 3, 2));
  EXPECT_THAT(Sizes("[1, 2]", 6), ElementsAre(1, 2, 2, 1));
  EXPECT_THAT(Sizes("10%", 5), ElementsAre(1, 1, 1, 1, 1));  // rounded down, but at least one
  EXPECT_THAT(Sizes("33%", 10), ElementsAre(3, 3, 3, 1));
  EXPECT_THAT(Sizes("100", 4), ElementsAre(4));
  EXPECT_TRUE(Sizes("1", 0).empty());
}

}  // namespace
}  // namespace tamis
