// Texts to values and back. See value.h.
#include "expr/value.h"

#include <arrow/util/decimal.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "expr/lexer.h"

namespace tamis {
namespace {

bool Digits(std::string_view text, int64_t* out) {
  int64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  *out = value;
  return true;
}

std::string UnsignedText(unsigned __int128 value) {
  std::array<char, 40> buffer;
  size_t at = buffer.size();
  do {
    buffer[--at] = static_cast<char>('0' + static_cast<int>(value % 10));
    value /= 10;
  } while (value != 0);
  return std::string(buffer.data() + at, buffer.size() - at);
}

void AppendPadded(std::string* out, int64_t value, size_t width) {
  std::string digits = std::to_string(value);
  out->append(digits.size() < width ? width - digits.size() : 0, '0');
  *out += digits;
}

unsigned __int128 Magnitude(__int128 value) {
  auto bits = static_cast<unsigned __int128>(value);
  return value < 0 ? -bits : bits;
}

/// The digits of a decimal text without sign and point, and where the point stood.
struct DecimalDigits {
  std::string digits;
  int64_t exponent = 0;  // the value is digits * 10^exponent
  bool negative = false;
};

bool ReadDecimalDigits(std::string_view text, DecimalDigits* out) {
  size_t at = 0;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) out->negative = text[at++] == '-';
  bool any = false, point = false;
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      any = true;
      if (!out->digits.empty() || c != '0') out->digits += c;
      if (point) --out->exponent;
    } else {
      break;
    }
  }
  if (!any) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && text[at] == '+') ++at;
  int exponent = 0;
  auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  out->exponent += exponent;
  return true;
}

}  // namespace

int32_t DaysInMonth(int32_t year, int32_t month) {
  static constexpr std::array<int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[static_cast<size_t>(month - 1)];
}

bool AddMonths(int32_t days, int64_t months, int32_t* out) {
  CivilDate date = CivilOfDays(days);
  int64_t index;
  if (__builtin_add_overflow(int64_t{date.year} * 12 + date.month - 1, months, &index))
    return false;
  if (index < 12 || index >= 10000 * 12) return false;
  auto year = static_cast<int32_t>(index / 12);
  auto month = static_cast<int32_t>(index % 12) + 1;
  *out = DaysOfCivil(year, month, std::min(date.day, DaysInMonth(year, month)));
  return true;
}

bool ParseBoolText(std::string_view text, bool* out) {
  *out = IsWord(text, "TRUE");
  return *out || IsWord(text, "FALSE");
}

bool ParseIntText(std::string_view text, int64_t* out) {
  if (!text.empty() && text[0] == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text[0] == '-') return false;
  }
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *out);
  return error == std::errc() && end == text.data() + text.size();
}

bool ParseDoubleText(std::string_view text, double* out) {
  std::string_view body = text;
  bool negative = !body.empty() && body[0] == '-';
  if (!body.empty() && (body[0] == '-' || body[0] == '+')) body.remove_prefix(1);
  if (IsWord(body, "INF") || IsWord(body, "INFINITY")) {
    *out = negative ? -std::numeric_limits<double>::infinity()
                    : std::numeric_limits<double>::infinity();
    return true;
  }
  if (IsWord(text, "NAN")) {
    *out = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (body.empty() || !((body[0] >= '0' && body[0] <= '9') || body[0] == '.')) return false;
  auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), *out);
  if (end != body.data() + body.size()) return false;
  if (error == std::errc::result_out_of_range) {
    // Too large becomes infinite and too small zero, as on the other engines.
    DecimalDigits digits;
    if (!ReadDecimalDigits(body, &digits)) return false;
    int64_t leading = static_cast<int64_t>(digits.digits.size()) + digits.exponent;
    *out = leading > 0 ? std::numeric_limits<double>::infinity() : 0.0;
  } else if (error != std::errc()) {
    return false;
  }
  if (negative) *out = -*out;
  return true;
}

bool IsPlainDecimalText(std::string_view text) {
  return text.find_first_of("eE") == std::string_view::npos;
}

bool ParseDecimalText(std::string_view text, int precision, int scale, __int128* out) {
  DecimalDigits read;
  if (!ReadDecimalDigits(text, &read)) return false;
  int64_t keep = static_cast<int64_t>(read.digits.size()) + read.exponent + scale;
  __int128 value = 0;
  if (!read.digits.empty() && keep >= 0) {
    if (keep > 38) return false;
    auto kept = static_cast<size_t>(keep);
    for (size_t i = 0; i < kept; ++i) {
      value = value * 10 + (i < read.digits.size() ? read.digits[i] - '0' : 0);
    }
    if (kept < read.digits.size() && read.digits[kept] >= '5') ++value;
  }
  if (value >= PowerOfTen(precision)) return false;
  *out = read.negative ? -value : value;
  return true;
}

bool ParseDateText(std::string_view text, int32_t* days) {
  int64_t year, month, day;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!Digits(text.substr(0, 4), &year) || !Digits(text.substr(5, 2), &month) ||
      !Digits(text.substr(8, 2), &day)) {
    return false;
  }
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  auto y = static_cast<int32_t>(year), m = static_cast<int32_t>(month);
  if (day > DaysInMonth(y, m)) return false;
  *days = DaysOfCivil(y, m, static_cast<int32_t>(day));
  return true;
}

bool ParseTimestampText(std::string_view text, int64_t* micros) {
  int32_t days;
  if (text.size() < 10 || !ParseDateText(text.substr(0, 10), &days)) return false;
  *micros = days * kMicrosPerDay;
  if (text.size() == 10) return true;
  text.remove_prefix(10);
  int64_t hour, minute, second = 0, fraction = 0, offset = 0;
  if (text.size() < 6 || (text[0] != ' ' && text[0] != 'T') || text[3] != ':') return false;
  if (!Digits(text.substr(1, 2), &hour) || !Digits(text.substr(4, 2), &minute)) return false;
  text.remove_prefix(6);
  if (text.size() >= 3 && text[0] == ':') {
    if (!Digits(text.substr(1, 2), &second)) return false;
    text.remove_prefix(3);
    if (!text.empty() && text[0] == '.') {
      size_t end = text.find_first_not_of("0123456789", 1);
      std::string digits(text.substr(1, end == std::string_view::npos ? end : end - 1));
      if (digits.empty() || digits.size() > 9) return false;
      text.remove_prefix(digits.size() + 1);
      digits.resize(6, '0');
      Digits(digits, &fraction);
    }
    if (text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':') {
      int64_t hours, minutes;
      if (!Digits(text.substr(1, 2), &hours) || !Digits(text.substr(4, 2), &minutes)) return false;
      if (hours > 14 || minutes > 59) return false;
      offset = (hours * 60 + minutes) * 60 * (text[0] == '-' ? -1 : 1);
      text = {};
    } else if (text == "Z") {
      text = {};
    }
  }
  if (!text.empty() || hour > 23 || minute > 59 || second > 59) return false;
  *micros += ((hour * 60 + minute) * 60 + second - offset) * kMicrosPerSecond + fraction;
  return *micros >= kTimestampMin && *micros <= kTimestampMax;
}

std::string DateText(int32_t days) {
  CivilDate date = CivilOfDays(days);
  std::string out;
  AppendPadded(&out, date.year, 4);
  out += '-';
  AppendPadded(&out, date.month, 2);
  out += '-';
  AppendPadded(&out, date.day, 2);
  return out;
}

std::string TimestampText(int64_t micros) {
  int64_t in_day = FloorModulo(micros, kMicrosPerDay);
  std::string out = DateText(static_cast<int32_t>(FloorDivide(micros, kMicrosPerDay)));
  int64_t seconds = in_day / kMicrosPerSecond;
  out += ' ';
  AppendPadded(&out, seconds / 3600, 2);
  out += ':';
  AppendPadded(&out, seconds / 60 % 60, 2);
  out += ':';
  AppendPadded(&out, seconds % 60, 2);
  if (int64_t fraction = in_day % kMicrosPerSecond) {
    out += '.';
    AppendPadded(&out, fraction, 6);
    while (out.back() == '0') out.pop_back();
  }
  return out;
}

std::string DecimalText(__int128 value, int scale) {
  std::string digits = UnsignedText(Magnitude(value));
  auto after = static_cast<size_t>(scale);
  if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
  if (after > 0) digits.insert(digits.size() - after, ".");
  return value < 0 ? "-" + digits : digits;
}

std::string DoubleText(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  std::array<char, 40> buffer;
  auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                           std::chars_format::scientific)
                 .ptr;
  std::string text(buffer.data(), end);
  size_t e = text.find('e');
  std::string exponent = text.substr(e + 2);
  while (exponent.size() > 1 && exponent[0] == '0') exponent.erase(0, 1);
  return text.substr(0, e + 1) + (text[e + 1] == '-' && exponent != "0" ? "-" : "") + exponent;
}

__int128 PowerOfTen(int exponent) {
  __int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

__int128 DivideByPowerOfTen(__int128 value, int digits) {
  if (digits <= 0) return value;
  __int128 power = PowerOfTen(digits);
  __int128 quotient = value / power, rest = value % power;
  if (rest >= power - rest) return quotient + 1;
  if (-rest >= power + rest) return quotient - 1;
  return quotient;
}

double DoubleOfDecimal(__int128 value, int scale) {
  static constexpr std::array<double, 23> kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr __int128 kExact = __int128{1} << 53;
  if (value >= -kExact && value <= kExact && scale <= 22) {  // one rounding: the division
    return static_cast<double>(static_cast<int64_t>(value)) / kPowers[static_cast<size_t>(scale)];
  }
  double out = 0;
  ParseDoubleText(DecimalText(value, scale), &out);
  return out;
}

bool DecimalOfDouble(double value, int precision, int scale, __int128* out) {
  if (!std::isfinite(value)) return false;
  std::array<char, 40> buffer;
  auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return ParseDecimalText({buffer.data(), static_cast<size_t>(end - buffer.data())}, precision,
                          scale, out);
}

std::shared_ptr<arrow::Scalar> NumberLiteral(const std::string& text) {
  if (text.find_first_of("eE") != std::string::npos) {
    double value;
    if (!ParseDoubleText(text, &value) || std::isinf(value)) return nullptr;
    return std::make_shared<arrow::DoubleScalar>(value);
  }
  size_t point = text.find('.');
  int64_t integer;
  if (point == std::string::npos && ParseIntText(text, &integer)) {
    return std::make_shared<arrow::Int64Scalar>(integer);
  }
  size_t scale = point == std::string::npos ? 0 : text.size() - point - 1;
  size_t first = text.find_first_not_of("-0");
  size_t before = first == std::string::npos || first >= std::min(point, text.size())
                      ? 0
                      : std::min(point, text.size()) - first;
  size_t precision = std::max<size_t>(1, before + scale);
  __int128 value;
  if (precision > 38 ||
      !ParseDecimalText(text, static_cast<int>(precision), static_cast<int>(scale), &value)) {
    return nullptr;
  }
  return DecimalScalar(value, static_cast<int>(precision), static_cast<int>(scale));
}

std::shared_ptr<arrow::Scalar> DateLiteral(const std::string& text) {
  int32_t days;
  if (!ParseDateText(text, &days)) return nullptr;
  return std::make_shared<arrow::Date32Scalar>(days);
}

std::shared_ptr<arrow::Scalar> TimestampLiteral(const std::string& text) {
  int64_t micros;
  if (!ParseTimestampText(text, &micros)) return nullptr;
  return std::make_shared<arrow::TimestampScalar>(micros, TimestampType());
}

std::shared_ptr<arrow::Scalar> IntervalScalar(const Interval& interval) {
  // Arrow counts nanoseconds here and would overflow: the field holds microseconds instead, and no
  // interval ever leaves this folder.
  return std::make_shared<arrow::MonthDayNanoIntervalScalar>(
      arrow::MonthDayNanoIntervalType::MonthDayNanos{interval.months, interval.days,
                                                     interval.micros});
}

Interval IntervalOf(const arrow::Scalar& scalar) {
  const auto& value = static_cast<const arrow::MonthDayNanoIntervalScalar&>(scalar).value;
  return {value.months, value.days, value.nanoseconds};
}

std::shared_ptr<arrow::Scalar> DecimalScalar(__int128 value, int precision, int scale) {
  arrow::Decimal128 decimal(static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value));
  return std::make_shared<arrow::Decimal128Scalar>(decimal, arrow::decimal128(precision, scale));
}

__int128 DecimalOf(const arrow::Scalar& scalar) {
  const auto& decimal = static_cast<const arrow::Decimal128Scalar&>(scalar).value;
  return static_cast<__int128>((static_cast<unsigned __int128>(decimal.high_bits()) << 64) |
                               decimal.low_bits());
}

}  // namespace tamis
