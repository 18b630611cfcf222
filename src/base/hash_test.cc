// Hashes against libxxhash and against values that Apache Spark's own tests and manual publish.
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <gtest/gtest.h>
#include <xxhash.h>

#include <random>
#include <string>

namespace tamis {
namespace {

TEST(Hash, BytesAgreeWithLibxxhash) {
  std::mt19937_64 random(7);
  std::string bytes;
  for (int size = 0; size < 200; ++size) {
    for (uint64_t seed : {uint64_t{0}, uint64_t{42}, uint64_t{random()}}) {
      EXPECT_EQ(XxHash64(bytes, seed), XXH64(bytes.data(), bytes.size(), seed)) << size;
    }
    bytes.push_back(static_cast<char>(random()));
  }
}

TEST(Hash, NumbersAgreeWithLibxxhash) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 10000; ++i) {
    uint64_t value = random(), seed = random();
    ASSERT_EQ(XxHash64(value, seed), XXH64(&value, sizeof value, seed));
  }
}

// XXH64Suite.java: testKnownLongInputs.
TEST(Hash, NumbersAgreeWithSparksTests) {
  EXPECT_EQ(XxHash64(uint64_t{0xDD2F535E4B1FFF9E}, 0), 0xF74CB1451B32B8CF);
  EXPECT_EQ(XxHash64(uint64_t{0xDD2F535E4B1FFF9E}, 2654435761), 0x9C44B77FBCC302C5);
}

// The manual of pyspark.sql.functions.xxhash64: one column, and two columns chained.
TEST(Hash, TextAgreesWithSparksManual) {
  uint64_t one = XxHash64(std::string_view("ABC"), kRowHashSeed);
  EXPECT_EQ(static_cast<int64_t>(one), 4105715581806190027);
  EXPECT_EQ(static_cast<int64_t>(XxHash64(std::string_view("DEF"), one)), 3233247871021311208);
}

TEST(Hash, BelowCoversItsRangeAndNoMore) {
  EXPECT_EQ(Below(0, 10), 0);
  EXPECT_EQ(Below(~uint64_t{0}, 10), 9);
  EXPECT_EQ(Below(~uint64_t{0}, uint64_t{1} << 32), 0xFFFFFFFF);
  EXPECT_EQ(Below(uint64_t{0xFFFFFFFF}, 1000), 0) << "the low half has no say";
  EXPECT_EQ(BelowWide(~uint64_t{0}, uint64_t{1} << 63), (uint64_t{1} << 63) - 1);
}

}  // namespace
}  // namespace tamis
