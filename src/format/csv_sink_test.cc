// CSV text as written, and that every value comes back as it was.
#include "format/csv_sink.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "format/csv_source.h"
#include "storage/memory.h"

namespace tamis {
namespace {

using testing::HasSubstr;

std::shared_ptr<arrow::Array> Strings(const std::vector<std::optional<std::string>>& values) {
  arrow::StringBuilder builder;
  for (const auto& value : values) {
    EXPECT_TRUE((value ? builder.Append(*value) : builder.AppendNull()).ok());
  }
  return builder.Finish().ValueOrDie();
}

template <typename Builder, typename T>
std::shared_ptr<arrow::Array> Values(const std::shared_ptr<arrow::DataType>& type,
                                     const std::vector<T>& values) {
  Builder builder(type, arrow::default_memory_pool());
  for (const T& value : values) EXPECT_TRUE(builder.Append(value).ok());
  EXPECT_TRUE(builder.AppendNull().ok());
  return builder.Finish().ValueOrDie();
}

std::shared_ptr<arrow::RecordBatch> Batch(
    const std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>>& columns) {
  arrow::FieldVector fields;
  arrow::ArrayVector arrays;
  for (const auto& [name, array] : columns) {
    fields.push_back(arrow::field(name, array->type()));
    arrays.push_back(array);
  }
  const int64_t rows = arrays[0]->length();
  return arrow::RecordBatch::Make(arrow::schema(fields), rows, arrays);
}

std::string Written(const std::shared_ptr<arrow::RecordBatch>& batch, FormatOptions format = {}) {
  auto formatter = CsvFormatter::Make(batch->schema(), std::move(format));
  if (!formatter.ok()) return formatter.status().ToString();
  std::string text = formatter->Header();
  const Status status = formatter->AppendRows(*batch, &text);
  return status.ok() ? text : FormatError(status);
}

TEST(CsvFormatter, QuotesOnlyWhereItMust) {
  const auto batch = Batch({{"a,b", Strings({"plain", "", std::nullopt, "x\"y", "#c"})},
                            {"s", Strings({"a,b", "l\nf", "c\rr", " space ", "#c"})}});
  FormatOptions format;
  format.comment = '#';
  EXPECT_EQ(Written(batch, format),
            "\"a,b\",s\nplain,\"a,b\"\n\"\",\"l\nf\"\n,\"c\rr\"\n\"x\"\"y\", space \n\"#c\",#c\n");
  EXPECT_EQ(Written(Batch({{"long", Strings({"0123456789abcdef,", "0123456789abcdef"})}})),
            "long\n\"0123456789abcdef,\"\n0123456789abcdef\n");
}

TEST(CsvFormatter, FollowsTheFormat) {
  const auto batch = Batch({{"a", Strings({"x;y'z\\", "NA", std::nullopt})}});
  FormatOptions format;
  format.delimiter = ';';
  format.quote = '\'';
  format.escape = '\\';
  format.header = false;
  format.null_values = {"NA"};
  EXPECT_EQ(Written(batch, format), "'x;y\\'z\\\\'\n'NA'\nNA\n");
  format.quote = '\0';
  EXPECT_THAT(Written(batch, format), HasSubstr("column a holds the delimiter"));
}

TEST(CsvFormatter, NullNeedsAText) {
  FormatOptions format;
  format.null_values = {};
  EXPECT_EQ(Written(Batch({{"a", Strings({"", "x"})}}), format), "a\n\nx\n");
  auto with_null = Batch({{"a", Strings({"", "x"})}, {"b", Strings({"y", std::nullopt})}});
  EXPECT_THAT(Written(with_null, format),
              HasSubstr("column b holds NULL, and CSV with empty null_values has no text for it"));
  format.null_values = {"NA"};
  EXPECT_EQ(Written(with_null, format), "a,b\n,y\nx,NA\n");
}

TEST(CsvFormatter, WritesEveryFlatType) {
  using arrow::TimeUnit;
  const auto batch = Batch({
      {"i", Values<arrow::Int8Builder, int8_t>(arrow::int8(), {-128})},
      {"u", Values<arrow::UInt64Builder, uint64_t>(arrow::uint64(), {~uint64_t{0}})},
      {"f", Values<arrow::FloatBuilder, float>(arrow::float32(), {0.1F})},
      {"d", Values<arrow::DoubleBuilder, double>(arrow::float64(), {0.1})},
      {"dec", Values<arrow::Decimal128Builder, arrow::Decimal128>(arrow::decimal128(9, 3),
                                                                  {arrow::Decimal128(-1500)})},
      {"day", Values<arrow::Date32Builder, int32_t>(arrow::date32(), {19782})},
      {"t", Values<arrow::Time32Builder, int32_t>(arrow::time32(TimeUnit::SECOND), {3661})},
      {"z", Values<arrow::TimestampBuilder, int64_t>(arrow::timestamp(TimeUnit::MICRO, "UTC"),
                                                     {1500000})},
      {"n", Values<arrow::TimestampBuilder, int64_t>(arrow::timestamp(TimeUnit::SECOND), {0})},
      {"b", Values<arrow::BooleanBuilder, bool>(arrow::boolean(), {true})},
  });
  EXPECT_EQ(Written(batch),
            "i,u,f,d,dec,day,t,z,n,b\n"
            "-128,18446744073709551615,0.1,0.1,-1.500,2024-02-29,01:01:01,"
            "1970-01-01T00:00:01.500Z,1970-01-01T00:00:00,true\n"
            ",,,,,,,,,\n");
  FormatOptions dots;
  dots.delimiter = '.';
  EXPECT_THAT(Written(batch, dots), HasSubstr("\"0.1\".\"0.1\".\"-1.500\""));
}

TEST(CsvFormatter, WritesDictionaries) {
  const auto indices = Values<arrow::Int32Builder, int32_t>(arrow::int32(), {1, 0, 1});
  const auto encoded =
      arrow::DictionaryArray::FromArrays(arrow::dictionary(arrow::int32(), arrow::utf8()), indices,
                                         Strings({"a,b", ""}))
          .ValueOrDie();
  EXPECT_EQ(Written(Batch({{"x", encoded}})), "x\n\"\"\n\"a,b\"\n\"\"\n\n");
}

TEST(CsvFormatter, WritesLatin1) {
  FormatOptions format;
  format.encoding = "latin-1";
  EXPECT_EQ(Written(Batch({{"x", Strings({"stra\xC3\x9F"
                                          "e"})}}),
                    format),
            "x\nstra\xDF"
            "e\n");
  EXPECT_THAT(Written(Batch({{"x", Strings({"\xE2\x82\xAC"})}}), format), HasSubstr("Latin-1"));
}

TEST(CsvFormatter, RefusesNestedTypes) {
  auto schema = arrow::schema({arrow::field("l", arrow::list(arrow::int32()))});
  EXPECT_THAT(CsvFormatter::Make(schema, {}).status().ToString(),
              HasSubstr("CSV has no text for column l"));
}

TEST(CsvSink, WritesChunksInOrderWhateverThreadBringsThem) {
  auto storage = MakeMemoryStorage();
  const auto schema = arrow::schema({arrow::field("x", arrow::utf8())});
  auto sink = OpenCsvSink(storage->OpenWrite("/o.csv").ValueOrDie(), schema, {}).ValueOrDie();
  std::string expected = "x\n";
  for (int i = 0; i < 400; ++i) expected += "v" + std::to_string(i) + "\n";
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 396 + t; i >= 0; i -= 4) {
        EXPECT_TRUE(sink->Write(i, Batch({{"x", Strings({"v" + std::to_string(i)})}})).ok());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(sink->Finish().ok());
  EXPECT_EQ(sink->WrittenBytes(), static_cast<int64_t>(expected.size()));
  auto file = storage->OpenRead("/o.csv").ValueOrDie();
  std::string bytes(static_cast<size_t>(file->size_bytes()), '\0');
  ASSERT_TRUE(file->ReadAt(0, file->size_bytes(), bytes.data()).ok());
  EXPECT_EQ(bytes, expected);
}

TEST(CsvSink, NoticesMissingAndDoubledChunks) {
  auto storage = MakeMemoryStorage();
  const auto batch = Batch({{"x", Strings({"v"})}});
  auto sink =
      OpenCsvSink(storage->OpenWrite("/o.csv").ValueOrDie(), batch->schema(), {}).ValueOrDie();
  ASSERT_TRUE(sink->Write(1, batch).ok());
  EXPECT_THAT(sink->Finish().ToString(), HasSubstr("chunk 0 is missing"));
  ASSERT_TRUE(sink->Write(0, batch).ok());
  EXPECT_THAT(sink->Write(1, batch).ToString(), HasSubstr("written twice"));
  const auto other = Batch({{"x", Values<arrow::Int8Builder, int8_t>(arrow::int8(), {1})}});
  EXPECT_FALSE(sink->Write(2, other).ok());
}

TEST(CsvSink, WhatIsWrittenReadsBackTheSame) {
  std::mt19937_64 random(3);
  for (const CsvDialect& dialect :
       {CsvDialect{}, CsvDialect{';', '\'', '\\', '#'}, CsvDialect{'\t', '"', '"', 'a'}}) {
    std::vector<std::optional<std::string>> texts[2];
    for (int i = 0; i < 2000; ++i) {
      for (auto& column : texts) {
        std::string text;
        for (size_t n = random() % 12; n > 0; --n) text += "ab,;'\"\\\n\r#\t "[random() % 12];
        column.push_back(random() % 9 ? std::optional(text) : std::nullopt);
      }
    }
    const auto batch = Batch({{"p", Strings(texts[0])}, {"q", Strings(texts[1])}});
    FormatOptions format;
    format.delimiter = dialect.delimiter;
    format.quote = dialect.quote;
    format.escape = dialect.escape;
    format.comment = dialect.comment;
    std::shared_ptr<Storage> storage = MakeMemoryStorage();
    auto sink = OpenCsvSink(storage->OpenWrite("/o.csv").ValueOrDie(), batch->schema(), format);
    ASSERT_TRUE((*sink)->Write(0, batch).ok());
    ASSERT_TRUE((*sink)->Finish().ok());
    auto source = CsvSource::Open(storage, {"/o.csv"}, TextTable({"p", "q"}, format));
    ASSERT_TRUE(source.ok()) << source.status();
    const Chunk chunk = *(*source)->Next().ValueOrDie();
    EXPECT_TRUE(chunk.issues.empty());
    EXPECT_TRUE(chunk.batch->column(0)->Equals(batch->column(0)));
    EXPECT_TRUE(chunk.batch->column(1)->Equals(batch->column(1)));
  }
}

}  // namespace
}  // namespace tamis
