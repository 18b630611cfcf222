// Text to numbers and back. No spaces are skipped and nothing is rounded silently. Does not know
// columns.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <type_traits>

namespace tamis {

/// What a parser says. On anything but kOk the output is left as it was.
enum class ParseResult : uint8_t {
  kOk,
  kInvalid,   // not a value of this type
  kOverflow,  // a value of this kind, but outside the type's range
  kScale,     // a decimal with more digits after the point than the type keeps, not all of them 0
};

namespace internal {

inline uint64_t Load64(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

inline uint64_t Load32(const char* p) {
  uint32_t word;
  std::memcpy(&word, p, 4);
  return word;
}

/// Whether all eight bytes are ASCII digits (first byte of the text lowest).
inline bool AllDigits8(uint64_t word) {
  return (((word & 0xF0F0F0F0F0F0F0F0) |
           (((word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333);
}

/// The value of eight ASCII digits.
inline uint32_t Value8(uint64_t word) {
  word = (word & 0x0F0F0F0F0F0F0F0F) * 2561 >> 8;
  word = (word & 0x00FF00FF00FF00FF) * 6553601 >> 16;
  return static_cast<uint32_t>((word & 0x0000FFFF0000FFFF) * 42949672960001 >> 32);
}

/// The last `size` (1 to 8) bytes at `p` as eight digits with leading '0's; reads only [p, p+size).
inline uint64_t LoadDigits(const char* p, size_t size) {
  if (size == 8) return Load64(p);
  uint64_t fill = 0x3030303030303030ULL >> (size * 8);
  size_t shift = (8 - size) * 8;
  if (size >= 4) return fill | Load32(p) << shift | Load32(p + size - 4) << 32;
  auto byte = [p](size_t i) { return static_cast<uint64_t>(static_cast<uint8_t>(p[i])); };
  return fill | byte(0) << shift | byte(size / 2) << (shift + size / 2 * 8) | byte(size - 1) << 56;
}

/// Up to 19 digits (which can't overflow 64 bits); false if there are others or none.
inline bool ParseDigits(const char* p, size_t size, uint64_t* out) {
  if (size - 1 < 8) {
    uint64_t word = LoadDigits(p, size);
    *out = Value8(word);
    return AllDigits8(word);
  }
  if (size == 0 || size > 19) return false;
  size_t head = (size - 1) % 8 + 1;
  uint64_t word = LoadDigits(p, head);
  bool digits = AllDigits8(word);
  uint64_t value = Value8(word);
  for (size_t at = head; at < size; at += 8) {
    word = Load64(p + at);
    digits &= AllDigits8(word);
    value = value * 100000000 + Value8(word);
  }
  *out = value;
  return digits;
}

/// Sign and digits of any length; overflow of 64 bits is found.
ParseResult ParseMagnitude(const char* p, size_t size, uint64_t* out);

}  // namespace internal

/// Parses an integer: an optional `+` or `-` and digits, nothing else; leading zeros are fine.
/// kInvalid for anything else (also for no digits, spaces, a point), kOverflow outside T's range,
/// and, for an unsigned T, below 0. Reads only the text.
template <typename T>
inline ParseResult ParseInteger(std::string_view text, T* out) {
  static_assert(std::is_integral_v<T>);
  const char* p = text.data();
  size_t size = text.size();
  bool negative = size && *p == '-';
  if (negative || (size && *p == '+')) ++p, --size;
  uint64_t magnitude = 0;
  if (!internal::ParseDigits(p, size, &magnitude)) [[unlikely]] {
    ParseResult result = internal::ParseMagnitude(p, size, &magnitude);
    if (result != ParseResult::kOk) return result;
  }
  constexpr uint64_t kMax = static_cast<uint64_t>(std::numeric_limits<T>::max());
  uint64_t limit = negative ? (std::is_signed_v<T> ? kMax + 1 : 0) : kMax;
  if (magnitude > limit) return ParseResult::kOverflow;
  *out = static_cast<T>(negative ? 0 - magnitude : magnitude);
  return ParseResult::kOk;
}

inline ParseResult ParseInt8(std::string_view text, int8_t* out) { return ParseInteger(text, out); }
inline ParseResult ParseInt16(std::string_view text, int16_t* out) {
  return ParseInteger(text, out);
}
inline ParseResult ParseInt32(std::string_view text, int32_t* out) {
  return ParseInteger(text, out);
}
inline ParseResult ParseInt64(std::string_view text, int64_t* out) {
  return ParseInteger(text, out);
}

/// Parses a decimal floating-point number, correctly rounded: `1`, `-1.5`, `.5`, `5.`, `+1e-3`; and
/// `NaN`, `Inf`, `Infinity` in any letter case with an optional sign. kOverflow if a number is too
/// large to be finite; one too small becomes 0. No hexadecimal, no spaces.
ParseResult ParseDouble(std::string_view text, double* out);
ParseResult ParseFloat(std::string_view text, float* out);

/// Digits that a decimal can have at most (128 bits).
inline constexpr int kDecimalPrecisionMax = 38;

/// Parses a decimal of `precision` (1 to 38) digits, `scale` (0 to precision) of them after the
/// point, exactly: `out` is the value times 10^scale. An optional sign, digits and at most one
/// point with a digit on at least one side; no exponent. kScale if digits other than 0 would be
/// lost, kOverflow if there are too many digits before the point.
ParseResult ParseDecimal(std::string_view text, int precision, int scale, __int128* out);

/// Parses true, false, t, f, yes, no, y, n, 1, 0 in any letter case.
ParseResult ParseBool(std::string_view text, bool* out);

/// Bytes that any Format function below may write.
inline constexpr int kNumberTextBytes = 48;

/// Each writes the text at `out` and returns its end; no terminating zero. Integers as digits.
char* FormatInt64(int64_t value, char* out);
char* FormatUInt64(uint64_t value, char* out);
/// The shortest text that parses back to the same value; `NaN`, `Infinity` and `-Infinity`.
char* FormatDouble(double value, char* out);
char* FormatFloat(float value, char* out);
/// With exactly `scale` (0 to 38) digits after the point.
char* FormatDecimal(__int128 value, int scale, char* out);
/// `true` or `false`.
char* FormatBool(bool value, char* out);

}  // namespace tamis
