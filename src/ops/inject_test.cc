// Which rows have faults, and what becomes of their lines.
#include "ops/inject.h"

#include <gtest/gtest.h>

#include "contract/odcs.h"
#include "ops/generate_compile.h"
#include "ops/generate_text.h"
#include "ops/inject_text.h"

namespace tamis {
namespace {

Contract ContractOf(const std::string& inject) {
  std::string yaml =
      "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n"
      "  - name: t\n    customProperties:\n"
      "      - {property: tamis.generate, value: {inject: " +
      inject + "}}\n" +
      "    properties:\n"
      "      - {name: id, logicalType: integer, required: true, unique: true}\n"
      "      - {name: word, logicalType: string, customProperties: [{property: tamis.generate, "
      "value: {provider: choice, values: ['a,\"b', c]}}]}\n"
      "      - {name: at, logicalType: timestamp, physicalType: timestamp_ntz, required: true}\n";
  auto contract =
      ParseContract(std::make_shared<const SourceText>(SourceText{"c.yaml", std::move(yaml)}));
  EXPECT_TRUE(contract.ok()) << contract.status().ToString();
  return *contract;
}

std::shared_ptr<const InjectPlan> PlanOf(const std::string& inject, const char* flags = "") {
  Contract contract = ContractOf(inject);
  auto plan = InjectPlan::Make(contract.tables[0], 0, flags, FaultMedium::kCsv);
  EXPECT_TRUE(plan.ok()) << plan.status().ToString();
  return *plan;
}

TEST(InjectPlan, IsNothingWithoutRates) {
  EXPECT_EQ(PlanOf("{}"), nullptr);
  EXPECT_EQ(PlanOf("{nulls: 5%}", "none"), nullptr);
  EXPECT_EQ(PlanOf("{nulls: 5%}", "nulls=0"), nullptr);
}

TEST(InjectPlan, FindsTheSameEventsInAnyPieces) {
  auto plan = PlanOf("{duplicates: {rate: 5%, after: 30}, nulls: 0.02, late: 1%}");
  RowSpan span{0, 10000};
  std::vector<FaultEvent> whole, pieces;
  plan->Find(span, 0, 10000, &whole);
  for (int64_t row = 0; row < 10000; row += 37) {
    plan->Find(span, row, std::min<int64_t>(37, 10000 - row), &pieces);
  }
  ASSERT_EQ(pieces.size(), whole.size());
  int64_t copies = 0;
  for (size_t i = 0; i < whole.size(); ++i) {
    EXPECT_EQ(pieces[i].row, whole[i].row);
    EXPECT_EQ(pieces[i].copy_of, whole[i].copy_of);
    copies += whole[i].copy_of >= 0;
  }
  EXPECT_NEAR(static_cast<double>(copies), 500, 110);
  EXPECT_EQ(plan->Count(span, 0, 10000).copies, copies);
}

// Copies of the last rows stand at the end of their span, and none comes from before it.
TEST(InjectPlan, KeepsCopiesInTheirSpan) {
  auto plan = PlanOf("{duplicates: {rate: 100%, after: 30}}");
  EXPECT_EQ(plan->Count({0, 100}, 0, 100).copies, 100);
  EXPECT_EQ(plan->Count({50, 60}, 50, 10).copies, 10);
  EXPECT_EQ(plan->Count({0, 1}, 0, 1).copies, 1);
}

TEST(InjectPlan, RefusesWhatItCantDo) {
  const std::pair<const char*, const char*> cases[] = {
      {"{nulls: 2}", "not a share of the rows: 2"},
      {"{nulls: -1%}", "not a share of the rows: -1%"},
      {"{nulls: {rate: 1%, columns: [wrod]}}", "unknown column: wrod (did you mean word?)"},
      {"{nulls: {columns: [word]}}", "rate"},
      {"{late: {rate: 1%, by: word}}", "column word is no timestamp and no date"},
      {"{late: {rate: 1%, late_by: soon}}", "late_by: not a duration: soon"},
      {"{late: {rate: 1%, late_by: 0 s}}", "late_by: not a duration: 0 s"},
      {"{duplicates: {rate: 1%, after: 0}}", "after: 1 to 10000 rows"},
      {"{malformed: {rate: 1%, columns: word}}", "no value of column word would be malformed"},
      {"{nuls: 1%}", "did you mean nulls?"},
      {"{nulls: 60%, late: 50%}", "more than 100% together"},
  };
  for (const auto& [inject, message] : cases) {
    Contract contract = ContractOf(inject);
    auto plan = InjectPlan::Make(contract.tables[0], 0, "", FaultMedium::kCsv);
    ASSERT_FALSE(plan.ok()) << inject;
    EXPECT_NE(FormatError(plan.status()).find(message), std::string::npos)
        << FormatError(plan.status());
  }
}

// A share of 100% shows what one fault does to a line.
std::string FirstLine(const std::string& inject) {
  Contract contract = ContractOf(inject);
  const Table& table = contract.tables[0];
  auto plan = InjectPlan::Make(table, 0, "", FaultMedium::kCsv).ValueOrDie();
  auto rows = CompileGenerator(table, 0).ValueOrDie();
  auto csv = CsvProgram::Make(rows, table.format).ValueOrDie();
  auto faulty = WithFaults(std::make_unique<const CsvProgram>(std::move(csv)), plan, {0, 5}, table,
                           FaultMedium::kCsv, table.format)
                    .ValueOrDie();
  RowBlock block(*rows);
  TextBuffer text;
  EXPECT_TRUE(faulty->Write(0, 5, &block, &text).ok());
  std::string all(text.view());
  for (size_t i = 0; i < all.size();) {
    size_t end = all.find('\n', i);
    std::string line = all.substr(i, end - i);
    if (line.find("\"a,") != std::string::npos) return line;  // a quoted field
    i = end + 1;
  }
  return all;
}

TEST(FaultyText, ChangesFieldsBesideQuotedOnes) {
  std::string clean = FirstLine("{duplicates: 100%}");
  std::string id = clean.substr(0, clean.find(','));
  EXPECT_EQ(FirstLine("{nulls: {rate: 100%, columns: id}}"), clean.substr(id.size()));
  EXPECT_EQ(FirstLine("{nulls: {rate: 100%, columns: at}}"), clean.substr(0, clean.rfind(',') + 1));
  EXPECT_NE(FirstLine("{late: {rate: 100%, late_by: 1 day}}"), clean);
}

}  // namespace
}  // namespace tamis
