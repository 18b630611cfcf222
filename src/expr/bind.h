// Gives names their columns, parameters and functions, and every operation its type. Does not
// evaluate rows.
#pragma once

#include <arrow/type.h>

#include "base/status.h"
#include "expr/ast.h"
#include "expr/expr.h"

namespace tamis {

/// Checks and types a parsed tree. UsageError, with a hint, at the part that is wrong.
Result<NodePtr> BindTree(const NodePtr& parsed, const arrow::Schema& schema,
                         const Parameters& parameters);

/// The type that columns of this type have inside an expression: dictionaries count as their
/// values, unsigned integers as the next wider signed ones, timestamps as microseconds in UTC.
std::shared_ptr<arrow::DataType> PlainType(const std::shared_ptr<arrow::DataType>& type);

}  // namespace tamis
