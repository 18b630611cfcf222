// Tests text/date.h.
#include "text/date.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

namespace tamis {
namespace {

std::string DateText(int32_t days) {
  char out[kDateTextBytes];
  return {out, FormatDate(days, out)};
}

std::string UtcText(int64_t value, TimeUnit unit) {
  char out[kDateTextBytes];
  return {out, FormatUtcTimestamp(value, unit, out)};
}

std::string TimeText(int64_t value, TimeUnit unit) {
  char out[kDateTextBytes];
  return {out, FormatTime(value, unit, out)};
}

// Parses a copy of exactly the text's size, so that a sanitizer sees reads beyond it.
ParseResult ParseCopy(const std::string& text, TimeUnit unit, ParsedTimestamp* out) {
  std::vector<char> bytes(text.begin(), text.end());
  return ParseTimestamp({bytes.data(), bytes.size()}, unit, out);
}

TEST(ParseDate, EveryDayOfTheCalendar) {
  using namespace std::chrono;
  for (sys_days day = 1y / January / 1; day <= 9999y / December / 31; day += days{1}) {
    year_month_day date{day};
    char text[16];
    snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(date.year()),
             static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    int32_t out = 0;
    ASSERT_EQ(ParseDate(text, &out), ParseResult::kOk) << text;
    ASSERT_EQ(out, day.time_since_epoch().count()) << text;
    ASSERT_EQ(DateText(out), text);
  }
}

TEST(ParseDate, RefusesWhatTheCalendarHasNot) {
  for (std::string text :
       {"",           "2023-02-29", "1900-02-29",  "2023-13-01",      "2023-00-10", "2023-04-31",
        "2023-01-00", "2023-01-32", "0000-01-01",  "2023/01/01",      "20230101",   "2023-1-01",
        "2023-01-1 ", "023-01-01",  " 2023-01-01", "2023-01-01 ",     "2023-01-0x", "x023-01-01",
        "2023-0x-01", "-023-01-01", "2023-01-:0",  "2023-01-\xFF\xFF"}) {
    int32_t out = 7;
    EXPECT_EQ(ParseDate(text, &out), ParseResult::kInvalid) << text;
    EXPECT_EQ(out, 7) << text;
  }
  int32_t out = 0;
  EXPECT_EQ(ParseDate("2000-02-29", &out), ParseResult::kOk);
}

struct Case {
  const char* text;
  int64_t micros;
  int32_t offset;
  bool has_offset;
};

// Micros by Python's datetime.fromisoformat.
TEST(ParseTimestamp, Shapes) {
  const Case cases[] = {
      {"2016-07-28T04:19:28.000Z", 1469679568000000, 0, true},
      {"2016-07-28T04:19:28.123Z", 1469679568123000, 0, true},
      {"2023-03-04T05:00:00-07:00", 1677931200000000, -25200, true},
      {"2023-03-04T05:00:00+05:30", 1677886200000000, 19800, true},
      {"2023-03-04T05:00:00-0700", 1677931200000000, -25200, true},
      {"2023-03-04T05:00:00-07", 1677931200000000, -25200, true},
      {"2023-03-04 05:00:00", 1677906000000000, 0, false},
      {"2023-03-04T05:00", 1677906000000000, 0, false},
      {"2023-03-04T05:00Z", 1677906000000000, 0, true},
      {"2023-03-04t05:00:00z", 1677906000000000, 0, true},
      {"2023-03-04", 1677888000000000, 0, false},
      {"2023-03-04T05:00:00.5", 1677906000500000, 0, false},
      {"2023-03-04T05:00:00,25", 1677906000250000, 0, false},
      {"2023-03-04T05:00:00.123456789+01:00", 1677902400123456, 3600, true},
      {"1969-12-31T23:59:59.999999Z", -1, 0, true},
      {"0001-01-01T00:00:00Z", -62135596800000000, 0, true},
      {"9999-12-31T23:59:59.999999Z", 253402300799999999, 0, true},
      {"2023-03-04T05:00:00+18:00", 1677841200000000, 64800, true},
  };
  for (const Case& c : cases) {
    ParsedTimestamp out;
    EXPECT_EQ(ParseCopy(c.text, TimeUnit::kMicro, &out), ParseResult::kOk) << c.text;
    EXPECT_EQ(out.value, c.micros) << c.text;
    EXPECT_EQ(out.offset_seconds, c.offset) << c.text;
    EXPECT_EQ(out.has_offset, c.has_offset) << c.text;
  }
}

TEST(ParseTimestamp, Units) {
  ParsedTimestamp out;
  std::string text = "1969-12-31T23:59:58.123456789Z";
  ASSERT_EQ(ParseCopy(text, TimeUnit::kSecond, &out), ParseResult::kOk);
  EXPECT_EQ(out.value, -2);
  ASSERT_EQ(ParseCopy(text, TimeUnit::kMilli, &out), ParseResult::kOk);
  EXPECT_EQ(out.value, -1877);
  ASSERT_EQ(ParseCopy(text, TimeUnit::kNano, &out), ParseResult::kOk);
  EXPECT_EQ(out.value, -1876543211);
  EXPECT_EQ(ParseCopy("2262-04-11T23:47:16.854775807Z", TimeUnit::kNano, &out), ParseResult::kOk);
  EXPECT_EQ(out.value, INT64_MAX);
  EXPECT_EQ(ParseCopy("2262-04-11T23:47:16.854775808Z", TimeUnit::kNano, &out),
            ParseResult::kOverflow);
  EXPECT_EQ(ParseCopy("9999-01-01", TimeUnit::kNano, &out), ParseResult::kOverflow);
  EXPECT_EQ(ParseCopy("0001-01-01", TimeUnit::kNano, &out), ParseResult::kOverflow);
}

TEST(ParseTimestamp, RefusesWhatTheClockHasNot) {
  for (const char* text : {"",
                           "not-a-time",
                           "2023-13-04T05:00:00Z",
                           "2023-02-30T05:00:00Z",
                           "2023-03-04T24:00:00",
                           "2023-03-04T05:60:00",
                           "2023-03-04T05:00:60",
                           "2023-03-04T",
                           "2023-03-04T05",
                           "2023-03-04T5:00",
                           "2023-03-04T05:00:",
                           "2023-03-04T05:00:0",
                           "2023-03-04T05:00:00.",
                           "2023-03-04T05:00:00.Z",
                           "2023-03-04T05:00:00.1234567890",
                           "2023-03-04T05:00:00 Z",
                           "2023-03-04T05:00:00+",
                           "2023-03-04T05:00:00+7",
                           "2023-03-04T05:00:00+07:",
                           "2023-03-04T05:00:00+07:0",
                           "2023-03-04T05:00:00+07:60",
                           "2023-03-04T05:00:00+18:01",
                           "2023-03-04T05:00:00+19:00",
                           "2023-03-04T05:00:00+07-00",
                           "2023-03-04T05:00:00Z ",
                           "2023-03-04T05:00:00ZZ",
                           "2023-03-04  05:00:00",
                           "2023-03-04x05:00:00",
                           "2023-03-04T05-00-00",
                           " 2023-03-04T05:00:00",
                           "2023-03-04T05:00.5",
                           "2023-03-04T0x:00:00",
                           "2023-03-04T05:00:00UTC",
                           "2023-03-04T05:00:00+07:00x",
                           "2023-03-04T05:00:00.12x"}) {
    ParsedTimestamp out{7, 7, true};
    EXPECT_EQ(ParseCopy(text, TimeUnit::kMicro, &out), ParseResult::kInvalid) << text;
    EXPECT_EQ(out.value, 7) << text;
  }
}

TEST(ParseTimestamp, EveryByteAtEveryPlace) {
  std::string good = "2023-03-04T05:11:12.345-01:30";
  int valid = 0;
  for (size_t place = 0; place < good.size(); ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = good;
      text[place] = static_cast<char>(byte);
      ParsedTimestamp out;
      if (ParseCopy(text, TimeUnit::kMilli, &out) != ParseResult::kOk) continue;
      ++valid;
      ParsedTimestamp again;
      text = UtcText(out.value, TimeUnit::kMilli);
      ASSERT_EQ(ParseCopy(text, TimeUnit::kMilli, &again), ParseResult::kOk);
      EXPECT_EQ(again.value, out.value) << text;
    }
  }
  // Bytes that keep it valid: 10 at each digit of the year; months 03, and 01 to 09; days 04, 14,
  // 24, and 01 to 09; T, t and space; hours 05, 15, and 00 to 09; 6 and 10 for minutes and seconds;
  // `.` and `,`; 10 at each digit of the fraction; both signs; offset hours 01, 11, and 00 to 09.
  int date = 40 + 1 + (1 + 9) + 1 + (3 + 9);
  int clock = (2 + 10) + 1 + 16 + 1 + 16 + 2 + 30;
  EXPECT_EQ(valid, date + 3 + clock + 2 + (2 + 10) + 1 + 16);
}

TEST(FormatTimestamp, TrimsTheFraction) {
  EXPECT_EQ(UtcText(0, TimeUnit::kSecond), "1970-01-01T00:00:00Z");
  EXPECT_EQ(UtcText(1469679568000, TimeUnit::kMilli), "2016-07-28T04:19:28Z");
  EXPECT_EQ(UtcText(1469679568120, TimeUnit::kMilli), "2016-07-28T04:19:28.120Z");
  EXPECT_EQ(UtcText(-1, TimeUnit::kMicro), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(UtcText(1000, TimeUnit::kNano), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(UtcText(1, TimeUnit::kNano), "1970-01-01T00:00:00.000000001Z");
  EXPECT_EQ(UtcText(253402300800, TimeUnit::kSecond), "+10000-01-01T00:00:00Z");
  EXPECT_EQ(UtcText(-62198755200, TimeUnit::kSecond), "-0001-01-01T00:00:00Z");
  EXPECT_LT(UtcText(INT64_MIN, TimeUnit::kSecond).size(), size_t{kDateTextBytes});
  EXPECT_EQ(UtcText(INT64_MAX, TimeUnit::kNano), "2262-04-11T23:47:16.854775807Z");
  EXPECT_EQ(TimeText(86399999, TimeUnit::kMilli), "23:59:59.999");
}

TEST(FormatTimestamp, ParsesBack) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 200000; ++i) {
    auto micros = static_cast<int64_t>(random() % 315537897600000000) - 62135596800000000;
    ParsedTimestamp out;
    std::string text = UtcText(micros, TimeUnit::kMicro);
    ASSERT_EQ(ParseCopy(text, TimeUnit::kMicro, &out), ParseResult::kOk) << text;
    ASSERT_EQ(out.value, micros) << text;
  }
}

TEST(ParseTime, Clock) {
  int64_t out = 0;
  EXPECT_EQ(ParseTime("23:59:59.999", TimeUnit::kMilli, &out), ParseResult::kOk);
  EXPECT_EQ(out, 86399999);
  EXPECT_EQ(ParseTime("05:30", TimeUnit::kSecond, &out), ParseResult::kOk);
  EXPECT_EQ(out, 19800);
  for (const char* text : {"", "24:00:00", "5:30", "05:30:", "05:30Z", "05:30:00Z", "05:30:00."})
    EXPECT_EQ(ParseTime(text, TimeUnit::kMicro, &out), ParseResult::kInvalid) << text;
}

}  // namespace
}  // namespace tamis
