// Prints a checked expression. See print.h.
#include "expr/print.h"

#include <array>
#include <cctype>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "expr/evaluate.h"
#include "expr/functions.h"
#include "expr/lexer.h"
#include "expr/value.h"

namespace tamis {
namespace {

using Op = ExprNode::Op;

// How tightly the operations of the grammar bind; see Parser.
enum Level {
  kOrLevel = 1,
  kAndLevel,
  kNotLevel,
  kPredicateLevel,
  kConcatLevel,
  kSumLevel,
  kProductLevel,
  kUnaryLevel,
  kPrimaryLevel
};

constexpr std::array<const char*, 6> kCompareText = {"=", "<>", "<", "<=", ">", ">="};

std::string Quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    out += c;
    if (c == quote) out += c;
  }
  return out + quote;
}

std::string TextOf(const arrow::Scalar& scalar) {
  return std::string(static_cast<const arrow::BaseBinaryScalar&>(scalar).view());
}

int64_t IntegerOf(const arrow::Scalar& scalar) {
  switch (scalar.type->id()) {
    case arrow::Type::INT8:
      return static_cast<const arrow::Int8Scalar&>(scalar).value;
    case arrow::Type::INT16:
      return static_cast<const arrow::Int16Scalar&>(scalar).value;
    case arrow::Type::INT32:
      return static_cast<const arrow::Int32Scalar&>(scalar).value;
    default:
      return static_cast<const arrow::Int64Scalar&>(scalar).value;
  }
}

double FloatingOf(const arrow::Scalar& scalar) {
  return scalar.type->id() == arrow::Type::FLOAT
             ? static_cast<const arrow::FloatScalar&>(scalar).value
             : static_cast<const arrow::DoubleScalar&>(scalar).value;
}

int64_t MicrosOf(const arrow::Scalar& scalar) {
  return static_cast<const arrow::TimestampScalar&>(scalar).value;
}

int ScaleOf(const arrow::Scalar& scalar) {
  return static_cast<const arrow::Decimal128Type&>(*scalar.type).scale();
}

/// The count and unit of an interval in its largest unit.
std::pair<int64_t, const char*> IntervalUnit(const Interval& interval) {
  if (interval.months != 0) {
    if (interval.months % 12 == 0) return {interval.months / 12, "YEAR"};
    return {interval.months, "MONTH"};
  }
  if (interval.days != 0 || interval.micros == 0) return {interval.days, "DAY"};
  struct Unit {
    int64_t micros;
    const char* name;
  };
  static constexpr std::array<Unit, 4> kUnits = {
      {{3600000000, "HOUR"}, {60000000, "MINUTE"}, {1000000, "SECOND"}, {1000, "MILLISECOND"}}};
  for (const Unit& unit : kUnits) {
    if (interval.micros % unit.micros == 0) return {interval.micros / unit.micros, unit.name};
  }
  return {interval.micros, "MICROSECOND"};
}

std::string IntervalText(const Interval& interval) {
  auto [count, unit] = IntervalUnit(interval);
  std::string number = std::to_string(count);
  return "INTERVAL " + (count < 0 ? "'" + number + "'" : number) + " " + unit;
}

// --- canonical text ---

bool IsPlainName(const std::string& name) {
  for (size_t i = 0; i < name.size(); ++i) {
    auto c = static_cast<unsigned char>(name[i]);
    if (!(std::isalpha(c) || c == '_' || c >= 0x80 || (i > 0 && std::isdigit(c)))) return false;
  }
  return !name.empty() && !IsReserved(name);
}

std::string LiteralText(const ExprNode& node) {
  const arrow::Scalar& value = *node.value;
  if (!value.is_valid) return "NULL";
  switch (node.kind) {
    case Kind::kBool:
      return static_cast<const arrow::BooleanScalar&>(value).value ? "TRUE" : "FALSE";
    case Kind::kInt:
      return std::to_string(IntegerOf(value));
    case Kind::kDouble:
      return DoubleText(FloatingOf(value));
    case Kind::kDecimal: {
      std::string text = DecimalText(DecimalOf(value), ScaleOf(value));
      int64_t small;
      // Without a point it must be too large for an integer to be read back as a decimal.
      return ScaleOf(value) == 0 && ParseIntText(text, &small) ? text + "." : text;
    }
    case Kind::kText:
      return Quoted(TextOf(value), '\'');
    case Kind::kDate:
      return "DATE '" + DateText(static_cast<const arrow::Date32Scalar&>(value).value) + "'";
    case Kind::kTimestamp:
      return "TIMESTAMP '" + TimestampText(MicrosOf(value)) + "'";
    default:
      return IntervalText(IntervalOf(value));
  }
}

class TextPrinter {
 public:
  static std::string Print(const ExprNode& node, int level) {
    int own = LevelOf(node);
    std::string text = Body(node);
    return own < level ? "(" + text + ")" : text;
  }

 private:
  static const ExprNode& Seen(const ExprNode& node) {
    const ExprNode* at = &node;
    while (at->op == Op::kCast && at->implicit) at = at->arguments[0].get();
    return *at;
  }

  static int LevelOf(const ExprNode& written) {
    const ExprNode& node = Seen(written);
    switch (node.op) {
      case Op::kOr:
        return kOrLevel;
      case Op::kAnd:
        return kAndLevel;
      case Op::kNot:
        return IsWordPredicate(*node.arguments[0]) ? kPredicateLevel : kNotLevel;
      case Op::kCompare:
      case Op::kIsNull:
      case Op::kIsDistinct:
      case Op::kIn:
      case Op::kBetween:
      case Op::kLike:
        return kPredicateLevel;
      case Op::kCall:
        if (std::isalpha(static_cast<unsigned char>(node.name[0]))) return kPrimaryLevel;
        if (node.arguments.size() == 1) return kUnaryLevel;
        return node.name == "||"                      ? kConcatLevel
               : node.name == "+" || node.name == "-" ? kSumLevel
                                                      : kProductLevel;
      case Op::kLiteral:
        return LiteralText(node)[0] == '-' ? kUnaryLevel : kPrimaryLevel;
      default:
        return kPrimaryLevel;
    }
  }

  static bool IsWordPredicate(const ExprNode& node) {
    return node.op == Op::kIn || node.op == Op::kBetween || node.op == Op::kLike;
  }

  static std::string Joined(const ExprNode& node, size_t from, const char* between, int level) {
    std::string out;
    for (size_t i = from; i < node.arguments.size(); ++i) {
      if (i > from) out += between;
      out += Print(*node.arguments[i], level);
    }
    return out;
  }

  static std::string Body(const ExprNode& written) {
    const ExprNode& node = Seen(written);
    switch (node.op) {
      case Op::kLiteral:
        return LiteralText(node);
      case Op::kColumn:
        return IsPlainName(node.name) ? node.name : Quoted(node.name, '"');
      case Op::kParameter:
        return "$" + node.name;
      case Op::kAnd:
        return Joined(node, 0, " AND ", kNotLevel);
      case Op::kOr:
        return Joined(node, 0, " OR ", kAndLevel);
      case Op::kNot:
        if (IsWordPredicate(*node.arguments[0])) return WordPredicate(*node.arguments[0], "NOT ");
        return "NOT " + Print(*node.arguments[0], kNotLevel);
      case Op::kCompare:
        return Joined(node, 0, (" " + std::string(Sign(node)) + " ").c_str(), kConcatLevel);
      case Op::kIsNull:
        return Print(*node.arguments[0], kConcatLevel) +
               (node.negated ? " IS NOT NULL" : " IS NULL");
      case Op::kIsDistinct:
        return Joined(node, 0, node.negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ",
                      kConcatLevel);
      case Op::kCase:
        return Case(node);
      case Op::kCast:
        return std::string(node.attempt ? "TRY_CAST(" : "CAST(") +
               Print(*node.arguments[0], kOrLevel) + " AS " + TypeName(*node.type) + ")";
      case Op::kCall:
        return Call(node);
      default:
        return WordPredicate(node, "");
    }
  }

  static const char* Sign(const ExprNode& node) {
    return kCompareText[static_cast<size_t>(node.compare)];
  }

  static std::string WordPredicate(const ExprNode& node, const std::string& negation) {
    std::string left = Print(*node.arguments[0], kConcatLevel) + " " + negation;
    if (node.op == Op::kIn) return left + "IN (" + Joined(node, 1, ", ", kOrLevel) + ")";
    if (node.op == Op::kBetween) return left + "BETWEEN " + Joined(node, 1, " AND ", kConcatLevel);
    return left + "LIKE " + Joined(node, 1, " ESCAPE ", kConcatLevel);
  }

  static std::string Case(const ExprNode& node) {
    std::string out = "CASE";
    size_t pairs = node.arguments.size() / 2;
    for (size_t i = 0; i < pairs; ++i) {
      out += " WHEN " + Print(*node.arguments[2 * i], kOrLevel);
      out += " THEN " + Print(*node.arguments[2 * i + 1], kOrLevel);
    }
    const ExprNode& otherwise = *node.arguments.back();
    bool null = otherwise.op == Op::kLiteral && !otherwise.value->is_valid;
    return out + (null ? "" : " ELSE " + Print(otherwise, kOrLevel)) + " END";
  }

  static std::string Call(const ExprNode& node) {
    if (std::isalpha(static_cast<unsigned char>(node.name[0]))) {
      return node.name + "(" + Joined(node, 0, ", ", kOrLevel) + ")";
    }
    if (node.arguments.size() == 1) {  // -(5) is not the literal -5
      const ExprNode& inner = *node.arguments[0];
      return Seen(inner).op == Op::kLiteral ? "-(" + Print(inner, kOrLevel) + ")"
                                            : "-" + Print(inner, kPrimaryLevel);
    }
    int level = LevelOf(node);
    return Print(*node.arguments[0], level) + " " + node.name + " " +
           Print(*node.arguments[1], level + 1);
  }
};

// --- SQL ---

std::string SqlType(const arrow::DataType& type, Dialect dialect) {
  bool spark = dialect == Dialect::kSpark;
  switch (type.id()) {
    case arrow::Type::STRING:
      return spark ? "STRING" : "VARCHAR";
    case arrow::Type::TIMESTAMP:
      return spark ? "TIMESTAMP" : "TIMESTAMPTZ";
    case arrow::Type::INT32:
      return spark ? "INT" : "INTEGER";
    default:
      break;
  }
  std::string name = TypeName(type);
  for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

std::string SqlText(std::string_view text, Dialect dialect) {
  if (dialect == Dialect::kDuckdb) return Quoted(text, '\'');
  std::string out = "'";  // Spark reads backslashes in texts
  for (char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

/// The replacement of regexp_replace as Java writes it: $1 instead of \1.
std::string JavaReplacement(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      out += std::isdigit(static_cast<unsigned char>(text[i])) ? "$" : "\\";
      out += text[i];
    } else {
      if (text[i] == '$') out += '\\';
      out += text[i];
    }
  }
  return out;
}

/// The format of strftime as Java's DateTimeFormatter writes it.
std::string JavaFormat(std::string_view text) {
  std::string out;
  std::string plain;
  auto flush = [&] {
    if (!plain.empty()) out += "'" + plain + "'";
    plain.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i] == '\'' ? "''" : std::string(1, text[i]);
      continue;
    }
    static constexpr std::string_view kSigns = "YmdHMSfjy";
    static constexpr std::array<const char*, 9> kJava = {"yyyy", "MM",     "dd",  "HH", "mm",
                                                         "ss",   "SSSSSS", "DDD", "yy"};
    size_t found = kSigns.find(text[++i]);
    if (found == std::string_view::npos) {
      plain += '%';
    } else {
      flush();
      out += kJava[found];
    }
  }
  flush();
  return out;
}

std::string SqlLiteral(const arrow::Scalar& value, const arrow::DataType& type, Dialect dialect) {
  bool spark = dialect == Dialect::kSpark;
  if (!value.is_valid) return "CAST(NULL AS " + SqlType(type, dialect) + ")";
  switch (KindOf(type)) {
    case Kind::kBool:
      return static_cast<const arrow::BooleanScalar&>(value).value ? "TRUE" : "FALSE";
    case Kind::kInt: {
      int64_t number = IntegerOf(value);
      std::string digits = std::to_string(number);
      if (number >= 0 && type.id() == arrow::Type::INT64)
        return digits + (spark ? "L" : "::BIGINT");
      return "CAST(" + digits + " AS " + SqlType(type, dialect) + ")";
    }
    case Kind::kDouble:
      return "CAST('" + DoubleText(FloatingOf(value)) + "' AS " + SqlType(type, dialect) + ")";
    case Kind::kDecimal:
      return "CAST('" + DecimalText(DecimalOf(value), ScaleOf(value)) + "' AS " +
             SqlType(type, dialect) + ")";
    case Kind::kText:
      return SqlText(TextOf(value), dialect);
    case Kind::kDate:
      return "DATE '" + DateText(static_cast<const arrow::Date32Scalar&>(value).value) + "'";
    case Kind::kTimestamp:
      return std::string(spark ? "TIMESTAMP" : "TIMESTAMPTZ") + " '" +
             TimestampText(MicrosOf(value)) + "+00:00'";
    default: {
      auto [count, unit] = IntervalUnit(IntervalOf(value));
      return "INTERVAL '" + std::to_string(count) + "' " + unit;
    }
  }
}

class SqlPrinter {
 public:
  explicit SqlPrinter(Dialect dialect) : dialect_(dialect) {}

  std::string Print(const ExprNode& node) const {
    switch (node.op) {
      case Op::kLiteral:
      case Op::kParameter:
        return SqlLiteral(*node.value, *node.type, dialect_);
      case Op::kColumn:
        return spark() ? Quoted(node.name, '`') : Quoted(node.name, '"');
      case Op::kAnd:
        return "(" + Joined(node, 0, " AND ") + ")";
      case Op::kOr:
        return "(" + Joined(node, 0, " OR ") + ")";
      case Op::kNot:
        return "(NOT " + Argument(node, 0) + ")";
      case Op::kCompare:
        return "(" + Argument(node, 0) + " " + kCompareText[static_cast<size_t>(node.compare)] +
               " " + Argument(node, 1) + ")";
      case Op::kIsNull:
        return "(" + Argument(node, 0) + (node.negated ? " IS NOT NULL)" : " IS NULL)");
      case Op::kIsDistinct:
        return "(" + Argument(node, 0) +
               (node.negated ? " IS NOT DISTINCT FROM " : " IS DISTINCT FROM ") +
               Argument(node, 1) + ")";
      case Op::kIn:
        return "(" + Argument(node, 0) + " IN (" + Joined(node, 1, ", ") + "))";
      case Op::kBetween:
        return "(" + Argument(node, 0) + " BETWEEN " + Joined(node, 1, " AND ") + ")";
      case Op::kLike:
        return Like(node);
      case Op::kCase:
        return Case(node);
      case Op::kCast:
        return Cast(node);
      case Op::kCall:
        return Call(node);
    }
    return "";
  }

 private:
  bool spark() const { return dialect_ == Dialect::kSpark; }
  std::string Argument(const ExprNode& node, size_t index) const {
    return Print(*node.arguments[index]);
  }
  std::string Joined(const ExprNode& node, size_t from, const char* between) const {
    std::string out;
    for (size_t i = from; i < node.arguments.size(); ++i) {
      if (i > from) out += between;
      out += Argument(node, i);
    }
    return out;
  }

  std::string Like(const ExprNode& node) const {
    std::string pattern;
    bool escaped = false;
    for (const LikePart& part : node.prepared->like) {
      if (part.kind != LikePart::Kind::kBytes) {
        pattern += part.kind == LikePart::Kind::kMany ? '%' : '_';
        continue;
      }
      for (char c : part.bytes) {
        bool special = c == '%' || c == '_' || c == '\\';
        if (special) pattern += '\\';
        escaped |= special;
        pattern += c;
      }
    }
    std::string sql = "(" + Argument(node, 0) + " LIKE " + SqlText(pattern, dialect_);
    // Spark's escape character is the backslash unless told otherwise, DuckDB has none.
    return sql + (escaped && !spark() ? " ESCAPE '\\')" : ")");
  }

  std::string Case(const ExprNode& node) const {
    std::string out = "CASE";
    for (size_t i = 0; i + 1 < node.arguments.size(); i += 2) {
      out += " WHEN " + Argument(node, i) + " THEN " + Argument(node, i + 1);
    }
    return out + " ELSE " + Print(*node.arguments.back()) + " END";
  }

  /// Only texts of the spelling that `pattern` gives are cast: what doesn't match becomes '', which
  /// no engine can cast.
  std::string CheckedText(const std::string& text, const char* pattern) const {
    return "regexp_extract(" + text + ", " + SqlText(pattern, dialect_) + ", 0)";
  }

  std::string Cast(const ExprNode& node) const {
    const ExprNode& inner = *node.arguments[0];
    if (node.implicit && IsConstant(inner)) {
      if (auto value = EvaluateConstantNode(node); value.ok()) {
        return SqlLiteral(**value, *node.type, dialect_);
      }
    }
    std::string text = Print(inner);
    std::string type = SqlType(*node.type, dialect_);
    std::string cast = node.attempt ? "TRY_CAST(" : "CAST(";
    if (inner.kind == Kind::kText) text = CastableText(text, node.kind);
    if (node.kind == Kind::kInt && !spark() &&
        (inner.kind == Kind::kDouble || inner.kind == Kind::kDecimal)) {
      text = "trunc(" + text + ")";  // DuckDB rounds
    }
    if (node.kind == Kind::kDecimal && inner.kind == Kind::kDouble) {
      if (!spark()) return DoubleToDecimal(text, cast, type);
      text = "CAST(" + text + " AS STRING)";
    }
    if (node.kind == Kind::kText && inner.kind == Kind::kTimestamp && !spark()) {
      text = "CAST(" + text + " AS TIMESTAMP)";  // without +00 at the end
    }
    if (node.kind == Kind::kText && inner.kind == Kind::kDecimal && !spark()) {
      const auto& decimal = static_cast<const arrow::Decimal128Type&>(*inner.type);
      if (decimal.precision() == decimal.scale()) {  // DuckDB writes .25 then
        return "regexp_replace(" + cast + text + R"( AS VARCHAR), '^(-?)\.', '\10.'))";
      }
    }
    return cast + text + " AS " + type + ")";
  }

  /// By the shortest text, as Spark does. DuckDB 1.5 rounds texts with a negative exponent beyond
  /// the scale wrongly (7e-09 to scale 2 gives 0.01): small numbers go through a scale of 21 first.
  static std::string DoubleToDecimal(const std::string& value, const std::string& cast,
                                     const std::string& type) {
    std::string text = "CAST(" + value + " AS VARCHAR)";
    return "coalesce(" + cast + "TRY_CAST(" + text + " AS DECIMAL(38,21)) AS " + type + "), " +
           cast + text + " AS " + type + "))";
  }

  std::string CastableText(const std::string& text, Kind kind) const {
    static constexpr const char* kYear =
        "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-[0-9]{2}-[0-9]{2}";
    switch (kind) {
      case Kind::kBool:
        return CheckedText(text, R"(\A(?i)(true|false)\z)");
      case Kind::kInt:
        return CheckedText(text, R"(\A[+-]?[0-9]+\z)");
      case Kind::kDouble:
        return CheckedText(
            text,
            R"(\A(?i)(nan|[+-]?(inf|infinity|([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?))\z)");
      case Kind::kDecimal:
        return CheckedText(text, R"(\A[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)\z)");
      case Kind::kDate:
        return CheckedText(text, (std::string("\\A") + kYear + "\\z").c_str());
      case Kind::kTimestamp:
        return CheckedText(
            text,
            (std::string("\\A") + kYear +
             R"(([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?\z)")
                .c_str());
      default:
        return text;
    }
  }

  std::string Call(const ExprNode& node) const {
    const Function& row = *node.function;
    const char* form = spark() ? row.spark : row.duckdb;
    if (form[0] == '!') return Special(node);
    if (form[0] == '\0') return node.name + "(" + Joined(node, 0, ", ") + ")";
    return Fill(node, form);
  }

  std::string Special(const ExprNode& node) const {
    if (node.function->evaluation == Evaluation::kTypeof) {
      return SqlText(TypeName(*node.arguments[0]->type), dialect_);
    }
    if (node.value) return SqlLiteral(*node.value, *node.type, dialect_);
    if (node.name == "isnan") {  // Spark's is false of NULL
      std::string x = Operand(node, 0);
      return "CASE WHEN " + x + " IS NOT NULL THEN isnan(" + x + ") END";
    }
    return Fill(node, DateDiffForm(static_cast<DateUnit>(node.prepared->number)));
  }

  const char* DateDiffForm(DateUnit unit) const {
    static constexpr std::array<const char*, 8> kDuckdb = {
        "(year($3) - year($2))",
        "((year($3) - year($2)) * 4 + quarter($3) - quarter($2))",
        "((year($3) - year($2)) * 12 + month($3) - month($2))",
        "(CAST(CAST(date_trunc('week', $3) AS DATE) - CAST(date_trunc('week', $2) AS DATE) "
        "AS BIGINT) // 7)",
        "CAST(CAST($3 AS DATE) - CAST($2 AS DATE) AS BIGINT)",
        "((epoch_us(date_trunc('hour', $3)) - epoch_us(date_trunc('hour', $2))) // 3600000000)",
        "((epoch_us(date_trunc('minute', $3)) - epoch_us(date_trunc('minute', $2))) // 60000000)",
        "((epoch_us(date_trunc('second', $3)) - epoch_us(date_trunc('second', $2))) // 1000000)"};
    static constexpr std::array<const char*, 8> kSpark = {
        "CAST(year($3) - year($2) AS BIGINT)",
        "CAST((year($3) - year($2)) * 4 + quarter($3) - quarter($2) AS BIGINT)",
        "CAST((year($3) - year($2)) * 12 + month($3) - month($2) AS BIGINT)",
        "(datediff(date_trunc('WEEK', $3), date_trunc('WEEK', $2)) div 7)",
        "CAST(datediff($3, $2) AS BIGINT)",
        "((unix_micros(date_trunc('HOUR', $3)) - unix_micros(date_trunc('HOUR', $2))) div "
        "3600000000L)",
        "((unix_micros(date_trunc('MINUTE', $3)) - unix_micros(date_trunc('MINUTE', $2))) div "
        "60000000L)",
        "((unix_micros(date_trunc('SECOND', $3)) - unix_micros(date_trunc('SECOND', $2))) div "
        "1000000L)"};
    return (spark() ? kSpark : kDuckdb)[static_cast<size_t>(unit)];
  }

  /// An argument in the type that the row computes with.
  std::string Operand(const ExprNode& node, size_t index) const {
    const ExprNode& argument = *node.arguments[index];
    std::string text = Print(argument);
    bool generic = std::strpbrk(node.function->arguments, "AT") != nullptr;
    if (generic) return text;
    if (argument.kind == Kind::kInt && argument.type->id() != arrow::Type::INT64) {
      return "CAST(" + text + " AS BIGINT)";
    }
    if (argument.type->id() == arrow::Type::FLOAT) return "CAST(" + text + " AS DOUBLE)";
    return text;
  }

  /// DuckDB computes with decimals of up to 18 digits in 64 bits and fails when the result needs
  /// more.
  std::string WideDecimal(const ExprNode& node, size_t index) const {
    const arrow::DataType& type = *node.arguments[index]->type;
    const auto& decimal = static_cast<const arrow::Decimal128Type&>(type);
    bool fits = static_cast<const arrow::Decimal128Type&>(*node.type).precision() <= 18;
    if (fits || decimal.precision() > 18) return Operand(node, index);
    return "CAST(" + Operand(node, index) + " AS DECIMAL(19," + std::to_string(decimal.scale()) +
           "))";
  }

  /// A count or position: an integer cut to `low`..2147483647.
  std::string CutInteger(const ExprNode& node, size_t index, int64_t low) const {
    const ExprNode& argument = *node.arguments[index];
    if (IsConstant(argument) && argument.value->is_valid) {
      int64_t value = std::min<int64_t>(std::max(IntegerOf(*argument.value), low), 2147483647);
      return std::to_string(value);
    }
    std::string x = Operand(node, index);
    std::string cut = "CASE WHEN " + x + " < " + std::to_string(low) + " THEN " +
                      std::to_string(low) + " WHEN " + x + " > 2147483647 THEN 2147483647 ELSE " +
                      x + " END";
    return spark() ? "CAST(" + cut + " AS INT)" : cut;
  }

  std::string Fill(const ExprNode& node, const char* form) const {
    std::string out;
    for (const char* at = form; *at; ++at) {
      bool mark = std::strchr("$#^%&", *at) != nullptr;
      char next = mark ? at[1] : '\0';
      size_t index = static_cast<size_t>(next - '1');
      bool digit = next >= '1' && next <= '9';
      if (*at == '$' && digit) {
        out += Operand(node, index);
      } else if (*at == '&' && digit) {
        out += WideDecimal(node, index);
      } else if (*at == '#' && digit) {
        out += CutInteger(node, index, 0);
      } else if (*at == '^' && digit) {
        out += CutInteger(node, index, 1);
      } else if (*at == '$' && next == '*') {
        out += Joined(node, 0, ", ");
      } else if (*at == '$' && next == '|') {
        out += Joined(node, 0, " || ");
      } else if (*at == '%' && std::strchr("TunwrU", next) && next) {
        out += Prepared(node, next);
      } else {
        out += *at;
        continue;
      }
      ++at;
    }
    return out;
  }

  std::string Prepared(const ExprNode& node, char mark) const {
    switch (mark) {
      case 'T':
        return SqlType(*node.type, dialect_);
      case 'u':
        return DateUnitName(static_cast<DateUnit>(node.prepared->number));
      case 'r':
        return SqlText(node.name == "strftime" ? JavaFormat(node.prepared->text)
                                               : JavaReplacement(node.prepared->text),
                       dialect_);
      default:  // n, w
        return std::to_string(node.prepared->number);
    }
  }

  Dialect dialect_;
};

/// How often a form writes its argument `index`; cut integers are written three times.
double TimesRepeated(const char* form, size_t index) {
  if (form[0] == '!') return 2;
  double times = 0;
  for (const char* at = form; at[0] && at[1]; ++at) {
    if (at[0] == '$' && (at[1] == '*' || at[1] == '|')) times += 1;
    if (at[1] != static_cast<char>('1' + index)) continue;
    times += at[0] == '$' || at[0] == '&' ? 1 : at[0] == '#' || at[0] == '^' ? 3 : 0;
  }
  return std::max(times, 1.0);
}

double SizeOf(const ExprNode& node, std::unordered_map<const ExprNode*, double>* known) {
  if (auto found = known->find(&node); found != known->end()) return found->second;
  double size = 40.0 + static_cast<double>(node.name.size());
  if (IsConstant(node) && node.kind == Kind::kText && node.value->is_valid) {
    size += 2.0 * static_cast<double>(TextOf(*node.value).size());
  }
  for (size_t i = 0; i < node.arguments.size(); ++i) {
    double times = node.op == Op::kCast ? 2 : 1;
    if (node.op == Op::kCall) {
      times =
          std::max(TimesRepeated(node.function->duckdb, i), TimesRepeated(node.function->spark, i));
    }
    size += times * SizeOf(*node.arguments[i], known);
  }
  known->emplace(&node, size);
  return size;
}

}  // namespace

std::string PrintText(const ExprNode& node) { return TextPrinter::Print(node, kOrLevel); }

std::string PrintSql(const ExprNode& node, Dialect dialect) {
  return SqlPrinter(dialect).Print(node);
}

double PrintedSize(const ExprNode& node) {
  std::unordered_map<const ExprNode*, double> known;  // the operand of a simple CASE is shared
  return SizeOf(node, &known);
}

}  // namespace tamis
