// How many rows each table of a contract has: `--rows`, `tamis.generate` of the schema, and what
// follows from a parent's rows (`children`). Makes no rows.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/status.h"
#include "contract/contract.h"

namespace tamis {

/// Rows of a table that nobody says anything about.
inline constexpr int64_t kRowCountDefault = 1000;

/// What `tamis.generate` of a schema says.
struct TableGenerate {
  std::optional<int64_t> row_count;
  std::optional<uint64_t> seed;
  std::optional<std::string> locale;  // checked by the providers
};

/// Reads it; strict: a UsageError at its place for anything else.
Result<TableGenerate> ReadTableGenerate(const Table& table);

/// What the command line says of row counts.
struct RowRequest {
  std::optional<int64_t> all;                            // of every table
  std::map<std::string, int64_t, std::less<>> by_table;  // comes before `all`
  std::optional<uint64_t> seed;  // of the run: says which of the last parents have children
};

/// Rows of each table, by name.
using RowCounts = std::map<std::string, int64_t, std::less<>>;

/// The rows of every table of the contract: what is asked for, else what its `tamis.generate` says,
/// else kRowCountDefault. The rows of a table with `children` follow from its parent's: asking for
/// another number by the table's name is a UsageError, and so is a name that no table has.
Result<RowCounts> CountRows(const Contract& contract, const RowRequest& request);

}  // namespace tamis
