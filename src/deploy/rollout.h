// A run over all servers of a plan: groups in order, batches, how many at once, and when to stop.
// Does not know what happens on one server.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/deploy_log.h"
#include "deploy/deploy_plan.h"
#include "deploy/server_release.h"

namespace tamis {

/// The groups of a plan with the servers that `limits` name: groups, servers, or patterns of
/// either with * and ?. All of them if `limits` is empty. UsageError for a limit that names none.
Result<std::vector<ServerGroup>> SelectServers(const DeployPlan& plan,
                                               const std::vector<std::string>& limits);

/// A name for a release: the time to the millisecond in UTC and some random letters, so that the
/// order of names is that of time.
std::string MakeReleaseId();

/// Does its work on one server; `number` counts all selected servers from 0.
using ServerWork = std::function<void(const Server& server, size_t number, HostResult* result)>;

/// Whether a failure keeps servers from being started.
enum class OnFailure { kStop, kGoOn };

/// Runs `work` on every server, at most `plan.parallel` at once. With kStop the groups go in
/// batches: a failure in a batch that is followed by others and is the first one (the canary), or
/// more than `plan.failures_max` failures in all, and no further server is started. With kGoOn all
/// servers are one batch. One result a server, in the order of the plan.
std::vector<HostResult> RunOnServers(const DeployPlan& plan, const std::vector<ServerGroup>& groups,
                                     OnFailure on_failure, const ServerWork& work, DeployLog& log,
                                     const StopToken& stop);

}  // namespace tamis
