// Writes the slices of a generated table as hive partitions of one dataset. Does not decide how
// many rows a slice has.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "local/output.h"
#include "local/slices.h"
#include "ops/generate_program.h"
#include "report/run_record.h"

namespace tamis {

/// Which rows go into which folder.
struct SliceDatasetSpec {
  std::string key = "slice";         // of the folders: slice=7
  std::vector<Slice> slices;         // none is empty
  std::vector<std::string> emptied;  // slices without rows, whose folders a write of mode
                                     // replace_partitions empties
  /// What makes the rows of slices[i]: programs[program_of_slice[i]]. All have the same columns.
  std::vector<std::shared_ptr<const RowProgram>> programs;
  std::vector<size_t> program_of_slice;
  FormatOptions csv;
};

/// Writes and publishes, all or nothing. The rows of a slice are consecutive, so nothing is sorted
/// or held: each thread makes one file at a time, of about write.file_bytes_max (256 MB by
/// default), cut at rows that don't depend on threads. Memory is a few chunks a thread.
Result<OutputRecord> WriteSliceDataset(const SliceDatasetSpec& spec, const WriteSpec& write,
                                       const OutputContext& context,
                                       std::atomic<int64_t>* rows_done);

}  // namespace tamis
