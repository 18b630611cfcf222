// Providers of dates, times and steps through time. See provider.h.
#include <arrow/type.h>

#include <algorithm>

#include "base/hash.h"
#include "ops/distribution.h"
#include "ops/provider_range.h"

namespace tamis {
namespace {

constexpr int64_t kDaySeconds = 86400;

// How values spread over their range.
enum class Spread { kEven, kRecent, kBusiness };

Result<Spread> ReadSpread(ColumnScope& scope) {
  const std::vector<std::string> kNames = {"even", "recent", "business"};
  std::string name = "even";
  scope.options().OptionalEnum("spread", kNames, &name);
  return static_cast<Spread>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin());
}

// Numbers from the range's end backwards, half of them in the last eighth.
Register Recent(ColumnScope& scope, NumberRange range, int64_t unit) {
  // An exponential distribution whose median is an eighth of the range.
  constexpr int64_t kMedianShare = 8;
  // 1 / ln 2 * 2^20.
  constexpr int64_t kMeanOfMedian = 1512775;
  int64_t count = (range.high - range.low) / unit;
  __int128 mean = __int128{std::max<int64_t>(count, 1)} * kMeanOfMedian / kMedianShare;
  CurveKnots knots = ExponentialKnots();
  constexpr int kBits = 8;
  for (auto* side : {&knots.low, &knots.high}) {
    for (int64_t& knot : *side) {
      __int128 value = mean * knot >> (kExponentialBits + 20 - kBits);
      knot = static_cast<int64_t>(std::min<__int128>(value, int64_t{1} << 61));
    }
  }
  auto curve = std::make_shared<CurveFunction>(std::move(knots), kBits, range.high, -unit);
  // Seven of eight draws lie in the range: there is always something left.
  curve->Truncate(range.low, range.high);
  RegisterFacts facts{curve->min(), curve->max(), false};
  return scope.program().Apply(scope.OwnDraw(), std::move(curve), facts);
}

// Day number `n` of those from Monday to Friday, counted from the Monday of 1969-12-29.
class WeekdayFunction : public NumberFunction {
 public:
  static int64_t CountBefore(int64_t day) {
    int64_t since = day - kMonday;
    int64_t week = since >= 0 ? since / 7 : (since - 6) / 7;
    return week * 5 + std::min<int64_t>(since - week * 7, 5);
  }
  static int64_t DayOf(int64_t n) {
    int64_t week = n >= 0 ? n / 5 : (n - 4) / 5;
    return kMonday + week * 7 + (n - week * 5);
  }
  void Fill(const RowRange& rows, uint64_t, const int64_t* a, const int64_t*,
            int64_t* out) const override {
    for (size_t i = 0; i < rows.count; ++i) out[i] = DayOf(a[i]);
  }

 private:
  static constexpr int64_t kMonday = -3;  // 1970-01-01 was a Thursday
};

// Days from Monday to Friday in the range of days, each as likely.
Result<Register> Weekdays(ColumnScope& scope, NumberRange days, std::string_view draw) {
  static const auto kFunction = std::make_shared<const WeekdayFunction>();
  int64_t first = WeekdayFunction::CountBefore(days.low);
  int64_t count = WeekdayFunction::CountBefore(days.high + 1) - first;
  if (count < 1) {
    return UsageErrorAt(
        scope.place(),
        "no day from Monday to Friday lies between the bounds of column " + scope.column().name);
  }
  ProgramBuilder& program = scope.program();
  Register number = program.Uniform(scope.OwnDraw(draw), static_cast<uint64_t>(count), first);
  RegisterFacts facts{WeekdayFunction::DayOf(first), WeekdayFunction::DayOf(first + count - 1),
                      false};
  return program.Apply("", kFunction, facts, number);
}

int64_t DivideDown(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Seconds of working hours, 9 to 17, on days from Monday to Friday that lie in the range as a
// whole.
Result<Register> BusinessTimes(ColumnScope& scope, NumberRange range, int64_t second) {
  constexpr int64_t kOpens = 9 * 3600, kCloses = 17 * 3600;
  int64_t day = kDaySeconds * second;
  NumberRange days{DivideDown(range.low - kOpens * second + day - 1, day),
                   DivideDown(range.high - (kCloses - 1) * second, day)};
  if (days.low > days.high) {
    return UsageErrorAt(scope.place(),
                        "no working day lies between the bounds of column " + scope.column().name);
  }
  ARROW_ASSIGN_OR_RAISE(Register number, Weekdays(scope, days, "day"));
  ProgramBuilder& program = scope.program();
  Register time = program.Uniform(scope.OwnDraw("time"), kCloses - kOpens, kOpens * second, second);
  return program.Add(program.Multiply(number, program.Constant(day)), time);
}

Result<Register> DrawDays(ColumnScope& scope, NumberRange range) {
  ARROW_ASSIGN_OR_RAISE(Spread spread, ReadSpread(scope));
  if (spread == Spread::kRecent) return Recent(scope, range, 1);
  if (spread == Spread::kBusiness) return Weekdays(scope, range, "");
  return NumberIn(scope, range, 1);
}

Status EmitDays(ColumnScope& scope, NumberRange usual) {
  ARROW_ASSIGN_OR_RAISE(NumberRange range, ReadRange(scope, arrow::date32(), usual));
  ARROW_ASSIGN_OR_RAISE(Register day, DrawDays(scope, range));
  scope.Add(Part::Date(day));
  return Status::OK();
}

Status EmitDateOfBirth(ColumnScope& scope) {
  return EmitDays(scope, {DaysFromCivil(1940, 1, 1), DaysFromCivil(2005, 12, 31)});
}

Status EmitDate(ColumnScope& scope) {
  return EmitDays(scope, {DaysFromCivil(2000, 1, 1), DaysFromCivil(2025, 12, 31)});
}

Status EmitTimestamp(ColumnScope& scope) {
  bool text = scope.kind() == kTextValue;
  std::shared_ptr<arrow::DataType> type =
      text ? arrow::timestamp(arrow::TimeUnit::SECOND) : scope.column().type;
  int64_t second = UnitsPerSecond(UnitOf(*type));
  NumberRange usual{DaysFromCivil(2020, 1, 1) * kDaySeconds * second,
                    (DaysFromCivil(2026, 1, 1) * kDaySeconds - 1) * second};
  ARROW_ASSIGN_OR_RAISE(NumberRange range, ReadRange(scope, type, usual));
  ARROW_ASSIGN_OR_RAISE(Spread spread, ReadSpread(scope));
  Result<Register> value = spread == Spread::kRecent     ? Recent(scope, range, second)
                           : spread == Spread::kBusiness ? BusinessTimes(scope, range, second)
                                                         : NumberIn(scope, range, second);
  ARROW_RETURN_NOT_OK(value.status());
  scope.Add(PartOf(*type, *value));
  return Status::OK();
}

Status EmitTime(ColumnScope& scope) {
  const std::shared_ptr<arrow::DataType>& type = scope.column().type;
  int64_t second = UnitsPerSecond(UnitOf(*type));
  ARROW_ASSIGN_OR_RAISE(NumberRange range, ReadRange(scope, type, {0, (kDaySeconds - 1) * second}));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, second));
  scope.Add(PartOf(*type, number));
  return Status::OK();
}

// Advances by `least` to `most` from row to row, each as often. Rows are made in blocks of 64: the
// 32 steps of a block's first half are drawn, and each has its mirror image (least + most - step)
// somewhere in the second half. So 64 steps always sum to 32 * (least + most), a block's first
// value follows from its number, and no row needs those of the blocks before it.
class StepFunction : public NumberFunction {
 public:
  StepFunction(int64_t start, int64_t least, int64_t most, int64_t unit)
      : start_(start), least_(least), most_(most), unit_(unit) {}

  void Fill(const RowRange& rows, uint64_t key, const int64_t*, const int64_t*,
            int64_t* out) const override {
    int64_t sums[kRows];
    int64_t block = -1;
    for (size_t i = 0; i < rows.count; ++i) {
      if (rows.numbers[i] / kRows != block) {
        block = rows.numbers[i] / kRows;
        Sum(block, key, sums);
      }
      int64_t from_start = block * kHalf * (least_ + most_) + sums[rows.numbers[i] % kRows];
      out[i] = start_ + from_start * unit_;
    }
  }

 private:
  static constexpr int64_t kRows = 64, kHalf = 32;

  // sums[i]: how far row i of the block is behind its first.
  void Sum(int64_t block, uint64_t key, int64_t* sums) const {
    uint64_t hash = DrawHash(RowHash(block), key);
    // An odd factor and a shift put the mirror images into another order.
    auto factor = static_cast<int64_t>(hash >> 59 | 1), shift = static_cast<int64_t>(hash & 31);
    auto width = static_cast<uint64_t>(most_ - least_ + 1);
    int64_t steps[kRows];
    for (int64_t i = 0; i < kHalf; ++i) {
      hash = XxHash64(hash, key);
      int64_t step = least_ + static_cast<int64_t>(Below(hash, width));
      bool mirrored = hash & 1;
      steps[i] = mirrored ? least_ + most_ - step : step;
      steps[kHalf + (i * factor + shift) % kHalf] = mirrored ? step : least_ + most_ - step;
    }
    int64_t sum = 0;
    for (int64_t i = 0; i < kRows; ++i) {
      sums[i] = sum;
      sum += steps[i];
    }
  }

  int64_t start_, least_, most_, unit_;
};

// Units of the column's numbers in one of the option's.
Result<int64_t> ReadStepUnit(ColumnScope& scope, const arrow::DataType& type) {
  const std::vector<std::string> kNames = {"milliseconds", "seconds", "minutes", "hours", "days"};
  const int64_t kMillis[] = {1, 1000, 60'000, 3'600'000, kDaySeconds * 1000};
  ValueKind kind = ValueKindOf(type);
  if (kind == kIntegerValue) return 1;
  std::string name = kind == kDateValue ? "days" : "seconds";
  bool said = scope.options().OptionalEnum("unit", kNames, &name);
  int64_t millis = kMillis[std::find(kNames.begin(), kNames.end(), name) - kNames.begin()];
  int64_t per_second = kind == kDateValue ? 1 : UnitsPerSecond(UnitOf(type));
  if (kind == kDateValue) return millis / (kDaySeconds * 1000) ? 1 : 0;
  if (said && millis * per_second % 1000 != 0) return 0;
  return millis * per_second / 1000;
}

// `by: 5` or `by: [1, 120]`.
Result<NumberRange> ReadSteps(ColumnScope& scope) {
  const Node* by = scope.options().OptionalNode("by");
  if (!by) return NumberRange{1, 1};
  NumberRange steps;
  if (by->is_sequence() && by->items.size() == 2) {
    ARROW_ASSIGN_OR_RAISE(steps.low, ReadInt(by->items[0], "by"));
    ARROW_ASSIGN_OR_RAISE(steps.high, ReadInt(by->items[1], "by"));
  } else {
    ARROW_ASSIGN_OR_RAISE(steps.low, ReadInt(*by, "by"));
    steps.high = steps.low;
  }
  constexpr int64_t kStepMax = 1'000'000'000;
  if (steps.low >= 0 && steps.low <= steps.high && steps.high <= kStepMax && steps.high > 0) {
    return steps;
  }
  return UsageErrorAt(by->place, "by is a step, or the least and the largest: [1, 120]",
                      "steps are 0 to 1000000000, and not all 0");
}

Status EmitStep(ColumnScope& scope) {
  const Column& column = scope.column();
  bool text = scope.kind() == kTextValue;
  std::shared_ptr<arrow::DataType> type =
      text ? arrow::timestamp(arrow::TimeUnit::SECOND) : column.type;
  bool integer = ValueKindOf(*type) == kIntegerValue;
  ARROW_ASSIGN_OR_RAISE(int64_t unit, ReadStepUnit(scope, *type));
  if (unit == 0) {
    return UsageErrorAt(scope.place(), "column " + column.name + " can't count in a unit so fine");
  }
  ARROW_ASSIGN_OR_RAISE(NumberRange steps, ReadSteps(scope));
  ARROW_ASSIGN_OR_RAISE(auto minimum, ContractBound(scope, type, column.minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto maximum, ContractBound(scope, type, column.maximum, -1));
  ARROW_ASSIGN_OR_RAISE(auto start, RangeEnd(scope, "start", type, minimum, 1));
  int64_t usual = ValueKindOf(*type) == kDateValue ? DaysFromCivil(2024, 10, 10)
                  : integer
                      ? 1
                      : DaysFromCivil(2024, 10, 10) * kDaySeconds * UnitsPerSecond(UnitOf(*type));
  NumberRange range = integer ? TypeRange(*type) : NumberRange{INT64_MIN, INT64_MAX};
  // Year 9999 is the last that texts and most databases have.
  if (ValueKindOf(*type) == kDateValue) range.high = DaysFromCivil(9999, 12, 31);
  if (UnitOf(*type) != TimeUnit::kNano && ValueKindOf(*type) == kTimestampValue) {
    range.high = DaysFromCivil(9999, 12, 31) * kDaySeconds * UnitsPerSecond(UnitOf(*type));
  }
  int64_t first = start.value_or(usual);
  ProgramBuilder& program = scope.program();
  auto function = std::make_shared<const StepFunction>(first, steps.low, steps.high, unit);
  RegisterFacts facts{first, std::min(range.high, maximum.value_or(range.high)), steps.low > 0};
  auto rows = (static_cast<unsigned __int128>(facts.max) - static_cast<unsigned __int128>(first)) /
              (static_cast<unsigned __int128>(steps.high) * static_cast<uint64_t>(unit));
  program.LimitRows(static_cast<uint64_t>(rows),
                    "column " + column.name + " ends at its largest value");
  scope.Add(PartOf(*type, program.Apply(scope.OwnDraw(), std::move(function), facts)));
  if (steps.low > 0) scope.PromiseUnique();
  return Status::OK();
}

}  // namespace

std::span<const Provider> DateProviders() {
  static constexpr Provider kProviders[] = {
      {"date_of_birth", kDateValue | kTextValue,
       "dateofbirth birthdate birthday dob birthdt bdate geburtsdatum", "from, to, spread",
       "a date, 1940-01-01 to 2005-12-31 unless told otherwise", EmitDateOfBirth},
      {"date", kDateValue | kTextValue, "", "from, to, spread",
       "a date: each as likely, or spread: recent (half in the last eighth), business (Monday to "
       "Friday)",
       EmitDate},
      {"timestamp", kTimestampValue | kTextValue, "", "from, to, spread",
       "a timestamp, to the second; spread as date's, business: 9 to 17 o'clock", EmitTimestamp},
      {"time", kTimeValue, "", "from, to", "a time of day, to the second", EmitTime},
      {"step", kIntegerValue | kDateValue | kTimestampValue | kTextValue, "", "start, by, unit",
       "advances from start by a step or [least, most]: milliseconds, seconds, minutes, hours, "
       "days",
       EmitStep},
  };
  return kProviders;
}

}  // namespace tamis
