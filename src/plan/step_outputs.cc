// Reads a step's window, anonymize and write. See step_reader.h.
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "base/memory.h"
#include "base/suggest.h"
#include "contract/options.h"
#include "contract/types.h"
#include "contract/values.h"
#include "plan/step_reader.h"
#include "spec/emit.h"
#include "spec/reader.h"

namespace tamis {
namespace {

constexpr int64_t kSecondUs = 1'000'000;
constexpr int64_t kDurationUsMax = 366LL * 86'400 * kSecondUs;  // said in ReadDuration's message

struct Unit {
  const char* name;
  int64_t us;
};
constexpr std::array<Unit, 17> kUnits = {{{"millisecond", 1000},
                                          {"milliseconds", 1000},
                                          {"ms", 1000},
                                          {"second", kSecondUs},
                                          {"seconds", kSecondUs},
                                          {"s", kSecondUs},
                                          {"minute", 60 * kSecondUs},
                                          {"minutes", 60 * kSecondUs},
                                          {"min", 60 * kSecondUs},
                                          {"hour", 3600 * kSecondUs},
                                          {"hours", 3600 * kSecondUs},
                                          {"h", 3600 * kSecondUs},
                                          {"day", 86'400 * kSecondUs},
                                          {"days", 86'400 * kSecondUs},
                                          {"d", 86'400 * kSecondUs},
                                          {"week", 7 * 86'400 * kSecondUs},
                                          {"weeks", 7 * 86'400 * kSecondUs}}};

const arrow::DataType& ValueType(const arrow::DataType& type) {
  return type.id() == arrow::Type::DICTIONARY
             ? *static_cast<const arrow::DictionaryType&>(type).value_type()
             : type;
}

using Aggregate = WindowSpec::Aggregate;

/// The type of an aggregate: counts and sums of integers are bigint, the rest is double.
Result<std::shared_ptr<arrow::DataType>> AggregateType(const Node& node, const Aggregate& aggregate,
                                                       const arrow::Schema& schema) {
  if (aggregate.kind == Aggregate::Kind::kCount) return arrow::int64();
  const arrow::DataType& type = ValueType(*schema.GetFieldByName(aggregate.column)->type());
  const bool is_real = type.id() == arrow::Type::FLOAT || type.id() == arrow::Type::DOUBLE;
  if (!is_real && !arrow::is_signed_integer(type.id())) {
    return UsageErrorAt(node.place,
                        "window: " + aggregate.column + " is " + PhysicalTypeName(type) +
                            ", an aggregate needs an integer or a double",
                        "cast it with derive");
  }
  return is_real || aggregate.kind == Aggregate::Kind::kAvg ? arrow::float64() : arrow::int64();
}

/// `hmac` and its long name: the one method so far.
const std::vector<std::string> kMethods = {"hmac", "hmac-sha256"};

Status CheckKeySource(const Node& node) {
  ARROW_RETURN_NOT_OK(ReadString(node, "key").status());
  for (const char* scheme : {"env:", "file:"}) {
    if (node.scalar.starts_with(scheme) && node.scalar.size() > std::string_view(scheme).size()) {
      return Status::OK();
    }
  }
  // The text may be the key itself: it is not repeated, and the place shows no snippet.
  Place place = node.place;
  if (place.source) {
    place.source = std::make_shared<SourceText>(SourceText{place.source->name, ""});
  }
  return UsageErrorAt(place, "key: expected env:NAME or file:PATH",
                      "a key does not belong into the pipeline; replace it if this was one");
}

Result<int> ReadLength(const Node& node) {
  ARROW_ASSIGN_OR_RAISE(int64_t length, ReadInt(node, "length"));
  if (length < 1 || length > 64) {
    return UsageErrorAt(node.place, "length: a pseudonym has 1 to 64 characters");
  }
  return static_cast<int>(length);
}

/// Reads `method`, `domain` and `length` where they stand.
Status ReadMethod(MappingReader* reader, AnonymizeSpec* out) {
  std::string method;
  reader->OptionalEnum("method", kMethods, &method);
  reader->Optional("domain", &out->domain);
  if (const Node* length = reader->OptionalNode("length")) {
    auto read = ReadLength(*length);
    reader->Check(read.status());
    if (read.ok()) out->length = *read;
  }
  return Status::OK();
}

}  // namespace

Result<int64_t> ReadDuration(const Node& node, const std::string& what) {
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, what));
  int64_t count = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  std::string unit = text.substr(static_cast<size_t>(end - text.data()));
  unit.erase(0, unit.find_first_not_of(' '));
  const auto* found =
      std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return unit == one.name; });
  if (error == std::errc::invalid_argument || found == kUnits.end()) {
    return UsageErrorAt(node.place, what + ": expected a duration, found " + Describe(node),
                        "such as 10 minutes, 1 hour or 1 day");
  }
  if (error != std::errc() || count < 1 || count > kDurationUsMax / found->us) {
    return UsageErrorAt(node.place, what + ": expected 1 ms to 366 days, found " + Describe(node));
  }
  return count * found->us;
}

Status StepReader::ReadWindow(const Node& node, Step* step) {
  WindowSpec window;
  window.place = node.place;
  MappingReader reader(node, "window");
  const Node* time = reader.RequiredNode("time");
  const Node* every = reader.RequiredNode("every");
  const Node* by = reader.OptionalNode("by");
  reader.Ignore({"count", "sum", "avg", "min", "max", "pivot", "fill"});
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_ASSIGN_OR_RAISE(window.time, ReadString(*time, "time"));
  ARROW_RETURN_NOT_OK(CheckColumn(*time));
  if (schema_ && schema_->GetFieldByName(window.time)->type()->id() != arrow::Type::TIMESTAMP) {
    return UsageErrorAt(time->place,
                        "window: the column " + window.time + " is " +
                            PhysicalTypeName(*schema_->GetFieldByName(window.time)->type()) +
                            ", time needs a timestamp");
  }
  ARROW_ASSIGN_OR_RAISE(window.every_us, ReadDuration(*every, "every"));
  if (by) {
    ARROW_ASSIGN_OR_RAISE(window.by, ReadColumns(*by, "by"));
  }
  ARROW_RETURN_NOT_OK(ReadAggregates(node, &window));
  ARROW_RETURN_NOT_OK(ReadPivot(node, &window));
  ARROW_RETURN_NOT_OK(WindowSchema(node, &window));
  step->window = std::move(window);
  return Status::OK();
}

/// `count: true`, `count: rows`, `sum: column`, `sum: [a, b]`, `sum: {name: column}`.
Status StepReader::ReadAggregates(const Node& node, WindowSpec* window) {
  struct Named {
    const char* key;
    Aggregate::Kind kind;
  };
  static constexpr std::array<Named, 5> kKinds = {{{"count", Aggregate::Kind::kCount},
                                                   {"sum", Aggregate::Kind::kSum},
                                                   {"avg", Aggregate::Kind::kAvg},
                                                   {"min", Aggregate::Kind::kMin},
                                                   {"max", Aggregate::Kind::kMax}}};
  for (const auto& [key, value] : node.entries) {
    const auto* named =
        std::find_if(kKinds.begin(), kKinds.end(),
                     [&name = key.scalar](const Named& one) { return name == one.key; });
    if (named == kKinds.end() || value.is_null()) continue;
    const std::string kind = named->key;
    if (named->kind == Aggregate::Kind::kCount) {
      const Result<bool> flag = ReadBool(value, kind);
      if (flag.ok() && !*flag) continue;
      if (!flag.ok()) ARROW_RETURN_NOT_OK(ReadString(value, kind).status());
      window->aggregates.push_back(Aggregate{named->kind, "", flag.ok() ? "count" : value.scalar});
      continue;
    }
    if (value.is_mapping()) {
      for (const auto& [name, column] : value.entries) {
        ARROW_RETURN_NOT_OK(ReadString(column, kind).status());
        ARROW_RETURN_NOT_OK(CheckColumn(column));
        window->aggregates.push_back(Aggregate{named->kind, column.scalar, name.scalar});
      }
      continue;
    }
    ARROW_ASSIGN_OR_RAISE(std::vector<std::string> columns, ReadColumns(value, kind));
    for (const std::string& column : columns) {
      window->aggregates.push_back(Aggregate{named->kind, column, kind + "_" + column});
    }
  }
  if (!window->aggregates.empty()) return Status::OK();
  return UsageErrorAt(node.place, "window: nothing is computed", "count, sum, avg, min or max");
}

Status StepReader::ReadPivot(const Node& node, WindowSpec* window) {
  const Node* pivot = node.Find("pivot");
  if (!pivot || pivot->is_null()) return Status::OK();
  ARROW_RETURN_NOT_OK(ExpectMapping(*pivot, "pivot"));
  if (pivot->entries.size() != 1) {
    return UsageErrorAt(pivot->place, "pivot: expected one column and its values",
                        "such as pivot: {action: [Open, Close]}");
  }
  const auto& [column, values] = pivot->entries[0];
  ARROW_RETURN_NOT_OK(CheckColumn(column));
  window->pivot_column = column.scalar;
  if (schema_) {
    const arrow::DataType& type = ValueType(*schema_->GetFieldByName(column.scalar)->type());
    if (type.id() != arrow::Type::STRING) {
      return UsageErrorAt(column.place, "pivot: the column " + column.scalar + " is " +
                                            PhysicalTypeName(type) + ", a pivot needs text");
    }
  }
  ARROW_ASSIGN_OR_RAISE(window->pivot_values, ReadStrings(values, "pivot"));
  if (values.items.empty())
    return UsageErrorAt(values.place, "pivot: at least one value is needed");
  std::set<std::string> seen;
  for (const Node& value : values.items) {
    if (!seen.insert(value.scalar).second) {
      return UsageErrorAt(value.place, "pivot: duplicate value: " + value.scalar);
    }
  }
  std::erase(window->by, window->pivot_column);
  return Status::OK();
}

/// window_start, the `by` columns, then the aggregates (of each pivot value).
Status StepReader::WindowSchema(const Node& node, WindowSpec* window) {
  const Node* fill = node.Find("fill");
  if (fill && fill->is_null()) fill = nullptr;
  if (fill && window->pivot_column.empty()) {
    return UsageErrorAt(fill->place, "fill belongs to pivot");
  }
  if (!schema_) {
    if (fill) {
      return UsageErrorAt(fill->place, "fill: the columns of this step are not known here",
                          "give the read step a contract");
    }
    return Status::OK();
  }
  arrow::FieldVector fields = {
      arrow::field("window_start", schema_->GetFieldByName(window->time)->type())};
  for (const std::string& name : window->by) {
    const auto field = schema_->GetFieldByName(name);
    fields.push_back(arrow::field(name, ValueType(*field->type()).GetSharedPtr()));
  }
  for (const Aggregate& aggregate : window->aggregates) {
    ARROW_ASSIGN_OR_RAISE(auto type, AggregateType(node, aggregate, *schema_));
    if (fill) {
      ARROW_RETURN_NOT_OK(ReadString(*fill, "fill").status());
      auto value = ParseValue(type, fill->scalar);
      if (!value.ok() || (window->fill && !window->fill->type->Equals(type))) {
        return UsageErrorAt(fill->place, value.ok()
                                             ? "fill: the aggregates are of different types"
                                             : "fill: not a value of the type " +
                                                   PhysicalTypeName(*type) + ": " + fill->scalar);
      }
      window->fill = *value;
    }
    if (window->pivot_column.empty()) fields.push_back(arrow::field(aggregate.name, type));
    for (const std::string& value : window->pivot_values) {
      const bool is_only = window->aggregates.size() == 1;
      fields.push_back(arrow::field(is_only ? value : value + "_" + aggregate.name, type));
    }
  }
  std::set<std::string> seen;
  for (const auto& field : fields) {
    if (!seen.insert(field->name()).second) {
      return UsageErrorAt(node.place, "window: two columns are called " + field->name(),
                          "name an aggregate: sum: {total: column}");
    }
  }
  schema_ = arrow::schema(std::move(fields));
  return Status::OK();
}

Status StepReader::ReadAnonymize(const Node& node, Step* step) {
  if (node.is_sequence()) {
    for (const Node& item : node.items) ARROW_RETURN_NOT_OK(ReadAnonymizeItem(item, step));
  } else {
    ARROW_RETURN_NOT_OK(ReadAnonymizeItem(node, step));
  }
  std::set<std::string> seen;
  arrow::FieldVector fields = schema_ ? schema_->fields() : arrow::FieldVector();
  for (const AnonymizeSpec& spec : step->anonymize) {
    for (const std::string& column : spec.columns) {
      if (!seen.insert(column).second) {
        return UsageErrorAt(node.place, "anonymize: the column " + column + " stands twice");
      }
      if (!schema_) continue;
      auto& field = fields[static_cast<size_t>(schema_->GetFieldIndex(column))];
      if (field->type()->num_fields() > 0) {
        return UsageErrorAt(node.place, "anonymize: the column " + column + " is nested");
      }
      field = field->WithType(arrow::utf8());
    }
  }
  if (schema_) schema_ = arrow::schema(std::move(fields));
  return Status::OK();
}

Status StepReader::ReadAnonymizeItem(const Node& node, Step* step) {
  AnonymizeSpec spec;
  spec.place = node.place;
  MappingReader reader(node, "anonymize");
  const Node* columns = reader.OptionalNode("columns");
  const Node* contract = reader.OptionalNode("contract");
  const Node* key = reader.RequiredNode("key");
  reader.Ignore({"table"});
  ARROW_RETURN_NOT_OK(ReadMethod(&reader, &spec));
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_RETURN_NOT_OK(CheckKeySource(*key));
  if (key->scalar.starts_with("file:")) {
    Node path = *key;
    ARROW_ASSIGN_OR_RAISE(spec.key_source, parameters_.ExpandPath(path, "key"));
  } else {
    spec.key_source = key->scalar;
  }
  if (columns && contract) {
    return UsageErrorAt(contract->place, "anonymize: columns and contract stand together",
                        "a contract says its columns itself");
  }
  if (columns) {
    ARROW_ASSIGN_OR_RAISE(spec.columns, ReadColumns(*columns, "columns"));
    step->anonymize.push_back(std::move(spec));
    return Status::OK();
  }
  if (contract) {
    ARROW_ASSIGN_OR_RAISE(auto loaded, LoadContract(*contract));
    std::string name;
    ARROW_RETURN_NOT_OK(FindTable(node, loaded, &name));
    ARROW_ASSIGN_OR_RAISE(const Table* table, loaded->FindTable(name));
    return ContractAnonymize(node, *table, spec, step);
  }
  if (!step->read || !step->read->contract) {
    return UsageErrorAt(node.place, "anonymize needs columns or a contract");
  }
  ARROW_ASSIGN_OR_RAISE(const Table* table, step->read->contract->FindTable(step->read->table));
  return ContractAnonymize(node, *table, spec, step);
}

/// The columns whose contract has tamis.anonymize, each with its own domain and length.
Status StepReader::ContractAnonymize(const Node& node, const Table& table,
                                     const AnonymizeSpec& common, Step* step) {
  const size_t before = step->anonymize.size();
  for (const Column& column : table.columns) {
    if (!column.anonymize) continue;
    AnonymizeSpec spec = common;
    spec.columns = {column.name};
    if (column.anonymize->is_scalar()) {
      ARROW_RETURN_NOT_OK(ReadEnum(*column.anonymize, "tamis.anonymize", kMethods).status());
    } else {
      MappingReader reader(*column.anonymize, "tamis.anonymize");
      ARROW_RETURN_NOT_OK(ReadMethod(&reader, &spec));
      ARROW_RETURN_NOT_OK(reader.Finish());
    }
    if (schema_ && schema_->GetFieldIndex(column.name) < 0) {
      return UsageErrorAt(node.place, "anonymize: the step has no column " + column.name,
                          "the contract wants it anonymized");
    }
    step->anonymize.push_back(std::move(spec));
  }
  if (step->anonymize.size() > before) return Status::OK();
  return UsageErrorAt(node.place, "anonymize: the contract has no column with tamis.anonymize",
                      "add it to the columns, or name them here with columns");
}

namespace {

/// `codec` and `compression` belong to different formats.
Status CheckPacking(const Node& node, const WriteSpec& write) {
  const bool is_text = write.format == "csv" || write.format == "jsonl";
  if (!write.codec.empty() && (is_text || write.format == "arrow")) {
    return UsageErrorAt(node.Find("codec")->place,
                        "codec belongs to format parquet or orc, not to " + write.format);
  }
  if (!write.compression.empty() && !write.format.empty() && !is_text) {
    return UsageErrorAt(node.Find("compression")->place,
                        "compression belongs to format csv or jsonl, not to " + write.format);
  }
  return Status::OK();
}

}  // namespace

Status StepReader::ReadWrite(const Node& node, Step* step) {
  static const std::vector<std::string> kModes = {"overwrite", "append", "replace_partitions"};
  static const std::vector<std::string> kFormats = {"parquet", "orc", "csv", "jsonl", "arrow"};
  static const std::vector<std::string> kCodecs = {"none", "snappy", "zstd"};
  static const std::vector<std::string> kCompressions = {"none", "gzip", "zstd"};
  static const std::vector<std::string> kLayouts = {"hive"};
  WriteSpec write;
  write.place = node.place;
  if (node.is_scalar()) {
    ARROW_ASSIGN_OR_RAISE(write.path, parameters_.ExpandPath(node, "write"));
    step->write = std::move(write);
    return Status::OK();
  }
  std::string mode = "overwrite", layout;
  MappingReader reader(node, "write");
  const Node* path = reader.RequiredNode("path");
  reader.OptionalEnum("format", kFormats, &write.format);
  reader.OptionalEnum("mode", kModes, &mode);
  reader.OptionalEnum("codec", kCodecs, &write.codec);
  reader.OptionalEnum("compression", kCompressions, &write.compression);
  reader.OptionalEnum("layout", kLayouts, &layout);
  const Node* partitions = reader.OptionalNode("partition_by");
  const Node* file_size = reader.OptionalNode("file_size");
  const std::vector<std::string> names = {"delimiter", "quote",       "escape",
                                          "header",    "null_values", "nulls"};
  reader.Ignore(names);
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_ASSIGN_OR_RAISE(write.path, parameters_.ExpandPath(*path, "path"));
  write.mode = mode == "append"      ? WriteSpec::Mode::kAppend
               : mode == "overwrite" ? WriteSpec::Mode::kOverwrite
                                     : WriteSpec::Mode::kReplacePartitions;
  if (file_size) {
    ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*file_size, "file_size"));
    auto bytes = ParseByteSize(text);
    if (!bytes.ok() || *bytes < 1) {
      return UsageErrorAt(file_size->place,
                          "file_size: expected a size, found " + Describe(*file_size),
                          "such as 128MB");
    }
    write.file_bytes_max = *bytes;
  }
  for (const std::string& name : names) {
    const Node* value = node.Find(name);
    if (!value) continue;
    const std::string owner = name == "nulls" ? "jsonl" : "csv";
    if (!write.format.empty() && write.format != owner) {
      return UsageErrorAt(value->place,
                          name + " belongs to format " + owner + ", not to " + write.format);
    }
    ARROW_RETURN_NOT_OK(SetFormatOption(name, *value, &write.csv));
  }
  ARROW_RETURN_NOT_OK(CheckFormatOptions(write.csv, node.place));
  ARROW_RETURN_NOT_OK(CheckPacking(node, write));
  if (partitions) {
    ARROW_RETURN_NOT_OK(ReadPartitions(*partitions, &write));
  } else if (mode == "replace_partitions" || !layout.empty()) {
    const char* key = layout.empty() ? "mode" : "layout";
    return UsageErrorAt(
        node.Find(key)->place,
        std::string(key) + ": " + (layout.empty() ? mode : layout) + " needs partition_by");
  }
  step->write = std::move(write);
  return Status::OK();
}

/// `partition_by: day`, `[year, month]` or `{year: year(timestamp)}`.
Status StepReader::ReadPartitions(const Node& node, WriteSpec* write) {
  std::set<std::string> seen;
  auto add = [&](const Node& name, const Node& text) -> Status {
    ARROW_RETURN_NOT_OK(ReadString(name, "partition_by").status());
    if (name.scalar.empty() || name.scalar.find('/') != std::string::npos) {
      return UsageErrorAt(name.place, "partition_by: not a folder's key: " + name.scalar);
    }
    if (!seen.insert(name.scalar).second) {
      return UsageErrorAt(name.place, "partition_by: duplicate key: " + name.scalar);
    }
    Node quoted = text;
    // In a list a name is a column, whatever letters it has; in a mapping it is an expression.
    if (&name == &text && schema_) ARROW_RETURN_NOT_OK(CheckColumn(name));
    if (&name == &text) quoted = MakeText("\"" + text.scalar + "\"");
    quoted.place = text.place;
    ARROW_ASSIGN_OR_RAISE(Expr value, Bind(quoted, "partition_by"));
    if (value.type()->num_fields() > 0) {
      return UsageErrorAt(text.place, "partition_by: a nested value can't be a folder");
    }
    write->partition_by.push_back(DeriveSpec{name.scalar, std::move(value)});
    return Status::OK();
  };
  if (node.is_scalar()) return add(node, node);
  if (node.is_null() || (node.items.empty() && node.entries.empty())) {
    return UsageErrorAt(node.place, "partition_by: at least one column is needed");
  }
  for (const Node& item : node.items) ARROW_RETURN_NOT_OK(add(item, item));
  for (const auto& [name, text] : node.entries) ARROW_RETURN_NOT_OK(add(name, text));
  return Status::OK();
}

}  // namespace tamis
