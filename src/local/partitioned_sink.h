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
#include "local/batch_spill.h"
#include "plan/plan.h"

namespace tamis {

struct PartitionedSinkOptions {
  int thread_count = 1;
  /// Rows are held in memory up to this many bytes; then the largest partitions are spilled or, if
  /// they are large, written as files.
  int64_t buffer_bytes_max = 0;
  /// Takes what is spilled; null: what doesn't fit in memory is written as files, however small.
  std::unique_ptr<BatchSpill> spill;
  /// Writes rows of one partition as files: its folder (`year=2024/month=1`), the number of the
  /// first one, counted in that folder, the columns and the rows. Returns how many files it wrote.
  /// Called by many threads.
  std::function<Result<int64_t>(const std::string& folder, int64_t first_number,
                                const std::shared_ptr<arrow::Schema>& schema,
                                const arrow::RecordBatchVector& batches)>
      write_files;
};

/// The hive layout: partition values are in the folders' names, not in the files. Rows of a
/// partition keep their order. Few files are open at once, whatever the number of partitions.
///
/// A file holds a whole partition, or at least a share of the buffer: 2,000 partitions that get
/// their rows evenly would else be as many files each time that the buffer is full.
class PartitionedSink : public Sink {
 public:
  static Result<std::unique_ptr<PartitionedSink>> Make(const std::vector<DeriveSpec>& partition_by,
                                                       const std::shared_ptr<arrow::Schema>& schema,
                                                       PartitionedSinkOptions options);

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override;
  Status Finish() override;
  /// The columns of the files.
  const std::shared_ptr<arrow::Schema>& file_schema() const { return file_schema_; }

 private:
  struct Piece {
    std::string folder;
    std::shared_ptr<arrow::RecordBatch> batch;
  };
  struct Partition {
    std::vector<BatchSpill::Part> spilled;  // rows before those of `batches`
    int64_t spilled_bytes = 0;
    arrow::RecordBatchVector batches;
    int64_t bytes = 0;  // of `batches`
    int64_t file_count = 0;
  };

  PartitionedSink() = default;
  Result<std::vector<Piece>> Split(const arrow::RecordBatch& batch) const;
  Status Keep(std::vector<Piece> pieces);
  Status MakeRoom();
  Status Spill(Partition* partition);
  Status WritePartition(const std::string& folder, Partition* partition);
  Status WriteAll(const std::vector<std::string>& folders);

  std::vector<DeriveSpec> partition_by_;
  std::shared_ptr<arrow::Schema> file_schema_;
  std::shared_ptr<arrow::Schema> plain_schema_;  // the same without dictionaries
  std::vector<int> file_columns_;
  PartitionedSinkOptions options_;
  std::mutex mutex_;
  std::map<int64_t, std::vector<Piece>> waiting_;  // split, but earlier chunks are missing
  int64_t next_index_ = 0;
  std::map<std::string, Partition> partitions_;
  int64_t buffered_bytes_ = 0;
};

}  // namespace tamis
