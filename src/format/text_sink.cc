// Appends chunks in order. See text_sink.h.
#include "format/text_sink.h"

#include <utility>

namespace tamis {
namespace {

// Formatted chunks that may wait while an earlier one is being written.
constexpr int64_t kPendingBytesMax = 64 << 20;

}  // namespace

TextSink::TextSink(std::unique_ptr<WritableFile> file, std::unique_ptr<TextFormatter> formatter)
    : file_(std::move(file)), formatter_(std::move(formatter)) {}

Result<std::unique_ptr<TextSink>> TextSink::Make(std::unique_ptr<WritableFile> file,
                                                 std::unique_ptr<TextFormatter> formatter) {
  const std::string header = formatter->Header();
  ARROW_RETURN_NOT_OK(file->Append(header));
  std::unique_ptr<TextSink> sink(new TextSink(std::move(file), std::move(formatter)));
  sink->written_bytes_ = static_cast<int64_t>(header.size());
  return sink;
}

Status TextSink::Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) {
  std::string text;
  {
    std::lock_guard lock(mutex_);
    if (!spare_.empty()) {
      text = std::move(spare_.back());
      spare_.pop_back();
    }
  }
  text.clear();
  const Status formatted = formatter_->AppendRows(*batch, &text);
  std::unique_lock lock(mutex_);
  if (!formatted.ok() && failure_.ok()) failure_ = formatted;
  // Only while somebody writes: then the wait ends.
  drained_.wait(lock,
                [&] { return !failure_.ok() || !writing_ || pending_bytes_ < kPendingBytesMax; });
  ARROW_RETURN_NOT_OK(failure_);
  pending_bytes_ += static_cast<int64_t>(text.size());
  if (index < next_index_ || !pending_.emplace(index, std::move(text)).second) {
    return Status::Invalid("chunk ", index, " was written twice");
  }
  return Drain(&lock);
}

/// Writes the chunks whose turn it is, unless another thread is at it (which then writes them).
Status TextSink::Drain(std::unique_lock<std::mutex>* lock) {
  if (writing_) return failure_;
  writing_ = true;
  while (failure_.ok() && !pending_.empty() && pending_.begin()->first == next_index_) {
    std::string text = std::move(pending_.begin()->second);
    pending_.erase(pending_.begin());
    ++next_index_;
    lock->unlock();
    const Status written = file_->Append(text);
    lock->lock();
    if (!written.ok()) failure_ = written;
    pending_bytes_ -= static_cast<int64_t>(text.size());
    written_bytes_ += static_cast<int64_t>(text.size());
    spare_.push_back(std::move(text));
    drained_.notify_all();
  }
  writing_ = false;
  drained_.notify_all();
  return failure_;
}

Status TextSink::Finish() {
  std::lock_guard lock(mutex_);
  ARROW_RETURN_NOT_OK(failure_);
  if (!pending_.empty()) return Status::Invalid("chunk ", next_index_, " is missing");
  ARROW_RETURN_NOT_OK(file_->Sync());
  return file_->Close();
}

int64_t TextSink::WrittenBytes() const {
  std::lock_guard lock(mutex_);
  return written_bytes_;
}

}  // namespace tamis
