// Random noise for figures that leave a sample: two-sided geometric, and histograms whose borders
// are chosen under noise too. Does not know columns.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace tamis {

/// A source of noise. Without a seed its bits come from the operating system, so that nobody can
/// take the noise off again; with one they can be repeated.
class Noise {
 public:
  explicit Noise(std::optional<uint64_t> seed = std::nullopt) : seed_(seed) {}

  /// A whole number n with a probability in proportion to e^(-epsilon * |n|): the two-sided
  /// geometric distribution (Ghosh, Roughgarden, Sundararajan 2009). Added to a count that one row
  /// changes by at most one, it makes it epsilon-differentially private.
  int64_t Draw(double epsilon);

 private:
  uint64_t Bits();
  int64_t Geometric(double epsilon);

  std::optional<uint64_t> seed_;
  uint64_t drawn_ = 0;
};

/// Numbers from `low` up to but without `high`, and about how many of the values lie there.
struct NoisyBin {
  int64_t low = 0;
  int64_t high = 0;
  int64_t count = 0;
};

/// A histogram of sorted values. Borders are multiples of powers of two, never values that were
/// seen: the range 2^k is the least that all but a few values lie in; it is halved again and again
/// where it holds more than a hundredth of the values (PrivTree: Zhang, Xiao, Xie 2016). A fourth
/// of epsilon goes to k, a third to the halving, the rest to the counts; so one row more or less
/// changes the probability of any outcome by a factor of at most e^epsilon. Bins are in order;
/// those with fewer than `least` values, noise included, hold 0 and are left out at both ends.
/// Empty if nothing is left.
std::vector<NoisyBin> NoisyHistogram(const std::vector<int64_t>& sorted, double epsilon,
                                     int64_t least, Noise* noise);

}  // namespace tamis
