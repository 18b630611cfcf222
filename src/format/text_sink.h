// Writes one text file from many threads' chunks. Does not format rows, does not publish files.
#pragma once

#include <arrow/record_batch.h>

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/status.h"
#include "format/sink.h"
#include "storage/storage.h"

namespace tamis {

/// Makes text of rows, in any thread.
class TextFormatter {
 public:
  virtual ~TextFormatter() = default;
  /// What stands before the first row.
  virtual std::string Header() const = 0;
  /// Appends the batch's rows to `out`. Columns may be dictionaries of the schema's type.
  virtual Status AppendRows(const arrow::RecordBatch& batch, std::string* out) const = 0;
};

/// Chunks are formatted by the threads that call Write and appended in order.
class TextSink : public Sink {
 public:
  /// Writes the header.
  static Result<std::unique_ptr<TextSink>> Make(std::unique_ptr<WritableFile> file,
                                                std::unique_ptr<TextFormatter> formatter);
  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override;
  /// Syncs and closes the file. Status::Invalid if a chunk is missing (a bug of the caller).
  Status Finish() override;

  /// Bytes of text so far.
  int64_t WrittenBytes() const;

 private:
  TextSink(std::unique_ptr<WritableFile> file, std::unique_ptr<TextFormatter> formatter);
  Status Drain(std::unique_lock<std::mutex>* lock);

  std::unique_ptr<WritableFile> file_;
  std::unique_ptr<TextFormatter> formatter_;
  mutable std::mutex mutex_;
  std::map<int64_t, std::string> pending_;  // formatted, waiting for the chunks before them
  std::vector<std::string> spare_;          // strings whose memory is used again
  std::condition_variable drained_;
  int64_t pending_bytes_ = 0;
  int64_t next_index_ = 0;
  int64_t written_bytes_ = 0;
  bool writing_ = false;
  Status failure_;
};

}  // namespace tamis
