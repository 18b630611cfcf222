// Generated rows: the same today and in a year, the same as CSV and as Arrow, and what they
// promise.
#include <arrow/api.h>
#include <arrow/csv/api.h>
#include <arrow/io/memory.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/dictionary.h"
#include "base/hash.h"
#include "ops/generate_batch.h"
#include "ops/generate_compile.h"
#include "ops/generate_text.h"
#include "ops/provider.h"
#include "ops/words.h"
#include "spec/yaml.h"
#include "text/cpu.h"

namespace tamis {
namespace {

using testing::HasSubstr;
using TypePointer = std::shared_ptr<arrow::DataType>;

std::shared_ptr<const Node> Yaml(const std::string& text) {
  auto source = std::make_shared<SourceText>(SourceText{"g.yaml", text});
  return std::make_shared<const Node>(ParseYaml(source).ValueOrDie());
}

Column MakeColumn(std::string name, TypePointer type, const std::string& generate = "") {
  Column column;
  column.name = std::move(name);
  column.type = std::move(type);
  column.required = true;
  if (!generate.empty()) column.generate = Yaml(generate);
  return column;
}

Table MakeTable(std::vector<Column> columns) {
  Table table;
  table.name = "people";
  table.columns = std::move(columns);
  return table;
}

Table PeopleTable() {
  return MakeTable({MakeColumn("first_name", arrow::utf8()), MakeColumn("last_name", arrow::utf8()),
                    MakeColumn("address", arrow::utf8()),
                    MakeColumn("date_of_birth", arrow::date32())});
}

// One column of each provider, and each kind of type.
Table WideTable() {
  auto micros = arrow::timestamp(arrow::TimeUnit::MICRO);
  auto millis_utc = arrow::timestamp(arrow::TimeUnit::MILLI, "UTC");
  Table table = PeopleTable();
  for (Column& column : std::vector<Column>{
           MakeColumn("full_name", arrow::utf8()),
           MakeColumn("email", arrow::utf8()),
           MakeColumn("street", arrow::utf8()),
           MakeColumn("city", arrow::utf8()),
           MakeColumn("state", arrow::utf8()),
           MakeColumn("zip", arrow::utf8()),
           MakeColumn("zip_code", arrow::int32()),
           MakeColumn("uuid", arrow::utf8()),
           MakeColumn("id", arrow::int64(), "sequence"),
           MakeColumn("code", arrow::utf8(), "{provider: sequence, start: 7, step: 3}"),
           MakeColumn("small", arrow::int8()),
           MakeColumn("tiny", arrow::uint16(), "{from: 3, to: 9}"),
           MakeColumn("count", arrow::int64(), "{from: -5000000000, to: 5000000000}"),
           MakeColumn("wide", arrow::int32(), "{from: -2000000000, to: 2000000000}"),
           MakeColumn("amount", arrow::decimal128(10, 2), "number"),
           MakeColumn("ratio", arrow::float64(), "{from: -1, to: 1, digits: 4}"),
           MakeColumn("rough", arrow::float32(), "{from: 0, to: 10, digits: 1}"),
           MakeColumn("flag", arrow::boolean()),
           MakeColumn("day", arrow::date32()),
           MakeColumn("old", arrow::date32(), "{from: 0001-01-01, to: 2005-12-31}"),
           MakeColumn("at", micros),
           MakeColumn("seen", millis_utc,
                      "{from: '2024-02-28T12:00:00', to: 2024-03-01T00:00:00Z}"),
           MakeColumn("time", arrow::time64(arrow::TimeUnit::MICRO)),
           MakeColumn("kind", arrow::utf8(),
                      "{provider: choice, values: [a, 'b,c', '', '\"', 'NULL']}"),
           MakeColumn("rank", arrow::int64(),
                      "{provider: choice, values: [1, 10, -100], weights: [0.7, 0.2, 0.1]}"),
           MakeColumn("price", arrow::float64(), "{provider: choice, values: [1.25, 3]}"),
           MakeColumn("fixed", arrow::utf8(),
                      "{provider: constant, value: 'He said \"no\", twice'}"),
           MakeColumn("noon", arrow::date32(), "{provider: constant, value: 2020-02-29}"),
           MakeColumn("word", arrow::utf8(), "word"),
           MakeColumn("note", arrow::utf8()),
           MakeColumn("payload", arrow::utf8(), "json"),
       }) {
    table.columns.push_back(std::move(column));
  }
  return table;
}

std::shared_ptr<const RowProgram> Compile(const Table& table, uint64_t seed = 1) {
  return CompileGenerator(table, seed).ValueOrDie();
}

std::string CsvOf(const Table& table, int64_t first_row, size_t count, uint64_t seed = 1) {
  CsvProgram csv = CsvProgram::Make(Compile(table, seed), table.format).ValueOrDie();
  RowBlock block(csv.rows());
  TextBuffer text;
  EXPECT_TRUE(csv.Write(first_row, static_cast<int64_t>(count), &block, &text).ok());
  return std::string(text.view());
}

std::vector<std::string> ColumnOf(const Table& table, size_t count) {
  return SplitWords(CsvOf(table, 0, count), '\n');
}

std::string ErrorOf(const Table& table) {
  auto program = CompileGenerator(table, 1);
  if (!program.ok()) return FormatError(program.status());
  return FormatError(CsvProgram::Make(*program, table.format).status());
}

std::string ErrorOf(Column column) { return ErrorOf(MakeTable({std::move(column)})); }

// The critical value of chi-square for p = 0.001 (Wilson and Hilferty, 1931).
double ChiSquareLimit(size_t degrees) {
  double n = static_cast<double>(degrees);
  return n * std::pow(1 - 2 / (9 * n) + 3.09 * std::sqrt(2 / (9 * n)), 3);
}

double ChiSquare(const std::map<std::string, size_t>& seen,
                 const std::map<std::string, double>& expected) {
  double sum = 0;
  for (const auto& [value, often] : expected) {
    auto found = seen.find(value);
    double count = found == seen.end() ? 0 : static_cast<double>(found->second);
    sum += (count - often) * (count - often) / often;
  }
  return sum;
}

std::map<std::string, size_t> CountValues(const std::vector<std::string>& values) {
  std::map<std::string, size_t> counts;
  for (const std::string& value : values) ++counts[value];
  return counts;
}

// The definition itself, step by step: a change of it changes everybody's data.
TEST(Generate, FirstNameIsTheQuantileOfSparksHash) {
  std::vector<std::string> names =
      ColumnOf(MakeTable({MakeColumn("first_name", arrow::utf8())}), 50);
  uint64_t key = XxHash64(std::string_view("people.person.first_name"), 1);
  for (size_t row = 0; row < names.size(); ++row) {
    uint64_t hash = XxHash64(key, XxHash64(row, 42));
    size_t quantile = ((hash >> 32) * FirstNames().quantiles->size()) >> 32;
    EXPECT_EQ(names[row], (*FirstNames().words)[(*FirstNames().quantiles)[quantile]]);
  }
}

struct Checksum {
  const char* column;
  uint64_t hash;
};

// The same bytes today and in a year. A change here is a change of everybody's data: never edit a
// number, add a provider.
constexpr Checksum kChecksums[] = {
    {"address", 0xb9f4ee032ea3fabe},
    {"amount", 0x40cef43240e70a09},
    {"at", 0xb0403febee2371c2},
    {"city", 0x1264cb5d7ada7d25},
    {"code", 0xf36e5bc10a9c2047},
    {"count", 0xb001352f52e97d54},
    {"date_of_birth", 0xb0f7844c6298d782},
    {"day", 0x3831b013be6e72f},
    {"email", 0xbb650e6831f23cce},
    {"first_name", 0xddccb5f2578d176b},
    {"fixed", 0xf2a5022ec48ddd51},
    {"flag", 0x552ebc8d040ea24d},
    {"full_name", 0x24b881acaaa1d553},
    {"id", 0xcd0913cd3c6adda3},
    {"kind", 0x7e5e81d393d1dbc4},
    {"last_name", 0xe301da8058408645},
    {"noon", 0xea1f6ced29bf878a},
    {"note", 0xf25eba24d8d304c4},
    {"payload", 0x6f9dcec0d19feae3},
    {"old", 0xae64c3ee0f702438},
    {"price", 0xa8f345f0a9c2ec05},
    {"rank", 0xc857d9d8e3eb53f7},
    {"ratio", 0xbcdd38a9bd6fb49},
    {"rough", 0xd71b6ee0efe80278},
    {"seen", 0x67e4c8c93fc629eb},
    {"small", 0x94ca2a1091d3a48c},
    {"state", 0xe8a33a0358f94b20},
    {"street", 0xf6c2402c92ca343f},
    {"time", 0xb26b4507c1e533e6},
    {"tiny", 0x974f3e98ab4e00f2},
    {"uuid", 0x3f18ffff8a3144b3},
    {"wide", 0x378049e67c092525},
    {"word", 0x9f893e5ce3949a0b},
    {"zip", 0x7a4b05551a12cc39},
    {"zip_code", 0x7a4b05551a12cc39},
};

TEST(Generate, ChecksumOfEachProviderStands) {
  std::map<std::string, uint64_t> hashes;
  for (const Column& column : WideTable().columns) {
    hashes[column.name] = XxHash64(CsvOf(MakeTable({column}), 1000, 10000, 42), 0);
  }
  for (const Checksum& expected : kChecksums) {
    ASSERT_TRUE(hashes.count(expected.column)) << expected.column;
    EXPECT_EQ(hashes[expected.column], expected.hash) << expected.column;
    hashes.erase(expected.column);
  }
  for (const auto& [name, hash] : hashes) {
    ADD_FAILURE() << "no checksum of: {\"" << name << "\", 0x" << std::hex << hash << "},";
  }
}

TEST(Generate, RowsDoNotDependOnWhereABlockBegins) {
  std::string whole = CsvOf(WideTable(), 0, 1000);
  std::string parts;
  for (int64_t first = 0; first < 1000;) {
    auto count = std::min<int64_t>(1000 - first, 1 + first % 337);
    parts += CsvOf(WideTable(), first, static_cast<size_t>(count));
    first += count;
  }
  EXPECT_EQ(parts, whole);
}

TEST(Generate, EveryInstructionSetMakesTheSameBytes) {
  std::string usual = CsvOf(WideTable(), 5, 700);
  for (CpuLevel level : {CpuLevel::kPortable, CpuLevel::kAvx2}) {
    ScopedCpuLevel scope(level);
    EXPECT_EQ(CsvOf(WideTable(), 5, 700), usual);
  }
}

TEST(Generate, SeedsTablesAndColumnsDiffer) {
  Table table = MakeTable({MakeColumn("n", arrow::int64())});
  Table other_table = table, other_column = table;
  other_table.name = "customers";
  other_column.columns[0].name = "m";
  EXPECT_NE(CsvOf(table, 0, 100, 1), CsvOf(table, 0, 100, 2));
  EXPECT_NE(CsvOf(table, 0, 100), CsvOf(other_table, 0, 100));
  EXPECT_NE(CsvOf(table, 0, 100), CsvOf(other_column, 0, 100));
}

// Arrow's own reader parses what the text path wrote, typed as the contract says.
TEST(Generate, CsvAndArrowHoldTheSameValues) {
  Table table = WideTable();
  constexpr size_t kRows = 3000;
  BatchProgram batches = BatchProgram::Make(Compile(table)).ValueOrDie();
  auto generated = batches.Rows(0, kRows).ValueOrDie();
  ASSERT_TRUE(generated->ValidateFull().ok());
  generated = DecodeDictionaries(*generated).ValueOrDie();

  auto read = arrow::csv::ReadOptions::Defaults();
  auto convert = arrow::csv::ConvertOptions::Defaults();
  for (const Column& column : table.columns) {
    read.column_names.push_back(column.name);
    convert.column_types[column.name] = column.type;
  }
  convert.null_values = {""};
  convert.strings_can_be_null = true;
  convert.quoted_strings_can_be_null = false;
  auto input =
      std::make_shared<arrow::io::BufferReader>(arrow::Buffer::FromString(CsvOf(table, 0, kRows)));
  auto reader = arrow::csv::TableReader::Make(arrow::io::default_io_context(), input, read,
                                              arrow::csv::ParseOptions::Defaults(), convert)
                    .ValueOrDie();
  auto parsed = reader->Read().ValueOrDie()->CombineChunksToBatch().ValueOrDie();
  ASSERT_EQ(parsed->num_rows(), generated->num_rows());
  for (int i = 0; i < parsed->num_columns(); ++i) {
    EXPECT_TRUE(parsed->column(i)->Equals(*generated->column(i)))
        << table.columns[static_cast<size_t>(i)].name << "\n"
        << parsed->column(i)->Slice(0, 5)->ToString()
        << generated->column(i)->Slice(0, 5)->ToString();
    EXPECT_EQ(parsed->column(i)->null_count(), 0);
  }
}

TEST(Generate, WordColumnsShareOneDictionary) {
  BatchProgram batches = BatchProgram::Make(Compile(PeopleTable())).ValueOrDie();
  EXPECT_EQ(batches.schema()->field(0)->type()->ToString(),
            "dictionary<values=string, indices=int32, ordered=0>");
  EXPECT_FALSE(batches.schema()->field(0)->nullable());
  EXPECT_EQ(batches.schema()->field(2)->type()->id(), arrow::Type::STRING);
  auto first = batches.Rows(0, 10).ValueOrDie(), second = batches.Rows(10, 10).ValueOrDie();
  auto words = [](const arrow::RecordBatch& batch) {
    return batch.column(0)->data()->dictionary.get();
  };
  EXPECT_EQ(words(*first), words(*second));
  EXPECT_EQ(batches.Rows(5, 0).ValueOrDie()->num_rows(), 0);
}

TEST(Generate, FieldsAreQuotedOnlyWhereTheyMustBe) {
  Table table = MakeTable({MakeColumn("x", arrow::utf8(), "{provider: constant, value: 'a;b'}"),
                           MakeColumn("d", arrow::date32(), "{from: 2020-02-29, to: 2020-02-29}"),
                           MakeColumn("n", arrow::int32(), "{from: 5, to: 5}")});
  EXPECT_EQ(CsvOf(table, 0, 1), "a;b,2020-02-29,5\n");
  table.format.delimiter = ';';
  EXPECT_EQ(CsvOf(table, 0, 1), "\"a;b\";2020-02-29;5\n");
  table.format.delimiter = '-';
  EXPECT_EQ(CsvOf(table, 0, 1), "a;b-\"2020-02-29\"-5\n");
  table.format.delimiter = ',';
  table.format.null_values = {"5", "NA"};
  EXPECT_EQ(CsvOf(table, 0, 1), "a;b,2020-02-29,\"5\"\n") << "5 means NULL when bare";
  table.format.null_values = {""};
  table.format.comment = 'a';
  EXPECT_EQ(CsvOf(table, 0, 1), "\"a;b\",2020-02-29,5\n") << "would be a comment";
}

TEST(Generate, QuotesAreDoubledOrEscaped) {
  std::string quote = "{provider: constant, value: 'a\"b\\c'}";
  Table table = MakeTable({MakeColumn("x", arrow::utf8(), quote)});
  EXPECT_EQ(CsvOf(table, 0, 1), "\"a\"\"b\\c\"\n");
  table.format.escape = '\\';
  EXPECT_EQ(CsvOf(table, 0, 1), "\"a\\\"b\\\\c\"\n");
  table.format.quote = '\'';
  EXPECT_EQ(CsvOf(table, 0, 1), "a\"b\\c\n");
  table.format.quote = '\0';
  table.format.delimiter = 'b';
  EXPECT_EQ(ErrorOf(table),
            "column x can hold the delimiter, and the format has no quote character (set quote in "
            "tamis.format)\n");
}

TEST(Generate, HeaderFollowsTheFormat) {
  Table table = MakeTable({MakeColumn("a,b", arrow::int32()), MakeColumn("c", arrow::int32())});
  auto header = [&] { return CsvProgram::Make(Compile(table), table.format)->header(); };
  EXPECT_EQ(header(), "\"a,b\",c\n");
  table.format.skip_lines = 2;
  EXPECT_EQ(header(), "\n\n\"a,b\",c\n");
  table.format.header = false;
  EXPECT_EQ(header(), "\n\n");
}

TEST(Generate, LongTextsAndManyColumnsFit) {
  std::string big(500, 'x');
  std::vector<Column> columns;
  for (int i = 0; i < 60; ++i) {
    columns.push_back(MakeColumn("c" + std::to_string(i), arrow::utf8(),
                                 i % 2 ? "{provider: choice, values: [" + big + ", y]}"
                                       : "{provider: constant, value: " + big + "}"));
  }
  std::vector<std::string> lines = ColumnOf(MakeTable(columns), 1000);
  ASSERT_EQ(lines.size(), 1000);
  for (const std::string& line : lines) {
    std::vector<std::string> fields = SplitWords(line, ',');
    ASSERT_EQ(fields.size(), 60);
    for (size_t i = 0; i < 60; ++i) ASSERT_TRUE(fields[i] == big || (i % 2 && fields[i] == "y"));
  }
}

TEST(Generate, CityStateAndZipBelongTogether) {
  const Places& places = UsPlaces();
  Table table = MakeTable({MakeColumn("city", arrow::utf8()), MakeColumn("state", arrow::utf8()),
                           MakeColumn("zip", arrow::utf8()), MakeColumn("address", arrow::utf8())});
  for (const std::string& line : ColumnOf(table, 20000)) {
    std::vector<std::string> field = SplitWords(line, ',');
    ASSERT_THAT(line, HasSubstr(", " + field[0] + ", " + field[1] + " " + field[2] + "\""));
    auto state = std::find(places.states->words().begin(), places.states->words().end(), field[1]);
    ASSERT_NE(state, places.states->words().end());
    auto [low, high] =
        places.zip_prefixes[static_cast<size_t>(state - places.states->words().begin())];
    int64_t prefix = std::stol(field[2].substr(0, 3));
    ASSERT_TRUE(low <= prefix && prefix <= high && field[2].size() == 5) << line;
  }
}

TEST(Generate, PrefixesKeepPlacesApart) {
  Table table = MakeTable({MakeColumn("billing_city", arrow::utf8()),
                           MakeColumn("billingZipCode", arrow::utf8()),
                           MakeColumn("shipping_city", arrow::utf8()),
                           MakeColumn("x", arrow::utf8(), "{provider: state, of: shipping}"),
                           MakeColumn("shipping_address", arrow::utf8())});
  size_t same_city = 0;
  for (const std::string& line : ColumnOf(table, 2000)) {
    std::vector<std::string> field = SplitWords(line, ',');
    ASSERT_THAT(line, HasSubstr(", " + field[2] + ", " + field[3]));
    same_city += field[0] == field[2];
  }
  EXPECT_LT(same_city, 200);
}

TEST(Generate, EmailIsThePersonsOwn) {
  Table table =
      MakeTable({MakeColumn("first_name", arrow::utf8()), MakeColumn("last_name", arrow::utf8()),
                 MakeColumn("email", arrow::utf8())});
  for (const std::string& line : ColumnOf(table, 500)) {
    std::vector<std::string> field = SplitWords(line, ',');
    std::string mail = field[0] + "." + field[1];
    std::transform(mail.begin(), mail.end(), mail.begin(), [](char c) { return std::tolower(c); });
    ASSERT_EQ(field[2].substr(0, mail.size()), mail);
    ASSERT_THAT(field[2], HasSubstr("@example."));
  }
  table.columns[2].unique = true;
  std::set<std::string> mails;
  for (const std::string& line : ColumnOf(table, 5000)) mails.insert(SplitWords(line, ',')[2]);
  EXPECT_EQ(mails.size(), 5000);
}

TEST(Generate, DatesOfBirthCoverTheirRange) {
  std::vector<std::string> dates =
      ColumnOf(MakeTable({MakeColumn("dob", arrow::date32())}), 500000);
  auto [first, last] = std::minmax_element(dates.begin(), dates.end());
  EXPECT_EQ(*first, "1940-01-01");
  EXPECT_EQ(*last, "2005-12-31");
}

TEST(Generate, BoundsOfTheContractHold) {
  Column column = MakeColumn("n", arrow::int16());
  column.minimum = Bound{"10", true, {}};
  column.maximum = Bound{"30", true, {}};
  column.multiple_of = Divisor{"5", {}};
  auto counts = CountValues(ColumnOf(MakeTable({column}), 5000));
  EXPECT_THAT(counts, testing::UnorderedElementsAre(testing::Key("15"), testing::Key("20"),
                                                    testing::Key("25")));
  column.minimum = Bound{"-40", false, {}};
  column.maximum = Bound{"-35", false, {}};
  counts = CountValues(ColumnOf(MakeTable({column}), 5000));
  EXPECT_THAT(counts, testing::UnorderedElementsAre(testing::Key("-40"), testing::Key("-35")));
}

TEST(Generate, MultiplesOfTheContractHold) {
  Column column = MakeColumn("n", arrow::decimal128(6, 2));
  column.minimum = Bound{"-0.30", false, {}};
  column.maximum = Bound{"0.50", true, {}};
  column.multiple_of = Divisor{"0.25", {}};
  auto counts = CountValues(ColumnOf(MakeTable({column}), 5000));
  EXPECT_THAT(counts, testing::UnorderedElementsAre(testing::Key("-0.25"), testing::Key("0.00"),
                                                    testing::Key("0.25")));
  column.minimum = Bound{"0.30", false, {}};
  EXPECT_EQ(CompileGenerator(MakeTable({column}), 1).status().message(),
            "no multiple of 0.25 lies between the bounds of column n");

  Column whole = MakeColumn("n", arrow::int32(), "{provider: sequence}");
  whole.multiple_of = Divisor{"2.5", {}};
  EXPECT_THAT(ColumnOf(MakeTable({whole}), 3), testing::ElementsAre("5", "10", "15"));
  whole = MakeColumn("n", arrow::int32(), "{provider: choice, values: [5, 7]}");
  whole.multiple_of = Divisor{"2.5", {}};
  EXPECT_EQ(CompileGenerator(MakeTable({whole}), 1).status().message(), "not a multiple of 2.5: 7");
  whole = MakeColumn("n", arrow::int32(), "{provider: sequence, step: 3}");
  whole.multiple_of = Divisor{"2.5", {}};
  EXPECT_EQ(CompileGenerator(MakeTable({whole}), 1).status().message(), "not a multiple of 2.5: 3");

  Column zip = MakeColumn("zip", arrow::int32(), "zip");  // zip keeps none
  zip.multiple_of = Divisor{"10", {}};
  EXPECT_EQ(CompileGenerator(MakeTable({zip}), 1).status().message(),
            "generator zip keeps no multipleOf");

  Column real = MakeColumn("n", arrow::float64());
  real.multiple_of = Divisor{"0.25", {}};
  EXPECT_EQ(CompileGenerator(MakeTable({real}), 1).status().message(),
            "multipleOf needs an integer or decimal column, not double");
}

TEST(Generate, FullWidthRangesDoNotOverflow) {
  Column column = MakeColumn("n", arrow::int8(), "{from: -128, to: 127}");
  EXPECT_EQ(CountValues(ColumnOf(MakeTable({column}), 20000)).size(), 256);
  column = MakeColumn("n", arrow::int64());
  column.minimum = Bound{"9223372036854775800", false, {}};
  EXPECT_EQ(CountValues(ColumnOf(MakeTable({column}), 2000)).size(), 8);
  column.minimum.reset();
  column.maximum = Bound{"-9223372036854775805", false, {}};
  EXPECT_EQ(CountValues(ColumnOf(MakeTable({column}), 2000)).size(), 4);
  column = MakeColumn("n", arrow::int64(), "{from: -9223372036854775808, to: 9223372036854775807}");
  EXPECT_THAT(ErrorOf(column), HasSubstr("the range of column n is too wide (set from and to)"));
}

TEST(Generate, UniformNumbersPassChiSquare) {
  constexpr size_t kRows = 200000, kValues = 100;
  std::map<std::string, double> expected;
  for (size_t i = 0; i < kValues; ++i) expected[std::to_string(i)] = double(kRows) / kValues;
  for (const char* name : {"a", "b", "c", "d"}) {
    Column column = MakeColumn(name, arrow::int32(), "{from: 0, to: 99}");
    double sum = ChiSquare(CountValues(ColumnOf(MakeTable({column}), kRows)), expected);
    EXPECT_LT(sum, ChiSquareLimit(kValues - 1));
  }
}

TEST(Generate, WeightedChoicesPassChiSquare) {
  constexpr double kRows = 100000;
  Column column = MakeColumn(
      "c", arrow::utf8(), "{provider: choice, values: [a, b, c, d], weights: [70, 20, 9.5, 0.5]}");
  auto counts = CountValues(ColumnOf(MakeTable({column}), size_t(kRows)));
  std::map<std::string, double> expected = {
      {"a", kRows * 0.7}, {"b", kRows * 0.2}, {"c", kRows * 0.095}, {"d", kRows * 0.005}};
  EXPECT_LT(ChiSquare(counts, expected), ChiSquareLimit(3));
  column.generate = Yaml("{provider: choice, values: [a, b], weights: [0, 1]}");
  EXPECT_EQ(CountValues(ColumnOf(MakeTable({column}), 1000)).size(), 1);
}

TEST(Generate, ColumnsOfARowAreIndependent) {
  constexpr double kRows = 160000;
  Table table = MakeTable({MakeColumn("a", arrow::int32(), "{from: 0, to: 3}"),
                           MakeColumn("b", arrow::int32(), "{from: 0, to: 3}")});
  std::map<std::string, double> expected;
  for (char a = '0'; a < '4'; ++a) {
    for (char b = '0'; b < '4'; ++b) expected[std::string{a, ',', b}] = kRows / 16;
  }
  EXPECT_LT(ChiSquare(CountValues(ColumnOf(table, size_t(kRows))), expected), ChiSquareLimit(15));
}

TEST(Generate, ProvidersFollowNamesAndTypes) {
  auto provider = [](Column column) -> std::string {
    return ChooseProvider(column).ValueOrDie().provider->name;
  };
  EXPECT_EQ(provider(MakeColumn("FirstName", arrow::utf8())), "first_name");
  EXPECT_EQ(provider(MakeColumn("spouse_surname", arrow::utf8())), "last_name");
  EXPECT_EQ(provider(MakeColumn("email_address", arrow::utf8())), "email");
  EXPECT_EQ(provider(MakeColumn("home_address", arrow::utf8())), "address");
  EXPECT_EQ(provider(MakeColumn("memory_address", arrow::utf8())), "sentence");
  EXPECT_EQ(provider(MakeColumn("job_state", arrow::utf8())), "sentence");
  EXPECT_EQ(provider(MakeColumn("city", arrow::int64())), "integer") << "not a text";
  Column column = MakeColumn("id", arrow::int64());
  column.primary_key_position = 1;
  EXPECT_EQ(provider(column), "sequence");
  column = MakeColumn("state", arrow::utf8());
  column.enum_values = {"OPEN", "CLOSED"};
  EXPECT_EQ(provider(column), "choice");
  column = MakeColumn("w", arrow::utf8());
  column.physical_length = 10;
  EXPECT_EQ(provider(column), "word");
}

TEST(Generate, ErrorsPointAndHint) {
  EXPECT_EQ(ErrorOf(MakeColumn("x", arrow::utf8(), "firstname")),
            "g.yaml:1:1: unknown generator: firstname (did you mean first_name?)\n"
            "  firstname\n  ^\n");
  EXPECT_EQ(ErrorOf(MakeColumn("x", arrow::int32(), "{form: 1, to: 2}")),
            "g.yaml:1:2: unknown key: form (did you mean from?)\n"
            "  {form: 1, to: 2}\n   ^\n");
  EXPECT_THAT(ErrorOf(MakeColumn("x", arrow::int32(), "city")),
              HasSubstr("generator city can't make column x of type int32 (of this type: "));
  EXPECT_THAT(ErrorOf(MakeColumn("x", arrow::int32(), "{from: 9, to: 2}")),
              HasSubstr("no value of column x lies between its bounds"));
  EXPECT_THAT(ErrorOf(MakeColumn("x", arrow::int32(), "{from: 1.5}")),
              HasSubstr("g.yaml:1:8: not a value of type int32: 1.5"));
  EXPECT_THAT(
      ErrorOf(MakeColumn("x", arrow::utf8(), "{provider: choice, values: [a], weights: [1, 2]}")),
      HasSubstr("2 weights for 1 values"));
  EXPECT_THAT(
      ErrorOf(MakeColumn("x", arrow::utf8(), "{provider: choice, values: [a], weights: [0]}")),
      HasSubstr("all weights are 0"));
  EXPECT_THAT(ErrorOf(MakeColumn("x", arrow::utf8(), "choice")), HasSubstr("choice has 0 values"));
  EXPECT_THAT(ErrorOf(MakeColumn("x", arrow::utf8(), "constant")), HasSubstr("value"));
  EXPECT_THAT(ErrorOf(MakeColumn("x", arrow::utf8(), "{provider: sentence, words: 0}")),
              HasSubstr("a sentence has 1 to 100 words"));
  EXPECT_THAT(ErrorOf(MakeColumn("x", arrow::list(arrow::int32()))),
              HasSubstr("no generator makes column x of type list"));
}

TEST(Generate, WhatWouldBreakTheContractIsRefused) {
  Column column = MakeColumn("x", arrow::utf8(), "city");
  column.physical_length = 5;
  EXPECT_THAT(ErrorOf(column), HasSubstr("generator city makes texts of up to 17 characters, but "
                                         "column x holds 5"));
  column = MakeColumn("first_name", arrow::utf8(), "first_name");
  column.unique = true;
  EXPECT_THAT(ErrorOf(column),
              HasSubstr("column first_name must be unique, and generator first_name "
                        "repeats values (use sequence or uuid)"));
  column = MakeColumn("x", arrow::utf8());
  column.pattern = "^a^b$";
  EXPECT_THAT(ErrorOf(column), HasSubstr("no text can be made with an anchor inside it"));
  column = MakeColumn("x", arrow::int32(), "{from: -1}");
  column.minimum = Bound{"0", false, {}};
  EXPECT_THAT(ErrorOf(column), HasSubstr("from lies outside the bounds of column x: -1"));
  column = MakeColumn("x", arrow::utf8(), "{provider: choice, values: [OPEN, SHUT]}");
  column.enum_values = {"OPEN", "CLOSED"};
  EXPECT_THAT(ErrorOf(column), HasSubstr("not in the enum of column x: SHUT"));
}

TEST(Generate, SequencesThatOutgrowTheirColumnAreRefused) {
  auto program = Compile(MakeTable({MakeColumn("id", arrow::int8(), "sequence")}));
  EXPECT_TRUE(CheckRows(*program, 0, 127).ok());
  EXPECT_THAT(FormatError(CheckRows(*program, 0, 128)),
              HasSubstr("column id can't number 128 rows: its type ends at 127"));
  EXPECT_FALSE(CheckRows(*program, 127, 1).ok());
  Column column = MakeColumn("id", arrow::utf8(), "sequence");
  column.physical_length = 2;
  program = Compile(MakeTable({column}));
  EXPECT_TRUE(CheckRows(*program, 0, 99).ok());
  EXPECT_FALSE(CheckRows(*program, 0, 100).ok());
}

TEST(Words, AreManyAndDistinct) {
  auto distinct = [](const WordList& list) {
    return std::set<std::string>(list.words().begin(), list.words().end()).size();
  };
  EXPECT_GE(FirstNames().words->size(), 500);
  EXPECT_GE(LastNames().words->size(), 1000);
  EXPECT_EQ(distinct(*FirstNames().words), FirstNames().words->size());
  EXPECT_EQ(distinct(*LastNames().words), LastNames().words->size());
  EXPECT_EQ(distinct(*UsPlaces().cities_with_state), UsPlaces().cities->size());
  EXPECT_EQ(distinct(*UsPlaces().states), 51);
  for (const auto* names : {&FirstNames(), &LastNames(), &StreetNames(), &StreetSuffixes()}) {
    std::set<uint16_t> drawn(names->quantiles->begin(), names->quantiles->end());
    EXPECT_EQ(drawn.size(), names->words->size()) << "every word can be drawn";
  }
}

TEST(Words, EveryZipRangeLiesInItsState) {
  const Places& places = UsPlaces();
  std::map<int64_t, int> cities;
  for (size_t i = 0; i < places.cities->size(); ++i) {
    int64_t state = (*places.state_of_city)[i], first = (*places.zip_first)[i];
    auto [low, high] = places.zip_prefixes[static_cast<size_t>(state)];
    EXPECT_GE(first / 100, low) << (*places.cities_with_state)[i];
    EXPECT_LE((first + (*places.zip_count)[i] - 1) / 100, high) << (*places.cities_with_state)[i];
    EXPECT_GE((*places.zip_count)[i], 1);
    ++cities[state];
  }
  EXPECT_EQ(cities.size(), 51);
  // Only the District of Columbia has one city.
  for (const auto& [state, count] : cities) {
    bool district = (*places.states)[static_cast<size_t>(state)] == "DC";
    EXPECT_GE(count, district ? 1 : 6);
  }
}

TEST(Words, QuantilesAreExactWhereTheyCanBe) {
  std::vector<uint64_t> weights = {3, 0, 1};
  EXPECT_THAT(*MakeQuantiles(weights, 4), testing::ElementsAre(0, 0, 0, 2));
  std::vector<uint64_t> steep = {1'000'000, 1};
  auto table = *MakeQuantiles(steep, 8);
  EXPECT_THAT(table, testing::ElementsAre(0, 0, 0, 0, 0, 0, 0, 1)) << "the rare one is kept";
  std::vector<uint64_t> names = ZipfWeights(1000, 10);
  EXPECT_EQ(MakeQuantiles(names, 8192)->size(), 8192);
}

}  // namespace
}  // namespace tamis
