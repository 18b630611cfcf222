// Tests local/duckdb.h.
#include "local/duckdb.h"

#include <arrow/api.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

namespace tamis {
namespace {

std::shared_ptr<arrow::RecordBatch> Numbers(int64_t first, int64_t count) {
  arrow::Int64Builder numbers;
  arrow::StringBuilder names;
  for (int64_t i = first; i < first + count; ++i) {
    EXPECT_TRUE(numbers.Append(i).ok());
    EXPECT_TRUE((i % 3 == 0 ? names.AppendNull() : names.Append("n" + std::to_string(i % 7))).ok());
  }
  auto schema =
      arrow::schema({arrow::field("n", arrow::int64()), arrow::field("name", arrow::utf8())});
  return arrow::RecordBatch::Make(schema, count, {*numbers.Finish(), *names.Finish()});
}

std::unique_ptr<DuckdbEngine> OpenEngine() {
  DuckdbOptions options;
  options.memory_bytes = 200 << 20;
  options.thread_count = 2;
  options.temp_directory = testing::TempDir();
  return DuckdbEngine::Open(options).ValueOrDie();
}

Result<std::shared_ptr<arrow::Table>> All(DuckdbEngine& engine, const std::string& sql,
                                          const Parameters& parameters = {}) {
  ARROW_ASSIGN_OR_RAISE(auto source, engine.Query(sql, parameters, Place{}));
  std::vector<std::shared_ptr<arrow::RecordBatch>> batches;
  while (true) {
    ARROW_ASSIGN_OR_RAISE(auto chunk, source->Next());
    if (!chunk) break;
    EXPECT_EQ(chunk->index, static_cast<int64_t>(batches.size()));
    batches.push_back(chunk->batch);
  }
  return arrow::Table::FromRecordBatches(source->schema(), batches);
}

TEST(Duckdb, ScansATableTwiceAndKeepsTheOrderOfChunks) {
  auto engine = OpenEngine();
  auto sink = *engine->CreateTable("t", Numbers(0, 1)->schema());
  for (int64_t index : {2, 0, 1, 3}) {
    ASSERT_TRUE(sink->Write(index, Numbers(index * 50000, 50000)).ok());
  }
  ASSERT_TRUE(sink->Finish().ok());
  auto in_order = *All(*engine, "SELECT n FROM t");
  ASSERT_EQ(in_order->num_rows(), 200000);
  int64_t expected = 0;
  for (const auto& piece : in_order->column(0)->chunks()) {
    const auto& numbers = static_cast<const arrow::Int64Array&>(*piece);
    for (int64_t i = 0; i < numbers.length(); ++i) ASSERT_EQ(numbers.Value(i), expected++);
  }
  // A window over the whole table that is joined back scans it twice.
  auto twice = *All(*engine, "SELECT sum(c)::BIGINT s FROM (SELECT count(*) OVER () c FROM t)");
  EXPECT_EQ(twice->column(0)->GetScalar(0).ValueOrDie()->ToString(), "40000000000");
}

TEST(Duckdb, BindsTypedParameters) {
  auto engine = OpenEngine();
  Parameters parameters = {{"who", arrow::MakeScalar("'; DROP TABLE t; --")},
                           {"day", std::make_shared<arrow::Date32Scalar>(19000)}};
  auto table = *All(*engine, "SELECT $who AS w, $day + 1 AS d", parameters);
  EXPECT_EQ(table->column(0)->GetScalar(0).ValueOrDie()->ToString(), "'; DROP TABLE t; --");
  EXPECT_EQ(table->column(1)->type()->id(), arrow::Type::DATE32);
  auto schema = *engine->Describe("SELECT $who AS w FROM range(10)", parameters, Place{});
  EXPECT_EQ(schema->ToString(), "w: string");
  auto unknown = All(*engine, "SELECT $what");
  EXPECT_EQ(unknown.status().message(), "unknown parameter in SQL: $what");
}

TEST(Duckdb, ReadsNoFilesAndKeepsItsConfigurationLocked) {
  auto engine = OpenEngine();
  EXPECT_FALSE(All(*engine, "SELECT * FROM read_text('/etc/hostname')").ok());
  EXPECT_FALSE(All(*engine, "SELECT * FROM '/etc/passwd'").ok());
  auto set = All(*engine, "SET enable_external_access=true");
  EXPECT_EQ(set.status().message(), "the SQL statement is not a SELECT");
  auto two = All(*engine, "SELECT 1; SELECT 2");
  EXPECT_EQ(two.status().message(), "more than one SQL statement");
}

TEST(Duckdb, SaysWhatIsWrongWithoutRepeatingTheStatement) {
  auto engine = OpenEngine();
  auto bad = All(*engine, "SELECT nothing FROM nowhere");
  EXPECT_EQ(ExitCodeOf(bad.status()), ExitCode::kUsage);
  EXPECT_NE(bad.status().message().find("nowhere"), std::string::npos);
  EXPECT_EQ(bad.status().message().find("LINE"), std::string::npos);
}

TEST(Duckdb, FillsATableWhileAQueryOverAnotherIsOpen) {
  auto engine = OpenEngine();
  auto first = *engine->CreateTable("a", Numbers(0, 1)->schema());
  ASSERT_TRUE(first->Write(0, Numbers(0, 300000)).ok());
  ASSERT_TRUE(first->Finish().ok());
  auto source = *engine->Query("SELECT n, name FROM a", {}, Place{});
  auto second = *engine->CreateTable("b", source->schema());
  while (true) {
    auto chunk = source->Next();
    ASSERT_TRUE(chunk.ok()) << chunk.status();
    if (!*chunk) break;
    ASSERT_TRUE(second->Write((*chunk)->index, (*chunk)->batch).ok());
  }
  ASSERT_TRUE(second->Finish().ok());
  EXPECT_EQ((*All(*engine, "SELECT n FROM b"))->num_rows(), 300000);
}

TEST(Duckdb, ConversionErrorsAreTheDatasFault) {
  auto engine = OpenEngine();
  auto failed = All(*engine, "SELECT CAST('x' || range AS INTEGER) FROM range(3)");
  EXPECT_EQ(ExitCodeOf(failed.status()), ExitCode::kDataFailed) << failed.status();
}

TEST(Duckdb, SpillsIntoItsFolderAndReadsNoOtherFile) {
  DuckdbOptions options;
  options.memory_bytes = 64 << 20;
  options.thread_count = 2;
  options.temp_directory = testing::TempDir() + "tamis_spill";
  std::filesystem::create_directories(options.temp_directory);
  auto engine = DuckdbEngine::Open(options);
  ASSERT_TRUE(engine.ok()) << engine.status();
  auto sorted =
      All(**engine, "SELECT hash(range) AS h, repeat('x', 40) AS t FROM range(2000000) ORDER BY h");
  ASSERT_TRUE(sorted.ok()) << sorted.status();
  EXPECT_EQ((*sorted)->num_rows(), 2000000);
  EXPECT_FALSE(All(**engine, "SELECT * FROM read_text('/etc/passwd')").ok());
  std::filesystem::remove_all(options.temp_directory);
}

TEST(Duckdb, EndsAQueryWhenTheRunStops) {
  StopToken stop;
  DuckdbOptions options;
  options.memory_bytes = 256 << 20;
  options.stop = &stop;
  auto engine = DuckdbEngine::Open(options);
  ASSERT_TRUE(engine.ok()) << engine.status();
  std::thread signal([&] { stop.Request(); });
  auto endless = All(**engine, "SELECT count(*) FROM range(1000000000) a, range(1000000) b");
  signal.join();
  EXPECT_EQ(ExitCodeOf(endless.status()), ExitCode::kInterrupted) << endless.status();
}

TEST(Duckdb, RefusesTypesThatAreItsOwn) {
  auto engine = OpenEngine();
  for (const char* sql : {"SELECT '101'::BIT AS b", "SELECT INTERVAL 1 DAY AS i"}) {
    auto refused = All(*engine, sql);
    EXPECT_EQ(ExitCodeOf(refused.status()), ExitCode::kUsage) << sql;
  }
  EXPECT_TRUE(All(*engine, "SELECT uuid() AS u, 1::HUGEINT AS h").ok());
}

TEST(Duckdb, FailsARunningQueryWithAnErrorNotAnEmptyResult) {
  auto engine = OpenEngine();
  auto failed =
      All(*engine, "SELECT CAST(s AS INTEGER) FROM (SELECT 'x' || range s FROM range(3))");
  EXPECT_FALSE(failed.ok());
}

}  // namespace
}  // namespace tamis
