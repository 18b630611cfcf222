// Fixed-point sums of doubles. See exact_sum.h.
#include "ops/exact_sum.h"

#include <bit>
#include <limits>

namespace tamis {
namespace {

constexpr int kMantissaBits = 52;
constexpr int kUnitExponent = -1074;  // of the smallest double

// The low 64 bits of `words` shifted right by `shift`.
template <size_t kSize>
uint64_t BitsFrom(const std::array<uint64_t, kSize>& words, size_t shift) {
  size_t word = shift / 64, bit = shift % 64;
  uint64_t bits = words[word] >> bit;
  if (bit != 0 && word + 1 < kSize) bits |= words[word + 1] << (64 - bit);
  return bits;
}

// Whether one of the lowest `count` bits is set.
template <size_t kSize>
bool AnyBelow(const std::array<uint64_t, kSize>& words, size_t count) {
  for (size_t word = 0; word < count / 64; ++word) {
    if (words[word] != 0) return true;
  }
  return count % 64 != 0 && (words[count / 64] << (64 - count % 64)) != 0;
}

}  // namespace

void WideSum::Add(double value) {
  if (!std::isfinite(value)) {
    not_finite_ += value;
    return;
  }
  auto bits = std::bit_cast<uint64_t>(value);
  uint64_t exponent = (bits >> kMantissaBits) & 0x7ff;
  uint64_t mantissa = bits & ((uint64_t{1} << kMantissaBits) - 1);
  if (exponent != 0) mantissa |= uint64_t{1} << kMantissaBits;
  size_t shift = exponent == 0 ? 0 : exponent - 1;
  size_t first = shift / 64, bit = shift % 64;
  uint64_t low = mantissa << bit, high = bit == 0 ? 0 : mantissa >> (64 - bit);
  // A negative number is added as its complement and one.
  uint64_t carry = bits >> 63, sign = carry;
  uint64_t flip = uint64_t{0} - sign;
  for (size_t word = first; word < kWords; ++word) {
    if (word > first + 1 && carry == sign) break;  // all that follows stays as it is
    uint64_t part = (word == first ? low : word == first + 1 ? high : 0) ^ flip;
    unsigned __int128 sum = static_cast<unsigned __int128>(words_[word]) + part + carry;
    words_[word] = static_cast<uint64_t>(sum);
    carry = static_cast<uint64_t>(sum >> 64);
  }
}

void WideSum::Add(const WideSum& other) {
  not_finite_ += other.not_finite_;
  uint64_t carry = 0;
  for (size_t word = 0; word < kWords; ++word) {
    unsigned __int128 sum =
        static_cast<unsigned __int128>(words_[word]) + other.words_[word] + carry;
    words_[word] = static_cast<uint64_t>(sum);
    carry = static_cast<uint64_t>(sum >> 64);
  }
}

double WideSum::Round() const {
  if (std::isnan(not_finite_)) return std::numeric_limits<double>::quiet_NaN();
  if (not_finite_ != 0) return not_finite_;
  std::array<uint64_t, kWords> words = words_;
  bool negative = words[kWords - 1] >> 63;
  for (uint64_t carry = 1; uint64_t& word : words) {
    if (!negative) break;
    word = ~word + carry;
    carry &= word == 0;
  }
  size_t top = kWords;
  while (top > 0 && words[top - 1] == 0) --top;
  if (top == 0) return 0;
  size_t bits = top * 64 - static_cast<size_t>(std::countl_zero(words[top - 1]));
  size_t shift = bits > kMantissaBits + 1 ? bits - (kMantissaBits + 1) : 0;
  uint64_t mantissa = BitsFrom(words, shift);
  if (shift > 0 && (BitsFrom(words, shift - 1) & 1) != 0) {
    mantissa += (mantissa & 1) != 0 || AnyBelow(words, shift - 1);
  }
  double size = std::ldexp(static_cast<double>(mantissa), static_cast<int>(shift) + kUnitExponent);
  return negative ? -size : size;
}

void ExactSums::AddWide(size_t cell, double value) { wide_[cell].Add(value); }

void ExactSums::Add(size_t cell, const ExactSums& other, size_t other_cell) {
  Add(cell, other.pairs_[other_cell].high);
  Add(cell, other.pairs_[other_cell].low);
  auto wide = other.wide_.find(other_cell);
  if (wide != other.wide_.end()) wide_[cell].Add(wide->second);
}

double ExactSums::Round(size_t cell) const {
  const Pair& pair = pairs_[cell];
  auto wide = wide_.find(cell);
  if (wide == wide_.end()) return pair.high + pair.low;
  WideSum sum = wide->second;
  sum.Add(pair.high);
  sum.Add(pair.low);
  return sum.Round();
}

}  // namespace tamis
