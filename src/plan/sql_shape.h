// Looks into the text of a SQL step: which steps and parameters it names, and whether it is a sum
// per key that is joined back. Does not understand SQL beyond that: engines do.
#pragma once

#include <arrow/type_fwd.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "plan/plan.h"
#include "spec/node.h"

namespace tamis {

/// A name in a statement and where it stands.
struct SqlName {
  std::string name;
  size_t offset = 0;  // in bytes, from the begin of the text
};

/// The names in a statement. Strings, quoted text and comments are passed over.
struct SqlNames {
  std::vector<SqlName> words;       // identifiers in any position, quoted ones without their quotes
  std::vector<SqlName> tables;      // those that stand where a table is named, but CTEs
  std::vector<SqlName> files;       // string literals where a table is named: 'data/x.csv'
  std::vector<SqlName> parameters;  // of $name and $(name)
};

/// Lists the names in one statement. UsageError (at a place in the scalar) for a quote or comment
/// that is not closed, and for a second statement.
Result<SqlNames> ListSqlNames(const Node& text);

/// `$(name)` as engines know it, `$name`; the text keeps its length, so places stay right.
std::string PlainParameters(const Node& text);

/// Recognizes exactly `SELECT item, ... FROM step`, where an item is a column (`c` or `c AS name`)
/// or, once, `sum(value) OVER (PARTITION BY key) AS name`; value is a double. nullopt for anything
/// else. The sum of doubles depends on the order of the rows in its last digits.
std::optional<GroupSumJoinBack> RecognizeGroupSum(const Node& text, const std::string& from,
                                                  const arrow::Schema& schema);

/// The columns of the shape's result.
std::shared_ptr<arrow::Schema> GroupSumSchema(const GroupSumJoinBack& shape,
                                              const arrow::Schema& schema);

}  // namespace tamis
