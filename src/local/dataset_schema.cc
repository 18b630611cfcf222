// See dataset_schema.h.
#include "local/dataset_schema.h"

#include <algorithm>
#include <optional>
#include <set>

#include "dataset/partition.h"
#include "format/arrow_source.h"
#include "format/csv_header.h"
#include "format/orc.h"
#include "local/input.h"
#include "storage/path.h"

namespace tamis {
namespace {

// The same text for types that readers don't tell apart.
std::string TypeText(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::DICTIONARY:
      return TypeText(*static_cast<const arrow::DictionaryType&>(type).value_type());
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
      return arrow::utf8()->ToString();
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
      return arrow::binary()->ToString();
    case arrow::Type::TIMESTAMP: {
      const auto& timestamp = static_cast<const arrow::TimestampType&>(type);
      return arrow::timestamp(timestamp.unit(), timestamp.timezone().empty() ? "" : "UTC")
          ->ToString();
    }
    case arrow::Type::LIST:
    case arrow::Type::LARGE_LIST:
      return "list<" + TypeText(*type.field(0)->type()) + ">";
    case arrow::Type::STRUCT: {
      std::string text;
      for (const auto& field : type.fields()) {
        text += (text.empty() ? "" : ", ") + field->name() + ": " + TypeText(*field->type());
      }
      return "struct<" + text + ">";
    }
    default:
      return type.ToString();
  }
}

std::vector<DatasetSchema::Column> ColumnsOf(const arrow::Schema& schema) {
  std::vector<DatasetSchema::Column> columns;
  for (const auto& field : schema.fields()) {
    columns.push_back({field->name(), TypeText(*field->type())});
  }
  return columns;
}

Result<std::vector<DatasetSchema::Column>> ColumnsOfFile(const std::shared_ptr<Storage>& storage,
                                                         const std::string& format,
                                                         const std::string& path,
                                                         const FormatOptions& csv) {
  std::vector<DatasetSchema::Column> columns;
  if (format == "parquet" || format == "orc" || format == "arrow") {
    std::unique_ptr<Source> source;
    ARROW_ASSIGN_OR_RAISE(source, format == "parquet" ? OpenParquetSource(storage, {path})
                                  : format == "orc"   ? OpenOrcSource(storage, {path})
                                                      : OpenIpcSource(storage, {path}));
    return ColumnsOf(*source->schema());
  }
  // JSON lines name their members row by row.
  if (format != "csv" || !csv.header) return columns;
  ARROW_ASSIGN_OR_RAISE(CsvDialect dialect, DialectOf(csv));
  ARROW_ASSIGN_OR_RAISE(CsvInput input, OpenCsvInput(storage, path));
  ARROW_ASSIGN_OR_RAISE(CsvHeader header, ReadHeader(&input, dialect, csv));
  for (const std::string& name : header.names) columns.push_back({name, ""});
  return columns;
}

// The first of `files` that is data of a kind that tamis reads.
struct Found {
  std::string path;  // as the user would write it
  DatasetSchema schema;
};
Result<std::optional<Found>> SchemaOfOne(const std::shared_ptr<Storage>& storage,
                                         const WriteSpec& write,
                                         const std::set<std::string>& files) {
  for (const std::string& file : files) {
    Found found;
    found.schema.file_format = FormatByName("", file);
    if (found.schema.file_format.empty()) continue;
    found.path = JoinPath(write.path, file);
    for (auto& [key, value] : ParsePartitions(file)) {
      found.schema.partition_keys.push_back(key);
    }
    ARROW_ASSIGN_OR_RAISE(found.schema.columns,
                          ColumnsOfFile(storage, found.schema.file_format, found.path, write.csv));
    return found;
  }
  return std::nullopt;
}

std::string KeyList(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + key;
  return text;
}

std::string ColumnText(const DatasetSchema::Column& column) {
  return column.name + (column.type.empty() ? "" : ": " + column.type);
}

// A CSV file tells no types.
bool IsSame(const DatasetSchema::Column& a, const DatasetSchema::Column& b) {
  return a.name == b.name && (a.type == b.type || a.type.empty() || b.type.empty());
}

// "" if there is none.
std::string FirstDifference(const DatasetSchema& there, const DatasetSchema& added) {
  if (there.file_format != added.file_format) {
    return "its files are " + there.file_format + ", not " + added.file_format;
  }
  if (there.partition_keys != added.partition_keys) {
    const std::string theirs = KeyList(there.partition_keys), ours = KeyList(added.partition_keys);
    if (theirs.empty()) return "it is not partitioned, but these rows are, by " + ours;
    if (ours.empty()) return "it is partitioned, by " + theirs + ", but these rows are not";
    return "it is partitioned by " + theirs + ", not by " + ours;
  }
  if (!there.is_known()) return "";
  for (size_t i = 0; i < std::max(there.columns.size(), added.columns.size()); ++i) {
    const std::string number = "column " + std::to_string(i + 1);
    if (i >= added.columns.size()) {
      return "its " + number + ", " + ColumnText(there.columns[i]) + ", is missing here";
    }
    if (i >= there.columns.size()) {
      return "it has no " + number + ", " + ColumnText(added.columns[i]);
    }
    if (!IsSame(there.columns[i], added.columns[i])) {
      return "its " + number + " is " + ColumnText(there.columns[i]) + ", not " +
             ColumnText(added.columns[i]);
    }
  }
  return "";
}

Status Compare(const WriteSpec& write, const DatasetSchema& there, const DatasetSchema& added,
               const std::string& example) {
  const std::string difference = FirstDifference(there, added);
  if (difference.empty()) return Status::OK();
  const std::string where = example.empty() ? "" : " (as in " + example + ")";
  return UsageErrorAt(write.place,
                      write.path + ": the rows don't fit this dataset: " + difference + where,
                      "give them its columns, in its order and types, or replace it with mode "
                      "overwrite");
}

}  // namespace

DatasetSchema DescribeDataset(const WriteSpec& write, const std::string& format,
                              const arrow::Schema& columns) {
  DatasetSchema schema;
  schema.file_format = format;
  for (const DeriveSpec& part : write.partition_by) schema.partition_keys.push_back(part.name);
  schema.columns = ColumnsOf(columns);
  return schema;
}

Status CheckFits(const std::shared_ptr<Storage>& storage, const WriteSpec& write,
                 const DatasetSchema& added, const Transaction& transaction) {
  const DatasetSchema& recorded = transaction.manifest_before().schema;
  if (recorded.is_known() && !transaction.known_files().empty()) {
    ARROW_RETURN_NOT_OK(Compare(write, recorded, added, ""));
  } else {
    ARROW_ASSIGN_OR_RAISE(auto known, SchemaOfOne(storage, write, transaction.known_files()));
    if (known) ARROW_RETURN_NOT_OK(Compare(write, known->schema, added, known->path));
  }
  ARROW_ASSIGN_OR_RAISE(auto foreign, SchemaOfOne(storage, write, transaction.foreign_files()));
  return foreign ? Compare(write, foreign->schema, added, foreign->path) : Status::OK();
}

}  // namespace tamis
