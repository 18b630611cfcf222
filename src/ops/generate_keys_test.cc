// Keys of several columns, and rules of whole rows: what generated rows keep without being told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/dictionary.h"
#include "contract/odcs.h"
#include "ops/generate_compile.h"
#include "ops/generate_text.h"
#include "ops/words.h"

namespace tamis {
namespace {

using testing::HasSubstr;

struct Made {
  std::vector<std::vector<std::string>> rows;
  std::string error;
};

Result<std::string> CsvOf(const std::string& schema, const std::string& table, int64_t rows) {
  const std::string text =
      "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n" +
      schema;
  ARROW_ASSIGN_OR_RAISE(Contract contract,
                        ParseContract(std::make_shared<SourceText>(SourceText{"t.yaml", text})));
  RowRequest request;
  request.by_table[table] = rows;
  GenerateContext context;
  context.contract = &contract;
  context.seed = 3;
  ARROW_ASSIGN_OR_RAISE(context.rows, CountRows(contract, request));
  ARROW_ASSIGN_OR_RAISE(const Table* found, contract.FindTable(table));
  ARROW_ASSIGN_OR_RAISE(auto program, CompileGenerator(*found, context));
  ARROW_RETURN_NOT_OK(CheckRows(*program, 0, rows));
  ARROW_ASSIGN_OR_RAISE(CsvProgram csv, CsvProgram::Make(program, found->format));
  RowBlock block(*program);
  TextBuffer out;
  ARROW_RETURN_NOT_OK(csv.Write(0, rows, &block, &out));
  return std::string(out.view());
}

Made Make(const std::string& schema, const std::string& table, int64_t rows) {
  Made made;
  auto csv = CsvOf(schema, table, rows);
  if (!csv.ok()) {
    made.error = FormatError(csv.status());
    return made;
  }
  for (const std::string& line : SplitWords(*csv, '\n')) made.rows.push_back(SplitWords(line, ','));
  return made;
}

std::string KeyOf(const std::vector<std::string>& row, size_t columns) {
  std::string key;
  for (size_t i = 0; i < columns; ++i) key += row[i] + ",";
  return key;
}

size_t DistinctKeys(const Made& made, size_t columns) {
  std::set<std::string> keys;
  for (const auto& row : made.rows) keys.insert(KeyOf(row, columns));
  return keys.size();
}

constexpr char kOrders[] = R"(
  - name: orders
    customProperties: [{property: tamis.generate, value: {rows: 50}}]
    properties:
      - {name: id, logicalType: integer, physicalType: bigint, primaryKey: true, required: true}
  - name: lines
    properties:
      - {name: order_id, logicalType: integer, physicalType: bigint, primaryKey: true,
         primaryKeyPosition: 1, required: true, relationships: [{to: orders.id}]}
      - {name: line, logicalType: integer, physicalType: smallint, primaryKey: true,
         primaryKeyPosition: 2, required: true, logicalTypeOptions: {minimum: 1, maximum: 9}}
      - {name: kind, logicalType: string, primaryKey: true, primaryKeyPosition: 3, required: true,
         quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [a, b]}}]}
  - name: notes
    properties:
      - {name: order_id, logicalType: integer, physicalType: bigint, primaryKey: true,
         primaryKeyPosition: 1, required: true}
      - {name: line, logicalType: integer, physicalType: smallint, primaryKey: true,
         primaryKeyPosition: 2, required: true}
      - {name: kind, logicalType: string, primaryKey: true, primaryKeyPosition: 3, required: true}
      - {name: note, logicalType: integer, physicalType: int, primaryKey: true,
         primaryKeyPosition: 4, required: true}
    relationships:
      - type: foreignKey
        from: [notes.order_id, notes.line, notes.kind]
        to: [lines.order_id, lines.line, lines.kind]
)";

TEST(GenerateKeys, ReferencesAndSmallNumbersTogetherAreUnique) {
  // 50 orders, 9 lines, two kinds: the whole key is used up.
  const Made made = Make(kOrders, "lines", 50 * 9 * 2);
  ASSERT_EQ(made.rows.size(), 900U) << made.error;
  EXPECT_EQ(DistinctKeys(made, 3), 900U);
  EXPECT_EQ(DistinctKeys(made, 1), 50U);
}

TEST(GenerateKeys, RefusesMoreRowsThanTheKeyHas) {
  EXPECT_THAT(Make(kOrders, "lines", 901).error,
              HasSubstr("its key (order_id, line, kind) has 900 values"));
}

TEST(GenerateKeys, OtherTablesReferToThem) {
  const Made made = Make(kOrders, "notes", 3000);
  ASSERT_EQ(made.rows.size(), 3000U) << made.error;
  EXPECT_EQ(DistinctKeys(made, 4), 3000U);
  // lines has 1000 rows by itself, which are more than its key.
  std::set<std::string> lines;
  for (const auto& row : Make(kOrders, "lines", 900).rows) lines.insert(KeyOf(row, 3));
  for (const auto& row : made.rows) EXPECT_EQ(lines.count(KeyOf(row, 3)), 1U);
}

constexpr char kTerms[] = R"(
  - name: terms
    properties:
      - {name: year, logicalType: integer, physicalType: smallint, primaryKey: true,
         primaryKeyPosition: 1, required: true, logicalTypeOptions: {minimum: 2000, maximum: 2039}}
      - {name: half, logicalType: integer, physicalType: smallint, primaryKey: true,
         primaryKeyPosition: 2, required: true, logicalTypeOptions: {minimum: 1, maximum: 2}}
      - {name: begins, logicalType: date, required: true}
)";

TEST(GenerateKeys, WorkWithoutReferences) {
  EXPECT_EQ(DistinctKeys(Make(kTerms, "terms", 80), 2), 80U);
  EXPECT_THAT(Make(kTerms, "terms", 81).error, HasSubstr("its key (year, half) has 80 values"));
}

TEST(GenerateKeys, DatesCountToo) {
  std::string schema = kOrders;
  schema += R"(
  - name: prices
    properties:
      - {name: order_id, logicalType: integer, physicalType: bigint, primaryKey: true,
         primaryKeyPosition: 1, required: true, relationships: [{to: orders.id}]}
      - {name: since, logicalType: date, primaryKey: true, primaryKeyPosition: 2, required: true}
)";
  const Made made = Make(schema, "prices", 20'000);
  EXPECT_EQ(DistinctKeys(made, 2), 20'000U) << made.error;
}

std::string Loans(const std::string& rules, const std::string& due = "") {
  return R"(
  - name: loans
    properties:
      - {name: lent_on, logicalType: date, required: true}
      - {name: due_on, logicalType: date, required: true)" +
         due + R"(}
      - {name: returned_on, logicalType: date}
    quality:
)" + rules;
}

std::string Rule(const std::string& text) {
  return "      - {type: custom, engine: tamis, implementation: " + text + "}\n";
}

TEST(GenerateKeys, RowsReferToEarlierOnesOfTheirTable) {
  const Made made = Make(R"(
  - name: employees
    properties:
      - {name: id, logicalType: integer, physicalType: int, primaryKey: true, required: true}
      - {name: manager, logicalType: integer, physicalType: int,
         relationships: [{to: employees.id}]}
)",
                         "employees", 500);
  ASSERT_EQ(made.rows.size(), 500U) << made.error;
  EXPECT_EQ(made.rows[0].size(), 1U);  // nobody before
  for (size_t i = 1; i < 500; ++i) {
    ASSERT_EQ(made.rows[i].size(), 2U);
    EXPECT_LT(std::stoi(made.rows[i][1]), std::stoi(made.rows[i][0]));
  }
}

TEST(GenerateKeys, NamesChooseOnlyWhatTheTypeHolds) {
  // A card number has 16 digits and does not fit; a prefix and a number fit ten characters.
  const Made made = Make(R"(
  - name: members
    properties:
      - {name: card_number, logicalType: integer, physicalType: int, primaryKey: true,
         required: true}
      - {name: job_code, logicalType: string, physicalType: varchar(10), unique: true,
         required: true}
)",
                         "members", 700);
  ASSERT_EQ(made.rows.size(), 700U) << made.error;
  EXPECT_EQ(DistinctKeys(made, 1), 700U);
  for (const auto& row : made.rows) {
    EXPECT_LE(std::stoll(row[0]), INT32_MAX);
    EXPECT_LE(row[1].size(), 10U);
  }
}

std::string Seats(const std::string& state) {
  return R"(
  - name: seats
    quality:
      - metric: duplicateValues
        mustBe: 0
        arguments: {properties: [block, place]}
    properties:
      - {name: id, logicalType: integer, physicalType: bigint, primaryKey: true, required: true}
      - {name: block, logicalType: string, required: true,
         quality: [{metric: invalidValues, mustBe: 0, arguments: {validValues: [a, b, c]}}]}
      - {name: place, )" +
         state + "}\n";
}

TEST(GenerateKeys, UniqueColumnsOfSeveralTooWithoutAKey) {
  const std::string schema = Seats(
      "logicalType: integer, physicalType: int, logicalTypeOptions: {minimum: 1, maximum: 40}");
  const Made made = Make(schema, "seats", 120);
  std::set<std::string> places;
  for (const auto& row : made.rows) places.insert(row[1] + "," + row[2]);
  EXPECT_EQ(places.size(), 120U) << made.error;
  EXPECT_THAT(Make(schema, "seats", 121).error, HasSubstr("its key (block, place) has 120 values"));
}

TEST(GenerateKeys, RefusesAUniqueKeyThatMayRepeat) {
  const std::string error =
      Make(Seats("logicalType: string, customProperties: [{property: tamis.generate, value: "
                 "{provider: choice, values: [x, y], weights: [1, 2]}}]"),
           "seats", 4)
          .error;
  EXPECT_THAT(error, HasSubstr("its key (block, place) has 3 values"));
}

TEST(GenerateRules, DatesInOrder) {
  const Made made = Make(Loans(Rule("due_on > lent_on AND lent_on <> due_on") +
                               Rule("returned_on IS NULL OR lent_on <= returned_on")),
                         "loans", 2000);
  ASSERT_EQ(made.rows.size(), 2000U) << made.error;
  bool same_day = false;
  for (const auto& row : made.rows) {
    EXPECT_LT(row[0], row[1]);  // ISO dates compare as texts
    EXPECT_LE(row[0], row[2]);
    same_day |= row[0] == row[2];
  }
  EXPECT_TRUE(same_day);
}

TEST(GenerateRules, StaysBelowTheMaximum) {
  const Made made =
      Make(Loans(Rule("due_on >= lent_on"), ", logicalTypeOptions: {maximum: '2025-12-31'}"),
           "loans", 5000);
  ASSERT_EQ(made.rows.size(), 5000U) << made.error;
  for (const auto& row : made.rows) EXPECT_LE(row[1], "2025-12-31");
  EXPECT_THAT(Make(Loans(Rule("due_on > lent_on"), ", logicalTypeOptions: {maximum: '2025-12-31'}"),
                   "loans", 10)
                  .error,
              HasSubstr("column lent_on can be so large that column due_on can't follow it"));
}

TEST(GenerateRules, RefusesWhatItWouldBreakBeforeTheFirstRow) {
  const std::string error = Make(Loans(Rule("due_on <> lent_on OR lent_on < DATE '2001-01-01'") +
                                       Rule("year(due_on) > 2003")),
                                 "loans", 1000)
                                .error;
  EXPECT_THAT(error, HasSubstr("t.yaml:"));
  EXPECT_THAT(error, HasSubstr("generated rows would break the rule year(due_on) > 2003: in row "));
  EXPECT_THAT(error, HasSubstr("due_on = 200"));
}

TEST(GenerateRules, AfterNamesItsColumn) {
  const std::string schema = Loans(
      Rule("due_on > lent_on"),
      ", customProperties: [{property: tamis.generate, value: {provider: after, column: lent_on, "
      "from: 14, to: 14}}]");
  const Made made = Make(schema, "loans", 10);
  ASSERT_EQ(made.rows.size(), 10U) << made.error;
  EXPECT_THAT(
      Make(Loans(Rule("due_on > lent_on"),
                 ", customProperties: [{property: tamis.generate, value: {provider: after}}]") +
               "",
           "loans", 10)
          .error,
      "");
  EXPECT_THAT(Make(Loans(Rule("due_on IS NOT NULL"),
                         ", customProperties: [{property: tamis.generate, value: after}]"),
                   "loans", 10)
                  .error,
              HasSubstr("after which column does column due_on come?"));
}

}  // namespace
}  // namespace tamis
