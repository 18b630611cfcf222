// Reads ODCS documents and their tables. See odcs.h; columns are in odcs_column.cc, rules in
// odcs_quality.cc, the standard's keys in odcs_shape.cc.
#include "contract/odcs_read.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "contract/odcs.h"
#include "contract/odcs_shape.h"
#include "contract/options.h"
#include "spec/emit.h"
#include "spec/reader.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

constexpr const char* kTamisPrefix = "tamis.";

std::string TextOf(const Node& mapping, std::string_view key) {
  const Node* value = mapping.Find(key);
  return value && value->is_scalar() ? value->scalar : "";
}

/// tamis.* properties have a meaning on servers, tables and columns only.
Status RefuseTamisProperties(const Node& node) {
  if (node.is_mapping()) {
    ARROW_RETURN_NOT_OK(SplitCustomProperties(node, {}).status());
    for (const auto& [key, value] : node.entries) {
      ARROW_RETURN_NOT_OK(RefuseTamisProperties(value));
    }
  }
  for (const Node& item : node.items) ARROW_RETURN_NOT_OK(RefuseTamisProperties(item));
  return Status::OK();
}

/// The minor version of an apiVersion, v3.0.0 to v3.2.0.
Result<int> MinorVersion(const Node& node) {
  static const std::vector<std::string> kVersions = {"v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0",
                                                     "v3.2.0"};
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, "apiVersion"));
  if (std::find(kVersions.begin(), kVersions.end(), text) == kVersions.end()) {
    return UsageErrorAt(node.place, "unknown apiVersion: " + text,
                        "known: v3.0.0, v3.0.1, v3.0.2, v3.1.0, v3.2.0");
  }
  return text[3] - '0';
}

/// Says what a file is when it is not a contract at all, before its keys are called unknown.
Status CheckKind(const Node& root) {
  ARROW_RETURN_NOT_OK(ExpectMapping(root, "a contract"));
  if (const Node* kind = root.Find("kind")) {
    static const std::vector<std::string> kKinds = {"DataContract"};
    return ReadEnum(*kind, "kind", kKinds).status();
  }
  if (root.Find("apiVersion")) return Status::OK();
  if (root.Find("dataContractSpecification")) {
    return UsageErrorAt(root.place, "this is a Data Contract Specification, not ODCS",
                        "`datacontract export odcs` converts it");
  }
  if (root.Find("steps")) {
    return UsageErrorAt(root.place, "this is a pipeline, not a contract");
  }
  return UsageErrorAt(root.place, "a contract needs the key apiVersion",
                      "begin with `apiVersion: v3.1.0` and `kind: DataContract`");
}

}  // namespace

std::shared_ptr<const Node> KeepRest(
    const Node& mapping, const std::vector<std::string>& keys,
    const std::vector<std::pair<std::string, std::vector<Node>>>& lists) {
  Node rest = MakeMapping();
  for (const auto& [key, value] : mapping.entries) {
    if (value.is_null() || std::find(keys.begin(), keys.end(), key.scalar) != keys.end()) continue;
    rest.entries.emplace_back(key, value);
  }
  for (const auto& [key, items] : lists) {
    if (!items.empty()) Put(&rest, key, MakeSequence(items));
  }
  return rest.entries.empty() ? nullptr : std::make_shared<const Node>(std::move(rest));
}

Result<CustomProperties> SplitCustomProperties(const Node& node,
                                               const std::vector<std::string>& known) {
  CustomProperties split;
  const Node* list = node.Find("customProperties");
  if (!list || !list->is_sequence()) return split;
  std::set<std::string> seen;
  for (const Node& item : list->items) {
    const Node* name = item.Find("property");
    if (!name || !name->scalar.starts_with(kTamisPrefix)) {
      split.others.push_back(item);
      continue;
    }
    if (known.empty()) {
      return UsageErrorAt(name->place, name->scalar + " has no meaning here",
                          "it belongs to a server, a schema or a property");
    }
    if (std::find(known.begin(), known.end(), name->scalar) == known.end()) {
      return UsageErrorAt(name->place, "unknown custom property: " + name->scalar,
                          DidYouMean(name->scalar, known));
    }
    if (!seen.insert(name->scalar).second) {
      return UsageErrorAt(name->place, "duplicate custom property: " + name->scalar);
    }
    split.tamis.emplace_back(name->scalar, item.Find("value"));
  }
  return split;
}

Status CheckPattern(const Place& place, const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  const re2::RE2 compiled(pattern, options);
  if (compiled.ok()) return Status::OK();
  return UsageErrorAt(place, "pattern: " + compiled.error(),
                      "RE2 syntax; it has no look-around and no back-references");
}

Result<Contract> OdcsReader::Read(const Node& root, std::vector<std::string> warnings) {
  contract_.source = source_;
  contract_.warnings = std::move(warnings);
  contract_.id = TextOf(root, "id");
  contract_.name = TextOf(root, "name");
  contract_.version = TextOf(root, "version");
  contract_.status = TextOf(root, "status");
  contract_.api_version = TextOf(root, "apiVersion");
  std::vector<std::string> read = {"apiVersion", "kind",   "id",    "name",
                                   "version",    "status", "schema"};
  if (const Node* description = root.Find("description")) {
    contract_.description = TextOf(*description, "purpose");
    // A description that says more than its purpose is kept whole.
    if (description->entries.size() == 1 && description->Find("purpose")) {
      read.push_back("description");
    }
  }
  contract_.other = KeepRest(root, read, {});
  for (const auto& [key, value] : root.entries) {
    if (key.scalar == "schema" || key.scalar == "servers") continue;
    if (key.scalar == "customProperties") {
      ARROW_RETURN_NOT_OK(SplitCustomProperties(root, {}).status());
    } else {
      ARROW_RETURN_NOT_OK(RefuseTamisProperties(value));
    }
  }
  FormatOptions format;
  ARROW_RETURN_NOT_OK(ReadServers(root, &format));
  std::map<std::string, Place> seen;
  static const Node kNoSchema;
  const Node* schema = root.Find("schema");
  for (const Node& node : (schema ? *schema : kNoSchema).items) {
    Table table;
    // Rules and references name tables by their index: it must exist while it is read.
    contract_.tables.emplace_back();
    ARROW_RETURN_NOT_OK(ReadTable(node, format, &table));
    const auto [first, is_new] = seen.emplace(table.name, table.place);
    if (!is_new) {
      return UsageErrorAt(table.place, "duplicate schema name: " + table.name,
                          "first in line " + std::to_string(first->second.line));
    }
    contract_.tables.back() = std::move(table);
  }
  ARROW_RETURN_NOT_OK(ResolveRelationships());
  for (const Table& table : contract_.tables) ARROW_RETURN_NOT_OK(CheckRules(table));
  return std::move(contract_);
}

/// Bytes are laid out as the only server says, or the only one with tamis.format.
Status OdcsReader::ReadServers(const Node& root, FormatOptions* format) {
  const Node* servers = root.Find("servers");
  if (!servers) return Status::OK();
  const Node* tamis_format = nullptr;
  for (const Node& server : servers->items) {
    ARROW_ASSIGN_OR_RAISE(CustomProperties properties,
                          SplitCustomProperties(server, {"tamis.format"}));
    for (const auto& [name, value] : properties.tamis) {
      if (tamis_format) {
        return UsageErrorAt(value->place, "two servers have tamis.format",
                            "put it on the schema, where it holds for every server");
      }
      tamis_format = value;
    }
  }
  if (servers->items.size() == 1) {
    const Node& server = servers->items[0];
    static const std::map<std::string, std::string> kFormats = {
        {"csv", "csv"},         {"json", "jsonl"}, {"jsonl", "jsonl"}, {"ndjson", "jsonl"},
        {"parquet", "parquet"}, {"orc", "orc"},    {"arrow", "arrow"}, {"fixed", "fixed"}};
    const auto known = kFormats.find(TextOf(server, "format"));
    if (known != kFormats.end()) format->format = known->second;
    for (const char* key : {"delimiter", "encoding"}) {
      const Node* value = server.Find(key);
      if (value && value->is_scalar()) ARROW_RETURN_NOT_OK(SetFormatOption(key, *value, format));
    }
  }
  return tamis_format ? ReadFormatOptions(*tamis_format, format) : Status::OK();
}

Status OdcsReader::ReadTable(const Node& node, const FormatOptions& format, Table* table) {
  const Node* name = node.Find("name");
  table->place = name->place;
  table->name = name->scalar;
  if (table->name.empty()) return UsageErrorAt(name->place, "name: a schema needs a name");
  if (const Node* logical = node.Find("logicalType")) {
    static const std::vector<std::string> kKinds = {"object", "blob"};
    ARROW_RETURN_NOT_OK(ReadEnum(*logical, "logicalType", kKinds).status());
  }
  table->physical_name = TextOf(node, "physicalName");
  table->description = TextOf(node, "description");
  table->format = format;
  default_zones_.clear();
  std::vector<Node> others, quality, relationships;
  ARROW_RETURN_NOT_OK(ReadTableTamis(node, table, &others));
  if (const Node* properties = node.Find("properties"); properties && !properties->is_null()) {
    ARROW_RETURN_NOT_OK(ReadColumns(*properties, table, &table->columns));
  }
  ARROW_RETURN_NOT_OK(CheckPrimaryKey(node, table));
  ARROW_RETURN_NOT_OK(CheckFixedFields(*table));
  ARROW_RETURN_NOT_OK(ApplyDefaultZone(table));
  ARROW_RETURN_NOT_OK(ReadQuality(node, table, nullptr, &quality));
  ARROW_RETURN_NOT_OK(ReadRelationships(node, "", &relationships));
  table->other = KeepRest(
      node,
      {"name", "physicalName", "description", "properties", "quality", "relationships",
       "customProperties"},
      {{"quality", quality}, {"relationships", relationships}, {"customProperties", others}});
  return Status::OK();
}

Status OdcsReader::ReadTableTamis(const Node& node, Table* table, std::vector<Node>* others) {
  ARROW_ASSIGN_OR_RAISE(CustomProperties properties,
                        SplitCustomProperties(node, {"tamis.format", "tamis.generate",
                                                     "tamis.anonymize", "tamis.ddl"}));
  *others = std::move(properties.others);
  for (const auto& [name, value] : properties.tamis) {
    if (name == "tamis.format") {
      ARROW_RETURN_NOT_OK(ReadFormatOptions(*value, &table->format));
    } else {
      ARROW_RETURN_NOT_OK(ExpectMapping(*value, name));
      (name == "tamis.generate" ? table->generate
       : name == "tamis.ddl"    ? table->ddl
                                : table->anonymize) = std::make_shared<const Node>(*value);
    }
  }
  return Status::OK();
}

/// Key columns without positions are numbered as they stand; a key column is always required.
Status OdcsReader::CheckPrimaryKey(const Node& node, Table* table) {
  const Node* properties = node.Find("properties");
  if (!properties) return Status::OK();
  std::map<int64_t, std::string> positions;
  int without = 0;
  for (size_t index = 0; index < table->columns.size(); ++index) {
    const Node& column_node = properties->items[index];
    Column& column = table->columns[index];
    const Node* flag = column_node.Find("primaryKey");
    const Node* at = column_node.Find("primaryKeyPosition");
    const bool is_key = flag && flag->is_scalar() && *ReadBool(*flag, "primaryKey");
    const int64_t position = at && at->is_scalar() ? *ReadInt(*at, "primaryKeyPosition") : -1;
    if (position > 0 && !is_key) {
      return UsageErrorAt(at->place, "primaryKeyPosition without primaryKey: true");
    }
    if (!is_key) continue;
    if (at && at->is_scalar() && (position == 0 || position < -1 || position > 10'000)) {
      return UsageErrorAt(at->place, "primaryKeyPosition: positions begin at 1");
    }
    const Node* required = column_node.Find("required");
    if (required && required->is_scalar() && !column.required) {
      Warn(required->place, "required: false has no effect on " + column.name +
                                ": a column of the primary key is always required");
    }
    column.required = true;
    if (position < 1) {
      column.primary_key_position = ++without;
      continue;
    }
    const auto [first, is_new] = positions.emplace(position, column.name);
    if (!is_new) {
      return UsageErrorAt(at->place, "duplicate primaryKeyPosition: " + std::to_string(position),
                          "the column " + first->second + " has it already");
    }
    column.primary_key_position = static_cast<int>(position);
  }
  if (without > 0 && !positions.empty()) {
    return UsageErrorAt(
        table->place, "some columns of the primary key have a primaryKeyPosition, some have none");
  }
  return Status::OK();
}

Status OdcsReader::CheckFixedFields(const Table& table) {
  std::vector<const Column*> fixed;
  for (const Column& column : table.columns) {
    if (column.fixed) fixed.push_back(&column);
  }
  if (fixed.empty()) {
    if (table.format.format != "fixed" || table.columns.empty()) return Status::OK();
    return UsageErrorAt(table.columns[0].place,
                        "format fixed needs tamis.format: {offset, width} on every property");
  }
  for (const Column& column : table.columns) {
    if (!column.fixed) {
      return UsageErrorAt(column.place, "the column " + column.name +
                                            " needs tamis.format: {offset, width} as the others");
    }
  }
  std::sort(fixed.begin(), fixed.end(),
            [](const Column* a, const Column* b) { return a->fixed->offset < b->fixed->offset; });
  for (size_t i = 1; i < fixed.size(); ++i) {
    if (fixed[i - 1]->fixed->offset + fixed[i - 1]->fixed->width <= fixed[i]->fixed->offset) {
      continue;
    }
    return UsageErrorAt(fixed[i]->place, "the column " + fixed[i]->name + " overlaps the column " +
                                             fixed[i - 1]->name);
  }
  return Status::OK();
}

/// ODCS says the zone for each column; a file has one for all of them.
Status OdcsReader::ApplyDefaultZone(Table* table) {
  for (const DefaultZone& zone : default_zones_) {
    const std::string& before = table->format.timestamp_zone;
    if (before == zone.zone) continue;
    if (&zone != &default_zones_.front() || before != "UTC") {
      return UsageErrorAt(zone.place, "defaultTimezone " + zone.zone + " contradicts " + before,
                          "a table has one zone for all its timestamps");
    }
    table->format.timestamp_zone = zone.zone;
  }
  return Status::OK();
}

Result<Contract> ParseContract(const std::shared_ptr<const SourceText>& source) {
  ARROW_ASSIGN_OR_RAISE(Node root, ParseYaml(source));
  ARROW_RETURN_NOT_OK(CheckKind(root));
  int minor_version = 1;
  if (const Node* version = root.Find("apiVersion")) {
    ARROW_ASSIGN_OR_RAISE(minor_version, MinorVersion(*version));
  }
  std::vector<std::string> warnings;
  ARROW_RETURN_NOT_OK(CheckOdcsShape(root, minor_version, &warnings));
  return OdcsReader(source, minor_version).Read(root, std::move(warnings));
}

}  // namespace tamis
