// Measures the rules of a whole table (ODCS quality metrics) over the accepted rows. Refuses no row
// and does not decide what a failed rule means for a run.
#pragma once

#include <arrow/record_batch.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/validate.h"

namespace tamis {

/// What was found for one rule.
struct TableCheck {
  const TableRule* rule = nullptr;
  bool passed = false;
  std::string message;  // `nullValues of a is 3, must be less than 2`
};

/// Counts what a table's rules ask for. `table` must outlive it.
class TableMetrics {
 public:
  /// UsageErrorAt the rule's place if its column is not in `schema` or its values don't fit it.
  static Result<std::unique_ptr<TableMetrics>> Make(const Table& table,
                                                    const arrow::Schema& schema);
  /// Any thread. The order of batches does not matter.
  Status Add(const arrow::RecordBatch& batch);
  /// After the last batch: one check for each of the table's rules.
  std::vector<TableCheck> Checks() const;

 private:
  struct Metric {
    const TableRule* rule = nullptr;
    int column = -1;
    std::vector<std::unique_ptr<RowCheck>> checks;  // of the rule's values and pattern
    std::unique_ptr<KeySet> keys;
    std::mutex keys_mutex;
    std::atomic<int64_t> count{0};
  };

  static Status Bind(const Table& table, const arrow::Schema& schema, Metric* metric);
  static Result<int64_t> Count(const arrow::RecordBatch& batch, Metric* metric);

  std::vector<std::unique_ptr<Metric>> metrics_;
  std::atomic<int64_t> row_count_{0};
};

}  // namespace tamis
