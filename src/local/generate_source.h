// Generated rows as the source of a pipeline. Knows nothing of how rows are made.
#pragma once

#include <cstdint>
#include <memory>

#include "base/status.h"
#include "format/source.h"
#include "ops/generate_program.h"
#include "ops/inject.h"

namespace tamis {

/// Chunks of rows [first_row, first_row + row_count) of a program. Text columns of one word are
/// dictionary-encoded (see BatchProgram::schema). UsageError if a sequence outgrows its column.
/// With `faults` (of kTyped) their copies and changes are among the rows; `table_rows` is how many
/// rows the table has.
Result<std::unique_ptr<Source>> MakeGenerateSource(
    std::shared_ptr<const RowProgram> program, int64_t first_row, int64_t row_count,
    std::shared_ptr<const InjectPlan> faults = nullptr, int64_t table_rows = 0);

}  // namespace tamis
