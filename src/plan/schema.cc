// Makes the JSON Schema of pipeline files. See schema.h.
#include "plan/schema.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/options.h"
#include "plan/step_reader.h"
#include "spec/emit.h"

namespace tamis {
namespace {

using Properties = std::vector<std::pair<std::string, Node>>;

Node OfType(std::string_view type) {
  Node node = MakeMapping();
  Put(&node, "type", MakeText(type));
  return node;
}

Node Described(Node node, std::string_view description) {
  Put(&node, "description", MakeText(description));
  return node;
}

Node OneOf(const std::vector<std::string>& words) {
  Node node = MakeMapping();
  Put(&node, "enum", MakeStrings(words));
  return node;
}

Node AnyOf(std::vector<Node> nodes) {
  Node node = MakeMapping();
  Put(&node, "anyOf", MakeSequence(std::move(nodes)));
  return node;
}

Node ListOf(Node item) {
  Node node = OfType("array");
  Put(&node, "items", std::move(item));
  return node;
}

/// A mapping of any keys.
Node MapOf(Node value) {
  Node node = OfType("object");
  Put(&node, "additionalProperties", std::move(value));
  return node;
}

Node Object(const Properties& properties, const std::vector<std::string>& required = {}) {
  Node node = OfType("object");
  Node list = MakeMapping();
  for (const auto& [key, value] : properties) Put(&list, key, value);
  Put(&node, "properties", std::move(list));
  if (!required.empty()) Put(&node, "required", MakeStrings(required));
  Put(&node, "additionalProperties", MakeWord("false"));
  return node;
}

Node Text() { return OfType("string"); }

/// Text, or a scalar that YAML reads as something else.
Node Scalar() {
  Node node = MakeMapping();
  Put(&node, "type", MakeStrings({"string", "number", "boolean"}));
  return node;
}

/// A column or a list of columns.
Node Columns() { return AnyOf({Text(), ListOf(Text())}); }

/// An integer, or a parameter of type int.
Node Integer() { return AnyOf({OfType("integer"), Text()}); }

void AddOptions(const std::vector<std::string>& names, Properties* properties) {
  for (const FormatOption& option : FormatOptionList()) {
    const std::string name = option.name;
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    Node value = name == "header"        ? OfType("boolean")
                 : name == "skip_lines"  ? OfType("integer")
                 : name == "null_values" ? ListOf(Text())
                                         : AnyOf({Text(), OfType("null")});
    properties->emplace_back(name, Described(std::move(value), option.help));
  }
}

Node ReadSchema() {
  Properties properties = {{"path", Text()}, {"contract", Text()}, {"table", Text()}};
  AddOptions(FormatOptionNames(), &properties);
  return AnyOf({Text(), Object(properties, {"path"})});
}

Node WindowSchema() {
  const Node aggregate = AnyOf({Text(), ListOf(Text()), MapOf(Text())});
  return Object({{"time", Text()},
                 {"every", Text()},
                 {"by", Columns()},
                 {"count", AnyOf({OfType("boolean"), Text()})},
                 {"sum", aggregate},
                 {"avg", aggregate},
                 {"min", aggregate},
                 {"max", aggregate},
                 {"pivot", MapOf(ListOf(Scalar()))},
                 {"fill", Scalar()}},
                {"time", "every"});
}

Node AnonymizeSchema() {
  const Node one = Object({{"columns", Columns()},
                           {"contract", Text()},
                           {"table", Text()},
                           {"key", Text()},
                           {"method", OneOf({"hmac", "hmac-sha256"})},
                           {"domain", Text()},
                           {"length", OfType("integer")}},
                          {"key"});
  return AnyOf({one, ListOf(one)});
}

Node WriteSchema() {
  Properties properties = {{"path", Text()},
                           {"format", OneOf({"parquet", "csv", "arrow"})},
                           {"mode", OneOf({"overwrite", "append", "replace_partitions"})},
                           {"partition_by", AnyOf({Text(), ListOf(Text()), MapOf(Scalar())})},
                           {"layout", OneOf({"hive"})},
                           {"codec", OneOf({"none", "snappy", "zstd"})},
                           {"file_size", AnyOf({Text(), OfType("integer")})}};
  AddOptions({"delimiter", "quote", "escape", "header", "null_values"}, &properties);
  return AnyOf({Text(), Object(properties, {"path"})});
}

Node PartSchema(const std::string& key) {
  if (key == "read") return ReadSchema();
  if (key == "window") return WindowSchema();
  if (key == "anonymize") return AnonymizeSchema();
  if (key == "write") return WriteSchema();
  if (key == "generate") {
    return Object(
        {{"contract", Text()}, {"table", Text()}, {"rows", Integer()}, {"seed", Integer()}},
        {"contract"});
  }
  if (key == "validate") {
    return Object({{"contract", Text()}, {"table", Text()}}, {"contract"});
  }
  if (key == "rejects") {
    return AnyOf({Text(), Object({{"path", Text()}, {"max", Integer()}}, {"path"})});
  }
  if (key == "derive") return MapOf(Scalar());
  if (key == "dedupe") {
    return Object({{"key", Columns()},
                   {"keep", OneOf({"first", "last", "latest", "earliest"})},
                   {"by", Text()}},
                  {"key"});
  }
  if (key == "select") return AnyOf({ListOf(Text()), MapOf(Text())});
  return Text();
}

}  // namespace

Node PipelineSchema() {
  Properties parts;
  for (const std::string& key : StepKeys()) parts.emplace_back(key, PartSchema(key));
  const std::vector<std::string> types = {"string", "int",       "double", "bool",
                                          "date",   "timestamp", "path"};
  const Node parameter =
      Object({{"type", OneOf(types)}, {"default", Scalar()}, {"description", Text()}}, {"type"});
  Node schema = MakeMapping();
  Put(&schema, "$schema", MakeText("https://json-schema.org/draft/2020-12/schema"));
  Put(&schema, "title", MakeText("tamis pipeline"));
  const Node file = Object({{"pipeline", Text()},
                            {"description", Text()},
                            {"parameters", MapOf(parameter)},
                            {"steps", MapOf(Object(parts))}},
                           {"steps"});
  schema.entries.insert(schema.entries.end(), file.entries.begin(), file.entries.end());
  return schema;
}

}  // namespace tamis
