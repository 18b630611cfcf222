// Splits rows by partition and hands each partition's rows over as whole files. Does not name or
// publish files.
#pragma once

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/status.h"
#include "format/sink.h"
#include "plan/plan.h"

namespace tamis {

struct PartitionedSinkOptions {
  int thread_count = 1;
  /// Rows are held in memory up to this many bytes; then the largest partitions are written as
  /// files.
  int64_t buffer_bytes_max = 0;
  /// Writes one file: its folder (`year=2024/month=1`), a number that counts the files of that
  /// folder, its columns and its rows. Called by many threads.
  std::function<Status(const std::string& folder, int64_t number,
                       const std::shared_ptr<arrow::Schema>& schema,
                       const arrow::RecordBatchVector& batches)>
      write_file;
};

/// The hive layout: partition values are in the folders' names, not in the files. Rows of a
/// partition keep their order. Few files are open at once, whatever the number of partitions.
class PartitionedSink : public Sink {
 public:
  static Result<std::unique_ptr<PartitionedSink>> Make(const std::vector<DeriveSpec>& partition_by,
                                                       const std::shared_ptr<arrow::Schema>& schema,
                                                       PartitionedSinkOptions options);

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override;
  Status Finish() override;

 private:
  struct Piece {
    std::string folder;
    std::shared_ptr<arrow::RecordBatch> batch;
  };
  struct Partition {
    arrow::RecordBatchVector batches;
    int64_t bytes = 0;
    int64_t file_count = 0;
  };

  PartitionedSink() = default;
  Result<std::vector<Piece>> Split(const arrow::RecordBatch& batch) const;
  Status Keep(std::vector<Piece> pieces);
  Status WriteLargest();
  Status WriteAll(std::vector<std::string> folders);

  std::vector<DeriveSpec> partition_by_;
  std::shared_ptr<arrow::Schema> file_schema_;
  std::vector<int> file_columns_;
  PartitionedSinkOptions options_;
  std::mutex mutex_;
  std::map<int64_t, std::vector<Piece>> waiting_;  // split, but earlier chunks are missing
  int64_t next_index_ = 0;
  std::map<std::string, Partition> partitions_;
  int64_t buffered_bytes_ = 0;
};

}  // namespace tamis
