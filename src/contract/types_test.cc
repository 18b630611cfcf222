// Type names to Arrow types and back.
#include "contract/types.h"

#include <arrow/type.h>
#include <gtest/gtest.h>

#include "contract/values.h"

namespace tamis {
namespace {

std::string TypeOf(const std::string& text) {
  auto type = ParsePhysicalType(text, Place{});
  if (!type.ok()) return "error: " + type.status().message();
  return type->type ? type->type->ToString() : "incomplete " + type->logical_type;
}

TEST(Types, Names) {
  EXPECT_EQ(TypeOf("BOOLEAN"), "bool");
  EXPECT_EQ(TypeOf("tinyint"), "int8");
  EXPECT_EQ(TypeOf("int8"), "int64");  // PostgreSQL's bytes, not bits
  EXPECT_EQ(TypeOf("double  precision"), "double");
  EXPECT_EQ(TypeOf("float(24)"), "float");
  EXPECT_EQ(TypeOf("float(25)"), "double");
  EXPECT_EQ(TypeOf("float(53)"), "double");
  EXPECT_EQ(TypeOf("float(54)"), "error: float takes 1 to 53 binary digits: float(54)");
  EXPECT_EQ(TypeOf("Character Varying (20)"), "string");
  EXPECT_EQ(TypeOf("varchar(max)"), "string");
  EXPECT_EQ(TypeOf("varchar2(20 char)"), "string");
  EXPECT_EQ(TypeOf("timestamp(3) with time zone"), "timestamp[us, tz=UTC]");
  EXPECT_EQ(TypeOf("timestamp without time zone"), "timestamp[us]");
  EXPECT_EQ(TypeOf("bytea"), "binary");
  EXPECT_EQ(TypeOf("text[]"), "list<item: string>");
  EXPECT_EQ(TypeOf("struct<a: int, `b c`: array<decimal(4,1)>>"),
            "struct<a: int32, b c: list<item: decimal128(4, 1)>>");
  EXPECT_EQ(TypeOf("map<string, bigint>"), "map<string, int64>");
  EXPECT_EQ(TypeOf("array"), "incomplete array");
}

TEST(Types, Errors) {
  EXPECT_EQ(TypeOf(""), "error: unknown physicalType: ");
  EXPECT_EQ(TypeOf("int(11)"), "error: this type takes no numbers: int(11)");
  EXPECT_EQ(TypeOf("varchar(0)"), "error: a length is at least 1: varchar(0)");
  EXPECT_EQ(TypeOf("timestamp(9)"),
            "error: times are kept in microseconds, 0 to 6 fraction digits: timestamp(9)");
  EXPECT_EQ(TypeOf("array<int"), "error: a > is missing in the type: array<int");
  EXPECT_EQ(TypeOf("array<int, int>"), "error: an array has one type: array<int, int>");
  EXPECT_EQ(TypeOf("int x y"), "error: unknown physicalType: int x y");
  EXPECT_EQ(TypeOf("decimal(5,6)").substr(0, 30), "error: a decimal has 1 to 38 d");
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "array<";
  EXPECT_EQ(TypeOf(deep).substr(0, 23), "error: nested too deepl");
}

TEST(Types, WrittenNamesAreRead) {
  for (const char* name : {"boolean",
                           "tinyint",
                           "smallint",
                           "int",
                           "bigint",
                           "utinyint",
                           "usmallint",
                           "uinteger",
                           "ubigint",
                           "real",
                           "double",
                           "date",
                           "time",
                           "timestamp",
                           "timestamp_ntz",
                           "binary",
                           "string",
                           "decimal(38,10)",
                           "array<array<int>>",
                           "struct<a: int, b: string>",
                           "map<string, double>"}) {
    const auto type = ParsePhysicalType(name, Place{});
    ASSERT_TRUE(type.ok()) << name;
    EXPECT_EQ(PhysicalTypeName(*type->type), name);
  }
}

std::string Value(const std::shared_ptr<arrow::DataType>& type, const std::string& text) {
  auto value = ParseValue(type, text);
  return value.ok() ? (*value)->ToString() : value.status().message();
}

TEST(Values, ExactOrRefused) {
  EXPECT_EQ(Value(arrow::int32(), "1e3"), "1000");
  EXPECT_EQ(Value(arrow::int32(), "-10.0"), "-10");
  EXPECT_EQ(Value(arrow::int32(), "1.5"), "not a value of int32: 1.5");
  EXPECT_EQ(Value(arrow::int32(), "2147483648"), "not a value of int32: 2147483648");
  EXPECT_EQ(Value(arrow::uint64(), "18446744073709551615"), "18446744073709551615");
  EXPECT_EQ(Value(arrow::decimal128(5, 2), "1e2"), "100.00");
  EXPECT_EQ(Value(arrow::decimal128(5, 2), "1e3"), "not a value of decimal128(5, 2): 1e3");
  EXPECT_EQ(Value(arrow::decimal128(5, 2), "0.005"), "not a value of decimal128(5, 2): 0.005");
  EXPECT_EQ(Value(arrow::float64(), "inf"), "not a value of double: inf");
  EXPECT_EQ(Value(arrow::boolean(), "1"), "not a value of bool: 1");
  EXPECT_EQ(Value(arrow::date32(), "2024-02-29"), "2024-02-29");
  EXPECT_EQ(Value(arrow::date32(), "2023-02-29"), "not a value of date32[day]: 2023-02-29");
  const auto utc = arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
  EXPECT_EQ(Value(utc, "2026-01-02T03:04:05+02:00"), "2026-01-02 01:04:05.000000Z");
  EXPECT_EQ(Value(utc, "2026-01-02"), "2026-01-02 00:00:00.000000Z");
  EXPECT_EQ(Value(arrow::timestamp(arrow::TimeUnit::MICRO), "2026-01-02T03:04:05Z"),
            "not a value of timestamp[us]: 2026-01-02T03:04:05Z");
}

TEST(Values, Compare) {
  auto compare = [](const std::shared_ptr<arrow::DataType>& type, const char* a, const char* b) {
    return CompareValues(**ParseValue(type, a), **ParseValue(type, b));
  };
  EXPECT_EQ(compare(arrow::int64(), "9", "10"), -1);
  EXPECT_EQ(compare(arrow::uint64(), "18446744073709551615", "1"), 1);
  EXPECT_EQ(compare(arrow::decimal128(38, 2), "-3", "2"), -1);
  EXPECT_EQ(compare(arrow::float64(), "0.1", "0.10"), 0);
  EXPECT_EQ(compare(arrow::date32(), "1969-12-31", "1970-01-01"), -1);
  EXPECT_EQ(compare(arrow::utf8(), "b", "a"), 1);
}

}  // namespace
}  // namespace tamis
