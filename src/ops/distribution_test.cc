// Tables of quantiles against their definitions, and truncation.
#include "ops/distribution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "base/hash.h"
#include "ops/fixed_math.h"

namespace tamis {
namespace {

TEST(FixedMath, AgreesWithTheLibrary) {
  for (uint64_t x : {1ULL, 2ULL, 3ULL, 10ULL, 1000003ULL, 1ULL << 63, ~0ULL}) {
    EXPECT_NEAR(std::ldexp(double(FixedLog2(x)), -kLogBits), std::log2(double(x)), 1e-11) << x;
    double minus_ln = -std::log(std::ldexp(double(x), -64));
    EXPECT_NEAR(std::ldexp(double(FixedMinusLn(x)), -kLogBits), minus_ln, 1e-11) << x;
  }
  for (double x : {0.0, 0.5, 1.0, 3.3, 20.9, -0.1, -7.25}) {
    auto fixed = static_cast<int64_t>(std::ldexp(x, kLogBits));
    EXPECT_NEAR(double(FixedExp2(fixed, 40)), std::exp2(x + 40), std::exp2(x + 40) * 1e-10 + 1);
  }
  EXPECT_EQ(FixedExp2(int64_t{70} << kLogBits, 0), INT64_MAX / 2);
  EXPECT_EQ(FixedExp2(int64_t{-200} << kLogBits, 10), 0);
  EXPECT_EQ(int64_t(RoundedRatio(7, 2)), 4);
  EXPECT_EQ(int64_t(RoundedRatio(-7, 2)), -3);
  EXPECT_EQ(int64_t(RoundedRatio(-8, 3)), -3);
  EXPECT_EQ(int64_t(RoundedRatio(-7, 3)), -2);
  EXPECT_EQ(int64_t(RoundedRatio(0, 3)), 0);
}

// What distribution.h promises: no C library rounds a knot otherwise.
TEST(Distribution, NormalKnotsAreFarFromHalves) {
  for (size_t i = 0; i + 1 < CurveKnots::kCount; ++i) {
    double z = std::ldexp(NormalQuantile(CurveKnots::Probability(i)), kNormalBits);
    double to_half = std::abs(z - std::floor(z) - 0.5);
    EXPECT_GT(to_half, std::ldexp(1e-12, kNormalBits)) << i;
  }
}

TEST(Distribution, NormalKnotsAreTheNormalDistributions) {
  // Published: 1.959964 is exceeded with probability 0.025, 3.090232 with
  // 0.001.
  const CurveKnots& knots = NormalKnots();
  EXPECT_EQ(knots.low.back(), 0);
  for (size_t i = 0; i < CurveKnots::kCount; ++i) {
    double z = std::ldexp(double(knots.low[i]), -kNormalBits);
    double p = std::ldexp(double(CurveKnots::Probability(i)), -64);
    EXPECT_NEAR(std::erfc(-z / std::sqrt(2.0)) / 2 / p, 1, 1e-6) << z;
    EXPECT_EQ(knots.high[i], -knots.low[i]);
  }
  CurveFunction curve(knots, 0, 0, 1);
  int64_t lowest = curve.min();
  EXPECT_NEAR(std::ldexp(double(lowest), -kNormalBits), -7.87, 0.01) << "2^-49";
  ASSERT_TRUE(curve.Truncate(std::nullopt, int64_t{1} << kNormalBits));
  EXPECT_EQ(curve.min(), lowest);
  EXPECT_EQ(curve.max(), int64_t{1} << kNormalBits);
}

std::vector<int64_t> Draw(const NumberFunction& function, size_t count, uint64_t key = 5) {
  std::vector<uint64_t> hashes(count);
  std::vector<int64_t> out(count);
  for (size_t i = 0; i < count; ++i) hashes[i] = RowHash(static_cast<int64_t>(i));
  RowRange rows;
  rows.count = count;
  rows.hashes = hashes.data();
  function.Fill(rows, key, nullptr, nullptr, out.data());
  return out;
}

TEST(Distribution, TruncationKeepsProportions) {
  // Exponential with mean 1000, whole numbers, only 500 to 2000.
  CurveKnots knots = ExponentialKnots();
  for (auto* side : {&knots.low, &knots.high}) {
    for (int64_t& knot : *side) knot = (knot * 1000) >> 20;
  }
  CurveFunction curve(knots, 20, 0, 1);
  ASSERT_TRUE(curve.Truncate(500, 2000));
  EXPECT_EQ(curve.min(), 500);
  EXPECT_EQ(curve.max(), 2000);
  size_t below_1000 = 0;
  constexpr size_t kDraws = 100000;
  for (int64_t value : Draw(curve, kDraws)) {
    ASSERT_TRUE(value >= 500 && value <= 2000) << value;
    below_1000 += value < 1000;
  }
  double share = (std::exp(-0.4995) - std::exp(-0.9995)) / (std::exp(-0.4995) - std::exp(-2.0005));
  EXPECT_NEAR(double(below_1000) / kDraws, share, 0.006);
  EXPECT_FALSE(curve.Truncate(40000, std::nullopt)) << "one in 10^17";
  CurveFunction fresh(knots, 20, 0, 1);
  EXPECT_TRUE(fresh.Truncate(std::nullopt, 0));
  EXPECT_EQ(fresh.max(), 0);
  CurveFunction falling(knots, 20, 10000, -1);
  ASSERT_TRUE(falling.Truncate(9000, 9900));
  EXPECT_EQ(falling.min(), 9000);
  EXPECT_EQ(falling.max(), 9900);
}

TEST(Distribution, CumulativeDrawsAreExact) {
  std::vector<uint64_t> weights(5000);
  for (size_t i = 0; i < weights.size(); ++i) weights[i] = i % 7 == 3 ? 0 : i + 1;
  CumulativeFunction function(weights, 10, 3);
  uint64_t total = std::accumulate(weights.begin(), weights.end(), uint64_t{0}), sum = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0) {
      auto first = static_cast<uint64_t>((static_cast<unsigned __int128>(sum) << 64) / total);
      EXPECT_EQ(function.IndexOf(first + 1), i);
      if (sum > 0) {
        EXPECT_LT(function.IndexOf(first - 1), i);
      }
    }
    sum += weights[i];
  }
  EXPECT_EQ(function.IndexOf(UINT64_MAX), weights.size() - 1);
  for (int64_t value : Draw(function, 1000)) EXPECT_EQ(value % 3, 1);
}

TEST(Distribution, PoissonWeightsAreItsProbabilities) {
  for (double mean : {0.01, 1.0, 3.5, 200.0, 50000.0}) {
    int64_t first = 0;
    std::vector<uint64_t> weights = PoissonWeights(mean, &first);
    double total = 0;
    for (uint64_t weight : weights) total += double(weight);
    ASSERT_LT(total, 9e18);
    for (size_t i = 0; i < weights.size(); i += 1 + weights.size() / 50) {
      double k = double(first) + double(i);
      double p = std::exp(k * std::log(mean) - mean - std::lgamma(k + 1));
      EXPECT_NEAR(double(weights[i]) / total, p, 1e-9 * p + 1e-14) << mean << " " << k;
    }
  }
}

TEST(Distribution, PowerWeightsFollowTheExponent) {
  std::vector<uint64_t> weights = PowerWeights(1000, 1'200'000);
  for (size_t rank : {2, 10, 1000}) {
    double share = double(weights[rank - 1]) / double(weights[0]);
    EXPECT_NEAR(share * std::pow(double(rank), 1.2), 1, 1e-6);
  }
  EXPECT_EQ(PowerWeights(3, 0), std::vector<uint64_t>(3, uint64_t{1} << 42));
}

TEST(Distribution, HistogramsFillTheirBinsEvenly) {
  std::vector<uint64_t> weights = {1, 0, 3};
  HistogramFunction histogram({0, 10, 20, 24}, weights, 5);
  std::vector<size_t> counts(24);
  for (int64_t value : Draw(histogram, 80000)) {
    ASSERT_EQ(value % 5, 0);
    ++counts[static_cast<size_t>(value / 5)];
  }
  for (size_t i = 0; i < counts.size(); ++i) {
    double expected = i < 10 ? 2000 : i < 20 ? 0 : 15000;
    EXPECT_NEAR(double(counts[i]), expected, 5 * std::sqrt(expected)) << i;
  }
}

}  // namespace
}  // namespace tamis
