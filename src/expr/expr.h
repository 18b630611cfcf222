// The expressions of filter, derive, row rules and partitions: a small SQL subset with one meaning
// on every engine. Parsed with places, typed against a schema, printed for DuckDB and Spark,
// evaluated over Arrow batches.
#pragma once

#include <arrow/array.h>
#include <arrow/record_batch.h>
#include <arrow/scalar.h>
#include <arrow/type.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

struct ExprNode;  // expr/ast.h

/// The value of `$name` in an expression: typed, never text that is pasted.
using Parameters = std::map<std::string, std::shared_ptr<arrow::Scalar>>;

/// The other engines that an expression can be printed for.
enum class Dialect { kDuckdb, kSpark };

/// A checked, typed expression. Immutable and shared between threads.
class Expr {
 public:
  /// Parses and types `text` against `schema`. Errors point into `place` (where the text begins in
  /// its file) and hint.
  static Result<Expr> Bind(std::string_view text, Place place, const arrow::Schema& schema,
                           const Parameters& parameters);

  const std::shared_ptr<arrow::DataType>& type() const { return type_; }
  /// The expression as SQL of an engine, with names quoted and literals typed.
  std::string ToSql(Dialect dialect) const;
  /// The canonical short text: one spelling for one meaning, for `explain` and tests.
  std::string ToString() const;
  /// Names of the columns that it reads, sorted.
  std::vector<std::string> Columns() const;
  /// One value a row of `batch`, whose schema is the one bound against (columns may be
  /// dictionary-encoded; the result may be too). Errors (such as division by zero under its rule)
  /// are DataErrors.
  Result<std::shared_ptr<arrow::Array>> Evaluate(const arrow::RecordBatch& batch) const;

 private:
  Expr(std::shared_ptr<const ExprNode> root, std::shared_ptr<arrow::DataType> type)
      : root_(std::move(root)), type_(std::move(type)) {}
  std::shared_ptr<const ExprNode> root_;
  std::shared_ptr<arrow::DataType> type_;
};

}  // namespace tamis
