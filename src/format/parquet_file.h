// Writes Parquet files of flat columns from encoded columns: magic, pages, footer. Does not encode
// values (parquet_encode.h) and does not buffer rows (parquet_sink.h).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "format/parquet_encode.h"
#include "format/parquet_types.h"
#include "storage/storage.h"

namespace tamis {

/// What a finished file holds.
struct ParquetFileSummary {
  int64_t size_bytes = 0;
  int64_t row_count = 0;
  int64_t row_group_count = 0;
};

/// Where the pages of a column were put, in bytes from the start of the file.
struct ParquetColumnOffsets {
  int64_t dictionary_offset = -1;  // -1: plain
  int64_t data_offset = 0;
};

/// Writes one file, row group after row group. Not for several threads at once. A small file is one
/// Append.
class ParquetFileWriter {
 public:
  /// `file` must outlive the writer; it is neither synced nor closed here.
  ParquetFileWriter(WritableFile* file, std::shared_ptr<const ParquetSchema> schema);

  /// Copies the columns, which must be those of the schema in its order with the same number of
  /// rows each, into a new row group, and says where each one stands. Invalid otherwise.
  Result<std::vector<ParquetColumnOffsets>> WriteRowGroup(
      const std::vector<std::shared_ptr<const EncodedColumn>>& columns);

  /// WriteRowGroup in two steps, for a row group of which some columns are known much later than
  /// others: writes the pages of one column, ...
  Result<ParquetColumnOffsets> WriteColumn(const EncodedColumn& column);
  /// ... then adds the row group whose columns were written at these offsets. Row groups stand in
  /// the order of these calls. The columns' pages aren't read again.
  Status AddRowGroup(const std::vector<std::shared_ptr<const EncodedColumn>>& columns,
                     const std::vector<ParquetColumnOffsets>& offsets);

  /// Writes the footer. Nothing may be written afterwards.
  Result<ParquetFileSummary> Close();

  /// Bytes so far, the footer not counted.
  int64_t size_bytes() const { return size_bytes_; }

 private:
  Status CheckColumns(const std::vector<std::shared_ptr<const EncodedColumn>>& columns) const;
  Status Append(std::string_view bytes);
  Status Copy(const ByteRegion& region);
  std::string Footer() const;

  WritableFile* file_;
  std::shared_ptr<const ParquetSchema> schema_;
  std::string pending_;  // bytes not yet handed to the file
  int64_t size_bytes_ = 0;
  std::string row_groups_;  // the footer's RowGroup structs so far
  int64_t row_group_count_ = 0;
  int64_t row_count_ = 0;
};

}  // namespace tamis
