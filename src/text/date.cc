// Dates and times by arithmetic on 8-byte words. See date.h.
//
// PERF NOTES. `HH:MM:SS` is one 8-byte word: XOR with "00:00:00" leaves digits and zeros, one mask
// checks all eight bytes, and `t * 10 + (t >> 8)` makes the three numbers at once. The day number
// is the formula of Neri and Schneider (Euclidean affine functions, 2022). All loads stay within
// the text, so no padding is needed.
#include "text/date.h"

#include <limits>

namespace tamis {
namespace {

using internal::Load64;

constexpr uint64_t kHighNibbles = 0xF0F0F0F0F0F0F0F0;
constexpr uint64_t kSixes = 0x0606060606060606;
constexpr int64_t kSecondsPerDay = 86400;
constexpr int kOffsetSecondsMax = 18 * 3600;
constexpr int64_t kUnitsPerSecond[] = {1, 1'000, 1'000'000, 1'000'000'000};
constexpr int kUnitDigits[] = {0, 3, 6, 9};
constexpr uint32_t kPowers10[] = {1,      10,      100,      1000,      10000,
                                  100000, 1000000, 10000000, 100000000, 1000000000};
constexpr uint8_t kMonthDays[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// A word of the text with zeros where `shape` has its separators and the digits' values elsewhere,
// or with bits that make Fits false.
constexpr bool Fits(uint64_t digits, uint64_t separators) {
  return (((digits | (digits + kSixes)) & kHighNibbles) | (digits & separators)) == 0;
}

// Byte i: the number of the two digits i and i + 1.
constexpr uint64_t Pairs(uint64_t digits) { return digits * 10 + (digits >> 8); }

constexpr unsigned ByteAt(uint64_t word, int index) { return (word >> (index * 8)) & 0xFF; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Two digits, or a number above 99.
unsigned TwoDigits(const char* p) {
  unsigned high = static_cast<unsigned char>(p[0]) - '0';
  unsigned low = static_cast<unsigned char>(p[1]) - '0';
  return high <= 9 && low <= 9 ? high * 10 + low : 100;
}

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

// The ten bytes of a date.
bool ParseDate10(const char* p, int32_t* days) {
  constexpr uint64_t kShape = 0x2D30302D30303030;  // 0000-00-
  constexpr uint64_t kSeparators = 0xFF0000FF00000000;
  uint64_t digits = Load64(p) ^ kShape;
  if (!Fits(digits, kSeparators)) return false;
  uint64_t pairs = Pairs(digits);
  int year = static_cast<int>(ByteAt(pairs, 0) * 100 + ByteAt(pairs, 2));
  unsigned month = ByteAt(pairs, 5);
  unsigned day = TwoDigits(p + 8);
  if (year == 0 || month - 1 >= 12 || day == 0) return false;
  if (day > kMonthDays[month] && !(month == 2 && day == 29 && IsLeap(year))) return false;
  *days = DaysFromCivil(year, month, day);
  return true;
}

// The eight bytes `HH:MM:SS`.
bool ParseClock8(const char* p, int32_t* seconds) {
  constexpr uint64_t kShape = 0x30303A30303A3030;  // 00:00:00
  constexpr uint64_t kSeparators = 0x0000FF0000FF0000;
  uint64_t digits = Load64(p) ^ kShape;
  if (!Fits(digits, kSeparators)) return false;
  uint64_t pairs = Pairs(digits);
  unsigned hour = ByteAt(pairs, 0), minute = ByteAt(pairs, 3), second = ByteAt(pairs, 6);
  *seconds = static_cast<int32_t>(hour * 3600 + minute * 60 + second);
  return hour < 24 && minute < 60 && second < 60;
}

// A cursor over the rest of a text.
struct Rest {
  const char* p;
  const char* end;
  size_t size() const { return static_cast<size_t>(end - p); }
};

// `HH:MM` and optionally `:SS` and a fraction in nanoseconds.
bool ParseClock(Rest* rest, int32_t* seconds, uint32_t* nanos) {
  if (rest->size() >= 8 && rest->p[5] == ':') {
    if (!ParseClock8(rest->p, seconds)) return false;
    rest->p += 8;
  } else {
    if (rest->size() < 5 || rest->p[2] != ':') return false;
    unsigned hour = TwoDigits(rest->p), minute = TwoDigits(rest->p + 3);
    if (hour > 23 || minute > 59) return false;
    *seconds = static_cast<int32_t>(hour * 3600 + minute * 60);
    rest->p += 5;
    return true;
  }
  if (rest->p == rest->end || (*rest->p != '.' && *rest->p != ',')) return true;
  ++rest->p;
  uint32_t value = 0;
  int count = 0;
  for (; count < 9 && rest->p < rest->end && IsDigit(*rest->p); ++count)
    value = value * 10 + static_cast<uint32_t>(*rest->p++ - '0');
  *nanos = value * kPowers10[9 - count];
  return count > 0;
}

// `Z`, `+HH:MM`, `+HHMM`, `+HH`, all that is left.
bool ParseOffset(const Rest& rest, int32_t* offset) {
  const char* p = rest.p;
  size_t size = rest.size();
  if (size == 1) {
    *offset = 0;
    return *p == 'Z' || *p == 'z';
  }
  if (*p != '+' && *p != '-') return false;
  if (size != 3 && size != 5 && !(size == 6 && p[3] == ':')) return false;
  unsigned hours = TwoDigits(p + 1);
  unsigned minutes = size == 3 ? 0 : TwoDigits(p + size - 2);
  int total = static_cast<int>(hours * 3600 + minutes * 60);
  if (minutes > 59 || total > kOffsetSecondsMax) return false;
  *offset = *p == '-' ? -total : total;
  return true;
}

// Euclidean division by a positive number.
struct Split {
  int64_t quotient;
  int64_t remainder;
};

Split FloorDivide(int64_t value, int64_t divisor) {
  int64_t quotient = value / divisor, remainder = value % divisor;
  if (remainder < 0) --quotient, remainder += divisor;
  return {quotient, remainder};
}

char* PutTwo(unsigned value, char* out) {
  out[0] = static_cast<char>('0' + value / 10);
  out[1] = static_cast<char>('0' + value % 10);
  return out + 2;
}

char* PutYear(int64_t year, char* out) {
  if (year >= 0 && year <= 9999) {
    PutTwo(static_cast<unsigned>(year / 100), out);
    return PutTwo(static_cast<unsigned>(year % 100), out + 2);
  }
  *out++ = year < 0 ? '-' : '+';
  char digits[24];
  char* end = FormatInt64(year < 0 ? -year : year, digits);
  for (auto count = end - digits; count < 4; ++count) *out++ = '0';
  for (char* p = digits; p < end; ++p) *out++ = *p;
  return out;
}

char* PutDate(int64_t days, char* out) {
  // Days from 0000-03-01, in eras of 400 years (146097 days), as in DaysFromCivil.
  Split era = FloorDivide(days + 719468, 146097);
  int64_t day_of_era = era.remainder;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t shifted_month = (5 * day_of_year + 2) / 153;  // 0 is March
  int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  out = PutYear(year_of_era + era.quotient * 400 + (month <= 2), out);
  *out++ = '-';
  out = PutTwo(static_cast<unsigned>(month), out);
  *out++ = '-';
  return PutTwo(static_cast<unsigned>(day), out);
}

char* PutClock(int64_t seconds, int64_t fraction, TimeUnit unit, char* out) {
  out = PutTwo(static_cast<unsigned>(seconds / 3600), out);
  *out++ = ':';
  out = PutTwo(static_cast<unsigned>(seconds / 60 % 60), out);
  *out++ = ':';
  out = PutTwo(static_cast<unsigned>(seconds % 60), out);
  if (fraction == 0) return out;
  int digits = kUnitDigits[static_cast<int>(unit)];
  for (; fraction % 1000 == 0; fraction /= 1000) digits -= 3;
  *out++ = '.';
  for (int i = digits; i-- > 0; fraction /= 10) out[i] = static_cast<char>('0' + fraction % 10);
  return out + digits;
}

}  // namespace

int64_t UnitsPerSecond(TimeUnit unit) { return kUnitsPerSecond[static_cast<int>(unit)]; }

int32_t DaysFromCivil(int year, unsigned month, unsigned day) {
  // The year begins in March, so that a leap day is its last day; 400 years are 146097 days.
  bool late = month <= 2;
  auto years = static_cast<uint32_t>(year - late + 400 * 1000);
  uint32_t months = late ? month + 12 : month;
  uint32_t centuries = years / 100;
  uint32_t year_days = static_cast<uint32_t>(1461ULL * years / 4) - centuries + centuries / 4;
  uint32_t month_days = (979 * months - 2919) / 32;
  return static_cast<int32_t>(year_days + month_days + day - 1) - (719468 + 146097 * 1000);
}

ParseResult ParseDate(std::string_view text, int32_t* days) {
  if (text.size() != 10 || !ParseDate10(text.data(), days)) return ParseResult::kInvalid;
  return ParseResult::kOk;
}

ParseResult ParseTimestamp(std::string_view text, TimeUnit unit, ParsedTimestamp* out) {
  int32_t days = 0, seconds = 0, offset = 0;
  uint32_t nanos = 0;
  bool has_offset = false;
  if (text.size() < 10 || !ParseDate10(text.data(), &days)) return ParseResult::kInvalid;
  if (text.size() > 10) {
    char separator = text[10];
    if (separator != 'T' && separator != ' ' && separator != 't') return ParseResult::kInvalid;
    Rest rest{text.data() + 11, text.data() + text.size()};
    if (!ParseClock(&rest, &seconds, &nanos)) return ParseResult::kInvalid;
    has_offset = rest.p != rest.end;
    if (has_offset && !ParseOffset(rest, &offset)) return ParseResult::kInvalid;
  }
  int64_t since_epoch = days * kSecondsPerDay + seconds - offset;
  int64_t units = kUnitsPerSecond[static_cast<int>(unit)];
  int64_t value = 0;
  if (__builtin_mul_overflow(since_epoch, units, &value)) return ParseResult::kOverflow;
  int64_t fraction = nanos / kPowers10[9 - kUnitDigits[static_cast<int>(unit)]];
  if (__builtin_add_overflow(value, fraction, &value)) return ParseResult::kOverflow;
  *out = {value, offset, has_offset};
  return ParseResult::kOk;
}

ParseResult ParseTime(std::string_view text, TimeUnit unit, int64_t* out) {
  Rest rest{text.data(), text.data() + text.size()};
  int32_t seconds = 0;
  uint32_t nanos = 0;
  if (!ParseClock(&rest, &seconds, &nanos) || rest.p != rest.end) return ParseResult::kInvalid;
  *out =
      seconds * UnitsPerSecond(unit) + nanos / kPowers10[9 - kUnitDigits[static_cast<int>(unit)]];
  return ParseResult::kOk;
}

char* FormatDate(int32_t days, char* out) { return PutDate(days, out); }

char* FormatLocalTimestamp(int64_t value, TimeUnit unit, char* out) {
  Split second = FloorDivide(value, UnitsPerSecond(unit));
  Split day = FloorDivide(second.quotient, kSecondsPerDay);
  out = PutDate(day.quotient, out);
  *out++ = 'T';
  return PutClock(day.remainder, second.remainder, unit, out);
}

char* FormatUtcTimestamp(int64_t value, TimeUnit unit, char* out) {
  out = FormatLocalTimestamp(value, unit, out);
  *out++ = 'Z';
  return out;
}

char* FormatTime(int64_t value, TimeUnit unit, char* out) {
  Split second = FloorDivide(value, UnitsPerSecond(unit));
  return PutClock(second.quotient, second.remainder, unit, out);
}

}  // namespace tamis
