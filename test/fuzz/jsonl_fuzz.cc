// Fuzzes JSON lines: chunked and threaded reading against reading at once, every line is a row or a
// reject with its bytes, and what is written of the rows reads back as the same rows. The first
// byte chooses the chunk size and what becomes of members without a column.
#include <arrow/array.h>
#include <arrow/record_batch.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/dictionary.h"
#include "format/jsonl_sink.h"
#include "format/jsonl_source.h"
#include "storage/memory.h"
#include "text/utf8.h"

namespace {

using namespace tamis;

void Check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "jsonl_fuzz: %s\n", what);
  std::abort();
}

constexpr size_t kInputBytesMax = 1024;  // many small chunks of long inputs would take the time
constexpr uint32_t kRecordBytesMax = 300;

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

Table MakeTable(int extra) {
  Table table;
  const auto nested = arrow::struct_(
      {arrow::field("i", arrow::int32()), arrow::field("t", arrow::list(arrow::utf8()))});
  table.columns = {MakeColumn("i", arrow::int64()),
                   MakeColumn("t", arrow::utf8()),
                   MakeColumn("f", arrow::float64()),
                   MakeColumn("d", arrow::decimal128(10, 3)),
                   MakeColumn("b", arrow::boolean()),
                   MakeColumn("day", arrow::date32()),
                   MakeColumn("at", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC")),
                   MakeColumn("x", arrow::binary()),
                   MakeColumn("j", arrow::utf8()),
                   MakeColumn("s", nested),
                   MakeColumn("m", arrow::map(arrow::utf8(), arrow::list(arrow::int8())))};
  table.columns[8].physical_type = "json";
  table.format.extra = static_cast<ExtraMembers>(extra);
  return table;
}

struct Rows {
  std::shared_ptr<arrow::RecordBatch> batch;  // all rows, bad ones too
  std::shared_ptr<arrow::RecordBatch> good;   // those without an issue
  std::vector<std::string> issues;
  bool failed = false;  // a line without end
};

void AddIssues(const Chunk& chunk, const std::string& text, std::vector<std::string>* issues) {
  for (const CellIssue& issue : chunk.issues) {
    Check(issue.row >= 0 && issue.row < chunk.batch->num_rows(), "an issue of no row");
    Reject reject;
    chunk.origin->Locate(issue.row, &reject);
    const auto at = static_cast<size_t>(reject.byte_offset);
    Check(at + reject.raw.size() <= text.size(), "a reject outside of the file");
    Check(std::string_view(text).substr(at, reject.raw.size()) == reject.raw, "other bytes");
    issues->push_back(std::to_string(reject.record) + ":" + std::to_string(reject.line) + ":" +
                      std::to_string(issue.column) + " " + RuleName(issue.rule) + issue.member +
                      " " + chunk.origin->Member(issue.row, issue.column, issue.member));
  }
}

Rows Read(const std::string& text, const Table& table, int64_t chunk_bytes, int threads) {
  auto storage = MakeMemoryStorage();
  auto file = storage->OpenWrite("/f").ValueOrDie();
  Check(file->Append(text).ok() && file->Close().ok(), "memory is full");
  JsonlSourceOptions options;
  options.chunk_bytes = chunk_bytes;
  options.record_bytes_max = kRecordBytesMax;
  options.dictionary_text = threads > 1;
  auto opened = JsonlSource::Open(storage, {"/f"}, table, options);
  Rows rows;
  if (!opened.ok()) {
    rows.failed = true;
    return rows;
  }
  std::mutex mutex;
  std::map<int64_t, Chunk> chunks;
  auto work = [&] {
    while (true) {
      auto chunk = (*opened)->Next();
      std::lock_guard lock(mutex);
      if (!chunk.ok()) rows.failed = true;
      if (!chunk.ok() || !*chunk) return;
      Check((*chunk)->batch->ValidateFull().ok(), "a broken batch");
      const int64_t index = (*chunk)->index;
      chunks.emplace(index, std::move(**chunk));
    }
  };
  std::vector<std::thread> workers;
  for (int i = 1; i < threads; ++i) workers.emplace_back(work);
  work();
  for (auto& worker : workers) worker.join();
  if (rows.failed) return rows;
  arrow::RecordBatchVector batches = {
      arrow::RecordBatch::MakeEmpty((*opened)->schema()).ValueOrDie()};
  arrow::RecordBatchVector good = batches;
  for (const auto& [index, chunk] : chunks) {
    AddIssues(chunk, text, &rows.issues);
    batches.push_back(DecodeDictionaries(*chunk.batch).ValueOrDie());
    int64_t next = 0;
    for (const CellIssue& issue : chunk.issues) {
      if (issue.row > next) good.push_back(batches.back()->Slice(next, issue.row - next));
      next = issue.row + 1;
    }
    good.push_back(batches.back()->Slice(next));
  }
  rows.batch = arrow::ConcatenateRecordBatches(batches).ValueOrDie();
  rows.good = arrow::ConcatenateRecordBatches(good).ValueOrDie();
  return rows;
}

std::string Written(const arrow::RecordBatch& batch) {
  auto formatter = JsonlFormatter::Make(batch.schema(), {}).ValueOrDie();
  std::string text;
  Check(formatter.AppendRows(batch, &text).ok(), "rows can't be written");
  return text;
}

bool HasLongLine(const std::string& text) {
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end - begin > kRecordBytesMax) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 1 || size > kInputBytesMax) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  const Table table = MakeTable(data[0] % 3);
  const Rows whole = Read(text, table, 1 << 20, 1);
  const Rows pieces = Read(text, table, 1 + data[0] / 3, 3);
  Check(whole.failed == pieces.failed, "chunks fail where the whole does not");
  if (whole.failed) return 0;
  Check(whole.issues == pieces.issues, "chunks have other issues");
  Check(whole.batch->Equals(*pieces.batch), "chunks have other rows");
  const std::string again = Written(*whole.good);
  Check(IsValidUtf8(again), "what is written is no UTF-8");
  if (HasLongLine(again)) return 0;  // escapes are longer than what they stand for
  const Rows back = Read(again, table, 100, 1);
  Check(!back.failed && back.issues.empty(), "what is written is refused");
  Check(back.batch->Equals(*whole.good, false, arrow::EqualOptions::Defaults().nans_equal(true)),
        "what is written reads back as other rows");
  return 0;
}
