// Names of draws and what a column asks for. See generate_scope.h.
#include "ops/generate_scope.h"

#include <arrow/type_traits.h>

#include <algorithm>
#include <limits>

namespace tamis {

ValueKind ValueKindOf(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
      return kTextValue;
    case arrow::Type::DECIMAL128:
      return kDecimalValue;
    case arrow::Type::FLOAT:
    case arrow::Type::DOUBLE:
      return kFloatValue;
    case arrow::Type::BOOL:
      return kBooleanValue;
    case arrow::Type::DATE32:
      return kDateValue;
    case arrow::Type::TIMESTAMP:
      return kTimestampValue;
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
      return kTimeValue;
    default:
      return arrow::is_integer(type.id()) ? kIntegerValue : kNestedValue;
  }
}

int64_t LengthMax(const Column& column) {
  int64_t most = std::numeric_limits<int64_t>::max();
  if (column.max_length) most = std::min(most, *column.max_length);
  if (column.physical_length) most = std::min(most, *column.physical_length);
  return most;
}

std::string ColumnScope::OwnDraw(std::string_view part) const {
  std::string name = path_ + "." + column_.name;
  return part.empty() ? name : name + "." + std::string(part);
}

std::string ColumnScope::SharedDraw(std::string_view entity, std::string_view part) const {
  return path_ + "." + entity_prefix_ + std::string(entity) + "." + std::string(part);
}

const Place& ColumnScope::place() const {
  return column_.generate ? column_.generate->place : column_.place;
}

Part PartOfType(const arrow::DataType& type, Register value) {
  static const auto kFalseTrue =
      std::make_shared<const WordList>(std::vector<std::string>{"false", "true"});
  Part part = Part::Integer(value);
  switch (type.id()) {
    case arrow::Type::DECIMAL128:
      return Part::Decimal(value, static_cast<const arrow::DecimalType&>(type).scale());
    case arrow::Type::BOOL:
      return Part::Word(kFalseTrue, value);
    case arrow::Type::DATE32:
      return Part::Date(value);
    case arrow::Type::DOUBLE:
      return Part::Double(value);
    case arrow::Type::FLOAT:
      part.kind = Part::Kind::kFloat;
      return part;
    case arrow::Type::TIMESTAMP: {
      const auto& timestamp = static_cast<const arrow::TimestampType&>(type);
      part.kind = Part::Kind::kTimestamp;
      part.unit = static_cast<TimeUnit>(timestamp.unit());
      part.utc = !timestamp.timezone().empty();
      return part;
    }
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
      part.kind = Part::Kind::kTime;
      part.unit = static_cast<TimeUnit>(static_cast<const arrow::TimeType&>(type).unit());
      return part;
    default:
      return part;
  }
}

bool ColumnScope::must_be_unique() const {
  bool is_key = column_.primary_key_position > 0 && table_.PrimaryKey().size() == 1;
  return column_.unique || is_key;
}

Result<Register> ColumnScope::KeyDigit(uint64_t count) {
  if (path_ != table_.name) return kAlways;  // a part of a nested column
  return row_.KeyDigit(column_, count);
}

Register ColumnScope::UniqueNumber(uint64_t count) {
  ProgramBuilder& builder = program_;
  builder.LimitRows(count, "column " + column_.name + " has " + std::to_string(count) + " values");
  return builder.Permute(OwnDraw("unique"), builder.Row(), count);
}

}  // namespace tamis
