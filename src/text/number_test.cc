// Tests text/number.h.
#include "text/number.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace tamis {
namespace {

using Int128 = __int128;

std::string Text(char* (*format)(int64_t, char*), int64_t value) {
  char out[kNumberTextBytes];
  return {out, format(value, out)};
}

std::string DoubleText(double value) {
  char out[kNumberTextBytes];
  return {out, FormatDouble(value, out)};
}

std::string DecimalText(Int128 value, int scale) {
  char out[kNumberTextBytes];
  return {out, FormatDecimal(value, scale, out)};
}

template <typename T>
void ExpectInteger(const std::string& text, ParseResult result, T value = 0) {
  // A copy of exactly the text's size, so that a sanitizer sees reads beyond it.
  std::vector<char> bytes(text.begin(), text.end());
  T out = 77;
  EXPECT_EQ(ParseInteger(std::string_view(bytes.data(), bytes.size()), &out), result) << text;
  EXPECT_EQ(out, result == ParseResult::kOk ? value : T{77}) << text;
}

TEST(ParseInteger, Edges) {
  ExpectInteger<int64_t>("0", ParseResult::kOk, 0);
  ExpectInteger<int64_t>("-0", ParseResult::kOk, 0);
  ExpectInteger<int64_t>("+7", ParseResult::kOk, 7);
  ExpectInteger<int64_t>("9223372036854775807", ParseResult::kOk, INT64_MAX);
  ExpectInteger<int64_t>("-9223372036854775808", ParseResult::kOk, INT64_MIN);
  ExpectInteger<int64_t>("9223372036854775808", ParseResult::kOverflow);
  ExpectInteger<int64_t>("-9223372036854775809", ParseResult::kOverflow);
  ExpectInteger<int64_t>("18446744073709551616", ParseResult::kOverflow);
  ExpectInteger<int64_t>(std::string(400, '9'), ParseResult::kOverflow);
  ExpectInteger<int64_t>(std::string(400, '0') + "12", ParseResult::kOk, 12);
  ExpectInteger<int64_t>("-000000000000000000000000000009223372036854775808", ParseResult::kOk,
                         INT64_MIN);
  ExpectInteger<uint64_t>("18446744073709551615", ParseResult::kOk, UINT64_MAX);
  ExpectInteger<uint64_t>("-1", ParseResult::kOverflow);
  ExpectInteger<uint64_t>("-0", ParseResult::kOk, 0);
  ExpectInteger<int32_t>("2147483647", ParseResult::kOk, INT32_MAX);
  ExpectInteger<int32_t>("2147483648", ParseResult::kOverflow);
  ExpectInteger<int32_t>("-2147483648", ParseResult::kOk, INT32_MIN);
  ExpectInteger<int16_t>("-32769", ParseResult::kOverflow);
  ExpectInteger<int8_t>("-128", ParseResult::kOk, -128);
  ExpectInteger<int8_t>("128", ParseResult::kOverflow);
}

TEST(ParseInteger, RefusesWhatIsNoInteger) {
  for (std::string text : {"",
                           "-",
                           "+",
                           "--1",
                           "+-1",
                           " 1",
                           "1 ",
                           "1.0",
                           "1e3",
                           "x",
                           "0x10",
                           "1_0",
                           "12345678x",
                           "x12345678",
                           "1234567890123456789012x",
                           "1,2",
                           "\xB2",
                           "123456\xFF"
                           "78",
                           "12345:67",
                           "1234/678"})
    ExpectInteger<int64_t>(text, ParseResult::kInvalid);
  ExpectInteger<int64_t>(std::string("1\0", 2), ParseResult::kInvalid);
}

TEST(ParseInteger, EveryByteAtEveryPlaceOfEveryLength) {
  for (size_t size = 1; size <= 21; ++size) {
    for (size_t place = 0; place < size; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, '0');
        text[place] = static_cast<char>(byte);
        bool sign = place == 0 && size > 1 && (byte == '+' || byte == '-');
        int64_t out = 0;
        bool ok = ParseInt64(text, &out) == ParseResult::kOk;
        bool digit = byte >= '0' && byte <= '9';
        size_t power = size - 1 - place;
        if (digit && byte > '0' && power > 18) continue;  // overflow: see the edges
        EXPECT_EQ(ok || (digit && power == 18), digit || sign)
            << size << " " << place << " " << byte;
      }
    }
  }
}

TEST(ParseInteger, AgreesWithFromChars) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    auto value = static_cast<int64_t>(random() >> (random() % 64));
    if (random() % 2) value = -value;
    std::string text = std::to_string(value);
    int64_t out = 0;
    ASSERT_EQ(ParseInt64(text, &out), ParseResult::kOk) << text;
    ASSERT_EQ(out, value);
    int32_t expected = 5, small = 5;
    auto error = std::from_chars(text.data(), text.data() + text.size(), expected).ec;
    ParseResult result = ParseInt32(text, &small);
    ASSERT_EQ(result == ParseResult::kOk, error == std::errc()) << text;
    ASSERT_EQ(small, expected);
    ASSERT_EQ(Text(FormatInt64, value), text);
  }
}

TEST(ParseDouble, NamesAndSpecials) {
  double out = 0;
  for (const char* text : {"NaN", "nan", "-NAN", "+nan"}) {
    EXPECT_EQ(ParseDouble(text, &out), ParseResult::kOk) << text;
    EXPECT_TRUE(std::isnan(out)) << text;
  }
  for (const char* text : {"inf", "Infinity", "+INF"}) {
    EXPECT_EQ(ParseDouble(text, &out), ParseResult::kOk) << text;
    EXPECT_EQ(out, HUGE_VAL) << text;
  }
  EXPECT_EQ(ParseDouble("-Infinity", &out), ParseResult::kOk);
  EXPECT_EQ(out, -HUGE_VAL);
  EXPECT_EQ(ParseDouble("-0", &out), ParseResult::kOk);
  EXPECT_TRUE(std::signbit(out));
  EXPECT_EQ(ParseDouble("1e-400", &out), ParseResult::kOk);
  EXPECT_EQ(out, 0);
  EXPECT_EQ(ParseDouble("1e400", &out), ParseResult::kOverflow);
  EXPECT_EQ(ParseDouble("-1e400", &out), ParseResult::kOverflow);
  float small = 0;
  EXPECT_EQ(ParseFloat("1e39", &small), ParseResult::kOverflow);
}

TEST(ParseDouble, RefusesWhatIsNoNumber) {
  double out = 0;
  for (const char* text :
       {"",    "-",      "+",       ".",   "-.",         "1e",   "1e+",    "e5",
        ".e5", "1..2",   "1.2.3",   "--1", "+-1",        " 1",   "1 ",     "0x10",
        "1,5", "nan(1)", "infinit", "1f",  "12345678.x", "NaN ", "\x0EnF", "1.5\xFF"})
    EXPECT_EQ(ParseDouble(text, &out), ParseResult::kInvalid) << text;
}

TEST(ParseDouble, AgreesWithStrtod) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 300000; ++i) {
    std::string text;
    if (random() % 3 == 0) text += random() % 2 ? "-" : "+";
    for (uint64_t n = random() % 10; n; --n) text += static_cast<char>('0' + random() % 10);
    if (random() % 2) text += '.';
    for (uint64_t n = random() % 10; n; --n) text += static_cast<char>('0' + random() % 10);
    if (random() % 8 == 0) text += "e" + std::to_string(static_cast<int>(random() % 80) - 40);
    char* end;
    double expected = std::strtod(text.c_str(), &end);
    bool valid = !text.empty() && *end == 0 && end != text.c_str();
    double out = 0;
    ASSERT_EQ(ParseDouble(text, &out) == ParseResult::kOk, valid) << text;
    if (!valid) continue;
    ASSERT_EQ(out, expected) << text;
    float small = 0;
    float expected_small = std::strtof(text.c_str(), &end);
    if (std::isinf(expected_small)) continue;
    ASSERT_EQ(ParseFloat(text, &small), ParseResult::kOk) << text;
    ASSERT_EQ(small, expected_small) << text;
  }
}

TEST(FormatDouble, ParsesBack) {
  EXPECT_EQ(DoubleText(0.1), "0.1");
  EXPECT_EQ(DoubleText(-0.0), "-0");
  EXPECT_EQ(DoubleText(100), "100");
  EXPECT_EQ(DoubleText(1e300), "1e+300");
  EXPECT_EQ(DoubleText(NAN), "NaN");
  EXPECT_EQ(DoubleText(-INFINITY), "-Infinity");
  std::mt19937_64 random(3);
  for (int i = 0; i < 100000; ++i) {
    double value = std::bit_cast<double>(random());
    if (std::isnan(value)) continue;
    double back = 0;
    ASSERT_EQ(ParseDouble(DoubleText(value), &back), ParseResult::kOk);
    ASSERT_EQ(std::bit_cast<uint64_t>(back), std::bit_cast<uint64_t>(value));
  }
}

void ExpectDecimal(std::string_view text, int precision, int scale, ParseResult result,
                   Int128 value = 0) {
  Int128 out = 7;
  EXPECT_EQ(ParseDecimal(text, precision, scale, &out), result) << text;
  EXPECT_TRUE(out == (result == ParseResult::kOk ? value : 7)) << text;
}

TEST(ParseDecimal, IsExact) {
  ExpectDecimal("12.34", 10, 2, ParseResult::kOk, 1234);
  ExpectDecimal("-12.3", 10, 2, ParseResult::kOk, -1230);
  ExpectDecimal("+12", 10, 2, ParseResult::kOk, 1200);
  ExpectDecimal(".5", 10, 2, ParseResult::kOk, 50);
  ExpectDecimal("5.", 10, 2, ParseResult::kOk, 500);
  ExpectDecimal("1.2300000", 10, 2, ParseResult::kOk, 123);
  ExpectDecimal("1.234", 10, 2, ParseResult::kScale);
  ExpectDecimal("1.23" + std::string(60, '0') + "1", 10, 2, ParseResult::kScale);
  ExpectDecimal("99999999.99", 10, 2, ParseResult::kOk, 9999999999);
  ExpectDecimal("100000000", 10, 2, ParseResult::kOverflow);
  ExpectDecimal("100000000.001", 10, 2, ParseResult::kOverflow);
  ExpectDecimal(std::string(50, '0') + "1", 1, 0, ParseResult::kOk, 1);
  ExpectDecimal(std::string(39, '9'), 38, 0, ParseResult::kOverflow);
  ExpectDecimal("0.5", 1, 1, ParseResult::kOk, 5);
  ExpectDecimal("1.5", 1, 1, ParseResult::kOverflow);
  Int128 largest = 0;
  for (int i = 0; i < 38; ++i) largest = largest * 10 + 9;
  ExpectDecimal(std::string(38, '9'), 38, 0, ParseResult::kOk, largest);
  ExpectDecimal("-." + std::string(38, '9'), 38, 38, ParseResult::kOk, -largest);
  EXPECT_EQ(DecimalText(-largest, 38), "-0." + std::string(38, '9'));
}

TEST(ParseDecimal, ShortTextsOfAnyTypeAgreeWithLongOnes) {
  std::mt19937_64 random(10);
  for (int i = 0; i < 200000; ++i) {
    std::string text;
    for (uint64_t n = random() % 9; n; --n)
      text += random() % 6 ? static_cast<char>('0' + random() % 10) : random() % 9 ? '.' : 'x';
    int precision = 1 + static_cast<int>(random() % 38);
    int scale = static_cast<int>(random() % static_cast<uint64_t>(precision + 1));
    // Zeros before a number change nothing but its length.
    std::string longer = "000000000" + text;
    Int128 out = 0, longer_out = 0;
    ParseResult result = ParseDecimal(text, precision, scale, &out);
    if (text.empty() || text == ".") {
      ASSERT_EQ(result, ParseResult::kInvalid);
      continue;
    }
    ASSERT_EQ(result, ParseDecimal(longer, precision, scale, &longer_out)) << text;
    ASSERT_TRUE(out == longer_out) << text << " " << precision << " " << scale;
  }
}

TEST(ParseDecimal, RefusesWhatIsNoDecimal) {
  for (const char* text : {"", "-", ".", "+.", "1e3", "1.2.3", "1 ", " 1", "x", "1.x", "NaN",
                           "1.23x", "x.5", "1,5", "--1", "1.-5"})
    ExpectDecimal(text, 10, 2, ParseResult::kInvalid);
}

TEST(FormatDecimal, ParsesBack) {
  EXPECT_EQ(DecimalText(0, 0), "0");
  EXPECT_EQ(DecimalText(0, 2), "0.00");
  EXPECT_EQ(DecimalText(5, 2), "0.05");
  EXPECT_EQ(DecimalText(-1234, 2), "-12.34");
  EXPECT_EQ(DecimalText(1234, 0), "1234");
  std::mt19937_64 random(4);
  for (int i = 0; i < 100000; ++i) {
    auto value = static_cast<Int128>(random()) << (random() % 60) >> (random() % 60);
    int scale = static_cast<int>(random() % 39);
    if (random() % 2) value = -value;
    std::string text = DecimalText(value, scale);
    Int128 back = 1;
    ASSERT_EQ(ParseDecimal(text, 38, scale, &back), ParseResult::kOk) << text;
    ASSERT_TRUE(back == value) << text;
  }
}

TEST(ParseBool, Words) {
  bool out = false;
  for (const char* text : {"true", "TRUE", "t", "T", "1", "yes", "Y"}) {
    out = false;
    EXPECT_EQ(ParseBool(text, &out), ParseResult::kOk) << text;
    EXPECT_TRUE(out) << text;
  }
  for (const char* text : {"false", "False", "f", "0", "no", "N"}) {
    out = true;
    EXPECT_EQ(ParseBool(text, &out), ParseResult::kOk) << text;
    EXPECT_FALSE(out) << text;
  }
  for (const char* text : {"", "2", "on", "tru", "true ", "\x11", "10", "T\x12UE"})
    EXPECT_EQ(ParseBool(text, &out), ParseResult::kInvalid) << text;
}

}  // namespace
}  // namespace tamis
