// multipleOf: exact for every scale, at the ends of the types.
#include "contract/multiple.h"

#include <arrow/type.h>
#include <gtest/gtest.h>

namespace tamis {
namespace {

std::string Stored(const std::shared_ptr<arrow::DataType>& type, const std::string& text) {
  auto divisor = StoredDivisor(*type, Divisor{text, {}});
  return divisor.ok() ? divisor->ToString(0) : divisor.status().message();
}

TEST(Multiple, StoredDivisors) {
  EXPECT_EQ(Stored(arrow::int32(), "5"), "5");
  EXPECT_EQ(Stored(arrow::int32(), "1e3"), "1000");
  EXPECT_EQ(Stored(arrow::int32(), "2.5"), "5");
  EXPECT_EQ(Stored(arrow::int32(), "0.75"), "3");
  EXPECT_EQ(Stored(arrow::int32(), "0.01"), "1");
  EXPECT_EQ(Stored(arrow::decimal128(10, 2), "0.25"), "25");
  EXPECT_EQ(Stored(arrow::decimal128(10, 2), "2"), "200");
  EXPECT_EQ(Stored(arrow::decimal128(10, 2), "0.005"), "1");
  EXPECT_EQ(Stored(arrow::decimal128(10, 2), "0.015"), "3");
  EXPECT_EQ(Stored(arrow::decimal128(38, 38), "9e37"), "9" + std::string(75, '0'));
  EXPECT_EQ(Stored(arrow::float64(), "2"),
            "multipleOf needs an integer or decimal column, not double");
  EXPECT_EQ(Stored(arrow::int32(), "1e-40"),
            "multipleOf: not a number above 0 of up to 38 digits: 1e-40");
  EXPECT_EQ(Stored(arrow::int32(), "-1"),
            "multipleOf: not a number above 0 of up to 38 digits: -1");
}

TEST(Multiple, NarrowDivisors) {
  const arrow::Decimal256 largest(UINT64_MAX);
  EXPECT_EQ(DivisorAsUint64(largest), UINT64_MAX);
  EXPECT_EQ(DivisorAsUint64(largest + arrow::Decimal256(1)), 0U);
  EXPECT_EQ(DivisorAsDecimal128(largest + largest),
            arrow::Decimal128(UINT64_MAX) + arrow::Decimal128(UINT64_MAX));
  EXPECT_EQ(DivisorAsDecimal128(arrow::Decimal256("9" + std::string(75, '0'))),
            arrow::Decimal128(0));
}

}  // namespace
}  // namespace tamis
