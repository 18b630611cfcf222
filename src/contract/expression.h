// Expressions that stand in YAML: errors point to the right byte of the file, through quotes,
// escapes and folding. Does not parse expressions: src/expr does.
#pragma once

#include <arrow/type_fwd.h>

#include "base/status.h"
#include "expr/expr.h"
#include "spec/node.h"

namespace tamis {

/// Binds the text of a scalar. Its errors have places in the scalar's file.
Result<Expr> BindScalar(const Node& scalar, const arrow::Schema& schema,
                        const Parameters& parameters);

}  // namespace tamis
