// Numbers beyond the short ones that number.h parses inline. See number.h.
#include "text/number.h"

#include <fast_float/fast_float.h>

#include <charconv>
#include <cmath>

namespace tamis {
namespace {

using uint128 = unsigned __int128;

constexpr double kExactPowers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};

constexpr auto kPowers128 = [] {
  struct {
    uint128 at[kDecimalPrecisionMax + 1];
  } powers{};
  powers.at[0] = 1;
  for (int i = 1; i <= kDecimalPrecisionMax; ++i) powers.at[i] = powers.at[i - 1] * 10;
  return powers;
}();

bool EqualsIgnoreCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i)
    if ((text[i] | 0x20) != lower[i]) return false;
  return true;
}

// Whether the text of up to 8 bytes is digits and at most one point; `*digits` is their value.
inline bool SqueezePoint(const char* p, size_t size, uint32_t* digits, unsigned* fraction_digits) {
  uint64_t word = internal::LoadDigits(p, size);
  uint64_t from_point = word ^ 0x2E2E2E2E2E2E2E2E;
  uint64_t zero_bytes = (from_point - 0x0101010101010101) & ~from_point & 0x8080808080808080;
  *fraction_digits = 0;
  if (zero_bytes) {
    if (size == 1) return false;
    unsigned bit = static_cast<unsigned>(std::countr_zero(zero_bytes)) - 7;  // of the point's byte
    uint64_t before = word & ((1ULL << bit) - 1);
    uint64_t after = bit == 56 ? 0 : word >> (bit + 8) << (bit + 8);
    word = after | before << 8 | 0x30;
    *fraction_digits = 7 - bit / 8;
  }
  *digits = internal::Value8(word);
  return internal::AllDigits8(word);
}

// PERF NOTES. Fields of up to 8 bytes ("12.345", "100") are most of the doubles in real files. The
// point is squeezed out of the 8-byte word and the digits become one integer; dividing two exact
// doubles rounds once, so the result is the nearest double (Clinger's fast path). Measured with the
// bench's usage_kwh column: 6.6 ns against 8.4 ns for fast_float, one core of a Zen 5 server.
template <typename T>
bool ParseShort(const char* p, size_t size, T* out) {
  uint32_t digits;
  unsigned fraction_digits;
  if (size - 1 >= 8 || !SqueezePoint(p, size, &digits, &fraction_digits)) return false;
  if (std::is_same_v<T, float> && digits > (1u << 24)) return false;
  *out = static_cast<T>(digits) / static_cast<T>(kExactPowers[fraction_digits]);
  return true;
}

template <typename T>
ParseResult ParseFloating(std::string_view text, T* out) {
  const char* p = text.data();
  size_t size = text.size();
  bool negative = size && *p == '-';
  if (negative || (size && *p == '+')) ++p, --size;
  T value;
  if (!ParseShort(p, size, &value)) {
    if (size == 0) return ParseResult::kInvalid;
    if ((*p >= '0' && *p <= '9') || *p == '.') {
      auto [end, error] = fast_float::from_chars(p, p + size, value);
      if (end != p + size || error == std::errc::invalid_argument) return ParseResult::kInvalid;
      if (std::isinf(value)) return ParseResult::kOverflow;
    } else {
      std::string_view name(p, size);
      if (EqualsIgnoreCase(name, "nan")) {
        value = std::numeric_limits<T>::quiet_NaN();
      } else if (EqualsIgnoreCase(name, "inf") || EqualsIgnoreCase(name, "infinity")) {
        value = std::numeric_limits<T>::infinity();
      } else {
        return ParseResult::kInvalid;
      }
    }
  }
  *out = negative ? -value : value;
  return ParseResult::kOk;
}

// Digits of any number; kOverflow above 10^38 - 1.
ParseResult ParseDigits128(const char* p, size_t size, uint128* out) {
  for (; size && *p == '0'; --size) ++p;
  uint128 value = 0;
  bool too_long = size > kDecimalPrecisionMax;
  while (size) {
    size_t part = size < 18 ? size : 18;
    uint64_t digits;
    if (!internal::ParseDigits(p, part, &digits)) return ParseResult::kInvalid;
    if (!too_long) value = value * kPowers128.at[part] + digits;
    p += part, size -= part;
  }
  *out = value;
  return too_long ? ParseResult::kOverflow : ParseResult::kOk;
}

}  // namespace

namespace internal {

ParseResult ParseMagnitude(const char* p, size_t size, uint64_t* out) {
  if (size == 0) return ParseResult::kInvalid;
  uint128 value;
  ParseResult result = ParseDigits128(p, size, &value);
  if (result != ParseResult::kOk) return result;
  if (value > std::numeric_limits<uint64_t>::max()) return ParseResult::kOverflow;
  *out = static_cast<uint64_t>(value);
  return ParseResult::kOk;
}

}  // namespace internal

ParseResult ParseDouble(std::string_view text, double* out) { return ParseFloating(text, out); }
ParseResult ParseFloat(std::string_view text, float* out) { return ParseFloating(text, out); }

ParseResult ParseDecimal(std::string_view text, int precision, int scale, __int128* out) {
  const char* p = text.data();
  size_t size = text.size();
  bool negative = size && *p == '-';
  if (negative || (size && *p == '+')) ++p, --size;
  uint32_t digits;
  unsigned fraction_digits;
  // Up to 10^8 times 10^30 fits 128 bits.
  if (size - 1 < 8 && scale <= 30 && SqueezePoint(p, size, &digits, &fraction_digits) &&
      fraction_digits <= static_cast<unsigned>(scale)) {
    uint128 scaled = digits * kPowers128.at[static_cast<unsigned>(scale) - fraction_digits];
    if (scaled >= kPowers128.at[precision]) return ParseResult::kOverflow;
    *out = static_cast<__int128>(negative ? 0 - scaled : scaled);
    return ParseResult::kOk;
  }
  if (size == 0) return ParseResult::kInvalid;
  const char* point = static_cast<const char*>(std::memchr(p, '.', size));
  size_t whole_size = point ? static_cast<size_t>(point - p) : size;
  size_t fraction_size = point ? size - whole_size - 1 : 0;
  if (whole_size + fraction_size == 0) return ParseResult::kInvalid;

  const char* fraction = p + whole_size + 1;
  size_t kept = std::min(fraction_size, static_cast<size_t>(scale));
  uint128 whole = 0, kept_value = 0, lost_value = 0;
  ParseResult whole_result = ParseDigits128(p, whole_size, &whole);
  ParseResult kept_result = ParseDigits128(fraction, kept, &kept_value);
  ParseResult lost_result = ParseDigits128(fraction + kept, fraction_size - kept, &lost_value);
  for (ParseResult result : {whole_result, kept_result, lost_result})
    if (result == ParseResult::kInvalid) return result;
  if (whole_result == ParseResult::kOverflow || whole >= kPowers128.at[precision - scale])
    return ParseResult::kOverflow;
  if (lost_result == ParseResult::kOverflow || lost_value != 0) return ParseResult::kScale;

  uint128 value =
      whole * kPowers128.at[scale] + kept_value * kPowers128.at[static_cast<size_t>(scale) - kept];
  *out = static_cast<__int128>(negative ? 0 - value : value);
  return ParseResult::kOk;
}

ParseResult ParseBool(std::string_view text, bool* out) {
  for (std::string_view word : {"true", "t", "yes", "y"})
    if (EqualsIgnoreCase(text, word)) return *out = true, ParseResult::kOk;
  for (std::string_view word : {"false", "f", "no", "n"})
    if (EqualsIgnoreCase(text, word)) return *out = false, ParseResult::kOk;
  if (text == "1") return *out = true, ParseResult::kOk;
  if (text == "0") return *out = false, ParseResult::kOk;
  return ParseResult::kInvalid;
}

char* FormatInt64(int64_t value, char* out) {
  return std::to_chars(out, out + kNumberTextBytes, value).ptr;
}

char* FormatUInt64(uint64_t value, char* out) {
  return std::to_chars(out, out + kNumberTextBytes, value).ptr;
}

namespace {

char* Append(std::string_view text, char* out) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

template <typename T>
char* FormatFloating(T value, char* out) {
  if (std::isnan(value)) return Append("NaN", out);
  if (std::isinf(value)) return Append(value < 0 ? "-Infinity" : "Infinity", out);
  return std::to_chars(out, out + kNumberTextBytes, value).ptr;
}

}  // namespace

char* FormatDouble(double value, char* out) { return FormatFloating(value, out); }
char* FormatFloat(float value, char* out) { return FormatFloating(value, out); }

char* FormatDecimal(__int128 value, int scale, char* out) {
  uint128 magnitude = value < 0 ? 0 - static_cast<uint128>(value) : static_cast<uint128>(value);
  char digits[40];
  int count = 0;  // from the last digit to the first
  for (; magnitude || count <= scale; magnitude /= 10)
    digits[count++] = static_cast<char>('0' + static_cast<int>(magnitude % 10));
  if (value < 0) *out++ = '-';
  while (count) {
    if (count == scale) *out++ = '.';
    *out++ = digits[--count];
  }
  return out;
}

char* FormatBool(bool value, char* out) { return Append(value ? "true" : "false", out); }

}  // namespace tamis
