// Understands CHECKs and prints them. See check.h.
#include "ddl/check.h"

#include <arrow/scalar.h>
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "contract/expression.h"
#include "contract/values.h"
#include "ddl/condition.h"
#include "ddl/names.h"
#include "spec/emit.h"

namespace tamis {
namespace {

using Kind = Condition::Kind;

const Column* FindColumn(const Table& table, const std::string& name) {
  const int index = table.ColumnIndex(name);
  return index < 0 ? nullptr : &table.columns[static_cast<size_t>(index)];
}

/// The column of that name; letter case matters only where two differ by nothing else.
std::string NameInTable(const Table& table, const SqlToken& token) {
  if (table.ColumnIndex(token.text) >= 0) return token.text;
  for (const Column& column : table.columns) {
    if (Lower(column.name) == Lower(token.text)) return column.name;
  }
  return "";
}

bool IsText(const Column& column) { return column.type->id() == arrow::Type::STRING; }

/// A float as contracts write it: 0.0 is 0.
std::string FloatText(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (!(std::fabs(value) < 1e15)) return text;
  std::array<char, 400> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return end.ec == std::errc() ? std::string(buffer.data(), end.ptr) : text;
}

/// The literal as the contract writes a value of the column; nothing when it is none.
std::optional<std::string> ValueOf(const Condition& literal, const Column& column) {
  if (!literal.is_literal()) return std::nullopt;
  const bool is_number = arrow::is_integer(column.type->id()) ||
                         arrow::is_decimal(column.type->id()) ||
                         arrow::is_floating(column.type->id());
  if (is_number != (literal.kind == Kind::kNumber)) return std::nullopt;
  const auto value = ParseValue(column.type, literal.name);
  if (!value.ok()) return std::nullopt;
  const bool exact = arrow::is_integer(column.type->id()) || arrow::is_decimal(column.type->id());
  if (arrow::is_floating(column.type->id())) return FloatText(literal.name);
  return exact ? (*value)->ToString() : literal.name;
}

bool HasBounds(const Column& column) {
  const auto id = column.type->id();
  return arrow::is_integer(id) || arrow::is_decimal(id) || arrow::is_floating(id) ||
         id == arrow::Type::DATE32 || id == arrow::Type::TIMESTAMP;
}

std::string Mirrored(const std::string& symbol) {
  if (symbol == "<") return ">";
  if (symbol == "<=") return ">=";
  if (symbol == ">") return "<";
  return symbol == ">=" ? "<=" : symbol;
}

/// Collects the facts of a condition; false when they don't say all of it.
class FactCollector {
 public:
  FactCollector(const Table& table, std::vector<ColumnFact>* facts)
      : table_(table), facts_(*facts) {}

  bool Collect(const Condition& condition) {
    const std::vector<Condition>& arguments = condition.arguments;
    switch (condition.kind) {
      case Kind::kOperator:
        if (condition.name == "AND") return Collect(arguments[0]) && Collect(arguments[1]);
        if (condition.name == "OR") return CollectValues(condition);
        if (arguments.size() != 2 || condition.negated) return false;
        if (arguments[0].is_literal()) {
          return Compare(arguments[1], Mirrored(condition.name), arguments[0]);
        }
        return Compare(arguments[0], condition.name, arguments[1]);
      case Kind::kBetween:
        return !condition.negated && Compare(arguments[0], ">=", arguments[1]) &&
               Compare(arguments[0], "<=", arguments[2]);
      case Kind::kIn:
        return CollectValues(condition);
      case Kind::kIs:
        return condition.name == "NOT NULL" && Require(arguments[0]);
      default:
        return false;
    }
  }

 private:
  bool Require(const Condition& side) {
    if (side.kind != Kind::kColumn) return false;
    facts_.push_back(ColumnFact{ColumnFact::Kind::kRequired, side.name, "", false, 0, {}});
    return true;
  }

  bool Compare(const Condition& side, const std::string& symbol, const Condition& literal) {
    if (side.kind == Kind::kCall) return CompareLength(side, symbol, literal);
    if (side.kind != Kind::kColumn || symbol == "<>" || symbol == "LIKE") return false;
    const Column* column = FindColumn(table_, side.name);
    if (symbol == "=") return CollectEqual(*column, {&literal});
    if (symbol[0] != '<' && symbol[0] != '>') return false;
    const std::optional<std::string> value = ValueOf(literal, *column);
    if (!HasBounds(*column) || !value) return false;
    const auto kind = symbol[0] == '>' ? ColumnFact::Kind::kMinimum : ColumnFact::Kind::kMaximum;
    return Add(ColumnFact{kind, column->name, *value, symbol.size() == 1, 0, {}});
  }

  /// length(column) >= n
  bool CompareLength(const Condition& call, const std::string& symbol, const Condition& literal) {
    if (call.name != "length" || call.arguments[0].kind != Kind::kColumn) return false;
    const Column* column = FindColumn(table_, call.arguments[0].name);
    const std::string& text = literal.name;
    int64_t length = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (literal.kind != Kind::kNumber || error != std::errc() || length < 0 || length > INT32_MAX ||
        end != text.data() + text.size() || !IsText(*column)) {
      return false;
    }
    using FactKind = ColumnFact::Kind;
    const auto add = [&](FactKind kind, int64_t value) {
      return value >= 0 && Add(ColumnFact{kind, column->name, "", false, value, {}});
    };
    if (symbol == ">=") return add(FactKind::kMinLength, length);
    if (symbol == ">") return add(FactKind::kMinLength, length + 1);
    if (symbol == "<=") return add(FactKind::kMaxLength, length);
    if (symbol == "<") return add(FactKind::kMaxLength, length - 1);
    return symbol == "=" && add(FactKind::kMinLength, length) && add(FactKind::kMaxLength, length);
  }

  /// `x IN (a, b)` and `x = a OR x = b`.
  bool CollectValues(const Condition& condition) {
    if (condition.negated) return false;
    std::vector<const Condition*> values;
    const Condition* side = nullptr;
    if (condition.kind == Kind::kIn) {
      side = &condition.arguments[0];
      for (size_t i = 1; i < condition.arguments.size(); ++i) {
        values.push_back(&condition.arguments[i]);
      }
    } else if (!CollectOr(condition, &side, &values)) {
      return false;
    }
    if (side->kind != Kind::kColumn) return false;
    return CollectEqual(*FindColumn(table_, side->name), values);
  }

  static bool CollectOr(const Condition& condition, const Condition** side,
                        std::vector<const Condition*>* values) {
    for (const Condition& part : condition.arguments) {
      if (part.kind == Kind::kOperator && part.name == "OR") {
        if (!CollectOr(part, side, values)) return false;
        continue;
      }
      if (part.kind != Kind::kOperator || part.name != "=" || part.arguments.size() != 2) {
        return false;
      }
      const Condition& left = part.arguments[0];
      if (*side && ((*side)->kind != left.kind || (*side)->name != left.name)) return false;
      *side = &left;
      values->push_back(&part.arguments[1]);
    }
    return *side != nullptr;
  }

  bool CollectEqual(const Column& column, const std::vector<const Condition*>& values) {
    if (!IsText(column) && !HasBounds(column)) return false;
    if (arrow::is_floating(column.type->id())) return false;
    ColumnFact fact{ColumnFact::Kind::kValues, column.name, "", false, 0, {}};
    for (const Condition* value : values) {
      const std::optional<std::string> text = ValueOf(*value, column);
      if (!text) return false;
      if (std::find(fact.values.begin(), fact.values.end(), *text) == fact.values.end()) {
        fact.values.push_back(*text);
      }
    }
    return Add(std::move(fact));
  }

  /// Two facts of one kind about one column would have to be merged: the row rule says both.
  bool Add(ColumnFact fact) {
    for (const ColumnFact& other : facts_) {
      if (other.kind == fact.kind && other.column == fact.column) return false;
    }
    facts_.push_back(std::move(fact));
    return true;
  }

  const Table& table_;
  std::vector<ColumnFact>& facts_;
};

bool IsPlainColumn(const std::string& name) {
  static constexpr const char* kWords[] = {
      "AND",       "OR",       "NOT",    "IN",       "IS",      "NULL", "TRUE", "FALSE",
      "BETWEEN",   "LIKE",     "CASE",   "WHEN",     "THEN",    "ELSE", "END",  "CAST",
      "DATE",      "TIME",     "ESCAPE", "AS",       "FROM",    "ALL",  "ANY",  "SOME",
      "TIMESTAMP", "INTERVAL", "IF",     "TRY_CAST", "DISTINCT"};
  const std::string upper = Upper(name);
  const bool is_word = std::any_of(std::begin(kWords), std::end(kWords),
                                   [&](const char* word) { return upper == word; });
  const auto is_sign = [](char c) {
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_');
  };
  return !is_word && !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::none_of(name.begin(), name.end(), is_sign);
}

std::string Quoted(const std::string& text, char mark) {
  std::string out(1, mark);
  for (char c : text) out += c == mark ? std::string(2, c) : std::string(1, c);
  return out + mark;
}

/// The style of docs/expressions.md.
ConditionStyle TamisStyle() {
  return ConditionStyle{
      [](const std::string& name) { return IsPlainColumn(name) ? name : Quoted(name, '"'); },
      [](const std::string& text) { return Quoted(text, '\''); }, true};
}

bool IsRowRule(const std::string& text, const Table& table) {
  const auto bound = BindScalar(MakeText(text), *table.ArrowSchema(), Parameters());
  return bound.ok() && bound->type()->id() == arrow::Type::BOOL;
}

/// Dialects that compare a date with a bare text.
bool HasTypedDates(const DdlDialect& dialect) { return (dialect.id & (kSqlite | kSqlserver)) == 0; }

/// length() and ceil() go by other names in some dialects.
void RenameCalls(const DdlDialect& dialect, Condition* condition) {
  if (condition->kind == Kind::kCall) {
    if (condition->name == "length" && dialect.id == kMysql) condition->name = "char_length";
    if (condition->name == "ceil" && dialect.id == kSqlserver) condition->name = "ceiling";
  }
  for (Condition& argument : condition->arguments) RenameCalls(dialect, &argument);
}

bool HasCall(const Condition& condition, const char* name) {
  if (condition.kind == Kind::kCall && condition.name == name) return true;
  return std::any_of(condition.arguments.begin(), condition.arguments.end(),
                     [&](const Condition& argument) { return HasCall(argument, name); });
}

}  // namespace

CheckMeaning UnderstandCheck(const std::vector<SqlToken>& tokens,
                             const std::shared_ptr<const SourceText>& source,
                             const DdlDialect& dialect, const Table& table) {
  CheckMeaning meaning;
  const ColumnLookup lookup = [&](const SqlToken& token) { return NameInTable(table, token); };
  const std::optional<Condition> condition = ParseCondition(tokens, source, dialect, lookup);
  if (!condition) return meaning;
  if (!FactCollector(table, &meaning.facts).Collect(*condition)) meaning.facts.clear();
  const std::string text = PrintCondition(*condition, TamisStyle());
  if (IsRowRule(text, table)) meaning.row_rule = text;
  return meaning;
}

std::string PrintFact(const ColumnFact& fact, const Table& table, const DdlDialect& dialect,
                      const PrintColumnName& print_name) {
  const Column& column = *FindColumn(table, fact.column);
  const std::string name = print_name(fact.column);
  const bool is_number = arrow::is_integer(column.type->id()) ||
                         arrow::is_decimal(column.type->id()) ||
                         arrow::is_floating(column.type->id());
  const auto value = [&](const std::string& text) {
    if (is_number || column.type->id() == arrow::Type::BOOL) return text;
    const bool typed = HasTypedDates(dialect) && !IsText(column);
    const bool is_date = column.type->id() == arrow::Type::DATE32;
    return (typed ? is_date ? "DATE " : "TIMESTAMP " : "") + PrintText(text, dialect);
  };
  // LEN does not count blanks at the end: a point behind them keeps them.
  const bool has_len = dialect.id == kSqlserver;
  const std::string length = has_len                ? "LEN(" + name + " + '.')"
                             : dialect.id == kMysql ? "char_length(" + name + ")"
                                                    : "length(" + name + ")";
  switch (fact.kind) {
    case ColumnFact::Kind::kMinimum:
      return name + (fact.exclusive ? " > " : " >= ") + value(fact.value);
    case ColumnFact::Kind::kMaximum:
      return name + (fact.exclusive ? " < " : " <= ") + value(fact.value);
    case ColumnFact::Kind::kMinLength:
      return length + " >= " + std::to_string(fact.length + (has_len ? 1 : 0));
    case ColumnFact::Kind::kMaxLength:
      return length + " <= " + std::to_string(fact.length + (has_len ? 1 : 0));
    case ColumnFact::Kind::kValues: {
      std::string list;
      for (const std::string& one : fact.values) list += (list.empty() ? "" : ", ") + value(one);
      return name + " IN (" + list + ")";
    }
    default:
      return name + " IS NOT NULL";
  }
}

std::optional<std::string> PrintRowRule(const std::string& rule, const Table& table,
                                        const DdlDialect& dialect,
                                        const PrintColumnName& print_name) {
  static const DdlDialect& ansi = **FindDialect("ansi");
  const auto source = std::make_shared<const SourceText>(SourceText{"", rule});
  const auto tokens = SqlLexer(source, ansi).Next();
  if (!tokens.ok()) return std::nullopt;
  // tamis's own names are those of SQL; its length() is that of the dialects that have it.
  const ColumnLookup lookup = [&](const SqlToken& token) { return NameInTable(table, token); };
  std::optional<Condition> condition = ParseCondition(
      std::vector<SqlToken>(tokens->begin(), tokens->end() - 1), source, ansi, lookup);
  if (!condition) return std::nullopt;
  if (dialect.id == kSqlserver && (HasCall(*condition, "length") || HasCall(*condition, "trim"))) {
    return std::nullopt;
  }
  RenameCalls(dialect, &*condition);
  const ConditionStyle style{print_name,
                             [&](const std::string& text) { return PrintText(text, dialect); },
                             HasTypedDates(dialect)};
  return PrintCondition(*condition, style);
}

std::vector<ColumnFact> FactsOf(const Table& table) {
  using FactKind = ColumnFact::Kind;
  std::vector<ColumnFact> facts;
  for (const Column& column : table.columns) {
    const std::string& name = column.name;
    const auto bound = [&](FactKind kind, const std::optional<Bound>& of) {
      if (of) facts.push_back(ColumnFact{kind, name, of->text, of->exclusive, 0, {}});
    };
    const auto length = [&](FactKind kind, const std::optional<int64_t>& of) {
      if (of) facts.push_back(ColumnFact{kind, name, "", false, *of, {}});
    };
    bound(FactKind::kMinimum, column.minimum);
    bound(FactKind::kMaximum, column.maximum);
    length(FactKind::kMinLength, column.min_length);
    length(FactKind::kMaxLength, column.max_length);
    if (!column.enum_values.empty()) {
      facts.push_back(ColumnFact{FactKind::kValues, name, "", false, 0, column.enum_values});
    }
  }
  return facts;
}

bool ApplyFacts(const std::vector<ColumnFact>& facts, Table* table) {
  using FactKind = ColumnFact::Kind;
  std::vector<Column> columns = table->columns;
  for (const ColumnFact& fact : facts) {
    Column& column = columns[static_cast<size_t>(table->ColumnIndex(fact.column))];
    if (fact.kind == FactKind::kRequired) {
      column.required = true;
    } else if (fact.kind == FactKind::kValues) {
      if (!column.enum_values.empty() && column.enum_values != fact.values) return false;
      column.enum_values = fact.values;
    } else if (fact.kind == FactKind::kMinLength || fact.kind == FactKind::kMaxLength) {
      auto& length = fact.kind == FactKind::kMinLength ? column.min_length : column.max_length;
      if (length && *length != fact.length) return false;
      length = fact.length;
    } else {
      auto& bound = fact.kind == FactKind::kMinimum ? column.minimum : column.maximum;
      if (bound && (bound->text != fact.value || bound->exclusive != fact.exclusive)) return false;
      bound = Bound{fact.value, fact.exclusive, column.place};
    }
    if (column.min_length && column.max_length && *column.min_length > *column.max_length) {
      return false;
    }
    if (column.min_length && column.physical_length &&
        *column.min_length > *column.physical_length) {
      return false;
    }
    if (!column.minimum || !column.maximum) continue;
    const int order = CompareValues(**ParseValue(column.type, column.minimum->text),
                                    **ParseValue(column.type, column.maximum->text));
    const bool exclusive = column.minimum->exclusive || column.maximum->exclusive;
    if (order > 0 || (order == 0 && exclusive)) return false;
  }
  table->columns = std::move(columns);
  return true;
}

}  // namespace tamis
