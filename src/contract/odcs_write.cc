// Writes contracts as ODCS v3.1.0. See odcs.h.
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "contract/odcs.h"
#include "contract/odcs_shape.h"
#include "contract/options.h"
#include "contract/types.h"
#include "spec/emit.h"

namespace tamis {
namespace {

void PutText(Node* mapping, std::string_view key, const std::string& text) {
  if (!text.empty()) Put(mapping, key, MakeText(text));
}

void PutTrue(Node* mapping, std::string_view key, bool value) {
  if (value) Put(mapping, key, MakeWord("true"));
}

void PutInt(Node* mapping, std::string_view key, int64_t value) {
  Put(mapping, key, MakeWord(std::to_string(value)));
}

/// A number as YAML 1.1 reads it too: an exponent needs a point before it and a sign behind.
Node NumberNode(double value) {
  std::array<char, 40> buffer;
  const auto format =
      std::fabs(value) < 1e15 ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr;
  std::string text(buffer.data(), end);
  const size_t exponent = text.find('e');
  if (exponent != std::string::npos && text.find('.') == std::string::npos) {
    text.insert(exponent, ".0");
  }
  return MakeWord(text);
}

/// Text keeps its quotes in YAML unless the standard wants a number or a boolean there.
Node ValueNode(const Column& column, const std::string& text) {
  const std::string logical = LogicalTypeName(*column.type);
  double number = 0;
  if (arrow::is_floating(column.type->id()) &&
      std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc()) {
    return NumberNode(number);
  }
  const bool is_word = logical == "integer" || logical == "number" || logical == "boolean";
  return is_word ? MakeWord(text) : MakeText(text);
}

/// A library rule of 3.0 that no metric of 3.1 says: as text that keeps what it said.
Node RuleOf31(const Node& rule) {
  if (!rule.Find("rule") || rule.Find("metric")) return rule;
  Node out = MakeMapping();
  Put(&out, "type", MakeText("text"));
  Node said = MakeSequence();
  for (const auto& [key, value] : rule.entries) {
    if (key.scalar == "type" || value.is_null()) continue;
    if (key.scalar == "rule" || key.scalar == "unit" || key.scalar.starts_with("must")) {
      Node item = MakeMapping();
      Put(&item, "property", MakeText(key.scalar));
      Put(&item, "value", value);
      said.items.push_back(std::move(item));
    } else if (key.scalar != "customProperties") {
      out.entries.emplace_back(key, value);
    }
  }
  if (const Node* more = rule.Find("customProperties")) {
    said.items.insert(said.items.end(), more->items.begin(), more->items.end());
  }
  Put(&out, "customProperties", std::move(said));
  return out;
}

/// A server as 3.1 has it: types and keys that came later become a custom server and properties.
Node ServerOf31(const Node& server) {
  static const std::vector<std::string> kNewTypes = {
      "btrieve", "exasol", "fastobjects", "hana",       "iceberg",
      "ingres",  "poet",   "teradata",    "vectorwise", "versant"};
  static const std::vector<std::string> kNewKeys = {"encoding", "workgroup", "catalogUrl",
                                                    "namespace"};
  auto is_in = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  Node out = MakeMapping();
  Node custom = MakeSequence();
  for (const auto& [key, value] : server.entries) {
    if (value.is_null()) continue;
    const bool is_new_type = key.scalar == "type" && is_in(kNewTypes, value.scalar);
    if (is_new_type) Put(&out, "type", MakeText("custom"));
    if (is_new_type || is_in(kNewKeys, key.scalar)) {
      Node item = MakeMapping();
      Put(&item, "property", MakeText(key.scalar));
      Put(&item, "value", value);
      custom.items.push_back(std::move(item));
    } else if (key.scalar == "customProperties") {
      custom.items.insert(custom.items.end(), value.items.begin(), value.items.end());
    } else {
      out.entries.emplace_back(key, value);
    }
  }
  if (!custom.items.empty()) Put(&out, "customProperties", std::move(custom));
  return out;
}

/// Appends what has no meaning here, as far as v3.1 has it. Lists that exist already (quality,
/// customProperties, ...) get the kept items behind the own ones.
void PutOther(Node* mapping, const std::shared_ptr<const Node>& other, const char* object) {
  if (!other) return;
  for (auto& [key, value] : KeysOf31(*other, object).entries) {
    if (key.scalar == "quality") {
      for (Node& rule : value.items) rule = RuleOf31(rule);
    } else if (key.scalar == "servers") {
      for (Node& server : value.items) server = ServerOf31(server);
    }
    auto found = std::find_if(
        mapping->entries.begin(), mapping->entries.end(),
        [&name = key.scalar](const auto& entry) { return entry.first.scalar == name; });
    if (found == mapping->entries.end()) {
      mapping->entries.emplace_back(key, value);
    } else {
      Node& own = found->second;
      own.items.insert(own.items.end(), value.items.begin(), value.items.end());
      own.entries.insert(own.entries.end(), value.entries.begin(), value.entries.end());
    }
  }
}

void PutCustom(Node* list, const char* property, Node value) {
  Node item = MakeMapping();
  Put(&item, "property", MakeText(property));
  Put(&item, "value", std::move(value));
  list->items.push_back(std::move(item));
}

void PutList(Node* mapping, std::string_view key, Node list) {
  if (!list.items.empty()) Put(mapping, key, std::move(list));
}

Node CharNode(char c) {
  if (c == '\t') return MakeWord("tab");
  return c == '\0' ? MakeWord("none") : MakeText(std::string_view(&c, 1));
}

/// The options that differ from the defaults.
Node FormatNode(const FormatOptions& format) {
  const FormatOptions defaults;
  Node node = MakeMapping();
  PutText(&node, "format", format.format);
  if (format.delimiter != defaults.delimiter) Put(&node, "delimiter", CharNode(format.delimiter));
  if (format.quote != defaults.quote) Put(&node, "quote", CharNode(format.quote));
  if (format.escape != format.quote) Put(&node, "escape", CharNode(format.escape));
  if (format.header != defaults.header) Put(&node, "header", MakeWord("false"));
  if (format.skip_lines != defaults.skip_lines) PutInt(&node, "skip_lines", format.skip_lines);
  if (format.comment != defaults.comment) Put(&node, "comment", CharNode(format.comment));
  if (format.encoding != defaults.encoding) PutText(&node, "encoding", format.encoding);
  if (format.null_values != defaults.null_values) {
    Put(&node, "null_values", MakeStrings(format.null_values));
  }
  if (format.timestamp_zone != defaults.timestamp_zone) {
    PutText(&node, "timestamp_zone", format.timestamp_zone);
  }
  return node;
}

void PutBound(Node* options, const Column& column, const std::optional<Bound>& bound,
              const char* key, const char* exclusive_key) {
  if (bound) Put(options, bound->exclusive ? exclusive_key : key, ValueNode(column, bound->text));
}

Node OptionsNode(const Column& column) {
  Node options = MakeMapping();
  PutBound(&options, column, column.minimum, "minimum", "exclusiveMinimum");
  PutBound(&options, column, column.maximum, "maximum", "exclusiveMaximum");
  if (column.multiple_of) Put(&options, "multipleOf", MakeWord(column.multiple_of->text));
  if (column.min_length) PutInt(&options, "minLength", *column.min_length);
  if (column.max_length) PutInt(&options, "maxLength", *column.max_length);
  PutText(&options, "pattern", column.pattern);
  PutText(&options, "format", column.format);
  return options;
}

/// What a physicalType of its own would not say: its spelling is kept, or made where the
/// logicalType alone does not give the type back.
std::string PhysicalTypeOf(const Column& column, const std::string& logical) {
  if (!column.physical_type.empty()) {
    // `timezone: false` and the like may have changed what the text says.
    const auto parsed = ParsePhysicalType(column.physical_type, Place{});
    if (parsed.ok() && (!parsed->type || parsed->type->Equals(column.type) ||
                        PhysicalTypeName(*parsed->type) == PhysicalTypeName(*column.type))) {
      return column.physical_type;
    }
  }
  // The parts say it.
  if (column.type->id() == arrow::Type::STRUCT || column.type->id() == arrow::Type::LIST) return "";
  const auto by_default = DefaultType(logical);
  return by_default && by_default->Equals(column.type) ? "" : PhysicalTypeName(*column.type);
}

Node ColumnNode(const Column& column, bool is_item);

void PutParts(Node* node, const Column& column) {
  if (column.children.empty()) return;
  if (column.type->id() == arrow::Type::STRUCT) {
    Node list = MakeSequence();
    for (const Column& child : column.children) list.items.push_back(ColumnNode(child, false));
    Put(node, "properties", std::move(list));
  } else if (column.type->id() == arrow::Type::LIST) {
    Put(node, "items", ColumnNode(column.children[0], true));
  }
}

/// A rule that refuses every row whose value is not one of the enum's: v3.1 has no enum.
Node EnumRule(const Column& column) {
  Node values = MakeSequence();
  for (const std::string& value : column.enum_values) {
    values.items.push_back(ValueNode(column, value));
  }
  Node arguments = MakeMapping();
  Put(&arguments, "validValues", std::move(values));
  Node rule = MakeMapping();
  Put(&rule, "metric", MakeText("invalidValues"));
  Put(&rule, "arguments", std::move(arguments));
  PutInt(&rule, "mustBe", 0);
  return rule;
}

Node TableRuleNode(const TableRule& rule, const Column* column) {
  Node node = MakeMapping();
  PutText(&node, "name", rule.name);
  Put(&node, "metric", MakeText(rule.metric));
  Node arguments = MakeMapping();
  if (!rule.columns.empty()) Put(&arguments, "properties", MakeStrings(rule.columns));
  if (!rule.values.empty()) {
    Node values = MakeSequence();
    const bool typed = rule.metric == "invalidValues" && column;
    for (const std::string& value : rule.values) {
      values.items.push_back(typed ? ValueNode(*column, value) : MakeText(value));
    }
    Put(&arguments, rule.metric == "invalidValues" ? "validValues" : "missingValues",
        std::move(values));
  }
  PutText(&arguments, "pattern", rule.pattern);
  if (!arguments.entries.empty()) Put(&node, "arguments", std::move(arguments));
  if (rule.comparison.ends_with("Between")) {
    Put(&node, rule.comparison, MakeSequence({NumberNode(rule.value), NumberNode(rule.value_to)}));
  } else {
    Put(&node, rule.comparison, NumberNode(rule.value));
  }
  if (rule.percent) Put(&node, "unit", MakeText("percent"));
  PutOther(&node, rule.other, "Quality");
  return node;
}

Node RowRuleNode(const RowRule& rule) {
  Node node = MakeMapping();
  if (rule.name != rule.expression) PutText(&node, "name", rule.name);
  Put(&node, "type", MakeText("custom"));
  Put(&node, "engine", MakeText("tamis"));
  Put(&node, "implementation", MakeText(rule.expression));
  PutOther(&node, rule.other, "Quality");
  return node;
}

Node FixedNode(const FixedField& fixed) {
  Node node = MakeMapping();
  PutInt(&node, "offset", fixed.offset);
  PutInt(&node, "width", fixed.width);
  return node;
}

Node ColumnNode(const Column& column, bool is_item) {
  Node node = MakeMapping();
  if (!is_item || column.name != "item") Put(&node, "name", MakeText(column.name));
  const std::string logical = LogicalTypeName(*column.type);
  Put(&node, "logicalType", MakeText(logical));
  PutText(&node, "physicalType", PhysicalTypeOf(column, logical));
  PutText(&node, "description", column.description);
  PutTrue(&node, "required", column.required);
  PutTrue(&node, "unique", column.unique);
  if (column.primary_key_position > 0) {
    PutTrue(&node, "primaryKey", true);
    PutInt(&node, "primaryKeyPosition", column.primary_key_position);
  }
  Node options = OptionsNode(column);
  if (!options.entries.empty()) Put(&node, "logicalTypeOptions", std::move(options));
  PutText(&node, "classification", column.classification);
  PutParts(&node, column);
  if (!column.enum_values.empty()) Put(&node, "quality", MakeSequence({EnumRule(column)}));
  Node custom = MakeSequence();
  if (column.fixed) PutCustom(&custom, "tamis.format", FixedNode(*column.fixed));
  if (column.generate) PutCustom(&custom, "tamis.generate", *column.generate);
  if (column.anonymize) PutCustom(&custom, "tamis.anonymize", *column.anonymize);
  if (column.ddl) PutCustom(&custom, "tamis.ddl", *column.ddl);
  PutList(&node, "customProperties", std::move(custom));
  PutOther(&node, column.other, "Column");
  // What a vector or map of 3.2 says of itself has no place in the types that 3.1 has.
  const std::vector<std::string> names = LogicalTypeOptionNames(logical);
  std::erase_if(node.entries, [&](auto& entry) {
    if (entry.first.scalar != "logicalTypeOptions") return false;
    std::erase_if(entry.second.entries, [&](const auto& option) {
      return std::find(names.begin(), names.end(), option.first.scalar) == names.end();
    });
    return entry.second.entries.empty();
  });
  return node;
}

Node RelationshipNode(const Table& table, const Relationship& relationship) {
  auto names = [](const std::string& table_name, const std::vector<std::string>& columns) {
    std::vector<std::string> out;
    for (const std::string& column : columns) out.push_back(table_name + "." + column);
    return out.size() == 1 ? MakeText(out[0]) : MakeStrings(out);
  };
  Node node = MakeMapping();
  Put(&node, "from", names(table.name, relationship.columns));
  Put(&node, "to", names(relationship.to_table, relationship.to_columns));
  return node;
}

Node TableNode(const Table& table) {
  Node node = MakeMapping();
  Put(&node, "name", MakeText(table.name));
  PutText(&node, "physicalName", table.physical_name);
  PutText(&node, "description", table.description);
  Node properties = MakeSequence();
  for (const Column& column : table.columns) {
    properties.items.push_back(ColumnNode(column, false));
    for (const TableRule& rule : table.table_rules) {
      if (rule.column != column.name) continue;
      Node& property = properties.items.back();
      Node list = MakeMapping();
      Put(&list, "quality", MakeSequence({TableRuleNode(rule, &column)}));
      PutOther(&property, std::make_shared<const Node>(std::move(list)), "Column");
    }
  }
  PutList(&node, "properties", std::move(properties));
  Node relationships = MakeSequence();
  for (const Relationship& relationship : table.relationships) {
    relationships.items.push_back(RelationshipNode(table, relationship));
  }
  PutList(&node, "relationships", std::move(relationships));
  Node quality = MakeSequence();
  for (const RowRule& rule : table.row_rules) quality.items.push_back(RowRuleNode(rule));
  for (const TableRule& rule : table.table_rules) {
    if (rule.column.empty()) quality.items.push_back(TableRuleNode(rule, nullptr));
  }
  PutList(&node, "quality", std::move(quality));
  Node custom = MakeSequence();
  Node format = FormatNode(table.format);
  if (!format.entries.empty()) PutCustom(&custom, "tamis.format", std::move(format));
  if (table.generate) PutCustom(&custom, "tamis.generate", *table.generate);
  if (table.anonymize) PutCustom(&custom, "tamis.anonymize", *table.anonymize);
  if (table.ddl) PutCustom(&custom, "tamis.ddl", *table.ddl);
  PutList(&node, "customProperties", std::move(custom));
  PutOther(&node, table.other, "Table");
  return node;
}

}  // namespace

Node ContractNode(const Contract& contract) {
  Node node = MakeMapping();
  Put(&node, "apiVersion", MakeText("v3.1.0"));
  Put(&node, "kind", MakeText("DataContract"));
  Put(&node, "id", MakeText(contract.id));
  PutText(&node, "name", contract.name);
  Put(&node, "version", MakeText(contract.version));
  PutText(&node, "status", contract.status);
  if (!contract.description.empty() && !(contract.other && contract.other->Find("description"))) {
    Node description = MakeMapping();
    PutText(&description, "purpose", contract.description);
    Put(&node, "description", std::move(description));
  }
  PutOther(&node, contract.other, "Contract");
  Node schema = MakeSequence();
  for (const Table& table : contract.tables) schema.items.push_back(TableNode(table));
  PutList(&node, "schema", std::move(schema));
  return node;
}

std::string WriteContract(const Contract& contract) { return EmitYaml(ContractNode(contract)); }

}  // namespace tamis
