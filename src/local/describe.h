// Says which columns a SQL step or a read step without a contract will have, before the run:
// mistakes are found early.
#pragma once

#include <arrow/type.h>

#include <map>
#include <memory>
#include <string>

#include "base/status.h"
#include "local/duckdb.h"
#include "plan/plan.h"

namespace tamis {

/// Describes the steps of one plan. Opens DuckDB at most once; the run can go on with it.
class Describer {
 public:
  explicit Describer(DuckdbOptions options) : options_(std::move(options)) {}

  /// The columns of a SQL step whose tables have these columns. Null if those of a table are not
  /// known.
  Result<std::shared_ptr<arrow::Schema>> DescribeSql(
      const SqlSpec& sql, const std::map<std::string, std::shared_ptr<arrow::Schema>>& tables,
      const Parameters& parameters);

  /// The columns of a read step's files.
  Result<std::shared_ptr<arrow::Schema>> DescribeRead(const ReadSpec& read);

  /// The DuckDB that was opened, or null.
  const std::shared_ptr<DuckdbEngine>& duckdb() const { return duckdb_; }

 private:
  DuckdbOptions options_;
  std::shared_ptr<DuckdbEngine> duckdb_;
};

}  // namespace tamis
