// Columns made of others: NULL, references, children, when, templates, expressions, nested ones.
#include <arrow/api.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/dictionary.h"
#include "base/hash.h"
#include "contract/odcs.h"
#include "ops/generate_batch.h"
#include "ops/generate_compile.h"
#include "ops/generate_text.h"
#include "ops/words.h"

namespace tamis {
namespace {

using testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

std::shared_ptr<const Contract> Read(const std::string& schema) {
  std::string text =
      "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n" +
      schema;
  auto contract = ParseContract(std::make_shared<SourceText>(SourceText{"t.yaml", text}));
  EXPECT_TRUE(contract.ok()) << FormatError(contract.status());
  return std::make_shared<const Contract>(std::move(contract).ValueOrDie());
}

GenerateContext ContextOf(const Contract& contract, RowRequest request = {}) {
  request.seed = 7;
  GenerateContext context;
  context.contract = &contract;
  context.rows = CountRows(contract, request).ValueOrDie();
  context.seed = 7;
  return context;
}

std::shared_ptr<const RowProgram> Compile(const Contract& contract, const std::string& table) {
  return CompileGenerator(*contract.FindTable(table).ValueOrDie(), ContextOf(contract))
      .ValueOrDie();
}

std::string CsvOf(const Contract& contract, const std::string& table, int64_t first = 0,
                  int64_t count = -1) {
  auto program = Compile(contract, table);
  CsvProgram csv =
      CsvProgram::Make(program, contract.FindTable(table).ValueOrDie()->format).ValueOrDie();
  RowBlock block(*program);
  TextBuffer text;
  if (count < 0) count = ContextOf(contract).rows[table];
  Status status = CheckRows(*program, first, count);
  EXPECT_TRUE(status.ok()) << FormatError(status);
  status = csv.Write(first, count, &block, &text);
  EXPECT_TRUE(status.ok()) << FormatError(status);
  return std::string(text.view());
}

Rows RowsOf(const Contract& contract, const std::string& table) {
  Rows rows;
  for (const std::string& line : SplitWords(CsvOf(contract, table), '\n')) {
    std::vector<std::string> fields = {""};
    for (char c : line) {
      if (c == ',') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
    rows.push_back(std::move(fields));
  }
  return rows;
}

std::string ErrorOf(const std::string& schema, const std::string& table) {
  auto contract = Read(schema);
  RowRequest request;
  request.seed = 7;
  GenerateContext context;
  context.contract = contract.get();
  auto rows = CountRows(*contract, request);
  if (!rows.ok()) return FormatError(rows.status());
  context.rows = *rows;
  context.seed = 7;
  auto program = CompileGenerator(*contract->FindTable(table).ValueOrDie(), context);
  if (!program.ok()) return FormatError(program.status());
  RowBlock block(**program);
  return FormatError(block.Fill(0, 100));
}

constexpr char kShop[] = R"(
  - name: customers
    customProperties: [{property: tamis.generate, value: {rows: 100}}]
    properties:
      - {name: id, logicalType: integer, physicalType: bigint, primaryKey: true, required: true}
      - {name: first_name, logicalType: string, required: true}
  - name: orders
    properties:
      - {name: id, logicalType: integer, physicalType: bigint, primaryKey: true, required: true}
      - name: customer_id
        logicalType: integer
        physicalType: bigint
        required: true
        relationships: [{to: customers.id}]
        customProperties: [{property: tamis.generate, value: {children: {from: 0, to: 5}}}]
      - name: customer_name
        logicalType: string
        required: true
        customProperties:
          - {property: tamis.generate, value: {provider: parent, of: customer_id, column: first_name}}
  - name: lines
    properties:
      - name: order_id
        logicalType: integer
        physicalType: bigint
        primaryKey: true
        primaryKeyPosition: 1
        required: true
        relationships: [{to: orders.id}]
        customProperties: [{property: tamis.generate, value: {children: {values: [1, 2, 7], weights: [6, 3, 1]}}}]
      - {name: line, logicalType: integer, physicalType: int, primaryKey: true, primaryKeyPosition: 2, required: true}
)";

TEST(GenerateCombine, ChildrenAreInExactProportions) {
  auto contract = Read(kShop);
  RowRequest request;
  request.seed = 7;
  request.by_table["customers"] = 60000;
  EXPECT_NEAR(static_cast<double>(CountRows(*contract, request).ValueOrDie()["orders"]), 150000,
              6000 * 2.5);
  std::map<std::string, int> children;
  for (const auto& row : RowsOf(*contract, "orders")) ++children[row[1]];
  for (const auto& [id, count] : children) EXPECT_LE(count, 5) << id;
  EXPECT_GT(children.size(), 60u);
}

TEST(GenerateCombine, ParentsColumnsAreThoseOfTheirTable) {
  auto contract = Read(kShop);
  std::map<std::string, std::string> names;
  for (const auto& row : RowsOf(*contract, "customers")) names[row[0]] = row[1];
  Rows orders = RowsOf(*contract, "orders");
  ASSERT_GT(orders.size(), 200u);
  for (const auto& row : orders) {
    ASSERT_TRUE(names.count(row[1]));
    EXPECT_EQ(row[2], names[row[1]]);
  }
}

TEST(GenerateCombine, WrongOptionsAreRefused) {
  std::string shop = kShop;
  EXPECT_THAT(
      ErrorOf(std::string(shop).replace(shop.find("of: customer_id"), 15, "of: id"), "orders"),
      HasSubstr("column id of table orders refers to no table (those that do: customer_id)"));
}

TEST(GenerateCombine, ChildrenAreNumbered) {
  auto contract = Read(kShop);
  std::set<std::string> orders;
  for (const auto& row : RowsOf(*contract, "orders")) orders.insert(row[0]);
  std::map<std::string, std::vector<std::string>> lines;
  for (const auto& row : RowsOf(*contract, "lines")) lines[row[0]].push_back(row[1]);
  EXPECT_EQ(lines.size(), orders.size()) << "every order has a line at least";
  for (const auto& [order, numbers] : lines) {
    EXPECT_TRUE(orders.count(order));
    for (size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], std::to_string(i + 1));
  }
}

}  // namespace
}  // namespace tamis
