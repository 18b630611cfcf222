// Tests text/zone.h with files made here; test/system/test_time_zones.py compares those of the
// system with Python's zoneinfo.
#include "text/zone.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "text/date.h"

namespace tamis {
namespace {

std::string BigEndian(int64_t value, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
  return out;
}

struct Changes {
  std::vector<int32_t> offsets;
  std::vector<std::pair<int64_t, int>> at;  // instant, index of its offset
};

std::string BlockOf(const Changes& changes, int time_bytes, int leaps = 0) {
  std::string out = "TZif2" + std::string(15, '\0');
  for (int64_t count : {0L, 0L, static_cast<long>(leaps), static_cast<long>(changes.at.size()),
                        static_cast<long>(changes.offsets.size()), 4L}) {
    out += BigEndian(count, 4);
  }
  for (const auto& change : changes.at) out += BigEndian(change.first, time_bytes);
  for (const auto& change : changes.at) out += static_cast<char>(change.second);
  for (int32_t offset : changes.offsets) out += BigEndian(offset, 4) + std::string(2, '\0');
  out += std::string("ABC\0", 4);
  for (int i = 0; i < leaps; ++i) out += std::string(static_cast<size_t>(time_bytes) + 4, '\0');
  return out;
}

std::string File(const Changes& changes, const std::string& rule) {
  return BlockOf(Changes{{0}, {}}, 4) + BlockOf(changes, 8) + "\n" + rule + "\n";
}

int64_t Local(const std::string& text) {
  ParsedTimestamp parsed;
  EXPECT_EQ(ParseTimestamp(text, TimeUnit::kSecond, &parsed), ParseResult::kOk) << text;
  return parsed.value;
}

int32_t OffsetAt(const std::string& rule, const std::string& local) {
  const auto zone = TimeZone::FromTzif(File(Changes{{0}, {}}, rule));
  EXPECT_TRUE(zone.ok()) << rule << ": " << zone.status().ToString();
  return zone.ok() ? zone->OffsetOfLocal(Local(local)) : -1;
}

TEST(TimeZone, FixedOffset) {
  EXPECT_EQ(TimeZone(-3600).OffsetOfLocal(0), -3600);
  EXPECT_EQ(TimeZone(-3600).OffsetOfLocal(INT64_MIN), -3600);
}

TEST(TimeZone, SkippedAndRepeatedTimes) {
  const std::string rule = "CET-1CEST,M3.5.0,M10.5.0/3";
  EXPECT_EQ(OffsetAt(rule, "2026-03-29T01:59:59"), 3600);
  EXPECT_EQ(OffsetAt(rule, "2026-03-29T02:30:00"), 3600);  // no clock shows it
  EXPECT_EQ(OffsetAt(rule, "2026-03-29T03:00:00"), 7200);
  EXPECT_EQ(OffsetAt(rule, "2026-10-25T01:59:59"), 7200);
  EXPECT_EQ(OffsetAt(rule, "2026-10-25T02:30:00"), 7200);  // shown twice: the first
  EXPECT_EQ(OffsetAt(rule, "2026-10-25T03:00:00"), 3600);
}

TEST(TimeZone, RuleHoldsForEver) {
  const std::string rule = "CET-1CEST,M3.5.0,M10.5.0/3";
  for (const char* year : {"2400", "2401", "5626", "9998"}) {  // 5626: as 2026, nine cycles later
    EXPECT_EQ(OffsetAt(rule, std::string(year) + "-01-15T12:00:00"), 3600);
    EXPECT_EQ(OffsetAt(rule, std::string(year) + "-07-15T12:00:00"), 7200);
  }
  EXPECT_EQ(OffsetAt(rule, "5626-03-29T01:59:59"), 3600);
  EXPECT_EQ(OffsetAt(rule, "5626-03-29T03:00:00"), 7200);
}

TEST(TimeZone, FormsOfRules) {
  EXPECT_EQ(OffsetAt("<+0330>-3:30<+0430>,J1/0,J365/25", "2100-06-01"), 16200);
  EXPECT_EQ(OffsetAt("NST3:30NDT,M3.2.0,M11.1.0", "2100-07-01"), -9000);
  EXPECT_EQ(OffsetAt("AEST-10AEDT-10:30,M10.1.0,M4.1.0/3", "2100-01-01"), 37800);  // south
  EXPECT_EQ(OffsetAt("ABC-1ABD,J60/0,J300/0", "2024-03-01T12:00:00"),
            7200);  // J60: March 1st, always
  EXPECT_EQ(OffsetAt("ABC-1ABD,J60/0,J300/0", "2024-02-29T12:00:00"), 3600);
  EXPECT_EQ(OffsetAt("ABC-1ABD,59/0,300/0", "2024-02-29T12:00:00"), 7200);  // 59: day 60 of any
  EXPECT_EQ(OffsetAt("IST-1GMT0,M10.5.0,M3.5.0/1", "2100-01-01"), 0);  // Ireland: winter is the dst
  EXPECT_EQ(OffsetAt("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-28T22:59:59"), -7200);
  EXPECT_EQ(OffsetAt("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29"), -3600);
}

TEST(TimeZone, ChangesOfTheFileComeFirst) {
  const Changes changes{{1800, 3600, 7200}, {{0, 1}, {1000000, 2}}};
  const auto zone = TimeZone::FromTzif(File(changes, "EET-2"));
  ASSERT_TRUE(zone.ok()) << zone.status().ToString();
  EXPECT_EQ(zone->OffsetOfLocal(-1), 1800);
  EXPECT_EQ(zone->OffsetOfLocal(3599), 1800);
  EXPECT_EQ(zone->OffsetOfLocal(3600), 3600);
  EXPECT_EQ(zone->OffsetOfLocal(1007199), 3600);
  EXPECT_EQ(zone->OffsetOfLocal(1007200), 7200);
}

TEST(TimeZone, RefusesOtherBytes) {
  const std::string good = File(Changes{{0, 3600}, {{5, 1}}}, "CET-1CEST,M3.5.0,M10.5.0/3");
  ASSERT_TRUE(TimeZone::FromTzif(good).ok());
  for (size_t size = 0; size < good.size(); ++size) {
    const std::vector<char> cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_FALSE(TimeZone::FromTzif({cut.data(), cut.size()}).ok()) << size;
  }
  for (const char* rule : {"C-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0",
                           "CET-1CEST,M13.5.0,M1.1.0", "CET-1CEST,M3.6.0,M1.1.0", "CET-1CEST,J0,J1",
                           "<CET-1", "CET-168", "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1:60"}) {
    EXPECT_FALSE(TimeZone::FromTzif(File(Changes{{0}, {}}, rule)).ok()) << rule;
  }
  EXPECT_FALSE(TimeZone::FromTzif(File(Changes{{0}, {{5, 1}}}, "")).ok());  // no such offset
  EXPECT_FALSE(TimeZone::FromTzif(File(Changes{{0}, {{5, 0}, {5, 0}}}, "")).ok());  // not ascending
  EXPECT_FALSE(TimeZone::FromTzif(File(Changes{{1 << 30}, {}}, "")).ok());
  const std::string leap = BlockOf(Changes{{0}, {}}, 4) + BlockOf(Changes{{0}, {}}, 8, 1) + "\n\n";
  EXPECT_EQ(TimeZone::FromTzif(leap).status().message(),
            "not a time zone file: it counts leap seconds");
}

}  // namespace
}  // namespace tamis
