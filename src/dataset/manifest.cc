// See manifest.h.
#include "dataset/manifest.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>

#include "dataset/json.h"
#include "dataset/layout.h"
#include "storage/crc32c.h"
#include "storage/path.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

constexpr std::string_view kManifestFormat = "tamis-manifest-1";
constexpr std::string_view kCommitFormat = "tamis-commit-1";
constexpr int64_t kVerifyChunkBytes = 1 << 20;

std::string CrcText(uint32_t crc) {
  char text[16];
  std::snprintf(text, sizeof text, "%08x", crc);
  return text;
}

std::string Head(std::string_view format, int64_t version, const std::string& run_id,
                 const std::string& time, const std::string& mode) {
  return "{\"format\": " + QuoteJson(format) + ",\n \"version\": " + std::to_string(version) +
         ",\n \"run\": " + QuoteJson(run_id) + ",\n \"time\": " + QuoteJson(time) +
         ",\n \"mode\": " + QuoteJson(mode);
}

std::string FormatFile(const DatasetFile& file) {
  std::string out = "{\"path\": " + QuoteJson(file.path) +
                    ", \"bytes\": " + std::to_string(file.bytes) + ", \"rows\": ";
  out += file.rows < 0 ? "null" : std::to_string(file.rows);
  out += ", \"crc32c\": \"" + CrcText(file.crc32c) + "\"";
  return out + ", \"version\": " + std::to_string(file.version) + "}";
}

std::string FormatConsumed(const ConsumedFile& file) {
  return "{\"path\": " + QuoteJson(file.path) + ", \"bytes\": " + std::to_string(file.bytes) +
         ", \"modified_ns\": " + std::to_string(file.modified_ns) +
         ", \"digest\": " + QuoteJson(file.digest) +
         ", \"version\": " + std::to_string(file.version) + "}";
}

template <typename Item, typename Format>
void AppendList(const char* name, const std::vector<Item>& items, Format format, std::string* out) {
  *out += ",\n \"" + std::string(name) + "\": [";
  const char* separator = "\n  ";
  for (const Item& item : items) {
    *out += separator + format(item);
    separator = ",\n  ";
  }
  *out += "]";
}

std::string FormatColumn(const DatasetSchema::Column& column) {
  return "{\"name\": " + QuoteJson(column.name) + ", \"type\": " + QuoteJson(column.type) + "}";
}

void AppendSchema(const DatasetSchema& schema, std::string* out) {
  if (!schema.is_known()) return;
  *out += ",\n \"file_format\": " + QuoteJson(schema.file_format);
  AppendList("partition_keys", schema.partition_keys, QuoteJson, out);
  AppendList("columns", schema.columns, FormatColumn, out);
}

/// Takes members out of parsed JSON; remembers the first that is missing or of another kind.
class MemberReader {
 public:
  const Json* Take(const Json& object, const char* name, Json::Kind kind) {
    const Json* member = object.Find(name);
    if (member && member->kind == kind) return member;
    if (problem_.empty()) problem_ = std::string(name) + " is missing or of the wrong kind";
    return nullptr;
  }
  void Text(const Json& object, const char* name, std::string* out) {
    if (const Json* member = Take(object, name, Json::Kind::kText)) *out = member->text;
  }
  void Integer(const Json& object, const char* name, int64_t* out) {
    if (const Json* member = Take(object, name, Json::Kind::kInteger)) *out = member->integer;
  }
  template <typename Read>
  void List(const Json& object, const char* name, Read read) {
    const Json* member = Take(object, name, Json::Kind::kList);
    if (!member) return;
    for (const Json& item : member->items) read(item);
  }
  void Refuse(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }
  const std::string& problem() const { return problem_; }

 private:
  std::string problem_;
};

DatasetFile ReadFile(const Json& item, MemberReader* reader) {
  DatasetFile file;
  reader->Text(item, "path", &file.path);
  reader->Integer(item, "bytes", &file.bytes);
  const Json* rows = item.Find("rows");
  if (rows && rows->kind == Json::Kind::kInteger) file.rows = rows->integer;
  std::string crc;
  reader->Text(item, "crc32c", &crc);
  auto [end, error] = std::from_chars(crc.data(), crc.data() + crc.size(), file.crc32c, 16);
  if (error != std::errc() || end != crc.data() + crc.size()) reader->Refuse("crc32c is not one");
  reader->Integer(item, "version", &file.version);
  // A record is carried out: what it names must not be able to leave the dataset.
  if (("/" + file.path + "/").find("/../") != std::string::npos || file.path.starts_with('/')) {
    reader->Refuse("a path leaves the dataset");
  }
  return file;
}

ConsumedFile ReadConsumed(const Json& item, MemberReader* reader) {
  ConsumedFile file;
  reader->Text(item, "path", &file.path);
  reader->Integer(item, "bytes", &file.bytes);
  reader->Integer(item, "modified_ns", &file.modified_ns);
  reader->Text(item, "digest", &file.digest);
  reader->Integer(item, "version", &file.version);
  return file;
}

/// Not there where the writer did not say it.
void ReadSchema(const Json& json, MemberReader* reader, DatasetSchema* schema) {
  if (!json.Find("columns")) return;
  reader->Text(json, "file_format", &schema->file_format);
  reader->List(json, "partition_keys", [&](const Json& item) {
    if (item.kind != Json::Kind::kText) reader->Refuse("partition_keys holds what is not a name");
    schema->partition_keys.push_back(item.text);
  });
  reader->List(json, "columns", [&](const Json& item) {
    DatasetSchema::Column column;
    reader->Text(item, "name", &column.name);
    reader->Text(item, "type", &column.type);
    schema->columns.push_back(std::move(column));
  });
}

/// Parses the members that manifests and commit records share.
template <typename Document>
void ReadHead(const Json& json, std::string_view format, MemberReader* reader, Document* out) {
  std::string found;
  reader->Text(json, "format", &found);
  if (found != format) reader->Refuse("its format is not " + std::string(format));
  reader->Integer(json, "version", &out->version);
  reader->Text(json, "run", &out->run_id);
  reader->Text(json, "time", &out->time);
  reader->Text(json, "mode", &out->mode);
  ReadSchema(json, reader, &out->schema);
  reader->List(json, "consumed",
               [&](const Json& item) { out->consumed.push_back(ReadConsumed(item, reader)); });
}

Status Unreadable(std::string_view path, const std::string& problem) {
  return IoError(path, "can't be read: " + problem,
                 "tamis wrote it whole; restore it, or move the folder away");
}

}  // namespace

std::string FormatManifest(const Manifest& manifest) {
  std::string out =
      Head(kManifestFormat, manifest.version, manifest.run_id, manifest.time, manifest.mode);
  int64_t bytes = 0, rows = 0;
  for (const DatasetFile& file : manifest.files) {
    bytes += file.bytes;
    rows = file.rows < 0 || rows < 0 ? -1 : rows + file.rows;
  }
  out += ",\n \"bytes\": " + std::to_string(bytes);
  out += ",\n \"rows\": " + (rows < 0 ? "null" : std::to_string(rows));
  AppendSchema(manifest.schema, &out);
  AppendList("files", manifest.files, FormatFile, &out);
  AppendList("consumed", manifest.consumed, FormatConsumed, &out);
  return out + "}\n";
}

std::string FormatCommitRecord(const CommitRecord& record) {
  std::string out = Head(kCommitFormat, record.version, record.run_id, record.time, record.mode);
  AppendSchema(record.schema, &out);
  AppendList("added", record.added, FormatFile, &out);
  AppendList("removed", record.removed, QuoteJson, &out);
  AppendList("consumed", record.consumed, FormatConsumed, &out);
  return out + "}\n";
}

Result<Manifest> ParseManifest(std::string_view path, std::string_view text) {
  auto json = ParseJson(text);
  if (!json.ok()) return Unreadable(path, json.status().message());
  Manifest manifest;
  MemberReader reader;
  ReadHead(*json, kManifestFormat, &reader, &manifest);
  reader.List(*json, "files",
              [&](const Json& item) { manifest.files.push_back(ReadFile(item, &reader)); });
  if (!reader.problem().empty()) return Unreadable(path, reader.problem());
  return manifest;
}

Result<CommitRecord> ParseCommitRecord(std::string_view path, std::string_view text) {
  auto json = ParseJson(text);
  if (!json.ok()) return Unreadable(path, json.status().message());
  CommitRecord record;
  MemberReader reader;
  ReadHead(*json, kCommitFormat, &reader, &record);
  reader.List(*json, "added",
              [&](const Json& item) { record.added.push_back(ReadFile(item, &reader)); });
  reader.List(*json, "removed", [&](const Json& item) {
    if (item.kind != Json::Kind::kText) reader.Refuse("removed holds what is not a path");
    if (("/" + item.text + "/").find("/../") != std::string::npos || item.text.starts_with('/')) {
      reader.Refuse("a path leaves the dataset");
    }
    record.removed.push_back(item.text);
  });
  if (!reader.problem().empty()) return Unreadable(path, reader.problem());
  return record;
}

Manifest ApplyCommit(const Manifest& before, const CommitRecord& record) {
  Manifest after;
  after.version = record.version;
  after.run_id = record.run_id;
  after.time = record.time;
  after.mode = record.mode;
  const bool is_said = record.schema.is_known() || record.mode == "overwrite";
  after.schema = is_said ? record.schema : before.schema;
  std::set<std::string> gone(record.removed.begin(), record.removed.end());
  for (const DatasetFile& file : record.added) gone.insert(file.path);  // a commit applied twice
  for (const DatasetFile& file : before.files) {
    if (!gone.count(file.path)) after.files.push_back(file);
  }
  after.files.insert(after.files.end(), record.added.begin(), record.added.end());
  std::sort(after.files.begin(), after.files.end(),
            [](const DatasetFile& a, const DatasetFile& b) { return a.path < b.path; });
  std::set<std::string> again;
  for (const ConsumedFile& file : record.consumed) again.insert(file.path);
  if (record.mode != "overwrite") {
    for (const ConsumedFile& file : before.consumed) {
      if (!again.count(file.path)) after.consumed.push_back(file);
    }
  }
  after.consumed.insert(after.consumed.end(), record.consumed.begin(), record.consumed.end());
  std::sort(after.consumed.begin(), after.consumed.end(),
            [](const ConsumedFile& a, const ConsumedFile& b) { return a.path < b.path; });
  return after;
}

Result<std::optional<Manifest>> ReadManifest(Storage& storage, const std::string& path) {
  std::string manifest_path = JoinPath(path, kManifestFile);
  ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(manifest_path));
  if (!exists) return std::nullopt;
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadWholeFile(storage, manifest_path));
  ARROW_ASSIGN_OR_RAISE(Manifest manifest, ParseManifest(manifest_path, text));
  return manifest;
}

Result<uint32_t> Crc32cOfFile(Storage& storage, const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(auto file, storage.OpenRead(path));
  // Most files of a dataset of many partitions are far smaller than a chunk.
  const int64_t chunk_bytes = std::min(file->size_bytes(), kVerifyChunkBytes);
  std::string buffer(static_cast<size_t>(chunk_bytes), '\0');
  uint32_t crc = 0;
  for (int64_t offset = 0; offset < file->size_bytes();) {
    ARROW_ASSIGN_OR_RAISE(int64_t got, file->ReadAt(offset, chunk_bytes, buffer.data()));
    if (got == 0) return IoError(path, "became shorter while it was read");
    crc = Crc32c(std::string_view(buffer.data(), static_cast<size_t>(got)), crc);
    offset += got;
  }
  return crc;
}

Status VerifyDataset(Storage& storage, const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(std::optional<Manifest> manifest, ReadManifest(storage, path));
  if (!manifest) return IoError(path, "has no manifest", "tamis did not write it");
  for (const DatasetFile& file : manifest->files) {
    std::string file_path = JoinPath(path, file.path);
    ARROW_ASSIGN_OR_RAISE(FileInfo info, storage.Stat(file_path));
    if (info.size_bytes != file.bytes) {
      return IoError(file_path, "has " + std::to_string(info.size_bytes) + " bytes, not the " +
                                    std::to_string(file.bytes) + " of the manifest");
    }
    ARROW_ASSIGN_OR_RAISE(uint32_t crc, Crc32cOfFile(storage, file_path));
    if (crc != file.crc32c) {
      return IoError(file_path, "has the CRC-32C " + CrcText(crc) + ", not the " +
                                    CrcText(file.crc32c) + " of the manifest");
    }
  }
  return Status::OK();
}

}  // namespace tamis
