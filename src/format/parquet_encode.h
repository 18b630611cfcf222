// Encodes one column of one row group into Parquet pages: dictionary or plain, statistics, codec.
// Does not write files: parquet_file.h does.
#pragma once

#include <arrow/array.h>
#include <arrow/buffer.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "format/parquet_types.h"
#include "storage/storage.h"

namespace tamis {

/// The numbers are those of parquet.thrift's CompressionCodec.
enum class ParquetCodec : int8_t { kNone = 0, kSnappy = 1, kZstd = 6 };

/// What decides how columns are encoded.
struct ParquetEncodeOptions {
  /// Tried on the first pages of each column; kept only where it saves a tenth.
  ParquetCodec codec = ParquetCodec::kSnappy;
  int zstd_level = 1;
  /// A page ends at the first of these two limits; the bytes are counted before the codec.
  int64_t page_bytes = 1 << 20;
  int64_t page_rows = 20'000;
  /// A column whose distinct values need more bytes than this is stored plain; 0: always plain.
  int64_t dictionary_bytes_max = 1 << 20;
};

/// The distinct values of a column in a row group, in the order of their first appearance.
struct DictionaryEncoding {
  std::shared_ptr<arrow::Array> values;    // of the column's value type, no nulls
  std::shared_ptr<arrow::Buffer> indices;  // int32 into `values`, one for each row that is not NULL
  int64_t index_count = 0;
  const int32_t* index_data() const { return indices->data_as<int32_t>(); }
};

/// Immutable bytes in memory, or a region of a file that was written before.
class ByteRegion {
 public:
  explicit ByteRegion(std::shared_ptr<arrow::Buffer> buffer)
      : buffer_(std::move(buffer)), size_bytes_(buffer_->size()) {}
  ByteRegion(std::shared_ptr<ReadableFile> file, int64_t offset, int64_t size_bytes)
      : file_(std::move(file)), offset_(offset), size_bytes_(size_bytes) {}

  int64_t size_bytes() const { return size_bytes_; }
  /// The bytes, read from the file if need be. IOError if the file is shorter than it was.
  Result<std::shared_ptr<arrow::Buffer>> Read() const;

 private:
  std::shared_ptr<arrow::Buffer> buffer_;
  std::shared_ptr<ReadableFile> file_;
  int64_t offset_ = 0;
  int64_t size_bytes_ = 0;
};

/// Bounds of the values of a column, as Parquet stores them (plain encoding without length).
struct ParquetStatistics {
  std::optional<std::string> min;
  std::optional<std::string> max;
  bool is_min_exact = true;  // false: cut short, or the bound of values that might not occur
  bool is_max_exact = true;
  bool has_no_nan = false;  // only of float and double
};

/// One data page of an encoded column.
struct ParquetPage {
  int64_t row_count = 0;
  int64_t size_bytes = 0;  // header included, as it stands in the file
};

/// One column of one row group, ready to be copied into any number of files. Immutable; the
/// dictionary page and the data pages are shared, not copied, by columns made from this one.
struct EncodedColumn {
  ParquetType type;
  bool is_optional = true;
  ParquetCodec codec = ParquetCodec::kNone;
  int64_t row_count = 0;
  int64_t null_count = 0;
  ParquetStatistics statistics;

  std::shared_ptr<const ByteRegion> dictionary;  // its page with header; null: plain
  int64_t dictionary_count = 0;                  // values in it
  int64_t dictionary_uncompressed_bytes = 0;     // header included

  std::shared_ptr<const ByteRegion> data;  // all data pages with their headers
  int64_t data_uncompressed_bytes = 0;     // headers included
  std::shared_ptr<const std::vector<ParquetPage>> pages;

  int64_t size_bytes() const {
    return data->size_bytes() + (dictionary ? dictionary->size_bytes() : 0);
  }
};

/// Encodes the rows of `pieces` (arrays of the column's type, or dictionary arrays of it, whose
/// dictionaries may differ from piece to piece) as one column chunk. When `dictionary_out` is given
/// it receives the dictionary and indices, if the column got a dictionary.
/// Invalid when a NULL stands in a column that is not optional, or a value does not fit its type.
Result<std::shared_ptr<const EncodedColumn>> EncodeColumn(
    const ParquetColumn& column, const arrow::ArrayVector& pieces,
    const ParquetEncodeOptions& options,
    std::optional<DictionaryEncoding>* dictionary_out = nullptr);

/// Finds the distinct values of `pieces`; nullopt when they repeat too seldom for a dictionary to
/// pay, or need more than options.dictionary_bytes_max.
Result<std::optional<DictionaryEncoding>> BuildDictionary(const ParquetType& type,
                                                          const arrow::ArrayVector& pieces,
                                                          const ParquetEncodeOptions& options);

/// The column whose row i holds values[k] where row i of `index_column` holds value k of its
/// dictionary, and NULL where that is NULL: index pages are reused, only the dictionary page is
/// new. `values` has as many values as the dictionary of `index_column`, no nulls; they may repeat.
/// Invalid when `index_column` has no dictionary or the counts differ.
Result<std::shared_ptr<const EncodedColumn>> WithDictionary(const EncodedColumn& index_column,
                                                            const arrow::Array& values);

/// `column` with its pages in `file` (the file it was written to, at these offsets) instead of in
/// memory.
std::shared_ptr<const EncodedColumn> InFile(const EncodedColumn& column,
                                            const std::shared_ptr<ReadableFile>& file,
                                            int64_t dictionary_offset, int64_t data_offset);

}  // namespace tamis
