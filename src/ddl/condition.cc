// Parses and prints conditions. See condition.h.
#include "ddl/condition.h"

#include <algorithm>
#include <utility>

#include "ddl/sql_type.h"

namespace tamis {
namespace {

using Kind = Condition::Kind;

constexpr int kConditionDepthMax = 60;

/// Functions that mean the same in the dialects and in tamis; length is in code points.
struct SharedFunction {
  const char* name;  // in capital letters
  const char* tamis;
  DialectSet dialects;
};

constexpr SharedFunction kFunctions[] = {
    {"LOWER", "lower", kEveryDialect},
    {"UPPER", "upper", kEveryDialect},
    {"TRIM", "trim", kEveryDialect},
    {"LTRIM", "ltrim", kEveryDialect},
    {"RTRIM", "rtrim", kEveryDialect},
    {"BTRIM", "trim", kPostgresql | kRedshift},
    {"LENGTH", "length", kEveryDialect & ~(kMysql | kSqlserver)},
    {"CHAR_LENGTH", "length", kEveryDialect & ~(kSqlserver | kSqlite | kOracle)},
    {"CHARACTER_LENGTH", "length", kEveryDialect & ~(kSqlserver | kSqlite | kOracle)},
    {"COALESCE", "coalesce", kEveryDialect},
    {"NULLIF", "nullif", kEveryDialect},
    {"ABS", "abs", kEveryDialect},
    {"FLOOR", "floor", kEveryDialect},
    {"CEIL", "ceil", kEveryDialect & ~(kSqlserver | kSqlite)},
    {"CEILING", "ceil", kEveryDialect & ~(kOracle | kSqlite)},
    {"REPLACE", "replace", kEveryDialect},
};

bool IsOrdering(const std::string& name) {
  return name == "<" || name == "<=" || name == ">" || name == ">=" || name == "=" || name == "<>";
}

/// Recursive descent over the tokens; every function returns nothing for what it does not know.
class ConditionParser {
 public:
  ConditionParser(TokenReader reader, const ColumnLookup& lookup)
      : reader_(std::move(reader)), lookup_(lookup) {}

  std::optional<Condition> ParseAll() {
    std::optional<Condition> condition = ParseOr();
    return condition && reader_.AtEnd() ? condition : std::nullopt;
  }

 private:
  using Part = std::optional<Condition>;

  static Condition Operator(std::string name, Condition left, Condition right) {
    Condition out;
    out.kind = Kind::kOperator;
    out.name = std::move(name);
    out.arguments.push_back(std::move(left));
    out.arguments.push_back(std::move(right));
    return out;
  }

  Part ParseOr() {
    if (++depth_ > kConditionDepthMax) return std::nullopt;
    Part left = ParseAnd();
    while (left && reader_.Take("OR")) {
      Part right = ParseAnd();
      if (!right) return std::nullopt;
      left = Operator("OR", std::move(*left), std::move(*right));
    }
    --depth_;
    return left;
  }

  Part ParseAnd() {
    Part left = ParseNot();
    while (left && reader_.Take("AND")) {
      Part right = ParseNot();
      if (!right) return std::nullopt;
      left = Operator("AND", std::move(*left), std::move(*right));
    }
    return left;
  }

  Part ParseNot() {
    if (!reader_.Take("NOT")) return ParseComparison();
    if (++depth_ > kConditionDepthMax) return std::nullopt;
    Part inner = ParseNot();
    --depth_;
    if (!inner) return std::nullopt;
    Condition out;
    out.kind = Kind::kOperator;
    out.name = "NOT";
    out.arguments.push_back(std::move(*inner));
    return out;
  }

  Part ParseComparison() {
    Part left = ParseSum();
    if (!left) return std::nullopt;
    if (reader_.Take("IS")) return ParseIs(std::move(*left));
    const bool negated = reader_.Take("NOT");
    if (reader_.Take("IN")) return ParseIn(std::move(*left), negated);
    if (reader_.Take("BETWEEN")) return ParseBetween(std::move(*left), negated);
    // Backslashes escape in the LIKE of some dialects, and never in that of tamis.
    if (reader_.Take("LIKE")) {
      Part pattern = ParseSum();
      if (!pattern || pattern->kind != Kind::kText || reader_.IsNext("ESCAPE") ||
          pattern->name.find('\\') != std::string::npos) {
        return std::nullopt;
      }
      Condition out = Operator("LIKE", std::move(*left), std::move(*pattern));
      out.negated = negated;
      return out;
    }
    if (negated) return std::nullopt;
    std::string symbol = reader_.Peek().kind == SqlToken::Kind::kSymbol ? reader_.Peek().text : "";
    if (symbol == "!=") symbol = "<>";
    if (!IsOrdering(symbol)) return left;
    reader_.Skip();
    if (symbol == "=" && reader_.IsNext("ANY (")) return ParseAny(std::move(*left));
    Part right = ParseSum();
    if (!right) return std::nullopt;
    return Operator(symbol, std::move(*left), std::move(*right));
  }

  Part ParseIs(Condition left) {
    Condition out;
    out.kind = Kind::kIs;
    for (const char* words : {"NOT NULL", "NULL", "NOT TRUE", "TRUE", "NOT FALSE", "FALSE"}) {
      if (!reader_.Take(words)) continue;
      out.name = words;
      out.arguments.push_back(std::move(left));
      return out;
    }
    return std::nullopt;
  }

  Part ParseIn(Condition left, bool negated) {
    Condition out;
    out.kind = Kind::kIn;
    out.negated = negated;
    out.arguments.push_back(std::move(left));
    if (!reader_.Take("(")) return std::nullopt;
    do {
      Part item = ParseSum();
      if (!item) return std::nullopt;
      out.arguments.push_back(std::move(*item));
    } while (reader_.Take(","));
    return reader_.Take(")") ? Part(std::move(out)) : std::nullopt;
  }

  Part ParseBetween(Condition left, bool negated) {
    Condition out;
    out.kind = Kind::kBetween;
    out.negated = negated;
    out.arguments.push_back(std::move(left));
    ARROW_UNUSED(reader_.Take("SYMMETRIC"));
    Part low = ParseSum();
    if (!low || !reader_.Take("AND")) return std::nullopt;
    Part high = ParseSum();
    if (!high) return std::nullopt;
    out.arguments.push_back(std::move(*low));
    out.arguments.push_back(std::move(*high));
    return out;
  }

  /// `x = ANY (ARRAY['a', 'b'])`, as PostgreSQL writes IN.
  Part ParseAny(Condition left) {
    reader_.Skip(2);
    Part array = ParseSum();
    if (!array || array->kind != Kind::kArray || !reader_.Take(")")) return std::nullopt;
    Condition out;
    out.kind = Kind::kIn;
    out.arguments.push_back(std::move(left));
    for (Condition& item : array->arguments) out.arguments.push_back(std::move(item));
    return out;
  }

  Part ParseSum() {
    Part left = ParseProduct();
    while (left && (reader_.IsNext("+") || reader_.IsNext("-") || reader_.IsNext("||"))) {
      const std::string name = reader_.Peek().text;
      reader_.Skip();
      Part right = ParseProduct();
      if (!right) return std::nullopt;
      left = Operator(name, std::move(*left), std::move(*right));
    }
    return left;
  }

  /// Quotients differ: 7 / 2 is 3 in one database and 3.5 in another.
  Part ParseProduct() {
    Part left = ParseValue();
    while (left && (reader_.IsNext("*") || reader_.IsNext("%"))) {
      const std::string name = reader_.Peek().text;
      reader_.Skip();
      Part right = ParseValue();
      if (!right) return std::nullopt;
      left = Operator(name, std::move(*left), std::move(*right));
    }
    return left;
  }

  Part ParseValue() {
    if (reader_.Take("-")) {
      if (reader_.Peek().kind != SqlToken::Kind::kNumber) return std::nullopt;
      Part number = ParsePrimary();
      if (number) number->name = "-" + number->name;
      return number;
    }
    Part value = ParsePrimary();
    while (value && reader_.Take("::")) value = TakeCast(std::move(*value));
    return value;
  }

  /// `'a'::text` and `(name)::text`: casts that change nothing here.
  Part TakeCast(Condition value) {
    const SqlToken word = reader_.Peek();
    const bool is_array = value.kind == Kind::kArray;
    Result<SqlType> type = ParseSqlType(&reader_);
    if (!type.ok()) return std::nullopt;
    if (is_array) return value;
    const SqlKind kind = type->kind;
    const bool to_text = kind == SqlKind::kText || kind == SqlKind::kVarchar;
    if (value.kind == Kind::kText && kind == SqlKind::kDate) value.kind = Kind::kDate;
    if (value.is_literal()) return value;
    if (to_text && !type->length) return value;
    return std::nullopt;
  }

  Part ParsePrimary() {
    if (reader_.Take("(")) {
      Part inner = ParseOr();
      return inner && reader_.Take(")") ? std::move(inner) : std::nullopt;
    }
    const SqlToken token = reader_.Peek();
    Condition out;
    if (token.kind == SqlToken::Kind::kNumber || token.kind == SqlToken::Kind::kText) {
      out.kind = token.kind == SqlToken::Kind::kNumber ? Kind::kNumber : Kind::kText;
      out.name = token.text;
      reader_.Skip();
      return IsPlainLiteral(token) ? Part(std::move(out)) : std::nullopt;
    }
    if (token.kind == SqlToken::Kind::kWord && reader_.Peek(1).kind == SqlToken::Kind::kText) {
      if (token.upper != "DATE" && token.upper != "TIMESTAMP") return std::nullopt;
      out.kind = token.upper == "DATE" ? Kind::kDate : Kind::kTimestamp;
      out.name = reader_.Peek(1).text;
      reader_.Skip(2);
      return out;
    }
    if (reader_.IsNext("ARRAY [")) return ParseArray();
    if (reader_.IsNext("TRUE") || reader_.IsNext("FALSE") || reader_.IsNext("NULL")) {
      out.name = token.upper;
      reader_.Skip();
      return out;
    }
    if (token.kind == SqlToken::Kind::kWord && reader_.IsNext("(", 1)) return ParseCall();
    if (token.kind != SqlToken::Kind::kWord && token.kind != SqlToken::Kind::kName)
      return std::nullopt;
    out.kind = Kind::kColumn;
    out.name = lookup_(token);
    reader_.Skip();
    return out.name.empty() ? std::nullopt : Part(std::move(out));
  }

  /// N'text' is one; X'00' and B'01' are not.
  bool IsPlainLiteral(const SqlToken& token) const {
    if (token.kind == SqlToken::Kind::kNumber) {
      return token.text.find_first_not_of("0123456789.eE+-") == std::string::npos;
    }
    const char first = reader_.source()->text[token.begin];
    return token.plain || first == '"' || first == 'N' || first == 'E';
  }

  Part ParseArray() {
    Condition out;
    out.kind = Kind::kArray;
    reader_.Skip(2);
    do {
      Part item = ParseSum();
      if (!item) return std::nullopt;
      out.arguments.push_back(std::move(*item));
    } while (reader_.Take(","));
    return reader_.Take("]") ? Part(std::move(out)) : std::nullopt;
  }

  Part ParseCall() {
    const std::string name = reader_.Peek().upper;
    const auto* function = std::find_if(
        std::begin(kFunctions), std::end(kFunctions),
        [&](const SharedFunction& row) { return name == row.name && reader_.Is(row.dialects); });
    if (function == std::end(kFunctions)) return std::nullopt;
    Condition out;
    out.kind = Kind::kCall;
    out.name = function->tamis;
    reader_.Skip(2);
    do {
      Part argument = ParseOr();
      if (!argument) return std::nullopt;
      out.arguments.push_back(std::move(*argument));
    } while (reader_.Take(","));
    return reader_.Take(")") ? Part(std::move(out)) : std::nullopt;
  }

  TokenReader reader_;
  const ColumnLookup& lookup_;
  int depth_ = 0;
};

/// How tightly a condition binds; 0 is loosest.
int Rank(const Condition& condition) {
  if (condition.kind == Kind::kIn || condition.kind == Kind::kBetween ||
      condition.kind == Kind::kIs) {
    return 3;
  }
  if (condition.kind != Kind::kOperator) return 9;
  if (condition.name == "OR") return 0;
  if (condition.name == "AND") return 1;
  if (condition.name == "NOT") return 2;
  if (condition.name == "LIKE" || IsOrdering(condition.name)) return 3;
  return condition.name == "*" || condition.name == "%" ? 6 : 5;
}

class ConditionPrinter {
 public:
  explicit ConditionPrinter(const ConditionStyle& style) : style_(style) {}

  std::string Print(const Condition& condition) const {
    const std::vector<Condition>& arguments = condition.arguments;
    switch (condition.kind) {
      case Kind::kColumn:
        return style_.name(condition.name);
      case Kind::kText:
        return style_.text(condition.name);
      case Kind::kDate:
        return (style_.typed_dates ? "DATE " : "") + style_.text(condition.name);
      case Kind::kTimestamp:
        return (style_.typed_dates ? "TIMESTAMP " : "") + style_.text(condition.name);
      case Kind::kNumber:
      case Kind::kWord:
        return condition.name;
      case Kind::kCall:
      case Kind::kArray:
        return condition.name + "(" + List(arguments, 0) + ")";
      case Kind::kIs:
        return Side(arguments[0], 4) + " IS " + condition.name;
      case Kind::kIn:
        return Side(arguments[0], 4) + Not(condition) + " IN (" + List(arguments, 1) + ")";
      case Kind::kBetween:
        return Side(arguments[0], 4) + Not(condition) + " BETWEEN " + Side(arguments[1], 4) +
               " AND " + Side(arguments[2], 4);
      case Kind::kOperator:
        break;
    }
    const int rank = Rank(condition);
    if (arguments.size() == 1) return condition.name + " " + Side(arguments[0], rank + 1);
    // Comparisons don't chain: brackets on both sides. Others associate to the left.
    return Side(arguments[0], rank == 3 ? 4 : rank) + Not(condition) + " " + condition.name + " " +
           Side(arguments[1], rank == 0 || rank == 1 ? rank : rank + 1);
  }

 private:
  static std::string Not(const Condition& condition) { return condition.negated ? " NOT" : ""; }

  std::string Side(const Condition& condition, int least_rank) const {
    const std::string text = Print(condition);
    return Rank(condition) < least_rank ? "(" + text + ")" : text;
  }

  std::string List(const std::vector<Condition>& items, size_t from) const {
    std::string out;
    for (size_t index = from; index < items.size(); ++index) {
      out += (index > from ? ", " : "") + Print(items[index]);
    }
    return out;
  }

  const ConditionStyle& style_;
};

}  // namespace

std::optional<Condition> ParseCondition(const std::vector<SqlToken>& tokens,
                                        const std::shared_ptr<const SourceText>& source,
                                        const DdlDialect& dialect, const ColumnLookup& lookup) {
  return ConditionParser(TokenReader(source, dialect, tokens), lookup).ParseAll();
}

std::string PrintCondition(const Condition& condition, const ConditionStyle& style) {
  return ConditionPrinter(style).Print(condition);
}

}  // namespace tamis
