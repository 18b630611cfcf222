// YAML texts in, nodes or whole messages out.
#include "spec/yaml.h"

#include <gtest/gtest.h>

#include <string>

#include "spec/emit.h"

namespace tamis {
namespace {

std::shared_ptr<const SourceText> Text(std::string text) {
  return std::make_shared<const SourceText>(SourceText{"input", std::move(text)});
}

std::string Error(std::string text, YamlLimits limits = YamlLimits()) {
  auto node = ParseYaml(Text(std::move(text)), limits);
  return node.ok() ? "no error: " + EmitJson(*node, 0) : FormatError(node.status());
}

std::string Json(std::string text) {
  auto node = ParseYaml(Text(std::move(text)));
  return node.ok() ? EmitJson(*node, 0) : FormatError(node.status());
}

TEST(Yaml, KindsAndQuoting) {
  EXPECT_EQ(Json("a: 1\nb: '1'\nc: [x, \"y\", ~]\nd: {e: true}\nf:\n"),
            R"({"a": 1, "b": "1", "c": ["x", "y", null], "d": {"e": true}, "f": null})");
  EXPECT_EQ(Json("version: 1.10\nno: no\nday: 2026-01-01\nhex: 0x1F\nbig: 1e400\n"),
            R"({"version": 1.10, "no": "no", "day": "2026-01-01", "hex": "0x1F", "big": "1e400"})");
  EXPECT_EQ(Json("sql: |\n  SELECT 1\n    FROM t\nfold: >-\n  a\n  b\n"),
            R"({"sql": "SELECT 1\n  FROM t\n", "fold": "a b"})");
  EXPECT_EQ(Json("a: !!str 1\n"), R"({"a": "1"})");
  EXPECT_EQ(Json("\xEF\xBB\xBF"
                 "a: \xC3\xA9\n"),
            "{\"a\": \"\xC3\xA9\"}");
}

TEST(Yaml, PlacesCountBytesFromOne) {
  auto node = ParseYaml(Text("# first\na:\n  - x\n  - {b: \xC3\xA9, c: y}\n"));
  ASSERT_TRUE(node.ok());
  const Node& list = *node->Find("a");
  EXPECT_EQ(list.items[0].place.ToString(), "input:3:5");
  EXPECT_EQ(list.items[1].Find("b")->place.ToString(), "input:4:9");
  EXPECT_EQ(list.items[1].Find("c")->place.ToString(), "input:4:16");
}

TEST(Yaml, WholeMessages) {
  EXPECT_EQ(Error(""), "input: the file is empty\n");
  EXPECT_EQ(Error("# only a comment\n"), "input: the file is empty\n");
  EXPECT_EQ(Error("a: 1\nb: 2\na: 3\n"),
            "input:3:1: duplicate key: a (first in line 1)\n  a: 3\n  ^\n");
  EXPECT_EQ(Error("a: 1\n---\nb: 2\n"),
            "input:2:1: a second document begins here (one document a file is expected)\n"
            "  ---\n  ^\n");
  EXPECT_EQ(Error("a: !ruby/object x\n"),
            "input:1:4: tags are not supported: !ruby/object\n  a: !ruby/object x\n     ^\n");
  EXPECT_EQ(Error("[a]: 1\n"),
            "input:1:1: a key must be a single value (quote it if it is text)\n  [a]: 1\n  ^\n");
  EXPECT_EQ(
      Error("{\n  {a: '}'}\n}\n"),
      "input:2:3: a key must be a single value (quote it if it is text)\n    {a: '}'}\n    ^\n");
  EXPECT_EQ(Error("a: [[1, 2]\n"),
            "input:1:4: not YAML: a [ is not closed (a comma or a ] may be missing)\n  a: [[1, 2]\n"
            "     ^\n");
  EXPECT_EQ(Error("a: [[[1, \"]\" # ]\n").substr(0, 40),
            "input:1:5: not YAML: a [ is not closed (");
  EXPECT_EQ(Error("~: 1\n"), "input:1:1: a key is missing before the colon\n  ~: 1\n  ^\n");
  EXPECT_EQ(Error("a: &x {b: 1}\nc:\n  <<: *x\n"),
            "input:3:3: merge keys (<<) are not supported (repeat the keys, or alias one value)\n"
            "    <<: *x\n    ^\n");
  EXPECT_EQ(
      Error("a: *x\n"),
      "input:1:4: an alias without its anchor (anchors are set with &name)\n  a: *x\n     ^\n");
  EXPECT_EQ(Error("a: [1, 2\n"),
            "input:1:4: not YAML: a [ is not closed (a comma or a ] may be missing)\n  a: [1, 2\n  "
            "   ^\n");
  EXPECT_EQ(Error("a: \"x\n"), "input:1:4: not YAML: a quote is not closed\n  a: \"x\n     ^\n");
  EXPECT_EQ(
      Error("a: b: c\n"),
      "input:1:5: not YAML: a colon is not allowed here (quote a value that holds a colon and "
      "a space)\n  a: b: c\n      ^\n");
  EXPECT_EQ(Error("a: @x\n"),
            "input:1:4: not YAML: a value can't begin with this character (quote the value)\n"
            "  a: @x\n     ^\n");
  EXPECT_EQ(Error("a:\n  b: 1\n c: 2\n"),
            "input:3:2: not YAML: a key, or a value at this depth, is expected (check the "
            "indentation, and that each key has its colon and a space)\n   c: 2\n   ^\n");
}

TEST(Yaml, TabsInTheIndentation) {
  for (const char* text : {"a:\n\tb: 1\n", "a:\n\tb: 1\n\tc: 2\n", "a:\n  b: 1\n\tc: 2\n"}) {
    const std::string error = Error(text);
    EXPECT_NE(error.find("not YAML: a tab in the indentation (use spaces)"), std::string::npos)
        << text << error;
  }
  // After the indentation of a block, a tab is text.
  EXPECT_EQ(Json("sql: |\n  SELECT\n  \t1\n"), R"({"sql": "SELECT\n\t1\n"})");
}

TEST(Yaml, NotText) {
  EXPECT_EQ(Error(std::string("a: \0b", 5)),
            "input: not a text file: control byte at offset 3 (a YAML or SQL text in UTF-8 is "
            "expected)\n");
  EXPECT_EQ(Error("a: \xC3\x28\n"),
            "input: not UTF-8: invalid byte at offset 3 (save the file as "
            "UTF-8)\n");
  EXPECT_EQ(Error("a: \xED\xA0\x80\n"),
            "input: not UTF-8: invalid byte at offset 3 (save the file "
            "as UTF-8)\n");
}

TEST(Yaml, BombsAreRefusedQuickly) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 1; j < 10; ++j) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_NE(Error(bomb).find("aliases expand to more than 100000 values"), std::string::npos);

  const std::string deep = std::string(100, '[') + std::string(100, ']');
  EXPECT_EQ(Error(deep).substr(0, 43), "input:1:65: nested deeper than 64 levels\n  ");
  EXPECT_EQ(Error(std::string(100'000, '[')).substr(0, 40),
            "input:1:1: not YAML: a [ is not closed (");
  EXPECT_EQ(Error(std::string(600, '{') + std::string(600, '}')).substr(0, 40),
            "input:1:2: a key must be a single value ");
  // Depth is counted through aliases too.
  std::string chain = "a0: &a0 [x]\n";
  for (int i = 1; i < 80; ++i) {
    chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
             "]\n";
  }
  EXPECT_NE(Error(chain).find("nested deeper than 64 levels"), std::string::npos);
  EXPECT_NE(Error("a: &x [*x]\n").find("alias"), std::string::npos);

  YamlLimits limits;
  limits.nodes_max = 5;
  EXPECT_EQ(Error("[a, b, c, d]", limits), "no error: [\"a\", \"b\", \"c\", \"d\"]");
  EXPECT_NE(Error("[a, b, c, d, e]", limits).find("more than 5 values"), std::string::npos);
  limits = YamlLimits();
  limits.text_bytes_max = 1 << 20;
  EXPECT_EQ(Error(std::string((1 << 20) + 1, ' '), limits),
            "input: the text is larger than 1 MB\n");
}

TEST(Yaml, AliasesAreCopies) {
  EXPECT_EQ(Json("a: &x {b: [1]}\nc: *x\n"), R"({"a": {"b": [1]}, "c": {"b": [1]}})");
}

std::string PlaceOfWord(const std::string& text, const std::string& word) {
  auto node = ParseYaml(Text(text));
  const Node& scalar = *node->Find("k");
  return PlaceInScalar(scalar, scalar.scalar.find(word)).ToString();
}

TEST(Yaml, PlacesInScalars) {
  EXPECT_EQ(PlaceOfWord("k: one two\n", "two"), "input:1:8");
  EXPECT_EQ(PlaceOfWord("k: one\n   two\n", "two"), "input:2:4");
  EXPECT_EQ(PlaceOfWord("k: 'it''s two'\n", "two"), "input:1:11");
  EXPECT_EQ(PlaceOfWord("k: \"a\\tb \\\"two\"\n", "two"), "input:1:12");
  EXPECT_EQ(PlaceOfWord("k: |\n    one\n\n      two\n", "two"), "input:4:7");
  EXPECT_EQ(PlaceOfWord("k: >-\n  one\n  two\n", "two"), "input:3:3");
  EXPECT_EQ(PlaceOfWord("k: &x one two\n", "two"), "input:1:11");
  EXPECT_EQ(PlaceOfWord("k: &x |\n  one\n  two\n", "two"), "input:3:3");
  auto node = ParseYaml(Text("k: abc   # comment\n"));
  EXPECT_EQ(PlaceInScalar(*node->Find("k"), 3).ToString(), "input:1:7");
}

}  // namespace
}  // namespace tamis
