// See sized_files.h.
#include "local/sized_files.h"

#include <arrow/util/byte_size.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tamis {
namespace {

// How often a waiting thread looks whether the run was stopped.
constexpr std::chrono::milliseconds kStopPoll{20};

int64_t BatchBytes(const arrow::RecordBatch& batch) {
  return arrow::util::ReferencedBufferSize(batch).ValueOr(arrow::util::TotalBufferSize(batch));
}

}  // namespace

Status SizedFilesSink::Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) {
  std::unique_lock lock(mutex_);
  if (index < next_index_ || !waiting_.emplace(index, batch).second) {
    return Status::Invalid("chunk ", index, " was written twice");
  }
  waiting_bytes_ += BatchBytes(*batch);
  return Work(&lock, options_.ahead_bytes_max);
}

// Does what there is to do, and waits while chunks of more than `waiting_bytes_max` wait for an
// earlier one: the thread that brings that one never waits.
Status SizedFilesSink::Work(std::unique_lock<std::mutex>* lock, int64_t waiting_bytes_max) {
  while (status_.ok()) {
    const Act act = Choose();
    if (act == Act::kWrite) {
      Status status = WriteSlice(lock);
      if (status_.ok()) status_ = status;
    } else if (act != Act::kNothing) {
      is_changing_ = true;
      lock->unlock();
      Status status = act == Act::kOpen ? Open() : Close();
      lock->lock();
      is_changing_ = false;
      if (status_.ok()) status_ = status;
    } else if (waiting_bytes_ <= waiting_bytes_max) {
      return Status::OK();
    } else {
      if (options_.stop && options_.stop->requested()) return Interrupted();
      changed_.wait_for(*lock, kStopPoll);
      continue;
    }
    changed_.notify_all();
  }
  return status_;
}

SizedFilesSink::Act SizedFilesSink::Choose() {
  if (is_changing_) return Act::kNothing;
  if (file_ && file_->bytes >= file_->bytes_max) {
    return writing_count_ == 0 ? Act::kClose : Act::kNothing;
  }
  if (!FindHead()) return Act::kNothing;
  return file_ ? Act::kWrite : Act::kOpen;
}

bool SizedFilesSink::FindHead() {
  while (!head_ && !waiting_.empty() && waiting_.begin()->first == next_index_) {
    std::shared_ptr<arrow::RecordBatch> batch = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    ++next_index_;
    const int64_t bytes = BatchBytes(*batch);
    waiting_bytes_ -= bytes;
    const int64_t rows = batch->num_rows();
    if (rows == 0) continue;
    // Columns of nothing but NULL have no bytes.
    const double bytes_per_row =
        std::max(1.0, static_cast<double>(bytes)) / static_cast<double>(rows);
    head_ = Head{std::move(batch), bytes_per_row, 0};
  }
  return head_.has_value();
}

// Without the lock; is_changing_ keeps others away from head_ and file_.
Status SizedFilesSink::Open() {
  if (file_share_ == 0 && head_) {
    const arrow::RecordBatchVector sample =
        options_.sample.empty() ? arrow::RecordBatchVector{head_->batch} : options_.sample;
    int64_t memory_bytes = 0;
    for (const auto& batch : sample) memory_bytes += BatchBytes(*batch);
    ARROW_ASSIGN_OR_RAISE(int64_t whole, options_.measure(sample));
    ARROW_ASSIGN_OR_RAISE(int64_t empty, options_.measure({}));
    file_share_ = static_cast<double>(std::max<int64_t>(whole - empty, 1)) /
                  static_cast<double>(std::max<int64_t>(memory_bytes, 1));
  }
  File file;
  ARROW_ASSIGN_OR_RAISE(file.out, options_.open(file_count_));
  file.bytes_max = static_cast<double>(options_.file_bytes) / std::max(file_share_, 1e-6);
  ++file_count_;
  file_ = std::move(file);
  return Status::OK();
}

// As Open.
Status SizedFilesSink::Close() {
  ARROW_RETURN_NOT_OK(file_->out.sink->Finish());
  ARROW_ASSIGN_OR_RAISE(int64_t bytes, file_->out.close(file_->row_count));
  file_share_ = static_cast<double>(bytes) / std::max(file_->bytes, 1.0);
  file_.reset();
  return Status::OK();
}

Status SizedFilesSink::WriteSlice(std::unique_lock<std::mutex>* lock) {
  const double room = std::ceil((file_->bytes_max - file_->bytes) / head_->bytes_per_row);
  const int64_t left = head_->batch->num_rows() - head_->row;
  const int64_t rows =
      room < static_cast<double>(left) ? std::max<int64_t>(1, static_cast<int64_t>(room)) : left;
  auto slice = head_->batch->Slice(head_->row, rows);
  Sink* sink = file_->out.sink.get();
  const int64_t index = file_->next_index++;
  file_->row_count += rows;
  file_->bytes += static_cast<double>(rows) * head_->bytes_per_row;
  head_->row += rows;
  if (rows == left) head_.reset();
  ++writing_count_;
  lock->unlock();
  Status status = sink->Write(index, slice);
  slice.reset();
  lock->lock();
  --writing_count_;
  return status;
}

Status SizedFilesSink::Finish() {
  std::unique_lock lock(mutex_);
  ARROW_RETURN_NOT_OK(Work(&lock, waiting_bytes_));
  if (!waiting_.empty()) return Status::Invalid("chunk ", next_index_, " was never written");
  if (!file_ && file_count_ == 0) status_ = Open();
  if (status_.ok() && file_) status_ = Close();
  return status_;
}

}  // namespace tamis
