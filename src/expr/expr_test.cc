// Expressions: parsing and messages, types, values with their edges, dictionaries, errors in rows.
#include "expr/expr.h"

#include <arrow/array/util.h>
#include <arrow/builder.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <sstream>

#include "expr/functions.h"
#include "expr/value.h"

namespace tamis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

template <typename Builder, typename T>
std::shared_ptr<arrow::Array> ArrayOf(Builder builder, std::vector<std::optional<T>> values) {
  for (const auto& value : values) {
    EXPECT_TRUE((value ? builder.Append(*value) : builder.AppendNull()).ok());
  }
  return builder.Finish().ValueOrDie();
}

std::shared_ptr<arrow::Array> Texts(std::vector<std::optional<std::string>> values) {
  return ArrayOf<arrow::StringBuilder, std::string>(arrow::StringBuilder(), std::move(values));
}

std::shared_ptr<arrow::Array> Encoded(std::vector<std::optional<int32_t>> indices,
                                      std::vector<std::optional<std::string>> values) {
  auto index = ArrayOf<arrow::Int32Builder, int32_t>(arrow::Int32Builder(), std::move(indices));
  return arrow::DictionaryArray::FromArrays(arrow::dictionary(arrow::int32(), arrow::utf8()), index,
                                            Texts(std::move(values)))
      .ValueOrDie();
}

/// a int, n bigint, s text, f double, d date, p timestamp.
std::shared_ptr<arrow::RecordBatch> Batch() {
  arrow::FieldVector fields = {
      arrow::field("a", arrow::int32()),  arrow::field("n", arrow::int64()),
      arrow::field("s", arrow::utf8()),   arrow::field("f", arrow::float64()),
      arrow::field("d", arrow::date32()), arrow::field("p", TimestampType())};
  arrow::ArrayVector columns = {
      ArrayOf<arrow::Int32Builder, int32_t>(arrow::Int32Builder(), {1, 2, std::nullopt}),
      ArrayOf<arrow::Int64Builder, int64_t>(arrow::Int64Builder(), {INT64_MAX, 0, 5}),
      Texts({"12", "x y", std::nullopt}),
      ArrayOf<arrow::DoubleBuilder, double>(arrow::DoubleBuilder(), {1.5, -0.5, std::nullopt}),
      ArrayOf<arrow::Date32Builder, int32_t>(arrow::Date32Builder(), {0, 17000, std::nullopt}),
      ArrayOf<arrow::TimestampBuilder, int64_t>(
          arrow::TimestampBuilder(TimestampType(), arrow::default_memory_pool()),
          {-1, 1469679568000000, std::nullopt})};
  return arrow::RecordBatch::Make(arrow::schema(fields), 3, columns);
}

Place At(const std::string& text, int64_t line = 1, int64_t column = 1) {
  return Place{std::make_shared<SourceText>(SourceText{"p.yaml", text}), line, column};
}

Parameters RunParameters() {
  return {{"run_time", std::make_shared<arrow::TimestampScalar>(1479700000000000, TimestampType())},
          {"day", std::make_shared<arrow::Date32Scalar>(17000)}};
}

Result<Expr> BindText(const std::string& text) {
  return Expr::Bind(text, At(text), *Batch()->schema(), RunParameters());
}

/// The rows' values, or the error.
std::string Values(const std::string& text, const arrow::RecordBatch& batch) {
  auto expr = Expr::Bind(text, At(text), *batch.schema(), RunParameters());
  if (!expr.ok()) return FormatError(expr.status());
  auto result = expr->Evaluate(batch);
  if (!result.ok()) return FormatError(result.status());
  EXPECT_TRUE((*result)->ValidateFull().ok()) << text;
  std::string out;
  for (int64_t row = 0; row < (*result)->length(); ++row) {
    auto value = (*result)->GetScalar(row).ValueOrDie();
    if (value->type->id() == arrow::Type::DICTIONARY && value->is_valid) {
      value = static_cast<arrow::DictionaryScalar&>(*value).GetEncodedValue().ValueOrDie();
    }
    out += (row ? " | " : "") + (value->is_valid ? value->ToString() : "NULL");
  }
  return out;
}
std::string Values(const std::string& text) { return Values(text, *Batch()); }

std::string ErrorOf(const std::string& text) {
  auto expr = BindText(text);
  return expr.ok() ? "no error" : FormatError(expr.status());
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(std::string(TAMIS_SOURCE_DIR) + "/" + path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// test/expr/errors.txt: an expression, then its whole message, then an empty line.
TEST(ExprTest, ErrorsSayWhereAndWhat) {
  std::istringstream file(ReadFile("test/expr/errors.txt"));
  std::string line;
  int cases = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::string text = line, expected;
    while (std::getline(file, line) && !line.empty()) expected += line + "\n";
    EXPECT_EQ(ErrorOf(text), expected) << text;
    ++cases;
  }
  EXPECT_GT(cases, 50);
}

// test/expr/values.txt: expression => canonical text : type = values of the three rows of Batch().
TEST(ExprTest, ValuesAndTypes) {
  std::istringstream file(ReadFile("test/expr/values.txt"));
  std::string line;
  int cases = 0;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    size_t arrow = line.find(" => "), colon = line.find(" : "), equal = line.find(" == ");
    ASSERT_TRUE(arrow < colon && colon < equal && equal != std::string::npos) << line;
    std::string text = line.substr(0, arrow);
    auto expr = BindText(text);
    ASSERT_TRUE(expr.ok()) << text << "\n" << FormatError(expr.status());
    EXPECT_EQ(expr->ToString(), line.substr(arrow + 4, colon - arrow - 4));
    EXPECT_EQ(TypeName(*expr->type()), line.substr(colon + 3, equal - colon - 3)) << text;
    EXPECT_EQ(Values(text), line.substr(equal + 4)) << text;
    ++cases;
  }
  EXPECT_GT(cases, 40);
}

TEST(ExprTest, EveryFunctionHasACaseAgainstDuckdb) {
  std::string cases = "\n" + ReadFile("test/expr/functions.txt");
  for (const std::string& name : FunctionNames()) {
    EXPECT_THAT(cases, HasSubstr("\n" + name + "(")) << "add a line to test/expr/functions.txt";
  }
}

TEST(ExprTest, TheTableIsComplete) {
  for (const Function& row : Functions()) {
    EXPECT_TRUE(row.kernel || row.evaluation != Evaluation::kKernel) << row.name;
    EXPECT_STRNE(row.spark, "") << row.name;
    bool first = FunctionsNamed(row.name)[0] == &row;
    bool callable = std::isalpha(static_cast<unsigned char>(row.name[0])) != 0;
    EXPECT_EQ(std::string(row.meaning).empty(), !(first && callable)) << row.name;
  }
}

TEST(ExprTest, DocumentedAsTheTableSays) {
  EXPECT_THAT(ReadFile("docs/expressions.md"), HasSubstr(FunctionTableMarkdown()))
      << "replace the table there by\n"
      << FunctionTableMarkdown();
}

TEST(ExprTest, PlacesPointIntoTheFile) {
  std::string yaml =
      "steps:\n  a:\n    filter: \"a = 1 AND\n      bad = 2\"\n    derive: |\n      a +\n      "
      "worse\n";
  auto schema = Batch()->schema();
  auto folded = Expr::Bind("a = 1 AND bad = 2", At(yaml, 3, 13), *schema, {});
  EXPECT_THAT(FormatError(folded.status()), HasSubstr("p.yaml:3:13: unknown column: bad"));
  auto block = Expr::Bind("a +\nworse\n", At(yaml, 5, 13), *schema, {});
  EXPECT_THAT(FormatError(block.status()),
              HasSubstr("p.yaml:7:7: unknown column: worse (known: a, n, s, f, d, p)\n"
                        "        worse\n        ^\n"));
  auto quoted = Expr::Bind("lowr(s)", At("x: 'lowr(s)'\n", 1, 4), *schema, {});
  EXPECT_THAT(FormatError(quoted.status()), HasSubstr("p.yaml:1:5: unknown function: lowr"));
}

TEST(ExprTest, NamesAreListedWithoutSchema) {
  auto names = ListNames("lower(b) = $x AND \"a b\" > today() OR b IS NULL", Place{});
  ASSERT_TRUE(names.ok());
  EXPECT_THAT(names->columns, ElementsAre("a b", "b"));
  EXPECT_THAT(names->parameters, ElementsAre("run_time", "x"));
  EXPECT_THAT(names->functions, ElementsAre("lower", "today"));
  auto expr = BindText("lower(s) = 'x' AND a > 1");
  EXPECT_THAT(expr->Columns(), ElementsAre("a", "s"));
  EXPECT_THAT(expr->Functions(), ElementsAre("lower"));
  EXPECT_EQ(expr->BareColumn(), "");
  EXPECT_EQ(BindText(" (a) ")->BareColumn(), "a");
}

TEST(ExprTest, ConstantsAreEvaluatedWithoutRows) {
  auto value = [](const char* text) {
    auto scalar = Expr::EvaluateConstant(text, Place{}, RunParameters());
    return scalar.ok() ? (*scalar)->ToString() : FormatError(scalar.status());
  };
  EXPECT_EQ(value("today"), "2016-11-21");
  EXPECT_EQ(value("today() - INTERVAL 1 DAY"), "2016-11-20");
  EXPECT_EQ(value("$day"), "2016-07-18");
  EXPECT_EQ(value("1 + 2"), "3");
  EXPECT_THAT(value("a + 1"), HasSubstr("unknown column: a (there are no columns here)"));
  EXPECT_THAT(value("9223372036854775807 + 1"), HasSubstr("is beyond bigint"));
}

TEST(ExprTest, ConditionsAreBoolean) {
  auto number = Expr::BindCondition("a + 1", At("a + 1"), *Batch()->schema(), {});
  EXPECT_EQ(FormatError(number.status()),
            "p.yaml:1:1: a condition must be boolean, this is bigint (compare it with something)\n"
            "  a + 1\n  ^\n");
  EXPECT_TRUE(Expr::BindCondition("a > 1", Place{}, *Batch()->schema(), {}).ok());
}

TEST(ExprTest, TextFunctionsKeepDictionaries) {
  auto column = Encoded({0, 1, 2, std::nullopt, 1}, {" Open", "close", "OPEN ", "bad"});
  auto batch =
      arrow::RecordBatch::Make(arrow::schema({arrow::field("s", column->type())}), 5, {column});
  auto expr = Expr::Bind("initcap(trim(s))", Place{}, *batch->schema(), {}).ValueOrDie();
  EXPECT_TRUE(expr.type()->Equals(arrow::utf8()));
  auto result =
      std::static_pointer_cast<arrow::DictionaryArray>(expr.Evaluate(*batch).ValueOrDie());
  EXPECT_EQ(result->dictionary()->length(), 3);  // Open, Close and Bad, each once
  EXPECT_EQ(Values("initcap(trim(s))", *batch), "Open | Close | Open | NULL | Close");
  EXPECT_EQ(Values("s = 'close'", *batch), "false | true | false | NULL | true");
  EXPECT_EQ(Values("coalesce(nullif(s, 'close'), '-')", *batch), " Open | - | OPEN  | - | -");
  EXPECT_EQ(Values("length(s) + 1", *batch), "6 | 6 | 6 | NULL | 6");
  EXPECT_EQ(Values("s || s", *batch), " Open Open | closeclose | OPEN OPEN  | NULL | closeclose");
}

TEST(ExprTest, AValueThatNoRowHasCannotFail) {
  auto column = Encoded({0, 1, 0}, {"1", "2", "bad"});
  auto batch =
      arrow::RecordBatch::Make(arrow::schema({arrow::field("s", column->type())}), 3, {column});
  EXPECT_EQ(Values("CAST(s AS int)", *batch), "1 | 2 | 1");
}

TEST(ExprTest, OtherColumnTypesAreRead) {
  auto nanos = arrow::timestamp(arrow::TimeUnit::NANO);
  auto times = ArrayOf<arrow::TimestampBuilder, int64_t>(
      arrow::TimestampBuilder(nanos, arrow::default_memory_pool()), {-1, 1500});
  auto bytes = ArrayOf<arrow::UInt8Builder, uint8_t>(arrow::UInt8Builder(), {255, 0});
  auto large =
      ArrayOf<arrow::LargeStringBuilder, std::string>(arrow::LargeStringBuilder(), {"é", "b"});
  auto batch = arrow::RecordBatch::Make(
      arrow::schema({arrow::field("t", nanos), arrow::field("u", arrow::uint8()),
                     arrow::field("l", arrow::large_utf8())}),
      2, {times, bytes, large});
  EXPECT_EQ(Values("epoch_us(t)", *batch), "-1 | 1");
  EXPECT_EQ(Values("u + 1", *batch), "256 | 1");
  EXPECT_EQ(Values("upper(l)", *batch), "É | B");
  EXPECT_EQ(Values("t", *batch), Values("(t)", *batch));
}

TEST(ExprTest, SlicesAndEmptyBatches) {
  auto batch = Batch();
  for (const char* text :
       {"a + 1", "upper(s)", "f > 0 AND a = 2", "s IS NULL", "d + INTERVAL 1 DAY",
        "CASE WHEN a = 2 THEN s END", "coalesce(a, 9)", "TRY_CAST(s AS int)", "NOT (a = 2)",
        "a IN (2, 3)", "s LIKE 'x%'", "a::decimal(5,2) + 1", "greatest(a, n)", "$day"}) {
    std::string all = Values(text);
    std::string tail = all.substr(all.find(" | ") + 3);
    EXPECT_EQ(Values(text, *batch->Slice(1)), tail) << text;
    EXPECT_EQ(Values(text, *batch->Slice(0, 0)), "") << text;
    auto none = arrow::RecordBatch::MakeEmpty(batch->schema()).ValueOrDie();
    EXPECT_EQ(Values(text, *none), "") << text;
  }
}

TEST(ExprTest, ErrorsOfRowsAreDataErrors) {
  auto result = BindText("n + 1")->Evaluate(*Batch());
  EXPECT_EQ(ExitCodeOf(result.status()), ExitCode::kDataFailed);
  EXPECT_THAT(FormatError(result.status()), HasSubstr("9223372036854775807 + 1 is beyond bigint"));
  EXPECT_EQ(
      Values("CAST(s AS int)"),
      "p.yaml:1:1: can't cast 'x y' to int (TRY_CAST gives NULL instead)\n  CAST(s AS int)\n  ^\n");
}

TEST(ExprTest, HostileTextIsRefusedQuickly) {
  std::string deep(50000, '(');
  EXPECT_THAT(ErrorOf(deep), HasSubstr("nested more than 100 levels deep"));
  std::string minus;
  for (int i = 0; i < 20000; ++i) minus += "- ";
  EXPECT_THAT(ErrorOf(minus + "1"), HasSubstr("nested more than 100 levels deep"));
  std::string sum = "1";
  for (int i = 0; i < 20000; ++i) sum += "+1";
  EXPECT_THAT(ErrorOf(sum), HasSubstr("nested more than 100 levels deep"));
  EXPECT_THAT(ErrorOf(std::string(70000, 'a')), HasSubstr("longer than 64 KB"));
  std::string cases = "a";
  for (int i = 0; i < 60; ++i) cases = "CASE " + cases + " WHEN 1 THEN 2 WHEN 3 THEN 4 END";
  EXPECT_THAT(ErrorOf(cases), HasSubstr("too large"));
  std::string flat = "a = 0";
  for (int i = 0; i < 2000; ++i) flat += " OR a = " + std::to_string(i);
  EXPECT_EQ(ErrorOf(flat), "no error");
  EXPECT_THAT(ErrorOf("a = '\xff'"), HasSubstr("must be UTF-8"));
}

}  // namespace
}  // namespace tamis
