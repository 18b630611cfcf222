// Texts of patterns, against RE2: every one matches, counted ones differ, and
// lengths are kept.
#include "ops/pattern.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <limits>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"

namespace tamis {
namespace {

PatternNode Parse(const std::string& pattern) {
  PatternNode root = ParsePattern(pattern).ValueOrDie();
  EXPECT_TRUE(LimitPattern(&root, 8, 0, std::numeric_limits<int64_t>::max()));
  return root;
}

std::string TextOf(const PatternText& text, uint64_t number) {
  std::string out(text.bytes_max() + 1, '#');
  char* end = text.Write(static_cast<int64_t>(number), 0, out.data());
  EXPECT_EQ(out.back(), '#') << "wrote beyond bytes_max";
  out.resize(static_cast<size_t>(end - out.data()));
  return out;
}

int64_t CodePoints(const std::string& text) {
  int64_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

const std::vector<std::string> kPatterns = {
    "[A-Z]{3}-[0-9]{4}(-[a-f]{2})?",
    "^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$",
    "a|bc|(d|e)f*",
    "(?:x+|y*)z?",
    "(?i)^(Mr|Ms)\\.? [A-Z][a-z]+$",
    "(?i)[^a-z]{3}[^B]",
    "\\w+@\\w+\\.(com|org)",
    "\\S\\s\\D\\W\\d",
    ".{5,}",
    "[^\"',]{2,4}",
    "[]a-]{3}[^]]",
    "[[:alpha:]][[:^alpha:]][[:punct:][:digit:]]{2}",
    "\\x41\\x{e9}\\.\\Q.*[\\E{x",
    "[äöüß]{1,5}x{0}",
    "(?P<year>[12]\\d{3})-(?P<month>0[1-9]|1[0-2])",
    "^(\\+|00)[1-9]\\d{1,14}$",
    "\\A[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?\\z",
    "^((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)$",
    "([0-9a-f]{2}:){5}[0-9a-f]{2}",
    "(a?b){2,3}(c|)",
    "^$",
    "",
    "(|a)+?b*?",
    "[\\t\\d]\\t",
    "[\\x{400}-\\x{4ff}]{2}",
    "日本[語人]",
    "^\\$[0-9,]+$",
};

TEST(Pattern, EachTextMatches) {
  for (const std::string& pattern : kPatterns) {
    re2::RE2 expression(pattern, re2::RE2::Quiet);
    ASSERT_TRUE(expression.ok()) << pattern << ": " << expression.error();
    auto drawn = PatternText::Draws(Parse(pattern));
    auto counted = PatternText::Counts(Parse(pattern));
    std::set<std::string> seen;
    for (uint64_t i = 0; i < 2000; ++i) {
      for (const std::string& text :
           {TextOf(*drawn, XxHash64(i, 7)), TextOf(*counted, XxHash64(i, 8) % counted->count())}) {
        EXPECT_TRUE(re2::RE2::FullMatch(text, expression)) << pattern << ": " << text;
        EXPECT_GE(CodePoints(text), drawn->length_min());
        EXPECT_LE(CodePoints(text), drawn->length_max());
        for (char c : text) {
          EXPECT_NE(drawn->bytes().find(c), std::string::npos) << pattern << ": " << text;
        }
        seen.insert(text);
      }
    }
    if (!counted->is_injective()) continue;
    EXPECT_GE(seen.size(), std::min<uint64_t>(counted->count() / 4, 1000)) << pattern;
  }
}

TEST(Pattern, NumbersBelowTheCountAreAllOfTheTexts) {
  auto texts = [](const std::string& pattern) {
    auto counted = PatternText::Counts(Parse(pattern));
    EXPECT_TRUE(counted->is_injective()) << pattern;
    std::set<std::string> all;
    for (uint64_t i = 0; i < counted->count(); ++i) all.insert(TextOf(*counted, i));
    EXPECT_EQ(all.size(), counted->count()) << pattern;
    return all.size();
  };
  EXPECT_EQ(texts("[A-Z]{2}[0-9]"), 6760);
  EXPECT_EQ(texts("a|bc|d[ef]{0,2}"), 9);
  EXPECT_EQ(texts("[ab]{1,3}(-[cd])?"), 14 * 3);
  EXPECT_EQ(texts("^(0[1-9]|1[0-2])/\\d\\d$"), 1200);
  EXPECT_EQ(texts("x"), 1);
  EXPECT_EQ(texts("([ab][xy]){0,3}"), 1 + 4 + 16 + 64);
}

TEST(Pattern, LongTextsDifferToTheirEnds) {
  auto counted = PatternText::Counts(Parse("[A-Za-z0-9]{40}"));
  EXPECT_EQ(counted->count(), PatternText::kCountMax);
  EXPECT_TRUE(counted->is_injective());
  std::set<std::string> all, ends;
  for (uint64_t i = 0; i < 5000; ++i) {
    std::string text = TextOf(*counted, i);
    all.insert(text);
    ends.insert(text.substr(20));
  }
  EXPECT_EQ(all.size(), 5000);
  EXPECT_EQ(ends.size(), 5000);
}

TEST(Pattern, AmbiguityIsFound) {
  for (const char* pattern : {"a*a*", "(a|ab)(c|bc)", "(a?){2}", "(a*)*", "a|a", "(|a)(|b)(|a)",
                              "\\d+|\\w+", "(a|)|(b|)"}) {
    EXPECT_FALSE(IsUnambiguous(Parse(pattern))) << pattern;
  }
  for (const char* pattern : {"a*b*", "(a|b)(c|bc)", "(a|b)*", "[0-9]{1,3}[0-9]{2}", "\\d+|[a-z]+",
                              "(|a)b", "[A-Z]{500}", "(ab?)*", "", "a?b?c?"}) {
    EXPECT_TRUE(IsUnambiguous(Parse(pattern))) << pattern;
  }
}

TEST(Pattern, DrawsAreAsLikely) {
  auto drawn = PatternText::Draws(Parse("[a-d]{6}|[x-z]"));
  size_t short_texts = 0, counts[4][6] = {};
  constexpr size_t kDraws = 40000;
  for (uint64_t i = 0; i < kDraws; ++i) {
    std::string text = TextOf(*drawn, XxHash64(i, 3));
    if (text.size() == 1) {
      ++short_texts;
      continue;
    }
    for (size_t at = 0; at < 6; ++at) ++counts[text[at] - 'a'][at];
  }
  EXPECT_NEAR(double(short_texts), kDraws / 2.0, 400);
  for (auto& letter : counts) {
    for (size_t count : letter) EXPECT_NEAR(double(count), kDraws / 8.0, 300);
  }
}

TEST(Pattern, LengthsAreKept) {
  auto lengths = [](const char* pattern, int64_t min, int64_t max) {
    PatternNode root = ParsePattern(pattern).ValueOrDie();
    if (!LimitPattern(&root, 8, min, max)) return std::string("none");
    auto text = PatternText::Draws(root);
    return std::to_string(text->length_min()) + " " + std::to_string(text->length_max());
  };
  EXPECT_EQ(lengths("^[a-z]+$", 0, 100), "1 9");
  EXPECT_EQ(lengths("^[a-z]+$", 0, 4), "1 3");
  EXPECT_EQ(lengths("^[a-z]*$", 20, 100), "32 32");
  EXPECT_EQ(lengths(".{0,100}", 0, 50), "0 32");
  EXPECT_EQ(lengths("[a-z]{5}", 0, 4), "none");
  EXPECT_EQ(lengths("[a-z]{5}", 6, 9), "none");
}

TEST(Pattern, WhatCannotBeMadeIsSaid) {
  auto error = [](const std::string& pattern) { return ParsePattern(pattern).status().message(); };
  EXPECT_EQ(error("a\\bc"), "pattern a\\bc: no text can be made for \\b at character 3");
  EXPECT_EQ(error("a^b"),
            "pattern a^b: no text can be made with an anchor "
            "inside it at character 2");
  EXPECT_EQ(error("a$b"),
            "pattern a$b: no text can be made with an anchor "
            "inside it at character 2");
  EXPECT_EQ(error("(a"), "pattern (a: a ) is missing at character 3");
  EXPECT_EQ(error("a)"), "pattern a): there is a ) without a ( at character 2");
  EXPECT_EQ(error("[a"), "pattern [a: a ] is missing at character 3");
  EXPECT_EQ(error("*a"), "pattern *a: there is nothing to repeat at character 1");
  EXPECT_EQ(error("a{3,2}"), "pattern a{3,2}: a repetition ends before it begins at character 2");
  EXPECT_EQ(error("a{1001}"), "pattern a{1001}: repetitions go to 1000 at character 2");
  EXPECT_EQ(error("[z-a]"),
            "pattern [z-a]: a range of characters ends before "
            "it begins at character 5");
  EXPECT_EQ(error("(?=a)"),
            "pattern (?=a): no text can be made for this kind "
            "of group at character 3");
  EXPECT_EQ(error("\\pL"), "pattern \\pL: no text can be made for \\p at character 2");
  EXPECT_EQ(error("a\\"), "pattern a\\: a character is missing behind \\ at character 3");
  EXPECT_EQ(error(std::string(300, '(')).substr(0, 8), "pattern ");
}

}  // namespace
}  // namespace tamis
