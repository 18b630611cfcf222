// CSV under a contract: values, issues, places, headers; the same rows for every chunk size and
// number of threads.
#include "format/csv_source.h"

#include <arrow/array.h>
#include <arrow/scalar.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "storage/memory.h"

namespace tamis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Table MakeTable(const std::vector<std::pair<std::string, std::shared_ptr<arrow::DataType>>>& of) {
  Table table;
  table.name = "t";
  for (const auto& [name, type] : of) {
    Column column;
    column.name = name;
    column.type = type;
    table.columns.push_back(column);
  }
  return table;
}

std::shared_ptr<Storage> With(const std::map<std::string, std::string>& files) {
  std::shared_ptr<Storage> storage = MakeMemoryStorage();
  for (const auto& [path, bytes] : files) {
    auto file = storage->OpenWrite(path).ValueOrDie();
    EXPECT_TRUE(file->Append(bytes).ok());
    EXPECT_TRUE(file->Close().ok());
  }
  return storage;
}

/// Everything that a source says about one row.
struct SeenRow {
  std::vector<std::string> values;
  std::vector<std::string> issues;  // rule column detail
  std::string file, raw;
  int64_t record = 0, line = 0, offset = 0;
  bool operator==(const SeenRow&) const = default;
};

void PrintTo(const SeenRow& row, std::ostream* out) {
  *out << row.file << ":" << row.line << " #" << row.record << " @" << row.offset << " "
       << testing::PrintToString(row.raw) << " " << testing::PrintToString(row.values) << " "
       << testing::PrintToString(row.issues);
}

std::string Shown(const arrow::Array& array, int64_t row) {
  const auto scalar = array.GetScalar(row).ValueOrDie();
  if (!scalar->is_valid) return "NULL";
  if (array.type_id() == arrow::Type::DICTIONARY) {
    const auto& encoded = static_cast<const arrow::DictionaryArray&>(array);
    return Shown(*encoded.dictionary(), encoded.GetValueIndex(row));
  }
  return scalar->ToString();
}

std::vector<SeenRow> RowsOf(const Chunk& chunk) {
  EXPECT_TRUE(chunk.batch->ValidateFull().ok()) << chunk.batch->ValidateFull();
  std::vector<SeenRow> rows(static_cast<size_t>(chunk.batch->num_rows()));
  for (size_t r = 0; r < rows.size(); ++r) {
    for (const auto& column : chunk.batch->columns()) {
      rows[r].values.push_back(Shown(*column, static_cast<int64_t>(r)));
    }
    Reject reject;
    chunk.origin->Locate(static_cast<int64_t>(r), &reject);
    rows[r].file = reject.file;
    rows[r].raw = reject.raw;
    rows[r].record = reject.record;
    rows[r].line = reject.line;
    rows[r].offset = reject.byte_offset;
  }
  for (const CellIssue& issue : chunk.issues) {
    std::string text = RuleName(issue.rule);
    text += " " + std::to_string(issue.column);
    if (!issue.detail.empty()) text += " " + issue.detail;
    rows[static_cast<size_t>(issue.row)].issues.push_back(text);
  }
  return rows;
}

/// All rows in the order of their chunks; also checks that chunks are numbered 0, 1, 2, ...
Result<std::vector<SeenRow>> ReadAll(const std::shared_ptr<Storage>& storage,
                                     const std::vector<std::string>& paths, const Table& table,
                                     const CsvSourceOptions& options = {}, int threads = 1) {
  ARROW_ASSIGN_OR_RAISE(auto source, CsvSource::Open(storage, paths, table, options));
  std::mutex mutex;
  std::map<int64_t, std::vector<SeenRow>> chunks;
  Status failure;
  auto work = [&] {
    while (true) {
      auto next = source->Next();
      std::lock_guard lock(mutex);
      if (!next.ok()) failure = next.status();
      if (!next.ok() || !*next) return;
      EXPECT_TRUE(chunks.emplace((*next)->index, RowsOf(**next)).second);
    }
  };
  std::vector<std::thread> workers;
  for (int i = 1; i < threads; ++i) workers.emplace_back(work);
  work();
  for (std::thread& worker : workers) worker.join();
  ARROW_RETURN_NOT_OK(failure);
  std::vector<SeenRow> rows;
  int64_t expected = 0;
  for (auto& [index, more] : chunks) {
    EXPECT_EQ(index, expected++);
    std::move(more.begin(), more.end(), std::back_inserter(rows));
  }
  return rows;
}

std::vector<SeenRow> Rows(const std::string& text, const Table& table,
                          const CsvSourceOptions& options = {}) {
  auto rows = ReadAll(With({{"/in.csv", text}}), {"/in.csv"}, table, options);
  EXPECT_TRUE(rows.ok()) << rows.status();
  return rows.ok() ? *rows : std::vector<SeenRow>{};
}

std::string ErrorOf(const std::string& bytes, const Table& table) {
  auto rows = ReadAll(With({{"/in.csv", bytes}}), {"/in.csv"}, table);
  return rows.ok() ? "no error" : FormatError(rows.status());
}

Table Text(const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, std::shared_ptr<arrow::DataType>>> columns;
  for (const std::string& name : names) columns.emplace_back(name, arrow::utf8());
  return MakeTable(columns);
}

TEST(CsvSource, TypesValues) {
  const Table table = MakeTable({{"b", arrow::boolean()},
                                 {"i8", arrow::int8()},
                                 {"u64", arrow::uint64()},
                                 {"f", arrow::float32()},
                                 {"d", arrow::float64()},
                                 {"dec", arrow::decimal128(6, 2)},
                                 {"day", arrow::date32()},
                                 {"t", arrow::time64(arrow::TimeUnit::MICRO)},
                                 {"ts", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC")},
                                 {"s", arrow::utf8()},
                                 {"bin", arrow::binary()}});
  const auto rows = Rows(
      "b,i8,u64,f,d,dec,day,t,ts,s,bin\n"
      "true,-128,18446744073709551615,1.5,-2.25e3,1234.5,2024-02-29,23:59:58.5,"
      "2023-03-04T05:00:00-07:00,caf\xC3\xA9,x\n"
      "f,127,0,NaN,-inf,-0.01,0001-01-01,00:00,2023-03-04 05:00:00,\"a,\"\"b\"\"\",\xFF\n"
      ",,,,,,,,,,\n"
      "\"1\",\"7\",\"\",\"1\",\"1\",\"1\",\"2024-01-01\",\"01:02\",\"2024-01-01\",\"\",\"\"\n",
      table);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_THAT(
      rows[0].values,
      ElementsAre("true", "-128", "18446744073709551615", "1.5", "-2250", "1234.50", "2024-02-29",
                  "23:59:58.500000", "2023-03-04 12:00:00.000000Z", "caf\xC3\xA9", testing::_));
  EXPECT_THAT(rows[1].values,
              ElementsAre("false", "127", "0", "nan", "-inf", "-0.01", "0001-01-01",
                          "00:00:00.000000", "2023-03-04 05:00:00.000000Z", "a,\"b\"", testing::_));
  EXPECT_EQ(rows[2].values, std::vector<std::string>(11, "NULL"));
  EXPECT_THAT(rows[3].values,
              ElementsAre("true", "7", "NULL", "1", "1", "1.00", "2024-01-01", "01:02:00.000000",
                          "2024-01-01 00:00:00.000000Z", "", testing::_));
  for (const SeenRow& row : rows) EXPECT_THAT(row.issues, testing::IsEmpty());
}

TEST(CsvSource, KeepsAllReasonsOfARow) {
  const Table table = MakeTable({{"id", arrow::int32()},
                                 {"d", arrow::decimal128(4, 2)},
                                 {"ts", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC")},
                                 {"s", arrow::utf8()}});
  const auto rows = Rows(
      "id,d,ts,s\n"
      "x1,1.234,2023-13-01,a\n"
      "99999999999,123.4,2023-01-01,b\xFF\n"
      "1,1\n"
      "\"1\"2,1,2023-01-01,c\n"
      "5,1,2023-01-01,\"d\nd\"\n"
      "6,1 ,2023-01-01,e" +
          std::string(1, '\0') +
          "\n"
          "7,1,2023-01-01,\"open\n",
      table);
  ASSERT_EQ(rows.size(), 7U);
  EXPECT_THAT(rows[0].issues,
              ElementsAre("type 0 int", "overflow 1 decimal(4,2)", HasSubstr("type 2 timestamp")));
  EXPECT_THAT(rows[0].values, ElementsAre("NULL", "NULL", "NULL", "a"));
  EXPECT_THAT(rows[1].issues,
              ElementsAre("overflow 0 int", "overflow 1 decimal(4,2)", "encoding 3"));
  EXPECT_THAT(rows[1].values, ElementsAre("NULL", "NULL", testing::_, "NULL"));
  EXPECT_THAT(rows[2].issues, ElementsAre("column_count -1 2 of 4"));
  EXPECT_THAT(rows[3].issues, ElementsAre("quote -1 text after it"));
  EXPECT_THAT(rows[3].values, ElementsAre("NULL", "NULL", "NULL", "NULL"));
  EXPECT_EQ(rows[3].raw, "\"1\"2,1,2023-01-01,c");
  EXPECT_EQ(rows[3].line, 5);
  EXPECT_THAT(rows[4].issues, testing::IsEmpty());
  EXPECT_EQ(rows[4].raw, "5,1,2023-01-01,\"d\nd\"");
  EXPECT_THAT(rows[5].issues, ElementsAre("type 1 decimal(4,2)", "nul 3"));
  EXPECT_EQ(rows[5].line, 8);  // a quoted line end lies before it
  EXPECT_EQ(rows[5].record, 6);
  EXPECT_THAT(rows[6].issues, ElementsAre("quote -1 not closed"));
}

TEST(CsvSource, FindsTheFieldsText) {
  auto storage = With({{"/in.csv", "b,a\n\"x\"\"\",1y\n"}});
  const Table table = MakeTable({{"a", arrow::int32()}, {"b", arrow::utf8()}});
  auto source = CsvSource::Open(storage, {"/in.csv"}, table).ValueOrDie();
  const Chunk chunk = *source->Next().ValueOrDie();
  EXPECT_EQ(chunk.origin->Field(0, 0), "1y");
  EXPECT_EQ(chunk.origin->Field(0, 1), "\"x\"\"\"");
  EXPECT_EQ(source->TotalBytes(), 13);
  EXPECT_EQ(source->ReadBytes(), 13);
}

TEST(CsvSource, NullValuesAreTheContracts) {
  Table table = Text({"a", "b"});
  table.format.null_values = {"NA", "-"};
  const auto rows = Rows("a,b\nNA,\"NA\"\n-,\n", table);
  EXPECT_THAT(rows[0].values, ElementsAre("NULL", "NA"));
  EXPECT_THAT(rows[1].values, ElementsAre("NULL", ""));
}

TEST(CsvSource, MatchesTheHeaderInAnyOrder) {
  auto storage = With({{"/in.csv", "\xEF\xBB\xBF\"c\",extra,a\r\n1,2,3\r\n"}});
  const Table table = Text({"a", "c"});
  auto source = CsvSource::Open(storage, {"/in.csv"}, table).ValueOrDie();
  EXPECT_THAT(source->Warnings(),
              ElementsAre("/in.csv: columns that the contract doesn't have are left out: extra"));
  EXPECT_THAT(RowsOf(*source->Next().ValueOrDie())[0].values, ElementsAre("3", "1"));
}

TEST(CsvSource, SaysWhatIsWrongWithAFile) {
  const Table table = Text({"name", "city"});
  EXPECT_EQ(ErrorOf("", table),
            "/in.csv: empty file (a CSV file has a header line; without one say header: false)\n");
  EXPECT_EQ(ErrorOf("\n\r\n", table), "/in.csv: no header, only empty lines and comments\n");
  EXPECT_THAT(ErrorOf("nmae,city\n", table),
              HasSubstr("/in.csv:1:1: the header lacks column name (is it nmae in the header?)"));
  EXPECT_THAT(ErrorOf("x,y\n", table),
              HasSubstr("/in.csv:1:1: the header lacks columns name, city (the header has: x, y)"));
  EXPECT_THAT(ErrorOf("name,city,name\n", table),
              HasSubstr("/in.csv:1:11: the header has column name twice"));
  EXPECT_THAT(ErrorOf("name,\"city\"x\n", table), HasSubstr("the header has a broken quote"));
  EXPECT_EQ(ErrorOf(std::string("PAR1\x15\x04\x00", 7), table),
            "/in.csv: not a CSV file, it seems to be a Parquet file (use format parquet)\n");
  EXPECT_THAT(ErrorOf(std::string("PK\x03\x04 and so on", 14), table), HasSubstr("Excel"));
  EXPECT_THAT(ErrorOf(std::string("n\0a\0m\0e\0\n\0", 10), table), HasSubstr("NUL bytes"));
  EXPECT_THAT(ErrorOf(std::string("\xFF\xFEn\0", 4), table), HasSubstr("UTF-16"));
  EXPECT_EQ(ErrorOf("name,city\n", table), "no error");
  EXPECT_EQ(ErrorOf("name,city", table), "no error");
  auto missing = ReadAll(With({}), {"/none.csv"}, table);
  EXPECT_EQ(ExitCodeOf(missing.status()), ExitCode::kIo);
  Table nested = Text({"a"});
  nested.columns[0].type = arrow::list(arrow::int32());
  EXPECT_THAT(ErrorOf("a\n", nested), HasSubstr("CSV has no text for column a"));
}

TEST(CsvSource, ReadsWithoutHeaderBehindSkippedLinesAndComments) {
  Table table = Text({"a", "b"});
  table.format.header = false;
  table.format.skip_lines = 2;
  table.format.comment = '#';
  const auto rows = Rows("junk \"\n\nx,1\n# no, record\n\ny,#2\n#", table);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[1].values, ElementsAre("y", "#2"));
  EXPECT_EQ(rows[1].line, 6);
  EXPECT_EQ(rows[1].record, 2);
  EXPECT_THAT(Rows("", table), testing::IsEmpty());
}

TEST(CsvSource, TranscodesLatin1) {
  Table table = Text({"caf\xC3\xA9", "b"});
  table.format.encoding = "latin-1";
  CsvSourceOptions options;
  options.dictionary_columns = {1};
  std::string text = "caf\xE9,b\n";
  for (int i = 0; i < 100; ++i)
    text +=
        "\xFC"
        "ber,stra\xDF"
        "e\n";
  for (const auto& row : Rows(text, table, options)) {
    EXPECT_THAT(row.values, ElementsAre("\xC3\xBC"
                                        "ber",
                                        "stra\xC3\x9F"
                                        "e"));
  }
}

TEST(CsvSource, MakesDictionariesWhereValuesRepeat) {
  std::string text = "a,b\n";
  std::vector<std::string> words = {"Open", "",   "a text of more than sixteen bytes",
                                    "x",    "NA", "a text of more than sixteen bytez"};
  for (int i = 0; i < 3000; ++i) {
    text += words[static_cast<size_t>(i) % words.size()] + "," + std::to_string(i) + "\n";
  }
  CsvSourceOptions options;
  options.dictionary_columns = {0, 1};
  const Table table = Text({"a", "b"});
  auto source = CsvSource::Open(With({{"/in.csv", text}}), {"/in.csv"}, table, options);
  const Chunk chunk = *(*source)->Next().ValueOrDie();
  EXPECT_EQ(chunk.batch->column(0)->type_id(), arrow::Type::DICTIONARY);
  EXPECT_EQ(chunk.batch->column(1)->type_id(), arrow::Type::STRING);  // all distinct
  EXPECT_EQ((*source)->schema()->field(0)->type()->id(), arrow::Type::STRING);
  const auto& encoded = static_cast<const arrow::DictionaryArray&>(*chunk.batch->column(0));
  EXPECT_EQ(encoded.dictionary()->length(), 5);
  EXPECT_EQ(Rows(text, table, options), Rows(text, table));
  options = {};
  options.dictionary_text = true;
  source = CsvSource::Open(With({{"/in.csv", text}}), {"/in.csv"}, table, options);
  EXPECT_EQ((*source)->Next().ValueOrDie()->batch->column(0)->type_id(), arrow::Type::DICTIONARY);
}

TEST(CsvSource, DeliversWantedColumnsAndChecksTheOthers) {
  const Table table = MakeTable({{"a", arrow::int32()}, {"b", arrow::int32()}});
  CsvSourceOptions options;
  options.columns = std::vector<int>{1};
  const auto rows = Rows("a,b\nx,2\n", table, options);
  EXPECT_THAT(rows[0].values, ElementsAre("2"));
  EXPECT_THAT(rows[0].issues, ElementsAre("type 0 int"));
}

std::string Gzip(const std::string& bytes) {
  z_stream zlib{};
  deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zlib, bytes.size()) + 100, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&zlib, Z_FINISH), Z_STREAM_END);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

std::string Zstd(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

/// Records with everything that is hard, some of them wrong.
std::string Torture(uint64_t seed, size_t bytes) {
  std::mt19937_64 random(seed);
  const std::vector<std::string> fields = {
      "1",          "\"2\n3\"",      "",           "\"\"",
      "\"a\"\"b\"", "x\"y",          "\"\n\n\n\"", "long text that goes on",
      "\"q,\r\n\"", "\xC3\xA9",      "\"c\"d",     "\r",
      "-5",         "\"\"\"\n\"\"\""};
  std::string text = "n,s,u\n";
  while (text.size() < bytes) {
    const int count = random() % 20 == 0 ? static_cast<int>(random() % 5) : 3;
    for (int c = 0; c < count; ++c) {
      if (c) text += ',';
      text += fields[random() % fields.size()];
    }
    text += random() % 4 ? "\n" : "\r\n";
  }
  if (seed % 2) text.pop_back();
  return text;
}

TEST(CsvSource, RowsDoNotDependOnChunksThreadsOrCompression) {
  const Table table =
      MakeTable({{"n", arrow::int32()}, {"s", arrow::utf8()}, {"u", arrow::utf8()}});
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    const std::string text = Torture(seed, 1500);
    const std::string half = text.substr(0, 700);
    auto storage = With({{"/in.csv", text},
                         {"/in.csv.gz", Gzip(half) + Gzip(text.substr(700))},
                         {"/in.csv.zst", Zstd(half) + Zstd(text.substr(700))}});
    const std::vector<SeenRow> whole = ReadAll(storage, {"/in.csv"}, table).ValueOrDie();
    ASSERT_GT(whole.size(), 50U);
    for (int64_t chunk_bytes = 1; chunk_bytes <= 100; ++chunk_bytes) {
      CsvSourceOptions options;
      options.chunk_bytes = chunk_bytes;
      for (int threads : {1, 4}) {
        EXPECT_EQ(ReadAll(storage, {"/in.csv"}, table, options, threads).ValueOrDie(), whole)
            << "seed " << seed << " chunk " << chunk_bytes << " threads " << threads;
      }
      if (chunk_bytes % 9 != 1) continue;
      for (const std::string path : {"/in.csv.gz", "/in.csv.zst"}) {
        auto rows = ReadAll(storage, {path}, table, options, 4).ValueOrDie();
        for (SeenRow& row : rows) row.file = "/in.csv";
        EXPECT_EQ(rows, whole) << path << " chunk " << chunk_bytes;
      }
    }
  }
}

TEST(CsvSource, ZstdMayBeginWithASkippableFrame) {
  for (const char low : {'\x50', '\x5f'}) {
    const std::string skippable = std::string{low, 0x2A, 0x4D, 0x18, 4, 0, 0, 0} + "abcd";
    auto storage = With({{"/in.csv.zst", skippable + Zstd("a\n1\n") + skippable + Zstd("2\n")}});
    const auto rows = ReadAll(storage, {"/in.csv.zst"}, Text({"a"}));
    ASSERT_TRUE(rows.ok()) << FormatError(rows.status());
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_THAT((*rows)[1].values, ElementsAre("2"));
  }
}

TEST(CsvSource, LosesNoByteOfTheInput) {
  const Table table = Text({"n", "s", "u"});
  const std::string text = Torture(4, 30000);
  size_t at = text.find('\n') + 1;
  for (const SeenRow& row : Rows(text, table)) {
    while (text.compare(at, row.raw.size(), row.raw) != 0 ||
           static_cast<int64_t>(at) != row.offset) {
      ASSERT_TRUE(text[at] == '\n' || text[at] == '\r') << at;  // line ends and empty lines
      ++at;
    }
    EXPECT_EQ(row.line, std::count(text.begin(), text.begin() + row.offset, '\n') + 1);
    at += row.raw.size();
  }
  EXPECT_LE(text.size() - at, 2U);
}

TEST(CsvSource, ReadsFilesOneAfterTheOther) {
  auto storage = With({{"/1.csv", "a,b\n1,2\n"}, {"/2.csv", "b,a\n3,4\n5,6"}, {"/3.csv", "a,b\n"}});
  CsvSourceOptions options;
  options.chunk_bytes = 3;
  const auto rows =
      ReadAll(storage, {"/1.csv", "/2.csv", "/3.csv"}, Text({"a", "b"}), options, 3).ValueOrDie();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_THAT(rows[1].values, ElementsAre("4", "3"));
  EXPECT_EQ(rows[2].record, 2);
  EXPECT_EQ(rows[2].file, "/2.csv");
  EXPECT_EQ(rows[2].line, 3);
}

TEST(CsvSource, ReadsFieldsOfAMegabyte) {
  const std::string field(1 << 20, 'z');
  std::string text = "a,b\n";
  for (int i = 0; i < 5; ++i) text += field + ",\"" + field + "\n\"\n";
  CsvSourceOptions options;
  for (int64_t chunk_bytes : {1000, 100000, 1 << 20}) {
    options.chunk_bytes = chunk_bytes;
    auto rows = ReadAll(With({{"/in.csv", text}}), {"/in.csv"}, Text({"a", "b"}), options, 4);
    ASSERT_EQ(rows->size(), 5U);
    for (const SeenRow& row : *rows) EXPECT_EQ(row.values[1].size(), field.size() + 1);
  }
}

TEST(CsvSource, RefusesRecordsThatAreTooLong) {
  std::string text = "a,b\n1,\"open\n";
  for (int i = 0; i < 100; ++i) text += "2,3\n";
  CsvSourceOptions options;
  options.record_bytes_max = 40;
  for (int64_t chunk_bytes : {1, 7, 50, 1000}) {
    options.chunk_bytes = chunk_bytes;
    const auto rows = Rows(text, Text({"a", "b"}), options);
    EXPECT_THAT(rows[0].issues, ElementsAre("too_long -1"));
    EXPECT_EQ(rows[0].raw.size() + 1 + 4 * (rows.size() - 1), text.size() - 4);
    EXPECT_THAT(rows[1].values, ElementsAre("2", "3"));
  }
  options.chunk_bytes = 10;
  const Status endless = ReadAll(With({{"/in.csv", "a,b\n" + std::string(200, 'x')}}), {"/in.csv"},
                                 Text({"a", "b"}), options, 3)
                             .status();
  EXPECT_THAT(FormatError(endless), HasSubstr("without a line end"));
}

TEST(CsvSource, ReportsDamagedCompression) {
  const std::string text = Torture(2, 20000);
  const Table table = Text({"n", "s", "u"});
  for (const std::string& bytes : {Gzip(text), Zstd(text)}) {
    EXPECT_THAT(ErrorOf(bytes.substr(0, bytes.size() - 5), table), HasSubstr("ends early"));
    EXPECT_THAT(ErrorOf(bytes + "garbage behind it", table), HasSubstr("damaged"));
    std::string flipped = bytes;
    flipped[bytes.size() / 2] = static_cast<char>(flipped[bytes.size() / 2] ^ 0x55);
    EXPECT_NE(ErrorOf(flipped, table), "no error");
  }
  EXPECT_EQ(ErrorOf(Gzip(text) + std::string(1000, '\0'), table), "no error");
}

TEST(CsvSource, ReadsTheHeaderAlone) {
  auto storage = With({{"/in.csv", "# c\na,\"b c\"\n1,2,3\n"}});
  FormatOptions format;
  format.comment = '#';
  EXPECT_THAT(*ReadCsvHeader(storage, "/in.csv", format), ElementsAre("a", "b c"));
  format.header = false;
  format.skip_lines = 2;
  EXPECT_THAT(*ReadCsvHeader(storage, "/in.csv", format),
              ElementsAre("column1", "column2", "column3"));
}

TEST(CsvSource, OpensAPipeOnceWithoutAContract) {
  const std::string path = testing::TempDir() + "csv_source_test.pipe";
  ::unlink(path.c_str());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(path) << "a,b\n1,\"2\n3\"\n"; });
  auto source = CsvSource::OpenAsText(LocalStorage(), {path}, FormatOptions{});
  writer.join();
  ASSERT_TRUE(source.ok()) << source.status();
  EXPECT_EQ((*source)->table().columns[1].name, "b");
  EXPECT_THAT(RowsOf(*(*source)->Next().ValueOrDie())[0].values, ElementsAre("1", "2\n3"));
  EXPECT_EQ((*source)->TotalBytes(), 0);
  ::unlink(path.c_str());
}

TEST(CsvSource, RefusesDialectsThatContradictThemselves) {
  Table table = Text({"a"});
  table.format.delimiter = '"';
  EXPECT_THAT(ErrorOf("a\n", table), HasSubstr("delimiter and quote are the same"));
  table.format.delimiter = '\n';
  EXPECT_THAT(ErrorOf("a\n", table), HasSubstr("a line end can't be"));
}

}  // namespace
}  // namespace tamis
