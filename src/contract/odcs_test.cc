// Contracts in: what they mean, or the whole message of what is wrong with them.
#include "contract/odcs.h"

#include <arrow/type.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/source_text.h"

namespace tamis {
namespace {

constexpr const char* kHead =
    "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\n";  // lines 1 to 4

Result<Contract> Parse(std::string text) {
  return ParseContract(std::make_shared<const SourceText>(SourceText{"c", std::move(text)}));
}

std::string Message(const Result<Contract>& contract) {
  if (contract.ok()) return "";
  const std::string whole = FormatError(contract.status());
  return whole.substr(0, whole.find('\n'));
}

/// The message for a contract whose line 5 and following are `rest`.
std::string Error(const std::string& rest) { return Message(Parse(kHead + rest)); }

/// The message for one column, which begins in line 7 at column 8.
std::string ColumnError(const std::string& column) {
  return Error("schema:\n  - {name: t, properties: [\n       " + column + "]}\n");
}

Result<Column> ParseColumn(const std::string& column) {
  ARROW_ASSIGN_OR_RAISE(
      Contract contract,
      Parse(std::string(kHead) + "schema:\n  - {name: t, properties: [" + column + "]}\n"));
  return contract.tables[0].columns[0];
}

TEST(Odcs, WholeMessageWithItsLine) {
  const auto contract = Parse(std::string(kHead) + "schema:\n  - name: t\n    colums: []\n");
  EXPECT_EQ(FormatError(contract.status()),
            "c:7:5: unknown key: colums\n      colums: []\n      ^\n");
  const auto near = Parse(std::string(kHead) + "schema:\n  - name: t\n    propertys: []\n");
  EXPECT_EQ(FormatError(near.status()),
            "c:7:5: unknown key: propertys (did you mean properties?)\n"
            "      propertys: []\n      ^\n");
}

TEST(Odcs, NotAContract) {
  EXPECT_EQ(
      Message(Parse("a: 1\n")),
      "c:1:1: a contract needs the key apiVersion (begin with `apiVersion: v3.1.0` and `kind: "
      "DataContract`)");
  EXPECT_EQ(Message(Parse("- a\n")), "c:1:1: a contract: expected a mapping, found a list");
  EXPECT_EQ(Message(Parse("dataContractSpecification: 1.1.0\n")),
            "c:1:1: this is a Data Contract Specification, not ODCS (`datacontract export odcs` "
            "converts it)");
  EXPECT_EQ(Message(Parse("steps: {}\n")), "c:1:1: this is a pipeline, not a contract");
  EXPECT_EQ(Message(Parse("apiVersion: v2.2.2\nkind: DataContract\n")),
            "c:1:13: unknown apiVersion: v2.2.2 (known: v3.0.0, v3.0.1, v3.0.2, v3.1.0, v3.2.0)");
  EXPECT_EQ(Message(Parse("apiVersion: v3.1.0\nkind: Datacontract\n")),
            "c:2:7: unknown kind: Datacontract (did you mean DataContract?)");
  EXPECT_EQ(Message(Parse("apiVersion: v3.1.0\nkind: DataContract\nid: x\n")),
            "c:1:1: a contract needs the key version");
}

TEST(Odcs, KeysOfTheStandardOnly) {
  EXPECT_EQ(Error("x-team: a\n"),
            "c:5:1: unknown key: x-team (ODCS has no x- keys; put it into customProperties)");
  EXPECT_EQ(Error("servers: [{server: a, type: locl, path: x, format: csv}]\n"),
            "c:5:29: unknown server type: locl (did you mean local?)");
  EXPECT_EQ(Error("servers: [{server: a, type: local, path: x}]\n"),
            "c:5:11: a server needs the key format");
  EXPECT_EQ(
      Error("servers: [{server: a, type: local, path: x, format: csv, hosst: y}]\n").substr(0, 27),
      "c:5:58: unknown key: hosst ");
  EXPECT_EQ(Error("team: {members: [{usrname: ada}]}\n"),
            "c:5:19: unknown key: usrname (did you mean username?)");
  EXPECT_EQ(Error("tags: a\n"), "c:5:7: tags: expected a list, found \"a\"");
  EXPECT_EQ(Error("schema:\n  - {name: t}\n  - {name: t}\n"),
            "c:7:12: duplicate schema name: t (first in line 6)");
  EXPECT_EQ(ColumnError("{name: a}, {name: a}"), "c:7:26: duplicate column: a (first in line 7)");
  EXPECT_EQ(ColumnError("{logicalType: string}"), "c:7:8: a property needs the key name");
  EXPECT_EQ(ColumnError("{name: a, required: yes}"),
            "c:7:28: required: expected true or false, found \"yes\"");
}

TEST(Odcs, Types) {
  auto type = [](const std::string& column) {
    auto parsed = ParseColumn("{name: a, " + column + "}");
    return parsed.ok() ? parsed->type->ToString() : FormatError(parsed.status());
  };
  EXPECT_EQ(type("logicalType: integer"), "int64");
  EXPECT_EQ(type("logicalType: integer, physicalType: INT"), "int32");
  EXPECT_EQ(type("logicalType: integer, logicalTypeOptions: {format: u16}"), "uint16");
  EXPECT_EQ(type("logicalType: number"), "double");
  EXPECT_EQ(type("logicalType: number, physicalType: 'decimal(10,2)'"), "decimal128(10, 2)");
  EXPECT_EQ(type("logicalType: integer, physicalType: numeric(5)"), "decimal128(5, 0)");
  EXPECT_EQ(type("logicalType: number, physicalType: bigint"), "int64");
  EXPECT_EQ(type("logicalType: timestamp"), "timestamp[us, tz=UTC]");
  EXPECT_EQ(type("logicalType: timestamp, physicalType: timestamp_ntz"), "timestamp[us]");
  EXPECT_EQ(type("logicalType: timestamp, logicalTypeOptions: {timezone: false}"), "timestamp[us]");
  EXPECT_EQ(type("logicalType: date"), "date32[day]");
  EXPECT_EQ(type("logicalType: time"), "time64[us]");
  EXPECT_EQ(type("description: x"), "string");
  EXPECT_EQ(type("physicalType: array<int>"), "list<item: int32>");
  EXPECT_EQ(type("logicalType: array, items: {logicalType: boolean}"), "list<item: bool>");
  EXPECT_EQ(type("logicalType: object, properties: [{name: x, logicalType: date}, {name: y}]"),
            "struct<x: date32[day], y: string>");
  EXPECT_EQ(ParseColumn("{name: a, physicalType: varchar(7)}")->physical_length, 7);
  EXPECT_EQ(ParseColumn("{name: a, physicalType: uuid}")->format, "uuid");
}

TEST(Odcs, TypesThatContradict) {
  EXPECT_EQ(ColumnError("{name: a, logicalType: integer, physicalType: varchar(3)}"),
            "c:7:54: physicalType varchar(3) contradicts logicalType integer (it is of logicalType "
            "string)");
  EXPECT_EQ(ColumnError("{name: a, logicalType: integer, physicalType: 'decimal(4,1)'}"),
            "c:7:54: physicalType decimal(4,1) contradicts logicalType integer (it is of "
            "logicalType number)");
  EXPECT_EQ(ColumnError("{name: a, physicalType: varcha(3)}"),
            "c:7:32: unknown physicalType: varcha(3) (did you mean varchar?)");
  EXPECT_EQ(ColumnError("{name: a, physicalType: decimal}"),
            "c:7:32: a decimal needs its precision and scale: decimal (databases differ in what "
            "they assume; write decimal(18,2))");
  EXPECT_EQ(ColumnError("{name: a, physicalType: 'decimal(39,2)'}").substr(0, 31),
            "c:7:32: a decimal has 1 to 38 d");
  EXPECT_EQ(ColumnError("{name: a, physicalType: int, logicalTypeOptions: {format: i64}}"),
            "c:7:66: format i64 contradicts physicalType int");
  EXPECT_EQ(
      ColumnError("{name: a, logicalType: int}"),
      "c:7:31: unknown logicalType: int (known: string, integer, number, boolean, date, timestamp, "
      "time, object, array, map, vector)");
  // Flow style ends a value at the comma.
  EXPECT_EQ(ColumnError("{name: a, physicalType: decimal(4,1)}"),
            "c:7:42: unknown key: 1) (a comma ends a value between { and }; quote the value)");
  EXPECT_EQ(ColumnError("{name: a, logicalType: object}"),
            "c:7:15: the column a is of logicalType object, but its parts are not said (add "
            "properties)");
  EXPECT_EQ(ColumnError("{name: a, logicalType: string, items: {logicalType: string}}"),
            "c:7:46: items belongs to logicalType array, not string");
  EXPECT_EQ(ColumnError("{name: a, physicalType: array<int>, items: {physicalType: bigint}}"),
            "c:7:32: physicalType array<int> contradicts the parts, which are array<bigint>");
}

TEST(Odcs, MultipleOfIsWrittenAsItWas) {
  const std::string column =
      "{name: a, physicalType: 'decimal(9,3)', logicalTypeOptions: {multipleOf: 0.250}}";
  auto contract =
      Parse(std::string(kHead) + "schema:\n  - {name: t, properties: [" + column + "]}\n");
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  EXPECT_TRUE(contract->warnings.empty());
  const std::string text = WriteContract(*contract);
  EXPECT_NE(text.find("multipleOf: 0.250\n"), std::string::npos) << text;
  EXPECT_EQ(Parse(text)->tables[0].columns[0].multiple_of->text, "0.250");
}

TEST(Odcs, TextFormats) {
  const std::string text = "{name: a, logicalType: string, logicalTypeOptions: ";
  EXPECT_EQ(ColumnError(text + "{format: emial}}"),
            "c:7:68: unknown format: emial (did you mean email?)");
  const auto contract = Parse(std::string(kHead) + "schema:\n  - {name: t, properties: [\n       " +
                              text + "{format: phone}}]}\n");
  ASSERT_TRUE(contract.ok());
  EXPECT_EQ(contract->warnings,
            std::vector<std::string>{"c:7:68: format phone is kept, but not checked"});
  EXPECT_EQ(contract->tables[0].columns[0].format, "phone");
  EXPECT_EQ(ColumnError(text + "{format: ipv6}}"), "");
}

TEST(Odcs, NamesThatDifferInLetterCase) {
  const auto contract =
      Parse(std::string(kHead) +
            "schema:\n  - {name: t, properties: [\n       {name: a}, {name: B}, {name: A}]}\n");
  ASSERT_TRUE(contract.ok());
  EXPECT_EQ(contract->warnings,
            std::vector<std::string>{"c:7:37: the columns a and A differ only in letter case: SQL "
                                     "and Hive can't tell them apart"});
}

TEST(Odcs, Bounds) {
  auto column = ParseColumn(
      "{name: a, physicalType: 'decimal(10,2)', logicalTypeOptions: {minimum: 1e1, "
      "exclusiveMaximum: 99.5, multipleOf: 5}}");
  ASSERT_TRUE(column.ok()) << FormatError(column.status());
  EXPECT_EQ(column->minimum->text, "10.00");
  EXPECT_FALSE(column->minimum->exclusive);
  EXPECT_EQ(column->maximum->text, "99.50");
  EXPECT_TRUE(column->maximum->exclusive);
  EXPECT_EQ(column->multiple_of->text, "5");
  // The stricter of two bounds holds.
  column = ParseColumn(
      "{name: a, logicalType: integer, logicalTypeOptions: {minimum: 3, exclusiveMinimum: 3, "
      "maximum: 7, exclusiveMaximum: 9}}");
  EXPECT_TRUE(column->minimum->exclusive);
  EXPECT_EQ(column->maximum->text, "7");

  const std::string integer = "{name: a, logicalType: integer, logicalTypeOptions: ";
  EXPECT_EQ(ColumnError(integer + "{minimum: 5, maximum: 4}}"),
            "c:7:82: no value is allowed: the minimum is 5, the maximum is 4");
  EXPECT_EQ(ColumnError(integer + "{minimum: 5, exclusiveMaximum: 5}}"),
            "c:7:91: no value is allowed: the minimum is 5, the maximum is 5 (exclusive)");
  // Bounds that differ may leave no value either.
  EXPECT_EQ(ColumnError(integer + "{exclusiveMinimum: 1, exclusiveMaximum: 2}}"),
            "c:7:100: no value is allowed: the minimum is 1 (exclusive), the maximum is 2 "
            "(exclusive)");
  EXPECT_EQ(ColumnError(integer + "{exclusiveMinimum: 1, maximum: 2}}"), "");
  EXPECT_EQ(ColumnError("{name: a, logicalType: date, logicalTypeOptions: {exclusiveMinimum: "
                        "2026-01-31, exclusiveMaximum: 2026-02-01}}"),
            "c:7:106: no value is allowed: the minimum is 2026-01-31 (exclusive), the maximum is "
            "2026-02-01 (exclusive)");
  EXPECT_EQ(ColumnError("{name: a, physicalType: 'decimal(4,1)', logicalTypeOptions: "
                        "{exclusiveMinimum: 1, exclusiveMaximum: 1.2}}"),
            "");
  EXPECT_EQ(ColumnError(integer + "{minimum: 0.5}}"),
            "c:7:70: minimum: not a value of the type bigint: 0.5");
  EXPECT_EQ(ColumnError(integer + "{exclusiveMinimum: true}}"),
            "c:7:79: exclusiveMinimum: expected a bound, found \"true\" (it was true or false in "
            "v3.0 only)");
  EXPECT_EQ(ColumnError(integer + "{minimun: 5}}"),
            "c:7:61: unknown key: minimun (did you mean minimum?)");
  EXPECT_EQ(ColumnError(integer + "{multipleOf: 0}}"),
            "c:7:73: multipleOf: expected more than 0, found 0");
  EXPECT_EQ(ColumnError("{name: a, physicalType: double, logicalTypeOptions: {multipleOf: 0.1}}"),
            "c:7:73: multipleOf needs an integer or decimal column, not double (give the column a "
            "physicalType such as decimal(18, 2))");
  EXPECT_EQ(ColumnError("{name: a, physicalType: tinyint, logicalTypeOptions: {maximum: 128}}"),
            "c:7:71: maximum: not a value of the type tinyint: 128");
  EXPECT_EQ(ColumnError("{name: a, logicalType: date, logicalTypeOptions: {minimum: 2026-02-30}}"),
            "c:7:67: minimum: not a value of the type date: 2026-02-30");
  EXPECT_EQ(ColumnError("{name: a, logicalType: timestamp, logicalTypeOptions: {minimum: "
                        "2026-01-02T00:00:00Z, maximum: '2026-01-02 01:00:00+02:00'}}"),
            "c:7:103: no value is allowed: the minimum is 2026-01-02T00:00:00Z, the maximum is "
            "2026-01-02 01:00:00+02:00");
}

TEST(Odcs, TextRules) {
  EXPECT_EQ(ColumnError("{name: a, logicalTypeOptions: {minLength: 3, maxLength: 2}}"),
            "c:7:64: maxLength 2 is below minLength 3");
  EXPECT_EQ(ColumnError("{name: a, physicalType: char(2), logicalTypeOptions: {minLength: 3}}"),
            "c:7:73: minLength 3 contradicts physicalType char(2)");
  EXPECT_EQ(ColumnError("{name: a, logicalTypeOptions: {pattern: 'a(b'}}"),
            "c:7:48: pattern: missing ): a(b (RE2 syntax; it has no look-around and no "
            "back-references)");
  EXPECT_EQ(ColumnError("{name: a, logicalTypeOptions: {pattern: '(?=x)'}}").substr(0, 36),
            "c:7:48: pattern: invalid perl operat");
}

TEST(Odcs, EnumsInBothWays) {
  auto old = ParseColumn(
      "{name: a, physicalType: int, quality: [{metric: invalidValues, mustBe: 0, arguments: "
      "{validValues: [1, 2]}}]}");
  ASSERT_TRUE(old.ok()) << FormatError(old.status());
  EXPECT_EQ(old->enum_values, (std::vector<std::string>{"1", "2"}));
  auto contract = Parse(
      "apiVersion: v3.2.0\nkind: DataContract\nid: t\nversion: 1.0.0\nschema: [{name: t, "
      "properties: [{name: a, enum: [{value: x}, {value: null}]}]}]\n");
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  EXPECT_EQ(contract->tables[0].columns[0].enum_values, std::vector<std::string>{"x"});
  EXPECT_TRUE(contract->warnings.empty());
  // Newer than the contract says it is: accepted, with a warning.
  contract = Parse(std::string(kHead) +
                   "schema: [{name: t, properties: [{name: a, enum: [{value: "
                   "x}]}]}]\n");
  ASSERT_TRUE(contract.ok());
  EXPECT_EQ(contract->warnings,
            std::vector<std::string>{"c:5:43: enum is new in v3.2.0, newer than "
                                     "the contract's apiVersion"});
  EXPECT_EQ(ColumnError("{name: a, physicalType: int, enum: [{value: x}]}"),
            "c:7:52: enum: not a value of the type int: x");
  EXPECT_EQ(ColumnError("{name: a, physicalType: int, logicalTypeOptions: {maximum: 3}, enum: "
                        "[{value: 3}, {value: 5}]}"),
            "c:7:98: enum: 5 lies outside the bounds: the maximum is 3");
  EXPECT_EQ(ColumnError("{name: a, enum: [{value: x}, {value: x}]}"),
            "c:7:45: enum: duplicate value: x");
  EXPECT_EQ(ColumnError("{name: a, required: true, enum: [{value: null}]}"),
            "c:7:49: enum: null contradicts required: true");
}

TEST(Odcs, PrimaryKeys) {
  auto contract = Parse(std::string(kHead) +
                        "schema: [{name: t, properties: [{name: a, primaryKey: true, "
                        "primaryKeyPosition: 2}, {name: b}, {name: c, primaryKey: true, "
                        "primaryKeyPosition: 1}]}]\n");
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  EXPECT_EQ(contract->tables[0].PrimaryKey(), (std::vector<std::string>{"c", "a"}));
  EXPECT_TRUE(contract->tables[0].columns[0].required);
  EXPECT_FALSE(contract->tables[0].columns[1].required);
  EXPECT_EQ(ColumnError("{name: a, primaryKey: true, primaryKeyPosition: 1}, {name: b, primaryKey: "
                        "true, primaryKeyPosition: 1}"),
            "c:7:108: duplicate primaryKeyPosition: 1 (the column a has it already)");
  EXPECT_EQ(ColumnError("{name: a, primaryKeyPosition: 1}"),
            "c:7:38: primaryKeyPosition without primaryKey: true");
  EXPECT_EQ(ColumnError("{name: a, primaryKey: true, primaryKeyPosition: 1}, {name: b, primaryKey: "
                        "true}"),
            "c:6:12: some columns of the primary key have a primaryKeyPosition, some have none");
}

// The full example of the standard has such a column.
TEST(Odcs, KeyColumnThatIsSaidToBeOptional) {
  auto contract = Parse(std::string(kHead) +
                        "schema: [{name: t, properties: [{name: a, primaryKey: true, required: "
                        "false}, {name: b, primaryKey: false, required: false}]}]\n");
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  EXPECT_TRUE(contract->tables[0].columns[0].required);
  EXPECT_EQ(contract->warnings,
            std::vector<std::string>{"c:5:71: required: false has no effect on a: a column of the "
                                     "primary key is always required"});
}

TEST(Odcs, Relationships) {
  const std::string two =
      "schema:\n  - {name: customers, id: cust, properties: [{name: id, id: cid}, {name: x}]}\n"
      "  - {name: orders, properties: [{name: customer";
  auto error = [&](const std::string& to) {
    return Error(two + ", relationships: [{to: " + to + "}]}]}\n");
  };
  EXPECT_EQ(error("customers.id"), "");
  EXPECT_EQ(error("schema/cust/properties/cid"), "");
  EXPECT_EQ(error("other.yaml#/schema/a/properties/b"), "");
  EXPECT_EQ(error("custmers.id"), "c:7:71: unknown table: custmers (did you mean customers?)");
  EXPECT_EQ(error("customers.idd"), "c:7:71: unknown column: idd in customers (did you mean id?)");
  EXPECT_EQ(error("id"), "c:7:71: to: expected TABLE.COLUMN, found id");
  EXPECT_EQ(error("[customers.id, customers.x]"), "c:7:66: 1 column cannot refer to 2");
  auto contract = Parse(kHead + two +
                        "}, {name: y}], relationships: [{from: [orders.customer, orders.y], to: "
                        "[customers.id, customers.x]}]}\n");
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  const Relationship& both = contract->tables[1].relationships.at(0);
  EXPECT_EQ(both.columns, (std::vector<std::string>{"customer", "y"}));
  EXPECT_EQ(both.to_table, "customers");
  EXPECT_EQ(both.to_columns, (std::vector<std::string>{"id", "x"}));
}

TEST(Odcs, RowRules) {
  auto error = [](const std::string& rule) {
    return Error(
        "schema:\n  - name: t\n    properties: [{name: a, physicalType: int}, {name: b}]\n"
        "    quality:\n      - {type: custom, engine: tamis, implementation: " +
        rule + "}\n");
  };
  EXPECT_EQ(error("a > 1 AND length(b) < a"), "");
  EXPECT_EQ(error("a > c"), "c:9:59: unknown column: c (did you mean a?)");
  EXPECT_EQ(error("a + 1"),
            "c:9:55: a row rule must be true or false, this one is of the type bigint");
  EXPECT_EQ(error("[a]"), "c:9:55: implementation: expected text, found a list");
  EXPECT_EQ(error("'a >'").substr(0, 7), "c:9:59:");
  auto contract = Parse(std::string(kHead) +
                        "schema:\n  - name: t\n    properties:\n      - name: a\n        quality: "
                        "[{type: custom, engine: tamis, implementation: a <> 'x', name: no x}]\n");
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  EXPECT_EQ(contract->tables[0].row_rules.at(0).name, "no x");
  EXPECT_EQ(contract->tables[0].row_rules.at(0).expression, "a <> 'x'");
}

TEST(Odcs, TableRules) {
  auto table = [](const std::string& rule) {
    return "schema:\n  - name: t\n    properties: [{name: a}, {name: b}]\n    quality:\n      - " +
           rule + "\n";
  };
  EXPECT_EQ(Error(table("{metric: rowCount, mustBeGreaterThan: 0}")), "");
  EXPECT_EQ(Error(table("{metric: rowCont, mustBe: 0}")),
            "c:9:18: unknown metric: rowCont (did you mean rowCount?)");
  EXPECT_EQ(Error(table("{metric: rowCount}")),
            "c:9:9: the rule needs a comparison (such as mustBe: 0 or mustBeLessThan: 5)");
  EXPECT_EQ(Error(table("{metric: rowCount, mustBe: 1, mustNotBe: 2}")),
            "c:9:50: mustNotBe and mustBe cannot stand together (write two rules)");
  EXPECT_EQ(Error(table("{metric: rowCount, mustBeBetween: [2, 1]}")),
            "c:9:43: mustBeBetween: the smaller number stands first");
  EXPECT_EQ(Error(table("{metric: nullValues, mustBe: 0}")),
            "c:9:18: nullValues belongs to a property, not to the schema");
  EXPECT_EQ(Error(table("{metric: duplicateValues, mustBe: 0, arguments: {properties: [a, c]}}")),
            "c:9:18: unknown column: c (did you mean a?)");
  EXPECT_EQ(Error(table("{metric: rowCount, mustBe: 0, unit: percent}")),
            "c:9:45: a rowCount is not a percentage");
  EXPECT_EQ(Error(table("{type: sqll, query: x}")),
            "c:9:16: unknown quality type: sqll (did you mean sql?)");
  EXPECT_EQ(Error(table("{type: custom, engine: tamiss, implementation: x}")),
            "c:9:32: unknown engine: tamiss (did you mean tamis?)");
  EXPECT_EQ(ColumnError("{name: a, quality: [{metric: rowCount, mustBe: 0}]}"),
            "c:7:37: rowCount belongs to the schema, not to a property");
  EXPECT_EQ(ColumnError("{name: a, quality: [{metric: invalidValues, mustBe: 0}]}"),
            "c:7:28: invalidValues needs arguments: validValues or pattern");
}

TEST(Odcs, TamisProperties) {
  auto format = [](const std::string& value) {
    return Error(
        "schema:\n  - name: t\n    customProperties:\n      - {property: tamis.format, "
        "value: " +
        value + "}\n");
  };
  EXPECT_EQ(format("{delimiter: \";\", quote: \"'\", null_values: [NA, \"\"]}"), "");
  EXPECT_EQ(format("{delimter: x}"), "c:8:42: unknown key: delimter (did you mean delimiter?)");
  EXPECT_EQ(format("{delimiter: '\"'}"), "c:8:41: delimiter and quote are both \"");
  EXPECT_EQ(format("{comment: ','}"), "c:8:41: delimiter and comment are both ,");
  EXPECT_EQ(format("{header: yes}"), "c:8:50: header: expected true or false, found \"yes\"");
  EXPECT_EQ(format("{encoding: utf-16}"),
            "c:8:52: unknown encoding: utf-16 (known: utf-8, latin-1)");
  EXPECT_EQ(format("{timestamp_zone: ../etc}").substr(0, 44),
            "c:8:58: timestamp_zone: not a time zone: ../");
  EXPECT_EQ(Error("customProperties: [{property: tamis.format, value: {}}]\n"),
            "c:5:31: tamis.format has no meaning here (it belongs to a server, a schema or a "
            "property)");
  EXPECT_EQ(ColumnError("{name: a, customProperties: [{property: tamis.genrate, value: x}]}"),
            "c:7:48: unknown custom property: tamis.genrate (did you mean tamis.generate?)");
  EXPECT_EQ(ColumnError("{name: a, customProperties: [{property: tamis.format, value: {offset: 0, "
                        "width: 4}}]}, {name: b}"),
            "c:7:102: the column b needs tamis.format: {offset, width} as the others");
  EXPECT_EQ(
      ColumnError("{name: a, customProperties: [{property: tamis.format, value: {offset: 0, "
                  "width: 4}}]}, {name: b, customProperties: [{property: tamis.format, value: "
                  "{offset: 3, width: 4}}]}"),
      "c:7:102: the column b overlaps the column a");
}

TEST(Odcs, FormatComesFromTheServer) {
  auto contract =
      Parse(std::string(kHead) +
            "servers: [{server: s, type: s3, location: 's3://b', format: csv, delimiter: "
            "'|', customProperties: [{property: tamis.format, value: {quote: none}}]}]\n"
            "schema: [{name: t, customProperties: [{property: tamis.format, value: "
            "{header: false}}]}]\n");
  ASSERT_TRUE(contract.ok()) << FormatError(contract.status());
  const FormatOptions& format = contract->tables[0].format;
  EXPECT_EQ(format.format, "csv");
  EXPECT_EQ(format.delimiter, '|');
  EXPECT_EQ(format.quote, '\0');
  EXPECT_FALSE(format.header);
}

/// The contracts of test/contracts: what is written reads back as the same.
TEST(Odcs, RoundTrip) {
  int count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(TAMIS_SOURCE_DIR) + "/test/contracts")) {
    auto source = ReadSourceText(entry.path());
    ASSERT_TRUE(source.ok());
    auto first = ParseContract(*source);
    ASSERT_TRUE(first.ok()) << FormatError(first.status());
    const std::string text = WriteContract(*first);
    auto second = Parse(text);
    ASSERT_TRUE(second.ok()) << FormatError(second.status()) << text;
    EXPECT_EQ(WriteContract(*second), text);
    ASSERT_EQ(first->tables.size(), second->tables.size());
    for (size_t i = 0; i < first->tables.size(); ++i) {
      const Table &a = first->tables[i], &b = second->tables[i];
      EXPECT_TRUE(a.ArrowSchema()->Equals(*b.ArrowSchema())) << text;
      EXPECT_EQ(a.PrimaryKey(), b.PrimaryKey());
      EXPECT_EQ(a.row_rules.size(), b.row_rules.size());
      EXPECT_EQ(a.table_rules.size(), b.table_rules.size());
      EXPECT_EQ(a.relationships.size(), b.relationships.size());
      EXPECT_EQ(a.format.delimiter, b.format.delimiter);
      EXPECT_EQ(a.format.timestamp_zone, b.format.timestamp_zone);
      for (size_t j = 0; j < a.columns.size(); ++j) {
        EXPECT_EQ(a.columns[j].enum_values, b.columns[j].enum_values);
        EXPECT_EQ(a.columns[j].unique, b.columns[j].unique);
        EXPECT_EQ(a.columns[j].pattern, b.columns[j].pattern);
        EXPECT_EQ(a.columns[j].format, b.columns[j].format) << a.columns[j].name;
        EXPECT_EQ(a.columns[j].physical_length, b.columns[j].physical_length);
        EXPECT_EQ(a.columns[j].generate != nullptr, b.columns[j].generate != nullptr);
      }
    }
    ++count;
  }
  EXPECT_GE(count, 8);
}

}  // namespace
}  // namespace tamis
