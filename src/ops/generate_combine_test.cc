// Columns made of others: NULL, references, children, when, templates, expressions, nested ones.
#include <arrow/api.h>
#include <arrow/csv/api.h>
#include <arrow/io/memory.h>
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
    bool quoted = false;
    for (char c : line) {
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
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
  Status status = block.Fill(0, 100);
  return status.ok() ? "ok\n" : FormatError(status);
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
          - property: tamis.generate
            value: {provider: parent, of: customer_id, column: first_name}
  - name: lines
    properties:
      - name: order_id
        logicalType: integer
        physicalType: bigint
        primaryKey: true
        primaryKeyPosition: 1
        required: true
        relationships: [{to: orders.id}]
        customProperties:
          - property: tamis.generate
            value: {children: {values: [1, 2, 7], weights: [6, 3, 1]}}
      - name: line
        logicalType: integer
        physicalType: int
        primaryKey: true
        primaryKeyPosition: 2
        required: true
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

std::string TableOf(const std::string& columns) {
  return "  - name: t\n    properties:\n" + columns;
}

std::string ColumnOf(const std::string& name, const std::string& type,
                     const std::string& generate = "", const std::string& more = "") {
  std::string column = "      - {name: " + name + ", " + type;
  if (!generate.empty()) {
    column += ", customProperties: [{property: tamis.generate, value: " + generate + "}]";
  }
  return column + more + "}\n";
}

constexpr char kText[] = "logicalType: string";
constexpr char kWhole[] = "logicalType: integer, physicalType: bigint";
constexpr char kMoney[] = "logicalType: number, physicalType: 'decimal(10,2)'";

// Columns of every kind that can be NULL or is made of others.
std::string MixedTable() {
  return TableOf(
      ColumnOf("kind", kText, "{provider: choice, values: [a, b, c]}", ", required: true") +
      ColumnOf("n", kWhole, "{from: 0, to: 99, null_rate: 0.2}") +
      ColumnOf("far", kWhole, "{from: 0, to: 9000000000, null_rate: 0.5}") +
      ColumnOf("price", kMoney, "{from: 1, to: 500, null_rate: 0.1}") +
      ColumnOf("city", kText, "{null_rate: 0.3}") +
      ColumnOf("address", kText, "{null_rate: 0.25}") +
      ColumnOf("day", "logicalType: date", "{null_rate: 0.5}") +
      ColumnOf("flag", "logicalType: boolean", "{null_rate: 0.5}") +
      ColumnOf("real", "logicalType: number", "{null_rate: 0.5}") +
      ColumnOf("label", kText, "{provider: template, value: '{kind}-{n}: {city}'}") +
      ColumnOf("size", kText,
               "{when: [{if: \"kind = 'a'\", then: {provider: choice, values: "
               "[small, tiny]}}, {if: \"n < 50\", then: word}, {else: null}]}") +
      ColumnOf("score", kMoney,
               "{when: [{if: \"kind = 'a'\", from: 1, to: 2}, {else: {from: "
               "100, to: 200}}]}") +
      ColumnOf("long", kText, "{when: [{if: \"n > 20\", then: address}, {else: email}]}") +
      ColumnOf("twice", kWhole, "{provider: expression, value: n * 2}") +
      ColumnOf("sum", kMoney, "{provider: expression, value: price * n}") +
      ColumnOf("upper", kText,
               "{provider: expression, value: \"upper(kind) || coalesce(city, '?')\"}") +
      ColumnOf("quoted", kText,
               "{provider: expression, value: \"'\\\"' || CAST(far AS varchar) || ','\"}") +
      ColumnOf("half", "logicalType: number",
               "{provider: expression, value: 'CAST(far AS double) / 2'}"));
}

TEST(GenerateCombine, CsvAndArrowHoldTheSameValues) {
  auto contract = Read(MixedTable());
  auto program = Compile(*contract, "t");
  auto batch = BatchProgram::Make(program)->Rows(0, 1000).ValueOrDie();
  ASSERT_TRUE(batch->ValidateFull().ok());
  batch = DecodeDictionaries(*batch).ValueOrDie();
  auto read = arrow::csv::ReadOptions::Defaults();
  auto convert = arrow::csv::ConvertOptions::Defaults();
  for (const Column& column : contract->tables[0].columns) {
    read.column_names.push_back(column.name);
    convert.column_types[column.name] = column.type;
  }
  convert.null_values = {""};
  convert.strings_can_be_null = true;
  convert.quoted_strings_can_be_null = false;
  auto input = std::make_shared<arrow::io::BufferReader>(
      arrow::Buffer::FromString(CsvOf(*contract, "t", 0, 1000)));
  auto reader = arrow::csv::TableReader::Make(arrow::io::default_io_context(), input, read,
                                              arrow::csv::ParseOptions::Defaults(), convert)
                    .ValueOrDie();
  auto parsed = reader->Read().ValueOrDie()->CombineChunksToBatch().ValueOrDie();
  for (int i = 0; i < parsed->num_columns(); ++i) {
    EXPECT_TRUE(parsed->column(i)->Equals(*batch->column(i)))
        << parsed->column_name(i) << "\n"
        << parsed->column(i)->Slice(0, 5)->ToString() << batch->column(i)->Slice(0, 5)->ToString();
    const bool nullable = batch->column_name(i) != "kind" && batch->column_name(i) != "label" &&
                          batch->column_name(i) != "score" && batch->column_name(i) != "upper" &&
                          batch->column_name(i) != "long";
    EXPECT_EQ(batch->column(i)->null_count() > 0, nullable) << batch->column_name(i);
  }
}

TEST(GenerateCombine, RowsDoNotDependOnWhereABlockBegins) {
  for (const std::string& schema : {MixedTable(), std::string(kShop)}) {
    auto contract = Read(schema);
    const std::string table = contract->tables.back().name;
    int64_t rows = std::min<int64_t>(ContextOf(*contract).rows[table], 700);
    std::string whole = CsvOf(*contract, table, 0, rows), parts;
    for (int64_t first = 0; first < rows; first += 131) {
      parts += CsvOf(*contract, table, first, std::min<int64_t>(rows - first, 131));
    }
    EXPECT_EQ(parts, whole);
  }
}

// The same bytes today and in a year. A change here is a change of everybody's data: never edit a
// number.
TEST(GenerateCombine, ChecksumsStand) {
  auto mixed = Read(MixedTable());
  EXPECT_EQ(XxHash64(CsvOf(*mixed, "t", 0, 1000), 0), 5683397421340911031u);
  auto shop = Read(kShop);
  EXPECT_EQ(XxHash64(CsvOf(*shop, "customers"), 0), 16228443749608764515u);
  EXPECT_EQ(XxHash64(CsvOf(*shop, "orders"), 0), 4175938747723669908u);
  EXPECT_EQ(XxHash64(CsvOf(*shop, "lines"), 0), 3147080123023610349u);
}

TEST(GenerateCombine, WhenFollowsItsConditions) {
  auto contract = Read(MixedTable());
  std::map<std::string, size_t> at;
  for (const Column& column : contract->tables[0].columns) at.emplace(column.name, at.size());
  size_t small = 0;
  for (const auto& row : RowsOf(*contract, "t")) {
    const std::string& kind = row[at["kind"]];
    const std::string& size = row[at["size"]];
    if (kind == "a") {
      EXPECT_TRUE(size == "small" || size == "tiny");
      ++small;
    } else if (row[at["n"]].empty() || std::stoi(row[at["n"]]) >= 50) {
      EXPECT_EQ(size, "") << "no case, or a condition that is NULL";
    } else {
      EXPECT_FALSE(size.empty() || size == "small" || size == "tiny");
    }
  }
  EXPECT_GT(small, 250u);
}

TEST(GenerateCombine, NestedColumnsHaveAllTheirParts) {
  auto contract = Read(TableOf(
      "      - name: who\n        logicalType: object\n        customProperties: [{property: "
      "tamis.generate, value: {null_rate: 0.2}}]\n        properties:\n"
      "          - {name: first_name, logicalType: string, required: true}\n"
      "          - {name: greeting, logicalType: string, customProperties: [{property: "
      "tamis.generate, value: {provider: template, value: 'Hi {first_name}'}}]}\n"
      "      - name: tags\n        logicalType: array\n        items: {logicalType: string}\n"
      "        customProperties: [{property: tamis.generate, value: {from: 0, to: 4}}]\n"
      "      - name: points\n        logicalType: map\n        map: {key: {logicalType: string}, "
      "value: {logicalType: integer, physicalType: int}}\n"
      "        customProperties: [{property: tamis.generate, value: {from: 1, to: 3, keys: [x, y, "
      "z]}}]\n"));
  auto program = Compile(*contract, "t");
  auto batch = BatchProgram::Make(program)->Rows(3, 2000).ValueOrDie();
  ASSERT_TRUE(batch->ValidateFull().ok());
  const auto& who = static_cast<const arrow::StructArray&>(*batch->column(0));
  EXPECT_NEAR(static_cast<double>(who.null_count()), 400, 80);
  for (int64_t i = 0; i < 50; ++i) {
    std::string name = who.field(0)->GetScalar(i).ValueOrDie()->ToString();
    EXPECT_EQ(who.field(1)->GetScalar(i).ValueOrDie()->ToString(), "Hi " + name);
  }
  const auto& tags = static_cast<const arrow::ListArray&>(*batch->column(1));
  std::map<int64_t, int> lengths;
  for (int64_t i = 0; i < tags.length(); ++i) ++lengths[tags.value_length(i)];
  ASSERT_EQ(lengths.size(), 5u);
  for (const auto& [length, count] : lengths) EXPECT_NEAR(count, 400, 80) << length;
  const auto& points = static_cast<const arrow::MapArray&>(*batch->column(2));
  const auto& keys = static_cast<const arrow::StringArray&>(*points.keys());
  for (int64_t i = 0; i < points.length(); ++i) {
    std::set<std::string_view> seen;
    for (int64_t k = points.value_offset(i); k < points.value_offset(i + 1); ++k) {
      EXPECT_TRUE(seen.insert(keys.GetView(k)).second) << "a key twice";
    }
    EXPECT_TRUE(seen.size() >= 1 && seen.size() <= 3);
  }
  EXPECT_THAT(FormatError(CsvProgram::Make(program, FormatOptions()).status()),
              HasSubstr("can't be written as CSV (write jsonl, parquet or arrow)"));
}

TEST(GenerateCombine, NullHasTheTextOfTheFormat) {
  auto contract = Read(TableOf(ColumnOf("a", kWhole, "{from: 5, to: 5, null_rate: 1}") +
                               ColumnOf("b", kText, "{provider: uuid, null_rate: 1}")));
  Table table = contract->tables[0];
  auto text = [&] {
    auto program = CompileGenerator(table, 1).ValueOrDie();
    RowBlock block(*program);
    TextBuffer out;
    EXPECT_TRUE(CsvProgram::Make(program, table.format)->Write(0, 2, &block, &out).ok());
    return std::string(out.view());
  };
  EXPECT_EQ(text(), ",\n,\n");
  table.format.null_values = {"NULL"};
  EXPECT_EQ(text(), "NULL,NULL\nNULL,NULL\n");
  table.format.null_values = {};
  EXPECT_THAT(
      FormatError(CsvProgram::Make(CompileGenerator(table, 1).ValueOrDie(), table.format).status()),
      HasSubstr("column a can be NULL, and CSV with empty null_values has no text for it"));
}

TEST(GenerateCombine, CasesFitTheirColumn) {
  std::string kind = ColumnOf("kind", kText, "{provider: choice, values: [a, b]}");
  std::string cases = "{when: [{if: \"kind = 'a'\", then: street}, {else: {provider: constant, ";
  EXPECT_EQ(ErrorOf(TableOf(kind + ColumnOf("x", "logicalType: string, physicalType: varchar(60)",
                                            cases + "value: '" + std::string(55, 'x') + "'}}]}")),
                    "t"),
            "ok\n")
      << "only one of them is written";
  EXPECT_THAT(ErrorOf(TableOf(kind + ColumnOf("x", "logicalType: string, physicalType: varchar(9)",
                                              cases + "value: x}}]}")),
                      "t"),
              HasSubstr("generator street makes texts of up to"));
  EXPECT_THAT(ErrorOf(TableOf(kind + ColumnOf("x", "logicalType: integer, physicalType: smallint",
                                              "{when: [{if: \"kind = 'a'\", then: sequence}]}")),
                      "t"),
              HasSubstr("a case of when makes numbers that column x of type int16 can't hold"));
}

// A nested sequence grows with the rows as any other does.
TEST(GenerateCombine, NestedSequencesThatOutgrowTheirColumnAreRefused) {
  auto contract = Read(TableOf(
      "      - name: who\n        logicalType: object\n        properties:\n"
      "          - {name: id, logicalType: integer, physicalType: smallint, customProperties: "
      "[{property: tamis.generate, value: sequence}]}\n"));
  auto program = Compile(*contract, "t");
  EXPECT_TRUE(CheckRows(*program, 0, 32767).ok());
  EXPECT_THAT(FormatError(CheckRows(*program, 0, 32768)),
              HasSubstr("column id can't number 32768 rows: its type ends at 32767"));
}

TEST(GenerateCombine, UniqueTemplatesAreKnown) {
  auto table = [](const std::string& text) {
    return TableOf(
        ColumnOf("id", kWhole, "sequence") + ColumnOf("n", kWhole) +
        ColumnOf("code", kText, "{provider: template, value: '" + text + "'}", ", unique: true"));
  };
  EXPECT_EQ(ErrorOf(table("{id}-{n}"), "t"), "ok\n");
  EXPECT_EQ(ErrorOf(table("A{id}"), "t"), "ok\n");
  for (const char* text : {"{id}{n}", "{n}", "1{id}", "{n}-{id}-{n}"}) {
    EXPECT_THAT(ErrorOf(table(text), "t"),
                HasSubstr("column code must be unique, and generator template repeats values"));
  }
}

TEST(GenerateCombine, ErrorsPointAndHint) {
  auto error = [](const std::string& columns) { return ErrorOf(TableOf(columns), "t"); };
  EXPECT_THAT(error(ColumnOf("x", kText, "{provider: template, value: '{y}'}") +
                    ColumnOf("y", kText, "{provider: template, value: '{x}'}")),
              HasSubstr("columns need each other in a circle: t.x needs t.y needs t.x"));
  EXPECT_THAT(error(ColumnOf("x", kText, "{provider: template, value: '{z}'}")),
              HasSubstr("table t has no column z"));
  EXPECT_THAT(error(ColumnOf("x", kText, "{provider: template, value: '{x'}")),
              HasSubstr("a brace of the template has no other: {x ({name} is a column, {{ a"));
  EXPECT_THAT(error(ColumnOf("x", kWhole, "{null_rate: 0.1}", ", required: true")),
              HasSubstr("column x is required: it has no null_rate"));
  EXPECT_THAT(error(ColumnOf("x", kWhole, "{null_rate: 1.5}")),
              HasSubstr("null_rate is not a share: 1.5 (0 to 1, such as 0.05)"));
  EXPECT_THAT(error(ColumnOf("x", kWhole, "{provider: parent, of: x, column: y}")),
              HasSubstr("column x of table t refers to no table (it has no relationship)"));
  EXPECT_THAT(error(ColumnOf("x", kWhole, "child_number")),
              HasSubstr("rows of table t are no children of any table"));
  EXPECT_THAT(error(ColumnOf("x", kWhole, "{when: [{then: word}]}")),
              HasSubstr("a case of when has no condition"));
  EXPECT_THAT(error(ColumnOf("n", kWhole) +
                    ColumnOf("x", "logicalType: date", "{provider: expression, value: n + 1}")),
              HasSubstr("an expression of type int64 can't make column x of type date32[day]"));
  EXPECT_THAT(
      error(ColumnOf("n", kWhole) + ColumnOf("x", kWhole, "{provider: expression, value: m + 1}")),
      HasSubstr("table t has no column m"));
}

// What breaks a rule in a row that is really made is an error of that run, not a wrong row.
TEST(GenerateCombine, ExpressionsKeepTheRulesOfTheirColumn) {
  std::string columns = ColumnOf("n", kWhole, "{from: 1, to: 9000000000}") +
                        ColumnOf("x", kWhole, "{provider: expression, value: n * 2}",
                                 ", logicalTypeOptions: {maximum: 100}");
  EXPECT_THAT(ErrorOf(TableOf(columns), "t"),
              HasSubstr("the expression makes a value that column x must not have: "));
  columns = ColumnOf("n", kWhole, "{from: 0, to: 3}") +
            ColumnOf("x", kWhole, "{provider: expression, value: 10 // n}");
  EXPECT_NE(ErrorOf(TableOf(columns), "t"), "ok\n");
}

}  // namespace
}  // namespace tamis
