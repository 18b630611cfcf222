// How providers add texts of a pattern. The patterns themselves are pattern.h's.
#pragma once

#include <string_view>

#include "base/status.h"
#include "ops/provider.h"

namespace tamis {

/// Adds a text of the pattern that fits the column's lengths; of its own for each row if the column
/// must be unique. UsageError at `place` where there is none.
Status AddPatternText(ColumnScope& scope, std::string_view pattern, const Place& place,
                      int64_t repeat_max = 8);

}  // namespace tamis
