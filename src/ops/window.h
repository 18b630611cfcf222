// Aggregates rows per tumbling window and key, with an optional pivot. Does not sort its input,
// does not see files.
#pragma once

#include <arrow/record_batch.h>
#include <arrow/scalar.h>
#include <arrow/type.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"

namespace tamis {

/// Windows are [k * every, (k + 1) * every) since 1970-01-01T00:00:00Z.
struct WindowOptions {
  struct Aggregate {
    enum class Kind { kCount, kSum, kAvg, kMin, kMax } kind = Kind::kCount;
    std::string column;  // "" for kCount
    std::string name;
  };
  std::string time;  // a timestamp column
  int64_t every_us = 0;
  std::vector<std::string> by;
  std::vector<Aggregate> aggregates;
  std::string pivot_column;  // "" = none; text
  std::vector<std::string> pivot_values;
  // Of pivot cells without rows, of the type of every aggregate; null = NULL.
  std::shared_ptr<arrow::Scalar> fill;
};

/// The operator: many threads push batches, each into a state of its own, then Finish joins the
/// states. The result has window_start, the `by` columns and the aggregates (with a pivot: for each
/// of its values), sorted by window_start and then by the `by` columns in the order of their types
/// (see WindowKey), NULLs last. It is the same for any distribution of the rows to states, to the
/// last bit. A row whose pivot value is not listed still makes its window. Rows without a time make
/// a window of NULL. NULL values are left out of sum, avg, min and max, which are NULL of no value.
/// NaN is greater than every other number, and a sum with NaN is NaN. Sums of doubles are exact and
/// rounded once, so are averages before their division.
class WindowAggregator {
 public:
  /// UsageError if a column is missing or not of a fitting type.
  static Result<std::unique_ptr<WindowAggregator>> Make(const WindowOptions& options,
                                                        const arrow::Schema& input);
  ~WindowAggregator();

  class State;
  std::shared_ptr<State> MakeState() const;
  Status Push(const arrow::RecordBatch& batch, State* state) const;
  /// Joins the states into one. DataError if a sum of integers is out of range of bigint. `rows_in`
  /// gets the number of rows that were counted into windows.
  Result<std::shared_ptr<arrow::RecordBatch>> Finish(std::vector<std::shared_ptr<State>> states,
                                                     int64_t* rows_in) const;
  const std::shared_ptr<arrow::Schema>& schema() const { return output_; }

 private:
  WindowAggregator() = default;
  Status BindTime(arrow::FieldVector* fields);
  Status BindKeys(arrow::FieldVector* fields);
  Status BindAggregates(arrow::FieldVector* fields);
  void AddValues(const arrow::RecordBatch& batch, size_t aggregate, State* state) const;
  Status BuildKeys(const State& state, const std::vector<uint32_t>& slots,
                   arrow::ArrayVector* columns) const;
  Result<std::shared_ptr<arrow::Array>> BuildAggregate(const State& state, size_t aggregate,
                                                       size_t pivot,
                                                       const std::vector<uint32_t>& slots) const;

  WindowOptions options_;
  std::shared_ptr<arrow::Schema> input_;
  std::shared_ptr<arrow::Schema> output_;
  int time_index_ = -1;
  int64_t every_ = 0;  // in the time column's unit
  std::vector<int> by_indices_;
  int pivot_index_ = -1;
  std::map<std::string, uint32_t, std::less<>> pivot_cells_;  // by value
  std::vector<int> value_indices_;                            // one an aggregate, -1 for counts
  size_t pivot_count_ = 1;                                    // cells of a slot
  bool tracks_rows_ = false;  // of each cell, so that fill does not hide a NULL
};

}  // namespace tamis
