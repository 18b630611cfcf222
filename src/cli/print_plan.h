// The plan of a pipeline, printed. Does not make it.
#pragma once

#include <string>

#include "cli/session.h"
#include "plan/plan.h"

namespace tamis {

/// Prints the plan on standard output (with --json as one object) and its warnings on standard
/// error; returns the exit code.
int PrintPlan(const Session& session, const std::string& command, const Plan& plan);

}  // namespace tamis
