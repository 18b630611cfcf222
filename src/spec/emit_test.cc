// What is written is read back as it was.
#include "spec/emit.h"

#include <gtest/gtest.h>

#include <random>

#include "spec/yaml.h"

namespace tamis {
namespace {

bool Same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.scalar != b.scalar || a.items.size() != b.items.size() ||
      a.entries.size() != b.entries.size()) {
    return false;
  }
  for (size_t i = 0; i < a.items.size(); ++i) {
    if (!Same(a.items[i], b.items[i])) return false;
  }
  for (size_t i = 0; i < a.entries.size(); ++i) {
    if (!Same(a.entries[i].first, b.entries[i].first) ||
        !Same(a.entries[i].second, b.entries[i].second)) {
      return false;
    }
  }
  return true;
}

Result<Node> Read(std::string text) {
  return ParseYaml(std::make_shared<const SourceText>(SourceText{"out", std::move(text)}));
}

void ExpectRoundTrip(const Node& node) {
  const std::string text = EmitYaml(node);
  auto back = Read(text);
  ASSERT_TRUE(back.ok()) << text << FormatError(back.status());
  EXPECT_TRUE(Same(node, *back)) << text << EmitJson(node) << EmitJson(*back);
  EXPECT_EQ(EmitYaml(*back), text);
}

TEST(Emit, Readable) {
  Node column = MakeMapping();
  Put(&column, "name", MakeText("id"));
  Put(&column, "enum", MakeStrings({"a", "1", "no", ""}));
  Put(&column, "empty", MakeMapping());
  Node table = MakeMapping();
  Put(&table, "version", MakeText("1.0.0"));
  Put(&table, "rows", MakeWord("12"));
  Put(&table, "sql", MakeText("SELECT 1\n  FROM t\n"));
  Put(&table, "columns", MakeSequence({column, MakeSequence({MakeNull()})}));
  EXPECT_EQ(EmitYaml(table),
            "version: \"1.0.0\"\n"
            "rows: 12\n"
            "sql: |\n"
            "  SELECT 1\n"
            "    FROM t\n"
            "columns:\n"
            "  - name: id\n"
            "    enum: [a, \"1\", \"no\", \"\"]\n"
            "    empty: {}\n"
            "  - [null]\n");
  EXPECT_EQ(EmitJson(MakeStrings({"a\"b\n", "1"}), 0), R"(["a\"b\n", "1"])");
  EXPECT_EQ(EmitJson(MakeSequence(), 2), "[]");
}

constexpr const char* kAwkward[] = {"",
                                    " ",
                                    "a ",
                                    " a",
                                    "~",
                                    "null",
                                    "yes",
                                    "1",
                                    "-1",
                                    "1e5",
                                    "0x1",
                                    "2026-01-01",
                                    "12:30",
                                    "a: b",
                                    "a:",
                                    "a #b",
                                    "#a",
                                    "- a",
                                    "-",
                                    "?",
                                    "? a",
                                    "[a",
                                    "a]",
                                    "{a",
                                    "a, b",
                                    "&a",
                                    "*a",
                                    "!a",
                                    "|",
                                    ">",
                                    "%a",
                                    "@a",
                                    "`a",
                                    "'a",
                                    "\"a",
                                    "a'b",
                                    "a\"b",
                                    "a\\b",
                                    "a\nb",
                                    "a\nb\n",
                                    "a\n\nb\n\n",
                                    "\na",
                                    " a\nb",
                                    "a \nb",
                                    "\t",
                                    "a\tb",
                                    "a\r\nb",
                                    "\x1b[0m",
                                    "\x7f",
                                    "---",
                                    "...",
                                    "--- a",
                                    "<<",
                                    "=",
                                    "\xC3\xA9",
                                    "a\xC3\xA9",
                                    "\xE2\x80\xA8",
                                    "true",
                                    "Off",
                                    "$name",
                                    "$(name)/x",
                                    ".5",
                                    "+1",
                                    "a:b",
                                    "http://x/y#z",
                                    "::"};

TEST(Emit, AwkwardTexts) {
  for (const char* text : kAwkward) {
    Node mapping = MakeMapping();
    Put(&mapping, text, MakeText(text));
    Put(&mapping, "list", MakeStrings({text, text}));
    Put(&mapping, "nested", MakeSequence({MakeSequence({MakeSequence({MakeText(text)})})}));
    if (std::string(text) == "list" || std::string(text) == "nested") continue;
    ExpectRoundTrip(mapping);
    ExpectRoundTrip(MakeText(text));
    ExpectRoundTrip(MakeWord(text));  // quoted when it must be
  }
}

/// A random tree of awkward texts.
Node RandomNode(std::mt19937* random, int depth) {
  auto text = [&] {
    static const std::string kAlphabet = "ab01 :#-?[]{},&*!|>'\"%@`~\n\t\\.=<\xC3\xA9";
    std::string out;
    for (unsigned i = (*random)() % 8; i > 0; --i) {
      out += kAlphabet[(*random)() % (kAlphabet.size() - 2)];
    }
    return out;
  };
  switch (depth == 0 ? (*random)() % 2 : (*random)() % 5) {
    case 0:
      return MakeText(text());
    case 1:
      return MakeNull();
    case 2: {
      Node node = MakeMapping();
      for (unsigned i = (*random)() % 4; i > 0; --i) {
        const std::string key = text() + std::to_string(i);
        if (key == "<<") continue;
        Put(&node, key, RandomNode(random, depth - 1));
      }
      return node;
    }
    default: {
      Node node = MakeSequence();
      for (unsigned i = (*random)() % 4; i > 0; --i) {
        node.items.push_back(RandomNode(random, depth - 1));
      }
      return node;
    }
  }
}

TEST(Emit, RandomTrees) {
  std::mt19937 random(7);
  for (int i = 0; i < 3000; ++i) ExpectRoundTrip(RandomNode(&random, 4));
}

}  // namespace
}  // namespace tamis
