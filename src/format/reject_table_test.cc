// Names, sentences and the table of rejects.
#include "format/reject_table.h"

#include <arrow/array.h>
#include <arrow/scalar.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace tamis {
namespace {

TEST(Reject, EveryRuleHasANameOfItsOwn) {
  std::set<std::string> names;
  const int last = static_cast<int>(Rule::kTooLong);
  for (int rule = 0; rule <= last; ++rule) names.insert(RuleName(static_cast<Rule>(rule)));
  EXPECT_EQ(names.size(), static_cast<size_t>(last) + 1);
  EXPECT_EQ(names.count("unknown"), 0U);
}

TEST(Reject, MessagesAreSentences) {
  EXPECT_EQ(ReasonMessage({0, Rule::kType, "x12", "int"}), "not an int: \"x12\"");
  EXPECT_EQ(ReasonMessage({0, Rule::kType, "a\tb\x01", "timestamp"}),
            "not a timestamp: \"a\\tb\\x01\"");
  EXPECT_EQ(ReasonMessage({0, Rule::kMinimum, "-3", "0"}), "below the minimum of 0: -3");
  EXPECT_EQ(ReasonMessage({-1, Rule::kColumnCount, "", "2 of 3"}),
            "wrong number of fields: 2 instead of 3");
  EXPECT_EQ(ReasonMessage({-1, Rule::kQuote, "", "not closed"}), "broken quote: not closed");
  std::string euros;
  for (int i = 0; i < 50; ++i) euros += "\xE2\x82\xAC";
  const std::string shown = ReasonMessage({0, Rule::kEnum, euros, ""});
  EXPECT_THAT(shown, testing::EndsWith("\xE2\x82\xAC...\""));
}

TEST(RejectTable, HoldsEverything) {
  Reject reject{"in.csv", 7, 9, 120, std::string("raw\0\xFF", 5), {}};
  reject.reasons = {{1, Rule::kType, "x\xFF", "int"}, {-1, Rule::kColumnCount, "", "2 of 3"}};
  const std::vector<std::string> names = {"a", "b"};
  const RejectRun run = {"run1", 5};
  RejectBatchBuilder builder(names, run);
  ASSERT_TRUE(builder.Add(reject).ok());
  ASSERT_TRUE(builder.Add(reject).ok());
  auto batch = builder.Finish();
  ASSERT_TRUE(batch.ok()) << batch.status();
  ASSERT_TRUE((*batch)->ValidateFull().ok()) << (*batch)->ValidateFull();
  EXPECT_TRUE((*batch)->schema()->Equals(RejectSchema()));
  EXPECT_EQ((*batch)->num_rows(), 2);
  const auto value = [&](const char* name) {
    return (*batch)->GetColumnByName(name)->GetScalar(1).ValueOrDie()->ToString();
  };
  EXPECT_EQ(value("record"), "7");
  EXPECT_EQ(value("line"), "9");
  EXPECT_EQ(value("byte_offset"), "120");
  EXPECT_THAT(value("reasons"), testing::AllOf(testing::HasSubstr("x\xEF\xBF\xBD"),
                                               testing::HasSubstr("column_count")));
  const auto& raw = static_cast<const arrow::BinaryArray&>(*(*batch)->GetColumnByName("raw"));
  EXPECT_EQ(raw.GetString(0), reject.raw);
  EXPECT_EQ((*RejectBatchBuilder(names, run).Finish())->num_rows(), 0);
}

}  // namespace
}  // namespace tamis
