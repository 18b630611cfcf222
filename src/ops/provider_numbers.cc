// Providers of evenly spread numbers, truth values and row numbers. See provider.h; skewed numbers
// are in provider_distributions.cc.
#include <algorithm>

#include "ops/provider_range.h"

namespace tamis {
namespace {

constexpr int64_t kFloatDigitsUsual = 2;

Status EmitInteger(ColumnScope& scope) {
  bool text = scope.kind() == kTextValue;
  std::shared_ptr<arrow::DataType> type = text ? arrow::int64() : scope.column().type;
  constexpr int64_t kUsualHigh = 999'999;
  ARROW_ASSIGN_OR_RAISE(NumberRange range,
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
  ARROW_ASSIGN_OR_RAISE(int64_t digits, ReadDigits(scope, kFloatDigitsUsual));
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
  ARROW_ASSIGN_OR_RAISE(NumberRange range,
                        ReadRange(scope, type, {0, Power10(whole + digits) - 1}));
  ARROW_ASSIGN_OR_RAISE(int64_t step, StepOf(scope));
  ARROW_ASSIGN_OR_RAISE(range.low, FirstMultiple(scope, range, step));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, step));
  scope.Add(Part::Decimal(number, static_cast<int>(digits)));
  return Status::OK();
}

Status EmitSequence(ColumnScope& scope) {
  const Column& column = scope.column();
  NumberRange range = TypeRange(*column.type);
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

}  // namespace

std::span<const Provider> NumberProviders() {
  static constexpr Provider kProviders[] = {
      {"sequence", kIntegerValue | kTextValue, "", "start, step",
       "start + step * row number: unique", EmitSequence, true},
      {"integer", kIntegerValue | kTextValue, "", "from, to", "a whole number, each as likely",
       EmitInteger, true},
      {"number", kDecimalValue | kFloatValue | kTextValue, "", "from, to, digits",
       "a number with that many digits after the point", EmitNumber, true},
      {"boolean", kBooleanValue, "", "", "true or false", EmitBoolean},
  };
  return kProviders;
}

}  // namespace tamis
