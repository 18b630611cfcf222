// Records of CSV bytes from the positions that csv_structure finds. Does not unescape more than
// one value at a time.
#include "text/csv_scan.h"

#include <algorithm>
#include <cstring>

#include "text/csv_structure.h"

namespace tamis {

using internal::CsvQuoteFault;
using internal::CsvSkipped;
using internal::CsvState;
using internal::CsvStructure;

uint32_t CsvIndex::RecordEnd(uint32_t record) const {
  if (!faults.empty()) {
    if (const CsvFault* fault = FaultOf(record)) return fault->end;
  }
  return FieldEnd(record, column_count - 1);
}

const CsvFault* CsvIndex::FaultOf(uint32_t record) const {
  auto at = std::lower_bound(faults.begin(), faults.end(), record,
                             [](const CsvFault& f, uint32_t r) { return f.record < r; });
  return at != faults.end() && at->record == record ? &*at : nullptr;
}

namespace {

/// One call of Scan: pieces of input, each scanned for structure and then cut into records. There
/// is a second piece only behind a record that is too long.
class ScanJob {
 public:
  ScanJob(const CsvDialect& dialect, uint32_t record_bytes_max, const char* data, size_t size,
          bool final, CsvIndex* index)
      : dialect_(dialect),
        record_bytes_max_(record_bytes_max),
        data_(data),
        size_(size),
        final_(final),
        index_(index) {
    structure_.ends = &index->ends;
  }

  CsvScanResult Run(internal::CsvBlockScan scan_blocks, size_t start, size_t limit) {
    size_t piece = start;
    while (piece < limit) {
      const size_t reached = FindStructure(scan_blocks, piece, limit);
      const bool complete = structure_.state == CsvState::kRecordStart && reached >= limit;
      if (reached - piece > record_bytes_max_) {
        size_t next = 0;
        const CsvScanResult result = CutWithLimit(piece, reached, complete, &next);
        if (result != CsvScanResult::kDone) return result;
        piece = next;
        continue;
      }
      if (!complete && !final_) return CsvScanResult::kNeedMore;
      if (!complete) EndInput();
      if (!IsRegular() || !CutRegular(piece)) CutAny(piece, structure_.end_count);
      piece = reached;
    }
    index_->end = static_cast<uint32_t>(piece);
    index_->line_count = structure_.line_count;
    if (cut_) {
      index_->line_count = static_cast<uint32_t>(std::count(data_ + start, data_ + piece, '\n'));
    }
    index_->may_have_quotes = structure_.quotes;
    index_->may_have_nul = structure_.nul;
    index_->may_have_non_ascii = structure_.non_ascii;
    // Without skipped lines, as many LF as records means that none stands inside a record.
    index_->line_per_record &=
        !cut_ && index_->line_count + (open_end_ ? 1U : 0U) == index_->record_count;
    return CsvScanResult::kDone;
  }

 private:
  /// Fills structure_ from `piece` on; returns the end of the first record that ends at or behind
  /// limit - 1, or size_.
  size_t FindStructure(internal::CsvBlockScan scan_blocks, size_t piece, size_t limit) {
    structure_.state = CsvState::kRecordStart;
    structure_.end_count = 0;
    structure_.record_end_count = 0;
    structure_.faults.clear();
    structure_.skipped.clear();
    if (index_->record_count != 0) structure_.ends = &index_->spare;
    const size_t blocks = (limit - 1 - piece) / 64;
    scan_blocks(dialect_, data_, piece, blocks, &structure_);
    return internal::RunCsvMachine(dialect_, data_, piece + blocks * 64, size_, limit - 1,
                                   &structure_);
  }

  /// The input ends without a line end.
  void EndInput() {
    const uint32_t end = static_cast<uint32_t>(size_);
    switch (structure_.state) {
      case CsvState::kRecordStart:
        return;
      case CsvState::kComment:
        structure_.skipped.push_back({structure_.comment_begin, end});
        return;
      case CsvState::kQuoted:
      case CsvState::kEscaped:
        structure_.faults.push_back({end, kCsvOpenQuote});
        break;
      case CsvState::kCloseCr:
        structure_.faults.push_back({end, kCsvTextAfterQuote});
        break;
      default:
        break;
    }
    *structure_.Room(1) = end;
    ++structure_.end_count;
    ++structure_.record_end_count;
    open_end_ = true;
  }

  bool IsRegular() const {
    return index_->record_count == 0 && structure_.faults.empty() && structure_.skipped.empty() &&
           structure_.end_count == structure_.record_end_count * index_->column_count;
  }

  bool IsLineEnd(size_t k) const {
    const uint32_t at = (*structure_.ends)[k];
    return at == size_ || data_[at] == '\n';
  }

  /// The end of a record's bytes, given where its line end stands.
  uint32_t WithoutCr(uint32_t begin, uint32_t end) const {
    const bool cr = end > begin && end < size_ && data_[end - 1] == '\r';
    return cr ? end - 1 : end;
  }

  /// All records have column_count fields: the positions are the index. False if it isn't so after
  /// all (then the positions are as they were).
  bool CutRegular(size_t begin) {
    const size_t columns = index_->column_count;
    const size_t records = structure_.record_end_count;
    uint32_t* ends = index_->ends.data();
    for (size_t r = 0; r < records; ++r) {
      if (!IsLineEnd(r * columns + columns - 1)) return false;
    }
    if (index_->begins.size() < records) index_->begins.resize(records + records / 8);
    uint32_t* begins = index_->begins.data();
    uint32_t next = static_cast<uint32_t>(begin);
    uint32_t* last = ends + columns - 1;
    for (size_t r = 0; r < records; ++r, last += columns) {
      begins[r] = next;
      next = *last + 1;
      *last = WithoutCr(begins[r], *last);
    }
    index_->record_count = static_cast<uint32_t>(records);
    return true;
  }

  /// Records of any shape, up to position `end_count` of the structure.
  void CutAny(size_t begin, size_t end_count) {
    std::vector<uint32_t> raw;
    TakeRaw(&raw);
    size_t fault = 0;
    size_t skipped = 0;
    uint32_t next = static_cast<uint32_t>(begin);
    for (size_t k = 0; k < end_count;) {
      next = Skip(next, &skipped);
      const size_t first = k;
      while (raw[k] != size_ && data_[raw[k]] != '\n') ++k;
      ++k;
      const uint32_t line_end = raw[k - 1];
      uint8_t bits = 0;
      while (fault < structure_.faults.size() && structure_.faults[fault].position <= line_end) {
        bits = static_cast<uint8_t>(bits | structure_.faults[fault++].bits);
      }
      AddRecord(next, raw.data() + first, k - first, bits);
      next = line_end + 1;
    }
    if (!structure_.skipped.empty()) index_->line_per_record = false;
    ReturnRaw(std::move(raw));
  }

  void TakeRaw(std::vector<uint32_t>* raw) {
    if (structure_.ends == &index_->ends) {
      raw->swap(index_->ends);
      index_->ends.swap(index_->spare);
    } else {
      raw->swap(index_->spare);
    }
  }

  void ReturnRaw(std::vector<uint32_t> raw) { index_->spare.swap(raw); }

  /// Behind the comment lines that begin at `at`.
  uint32_t Skip(uint32_t at, size_t* skipped) const {
    while (*skipped < structure_.skipped.size() && structure_.skipped[*skipped].begin <= at) {
      at = structure_.skipped[(*skipped)++].end;
    }
    return at;
  }

  void AddRecord(uint32_t begin, const uint32_t* ends, size_t field_count, uint8_t bits) {
    const uint32_t columns = index_->column_count;
    const uint32_t end = WithoutCr(begin, ends[field_count - 1]);
    if (field_count != columns) {
      if (field_count == 1 && end == begin && bits == 0) {  // an empty line
        index_->line_per_record = false;
        return;
      }
      bits |= kCsvColumnCount;
    }
    uint32_t* to = NextRow(begin);
    if (bits != 0) {
      AddFault(begin, end, static_cast<uint32_t>(field_count), bits, to);
    } else {
      std::copy_n(ends, columns - 1, to);
      to[columns - 1] = end;
    }
    ++index_->record_count;
  }

  /// Room for the ends of one more record.
  uint32_t* NextRow(uint32_t begin) {
    const size_t columns = index_->column_count;
    const size_t row = index_->record_count;
    if (index_->begins.size() <= row) index_->begins.resize(row * 2 + 64);
    if (index_->ends.size() < (row + 1) * columns) index_->ends.resize((row * 2 + 64) * columns);
    index_->begins[row] = begin;
    return index_->ends.data() + row * columns;
  }

  void AddFault(uint32_t begin, uint32_t end, uint32_t field_count, uint8_t bits, uint32_t* to) {
    for (uint32_t c = 0; c < index_->column_count; ++c) to[c] = begin + c;
    index_->faults.push_back({index_->record_count, bits, field_count, end});
  }

  /// As CutAny for a piece that may hold a record that is too long. `next` is where to go on.
  CsvScanResult CutWithLimit(size_t piece, size_t reached, bool complete, size_t* next) {
    size_t kept = 0;  // positions of records before the long one
    uint32_t begin = static_cast<uint32_t>(piece);
    size_t skipped = 0;
    bool found = false;
    for (size_t k = 0; k < structure_.end_count && !found; ++k) {
      if (!IsLineEnd(k)) continue;
      begin = Skip(begin, &skipped);
      const uint32_t line_end = (*structure_.ends)[k];
      found = line_end - begin > record_bytes_max_;
      if (found) break;
      kept = k + 1;
      begin = line_end + 1;
    }
    if (!found) begin = Skip(begin, &skipped);
    const bool open_comment = !complete && structure_.state == CsvState::kComment;
    if (!found && !complete && !open_comment) found = reached - begin > record_bytes_max_;
    if (!found) {
      if (!complete && !final_) return CsvScanResult::kNeedMore;
      if (!complete) EndInput();
      CutAny(piece, structure_.end_count);
      *next = reached;
      return CsvScanResult::kDone;
    }
    return CutLongRecord(piece, kept, begin, next);
  }

  CsvScanResult CutLongRecord(size_t piece, size_t kept, uint32_t begin, size_t* next) {
    const size_t from = begin + size_t{record_bytes_max_};
    const size_t to = std::min(size_, from + record_bytes_max_);
    const void* line_end = from < to ? std::memchr(data_ + from, '\n', to - from) : nullptr;
    if (!line_end && to == from + record_bytes_max_) return CsvScanResult::kNoLineEnd;
    if (!line_end && !final_) return CsvScanResult::kNeedMore;
    const size_t cut =
        line_end ? static_cast<size_t>(static_cast<const char*>(line_end) - data_) : size_;
    std::erase_if(structure_.faults, [&](CsvQuoteFault f) { return f.position >= begin; });
    std::erase_if(structure_.skipped, [&](CsvSkipped s) { return s.begin >= begin; });
    CutAny(piece, kept);
    const uint32_t end = WithoutCr(begin, static_cast<uint32_t>(cut));
    AddFault(begin, end, 0, kCsvTooLong, NextRow(begin));
    ++index_->record_count;
    cut_ = true;
    *next = std::min(cut + 1, size_);
    return CsvScanResult::kDone;
  }

  const CsvDialect& dialect_;
  const uint32_t record_bytes_max_;
  const char* data_;
  const size_t size_;
  const bool final_;
  CsvIndex* index_;
  CsvStructure structure_;
  bool open_end_ = false;  // the last record has no line end
  bool cut_ = false;       // a record was too long
};

}  // namespace

CsvScanner::CsvScanner(CsvDialect dialect, uint32_t column_count, uint32_t record_bytes_max)
    : dialect_(dialect),
      column_count_(column_count),
      record_bytes_max_(record_bytes_max),
      level_(ActiveCpuLevel()) {}

CsvScanResult CsvScanner::Scan(const char* data, size_t start, size_t limit, size_t size,
                               bool final, CsvIndex* index) const {
  index->column_count = column_count_;
  index->record_count = 0;
  index->faults.clear();
  index->line_per_record = true;
  ScanJob job(dialect_, record_bytes_max_, data, size, final, index);
  const CsvScanResult result =
      job.Run(internal::CsvBlockScanFor(level_), start, std::min(limit, size));
  if (result != CsvScanResult::kDone) index->record_count = 0;
  return result;
}

std::string_view CsvValue(const CsvDialect& dialect, std::string_view field, std::string* scratch) {
  if (!dialect.quote || field.empty() || field.front() != dialect.quote) return field;
  field.remove_prefix(1);
  if (!field.empty() && field.back() == dialect.quote) field.remove_suffix(1);
  size_t at = field.find(dialect.escape);
  if (at == std::string_view::npos) return field;
  scratch->assign(field.substr(0, at));
  while (at < field.size()) {
    if (field[at] == dialect.escape && at + 1 < field.size()) ++at;
    const size_t next = std::min(field.find(dialect.escape, at + 1), field.size());
    scratch->append(field.substr(at, next - at));
    at = next;
  }
  return *scratch;
}

bool SplitCsvRecord(const CsvDialect& dialect, std::string_view data, size_t start, bool final,
                    CsvRecord* record) {
  CsvStructure structure;
  std::vector<uint32_t> ends;
  structure.ends = &ends;
  size_t at = start;
  record->begin = start;
  while (true) {
    at = internal::RunCsvMachine(dialect, data.data(), at, data.size(), at, &structure);
    if (!structure.skipped.empty()) {
      record->begin = std::max<size_t>(record->begin, structure.skipped.back().end);
    }
    if (structure.end_count == 0 && at < data.size()) continue;  // a comment
    const bool complete = structure.record_end_count != 0;
    if (!complete && (!final || structure.state == CsvState::kRecordStart ||
                      structure.state == CsvState::kComment)) {
      return false;
    }
    if (!complete) {
      *structure.Room(1) = static_cast<uint32_t>(data.size());
      ++structure.end_count;
    }
    uint32_t& last = ends[structure.end_count - 1];
    record->next = std::min<size_t>(last + size_t{1}, data.size());
    if (complete && last > record->begin && data[last - 1] == '\r') --last;
    if (structure.end_count > 1 || last > record->begin) break;
    record->begin = record->next;  // an empty line
    structure.end_count = structure.record_end_count = 0;
  }
  record->end = ends[structure.end_count - 1];
  record->fault_bits = 0;
  for (const CsvQuoteFault& fault : structure.faults) record->fault_bits |= fault.bits;
  if (structure.state == CsvState::kQuoted || structure.state == CsvState::kEscaped) {
    record->fault_bits |= kCsvOpenQuote;
  }
  record->values.clear();
  record->begins.clear();
  size_t begin = record->begin;
  std::string scratch;
  for (size_t k = 0; k < structure.end_count; ++k) {
    record->begins.push_back(begin);
    record->values.emplace_back(CsvValue(dialect, data.substr(begin, ends[k] - begin), &scratch));
    begin = ends[k] + size_t{1};
  }
  return true;
}

}  // namespace tamis
