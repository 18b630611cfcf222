// tamis generate --explain: how each column would be made, and why. Called by generate.cc.
#pragma once

#include <string>

#include "cli/session.h"
#include "ops/generate_rows.h"

namespace tamis {

/// Prints the columns of `table` (all tables if it is empty) of a contract: type, provider,
/// options, reason, confidence and the value of the first row; with --json an object. Reports
/// errors and returns the exit code.
int ExplainGenerate(Session& session, const std::string& contract, const std::string& table,
                    const RowRequest& request);

}  // namespace tamis
