// Providers for numbers, dates, times, ids, choices and words. See provider.h.
#include <arrow/scalar.h>
#include <arrow/type_traits.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include "contract/multiple.h"
#include "contract/values.h"
#include "ops/provider.h"
#include "ops/words.h"
#include "text/date.h"

namespace tamis {
namespace {

// Floats are drawn as decimals of at most this many digits, which a double holds exactly.
constexpr int32_t kFloatPrecision = 15;
constexpr int64_t kFloatDigitsDefault = 2;

TimeUnit UnitOf(const arrow::DataType& type) {
  arrow::TimeUnit::type unit = arrow::TimeUnit::MICRO;
  if (type.id() == arrow::Type::TIMESTAMP) {
    unit = static_cast<const arrow::TimestampType&>(type).unit();
  } else if (type.id() == arrow::Type::TIME32 || type.id() == arrow::Type::TIME64) {
    unit = static_cast<const arrow::TimeType&>(type).unit();
  }
  return static_cast<TimeUnit>(unit);
}

// The number that stands for a value of `type` in a register.
Result<int64_t> RegisterNumber(const arrow::Scalar& value) {
  switch (value.type->id()) {
    case arrow::Type::DECIMAL128:
      return static_cast<const arrow::Decimal128Scalar&>(value).value.ToInteger<int64_t>();
    case arrow::Type::BOOL:
      return static_cast<const arrow::BooleanScalar&>(value).value ? 1 : 0;
    default: {
      ARROW_ASSIGN_OR_RAISE(auto wide, value.CastTo(arrow::int64()));
      return static_cast<const arrow::Int64Scalar&>(*wide).value;
    }
  }
}

Result<int64_t> ParseNumber(const std::shared_ptr<arrow::DataType>& type, std::string_view text,
                            const Place& place) {
  auto value = ParseValue(type, text);
  auto number = value.ok() ? RegisterNumber(**value) : Result<int64_t>(value.status());
  if (number.ok()) return number;
  return UsageErrorAt(place, "not a value of type " + type->ToString() + ": " + std::string(text));
}

// The type whose values a column's numbers are; a float's is a decimal.
std::shared_ptr<arrow::DataType> NumberType(const ColumnScope& scope, int64_t float_digits) {
  if (scope.kind() != kFloatValue) return scope.column().type;
  return arrow::decimal128(kFloatPrecision, static_cast<int32_t>(float_digits));
}

// The text of a number of `type`.
Part PartOf(const arrow::DataType& type, Register value) {
  static const auto kFalseTrue =
      std::make_shared<const WordList>(std::vector<std::string>{"false", "true"});
  Part part = Part::Integer(value);
  switch (ValueKindOf(type)) {
    case kDecimalValue:
      return Part::Decimal(value, static_cast<const arrow::DecimalType&>(type).scale());
    case kBooleanValue:
      return Part::Word(kFalseTrue, value);
    case kDateValue:
      return Part::Date(value);
    case kTimestampValue:
      part.kind = Part::Kind::kTimestamp;
      part.unit = UnitOf(type);
      part.utc = !static_cast<const arrow::TimestampType&>(type).timezone().empty();
      return part;
    case kTimeValue:
      part.kind = Part::Kind::kTime;
      part.unit = UnitOf(type);
      return part;
    default:
      return part;
  }
}

struct Range {
  int64_t low = 0;
  int64_t high = 0;
};

// The contract's own bound, moved inwards by one if exclusive. Text columns have none.
Result<std::optional<int64_t>> ContractBound(const ColumnScope& scope,
                                             const std::shared_ptr<arrow::DataType>& type,
                                             const std::optional<Bound>& bound, int64_t inwards) {
  if (!bound || scope.kind() == kTextValue) return std::nullopt;
  ARROW_ASSIGN_OR_RAISE(int64_t number, ParseNumber(type, bound->text, bound->place));
  return number + (bound->exclusive ? inwards : 0);
}

// One end of the range: the option if it is there, else the contract's bound.
Result<std::optional<int64_t>> RangeEnd(ColumnScope& scope, const char* option,
                                        const std::shared_ptr<arrow::DataType>& type,
                                        std::optional<int64_t> bound, int64_t sign) {
  const Node* node = scope.options().OptionalNode(option);
  if (!node) return bound;
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*node, option));
  ARROW_ASSIGN_OR_RAISE(int64_t number, ParseNumber(type, text, node->place));
  if (bound && (sign > 0 ? number < *bound : number > *bound)) {
    return UsageErrorAt(node->place, std::string(option) + " lies outside the bounds of column " +
                                         scope.column().name + ": " + text);
  }
  return number;
}

// The numbers from `from` to `to`, else from minimum to maximum, else the usual ones, moved so that
// they keep a single bound that is given.
Result<Range> ReadRange(ColumnScope& scope, const std::shared_ptr<arrow::DataType>& type,
                        Range usual) {
  const Column& column = scope.column();
  ARROW_ASSIGN_OR_RAISE(auto minimum, ContractBound(scope, type, column.minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto maximum, ContractBound(scope, type, column.maximum, -1));
  ARROW_ASSIGN_OR_RAISE(auto low, RangeEnd(scope, "from", type, minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto high, RangeEnd(scope, "to", type, maximum, -1));
  Range range{low.value_or(usual.low), high.value_or(usual.high)};
  int64_t width = usual.high - usual.low;
  if (!low && range.low > range.high) {
    range.low = __builtin_sub_overflow(range.high, width, &range.low)
                    ? std::numeric_limits<int64_t>::min()
                    : range.low;
  }
  if (!high && range.high < range.low) {
    range.high = __builtin_add_overflow(range.low, width, &range.high)
                     ? std::numeric_limits<int64_t>::max()
                     : range.high;
  }
  uint64_t count = static_cast<uint64_t>(range.high) - static_cast<uint64_t>(range.low);
  if (range.low > range.high || count >= uint64_t{1} << 62) {
    return UsageErrorAt(scope.place(),
                        range.low > range.high
                            ? "no value of column " + column.name + " lies between its bounds"
                            : "the range of column " + column.name + " is too wide",
                        "set from and to");
  }
  return range;
}

// How far apart the stored integers of the column's multiples of `multipleOf` lie; 1 without one.
Result<int64_t> StepOf(const ColumnScope& scope) {
  const std::optional<Divisor>& multiple_of = scope.column().multiple_of;
  if (!multiple_of) return 1;
  ARROW_ASSIGN_OR_RAISE(arrow::Decimal256 divisor,
                        StoredDivisor(*scope.column().type, *multiple_of));
  const uint64_t step = DivisorAsUint64(divisor);
  if (step > 0 && step <= uint64_t{1} << 61) return static_cast<int64_t>(step);
  return UsageErrorAt(multiple_of->place, "multipleOf is too large to generate column " +
                                              scope.column().name + ": " + multiple_of->text);
}

// The least multiple of `step` that is `low` or more; an error where that is above `high`.
Result<int64_t> FirstMultiple(const ColumnScope& scope, Range range, int64_t step) {
  int64_t over = ((range.low % step) + step) % step;
  int64_t first = range.low;
  bool overflows = over > 0 && __builtin_add_overflow(range.low, step - over, &first);
  if (!overflows && first <= range.high) return first;
  return UsageErrorAt(scope.place(), "no multiple of " + scope.column().multiple_of->text +
                                         " lies between the bounds of column " +
                                         scope.column().name);
}

Status CheckMultiple(const Column& column, int64_t step, int64_t number, const std::string& text,
                     const Place& place) {
  if (number % step == 0) return Status::OK();
  return UsageErrorAt(place, "not a multiple of " + column.multiple_of->text + ": " + text);
}

// A number of the range, each as likely.
Result<Register> NumberIn(ColumnScope& scope, Range range, int64_t step) {
  uint64_t count = static_cast<uint64_t>((range.high - range.low) / step) + 1;
  ARROW_ASSIGN_OR_RAISE(Register digit, scope.KeyDigit(count));
  ProgramBuilder& program = scope.program();
  if (digit == kAlways) return program.Uniform(scope.OwnDraw(), count, range.low, step);
  return program.Add(program.Constant(range.low), program.Multiply(digit, program.Constant(step)));
}

Range TypeRange(const arrow::DataType& type) {
  if (!arrow::is_integer(type.id())) return {INT64_MIN, INT64_MAX};
  int bits = type.byte_width() * 8;
  bool is_signed = arrow::is_signed_integer(type.id());
  int64_t high = bits == 64 ? INT64_MAX : (int64_t{1} << (bits - (is_signed ? 1 : 0))) - 1;
  return {is_signed ? -high - 1 : 0, high};
}

int64_t Power10(int64_t exponent) {
  int64_t power = 1;
  for (int64_t i = 0; i < exponent; ++i) power *= 10;
  return power;
}

Status EmitDateRange(ColumnScope& scope, Range usual) {
  ARROW_ASSIGN_OR_RAISE(Range range, ReadRange(scope, arrow::date32(), usual));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, 1));
  scope.Add(Part::Date(number));
  return Status::OK();
}

// A value of a choice as a number; texts are indices.
struct ChoiceValues {
  std::vector<std::string> texts;
  std::vector<Place> places;
};

// Digits after the point that any of the numbers has at most.
int64_t FloatDigits(const std::vector<std::string>& values) {
  size_t digits = 0;
  for (const std::string& text : values) {
    size_t point = text.find('.');
    if (point != std::string::npos) digits = std::max(digits, text.size() - point - 1);
  }
  return static_cast<int64_t>(std::min<size_t>(digits, kFloatPrecision));
}

Status AddChosen(ColumnScope& scope, const ChoiceValues& values, Register index) {
  if (scope.kind() == kTextValue) {
    scope.Add(Part::Word(std::make_shared<const WordList>(values.texts), index));
    return Status::OK();
  }
  std::shared_ptr<arrow::DataType> type = NumberType(scope, FloatDigits(values.texts));
  ARROW_ASSIGN_OR_RAISE(int64_t step, StepOf(scope));
  auto numbers = std::make_shared<ValueTable>();
  for (size_t i = 0; i < values.texts.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(int64_t number, ParseNumber(type, values.texts[i], values.places[i]));
    ARROW_RETURN_NOT_OK(
        CheckMultiple(scope.column(), step, number, values.texts[i], values.places[i]));
    numbers->push_back(number);
  }
  scope.Add(PartOf(*type, scope.program().Lookup(index, std::move(numbers))));
  return Status::OK();
}

// Weights such as 70 or 0.2 as whole numbers in the same proportions.
Result<std::vector<uint64_t>> WholeWeights(const Node& node, size_t count) {
  ARROW_ASSIGN_OR_RAISE(std::vector<std::string> texts, ReadStrings(node, "weights"));
  if (texts.size() != count) {
    return UsageErrorAt(node.place, std::to_string(texts.size()) + " weights for " +
                                        std::to_string(count) + " values");
  }
  auto type = arrow::decimal128(kFloatPrecision, static_cast<int32_t>(FloatDigits(texts)));
  std::vector<uint64_t> weights;
  uint64_t divisor = 0;
  for (size_t i = 0; i < count; ++i) {
    ARROW_ASSIGN_OR_RAISE(int64_t weight, ParseNumber(type, texts[i], node.items[i].place));
    if (weight < 0 || weight > int64_t{1} << 32) {
      return UsageErrorAt(node.items[i].place, "not a weight: " + texts[i],
                          "weights are 0 or more, with few digits");
    }
    weights.push_back(static_cast<uint64_t>(weight));
    divisor = std::gcd(divisor, weights.back());
  }
  if (divisor == 0) return UsageErrorAt(node.place, "all weights are 0");
  for (uint64_t& weight : weights) weight /= divisor;
  return weights;
}

}  // namespace

Status EmitDateOfBirth(ColumnScope& scope) {
  return EmitDateRange(scope, {DaysFromCivil(1940, 1, 1), DaysFromCivil(2005, 12, 31)});
}

Status EmitDate(ColumnScope& scope) {
  return EmitDateRange(scope, {DaysFromCivil(2000, 1, 1), DaysFromCivil(2025, 12, 31)});
}

Status EmitInteger(ColumnScope& scope) {
  bool text = scope.kind() == kTextValue;
  std::shared_ptr<arrow::DataType> type = text ? arrow::int64() : scope.column().type;
  constexpr int64_t kUsualHigh = 999'999;
  ARROW_ASSIGN_OR_RAISE(Range range,
                        ReadRange(scope, type, {0, std::min(kUsualHigh, TypeRange(*type).high)}));
  range.high = std::min(range.high, TypeRange(*type).high);
  range.low = std::max(range.low, TypeRange(*type).low);
  ARROW_ASSIGN_OR_RAISE(int64_t step, StepOf(scope));
  ARROW_ASSIGN_OR_RAISE(range.low, FirstMultiple(scope, range, step));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, step));
  scope.Add(Part::Integer(number));
  return Status::OK();
}

Status EmitNumber(ColumnScope& scope) {
  const arrow::DataType& column_type = *scope.column().type;
  bool decimal = scope.kind() == kDecimalValue;
  int64_t digits = kFloatDigitsDefault;
  if (decimal) digits = static_cast<const arrow::DecimalType&>(column_type).scale();
  const Node* asked = scope.options().OptionalNode("digits");
  if (asked) {
    ARROW_ASSIGN_OR_RAISE(digits, ReadInt(*asked, "digits"));
    if (decimal || digits < 0 || digits > kFloatPrecision - 1) {
      return UsageErrorAt(asked->place,
                          decimal ? "a decimal column has its own digits" : "digits are 0 to 14");
    }
  }
  std::shared_ptr<arrow::DataType> type =
      decimal ? scope.column().type
              : arrow::decimal128(kFloatPrecision, static_cast<int32_t>(digits));
  int64_t whole = 3;
  if (decimal) {
    whole = std::min<int64_t>(
        whole, static_cast<const arrow::DecimalType&>(column_type).precision() - digits);
  }
  if (whole + digits > 18) {
    return UsageErrorAt(scope.place(), "column " + scope.column().name +
                                           " has too many digits after the point to generate");
  }
  ARROW_ASSIGN_OR_RAISE(Range range, ReadRange(scope, type, {0, Power10(whole + digits) - 1}));
  ARROW_ASSIGN_OR_RAISE(int64_t step, StepOf(scope));
  ARROW_ASSIGN_OR_RAISE(range.low, FirstMultiple(scope, range, step));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, step));
  scope.Add(Part::Decimal(number, static_cast<int>(digits)));
  return Status::OK();
}

Status EmitTimestamp(ColumnScope& scope) {
  bool text = scope.kind() == kTextValue;
  std::shared_ptr<arrow::DataType> type =
      text ? arrow::timestamp(arrow::TimeUnit::SECOND) : scope.column().type;
  int64_t second = UnitsPerSecond(UnitOf(*type));
  constexpr int64_t kDay = 86400;
  Range usual{DaysFromCivil(2020, 1, 1) * kDay * second,
              (DaysFromCivil(2026, 1, 1) * kDay - 1) * second};
  ARROW_ASSIGN_OR_RAISE(Range range, ReadRange(scope, type, usual));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, second));
  scope.Add(PartOf(*type, number));
  return Status::OK();
}

Status EmitTime(ColumnScope& scope) {
  const std::shared_ptr<arrow::DataType>& type = scope.column().type;
  int64_t second = UnitsPerSecond(UnitOf(*type));
  constexpr int64_t kLastSecond = 86399;
  ARROW_ASSIGN_OR_RAISE(Range range, ReadRange(scope, type, {0, kLastSecond * second}));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, second));
  scope.Add(PartOf(*type, number));
  return Status::OK();
}

Status EmitSequence(ColumnScope& scope) {
  const Column& column = scope.column();
  Range range = TypeRange(*column.type);
  ARROW_ASSIGN_OR_RAISE(int64_t multiple, StepOf(scope));
  int64_t start = multiple, step = multiple;
  if (scope.kind() == kIntegerValue) {
    ARROW_ASSIGN_OR_RAISE(auto minimum, ContractBound(scope, column.type, column.minimum, 1));
    ARROW_ASSIGN_OR_RAISE(auto maximum, ContractBound(scope, column.type, column.maximum, -1));
    range.high = std::min(range.high, maximum.value_or(range.high));
    range.low = std::max(range.low, minimum.value_or(range.low));
    if (minimum) {
      ARROW_ASSIGN_OR_RAISE(start, FirstMultiple(scope, range, multiple));
    }
  }
  const Node* first = scope.options().OptionalNode("start");
  if (first) {
    ARROW_ASSIGN_OR_RAISE(start, ReadInt(*first, "start"));
    ARROW_RETURN_NOT_OK(CheckMultiple(column, multiple, start, first->scalar, first->place));
  }
  const Node* node = scope.options().OptionalNode("step");
  if (node) {
    ARROW_ASSIGN_OR_RAISE(step, ReadInt(*node, "step"));
    if (step < 1) return UsageErrorAt(node->place, "step is at least 1");
    ARROW_RETURN_NOT_OK(CheckMultiple(column, multiple, step, node->scalar, node->place));
  }
  if (start < range.low || start > range.high) {
    return UsageErrorAt(scope.place(), "start lies outside the bounds of column " + column.name);
  }
  scope.LimitSequence(range.high);
  scope.Add(Part::Integer(scope.program().Sequence(start, step)));
  return Status::OK();
}

Status EmitBoolean(ColumnScope& scope) {
  scope.Add(PartOf(*scope.column().type, scope.program().Uniform(scope.OwnDraw(), 2)));
  return Status::OK();
}

Status EmitUuid(ColumnScope& scope) {
  ProgramBuilder& program = scope.program();
  Register high = program.Hash(scope.OwnDraw("high"));
  scope.Add(Part::Uuid(high, program.Hash(scope.OwnDraw("low"))));
  return Status::OK();
}

Status EmitChoice(ColumnScope& scope) {
  const Column& column = scope.column();
  const Node* listed = scope.options().OptionalSequence("values");
  const Node* weighted = scope.options().OptionalSequence("weights");
  ChoiceValues values{column.enum_values, {}};
  values.places.assign(values.texts.size(), column.place);
  if (listed) {
    ARROW_ASSIGN_OR_RAISE(values.texts, ReadStrings(*listed, "values"));
    values.places.clear();
    for (const Node& item : listed->items) values.places.push_back(item.place);
  }
  if (values.texts.empty() || values.texts.size() > kQuantilesMax) {
    return UsageErrorAt(
        scope.place(),
        "choice has " + std::to_string(values.texts.size()) + " values for column " + column.name,
        "list 1 to 65536: {provider: choice, values: [a, b]}");
  }
  for (size_t i = 0; i < values.texts.size() && !column.enum_values.empty(); ++i) {
    if (std::find(column.enum_values.begin(), column.enum_values.end(), values.texts[i]) ==
        column.enum_values.end()) {
      return UsageErrorAt(values.places[i],
                          "not in the enum of column " + column.name + ": " + values.texts[i]);
    }
  }
  ProgramBuilder& program = scope.program();
  if (!weighted) {
    ARROW_ASSIGN_OR_RAISE(Register index, scope.KeyDigit(values.texts.size()));
    if (index == kAlways) index = program.Uniform(scope.OwnDraw(), values.texts.size());
    return AddChosen(scope, values, index);
  }
  ARROW_ASSIGN_OR_RAISE(auto weights, WholeWeights(*weighted, values.texts.size()));
  uint64_t total = std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  auto quantiles = MakeQuantiles(weights, std::min<uint64_t>(total, kQuantilesMax));
  return AddChosen(scope, values, program.Weighted(scope.OwnDraw(), std::move(quantiles)));
}

Status EmitConstant(ColumnScope& scope) {
  const Node* node = scope.options().RequiredNode("value");
  if (!node) return Status::OK();  // Finish says so
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*node, "value"));
  if (scope.kind() == kTextValue) {
    scope.Add(Part::Text(std::move(text)));
    return Status::OK();
  }
  return AddChosen(scope, {{text}, {node->place}}, scope.program().Sequence(0, 0));
}

Status EmitWord(ColumnScope& scope) {
  const Column& column = scope.column();
  int64_t most =
      std::min(column.max_length.value_or(INT64_MAX), column.physical_length.value_or(INT64_MAX));
  auto least = static_cast<size_t>(column.min_length.value_or(0));
  std::vector<std::string> fitting;
  for (const std::string& word : CommonWords()->words()) {
    if (static_cast<int64_t>(word.size()) <= most && word.size() >= least) fitting.push_back(word);
  }
  if (fitting.empty()) {
    return UsageErrorAt(scope.place(), "no word fits the lengths of column " + column.name,
                        "name a generator in tamis.generate");
  }
  Register index = scope.program().Uniform(scope.OwnDraw(), fitting.size());
  scope.Add(Part::Word(std::make_shared<const WordList>(std::move(fitting)), index));
  return Status::OK();
}

Status EmitSentence(ColumnScope& scope) {
  constexpr int64_t kWordsMax = 100;
  int64_t words = 6;
  const Node* node = scope.options().OptionalNode("words");
  if (node) {
    ARROW_ASSIGN_OR_RAISE(words, ReadInt(*node, "words"));
    if (words < 1 || words > kWordsMax) {
      return UsageErrorAt(node->place, "a sentence has 1 to 100 words");
    }
  }
  for (int64_t i = 0; i < words; ++i) {
    if (i > 0) scope.Add(Part::Text(" "));
    Register index =
        scope.program().Uniform(scope.OwnDraw(std::to_string(i)), CommonWords()->size());
    scope.Add(Part::Word(i == 0 ? CapitalWords() : CommonWords(), index));
  }
  scope.Add(Part::Text("."));
  return Status::OK();
}

}  // namespace tamis
