// See provider_range.h.
#include "ops/provider_range.h"

#include <arrow/type_traits.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "contract/multiple.h"
#include "contract/values.h"

namespace tamis {
namespace {

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

}  // namespace

TimeUnit UnitOf(const arrow::DataType& type) {
  arrow::TimeUnit::type unit = arrow::TimeUnit::MICRO;
  if (type.id() == arrow::Type::TIMESTAMP) {
    unit = static_cast<const arrow::TimestampType&>(type).unit();
  } else if (type.id() == arrow::Type::TIME32 || type.id() == arrow::Type::TIME64) {
    unit = static_cast<const arrow::TimeType&>(type).unit();
  }
  return static_cast<TimeUnit>(unit);
}

Result<int64_t> ParseNumber(const std::shared_ptr<arrow::DataType>& type, std::string_view text,
                            const Place& place) {
  auto value = ParseValue(type, text);
  auto number = value.ok() ? RegisterNumber(**value) : Result<int64_t>(value.status());
  if (number.ok()) return number;
  return UsageErrorAt(place, "not a value of type " + type->ToString() + ": " + std::string(text));
}

Result<int64_t> ReadNumber(ColumnScope& scope, const char* option,
                           const std::shared_ptr<arrow::DataType>& type, int64_t usual) {
  const Node* node = scope.options().OptionalNode(option);
  if (!node) return usual;
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*node, option));
  return ParseNumber(type, text, node->place);
}

std::shared_ptr<arrow::DataType> NumberType(const ColumnScope& scope, int64_t float_digits) {
  if (scope.kind() != kFloatValue) return scope.column().type;
  return arrow::decimal128(kFloatPrecision, static_cast<int32_t>(float_digits));
}

Result<int64_t> ReadDigits(ColumnScope& scope, int64_t usual) {
  bool decimal = scope.kind() == kDecimalValue;
  if (decimal) usual = static_cast<const arrow::DecimalType&>(*scope.column().type).scale();
  const Node* asked = scope.options().OptionalNode("digits");
  if (!asked) return usual;
  ARROW_ASSIGN_OR_RAISE(int64_t digits, ReadInt(*asked, "digits"));
  if (!decimal && digits >= 0 && digits < kFloatPrecision) return digits;
  return UsageErrorAt(asked->place,
                      decimal ? "a decimal column has its own digits" : "digits are 0 to 14");
}

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

Result<std::optional<int64_t>> ContractBound(const ColumnScope& scope,
                                             const std::shared_ptr<arrow::DataType>& type,
                                             const std::optional<Bound>& bound, int64_t inwards) {
  if (!bound || scope.kind() == kTextValue) return std::nullopt;
  ARROW_ASSIGN_OR_RAISE(int64_t number, ParseNumber(type, bound->text, bound->place));
  return number + (bound->exclusive ? inwards : 0);
}

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

Result<NumberRange> ReadRange(ColumnScope& scope, const std::shared_ptr<arrow::DataType>& type,
                              NumberRange usual) {
  const Column& column = scope.column();
  ARROW_ASSIGN_OR_RAISE(auto minimum, ContractBound(scope, type, column.minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto maximum, ContractBound(scope, type, column.maximum, -1));
  ARROW_ASSIGN_OR_RAISE(auto low, RangeEnd(scope, "from", type, minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto high, RangeEnd(scope, "to", type, maximum, -1));
  NumberRange range{low.value_or(usual.low), high.value_or(usual.high)};
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

Result<int64_t> FirstMultiple(const ColumnScope& scope, NumberRange range, int64_t step) {
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

Result<Register> NumberIn(ColumnScope& scope, NumberRange range, int64_t step) {
  uint64_t count = static_cast<uint64_t>((range.high - range.low) / step) + 1;
  ARROW_ASSIGN_OR_RAISE(Register digit, scope.KeyDigit(count));
  ProgramBuilder& program = scope.program();
  if (digit == kAlways) return program.Uniform(scope.OwnDraw(), count, range.low, step);
  return program.Add(program.Constant(range.low), program.Multiply(digit, program.Constant(step)));
}

NumberRange TypeRange(const arrow::DataType& type) {
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

int64_t DigitsAfterPoint(const std::vector<std::string>& numbers) {
  size_t digits = 0;
  for (const std::string& text : numbers) {
    size_t point = text.find('.');
    if (point != std::string::npos) digits = std::max(digits, text.size() - point - 1);
  }
  return static_cast<int64_t>(std::min<size_t>(digits, kFloatPrecision));
}

Result<std::vector<uint64_t>> WholeWeights(const Node& node, size_t count) {
  ARROW_ASSIGN_OR_RAISE(std::vector<std::string> texts, ReadStrings(node, "weights"));
  if (texts.size() != count) {
    return UsageErrorAt(node.place, std::to_string(texts.size()) + " weights for " +
                                        std::to_string(count) + " values");
  }
  auto type = arrow::decimal128(kFloatPrecision, static_cast<int32_t>(DigitsAfterPoint(texts)));
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

}  // namespace tamis
