// `sum(value) OVER (PARTITION BY key)` joined back to its rows, written as Parquet without a second
// pass over the rows: the dictionary that the encoder builds for the key column is the grouping,
// and its index pages are those of the sum. Does not run other SQL: DuckDB does.
#pragma once

#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "format/parquet_file.h"
#include "format/parquet_sink.h"
#include "plan/plan.h"

namespace tamis {

/// Whether the shape can run here on rows of `input`: key an integer, date or timestamp, value a
/// double, neither nullable, all outputs flat columns.
bool CanGroupSum(const GroupSumJoinBack& shape, const arrow::Schema& input);

/// Keeps encoded columns: in memory up to a limit, then in a file of its own that nobody else sees.
class ColumnSpill {
 public:
  /// The file will be made in `directory`, which must exist, when it is needed.
  ColumnSpill(std::shared_ptr<Storage> storage, std::string directory, int64_t memory_bytes)
      : storage_(std::move(storage)),
        directory_(std::move(directory)),
        memory_bytes_(memory_bytes) {}

  /// `column` itself, or the same one with its pages in the file.
  Result<std::shared_ptr<const EncodedColumn>> Keep(
      const std::shared_ptr<const EncodedColumn>& column);

 private:
  Status Open();
  Result<int64_t> Append(const ByteRegion& region);

  std::shared_ptr<Storage> storage_;
  std::string directory_;
  int64_t memory_bytes_;
  int64_t kept_bytes_ = 0;
  int64_t file_bytes_ = 0;
  std::unique_ptr<WritableFile> writer_;
  std::shared_ptr<ReadableFile> reader_;
};

/// Copies the row groups of the input as they are written; the sums come at the end, behind them.
/// For one thread at a time.
class GroupSum {
 public:
  /// CanGroupSum must hold. `file` gets the output and must outlive this.
  static Result<std::unique_ptr<GroupSum>> Make(const GroupSumJoinBack& shape,
                                                const std::shared_ptr<arrow::Schema>& input,
                                                ColumnSpill spill, WritableFile* file);

  /// Takes a row group that was written.
  Status Add(const ParquetRowGroupWritten& group);
  /// Writes the sums and the footer; closes nothing. Row groups are those of the input.
  Status Finish();

  int64_t row_count() const { return row_count_; }

 private:
  struct RowGroup {
    std::vector<std::shared_ptr<const EncodedColumn>> columns;  // of the output; null: the sum
    std::vector<ParquetColumnOffsets> offsets;
    std::shared_ptr<const EncodedColumn> key;  // with its pages, if it has a dictionary
    std::vector<uint32_t> groups;  // of each dictionary value, or of each row without a dictionary
  };

  GroupSum(GroupSumJoinBack shape, std::shared_ptr<arrow::Schema> input,
           std::shared_ptr<const ParquetSchema> schema, ColumnSpill spill, WritableFile* file);
  uint32_t GroupOf(int64_t key);
  void AddWithDictionary(const ParquetRowGroupWritten& group, const DictionaryEncoding& keys,
                         RowGroup* out);
  Status AddByRow(const ParquetRowGroupWritten& group, RowGroup* out);
  Result<std::shared_ptr<const EncodedColumn>> EncodeSums(const RowGroup& group) const;

  GroupSumJoinBack shape_;
  std::shared_ptr<arrow::Schema> input_;
  std::shared_ptr<const ParquetSchema> schema_;
  ColumnSpill spill_;
  ParquetFileWriter writer_;
  int64_t row_count_ = 0;
  int key_index_ = -1;
  int value_index_ = -1;
  std::vector<RowGroup> row_groups_;
  std::unordered_map<int64_t, uint32_t> group_of_key_;
  std::vector<double> sums_;
};

}  // namespace tamis
