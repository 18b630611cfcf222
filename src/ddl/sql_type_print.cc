// Prints the types of DDL, compares them, and brings them into contracts and out. See sql_type.h.
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include <algorithm>
#include <map>
#include <utility>

#include "contract/types.h"
#include "ddl/names.h"
#include "ddl/sql_type.h"
#include "ddl/sql_type_names.h"

namespace tamis {
namespace {

bool IsInteger(SqlKind kind) { return kind >= SqlKind::kInt8 && kind <= SqlKind::kUInt64; }
bool IsCharacter(SqlKind kind) {
  return kind == SqlKind::kChar || kind == SqlKind::kVarchar || kind == SqlKind::kText;
}

std::string Numbered(std::string_view spelling, const std::string& numbers) {
  std::string out(spelling);
  const size_t mark = out.find('#');
  if (mark != std::string::npos) out.replace(mark, 1, numbers);
  return out;
}

/// The most characters that varchar(n) may have, and what is printed beyond.
int64_t LengthMax(const DdlDialect& dialect) {
  switch (dialect.id) {
    case kRedshift:
      return 65535;
    case kMysql:
      return 16383;  // bytes of a row, at four for a character
    case kSqlserver:
      return 4000;
    case kOracle:
      return 4000;
    case kSpark:
    case kHive:
      return 65535;
    case kSnowflake:
      return 16777216;
    default:
      return 10485760;
  }
}

/// The same for char(n).
int64_t CharMax(const DdlDialect& dialect) {
  if ((dialect.id & (kMysql | kSpark | kHive)) != 0) return 255;
  return dialect.id == kOracle ? 2000 : dialect.id == kRedshift ? 4096 : 4000;
}

std::string PrintLength(const SqlType& type, const DdlDialect& dialect) {
  const bool is_char = type.kind == SqlKind::kChar;
  int64_t length = type.length.value_or(is_char ? 1 : -1);
  SqlKind kind = type.kind;
  if (kind == SqlKind::kEnum) {
    length = 1;
    for (const std::string& value : type.enum_values) {
      length = std::max<int64_t>(length, static_cast<int64_t>(value.size()));
    }
  }
  if (is_char && length > CharMax(dialect)) kind = SqlKind::kVarchar;
  if (kind != SqlKind::kChar) kind = SqlKind::kVarchar;
  const bool needs_length =
      (dialect.id & (kMysql | kSpark | kHive | kSqlserver | kOracle | kRedshift | kAnsi)) != 0;
  if (length > LengthMax(dialect) || (length < 0 && needs_length)) {
    return std::string(SpellingOf(SqlKind::kText, dialect));
  }
  if (length < 0) return Numbered(SpellingOf(kind, dialect), "");
  return Numbered(SpellingOf(kind, dialect),
                  "(" + std::to_string(length) + (dialect.id == kOracle ? " CHAR)" : ")"));
}

std::string PrintBinary(const SqlType& type, const DdlDialect& dialect) {
  const std::string_view spelling = SpellingOf(SqlKind::kBinary, dialect);
  const int64_t length = type.length.value_or(-1);
  const int64_t most = dialect.id == kOracle      ? 2000
                       : dialect.id == kSqlserver ? 8000
                       : dialect.id == kMysql     ? 65535
                       : dialect.id == kRedshift  ? 1024000
                                                  : INT32_MAX;
  if (length > 0 && length <= most) return Numbered(spelling, "(" + std::to_string(length) + ")");
  switch (dialect.id) {
    case kRedshift:
      return "VARBYTE(1024000)";
    case kMysql:
      return "LONGBLOB";
    case kSqlserver:
      return "VARBINARY(MAX)";
    case kOracle:
    case kAnsi:
      return "BLOB";
    default:
      return Numbered(spelling, "");
  }
}

std::string PrintDecimal(const SqlType& type, const DdlDialect& dialect) {
  const int64_t precision = type.precision.value_or(38);
  std::string_view spelling = SpellingOf(SqlKind::kDecimal, dialect);
  if (dialect.id == kBigquery && (type.scale > 9 || precision - type.scale > 29)) {
    spelling = "BIGNUMERIC#";
  }
  return Numbered(spelling,
                  "(" + std::to_string(precision) + "," + std::to_string(type.scale) + ")");
}

/// A contract keeps microseconds; dialects whose default is less or more must be told.
std::string PrintTime(const SqlType& type, const DdlDialect& dialect) {
  std::string digits;
  const int64_t fallback = (dialect.id & (kMysql | kAnsi)) != 0 ? 6 : -1;
  const int64_t wanted = type.digits.value_or(fallback);
  const bool is_default = (dialect.id == kMysql && wanted == 0) ||
                          (dialect.id == kAnsi && wanted == 6 && type.kind != SqlKind::kTime);
  if (wanted >= 0 && !(is_default && type.digits)) digits = "(" + std::to_string(wanted) + ")";
  if (dialect.id == kMysql && wanted == 0) digits = "";
  if (dialect.id == kAnsi && !type.digits) digits = type.kind == SqlKind::kTime ? "(6)" : "";
  if (dialect.id == kSqlite) digits = "";
  return Numbered(SpellingOf(type.kind, dialect), digits);
}

std::string PrintStruct(const SqlType& type, const DdlDialect& dialect, const char* open,
                        const char* close, const char* between) {
  std::string out;
  for (const SqlField& field : type.parts) {
    out += (out.empty() ? "" : ", ") + PrintName(field.name, dialect) + between +
           PrintSqlType(field.type, dialect);
    if (field.required) out += " NOT NULL";
    if (field.description.empty()) continue;
    if (dialect.comments == CommentForm::kClause) {
      out += " COMMENT " + PrintText(field.description, dialect);
    } else if (dialect.comments == CommentForm::kOption) {
      out += " OPTIONS (description = " + PrintText(field.description, dialect) + ")";
    }
  }
  return open + out + close;
}

/// The type for what a dialect has no nested types for.
std::string Fallback(const DdlDialect& dialect) {
  const std::string_view json = SpellingOf(SqlKind::kJson, dialect);
  return std::string(json.empty() ? SpellingOf(SqlKind::kText, dialect) : json);
}

std::string PrintNested(const SqlType& type, const DdlDialect& dialect) {
  const bool lake = (dialect.id & (kSpark | kHive)) != 0;
  const auto part = [&](size_t index) {
    return PrintSqlType(type.parts[index].type, dialect) +
           (type.parts[index].required && !lake ? " NOT NULL" : "");
  };
  switch (type.kind) {
    case SqlKind::kStruct:
      if (lake) return PrintStruct(type, dialect, "STRUCT<", ">", ": ");
      if (dialect.id == kBigquery) return PrintStruct(type, dialect, "STRUCT<", ">", " ");
      if (dialect.id == kSnowflake) return PrintStruct(type, dialect, "OBJECT(", ")", " ");
      if (dialect.id == kAnsi) return PrintStruct(type, dialect, "ROW(", ")", " ");
      return Fallback(dialect);
    case SqlKind::kArray:
      // BigQuery has no arrays of arrays.
      if (dialect.id == kBigquery && type.parts[0].type.kind == SqlKind::kArray) break;
      if (lake || dialect.id == kBigquery) return "ARRAY<" + part(0) + ">";
      if (dialect.id == kSnowflake) return "ARRAY(" + part(0) + ")";
      if (dialect.id == kPostgresql) return PrintSqlType(type.parts[0].type, dialect) + "[]";
      if (dialect.id == kAnsi) return PrintSqlType(type.parts[0].type, dialect) + " ARRAY";
      break;
    default:
      if (lake) return "MAP<" + part(0) + ", " + part(1) + ">";
      if (dialect.id == kSnowflake) return "MAP(" + part(0) + ", " + part(1) + ")";
      break;
  }
  return Fallback(dialect);
}

/// The name by which a contract's physicalType calls a kind.
std::string NeutralType(const SqlType& type) {
  static const std::map<SqlKind, const char*> kNames = {
      {SqlKind::kBoolean, "boolean"},   {SqlKind::kInt8, "tinyint"},
      {SqlKind::kInt16, "smallint"},    {SqlKind::kInt32, "int"},
      {SqlKind::kInt64, "bigint"},      {SqlKind::kUInt8, "utinyint"},
      {SqlKind::kUInt16, "usmallint"},  {SqlKind::kUInt32, "uinteger"},
      {SqlKind::kUInt64, "ubigint"},    {SqlKind::kFloat32, "real"},
      {SqlKind::kFloat64, "double"},    {SqlKind::kChar, "char"},
      {SqlKind::kVarchar, "varchar"},   {SqlKind::kText, "text"},
      {SqlKind::kDate, "date"},         {SqlKind::kTime, "time"},
      {SqlKind::kUuid, "uuid"},         {SqlKind::kJson, "json"},
      {SqlKind::kXml, "xml"},           {SqlKind::kVariant, "variant"},
      {SqlKind::kEnum, "text"},         {SqlKind::kWallClock, "timestamp_ntz"},
      {SqlKind::kInstant, "timestamp"}, {SqlKind::kOther, "text"}};
  const auto part = [&](size_t index) { return NeutralType(type.parts[index].type); };
  switch (type.kind) {
    case SqlKind::kDecimal:
      return "decimal(" + std::to_string(*type.precision) + "," + std::to_string(type.scale) + ")";
    case SqlKind::kBinary:
      return type.length ? "varbinary(" + std::to_string(*type.length) + ")" : "binary";
    case SqlKind::kArray:
      return "array<" + part(0) + ">";
    case SqlKind::kMap:
      return "map<" + part(0) + ", " + part(1) + ">";
    case SqlKind::kStruct: {
      arrow::FieldVector fields;
      for (const SqlField& field : type.parts) {
        const auto parsed = ParsePhysicalType(NeutralType(field.type), Place{});
        fields.push_back(arrow::field(field.name, parsed.ok() ? parsed->type : arrow::utf8()));
      }
      return PhysicalTypeName(*arrow::struct_(std::move(fields)));
    }
    default:
      break;
  }
  std::string out = kNames.at(type.kind);
  if (IsCharacter(type.kind) && type.length) out += "(" + std::to_string(*type.length) + ")";
  if (type.digits) out += "(" + std::to_string(*type.digits) + ")";
  return out;
}

/// The kind of a text column by the name of its physicalType.
SqlKind TextKind(const Column& column) {
  const std::string name = Lower(column.physical_type.substr(0, column.physical_type.find('(')));
  static const std::map<std::string, SqlKind> kKinds = {{"char", SqlKind::kChar},
                                                        {"character", SqlKind::kChar},
                                                        {"nchar", SqlKind::kChar},
                                                        {"bpchar", SqlKind::kChar},
                                                        {"json", SqlKind::kJson},
                                                        {"jsonb", SqlKind::kJson},
                                                        {"xml", SqlKind::kXml},
                                                        {"variant", SqlKind::kVariant},
                                                        {"super", SqlKind::kVariant},
                                                        {"uuid", SqlKind::kUuid},
                                                        {"uniqueidentifier", SqlKind::kUuid},
                                                        {"varchar", SqlKind::kVarchar},
                                                        {"nvarchar", SqlKind::kVarchar},
                                                        {"varchar2", SqlKind::kVarchar},
                                                        {"character varying", SqlKind::kVarchar}};
  const auto found = kKinds.find(name);
  if (found != kKinds.end()) return found->second;
  if (column.format == "uuid") return SqlKind::kUuid;
  const bool is_bounded = column.max_length && column.physical_type.empty();
  return column.physical_length || is_bounded ? SqlKind::kVarchar : SqlKind::kText;
}

std::optional<int64_t> DigitsOf(const std::string& physical_type) {
  const size_t open = physical_type.find('(');
  if (open == std::string::npos) return std::nullopt;
  return std::atoll(physical_type.c_str() + open + 1);
}

SqlType TypeOfArrow(const arrow::DataType& type, const std::vector<Column>& children) {
  SqlType out;
  static const std::map<arrow::Type::type, SqlKind> kKinds = {
      {arrow::Type::BOOL, SqlKind::kBoolean},   {arrow::Type::INT8, SqlKind::kInt8},
      {arrow::Type::INT16, SqlKind::kInt16},    {arrow::Type::INT32, SqlKind::kInt32},
      {arrow::Type::INT64, SqlKind::kInt64},    {arrow::Type::UINT8, SqlKind::kUInt8},
      {arrow::Type::UINT16, SqlKind::kUInt16},  {arrow::Type::UINT32, SqlKind::kUInt32},
      {arrow::Type::UINT64, SqlKind::kUInt64},  {arrow::Type::FLOAT, SqlKind::kFloat32},
      {arrow::Type::DOUBLE, SqlKind::kFloat64}, {arrow::Type::DATE32, SqlKind::kDate},
      {arrow::Type::TIME64, SqlKind::kTime},    {arrow::Type::BINARY, SqlKind::kBinary},
      {arrow::Type::STRUCT, SqlKind::kStruct},  {arrow::Type::LIST, SqlKind::kArray},
      {arrow::Type::MAP, SqlKind::kMap}};
  const auto found = kKinds.find(type.id());
  if (found != kKinds.end()) out.kind = found->second;
  if (type.id() == arrow::Type::TIMESTAMP) {
    const auto& timestamp = static_cast<const arrow::TimestampType&>(type);
    out.kind = timestamp.timezone().empty() ? SqlKind::kWallClock : SqlKind::kInstant;
  }
  if (arrow::is_decimal(type.id())) {
    const auto& decimal = static_cast<const arrow::DecimalType&>(type);
    out.kind = SqlKind::kDecimal;
    out.precision = decimal.precision();
    out.scale = decimal.scale();
  }
  for (const Column& child : children) {
    out.parts.push_back(
        SqlField{child.name, TypeOfColumn(child), child.required, child.description});
  }
  return out;
}

/// The digits before the point, and after it, that a number may have; 0 for what is none.
struct Digits {
  int64_t whole = 0;
  int64_t fraction = 0;
};

Digits DigitsOf(const SqlType& type) {
  switch (type.kind) {
    case SqlKind::kInt8:
    case SqlKind::kUInt8:
      return {3, 0};
    case SqlKind::kInt16:
    case SqlKind::kUInt16:
      return {5, 0};
    case SqlKind::kInt32:
    case SqlKind::kUInt32:
      return {10, 0};
    case SqlKind::kInt64:
      return {19, 0};
    case SqlKind::kUInt64:
      return {20, 0};
    case SqlKind::kDecimal:
      return {type.precision.value_or(38) - type.scale, type.scale};
    default:
      return {0, 0};
  }
}

/// How far whole numbers of a kind reach: the exponent of two, and whether below zero.
int Bits(SqlKind kind) {
  static constexpr int kBits[] = {7, 15, 31, 63, 8, 16, 32, 64};
  return kBits[static_cast<int>(kind) - static_cast<int>(SqlKind::kInt8)];
}

std::string NarrowingOfNumbers(const SqlType& from, const SqlType& to) {
  const Digits a = DigitsOf(from), b = DigitsOf(to);
  if (IsInteger(from.kind) && IsInteger(to.kind)) {
    const bool loses_sign = from.kind <= SqlKind::kInt64 && to.kind >= SqlKind::kUInt8;
    if (Bits(from.kind) <= Bits(to.kind) && !loses_sign) return "";
    return "fewer whole numbers fit";
  }
  if (b.whole == 0 && b.fraction == 0) {
    return to.kind == SqlKind::kFloat64 && from.kind == SqlKind::kFloat32 ? "" : "digits are lost";
  }
  if (from.kind == SqlKind::kFloat32 || from.kind == SqlKind::kFloat64) return "digits are lost";
  if (a.whole > b.whole) return "fewer digits fit before the point";
  return a.fraction > b.fraction ? "fewer digits fit behind the point" : "";
}

}  // namespace

std::string PrintSqlType(const SqlType& type, const DdlDialect& dialect) {
  switch (type.kind) {
    case SqlKind::kChar:
    case SqlKind::kVarchar:
      return PrintLength(type, dialect);
    case SqlKind::kEnum: {
      if (dialect.id != kMysql) return PrintLength(type, dialect);
      std::string out;
      for (const std::string& value : type.enum_values) {
        out += (out.empty() ? "ENUM(" : ",") + PrintText(value, dialect);
      }
      return out + ")";
    }
    case SqlKind::kBinary:
      return PrintBinary(type, dialect);
    case SqlKind::kDecimal:
      return PrintDecimal(type, dialect);
    case SqlKind::kTime:
    case SqlKind::kWallClock:
    case SqlKind::kInstant:
      return PrintTime(type, dialect);
    case SqlKind::kStruct:
    case SqlKind::kArray:
    case SqlKind::kMap:
      return PrintNested(type, dialect);
    default:
      break;
  }
  const std::string_view spelling = SpellingOf(type.kind, dialect);
  return std::string(spelling.empty() ? SpellingOf(SqlKind::kText, dialect) : spelling);
}

std::string Narrowing(const SqlType& from, const SqlType& to) {
  const auto is_number = [](SqlKind kind) {
    return IsInteger(kind) || kind == SqlKind::kFloat32 || kind == SqlKind::kFloat64 ||
           kind == SqlKind::kDecimal;
  };
  if (is_number(from.kind) && is_number(to.kind) && from.kind != to.kind) {
    return NarrowingOfNumbers(from, to);
  }
  if (from.kind == SqlKind::kDecimal && to.kind == SqlKind::kDecimal) {
    return NarrowingOfNumbers(from, to);
  }
  if (IsCharacter(from.kind) && IsCharacter(to.kind)) {
    if (!to.length || (from.length && *from.length <= *to.length)) return "";
    return "longer texts don't fit";
  }
  if (from.kind == SqlKind::kEnum && IsCharacter(to.kind)) return "";
  if (from.kind == SqlKind::kUuid && IsCharacter(to.kind)) return "";
  if (from.kind == SqlKind::kDate && to.kind == SqlKind::kWallClock) return "";
  if (from.kind == SqlKind::kBoolean && to.kind == SqlKind::kDecimal) return "";
  if (from.kind == SqlKind::kWallClock && to.kind == SqlKind::kInstant) return "";
  if (from.kind == SqlKind::kInstant && to.kind == SqlKind::kWallClock) return "the zone is lost";
  const auto is_json = [](SqlKind kind) {
    return kind == SqlKind::kJson || kind == SqlKind::kVariant;
  };
  if (is_json(from.kind) && is_json(to.kind)) return "";
  if (!from.parts.empty() && to.parts.empty()) {
    return is_json(to.kind) ? "its parts become JSON" : "its parts become one text";
  }
  if (from.kind != to.kind) return "it is of another kind";
  if (from.kind == SqlKind::kBinary && to.length && (!from.length || *from.length > *to.length)) {
    return "longer bytes don't fit";
  }
  if (from.digits.value_or(6) > to.digits.value_or(6)) return "digits of the seconds are lost";
  for (size_t index = 0; index < std::min(from.parts.size(), to.parts.size()); ++index) {
    const std::string part = Narrowing(from.parts[index].type, to.parts[index].type);
    if (!part.empty()) return part;
  }
  return "";
}

Status SetColumnType(const SqlType& type, Column* column) {
  const std::string neutral = NeutralType(type);
  ARROW_ASSIGN_OR_RAISE(PhysicalType physical, ParsePhysicalType(neutral, column->place));
  column->type = physical.type;
  column->logical_type = LogicalTypeName(*physical.type);
  column->physical_length = physical.length;
  column->format = physical.format;
  column->physical_type = neutral;
  column->enum_values = type.enum_values;
  column->children.clear();
  for (const SqlField& part : type.parts) {
    Column& child = column->children.emplace_back();
    child.name = part.name;
    child.place = column->place;
    child.required = part.required;
    child.description = part.description;
    ARROW_RETURN_NOT_OK(SetColumnType(part.type, &child));
  }
  // The parts say it, and more than a text can.
  if (type.kind == SqlKind::kStruct || type.kind == SqlKind::kArray) {
    column->physical_type.clear();
    arrow::FieldVector fields;
    for (const Column& child : column->children) {
      fields.push_back(arrow::field(child.name, child.type, !child.required));
    }
    column->type = type.kind == SqlKind::kStruct ? arrow::struct_(std::move(fields))
                                                 : arrow::list(fields[0]->type());
  }
  return Status::OK();
}

SqlType TypeOfColumn(const Column& column) {
  SqlType type = TypeOfArrow(*column.type, column.children);
  switch (column.type->id()) {
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
      type.kind = TextKind(column);
      type.length = column.physical_length ? column.physical_length : column.max_length;
      if (type.kind != SqlKind::kChar && type.kind != SqlKind::kVarchar) type.length.reset();
      if (!column.physical_type.empty()) type.length = column.physical_length;
      break;
    case arrow::Type::BINARY:
      type.length = column.physical_length;
      break;
    case arrow::Type::TIME64:
    case arrow::Type::TIMESTAMP:
      type.digits = DigitsOf(column.physical_type);
      break;
    default:
      break;
  }
  return type;
}

}  // namespace tamis
