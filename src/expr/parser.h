// Reads the text of an expression into a tree without types. Knows no columns and no functions.
#pragma once

#include <string_view>

#include "base/status.h"
#include "expr/ast.h"

namespace tamis {

/// Parses `text`. UsageError at the token that does not fit, or where a limit is passed.
Result<NodePtr> ParseExpr(std::string_view text, const Place& place);

/// Reads `10 minutes`, `1 day`: a whole number and a unit (microsecond to year, maybe with an s).
/// False if it is not that or too large.
bool ParseInterval(std::string_view text, Interval* interval);

}  // namespace tamis
