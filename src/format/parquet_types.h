// Maps Arrow's flat types to Parquet's: physical type, annotations, sort order. Does not encode.
#pragma once

#include <arrow/type.h>
#include <arrow/util/key_value_metadata.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"

namespace tamis {

/// How values are stored; the numbers are those of parquet.thrift's Type.
enum class ParquetPhysical : int8_t {
  kBoolean = 0,
  kInt32 = 1,
  kInt64 = 2,
  kFloat = 4,
  kDouble = 5,
  kByteArray = 6,
  kFixedLenByteArray = 7,
};

/// How minimum and maximum are found; kNone: the type has no statistics.
enum class ParquetOrder : int8_t { kNone, kSigned, kUnsigned, kFloat, kBytes, kSignedBytes };

/// The members of parquet.thrift's LogicalType that tamis writes, by their field numbers.
enum class ParquetLogical : int8_t {
  kNone = 0,
  kString = 1,
  kDecimal = 5,
  kDate = 6,
  kTime = 7,
  kTimestamp = 8,
  kInteger = 10,
  kNull = 11,
};

/// A column's type in both worlds.
struct ParquetType {
  std::shared_ptr<arrow::DataType> arrow_type;  // of the values: never a dictionary
  ParquetPhysical physical = ParquetPhysical::kInt32;
  ParquetOrder order = ParquetOrder::kNone;
  ParquetLogical logical = ParquetLogical::kNone;
  int32_t converted = -1;  // parquet.thrift's ConvertedType, -1: none
  int32_t length = 0;      // bytes of a FIXED_LEN_BYTE_ARRAY
  int32_t precision = 0;
  int32_t scale = 0;
  int8_t bit_width = 0;   // of an integer annotation
  bool is_signed = true;  // of an integer annotation
  bool is_utc = false;    // of a time or timestamp
  int8_t unit = 0;        // of a time or timestamp: 1 ms, 2 us, 3 ns (TimeUnit's field numbers)
};

/// Returns how `type` is stored. A dictionary is stored as its values. Seconds become milliseconds,
/// date64 becomes a date. NotImplemented for nested and other types that only Arrow's writer takes.
Result<ParquetType> ParquetTypeOf(const std::shared_ptr<arrow::DataType>& type);

/// A column of a Parquet schema.
struct ParquetColumn {
  std::string name;
  ParquetType type;
  bool is_optional = true;
};

/// A schema with those parts of a footer that are the same in every file: made once, shared by many
/// writers. Immutable.
class ParquetSchema {
 public:
  /// `metadata` goes into every file's key-value metadata, beside ARROW:schema (so that Arrow reads
  /// the same types back: zones, widths; dictionaries are stored as their values' type).
  /// NotImplemented when a column is not flat.
  static Result<std::shared_ptr<const ParquetSchema>> Make(
      const std::shared_ptr<arrow::Schema>& schema,
      const std::vector<std::pair<std::string, std::string>>& metadata = {});

  const std::shared_ptr<arrow::Schema>& arrow_schema() const { return arrow_schema_; }
  const std::vector<ParquetColumn>& columns() const { return columns_; }
  /// FileMetaData's list of SchemaElement, of KeyValue and of ColumnOrder in Thrift's compact
  /// protocol, headers of the lists included.
  const std::string& elements() const { return elements_; }
  const std::string& key_values() const { return key_values_; }
  const std::string& column_orders() const { return column_orders_; }

 private:
  ParquetSchema() = default;

  std::shared_ptr<arrow::Schema> arrow_schema_;
  std::vector<ParquetColumn> columns_;
  std::string elements_;
  std::string key_values_;
  std::string column_orders_;
};

}  // namespace tamis
