// Puts faults into rows that are made as Arrow batches. Does not choose the rows.
#pragma once

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <functional>
#include <memory>

#include "base/status.h"
#include "ops/inject.h"

namespace tamis {

/// Batches with the faults of a plan of kTyped. Immutable, shared between threads.
class FaultyBatches {
 public:
  /// Makes rows [first_row, first_row + row_count) without faults.
  using MakeRows = std::function<Result<std::shared_ptr<arrow::RecordBatch>>(int64_t first_row,
                                                                             int64_t row_count)>;

  /// `schema` is that of the clean rows; `span` is what copies stay in.
  FaultyBatches(std::shared_ptr<const InjectPlan> plan, RowSpan span,
                const std::shared_ptr<arrow::Schema>& schema);

  /// The clean schema, but columns that may become NULL are nullable, and those that get texts of
  /// their own are no dictionaries.
  const std::shared_ptr<arrow::Schema>& schema() const { return schema_; }
  /// Rows [first_row, first_row + row_count), and the copies that stand among them.
  Result<std::shared_ptr<arrow::RecordBatch>> Rows(const MakeRows& clean, int64_t first_row,
                                                   int64_t row_count) const;

 private:
  Result<std::shared_ptr<arrow::Array>> Column(int column, int64_t base, int64_t first_row,
                                               int64_t row_count,
                                               const std::vector<FaultEvent>& events,
                                               const std::shared_ptr<arrow::Array>& clean) const;

  std::shared_ptr<const InjectPlan> plan_;
  RowSpan span_;
  std::shared_ptr<arrow::Schema> schema_;
};

}  // namespace tamis
