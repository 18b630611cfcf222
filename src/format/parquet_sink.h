// Takes rows from many threads and writes Parquet files: row groups, columns encoded in parallel,
// roll-over to further files. Does not encode (parquet_encode.h) or name files.
#pragma once

#include <arrow/record_batch.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "format/parquet_encode.h"
#include "format/parquet_file.h"
#include "format/sink.h"
#include "storage/storage.h"

namespace tamis {

/// A row group that has just been written.
struct ParquetRowGroupWritten {
  int64_t row_group_index = 0;  // over all files of the sink
  int64_t file_index = 0;
  int64_t row_count = 0;
  std::vector<std::shared_ptr<const EncodedColumn>> columns;
  std::vector<ParquetColumnOffsets> offsets;  // of each column in its file
  /// Of each of options.dictionary_columns, in that order; nullopt where the column is plain.
  std::vector<std::optional<DictionaryEncoding>> dictionaries;
  std::vector<std::shared_ptr<arrow::RecordBatch>> batches;  // its rows
};

/// What a Parquet sink does.
struct ParquetSinkOptions {
  ParquetEncodeOptions encode;
  int64_t row_group_rows = 1 << 20;
  /// A row group also ends when its rows hold this many bytes of memory.
  int64_t row_group_bytes = int64_t{256} << 20;
  /// Threads that encode what is left in Finish. Before, the threads that call Write do it.
  int threads = 1;
  /// Write blocks while chunks that wait for earlier ones hold more than this.
  int64_t ahead_bytes_max = int64_t{64} << 20;
  /// Ends the wait for earlier chunks when their producer has failed; may be null.
  const StopToken* stop = nullptr;
  /// A file that has reached this size is closed and the next one opened; 0: one file.
  int64_t file_bytes_max = 0;
  /// Makes each file durable before it is closed.
  bool is_synced = false;
  /// Key-value metadata of each file.
  std::vector<std::pair<std::string, std::string>> metadata;
  /// Columns whose dictionaries on_row_group wants, by index.
  std::vector<int> dictionary_columns;
  /// Called once for each row group, in their order, never by two threads at once.
  std::function<Status(const ParquetRowGroupWritten&)> on_row_group;
};

/// Opens file 0, 1, 2, ... of a sink, each once, in order.
using OpenParquetFile = std::function<Result<std::unique_ptr<WritableFile>>(int64_t file_index)>;

/// A sink of Parquet files. At least one file is written, even without rows.
class ParquetSink : public Sink {
 public:
  /// The files, in order. Only after Finish.
  virtual const std::vector<ParquetFileSummary>& files() const = 0;
};

/// Opens a sink for `schema`. Flat columns go through tamis's own encoder; a schema with nested or
/// rare types through Arrow's writer, where on_row_group is NotImplemented.
Result<std::unique_ptr<ParquetSink>> OpenParquetSink(OpenParquetFile open_file,
                                                     const std::shared_ptr<arrow::Schema>& schema,
                                                     const ParquetSinkOptions& options);

/// As above, one file that is already open (file_bytes_max must be 0).
Result<std::unique_ptr<ParquetSink>> OpenParquetSink(std::unique_ptr<WritableFile> file,
                                                     const std::shared_ptr<arrow::Schema>& schema,
                                                     const ParquetSinkOptions& options);

}  // namespace tamis
