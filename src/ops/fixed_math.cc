// Digit by digit: squares give the bits of a logarithm, square roots of 2 those
// of a power. See fixed_math.h.
#include "ops/fixed_math.h"

#include <array>
#include <bit>
#include <cstring>
#include <limits>

namespace tamis {
namespace {

using Wide = unsigned __int128;

constexpr uint64_t kOne62 = uint64_t{1} << 62;
// ln 2 * 2^64.
constexpr uint64_t kLn2 = 0xB17217F7D1CF79AB;

// The largest integer whose square is at most x.
uint64_t SquareRoot(Wide x) {
  uint64_t root = 0;
  for (uint64_t bit = uint64_t{1} << 63; bit; bit >>= 1) {
    uint64_t more = root | bit;
    if (Wide{more} * more <= x) root = more;
  }
  return root;
}

// 2^(2^-i) * 2^62 for i from 1.
const std::array<uint64_t, kLogBits + 1>& RootsOfTwo() {
  static const auto roots = [] {
    std::array<uint64_t, kLogBits + 1> table{};
    table[0] = 2 * kOne62;
    for (size_t i = 1; i < table.size(); ++i) table[i] = SquareRoot(Wide{table[i - 1]} << 62);
    return table;
  }();
  return roots;
}

}  // namespace

int64_t FixedLog2(uint64_t x) {
  int whole = 63 - std::countl_zero(x);
  // 1 to 2, times 2^62.
  uint64_t mantissa = whole > 62 ? x >> 1 : x << (62 - whole);
  int64_t log = whole;
  for (int i = 0; i < kLogBits; ++i) {
    mantissa = static_cast<uint64_t>(Wide{mantissa} * mantissa >> 62);
    bool above = mantissa >= 2 * kOne62;
    if (above) mantissa >>= 1;
    log = log * 2 + (above ? 1 : 0);
  }
  return log;
}

int64_t FixedExp2(int64_t x, int shift) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max() / 2;
  int64_t whole = x >> kLogBits;
  uint64_t fraction = static_cast<uint64_t>(x) & ((uint64_t{1} << kLogBits) - 1);
  uint64_t mantissa = kOne62;
  for (int i = 1; i <= kLogBits; ++i) {
    if (fraction >> (kLogBits - i) & 1) {
      mantissa = static_cast<uint64_t>(Wide{mantissa} * RootsOfTwo()[static_cast<size_t>(i)] >> 62);
    }
  }
  int64_t left = whole + shift - 62;
  if (left >= 0) return kMost;
  return left < -63 ? 0 : static_cast<int64_t>(mantissa >> -left);
}

int64_t FixedMinusLn(uint64_t p) {
  int64_t log2 = (int64_t{64} << kLogBits) - FixedLog2(p);
  return static_cast<int64_t>(Wide(static_cast<uint64_t>(log2)) * kLn2 >> 64);
}

__int128 RoundedRatio(__int128 product, int64_t divisor) {
  __int128 twice = 2 * product + divisor;
  __int128 down = twice / (2 * __int128{divisor});
  // Division cuts towards 0; rounding needs the number below.
  return down - (twice < 0 && down * 2 * divisor != twice ? 1 : 0);
}

}  // namespace tamis
