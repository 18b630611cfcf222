// What a CHECK says: bounds, lengths and values of columns, or a rule of the row. Both ways.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "contract/contract.h"
#include "ddl/dialect.h"
#include "ddl/token_reader.h"

namespace tamis {

/// Something that a contract says of one column.
struct ColumnFact {
  enum class Kind { kMinimum, kMaximum, kValues, kMinLength, kMaxLength, kRequired };
  Kind kind = Kind::kMinimum;
  std::string column;
  std::string value;  // of a bound, as the contract writes it
  bool exclusive = false;
  int64_t length = 0;
  std::vector<std::string> values;

  bool operator==(const ColumnFact& other) const = default;
};

/// The meaning of a CHECK. Facts, if there are any, say all of it; so does the row rule. Neither:
/// it is not understood.
struct CheckMeaning {
  std::vector<ColumnFact> facts;
  std::string row_rule;  // in the language of docs/expressions.md
};

/// Writes a name as it stands in the DDL that is printed.
using PrintColumnName = std::function<std::string(const std::string&)>;

/// Understands the tokens of a CHECK over the columns of `table`.
CheckMeaning UnderstandCheck(const std::vector<SqlToken>& tokens,
                             const std::shared_ptr<const SourceText>& source,
                             const DdlDialect& dialect, const Table& table);

/// Prints the condition that a fact stands for; "" when the dialect has none.
std::string PrintFact(const ColumnFact& fact, const Table& table, const DdlDialect& dialect,
                      const PrintColumnName& print_name);

/// Prints a row rule as a condition of `dialect`; nothing when it says what the dialect can't.
std::optional<std::string> PrintRowRule(const std::string& rule, const Table& table,
                                        const DdlDialect& dialect,
                                        const PrintColumnName& print_name);

/// All that a contract says of its columns by facts, but `required`.
std::vector<ColumnFact> FactsOf(const Table& table);

/// Puts facts into the columns of `table`. False, and nothing changed, when they contradict what
/// is said already.
bool ApplyFacts(const std::vector<ColumnFact>& facts, Table* table);

}  // namespace tamis
