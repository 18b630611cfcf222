// Logarithms and powers in integer arithmetic, for tables that must be the same
// on every machine, which a libm doesn't promise. Not fast: for tables, not for
// rows.
#pragma once

#include <cstdint>

namespace tamis {

/// Bits after the point of the numbers below.
inline constexpr int kLogBits = 40;

/// log2(x) * 2^40, rounded down; x is at least 1.
int64_t FixedLog2(uint64_t x);

/// 2^(x / 2^40) * 2^shift, rounded down to an integer; 2^62 - 1 where that is
/// more.
int64_t FixedExp2(int64_t x, int shift);

/// -ln(p / 2^64) * 2^40, p is at least 1.
int64_t FixedMinusLn(uint64_t p);

/// product / divisor, rounded to the nearest, halves up; |product| is below
/// 2^125.
__int128 RoundedRatio(__int128 product, int64_t divisor);

}  // namespace tamis
