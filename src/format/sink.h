// What takes rows at the end of a pipeline. A sink may be written by many threads at once.
#pragma once

#include <arrow/record_batch.h>

#include <cstdint>
#include <memory>

#include "base/status.h"

namespace tamis {

/// Takes chunks in any order and writes them in the order of their indices, so that the output does
/// not depend on the number of threads. Every index from 0 up to the last is written exactly once
/// (with a batch of 0 rows if need be).
class Sink {
 public:
  virtual ~Sink() = default;
  /// Takes the rows of chunk `index`. May block while earlier chunks are missing.
  virtual Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) = 0;
  /// Writes what is left; nothing more may be written.
  virtual Status Finish() = 0;
};

}  // namespace tamis
