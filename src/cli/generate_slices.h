// tamis generate --slices: the rows of a table slice by slice. Called by generate.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "local/run.h"
#include "plan/plan.h"
#include "report/run_record.h"

namespace tamis {

/// The flags of slices, as given.
struct SliceFlags {
  std::string slices;
  std::string scale = "1";
};

/// Adds --slices and --scale.
void AddSliceFlags(CLI::App* command, SliceFlags* flags);

/// What of generate's other flags matters here.
struct SliceRun {
  const Contract* contract = nullptr;
  const Table* table = nullptr;
  std::optional<uint64_t> seed;  // of all tables; else those that the contract says
  int64_t part = 1;
  int64_t parts = 1;
  WriteSpec write;
};

/// Writes the dataset and says in `record` how unevenly its rows lie.
Status GenerateSlices(const SliceFlags& flags, const SliceRun& slices, const RunOptions& run,
                      RunRecord* record);

}  // namespace tamis
