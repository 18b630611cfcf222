// Health checks of a server, each over a connection of its own. Does not decide what follows.
#pragma once

#include <string>

#include "base/status.h"
#include "deploy/deploy_plan.h"
#include "deploy/remote_shell.h"

namespace tamis {

/// Runs a check until it passes or its time is over. Commands run in `folder`; free disk is that
/// of `target`. DataError with the check and the reason if it fails, Interrupted after a stop. No
/// connection is shared, so that a server that lets nobody in any more can't pass.
Status RunHealthCheck(const Connection& connection, const HealthCheck& check,
                      const std::string& folder, const std::string& target);

}  // namespace tamis
