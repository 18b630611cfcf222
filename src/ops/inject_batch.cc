// Rebuilds columns of batches around faults. See inject_batch.h.
#include "ops/inject_batch.h"

#include <arrow/array.h>
#include <arrow/builder.h>

#include <algorithm>

#include "base/dictionary.h"

namespace tamis {
namespace {

// A time that is moved, or NULL as it was.
Result<std::shared_ptr<arrow::Scalar>> Moved(const arrow::Array& array, int64_t at, int64_t units) {
  ARROW_ASSIGN_OR_RAISE(auto value, array.GetScalar(at));
  if (!value->is_valid) return value;
  if (array.type_id() == arrow::Type::DATE32) {
    int32_t days = static_cast<const arrow::Date32Scalar&>(*value).value;
    return std::make_shared<arrow::Date32Scalar>(days + static_cast<int32_t>(units));
  }
  int64_t units_before = static_cast<const arrow::TimestampScalar&>(*value).value;
  return std::make_shared<arrow::TimestampScalar>(units_before + units, array.type());
}

}  // namespace

FaultyBatches::FaultyBatches(std::shared_ptr<const InjectPlan> plan, RowSpan span,
                             const std::shared_ptr<arrow::Schema>& schema)
    : plan_(std::move(plan)), span_(span) {
  std::vector<std::shared_ptr<arrow::Field>> fields;
  for (int i = 0; i < schema->num_fields(); ++i) {
    std::shared_ptr<arrow::Field> field = schema->field(i);
    if (plan_->MayBeMalformed(i)) field = field->WithType(DictionaryValueType(field->type()));
    if (plan_->MayBeNull(i)) field = field->WithNullable(true);
    fields.push_back(std::move(field));
  }
  schema_ = arrow::schema(std::move(fields), schema->metadata());
}

Result<std::shared_ptr<arrow::RecordBatch>> FaultyBatches::Rows(const MakeRows& clean,
                                                                int64_t first_row,
                                                                int64_t row_count) const {
  std::vector<FaultEvent> events;
  plan_->Find(span_, first_row, row_count, &events);
  // Copies are of rows a little before.
  int64_t base = first_row;
  for (const FaultEvent& event : events) {
    if (event.copy_of >= 0) base = std::min(base, event.copy_of);
  }
  ARROW_ASSIGN_OR_RAISE(auto rows, clean(base, first_row + row_count - base));
  std::vector<std::shared_ptr<arrow::Array>> columns;
  for (int i = 0; i < rows->num_columns(); ++i) {
    std::shared_ptr<arrow::Array> array = rows->column(i);
    if (plan_->MayBeMalformed(i)) {
      ARROW_ASSIGN_OR_RAISE(array, DecodeDictionary(array));
    }
    ARROW_ASSIGN_OR_RAISE(array, Column(i, base, first_row, row_count, events, array));
    columns.push_back(std::move(array));
  }
  auto copies = std::count_if(events.begin(), events.end(),
                              [](const FaultEvent& event) { return event.copy_of >= 0; });
  return arrow::RecordBatch::Make(schema_, row_count + copies, std::move(columns));
}

Result<std::shared_ptr<arrow::Array>> FaultyBatches::Column(
    int column, int64_t base, int64_t first_row, int64_t row_count,
    const std::vector<FaultEvent>& events, const std::shared_ptr<arrow::Array>& clean) const {
  using Kind = FaultAction::Kind;
  auto of_column = [&](const FaultEvent& event) {
    return event.copy_of >= 0 ||
           plan_->actions()[static_cast<size_t>(event.action)].column == column;
  };
  if (std::none_of(events.begin(), events.end(), of_column)) {
    return clean->Slice(first_row - base, row_count);
  }
  // A dictionary's rows change only by copying: its indices are copied, and the dictionary stays.
  std::shared_ptr<arrow::Array> plain = clean;
  const bool is_dictionary = clean->type_id() == arrow::Type::DICTIONARY;
  if (is_dictionary) plain = static_cast<const arrow::DictionaryArray&>(*clean).indices();
  ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(plain->type()));
  const arrow::ArraySpan span(*plain->data());
  int64_t next = first_row - base;
  auto copy_until = [&](int64_t end) {
    if (end <= next) return Status::OK();
    Status status = builder->AppendArraySlice(span, next, end - next);
    next = end;
    return status;
  };
  for (const FaultEvent& event : events) {
    if (!of_column(event)) continue;
    const FaultAction& action = plan_->actions()[static_cast<size_t>(event.action)];
    const int64_t at = event.row - base;
    if (event.copy_of >= 0) {
      ARROW_RETURN_NOT_OK(copy_until(at + 1));
      const int64_t of = event.copy_of - base;
      if (column == plan_->time_column() && plan_->later_by() > 0) {
        ARROW_ASSIGN_OR_RAISE(auto value, Moved(*plain, of, plan_->later_by()));
        ARROW_RETURN_NOT_OK(builder->AppendScalar(*value));
      } else {
        ARROW_RETURN_NOT_OK(builder->AppendArraySlice(span, of, 1));
      }
      continue;
    }
    ARROW_RETURN_NOT_OK(copy_until(at));
    next = at + 1;
    if (action.kind == Kind::kNull) {
      ARROW_RETURN_NOT_OK(builder->AppendNull());
    } else if (action.kind == Kind::kEarlier) {
      ARROW_ASSIGN_OR_RAISE(auto value, Moved(*plain, at, -plan_->late_by()));
      ARROW_RETURN_NOT_OK(builder->AppendScalar(*value));
    } else {
      ARROW_RETURN_NOT_OK(builder->AppendScalar(*action.value));
    }
  }
  ARROW_RETURN_NOT_OK(copy_until(first_row - base + row_count));
  ARROW_ASSIGN_OR_RAISE(auto made, builder->Finish());
  if (!is_dictionary) return made;
  return arrow::DictionaryArray::FromArrays(
      clean->type(), made, static_cast<const arrow::DictionaryArray&>(*clean).dictionary());
}

}  // namespace tamis
