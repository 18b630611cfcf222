// JSON of manifests: hostile texts are refused, any bytes come back. Python's json is the oracle in
// test/system/test_publish_readers.py.
#include "dataset/json.h"

#include <gtest/gtest.h>

#include <random>

namespace tamis {
namespace {

TEST(Json, Parses) {
  Json json = *ParseJson(
      " {\"a\": [1, -9223372036854775808, true, false, null], \"b\": {\"c\": "
      "\"\\u00e9\\n\\ud83d\\ude00\"}} ");
  EXPECT_EQ(json.Find("a")->items[1].integer, INT64_MIN);
  EXPECT_TRUE(json.Find("a")->items[2].boolean);
  EXPECT_FALSE(json.Find("a")->items[3].boolean);
  EXPECT_EQ(json.Find("a")->items[4].kind, Json::Kind::kNull);
  EXPECT_EQ(json.Find("b")->Find("c")->text, "\xc3\xa9\n\xf0\x9f\x98\x80");
  EXPECT_EQ(json.Find("z"), nullptr);
}

TEST(Json, ParsesFractions) {
  Json json = *ParseJson("[1.5, -0.25, 2e3, 1E-2, 0.0, 7]");
  for (size_t i = 0; i < 5; ++i) EXPECT_EQ(json.items[i].kind, Json::Kind::kFraction) << i;
  EXPECT_EQ(json.items[0].fraction, 1.5);
  EXPECT_EQ(json.items[1].fraction, -0.25);
  EXPECT_EQ(json.items[2].fraction, 2000);
  EXPECT_EQ(json.items[3].fraction, 0.01);
  EXPECT_EQ(json.items[4].fraction, 0);
  EXPECT_EQ(json.items[5].kind, Json::Kind::kInteger);
}

TEST(Json, Refuses) {
  for (const char* text : {"",
                           "{",
                           "[1,]",
                           "[1 2]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{a:1}",
                           "\"x",
                           "\"\\q\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "\"\\ud800\\u0041\"",
                           "\"\\udc00\"",
                           "1 2",
                           "1.",
                           "1.e5",
                           ".5",
                           "1e",
                           "1e999",
                           "1.5.5",
                           "-.5",
                           "9223372036854775808",
                           "nul",
                           "\"\n\"",
                           "\"\xff\"",
                           "\"\xc0\x80\"",
                           "\"\xed\xa0\x80\"",
                           "{\"a\":1,}",
                           "\\",
                           "-"}) {
    EXPECT_FALSE(ParseJson(text).ok()) << text;
  }
  EXPECT_FALSE(ParseJson(std::string(100'000, '[')).ok());
}

TEST(Json, AnyBytesThereAndBack) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(random() % 20, ' ');
    for (char& c : text) c = static_cast<char>(random());
    std::string quoted = QuoteJson(text);
    auto parsed = ParseJson(quoted);
    ASSERT_TRUE(parsed.ok()) << quoted;
    ASSERT_EQ(parsed->text, text);
  }
}

TEST(Json, EveryCutIsNoticed) {
  std::string text = "{\"a\": [1, {\"b\": \"c\\u0041\"}], \"d\": null}";
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(ParseJson(text.substr(0, size)).ok()) << size;
  }
}

}  // namespace
}  // namespace tamis
