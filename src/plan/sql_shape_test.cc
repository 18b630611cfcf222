// Which names SQL has, and what is recognized as a sum that is joined back.
#include "plan/sql_shape.h"

#include <arrow/type.h>
#include <gtest/gtest.h>

#include "spec/emit.h"

namespace tamis {
namespace {

std::string Names(const std::vector<SqlName>& names) {
  std::string out;
  for (const SqlName& one : names) out += (out.empty() ? "" : " ") + one.name;
  return out;
}

std::string Tables(const std::string& sql) {
  auto names = ListSqlNames(MakeText(sql));
  return names.ok() ? Names(names->tables) : FormatError(names.status());
}

TEST(SqlNames, Tables) {
  EXPECT_EQ(Tables("SELECT * FROM a"), "a");
  EXPECT_EQ(Tables("select x from a, B as b join \"c d\" using (x) where y in (select z from e)"),
            "a B c d e");
  EXPECT_EQ(Tables("SELECT extract(year FROM t), trim(BOTH 'x' FROM u) FROM a"), "a");
  EXPECT_EQ(Tables("SELECT a IS DISTINCT FROM b FROM c"), "c");
  EXPECT_EQ(
      Tables("WITH x AS (SELECT 1 FROM a), y(n) AS MATERIALIZED (SELECT 2 FROM x) SELECT * FROM "
             "x, y, b"),
      "a b");
  EXPECT_EQ(Tables("SELECT * FROM range(10) r, a"), "a");
  EXPECT_EQ(Tables("SELECT * FROM (a JOIN b ON a.x = b.x), (SELECT * FROM c) d"), "a b c");
  EXPECT_EQ(Tables("FROM a SELECT b"), "a");
  EXPECT_EQ(Tables("SELECT * FROM a LEFT JOIN LATERAL (SELECT 1 FROM b) ON true"), "a b");
  EXPECT_EQ(Tables("SELECT a, b FROM c GROUP BY a, b ORDER BY a, b"), "c");
  EXPECT_EQ(Tables("SELECT 'FROM x', \"FROM\" -- FROM y\n /* FROM z */ FROM c"), "c");
  EXPECT_EQ(Tables("SELECT 1 FROM a UNION ALL SELECT 2 FROM b"), "a b");
  EXPECT_EQ(Tables("SELECT e'it\\'s FROM x' FROM a"), "a");
  EXPECT_EQ(Tables("SELECT $$FROM x$$, $t$FROM y$t$ FROM a"), "a");
  EXPECT_EQ(Tables("SELECT 'x"), "sql: a quote is not closed\n");
  EXPECT_EQ(Tables("SELECT /* x"), "sql: a comment is not closed\n");
}

TEST(SqlNames, FilesAndParameters) {
  auto names = ListSqlNames(MakeText("SELECT $a, $(b)c FROM 'x.csv' WHERE '$d' = $e"));
  ASSERT_TRUE(names.ok());
  EXPECT_EQ(Names(names->files), "x.csv");
  EXPECT_EQ(Names(names->parameters), "a b e");
  EXPECT_EQ(PlainParameters(MakeText("SELECT $(b) + '$(c)'")), "SELECT $b   + '$(c)'");
}

std::string Shape(const std::string& sql) {
  const auto schema = arrow::schema(
      {arrow::field("k", arrow::int32(), false), arrow::field("v", arrow::float64(), false),
       arrow::field("i", arrow::int64()), arrow::field("a b", arrow::utf8())});
  const auto shape = RecognizeGroupSum(MakeText(sql), "t", *schema);
  return shape ? GroupSumSchema(*shape, *schema)->ToString() : "";
}

TEST(SqlShape, Recognized) {
  EXPECT_EQ(Shape("SELECT k, sum(v) OVER (PARTITION BY k) AS s FROM t"),
            "k: int32 not null\ns: double not null");
  EXPECT_EQ(Shape("select SUM ( \"v\" ) over(partition by i) as s, \"a b\" as ab, k\nfrom t;"),
            "s: double not null\nab: string\nk: int32 not null");
}

TEST(SqlShape, LeftToTheEngine) {
  for (const char* sql :
       {"SELECT k FROM t", "SELECT *, sum(v) OVER (PARTITION BY k) AS s FROM t",
        "SELECT k, sum(i) OVER (PARTITION BY k) AS s FROM t",     // integers: another type
        "SELECT k, sum(v) OVER (PARTITION BY k, i) AS s FROM t",  //
        "SELECT k, sum(v) OVER (PARTITION BY k ORDER BY i) AS s FROM t",
        "SELECT k, sum(DISTINCT v) OVER (PARTITION BY k) AS s FROM t",
        "SELECT k, sum(v) FILTER (WHERE k > 1) OVER (PARTITION BY k) AS s FROM t",
        "SELECT k, sum(v) OVER () AS s FROM t",
        "SELECT k, avg(v) OVER (PARTITION BY k) AS s FROM t",
        "SELECT k, sum(v) OVER (PARTITION BY k) FROM t",       // the engine names it
        "SELECT k, sum(v) OVER (PARTITION BY k) AS s FROM u",  //
        "SELECT k, sum(v) OVER (PARTITION BY k) AS s FROM t WHERE k > 1",
        "SELECT k, sum(v) OVER (PARTITION BY k) AS s FROM t, u",
        "SELECT k + 1 AS k, sum(v) OVER (PARTITION BY k) AS s FROM t",
        "SELECT K, sum(v) OVER (PARTITION BY k) AS s FROM t",
        "SELECT DISTINCT k, sum(v) OVER (PARTITION BY k) AS s FROM t",
        "SELECT k AS s, sum(v) OVER (PARTITION BY k) AS s FROM t",
        "SELECT sum(v) OVER (PARTITION BY k) AS a, sum(v) OVER (PARTITION BY i) AS b FROM t",
        "SELECT k, sum(v) OVER (PARTITION BY k) AS s FROM t LIMIT 1"}) {
    EXPECT_EQ(Shape(sql), "") << sql;
  }
}

}  // namespace
}  // namespace tamis
