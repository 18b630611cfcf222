// Runs a plan on this machine's cores. The one entry for every command that moves rows.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "base/stop.h"
#include "local/duckdb.h"
#include "plan/plan.h"
#include "report/run_record.h"

namespace tamis {

/// How far a run is; read by whoever draws it.
struct RunProgress {
  std::atomic<int64_t> bytes_total{0};  // of the source at work; 0: not known
  std::atomic<int64_t> bytes_read{0};
  std::atomic<int64_t> rows_read{0};  // of all sources
};

/// What a run may use.
struct RunOptions {
  std::string command = "run";  // what the record calls it
  std::string run_id;           // letters, digits, `-`
  int64_t run_time_us = 0;      // run_time(), since 1970
  int thread_count = 1;
  int64_t memory_bytes = 0;
  std::string temp_directory;    // for spill; must exist
  bool replace_foreign = false;  // --force: outputs may replace files that tamis did not write
  std::shared_ptr<DuckdbEngine> duckdb;  // one that is open already; null: opened when needed
  StopToken* stop = nullptr;
  RunProgress* progress = nullptr;
};

/// Does `work`, and fills in what every run's record has: command, id, start, threads, time,
/// memory.
Status Recorded(const RunOptions& options, RunRecord* record, const std::function<Status()>& work);

/// What DuckDB may use in a run with these options.
DuckdbOptions DuckdbOptionsOf(const RunOptions& options);

/// Runs all steps; publishes their outputs only when every step has succeeded and the books
/// balance. When rejects are too many, the rejects are published and nothing else. `record` is
/// filled in as far as the run came, also on failure.
Status RunPlan(const Plan& plan, const RunOptions& options, RunRecord* record);

}  // namespace tamis
