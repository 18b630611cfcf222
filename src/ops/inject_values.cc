// Values that break a column's rules. See inject.h.
#include <arrow/array.h>
#include <arrow/array/util.h>
#include <arrow/record_batch.h>
#include <arrow/type_traits.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "contract/values.h"
#include "ops/generate_scope.h"
#include "ops/inject.h"
#include "ops/validate.h"
#include "text/date.h"
#include "text/number.h"

namespace tamis {
namespace {

constexpr int64_t kLongestText = 4096;

// The text of a value as CSV has it.
std::string TextOf(const arrow::Scalar& value) {
  char text[64];
  auto number = [&](const auto& scalar) { return static_cast<int64_t>(scalar.value); };
  switch (value.type->id()) {
    case arrow::Type::DATE32: {
      auto days = static_cast<int32_t>(number(static_cast<const arrow::Date32Scalar&>(value)));
      return std::string(text, FormatDate(days, text));
    }
    case arrow::Type::TIMESTAMP: {
      const auto& type = static_cast<const arrow::TimestampType&>(*value.type);
      auto unit = static_cast<TimeUnit>(type.unit());
      int64_t units = number(static_cast<const arrow::TimestampScalar&>(value));
      return std::string(text, type.timezone().empty() ? FormatLocalTimestamp(units, unit, text)
                                                       : FormatUtcTimestamp(units, unit, text));
    }
    case arrow::Type::FLOAT:
    case arrow::Type::DOUBLE: {
      double number = value.type->id() == arrow::Type::FLOAT
                          ? static_cast<double>(static_cast<const arrow::FloatScalar&>(value).value)
                          : static_cast<const arrow::DoubleScalar&>(value).value;
      if (std::isnan(number)) return "NaN";
      return value.ToString();
    }
    default:
      return value.ToString();
  }
}

// The values next to `value`, below and above: one unit of the type away.
std::vector<std::shared_ptr<arrow::Scalar>> Neighbours(const arrow::Scalar& value) {
  std::vector<std::shared_ptr<arrow::Scalar>> found;
  for (int64_t step : {-1, 1}) {
    switch (value.type->id()) {
      case arrow::Type::DECIMAL128: {
        arrow::Decimal128 next = static_cast<const arrow::Decimal128Scalar&>(value).value + step;
        const auto& type = static_cast<const arrow::DecimalType&>(*value.type);
        if (!next.FitsInPrecision(type.precision())) continue;
        found.push_back(std::make_shared<arrow::Decimal128Scalar>(next, value.type));
        break;
      }
      case arrow::Type::FLOAT:
      case arrow::Type::DOUBLE: {
        auto wide = value.CastTo(arrow::float64());
        if (!wide.ok()) continue;
        double number = static_cast<const arrow::DoubleScalar&>(**wide).value;
        auto next = arrow::MakeScalar(number + static_cast<double>(step))->CastTo(value.type);
        if (next.ok()) found.push_back(*next);
        break;
      }
      default: {
        auto wide = value.CastTo(arrow::int64());
        if (!wide.ok()) continue;
        // A day or a second, so that it shows.
        int64_t units = step;
        if (value.type->id() == arrow::Type::TIMESTAMP) {
          auto unit = static_cast<const arrow::TimestampType&>(*value.type).unit();
          units *= UnitsPerSecond(static_cast<TimeUnit>(unit));
        }
        int64_t number = 0;
        if (__builtin_add_overflow(static_cast<const arrow::Int64Scalar&>(**wide).value, units,
                                   &number)) {
          continue;
        }
        auto next = arrow::Int64Scalar(number).CastTo(value.type);
        if (next.ok()) found.push_back(*next);
      }
    }
  }
  return found;
}

// Tries values and texts, and keeps one of each set of reasons.
class ValueTrial {
 public:
  ValueTrial(const Column& column, FaultMedium medium, const FormatOptions& format)
      : column_(column), medium_(medium), format_(format) {}

  Result<std::vector<FaultAction>> Run(int index) {
    index_ = index;
    Table table;
    table.columns = {column_};
    schema_ = arrow::schema({arrow::field(column_.name, column_.type)});
    ARROW_ASSIGN_OR_RAISE(checks_, MakeColumnChecks(table, *schema_));
    const ValueKind kind = ValueKindOf(*column_.type);
    if (kind == kNestedValue || arrow::is_nested(column_.type->id())) return std::move(found_);
    if (kind == kTextValue) {
      ARROW_RETURN_NOT_OK(TryTexts());
    } else {
      ARROW_RETURN_NOT_OK(TryValues());
      if (medium_ != FaultMedium::kTyped) AddUntyped(kind);
    }
    return std::move(found_);
  }

 private:
  Status TryTexts() {
    std::vector<std::string> texts;
    for (const auto& length : {column_.max_length, column_.physical_length}) {
      if (length && *length < kLongestText)
        texts.emplace_back(static_cast<size_t>(*length) + 1, 'x');
    }
    if (column_.min_length && *column_.min_length > 1) {
      texts.emplace_back(static_cast<size_t>(*column_.min_length) - 1, 'x');
    }
    for (const char* text : {"?", "not valid", "###", "0", "x", "-1"}) texts.emplace_back(text);
    for (const std::string& text : texts) {
      ARROW_RETURN_NOT_OK(Try(text, std::make_shared<arrow::StringScalar>(text)));
    }
    return Status::OK();
  }

  Status TryValues() {
    std::vector<std::shared_ptr<arrow::Scalar>> values;
    for (const std::optional<Bound>& bound : {column_.minimum, column_.maximum}) {
      if (!bound) continue;
      ARROW_ASSIGN_OR_RAISE(auto value, ParseValue(column_.type, bound->text));
      if (bound->exclusive) values.push_back(value);
      for (auto& next : Neighbours(*value)) values.push_back(std::move(next));
    }
    if (column_.multiple_of || !column_.enum_values.empty()) {
      // Of the numbers near zero and near a bound, some are no multiple and in no enum.
      for (const char* text : {"1", "3", "7", "0", "-1", "99"}) {
        auto value = ParseValue(column_.type, text);
        if (!value.ok()) continue;
        values.push_back(*value);
        for (auto& next : Neighbours(**value)) values.push_back(std::move(next));
      }
      const size_t count = values.size();
      for (size_t i = 0; i < count; ++i) {
        for (auto& next : Neighbours(*values[i])) values.push_back(std::move(next));
      }
    }
    if (arrow::is_floating(column_.type->id()) && column_.required) {
      auto nan = arrow::MakeScalar(std::nan(""))->CastTo(column_.type);
      if (nan.ok()) values.push_back(*nan);
    }
    for (const auto& value : values) ARROW_RETURN_NOT_OK(Try(TextOf(*value), value));
    return Status::OK();
  }

  Status Try(const std::string& text, const std::shared_ptr<arrow::Scalar>& value) {
    if (IsNull(text)) return Status::OK();
    // JSON has no NaN.
    if (text == "NaN" && medium_ == FaultMedium::kJsonLines) return Status::OK();
    std::shared_ptr<arrow::Scalar> typed = value;
    if (!value->type->Equals(*column_.type)) {
      ARROW_ASSIGN_OR_RAISE(typed, value->CastTo(column_.type));
    }
    ARROW_ASSIGN_OR_RAISE(auto array, arrow::MakeArrayFromScalar(*typed, 1));
    auto batch = arrow::RecordBatch::Make(schema_, 1, {array});
    std::vector<CellIssue> issues;
    for (const auto& check : checks_) ARROW_RETURN_NOT_OK(check->Check(*batch, &issues));
    std::vector<FaultReason> reasons;
    for (const CellIssue& issue : issues) reasons.push_back({issue.rule, index_});
    Add(text, std::move(typed), std::move(reasons));
    return Status::OK();
  }

  // Texts that are no value of the type.
  void AddUntyped(ValueKind kind) {
    const char* text = kind == kBooleanValue                           ? "maybe"
                       : kind == kDateValue || kind == kTimestampValue ? "2024-02-31"
                       : kind == kTimeValue                            ? "25:61"
                                                                       : "12x";
    Add(text, nullptr, {{Rule::kType, index_}});
    if (kind == kIntegerValue) Add(std::string(30, '9'), nullptr, {{Rule::kOverflow, index_}});
    if (kind == kDecimalValue) Add(std::string(45, '9'), nullptr, {{Rule::kOverflow, index_}});
  }

  bool IsNull(const std::string& text) const {
    const auto& nulls = format_.null_values;
    return medium_ == FaultMedium::kCsv &&
           std::find(nulls.begin(), nulls.end(), text) != nulls.end();
  }

  void Add(std::string text, std::shared_ptr<arrow::Scalar> value,
           std::vector<FaultReason> reasons) {
    if (reasons.empty() || !reasons_.insert(reasons).second) return;
    FaultAction action;
    action.kind = FaultAction::Kind::kValue;
    action.fault = Fault::kMalformed;
    action.column = index_;
    action.text = std::move(text);
    action.value = std::move(value);
    action.reasons = std::move(reasons);
    found_.push_back(std::move(action));
  }

  const Column& column_;
  FaultMedium medium_;
  const FormatOptions& format_;
  int index_ = 0;
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<std::unique_ptr<RowCheck>> checks_;
  std::set<std::vector<FaultReason>> reasons_;
  std::vector<FaultAction> found_;
};

}  // namespace

Result<std::vector<FaultAction>> MalformedValues(const Table& table, int column,
                                                 FaultMedium medium) {
  return ValueTrial(table.columns[static_cast<size_t>(column)], medium, table.format).Run(column);
}

}  // namespace tamis
