// Noise has the distribution that it says, and histograms follow their values without copying any.
#include "ops/noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/hash.h"

namespace tamis {
namespace {

TEST(Noise, IsTwoSidedGeometric) {
  Noise noise(1);
  constexpr int kDraws = 200000;
  for (double epsilon : {0.1, 0.5, 1.0, 3.0}) {
    std::map<int64_t, int> counts;
    for (int i = 0; i < kDraws; ++i) ++counts[noise.Draw(epsilon)];
    const double alpha = std::exp(-epsilon);
    for (int64_t n = -4; n <= 4; ++n) {
      double expected = (1 - alpha) / (1 + alpha) * std::pow(alpha, std::abs(n)) * kDraws;
      EXPECT_NEAR(counts[n], expected, 5 * std::sqrt(expected) + 5) << epsilon << " " << n;
    }
  }
}

TEST(Noise, IsSecretWithoutASeed) {
  Noise secret, other, seeded(5), same(5);
  int differs = 0;
  for (int i = 0; i < 64; ++i) {
    differs += secret.Draw(0.01) != other.Draw(0.01);
    EXPECT_EQ(seeded.Draw(0.01), same.Draw(0.01));
  }
  EXPECT_GT(differs, 32);
}

// The greatest difference between the distribution functions of values and of bins, whose numbers
// are evenly spread.
double Distance(const std::vector<int64_t>& sorted, const std::vector<NoisyBin>& bins) {
  double total = 0, before = 0, most = 0;
  for (const NoisyBin& bin : bins) total += static_cast<double>(bin.count);
  for (const NoisyBin& bin : bins) {
    before += static_cast<double>(bin.count);
    auto below = std::lower_bound(sorted.begin(), sorted.end(), bin.high) - sorted.begin();
    double share = static_cast<double>(below) / static_cast<double>(sorted.size());
    most = std::max(most, std::abs(before / total - share));
  }
  return most;
}

std::vector<int64_t> Values(size_t count, int64_t (*value)(double uniform)) {
  std::vector<int64_t> values;
  for (size_t i = 0; i < count; ++i) {
    values.push_back(value(static_cast<double>(XxHash64(i, 9) >> 11) * 0x1p-53));
  }
  std::sort(values.begin(), values.end());
  return values;
}

TEST(NoisyHistogram, FollowsItsValues) {
  const std::pair<const char*, int64_t (*)(double)> shapes[] = {
      {"even", [](double u) { return static_cast<int64_t>(u * 1000); }},
      {"both signs", [](double u) { return static_cast<int64_t>((u - 0.3) * 1e9); }},
      {"heavy tail", [](double u) { return static_cast<int64_t>(100 / (1.0001 - u)); }},
      {"microseconds of a month",
       [](double u) { return 1'700'000'000'000'000 + static_cast<int64_t>(u * 2.6e12); }},
      {"mostly zero", [](double u) { return u < 0.6 ? 0 : static_cast<int64_t>(u * 5000); }},
  };
  for (const auto& [name, value] : shapes) {
    std::vector<int64_t> values = Values(20000, value);
    Noise noise(3);
    std::vector<NoisyBin> bins = NoisyHistogram(values, 1, 10, &noise);
    ASSERT_FALSE(bins.empty()) << name;
    EXPECT_LT(bins.size(), 400u) << name;
    EXPECT_LT(Distance(values, bins), 0.03) << name;
    for (size_t i = 1; i < bins.size(); ++i) EXPECT_EQ(bins[i].low, bins[i - 1].high) << name;
  }
}

// Borders are multiples of the bins' widths, which are powers of two.
TEST(NoisyHistogram, HasBordersOfItsOwn) {
  std::vector<int64_t> values =
      Values(5000, [](double u) { return 123457 + static_cast<int64_t>(u * 100) * 1009; });
  Noise noise(3);
  for (const NoisyBin& bin : NoisyHistogram(values, 1, 10, &noise)) {
    auto width = static_cast<uint64_t>(bin.high - bin.low);
    EXPECT_EQ(width & (width - 1), 0u);
    EXPECT_EQ(static_cast<uint64_t>(bin.low) % width, 0u);
  }
}

TEST(NoisyHistogram, TellsNothingOfAFewValues) {
  Noise noise(4);
  int told = 0;
  for (int i = 0; i < 200; ++i)
    told += !NoisyHistogram({5, 5, 6, 7, 1 << 20}, 1, 10, &noise).empty();
  EXPECT_LE(told, 10);
  EXPECT_TRUE(NoisyHistogram({}, 100, 10, &noise).empty());
}

// The largest values have bins too, and nothing overflows.
TEST(NoisyHistogram, TakesTheEndsOf64Bits) {
  std::vector<int64_t> values(1000, INT64_MIN);
  values.insert(values.end(), 1000, INT64_MAX);
  Noise noise(5);
  std::vector<NoisyBin> bins = NoisyHistogram(values, 10, 10, &noise);
  for (const NoisyBin& bin : bins) EXPECT_LT(bin.low, bin.high);
}

}  // namespace
}  // namespace tamis
