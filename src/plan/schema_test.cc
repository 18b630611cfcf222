// The schema knows the same keys as the parser.
#include "plan/schema.h"

#include <gtest/gtest.h>

#include <functional>

#include "plan/pipeline.h"
#include "spec/emit.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

/// The parser's word on a key of the object at a place in a pipeline.
bool IsKnown(const std::string& before, const std::string& key, const std::string& after) {
  PipelineContext context;
  auto plan = ParsePipeline(
      std::make_shared<const SourceText>(SourceText{"p", before + "\"" + key + "\": " + after}),
      context);
  return plan.ok() || plan.status().message() != "unknown key: " + key;
}

/// The object form of a schema node, through anyOf and lists.
const Node* ObjectOf(const Node& node) {
  if (node.Find("properties")) return &node;
  const Node* forms = node.Find("anyOf");
  for (const Node& form : (forms ? *forms : node).items) {
    if (const Node* found = ObjectOf(form)) return found;
  }
  return nullptr;
}

TEST(Schema, HasTheParsersKeys) {
  const Node schema = PipelineSchema();
  const Node& step =
      *ObjectOf(*schema.Find("properties")->Find("steps")->Find("additionalProperties"));
  int count = 0;
  for (const auto& [part, node] : step.Find("properties")->entries) {
    EXPECT_TRUE(IsKnown("steps:\n  a:\n    ", part.scalar, "x\n")) << part.scalar;
    const Node* object = ObjectOf(node);
    if (!object) continue;
    const std::string source =
        part.scalar == "read" || part.scalar == "generate" ? "" : "    read: x\n";
    const std::string before = "steps:\n  a:\n" + source + "    " + part.scalar + ":\n      ";
    for (const auto& [key, value] : object->Find("properties")->entries) {
      EXPECT_TRUE(IsKnown(before, key.scalar, "~\n")) << part.scalar << "." << key.scalar;
      ++count;
    }
    if (part.scalar != "rejects") {  // refused before its keys are looked at
      EXPECT_FALSE(IsKnown(before, "no_such_key", "~\n")) << part.scalar;
    }
  }
  EXPECT_GT(count, 50);
  EXPECT_FALSE(IsKnown("steps:\n  a:\n    ", "no_such_key", "~\n"));
}

TEST(Schema, IsJson) {
  const std::string json = EmitJson(PipelineSchema());
  EXPECT_NE(json.find("\"additionalProperties\": false"), std::string::npos);
  // JSON is YAML.
  auto node = ParseYaml(std::make_shared<const SourceText>(SourceText{"schema", json}));
  ASSERT_TRUE(node.ok()) << FormatError(node.status());
  EXPECT_EQ(EmitJson(*node), json);
}

}  // namespace
}  // namespace tamis
