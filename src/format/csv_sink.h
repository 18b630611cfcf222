// Arrow batches to CSV bytes. Does not publish files.
//
// A field is quoted only where it has to be: it holds the delimiter, the quote, CR or LF, it would
// read back as NULL (so the empty string is "" and NULL is nothing), or it begins with the comment
// byte. Where null_values is empty, a NULL is an error. A format without quote has no way to tell
// "" from NULL. Timestamps are ISO 8601, with Z if their type has a zone; doubles are the shortest
// text that reads back as the same value.
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
#include "contract/contract.h"
#include "format/sink.h"
#include "storage/storage.h"

namespace tamis {

/// Formats the rows of a batch as CSV, in any thread.
class CsvFormatter {
 public:
  /// UsageError for a type that has no text (nested ones) and for a dialect that can't be written.
  static Result<CsvFormatter> Make(std::shared_ptr<arrow::Schema> schema, FormatOptions format);

  /// The header line, or nothing if the format has none.
  std::string Header() const;
  /// Appends the batch's rows to `out`. Columns may be dictionaries of the schema's type. DataError
  /// if a value needs quotes and the format has none, or is NULL and null_values is empty.
  Status AppendRows(const arrow::RecordBatch& batch, std::string* out) const;

 private:
  CsvFormatter(std::shared_ptr<arrow::Schema> schema, FormatOptions format);

  std::shared_ptr<arrow::Schema> schema_;
  FormatOptions format_;
  bool quote_numbers_ = false;  // the delimiter or quote can stand in a number
};

/// Writes one CSV file. Chunks are formatted by the threads that call Write and appended in order.
class CsvSink : public Sink {
 public:
  static Result<std::unique_ptr<CsvSink>> Make(std::unique_ptr<WritableFile> file,
                                               std::shared_ptr<arrow::Schema> schema,
                                               FormatOptions format);
  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override;
  /// Syncs and closes the file. Status::Invalid if a chunk is missing (a bug of the caller).
  Status Finish() override;

  /// Bytes written so far.
  int64_t WrittenBytes() const;

 private:
  CsvSink(std::unique_ptr<WritableFile> file, CsvFormatter formatter);
  Status Drain(std::unique_lock<std::mutex>* lock);

  std::unique_ptr<WritableFile> file_;
  CsvFormatter formatter_;
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
