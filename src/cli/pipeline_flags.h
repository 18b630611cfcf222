// The flags of commands that take a pipeline, and its plan. Does not run it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/status.h"
#include "local/run.h"
#include "plan/plan.h"

namespace tamis {

struct PipelineFlags {
  std::string path;
  std::vector<std::string> set;
  std::string engine = "local";
  std::string run_time;
};

/// Adds PIPELINE, --set, --engine and --run-time.
void AddPipelineFlags(CLI::App* command, PipelineFlags* flags);

/// Reads, checks and plans the pipeline. `options` gets its run time and, if a SQL step needed it
/// to be described, an open DuckDB. A contract's path is looked up beside the pipeline first, then
/// from the current directory.
Result<Plan> LoadPlan(const PipelineFlags& flags, RunOptions* options);

}  // namespace tamis
