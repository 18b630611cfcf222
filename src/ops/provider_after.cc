// The provider `after`: another column of the row and a random step. See provider.h.
#include <arrow/scalar.h>
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include <algorithm>
#include <optional>

#include "contract/values.h"
#include "ops/provider.h"
#include "ops/row_order.h"
#include "text/date.h"

namespace tamis {
namespace {

constexpr int64_t kDaysDefault = 30;
constexpr int64_t kNumbersDefault = 100;

// What one step of `from` and `to` is in units of the column's register: a second of a timestamp.
int64_t UnitsPerStep(const arrow::DataType& type) {
  if (type.id() != arrow::Type::TIMESTAMP) return 1;
  return UnitsPerSecond(
      static_cast<TimeUnit>(static_cast<const arrow::TimestampType&>(type).unit()));
}

int64_t StepsDefault(const arrow::DataType& type) {
  switch (ValueKindOf(type)) {
    case kDateValue:
      return kDaysDefault;
    case kTimestampValue:
      return kDaysDefault * 86400;
    case kDecimalValue: {
      int64_t steps = kNumbersDefault;
      for (int i = 0; i < static_cast<const arrow::DecimalType&>(type).scale() && i < 15; ++i) {
        steps *= 10;
      }
      return steps;
    }
    default:
      return kNumbersDefault;
  }
}

// The largest number that the column holds.
Result<int64_t> Highest(const Column& column) {
  int64_t highest = INT64_MAX;
  const arrow::DataType& type = *column.type;
  if (arrow::is_integer(type.id()) && type.byte_width() < 8) {
    const int bits = type.byte_width() * 8 - (arrow::is_signed_integer(type.id()) ? 1 : 0);
    highest = (int64_t{1} << bits) - 1;
  }
  if (!column.maximum) return highest;
  ARROW_ASSIGN_OR_RAISE(auto bound, ParseValue(column.type, column.maximum->text));
  int64_t number = 0;
  if (type.id() == arrow::Type::DECIMAL128) {
    ARROW_ASSIGN_OR_RAISE(
        number, static_cast<const arrow::Decimal128Scalar&>(*bound).value.ToInteger<int64_t>());
  } else {
    ARROW_ASSIGN_OR_RAISE(auto wide, bound->CastTo(arrow::int64()));
    number = static_cast<const arrow::Int64Scalar&>(*wide).value;
  }
  return std::min(highest, number - (column.maximum->exclusive ? 1 : 0));
}

// The columns that it follows: the one that is named, else those that row rules tell.
Result<std::vector<EarlierColumn>> ReadEarlier(ColumnScope& scope, const Node** named) {
  *named = scope.options().OptionalNode("column");
  if (!*named) return EarlierColumns(scope.table(), scope.column());
  ARROW_ASSIGN_OR_RAISE(std::string name, ReadString(**named, "column"));
  return std::vector<EarlierColumn>{{std::move(name), false}};
}

// The register of a column of the same type.
Result<Register> NumberOf(ColumnScope& scope, const std::string& name, const Place& place) {
  ARROW_ASSIGN_OR_RAISE(const ColumnOutput* output, scope.row().Find(name, place));
  const bool fits = output->type->Equals(*scope.column().type) && output->parts.size() == 1 &&
                    output->parts[0].guard == kAlways;
  if (fits) return output->parts[0].value;
  return UsageErrorAt(place, "column " + name + " has another type than column " +
                                 scope.column().name + ", which follows it");
}

}  // namespace

Status EmitAfter(ColumnScope& scope) {
  const Column& column = scope.column();
  const Node* named = nullptr;
  ARROW_ASSIGN_OR_RAISE(std::vector<EarlierColumn> earlier, ReadEarlier(scope, &named));
  if (earlier.empty()) {
    return UsageErrorAt(scope.place(), "after which column does column " + column.name + " come?",
                        "{provider: after, column: lent_on, from: 1, to: 30}");
  }
  ProgramBuilder& program = scope.program();
  Register base = -1;
  bool is_strict = false;
  for (const EarlierColumn& one : earlier) {
    ARROW_ASSIGN_OR_RAISE(Register number,
                          NumberOf(scope, one.name, named ? named->place : scope.place()));
    base = base < 0 ? number : program.Select(program.Less(base, number), number, base);
    is_strict |= one.is_strict;
  }
  int64_t from = is_strict ? 1 : 0;
  const bool has_from = scope.options().Optional("from", &from);
  int64_t to = from + StepsDefault(*column.type);
  scope.options().Optional("to", &to);
  const int64_t unit = UnitsPerStep(*column.type);
  constexpr int64_t kStepsMax = int64_t{1} << 40;
  if (from > to || from < -kStepsMax || to > kStepsMax) {
    return UsageErrorAt(scope.place(),
                        "from and to of column " + column.name + " are no range of steps");
  }
  ARROW_ASSIGN_OR_RAISE(const int64_t highest, Highest(column));
  const int64_t base_max = program.facts(base).max;
  if (!has_from && base_max > highest - from * unit) {
    return UsageErrorAt(scope.place(),
                        "column " + earlier[0].name + " can be so large that column " +
                            column.name + " can't follow it",
                        "give column " + earlier[0].name + " a smaller `to` in tamis.generate");
  }
  const auto count = static_cast<uint64_t>(to - from) + 1;
  Register value = program.Add(base, program.Uniform(scope.OwnDraw(), count, from * unit, unit));
  if (base_max > highest - to * unit) {
    Register limit = program.Constant(highest);
    value = program.Select(program.Less(limit, value), limit, value);
  }
  scope.Add(PartOfType(*column.type, value));
  return Status::OK();
}

}  // namespace tamis
