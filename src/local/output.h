// Opens what a write step names: one file or a dataset, in a format. Nothing is visible before
// Commit.
#pragma once

#include <arrow/type.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "dataset/manifest.h"
#include "format/parquet_sink.h"
#include "format/sink.h"
#include "plan/plan.h"
#include "report/run_record.h"
#include "storage/storage.h"

namespace tamis {

/// What an output may use.
struct OutputContext {
  std::shared_ptr<Storage> storage;
  std::string run_id;
  int thread_count = 1;
  int64_t memory_bytes = 0;
  std::string temp_directory;       // for rows that don't fit in memory; "": no such place
  const StopToken* stop = nullptr;  // ends waits for rows that don't come any more
  bool replace_foreign = false;
  /// Parquet without partitions: called for each row group that was written.
  std::function<Status(const ParquetRowGroupWritten&)> on_row_group;
  std::vector<int> dictionary_columns;  // that on_row_group wants
};

/// What encodes rows of `schema` in `format` (csv, jsonl, parquet, orc or arrow) as `write` says,
/// into a file that it closes. Publishes nothing.
Result<std::unique_ptr<Sink>> OpenFileSink(const std::string& format, const WriteSpec& write,
                                           std::unique_ptr<WritableFile> file,
                                           const std::shared_ptr<arrow::Schema>& schema,
                                           const OutputContext& context);

/// UsageError for compression and codec that don't fit one file of `format`.
Status CheckTextOutput(const WriteSpec& write, const std::string& format);

/// UsageErrorAt `place` for a name that ends like a file of a kind that can't be written: most
/// likely a mistake.
Status CheckOutputName(const std::string& path, const std::string& format, const Place& place);

/// Rows on their way to a file or dataset. Write is for many threads, the rest for one. The
/// destructor aborts.
class Output : public Sink {
 public:
  /// Locks the target. A path that ends in a known file ending is one file (not with partitions),
  /// any other a dataset.
  static Result<std::unique_ptr<Output>> Open(const WriteSpec& write,
                                              const std::shared_ptr<arrow::Schema>& schema,
                                              const OutputContext& context);
  /// As Open, for one file of which the caller makes every byte: FinishFile instead of Write and
  /// Finish. Not in mode append, and not with file_bytes_max.
  static Result<std::unique_ptr<Output>> OpenForFile(const WriteSpec& write,
                                                     const OutputContext& context);
  virtual WritableFile* file() = 0;
  virtual Status FinishFile(int64_t row_count) = 0;
  /// After Finish or FinishFile: publishes.
  virtual Result<OutputRecord> Commit(const std::vector<ConsumedFile>& consumed) = 0;
  virtual Status Abort() = 0;
};

}  // namespace tamis
