// Tests ops/exact_sum.h.
#include "ops/exact_sum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <random>

namespace tamis {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double SumOf(const std::vector<double>& values) {
  ExactSums sums;
  sums.Resize(1);
  for (double value : values) sums.Add(0, value);
  return sums.Round(0);
}

uint64_t Bits(double value) { return std::bit_cast<uint64_t>(value); }

// Expected values: the correctly rounded sum, as math.fsum of Python gives it.
TEST(ExactSum, IsTheTrueSumRoundedOnce) {
  EXPECT_EQ(SumOf({}), 0);
  EXPECT_EQ(SumOf(std::vector<double>(10, 0.1)), 1);
  EXPECT_EQ(SumOf({1, 1e100, 1, -1e100}), 2);
  EXPECT_EQ(SumOf({1e300, 1, -1e300, 1e-300}), 1);
  EXPECT_EQ(SumOf({1e300, 1e-300, -1e300}), 1e-300);
  EXPECT_EQ(SumOf({5e-324, 1e308, -1e308}), 5e-324);
  EXPECT_EQ(SumOf({-5e-324, -1e308, 1e308}), -5e-324);
  EXPECT_EQ(SumOf({1e16, 1, 1e-16}), 10000000000000002.0);  // a tie but for its last part
  EXPECT_EQ(SumOf({1e16, 1, -1e-16}), 1e16);
  EXPECT_EQ(SumOf({1e16, 1}), 1e16);  // ties to even
  EXPECT_EQ(SumOf({-1e16, -1, -1e-16, -1e-40}), -10000000000000002.0);
  EXPECT_EQ(SumOf({1e16, 1, 1e-40, 1e-80}), 10000000000000002.0);
  EXPECT_EQ(SumOf({1e16, 3, -1e-40, 1e-80}), 10000000000000002.0);
  EXPECT_EQ(SumOf({1e308, 1e308, -1e308}), 1e308);
  EXPECT_EQ(SumOf({1e308, 1e308, 1e308, -1e308, -1e308}), 1e308);
  EXPECT_EQ(SumOf({1e308, 1e308}), kInfinity);
  EXPECT_EQ(SumOf({-1e308, -1e308}), -kInfinity);
  EXPECT_EQ(SumOf({1.7976931348623157e308, 9.9e291}), 1.7976931348623157e308);
}

TEST(ExactSum, OfWhatIsNotFinite) {
  EXPECT_EQ(SumOf({1, kInfinity, -1e308}), kInfinity);
  EXPECT_EQ(SumOf({-kInfinity, 1e308}), -kInfinity);
  double nan = std::numeric_limits<double>::quiet_NaN();
  // One NaN only: its bits are the same however it came about.
  EXPECT_EQ(Bits(SumOf({kInfinity, -kInfinity})), Bits(nan));
  EXPECT_EQ(Bits(SumOf({1, -nan, 2})), Bits(nan));
  EXPECT_EQ(Bits(SumOf({-0.0})), Bits(0.0));
}

// Values of all magnitudes whose true sum is known, since each comes with its negation.
TEST(ExactSum, IsTheSameInAnyOrderAndInAnyParts) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 200; ++round) {
    int spread = round % 2 == 0 ? 20 : 2000;
    double expected = std::ldexp(static_cast<double>(random() >> 11), -60);
    std::vector<double> values = {expected};
    for (int i = 0; i < 100; ++i) {
      int exponent = static_cast<int>(random() % static_cast<uint64_t>(spread)) - spread / 2;
      double value = std::ldexp(static_cast<double>(random() >> 11), exponent - 53);
      values.push_back(value);
      values.push_back(-value);
    }
    std::shuffle(values.begin(), values.end(), random);
    ASSERT_EQ(SumOf(values), expected) << "round " << round;
    ExactSums parts;
    parts.Resize(3);
    for (double value : values) parts.Add(random() % 3, value);
    ExactSums whole;
    whole.Resize(2);
    for (size_t part = 0; part < 3; ++part) whole.Add(1, parts, part);
    ASSERT_EQ(whole.Round(1), expected) << "round " << round;
    ASSERT_EQ(whole.Round(0), 0);
  }
}

}  // namespace
}  // namespace tamis
