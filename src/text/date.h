// Text to dates, times and timestamps (ISO 8601, proleptic Gregorian) and back. Does not know
// time zones by name: see zone.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/number.h"

namespace tamis {

/// The unit that times are counted in; ten to the power of 3 * its number to a second.
enum class TimeUnit : uint8_t { kSecond, kMilli, kMicro, kNano };

/// Units in a second: 1, 1000, 1000000, 1000000000.
int64_t UnitsPerSecond(TimeUnit unit);

/// A timestamp and the zone that its text named, if any.
struct ParsedTimestamp {
  int64_t value = 0;           // units since 1970-01-01T00:00:00, in UTC if has_offset, else local
  int32_t offset_seconds = 0;  // east of UTC; 0 for `Z`
  bool has_offset = false;
};

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (not checked).
int32_t DaysFromCivil(int year, unsigned month, unsigned day);

/// Parses `YYYY-MM-DD` (years 0001 to 9999) into days since 1970-01-01. kInvalid for any other
/// shape and for dates that the calendar doesn't have.
ParseResult ParseDate(std::string_view text, int32_t* days);

/// Parses `YYYY-MM-DD`, then optionally `T`, `t` or one space, `HH:MM`, `:SS`, `.` or `,` and 1 to
/// 9 digits, then `Z`, `z`, `+HH:MM`, `+HHMM`, `+HH` (or `-`, at most 18 hours) or nothing. A date
/// alone is its midnight. Digits finer than the unit are cut (as in DuckDB and Spark). kInvalid for
/// hour 24, second 60 and whatever else isn't on the clock or the calendar; kOverflow if the unit
/// can't count that far (only kNano: before 1677-09-22 or after 2262-04-11).
ParseResult ParseTimestamp(std::string_view text, TimeUnit unit, ParsedTimestamp* out);

/// Parses `HH:MM` with optional `:SS` and fraction of 1 to 9 digits into units since midnight.
ParseResult ParseTime(std::string_view text, TimeUnit unit, int64_t* out);

/// Bytes that any Format function below may write.
inline constexpr int kDateTextBytes = 48;

/// Each writes the text at `out` and returns its end. Years outside 0000 to 9999 have a sign and at
/// least 4 digits.
/// `YYYY-MM-DD`.
char* FormatDate(int32_t days, char* out);
/// `YYYY-MM-DDTHH:MM:SS`, then `.` and 3, 6 or 9 digits if it isn't a whole second, the fewest that
/// lose nothing.
char* FormatLocalTimestamp(int64_t value, TimeUnit unit, char* out);
/// The same with `Z` at the end: an instant in UTC.
char* FormatUtcTimestamp(int64_t value, TimeUnit unit, char* out);
/// `HH:MM:SS` and the fraction as above.
char* FormatTime(int64_t value, TimeUnit unit, char* out);

}  // namespace tamis
