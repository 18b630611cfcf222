// The dialects of DDL as data: how each quotes, comments, names its types and spells its clauses.
// Does not parse or print: parser.h and print.h read these tables.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

/// A set of dialects, one bit each.
using DialectSet = uint32_t;

inline constexpr DialectSet kRedshift = 1 << 0;
inline constexpr DialectSet kPostgresql = 1 << 1;
inline constexpr DialectSet kMysql = 1 << 2;
inline constexpr DialectSet kSqlite = 1 << 3;
inline constexpr DialectSet kSpark = 1 << 4;
inline constexpr DialectSet kHive = 1 << 5;
inline constexpr DialectSet kSnowflake = 1 << 6;
inline constexpr DialectSet kBigquery = 1 << 7;
inline constexpr DialectSet kSqlserver = 1 << 8;
inline constexpr DialectSet kOracle = 1 << 9;
inline constexpr DialectSet kAnsi = 1 << 10;
/// Dialects in which 'it''s' is no text with a quote in it.
inline constexpr DialectSet kNoDoubledQuotes = kSpark | kHive | kBigquery;
inline constexpr int kDialectCount = 11;
inline constexpr DialectSet kEveryDialect = (1 << kDialectCount) - 1;

/// How a table's or column's comment is said.
enum class CommentForm { kNone, kClause, kEqualsClause, kStatement, kOption };

/// How a column that numbers itself is said.
enum class IdentityForm { kGenerated, kAutoIncrement, kBracket, kNone };

/// What is particular to one dialect.
struct DdlDialect {
  DialectSet id = 0;  // one bit
  const char* name = "";
  const char* aliases = "";           // other names, separated by blanks
  const char* identifier_marks = "";  // which of " ` [ enclose names
  char print_mark = '"';              // the one that is printed
  bool backslash_escapes = false;     // in '...'
  bool double_quoted_text = false;    // "..." is a text
  bool dollar_quotes = false;         // $$...$$ and $tag$...$tag$ are texts
  bool nested_comments = false;       // /* /* */ */
  bool hash_comments = false;         // # to the line's end
  bool slash_comments = false;        // // to the line's end
  bool folds_lower = false;           // unquoted names become lower case
  bool folds_upper = false;           // unquoted names become upper case
  bool checks = false;                // has CHECK
  bool uniques = false;               // has UNIQUE, PRIMARY KEY and FOREIGN KEY
  const char* key_suffix = "";        // what follows a key that is promised, but not enforced
  CommentForm comments = CommentForm::kNone;
  IdentityForm identity = IdentityForm::kNone;
  bool byte_lengths = false;  // the n of varchar(n) counts bytes
};

/// All dialects, in the order of their bits.
std::span<const DdlDialect> DdlDialects();
/// The dialect of that name or alias, in any letter case. UsageError with the known ones otherwise.
Result<const DdlDialect*> FindDialect(std::string_view name);

/// What follows a clause's words.
enum class ClauseArgument {
  kNone,        // nothing: its value is true
  kWord,        // one name, number or text
  kWords,       // a name, and what follows it: (column), BUCKETS, ROWS
  kText,        // a text, kept without its quotes
  kEqualsWord,  // [=] name, number or text
  kParens,      // ( anything )
  kEqualsParens,
  kMaybeParens,  // [( anything )]
  kNames,        // (name, name)
  kNameList,     // name, name without brackets
  kProperties,   // ('name' = 'value', ...)
  kExpression,   // one expression
  kRest,         // everything up to the end of the statement
};

/// A clause that has no meaning for a contract and is kept in tamis.ddl under `key`.
struct Clause {
  const char* words;
  ClauseArgument argument;
  const char* key;
  DialectSet dialects;
};

/// The clauses of columns and of tables, in the order in which they are printed. Where several
/// have one key, the first of a dialect is the one that is printed.
std::span<const Clause> ColumnClauses();
std::span<const Clause> TableClauses();

/// Whether `upper` needs quotes as a name, in any of the dialects.
bool IsReservedName(std::string_view upper);

/// Whether a name in quotes means another thing than the same one without them.
bool QuotesMatter(std::string_view name, const DdlDialect& dialect);

/// A word in capital letters (ASCII).
std::string Upper(std::string_view text);
std::string Lower(std::string_view text);

}  // namespace tamis
