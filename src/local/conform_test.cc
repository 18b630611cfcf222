// Tests of conform.h: each variant of a type becomes the one that the operators know.
#include "local/conform.h"

#include <arrow/array.h>
#include <arrow/json/from_string.h>
#include <arrow/record_batch.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tamis {
namespace {

using testing::HasSubstr;
using TypePtr = std::shared_ptr<arrow::DataType>;

class OneBatch : public Source {
 public:
  explicit OneBatch(std::shared_ptr<arrow::RecordBatch> batch) : batch_(std::move(batch)) {}
  const std::shared_ptr<arrow::Schema>& schema() const override { return batch_->schema(); }
  Result<std::optional<Chunk>> Next() override {
    Chunk chunk;
    chunk.batch = batch_;
    return chunk;
  }
  int64_t TotalBytes() const override { return 0; }
  int64_t ReadBytes() const override { return 0; }

 private:
  std::shared_ptr<arrow::RecordBatch> batch_;
};

std::unique_ptr<Source> SourceOf(const TypePtr& type, const std::string& json) {
  auto array = *arrow::json::ArrayFromJSONString(type, json);
  auto schema = arrow::schema({arrow::field("c", type)});
  return std::make_unique<OneBatch>(arrow::RecordBatch::Make(schema, array->length(), {array}));
}

Table TableOf(const TypePtr& type) {
  Table table;
  Column column;
  column.name = "c";
  column.type = type;
  table.columns.push_back(column);
  return table;
}

void ExpectBecomes(const TypePtr& from, const std::string& json, const TypePtr& contract,
                   const TypePtr& to, const std::string& to_json) {
  Table table = TableOf(contract);
  auto source = ConformSource(SourceOf(from, json), contract ? &table : nullptr, "f");
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_TRUE((*source)->schema()->field(0)->type()->Equals(*to)) << from->ToString();
  auto chunk = (*source)->Next();
  ASSERT_TRUE(chunk.ok()) << chunk.status();
  auto expected = *arrow::json::ArrayFromJSONString(to, to_json);
  EXPECT_TRUE((*chunk)->batch->column(0)->Equals(*expected))
      << (*chunk)->batch->column(0)->ToString();
}

TEST(Conform, KnowsTheVariantsOfOneTypeWithoutAContract) {
  for (const TypePtr& text : {arrow::utf8(), arrow::large_utf8(), arrow::utf8_view()}) {
    ExpectBecomes(text, R"(["a", null])", nullptr, arrow::utf8(), R"(["a", null])");
  }
  for (const TypePtr& bytes : {arrow::binary(), arrow::large_binary(), arrow::binary_view()}) {
    ExpectBecomes(bytes, R"(["a", null])", nullptr, arrow::binary(), R"(["a", null])");
  }
  ExpectBecomes(arrow::dictionary(arrow::int8(), arrow::large_utf8()), R"(["a", null, "a"])",
                nullptr, arrow::utf8(), R"(["a", null, "a"])");
  ExpectBecomes(arrow::dictionary(arrow::int32(), arrow::int64()), "[7, null]", nullptr,
                arrow::int64(), "[7, null]");
  ExpectBecomes(arrow::date64(), "[86400000]", nullptr, arrow::date32(), "[1]");
  ExpectBecomes(arrow::int8(), "[1]", nullptr, arrow::int8(), "[1]");
}

TEST(Conform, CastsToTheContractWhereNoValueChanges) {
  ExpectBecomes(arrow::int32(), "[1, null]", arrow::int64(), arrow::int64(), "[1, null]");
  ExpectBecomes(arrow::int64(), "[1]", arrow::int16(), arrow::int16(), "[1]");
  ExpectBecomes(arrow::float32(), "[0.5]", arrow::float64(), arrow::float64(), "[0.5]");
  ExpectBecomes(arrow::decimal128(5, 1), R"(["1.5"])", arrow::decimal128(10, 2),
                arrow::decimal128(10, 2), R"(["1.50"])");
  ExpectBecomes(arrow::timestamp(arrow::TimeUnit::NANO), "[5000]",
                arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"),
                arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), "[5]");
  ExpectBecomes(arrow::timestamp(arrow::TimeUnit::MICRO, "Europe/Rome"), "[5]",
                arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"),
                arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), "[5]");
  ExpectBecomes(arrow::null(), "[null]", arrow::date32(), arrow::date32(), "[null]");
}

TEST(Conform, EndsTheRunWhereAValueWouldChange) {
  struct Loss {
    TypePtr from;
    std::string json;
    TypePtr to;
  };
  const Loss losses[] = {
      {arrow::int64(), "[40000]", arrow::int16()},
      {arrow::float64(), "[1.5]", arrow::int64()},
      {arrow::timestamp(arrow::TimeUnit::NANO), "[5001]", arrow::timestamp(arrow::TimeUnit::MICRO)},
      {arrow::decimal128(5, 2), R"(["1.55"])", arrow::decimal128(5, 1)},
  };
  for (const Loss& loss : losses) {
    Table table = TableOf(loss.to);
    auto source = ConformSource(SourceOf(loss.from, loss.json), &table, "f");
    ASSERT_TRUE(source.ok()) << source.status();
    auto chunk = (*source)->Next();
    EXPECT_EQ(ExitCodeOf(chunk.status()), ExitCode::kDataFailed) << loss.from->ToString();
    EXPECT_THAT(chunk.status().message(), HasSubstr("f: column c: a value is no "));
  }
}

TEST(Conform, RefusesOtherKindsAndMissingColumns) {
  Table table = TableOf(arrow::int64());
  auto text = ConformSource(SourceOf(arrow::utf8(), R"(["1"])"), &table, "f");
  EXPECT_THAT(text.status().message(), HasSubstr("f: column c is string, not int64"));
  table.columns[0].name = "cc";
  auto missing = ConformSource(SourceOf(arrow::int64(), "[1]"), &table, "f");
  EXPECT_THAT(missing.status().message(), HasSubstr("f: no column cc"));
  EXPECT_EQ(ExitCodeOf(missing.status()), ExitCode::kDataFailed);
  Table clock = TableOf(arrow::timestamp(arrow::TimeUnit::MICRO));
  auto zone =
      ConformSource(SourceOf(arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), "[5]"), &clock, "f");
  EXPECT_FALSE(zone.ok());
}

}  // namespace
}  // namespace tamis
