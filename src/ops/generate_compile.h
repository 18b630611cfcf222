// Compiles a table of a contract into a row program: asks the provider of each column, and checks
// that it keeps the contract's promises. Knows no provider by its values.
#pragma once

#include <cstdint>
#include <memory>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_program.h"

namespace tamis {

/// Compiles the rows of `table` under a seed. UsageError, with its place, for a column that no
/// provider can make and for one whose provider can break the contract's own rules.
Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table, uint64_t seed);

}  // namespace tamis
