// Guesses dialects. See detect.h.
#include "ddl/detect.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <utility>

namespace tamis {
namespace {

/// Words in sequence that speak for dialects; symbols are words, texts are none.
struct Evidence {
  const char* words;
  DialectSet dialects;
  int weight;
};

constexpr size_t kBytesLookedAt = 1 << 20;
constexpr int kSure = 20;
constexpr int kLikely = 6;
constexpr int kHint = 2;

constexpr Evidence kEvidence[] = {
    {"DISTKEY", kRedshift, kSure},
    {"SORTKEY", kRedshift, kSure},
    {"DISTSTYLE", kRedshift, kSure},
    {"ENCODE", kRedshift, kSure},
    {"BACKUP NO", kRedshift, kSure},
    {"BACKUP YES", kRedshift, kSure},
    {"SUPER", kRedshift, kLikely},
    {"VARBYTE", kRedshift, kLikely},
    {"HLLSKETCH", kRedshift, kSure},
    {"BPCHAR", kRedshift | kPostgresql, kHint},
    {"SERIAL", kPostgresql, kLikely},
    {"BIGSERIAL", kPostgresql, kSure},
    {"SMALLSERIAL", kPostgresql, kSure},
    {"JSONB", kPostgresql, kLikely},
    {"BYTEA", kPostgresql, kLikely},
    {"INET", kPostgresql, kLikely},
    {"CIDR", kPostgresql, kLikely},
    {"MACADDR", kPostgresql, kLikely},
    {"TSVECTOR", kPostgresql, kSure},
    {"CITEXT", kPostgresql, kSure},
    {"TABLE ONLY", kPostgresql, kSure},
    {"INHERITS", kPostgresql, kSure},
    {"NEXTVAL", kPostgresql, kLikely},
    {"UNLOGGED", kPostgresql, kSure},
    {"AS ENUM", kPostgresql, kSure},
    {"CREATE EXTENSION", kPostgresql, kSure},
    {"CREATE DOMAIN", kPostgresql, kLikely},
    {"OWNER TO", kPostgresql, kLikely},
    {"EXCLUDE USING", kPostgresql, kSure},
    {"TIMESTAMPTZ", kPostgresql | kRedshift, kLikely},
    {"CHARACTER VARYING", kPostgresql | kRedshift | kAnsi, kHint},
    {": :", kPostgresql | kRedshift | kSnowflake, kHint},
    {"INT4", kPostgresql | kRedshift, kHint},
    {"INT8", kPostgresql | kRedshift, kHint},
    {"FLOAT8", kPostgresql | kRedshift, kHint},
    {"[ ]", kPostgresql, kLikely},
    {"UUID", kPostgresql, kHint},
    {"TEXT", kPostgresql | kMysql | kSqlite, 1},
    {"AUTO_INCREMENT", kMysql, kSure},
    {"ENGINE =", kMysql, kSure},
    {"ENGINE", kMysql, kLikely},
    {"UNSIGNED", kMysql, kSure},
    {"TINYTEXT", kMysql, kSure},
    {"MEDIUMTEXT", kMysql, kSure},
    {"LONGTEXT", kMysql, kSure},
    {"MEDIUMINT", kMysql, kLikely},
    {"TINYBLOB", kMysql, kSure},
    {"MEDIUMBLOB", kMysql, kSure},
    {"LONGBLOB", kMysql, kSure},
    {"ZEROFILL", kMysql, kSure},
    {"ON UPDATE CURRENT_TIMESTAMP", kMysql, kSure},
    {"FULLTEXT", kMysql, kSure},
    {"CHARSET =", kMysql, kSure},
    {"ENUM (", kMysql, kLikely},
    {"UNIQUE KEY", kMysql, kSure},
    {"DELIMITER", kMysql, kLikely},
    {"YEAR", kMysql, kHint},
    {"`", kMysql | kSpark | kHive | kBigquery, kHint},
    {"AUTOINCREMENT", kSqlite | kSnowflake, kLikely},
    {"INTEGER PRIMARY KEY AUTOINCREMENT", kSqlite, kSure},
    {"INTEGER PRIMARY KEY", kSqlite, kHint},
    {"WITHOUT ROWID", kSqlite, kSure},
    {"PRAGMA", kSqlite, kSure},
    {") STRICT", kSqlite, kSure},
    {"ON CONFLICT", kSqlite, kLikely},
    {"USING DELTA", kSpark, kSure},
    {"USING PARQUET", kSpark, kSure},
    {"USING ICEBERG", kSpark, kSure},
    {"USING CSV", kSpark, kSure},
    {"USING JSON", kSpark, kSure},
    {"USING ORC", kSpark, kSure},
    {"CLUSTER BY AUTO", kSpark, kSure},
    {"TIMESTAMP_LTZ", kSnowflake | kSpark, kLikely},
    {"TIMESTAMP_NTZ", kSnowflake | kSpark, kLikely},
    {"TIMESTAMP_NTZ (", kSnowflake, kLikely},
    {"TIMESTAMP_TZ", kSnowflake, kSure},
    {"STRING", kSpark | kHive | kBigquery | kSnowflake, kHint},
    {"TBLPROPERTIES", kSpark | kHive, kLikely},
    {"PARTITIONED BY", kSpark | kHive, kLikely},
    {"CLUSTERED BY", kSpark | kHive, kLikely},
    {"MAP <", kSpark | kHive, kLikely},
    {"STRUCT <", kSpark | kHive | kBigquery, kHint},
    {"ARRAY <", kSpark | kHive | kBigquery, kHint},
    {"STORED AS", kHive, kSure},
    {"ROW FORMAT", kHive, kSure},
    {"SERDEPROPERTIES", kHive, kSure},
    {"SKEWED BY", kHive, kSure},
    {"UNIONTYPE", kHive, kSure},
    {"EXTERNAL TABLE", kHive, kLikely},
    {"VARIANT", kSnowflake | kSpark, kLikely},
    {"VARIANT", kSnowflake, kHint},
    {"TRANSIENT", kSnowflake, kSure},
    {"DATA_RETENTION_TIME_IN_DAYS", kSnowflake, kSure},
    {"CHANGE_TRACKING", kSnowflake, kSure},
    {"MASKING POLICY", kSnowflake, kSure},
    {"COPY GRANTS", kSnowflake, kSure},
    {"CLUSTER BY (", kSnowflake, kLikely},
    {"COMMENT =", kSnowflake | kMysql, kLikely},
    {"CREATE OR REPLACE TABLE", kSnowflake | kBigquery | kSpark, kHint},
    {"NUMBER", kOracle | kSnowflake, kLikely},
    {"INT64", kBigquery, kSure},
    {"FLOAT64", kBigquery, kSure},
    {"BIGNUMERIC", kBigquery, kSure},
    {"BYTES", kBigquery, kLikely},
    {"OPTIONS (", kBigquery | kSpark, kHint},
    {"OPTIONS ( DESCRIPTION", kBigquery, kSure},
    {"NOT ENFORCED", kBigquery | kSnowflake, kHint},
    {"NVARCHAR", kSqlserver, kLikely},
    {"NVARCHAR ( MAX )", kSqlserver, kSure},
    {"VARCHAR ( MAX )", kSqlserver | kRedshift, kLikely},
    {"DATETIME2", kSqlserver, kSure},
    {"DATETIMEOFFSET", kSqlserver, kSure},
    {"SMALLDATETIME", kSqlserver, kSure},
    {"UNIQUEIDENTIFIER", kSqlserver, kSure},
    {"ROWVERSION", kSqlserver, kSure},
    {"HIERARCHYID", kSqlserver, kSure},
    {"SYSTEM_VERSIONING", kSqlserver, kSure},
    {"NONCLUSTERED", kSqlserver, kSure},
    {"KEY CLUSTERED", kSqlserver, kSure},
    {"[", kSqlserver, kLikely},
    {"IDENTITY (", kSqlserver | kRedshift, kLikely},
    {"DATETIME", kSqlserver | kMysql | kSqlite | kBigquery, kHint},
    {"MONEY", kSqlserver | kPostgresql, kHint},
    {"BIT", kSqlserver, kHint},
    {"GETDATE", kSqlserver | kRedshift, kHint},
    {"\nGO", kSqlserver, kSure},
    {"VARCHAR2", kOracle, kSure},
    {"NVARCHAR2", kOracle, kSure},
    {"CLOB", kOracle, kHint},
    {"NCLOB", kOracle, kSure},
    {"BINARY_DOUBLE", kOracle, kSure},
    {"BINARY_FLOAT", kOracle, kSure},
    {"SYSDATE", kOracle | kRedshift, kLikely},
    {"SYSTIMESTAMP", kOracle, kSure},
    {"PCTFREE", kOracle, kSure},
    {"XMLTYPE", kOracle, kSure},
    {"SYS_GUID", kOracle, kSure},
    {"RAW (", kOracle, kLikely},
    {"TABLESPACE", kOracle | kPostgresql, kHint},
};

/// A word of the text, in capital letters, and its line.
struct Word {
  std::string text;
  int64_t line = 1;
};

/// Passes over the text or comment that begins at `at`; false when none does.
bool SkipUnread(const std::string& text, size_t* at) {
  const auto find = [&](const char* what, size_t from) {
    return std::min(text.find(what, from), text.size());
  };
  if (text.compare(*at, 2, "--") == 0) {
    *at = find("\n", *at);
  } else if (text.compare(*at, 2, "/*") == 0 && text.compare(*at, 3, "/*!") != 0) {
    *at = std::min(find("*/", *at + 2) + 2, text.size());
  } else if (text[*at] == '\'') {
    *at = std::min(find("'", *at + 1) + 1, text.size());
  } else {
    return false;
  }
  return true;
}

std::vector<Word> WordsOf(const std::string& text) {
  std::vector<Word> words;
  int64_t line = 1;
  size_t counted = 0;
  const auto is_word = [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (size_t at = 0; at < text.size();) {
    if (SkipUnread(text, &at)) continue;
    const size_t begin = at++;
    if (std::isspace(static_cast<unsigned char>(text[begin])) != 0) continue;
    if (is_word(text[begin])) {
      while (at < text.size() && is_word(text[at])) ++at;
    } else if (text[begin] == '`' || text[begin] == '"') {
      at = std::min(text.find(text[begin], begin + 1), text.size() - 1) + 1;
    }
    line += std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                       text.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
    counted = begin;
    const bool is_quoted = text[begin] == '`' || text[begin] == '"';
    std::string word = Upper(std::string_view(text).substr(begin, is_quoted ? 1 : at - begin));
    if (word == "GO" && begin > 0 && text[begin - 1] == '\n') word = "\nGO";
    words.push_back(Word{std::move(word), line});
  }
  return words;
}

/// The index of the first place where `words` stand in sequence, or the number of all words.
size_t FindWords(const std::vector<Word>& all, std::string_view words) {
  std::vector<std::string> wanted(1);
  for (char c : words) {
    if (c == ' ') {
      wanted.emplace_back();
    } else {
      wanted.back() += c;
    }
  }
  const auto found =
      std::search(all.begin(), all.end(), wanted.begin(), wanted.end(),
                  [](const Word& word, const std::string& text) { return word.text == text; });
  return static_cast<size_t>(found - all.begin());
}

}  // namespace

std::vector<DialectGuess> GuessDialects(const SourceText& source) {
  const std::vector<Word> words = WordsOf(source.text.substr(0, kBytesLookedAt));
  // Without evidence: the standard, then what is close to it.
  static constexpr std::array<DialectSet, kDialectCount> kOrder = {
      kAnsi,  kPostgresql, kMysql,    kSqlite,   kSqlserver, kOracle,
      kSpark, kSnowflake,  kRedshift, kBigquery, kHive};
  std::vector<DialectGuess> guesses;
  for (DialectSet id : kOrder) {
    guesses.push_back(
        DialectGuess{&DdlDialects()[static_cast<size_t>(std::countr_zero(id))], 0, ""});
  }
  for (const Evidence& evidence : kEvidence) {
    const size_t index = FindWords(words, evidence.words);
    if (index >= words.size()) continue;
    std::string said = evidence.words;
    if (said == "\nGO") said = "GO";
    for (DialectGuess& guess : guesses) {
      if ((guess.dialect->id & evidence.dialects) == 0) continue;
      guess.score += evidence.weight;
      if (std::count(guess.reason.begin(), guess.reason.end(), ',') >= 2) continue;
      guess.reason += (guess.reason.empty() ? "" : ", ") + said + " in line " +
                      std::to_string(words[index].line);
    }
  }
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const DialectGuess& a, const DialectGuess& b) { return a.score > b.score; });
  return guesses;
}

}  // namespace tamis
