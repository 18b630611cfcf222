// Runs the rules over batches, and takes refused rows out. See validate.h.
#include "ops/validate.h"

#define XXH_INLINE_ALL
#include <arrow/array.h>
#include <xxhash.h>

#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>

#include "ops/row_text.h"
#include "ops/take.h"

namespace tamis {
namespace {

// A row passes unless the expression is false: NULL passes, as in an SQL CHECK.
class ExpressionCheck : public RowCheck {
 public:
  ExpressionCheck(Expr expression, std::string name)
      : expression_(std::move(expression)), name_(std::move(name)) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    auto result = expression_.Evaluate(batch);
    if (!result.ok()) return NameFailingRow(result.status(), expression_, batch);
    const auto& passes = static_cast<const arrow::BooleanArray&>(**result);
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

// -0 is 0, and every NaN the same.
double FloatValue(const arrow::Array& array, int64_t row) {
  double value = array.type_id() == arrow::Type::FLOAT
                     ? static_cast<const arrow::FloatArray&>(array).Value(row)
                     : static_cast<const arrow::DoubleArray&>(array).Value(row);
  if (value != value) return std::numeric_limits<double>::quiet_NaN();
  return value == 0 ? 0 : value;
}

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
  if (arrow::is_floating(array.type_id())) {
    double value = FloatValue(array, row);
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

void LocateByValues(const Chunk& chunk, int64_t row, Reject* reject) {
  reject->file = chunk.file;
  if (!chunk.file.empty()) reject->record = chunk.first_row + row + 1;
  reject->raw = RowText(*chunk.batch, row);
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
    Reason reason{-1, issue.rule, "", issue.detail, issue.member};
    if (issue.column >= 0) {
      const std::string& name = chunk.batch->schema()->field(issue.column)->name();
      reason.column = table.ColumnIndex(name);
      reason.value = chunk.origin ? chunk.origin->Member(row, issue.column, issue.member)
                                  : CellValueText(*chunk.batch->column(issue.column), row);
    } else if (chunk.origin && !issue.member.empty()) {
      reason.value = chunk.origin->Member(row, -1, issue.member);
    }
    reject.reasons.push_back(std::move(reason));
  }
  return reject;
}

}  // namespace

Result<std::vector<KeySet::Key>> KeySet::Keys(const arrow::RecordBatch& batch) const {
  std::vector<Key> keys(static_cast<size_t>(batch.num_rows()));
  XXH3_state_t state;
  for (int64_t row = 0; row < batch.num_rows(); ++row) {
    if (KeyHasNull(batch, columns_, row)) continue;
    XXH3_128bits_reset(&state);
    for (int column : columns_) HashCell(*batch.column(column), row, &state);
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    keys[static_cast<size_t>(row)] = {hash.low64, hash.high64 | 1};
  }
  return keys;
}

// The slot that holds the key, or the free one where it belongs.
size_t KeySet::Find(Key key) const {
  size_t mask = slots_.size() - 1;
  size_t at = key.low & mask;
  while (slots_[at].high != 0 && (slots_[at].low != key.low || slots_[at].high != key.high)) {
    at = (at + 1) & mask;
  }
  return at;
}

bool KeySet::Contains(Key key) const { return slots_[Find(key)].high != 0; }

bool KeySet::Insert(Key key) {
  size_t at = Find(key);
  if (slots_[at].high != 0) return false;
  slots_[at] = key;
  if (++used_ * 2 > slots_.size()) Grow();
  return true;
}

void KeySet::Grow() {
  std::vector<Key> old(slots_.size() * 2);
  old.swap(slots_);
  for (Key key : old) {
    if (key.high != 0) slots_[Find(key)] = key;
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
    validator->key_sets_.emplace_back(key_columns, Rule::kPrimaryKey);
  }
  for (const Column& column : table.columns) {
    int index = schema.GetFieldIndex(column.name);
    if (column.unique && index >= 0 && key != std::vector<std::string>{column.name}) {
      validator->key_sets_.emplace_back(std::vector<int>{index}, Rule::kUnique);
    }
  }
  return validator;
}

Status Validator::Check(Chunk* chunk) const {
  std::vector<CellIssue> found;
  for (const auto& check : checks_) ARROW_RETURN_NOT_OK(check->Check(*chunk->batch, &found));
  if (found.empty()) return Status::OK();
  // Cells that failed before: NULL is not their fault.
  using Cell = std::tuple<int32_t, int32_t, std::string_view>;
  const std::vector<CellIssue> before = chunk->issues;
  std::vector<Cell> untyped;
  for (const CellIssue& issue : before) untyped.emplace_back(issue.row, issue.column, issue.member);
  std::sort(untyped.begin(), untyped.end());
  for (CellIssue& issue : found) {
    auto has = [&](int32_t column, std::string_view member) {
      return std::binary_search(untyped.begin(), untyped.end(), Cell(issue.row, column, member));
    };
    // A record that could not be split into fields (column -1) has no cells to check, and a nested
    // value that could not be typed has no members.
    if (!has(issue.column, issue.member) && !has(issue.column, "") && !has(-1, "")) {
      chunk->issues.push_back(std::move(issue));
    }
  }
  std::stable_sort(chunk->issues.begin(), chunk->issues.end(),
                   [](const CellIssue& a, const CellIssue& b) { return a.row < b.row; });
  return Status::OK();
}

Result<std::vector<std::vector<KeySet::Key>>> Validator::Keys(
    const arrow::RecordBatch& batch) const {
  std::vector<std::vector<KeySet::Key>> keys;
  for (const KeySet& set : key_sets_) {
    ARROW_ASSIGN_OR_RAISE(auto of_set, set.Keys(batch));
    keys.push_back(std::move(of_set));
  }
  return keys;
}

void Validator::CheckKeys(const std::vector<std::vector<KeySet::Key>>& keys, Chunk* chunk) {
  auto rows = static_cast<size_t>(chunk->batch->num_rows());
  std::vector<uint8_t> refused(rows);
  for (const CellIssue& issue : chunk->issues) refused[static_cast<size_t>(issue.row)] = 1;
  std::vector<CellIssue> found;
  for (size_t row = 0; row < rows; ++row) {
    if (refused[row]) continue;
    size_t found_before = found.size();
    for (size_t i = 0; i < key_sets_.size(); ++i) {
      if (keys[i][row].high == 0 || !key_sets_[i].Contains(keys[i][row])) continue;
      found.push_back(
          {static_cast<int32_t>(row), key_sets_[i].columns()[0], key_sets_[i].rule(), ""});
    }
    if (found.size() != found_before) continue;
    for (size_t i = 0; i < key_sets_.size(); ++i) {
      if (keys[i][row].high != 0) key_sets_[i].Insert(keys[i][row]);
    }
  }
  if (found.empty()) return;
  chunk->issues.insert(chunk->issues.end(), found.begin(), found.end());
  std::stable_sort(chunk->issues.begin(), chunk->issues.end(),
                   [](const CellIssue& a, const CellIssue& b) { return a.row < b.row; });
}

Status TakeRejects(const Table& table, Chunk* chunk,
                   const std::function<Status(const Reject&)>& take) {
  RowList rows;
  for (size_t first = 0; first < chunk->issues.size();) {
    size_t last = first;
    while (last < chunk->issues.size() && chunk->issues[last].row == chunk->issues[first].row) {
      ++last;
    }
    ARROW_RETURN_NOT_OK(take(MakeReject(table, *chunk, first, last)));
    rows.push_back(chunk->issues[first].row);
    first = last;
  }
  if (!rows.empty()) {
    ARROW_ASSIGN_OR_RAISE(chunk->batch,
                          TakeRows(*chunk->batch, RowsExcept(chunk->batch->num_rows(), rows)));
    chunk->issues.clear();
  }
  return Status::OK();
}

}  // namespace tamis
