// Row rules over a sample. See generate_sample.h.
#include "ops/generate_sample.h"

#include <arrow/array.h>
#include <arrow/scalar.h>

#include <algorithm>

#include "expr/expr.h"
#include "ops/generate_batch.h"

namespace tamis {
namespace {

constexpr int64_t kSampleRows = 10'000;

// `due_on = 2024-01-02, lent_on = 2024-03-01`.
Result<std::string> ShowValues(const arrow::RecordBatch& batch,
                               const std::vector<std::string>& columns, int64_t row) {
  std::string text;
  for (const std::string& name : columns) {
    auto column = batch.GetColumnByName(name);
    if (!column) continue;
    ARROW_ASSIGN_OR_RAISE(auto value, column->GetScalar(row));
    if (value->type->id() == arrow::Type::DICTIONARY) {
      ARROW_ASSIGN_OR_RAISE(value,
                            static_cast<const arrow::DictionaryScalar&>(*value).GetEncodedValue());
    }
    text += (text.empty() ? "" : ", ") + name + " = " + value->ToString();
  }
  return text;
}

Status CheckRule(const RowRule& rule, const arrow::RecordBatch& batch) {
  ARROW_ASSIGN_OR_RAISE(ExprNames names, ListNames(rule.expression, rule.place));
  if (!names.parameters.empty()) return Status::OK();
  ARROW_ASSIGN_OR_RAISE(Expr condition,
                        Expr::BindCondition(rule.expression, rule.place, *batch.schema(), {}));
  ARROW_ASSIGN_OR_RAISE(auto result, condition.Evaluate(batch));
  const auto& kept = static_cast<const arrow::BooleanArray&>(*result);
  for (int64_t row = 0; row < kept.length(); ++row) {
    if (kept.IsNull(row) || kept.Value(row)) continue;
    ARROW_ASSIGN_OR_RAISE(std::string values, ShowValues(batch, names.columns, row));
    return UsageErrorAt(rule.place,
                        "generated rows would break the rule " + rule.expression + ": in row " +
                            std::to_string(row + 1) + " " + values,
                        "say in tamis.generate how its columns are made, such as {provider: after, "
                        "column: ...} or an expression");
  }
  return Status::OK();
}

}  // namespace

Status CheckRowRules(const Table& table, std::shared_ptr<const RowProgram> program,
                     int64_t row_count) {
  const int64_t rows = std::min({kSampleRows, row_count, program->row_count_max});
  if (table.row_rules.empty() || rows <= 0) return Status::OK();
  ARROW_RETURN_NOT_OK(CheckRows(*program, 0, rows));
  ARROW_ASSIGN_OR_RAISE(BatchProgram batches, BatchProgram::Make(std::move(program)));
  ARROW_ASSIGN_OR_RAISE(auto batch, batches.Rows(0, rows));
  for (const RowRule& rule : table.row_rules) ARROW_RETURN_NOT_OK(CheckRule(rule, *batch));
  return Status::OK();
}

}  // namespace tamis
