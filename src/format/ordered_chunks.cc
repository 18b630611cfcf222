// Chunks in order. See ordered_chunks.h.
#include "format/ordered_chunks.h"

#include <arrow/util/byte_size.h>

#include <chrono>
#include <utility>

namespace tamis {
namespace {

// How often a waiting thread looks whether the run was stopped.
constexpr std::chrono::milliseconds kStopPoll{20};

int64_t BatchBytes(const arrow::RecordBatch& batch) {
  // Slices share their buffers: only what they refer to counts.
  return arrow::util::ReferencedBufferSize(batch).ValueOr(arrow::util::TotalBufferSize(batch));
}

}  // namespace

Status OrderedChunks::Put(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) {
  std::unique_lock lock(mutex_);
  while (status_.ok() && index > next_index_ && waiting_bytes_ > ahead_bytes_max_) {
    if (stop_ != nullptr && stop_->requested()) return Interrupted();
    changed_.wait_for(lock, kStopPoll);
  }
  ARROW_RETURN_NOT_OK(status_);
  if (index < next_index_ || waiting_.contains(index)) {
    return Status::Invalid("chunk ", index, " was written twice");
  }
  if (index > next_index_) {
    int64_t bytes = BatchBytes(*batch);
    waiting_bytes_ += bytes;
    waiting_.emplace(index, Waiting{batch, bytes});
    return Status::OK();
  }
  status_ = take_(batch);
  ++next_index_;
  for (auto it = waiting_.begin(); status_.ok() && it != waiting_.end();
       it = waiting_.erase(it), ++next_index_) {
    if (it->first != next_index_) break;
    waiting_bytes_ -= it->second.bytes;
    status_ = take_(it->second.batch);
  }
  changed_.notify_all();
  return status_;
}

Status OrderedChunks::Finish() {
  std::unique_lock lock(mutex_);
  if (status_.ok() && !waiting_.empty()) {
    status_ = Status::Invalid("chunk ", next_index_, " was never written");
  }
  return status_;
}

void OrderedChunks::Fail(const Status& status) {
  std::unique_lock lock(mutex_);
  if (status_.ok()) status_ = status;
  changed_.notify_all();
}

}  // namespace tamis
