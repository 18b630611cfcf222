// Whether made-up rows keep the rules that no provider looks at: those of whole rows. Makes a few
// thousand of them to see.
#pragma once

#include <cstdint>
#include <memory>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_program.h"

namespace tamis {

/// UsageError at the first row rule that one of the first rows (10,000 at most) would break. Rules
/// with parameters are passed over.
Status CheckRowRules(const Table& table, std::shared_ptr<const RowProgram> program,
                     int64_t row_count);

}  // namespace tamis
