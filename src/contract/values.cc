// Parses and compares values. See values.h.
#include "contract/values.h"

#include <arrow/type.h>
#include <arrow/type_traits.h>
#include <arrow/util/decimal.h>
#include <arrow/util/value_parsing.h>

#include <cmath>
#include <string>

namespace tamis {
namespace {

Status NotAValue(const arrow::DataType& type, std::string_view text) {
  return Status::Invalid("not a value of ", type.ToString(), ": ", text);
}

/// A number in any notation, as a decimal of the given scale; exact.
Result<arrow::Decimal256> ParseDecimal(const arrow::DataType& type, std::string_view text,
                                       int32_t scale) {
  arrow::Decimal256 value;
  int32_t parsed_precision = 0, parsed_scale = 0;
  if (!arrow::Decimal256::FromString(text, &value, &parsed_precision, &parsed_scale).ok()) {
    return NotAValue(type, text);
  }
  auto rescaled = value.Rescale(parsed_scale, scale);
  if (!rescaled.ok()) return NotAValue(type, text);
  return *rescaled;
}

Result<std::shared_ptr<arrow::Scalar>> ParseNumber(const std::shared_ptr<arrow::DataType>& type,
                                                   std::string_view text) {
  if (arrow::is_decimal(type->id())) {
    const auto& decimal = static_cast<const arrow::DecimalType&>(*type);
    ARROW_ASSIGN_OR_RAISE(arrow::Decimal256 value, ParseDecimal(*type, text, decimal.scale()));
    if (!value.FitsInPrecision(decimal.precision())) return NotAValue(*type, text);
    if (type->id() != arrow::Type::DECIMAL128) return NotAValue(*type, text);
    ARROW_ASSIGN_OR_RAISE(auto narrow,
                          arrow::Decimal128::FromString(value.ToString(decimal.scale())));
    return std::make_shared<arrow::Decimal128Scalar>(narrow, type);
  }
  if (arrow::is_integer(type->id())) {
    ARROW_ASSIGN_OR_RAISE(arrow::Decimal256 value, ParseDecimal(*type, text, 0));
    auto parsed = arrow::Scalar::Parse(type, value.ToString(0));
    return parsed.ok() ? parsed : NotAValue(*type, text);
  }
  auto parsed = arrow::Scalar::Parse(type, text);
  if (!parsed.ok()) return NotAValue(*type, text);
  const double value = type->id() == arrow::Type::FLOAT
                           ? static_cast<const arrow::FloatScalar&>(**parsed).value
                           : static_cast<const arrow::DoubleScalar&>(**parsed).value;
  return std::isfinite(value) ? parsed : NotAValue(*type, text);
}

Result<std::shared_ptr<arrow::Scalar>> ParseTimestamp(const std::shared_ptr<arrow::DataType>& type,
                                                      std::string_view text) {
  const auto& timestamp = static_cast<const arrow::TimestampType&>(*type);
  int64_t value = 0;
  bool has_zone = false;
  if (!arrow::internal::ParseTimestampISO8601(text.data(), text.size(), timestamp.unit(), &value,
                                              &has_zone) ||
      (has_zone && timestamp.timezone().empty())) {
    return NotAValue(*type, text);
  }
  return std::make_shared<arrow::TimestampScalar>(value, type);
}

template <typename T>
int Sign(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

template <typename ScalarType>
int CompareAs(const arrow::Scalar& a, const arrow::Scalar& b) {
  return Sign(static_cast<const ScalarType&>(a).value, static_cast<const ScalarType&>(b).value);
}

}  // namespace

Result<std::shared_ptr<arrow::Scalar>> ParseValue(const std::shared_ptr<arrow::DataType>& type,
                                                  std::string_view text) {
  if (arrow::is_integer(type->id()) || arrow::is_floating(type->id()) ||
      arrow::is_decimal(type->id())) {
    return ParseNumber(type, text);
  }
  switch (type->id()) {
    case arrow::Type::TIMESTAMP:
      return ParseTimestamp(type, text);
    case arrow::Type::BOOL:
      if (text == "true" || text == "false")
        return std::make_shared<arrow::BooleanScalar>(text == "true");
      return NotAValue(*type, text);
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
    case arrow::Type::DATE32:
    case arrow::Type::TIME64: {
      auto parsed = arrow::Scalar::Parse(type, text);
      return parsed.ok() ? parsed : NotAValue(*type, text);
    }
    default:
      return NotAValue(*type, text);
  }
}

int CompareValues(const arrow::Scalar& a, const arrow::Scalar& b) {
  switch (a.type->id()) {
    case arrow::Type::INT8:
      return CompareAs<arrow::Int8Scalar>(a, b);
    case arrow::Type::INT16:
      return CompareAs<arrow::Int16Scalar>(a, b);
    case arrow::Type::INT32:
      return CompareAs<arrow::Int32Scalar>(a, b);
    case arrow::Type::INT64:
      return CompareAs<arrow::Int64Scalar>(a, b);
    case arrow::Type::UINT8:
      return CompareAs<arrow::UInt8Scalar>(a, b);
    case arrow::Type::UINT16:
      return CompareAs<arrow::UInt16Scalar>(a, b);
    case arrow::Type::UINT32:
      return CompareAs<arrow::UInt32Scalar>(a, b);
    case arrow::Type::UINT64:
      return CompareAs<arrow::UInt64Scalar>(a, b);
    case arrow::Type::FLOAT:
      return CompareAs<arrow::FloatScalar>(a, b);
    case arrow::Type::DOUBLE:
      return CompareAs<arrow::DoubleScalar>(a, b);
    case arrow::Type::DECIMAL128:
      return CompareAs<arrow::Decimal128Scalar>(a, b);
    case arrow::Type::DATE32:
      return CompareAs<arrow::Date32Scalar>(a, b);
    case arrow::Type::TIME64:
      return CompareAs<arrow::Time64Scalar>(a, b);
    case arrow::Type::TIMESTAMP:
      return CompareAs<arrow::TimestampScalar>(a, b);
    case arrow::Type::BOOL:
      return CompareAs<arrow::BooleanScalar>(a, b);
    default:
      return Sign(a.ToString(), b.ToString());
  }
}

}  // namespace tamis
