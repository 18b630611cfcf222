// Dates and timestamps over whole columns: parts, truncation, arithmetic. All in UTC.
#include <array>

#include "expr/functions.h"
#include "expr/value.h"

namespace tamis {
namespace {

/// A computed date or timestamp outside years 1 to 9999 is an error.
Result<Vector> Checked(const KernelCall& call, Vector out, bool failed) {
  if (!failed) return out;
  return call.Error("the result is outside the years 1 to 9999");
}

// Input dates may lie anywhere (a Parquet file holds what it holds): they are cut to the calendar
// that is computed with, so that no arithmetic overflows.
int32_t CutDays(int64_t days) {
  return static_cast<int32_t>(std::clamp<int64_t>(days, kDateMin, kDateMax));
}

int32_t DaysOfMicros(int64_t micros) { return CutDays(FloorDivide(micros, kMicrosPerDay)); }

/// A column of events changes its day seldom: the last day's answer is kept.
template <typename Part>
Result<Vector> DatePart(const KernelCall& call, Part part) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  int32_t last_day = 0;
  int64_t last = part(0);
  auto of_day = [&](int32_t day) {
    if (day == last_day) return last;
    last_day = day;
    last = part(day);
    return last;
  };
  if (call.arguments[0].kind == Kind::kDate) {
    NumberView<int32_t> days(call.arguments[0]);
    return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity),
                               [&](int64_t row) { return of_day(CutDays(days[row])); });
  }
  NumberView<int64_t> micros(call.arguments[0]);
  return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity),
                             [&](int64_t row) { return of_day(DaysOfMicros(micros[row])); });
}

template <typename Part>
Result<Vector> TimePart(const KernelCall& call, Part part) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> micros(call.arguments[0]);
  return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity),
                             [&](int64_t row) { return part(micros[row]); });
}

int64_t IsoDayOfWeek(int32_t days) { return FloorModulo(int64_t{days} + 3, 7) + 1; }

int64_t DayOfYear(int32_t days) { return days - DaysOfCivil(CivilOfDays(days).year, 1, 1) + 1; }

/// The week that holds a year's first Thursday is its first.
int64_t IsoWeek(int32_t days) {
  auto thursday = static_cast<int32_t>(days - IsoDayOfWeek(days) + 4);
  if (thursday > kDateMax) return 52;  // 9999-12-31 is a Friday: not reached
  return (DayOfYear(thursday) - 1) / 7 + 1;
}

int32_t TruncateDays(DateUnit unit, int32_t days) {
  CivilDate date = CivilOfDays(days);
  switch (unit) {
    case DateUnit::kYear:
      return DaysOfCivil(date.year, 1, 1);
    case DateUnit::kQuarter:
      return DaysOfCivil(date.year, (date.month - 1) / 3 * 3 + 1, 1);
    case DateUnit::kMonth:
      return DaysOfCivil(date.year, date.month, 1);
    case DateUnit::kWeek:  // 0001-01-01 is a Monday: no week begins before the calendar
      return static_cast<int32_t>(days - IsoDayOfWeek(days) + 1);
    default:
      return days;
  }
}

int64_t MicrosOf(DateUnit unit) {
  return unit == DateUnit::kHour     ? 3600 * kMicrosPerSecond
         : unit == DateUnit::kMinute ? 60 * kMicrosPerSecond
                                     : kMicrosPerSecond;
}

/// The number of a unit since its begin; the difference of two is how many borders lie between.
int64_t UnitNumber(DateUnit unit, int32_t days, int64_t micros) {
  switch (unit) {
    case DateUnit::kYear:
      return CivilOfDays(days).year;
    case DateUnit::kQuarter:
    case DateUnit::kMonth: {
      CivilDate date = CivilOfDays(days);
      return unit == DateUnit::kMonth ? int64_t{date.year} * 12 + date.month
                                      : int64_t{date.year} * 4 + (date.month - 1) / 3;
    }
    case DateUnit::kWeek:
      return FloorDivide(int64_t{days} + 3, 7);
    case DateUnit::kDay:
      return days;
    default:
      return FloorDivide(micros, MicrosOf(unit));
  }
}

bool AddToDays(int32_t days, int64_t months, int64_t more_days, int32_t* out) {
  if (!AddMonths(CutDays(days), months, out)) return false;
  int64_t sum;
  if (__builtin_add_overflow(int64_t{*out}, more_days, &sum)) return false;
  *out = CutDays(sum);
  return sum >= kDateMin && sum <= kDateMax;
}

bool AddToMicros(int64_t micros, int64_t months, int64_t days, int64_t more, int64_t* out) {
  int32_t day = DaysOfMicros(micros);
  int64_t in_day = FloorModulo(micros, kMicrosPerDay);
  int64_t sum = 0;
  bool good = AddToDays(day, months, days, &day) &&
              !__builtin_add_overflow(day * kMicrosPerDay + in_day, more, &sum) &&
              sum >= kTimestampMin && sum <= kTimestampMax;
  *out = sum;
  return good;
}

/// `amount(row)` gives months, days and microseconds to add, or false if it is too large.
struct Amount {
  int64_t months = 0, days = 0, micros = 0;
  bool good = true;
};

template <typename AmountAt>
Result<Vector> AddAmounts(const KernelCall& call, const Vector& times, AmountAt amount_at) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  bool failed = false;
  if (times.kind == Kind::kDate) {
    NumberView<int32_t> days(times);
    ARROW_ASSIGN_OR_RAISE(
        Vector out, MapNumbers<int32_t>(arrow::date32(), call.length, validity, [&](int64_t row) {
          int32_t sum = 0;
          if (!ValidAt(validity, row)) return sum;
          Amount amount = amount_at(row);
          failed |= !amount.good || !AddToDays(days[row], amount.months, amount.days, &sum);
          return sum;
        }));
    return Checked(call, std::move(out), failed);
  }
  NumberView<int64_t> micros(times);
  ARROW_ASSIGN_OR_RAISE(
      Vector out, MapNumbers<int64_t>(TimestampType(), call.length, validity, [&](int64_t row) {
        int64_t sum = 0;
        if (!ValidAt(validity, row)) return sum;
        Amount amount = amount_at(row);
        failed |= !amount.good ||
                  !AddToMicros(micros[row], amount.months, amount.days, amount.micros, &sum);
        return sum;
      }));
  return Checked(call, std::move(out), failed);
}

Result<Vector> AddInterval(const KernelCall& call, int64_t sign) {
  const Interval& interval = call.node.prepared->interval;
  Amount amount{sign * interval.months, sign * interval.days, sign * interval.micros, true};
  return AddAmounts(call, call.arguments[0], [&](int64_t) { return amount; });
}

Amount AmountOf(DateUnit unit, int64_t count) {
  Amount amount;
  switch (unit) {
    case DateUnit::kYear:
      amount.good = !__builtin_mul_overflow(count, int64_t{12}, &amount.months);
      break;
    case DateUnit::kQuarter:
      amount.good = !__builtin_mul_overflow(count, int64_t{3}, &amount.months);
      break;
    case DateUnit::kMonth:
      amount.months = count;
      break;
    case DateUnit::kWeek:
      amount.good = !__builtin_mul_overflow(count, int64_t{7}, &amount.days);
      break;
    case DateUnit::kDay:
      amount.days = count;
      break;
    default:
      amount.good = !__builtin_mul_overflow(count, MicrosOf(unit), &amount.micros);
  }
  return amount;
}

void AppendNumber(std::string* out, int64_t value, size_t width) {
  std::string digits = std::to_string(value);
  out->append(digits.size() < width ? width - digits.size() : 0, '0');
  *out += digits;
}

void FormatTime(std::string_view format, int32_t days, int64_t in_day, std::string* out) {
  CivilDate date = CivilOfDays(days);
  out->clear();
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      *out += format[i];
      continue;
    }
    int64_t seconds = in_day / kMicrosPerSecond;
    switch (format[++i]) {
      case 'Y':
        AppendNumber(out, date.year, 4);
        break;
      case 'y':
        AppendNumber(out, date.year % 100, 2);
        break;
      case 'm':
        AppendNumber(out, date.month, 2);
        break;
      case 'd':
        AppendNumber(out, date.day, 2);
        break;
      case 'H':
        AppendNumber(out, seconds / 3600, 2);
        break;
      case 'M':
        AppendNumber(out, seconds / 60 % 60, 2);
        break;
      case 'S':
        AppendNumber(out, seconds % 60, 2);
        break;
      case 'f':
        AppendNumber(out, in_day % kMicrosPerSecond, 6);
        break;
      case 'j':
        AppendNumber(out, DayOfYear(days), 3);
        break;
      default:
        *out += '%';
    }
  }
}

Result<Vector> FromUnits(const KernelCall& call, int64_t factor) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> counts(call.arguments[0]);
  bool failed = false;
  ARROW_ASSIGN_OR_RAISE(
      Vector out, MapNumbers<int64_t>(TimestampType(), call.length, validity, [&](int64_t row) {
        int64_t micros = 0;
        if (!ValidAt(validity, row)) return micros;
        failed |= __builtin_mul_overflow(counts[row], factor, &micros) || micros < kTimestampMin ||
                  micros > kTimestampMax;
        return micros;
      }));
  return Checked(call, std::move(out), failed);
}

}  // namespace

Result<Vector> AddIntervalKernel(const KernelCall& call) { return AddInterval(call, 1); }
Result<Vector> SubtractIntervalKernel(const KernelCall& call) { return AddInterval(call, -1); }

Result<Vector> YearKernel(const KernelCall& call) {
  return DatePart(call, [](int32_t days) -> int64_t { return CivilOfDays(days).year; });
}
Result<Vector> QuarterKernel(const KernelCall& call) {
  return DatePart(call,
                  [](int32_t days) -> int64_t { return (CivilOfDays(days).month - 1) / 3 + 1; });
}
Result<Vector> MonthKernel(const KernelCall& call) {
  return DatePart(call, [](int32_t days) -> int64_t { return CivilOfDays(days).month; });
}
Result<Vector> WeekKernel(const KernelCall& call) { return DatePart(call, IsoWeek); }
Result<Vector> DayKernel(const KernelCall& call) {
  return DatePart(call, [](int32_t days) -> int64_t { return CivilOfDays(days).day; });
}
Result<Vector> DayOfWeekKernel(const KernelCall& call) { return DatePart(call, IsoDayOfWeek); }
Result<Vector> DayOfYearKernel(const KernelCall& call) { return DatePart(call, DayOfYear); }

Result<Vector> HourKernel(const KernelCall& call) {
  return TimePart(call, [](int64_t micros) {
    return FloorModulo(micros, kMicrosPerDay) / (3600 * kMicrosPerSecond);
  });
}
Result<Vector> MinuteKernel(const KernelCall& call) {
  return TimePart(call, [](int64_t micros) {
    return FloorModulo(micros, 3600 * kMicrosPerSecond) / (60 * kMicrosPerSecond);
  });
}
Result<Vector> SecondKernel(const KernelCall& call) {
  return TimePart(call, [](int64_t micros) {
    return FloorModulo(micros, 60 * kMicrosPerSecond) / kMicrosPerSecond;
  });
}

Result<Vector> DateKernel(const KernelCall& call) {
  if (call.arguments[0].kind == Kind::kDate) return call.arguments[0];
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> micros(call.arguments[0]);
  return MapNumbers<int32_t>(arrow::date32(), call.length, std::move(validity), [&](int64_t row) {
    return static_cast<int32_t>(FloorDivide(micros[row], kMicrosPerDay));
  });
}

Result<Vector> DateTruncKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  auto unit = static_cast<DateUnit>(call.node.prepared->number);
  if (call.arguments[1].kind == Kind::kDate) {
    NumberView<int32_t> days(call.arguments[1]);
    return MapNumbers<int32_t>(arrow::date32(), call.length, std::move(validity),
                               [&](int64_t row) { return TruncateDays(unit, CutDays(days[row])); });
  }
  NumberView<int64_t> micros(call.arguments[1]);
  if (unit >= DateUnit::kHour) {
    int64_t size = MicrosOf(unit);
    return MapNumbers<int64_t>(TimestampType(), call.length, std::move(validity), [&](int64_t row) {
      return micros[row] - FloorModulo(micros[row], size);
    });
  }
  return MapNumbers<int64_t>(TimestampType(), call.length, std::move(validity), [&](int64_t row) {
    return TruncateDays(unit, DaysOfMicros(micros[row])) * kMicrosPerDay;
  });
}

Result<Vector> DateAddKernel(const KernelCall& call) {
  auto unit = static_cast<DateUnit>(call.node.prepared->number);
  NumberView<int64_t> counts(call.arguments[1]);
  return AddAmounts(call, call.arguments[2],
                    [&](int64_t row) { return AmountOf(unit, counts[row]); });
}

Result<Vector> DateDiffKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  auto unit = static_cast<DateUnit>(call.node.prepared->number);
  if (call.arguments[1].kind == Kind::kDate) {
    NumberView<int32_t> from(call.arguments[1]), to(call.arguments[2]);
    return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity), [&](int64_t row) {
      return UnitNumber(unit, CutDays(to[row]), 0) - UnitNumber(unit, CutDays(from[row]), 0);
    });
  }
  NumberView<int64_t> from(call.arguments[1]), to(call.arguments[2]);
  return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity), [&](int64_t row) {
    return UnitNumber(unit, DaysOfMicros(to[row]), to[row]) -
           UnitNumber(unit, DaysOfMicros(from[row]), from[row]);
  });
}

Result<Vector> LastDayKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  auto last_day = [](int32_t days) {
    CivilDate date = CivilOfDays(days);
    return DaysOfCivil(date.year, date.month, DaysInMonth(date.year, date.month));
  };
  if (call.arguments[0].kind == Kind::kDate) {
    NumberView<int32_t> days(call.arguments[0]);
    return MapNumbers<int32_t>(arrow::date32(), call.length, std::move(validity),
                               [&](int64_t row) { return last_day(CutDays(days[row])); });
  }
  NumberView<int64_t> micros(call.arguments[0]);
  return MapNumbers<int32_t>(arrow::date32(), call.length, std::move(validity),
                             [&](int64_t row) { return last_day(DaysOfMicros(micros[row])); });
}

Result<Vector> MakeDateKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> years(call.arguments[0]), months(call.arguments[1]), days(call.arguments[2]);
  int64_t failed = -1;
  ARROW_ASSIGN_OR_RAISE(
      Vector out, MapNumbers<int32_t>(arrow::date32(), call.length, validity, [&](int64_t row) {
        if (!ValidAt(validity, row)) return 0;
        int64_t year = years[row], month = months[row], day = days[row];
        bool good = year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
                    day <= DaysInMonth(static_cast<int32_t>(year), static_cast<int32_t>(month));
        if (!good && failed < 0) failed = row;
        return good ? DaysOfCivil(static_cast<int32_t>(year), static_cast<int32_t>(month),
                                  static_cast<int32_t>(day))
                    : 0;
      }));
  if (failed < 0) return out;
  return call.Error("there is no date " + std::to_string(years[failed]) + "-" +
                    std::to_string(months[failed]) + "-" + std::to_string(days[failed]));
}

Result<Vector> EpochKernel(const KernelCall& call) {
  return TimePart(call, [](int64_t micros) { return FloorDivide(micros, kMicrosPerSecond); });
}
Result<Vector> EpochMsKernel(const KernelCall& call) {
  return TimePart(call, [](int64_t micros) { return FloorDivide(micros, 1000); });
}
Result<Vector> EpochUsKernel(const KernelCall& call) {
  return TimePart(call, [](int64_t micros) { return micros; });
}
Result<Vector> ToTimestampKernel(const KernelCall& call) {
  return FromUnits(call, kMicrosPerSecond);
}
Result<Vector> ToTimestampMsKernel(const KernelCall& call) { return FromUnits(call, 1000); }

Result<Vector> StrftimeKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments.first(1), call.length));
  const std::string& format = call.node.prepared->text;
  std::string buffer;
  if (call.arguments[0].kind == Kind::kDate) {
    NumberView<int32_t> days(call.arguments[0]);
    return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
      FormatTime(format, CutDays(days[row]), 0, &buffer);
      return out->Append(buffer);
    });
  }
  NumberView<int64_t> micros(call.arguments[0]);
  return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
    FormatTime(format, DaysOfMicros(micros[row]), FloorModulo(micros[row], kMicrosPerDay), &buffer);
    return out->Append(buffer);
  });
}

Result<Vector> WindowStartKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments.subspan(1), call.length));
  NumberView<int64_t> micros(call.arguments[1]);
  int64_t size = call.node.prepared->number;
  // Rows of one window stand together as a rule; staying in it costs no division.
  int64_t begin = 0;
  return MapNumbers<int64_t>(TimestampType(), call.length, std::move(validity), [&](int64_t row) {
    uint64_t into = static_cast<uint64_t>(micros[row]) - static_cast<uint64_t>(begin);
    if (into >= static_cast<uint64_t>(size)) {
      int64_t rest = FloorModulo(micros[row], size);
      // A column may hold the least bigint; its window would begin before it.
      begin = micros[row] < INT64_MIN + rest ? INT64_MIN : micros[row] - rest;
    }
    return begin;
  });
}

}  // namespace tamis
