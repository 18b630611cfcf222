// The expressions of filter, derive, row rules and partitions: a small SQL subset with one meaning
// on every engine (docs/expressions.md). Parsed with places, typed against a schema, printed for
// DuckDB and Spark, evaluated over Arrow batches. Does not read files.
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

/// The value of `$name` in an expression: typed, never text that is pasted. `run_time()` and
/// `today()` read the timestamp named `run_time`.
using Parameters = std::map<std::string, std::shared_ptr<arrow::Scalar>>;

/// The other engines that an expression can be printed for.
enum class Dialect { kDuckdb, kSpark };

/// Longest text of an expression, in bytes, and deepest nesting; beyond either is a UsageError.
inline constexpr size_t kExprBytesMax = 64 * 1024;
inline constexpr int kExprDepthMax = 100;

/// The names that an expression mentions, each list sorted and without repeats.
struct ExprNames {
  std::vector<std::string> columns;
  std::vector<std::string> parameters;  // without `$`; `run_time` where run_time() is called
  std::vector<std::string> functions;   // in lower case
};

/// Lists the names in `text` without a schema. UsageError at the place of a syntax error.
Result<ExprNames> ListNames(std::string_view text, Place place);

/// A checked, typed expression. Immutable and shared between threads.
class Expr {
 public:
  /// Parses and types `text` against `schema`. Errors point into `place` (where the text begins in
  /// its file) and hint.
  static Result<Expr> Bind(std::string_view text, Place place, const arrow::Schema& schema,
                           const Parameters& parameters);
  /// As Bind; a UsageError unless the result is boolean.
  static Result<Expr> BindCondition(std::string_view text, Place place, const arrow::Schema& schema,
                                    const Parameters& parameters);
  /// The value of an expression without columns, such as the default `today` of a parameter (the
  /// bare words today, current_date, now and current_timestamp stand for their functions).
  /// UsageError if it names a column, is wrong or can't be computed.
  static Result<std::shared_ptr<arrow::Scalar>> EvaluateConstant(std::string_view text, Place place,
                                                                 const Parameters& parameters);

  /// Of the result. A bare column keeps its type, except that a dictionary counts as its values.
  const std::shared_ptr<arrow::DataType>& type() const { return type_; }
  /// The expression as SQL of an engine, with names quoted and literals typed. The session's time
  /// zone must be UTC; Spark also needs spark.sql.ansi.enabled=true and
  /// spark.sql.decimalOperations.allowPrecisionLoss=false.
  std::string ToSql(Dialect dialect) const;
  /// Whether every function in it has a form in that dialect (xxhash64 has none in DuckDB).
  bool HasSql(Dialect dialect) const;
  /// The canonical short text: one spelling for one meaning, for `explain` and tests. Bind reads it
  /// back as the same expression.
  std::string ToString() const;
  /// Names of the columns that it reads, sorted.
  std::vector<std::string> Columns() const;
  /// Names of the functions that it calls, sorted.
  std::vector<std::string> Functions() const;
  /// The column's name if the expression is nothing but a column, else "".
  std::string BareColumn() const;
  /// Where its text begins.
  const Place& place() const;
  /// One value a row of `batch`. Columns are found by name; each has the type bound against, or a
  /// dictionary of it. The result has type(), or is a dictionary of it (32-bit indices, distinct
  /// values) where text functions ran once per distinct value. Errors of single rows, such as
  /// overflow or a failed CAST, are DataErrors at the place in the expression.
  Result<std::shared_ptr<arrow::Array>> Evaluate(const arrow::RecordBatch& batch) const;

 private:
  Expr(std::shared_ptr<const ExprNode> root, std::shared_ptr<arrow::DataType> type)
      : root_(std::move(root)), type_(std::move(type)) {}
  std::shared_ptr<const ExprNode> root_;
  std::shared_ptr<arrow::DataType> type_;
};

/// Writes docs/expressions.md's table of functions: Markdown made from the one table.
std::string FunctionTableMarkdown();

}  // namespace tamis
