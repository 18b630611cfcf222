// Texts to values and back, as CAST and literals mean them: strict, one spelling on every engine.
// Knows no arrays.
#pragma once

#include <arrow/scalar.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "expr/ast.h"

namespace tamis {

inline constexpr int64_t kMicrosPerSecond = 1000000;
inline constexpr int64_t kMicrosPerDay = 86400 * kMicrosPerSecond;
/// 0001-01-01 and 9999-12-31, the first and last date, in days since 1970-01-01.
inline constexpr int32_t kDateMin = -719162;
inline constexpr int32_t kDateMax = 2932896;
/// The first and last microsecond of those days.
inline constexpr int64_t kTimestampMin = kDateMin * kMicrosPerDay;
inline constexpr int64_t kTimestampMax = (int64_t{kDateMax} + 1) * kMicrosPerDay - 1;

/// A date of the proleptic Gregorian calendar.
struct CivilDate {
  int32_t year = 1970;
  int32_t month = 1;
  int32_t day = 1;
};

/// Days since 1970-01-01 to a date and back (H. Hinnant, "chrono-compatible low-level date
/// algorithms").
inline CivilDate CivilOfDays(int32_t days) {
  auto shifted = static_cast<uint32_t>(days + 719468);  // since 0000-03-01; dates begin in 0001
  uint32_t era = shifted / 146097;
  uint32_t day_of_era = shifted - era * 146097;
  uint32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  uint32_t month_index = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int32_t>(day_of_year - (153 * month_index + 2) / 5 + 1);
  date.month = static_cast<int32_t>(month_index < 10 ? month_index + 3 : month_index - 9);
  date.year = static_cast<int32_t>(year_of_era + era * 400) + (date.month <= 2 ? 1 : 0);
  return date;
}
inline int32_t DaysOfCivil(int32_t year, int32_t month, int32_t day) {
  auto shifted = static_cast<uint32_t>(month <= 2 ? year - 1 : year);
  uint32_t era = shifted / 400;
  uint32_t year_of_era = shifted - era * 400;
  auto month_index = static_cast<uint32_t>(month > 2 ? month - 3 : month + 9);
  uint32_t day_of_year = (153 * month_index + 2) / 5 + static_cast<uint32_t>(day) - 1;
  uint32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<int32_t>(era * 146097 + day_of_era) - 719468;
}
inline bool IsLeapYear(int32_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
int32_t DaysInMonth(int32_t year, int32_t month);

/// Quotient and remainder that round towards minus infinity; `divisor` > 0.
inline int64_t FloorDivide(int64_t value, int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}
inline int64_t FloorModulo(int64_t value, int64_t divisor) {
  int64_t rest = value % divisor;
  return rest < 0 ? rest + divisor : rest;
}

/// `date` plus whole months; the day is cut to the month's last. False outside years 1 to 9999.
bool AddMonths(int32_t days, int64_t months, int32_t* out);

/// Each reads a whole text in the one spelling that docs/expressions.md gives; false otherwise.
bool ParseBoolText(std::string_view text, bool* out);
bool ParseIntText(std::string_view text, int64_t* out);
bool ParseDoubleText(std::string_view text, double* out);
/// Rounds half away from zero to `scale`; false if more than `precision` digits are left. An
/// exponent is read too (a double's text has one), but SQL text is checked with
/// IsPlainDecimalText first.
bool ParseDecimalText(std::string_view text, int precision, int scale, __int128* out);
bool IsPlainDecimalText(std::string_view text);
bool ParseDateText(std::string_view text, int32_t* days);
bool ParseTimestampText(std::string_view text, int64_t* micros);

/// The texts that CAST(x AS text) gives.
std::string DateText(int32_t days);
std::string TimestampText(int64_t micros);  // 2024-12-31 23:59:59.5
std::string DecimalText(__int128 value, int scale);
/// The shortest text that parses back to the same double, always with an exponent: 1.5e0.
std::string DoubleText(double value);

/// 10 to the power of `exponent`, 0 to 38.
__int128 PowerOfTen(int exponent);
/// `value` / 10^`digits`, rounded half away from zero.
__int128 DivideByPowerOfTen(__int128 value, int digits);
/// The double nearest to `value` / 10^`scale`.
double DoubleOfDecimal(__int128 value, int scale);
/// `value` rounded half away from zero to `scale` digits as its shortest decimal text has them;
/// false if more than `precision` digits are left or it is no number.
bool DecimalOfDouble(double value, int precision, int scale, __int128* out);

/// Literals; nullptr if the text is none or too large. Numbers: digits make a bigint (or a decimal
/// beyond its range), a point a decimal, an exponent a double.
std::shared_ptr<arrow::Scalar> NumberLiteral(const std::string& text);
std::shared_ptr<arrow::Scalar> DateLiteral(const std::string& text);
std::shared_ptr<arrow::Scalar> TimestampLiteral(const std::string& text);
std::shared_ptr<arrow::Scalar> IntervalScalar(const Interval& interval);
Interval IntervalOf(const arrow::Scalar& scalar);
std::shared_ptr<arrow::Scalar> DecimalScalar(__int128 value, int precision, int scale);
__int128 DecimalOf(const arrow::Scalar& scalar);

}  // namespace tamis
