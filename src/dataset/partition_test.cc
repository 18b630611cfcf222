// Partition folders against hostile values, and there and back again. Other readers: test/system.
#include "dataset/partition.h"

#include <gtest/gtest.h>

#include <random>

namespace tamis {
namespace {

TEST(PartitionFolder, Encodes) {
  struct {
    const char* key;
    std::optional<std::string> value;
    const char* folder;
  } cases[] = {
      {"a", "1", "a=1"},
      {"a", std::nullopt, "a=__HIVE_DEFAULT_PARTITION__"},
      {"a", "", "a=__HIVE_DEFAULT_PARTITION__"},
      {"a", "__HIVE_DEFAULT_PARTITION__", "a=%5F_HIVE_DEFAULT_PARTITION__"},
      {"a", "../../etc", "a=..%2F..%2Fetc"},
      {"a", "..", "a=.."},
      {"a", "x=y%20", "a=x%3Dy%2520"},
      {"a", std::string("\0\n\x7f", 3), "a=%00%0A%7F"},
      {"a", "Zürich 5", "a=Zürich 5"},
      {"a", "2024-01-02 03:04", "a=2024-01-02 03%3A04"},
      {"a", "*?[b]{c,d}\\", "a=%2A%3F%5Bb%5D%7Bc,d%7D%5C"},
      {"_id", "1", "%5Fid=1"},
      {".x", "1", "%2Ex=1"},
      {"a=b/c", "1", "a%3Db%2Fc=1"},
  };
  for (const auto& c : cases) {
    auto folder = PartitionFolder(c.key, c.value);
    ASSERT_TRUE(folder.ok());
    EXPECT_EQ(*folder, c.folder);
  }
}

TEST(PartitionFolder, RefusesNamesThatAreTooLong) {
  EXPECT_TRUE(PartitionFolder("a", std::string(253, 'x')).ok());
  auto folder = PartitionFolder("a", std::string(254, 'x'));
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(ExitCodeOf(folder.status()), ExitCode::kDataFailed);
  EXPECT_FALSE(PartitionFolder("", "x").ok());
}

TEST(ParsePartitions, ThereAndBack) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string value(1 + random() % 12, ' ');
    for (char& c : value) c = static_cast<char>(random());
    std::string folder = *PartitionFolder("_k/", value);
    ASSERT_EQ(folder.find('/'), folder.npos);
    ASSERT_EQ(folder.find('\0'), folder.npos);
    auto parsed = ParsePartitions("x/" + folder + "/part.parquet");
    ASSERT_EQ(parsed.size(), 1u);
    ASSERT_EQ(parsed[0].first, "_k/");
    ASSERT_EQ(parsed[0].second, value);
  }
}

TEST(ParsePartitions, TakesWhatOthersWrite) {
  auto parsed = ParsePartitions(
      "s3/a=1/plain/b=__HIVE_DEFAULT_PARTITION__/c=%5F_HIVE_DEFAULT_PARTITION__/d=%zz%2/e=/f=1");
  ASSERT_EQ(parsed.size(), 5u);
  EXPECT_EQ(parsed[0], PartitionValue("a", "1"));
  EXPECT_EQ(parsed[1], PartitionValue("b", std::nullopt));
  EXPECT_EQ(parsed[2], PartitionValue("c", "__HIVE_DEFAULT_PARTITION__"));
  EXPECT_EQ(parsed[3], PartitionValue("d", "%zz%2"));
  EXPECT_EQ(parsed[4], PartitionValue("e", ""));
}

}  // namespace
}  // namespace tamis
