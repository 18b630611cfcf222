// Every flat type, with and without NULLs, in many sizes: what Arrow's reader finds in our pages.
#include "format/parquet_encode.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>
#include <parquet/statistics.h>

#include <cmath>
#include <limits>
#include <random>

#include "format/parquet_file.h"
#include "format/parquet_test_tables.h"

namespace tamis {
namespace {

using ColumnPointer = std::shared_ptr<const EncodedColumn>;

// A file of row groups made of these columns.
std::string FileOf(const std::shared_ptr<arrow::Schema>& schema,
                   const std::vector<std::vector<ColumnPointer>>& groups) {
  auto storage = MakeMemoryStorage();
  auto file = storage->OpenWrite("/f").ValueOrDie();
  ParquetFileWriter writer(file.get(), ParquetSchema::Make(schema).ValueOrDie());
  for (const auto& group : groups) writer.WriteRowGroup(group).ValueOrDie();
  ParquetFileSummary summary = writer.Close().ValueOrDie();
  EXPECT_TRUE(file->Close().ok());
  std::string bytes = ReadWholeFile(*storage, "/f").ValueOrDie();
  EXPECT_EQ(summary.size_bytes, static_cast<int64_t>(bytes.size()));
  return bytes;
}

ColumnPointer Encode(const std::shared_ptr<arrow::Field>& field, const arrow::ArrayVector& pieces,
                     const ParquetEncodeOptions& options) {
  ParquetColumn column{field->name(), ParquetTypeOf(field->type()).ValueOrDie(),
                       field->nullable() || field->type()->id() == arrow::Type::NA};
  return EncodeColumn(column, pieces, options).ValueOrDie();
}

std::string FileOfColumn(const std::shared_ptr<arrow::Field>& field,
                         const arrow::ArrayVector& pieces, const ParquetEncodeOptions& options) {
  return FileOf(arrow::schema({field}), {{Encode(field, pieces, options)}});
}

void ExpectColumn(const std::string& bytes, const arrow::ArrayVector& pieces,
                  const std::shared_ptr<arrow::DataType>& type, const std::string& trace) {
  SCOPED_TRACE(trace);
  auto table = ReadParquetBytes(bytes);
  ASSERT_TRUE(table.ok()) << table.status();
  arrow::ChunkedArray expected(pieces, type);
  auto read = (*table)->column(0);
  if (!read->type()->Equals(*type)) {
    // Arrow reads seconds as milliseconds and 64-bit dates as dates.
    auto viewed = read->type()->ToString();
    ASSERT_THAT((std::vector<std::string>{"time32[ms]", "date32[day]", "timestamp[ms]",
                                          "timestamp[ms, tz=UTC]", "string", "binary"}),
                testing::Contains(viewed));
    ASSERT_EQ(read->length(), expected.length());
    for (int64_t row = 0; row < read->length(); ++row) {
      auto want = *(*expected.GetScalar(row))->CastTo(read->type());
      ASSERT_TRUE((*read->GetScalar(row))->Equals(*want)) << row;
    }
    return;
  }
  ASSERT_TRUE(read->Equals(expected)) << read->length() << " rows of " << type->ToString();
}

struct Form {
  std::string name;
  ParquetEncodeOptions options;
};

std::vector<Form> Forms() {
  std::vector<Form> out;
  for (ParquetCodec codec : {ParquetCodec::kNone, ParquetCodec::kSnappy, ParquetCodec::kZstd}) {
    for (int64_t dictionary_bytes : {int64_t{0}, int64_t{1} << 20}) {
      ParquetEncodeOptions options;
      options.codec = codec;
      options.dictionary_bytes_max = dictionary_bytes;
      options.page_rows = 997;  // many pages, cut inside a byte of levels
      std::string name = std::to_string(static_cast<int>(codec)) + "/" +
                         (dictionary_bytes == 0 ? "plain" : "dictionary");
      out.push_back({name, options});
    }
  }
  return out;
}

TEST(ParquetEncode, AllTypesNullsSizesAndForms) {
  for (const auto& type : FlatTypes()) {
    for (Nulls nulls : {Nulls::kNone, Nulls::kSome, Nulls::kAll}) {
      for (int64_t rows : {1, 7, 8, 9, 1000, 5000}) {
        auto array = TestArray(type, rows, 60, nulls);
        bool is_nullable = nulls != Nulls::kNone;
        for (const Form& form : Forms()) {
          auto field = arrow::field("v", type, is_nullable);
          std::string bytes = FileOfColumn(field, {array}, form.options);
          ExpectColumn(bytes, {array}, type,
                       type->ToString() + " " + form.name + " rows " + std::to_string(rows) +
                           " nulls " + std::to_string(static_cast<int>(nulls)));
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST(ParquetEncode, PiecesAndSlicesOfManySizes) {
  for (const auto& type : FlatTypes()) {
    auto array = TestArray(type, 5000, 300, Nulls::kSome);
    arrow::ArrayVector pieces;
    for (int64_t at = 3, size = 1; at < 5000; at += size, size = size * 2 + 1) {
      pieces.push_back(array->Slice(at, size));
      pieces.push_back(array->Slice(at, 0));
    }
    for (const Form& form : Forms()) {
      std::string bytes = FileOfColumn(arrow::field("v", type), pieces, form.options);
      ExpectColumn(bytes, pieces, type, type->ToString() + " " + form.name);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(ParquetEncode, RowsOfLargePiecesAreSampledFirst) {
  for (int64_t distinct : {int64_t{1}, int64_t{2}, int64_t{1000}, int64_t{1} << 40}) {
    for (const auto& type : {arrow::int64(), arrow::float64(), arrow::int32(), arrow::utf8()}) {
      auto array = TestArray(type, 40'000, distinct, Nulls::kSome);
      auto column = Encode(arrow::field("v", type), {array}, {});
      EXPECT_EQ(column->dictionary != nullptr, distinct <= 1000) << type->ToString() << distinct;
      std::string bytes = FileOf(arrow::schema({arrow::field("v", type)}), {{column}});
      ExpectColumn(bytes, {array}, type, type->ToString() + std::to_string(distinct));
    }
  }
}

TEST(ParquetEncode, SortedRunsBecomeShort) {
  arrow::Int64Builder builder;
  for (int64_t row = 0; row < 100'000; ++row) ASSERT_TRUE(builder.Append(row / 500).ok());
  auto array = builder.Finish().ValueOrDie();
  ParquetEncodeOptions options;
  options.codec = ParquetCodec::kNone;
  auto column = Encode(arrow::field("v", arrow::int64(), false), {array}, options);
  EXPECT_LT(column->size_bytes(), 5000);
  ExpectColumn(FileOf(arrow::schema({arrow::field("v", arrow::int64(), false)}), {{column}}),
               {array}, arrow::int64(), "runs");
}

// Runs of every length at every distance, so that packed and repeated runs meet at all offsets.
TEST(ParquetEncode, RunsOfRandomLengths) {
  std::mt19937_64 random(7);
  for (int distinct : {2, 3, 17, 300, 5000}) {
    arrow::Int32Builder builder;
    while (builder.length() < 30'000) {
      auto run = static_cast<int64_t>(random() % 3 == 0 ? random() % 90 : random() % 3);
      auto value = static_cast<int32_t>(random() % static_cast<uint64_t>(distinct));
      for (int64_t i = 0; i < run; ++i) ASSERT_TRUE(builder.Append(value).ok());
    }
    auto array = builder.Finish().ValueOrDie();
    std::string bytes = FileOfColumn(arrow::field("v", arrow::int32(), false), {array}, {});
    ExpectColumn(bytes, {array}, arrow::int32(), std::to_string(distinct));
  }
}

TEST(ParquetEncode, EveryBitWidth) {
  for (int width = 1; width <= 18; ++width) {
    int64_t distinct = int64_t{1} << width;
    arrow::Int64Builder builder;
    for (int64_t row = 0; row < distinct * 3; ++row) {
      ASSERT_TRUE(builder.Append(row * 48'271 % distinct).ok());
    }
    auto array = builder.Finish().ValueOrDie();
    ParquetEncodeOptions options;
    options.dictionary_bytes_max = 1 << 24;
    auto column = Encode(arrow::field("v", arrow::int64(), false), {array}, options);
    EXPECT_TRUE(column->dictionary != nullptr || width < 2) << width;
    ExpectColumn(FileOf(arrow::schema({arrow::field("v", arrow::int64(), false)}), {{column}}),
                 {array}, arrow::int64(), std::to_string(width));
  }
}

TEST(ParquetEncode, DictionaryArraysKeepTheirIndices) {
  for (const auto& index : {arrow::int8(), arrow::uint8(), arrow::int16(), arrow::uint16(),
                            arrow::int32(), arrow::uint32(), arrow::int64(), arrow::uint64()}) {
    auto type = arrow::dictionary(index, arrow::utf8());
    auto first = TestArray(arrow::utf8(), 100, 100, Nulls::kNone);
    auto second = TestArray(arrow::utf8(), 50, 80, Nulls::kSome);  // NULLs inside a dictionary
    auto indices = TestArray(arrow::int64(), 3000, 50, Nulls::kNone);
    std::unique_ptr<arrow::ArrayBuilder> builder = *arrow::MakeBuilder(index);
    for (int64_t row = 0; row < 3000; ++row) {
      ASSERT_TRUE((row % 7 == 0 ? builder->AppendNull()
                                : builder->AppendScalar(**arrow::MakeScalar(index, row * row % 50)))
                      .ok());
    }
    auto codes = builder->Finish().ValueOrDie();
    for (const auto& other : {first->Slice(20, 60), second}) {
      arrow::ArrayVector pieces = {
          arrow::DictionaryArray::FromArrays(type, codes, first).ValueOrDie(),
          arrow::DictionaryArray::FromArrays(type, codes->Slice(5, 2000), other).ValueOrDie(),
          arrow::DictionaryArray::FromArrays(type, codes->Slice(100, 0), other).ValueOrDie()};
      arrow::StringBuilder plain;
      for (const auto& piece : pieces) {
        const auto& encoded = static_cast<const arrow::DictionaryArray&>(*piece);
        const auto& values = static_cast<const arrow::StringArray&>(*encoded.dictionary());
        for (int64_t row = 0; row < piece->length(); ++row) {
          bool is_null = piece->IsNull(row) || values.IsNull(encoded.GetValueIndex(row));
          ASSERT_TRUE((is_null ? plain.AppendNull()
                               : plain.Append(values.GetView(encoded.GetValueIndex(row))))
                          .ok());
        }
      }
      auto expected = plain.Finish().ValueOrDie();
      for (const Form& form : Forms()) {
        std::string bytes = FileOfColumn(arrow::field("v", type), pieces, form.options);
        ExpectColumn(bytes, {expected}, arrow::utf8(), form.name + type->ToString());
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(ParquetEncode, BuildsDictionariesForOperators) {
  for (const auto& type : FlatTypes()) {
    if (type->id() == arrow::Type::BOOL || type->id() == arrow::Type::NA) continue;
    SCOPED_TRACE(type->ToString());
    auto array = TestArray(type, 3000, 20, Nulls::kSome);
    ParquetType parquet_type = ParquetTypeOf(type).ValueOrDie();
    auto dictionary =
        BuildDictionary(parquet_type, {array->Slice(0, 1000), array->Slice(1000)}, {}).ValueOrDie();
    ASSERT_TRUE(dictionary.has_value() || type->ToString() == "fixed_size_binary[1]" ||
                parquet_type.bit_width == 8);
    if (!dictionary) continue;
    EXPECT_TRUE(dictionary->values->type()->Equals(*type));
    EXPECT_TRUE(dictionary->values->ValidateFull().ok());
    int64_t at = 0;
    for (int64_t row = 0; row < array->length(); ++row) {
      if (array->IsNull(row)) continue;
      auto value = dictionary->values->GetScalar(dictionary->index_data()[at++]).ValueOrDie();
      ASSERT_TRUE(value->Equals(*array->GetScalar(row).ValueOrDie())) << row;
    }
    EXPECT_EQ(at, dictionary->index_count);
  }
}

TEST(ParquetEncode, PagesAreCutByBytes) {
  arrow::StringBuilder builder;
  std::mt19937_64 random(3);
  for (int i = 0; i < 3000; ++i) {
    size_t size = i % 500 == 17 ? 300'000 : random() % 200;
    std::string value(size, static_cast<char>('a' + i % 26));
    value += std::to_string(random());
    ASSERT_TRUE((i % 11 == 0 ? builder.AppendNull() : builder.Append(value)).ok());
  }
  auto array = builder.Finish().ValueOrDie();
  for (int64_t page_bytes : {int64_t{1}, int64_t{1000}, int64_t{100'000}}) {
    ParquetEncodeOptions options;
    options.page_bytes = page_bytes;
    auto column = Encode(arrow::field("v", arrow::utf8()), {array}, options);
    int64_t rows = 0;
    for (const ParquetPage& page : *column->pages) {
      rows += page.row_count;
      EXPECT_TRUE(page.row_count == 1 || page.size_bytes < page_bytes + 2000) << page.size_bytes;
    }
    EXPECT_EQ(rows, 3000);
    ExpectColumn(FileOf(arrow::schema({arrow::field("v", arrow::utf8())}), {{column}}), {array},
                 arrow::utf8(), std::to_string(page_bytes));
  }
}

TEST(ParquetEncode, IndexPagesServeAnotherDictionary) {
  auto ids = TestArray(arrow::int32(), 5000, 40, Nulls::kSome);
  for (ParquetCodec codec : {ParquetCodec::kNone, ParquetCodec::kSnappy}) {
    ParquetEncodeOptions options;
    options.codec = codec;
    auto field = arrow::field("id", arrow::int32());
    std::optional<DictionaryEncoding> dictionary;
    ParquetColumn column{"id", ParquetTypeOf(arrow::int32()).ValueOrDie(), true};
    auto id = EncodeColumn(column, {ids}, options, &dictionary).ValueOrDie();
    ASSERT_TRUE(dictionary);
    for (const auto& type : {arrow::float64(), arrow::utf8(), arrow::decimal128(38, 10)}) {
      auto values = TestArray(type, dictionary->values->length(), 1000, Nulls::kNone);
      auto other = WithDictionary(*id, *values).ValueOrDie();
      EXPECT_EQ(other->data, id->data);
      std::string bytes = FileOf(arrow::schema({field, arrow::field("sum", type)}), {{id, other}});
      auto table = ReadParquetBytes(bytes).ValueOrDie();
      ASSERT_TRUE(table->column(0)->Equals(arrow::ChunkedArray(ids)));
      int64_t at = 0;
      for (int64_t row = 0; row < 5000; ++row) {
        auto read = table->column(1)->GetScalar(row).ValueOrDie();
        ASSERT_EQ(read->is_valid, ids->IsValid(row));
        if (!read->is_valid) continue;
        int32_t index = dictionary->index_data()[at++];
        ASSERT_TRUE(read->Equals(*values->GetScalar(index).ValueOrDie()));
      }
    }
    auto few = TestArray(arrow::int32(), 3, 10, Nulls::kNone);
    EXPECT_TRUE(WithDictionary(*id, *few).status().IsInvalid());
  }
}

TEST(ParquetEncode, ColumnsAreCopiedFromTheFileTheyWereWrittenTo) {
  auto storage = MakeMemoryStorage();
  auto schema =
      arrow::schema({arrow::field("a", arrow::int64()), arrow::field("b", arrow::utf8())});
  auto a = TestArray(arrow::int64(), 5000, int64_t{1} << 40, Nulls::kSome);
  auto b = TestArray(arrow::utf8(), 5000, 30, Nulls::kSome);
  auto first = storage->OpenWrite("/first").ValueOrDie();
  ParquetFileWriter writer(first.get(), ParquetSchema::Make(schema).ValueOrDie());
  std::vector<ColumnPointer> columns = {Encode(schema->field(0), {a}, {}),
                                        Encode(schema->field(1), {b}, {})};
  writer.WriteRowGroup(columns).ValueOrDie();
  auto offsets = writer.WriteRowGroup(columns).ValueOrDie();
  writer.Close().ValueOrDie();
  ASSERT_TRUE(first->Close().ok());
  std::shared_ptr<ReadableFile> file = storage->OpenRead("/first").ValueOrDie();
  std::vector<ColumnPointer> copies;
  for (size_t i = 0; i < 2; ++i) {
    copies.push_back(
        InFile(*columns[i], file, offsets[i].dictionary_offset, offsets[i].data_offset));
  }
  auto table = ReadParquetBytes(FileOf(schema, {copies, columns})).ValueOrDie();
  EXPECT_TRUE(table->column(0)->Equals(arrow::ChunkedArray(arrow::ArrayVector{a, a})));
  EXPECT_TRUE(table->column(1)->Equals(arrow::ChunkedArray(arrow::ArrayVector{b, b})));
}

std::shared_ptr<parquet::Statistics> StatisticsOf(const std::string& bytes) {
  auto input = std::make_shared<arrow::io::BufferReader>(arrow::Buffer::FromString(bytes));
  auto reader = parquet::ParquetFileReader::Open(input);
  return reader->metadata()->RowGroup(0)->ColumnChunk(0)->statistics();
}

template <typename Builder, typename Value>
std::shared_ptr<parquet::Statistics> StatisticsOf(std::shared_ptr<arrow::DataType> type,
                                                  const std::vector<Value>& values,
                                                  bool has_dictionary) {
  Builder builder(type, arrow::default_memory_pool());
  for (int i = 0; i < (has_dictionary ? 50 : 1); ++i) {
    for (const Value& value : values) EXPECT_TRUE(builder.Append(value).ok());
  }
  ParquetEncodeOptions options;
  if (!has_dictionary) options.dictionary_bytes_max = 0;
  auto array = builder.Finish().ValueOrDie();
  return StatisticsOf(FileOfColumn(arrow::field("v", type, false), {array}, options));
}

TEST(ParquetEncode, StatisticsOfNumbers) {
  for (bool has_dictionary : {false, true}) {
    auto ints =
        StatisticsOf<arrow::Int32Builder, int32_t>(arrow::int32(), {3, -5, 0, 7}, has_dictionary);
    EXPECT_EQ(static_cast<parquet::Int32Statistics&>(*ints).min(), -5);
    EXPECT_EQ(static_cast<parquet::Int32Statistics&>(*ints).max(), 7);
    EXPECT_EQ(ints->null_count(), 0);
    auto unsigned_ints = StatisticsOf<arrow::UInt64Builder, uint64_t>(
        arrow::uint64(), {3, 0xFFFFFFFFFFFFFFFF, 1}, has_dictionary);
    EXPECT_EQ(static_cast<parquet::Int64Statistics&>(*unsigned_ints).min(), 1);
    EXPECT_EQ(static_cast<parquet::Int64Statistics&>(*unsigned_ints).max(), -1);
    auto doubles = StatisticsOf<arrow::DoubleBuilder, double>(arrow::float64(), {1.5, -2.5, 0.0},
                                                              has_dictionary);
    EXPECT_EQ(static_cast<parquet::DoubleStatistics&>(*doubles).min(), -2.5);
    EXPECT_EQ(static_cast<parquet::DoubleStatistics&>(*doubles).max(), 1.5);
  }
}

TEST(ParquetEncode, StatisticsOfNaNAndZero) {
  double nan = std::numeric_limits<double>::quiet_NaN();
  double infinity = std::numeric_limits<double>::infinity();
  for (bool has_dictionary : {false, true}) {
    for (double bad : {nan, -nan}) {
      auto with_nan = StatisticsOf<arrow::DoubleBuilder, double>(arrow::float64(), {1.0, bad, 3.0},
                                                                 has_dictionary);
      EXPECT_TRUE(with_nan == nullptr || !with_nan->HasMinMax());
    }
    auto infinite = StatisticsOf<arrow::DoubleBuilder, double>(
        arrow::float64(), {infinity, 1.0, -infinity}, has_dictionary);
    EXPECT_EQ(static_cast<parquet::DoubleStatistics&>(*infinite).max(), infinity);
    EXPECT_EQ(static_cast<parquet::DoubleStatistics&>(*infinite).min(), -infinity);
    for (double zero : {0.0, -0.0}) {
      auto zeros = StatisticsOf<arrow::DoubleBuilder, double>(arrow::float64(), {zero, zero},
                                                              has_dictionary);
      EXPECT_TRUE(std::signbit(static_cast<parquet::DoubleStatistics&>(*zeros).min()));
      EXPECT_FALSE(std::signbit(static_cast<parquet::DoubleStatistics&>(*zeros).max()));
    }
  }
}

TEST(ParquetEncode, StatisticsOfLongTexts) {
  auto bounds = [](const std::vector<std::string>& values,
                   const std::shared_ptr<arrow::DataType>& type) {
    arrow::BinaryBuilder builder;
    for (const auto& value : values) EXPECT_TRUE(builder.Append(value).ok());
    auto array = builder.Finish().ValueOrDie()->View(type).ValueOrDie();
    ParquetColumn column{"v", ParquetTypeOf(type).ValueOrDie(), false};
    return EncodeColumn(column, {array}, {}).ValueOrDie()->statistics;
  };
  std::string sixty_three(63, 'a');
  auto texts = bounds({sixty_three + "zx"}, arrow::utf8());
  EXPECT_EQ(texts.min, sixty_three + "z");
  EXPECT_FALSE(texts.is_min_exact);
  EXPECT_EQ(texts.max, sixty_three + "{");
  EXPECT_FALSE(texts.is_max_exact);
  texts = bounds({sixty_three + "äx"}, arrow::utf8());
  EXPECT_EQ(texts.min, sixty_three);  // not half of the ä
  EXPECT_EQ(texts.max, std::string(62, 'a') + "b");
  std::string umlauts;
  for (int i = 0; i < 40; ++i) umlauts += "ü";
  EXPECT_EQ(bounds({umlauts}, arrow::utf8()).max, std::nullopt);
  EXPECT_EQ(bounds({"b" + umlauts}, arrow::utf8()).max, "c");
  EXPECT_EQ(bounds({std::string(70, '\xFF')}, arrow::binary()).max, std::nullopt);
  auto exact = bounds({"", "b", std::string(64, 'c')}, arrow::utf8());
  EXPECT_EQ(exact.min, "");
  EXPECT_EQ(exact.max, std::string(64, 'c'));
  EXPECT_TRUE(exact.is_min_exact && exact.is_max_exact);
}

TEST(ParquetEncode, StatisticsOfDecimals) {
  for (int32_t precision : {5, 18, 38}) {
    auto type = arrow::decimal128(precision, 2);
    arrow::Decimal128Builder builder(type);
    for (int value : {500, -700, 0, 900, -3}) {
      ASSERT_TRUE(builder.Append(arrow::Decimal128(value)).ok());
    }
    auto array = builder.Finish().ValueOrDie();
    auto input = std::make_shared<arrow::io::BufferReader>(
        arrow::Buffer::FromString(FileOfColumn(arrow::field("v", type), {array}, {})));
    auto reader = parquet::ParquetFileReader::Open(input);
    auto statistics = reader->metadata()->RowGroup(0)->ColumnChunk(0)->statistics();
    ASSERT_TRUE(statistics->HasMinMax());
    std::shared_ptr<arrow::Scalar> min;
    std::shared_ptr<arrow::Scalar> max;
    ASSERT_TRUE(parquet::arrow::StatisticsAsScalars(*statistics, &min, &max).ok());
    EXPECT_EQ(min->ToString(), "-7.00") << precision;
    EXPECT_EQ(max->ToString(), "9.00") << precision;
  }
}

TEST(ParquetEncode, RefusesWhatDoesNotFit) {
  ParquetColumn required{"id", ParquetTypeOf(arrow::int32()).ValueOrDie(), false};
  auto nulls = TestArray(arrow::int32(), 100, 5, Nulls::kSome);
  EXPECT_EQ(EncodeColumn(required, {nulls}, {}).status().message(),
            "NULL in column id, which must not have any");

  for (int32_t precision : {5, 18, 20}) {
    auto type = arrow::decimal128(precision, 0);
    arrow::Decimal128Builder builder(type);
    arrow::Decimal128 huge = arrow::Decimal128::GetMaxValue(38);
    ASSERT_TRUE(builder.Append(huge).ok());
    auto array = builder.Finish().ValueOrDie();
    ParquetColumn column{"d", ParquetTypeOf(type).ValueOrDie(), true};
    for (int64_t dictionary_bytes : {0, 1 << 20}) {
      ParquetEncodeOptions options;
      options.dictionary_bytes_max = dictionary_bytes;
      EXPECT_EQ(EncodeColumn(column, {array}, options).status().message(),
                "a value has more digits than " + type->ToString());
    }
  }
  auto seconds = arrow::timestamp(arrow::TimeUnit::SECOND);
  ParquetColumn column{"t", ParquetTypeOf(seconds).ValueOrDie(), true};
  auto late =
      arrow::MakeArrayFromScalar(*arrow::MakeScalar(seconds, int64_t{1} << 62).ValueOrDie(), 2)
          .ValueOrDie();
  EXPECT_EQ(EncodeColumn(column, {late}, {}).status().message(),
            "a time in seconds is out of range in milliseconds");
}

TEST(ParquetFile, RefusesColumnsOfAnotherSchema) {
  auto storage = MakeMemoryStorage();
  auto file = storage->OpenWrite("/f").ValueOrDie();
  auto schema =
      arrow::schema({arrow::field("a", arrow::int32()), arrow::field("b", arrow::int32())});
  ParquetFileWriter writer(file.get(), ParquetSchema::Make(schema).ValueOrDie());
  auto a = Encode(schema->field(0), {TestArray(arrow::int32(), 10, 5, Nulls::kSome)}, {});
  auto shorter = Encode(schema->field(0), {TestArray(arrow::int32(), 9, 5, Nulls::kSome)}, {});
  auto wide = Encode(arrow::field("b", arrow::int64()),
                     {TestArray(arrow::int64(), 10, 5, Nulls::kSome)}, {});
  auto required = Encode(arrow::field("b", arrow::int32(), false),
                         {TestArray(arrow::int32(), 10, 5, Nulls::kNone)}, {});
  EXPECT_EQ(writer.WriteRowGroup({a}).status().message(), "1 columns for a schema of 2");
  EXPECT_EQ(writer.WriteRowGroup({a, shorter}).status().message(),
            "column b has 9 rows, the first column 10");
  EXPECT_EQ(writer.WriteRowGroup({a, wide}).status().message(),
            "column b is encoded as int64, not as int32");
  EXPECT_EQ(writer.WriteRowGroup({a, required}).status().message(),
            "column b is encoded as required, unlike the schema");
}

TEST(ParquetFile, WithoutRowGroups) {
  auto schema =
      arrow::schema({arrow::field("a", arrow::int32()), arrow::field("b", arrow::utf8())});
  auto table = ReadParquetBytes(FileOf(schema, {})).ValueOrDie();
  EXPECT_EQ(table->num_rows(), 0);
  EXPECT_TRUE(table->schema()->Equals(*schema));
}

}  // namespace
}  // namespace tamis
