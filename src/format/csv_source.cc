// Files to chunks: takes pieces of text, scans them, types their columns. Does not read headers
// (csv_header) or type values (csv_columns).
#include "format/csv_source.h"

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/util/bit_util.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>

#include "base/memory.h"
#include "base/suggest.h"
#include "format/csv_columns.h"
#include "format/csv_header.h"
#include "format/record_chunks.h"
#include "format/zone_file.h"
#include "text/date.h"
#include "text/utf8.h"

namespace tamis {
namespace {

/// Scan indexes whose chunks are gone: their memory is used again.
class IndexPool : public std::enable_shared_from_this<IndexPool> {
 public:
  std::shared_ptr<CsvIndex> Take() {
    std::unique_ptr<CsvIndex> index;
    {
      std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        index = std::move(free_.back());
        free_.pop_back();
      }
    }
    if (!index) index = std::make_unique<CsvIndex>();
    auto give_back = [pool = shared_from_this()](CsvIndex* used) {
      std::unique_ptr<CsvIndex> owned(used);
      std::lock_guard lock(pool->mutex_);
      pool->free_.push_back(std::move(owned));
    };
    return {index.release(), std::move(give_back)};
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<CsvIndex>> free_;
};

/// One open file.
struct OpenFile {
  std::shared_ptr<const std::string> name;
  std::unique_ptr<CsvScanner> scanner;
  std::vector<uint32_t> field_of_column;  // table column -> field of the record
  std::vector<int32_t> column_of_field;   // the other way, -1: unknown to the contract
  std::unique_ptr<RecordChunks> chunks;
};

/// The text behind a chunk's rows.
class CsvOrigin : public RowOrigin {
 public:
  CsvOrigin(std::shared_ptr<const OpenFile> file, RecordChunk chunk,
            std::shared_ptr<const CsvIndex> index)
      : file_(std::move(file)), chunk_(std::move(chunk)), index_(std::move(index)) {}

  void Locate(int64_t row, Reject* reject) const override {
    const uint32_t record = static_cast<uint32_t>(row);
    const uint32_t begin = index_->RecordBegin(record);
    reject->file = *file_->name;
    reject->record = chunk_.first_record + row + 1;
    reject->line = chunk_.first_line + LinesBefore(record) + 1;
    reject->byte_offset = chunk_.file_offset + begin;
    reject->raw.assign(chunk_.data() + begin, index_->RecordEnd(record) - begin);
  }

  std::string Field(int64_t row, int column) const override {
    const CsvFields fields{chunk_.data(), index_.get(),
                           file_->field_of_column[static_cast<size_t>(column)]};
    if (index_->FaultOf(static_cast<uint32_t>(row))) return {};
    return std::string(fields.At(static_cast<uint32_t>(row)));
  }

 private:
  int64_t LinesBefore(uint32_t record) const {
    if (index_->line_per_record) return record;
    std::call_once(lines_once_, [this] {
      lines_before_.reserve(index_->record_count);
      const char* data = chunk_.data();
      const char* at = data + chunk_.begin;
      int64_t lines = 0;
      for (uint32_t r = 0; r < index_->record_count; ++r) {
        const char* begin = data + index_->RecordBegin(r);
        lines += std::count(at, begin, '\n');
        at = begin;
        lines_before_.push_back(lines);
      }
    });
    return lines_before_[record];
  }

  std::shared_ptr<const OpenFile> file_;
  RecordChunk chunk_;
  std::shared_ptr<const CsvIndex> index_;
  mutable std::once_flag lines_once_;
  mutable std::vector<int64_t> lines_before_;
};

/// Makes a cell NULL in arrays that belong to nobody else.
Status NullOut(int64_t row, arrow::ArrayData* column) {
  if (!column->buffers[0]) {
    const int64_t bytes = arrow::bit_util::BytesForBits(column->length);
    ARROW_ASSIGN_OR_RAISE(auto bits, arrow::AllocateBuffer(bytes));
    std::memset(bits->mutable_data(), 0xFF, static_cast<size_t>(bytes));
    column->buffers[0] = std::move(bits);
    column->null_count = 0;
  }
  uint8_t* bits = column->buffers[0]->mutable_data();
  if (!arrow::bit_util::GetBit(bits, row)) return Status::OK();
  arrow::bit_util::ClearBit(bits, row);
  column->null_count = column->null_count.load() + 1;
  return Status::OK();
}

void AddFaultIssues(const CsvFault& fault, uint32_t column_count, std::vector<CellIssue>* issues) {
  const int32_t row = static_cast<int32_t>(fault.record);
  auto add = [&](Rule rule, std::string detail) {
    issues->push_back({row, -1, rule, std::move(detail)});
  };
  if (fault.bits & kCsvTooLong) add(Rule::kTooLong, {});
  if (fault.bits & kCsvOpenQuote) add(Rule::kQuote, "not closed");
  if (fault.bits & kCsvTextAfterQuote) add(Rule::kQuote, "text after it");
  if (fault.bits & kCsvColumnCount) {
    add(Rule::kColumnCount,
        std::to_string(fault.field_count) + " of " + std::to_string(column_count));
  }
}

std::shared_ptr<arrow::Schema> SelectFields(const arrow::Schema& schema,
                                            const std::vector<int>& columns) {
  arrow::FieldVector fields;
  for (int column : columns) fields.push_back(schema.field(column));
  return arrow::schema(std::move(fields));
}

std::string JoinNames(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

/// A bad byte in the field, if there is one.
std::optional<Rule> BadBytes(std::string_view field, bool utf8) {
  if (field.find('\0') != std::string_view::npos) return Rule::kNul;
  if (utf8 && !IsValidUtf8(field)) return Rule::kEncoding;
  return std::nullopt;
}

}  // namespace

class CsvSource::Impl {
 public:
  Impl(std::shared_ptr<Storage> storage, std::vector<std::string> paths, const Table& table,
       CsvSourceOptions options)
      : storage_(std::move(storage)),
        paths_(std::move(paths)),
        table_(table),
        options_(std::move(options)),
        index_pool_(std::make_shared<IndexPool>()) {}

  Status Start();
  Status StartAsText();
  const Table& table() const { return table_; }
  Result<std::optional<Chunk>> Next();
  int64_t ReadBytes() const;

  const std::shared_ptr<arrow::Schema>& schema() const { return schema_; }
  int64_t total_bytes() const { return total_bytes_; }
  std::vector<std::string> Warnings() const {
    std::lock_guard lock(mutex_);
    return warnings_;
  }

 private:
  Status MakeReaders();
  Status FindTotalBytes();
  Status MakeReady();
  Status OpenNextFile();
  Status UseFile(CsvInput input, const CsvHeader& header);
  Status MatchHeader(const CsvHeader& header, OpenFile* file);
  Status MissingColumns(const CsvHeader& header, const std::vector<std::string>& missing) const;
  Status OtherHeader(const CsvHeader& header, const std::vector<std::string>& missing,
                     const std::vector<std::string>& unknown) const;
  ScanFunction ScanInto(const OpenFile& file, CsvIndex* index) const;
  Result<Chunk> Type(const std::shared_ptr<const OpenFile>& file, RecordChunk text,
                     std::shared_ptr<CsvIndex> index) const;
  Status CheckBytes(const OpenFile& file, const RecordChunk& text, const CsvIndex& index,
                    std::vector<CellIssue>* issues) const;

  std::shared_ptr<Storage> storage_;
  std::vector<std::string> paths_;
  Table table_;
  CsvSourceOptions options_;
  CsvDialect dialect_;
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<std::unique_ptr<CsvColumnReader>> readers_;  // one a table column
  std::vector<int> delivered_;                             // table columns
  std::shared_ptr<IndexPool> index_pool_;
  int64_t total_bytes_ = 0;

  mutable std::mutex mutex_;
  std::shared_ptr<OpenFile> current_;
  size_t next_path_ = 0;
  std::string headed_by_;  // the file whose header made the table; empty: a contract did
  int64_t next_index_ = 0;
  int64_t finished_bytes_ = 0;  // of files before current_
  std::vector<std::string> warnings_;
  Status failure_;
};

Status CsvSource::Impl::MakeReady() {
  ARROW_ASSIGN_OR_RAISE(dialect_, DialectOf(table_.format));
  if (options_.chunk_bytes < 1 || options_.chunk_bytes > (1 << 30)) {
    return UsageError("chunk size of " + std::to_string(options_.chunk_bytes) + " bytes",
                      "between 1 and 1 GiB");
  }
  ARROW_RETURN_NOT_OK(MakeReaders());
  return FindTotalBytes();
}

Status CsvSource::Impl::Start() {
  ARROW_RETURN_NOT_OK(MakeReady());
  return paths_.empty() ? Status::OK() : OpenNextFile();
}

Status CsvSource::Impl::StartAsText() {
  const FormatOptions format = table_.format;
  ARROW_ASSIGN_OR_RAISE(dialect_, DialectOf(format));
  headed_by_ = paths_[next_path_++];
  ARROW_ASSIGN_OR_RAISE(CsvInput input, OpenCsvInput(storage_, headed_by_));
  ARROW_ASSIGN_OR_RAISE(CsvHeader header, ReadStrictHeader(&input, dialect_, format));
  ARROW_ASSIGN_OR_RAISE(auto names, ColumnNames(input, header, dialect_, format));
  table_ = TextTable(names, format);
  ARROW_RETURN_NOT_OK(MakeReady());
  return UseFile(std::move(input), header);
}

Status CsvSource::Impl::MakeReaders() {
  const FormatOptions& format = table_.format;
  if (format.encoding != "utf-8" && format.encoding != "latin-1") {
    return UsageErrorAt(table_.place, "unknown encoding: " + format.encoding,
                        "known: utf-8, latin-1");
  }
  auto rules = std::make_shared<CsvFieldRules>(
      CsvFieldRules{dialect_, NullTexts(format.null_values), format.encoding == "latin-1", {}});
  ARROW_ASSIGN_OR_RAISE(rules->naive_zone, FindTimeZone(format.timestamp_zone, table_.place));
  const size_t columns = table_.columns.size();
  for (size_t c = 0; c < columns; ++c) {
    const int column = static_cast<int>(c);
    const bool dictionary =
        options_.dictionary_text || std::count(options_.dictionary_columns.begin(),
                                               options_.dictionary_columns.end(), column) != 0;
    ARROW_ASSIGN_OR_RAISE(auto reader,
                          MakeCsvColumnReader(table_.columns[c], column, dictionary, rules));
    readers_.push_back(std::move(reader));
    if (!options_.columns) delivered_.push_back(column);
  }
  if (options_.columns) delivered_ = *options_.columns;
  schema_ = SelectFields(*table_.ArrowSchema(), delivered_);
  return Status::OK();
}

Status CsvSource::Impl::FindTotalBytes() {
  for (const std::string& path : paths_) {
    ARROW_ASSIGN_OR_RAISE(const bool pipe, IsPipe(storage_, path));
    if (pipe) {
      total_bytes_ = 0;
      return Status::OK();
    }
    ARROW_ASSIGN_OR_RAISE(FileInfo info, storage_->Stat(path));
    total_bytes_ += info.size_bytes;
  }
  return Status::OK();
}

Status CsvSource::Impl::OpenNextFile() {
  ARROW_ASSIGN_OR_RAISE(CsvInput input, OpenCsvInput(storage_, paths_[next_path_++]));
  ARROW_ASSIGN_OR_RAISE(CsvHeader header, ReadStrictHeader(&input, dialect_, table_.format));
  return UseFile(std::move(input), header);
}

Status CsvSource::Impl::UseFile(CsvInput input, const CsvHeader& header) {
  auto file = std::make_shared<OpenFile>();
  file->name = std::make_shared<const std::string>(input.name);
  ARROW_RETURN_NOT_OK(MatchHeader(header, file.get()));
  file->scanner = std::make_unique<CsvScanner>(
      dialect_, static_cast<uint32_t>(file->column_of_field.size()), options_.record_bytes_max);
  if (input.stream) {
    file->chunks = std::make_unique<RecordChunks>(std::move(input.stream), std::move(input.head),
                                                  input.name, header.start, options_.chunk_bytes);
  } else {
    file->chunks = std::make_unique<RecordChunks>(std::move(input.file), input.name, header.start,
                                                  options_.chunk_bytes);
  }
  current_ = std::move(file);
  return Status::OK();
}

Status CsvSource::Impl::MatchHeader(const CsvHeader& header, OpenFile* file) {
  const size_t columns = table_.columns.size();
  const bool named = table_.format.header;
  file->field_of_column.resize(columns);
  file->column_of_field.assign(named ? header.names.size() : columns, -1);
  std::vector<std::string> missing;
  for (size_t c = 0; c < columns; ++c) {
    const std::string& name = table_.columns[c].name;
    size_t field = c;
    if (named) {
      const auto found = std::find(header.names.begin(), header.names.end(), name);
      if (found == header.names.end()) {
        missing.push_back(name);
        continue;
      }
      field = static_cast<size_t>(found - header.names.begin());
      const auto again = std::find(found + 1, header.names.end(), name);
      if (again != header.names.end()) {
        return DataErrorAt(header.places[static_cast<size_t>(again - header.names.begin())],
                           "the header has column " + name + " twice", "rename one of them");
      }
    }
    file->field_of_column[c] = static_cast<uint32_t>(field);
    file->column_of_field[field] = static_cast<int32_t>(c);
  }
  std::vector<std::string> unknown;
  for (size_t f = 0; f < file->column_of_field.size(); ++f) {
    if (file->column_of_field[f] < 0) unknown.push_back(header.names[f]);
  }
  if (!headed_by_.empty() && !(missing.empty() && unknown.empty())) {
    return OtherHeader(header, missing, unknown);
  }
  if (!missing.empty()) return MissingColumns(header, missing);
  if (!unknown.empty()) {
    warnings_.push_back(*file->name + ": columns that the contract doesn't have are left out: " +
                        JoinNames(unknown));
  }
  return Status::OK();
}

Status CsvSource::Impl::OtherHeader(const CsvHeader& header,
                                    const std::vector<std::string>& missing,
                                    const std::vector<std::string>& unknown) const {
  Place place = header.place;
  std::string what;
  if (!missing.empty()) what = "lacks " + JoinNames(missing);
  if (!unknown.empty()) {
    const auto at = std::find(header.names.begin(), header.names.end(), unknown[0]);
    place = header.places[static_cast<size_t>(at - header.names.begin())];
    what += (what.empty() ? "" : " and ") + std::string("has ") + JoinNames(unknown);
  }
  return DataErrorAt(std::move(place),
                     "the header is another than that of " + headed_by_ + ": it " + what,
                     "give a contract, which says what the columns are");
}

Status CsvSource::Impl::MissingColumns(const CsvHeader& header,
                                       const std::vector<std::string>& missing) const {
  std::vector<std::string> unused;
  for (const std::string& name : header.names) {
    if (table_.ColumnIndex(name) < 0) unused.push_back(name);
  }
  const std::string nearest = Nearest(missing[0], unused);
  Place place = header.place;
  std::string hint = "the header has: " + JoinNames(header.names);
  if (!nearest.empty()) {
    const auto at = std::find(header.names.begin(), header.names.end(), nearest);
    place = header.places[static_cast<size_t>(at - header.names.begin())];
    hint = "is it " + nearest + " in the header?";
  }
  return DataErrorAt(
      place,
      (missing.size() == 1 ? "the header lacks column " : "the header lacks columns ") +
          JoinNames(missing),
      hint);
}

ScanFunction CsvSource::Impl::ScanInto(const OpenFile& file, CsvIndex* index) const {
  return [this, &file, index](const ScanRequest& request) -> Result<ScanAnswer> {
    const CsvScanResult result = file.scanner->Scan(
        request.data, static_cast<size_t>(request.start), static_cast<size_t>(request.limit),
        static_cast<size_t>(request.size), request.final, index);
    if (result == CsvScanResult::kNoLineEnd) {
      return DataError(*file.name + ": a record of more than " +
                           FormatByteSize(2 * int64_t{options_.record_bytes_max}) +
                           " without a line end",
                       "is it a CSV file?");
    }
    return ScanAnswer{result == CsvScanResult::kDone, index->end, index->record_count,
                      index->line_count};
  };
}

Result<std::optional<Chunk>> CsvSource::Impl::Next() {
  std::shared_ptr<CsvIndex> index = index_pool_->Take();
  std::shared_ptr<OpenFile> file;
  std::optional<RecordChunk> text;
  int64_t chunk_index = 0;
  {
    std::lock_guard lock(mutex_);
    while (!text) {
      ARROW_RETURN_NOT_OK(failure_);
      if (!current_) {
        if (next_path_ == paths_.size()) return std::nullopt;
        failure_ = OpenNextFile();
        continue;
      }
      Result<std::optional<RecordChunk>> taken =
          current_->chunks->Take(ScanInto(*current_, index.get()));
      if (!taken.ok()) {
        failure_ = taken.status();
      } else if (*taken) {
        text = std::move(*taken);
      } else {
        finished_bytes_ += current_->chunks->ReadBytes();
        current_ = nullptr;
      }
    }
    file = current_;
    chunk_index = next_index_++;
  }
  ARROW_ASSIGN_OR_RAISE(RecordChunk chunk,
                        file->chunks->Finish(std::move(*text), ScanInto(*file, index.get())));
  ARROW_ASSIGN_OR_RAISE(Chunk typed, Type(file, std::move(chunk), std::move(index)));
  typed.index = chunk_index;
  return typed;
}

int64_t CsvSource::Impl::ReadBytes() const {
  std::lock_guard lock(mutex_);
  return finished_bytes_ + (current_ ? current_->chunks->ReadBytes() : 0);
}

Status CsvSource::Impl::CheckBytes(const OpenFile& file, const RecordChunk& text,
                                   const CsvIndex& index, std::vector<CellIssue>* issues) const {
  const bool utf8 = table_.format.encoding == "utf-8";
  bool suspect = index.may_have_nul;
  if (utf8 && index.may_have_non_ascii && !suspect) {
    // Fields end at ASCII bytes, so that all of them are valid if the whole is; if the delimiter is
    // none, the whole is not.
    const auto size = static_cast<size_t>(std::max<int64_t>(text.end - text.begin, 0));
    suspect = !IsValidUtf8({text.data() + (size ? text.begin : 0), size});
  }
  if (!suspect) return Status::OK();
  for (uint32_t r = 0; r < index.record_count; ++r) {
    if (!index.faults.empty() && index.FaultOf(r)) continue;
    for (uint32_t f = 0; f < index.column_count; ++f) {
      const int32_t column = file.column_of_field[f];
      if (column < 0) continue;
      const auto& type = *table_.columns[static_cast<size_t>(column)].type;
      if (type.id() == arrow::Type::BINARY) continue;
      const CsvFields fields{text.data(), &index, f};
      if (const std::optional<Rule> rule = BadBytes(fields.At(r), utf8)) {
        issues->push_back({static_cast<int32_t>(r), column, *rule, {}});
      }
    }
  }
  return Status::OK();
}

Result<Chunk> CsvSource::Impl::Type(const std::shared_ptr<const OpenFile>& file, RecordChunk text,
                                    std::shared_ptr<CsvIndex> index) const {
  Chunk chunk;
  std::vector<std::shared_ptr<arrow::ArrayData>> columns;
  for (size_t c = 0; c < readers_.size(); ++c) {
    const CsvFields fields{text.data(), index.get(), file->field_of_column[c]};
    ARROW_ASSIGN_OR_RAISE(auto column, readers_[c]->Read(fields, &chunk.issues));
    columns.push_back(std::move(column));
  }
  if (!index->faults.empty()) {
    std::erase_if(chunk.issues, [&](const CellIssue& issue) {
      return index->FaultOf(static_cast<uint32_t>(issue.row)) != nullptr;
    });
  }
  std::vector<CellIssue> bad_bytes;
  ARROW_RETURN_NOT_OK(CheckBytes(*file, text, *index, &bad_bytes));
  for (const CellIssue& issue : bad_bytes) {
    ARROW_RETURN_NOT_OK(NullOut(issue.row, columns[static_cast<size_t>(issue.column)].get()));
    chunk.issues.push_back(issue);
  }
  for (const CsvFault& fault : index->faults) {
    for (auto& column : columns) ARROW_RETURN_NOT_OK(NullOut(fault.record, column.get()));
    AddFaultIssues(fault, index->column_count, &chunk.issues);
  }
  std::stable_sort(chunk.issues.begin(), chunk.issues.end(),
                   [](const CellIssue& a, const CellIssue& b) {
                     return a.row != b.row ? a.row < b.row : a.column < b.column;
                   });
  arrow::FieldVector fields;
  std::vector<std::shared_ptr<arrow::ArrayData>> delivered;
  for (size_t i = 0; i < delivered_.size(); ++i) {
    const auto& column = columns[static_cast<size_t>(delivered_[i])];
    fields.push_back(schema_->field(static_cast<int>(i))->WithType(column->type));
    delivered.push_back(column);
  }
  chunk.batch = arrow::RecordBatch::Make(arrow::schema(std::move(fields)), index->record_count,
                                         std::move(delivered));
  chunk.origin = std::make_shared<CsvOrigin>(file, std::move(text), std::move(index));
  return chunk;
}

CsvSource::CsvSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CsvSource::~CsvSource() = default;

Result<std::unique_ptr<CsvSource>> CsvSource::Open(std::shared_ptr<Storage> storage,
                                                   std::vector<std::string> paths,
                                                   const Table& table, CsvSourceOptions options) {
  auto impl =
      std::make_unique<Impl>(std::move(storage), std::move(paths), table, std::move(options));
  ARROW_RETURN_NOT_OK(impl->Start());
  return std::unique_ptr<CsvSource>(new CsvSource(std::move(impl)));
}

Result<std::unique_ptr<CsvSource>> CsvSource::OpenAsText(std::shared_ptr<Storage> storage,
                                                         std::vector<std::string> paths,
                                                         const FormatOptions& format,
                                                         CsvSourceOptions options) {
  auto impl = std::make_unique<Impl>(std::move(storage), std::move(paths), TextTable({}, format),
                                     std::move(options));
  ARROW_RETURN_NOT_OK(impl->StartAsText());
  return std::unique_ptr<CsvSource>(new CsvSource(std::move(impl)));
}

const Table& CsvSource::table() const { return impl_->table(); }
const std::shared_ptr<arrow::Schema>& CsvSource::schema() const { return impl_->schema(); }
Result<std::optional<Chunk>> CsvSource::Next() { return impl_->Next(); }
int64_t CsvSource::TotalBytes() const { return impl_->total_bytes(); }
int64_t CsvSource::ReadBytes() const { return impl_->ReadBytes(); }
std::vector<std::string> CsvSource::Warnings() const { return impl_->Warnings(); }

Result<std::vector<std::string>> ReadCsvHeader(const std::shared_ptr<Storage>& storage,
                                               const std::string& path,
                                               const FormatOptions& format) {
  ARROW_ASSIGN_OR_RAISE(const CsvDialect dialect, DialectOf(format));
  ARROW_ASSIGN_OR_RAISE(CsvInput input, OpenCsvInput(storage, path));
  ARROW_ASSIGN_OR_RAISE(CsvHeader header, ReadStrictHeader(&input, dialect, format));
  return ColumnNames(input, header, dialect, format);
}

}  // namespace tamis
