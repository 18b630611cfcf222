// Runs a checked expression over a batch. Does not parse or type.
#pragma once

#include <arrow/record_batch.h>
#include <arrow/scalar.h>

#include <memory>

#include "base/status.h"
#include "expr/ast.h"
#include "expr/vector.h"

namespace tamis {

/// One value a row of `batch`. DataError at the place of the operation that failed.
Result<Vector> EvaluateNode(const ExprNode& node, const arrow::RecordBatch& batch);

/// The value of a node that reads no column, in the node's type; its errors are UsageErrors.
Result<std::shared_ptr<arrow::Scalar>> EvaluateConstantNode(const ExprNode& node);

}  // namespace tamis
