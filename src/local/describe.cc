// Asks DuckDB and files for columns. See describe.h.
#include "local/describe.h"

#include "local/group_sum.h"
#include "local/input.h"
#include "plan/sql_shape.h"
#include "storage/storage.h"

namespace tamis {

Result<std::shared_ptr<arrow::Schema>> Describer::DescribeSql(
    const SqlSpec& sql, const std::map<std::string, std::shared_ptr<arrow::Schema>>& tables,
    const Parameters& parameters) {
  for (const auto& [name, schema] : tables) {
    if (!schema) return nullptr;
  }
  if (sql.shape) {
    auto input = tables.find(sql.shape->from);
    if (input != tables.end() && CanGroupSum(*sql.shape, *input->second)) {
      return GroupSumSchema(*sql.shape, *input->second);
    }
  }
  if (!duckdb_) {
    ARROW_ASSIGN_OR_RAISE(duckdb_, DuckdbEngine::Open(options_));
  }
  Status status;
  for (const auto& [name, schema] : tables) {
    if (status.ok()) status = duckdb_->CreateTable(name, schema).status();
  }
  Result<std::shared_ptr<arrow::Schema>> described =
      status.ok() ? duckdb_->Describe(sql.text, parameters, sql.place) : status;
  for (const auto& [name, schema] : tables) ARROW_RETURN_NOT_OK(duckdb_->DropTable(name));
  return described;
}

Result<std::shared_ptr<arrow::Schema>> Describer::DescribeRead(const ReadSpec& read) {
  ARROW_ASSIGN_OR_RAISE(Input input, OpenInput(LocalStorage(), read));
  return input.source->schema();
}

}  // namespace tamis
