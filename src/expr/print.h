// Prints a checked expression: canonical text, DuckDB SQL, Spark SQL. Does not evaluate.
#pragma once

#include <string>

#include "expr/ast.h"
#include "expr/expr.h"

namespace tamis {

/// The canonical text, with no more parentheses than it takes to read it back.
std::string PrintText(const ExprNode& node);

/// SQL of an engine; every operation stands in parentheses.
std::string PrintSql(const ExprNode& node, Dialect dialect);

/// About how many bytes PrintText and PrintSql make: forms repeat arguments, so nested ones grow
/// fast. A double, so that it can't overflow.
double PrintedSize(const ExprNode& node);

}  // namespace tamis
