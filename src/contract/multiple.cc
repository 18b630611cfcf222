// Scales divisors. See multiple.h.
#include "contract/multiple.h"

#include <arrow/type.h>
#include <arrow/type_traits.h>

#include <algorithm>

namespace tamis {
namespace {

constexpr int32_t kDigitsMax = 38;

// number / gcd(number, 10^exponent)
Result<arrow::Decimal256> WithoutTens(arrow::Decimal256 number, int32_t exponent) {
  for (int prime : {2, 5}) {
    for (int32_t i = 0; i < exponent; ++i) {
      ARROW_ASSIGN_OR_RAISE(auto parts, number.Divide(arrow::Decimal256(prime)));
      if (parts.second != arrow::Decimal256(0)) break;
      number = parts.first;
    }
  }
  return number;
}

}  // namespace

Result<arrow::Decimal256> StoredDivisor(const arrow::DataType& type, const Divisor& divisor) {
  int32_t value_scale = 0;
  if (type.id() == arrow::Type::DECIMAL128) {
    value_scale = static_cast<const arrow::Decimal128Type&>(type).scale();
  } else if (!arrow::is_integer(type.id())) {
    return UsageErrorAt(divisor.place,
                        "multipleOf needs an integer or decimal column, not " + type.ToString(),
                        "give the column a physicalType such as decimal(18, 2)");
  }
  arrow::Decimal256 number;
  int32_t precision = 0, scale = 0;
  if (!arrow::Decimal256::FromString(divisor.text, &number, &precision, &scale).ok() ||
      number <= arrow::Decimal256(0) || precision > kDigitsMax || scale > kDigitsMax) {
    return UsageErrorAt(divisor.place,
                        "multipleOf: not a number above 0 of up to 38 digits: " + divisor.text);
  }
  // value * 10^(common - value_scale) must be a multiple of number * 10^(common - scale).
  const int32_t common = std::max(scale, value_scale);
  ARROW_ASSIGN_OR_RAISE(number, number.Rescale(scale, common));
  return WithoutTens(number, common - value_scale);
}

uint64_t DivisorAsUint64(const arrow::Decimal256& divisor) {
  const auto& words = divisor.little_endian_array();
  return words[1] == 0 && words[2] == 0 && words[3] == 0 ? words[0] : 0;
}

arrow::Decimal128 DivisorAsDecimal128(const arrow::Decimal256& divisor) {
  const auto& words = divisor.little_endian_array();
  const bool fits = words[1] <= INT64_MAX && words[2] == 0 && words[3] == 0;
  return fits ? arrow::Decimal128(static_cast<int64_t>(words[1]), words[0]) : arrow::Decimal128(0);
}

}  // namespace tamis
