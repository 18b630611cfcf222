// What a sample says of a column.
#include "ops/profile.h"

#include <arrow/builder.h>
#include <gtest/gtest.h>

namespace tamis {
namespace {

ColumnSample SampleOf(const std::vector<std::string>& texts) {
  arrow::StringBuilder builder;
  for (const std::string& text : texts) {
    EXPECT_TRUE((text == "NULL" ? builder.AppendNull() : builder.Append(text)).ok());
  }
  RowReservoir reservoir(1);
  ColumnSample sample;
  auto array = builder.Finish().ValueOrDie();
  EXPECT_TRUE(sample.Add(*array, reservoir.Place(array->length())).ok());
  return sample;
}

std::string TypeOf(const std::vector<std::string>& texts) {
  return SampleOf(texts).types().Type()->ToString();
}

TEST(Profile, TypesTextsCarefully) {
  EXPECT_EQ(TypeOf({"1", "-20", "0"}), "int32");
  EXPECT_EQ(TypeOf({"1", "3000000000"}), "int64");
  EXPECT_EQ(TypeOf({"01", "02"}), "string");
  EXPECT_EQ(TypeOf({"1.50", "22.25"}), "decimal128(5, 2)");
  EXPECT_EQ(TypeOf({"1.5", "22.25"}), "double");
  EXPECT_EQ(TypeOf({"1", "2.5"}), "double");
  EXPECT_EQ(TypeOf({"1e-5", "2"}), "double");
  EXPECT_EQ(TypeOf({"true", "FALSE"}), "bool");
  EXPECT_EQ(TypeOf({"2024-02-29"}), "date32[day]");
  EXPECT_EQ(TypeOf({"2023-02-29"}), "string");
  EXPECT_EQ(TypeOf({"2024-02-29T10:00:00", "2024-02-29 10:00"}), "timestamp[us]");
  EXPECT_EQ(TypeOf({"2024-02-29T10:00:00Z"}), "timestamp[us, tz=UTC]");
  EXPECT_EQ(TypeOf({"2024-02-29T10:00:00Z", "2024-02-29T10:00:00"}), "string");
  EXPECT_EQ(TypeOf({"99999999999999999999"}), "double");
  EXPECT_EQ(TypeOf({"a", "1"}), "string");
  EXPECT_EQ(TypeOf({"NULL", "NULL"}), "string");
  EXPECT_EQ(TypeOf({"NULL", "7"}), "int32");
  EXPECT_EQ(TypeOf({"-", "1"}), "string");
  EXPECT_EQ(TypeOf({"1.", "2."}), "double");
}

TEST(Profile, CountsFrequentTextsInBoundedMemory) {
  FrequentTexts texts(10);
  for (int i = 0; i < 10000; ++i) texts.Add(i % 3 == 0 ? "often" : std::to_string(i));
  EXPECT_TRUE(texts.is_cut());
  auto sorted = texts.Sorted();
  ASSERT_FALSE(sorted.empty());
  EXPECT_EQ(sorted[0].first, "often");
  EXPECT_LE(sorted.size(), 10u);
  EXPECT_GE(sorted[0].second + texts.cut(), 3334);
  EXPECT_LE(sorted[0].second, 3334);
}

TEST(Profile, KnowsSequencesAndUniqueValues) {
  EXPECT_TRUE(SampleOf({"5", "7", "9"}).is_sequence());
  EXPECT_EQ(SampleOf({"5", "7", "9"}).sequence_step(), 2);
  EXPECT_FALSE(SampleOf({"5", "7", "10"}).is_sequence());
  EXPECT_FALSE(SampleOf({"5", "5", "5"}).is_sequence());
  EXPECT_TRUE(SampleOf({"a", "b"}).is_unique());
  EXPECT_FALSE(SampleOf({"a", "a"}).is_unique());
}

// Each row is kept with the same probability.
TEST(Profile, KeepsRowsAtRandom) {
  RowReservoir reservoir(7);
  constexpr int64_t kRows = 4 * static_cast<int64_t>(kRowsKept);
  std::vector<int64_t> row_at(kRowsKept, -1);
  for (int64_t row = 0; row < kRows; ++row) {
    int64_t place = reservoir.Place(1)[0];
    if (place >= 0) row_at[static_cast<size_t>(place)] = row;
  }
  int64_t first_half = 0;
  for (int64_t row : row_at) {
    ASSERT_GE(row, 0);
    first_half += row < kRows / 2;
  }
  EXPECT_NEAR(static_cast<double>(first_half), kRowsKept / 2.0, 5 * 128);
}

}  // namespace
}  // namespace tamis
