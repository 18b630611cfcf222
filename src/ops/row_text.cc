// See row_text.h.
#include "ops/row_text.h"

#include <arrow/array.h>
#include <arrow/scalar.h>

namespace tamis {
namespace {

constexpr size_t kRowBytesMax = 200;

}  // namespace

std::string CellValueText(const arrow::Array& array, int64_t row) {
  auto scalar = array.GetScalar(row);
  if (!scalar.ok() || !(*scalar)->is_valid) return "";
  if (array.type_id() == arrow::Type::DICTIONARY) {
    const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
    return CellValueText(*coded.dictionary(), coded.GetValueIndex(row));
  }
  return (*scalar)->ToString();
}

std::string RowText(const arrow::RecordBatch& batch, int64_t row) {
  std::string text;
  for (int i = 0; i < batch.num_columns(); ++i) {
    text += (i ? "," : "") + CellValueText(*batch.column(i), row);
  }
  return text;
}

Status NameFailingRow(const Status& failed, const Expr& expression,
                      const arrow::RecordBatch& batch) {
  if (ExitCodeOf(failed) != ExitCode::kDataFailed) return failed;
  // Rows before `low` pass together, those before `high` do not.
  int64_t low = 0, high = batch.num_rows();
  while (low + 1 < high) {
    int64_t middle = low + (high - low) / 2;
    bool passes = expression.Evaluate(*batch.Slice(low, middle - low)).ok();
    (passes ? low : high) = middle;
  }
  std::string row = RowText(batch, low);
  if (row.size() > kRowBytesMax) row = row.substr(0, kRowBytesMax) + "...";
  return failed.WithMessage(failed.message(), ", in the row ", row);
}

}  // namespace tamis
