// Expressions over other columns of a generated row: as tables of their results where the columns
// take few values, else block by block. Does not choose columns.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "ops/generate_scope.h"

namespace tamis {

/// What an expression makes: parts of a column of its type, NULL where `present` is 0.
struct ExpressionOutput {
  std::vector<Part> parts;
  Register present = kAlways;
};

/// Compiles the expression `text`, which is written at `place`, for the column of the scope: its
/// result is cast to the column's type and checked against the column's rules, a DataError where it
/// breaks one.
Result<ExpressionOutput> CompileExpression(ColumnScope& scope, const std::string& text,
                                           const Place& place);

/// Compiles a condition: a register that is 1 where it is true, 0 where it is false or NULL.
Result<Register> CompileCondition(ColumnScope& scope, const std::string& text, const Place& place);

}  // namespace tamis
