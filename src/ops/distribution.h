// Draws that are not uniform, from tables made by integer arithmetic: the same
// on every machine. A draw is the 64 bits of a row's hash, taken as a
// probability. Knows no columns: see provider_distributions.cc.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ops/generate_program.h"
#include "ops/row_function.h"

namespace tamis {

/// The inverse of a distribution function at probabilities that come closer and
/// closer to 0 and 1: 2^-1, then 64 steps in each halving, down to 2^-49.
/// Between them the inverse is a straight line, which is off by less than 4e-5
/// of the probability of being further out; beyond the outermost it stands
/// still, so 1 value of 2^48 isn't as far out as it should be.
struct CurveKnots {
  static constexpr int kHalvings = 48;
  static constexpr int kSteps = 64;  // in a halving
  static constexpr size_t kCount = kHalvings * kSteps + 1;

  /// Probability i times 2^64; the last one is a half.
  static constexpr uint64_t Probability(size_t i) {
    auto halving = static_cast<int>(i / kSteps);
    return (uint64_t{kSteps} + i % kSteps) << (halving + 63 - kHalvings - 6);
  }

  std::vector<int64_t> low;   // the value that is exceeded but with Probability(i)
  std::vector<int64_t> high;  // the value that is exceeded with Probability(i)
};

/// Fixed-point bits of the knots of the two functions below.
inline constexpr int kNormalBits = 24;
inline constexpr int kExponentialBits = 40;

/// The normal distribution with mean 0 and standard deviation 1, times 2^24.
/// The knots are rounded from what the C library's erfc gives; each lies so far
/// from a half that an error of 1e-12, a thousand times a good library's,
/// rounds to the same number (a test says so).
const CurveKnots& NormalKnots();
/// The same before rounding.
double NormalQuantile(uint64_t probability);
/// The exponential distribution with mean 1, times 2^40.
const CurveKnots& ExponentialKnots();

/// Draws step * n + first, n being the rounded value of a curve.
class CurveFunction : public NumberFunction {
 public:
  /// `knots` are times 2^fraction_bits and below 2^62.
  CurveFunction(CurveKnots knots, int fraction_bits, int64_t first, int64_t step)
      : knots_(std::move(knots)), fraction_bits_(fraction_bits), first_(first), step_(step) {}

  /// Only numbers from `low` to `high`, in the proportions that they have.
  /// False if fewer than 1 in 2^30 draws lie there.
  bool Truncate(std::optional<int64_t> low, std::optional<int64_t> high);
  /// The least and the largest number.
  int64_t min() const { return At(step_ > 0 ? from_ : from_ + width_ - 1); }
  int64_t max() const { return At(step_ > 0 ? from_ + width_ - 1 : from_); }

  void Fill(const RowRange& rows, uint64_t key, const int64_t* a, const int64_t* b,
            int64_t* out) const override;

 private:
  /// The number of a probability: does not fall as that rises, for a positive
  /// step.
  int64_t At(uint64_t probability) const;

  CurveKnots knots_;
  int fraction_bits_;
  int64_t first_;
  int64_t step_;
  uint64_t from_ = 0;
  uint64_t width_ = UINT64_MAX;
};

/// Draws first + step * k, k with a probability in proportion to weights[k] to
/// within 2^-63.
class CumulativeFunction : public NumberFunction {
 public:
  /// Weights are not all 0, and their sum is below 2^63.
  CumulativeFunction(std::span<const uint64_t> weights, int64_t first, int64_t step);

  size_t size() const { return limits_.size(); }
  /// The index of a draw.
  size_t IndexOf(uint64_t draw) const;
  void Fill(const RowRange& rows, uint64_t key, const int64_t* a, const int64_t* b,
            int64_t* out) const override;

 private:
  static constexpr int kGuideBits = 10;

  std::vector<uint64_t> limits_;  // draws below limits_[k] and not below limits_[k - 1] give k
  std::vector<uint32_t> guide_;   // the first index that draws with these first bits may give
  int64_t first_;
  int64_t step_;
};

/// Draws a bin as CumulativeFunction, and within it each number of edges[i] to
/// edges[i + 1] - 1 as likely: first + step * number.
class HistogramFunction : public NumberFunction {
 public:
  /// Edges rise, one more than there are weights.
  HistogramFunction(std::vector<int64_t> edges, std::span<const uint64_t> weights, int64_t step)
      : bins_(weights, 0, 1), edges_(std::move(edges)), step_(step) {}

  void Fill(const RowRange& rows, uint64_t key, const int64_t* a, const int64_t* b,
            int64_t* out) const override;

 private:
  CumulativeFunction bins_;
  std::vector<int64_t> edges_;
  int64_t step_;
};

/// Weights of the Poisson distribution with `mean` (above 0, at most 10^6) of
/// the numbers from *first on; those below 2^-50 of the largest are left out.
std::vector<uint64_t> PoissonWeights(double mean, int64_t* first);

/// Weights of ranks 1 to `count` in proportion to rank^-exponent;
/// exponent_micros is 10^6 times it.
std::vector<uint64_t> PowerWeights(size_t count, int64_t exponent_micros);

}  // namespace tamis
