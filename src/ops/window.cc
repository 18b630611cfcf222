// Tumbling windows over a hash table of (window, key). See window.h.
//
// PERF NOTES: a year of events over 52,560 windows. Windows without `by` columns are found in a
// direct table of slots: a hash table of three arrays took a third of the whole job. Dictionary
// columns (actions) cost one look-up a distinct value and chunk, not one a row.
#include "ops/window.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/type.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <unordered_map>

#include "base/dictionary.h"
#include "ops/exact_sum.h"
#include "ops/window_key.h"

namespace tamis {
namespace {

constexpr int64_t kNoWindow = std::numeric_limits<int64_t>::min();  // rows without a time
constexpr uint32_t kNoCell = 0xffffffff;  // rows whose pivot value is not listed

using Aggregate = WindowOptions::Aggregate;
using Kind = Aggregate::Kind;

bool IsReal(const arrow::DataType& type) { return arrow::is_floating(type.id()); }

// One aggregate of all cells. Besides the counts, only what its kind needs is filled.
struct Cells {
  Cells(Kind aggregate_kind, bool real_column) : kind(aggregate_kind), is_real(real_column) {}

  bool is_sum() const { return kind == Kind::kSum || kind == Kind::kAvg; }

  void Resize(size_t size) {
    counts.resize(size);
    if (kind == Kind::kCount) return;
    if (is_sum()) return is_real ? sums.Resize(size) : totals.resize(size);
    is_real ? reals.resize(size) : integers.resize(size);
  }

  void AddInteger(size_t cell, int64_t value) {
    bool first = counts[cell]++ == 0;
    if (is_sum()) {
      totals[cell] += value;
    } else {
      Keep(first, value, &integers[cell]);
    }
  }

  void AddReal(size_t cell, double value) {
    bool first = counts[cell]++ == 0;
    if (is_sum()) {
      sums.Add(cell, value);
    } else if (std::isnan(value)) {
      Keep(first, std::numeric_limits<double>::quiet_NaN(), &reals[cell]);
    } else {
      Keep(first, value + 0.0, &reals[cell]);  // -0 + 0 is 0: which came first does not show
    }
  }

  void Add(size_t cell, const Cells& other, size_t other_cell) {
    if (other.counts[other_cell] == 0) return;
    bool first = counts[cell] == 0;
    counts[cell] += other.counts[other_cell];
    if (kind == Kind::kCount) return;
    if (is_sum()) {
      if (is_real) return sums.Add(cell, other.sums, other_cell);
      totals[cell] += other.totals[other_cell];
    } else if (is_real) {
      Keep(first, other.reals[other_cell], &reals[cell]);
    } else {
      Keep(first, other.integers[other_cell], &integers[cell]);
    }
  }

  Kind kind;
  bool is_real;
  std::vector<int64_t> counts;    // of rows with a value; of kCount: of rows
  std::vector<int64_t> integers;  // least or greatest
  std::vector<double> reals;      // least or greatest, NaN being greater than all else
  std::vector<__int128> totals;   // 2^63 rows of int64 can't overflow it
  ExactSums sums;

 private:
  template <typename T>
  void Keep(bool first, T value, T* kept) const {
    auto is_less = [](T a, T b) { return a < b || (b != b && a == a); };
    if (first || (kind == Kind::kMin ? is_less(value, *kept) : is_less(*kept, value))) {
      *kept = value;
    }
  }
};

template <typename Function>
void ForEachInteger(const arrow::Array& array, Function&& function) {
  auto loop = [&](const auto& typed) {
    for (int64_t row = 0; row < typed.length(); ++row) {
      if (typed.IsValid(row))
        function(static_cast<size_t>(row), static_cast<int64_t>(typed.Value(row)));
    }
  };
  switch (array.type_id()) {
    case arrow::Type::INT8:
      return loop(static_cast<const arrow::Int8Array&>(array));
    case arrow::Type::INT16:
      return loop(static_cast<const arrow::Int16Array&>(array));
    case arrow::Type::INT32:
      return loop(static_cast<const arrow::Int32Array&>(array));
    default:
      return loop(static_cast<const arrow::Int64Array&>(array));
  }
}

template <typename Function>
void ForEachReal(const arrow::Array& array, Function&& function) {
  for (int64_t row = 0; row < array.length(); ++row) {
    if (array.IsNull(row)) continue;
    double value = array.type_id() == arrow::Type::FLOAT
                       ? static_cast<const arrow::FloatArray&>(array).Value(row)
                       : static_cast<const arrow::DoubleArray&>(array).Value(row);
    function(static_cast<size_t>(row), value);
  }
}

}  // namespace

class WindowAggregator::State {
 public:
  State(std::vector<WindowKey> key_columns, std::vector<Cells> empty_cells, size_t pivot_count,
        bool tracks_rows)
      : by(std::move(key_columns)),
        cells(std::move(empty_cells)),
        pivot_count_(pivot_count),
        tracks_rows_(tracks_rows) {
    Rehash(1024);
  }

  // The slot of (window, key); adds one if there is none.
  uint32_t Slot(int64_t window, uint32_t key) {
    if (key == 0) {
      uint64_t at = static_cast<uint64_t>(window) - static_cast<uint64_t>(dense_first_);
      if (at < dense_.size() && dense_[at] != kFree) return dense_[at];
    }
    return FindOrAdd(window, key);
  }

  // Makes every aggregate as long as the slots.
  void Extend() {
    for (Cells& cell : cells) cell.Resize(windows.size() * pivot_count_);
    if (tracks_rows_) has_rows.resize(windows.size() * pivot_count_);
  }

  // A key of several columns is the chain of (key so far, next column's id).
  uint32_t ChainKey(uint32_t key, uint32_t id) {
    auto [at, added] =
        chains_.try_emplace((uint64_t{key} << 32) | id, static_cast<uint32_t>(chain_parts.size()));
    if (added) chain_parts.emplace_back(key, id);
    return at->second;
  }

  std::vector<int64_t> windows;
  std::vector<uint32_t> keys;
  std::vector<int64_t> rows;  // of each slot
  std::vector<WindowKey> by;
  std::vector<Cells> cells;       // one an aggregate
  std::vector<uint8_t> has_rows;  // of each cell; empty unless a fill must know
  std::vector<std::pair<uint32_t, uint32_t>> chain_parts{{0, 0}};
  std::vector<uint32_t> scratch_cells;

 private:
  static constexpr uint32_t kFree = 0xffffffff;

  static constexpr size_t kDenseMax = 1 << 20;

  uint32_t FindOrAdd(int64_t window, uint32_t key) {
    size_t mask = table_.size() - 1;
    size_t at = Hash(window, key) & mask;
    for (; table_[at] != kFree; at = (at + 1) & mask) {
      if (windows[table_[at]] == window && keys[table_[at]] == key) return table_[at];
    }
    auto slot = static_cast<uint32_t>(windows.size());
    table_[at] = slot;
    windows.push_back(window);
    keys.push_back(key);
    rows.push_back(0);
    if (windows.size() * 2 > table_.size()) Rehash(table_.size() * 2);
    if (key == 0 && window != kNoWindow) AddDense(window, slot);
    return slot;
  }

  // Widens the direct table to hold `window`, unless it would be too long.
  void AddDense(int64_t window, uint32_t slot) {
    if (dense_.empty()) dense_first_ = window;
    auto before = static_cast<uint64_t>(dense_first_) - static_cast<uint64_t>(window);
    if (window < dense_first_ && before + dense_.size() <= kDenseMax) {
      size_t room = std::min<size_t>(kDenseMax - dense_.size(), before + dense_.size());
      dense_.insert(dense_.begin(), room, kFree);
      dense_first_ -= static_cast<int64_t>(room);
    }
    uint64_t at = static_cast<uint64_t>(window) - static_cast<uint64_t>(dense_first_);
    if (window < dense_first_ || at >= kDenseMax) return;
    if (at >= dense_.size()) dense_.resize(std::min<size_t>(kDenseMax, (at + 1) * 2), kFree);
    dense_[at] = slot;
  }

  static size_t Hash(int64_t window, uint32_t key) {
    uint64_t mixed = (static_cast<uint64_t>(window) + (uint64_t{key} << 40)) * 0x9e3779b97f4a7c15u;
    return static_cast<size_t>(mixed ^ (mixed >> 32));
  }

  void Rehash(size_t size) {
    table_.assign(size, kFree);
    for (uint32_t slot = 0; slot < windows.size(); ++slot) {
      size_t at = Hash(windows[slot], keys[slot]) & (size - 1);
      while (table_[at] != kFree) at = (at + 1) & (size - 1);
      table_[at] = slot;
    }
  }

  std::vector<uint32_t> table_;
  std::vector<uint32_t> dense_;  // slots of key 0 by window - dense_first_: one look-up, no hash
  int64_t dense_first_ = 0;
  std::unordered_map<uint64_t, uint32_t> chains_;
  size_t pivot_count_;
  bool tracks_rows_;
};

namespace {

using State = WindowAggregator::State;

// The key of each row: 0 without `by`.
void RowKeys(const arrow::RecordBatch& batch, const std::vector<int>& columns, State* state,
             std::vector<uint32_t>* keys) {
  auto rows = static_cast<size_t>(batch.num_rows());
  keys->assign(rows, 0);
  std::vector<uint32_t> ids;
  for (size_t i = 0; i < columns.size(); ++i) {
    state->by[i].Number(*batch.column(columns[i]), &ids);
    for (size_t row = 0; row < rows; ++row) (*keys)[row] = state->ChainKey((*keys)[row], ids[row]);
  }
}

// The pivot cell of each row, or kNoCell for NULL and values that are not listed.
std::vector<uint32_t> PivotCells(const arrow::Array& array,
                                 const std::map<std::string, uint32_t, std::less<>>& listed) {
  auto cells_of = [&](const arrow::StringArray& texts) {
    std::vector<uint32_t> cells(static_cast<size_t>(texts.length()), kNoCell);
    for (int64_t row = 0; row < texts.length(); ++row) {
      if (texts.IsNull(row)) continue;
      auto found = listed.find(texts.GetView(row));
      if (found != listed.end()) cells[static_cast<size_t>(row)] = found->second;
    }
    return cells;
  };
  if (array.type_id() != arrow::Type::DICTIONARY) {
    return cells_of(static_cast<const arrow::StringArray&>(array));
  }
  const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
  auto of_index = cells_of(static_cast<const arrow::StringArray&>(*coded.dictionary()));
  std::vector<uint32_t> cells(static_cast<size_t>(array.length()), kNoCell);
  for (int64_t row = 0; row < array.length(); ++row) {
    if (coded.IsNull(row)) continue;
    cells[static_cast<size_t>(row)] = of_index[static_cast<size_t>(coded.GetValueIndex(row))];
  }
  return cells;
}

// Ids of the key columns of a chained key, first column first.
std::vector<uint32_t> KeyIds(const State& state, uint32_t key, size_t columns) {
  std::vector<uint32_t> ids(columns);
  for (size_t i = columns; i > 0; --i) {
    ids[i - 1] = state.chain_parts[key].second;
    key = state.chain_parts[key].first;
  }
  return ids;
}

// Puts `from` into `into`, whose keys and slots have other numbers.
void Merge(const State& from, size_t pivot_count, State* into) {
  size_t key_columns = from.by.size();
  for (size_t slot = 0; slot < from.windows.size(); ++slot) {
    std::vector<uint32_t> ids = KeyIds(from, from.keys[slot], key_columns);
    uint32_t key = 0;
    for (size_t i = 0; i < key_columns; ++i) {
      key = into->ChainKey(key, into->by[i].Adopt(from.by[i], ids[i]));
    }
    uint32_t target = into->Slot(from.windows[slot], key);
    into->rows[target] += from.rows[slot];
    into->Extend();
    for (size_t p = 0; p < pivot_count; ++p) {
      size_t source_cell = slot * pivot_count + p, cell = target * pivot_count + p;
      for (size_t a = 0; a < from.cells.size(); ++a) {
        into->cells[a].Add(cell, from.cells[a], source_cell);
      }
      if (!from.has_rows.empty()) into->has_rows[cell] |= from.has_rows[source_cell];
    }
  }
}

// The slots by window and key, NULLs last.
std::vector<uint32_t> SortedSlots(const State& state) {
  size_t key_columns = state.by.size();
  std::vector<uint32_t> slots(state.windows.size());
  std::iota(slots.begin(), slots.end(), 0);
  std::vector<std::vector<uint32_t>> ranks;
  for (const WindowKey& key : state.by) ranks.push_back(key.Ranks());
  std::vector<uint32_t> slot_ranks;  // of all key columns of each slot
  for (uint32_t slot : slots) {
    std::vector<uint32_t> ids = KeyIds(state, state.keys[slot], key_columns);
    for (size_t i = 0; i < key_columns; ++i) slot_ranks.push_back(ranks[i][ids[i]]);
  }
  // As unsigned and turned by one, kNoWindow comes last.
  auto window_rank = [&](uint32_t slot) {
    return (static_cast<uint64_t>(state.windows[slot]) ^ (uint64_t{1} << 63)) - 1;
  };
  auto key_ranks = [&](uint32_t slot) { return slot_ranks.begin() + slot * key_columns; };
  std::sort(slots.begin(), slots.end(), [&](uint32_t a, uint32_t b) {
    if (state.windows[a] != state.windows[b]) return window_rank(a) < window_rank(b);
    return std::lexicographical_compare(key_ranks(a), key_ranks(a) + key_columns, key_ranks(b),
                                        key_ranks(b) + key_columns);
  });
  return slots;
}

Status BadColumn(const std::string& what, const std::string& name, const arrow::Schema& schema) {
  auto field = schema.GetFieldByName(name);
  if (!field) return UsageError("window: unknown column: " + name);
  return UsageError("window: " + what + " " + name + " is " + field->type()->ToString());
}

Result<std::shared_ptr<arrow::DataType>> AggregateType(const Aggregate& aggregate,
                                                       const arrow::Schema& schema) {
  if (aggregate.kind == Kind::kCount) return arrow::int64();
  auto field = schema.GetFieldByName(aggregate.column);
  bool fits = field && (arrow::is_signed_integer(field->type()->id()) ||
                        field->type()->id() == arrow::Type::FLOAT ||
                        field->type()->id() == arrow::Type::DOUBLE);
  if (!fits) return BadColumn("an aggregate needs an integer or double,", aggregate.column, schema);
  bool real = IsReal(*field->type()) || aggregate.kind == Kind::kAvg;
  return real ? arrow::float64() : arrow::int64();
}

// The value of a cell that has one. DataError for a sum that bigint can't hold.
Status AppendCell(const Cells& cells, size_t cell, const std::string& column,
                  arrow::ArrayBuilder* builder) {
  auto count = static_cast<double>(cells.counts[cell]);
  auto integer = [&](int64_t value) {
    return static_cast<arrow::Int64Builder*>(builder)->Append(value);
  };
  auto real = [&](double value) {
    return static_cast<arrow::DoubleBuilder*>(builder)->Append(value);
  };
  if (cells.kind == Kind::kCount) return integer(cells.counts[cell]);
  if (!cells.is_sum())
    return cells.is_real ? real(cells.reals[cell]) : integer(cells.integers[cell]);
  if (cells.is_real) {
    double sum = cells.sums.Round(cell);
    return real(cells.kind == Kind::kAvg ? sum / count : sum);
  }
  __int128 total = cells.totals[cell];
  if (cells.kind == Kind::kAvg) return real(static_cast<double>(total) / count);
  auto sum = static_cast<int64_t>(total);
  if (sum == total) return integer(sum);
  return DataError("window: the sum of " + column + " is out of range of bigint",
                   "cast the column to double");
}

}  // namespace

WindowAggregator::~WindowAggregator() = default;

std::shared_ptr<WindowAggregator::State> WindowAggregator::MakeState() const {
  std::vector<WindowKey> by;
  for (size_t i = 0; i < by_indices_.size(); ++i) {
    by.emplace_back(output_->field(static_cast<int>(i) + 1)->type());
  }
  std::vector<Cells> cells;
  for (size_t a = 0; a < options_.aggregates.size(); ++a) {
    int index = value_indices_[a];
    cells.emplace_back(options_.aggregates[a].kind,
                       index >= 0 && IsReal(*input_->field(index)->type()));
  }
  return std::make_shared<State>(std::move(by), std::move(cells), pivot_count_, tracks_rows_);
}

Result<std::unique_ptr<WindowAggregator>> WindowAggregator::Make(const WindowOptions& options,
                                                                 const arrow::Schema& input) {
  std::unique_ptr<WindowAggregator> made(new WindowAggregator());
  made->options_ = options;
  made->input_ = arrow::schema(input.fields());
  arrow::FieldVector fields;
  ARROW_RETURN_NOT_OK(made->BindTime(&fields));
  ARROW_RETURN_NOT_OK(made->BindKeys(&fields));
  ARROW_RETURN_NOT_OK(made->BindAggregates(&fields));
  std::set<std::string> names;
  for (const auto& field : fields) {
    if (!names.insert(field->name()).second) {
      return UsageError("window: two columns are called " + field->name());
    }
  }
  made->output_ = arrow::schema(fields);
  return made;
}

Status WindowAggregator::BindTime(arrow::FieldVector* fields) {
  time_index_ = input_->GetFieldIndex(options_.time);
  bool is_time =
      time_index_ >= 0 && input_->field(time_index_)->type()->id() == arrow::Type::TIMESTAMP;
  if (!is_time) return BadColumn("time needs a timestamp,", options_.time, *input_);
  auto type = input_->field(time_index_)->type();
  constexpr int64_t kUnitsPerSecond[] = {1, 1000, 1000000, 1000000000};
  int64_t units = kUnitsPerSecond[static_cast<const arrow::TimestampType&>(*type).unit()];
  // In units * every_us / 1000000: a window's length is a whole number of the column's units.
  if (options_.every_us <= 0 || (units < 1000000 && options_.every_us % (1000000 / units) != 0)) {
    return UsageError("window: every is not a whole number of the units of " + options_.time +
                      ", which is " + type->ToString());
  }
  every_ = units >= 1000000 ? options_.every_us * (units / 1000000)
                            : options_.every_us / (1000000 / units);
  fields->push_back(arrow::field("window_start", type));
  return Status::OK();
}

Status WindowAggregator::BindKeys(arrow::FieldVector* fields) {
  for (const std::string& name : options_.by) {
    int index = input_->GetFieldIndex(name);
    if (index < 0) return BadColumn("by", name, *input_);
    auto type = DictionaryValueType(input_->field(index)->type());
    if (!WindowKey::Takes(*type)) {
      return BadColumn("by needs booleans, numbers, text, dates or times,", name, *input_);
    }
    by_indices_.push_back(index);
    fields->push_back(arrow::field(name, type));
  }
  if (options_.pivot_column.empty()) return Status::OK();
  pivot_index_ = input_->GetFieldIndex(options_.pivot_column);
  bool is_text =
      pivot_index_ >= 0 &&
      DictionaryValueType(input_->field(pivot_index_)->type())->id() == arrow::Type::STRING;
  if (!is_text) return BadColumn("a pivot needs text,", options_.pivot_column, *input_);
  pivot_count_ = options_.pivot_values.size();
  for (const std::string& value : options_.pivot_values) {
    pivot_cells_.emplace(value, static_cast<uint32_t>(pivot_cells_.size()));
  }
  return Status::OK();
}

Status WindowAggregator::BindAggregates(arrow::FieldVector* fields) {
  bool only = options_.aggregates.size() == 1;
  for (const auto& aggregate : options_.aggregates) {
    ARROW_ASSIGN_OR_RAISE(auto type, AggregateType(aggregate, *input_));
    value_indices_.push_back(aggregate.column.empty() ? -1
                                                      : input_->GetFieldIndex(aggregate.column));
    if (pivot_index_ >= 0 && options_.fill) {
      if (!options_.fill->type->Equals(type)) {
        return UsageError("window: fill is " + options_.fill->type->ToString() + ", but " +
                          aggregate.name + " is " + type->ToString());
      }
      tracks_rows_ |= aggregate.kind != Kind::kCount;
    }
    if (pivot_index_ < 0) fields->push_back(arrow::field(aggregate.name, type));
    for (const std::string& value : options_.pivot_values) {
      fields->push_back(arrow::field(only ? value : value + "_" + aggregate.name, type));
    }
  }
  return Status::OK();
}

Status WindowAggregator::Push(const arrow::RecordBatch& batch, State* state) const {
  auto row_count = static_cast<size_t>(batch.num_rows());
  std::vector<uint32_t> keys, pivots;
  RowKeys(batch, by_indices_, state, &keys);
  if (pivot_index_ >= 0) {
    pivots = PivotCells(*batch.column(pivot_index_), pivot_cells_);
  }
  const auto& time = static_cast<const arrow::TimestampArray&>(*batch.column(time_index_));
  const int64_t* values = time.raw_values();
  std::vector<uint32_t>& cells = state->scratch_cells;
  cells.resize(row_count);
  for (size_t row = 0; row < row_count; ++row) {
    int64_t window = values[row] / every_;
    window -= window * every_ > values[row];  // floor, also before 1970
    if (time.null_count() != 0 && time.IsNull(static_cast<int64_t>(row))) window = kNoWindow;
    uint32_t slot = state->Slot(window, keys[row]);
    ++state->rows[slot];
    uint32_t pivot = pivot_index_ < 0 ? 0 : pivots[row];
    cells[row] = pivot == kNoCell ? kNoCell : static_cast<uint32_t>(slot * pivot_count_ + pivot);
  }
  state->Extend();
  if (tracks_rows_) {
    for (uint32_t cell : cells) {
      if (cell != kNoCell) state->has_rows[cell] = 1;
    }
  }
  for (size_t a = 0; a < options_.aggregates.size(); ++a) AddValues(batch, a, state);
  return Status::OK();
}

void WindowAggregator::AddValues(const arrow::RecordBatch& batch, size_t aggregate,
                                 State* state) const {
  const std::vector<uint32_t>& cells = state->scratch_cells;
  Cells& total = state->cells[aggregate];
  if (total.kind == Kind::kCount) {
    for (uint32_t cell : cells) {
      if (cell != kNoCell) ++total.counts[cell];
    }
    return;
  }
  const arrow::Array& column = *batch.column(value_indices_[aggregate]);
  if (total.is_real) {
    ForEachReal(column, [&](size_t row, double value) {
      if (cells[row] != kNoCell) total.AddReal(cells[row], value);
    });
  } else {
    ForEachInteger(column, [&](size_t row, int64_t value) {
      if (cells[row] != kNoCell) total.AddInteger(cells[row], value);
    });
  }
}

Result<std::shared_ptr<arrow::RecordBatch>> WindowAggregator::Finish(
    std::vector<std::shared_ptr<State>> states, int64_t* rows_in) const {
  std::shared_ptr<State> all = MakeState();
  for (const auto& state : states) Merge(*state, pivot_count_, all.get());
  *rows_in = std::accumulate(all->rows.begin(), all->rows.end(), int64_t{0});
  std::vector<uint32_t> slots = SortedSlots(*all);
  arrow::ArrayVector columns;
  ARROW_RETURN_NOT_OK(BuildKeys(*all, slots, &columns));
  for (size_t a = 0; a < options_.aggregates.size(); ++a) {
    for (size_t p = 0; p < pivot_count_; ++p) {
      ARROW_ASSIGN_OR_RAISE(auto array, BuildAggregate(*all, a, p, slots));
      columns.push_back(std::move(array));
    }
  }
  return arrow::RecordBatch::Make(output_, static_cast<int64_t>(slots.size()), columns);
}

Status WindowAggregator::BuildKeys(const State& state, const std::vector<uint32_t>& slots,
                                   arrow::ArrayVector* columns) const {
  arrow::TimestampBuilder starts(output_->field(0)->type(), arrow::default_memory_pool());
  for (uint32_t slot : slots) {
    int64_t start = 0;
    if (state.windows[slot] == kNoWindow) {
      ARROW_RETURN_NOT_OK(starts.AppendNull());
    } else if (__builtin_mul_overflow(state.windows[slot], every_, &start)) {
      return DataError("window: the first window begins before the first timestamp of " +
                       starts.type()->ToString());
    } else {
      ARROW_RETURN_NOT_OK(starts.Append(start));
    }
  }
  ARROW_ASSIGN_OR_RAISE(auto start_array, starts.Finish());
  columns->push_back(std::move(start_array));
  std::vector<std::vector<uint32_t>> ids(by_indices_.size());  // of each key column
  for (uint32_t slot : slots) {
    std::vector<uint32_t> slot_ids = KeyIds(state, state.keys[slot], by_indices_.size());
    for (size_t i = 0; i < ids.size(); ++i) ids[i].push_back(slot_ids[i]);
  }
  for (size_t i = 0; i < ids.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(auto array, state.by[i].Build(ids[i]));
    columns->push_back(std::move(array));
  }
  return Status::OK();
}

Result<std::shared_ptr<arrow::Array>> WindowAggregator::BuildAggregate(
    const State& state, size_t aggregate, size_t pivot, const std::vector<uint32_t>& slots) const {
  const Cells& cells = state.cells[aggregate];
  size_t column = 1 + by_indices_.size() + aggregate * pivot_count_ + pivot;
  const auto& type = output_->field(static_cast<int>(column))->type();
  ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(type));
  ARROW_RETURN_NOT_OK(builder->Reserve(static_cast<int64_t>(slots.size())));
  bool fills = pivot_index_ >= 0 && options_.fill;
  for (uint32_t slot : slots) {
    size_t cell = slot * pivot_count_ + pivot;
    if (cells.counts[cell] != 0) {
      const std::string& name = options_.aggregates[aggregate].column;
      ARROW_RETURN_NOT_OK(AppendCell(cells, cell, name, builder.get()));
    } else if (fills && !(tracks_rows_ && state.has_rows[cell])) {
      ARROW_RETURN_NOT_OK(builder->AppendScalar(*options_.fill));
    } else {
      ARROW_RETURN_NOT_OK(builder->AppendNull());
    }
  }
  return builder->Finish();
}

}  // namespace tamis
