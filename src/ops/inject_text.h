// Puts faults into rows that are written as text: CSV and JSON lines. Does not choose the rows.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/inject.h"
#include "ops/text_program.h"

namespace tamis {

/// Writes what `clean` writes, with the faults of `plan`. The lines of rows without faults are
/// those of `clean`, byte by byte; `span` is what copies stay in. UsageError if a column's name
/// can't be told in a line.
Result<std::unique_ptr<const TextProgram>> WithFaults(std::unique_ptr<const TextProgram> clean,
                                                      std::shared_ptr<const InjectPlan> plan,
                                                      RowSpan span, const Table& table,
                                                      FaultMedium medium,
                                                      const FormatOptions& format);

}  // namespace tamis
