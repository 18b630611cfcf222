// The grammar of JSON, token by token: what passes, what doesn't, and where it stops.
#include "text/json_cursor.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <vector>

#include "text/base64.h"

namespace tamis {
namespace {

// Texts must have readable bytes behind them, which mean nothing: here they would end anything.
class Padded {
 public:
  explicit Padded(std::string_view text) : size_(text.size()), bytes_(text) {
    bytes_.append(kJsonPadding, '"');
  }
  std::string_view view() const { return std::string_view(bytes_).substr(0, size_); }

 private:
  size_t size_;
  std::string bytes_;
};

std::string Fault(std::string_view text) {
  const Padded padded(text);
  JsonCursor cursor(padded.view());
  if (cursor.SkipValue() && cursor.ReadEnd()) return "";
  return JsonFaultText(cursor.fault()) + std::string(" at ") +
         std::to_string(cursor.at() - padded.view().data());
}

TEST(JsonCursor, PassesWhatRfc8259Allows) {
  for (const char* text :
       {"0", "-0", "1.5", "-1e3", "1E+30", "0.0e-0", "true", "false", "null", "\"\"",
        R"("\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00")", "[]", "{}",
        " [ 1 , [ ] , { \"a\" : null } ] \r\n", R"({"a":{"b":[{"c":"}]"}]},"":0})",
        "\"\xC3\xA9 sixteen bytes and more\"", "123456789012345678901234567890.5e400"}) {
    EXPECT_EQ(Fault(text), "") << text;
  }
}

TEST(JsonCursor, SaysWhereItStops) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "it ends early at 0"},
      {"[1,", "it ends early at 3"},
      {"[1,]", "expected a value at 3"},
      {"{\"a\":1,}", "expected a name in quotes at 7"},
      {"{\"a\" 1}", "expected a colon at 5"},
      {"{a:1}", "expected a name in quotes at 1"},
      {"[1 2]", "expected a comma or the closing bracket at 3"},
      {"[1}", "expected a comma or the closing bracket at 2"},
      {"01", "not a number of JSON at 1"},
      {"-", "it ends early at 1"},
      {"1.", "it ends early at 2"},
      {"1.x", "not a number of JSON at 2"},
      {"+1", "expected a value at 0"},
      {".5", "expected a value at 0"},
      {"NaN", "expected a value at 0"},
      {"nul", "it ends early at 3"},
      {"nulL", "expected a value at 0"},
      {"truex", "something follows the value at 4"},
      {"1 1", "something follows the value at 2"},
      {"\"a", "it ends early at 2"},
      {"\"a\\", "it ends early at 3"},
      {"\"\\u00", "it ends early at 5"},
      {"\"\\u00g0\"", "an escape that JSON doesn't have at 1"},
      {"\"\\x\"", "an escape that JSON doesn't have at 1"},
      {"\"a\tb\"", "a control character in a text at 2"},
      {std::string("\"a\0b\"", 5), "a control character in a text at 2"},
      {"'a'", "expected a value at 0"}};
  for (const auto& [text, fault] : cases) EXPECT_EQ(Fault(text), fault) << text;
}

TEST(JsonCursor, LimitsDepth) {
  const auto nested = [](int levels) {
    return std::string(static_cast<size_t>(levels), '[') +
           std::string(static_cast<size_t>(levels), ']');
  };
  EXPECT_EQ(Fault(nested(kJsonDepthMax)), "");
  EXPECT_EQ(Fault(nested(kJsonDepthMax + 1)),
            "too many levels at " + std::to_string(kJsonDepthMax));
}

TEST(Json, UnescapesToUtf8) {
  std::string text;
  ASSERT_TRUE(UnescapeJson(R"(a\"\\\/\b\f\n\r\tz\u0041\u00e9\u20ac\ud83d\ude00\u0000)", &text));
  EXPECT_EQ(text, std::string("a\"\\/\b\f\n\r\tzA\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\0", 21));
  for (const char* half :
       {R"(\ud83d)", R"(\ud83dx)", R"(\ude00)", R"(\ud83d\u0041)", R"(\ud83d\ud83d)"}) {
    EXPECT_FALSE(UnescapeJson(half, &text)) << half;
  }
}

TEST(Json, EscapesAndBackIsTheSame) {
  std::string all;
  for (int i = 1; i < 128; ++i) all += static_cast<char>(i);
  for (size_t begin = 0; begin < all.size(); begin += 7) {
    for (size_t size : {0, 1, 15, 16, 17, 40}) {
      const std::string_view text = std::string_view(all).substr(begin, size);
      std::string out(JsonTextBytesMax(text.size()), '\0');
      out.resize(static_cast<size_t>(PutJsonText(text, out.data()) - out.data()));
      EXPECT_EQ(Fault(out), "");
      for (char c : out) EXPECT_GE(static_cast<uint8_t>(c), 0x20);
      std::string back;
      ASSERT_TRUE(UnescapeJson(std::string_view(out).substr(1, out.size() - 2), &back));
      EXPECT_EQ(back, text);
    }
  }
}

TEST(Json, ExpandsExponents) {
  const auto expanded = [](std::string_view token, size_t digits = 40) {
    std::string plain;
    return ExpandJsonNumber(token, digits, &plain) ? plain : "too long";
  };
  EXPECT_EQ(expanded("1e3"), "1000");
  EXPECT_EQ(expanded("-1.50E+1"), "-15");
  EXPECT_EQ(expanded("12e-1"), "1.2");
  EXPECT_EQ(expanded("12.34e-4"), "0.001234");
  EXPECT_EQ(expanded("100.0"), "100");
  EXPECT_EQ(expanded("-0.0e99999999999999999999"), "0");
  EXPECT_EQ(expanded("1e39"), "1" + std::string(39, '0'));
  EXPECT_EQ(expanded("1e40"), "too long");
  EXPECT_EQ(expanded("1e-41"), "too long");
  EXPECT_EQ(expanded("1e99999999999999999999"), "too long");
  EXPECT_EQ(expanded("1e-99999999999999999999"), "too long");
}

// The vectors of RFC 4648, section 10.
TEST(Base64, IsThatOfTheRfc) {
  const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                    {"f", "Zg=="},
                                                                    {"fo", "Zm8="},
                                                                    {"foo", "Zm9v"},
                                                                    {"foob", "Zm9vYg=="},
                                                                    {"fooba", "Zm9vYmE="},
                                                                    {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    std::string out(Base64Bytes(bytes.size()), '\0');
    EXPECT_EQ(PutBase64(bytes, out.data()), out.data() + out.size());
    EXPECT_EQ(out, text);
    std::string back = "x";
    EXPECT_TRUE(DecodeBase64(text, &back));
    EXPECT_EQ(back, bytes);
  }
  std::string out;
  for (const char* bad :
       {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "Zm 9v", "Zm9-", "====", "="}) {
    EXPECT_FALSE(DecodeBase64(bad, &out)) << bad;
  }
}

}  // namespace
}  // namespace tamis
