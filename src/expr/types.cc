// Names and kinds of types. See ast.h.
#include "expr/ast.h"
#include "expr/lexer.h"

namespace tamis {

Kind KindOf(const arrow::DataType& type) {
  using arrow::Type;
  switch (type.id()) {
    case Type::NA:
      return Kind::kNull;
    case Type::BOOL:
      return Kind::kBool;
    case Type::INT8:
    case Type::INT16:
    case Type::INT32:
    case Type::INT64:
    case Type::UINT8:
    case Type::UINT16:
    case Type::UINT32:
      return Kind::kInt;
    case Type::FLOAT:
    case Type::DOUBLE:
      return Kind::kDouble;
    case Type::DECIMAL128:
      return Kind::kDecimal;
    case Type::STRING:
    case Type::LARGE_STRING:
      return Kind::kText;
    case Type::DATE32:
      return Kind::kDate;
    case Type::TIMESTAMP:
      return Kind::kTimestamp;
    case Type::INTERVAL_MONTH_DAY_NANO:
      return Kind::kInterval;
    case Type::DICTIONARY:
      return KindOf(*static_cast<const arrow::DictionaryType&>(type).value_type());
    default:
      return Kind::kOpaque;
  }
}

std::string TypeName(const arrow::DataType& type) {
  using arrow::Type;
  switch (type.id()) {
    case Type::NA:
      return "NULL";
    case Type::BOOL:
      return "boolean";
    case Type::INT8:
      return "tinyint";
    case Type::INT16:
      return "smallint";
    case Type::INT32:
      return "int";
    case Type::INT64:
      return "bigint";
    case Type::FLOAT:
      return "float";
    case Type::DOUBLE:
      return "double";
    case Type::DECIMAL128: {
      const auto& decimal = static_cast<const arrow::Decimal128Type&>(type);
      return "decimal(" + std::to_string(decimal.precision()) + "," +
             std::to_string(decimal.scale()) + ")";
    }
    case Type::STRING:
    case Type::LARGE_STRING:
      return "text";
    case Type::DATE32:
      return "date";
    case Type::TIMESTAMP:
      return "timestamp";
    case Type::INTERVAL_MONTH_DAY_NANO:
      return "interval";
    case Type::DICTIONARY:
      return TypeName(*static_cast<const arrow::DictionaryType&>(type).value_type());
    default:
      return type.ToString();
  }
}

std::shared_ptr<arrow::DataType> TypeOfName(const std::string& name, int64_t precision,
                                            int64_t scale) {
  auto is = [&](std::string_view upper) { return IsWord(name, upper); };
  if (is("DECIMAL") || is("NUMERIC")) {
    if (precision < 0) precision = 18, scale = 3;
    if (scale < 0) scale = 0;
    if (precision < 1 || precision > 38 || scale > precision) return nullptr;
    return arrow::decimal128(static_cast<int32_t>(precision), static_cast<int32_t>(scale));
  }
  if (precision >= 0) return nullptr;
  if (is("BOOLEAN") || is("BOOL")) return arrow::boolean();
  if (is("TINYINT")) return arrow::int8();
  if (is("SMALLINT")) return arrow::int16();
  if (is("INT") || is("INTEGER")) return arrow::int32();
  if (is("BIGINT") || is("LONG")) return arrow::int64();
  if (is("FLOAT") || is("REAL")) return arrow::float32();
  if (is("DOUBLE")) return arrow::float64();
  if (is("TEXT") || is("STRING") || is("VARCHAR")) return arrow::utf8();
  if (is("DATE")) return arrow::date32();
  if (is("TIMESTAMP")) return TimestampType();
  return nullptr;
}

std::shared_ptr<arrow::DataType> TimestampType() {
  static const std::shared_ptr<arrow::DataType> kType =
      arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
  return kType;
}

}  // namespace tamis
