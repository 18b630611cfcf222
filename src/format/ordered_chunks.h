// Puts chunks that many threads bring into the order of their indices. Does not write them.
#pragma once

#include <arrow/record_batch.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "base/status.h"
#include "base/stop.h"

namespace tamis {

/// Hands batches to a function in the order 0, 1, 2, ... of their indices, one at a time.
class OrderedChunks {
 public:
  using Take = std::function<Status(const std::shared_ptr<arrow::RecordBatch>&)>;

  /// `ahead_bytes_max`: what may wait for earlier chunks before Put blocks. `stop` (may be null)
  /// ends such waits when the run is stopped.
  OrderedChunks(int64_t ahead_bytes_max, const StopToken* stop, Take take)
      : ahead_bytes_max_(ahead_bytes_max), stop_(stop), take_(std::move(take)) {}

  /// For any thread. Invalid for an index that was there before; the first error of the function
  /// is returned by every later call.
  Status Put(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch);
  /// Invalid when a chunk before the last one is missing.
  Status Finish();
  /// Makes every call, also those that wait, return `status`.
  void Fail(const Status& status);

 private:
  struct Waiting {
    std::shared_ptr<arrow::RecordBatch> batch;
    int64_t bytes;
  };

  int64_t ahead_bytes_max_;
  const StopToken* stop_;
  Take take_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int64_t, Waiting> waiting_;
  int64_t waiting_bytes_ = 0;
  int64_t next_index_ = 0;
  Status status_;
};

}  // namespace tamis
