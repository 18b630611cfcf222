// See distribution.h.
//
// PERF NOTES. A draw of a curve is a hash, a count of leading zeros, two loads
// from a table of 49 KB (half of all draws use 1 KB of it) and a
// multiplication.
#include "ops/distribution.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/hash.h"
#include "ops/fixed_math.h"

namespace tamis {
namespace {

using Wide = unsigned __int128;

constexpr uint64_t kHalf = uint64_t{1} << 63;

// The value at a probability up to a half, by the line between two knots.
int64_t OnCurve(const std::vector<int64_t>& knots, uint64_t probability) {
  constexpr int kStepBits = 6;
  static_assert(1 << kStepBits == CurveKnots::kSteps);
  int zeros = std::countl_zero(probability | 1);
  // Halving 1 is a quarter to a half.
  int halving = CurveKnots::kHalvings - zeros;
  if (halving < 0) return knots.front();
  uint64_t digits = probability << zeros;  // the first bit is set
  size_t step = (digits >> (63 - kStepBits)) & (CurveKnots::kSteps - 1);
  auto fraction = static_cast<int64_t>((digits >> (63 - kStepBits - 32)) & 0xFFFFFFFF);
  size_t i = static_cast<size_t>(halving) * CurveKnots::kSteps + step;
  if (i + 1 >= knots.size()) return knots.back();
  return knots[i] + static_cast<int64_t>((__int128{knots[i + 1]} - knots[i]) * fraction >> 32);
}

}  // namespace

double NormalQuantile(uint64_t probability) {
  double p = std::ldexp(static_cast<double>(probability), -64);
  auto below = [](double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; };
  // Newton's method on log P(z), which is concave: from the left it never
  // overshoots.
  double z = -std::sqrt(-2 * std::log(p));
  for (int i = 0; i < 60; ++i) {
    double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    double found = below(z);
    double next = z + std::log(p / found) * found / density;
    if (std::abs(next - z) < 1e-15 * std::abs(z) || next == z) break;
    z = next;
  }
  return probability == kHalf ? 0 : z;
}

const CurveKnots& NormalKnots() {
  static const CurveKnots knots = [] {
    CurveKnots both;
    for (size_t i = 0; i < CurveKnots::kCount; ++i) {
      double z = std::ldexp(NormalQuantile(CurveKnots::Probability(i)), kNormalBits);
      both.low.push_back(std::llround(z));
      both.high.push_back(-both.low.back());
    }
    return both;
  }();
  return knots;
}

const CurveKnots& ExponentialKnots() {
  static const CurveKnots knots = [] {
    CurveKnots both;
    for (size_t i = 0; i < CurveKnots::kCount; ++i) {
      both.low.push_back(FixedMinusLn(0 - CurveKnots::Probability(i)));
      both.high.push_back(FixedMinusLn(CurveKnots::Probability(i)));
    }
    return both;
  }();
  return knots;
}

int64_t CurveFunction::At(uint64_t probability) const {
  int64_t value =
      probability < kHalf ? OnCurve(knots_.low, probability) : OnCurve(knots_.high, ~probability);
  int64_t half = fraction_bits_ ? int64_t{1} << (fraction_bits_ - 1) : 0;
  return first_ + step_ * ((value + half) >> fraction_bits_);
}

bool CurveFunction::Truncate(std::optional<int64_t> low, std::optional<int64_t> high) {
  // The number of probabilities for which `holds`, which is true of small ones
  // only.
  auto count = [](auto holds) {
    uint64_t probability = 0;
    for (uint64_t bit = kHalf; bit; bit >>= 1) {
      if (holds(probability + bit - 1)) probability += bit;
    }
    return probability;
  };
  bool rises = step_ > 0;
  auto too_low = [&](uint64_t p) { return low && At(p) < *low; };
  auto too_high = [&](uint64_t p) { return high && At(p) > *high; };
  uint64_t from = count([&](uint64_t p) { return rises ? too_low(p) : too_high(p); });
  uint64_t until = count([&](uint64_t p) { return !(rises ? too_high(p) : too_low(p)); });
  if (until < from || until - from < uint64_t{1} << 34) return false;
  from_ = from;
  width_ = until - from;
  return true;
}

void CurveFunction::Fill(const RowRange& rows, uint64_t key, const int64_t* /*a*/,
                         const int64_t* /*b*/, int64_t* out) const {
  for (size_t i = 0; i < rows.count; ++i) {
    uint64_t draw = DrawHash(rows.hashes[i], key);
    out[i] = At(from_ + static_cast<uint64_t>(Wide{draw} * width_ >> 64));
  }
}

CumulativeFunction::CumulativeFunction(std::span<const uint64_t> weights, int64_t first,
                                       int64_t step)
    : first_(first), step_(step) {
  uint64_t total = std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  uint64_t sum = 0;
  for (uint64_t weight : weights) {
    sum += weight;
    Wide limit = (Wide{sum} << 64) / total;
    limits_.push_back(limit >> 64 ? UINT64_MAX : static_cast<uint64_t>(limit));
  }
  for (uint64_t bits = 0; bits < uint64_t{1} << kGuideBits; ++bits) {
    auto limit = std::upper_bound(limits_.begin(), limits_.end(), bits << (64 - kGuideBits));
    auto index = std::min<ptrdiff_t>(limit - limits_.begin(), std::ssize(limits_) - 1);
    guide_.push_back(static_cast<uint32_t>(index));
  }
}

size_t CumulativeFunction::IndexOf(uint64_t draw) const {
  uint64_t bits = draw >> (64 - kGuideBits);
  size_t low = guide_[bits];
  size_t high = bits + 1 < guide_.size() ? guide_[bits + 1] : limits_.size() - 1;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (limits_[middle] > draw) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

void CumulativeFunction::Fill(const RowRange& rows, uint64_t key, const int64_t* /*a*/,
                              const int64_t* /*b*/, int64_t* out) const {
  for (size_t i = 0; i < rows.count; ++i) {
    out[i] = first_ + step_ * static_cast<int64_t>(IndexOf(DrawHash(rows.hashes[i], key)));
  }
}

void HistogramFunction::Fill(const RowRange& rows, uint64_t key, const int64_t* /*a*/,
                             const int64_t* /*b*/, int64_t* out) const {
  for (size_t i = 0; i < rows.count; ++i) {
    uint64_t draw = DrawHash(rows.hashes[i], key);
    size_t bin = bins_.IndexOf(draw);
    auto width = static_cast<uint64_t>(edges_[bin + 1] - edges_[bin]);
    // A second draw of the same row: which number is independent of which bin.
    uint64_t within = static_cast<uint64_t>(Wide{DrawHash(draw, key)} * width >> 64);
    out[i] = step_ * (edges_[bin] + static_cast<int64_t>(within));
  }
}

std::vector<uint64_t> PoissonWeights(double mean, int64_t* first) {
  // Only multiplications and divisions, which IEEE 754 defines to the last bit.
  constexpr double kLargest = 1125899906842624;  // 2^50
  auto mode = static_cast<int64_t>(mean);
  std::vector<uint64_t> down, weights;
  double weight = kLargest;
  for (int64_t k = mode; k > 0; --k) {
    weight = weight * static_cast<double>(k) / mean;
    if (weight < 1) break;
    down.push_back(static_cast<uint64_t>(weight));
  }
  *first = mode - std::ssize(down);
  weights.assign(down.rbegin(), down.rend());
  weight = kLargest;
  for (int64_t k = mode; weight >= 1; ++k) {
    weights.push_back(static_cast<uint64_t>(weight));
    weight = weight * mean / static_cast<double>(k + 1);
  }
  return weights;
}

std::vector<uint64_t> PowerWeights(size_t count, int64_t exponent_micros) {
  constexpr int kBits = 42;
  std::vector<uint64_t> weights;
  weights.reserve(count);
  for (uint64_t rank = 1; rank <= count; ++rank) {
    auto log =
        static_cast<int64_t>(-RoundedRatio(__int128{FixedLog2(rank)} * exponent_micros, 1'000'000));
    weights.push_back(static_cast<uint64_t>(std::max<int64_t>(FixedExp2(log, kBits), 1)));
  }
  return weights;
}

}  // namespace tamis
