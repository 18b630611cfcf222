// What of a column's sample goes into a contract.
#include "local/profile_column.h"

#include <arrow/builder.h>
#include <gtest/gtest.h>

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
      R"({"provider": "choice", "values": ["red", "blue", "green"], "weights": [200, 100, 100]})");
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
            "{\"provider\": \"sentence\", \"words\": 5}");
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
