// Fuzzes CSV: block kernels against each other, chunked and threaded reading against reading at
// once, and no byte may be lost. The first bytes choose dialect, columns and chunk size.
#include <algorithm>
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

#include "format/record_chunks.h"
#include "storage/storage.h"
#include "text/cpu.h"
#include "text/csv_scan.h"

namespace {

using namespace tamis;

void Check(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "csv_fuzz: %s\n", what);
  std::abort();
}

constexpr CsvDialect kDialects[] = {
    {}, {';', '\'', '\'', '#'}, {'\t', '"', '\\', '\0'}, {'|', '\0', '\0', '#'}};
constexpr uint32_t kRecordBytesMax = 300;  // small, so that long records are met
constexpr size_t kInputBytesMax = 2048;    // many small chunks of long inputs took the time

struct Record {
  size_t begin, end;
  int bits;
  std::vector<std::string> fields;
  bool operator==(const Record&) const = default;
};

/// False if the scan gave up.
bool Scan(CpuLevel level, const CsvDialect& dialect, uint32_t columns, size_t chunk_bytes,
          const std::string& text, std::vector<Record>* records) {
  ScopedCpuLevel scope(level);
  const CsvScanner scanner(dialect, columns, kRecordBytesMax);
  CsvIndex index;
  for (size_t at = 0; at < text.size(); at = index.end) {
    const size_t limit = std::min(at + chunk_bytes, text.size());
    const CsvScanResult result = scanner.Scan(text.data(), at, limit, text.size(), true, &index);
    if (result == CsvScanResult::kNoLineEnd) return false;
    Check(result == CsvScanResult::kDone && index.end >= limit, "the scan stops too early");
    for (uint32_t r = 0; r < index.record_count; ++r) {
      const CsvFault* fault = index.FaultOf(r);
      Record record{index.RecordBegin(r), index.RecordEnd(r), fault ? fault->bits : 0, {}};
      for (uint32_t c = 0; c < columns && !fault; ++c) {
        const uint32_t begin = index.FieldBegin(r, c);
        const uint32_t end = index.FieldEnd(r, c);
        Check(begin <= end && end <= record.end, "a field leaves its record");
        record.fields.push_back(text.substr(begin, end - begin));
      }
      records->push_back(record);
    }
  }
  return true;
}

/// Records, line ends, comments and empty lines are all there is.
void CheckNothingIsLost(const CsvDialect& dialect, const std::string& text,
                        const std::vector<Record>& records) {
  size_t at = 0;
  auto skip_to = [&](size_t next) {
    Check(at <= next, "records overlap");
    bool comment = false;
    for (; at < next; ++at) {
      const bool line_begins = at == 0 || text[at - 1] == '\n';
      if (line_begins) comment = dialect.comment && text[at] == dialect.comment;
      Check(comment || text[at] == '\n' || text[at] == '\r', "a byte is lost");
    }
  };
  for (const Record& record : records) {
    skip_to(record.begin);
    at = record.end;
    if (record.fields.empty()) continue;
    std::string joined;
    for (const std::string& field : record.fields) {
      if (&field != &record.fields[0]) joined += dialect.delimiter;
      joined += field;
    }
    Check(joined == text.substr(record.begin, record.end - record.begin),
          "fields do not make up their record");
  }
  skip_to(text.size());
}

class Bytes : public ReadableFile {
 public:
  explicit Bytes(const std::string* text) : text_(text) {}
  Result<int64_t> ReadAt(int64_t offset, int64_t size, void* out) override {
    const size_t got = text_->copy(static_cast<char*>(out), static_cast<size_t>(size),
                                   std::min(static_cast<size_t>(offset), text_->size()));
    return static_cast<int64_t>(got);
  }
  int64_t size_bytes() const override { return static_cast<int64_t>(text_->size()); }

 private:
  const std::string* text_;
};

std::vector<std::string> ReadRows(const std::string& text, const CsvDialect& dialect,
                                  uint32_t columns, int64_t chunk_bytes, int thread_count) {
  CsvScanner scanner(dialect, columns, kRecordBytesMax);
  RecordChunks chunks(std::make_shared<Bytes>(&text), "fuzz", {0, 0}, chunk_bytes);
  std::map<int64_t, std::vector<std::string>> found;
  std::mutex mutex;
  auto work = [&] {
    CsvIndex index;
    const ScanFunction scan = [&](const ScanRequest& r) -> Result<ScanAnswer> {
      const CsvScanResult result =
          scanner.Scan(r.data, static_cast<size_t>(r.start), static_cast<size_t>(r.limit),
                       static_cast<size_t>(r.size), r.final, &index);
      if (result == CsvScanResult::kNoLineEnd) return Status::Invalid("no line end");
      return ScanAnswer{result == CsvScanResult::kDone, index.end, index.record_count,
                        index.line_count};
    };
    while (true) {
      const auto chunk = chunks.Next(scan);
      if (!chunk.ok() || !*chunk) break;
      std::vector<std::string> rows;
      for (uint32_t r = 0; r < index.record_count; ++r) {
        const uint32_t begin = index.RecordBegin(r);
        rows.push_back(std::to_string((*chunk)->first_record + r) + "@" +
                       std::to_string((*chunk)->file_offset + begin) + " " +
                       std::string((*chunk)->data() + begin, index.RecordEnd(r) - begin));
      }
      std::lock_guard lock(mutex);
      found[(*chunk)->index] = std::move(rows);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < thread_count; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  std::vector<std::string> rows;
  for (auto& [index, more] : found) rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  size = std::min(size, kInputBytesMax);
  const CsvDialect dialect = kDialects[data[0] % 4];
  const uint32_t columns = 1 + data[1] % 4;
  const size_t chunk_bytes = 1 + data[2];
  const std::string text(reinterpret_cast<const char*>(data) + 3, size - 3);
  std::vector<Record> whole;
  const bool scanned = Scan(CpuLevel::kPortable, dialect, columns, text.size() + 1, text, &whole);
  for (CpuLevel level : {CpuLevel::kPortable, CpuLevel::kAvx2, CpuLevel::kAvx512}) {
    std::vector<Record> parts;
    const bool same = Scan(level, dialect, columns, chunk_bytes, text, &parts) == scanned;
    Check(same && (!scanned || parts == whole), "chunks or processor levels differ");
  }
  if (!scanned) return 0;
  CheckNothingIsLost(dialect, text, whole);
  const auto rows = ReadRows(text, dialect, columns, static_cast<int64_t>(text.size()) + 1, 1);
  Check(rows.size() == whole.size(), "the file has other records than its bytes");
  const auto threaded = ReadRows(text, dialect, columns, static_cast<int64_t>(chunk_bytes), 3);
  Check(threaded == rows, "threads change the records");
  return 0;
}
