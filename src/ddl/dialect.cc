// The tables of dialects and of their clauses. See dialect.h.
#include "ddl/dialect.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/suggest.h"

namespace tamis {
namespace {

using enum ClauseArgument;

constexpr DdlDialect kDialects[] = {
    {.id = kRedshift,
     .name = "redshift",
     .aliases = "amazon_redshift",
     .identifier_marks = "\"",
     .print_mark = '"',
     .dollar_quotes = true,
     .nested_comments = true,
     .folds_lower = true,
     .checks = false,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kStatement,
     .identity = IdentityForm::kBracket,
     .byte_lengths = true},
    {.id = kPostgresql,
     .name = "postgresql",
     .aliases = "postgres pg",
     .identifier_marks = "\"",
     .print_mark = '"',
     .dollar_quotes = true,
     .nested_comments = true,
     .folds_lower = true,
     .checks = true,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kStatement,
     .identity = IdentityForm::kGenerated},
    {.id = kMysql,
     .name = "mysql",
     .aliases = "mariadb",
     .identifier_marks = "`",
     .print_mark = '`',
     .backslash_escapes = true,
     .double_quoted_text = true,
     .hash_comments = true,
     .checks = true,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kClause,
     .identity = IdentityForm::kAutoIncrement},
    {.id = kSqlite,
     .name = "sqlite",
     .aliases = "sqlite3",
     .identifier_marks = "\"`[",
     .print_mark = '"',
     .checks = true,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kNone,
     .identity = IdentityForm::kNone},
    {.id = kSpark,
     .name = "spark",
     .aliases = "databricks sparksql spark_sql delta",
     .identifier_marks = "`",
     .print_mark = '`',
     .backslash_escapes = true,
     .double_quoted_text = true,
     .checks = false,
     .uniques = false,
     .key_suffix = "",
     .comments = CommentForm::kClause,
     .identity = IdentityForm::kGenerated},
    {.id = kHive,
     .name = "hive",
     .aliases = "hiveql impala athena",
     .identifier_marks = "`",
     .print_mark = '`',
     .backslash_escapes = true,
     .double_quoted_text = true,
     .checks = false,
     .uniques = false,
     .key_suffix = "",
     .comments = CommentForm::kClause,
     .identity = IdentityForm::kNone},
    {.id = kSnowflake,
     .name = "snowflake",
     .aliases = "",
     .identifier_marks = "\"",
     .print_mark = '"',
     .backslash_escapes = true,
     .dollar_quotes = true,
     .slash_comments = true,
     .folds_upper = true,
     .checks = false,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kEqualsClause,
     .identity = IdentityForm::kAutoIncrement},
    {.id = kBigquery,
     .name = "bigquery",
     .aliases = "bq googlesql",
     .identifier_marks = "`",
     .print_mark = '`',
     .backslash_escapes = true,
     .double_quoted_text = true,
     .hash_comments = true,
     .checks = false,
     .uniques = true,
     .key_suffix = " NOT ENFORCED",
     .comments = CommentForm::kOption,
     .identity = IdentityForm::kNone},
    {.id = kSqlserver,
     .name = "sqlserver",
     .aliases = "mssql tsql t-sql sql_server azuresql synapse",
     .identifier_marks = "\"[",
     .print_mark = '[',
     .nested_comments = true,
     .checks = true,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kNone,
     .identity = IdentityForm::kBracket},
    {.id = kOracle,
     .name = "oracle",
     .aliases = "plsql",
     .identifier_marks = "\"",
     .print_mark = '"',
     .folds_upper = true,
     .checks = true,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kStatement,
     .identity = IdentityForm::kGenerated},
    {.id = kAnsi,
     .name = "ansi",
     .aliases = "sql standard iso",
     .identifier_marks = "\"",
     .print_mark = '"',
     .nested_comments = true,
     .folds_upper = true,
     .checks = true,
     .uniques = true,
     .key_suffix = "",
     .comments = CommentForm::kNone,
     .identity = IdentityForm::kGenerated},
};

// What only says where or how bytes lie; the order is the one of printing.
constexpr Clause kColumnClauses[] = {
    {"CHARACTER SET", kWord, "charset", kMysql},
    {"CHARSET", kWord, "charset", kMysql},
    {"COLLATE", kWords, "collate",
     kRedshift | kPostgresql | kMysql | kSqlite | kSpark | kSnowflake | kBigquery | kSqlserver |
         kOracle | kAnsi},
    {"ENCODE", kWord, "encode", kRedshift},
    {"DISTKEY", kNone, "distkey", kRedshift},
    {"SORTKEY", kNone, "sortkey", kRedshift},
    {"ON UPDATE", kExpression, "on_update", kMysql},
    {"STORAGE", kWord, "storage", kPostgresql | kMysql},
    {"COMPRESSION", kWord, "compression", kPostgresql},
    {"COLUMN_FORMAT", kWord, "column_format", kMysql},
    {"SRID", kWord, "srid", kMysql},
    {"VISIBLE", kNone, "visible", kMysql | kOracle},
    {"INVISIBLE", kNone, "invisible", kMysql | kOracle},
    {"SPARSE", kNone, "sparse", kSqlserver},
    {"ROWGUIDCOL", kNone, "rowguidcol", kSqlserver},
    {"FILESTREAM", kNone, "filestream", kSqlserver},
    {"HIDDEN", kNone, "hidden", kSqlserver},
    {"MASKED WITH", kParens, "masked_with", kSqlserver},
    {"ENCRYPTED WITH", kParens, "encrypted_with", kSqlserver},
    {"NOT FOR REPLICATION", kNone, "not_for_replication", kSqlserver},
    {"WITH MASKING POLICY", kWord, "masking_policy", kSnowflake},
    {"MASKING POLICY", kWord, "masking_policy", kSnowflake},
    {"WITH TAG", kParens, "tag", kSnowflake},
    {"TAG", kParens, "tag", kSnowflake},
    {"MASK", kWord, "mask", kSpark},
    {"SORT", kNone, "sort", kOracle},
    {"ENCRYPT", kNone, "encrypt", kOracle},
    {"OPTIONS", kProperties, "options", kBigquery},
};

constexpr DialectSet kExternal = kSpark | kHive | kRedshift;  // tables over files

constexpr Clause kTableClauses[] = {
    // Redshift
    {"DISTSTYLE", kWord, "diststyle", kRedshift},
    {"DISTKEY", kNames, "distkey", kRedshift},
    {"SORTKEY AUTO", kNone, "sortkey_auto", kRedshift},
    {"COMPOUND SORTKEY", kNames, "compound_sortkey", kRedshift},
    {"INTERLEAVED SORTKEY", kNames, "interleaved_sortkey", kRedshift},
    {"SORTKEY", kNames, "sortkey", kRedshift},
    {"ENCODE AUTO", kNone, "encode_auto", kRedshift},
    {"BACKUP", kWord, "backup", kRedshift},
    // Spark and Hive: Hive wants this order
    {"USING", kWord, "using", kSpark},
    {"OPTIONS", kProperties, "options", kSpark},
    {"CLUSTERED BY", kNames, "clustered_by", kSpark | kHive},
    {"SORTED BY", kParens, "sorted_by", kSpark | kHive},
    {"INTO", kWords, "into", kSpark | kHive},
    {"CLUSTER BY AUTO", kNone, "cluster_by_auto", kSpark},
    {"CLUSTER BY NONE", kNone, "cluster_by_none", kSpark},
    {"SKEWED BY", kParens, "skewed_by", kHive},
    {"ON", kParens, "skewed_on", kHive},
    {"STORED AS DIRECTORIES", kNone, "stored_as_directories", kHive},
    {"ROW FORMAT SERDE", kText, "row_format_serde", kExternal},
    {"WITH SERDEPROPERTIES", kProperties, "serdeproperties", kExternal},
    {"ROW FORMAT DELIMITED", kNone, "row_format_delimited", kExternal},
    {"FIELDS TERMINATED BY", kText, "fields_terminated_by", kExternal},
    {"ESCAPED BY", kText, "escaped_by", kSpark | kHive},
    {"COLLECTION ITEMS TERMINATED BY", kText, "collection_items_terminated_by", kSpark | kHive},
    {"MAP KEYS TERMINATED BY", kText, "map_keys_terminated_by", kSpark | kHive},
    {"LINES TERMINATED BY", kText, "lines_terminated_by", kExternal},
    {"NULL DEFINED AS", kText, "null_defined_as", kSpark | kHive},
    {"STORED AS INPUTFORMAT", kText, "stored_as_inputformat", kExternal},
    {"OUTPUTFORMAT", kText, "outputformat", kExternal},
    {"STORED AS", kWord, "stored_as", kExternal},
    {"STORED BY", kText, "stored_by", kHive},
    {"LOCATION", kText, "location", kExternal},
    {"DEFAULT COLLATION", kWord, "default_collation", kSpark},
    {"TBLPROPERTIES", kProperties, "properties", kSpark | kHive},
    {"TABLE PROPERTIES", kProperties, "properties", kRedshift},
    {"WITH ROW FILTER", kRest, "row_filter", kSpark},
    // PostgreSQL
    {"INHERITS", kParens, "inherits", kPostgresql},
    {"USING", kWord, "using", kPostgresql},
    {"WITHOUT OIDS", kNone, "without_oids", kPostgresql},
    {"ON COMMIT", kWords, "on_commit", kPostgresql | kOracle | kAnsi},
    // BigQuery
    {"DEFAULT COLLATE", kWord, "default_collate", kBigquery},
    {"PARTITION BY", kExpression, "partition_by", kBigquery},
    {"CLUSTER BY", kNameList, "cluster_by", kBigquery},
    {"OPTIONS", kProperties, "options", kBigquery},
    // Snowflake
    {"CLUSTER BY", kParens, "cluster_by", kSnowflake | kSpark},
    {"ENABLE_SCHEMA_EVOLUTION", kEqualsWord, "enable_schema_evolution", kSnowflake},
    {"DATA_RETENTION_TIME_IN_DAYS", kEqualsWord, "data_retention_time_in_days", kSnowflake},
    {"MAX_DATA_EXTENSION_TIME_IN_DAYS", kEqualsWord, "max_data_extension_time_in_days", kSnowflake},
    {"CHANGE_TRACKING", kEqualsWord, "change_tracking", kSnowflake},
    {"DEFAULT_DDL_COLLATION", kEqualsWord, "default_ddl_collation", kSnowflake},
    {"STAGE_FILE_FORMAT", kEqualsParens, "stage_file_format", kSnowflake},
    {"STAGE_COPY_OPTIONS", kEqualsParens, "stage_copy_options", kSnowflake},
    {"COPY GRANTS", kNone, "copy_grants", kSnowflake},
    {"WITH TAG", kParens, "tag", kSnowflake},
    {"TAG", kParens, "tag", kSnowflake},
    // MySQL
    {"ENGINE", kEqualsWord, "engine", kMysql},
    {"AUTO_INCREMENT", kEqualsWord, "auto_increment", kMysql},
    {"DEFAULT CHARSET", kEqualsWord, "charset", kMysql},
    {"DEFAULT CHARACTER SET", kEqualsWord, "charset", kMysql},
    {"CHARACTER SET", kEqualsWord, "charset", kMysql},
    {"CHARSET", kEqualsWord, "charset", kMysql},
    {"DEFAULT COLLATE", kEqualsWord, "collate", kMysql},
    {"COLLATE", kEqualsWord, "collate", kMysql},
    {"ROW_FORMAT", kEqualsWord, "row_format", kMysql},
    {"KEY_BLOCK_SIZE", kEqualsWord, "key_block_size", kMysql},
    {"AVG_ROW_LENGTH", kEqualsWord, "avg_row_length", kMysql},
    {"MAX_ROWS", kEqualsWord, "max_rows", kMysql},
    {"MIN_ROWS", kEqualsWord, "min_rows", kMysql},
    {"CHECKSUM", kEqualsWord, "checksum", kMysql},
    {"PACK_KEYS", kEqualsWord, "pack_keys", kMysql},
    {"DELAY_KEY_WRITE", kEqualsWord, "delay_key_write", kMysql},
    {"STATS_PERSISTENT", kEqualsWord, "stats_persistent", kMysql},
    {"STATS_AUTO_RECALC", kEqualsWord, "stats_auto_recalc", kMysql},
    {"STATS_SAMPLE_PAGES", kEqualsWord, "stats_sample_pages", kMysql},
    {"COMPRESSION", kEqualsWord, "compression", kMysql},
    {"ENCRYPTION", kEqualsWord, "encryption", kMysql},
    {"DATA DIRECTORY", kEqualsWord, "data_directory", kMysql},
    {"INDEX DIRECTORY", kEqualsWord, "index_directory", kMysql},
    // SQLite
    {"WITHOUT ROWID", kNone, "without_rowid", kSqlite},
    {"STRICT", kNone, "strict", kSqlite},
    // Oracle
    {"ORGANIZATION", kWord, "organization", kOracle},
    {"SEGMENT CREATION", kWord, "segment_creation", kOracle},
    {"PCTFREE", kWord, "pctfree", kOracle},
    {"PCTUSED", kWord, "pctused", kOracle},
    {"INITRANS", kWord, "initrans", kOracle},
    {"MAXTRANS", kWord, "maxtrans", kOracle},
    {"STORAGE", kParens, "storage", kOracle},
    {"TABLESPACE", kWord, "tablespace", kOracle | kPostgresql | kMysql},
    {"NOCOMPRESS", kNone, "nocompress", kOracle},
    {"COMPRESS FOR", kWord, "compress_for", kOracle},
    {"COMPRESS", kNone, "compress", kOracle},
    {"ROW STORE COMPRESS", kWord, "row_store_compress", kOracle},
    {"LOGGING", kNone, "logging", kOracle},
    {"NOLOGGING", kNone, "nologging", kOracle},
    {"NOCACHE", kNone, "nocache", kOracle},
    {"CACHE", kNone, "cache", kOracle},
    {"NOPARALLEL", kNone, "noparallel", kOracle},
    {"PARALLEL", kMaybeParens, "parallel", kOracle},
    {"MONITORING", kNone, "monitoring", kOracle},
    {"NOMONITORING", kNone, "nomonitoring", kOracle},
    {"RESULT_CACHE", kParens, "result_cache", kOracle},
    {"ENABLE ROW MOVEMENT", kNone, "enable_row_movement", kOracle},
    {"DISABLE ROW MOVEMENT", kNone, "disable_row_movement", kOracle},
    {"LOB", kRest, "lob", kOracle},
    // SQL Server; ON [PRIMARY] and ON scheme(column)
    {"ON", kWords, "on", kSqlserver},
    {"TEXTIMAGE_ON", kWord, "textimage_on", kSqlserver},
    {"FILESTREAM_ON", kWord, "filestream_on", kSqlserver},
    {"WITH", kParens, "with", kSqlserver | kPostgresql},
    {"PARTITION BY", kRest, "partition_by", kPostgresql | kMysql | kOracle},
};

constexpr const char* kReserved =
    " ALL ALTER ANALYSE ANALYZE AND ANY ARRAY AS ASC ASYMMETRIC AUTHORIZATION BACKUP BEGIN BETWEEN "
    "BOTH BY CASE CAST CHECK CLUSTER COLLATE COLUMN COMMENT CONSTRAINT CREATE CROSS CURRENT "
    "CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DATE DECIMAL DEFAULT "
    "DEFERRABLE DELETE DESC DISTINCT DISTKEY DO DROP ELSE ENCODE END EXCEPT EXCLUDE EXISTS "
    "EXTERNAL FALSE "
    "FETCH FILE FLOAT FOR FOREIGN FROM FULL FULLTEXT FUNCTION GRANT GROUP GROUPS HAVING HASH "
    "IDENTIFIED IF "
    "IN INDEX INITIALLY INNER INSERT INTEGER INTERSECT INTERVAL INTO IS JOIN KEY KEYS LAST LATERAL "
    "LEADING LEFT LEVEL LIKE LIMIT LOCALTIME LOCALTIMESTAMP LOCK LONG MAP MODE MODIFY NATURAL NEW "
    "NOT NULL NUMBER OF OFF OFFSET OLD ON ONLY OPEN OPTION OR ORDER OUTER OVER OVERLAPS PARTITION "
    "PERCENT PERIOD PLACING PRIMARY PRIOR PRIVILEGES RANGE RANK RAW READ RECURSIVE REFERENCES "
    "RENAME RESOURCE REVOKE RIGHT ROW ROWID ROWS ROWNUM SCHEMA SELECT SESSION SESSION_USER SET "
    "SHARE SIZE SMALLINT SPATIAL SOME SORTKEY START SYMMETRIC SYSDATE SYSTEM TABLE TAG THEN TO TOP "
    "TRAILING TRIGGER TRUE TRUNCATE UID UNION UNIQUE UNNEST UPDATE USAGE USE USER USING VALIDATE "
    "VALUES VARCHAR VARCHAR2 VIEW WHEN WHENEVER WHERE WINDOW WITH WITHIN ";

}  // namespace

std::span<const DdlDialect> DdlDialects() { return kDialects; }
std::span<const Clause> ColumnClauses() { return kColumnClauses; }
std::span<const Clause> TableClauses() { return kTableClauses; }

std::string Upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool QuotesMatter(std::string_view name, const DdlDialect& dialect) {
  return (dialect.folds_lower && Lower(name) != name) ||
         (dialect.folds_upper && Upper(name) != name);
}

bool IsReservedName(std::string_view upper) {
  return std::string_view(kReserved).find(" " + std::string(upper) + " ") != std::string_view::npos;
}

Result<const DdlDialect*> FindDialect(std::string_view name) {
  const std::string lower = Lower(name);
  std::vector<std::string> known;
  for (const DdlDialect& dialect : kDialects) {
    if (lower == dialect.name) return &dialect;
    const std::string aliases = " " + std::string(dialect.aliases) + " ";
    if (!lower.empty() && aliases.find(" " + lower + " ") != std::string::npos) return &dialect;
    known.emplace_back(dialect.name);
  }
  return UsageError("unknown dialect: " + std::string(name), DidYouMean(name, known));
}

}  // namespace tamis
