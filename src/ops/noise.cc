// See noise.h.
#include "ops/noise.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>

#include "base/hash.h"

namespace tamis {
namespace {

constexpr double kRangeShare = 0.25;
constexpr double kSplitShare = 0.35;
constexpr double kCountShare = 0.4;
// A bucket of the range is taken for empty below ln(64 * 50) / epsilon: for all 64 together noise
// exceeds it once in 100 histograms.
constexpr double kEmptyBucket = 8.07;
constexpr int64_t kBinsWanted = 100;
constexpr int64_t kBinCountMin = 20;

// Powers of two that a number's size is told by: |value| < 2^k.
int Magnitude(int64_t value) {
  uint64_t size = value < 0 ? ~static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  return static_cast<int>(std::bit_width(size));
}

// Halves intervals while they hold many values.
class PrivTree {
 public:
  PrivTree(const std::vector<int64_t>& sorted, double epsilon, int64_t least, Noise* noise)
      : sorted_(sorted), noise_(*noise), least_(least), count_epsilon_(epsilon * kCountShare) {
    // Two children: lambda = (2 * 2 - 1) / (2 - 1) / epsilon, and a bias of lambda * ln 2 a level.
    split_epsilon_ = epsilon * kSplitShare / 3;
    bias_ = std::log(2.0) / split_epsilon_;
    enough_ = static_cast<double>(
        std::max<int64_t>(kBinCountMin, static_cast<int64_t>(sorted.size()) / kBinsWanted));
  }

  void Split(int64_t low, int exponent, int depth) {
    auto begin = std::lower_bound(sorted_.begin(), sorted_.end(), low);
    // The last number of the interval, so that 2^63 doesn't overflow.
    auto last = static_cast<int64_t>(static_cast<uint64_t>(low) + (uint64_t{1} << exponent) - 1);
    auto end = std::upper_bound(begin, sorted_.end(), last);
    auto count = static_cast<double>(end - begin);
    double biased = std::max(enough_ - bias_, count - depth * bias_);
    if (exponent > 0 && biased + static_cast<double>(noise_.Draw(split_epsilon_)) > enough_) {
      Split(low, exponent - 1, depth + 1);
      Split(low + (int64_t{1} << (exponent - 1)), exponent - 1, depth + 1);
      return;
    }
    int64_t noisy = (end - begin) + noise_.Draw(count_epsilon_);
    bins.push_back({low, last == INT64_MAX ? last : last + 1, noisy < least_ ? 0 : noisy});
  }

  std::vector<NoisyBin> bins;

 private:
  const std::vector<int64_t>& sorted_;
  Noise& noise_;
  int64_t least_;
  double count_epsilon_;
  double split_epsilon_ = 0;
  double bias_ = 0;
  double enough_ = 0;
};

// The exponent k of the range, of values of one sign; -1: there are too few.
int RangeOf(const std::vector<int64_t>& sorted, bool negative, double epsilon, Noise* noise) {
  std::array<int64_t, 64> counts{};
  for (int64_t value : sorted) {
    if ((value < 0) == negative) ++counts[static_cast<size_t>(Magnitude(value))];
  }
  int range = -1;
  for (int i = 0; i < 64; ++i) {
    auto noisy = static_cast<double>(counts[static_cast<size_t>(i)] + noise->Draw(epsilon));
    if (noisy > kEmptyBucket / epsilon) range = i;
  }
  return range;
}

}  // namespace

uint64_t Noise::Bits() {
  if (seed_) return XxHash64(drawn_++, *seed_);
  uint64_t bits = 0;
  if (getrandom(&bits, sizeof(bits), 0) != static_cast<ssize_t>(sizeof(bits))) std::abort();
  return bits;
}

int64_t Noise::Geometric(double epsilon) {
  // In (0, 1], so that the logarithm is finite.
  double uniform = static_cast<double>((Bits() >> 11) + 1) * 0x1p-53;
  return static_cast<int64_t>(std::floor(std::log(uniform) / -epsilon));
}

int64_t Noise::Draw(double epsilon) {
  int64_t plus = Geometric(epsilon);
  return plus - Geometric(epsilon);
}

std::vector<NoisyBin> NoisyHistogram(const std::vector<int64_t>& sorted, double epsilon,
                                     int64_t least, Noise* noise) {
  PrivTree tree(sorted, epsilon, least, noise);
  // A value is of one sign: the two sides share nothing, and cost epsilon once.
  int below = RangeOf(sorted, true, epsilon * kRangeShare, noise);
  int above = RangeOf(sorted, false, epsilon * kRangeShare, noise);
  if (below >= 0) tree.Split(-(int64_t{1} << std::min(below, 62)), std::min(below, 62), 0);
  if (above >= 0) tree.Split(0, std::min(above, 62), 0);
  std::vector<NoisyBin>& bins = tree.bins;
  auto is_empty = [](const NoisyBin& bin) { return bin.count == 0; };
  bins.erase(bins.begin(), std::find_if_not(bins.begin(), bins.end(), is_empty));
  while (!bins.empty() && is_empty(bins.back())) bins.pop_back();
  // A gap between the two sides is a bin without values.
  for (size_t i = 1; i < bins.size(); ++i) {
    if (bins[i - 1].high != bins[i].low) {
      bins.insert(bins.begin() + static_cast<std::ptrdiff_t>(i),
                  {bins[i - 1].high, bins[i].low, 0});
    }
  }
  return std::move(bins);
}

}  // namespace tamis
