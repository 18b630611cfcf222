// The standard's key tables. See odcs_shape.h.
#include "contract/odcs_shape.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "base/suggest.h"
#include "spec/reader.h"

namespace tamis {
namespace {

/// One key. `shape` is text, bool, int, number, value (any scalar), any, texts (a list of text),
/// an object's name, or an object's name in brackets for a list of them.
struct Key {
  std::string_view name;
  std::string_view shape = "text";
  bool required = false;
  int since = 0;  // the minor version 3.x that brought it
};

constexpr bool kRequired = true;
constexpr bool kOptional = false;

constexpr Key kContractKeys[] = {{"apiVersion", "text", kRequired},
                                 {"kind", "text", kRequired},
                                 {"id", "text", kRequired},
                                 {"version", "text", kRequired},
                                 {"name"},
                                 {"status"},
                                 {"tenant"},
                                 {"domain"},
                                 {"dataProduct"},
                                 {"description", "Description"},
                                 {"tags", "texts"},
                                 {"servers", "[Server]"},
                                 {"schema", "[Table]"},
                                 {"support", "[Support]"},
                                 {"price", "Price"},
                                 {"team", "Team"},
                                 {"roles", "[Role]"},
                                 {"slaDefaultElement"},
                                 {"slaProperties", "[Sla]"},
                                 {"authoritativeDefinitions", "[Definition]"},
                                 {"customProperties", "[Custom]"},
                                 {"contractCreatedTs"},
                                 {"context", "Context", kOptional, 2}};
constexpr Key kDescriptionKeys[] = {{"usage"},
                                    {"purpose"},
                                    {"limitations"},
                                    {"authoritativeDefinitions", "[Definition]"},
                                    {"customProperties", "[Custom]"}};
constexpr Key kContextBodyKeys[] = {
    {"instructions"}, {"verifiedStatements", "[Statement]"}, {"constraints", "[Constraint]"}};
constexpr Key kStatementKeys[] = {{"id"},
                                  {"question", "text", kRequired},
                                  {"answer"},
                                  {"authoritativeDefinitions", "[Definition]"},
                                  {"tags", "texts"},
                                  {"customProperties", "[Custom]"}};
constexpr Key kConstraintKeys[] = {{"id"},
                                   {"constraint", "text", kRequired},
                                   {"authoritativeDefinitions", "[Definition]"},
                                   {"tags", "texts"},
                                   {"customProperties", "[Custom]"}};
constexpr Key kDefinitionKeys[] = {{"id", "text", kOptional, 1},
                                   {"url", "text", kRequired},
                                   {"type", "text", kRequired},
                                   {"description", "text", kOptional, 1}};
constexpr Key kCustomKeys[] = {{"id", "text", kOptional, 1},
                               {"property", "text", kRequired},
                               {"value", "any", kRequired},
                               {"description", "text", kOptional, 1},
                               {"vendor", "text", kOptional, 2}};
constexpr Key kSupportKeys[] = {{"id", "text", kOptional, 1},
                                {"channel", "text", kRequired},
                                {"url"},
                                {"description"},
                                {"tool"},
                                {"scope"},
                                {"invitationUrl"},
                                {"customProperties", "[Custom]", kOptional, 1}};
constexpr Key kPriceKeys[] = {
    {"id", "text", kOptional, 1}, {"priceAmount", "number"}, {"priceCurrency"}, {"priceUnit"}};
constexpr Key kRoleKeys[] = {{"id", "text", kOptional, 1},
                             {"role", "text", kRequired},
                             {"description"},
                             {"access"},
                             {"firstLevelApprovers"},
                             {"secondLevelApprovers"},
                             {"customProperties", "[Custom]"}};
constexpr Key kTeamBodyKeys[] = {{"id"},
                                 {"name"},
                                 {"description"},
                                 {"members", "[Member]"},
                                 {"tags", "texts"},
                                 {"customProperties", "[Custom]"},
                                 {"authoritativeDefinitions", "[Definition]"}};
constexpr Key kMemberKeys[] = {{"id", "text", kOptional, 1},
                               {"username"},
                               {"name"},
                               {"description"},
                               {"role"},
                               {"dateIn"},
                               {"dateOut"},
                               {"replacedByUsername"},
                               {"tags", "texts", kOptional, 1},
                               {"customProperties", "[Custom]", kOptional, 1},
                               {"authoritativeDefinitions", "[Definition]", kOptional, 1}};
constexpr Key kSlaKeys[] = {{"id", "text", kOptional, 1},
                            {"property", "text", kRequired},
                            {"value", "value", kRequired},
                            {"valueExt", "value"},
                            {"unit"},
                            {"element"},
                            {"driver"},
                            {"description", "text", kOptional, 1},
                            {"scheduler", "text", kOptional, 1},
                            {"schedule", "text", kOptional, 1},
                            {"customProperties", "[Custom]", kOptional, 2},
                            {"authoritativeDefinitions", "[Definition]", kOptional, 2}};
constexpr Key kServerKeys[] = {{"id", "text", kOptional, 1},
                               {"server", "text", kRequired},
                               {"type", "text", kRequired},
                               {"description"},
                               {"environment"},
                               {"roles", "[Role]"},
                               {"customProperties", "[Custom]"}};
constexpr Key kTableKeys[] = {{"id", "text", kOptional, 1},
                              {"name", "text", kRequired},
                              {"logicalType"},
                              {"physicalType"},
                              {"physicalName"},
                              {"description"},
                              {"businessName"},
                              {"dataGranularityDescription"},
                              {"properties", "[Column]"},
                              {"relationships", "[Relationship]", kOptional, 1},
                              {"quality", "[Quality]"},
                              {"tags", "texts"},
                              {"authoritativeDefinitions", "[Definition]"},
                              {"customProperties", "[Custom]"},
                              {"deprecated", "bool", kOptional, 2},
                              {"synonyms", "[Synonym]", kOptional, 2},
                              {"context", "Context", kOptional, 2}};
constexpr Key kColumnKeys[] = {{"id", "text", kOptional, 1},
                               {"name", "text", kRequired},
                               {"logicalType"},
                               {"physicalType"},
                               {"physicalName"},
                               {"description"},
                               {"businessName"},
                               {"required", "bool"},
                               {"unique", "bool"},
                               {"primaryKey", "bool"},
                               {"primaryKeyPosition", "int"},
                               {"logicalTypeOptions", "Options"},
                               {"enum", "[Enum]", kOptional, 2},
                               {"properties", "[Column]"},
                               {"items", "Item"},
                               {"map", "Map", kOptional, 2},
                               {"partitioned", "bool"},
                               {"partitionKeyPosition", "int"},
                               {"classification"},
                               {"encryptedName"},
                               {"transformSourceObjects", "texts"},
                               {"transformLogic"},
                               {"transformDescription"},
                               {"examples", "anys"},
                               {"criticalDataElement", "bool"},
                               {"relationships", "[Relationship]", kOptional, 1},
                               {"quality", "[Quality]"},
                               {"tags", "texts"},
                               {"authoritativeDefinitions", "[Definition]"},
                               {"customProperties", "[Custom]"},
                               {"semanticType", "text", kOptional, 2},
                               {"deprecated", "bool", kOptional, 2},
                               {"synonyms", "[Synonym]", kOptional, 2}};
constexpr Key kMapKeys[] = {{"key", "Item", kRequired}, {"value", "Item", kRequired}};
constexpr Key kEnumKeys[] = {{"id"},
                             {"value", "value", kRequired},
                             {"label"},
                             {"description"},
                             {"customProperties", "[Custom]"},
                             {"authoritativeDefinitions", "[Definition]"},
                             {"tags", "texts"}};
constexpr Key kSynonymKeys[] = {
    {"id"},     {"synonym", "text", kRequired},  {"description"}, {"locale"}, {"source"},
    {"status"}, {"customProperties", "[Custom]"}};
constexpr Key kRelationshipKeys[] = {{"id", "text", kOptional, 2},
                                     {"type"},
                                     {"from", "textOrTexts"},
                                     {"to", "textOrTexts", kRequired},
                                     {"customProperties", "[Custom]"}};
constexpr Key kQualityKeys[] = {{"id", "text", kOptional, 1},
                                {"name"},
                                {"type"},
                                {"description"},
                                {"metric", "text", kOptional, 1},
                                {"rule"},
                                {"arguments", "any", kOptional, 1},
                                {"mustBe", "any"},
                                {"mustNotBe", "any"},
                                {"mustBeGreaterThan", "number"},
                                {"mustBeGreaterOrEqualTo", "number"},
                                {"mustBeLessThan", "number"},
                                {"mustBeLessOrEqualTo", "number"},
                                {"mustBeBetween", "anys"},
                                {"mustNotBeBetween", "anys"},
                                {"unit"},
                                {"query"},
                                {"engine"},
                                {"implementation", "any"},
                                {"dimension"},
                                {"method"},
                                {"severity"},
                                {"businessImpact"},
                                {"scheduler"},
                                {"schedule"},
                                {"tags", "texts"},
                                {"authoritativeDefinitions", "[Definition]"},
                                {"customProperties", "[Custom]"}};

struct ObjectKeys {
  std::string_view name;
  std::span<const Key> keys;
};
constexpr ObjectKeys kObjects[] = {
    {"Contract", kContractKeys},
    {"Description", kDescriptionKeys},
    {"ContextBody", kContextBodyKeys},
    {"Statement", kStatementKeys},
    {"Constraint", kConstraintKeys},
    {"Definition", kDefinitionKeys},
    {"Custom", kCustomKeys},
    {"Support", kSupportKeys},
    {"Price", kPriceKeys},
    {"Role", kRoleKeys},
    {"TeamBody", kTeamBodyKeys},
    {"Member", kMemberKeys},
    {"Sla", kSlaKeys},
    {"Server", kServerKeys},
    {"Table", kTableKeys},
    {"Column", kColumnKeys},
    {"Map", kMapKeys},
    {"Enum", kEnumKeys},
    {"Synonym", kSynonymKeys},
    {"Relationship", kRelationshipKeys},
    {"Quality", kQualityKeys},
};

/// The keys of an object; empty for a shape that is none.
std::span<const Key> KeysOf(std::string_view object) {
  for (const ObjectKeys& one : kObjects) {
    if (one.name == object) return one.keys;
  }
  return {};
}

/// The keys that a server has by its type; `!` marks those that must be there.
const std::map<std::string, std::vector<const char*>, std::less<>>& ServerKeys() {
  static const std::map<std::string, std::vector<const char*>, std::less<>> kServers = {
      {"api", {"location!"}},
      {"athena", {"stagingDir", "schema!", "catalog", "regionName", "workgroup"}},
      {"azure", {"location!", "format!", "encoding", "delimiter"}},
      {"bigquery", {"project!", "dataset!"}},
      {"btrieve", {"host!", "port", "database!"}},
      {"clickhouse", {"host!", "port!", "database!"}},
      {"cloudsql", {"host!", "port!", "database!", "schema!"}},
      {"custom",
       {"account",    "catalog", "database",    "dataset",    "delimiter", "endpointUrl", "format",
        "encoding",   "host",    "location",    "path",       "port",      "project",     "region",
        "regionName", "schema",  "serviceName", "stagingDir", "warehouse", "stream"}},
      {"databricks", {"host", "catalog!", "schema!"}},
      {"db2", {"host!", "port!", "database!", "schema"}},
      {"denodo", {"host!", "port!", "database"}},
      {"dremio", {"host!", "port!", "schema"}},
      {"duckdb", {"database!", "schema"}},
      {"exasol", {"host!", "port", "schema"}},
      {"fastobjects", {"database!", "host", "port"}},
      {"glue", {"account!", "database!", "location", "format", "encoding"}},
      {"hana", {"host!", "port", "database", "schema"}},
      {"hive", {"host!", "port", "database!"}},
      {"iceberg", {"catalog!", "catalogUrl!", "namespace", "warehouse"}},
      {"impala", {"host!", "port", "database!"}},
      {"informix", {"host!", "port", "database!"}},
      {"ingres", {"database!", "host!", "port"}},
      {"kafka", {"host!", "format", "encoding"}},
      {"kinesis", {"region", "format", "encoding"}},
      {"local", {"path!", "format!", "encoding"}},
      {"mysql", {"host!", "port!", "database!"}},
      {"oracle", {"host!", "port!", "serviceName!"}},
      {"poet", {"database!", "host", "port"}},
      {"postgres", {"host!", "port!", "database!", "schema!"}},
      {"postgresql", {"host!", "port!", "database!", "schema!"}},
      {"presto", {"host!", "catalog", "schema"}},
      {"pubsub", {"project!"}},
      {"redshift", {"host", "database!", "schema!", "region", "account"}},
      {"s3", {"location!", "endpointUrl", "format", "encoding", "delimiter"}},
      {"sftp", {"location!", "format", "encoding", "delimiter"}},
      {"snowflake", {"host", "port", "account!", "database!", "schema!", "warehouse"}},
      {"sqlserver", {"host!", "port", "database!", "schema!"}},
      {"synapse", {"host!", "port!", "database!"}},
      {"teradata", {"host!", "port", "database"}},
      {"trino", {"host!", "port!", "catalog!", "schema!"}},
      {"vectorwise", {"database!", "host!", "port"}},
      {"versant", {"database!", "host", "port"}},
      {"vertica", {"host!", "port!", "database!", "schema!"}},
      {"zen", {"host!", "port", "database!"}},
  };
  return kServers;
}

class ShapeChecker {
 public:
  ShapeChecker(int minor_version, std::vector<std::string>* warnings)
      : minor_version_(minor_version), warnings_(warnings) {}

  Status CheckObject(const Node& node, const std::string& object) {
    std::span<const Key> keys = KeysOf(object);
    std::vector<Key> server_keys;
    if (object == "Server") {
      server_keys.assign(keys.begin(), keys.end());
      ARROW_RETURN_NOT_OK(AddServerKeys(node, &server_keys));
      keys = server_keys;
    }
    MappingReader reader(node, Article(object));
    for (const Key& key : keys) reader.Ignore(std::array{std::string(key.name)});
    RefuseForeignKeys(node, &reader);
    ARROW_RETURN_NOT_OK(reader.Finish());
    for (const Key& key : keys) {
      const Node* value = key.required ? node.Find(key.name) : nullptr;
      const bool may_be_null = key.shape == "any" || key.shape == "value";
      if (!key.required || (value && (may_be_null || !value->is_null()))) continue;
      return UsageErrorAt(node.place, Article(object) + " needs the key " + std::string(key.name));
    }
    for (const auto& [name, value] : node.entries) {
      const auto key = std::find_if(keys.begin(), keys.end(),
                                    [&](const Key& one) { return name.scalar == one.name; });
      if (key->since > minor_version_) Warn(name, *key);
      ARROW_RETURN_NOT_OK(CheckShape(value, name.scalar, std::string(key->shape)));
    }
    return Status::OK();
  }

 private:
  static std::string Article(const std::string& object) {
    static const std::map<std::string, const char*> kNames = {
        {"Contract", "a contract"},
        {"Description", "a description"},
        {"ContextBody", "a context"},
        {"Statement", "a verified statement"},
        {"Constraint", "a constraint"},
        {"Definition", "an authoritative definition"},
        {"Custom", "a custom property"},
        {"Support", "a support channel"},
        {"Price", "a price"},
        {"Role", "a role"},
        {"TeamBody", "a team"},
        {"Member", "a team member"},
        {"Sla", "an SLA property"},
        {"Server", "a server"},
        {"Table", "a schema"},
        {"Column", "a property"},
        {"Item", "an item"},
        {"Map", "a map"},
        {"Enum", "an enum value"},
        {"Synonym", "a synonym"},
        {"Relationship", "a relationship"},
        {"Quality", "a quality rule"}};
    return kNames.at(object);
  }

  /// `x-` keys are what other standards allow: say where such things go.
  static void RefuseForeignKeys(const Node& node, MappingReader* reader) {
    for (const auto& [name, value] : node.entries) {
      if (!name.scalar.starts_with("x-")) continue;
      reader->Refuse(name.scalar, "unknown key: " + name.scalar,
                     "ODCS has no x- keys; put it into customProperties");
    }
  }

  void Warn(const Node& name, const Key& key) {
    if (!warned_.insert(name.scalar).second) return;
    warnings_->push_back(name.place.ToString() + ": " + name.scalar + " is new in v3." +
                         std::to_string(key.since) + ".0, newer than the contract's apiVersion");
  }

  static Status AddServerKeys(const Node& node, std::vector<Key>* keys) {
    const Node* type = node.Find("type");
    if (!node.is_mapping() || !type) return Status::OK();
    std::vector<std::string> known;
    for (const auto& [name, more] : ServerKeys()) known.push_back(name);
    ARROW_ASSIGN_OR_RAISE(std::string text, ReadEnum(*type, "server type", known));
    for (std::string_view name : ServerKeys().find(text)->second) {
      const bool required = name.ends_with('!');
      if (required) name.remove_suffix(1);
      keys->push_back(Key{name, name == "port" ? "value" : "text", required, 0});
    }
    return Status::OK();
  }

  Status CheckShape(const Node& node, const std::string& key, const std::string& shape) {
    // A key without a value says nothing, except where null is a value of the standard.
    if (shape == "any" || node.is_null()) return Status::OK();
    if (shape == "text") return ReadString(node, key).status();
    if (shape == "bool") return ReadBool(node, key).status();
    if (shape == "int") return ReadInt(node, key).status();
    if (shape == "number") return ReadDouble(node, key).status();
    if (shape == "value") return ReadString(node, key).status();
    if (shape == "texts") return ReadStrings(node, key).status();
    if (shape == "anys") return ExpectSequence(node, key);
    if (shape == "textOrTexts") return ReadStringOrStrings(node, key).status();
    if (shape == "Options") return ExpectMapping(node, key);
    if (shape == "Context") {
      return node.is_scalar() ? Status::OK() : CheckObject(node, "ContextBody");
    }
    if (shape == "Team") {
      return node.is_sequence() ? CheckList(node, "Member") : CheckObject(node, "TeamBody");
    }
    if (shape == "Item") return CheckItem(node);
    if (shape.front() == '[') {
      ARROW_RETURN_NOT_OK(ExpectSequence(node, key));
      return CheckList(node, shape.substr(1, shape.size() - 2));
    }
    return CheckObject(node, shape);
  }

  Status CheckList(const Node& node, const std::string& object) {
    for (const Node& item : node.items) ARROW_RETURN_NOT_OK(CheckObject(item, object));
    return Status::OK();
  }

  /// An array's item is a column whose name may be absent.
  Status CheckItem(const Node& node) {
    if (!node.is_mapping() || node.Find("name")) return CheckObject(node, "Column");
    Node named = node;
    Node name, value;
    name.kind = value.kind = Node::Kind::kScalar;
    name.scalar = "name";
    name.place = value.place = node.place;
    named.entries.emplace_back(std::move(name), std::move(value));
    return CheckObject(named, "Column");
  }

  int minor_version_;
  std::vector<std::string>* warnings_;
  std::set<std::string> warned_;
};

}  // namespace

Status CheckOdcsShape(const Node& root, int minor_version, std::vector<std::string>* warnings) {
  return ShapeChecker(minor_version, warnings).CheckObject(root, "Contract");
}

Node KeysOf31(const Node& node, std::string_view object) {
  const std::span<const Key> keys = KeysOf(object);
  if (keys.empty()) return node;
  Node out = node;
  if (node.is_sequence()) {
    for (Node& item : out.items) item = KeysOf31(item, object);
    return out;
  }
  out.entries.clear();
  for (const auto& [name, value] : node.entries) {
    const auto key = std::find_if(keys.begin(), keys.end(), [&text = name.scalar](const Key& one) {
      return text == one.name;
    });
    if (key == keys.end()) {
      out.entries.emplace_back(name, value);  // a server's own keys
    } else if (key->since <= 1) {
      std::string_view shape = key->shape;
      if (shape.front() == '[') shape = shape.substr(1, shape.size() - 2);
      out.entries.emplace_back(name, KeysOf31(value, shape));
    }
  }
  return out;
}

std::vector<std::string> LogicalTypeOptionNames(std::string_view logical_type) {
  if (logical_type == "string") return {"minLength", "maxLength", "pattern", "format"};
  if (logical_type == "integer" || logical_type == "number") {
    return {"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "format"};
  }
  if (logical_type == "date") {
    return {"format", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"};
  }
  if (logical_type == "timestamp" || logical_type == "time") {
    return {"format",           "maximum",  "exclusiveMaximum", "minimum",
            "exclusiveMinimum", "timezone", "defaultTimezone"};
  }
  if (logical_type == "object") return {"maxProperties", "minProperties", "required"};
  if (logical_type == "array") return {"maxItems", "minItems", "uniqueItems"};
  if (logical_type == "vector") {
    return {"dimensions",     "elementType",           "distanceMetric",
            "embeddingModel", "embeddingModelVersion", "normalized"};
  }
  return {};
}

}  // namespace tamis
