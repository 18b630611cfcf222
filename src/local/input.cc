// Resolves paths and formats of inputs. See input.h.
#include "local/input.h"

#include <algorithm>

#include "dataset/partition.h"
#include "format/arrow_source.h"
#include "format/csv_source.h"
#include "format/jsonl_source.h"
#include "format/orc.h"
#include "local/conform.h"
#include "local/partition_columns.h"
#include "storage/glob.h"

namespace tamis {
namespace {

struct Ending {
  const char* suffix;
  const char* format;
};
constexpr Ending kEndings[] = {{".csv", "csv"},         {".tsv", "csv"},       {".txt", "csv"},
                               {".jsonl", "jsonl"},     {".ndjson", "jsonl"},  {".json", "jsonl"},
                               {".parquet", "parquet"}, {".parq", "parquet"},  {".orc", "orc"},
                               {".arrow", "arrow"},     {".feather", "arrow"}, {".ipc", "arrow"}};

Table TableOfSchema(const arrow::Schema& schema) {
  Table table;
  for (const auto& field : schema.fields()) {
    Column column;
    column.name = field->name();
    column.type = field->type();
    column.required = false;
    table.columns.push_back(std::move(column));
  }
  return table;
}

Status OpenCsv(const std::shared_ptr<Storage>& storage, const ReadSpec& read,
               const std::vector<std::string>& paths, Input* input) {
  CsvSourceOptions options;
  options.dictionary_text = true;
  std::unique_ptr<CsvSource> source;
  if (read.contract) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, read.contract->FindTable(read.table));
    input->table = *table;
    input->table.format = read.format;
    ARROW_ASSIGN_OR_RAISE(source, CsvSource::Open(storage, paths, input->table, options));
  } else {
    FormatOptions format = read.format;
    if (IsTsvName(paths[0]) && format.delimiter == FormatOptions().delimiter) {
      format.delimiter = '\t';
    }
    ARROW_ASSIGN_OR_RAISE(source, CsvSource::OpenAsText(storage, paths, format, options));
    input->table = source->table();
  }
  input->source = std::move(source);
  return Status::OK();
}

Status OpenJsonl(const std::shared_ptr<Storage>& storage, const ReadSpec& read,
                 const std::vector<std::string>& paths, Input* input) {
  JsonlSourceOptions options;
  options.dictionary_text = true;
  std::unique_ptr<JsonlSource> source;
  if (read.contract) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, read.contract->FindTable(read.table));
    input->table = *table;
    input->table.format = read.format;
    ARROW_ASSIGN_OR_RAISE(source, JsonlSource::Open(storage, paths, input->table, options));
  } else {
    ARROW_ASSIGN_OR_RAISE(source, JsonlSource::OpenAsText(storage, paths, read.format, options));
    input->table = source->table();
  }
  input->source = std::move(source);
  return Status::OK();
}

Status OpenColumnar(const std::shared_ptr<Storage>& storage, const ReadSpec& read,
                    const std::string& format, const std::vector<std::string>& paths,
                    Input* input) {
  ArrowSourceOptions options;
  if (read.contract) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, read.contract->FindTable(read.table));
    input->table = *table;
  }
  ARROW_ASSIGN_OR_RAISE(input->source, format == "parquet"
                                           ? OpenParquetSource(storage, paths, options)
                                       : format == "orc" ? OpenOrcSource(storage, paths, options)
                                                         : OpenIpcSource(storage, paths, options));
  const Table* table = read.contract ? &input->table : nullptr;
  ARROW_ASSIGN_OR_RAISE(input->source, AddPartitionColumns(std::move(input->source), paths, table));
  ARROW_ASSIGN_OR_RAISE(input->source, ConformSource(std::move(input->source), table, paths[0]));
  if (!table) input->table = TableOfSchema(*input->source->schema());
  return Status::OK();
}

}  // namespace

namespace {

// In small letters, without the ending of compressed files.
std::string UnpackedName(const std::string& path) {
  std::string name = path;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const char* packed : {".gz", ".zst", ".zstd"}) {
    if (name.ends_with(packed)) name.resize(name.size() - std::string_view(packed).size());
  }
  return name;
}

}  // namespace

bool IsTsvName(const std::string& path) { return UnpackedName(path).ends_with(".tsv"); }

std::string FormatByName(const std::string& format, const std::string& path) {
  if (!format.empty()) return format;
  const std::string name = UnpackedName(path);
  for (const Ending& ending : kEndings) {
    if (name.ends_with(ending.suffix)) return ending.format;
  }
  return "";
}

namespace {

// A CSV file's columns are its header's; so are a contract's, whatever the folders are called.
void WarnOfPartitions(const std::string& path, const arrow::Schema& schema, Input* input) {
  std::string lost;
  for (const auto& [key, value] : ParsePartitions(path)) {
    if (schema.GetFieldIndex(key) < 0) lost += (lost.empty() ? "" : ", ") + key;
  }
  if (lost.empty()) return;
  input->warnings.push_back(path + ": the partition columns in the folders' names are not read: " +
                            lost + " (tamis sql reads them)");
}

}  // namespace

Result<Input> OpenInput(const std::shared_ptr<Storage>& storage, const ReadSpec& read) {
  std::vector<std::string> paths;
  Input input;
  if (read.path == "-") {
    paths = {"-"};
  } else {
    ARROW_ASSIGN_OR_RAISE(auto files, ExpandPaths(*storage, read.path));
    for (const FileInfo& file : files) {
      paths.push_back(file.path);
      input.files.push_back({file.path, file.size_bytes, file.modified_ns, "", 0});
      input.total_bytes += file.size_bytes;
    }
  }
  std::string format = FormatByName(read.format.format, paths[0]);
  if (format.empty() && (read.contract || read.path == "-")) format = "csv";
  if (format == "csv") {
    ARROW_RETURN_NOT_OK(OpenCsv(storage, read, paths, &input));
  } else if (format == "jsonl") {
    ARROW_RETURN_NOT_OK(OpenJsonl(storage, read, paths, &input));
  } else if (format == "parquet" || format == "orc" || format == "arrow") {
    ARROW_RETURN_NOT_OK(OpenColumnar(storage, read, format, paths, &input));
  } else if (format.empty()) {
    return UsageErrorAt(read.place, paths[0] + ": the file's name does not tell its format",
                        "say it with --format, format: or a contract");
  } else {
    return UsageErrorAt(read.place, "format " + format + " can't be read",
                        "known: csv, jsonl, parquet, orc, arrow");
  }
  WarnOfPartitions(paths[0], *input.source->schema(), &input);
  return input;
}

}  // namespace tamis
