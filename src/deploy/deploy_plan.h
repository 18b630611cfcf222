// What a deploy plan says, read strictly from YAML. Does not look at files or servers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "deploy/server.h"

namespace tamis {

/// How OpenSSH is called; what is empty or 0 stays as the user's ssh config has it.
struct SshOptions {
  std::string config;  // path; "": the user's own
  std::string user;
  std::string identity;     // path of a private key
  std::string known_hosts;  // path
  int port = 0;
  bool accept_new_hosts = false;  // else an unknown host key is refused
  int64_t connect_timeout_ms = 5'000;
  int64_t keep_alive_ms = 5'000;  // three of them unanswered end a connection
};

/// One check of a server. Each runs over a connection of its own, from the server's own view: its
/// `localhost` is the server.
struct HealthCheck {
  enum class Kind { kReachable, kCommand, kTcp, kHttp, kFreeDisk };
  Kind kind = Kind::kReachable;
  std::string command;
  std::string host = "localhost";
  int port = 0;
  std::string path = "/";  // of HTTP
  int status = 200;        // of HTTP
  int64_t free_bytes = 0;
  int64_t timeout_ms = 10'000;  // of one try
  int64_t within_ms = 0;        // until when it may fail and is tried again
  int64_t every_ms = 1'000;     // between two tries
  /// `command systemctl is-active app`, `tcp localhost:8080`: what messages call it.
  std::string ToString() const;
};

/// A size of a batch: a number of servers or a percentage of the group's.
struct BatchSize {
  int64_t value = 100;
  bool percent = true;
};

/// A group of servers, and what it has of its own.
struct ServerGroup {
  std::string name;
  std::vector<Server> servers;
  std::vector<BatchSize> serial;
};

/// Files and folders that go to the servers.
struct FileRule {
  std::string from;  // a file or folder, relative to the plan's folder
  std::string to;    // below the release's folder; "": the folder itself
  int mode = -1;     // of files; -1: 755 where the owner may execute it, else 644
  int directory_mode = 0755;
  std::string owner;  // user, user:group or :group; "": who logs in
  std::vector<std::string> exclude;
  Place place;
};

struct RemoteCommand {
  std::string command;
  int64_t timeout_ms = 60'000;
};

struct DeployPlan {
  std::string name;
  std::string folder;  // of the plan's file; paths are relative to it
  SshOptions ssh;
  std::vector<ServerGroup> groups;  // in the order of the roll-out
  std::vector<FileRule> files;
  std::string target;  // an absolute path
  int64_t parallel = 16;
  int64_t failures_max = 0;
  int64_t hold_off_ms = 0;
  int64_t keep = 5;                // releases on each server
  int64_t timeout_ms = 3'600'000;  // of all that happens on one server
  bool compress = true;
  std::vector<RemoteCommand> before, after;
  std::vector<HealthCheck> health_before, health_after;
};

/// Reads a plan. UsageError with a place for what is wrong with it, IoError for an ssh config that
/// it names and that can't be read.
Result<DeployPlan> ParseDeployPlan(const std::shared_ptr<const SourceText>& source);

/// `5s`, `300ms`, `2min`, `1h` as milliseconds; UsageError otherwise.
Result<int64_t> ParseDuration(const std::string& text, const Place& place);

}  // namespace tamis
