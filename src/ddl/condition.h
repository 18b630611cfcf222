// Conditions as trees: parsed from the tokens of a dialect, printed in another. A small part of
// SQL; what is beyond it is not understood rather than misunderstood.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "ddl/dialect.h"
#include "ddl/token_reader.h"

namespace tamis {

/// A condition or a value in it.
struct Condition {
  enum class Kind {
    kColumn,
    kNumber,
    kText,
    kDate,       // DATE 'text'
    kTimestamp,  // TIMESTAMP 'text'
    kWord,       // TRUE, FALSE, NULL
    kCall,       // name(arguments)
    kOperator,   // name between, or in front of, its arguments
    kIn,         // arguments[0] IN (the others)
    kBetween,    // arguments[0] BETWEEN [1] AND [2]
    kIs,         // arguments[0] IS name
    kArray,      // ARRAY[...], only inside ANY
  };
  Kind kind = Kind::kWord;
  std::string name;
  bool negated = false;  // NOT IN, NOT BETWEEN, NOT LIKE
  std::vector<Condition> arguments;

  bool is_literal() const {
    return kind == Kind::kNumber || kind == Kind::kText || kind == Kind::kDate ||
           kind == Kind::kTimestamp;
  }
};

/// The name under which the table knows a column; "" for none.
using ColumnLookup = std::function<std::string(const SqlToken&)>;

/// Parses a whole condition; nothing when it is not one of those understood.
std::optional<Condition> ParseCondition(const std::vector<SqlToken>& tokens,
                                        const std::shared_ptr<const SourceText>& source,
                                        const DdlDialect& dialect, const ColumnLookup& lookup);

/// How names, texts and dates are written.
struct ConditionStyle {
  std::function<std::string(const std::string&)> name;
  std::function<std::string(const std::string&)> text;
  bool typed_dates = true;  // DATE '...', else '...'
};

/// Prints a condition with as few brackets as its meaning needs.
std::string PrintCondition(const Condition& condition, const ConditionStyle& style);

}  // namespace tamis
