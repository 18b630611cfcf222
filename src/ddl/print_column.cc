// Prints columns: type, default, identity and clauses. See print.h.
#include <arrow/type.h>

#include <algorithm>
#include <array>
#include <utility>

#include "contract/types.h"
#include "ddl/names.h"
#include "ddl/print.h"
#include "spec/emit.h"

namespace tamis {
namespace {

const Node& DdlOf(const Column& column) {
  static const Node kNone = MakeMapping();
  return column.ddl ? *column.ddl : kNone;
}

/// Keywords of a kept type in capital letters, unless quotes make letters matter.
std::string TypeText(const std::string& text) {
  return text.find_first_of("'\"`[<.") == std::string::npos ? Upper(text) : text;
}

/// Functions that give the present moment.
constexpr std::array kNow = {"CURRENT_TIMESTAMP", "NOW",        "GETDATE",     "SYSDATE",
                             "SYSTIMESTAMP",      "GETUTCDATE", "SYSDATETIME", "LOCALTIMESTAMP",
                             "SYSUTCDATETIME"};

/// How a dialect says the present moment and day.
std::string NowText(const DdlDialect& dialect, bool day) {
  switch (dialect.id) {
    case kRedshift:
      return day ? "CURRENT_DATE" : "GETDATE()";
    case kSpark:
    case kBigquery:
      return day ? "CURRENT_DATE()" : "CURRENT_TIMESTAMP()";
    case kSqlserver:
      return day ? "CAST(GETDATE() AS DATE)" : "CURRENT_TIMESTAMP";
    case kMysql:
      return day ? "(CURRENT_DATE)" : "CURRENT_TIMESTAMP";
    default:
      return day ? "CURRENT_DATE" : "CURRENT_TIMESTAMP";
  }
}

/// The tokens without brackets around all of them and without casts behind them.
std::vector<SqlToken> Bare(std::vector<SqlToken> tokens) {
  while (tokens.size() > 2 && tokens.front().text == "(" && tokens.back().text == ")") {
    int depth = 0;
    bool whole = true;
    for (size_t index = 0; index + 1 < tokens.size(); ++index) {
      if (tokens[index].kind != SqlToken::Kind::kSymbol) continue;
      depth +=
          static_cast<int>(tokens[index].text == "(") - static_cast<int>(tokens[index].text == ")");
      whole &= depth > 0;
    }
    if (!whole) break;
    tokens.erase(tokens.begin());
    tokens.pop_back();
  }
  const auto cast = std::find_if(tokens.begin(), tokens.end(),
                                 [](const SqlToken& token) { return token.text == "::"; });
  const bool literal = !tokens.empty() && (tokens[0].kind == SqlToken::Kind::kText ||
                                           tokens[0].kind == SqlToken::Kind::kNumber);
  if (literal && cast == tokens.begin() + 1) tokens.erase(cast, tokens.end());
  return tokens;
}

}  // namespace

/// The type that the contract, or tamis.ddl, gives a column.
Result<SqlType> DdlPrinter::DeclaredType(const Scope& scope, const Column& column) const {
  const Node* type = DdlOf(column).Find("type");
  if (!type) return TypeOfColumn(column);
  const DdlDialect& spoken = scope.source ? *scope.source : dialect_;
  ARROW_ASSIGN_OR_RAISE(SqlType parsed, ParseSqlTypeText(type->scalar, spoken, type->place));
  Column said;
  ARROW_RETURN_NOT_OK(SetColumnType(parsed, &said));
  if (PhysicalTypeName(*said.type) == PhysicalTypeName(*column.type)) return parsed;
  return UsageErrorAt(type->place,
                      "tamis.ddl: the type " + type->scalar + " contradicts the column's, " +
                          PhysicalTypeName(*column.type),
                      "change both, or remove this one");
}

/// The column that `column` refers to, and its table.
std::pair<const Table*, const Column*> DdlPrinter::Referenced(const Scope& scope,
                                                              const Column& column) const {
  for (const Relationship& key : scope.table.relationships) {
    const auto at = std::find(key.columns.begin(), key.columns.end(), column.name);
    const auto target = contract_.FindTable(key.to_table);
    if (at == key.columns.end() || !target.ok()) continue;
    const auto position = static_cast<size_t>(at - key.columns.begin());
    const int index = (*target)->ColumnIndex(key.to_columns[position]);
    if (index >= 0) return {*target, &(*target)->columns[static_cast<size_t>(index)]};
  }
  return {nullptr, nullptr};
}

/// The type in another dialect: whole numbers that number themselves are integers, in Spark of 64
/// bits, and a number has the type of the number that it refers to.
Result<SqlType> DdlPrinter::AdaptedType(const Scope& scope, const Column& column, int depth) const {
  static constexpr DialectSet kIntegerOnly =
      kRedshift | kPostgresql | kMysql | kSqlite | kSpark | kAnsi;
  const auto is_whole = [](const SqlType& type) {
    return (type.kind >= SqlKind::kInt8 && type.kind <= SqlKind::kUInt64) ||
           (type.kind == SqlKind::kDecimal && type.scale == 0);
  };
  ARROW_ASSIGN_OR_RAISE(SqlType type, DeclaredType(scope, column));
  if (scope.same || !is_whole(type)) return type;
  if (DdlOf(column).Find("identity") || type.numbers_itself) {
    const bool wide = type.kind == SqlKind::kDecimal || type.kind == SqlKind::kUInt64;
    const bool is_fine = (dialect_.id == kMysql && type.kind == SqlKind::kUInt64) ||
                         (!wide && dialect_.id != kSpark);
    if ((dialect_.id & kIntegerOnly) == 0 || is_fine) return type;
    const bool numbers_itself = type.numbers_itself;
    type = SqlType();
    type.kind = SqlKind::kInt64;
    type.numbers_itself = numbers_itself;
    return type;
  }
  const auto [table, referenced] = Referenced(scope, column);
  if (!table || depth == 0) return type;
  ARROW_ASSIGN_OR_RAISE(Scope other, Open(*table));
  ARROW_ASSIGN_OR_RAISE(SqlType wanted, AdaptedType(other, *referenced, depth - 1));
  if (!is_whole(wanted)) return type;
  wanted.numbers_itself = false;
  return wanted;
}

/// The column's type as text; `*own` is the type that it has by the contract.
Result<std::string> DdlPrinter::ColumnType(const Scope& scope, const Column& column, SqlType* own) {
  constexpr int kReferencesFollowed = 8;
  ARROW_ASSIGN_OR_RAISE(*own, DeclaredType(scope, column));
  const std::string kept = TextAt(DdlOf(column), "type");
  if (scope.same && !kept.empty()) return TypeText(kept);
  if (own->kind == SqlKind::kOther) {
    Warn(column.place,
         column.name + ": " + dialect_.name + " has no " + kept + ": it becomes a text");
  }
  ARROW_ASSIGN_OR_RAISE(SqlType adapted, AdaptedType(scope, column, kReferencesFollowed));
  std::string text = PrintSqlType(adapted, dialect_);
  ARROW_ASSIGN_OR_RAISE(SqlType printed, ParseSqlTypeText(text, dialect_, column.place));
  const std::string lost = own->kind == SqlKind::kOther ? "" : Narrowing(*own, printed);
  if (!lost.empty()) {
    const std::string named = !kept.empty()                   ? kept
                              : !column.physical_type.empty() ? column.physical_type
                                                              : PhysicalTypeName(*column.type);
    Warn(column.place, column.name + ": " + named + " becomes " + text + ": " + lost);
  }
  const bool counts =
      printed.length && (printed.kind == SqlKind::kVarchar || printed.kind == SqlKind::kChar);
  if (dialect_.byte_lengths && counts && !scope.same && !warned_of_bytes_) {
    warned_of_bytes_ = true;
    Warn(column.place, column.name + ": " + dialect_.name +
                           " counts the bytes of a text, contracts count characters: others than "
                           "ASCII need up to four bytes each (said once)");
  }
  return text;
}

Result<std::string> DdlPrinter::PrintColumn(const Scope& scope, const Column& column) {
  const Node& ddl = DdlOf(column);
  SqlType own;
  ARROW_ASSIGN_OR_RAISE(std::string type, ColumnType(scope, column, &own));
  if (scope.same && ddl.Find("untyped")) type.clear();
  std::string text = ColumnName(scope, column.name);
  const std::string generated = Generated(scope, column, &type);
  if (!type.empty()) text += " " + type;
  for (const char* key : {"charset", "collate"}) {  // they belong to the type
    if (!ddl.Find(key) || !scope.same) continue;
    const auto clause =
        std::find_if(ColumnClauses().begin(), ColumnClauses().end(), [&](const Clause& one) {
          return std::string_view(one.key) == key && (one.dialects & dialect_.id) != 0;
        });
    if (clause != ColumnClauses().end()) text += " " + PrintClause(scope, *clause, *ddl.Find(key));
  }
  text += generated + Identity(scope, column, own) + Default(scope, column);
  if (column.required) {
    const std::string name = scope.same ? TextAt(ddl, "not_null_name") : "";
    if (!name.empty()) text += " CONSTRAINT " + PrintName(name, dialect_);
    text += " NOT NULL";
    const std::string options = scope.same ? TextAt(ddl, "not_null_options") : "";
    if (!options.empty()) text += " " + options;
  }
  return text + InlineKeys(scope, column) + ColumnOptions(scope, column);
}

std::string DdlPrinter::Default(const Scope& scope, const Column& column) {
  const Node& ddl = DdlOf(column);
  const std::string text = TextAt(ddl, "default");
  if (text.empty()) return "";
  const std::string name = TextAt(ddl, "default_name");
  if (scope.same) {
    return (name.empty() ? "" : " CONSTRAINT " + PrintName(name, dialect_)) + " DEFAULT " + text;
  }
  std::string translated = dialect_.id == kHive ? "" : TranslateDefault(scope, text);
  const bool has_words = (dialect_.id & (kSqlserver | kOracle)) == 0;
  if (column.type->id() == arrow::Type::BOOL && has_words) {  // 1 of SQL Server, '1' of MySQL
    if (translated == "1" || translated == "'1'") translated = "TRUE";
    if (translated == "0" || translated == "'0'") translated = "FALSE";
  }
  if (!translated.empty()) return " DEFAULT " + translated;
  Warn(column.place, column.name + ": the default " + text + " is left out");
  return "";
}

/// Literals and the present moment are the same everywhere; others are not known to be.
std::string DdlPrinter::TranslateDefault(const Scope& scope, const std::string& text) {
  const DdlDialect& spoken = scope.source ? *scope.source : dialect_;
  const auto source = std::make_shared<const SourceText>(SourceText{"", text});
  auto all = SqlLexer(source, spoken).Next();
  if (!all.ok()) return "";
  all->pop_back();
  const std::vector<SqlToken> tokens = Bare(std::move(*all));
  if (tokens.empty()) return "";
  const SqlToken& first = tokens[0];
  const bool call =
      tokens.size() > 2 && tokens[1].text == "(" && tokens.back().text == ")" && tokens.size() <= 4;
  if (first.kind == SqlToken::Kind::kWord && (tokens.size() == 1 || call)) {
    if (std::find(kNow.begin(), kNow.end(), first.upper) != kNow.end()) {
      return NowText(dialect_, false);
    }
    if (first.upper == "CURRENT_DATE" || first.upper == "CURDATE") return NowText(dialect_, true);
    if (tokens.size() > 1) return "";
    if (first.upper == "NULL") return "NULL";
    const bool has_words = (dialect_.id & (kSqlserver | kOracle)) == 0;
    if (first.upper == "TRUE") return has_words ? "TRUE" : "1";
    if (first.upper == "FALSE") return has_words ? "FALSE" : "0";
    return "";
  }
  if (tokens.size() == 1 && first.kind == SqlToken::Kind::kText) {
    const char mark = text[first.begin];
    const bool plain = first.plain || mark == 'N' || mark == 'E' || mark == '"';
    return plain ? PrintText(first.text, dialect_) : "";
  }
  const bool negative = tokens.size() == 2 && first.text == "-";
  if (tokens.size() != 1 && !negative) return "";
  const SqlToken& last = tokens.back();
  if (last.kind != SqlToken::Kind::kNumber ||
      last.text.find_first_not_of("0123456789.eE+-") != std::string::npos) {
    return "";
  }
  return (negative ? "-" : "") + last.text;
}

std::string DdlPrinter::Identity(const Scope& scope, const Column& column, const SqlType& own) {
  const Node* identity = DdlOf(column).Find("identity");
  const bool serial = own.numbers_itself && !scope.same;
  if (!identity && !serial) return "";
  static const Node kPlain = MakeMapping();
  const Node& said = identity && identity->is_mapping() ? *identity : kPlain;
  const std::string start = TextAt(said, "start"), increment = TextAt(said, "increment");
  const std::string options = scope.same ? TextAt(said, "options") : "";
  std::string generated = Upper(TextAt(said, "generated"));
  if (generated == "BY DEFAULT ON NULL" && dialect_.id != kOracle) generated = "BY DEFAULT";
  if (generated == "ALWAYS" && dialect_.id == kRedshift && !scope.same) generated.clear();
  const auto brackets = [&](const std::string& fallback) {
    if (start.empty() && increment.empty()) return fallback;
    return "(" + (start.empty() ? "1" : start) +
           (increment.empty() && scope.same ? "" : "," + (increment.empty() ? "1" : increment)) +
           ")";
  };
  switch (dialect_.identity) {
    case IdentityForm::kBracket:
      if (!generated.empty() && dialect_.id == kRedshift) {
        return " GENERATED " + generated + " AS IDENTITY" + brackets(scope.same ? "" : "(1,1)");
      }
      return " IDENTITY" + brackets(scope.same ? "" : "(1,1)");
    case IdentityForm::kAutoIncrement: {
      if (dialect_.id == kMysql) {
        if (!start.empty() && start != "1") {
          Warn(column.place, column.name + ": the first number " + start + " is left out");
        }
        return " AUTO_INCREMENT";
      }
      std::string text = " AUTOINCREMENT";
      if (!start.empty()) text += " START " + start;
      if (!increment.empty()) text += " INCREMENT " + increment;
      return text + (options.empty() ? "" : " " + options);
    }
    case IdentityForm::kGenerated: {
      std::string inner;
      if (!start.empty()) inner += "START WITH " + start;
      if (!increment.empty()) inner += (inner.empty() ? "" : " ") + ("INCREMENT BY " + increment);
      if (!scope.same && !start.empty() && std::atoll(start.c_str()) < 1) {
        inner += " MINVALUE " + start;
      }
      if (!options.empty()) inner += (inner.empty() ? "" : " ") + options;
      if (generated.empty() && !(scope.same && dialect_.id == kOracle && scope.source)) {
        generated = "BY DEFAULT";
      }
      return " GENERATED " + (generated.empty() ? "" : generated + " ") + "AS IDENTITY" +
             (inner.empty() ? "" : " (" + inner + ")");
    }
    case IdentityForm::kNone:
      break;
  }
  const bool numbers_key = scope.table.PrimaryKey() == std::vector<std::string>{column.name};
  if (dialect_.id != kSqlite || !numbers_key) {
    Warn(column.place, column.name + ": " + dialect_.name +
                           " has no columns that number themselves: a plain one");
  }
  return "";
}

/// Computed columns; their expressions are of one dialect.
std::string DdlPrinter::Generated(const Scope& scope, const Column& column, std::string* type) {
  const Node* generated = DdlOf(column).Find("generated");
  if (!generated) return "";
  const std::string expression = TextAt(*generated, "expression");
  if (!scope.same) {
    Warn(column.place, column.name + ": its expression " + expression +
                           " is left out, it becomes a plain column");
    return "";
  }
  const std::string row = TextAt(*generated, "row");
  if (!row.empty()) return " GENERATED ALWAYS AS " + row;
  std::string kind = Upper(TextAt(*generated, "kind"));
  if (!kind.empty()) kind = " " + kind;
  if (dialect_.id == kSqlserver) {
    type->clear();
    return " AS (" + expression + ")" + kind;
  }
  if (dialect_.id == kSnowflake) return " AS (" + expression + ")" + kind;
  return " GENERATED ALWAYS AS (" + expression + ")" + kind;
}

/// UNIQUE of one column, and SQLite's key that numbers itself.
std::string DdlPrinter::InlineKeys(const Scope& scope, const Column& column) {
  std::string text;
  const std::vector<std::string> key = scope.table.PrimaryKey();
  if (dialect_.id == kSqlite && key.size() == 1 && key[0] == column.name) {
    const Node* kept = scope.same ? FindKept(scope, "primary_key", key, "") : nullptr;
    if (kept && !TextAt(*kept, "name").empty()) {
      text += " CONSTRAINT " + PrintName(TextAt(*kept, "name"), dialect_);
    }
    text += " PRIMARY KEY";
    for (const char* part : {"method", "options"}) {
      if (kept && !TextAt(*kept, part).empty()) text += " " + TextAt(*kept, part);
    }
    if (DdlOf(column).Find("identity")) text += " AUTOINCREMENT";
  }
  const bool says = dialect_.uniques || scope.same;
  if (column.unique && says && !(scope.same && FindKept(scope, "unique", {column.name}, ""))) {
    if (dialect_.id == kBigquery || !dialect_.uniques) {
      Warn(column.place, column.name + ": " + dialect_.name + " has no UNIQUE: left out");
    } else {
      text += " UNIQUE";
    }
  }
  return text;
}

std::string DdlPrinter::ColumnOptions(const Scope& scope, const Column& column) {
  const Node& ddl = DdlOf(column);
  std::string text;
  const Node* options = nullptr;
  for (const auto& [name, value] : ddl.entries) {
    const std::string& key = name.scalar;
    bool said = false, is_clause = false;
    for (const Clause& clause : ColumnClauses()) {
      if (key != clause.key) continue;
      is_clause = true;
      const bool speaks = (clause.dialects & dialect_.id) != 0 &&
                          (!scope.source || (clause.dialects & scope.source->id) != 0);
      if (said || !speaks || !scope.same) continue;
      said = true;
      if (key == "charset" || key == "collate") continue;  // stands beside the type
      if (clause.argument == ClauseArgument::kProperties) {
        options = &value;
      } else {
        text += " " + PrintClause(scope, clause, value);
      }
    }
    if (is_clause && !said) {
      Warn(column.place, column.name + ": " + key + " is left out");
    }
  }
  switch (dialect_.comments) {
    case CommentForm::kClause:
    case CommentForm::kEqualsClause:
      if (column.description.empty()) break;
      text += " COMMENT " + PrintText(column.description, dialect_);
      break;
    case CommentForm::kOption:
      text += Properties(options, column.description);
      break;
    default:
      break;
  }
  return text;
}

}  // namespace tamis
