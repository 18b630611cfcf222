// Files to chunks: takes pieces of text, splits lines, types their members. Does not type values
// (json_columns).
#include "format/jsonl_source.h"

#include <arrow/array.h>
#include <arrow/record_batch.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <set>

#include "base/memory.h"
#include "base/printable.h"
#include "format/json_columns.h"
#include "format/record_chunks.h"
#include "format/text_input.h"
#include "format/zone_file.h"
#include "text/json_cursor.h"
#include "text/utf8.h"

namespace tamis {
namespace {

static_assert(kJsonPadding <= kChunkPadding);

/// Bytes at a file's beginning that are looked at for names, at most.
constexpr int64_t kNamesBytesMax = 16 << 20;

/// Where the records of a chunk stand.
struct LineIndex {
  struct Line {
    uint32_t begin = 0;
    uint32_t size = 0;    // without the line end
    uint32_t number = 0;  // lines before it in the chunk
  };
  std::vector<Line> lines;
};

bool IsBlank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }

/// The line without a CR at its end.
std::string_view TrimmedLine(const char* begin, const char* end) {
  if (end != begin && end[-1] == '\r') --end;
  return {begin, static_cast<size_t>(end - begin)};
}

/// One open file.
struct OpenFile {
  std::string name;
  std::unique_ptr<RecordChunks> chunks;
};

/// Finds the raw text of a member, for messages.
class MemberFinder {
 public:
  explicit MemberFinder(std::string_view line) : cursor_(line) {}

  /// `path` as JsonReading::PathTo makes it. "" if there is no such member.
  std::string Find(std::string_view path) {
    const char* begin = cursor_.at();
    const JsonKind kind = cursor_.Kind();
    if (path.empty()) {
      begin = cursor_.at();
      if (!cursor_.SkipValue()) return {};
      return Shown({begin, static_cast<size_t>(cursor_.at() - begin)}, kind);
    }
    if (kind == JsonKind::kArray && path.starts_with('[')) return FindItem(path);
    return kind == JsonKind::kObject ? FindMember(path) : std::string();
  }

 private:
  // A text without its quotes, as the value that it is.
  static std::string Shown(std::string_view raw, JsonKind kind) {
    if (kind != JsonKind::kText) return std::string(raw);
    std::string text;
    const std::string_view body = raw.substr(1, raw.size() - 2);
    return UnescapeJson(body, &text) ? text : std::string(body);
  }

  std::string FindItem(std::string_view path) {
    const size_t close = path.find(']');
    const int64_t wanted = std::atoll(std::string(path.substr(1, close - 1)).c_str());
    cursor_.Take('[');
    for (int64_t index = 0; index < wanted; ++index) {
      if (!cursor_.SkipValue() || !cursor_.Take(',')) return {};
    }
    path.remove_prefix(close + 1);
    if (path.starts_with('.')) path.remove_prefix(1);
    return Find(path);
  }

  std::string FindMember(std::string_view path) {
    cursor_.Take('{');
    do {
      JsonTextToken text;
      std::string name;
      if (cursor_.Kind() != JsonKind::kText || !cursor_.ReadText(&text) || !cursor_.Take(':')) {
        return {};
      }
      if (!UnescapeJson(text.body, &name)) name = text.body;
      if (path.starts_with(name)) {
        const std::string_view rest = path.substr(name.size());
        if (rest.empty() || rest[0] == '[') return Find(rest);
        if (rest[0] == '.') return Find(rest.substr(1));
      }
      if (!cursor_.SkipValue()) return {};
    } while (cursor_.Take(','));
    return {};
  }

  JsonCursor cursor_;
};

/// The text behind a chunk's rows.
class JsonlOrigin : public RowOrigin {
 public:
  JsonlOrigin(std::shared_ptr<const OpenFile> file, RecordChunk chunk,
              std::shared_ptr<const LineIndex> index,
              std::shared_ptr<const std::vector<std::string>> names)
      : file_(std::move(file)),
        chunk_(std::move(chunk)),
        index_(std::move(index)),
        names_(std::move(names)) {}

  void Locate(int64_t row, Reject* reject) const override {
    const LineIndex::Line& line = index_->lines[static_cast<size_t>(row)];
    reject->file = file_->name;
    reject->record = chunk_.first_record + row + 1;
    reject->line = chunk_.first_line + line.number + 1;
    reject->byte_offset = chunk_.file_offset + line.begin;
    reject->raw.assign(chunk_.data() + line.begin, line.size);
  }

  std::string Field(int64_t row, int column) const override { return Member(row, column, ""); }

  std::string Member(int64_t row, int column, const std::string& member) const override {
    const LineIndex::Line& line = index_->lines[static_cast<size_t>(row)];
    std::string path = column < 0 ? "" : (*names_)[static_cast<size_t>(column)];
    if (!path.empty() && !member.empty() && member[0] != '[') path += ".";
    return MemberFinder({chunk_.data() + line.begin, line.size}).Find(path + member);
  }

 private:
  std::shared_ptr<const OpenFile> file_;
  RecordChunk chunk_;
  std::shared_ptr<const LineIndex> index_;
  std::shared_ptr<const std::vector<std::string>> names_;
};

/// The names that stand outermost in the records of `text`, as far as they are JSON.
std::vector<std::string> OuterNames(std::string_view text, bool text_is_all) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  size_t at = 0;
  for (int64_t records = 0; records < kJsonNamedRecords && at < text.size();) {
    const size_t end = text.find('\n', at);
    if (end == text.npos && !text_is_all) break;
    const std::string_view line = text.substr(at, std::min(end, text.size()) - at);
    at = std::min(end, text.size() - 1) + 1;
    if (IsBlank(line)) continue;
    ++records;
    JsonCursor cursor(line);
    if (!cursor.Take('{')) continue;
    do {
      JsonTextToken name;
      std::string plain;
      if (cursor.Kind() != JsonKind::kText || !cursor.ReadText(&name) || !cursor.Take(':')) break;
      if (!UnescapeJson(name.body, &plain) || !IsValidUtf8(plain)) break;
      if (seen.insert(plain).second) names.push_back(plain);
    } while (cursor.SkipValue() && cursor.Take(','));
  }
  return names;
}

}  // namespace

class JsonlSource::Impl {
 public:
  Impl(std::shared_ptr<Storage> storage, std::vector<std::string> paths, const Table& table,
       JsonlSourceOptions options)
      : storage_(std::move(storage)),
        paths_(std::move(paths)),
        table_(table),
        options_(options),
        rules_(std::make_shared<JsonRules>()) {}

  Status Start();
  Status StartAsText();
  Result<std::optional<Chunk>> Next();

  const Table& table() const { return table_; }
  const std::shared_ptr<arrow::Schema>& schema() const { return schema_; }
  int64_t total_bytes() const { return total_bytes_; }
  int64_t ReadBytes() const;
  std::vector<std::string> Warnings() const;

 private:
  Status MakeReady();
  Status FindTotalBytes();
  Status OpenNextFile();
  void UseFile(TextInput input);
  ScanFunction ScanInto(const OpenFile& file, LineIndex* index) const;
  Result<Chunk> Type(const std::shared_ptr<const OpenFile>& file, RecordChunk text,
                     std::shared_ptr<LineIndex> index);
  void ReadRecord(std::string_view line, int32_t row, bool check_utf8, JsonMembers* columns,
                  std::vector<CellIssue>* issues) const;
  Result<std::unique_ptr<JsonMembers>> TakeColumns();

  std::shared_ptr<Storage> storage_;
  std::vector<std::string> paths_;
  Table table_;
  JsonlSourceOptions options_;
  std::shared_ptr<JsonRules> rules_;
  std::shared_ptr<arrow::Schema> schema_;
  std::shared_ptr<const std::vector<std::string>> names_;
  int64_t total_bytes_ = 0;

  mutable std::mutex mutex_;
  std::shared_ptr<OpenFile> current_;
  size_t next_path_ = 0;
  int64_t next_index_ = 0;
  int64_t finished_bytes_ = 0;                         // of files before current_
  std::vector<std::unique_ptr<JsonMembers>> columns_;  // that no thread uses at the moment
  std::map<std::string, int64_t> extras_;
  Status failure_;
};

Status JsonlSource::Impl::MakeReady() {
  if (table_.format.encoding != "utf-8") {
    return UsageErrorAt(table_.place, "JSON lines are utf-8, not " + table_.format.encoding,
                        "leave encoding out");
  }
  if (options_.chunk_bytes < 1 || options_.chunk_bytes > (1 << 30)) {
    return UsageError("chunk size of " + std::to_string(options_.chunk_bytes) + " bytes",
                      "between 1 and 1 GiB");
  }
  ARROW_ASSIGN_OR_RAISE(rules_->naive_zone,
                        FindTimeZone(table_.format.timestamp_zone, table_.place));
  rules_->extra = table_.format.extra;
  rules_->dictionary_text = options_.dictionary_text;
  auto names = std::make_shared<std::vector<std::string>>();
  for (const Column& column : table_.columns) names->push_back(column.name);
  names_ = std::move(names);
  schema_ = table_.ArrowSchema();
  ARROW_ASSIGN_OR_RAISE(auto columns, TakeColumns());
  columns_.push_back(std::move(columns));
  return FindTotalBytes();
}

Status JsonlSource::Impl::Start() {
  ARROW_RETURN_NOT_OK(MakeReady());
  return paths_.empty() ? Status::OK() : OpenNextFile();
}

Status JsonlSource::Impl::StartAsText() {
  const std::string& path = paths_[next_path_++];
  ARROW_ASSIGN_OR_RAISE(TextInput input, OpenTextInput(storage_, path, "JSON lines"));
  while (!input.head_is_all && static_cast<int64_t>(input.head.size()) < kNamesBytesMax &&
         std::count(input.head.begin(), input.head.end(), '\n') < kJsonNamedRecords) {
    ARROW_RETURN_NOT_OK(ReadTextHead(&input, static_cast<int64_t>(input.head.size()) * 4));
  }
  const size_t begin = input.head.starts_with(kUtf8Bom) ? kUtf8Bom.size() : 0;
  std::string text = input.head.substr(begin);
  const size_t size = text.size();
  text.resize(size + kJsonPadding);
  const auto names = OuterNames(std::string_view(text).substr(0, size), input.head_is_all);
  if (names.empty()) {
    return DataError(path + ": no member in the first records: there are no columns",
                     "JSON lines have one object a line; or give a contract");
  }
  FormatOptions format = table_.format;
  format.extra = ExtraMembers::kReject;
  table_ = TextTable(names, format);
  rules_->takes_any = true;
  ARROW_RETURN_NOT_OK(MakeReady());
  UseFile(std::move(input));
  return Status::OK();
}

Status JsonlSource::Impl::FindTotalBytes() {
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

Status JsonlSource::Impl::OpenNextFile() {
  ARROW_ASSIGN_OR_RAISE(TextInput input,
                        OpenTextInput(storage_, paths_[next_path_++], "JSON lines"));
  UseFile(std::move(input));
  return Status::OK();
}

void JsonlSource::Impl::UseFile(TextInput input) {
  auto file = std::make_shared<OpenFile>();
  file->name = input.name;
  RecordsStart start;
  if (input.head.starts_with(kUtf8Bom)) start.offset = static_cast<int64_t>(kUtf8Bom.size());
  if (input.stream) {
    file->chunks = std::make_unique<RecordChunks>(std::move(input.stream), std::move(input.head),
                                                  input.name, start, options_.chunk_bytes);
  } else {
    file->chunks = std::make_unique<RecordChunks>(std::move(input.file), input.name, start,
                                                  options_.chunk_bytes);
  }
  current_ = std::move(file);
}

ScanFunction JsonlSource::Impl::ScanInto(const OpenFile& file, LineIndex* index) const {
  return [this, &file, index](const ScanRequest& request) -> Result<ScanAnswer> {
    index->lines.clear();
    ScanAnswer answer;
    const int64_t bytes_max = 2 * int64_t{options_.record_bytes_max};
    int64_t at = request.start;
    while (at < request.limit) {
      const char* const begin = request.data + at;
      const auto left = static_cast<size_t>(request.size - at);
      const void* const found = std::memchr(begin, '\n', left);
      if (!found && request.size - at > bytes_max) {
        return DataError(file.name + ": a line of more than " + FormatByteSize(bytes_max),
                         "is it a file of JSON lines?");
      }
      if (!found && !request.final) return ScanAnswer{};
      const char* const end = found ? static_cast<const char*>(found) : begin + left;
      const std::string_view line = TrimmedLine(begin, end);
      if (!IsBlank(line)) {
        index->lines.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(line.size()),
                                static_cast<uint32_t>(answer.lines)});
      }
      answer.lines += found != nullptr;
      at = end - request.data + (found != nullptr);
    }
    answer.complete = true;
    answer.end = std::max(at, request.start);
    answer.records = static_cast<int64_t>(index->lines.size());
    return answer;
  };
}

Result<std::optional<Chunk>> JsonlSource::Impl::Next() {
  auto index = std::make_shared<LineIndex>();
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

Result<std::unique_ptr<JsonMembers>> JsonlSource::Impl::TakeColumns() {
  {
    std::lock_guard lock(mutex_);
    if (!columns_.empty()) {
      auto columns = std::move(columns_.back());
      columns_.pop_back();
      return columns;
    }
  }
  ARROW_ASSIGN_OR_RAISE(JsonMembers columns,
                        JsonMembers::Make(table_.columns, /*is_record=*/true, rules_));
  return std::make_unique<JsonMembers>(std::move(columns));
}

void JsonlSource::Impl::ReadRecord(std::string_view line, int32_t row, bool check_utf8,
                                   JsonMembers* columns, std::vector<CellIssue>* issues) const {
  const size_t issues_before = issues->size();
  const auto refuse = [&](Rule rule, std::string detail) {
    issues->resize(issues_before);
    columns->Truncate(static_cast<size_t>(row));
    columns->AddNull();
    issues->push_back({row, -1, rule, std::move(detail)});
  };
  if (line.size() > options_.record_bytes_max) return refuse(Rule::kTooLong, {});
  if (std::memchr(line.data(), '\0', line.size())) return refuse(Rule::kNul, {});
  JsonReading reading(line, row, check_utf8, issues);
  JsonCursor& cursor = reading.cursor;
  if (cursor.Kind() != JsonKind::kObject) {
    const bool value = cursor.SkipValue() && cursor.ReadEnd();
    return refuse(Rule::kJson, value ? "another value" : JsonFaultText(cursor.fault()));
  }
  if (!columns->Read(&reading) || !cursor.ReadEnd()) {
    return refuse(Rule::kJson, JsonFaultText(cursor.fault()) + std::string(" at byte ") +
                                   std::to_string(cursor.at() - line.data() + 1));
  }
  if (!check_utf8) return;
  const bool known =
      std::any_of(issues->begin() + static_cast<int64_t>(issues_before), issues->end(),
                  [](const CellIssue& issue) { return issue.rule == Rule::kEncoding; });
  // The bad bytes are in a name, or in a member that has no column.
  if (!known) refuse(Rule::kEncoding, {});
}

Result<Chunk> JsonlSource::Impl::Type(const std::shared_ptr<const OpenFile>& file, RecordChunk text,
                                      std::shared_ptr<LineIndex> index) {
  ARROW_ASSIGN_OR_RAISE(auto columns, TakeColumns());
  Chunk chunk;
  const auto size = static_cast<size_t>(std::max<int64_t>(text.end - text.begin, 0));
  const bool valid = IsValidUtf8({text.data() + (size ? text.begin : 0), size});
  int32_t row = 0;
  for (const LineIndex::Line& place : index->lines) {
    const std::string_view line(text.data() + place.begin, place.size);
    ReadRecord(line, row++, !valid && !IsValidUtf8(line), columns.get(), &chunk.issues);
  }
  std::stable_sort(chunk.issues.begin(), chunk.issues.end(),
                   [](const CellIssue& a, const CellIssue& b) {
                     return a.row != b.row ? a.row < b.row : a.column < b.column;
                   });
  ARROW_ASSIGN_OR_RAISE(auto data, columns->Finish());
  arrow::FieldVector fields;
  for (int i = 0; i < schema_->num_fields(); ++i) {
    fields.push_back(schema_->field(i)->WithType(data[static_cast<size_t>(i)]->type));
  }
  chunk.batch = arrow::RecordBatch::Make(arrow::schema(std::move(fields)), row, std::move(data));
  chunk.origin = std::make_shared<JsonlOrigin>(file, std::move(text), std::move(index), names_);
  std::lock_guard lock(mutex_);
  columns_.push_back(std::move(columns));
  return chunk;
}

int64_t JsonlSource::Impl::ReadBytes() const {
  std::lock_guard lock(mutex_);
  return finished_bytes_ + (current_ ? current_->chunks->ReadBytes() : 0);
}

std::vector<std::string> JsonlSource::Impl::Warnings() const {
  constexpr size_t kShownMax = 10;
  std::lock_guard lock(mutex_);
  std::map<std::string, int64_t> extras;
  for (const auto& columns : columns_) columns->AddExtras("", &extras);
  if (extras.empty()) return {};
  std::string names;
  size_t shown = 0;
  for (const auto& [name, count] : extras) {
    if (shown++ == kShownMax) break;
    names += (names.empty() ? "" : ", ") + Printable(name) + " (" + std::to_string(count) +
             (count == 1 ? " time)" : " times)");
  }
  if (extras.size() > kShownMax) names += ", ...";
  return {paths_[0] + (paths_.size() > 1 ? ", ..." : "") +
          ": members that the contract doesn't have are left out: " + names};
}

JsonlSource::JsonlSource(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
JsonlSource::~JsonlSource() = default;

Result<std::unique_ptr<JsonlSource>> JsonlSource::Open(std::shared_ptr<Storage> storage,
                                                       std::vector<std::string> paths,
                                                       const Table& table,
                                                       JsonlSourceOptions options) {
  auto impl = std::make_unique<Impl>(std::move(storage), std::move(paths), table, options);
  ARROW_RETURN_NOT_OK(impl->Start());
  return std::unique_ptr<JsonlSource>(new JsonlSource(std::move(impl)));
}

Result<std::unique_ptr<JsonlSource>> JsonlSource::OpenAsText(std::shared_ptr<Storage> storage,
                                                             std::vector<std::string> paths,
                                                             const FormatOptions& format,
                                                             JsonlSourceOptions options) {
  auto impl =
      std::make_unique<Impl>(std::move(storage), std::move(paths), TextTable({}, format), options);
  ARROW_RETURN_NOT_OK(impl->StartAsText());
  return std::unique_ptr<JsonlSource>(new JsonlSource(std::move(impl)));
}

const Table& JsonlSource::table() const { return impl_->table(); }
const std::shared_ptr<arrow::Schema>& JsonlSource::schema() const { return impl_->schema(); }
Result<std::optional<Chunk>> JsonlSource::Next() { return impl_->Next(); }
int64_t JsonlSource::TotalBytes() const { return impl_->total_bytes(); }
int64_t JsonlSource::ReadBytes() const { return impl_->ReadBytes(); }
std::vector<std::string> JsonlSource::Warnings() const { return impl_->Warnings(); }

}  // namespace tamis
