// Runs the rules over batches, and takes refused rows out. See validate.h.
#include "ops/validate.h"

#define XXH_INLINE_ALL
#include <arrow/array.h>
#include <arrow/scalar.h>
#include <xxhash.h>

#include <algorithm>

#include "ops/take.h"

namespace tamis {
namespace {

// A row passes unless the expression is false: NULL passes, as in an SQL CHECK.
class ExpressionCheck : public RowCheck {
 public:
  ExpressionCheck(Expr expression, std::string name)
      : expression_(std::move(expression)), name_(std::move(name)) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    ARROW_ASSIGN_OR_RAISE(auto result, expression_.Evaluate(batch));
    const auto& passes = static_cast<const arrow::BooleanArray&>(*result);
    for (int64_t row = 0; row < passes.length(); ++row) {
      if (passes.IsValid(row) && !passes.Value(row)) {
        issues->push_back({static_cast<int32_t>(row), -1, Rule::kRow, name_});
      }
    }
    return Status::OK();
  }

 private:
  Expr expression_;
  std::string name_;
};

void HashCell(const arrow::Array& array, int64_t row, XXH3_state_t* state) {
  if (array.type_id() == arrow::Type::DICTIONARY) {
    const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
    return HashCell(*coded.dictionary(), coded.GetValueIndex(row), state);
  }
  if (arrow::is_base_binary_like(array.type_id())) {
    std::string_view text = static_cast<const arrow::BinaryArray&>(array).GetView(row);
    uint64_t size = text.size();  // so that ("a","bc") and ("ab","c") differ
    XXH3_128bits_update(state, &size, sizeof(size));
    XXH3_128bits_update(state, text.data(), text.size());
    return;
  }
  if (array.type_id() == arrow::Type::BOOL) {
    bool value = static_cast<const arrow::BooleanArray&>(array).Value(row);
    XXH3_128bits_update(state, &value, sizeof(value));
    return;
  }
  int width = array.type()->byte_width();
  const uint8_t* values = array.data()->GetValues<uint8_t>(1, 0);
  XXH3_128bits_update(state, values + (array.offset() + row) * width, static_cast<size_t>(width));
}

bool KeyHasNull(const arrow::RecordBatch& batch, const std::vector<int>& columns, int64_t row) {
  for (int column : columns) {
    if (batch.column(column)->IsNull(row)) return true;
  }
  return false;
}

std::string CellText(const arrow::Array& array, int64_t row) {
  auto scalar = array.GetScalar(row);
  if (!scalar.ok() || !(*scalar)->is_valid) return "";
  if (array.type_id() == arrow::Type::DICTIONARY) {
    const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
    return CellText(*coded.dictionary(), coded.GetValueIndex(row));
  }
  return (*scalar)->ToString();
}

void LocateByValues(const Chunk& chunk, int64_t row, Reject* reject) {
  for (int i = 0; i < chunk.batch->num_columns(); ++i) {
    reject->raw += (i ? "," : "") + CellText(*chunk.batch->column(i), row);
  }
}

Reject MakeReject(const Table& table, const Chunk& chunk, size_t first, size_t last) {
  int64_t row = chunk.issues[first].row;
  Reject reject;
  if (chunk.origin) {
    chunk.origin->Locate(row, &reject);
  } else {
    LocateByValues(chunk, row, &reject);
  }
  for (size_t i = first; i < last; ++i) {
    const CellIssue& issue = chunk.issues[i];
    Reason reason{-1, issue.rule, "", issue.detail};
    if (issue.column >= 0) {
      const std::string& name = chunk.batch->schema()->field(issue.column)->name();
      reason.column = table.ColumnIndex(name);
      reason.value = chunk.origin ? chunk.origin->Field(row, issue.column)
                                  : CellText(*chunk.batch->column(issue.column), row);
    }
    reject.reasons.push_back(std::move(reason));
  }
  return reject;
}

}  // namespace

Result<std::vector<uint64_t>> UniqueCheck::Hash(const arrow::RecordBatch& batch) const {
  std::vector<uint64_t> hashes(static_cast<size_t>(batch.num_rows()) * 2);
  XXH3_state_t state;
  for (int64_t row = 0; row < batch.num_rows(); ++row) {
    if (KeyHasNull(batch, columns_, row)) continue;
    XXH3_128bits_reset(&state);
    for (int column : columns_) HashCell(*batch.column(column), row, &state);
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    hashes[static_cast<size_t>(row) * 2] = hash.low64;
    hashes[static_cast<size_t>(row) * 2 + 1] = hash.high64 | 1;  // 0,0 means a NULL in the key
  }
  return hashes;
}

void UniqueCheck::Grow() {
  std::vector<uint64_t> old = std::move(slots_);
  slots_.assign(std::max<size_t>(2048, old.size() * 2), 0);
  used_ = 0;
  for (size_t i = 0; i < old.size(); i += 2) {
    if (old[i + 1]) Insert(old[i], old[i + 1]);
  }
}

bool UniqueCheck::Insert(uint64_t low, uint64_t high) {
  if (used_ * 4 >= slots_.size()) Grow();  // at most half of the slots, two words each
  uint64_t mask = slots_.size() / 2 - 1;
  for (uint64_t slot = low & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot * 2 + 1] == 0) {
      slots_[slot * 2] = low;
      slots_[slot * 2 + 1] = high;
      ++used_;
      return true;
    }
    if (slots_[slot * 2] == low && slots_[slot * 2 + 1] == high) return false;
  }
}

void UniqueCheck::Check(const arrow::RecordBatch& batch, const std::vector<uint64_t>& hashes,
                        const std::vector<uint8_t>& refused, std::vector<CellIssue>* issues) {
  for (size_t row = 0; row < static_cast<size_t>(batch.num_rows()); ++row) {
    if (refused[row] || hashes[row * 2 + 1] == 0) continue;
    if (Insert(hashes[row * 2], hashes[row * 2 + 1])) continue;
    ++duplicate_count_;
    issues->push_back({static_cast<int32_t>(row), columns_[0], rule_, ""});
  }
}

Result<std::unique_ptr<Validator>> Validator::Make(const Table& table, const arrow::Schema& schema,
                                                   const Parameters& parameters) {
  auto validator = std::make_unique<Validator>();
  ARROW_ASSIGN_OR_RAISE(validator->checks_, MakeColumnChecks(table, schema));
  for (const RowRule& rule : table.row_rules) {
    ARROW_ASSIGN_OR_RAISE(Expr expression,
                          Expr::Bind(rule.expression, rule.place, schema, parameters));
    if (expression.type()->id() != arrow::Type::BOOL) {
      return UsageErrorAt(rule.place, "a row rule is true or false, this one is " +
                                          expression.type()->ToString() + ": " + rule.expression);
    }
    validator->checks_.push_back(std::make_unique<ExpressionCheck>(
        std::move(expression), rule.name.empty() ? rule.expression : rule.name));
  }
  std::vector<std::string> key = table.PrimaryKey();
  std::vector<int> key_columns;
  for (const std::string& name : key) key_columns.push_back(schema.GetFieldIndex(name));
  bool whole_key = std::find(key_columns.begin(), key_columns.end(), -1) == key_columns.end();
  if (!key.empty() && whole_key) {
    validator->unique_checks_.emplace_back(key_columns, Rule::kPrimaryKey);
  }
  for (const Column& column : table.columns) {
    int index = schema.GetFieldIndex(column.name);
    if (column.unique && index >= 0 && key != std::vector<std::string>{column.name}) {
      validator->unique_checks_.emplace_back(std::vector<int>{index}, Rule::kUnique);
    }
  }
  return validator;
}

Status Validator::Check(Chunk* chunk) const {
  std::vector<CellIssue> found;
  for (const auto& check : checks_) ARROW_RETURN_NOT_OK(check->Check(*chunk->batch, &found));
  if (found.empty()) return Status::OK();
  std::vector<std::pair<int32_t, int32_t>>
      untyped;  // cells that failed before: NULL is not their fault
  for (const CellIssue& issue : chunk->issues) untyped.emplace_back(issue.row, issue.column);
  std::sort(untyped.begin(), untyped.end());
  for (CellIssue& issue : found) {
    auto has = [&](int32_t column) {
      return std::binary_search(untyped.begin(), untyped.end(), std::pair(issue.row, column));
    };
    // A record that could not be split into fields (column -1) has no cells to check.
    if (!has(issue.column) && !has(-1)) chunk->issues.push_back(std::move(issue));
  }
  std::stable_sort(chunk->issues.begin(), chunk->issues.end(),
                   [](const CellIssue& a, const CellIssue& b) { return a.row < b.row; });
  return Status::OK();
}

Result<std::vector<Reject>> TakeRejects(const Table& table, Chunk* chunk) {
  std::vector<Reject> rejects;
  RowList rows;
  for (size_t first = 0; first < chunk->issues.size();) {
    size_t last = first;
    while (last < chunk->issues.size() && chunk->issues[last].row == chunk->issues[first].row) {
      ++last;
    }
    rejects.push_back(MakeReject(table, *chunk, first, last));
    rows.push_back(chunk->issues[first].row);
    first = last;
  }
  if (!rows.empty()) {
    ARROW_ASSIGN_OR_RAISE(chunk->batch,
                          TakeRows(*chunk->batch, RowsExcept(chunk->batch->num_rows(), rows)));
    chunk->issues.clear();
  }
  return rejects;
}

}  // namespace tamis
