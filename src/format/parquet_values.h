// Reads the values of Arrow arrays as Parquet stores them: 32 bits, 64 bits, or bytes, NULLs left
// out. Does not encode.
#pragma once

#include <arrow/array.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/status.h"
#include "format/parquet_types.h"

namespace tamis {

/// Values of a column's pieces. T is uint32_t for INT32 and FLOAT, uint64_t for INT64 and DOUBLE
/// (bits as they are stored), std::string_view for BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY.
/// Dictionary arrays must be decoded before.
template <typename T>
class ParquetValueReader {
 public:
  ParquetValueReader(const ParquetType& type, const arrow::ArrayVector& pieces);

  size_t piece_count() const { return pieces_.size(); }
  int64_t piece_rows(size_t piece) const { return pieces_[piece]->length(); }

  /// The values of rows [begin, end) of a piece that are not NULL. Borrowed from the array where it
  /// is stored the same way, else from the reader: valid until the next call.
  std::span<const T> Read(size_t piece, int64_t begin, int64_t end);

  /// Not OK when a value read so far did not fit: a decimal with more digits than its type, seconds
  /// beyond the range of milliseconds.
  const Status& status() const { return status_; }

 private:
  using Load = void (ParquetValueReader::*)(const arrow::Array&, int64_t, int64_t, T*);

  template <typename From>
  void LoadWidened(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  void LoadMilliseconds(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  void LoadDays(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  void LoadDecimal(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  template <typename Offset>
  void LoadBytes(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  void LoadViews(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  void LoadFixed(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  void LoadBigEndian(const arrow::Array& array, int64_t begin, int64_t end, T* out);
  Load LoaderOf(const arrow::DataType& type);
  /// Takes the values of NULL rows out of values_.
  size_t Compact(const arrow::Array& array, int64_t begin, int64_t end);

  ParquetType type_;
  const arrow::ArrayVector& pieces_;
  Load load_ = nullptr;  // null: stored the same way
  std::vector<T> values_;
  std::vector<char> bytes_;  // of decimals
  Status status_;
};

extern template class ParquetValueReader<uint32_t>;
extern template class ParquetValueReader<uint64_t>;
extern template class ParquetValueReader<std::string_view>;

/// The opposite: an array of `type.arrow_type` without NULLs from values as Parquet stores them.
template <typename T>
Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues(const ParquetType& type,
                                                           std::span<const T> values);

extern template Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues<uint32_t>(
    const ParquetType&, std::span<const uint32_t>);
extern template Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues<uint64_t>(
    const ParquetType&, std::span<const uint64_t>);
extern template Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues<std::string_view>(
    const ParquetType&, std::span<const std::string_view>);

/// Calls function(T{}) with the type that a ParquetValueReader of `physical` has (not kBoolean).
template <typename Function>
auto WithValueType(ParquetPhysical physical, Function&& function) {
  switch (physical) {
    case ParquetPhysical::kInt32:
    case ParquetPhysical::kFloat:
      return function(uint32_t{});
    case ParquetPhysical::kInt64:
    case ParquetPhysical::kDouble:
      return function(uint64_t{});
    default:
      return function(std::string_view{});
  }
}

}  // namespace tamis
