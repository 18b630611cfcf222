// JSON lines under a contract: values, issues, places; the same rows for every chunk size and
// number of threads; what is written reads back the same; compressed files.
#include "format/jsonl_source.h"

#include <arrow/array.h>
#include <arrow/scalar.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "base/dictionary.h"
#include "format/compress.h"
#include "format/jsonl_sink.h"
#include "format/orc.h"
#include "storage/memory.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Column MakeColumn(const std::string& name, const std::shared_ptr<arrow::DataType>& type) {
  Column column;
  column.name = name;
  column.type = type;
  for (const auto& field : type->fields()) {
    column.children.push_back(MakeColumn(field->name(), field->type()));
  }
  if (type->id() == arrow::Type::MAP) {
    const auto& map = static_cast<const arrow::MapType&>(*type);
    column.children = {MakeColumn("key", map.key_type()), MakeColumn("value", map.item_type())};
  }
  return column;
}

Table MakeTable(const arrow::FieldVector& fields) {
  Table table;
  table.name = "t";
  for (const auto& field : fields) {
    table.columns.push_back(MakeColumn(field->name(), field->type()));
  }
  return table;
}

std::shared_ptr<Storage> With(const std::string& text) {
  auto storage = MakeMemoryStorage();
  auto file = storage->OpenWrite("/in.jsonl").ValueOrDie();
  EXPECT_TRUE(file->Append(text).ok() && file->Close().ok());
  return storage;
}

struct ReadResult {
  std::vector<std::string> rows;  // as text, bad ones too
  std::vector<std::string> issues;
  std::vector<std::string> warnings;
  bool operator==(const ReadResult&) const = default;
};

void Describe(const JsonlSource& source, const Chunk& chunk, ReadResult* out) {
  const auto batch = DecodeDictionaries(*chunk.batch).ValueOrDie();
  for (int64_t row = 0; row < batch->num_rows(); ++row) {
    std::string text;
    for (const auto& column : batch->columns()) {
      text += (text.empty() ? "" : "|") + column->GetScalar(row).ValueOrDie()->ToString();
    }
    out->rows.push_back(std::move(text));
  }
  for (const CellIssue& issue : chunk.issues) {
    Reject reject;
    chunk.origin->Locate(issue.row, &reject);
    Reason reason{issue.column, issue.rule, "", issue.detail, issue.member};
    reason.value = chunk.origin->Member(issue.row, issue.column, issue.member);
    std::vector<std::string> names;
    for (const Column& column : source.table().columns) names.push_back(column.name);
    out->issues.push_back(std::to_string(reject.record) + ":" + std::to_string(reject.line) + ":" +
                          std::to_string(reject.byte_offset) + " " + ReasonColumn(reason, names) +
                          " " + RuleName(issue.rule) + ": " + ReasonMessage(reason));
  }
}

ReadResult Read(const std::shared_ptr<Storage>& storage, const Table& table,
                JsonlSourceOptions options = {}, int threads = 1) {
  auto source = JsonlSource::Open(storage, {"/in.jsonl"}, table, options).ValueOrDie();
  std::mutex mutex;
  std::map<int64_t, Chunk> chunks;
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&] {
      while (true) {
        auto chunk = source->Next().ValueOrDie();
        if (!chunk) return;
        EXPECT_TRUE(chunk->batch->ValidateFull().ok()) << chunk->batch->ValidateFull().ToString();
        std::lock_guard lock(mutex);
        const int64_t index = chunk->index;
        EXPECT_TRUE(chunks.emplace(index, std::move(*chunk)).second);
      }
    });
  }
  for (auto& worker : workers) worker.join();
  ReadResult result;
  for (const auto& [index, chunk] : chunks) Describe(*source, chunk, &result);
  result.warnings = source->Warnings();
  return result;
}

ReadResult Read(const std::string& text, const Table& table) { return Read(With(text), table); }

const auto kInt = arrow::int64();
const auto kText = arrow::utf8();

TEST(JsonlSource, TypesValues) {
  const Table table =
      MakeTable({arrow::field("i", arrow::int8()), arrow::field("u", arrow::uint64()),
                 arrow::field("d", arrow::decimal128(5, 2)), arrow::field("f", arrow::float64()),
                 arrow::field("b", arrow::boolean()), arrow::field("day", arrow::date32()),
                 arrow::field("t", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC")),
                 arrow::field("bin", arrow::binary())});
  const auto read = Read(
      "{\"i\":-128,\"u\":18446744073709551615,\"d\":-123.45,\"f\":1e-3,\"b\":true,"
      "\"day\":\"2024-02-29\",\"t\":\"2024-10-10T01:02:03.5+01:00\",\"bin\":\"Zm8=\"}\n"
      "{\"i\":1.0,\"u\":1e3,\"d\":12345e-2,\"f\":null}\n{}\n",
      table);
  EXPECT_THAT(read.rows,
              ElementsAre("-128|18446744073709551615|-123.45|0.001|true|2024-02-29|2024-10-10 "
                          "00:02:03.500000Z|fo",
                          "1|1000|123.45|null|null|null|null|null",
                          "null|null|null|null|null|null|null|null"));
  EXPECT_TRUE(read.issues.empty());
}

TEST(JsonlSource, NestsValues) {
  const Table table = MakeTable(
      {arrow::field("s", arrow::struct_({arrow::field("a", kInt), arrow::field("b", kText)})),
       arrow::field("l", arrow::list(kInt)), arrow::field("m", arrow::map(kText, kInt)),
       arrow::field("n", arrow::map(arrow::int32(), kText))});
  const auto read = Read(
      "{\"s\":{\"b\":\"x\"},\"l\":[1,null,3],\"m\":{\"k\":1,\"\\u0041\":null},\"n\":{\"7\":\"q\"}}"
      "\n"
      "{\"s\":null,\"l\":[],\"m\":{},\"n\":null}\n"
      "{\"s\":{\"a\":[],\"b\":{}},\"l\":[\"x\",{}],\"m\":{\"a\":{},\"a\":1},\"n\":{\"x\":\"\"}}\n",
      table);
  EXPECT_EQ(read.rows[0],
            "{a:int64 = null, b:string = x}|list<item: int64>[1, null, 3]|map<string, "
            "int64>[{key:string = k, value:int64 = 1}, {key:string = A, value:int64 = "
            "null}]|map<int32, string>[{key:int32 = 7, value:string = q}]");
  EXPECT_THAT(read.issues,
              ElementsAre(HasSubstr("s.a type: not a bigint: \"[]\""),
                          HasSubstr("s.b type: not a string: \"{}\""),
                          HasSubstr("l[0] type: not a bigint: \"x\""),
                          HasSubstr("l[1] type: not a bigint: \"{}\""),
                          HasSubstr("m.a type: not a bigint: \"{}\""),
                          HasSubstr("m.a duplicate_member"), HasSubstr("n.x type: not an int")));
}

TEST(JsonlSource, BadLinesAreRowsOfNullsWithOneIssue) {
  const Table table = MakeTable({arrow::field("a", kInt), arrow::field("l", arrow::list(kText))});
  const auto read = Read(
      "{\"a\":1,\"l\":[\"x\"]}\n"
      "{\"a\":2,\"l\":[\"x\",\n"
      "[]\n"
      "{\"a\":\"x\",\"l\":[\"y\"],}\n"
      "\n \t\r\n"
      "{\"a\":3,\"l\":[\"z\"]} 1\n"
      "{\"a\":4,\"a\":5,\"l\":[1]}\r\n"
      "{\"a\":1,\"l\":[\"x\",\"\\ud800\"]}\n"
      "{\"a\":6",
      table);
  EXPECT_THAT(read.rows, ElementsAre("1|list<item: string>[x]", "null|null", "null|null",
                                     "null|null", "null|null", "4|list<item: string>[null]",
                                     "1|list<item: string>[x, null]", "null|null"));
  EXPECT_THAT(
      read.issues,
      ElementsAre("2:2:18  json: no JSON object: it ends early at byte 17",
                  "3:3:35  json: no JSON object: another value",
                  "4:4:38  json: no JSON object: expected a name in quotes at byte 20",
                  "5:7:64  json: no JSON object: something follows the value at byte 19",
                  HasSubstr("a duplicate_member"), HasSubstr("l[0] type: not a string: \"1\""),
                  HasSubstr("l[1] encoding"), HasSubstr("it ends early at byte 7")));
}

TEST(JsonlSource, BytesThatAreNoTextAreFound) {
  const Table table = MakeTable({arrow::field("a", kText)});
  const auto read =
      Read(std::string("{\"a\":\"\xC3\xA9\"}\n{\"a\":\"\xC3\"}\n{\"b\":\"\xFF\",\"a\":\"x\"}\n"
                       "{\"a\":\"\\u0000\"}\n{\"a\":\"x\0\"}\n",
                       65),
           table);
  EXPECT_THAT(read.rows, ElementsAre("\xC3\xA9", "null", "null", "null", "null"));
  EXPECT_THAT(read.issues,
              ElementsAre(HasSubstr("2:2:11 a encoding"), HasSubstr("3:3:21  encoding"),
                          HasSubstr("4:4:39 a nul"), HasSubstr("5:5:54  nul")));
}

TEST(JsonlSource, ExtraMembersAreCountedRefusedOrIgnored) {
  Table table = MakeTable(
      {arrow::field("a", kInt), arrow::field("s", arrow::struct_({arrow::field("x", kInt)}))});
  const std::string text = "{\"z\":1,\"a\":1,\"s\":{\"q\":[{}],\"x\":2}}\n{\"z\":0}\n";
  EXPECT_THAT(Read(text, table).warnings, ElementsAre(HasSubstr(": s.q (1 time), z (2 times)")));
  table.format.extra = ExtraMembers::kIgnore;
  EXPECT_TRUE(Read(text, table).warnings.empty());
  table.format.extra = ExtraMembers::kReject;
  EXPECT_THAT(Read(text, table).issues,
              ElementsAre(HasSubstr("z extra_member"), HasSubstr("s.q extra_member"),
                          HasSubstr("z extra_member")));
}

std::string RandomLines(int seed) {
  std::mt19937 random(static_cast<unsigned>(seed));
  const std::vector<std::string> pieces = {"{\"a\":1}",
                                           "{\"a\":-5,\"t\":\"x\\n\"}",
                                           "{\"t\":\"\xE2\x82\xAC\"}",
                                           "{",
                                           "",
                                           " ",
                                           "{\"a\":\"",
                                           "\"}",
                                           "{\"l\":[[1,2],[],null]}",
                                           "\xFF",
                                           "{\"a\":1e400}",
                                           "{\"u\":{\"v\":[1]}}"};
  const std::vector<std::string> ends = {"\n", "\r\n", "\n\n"};
  std::string text;
  for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()] + ends[random() % 3];
  text += "{\"a\":9}";
  return text;
}

TEST(JsonlSource, ChunksAndThreadsChangeNothing) {
  const Table table = MakeTable({arrow::field("a", kInt), arrow::field("t", kText),
                                 arrow::field("l", arrow::list(arrow::list(kInt)))});
  for (int seed = 0; seed < 20; ++seed) {
    const auto storage = With(RandomLines(seed));
    const ReadResult whole = Read(storage, table);
    EXPECT_GT(whole.rows.size(), 10U);
    for (int64_t chunk_bytes : {1, 7, 64, 500}) {
      JsonlSourceOptions options;
      options.chunk_bytes = chunk_bytes;
      options.dictionary_text = chunk_bytes == 500;
      EXPECT_EQ(Read(storage, table, options, 4), whole) << seed << " " << chunk_bytes;
    }
  }
}

TEST(JsonlSource, LongLinesAreRefusedAndEndlessOnesEndTheRun) {
  const Table table = MakeTable({arrow::field("t", kText)});
  JsonlSourceOptions options;
  options.record_bytes_max = 50;
  options.chunk_bytes = 16;
  const auto storage = With("{\"t\":1}\n{\"t\":\"" + std::string(60, 'x') + "\"}\n{\"t\":\"y\"}\n");
  EXPECT_THAT(Read(storage, table, options).issues,
              ElementsAre(HasSubstr("1:1:0 t type"), HasSubstr("2:2:8  too_long")));
  const auto endless = With("{\"t\":\"" + std::string(100000, 'x'));
  auto source = JsonlSource::Open(endless, {"/in.jsonl"}, table, options).ValueOrDie();
  EXPECT_THAT(source->Next().status().ToString(), HasSubstr("a line of more than"));
}

TEST(JsonlSource, NamesColumnsByTheFirstRecords) {
  const auto storage =
      With("\xEF\xBB\xBF{\"a\":1,\"b\":\"x\"}\nbad\n{\"c\":{\"d\":1},\"a\":null}\n");
  auto source = JsonlSource::OpenAsText(storage, {"/in.jsonl"}, {}).ValueOrDie();
  EXPECT_EQ(source->schema()->ToString(), "a: string\nb: string\nc: string");
  ReadResult result;
  Describe(*source, *source->Next().ValueOrDie(), &result);
  EXPECT_THAT(result.rows, ElementsAre("1|x|null", "null|null|null", "null|null|{\"d\":1}"));
  EXPECT_THAT(FormatError(JsonlSource::OpenAsText(With("\n"), {"/in.jsonl"}, {}).status()),
              HasSubstr("there are no columns"));
  EXPECT_THAT(
      FormatError(JsonlSource::OpenAsText(With("PAR1\x15\x02"), {"/in.jsonl"}, {}).status()),
      HasSubstr("not a JSON lines file, it seems to be a Parquet file"));
}

TEST(JsonlSink, WhatIsWrittenReadsBackTheSame) {
  const Table table = MakeTable(
      {arrow::field("a\"\n", kInt), arrow::field("t", kText),
       arrow::field("s", arrow::struct_({arrow::field("x", arrow::float64()),
                                         arrow::field("y", arrow::list(arrow::date32()))})),
       arrow::field("m", arrow::map(arrow::int32(), arrow::decimal128(6, 3))),
       arrow::field("b", arrow::binary())});
  const auto storage = With(
      "{\"a\\\"\\n\":1,\"t\":\"q\\u0001\\\"\\\\/\",\"s\":{\"x\":0.1,\"y\":[\"2024-01-01\",null]},"
      "\"m\":{\"5\":1.5},\"b\":\"AP8=\"}\n{\"s\":{\"x\":null,\"y\":[]},\"m\":{}}\n{}\n");
  const ReadResult first = Read(storage, table);
  ASSERT_TRUE(first.issues.empty());
  for (bool write_nulls : {true, false}) {
    FormatOptions format;
    format.write_nulls = write_nulls;
    auto source = JsonlSource::Open(storage, {"/in.jsonl"}, table).ValueOrDie();
    auto out = MakeMemoryStorage();
    auto sink = OpenJsonlSink(out->OpenWrite("/in.jsonl").ValueOrDie(), source->schema(), format)
                    .ValueOrDie();
    ASSERT_TRUE(sink->Write(0, source->Next().ValueOrDie()->batch).ok());
    ASSERT_TRUE(sink->Finish().ok());
    const std::string text = ReadWholeFile(*out, "/in.jsonl").ValueOrDie();
    EXPECT_EQ(text.find("null,\"") != text.npos, write_nulls) << text;
    EXPECT_EQ(Read(out, table), first) << text;
  }
}

TEST(CompressedFile, BytesDependOnTheTextAlone) {
  std::string text;
  for (int64_t i = 0; i < 400000; ++i) text += "line " + std::to_string(i * 7919) + "\n";
  for (Compression compression : {Compression::kGzip, Compression::kZstd}) {
    std::string first;
    for (int threads : {1, 2, 5}) {
      auto storage = MakeMemoryStorage();
      auto file =
          CompressedFile(storage->OpenWrite("/f").ValueOrDie(), compression, threads).ValueOrDie();
      const size_t piece = static_cast<size_t>(threads) * 12345;
      for (size_t at = 0; at < text.size(); at += piece) {
        ASSERT_TRUE(file->Append(std::string_view(text).substr(at, piece)).ok());
      }
      ASSERT_TRUE(file->Close().ok());
      const std::string bytes = ReadWholeFile(*storage, "/f").ValueOrDie();
      if (first.empty()) first = bytes;
      EXPECT_EQ(bytes, first);
      auto stream = DecompressIfNeeded(FileStream(storage->OpenRead("/f").ValueOrDie()), "f");
      std::string back(text.size() + 1, '\0');
      EXPECT_EQ((*stream)->Read(static_cast<int64_t>(back.size()), back.data()).ValueOrDie(),
                static_cast<int64_t>(text.size()));
      back.pop_back();
      EXPECT_EQ(back, text);
    }
  }
}

// A file whose space ends.
class FullFile : public WritableFile {
 public:
  Status Append(std::string_view) override { return IoError("/full", "no space left"); }
  Status WriteAt(int64_t, std::string_view) override { return Append(""); }
  Status Sync() override { return Status::OK(); }
  Status Close() override { return Status::OK(); }
};

TEST(CompressedFile, AFailingWriteReachesTheCaller) {
  auto file = CompressedFile(std::make_unique<FullFile>(), Compression::kZstd, 3).ValueOrDie();
  const std::string block(static_cast<size_t>(kCompressedBlockBytes), 'x');
  Status status;
  for (int i = 0; i < 100 && status.ok(); ++i) status = file->Append(block);
  EXPECT_FALSE(status.ok());
  EXPECT_FALSE(file->Close().ok());
  EXPECT_FALSE(CompressionByName("lzma", "").ok());
}

}  // namespace
}  // namespace tamis
