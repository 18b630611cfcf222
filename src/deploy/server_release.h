// What happens on one server: connect, lock, copy, verify, switch, check, confirm or go back. Does
// not know the other servers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/deploy_log.h"
#include "deploy/deploy_plan.h"
#include "deploy/payload.h"
#include "deploy/release.h"
#include "deploy/remote_shell.h"
#include "deploy/server_report.h"

namespace tamis {

/// How one server came out.
struct HostResult {
  enum class State { kNotStarted, kDone, kUnchanged, kFailed };
  State state = State::kNotStarted;
  std::string server;
  std::string group;
  Status status;
  std::string release;   // that is current at the end; "": none, or nobody knows
  std::string previous;  // that was current before
  bool rolled_back = false;
  int64_t files = 0;       // of the release
  int64_t files_sent = 0;  // whole or in part
  int64_t bytes_sent = 0;  // as they are on the server
  int64_t wire_bytes = 0;  // as they were sent
  double seconds = 0;
  std::vector<std::string> changes;   // `+ path`, `~ path (what)`, `- path`
  std::vector<std::string> releases;  // on the server, oldest first
  int exit_code = 0;                  // of exec's command
  std::string output;                 // of exec's command; where it was gathered, its end
};

/// What all servers of a run share.
struct RolloutContext {
  const DeployPlan& plan;
  const ReleaseContent& content;
  FileParts& parts;
  DeployLog& log;
  const StopToken& stop;
  std::string release_id;      // letters, digits and dashes; later ones sort behind
  std::string holder;          // who deploys, for the messages of others
  std::string temp_directory;  // for sockets
  std::string rollback_to;     // a release; "": the one before
  bool break_lock = false;
};

/// Makes the plan's release current, or fails and leaves the old one current. `number` is unique
/// in the run. What became of it stands in the result, an error in its status.
void DeployToServer(const RolloutContext& context, const Server& server, size_t number,
                    HostResult* result);
/// Makes an older release current again.
void RollbackServer(const RolloutContext& context, const Server& server, size_t number,
                    HostResult* result);
/// Says which release is current and how it differs from the plan's. Changes nothing.
void InspectServer(const RolloutContext& context, const Server& server, size_t number,
                   HostResult* result);
/// Says whether a roll-out could begin: tools, rights, space, lock, the checks before; verifies
/// the current release. Changes nothing.
void CheckServer(const RolloutContext& context, const Server& server, size_t number,
                 HostResult* result);
/// Says what DeployToServer would do. Changes nothing.
void CompareServer(const RolloutContext& context, const Server& server, size_t number,
                   HostResult* result);

}  // namespace tamis
