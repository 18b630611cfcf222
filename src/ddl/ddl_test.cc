// DDL in, contracts and DDL out: the files of test/ddl there and back, and tables of small cases.
#include "ddl/ddl.h"

#include <gtest/gtest.h>

#include <set>

#include "base/source_text.h"
#include "contract/odcs.h"
#include "ddl/check.h"
#include "ddl/detect.h"
#include "ddl/dialect.h"
#include "ddl/sql_type.h"

namespace tamis {
namespace {

std::shared_ptr<const SourceText> Source(std::string text, std::string name = "t.sql") {
  return std::make_shared<const SourceText>(SourceText{std::move(name), std::move(text)});
}

ParsedDdl Parse(const std::string& dialect, const std::string& text) {
  auto parsed = ParseDdl(Source(text), dialect);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return std::move(*parsed);
}

std::string Errors(const ParsedDdl& parsed) {
  std::string out;
  for (const Status& error : parsed.errors) out += FormatError(error);
  return out;
}

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string FirstError(const std::string& dialect, const std::string& text) {
  return FirstLine(Errors(Parse(dialect, text)));
}

PrintedDdl Print(const Contract& contract, const std::string& dialect) {
  auto printed = PrintDdl(contract, dialect);
  EXPECT_TRUE(printed.ok()) << FormatError(printed.status());
  return printed.ok() ? std::move(*printed) : PrintedDdl();
}

std::string Joined(const std::vector<DdlMessage>& messages) {
  std::string out;
  for (const DdlMessage& message : messages) out += message.ToString() + "\n";
  return out;
}

/// The first line in which two texts differ, of both; "" when they don't.
std::string Difference(const std::string& a, const std::string& b) {
  for (size_t from_a = 0, from_b = 0; a != b;) {
    const std::string line_a = FirstLine(a.substr(std::min(from_a, a.size())));
    const std::string line_b = FirstLine(b.substr(std::min(from_b, b.size())));
    if (line_a != line_b || from_a >= a.size() || from_b >= b.size()) {
      return line_a + "\n" + line_b;
    }
    from_a += line_a.size() + 1;
    from_b += line_b.size() + 1;
  }
  return "";
}

class DdlFile : public testing::TestWithParam<std::string> {
 protected:
  std::shared_ptr<const SourceText> Text() const {
    auto source = ReadSourceText(TAMIS_SOURCE_DIR "/test/ddl/" + GetParam() + ".sql");
    EXPECT_TRUE(source.ok()) << source.status();
    return Source((*source)->text, GetParam() + ".sql");
  }
};

TEST_P(DdlFile, ThereAndBack) {
  auto parsed = ParseDdl(Text(), GetParam());
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(Errors(*parsed), "");
  const PrintedDdl printed = Print(parsed->contract, GetParam());
  auto again = ParseDdl(Source(printed.text, GetParam() + ".sql"), GetParam());
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(Errors(*again), "") << printed.text;
  EXPECT_EQ(Difference(WriteContract(again->contract), WriteContract(parsed->contract)), "")
      << printed.text;
  EXPECT_EQ(Difference(Print(again->contract, GetParam()).text, printed.text), "");
}

TEST_P(DdlFile, ThereAndBackThroughYaml) {
  auto parsed = ParseDdl(Text(), GetParam());
  ASSERT_TRUE(parsed.ok());
  const std::string text = WriteContract(parsed->contract);
  auto read = ParseContract(Source(text, "c.odcs.yaml"));
  ASSERT_TRUE(read.ok()) << FormatError(read.status());
  EXPECT_EQ(Difference(WriteContract(*read), text), "");
  EXPECT_EQ(Difference(Print(*read, GetParam()).text, Print(parsed->contract, GetParam()).text),
            "");
}

TEST_P(DdlFile, InEveryOtherDialect) {
  auto parsed = ParseDdl(Text(), GetParam());
  ASSERT_TRUE(parsed.ok());
  for (const std::string& dialect : DdlDialectNames()) {
    const PrintedDdl printed = Print(parsed->contract, dialect);
    const ParsedDdl again = Parse(dialect, printed.text);
    EXPECT_EQ(Errors(again), "") << dialect << "\n" << printed.text;
    ASSERT_EQ(again.contract.tables.size(), parsed->contract.tables.size()) << dialect;
    for (size_t index = 0; index < again.contract.tables.size(); ++index) {
      const Table& before = parsed->contract.tables[index];
      const Table& after = again.contract.tables[index];
      ASSERT_EQ(after.columns.size(), before.columns.size()) << dialect << " " << before.name;
      for (const Column& column : before.columns) {
        EXPECT_GE(after.ColumnIndex(column.name), 0) << dialect << " " << column.name;
      }
    }
    const ParsedDdl third = Parse(dialect, Print(again.contract, dialect).text);
    EXPECT_EQ(Difference(WriteContract(third.contract), WriteContract(again.contract)), "")
        << dialect;
  }
}

TEST_P(DdlFile, IsRecognized) {
  const auto parsed = ParseDdl(Text(), "auto");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->dialect, GetParam()) << parsed->reason;
  EXPECT_EQ(Errors(*parsed), "");
}

INSTANTIATE_TEST_SUITE_P(Files, DdlFile, testing::ValuesIn(DdlDialectNames()),
                         [](const auto& info) { return info.param; });

struct TypeCase {
  const char* dialect;
  const char* type;
  const char* physical;  // in the contract
  const char* printed;   // in the same dialect
};

constexpr TypeCase kTypeCases[] = {
    {"redshift", "INT4", "int", "INTEGER"},
    {"redshift", "text", "varchar(256)", "VARCHAR(256)"},
    {"redshift", "varchar(max)", "varchar(65535)", "VARCHAR(65535)"},
    {"redshift", "numeric", "decimal(18,0)", "NUMERIC(18,0)"},
    {"redshift", "timetz", "time", "TIMETZ"},
    {"redshift", "interval year to month", "text", "INTERVAL YEAR TO MONTH"},
    {"postgresql", "timestamp(3) with time zone", "timestamp(3)", "TIMESTAMPTZ(3)"},
    {"postgresql", "character varying (20) []", "", "VARCHAR(20)[]"},
    {"postgresql", "float(24)", "real", "REAL"},
    {"postgresql", "float", "double", "DOUBLE PRECISION"},
    {"postgresql", "numeric", "decimal(38,9)", "NUMERIC"},
    {"postgresql", "pg_catalog.int8", "bigint", "BIGINT"},
    {"postgresql", "bit varying(5)", "text", "BIT VARYING(5)"},
    {"mysql", "int(11)", "int", "INT(11)"},
    {"mysql", "tinyint(1)", "boolean", "BOOLEAN"},
    {"mysql", "bigint(20) unsigned zerofill", "ubigint", "BIGINT(20) UNSIGNED ZEROFILL"},
    {"mysql", "enum('a','B')", "text", "enum('a','B')"},
    {"mysql", "datetime", "timestamp_ntz(0)", "DATETIME"},
    {"mysql", "decimal", "decimal(10,0)", "DECIMAL(10,0)"},
    {"sqlite", "BIGINT", "bigint", "BIGINT"},
    {"sqlite", "integer", "bigint", "INTEGER"},
    {"spark", "LONG", "bigint", "BIGINT"},
    {"spark", "array<map<string,int>>", "", "ARRAY<MAP<STRING, INT>>"},
    {"hive", "timestamp", "timestamp_ntz", "TIMESTAMP"},
    {"snowflake", "number", "decimal(38,0)", "NUMBER(38,0)"},
    {"snowflake", "varchar", "varchar", "VARCHAR"},
    {"snowflake", "timestamp_ltz", "timestamp", "TIMESTAMP_LTZ"},
    {"bigquery", "string(5)", "varchar(5)", "STRING(5)"},
    {"bigquery", "numeric", "decimal(38,9)", "NUMERIC(38,9)"},
    {"sqlserver", "tinyint", "utinyint", "TINYINT"},
    {"sqlserver", "varchar(10)", "varchar(10)", "VARCHAR(10)"},
    {"sqlserver", "nvarchar(max)", "text", "NVARCHAR(MAX)"},
    {"sqlserver", "timestamp", "varbinary(8)", "TIMESTAMP"},
    {"sqlserver", "[decimal](9, 3)", "decimal(9,3)", "DECIMAL(9,3)"},
    {"oracle", "DATE", "timestamp_ntz(0)", "DATE"},
    {"oracle", "NUMBER(*,2)", "decimal(38,2)", "NUMBER(38,2)"},
    {"oracle", "VARCHAR2(10)", "varchar(10)", "VARCHAR2(10)"},
    {"oracle", "VARCHAR2(10 CHAR)", "varchar(10)", "VARCHAR2(10 CHAR)"},
    {"oracle", "VARCHAR2", "varchar", "VARCHAR2"},
    {"oracle", "VARCHAR2(9999 CHAR)", "varchar(9999)", "VARCHAR2(9999 CHAR)"},
    {"ansi", "character large object", "text", "CLOB"},
};

TEST(Ddl, Types) {
  for (const TypeCase& one : kTypeCases) {
    const ParsedDdl parsed = Parse(one.dialect, "CREATE TABLE t (c " + std::string(one.type) + ")");
    ASSERT_EQ(Errors(parsed), "") << one.type;
    EXPECT_EQ(parsed.contract.tables[0].columns[0].physical_type, one.physical)
        << one.dialect << " " << one.type;
    EXPECT_EQ(Print(parsed.contract, one.dialect).text,
              "CREATE TABLE t (\n  c " + std::string(one.printed) + "\n);\n");
  }
}

struct MappedCase {
  const char* from;
  const char* type;
  const char* to;
  const char* printed;
  const char* lost;  // "" when nothing is
};

constexpr MappedCase kMappedCases[] = {
    {"mysql", "bigint unsigned", "postgresql", "NUMERIC(20,0)", ""},
    {"mysql", "int unsigned", "redshift", "BIGINT", ""},
    {"mysql", "enum('x','long')", "postgresql", "VARCHAR(4)", ""},
    {"postgresql", "text", "redshift", "VARCHAR(65535)", "longer texts don't fit"},
    {"postgresql", "uuid", "mysql", "VARCHAR(36)", ""},
    {"postgresql", "inet", "mysql", "LONGTEXT", "mysql has no inet: it becomes a text"},
    {"postgresql", "timestamptz", "oracle", "TIMESTAMP WITH TIME ZONE", ""},
    {"postgresql", "timestamptz", "mysql", "TIMESTAMP(6)", ""},
    {"postgresql", "numeric(38,20)", "bigquery", "BIGNUMERIC(38,20)", ""},
    {"postgresql", "int[]", "snowflake", "ARRAY(INTEGER)", ""},
    {"postgresql", "int[]", "mysql", "JSON", "its parts become JSON"},
    {"postgresql", "time", "spark", "STRING", "it is of another kind"},
    {"sqlserver", "datetime2(0)", "mysql", "DATETIME", ""},
    {"sqlserver", "money", "postgresql", "NUMERIC(19,4)", ""},
    {"sqlserver", "tinyint", "postgresql", "SMALLINT", ""},
    {"oracle", "date", "postgresql", "TIMESTAMP(0)", ""},
    {"bigquery", "bignumeric", "postgresql", "NUMERIC(38,18)", ""},
    {"spark", "struct<a: int>", "bigquery", "STRUCT<a INT64>", ""},
    {"spark", "map<string, int>", "bigquery", "JSON", "its parts become JSON"},
    {"postgresql", "double precision", "sqlserver", "FLOAT", ""},
    {"postgresql", "boolean", "oracle", "NUMBER(1,0)", ""},
};

TEST(Ddl, TypesOfOtherDialects) {
  for (const MappedCase& one : kMappedCases) {
    const ParsedDdl parsed = Parse(one.from, "CREATE TABLE t (c " + std::string(one.type) + ")");
    const PrintedDdl printed = Print(parsed.contract, one.to);
    const size_t begin = printed.text.find("  c ") + 4;
    const std::string line = printed.text.substr(begin, printed.text.find('\n', begin) - begin);
    EXPECT_EQ(line.substr(0, line.find_last_not_of(',') + 1), one.printed)
        << one.from << " " << one.type;
    const std::string warnings = Joined(printed.warnings);
    if (std::string_view(one.lost).empty()) {
      EXPECT_EQ(warnings.find(" becomes "), std::string::npos) << one.type << warnings;
    } else {
      EXPECT_NE(warnings.find(one.lost), std::string::npos) << one.type << " " << warnings;
    }
  }
}

struct CheckCase {
  const char* dialect;
  const char* check;
  const char* meaning;  // in the contract: facts, a rule, or kept
};

std::string MeaningOf(const Table& table) {
  std::string out;
  for (const ColumnFact& fact : FactsOf(table)) {
    static constexpr const char* kSigns[] = {">=", "<=", "in", "length >=", "length <=", ""};
    out += fact.column + " " + kSigns[static_cast<size_t>(fact.kind)];
    if (fact.exclusive) out.back() = '!';
    out += " " + fact.value;
    if (fact.length > 0) out += std::to_string(fact.length);
    for (const std::string& value : fact.values) out += value + ",";
    out += "; ";
  }
  for (const RowRule& rule : table.row_rules) out += "rule " + rule.expression + "; ";
  for (const Column& column : table.columns) {
    if (column.required) out += column.name + " required; ";
  }
  return out;
}

constexpr CheckCase kCheckCases[] = {
    {"postgresql", "a > 0", "a >! 0; "},
    {"postgresql", "0 <= a", "a >= 0; "},
    {"postgresql", "((a >= (0)::integer) AND (a <= 9))", "a >= 0; a <= 9; "},
    {"postgresql", "a BETWEEN 1 AND 5", "a >= 1; a <= 5; "},
    {"postgresql", "d >= '2020-01-01'::date", "d >= 2020-01-01; "},
    {"postgresql", "d >= DATE '2020-01-01' AND d IS NOT NULL", "d >= 2020-01-01; d required; "},
    {"postgresql", "s IN ('x', 'it''s')", "s in x,it's,; "},
    {"postgresql",
     "(s)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])",
     "s in x,y,; "},
    {"postgresql", "s = 'x' OR s = 'y' OR s = 'z'", "s in x,y,z,; "},
    {"postgresql", "length(s) >= 3 AND length(s) < 9", "s length >= 3; s length <= 8; "},
    {"postgresql", "char_length(trim(s)) > 0", "rule length(trim(s)) > 0; "},
    {"postgresql", "a > b", "rule a > b; "},
    {"postgresql", "NOT (a > b AND b > 3) OR s IS NULL",
     "rule NOT (a > b AND b > 3) OR s IS NULL; "},
    {"postgresql", "\"Odd\" <> 'x' AND a NOT IN (1, 2)", "rule Odd <> 'x' AND a NOT IN (1, 2); "},
    {"postgresql", "a + b * 2 > -5", "rule a + b * 2 > -5; "},
    {"postgresql", "(a + b) * 2 > 5", "rule (a + b) * 2 > 5; "},
    {"postgresql", "a > 0.5", "rule a > 0.5; "},
    {"postgresql", "a > 5 AND a < 3", "rule a > 5 AND a < 3; "},
    {"postgresql", "p >= 0 AND p < 1e3", "p >= 0.00; p <! 1000.00; "},
    {"postgresql", "s LIKE 'a%'", "rule s LIKE 'a%'; "},
    {"postgresql", "s ~ '^a'", ""},
    {"postgresql", "a / 2 > 1", ""},
    {"postgresql", "unknown_function(a) > 1", ""},
    {"postgresql", "a > (SELECT 1)", ""},
    {"mysql", "length(s) > 3", ""},
    {"mysql", "char_length(`s`) >= 2", "s length >= 2; "},
    {"mysql", "s in (\"x\", 'y')", "s in x,y,; "},
    {"sqlserver", "([s]='B' OR [s]='A')", "s in B,A,; "},
    {"sqlserver", "[a]>=(0)", "a >= 0; "},
    {"oracle", "S IN ('x')", "s in x,; "},
    {"sqlite", "\"a\" > 3 and [b] < 4", "a >! 3; b <! 4; "},
};

TEST(Ddl, Checks) {
  for (const CheckCase& one : kCheckCases) {
    const bool oracle = std::string_view(one.dialect) == "oracle";
    const std::string odd = std::string_view(one.dialect) == "mysql"       ? "`Odd`"
                            : std::string_view(one.dialect) == "sqlserver" ? "[Odd]"
                                                                           : "\"Odd\"";
    const ParsedDdl parsed =
        Parse(one.dialect, std::string("CREATE TABLE t (a ") + (oracle ? "NUMBER(9)" : "INTEGER") +
                               ", b INTEGER, p DECIMAL(9,2), d DATE, s VARCHAR(20), " + odd +
                               " VARCHAR(5), CHECK (" + one.check + "))");
    ASSERT_EQ(Errors(parsed), "") << one.check;
    EXPECT_EQ(MeaningOf(parsed.contract.tables[0]), one.meaning)
        << one.dialect << ": " << one.check;
    EXPECT_EQ(parsed.warnings.size(), std::string_view(one.meaning).empty() ? 1u : 0u) << one.check;
  }
}

struct ErrorCase {
  const char* dialect;
  const char* text;
  const char* message;
};

constexpr ErrorCase kErrorCases[] = {
    {"redshift", "", "t.sql: no CREATE TABLE in it"},
    {"redshift", "CREATE TABLE t (a int) DISTSTILE KEY",
     "t.sql:1:24: not understood behind the columns of a table in redshift: DISTSTILE (did you "
     "mean "
     "DISTSTYLE?)"},
    {"redshift", "CREATE TABLE t (a int ENCOD zstd)",
     "t.sql:1:23: not understood in a column in redshift: ENCOD (did you mean ENCODE?)"},
    {"redshift", "CREATE TABLE t (a bigintt)",
     "t.sql:1:19: unknown type in redshift: bigintt (did you mean BIGINT?)"},
    {"redshift", "CREATE TABLE t (a int, A int)",
     "t.sql:1:24: duplicate column: A (first in line 1)"},
    {"redshift", "CREATE TABLE t (a int",
     "t.sql:1:22: expected , or ), found the end of the statement"},
    {"redshift", "CREATE TABLE t (a int b)",
     "t.sql:1:23: not understood in a column in redshift: b"},
    {"redshift", "CREATE TABLE t ()", "t.sql:1:14: the table t has no columns"},
    {"redshift", "CREATE TABLE t AS SELECT 1",
     "t.sql:1:16: the columns come from a query, their types are not in this file, found AS "
     "(declare "
     "the columns)"},
    {"redshift", "CREATE TABLE t (LIKE u)",
     "t.sql:1:22: unknown table: u (LIKE copies the columns of a table of the same file, above "
     "it)"},
    {"redshift", "CREATE TABLE t (a int, PRIMARY KEY (b))",
     "t.sql:1:37: unknown column: b of t (did you mean a?)"},
    {"redshift", "CREATE TABLE t (a int) SORTKEY (b)",
     "t.sql:1:14: sortkey: unknown column: b of t"},
    {"redshift", "CREATE TABLE t (a int); CREATE TABLE t (b int)",
     "t.sql:1:38: duplicate table: t (first in line 1)"},
    {"redshift", "CREATE TABLE t (a varchar(0))", "t.sql:1:26: a length is at least 1"},
    {"redshift", "CREATE TABLE t (a date(3))", "t.sql:1:23: the type date takes no numbers"},
    {"redshift", "CREATE TABLE t (a int 'x", "t.sql:1:23: the text is not closed: a ' is missing"},
    {"redshift", "CREATE TABLE t (a int) /* x",
     "t.sql:1:24: the comment is not closed (it ends with */)"},
    {"postgresql", "CREATE TABLE t (\"\" int)", "t.sql:1:17: the name is empty"},
    {"postgresql", "CREATE TABLE t (a int DEFAULT)", "t.sql:1:30: expected an expression, found )"},
    {"postgresql", "CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY)",
     "t.sql:1:42: a second primary key of t"},
    {"postgresql",
     "CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (b int, c int, FOREIGN KEY (b, c) "
     "REFERENCES t)",
     "t.sql:1:67: 2 columns cannot refer to 1 of t"},
    {"postgresql", "COMMENT ON COLUMN c IS 'x'; CREATE TABLE t (a int)",
     "t.sql:1:19: the column's table is missing (write TABLE.COLUMN)"},
    {"mysql", "CREATE TABLE t (a enum())", "t.sql:1:24: expected a value in quotes, found )"},
    {"spark", "CREATE TABLE t (a struct<x: int, x: int>)", "t.sql:1:34: duplicate field: x"},
    {"spark", "CREATE TABLE t (a map<string>)",
     "t.sql:1:29: expected , between key and value of the map, found >"},
    {"spark", "CREATE TABLE t (a int) USING delta PARTITIONED BY (b)",
     "t.sql:1:52: unknown column: b"},
    {"hive", "CREATE TABLE t (a int) LOCATION x", "t.sql:1:33: expected a text in quotes, found x"},
    {"redshift", "GRANT x TO y\nCREATE TABLE t (a int)",
     "t.sql:2:1: a ; is missing in front of this statement"},
    {"redshift", "CREATE TABLE t (a int)\nCREATE TABLE u (a int)",
     "t.sql:2:1: not understood behind the columns of a table in redshift: CREATE"},
    {"sqlserver", "CREATE TABLE [t] ([a int)",
     "t.sql:1:19: the name is not closed: a ] is missing"},
};

TEST(Ddl, ErrorsWithTheirPlaces) {
  for (const ErrorCase& one : kErrorCases) {
    EXPECT_EQ(FirstError(one.dialect, one.text), one.message) << one.text;
  }
}

TEST(Ddl, AllErrorsAndAllThatCouldBeRead) {
  const ParsedDdl parsed = Parse("redshift",
                                 "CREATE TABLE t (\n  a int FOO NOT NULL BAR(1, 2),\n"
                                 "  b struct<x int, y int>,\n  c date\n) BAZ = 3 DISTSTYLE EVEN;\n"
                                 "CREATE TABLE u (x integerr, y int);\nCREATE TABLE v (z int);");
  EXPECT_EQ(Errors(parsed),
            "t.sql:2:9: not understood in a column in redshift: FOO\n"
            "    a int FOO NOT NULL BAR(1, 2),\n          ^\n"
            "t.sql:2:22: not understood in a column in redshift: BAR\n"
            "    a int FOO NOT NULL BAR(1, 2),\n                       ^\n"
            "t.sql:3:5: unknown type in redshift: struct\n"
            "    b struct<x int, y int>,\n      ^\n"
            "t.sql:5:3: not understood behind the columns of a table in redshift: BAZ\n"
            "  ) BAZ = 3 DISTSTYLE EVEN;\n    ^\n"
            "t.sql:6:19: unknown type in redshift: integerr (did you mean INTEGER?)\n"
            "  CREATE TABLE u (x integerr, y int);\n                    ^\n");
  ASSERT_EQ(parsed.contract.tables.size(), 3u);
  EXPECT_EQ(parsed.contract.tables[0].columns.size(), 2u);
  EXPECT_TRUE(parsed.contract.tables[0].columns[0].required);
  EXPECT_EQ(parsed.contract.tables[1].columns.size(), 1u);
}

TEST(Ddl, StatementsThatDefineNothing) {
  const ParsedDdl parsed =
      Parse("postgresql",
            "GRANT ALL ON t TO x; CREATE TABLE t (a int);\nALTER TABLE t OWNER TO y;\n"
            "ALTER TABLE elsewhere ADD PRIMARY KEY (a);\nCREATE VIEW v AS SELECT ';';");
  EXPECT_EQ(Errors(parsed), "");
  EXPECT_EQ(Joined(parsed.not_used),
            "t.sql:1:1: GRANT ALL ON t TO x\n"
            "t.sql:2:1: ALTER TABLE t OWNER TO y (OWNER TO y)\n"
            "t.sql:3:1: ALTER TABLE elsewhere ADD PRIMARY KEY (a) (the table elsewhere is not in "
            "this file)\n"
            "t.sql:4:1: CREATE VIEW v AS SELECT ';'\n");
}

TEST(Ddl, AutoSaysWhy) {
  auto guess = [](const std::string& text) {
    const auto parsed = ParseDdl(Source(text), "auto");
    return parsed->dialect + ": " + parsed->reason;
  };
  EXPECT_EQ(guess("CREATE TABLE t (a int)\n DISTSTYLE EVEN"), "redshift: DISTSTYLE in line 2");
  EXPECT_EQ(guess("CREATE TABLE t (a INTEGER)"),
            "ansi: nothing in it is particular to another, and all of it is read");
  EXPECT_EQ(guess("CREATE TABLE t (a TEXT, b JSON)").substr(0, 10), "postgresql");
  EXPECT_EQ(guess("CREATE TABLE t (note VARCHAR(9) DEFAULT 'ENGINE = x')").substr(0, 4), "ansi");
}

TEST(Ddl, DialectsByName) {
  EXPECT_EQ((*FindDialect("Postgres"))->name, std::string("postgresql"));
  EXPECT_EQ((*FindDialect("t-sql"))->name, std::string("sqlserver"));
  EXPECT_EQ(FormatError(FindDialect("redshfit").status()),
            "unknown dialect: redshfit (did you mean redshift?)\n");
  std::set<std::string> names;
  for (const DdlDialect& dialect : DdlDialects()) EXPECT_TRUE(names.insert(dialect.name).second);
  EXPECT_EQ(names.size(), static_cast<size_t>(kDialectCount));
}

TEST(Ddl, PrintsPlainContracts) {
  const auto contract = ParseContract(Source(
      "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nschema:\n"
      "  - name: Orders\n    properties:\n"
      "      - {name: id, logicalType: integer, primaryKey: true}\n"
      "      - {name: userName, logicalType: string, logicalTypeOptions: {maxLength: 9, pattern: "
      "x}}\n"
      "      - {name: at, logicalType: timestamp, logicalTypeOptions: {minimum: "
      "2020-01-01T00:00:00}}\n"
      "    quality:\n      - {name: r, type: custom, engine: tamis, implementation: \"id > 1 OR "
      "userName = 'it''s'\"}\n",
      "c.yaml"));
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  const PrintedDdl postgres = Print(*contract, "postgresql");
  EXPECT_EQ(postgres.text,
            "CREATE TABLE \"Orders\" (\n  id BIGINT NOT NULL,\n  \"userName\" VARCHAR(9),\n"
            "  at TIMESTAMPTZ,\n  PRIMARY KEY (id),\n  CHECK (length(\"userName\") <= 9),\n"
            "  CHECK (at >= TIMESTAMP '2020-01-01T00:00:00'),\n"
            "  CONSTRAINT r CHECK (id > 1 OR \"userName\" = 'it''s')\n);\n");
  EXPECT_EQ(Joined(postgres.warnings), "c.yaml:9:16: userName: pattern has no DDL: left out\n");
  const PrintedDdl bigquery = Print(*contract, "bigquery");
  EXPECT_NE(Joined(bigquery.warnings).find("bigquery has no CHECK: 3 rules are left out"),
            std::string::npos);
}

TEST(Ddl, RefusesContradictingKeys) {
  auto error = [](const std::string& ddl) {
    const auto contract = ParseContract(
        Source("apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nschema:\n"
               "  - name: t\n    properties:\n      - name: a\n        physicalType: int\n"
               "        customProperties:\n          - property: tamis.ddl\n            value: " +
                   ddl + "\n",
               "c"));
    EXPECT_TRUE(contract.ok()) << FormatError(contract.status());
    return FirstLine(FormatError(PrintDdl(*contract, "redshift").status()));
  };
  EXPECT_EQ(error("{encod: zstd}"),
            "c:12:21: tamis.ddl: unknown key: encod (did you mean encode?)");
  EXPECT_EQ(error("{type: timetz}"),
            "c:12:27: tamis.ddl: the type timetz contradicts the column's, int (change both, or "
            "remove this one)");
  EXPECT_EQ(error("{type: foo}"), "c:12:27: tamis.ddl: type: unknown type in redshift: foo");
}

TEST(Ddl, Fields) {
  const ParsedDdl parsed = Parse(
      "redshift", "CREATE TABLE t (a BIGINT IDENTITY(1,1) PRIMARY KEY, b DECIMAL(8,2), c CHAR(3))");
  EXPECT_EQ(WriteFields(parsed.contract, [](const Column& column) { return "g_" + column.name; }),
            "data:\n"
            "  - name: a\n    data_type: bigint\n    not_null: true\n    primary_key: true\n"
            "    unique: false\n    generator: g_a\n"
            "  - name: b\n    data_type: decimal\n    precision: 8\n    scale: 2\n"
            "    not_null: false\n    primary_key: false\n    unique: false\n    generator: g_b\n"
            "  - name: c\n    data_type: char\n    length: 3\n    not_null: false\n"
            "    primary_key: false\n    unique: false\n    generator: g_c\n");
}

TEST(Ddl, DeepNestingIsRefused) {
  std::string type = "int", check = "a > 0";
  for (int depth = 0; depth < 2000; ++depth) {
    type = "array<" + type + ">";
    check = "(" + check + ")";
  }
  EXPECT_NE(FirstError("spark", "CREATE TABLE t (a " + type + ")").find("nested too deep"),
            std::string::npos);
  const ParsedDdl parsed =
      Parse("postgresql", "CREATE TABLE t (a int, CHECK (" + check + "), CHECK (" +
                              std::string(5000, '-') + " a > 1))");
  EXPECT_EQ(parsed.contract.tables.size(), 1u);
}

}  // namespace
}  // namespace tamis
