// What a sample says of a column, and what of it goes into a contract.
#include "ops/profile.h"

#include <arrow/builder.h>
#include <gtest/gtest.h>

#include "ops/profile_column.h"
#include "spec/emit.h"

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

Column ColumnOf(const std::string& name, std::shared_ptr<arrow::DataType> type = arrow::utf8()) {
  Column column;
  column.name = name;
  column.type = std::move(type);
  return column;
}

TEST(Profile, KnowsPersonalColumnsByNameAndClassification) {
  auto discretion = [](const std::string& name, const std::string& classification = "") {
    Column column = ColumnOf(name);
    column.classification = classification;
    return ChooseDiscretion(column).discretion;
  };
  for (const char* name :
       {"email", "first_name", "FirstName", "homePhone", "billing_street", "date_of_birth", "dob",
        "IBAN", "ip", "client_ip", "comment", "user", "credit_card_number", "ssn", "zip"}) {
    EXPECT_EQ(discretion(name), Discretion::kPersonal) << name;
  }
  for (const char* name : {"id", "order_id", "customerId", "invoice_no", "user_id", "sku"}) {
    EXPECT_EQ(discretion(name), Discretion::kShape) << name;
  }
  for (const char* name : {"status", "amount", "product_name", "country", "description_length"}) {
    EXPECT_EQ(discretion(name), Discretion::kOpen) << name;
  }
  EXPECT_EQ(discretion("amount", "confidential"), Discretion::kPersonal);
  EXPECT_EQ(discretion("amount", "Public"), Discretion::kOpen);
}

std::string Generator(const Column& column, const ColumnSample& sample) {
  Noise noise(1);
  auto made = ProfileColumn(column, sample, {50, 10}, &noise).ValueOrDie();
  return made.column.generate ? EmitJson(*made.column.generate, 0) : "";
}

std::vector<std::string> Times(int count, const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.insert(all.end(), texts.begin(), texts.end());
  return all;
}

TEST(Profile, CopiesOnlyValuesThatManyRowsShare) {
  auto texts = Times(100, {"red", "blue", "red", "green"});
  texts.push_back("secret");
  EXPECT_EQ(
      Generator(ColumnOf("shade"), SampleOf(texts)),
      R"({"provider": "choice", "values": ["red", "blue", "green"], "weights": [200, 100, 100]})"
      "\n");
  EXPECT_EQ(Generator(ColumnOf("email"), SampleOf(texts)), "");
  EXPECT_EQ(Generator(ColumnOf("paint_id"), SampleOf(texts)).find("red"), std::string::npos);
}

TEST(Profile, FindsTheBuildOfCodes) {
  std::vector<std::string> codes, words;
  for (int i = 0; i < 500; ++i) {
    codes.push_back(std::string(1, static_cast<char>('A' + i % 26)) + "B." +
                    std::to_string(100 + i * 7));
    words.push_back("some words of number " + std::to_string(i));
  }
  EXPECT_NE(Generator(ColumnOf("part"), SampleOf(codes)).find(R"(^[A-Z]{2}\\.[0-9]{3,4}$)"),
            std::string::npos);
  EXPECT_EQ(Generator(ColumnOf("label"), SampleOf(words)),
            "{\"provider\": \"sentence\", \"words\": 5}\n");
}

TEST(Profile, KeepsToTheBoundsOfTheContract) {
  std::vector<std::string> numbers;
  for (int i = 0; i < 5000; ++i) numbers.push_back(std::to_string(i % 1000));
  Column column = ColumnOf("score", arrow::int32());
  column.minimum = Bound{"100", true, {}};
  column.maximum = Bound{"899", false, {}};
  Noise noise(2);
  auto made = ProfileColumn(column, SampleOf(numbers), {1, 10}, &noise).ValueOrDie();
  const Node* edges = made.column.generate->Find("edges");
  ASSERT_TRUE(edges);
  EXPECT_EQ(edges->items.front().scalar, "101");
  EXPECT_EQ(edges->items.back().scalar, "900");
}

}  // namespace
}  // namespace tamis
