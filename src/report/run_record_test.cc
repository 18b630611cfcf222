// What runs print: books of their own are checked by test/cases.
#include "report/run_record.h"

#include <gtest/gtest.h>

namespace tamis {
namespace {

TEST(RunRecord, JsonTextIsAsciiWhereTerminalsWouldObey) {
  EXPECT_EQ(JsonText("a\"b\\c\n\x1b"), "\"a\\\"b\\\\c\\n\\u001b\"");
  EXPECT_EQ(JsonText("\x7f\xc2\x9b\xc2\xa0"), "\"\\u007f\\u009b\xc2\xa0\"");
  EXPECT_EQ(JsonText("gr\xfc"
                     "n"),
            "\"gr\xef\xbf\xbdn\"");
}

TEST(RunRecord, ObjectsOfCommandsWithoutARun) {
  EXPECT_EQ(FormatCommandJson("sql", Status::OK(), {{"rows", "3"}}),
            "{\"version\": 1, \"command\": \"sql\", \"status\": \"ok\", \"rows\": 3, \"error\": "
            "null}\n");
  EXPECT_EQ(FormatCommandJson("", UsageError("no", "try"), {}),
            "{\"version\": 1, \"command\": \"\", \"status\": \"failed\", \"error\": {\"message\": "
            "\"no\", \"place\": \"\", \"hint\": \"try\", \"exit_code\": 2}}\n");
  EXPECT_EQ(FormatCommandJson("test", Interrupted(), {}).substr(0, 58),
            "{\"version\": 1, \"command\": \"test\", \"status\": \"interrupted\",");
}

TEST(RunRecord, SummariesHoldNoControlCharacters) {
  RunRecord record;
  StepRecord step;
  step.name = "a";
  step.books.rows_in = step.books.rejected = 1;
  record.steps.push_back(step);
  RejectsRecord rejects;
  rejects.step = "a";
  rejects.path = "bad\x1b[2J.parquet";
  rejects.count = 1;
  rejects.by_rule["type \x1b[31mred"] = 1;
  rejects.examples.push_back({"in\x07.csv:2", "not an integer: \x1b"});
  record.rejects.push_back(rejects);
  record.table_checks.push_back({"rows\x1b", false, "0 rows\x1b"});
  record.outputs.push_back({"a", "out\x1b.csv", "csv", 1, 1, 1});
  const std::string text = FormatRunSummary(record, false);
  EXPECT_EQ(text.find_first_of("\x1b\x07"), std::string::npos) << text;
  EXPECT_NE(text.find("bad\\x1b[2J.parquet"), std::string::npos) << text;
  EXPECT_NE(text.find("in\\x07.csv:2: not an integer: \\x1b"), std::string::npos) << text;
}

}  // namespace
}  // namespace tamis
