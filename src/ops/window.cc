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
#include <limits>
#include <numeric>
#include <unordered_map>

#include "base/dictionary.h"

namespace tamis {
namespace {

constexpr int64_t kNoWindow = std::numeric_limits<int64_t>::min();  // rows without a time
constexpr uint32_t kNullKey = 0;
constexpr uint32_t kNoCell = 0xffffffff;  // rows whose pivot value is not listed

// Numbers the values of one key column 1, 2, 3, ...; 0 is NULL.
class Interner {
 public:
  uint32_t Id(std::string_view value) {
    auto [at, added] = ids_.try_emplace(std::string(value), static_cast<uint32_t>(values_.size()));
    if (added) values_.push_back(at->first);
    return at->second;
  }
  const std::string& Value(uint32_t id) const { return values_[id]; }

 private:
  std::unordered_map<std::string, uint32_t> ids_;
  std::vector<std::string> values_{""};
};

std::string_view CellBytes(const arrow::Array& array, int64_t row) {
  if (arrow::is_base_binary_like(array.type_id())) {
    return static_cast<const arrow::BinaryArray&>(array).GetView(row);
  }
  auto width = static_cast<size_t>(array.type()->byte_width());
  const char* values = reinterpret_cast<const char*>(array.data()->GetValues<uint8_t>(1, 0));
  return {values + static_cast<size_t>(array.offset() + row) * width, width};
}

void InternColumn(const arrow::Array& array, Interner* interner, std::vector<uint32_t>* ids) {
  ids->resize(static_cast<size_t>(array.length()));
  if (array.type_id() == arrow::Type::DICTIONARY) {
    const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
    std::vector<uint32_t> of_index(static_cast<size_t>(coded.dictionary()->length()));
    for (size_t i = 0; i < of_index.size(); ++i) {
      of_index[i] = interner->Id(CellBytes(*coded.dictionary(), static_cast<int64_t>(i)));
    }
    for (int64_t row = 0; row < array.length(); ++row) {
      (*ids)[static_cast<size_t>(row)] =
          coded.IsNull(row) ? kNullKey : of_index[static_cast<size_t>(coded.GetValueIndex(row))];
    }
    return;
  }
  for (int64_t row = 0; row < array.length(); ++row) {
    (*ids)[static_cast<size_t>(row)] =
        array.IsNull(row) ? kNullKey : interner->Id(CellBytes(array, row));
  }
}

// One aggregate of all cells: the count serves count, avg and "has rows".
struct Cells {
  std::vector<int64_t> counts;
  std::vector<int64_t> integers;  // of int columns: sum, min or max
  std::vector<double> reals;      // of float columns
};

bool IsReal(const arrow::DataType& type) { return arrow::is_floating(type.id()); }

template <typename Function>
Status ForEachInteger(const arrow::Array& array, Function&& function) {
  auto loop = [&](const auto& typed) {
    for (int64_t row = 0; row < typed.length(); ++row) {
      if (typed.IsValid(row))
        function(static_cast<size_t>(row), static_cast<int64_t>(typed.Value(row)));
    }
    return Status::OK();
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

template <typename T>
void Combine(WindowOptions::Aggregate::Kind kind, bool first, T value, T* total) {
  using Kind = WindowOptions::Aggregate::Kind;
  if (first) {
    *total = value;
  } else if (kind == Kind::kMin) {
    *total = std::min(*total, value);
  } else if (kind == Kind::kMax) {
    *total = std::max(*total, value);
  } else if constexpr (std::is_same_v<T, int64_t>) {
    // Overflow is found in Finish's books for counts; sums saturate to a value that no sum can
    // have.
    if (__builtin_add_overflow(*total, value, total)) *total = std::numeric_limits<int64_t>::min();
  } else {
    *total += value;
  }
}

}  // namespace

class WindowAggregator::State {
 public:
  State(size_t key_columns, size_t aggregate_count, size_t pivot_count)
      : interners(key_columns), cells(aggregate_count), pivot_count_(pivot_count) {
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
    for (Cells& cell : cells) {
      cell.counts.resize(windows.size() * pivot_count_);
      cell.integers.resize(windows.size() * pivot_count_);
      cell.reals.resize(windows.size() * pivot_count_);
    }
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
  std::vector<Interner> interners;
  std::vector<Cells> cells;  // one an aggregate
  std::vector<std::pair<uint32_t, uint32_t>> chain_parts{{0, 0}};
  std::vector<std::vector<uint32_t>> scratch_ids;
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
    InternColumn(*batch.column(columns[i]), &state->interners[i], &ids);
    for (size_t row = 0; row < rows; ++row) (*keys)[row] = state->ChainKey((*keys)[row], ids[row]);
  }
}

// The pivot cell of each row, or kNoCell for values that are not listed.
std::vector<uint32_t> PivotCells(const arrow::Array& array,
                                 const std::vector<std::string>& values) {
  Interner interner;
  for (const std::string& value : values) interner.Id(value);
  std::vector<uint32_t> ids;
  InternColumn(array, &interner, &ids);
  for (uint32_t& id : ids) id = id == kNullKey || id > values.size() ? kNoCell : id - 1;
  return ids;
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

Status AppendKey(const arrow::DataType& type, std::string_view bytes,
                 arrow::ArrayBuilder* builder) {
  if (arrow::is_base_binary_like(type.id())) {
    return static_cast<arrow::BinaryBuilder*>(builder)->Append(bytes);
  }
  auto buffer = arrow::Buffer::FromString(std::string(bytes));
  auto data = arrow::ArrayData::Make(builder->type(), 1, {nullptr, buffer});
  return builder->AppendArraySlice(arrow::ArraySpan(*data), 0, 1);
}

// Puts `from` into `into`, whose interners and slots differ.
void Merge(const State& from, size_t key_columns, size_t pivot_count,
           const std::vector<WindowOptions::Aggregate>& aggregates, State* into) {
  for (size_t slot = 0; slot < from.windows.size(); ++slot) {
    std::vector<uint32_t> ids = KeyIds(from, from.keys[slot], key_columns);
    uint32_t key = 0;
    for (size_t i = 0; i < key_columns; ++i) {
      uint32_t id =
          ids[i] == kNullKey ? kNullKey : into->interners[i].Id(from.interners[i].Value(ids[i]));
      key = into->ChainKey(key, id);
    }
    uint32_t target = into->Slot(from.windows[slot], key);
    into->rows[target] += from.rows[slot];
    into->Extend();
    for (size_t a = 0; a < aggregates.size(); ++a) {
      for (size_t p = 0; p < pivot_count; ++p) {
        size_t source_cell = slot * pivot_count + p, cell = target * pivot_count + p;
        const Cells& source = from.cells[a];
        Cells& total = into->cells[a];
        if (source.counts[source_cell] == 0) continue;
        bool first = total.counts[cell] == 0;
        Combine(aggregates[a].kind, first, source.integers[source_cell], &total.integers[cell]);
        Combine(aggregates[a].kind, first, source.reals[source_cell], &total.reals[cell]);
        total.counts[cell] += source.counts[source_cell];
      }
    }
  }
}

// The slots by window and key, NULLs last.
std::vector<uint32_t> SortedSlots(const State& state, size_t key_columns) {
  std::vector<uint32_t> slots(state.windows.size());
  std::iota(slots.begin(), slots.end(), 0);
  std::vector<std::vector<uint32_t>> ids(slots.size());
  for (uint32_t slot : slots) ids[slot] = KeyIds(state, state.keys[slot], key_columns);
  std::sort(slots.begin(), slots.end(), [&](uint32_t a, uint32_t b) {
    int64_t window_a = state.windows[a], window_b = state.windows[b];
    if (window_a != window_b) {
      return window_b == kNoWindow || (window_a != kNoWindow && window_a < window_b);
    }
    for (size_t i = 0; i < key_columns; ++i) {
      if (ids[a][i] == ids[b][i]) continue;
      if (ids[a][i] == kNullKey || ids[b][i] == kNullKey) return ids[b][i] == kNullKey;
      return state.interners[i].Value(ids[a][i]) < state.interners[i].Value(ids[b][i]);
    }
    return false;
  });
  return slots;
}

Status BadColumn(const std::string& what, const std::string& name, const arrow::Schema& schema) {
  auto field = schema.GetFieldByName(name);
  if (!field) return UsageError("window: unknown column: " + name);
  return UsageError("window: " + what + " " + name + " is " + field->type()->ToString());
}

Result<std::shared_ptr<arrow::DataType>> AggregateType(const WindowOptions::Aggregate& aggregate,
                                                       const arrow::Schema& schema) {
  using Kind = WindowOptions::Aggregate::Kind;
  if (aggregate.kind == Kind::kCount) return arrow::int64();
  auto field = schema.GetFieldByName(aggregate.column);
  bool fits = field && (arrow::is_signed_integer(field->type()->id()) ||
                        field->type()->id() == arrow::Type::FLOAT ||
                        field->type()->id() == arrow::Type::DOUBLE);
  if (!fits) return BadColumn("an aggregate needs an integer or double,", aggregate.column, schema);
  bool real = IsReal(*field->type()) || aggregate.kind == Kind::kAvg;
  return real ? arrow::float64() : arrow::int64();
}

// One output column: the aggregate's cells at `pivot`, in the order of `slots`.
Result<std::shared_ptr<arrow::Array>> BuildAggregate(const WindowOptions::Aggregate& aggregate,
                                                     bool real_input, const Cells& cells,
                                                     size_t pivot_count, size_t pivot,
                                                     const std::vector<uint32_t>& slots,
                                                     const std::shared_ptr<arrow::DataType>& type,
                                                     const std::shared_ptr<arrow::Scalar>& fill) {
  using Kind = WindowOptions::Aggregate::Kind;
  ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(type));
  ARROW_RETURN_NOT_OK(builder->Reserve(static_cast<int64_t>(slots.size())));
  for (uint32_t slot : slots) {
    size_t cell = slot * pivot_count + pivot;
    int64_t count = cells.counts[cell];
    if (count == 0) {
      ARROW_RETURN_NOT_OK(fill ? builder->AppendScalar(*fill) : builder->AppendNull());
    } else if (aggregate.kind == Kind::kCount) {
      ARROW_RETURN_NOT_OK(static_cast<arrow::Int64Builder&>(*builder).Append(count));
    } else if (type->id() == arrow::Type::INT64) {
      if (aggregate.kind == Kind::kSum &&
          cells.integers[cell] == std::numeric_limits<int64_t>::min()) {
        return DataError("window: the sum of " + aggregate.column + " is out of range of bigint",
                         "cast the column to double");
      }
      ARROW_RETURN_NOT_OK(static_cast<arrow::Int64Builder&>(*builder).Append(cells.integers[cell]));
    } else {
      double value = real_input ? cells.reals[cell] : static_cast<double>(cells.integers[cell]);
      if (aggregate.kind == Kind::kAvg) value /= static_cast<double>(count);
      ARROW_RETURN_NOT_OK(static_cast<arrow::DoubleBuilder&>(*builder).Append(value));
    }
  }
  return builder->Finish();
}

}  // namespace

WindowAggregator::~WindowAggregator() = default;

std::shared_ptr<WindowAggregator::State> WindowAggregator::MakeState() const {
  return std::make_shared<State>(by_indices_.size(), options_.aggregates.size(), pivot_count_);
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
  every_ = units >= 1000000 ? options_.every_us * (units / 1000000)
                            : options_.every_us / (1000000 / units);
  if (every_ <= 0) {
    return UsageError("window: every is shorter than the unit of " + options_.time);
  }
  fields->push_back(arrow::field("window_start", type));
  return Status::OK();
}

Status WindowAggregator::BindKeys(arrow::FieldVector* fields) {
  for (const std::string& name : options_.by) {
    int index = input_->GetFieldIndex(name);
    if (index < 0) return BadColumn("by", name, *input_);
    by_indices_.push_back(index);
    fields->push_back(arrow::field(name, DictionaryValueType(input_->field(index)->type())));
  }
  if (options_.pivot_column.empty()) return Status::OK();
  pivot_index_ = input_->GetFieldIndex(options_.pivot_column);
  bool is_text =
      pivot_index_ >= 0 &&
      DictionaryValueType(input_->field(pivot_index_)->type())->id() == arrow::Type::STRING;
  if (!is_text) return BadColumn("a pivot needs text,", options_.pivot_column, *input_);
  pivot_count_ = options_.pivot_values.size();
  return Status::OK();
}

Status WindowAggregator::BindAggregates(arrow::FieldVector* fields) {
  bool only = options_.aggregates.size() == 1;
  for (const auto& aggregate : options_.aggregates) {
    ARROW_ASSIGN_OR_RAISE(auto type, AggregateType(aggregate, *input_));
    value_indices_.push_back(aggregate.column.empty() ? -1
                                                      : input_->GetFieldIndex(aggregate.column));
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
    pivots = PivotCells(*batch.column(pivot_index_), options_.pivot_values);
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
  for (size_t a = 0; a < options_.aggregates.size(); ++a) {
    ARROW_RETURN_NOT_OK(AddValues(batch, a, state));
  }
  return Status::OK();
}

Status WindowAggregator::AddValues(const arrow::RecordBatch& batch, size_t aggregate,
                                   State* state) const {
  const std::vector<uint32_t>& cells = state->scratch_cells;
  Cells& total = state->cells[aggregate];
  auto kind = options_.aggregates[aggregate].kind;
  if (value_indices_[aggregate] < 0) {
    for (uint32_t cell : cells) {
      if (cell != kNoCell) ++total.counts[cell];
    }
    return Status::OK();
  }
  const arrow::Array& column = *batch.column(value_indices_[aggregate]);
  if (!IsReal(*column.type())) {
    return ForEachInteger(column, [&](size_t row, int64_t value) {
      if (cells[row] == kNoCell) return;
      Combine(kind, total.counts[cells[row]]++ == 0, value, &total.integers[cells[row]]);
    });
  }
  ForEachReal(column, [&](size_t row, double value) {
    if (cells[row] == kNoCell) return;
    Combine(kind, total.counts[cells[row]]++ == 0, value, &total.reals[cells[row]]);
  });
  return Status::OK();
}

Result<std::shared_ptr<arrow::RecordBatch>> WindowAggregator::Finish(
    std::vector<std::shared_ptr<State>> states, int64_t* rows_in) const {
  std::shared_ptr<State> all = MakeState();
  for (const auto& state : states) {
    Merge(*state, by_indices_.size(), pivot_count_, options_.aggregates, all.get());
  }
  *rows_in = std::accumulate(all->rows.begin(), all->rows.end(), int64_t{0});
  std::vector<uint32_t> slots = SortedSlots(*all, by_indices_.size());
  arrow::ArrayVector columns;
  ARROW_RETURN_NOT_OK(BuildKeys(*all, slots, &columns));
  for (size_t a = 0; a < options_.aggregates.size(); ++a) {
    bool real = value_indices_[a] >= 0 && IsReal(*input_->field(value_indices_[a])->type());
    for (size_t p = 0; p < pivot_count_; ++p) {
      auto type = output_->field(static_cast<int>(columns.size()))->type();
      std::shared_ptr<arrow::Scalar> fill = pivot_index_ >= 0 ? options_.fill : nullptr;
      if (fill) {
        ARROW_ASSIGN_OR_RAISE(fill, arrow::Scalar::Parse(type, fill->ToString()));
      }
      ARROW_ASSIGN_OR_RAISE(auto array, BuildAggregate(options_.aggregates[a], real, all->cells[a],
                                                       pivot_count_, p, slots, type, fill));
      columns.push_back(std::move(array));
    }
  }
  return arrow::RecordBatch::Make(output_, static_cast<int64_t>(slots.size()), columns);
}

Status WindowAggregator::BuildKeys(const State& state, const std::vector<uint32_t>& slots,
                                   arrow::ArrayVector* columns) const {
  arrow::TimestampBuilder starts(output_->field(0)->type(), arrow::default_memory_pool());
  for (uint32_t slot : slots) {
    ARROW_RETURN_NOT_OK(state.windows[slot] == kNoWindow
                            ? starts.AppendNull()
                            : starts.Append(state.windows[slot] * every_));
  }
  ARROW_ASSIGN_OR_RAISE(auto start_array, starts.Finish());
  columns->push_back(std::move(start_array));
  for (size_t i = 0; i < by_indices_.size(); ++i) {
    auto type = output_->field(static_cast<int>(i) + 1)->type();
    ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(type));
    for (uint32_t slot : slots) {
      uint32_t id = KeyIds(state, state.keys[slot], by_indices_.size())[i];
      ARROW_RETURN_NOT_OK(id == kNullKey
                              ? builder->AppendNull()
                              : AppendKey(*type, state.interners[i].Value(id), builder.get()));
    }
    ARROW_ASSIGN_OR_RAISE(auto array, builder->Finish());
    columns->push_back(std::move(array));
  }
  return Status::OK();
}

}  // namespace tamis
