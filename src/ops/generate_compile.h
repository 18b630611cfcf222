// Compiles a table of a contract into a row program: asks the provider of each column, and checks
// that it keeps the contract's promises. Knows no provider by its values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_program.h"
#include "ops/generate_rows.h"

namespace tamis {

/// What a table's rows depend on beside the table.
struct GenerateContext {
  const Contract* contract = nullptr;  // the tables that foreign keys refer to
  RowCounts rows;                      // of all tables (CountRows)
  std::optional<uint64_t> seed;        // else that of the table's tamis.generate, else 0
};

/// Compiles the rows of a table of context.contract. UsageError, with its place, for a column that
/// no provider can make and for one whose provider can break the contract's own rules.
Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table,
                                                           const GenerateContext& context);

/// The same of a table that stands alone; relationships with other tables are a UsageError.
Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table, uint64_t seed);

}  // namespace tamis
