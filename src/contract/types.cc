// Reads and writes type names. See types.h.
#include "contract/types.h"

#include <arrow/type.h>
#include <arrow/type_traits.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <span>
#include <utility>
#include <vector>

#include "base/suggest.h"

namespace tamis {
namespace {

constexpr int kTypeDepthMax = 16;
constexpr int64_t kFloatBitsMax = 53;  // of a double

/// What stands behind a type's name, and so which numbers may follow it in brackets.
enum class Family {
  kBool,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUInt8,
  kUInt16,
  kUInt32,
  kUInt64,
  kFloat,  // float(n): a double from n = 25 on, as in the SQL standard
  kReal,
  kDouble,
  kDecimal,  // (precision, scale)
  kChar,     // (length), one if absent
  kVarchar,  // (length), any if absent
  kString,
  kUuid,
  kBinary,  // (length in bytes), any if absent
  kDate,
  kTime,       // (fraction digits)
  kInstant,    // (fraction digits)
  kWallClock,  // (fraction digits)
  kStruct,
  kArray,
  kMap,
};

struct TypeName {
  const char* name;
  Family family;
};

constexpr TypeName kTypeNames[] = {
    {"boolean", Family::kBool},
    {"bool", Family::kBool},
    {"bit", Family::kBool},
    {"tinyint", Family::kInt8},
    {"byte", Family::kInt8},
    {"smallint", Family::kInt16},
    {"int2", Family::kInt16},
    {"short", Family::kInt16},
    {"int16", Family::kInt16},
    {"smallserial", Family::kInt16},
    {"int", Family::kInt32},
    {"integer", Family::kInt32},
    {"int4", Family::kInt32},
    {"int32", Family::kInt32},
    {"mediumint", Family::kInt32},
    {"serial", Family::kInt32},
    {"bigint", Family::kInt64},
    {"int8", Family::kInt64},
    {"long", Family::kInt64},
    {"int64", Family::kInt64},
    {"bigserial", Family::kInt64},
    {"utinyint", Family::kUInt8},
    {"uint8", Family::kUInt8},
    {"usmallint", Family::kUInt16},
    {"uint16", Family::kUInt16},
    {"uinteger", Family::kUInt32},
    {"uint32", Family::kUInt32},
    {"ubigint", Family::kUInt64},
    {"uint64", Family::kUInt64},
    {"real", Family::kReal},
    {"float4", Family::kReal},
    {"float32", Family::kReal},
    {"float", Family::kFloat},
    {"double", Family::kDouble},
    {"double precision", Family::kDouble},
    {"float8", Family::kDouble},
    {"float64", Family::kDouble},
    {"decimal", Family::kDecimal},
    {"numeric", Family::kDecimal},
    {"number", Family::kDecimal},
    {"dec", Family::kDecimal},
    {"char", Family::kChar},
    {"character", Family::kChar},
    {"nchar", Family::kChar},
    {"bpchar", Family::kChar},
    {"varchar", Family::kVarchar},
    {"character varying", Family::kVarchar},
    {"char varying", Family::kVarchar},
    {"nvarchar", Family::kVarchar},
    {"varchar2", Family::kVarchar},
    {"nvarchar2", Family::kVarchar},
    {"string", Family::kString},
    {"text", Family::kString},
    {"utf8", Family::kString},
    {"clob", Family::kString},
    {"tinytext", Family::kString},
    {"mediumtext", Family::kString},
    {"longtext", Family::kString},
    {"json", Family::kString},
    {"jsonb", Family::kString},
    {"variant", Family::kString},
    {"super", Family::kString},
    {"xml", Family::kString},
    {"uuid", Family::kUuid},
    {"uniqueidentifier", Family::kUuid},
    {"binary", Family::kBinary},
    {"varbinary", Family::kBinary},
    {"bytea", Family::kBinary},
    {"bytes", Family::kBinary},
    {"blob", Family::kBinary},
    {"varbyte", Family::kBinary},
    {"date", Family::kDate},
    {"time", Family::kTime},
    {"time without time zone", Family::kTime},
    {"timestamp", Family::kInstant},
    {"timestamptz", Family::kInstant},
    {"timestamp_tz", Family::kInstant},
    {"timestamp_ltz", Family::kInstant},
    {"timestamp with time zone", Family::kInstant},
    {"timestamp with local time zone", Family::kInstant},
    {"datetimeoffset", Family::kInstant},
    {"timestamp_ntz", Family::kWallClock},
    {"timestamp without time zone", Family::kWallClock},
    {"datetime", Family::kWallClock},
    {"datetime2", Family::kWallClock},
    {"smalldatetime", Family::kWallClock},
    {"struct", Family::kStruct},
    {"record", Family::kStruct},
    {"row", Family::kStruct},
    {"object", Family::kStruct},
    {"array", Family::kArray},
    {"list", Family::kArray},
    {"vector", Family::kArray},
    {"map", Family::kMap},
};

PhysicalType Of(std::shared_ptr<arrow::DataType> type, const char* logical_type) {
  return PhysicalType{std::move(type), logical_type, std::nullopt, ""};
}

bool IsPlainNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// A struct's field name, in backticks unless it is plain.
std::string FieldName(const std::string& name) {
  if (!name.empty() && std::all_of(name.begin(), name.end(), IsPlainNameByte)) return name;
  std::string out = "`";
  for (char c : name) out += c == '`' ? "``" : std::string(1, c);
  return out + "`";
}

/// A recursive-descent parser over one type text.
class TypeParser {
 public:
  TypeParser(std::string_view text, Place place) : text_(text), place_(std::move(place)) {}

  Result<PhysicalType> ParseAll() {
    ARROW_ASSIGN_OR_RAISE(PhysicalType type, ParseType(0));
    SkipBlanks();
    if (at_ < text_.size()) return Error("unexpected text after the type");
    return type;
  }

 private:
  Status Error(const std::string& what, std::string hint = "") const {
    return UsageErrorAt(place_, what + ": " + std::string(text_), std::move(hint));
  }

  void SkipBlanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool Take(char c) {
    SkipBlanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  /// Words with single blanks between them, in lower case.
  std::string TakeWords() {
    std::string words;
    for (;;) {
      SkipBlanks();
      const size_t begin = at_;
      while (at_ < text_.size() &&
             (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) {
        ++at_;
      }
      if (at_ == begin) return words;
      if (!words.empty()) words += ' ';
      for (size_t i = begin; i < at_; ++i) {
        words += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[i])));
      }
    }
  }

  /// `(10, 2)`; also `(max)` and `(20 char)`, which some databases write.
  Result<std::vector<int64_t>> TakeNumbers() {
    std::vector<int64_t> numbers;
    do {
      const std::string word = TakeWords();
      if (word == "max") continue;
      int64_t number = 0;
      const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
      const std::string_view rest(end, static_cast<size_t>(word.data() + word.size() - end));
      if (error != std::errc() || (!rest.empty() && rest != " char" && rest != " byte")) {
        return Error("a number is expected in the brackets of the type");
      }
      numbers.push_back(number);
    } while (Take(','));
    if (!Take(')')) return Error("a ) is missing in the type");
    return numbers;
  }

  Result<PhysicalType> ParseType(int depth) {
    if (depth > kTypeDepthMax) return Error("nested too deeply");
    std::string name = TakeWords();
    std::vector<int64_t> numbers;
    if (Take('(')) {
      ARROW_ASSIGN_OR_RAISE(numbers, TakeNumbers());
      const std::string rest = TakeWords();  // timestamp(6) with time zone
      if (!rest.empty()) name += " " + rest;
    }
    const auto* found = std::find_if(std::begin(kTypeNames), std::end(kTypeNames),
                                     [&](const TypeName& one) { return name == one.name; });
    if (found == std::end(kTypeNames)) {
      std::vector<std::string> known;
      for (const TypeName& one : kTypeNames) known.emplace_back(one.name);
      return Error("unknown physicalType", DidYouMean(name, known));
    }
    ARROW_ASSIGN_OR_RAISE(PhysicalType type, Make(found->family, numbers, depth));
    while (Take('[')) {  // PostgreSQL's int[]
      if (!Take(']')) return Error("a ] is missing in the type");
      if (!type.type) return Error("the element's type is incomplete");
      type = Of(arrow::list(type.type), "array");
    }
    return type;
  }

  Result<PhysicalType> Make(Family family, const std::vector<int64_t>& numbers, int depth) {
    switch (family) {
      case Family::kStruct:
      case Family::kArray:
      case Family::kMap:
        return MakeNested(family, depth);
      case Family::kFloat:
        if (numbers.size() > 1) return Error("float takes one number at most");
        if (!numbers.empty() && (numbers[0] < 1 || numbers[0] > kFloatBitsMax)) {
          return Error("float takes 1 to 53 binary digits");
        }
        return Of(numbers.empty() || numbers[0] <= 24 ? arrow::float32() : arrow::float64(),
                  "number");
      case Family::kDecimal:
        return MakeDecimal(numbers);
      case Family::kChar:
      case Family::kVarchar:
      case Family::kBinary:
        return MakeSized(family, numbers);
      case Family::kTime:
      case Family::kInstant:
      case Family::kWallClock:
        return MakeTimed(family, numbers);
      default:
        if (!numbers.empty()) return Error("this type takes no numbers");
        return MakePlain(family);
    }
  }

  static PhysicalType MakePlain(Family family) {
    switch (family) {
      case Family::kBool:
        return Of(arrow::boolean(), "boolean");
      case Family::kInt8:
        return Of(arrow::int8(), "integer");
      case Family::kInt16:
        return Of(arrow::int16(), "integer");
      case Family::kInt32:
        return Of(arrow::int32(), "integer");
      case Family::kInt64:
        return Of(arrow::int64(), "integer");
      case Family::kUInt8:
        return Of(arrow::uint8(), "integer");
      case Family::kUInt16:
        return Of(arrow::uint16(), "integer");
      case Family::kUInt32:
        return Of(arrow::uint32(), "integer");
      case Family::kUInt64:
        return Of(arrow::uint64(), "integer");
      case Family::kReal:
        return Of(arrow::float32(), "number");
      case Family::kDouble:
        return Of(arrow::float64(), "number");
      case Family::kDate:
        return Of(arrow::date32(), "date");
      case Family::kUuid: {
        PhysicalType uuid = Of(arrow::utf8(), "string");
        uuid.format = "uuid";
        return uuid;
      }
      default:
        return Of(arrow::utf8(), "string");
    }
  }

  Result<PhysicalType> MakeDecimal(const std::vector<int64_t>& numbers) const {
    if (numbers.empty() || numbers.size() > 2) {
      return Error("a decimal needs its precision and scale",
                   "databases differ in what they assume; write decimal(18,2)");
    }
    const int64_t precision = numbers[0];
    const int64_t scale = numbers.size() == 2 ? numbers[1] : 0;
    if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
      return Error("a decimal has 1 to 38 digits, of which 0 to all stand after the point");
    }
    return Of(arrow::decimal128(static_cast<int32_t>(precision), static_cast<int32_t>(scale)),
              "number");
  }

  Result<PhysicalType> MakeSized(Family family, const std::vector<int64_t>& numbers) const {
    if (numbers.size() > 1) return Error("this type takes one length");
    if (!numbers.empty() && numbers[0] < 1) return Error("a length is at least 1");
    PhysicalType type = Of(family == Family::kBinary ? arrow::binary() : arrow::utf8(), "string");
    if (!numbers.empty()) type.length = numbers[0];
    if (numbers.empty() && family == Family::kChar) type.length = 1;
    return type;
  }

  Result<PhysicalType> MakeTimed(Family family, const std::vector<int64_t>& numbers) const {
    if (numbers.size() > 1) return Error("this type takes one number of fraction digits");
    if (!numbers.empty() && (numbers[0] < 0 || numbers[0] > 6)) {
      return Error("times are kept in microseconds, 0 to 6 fraction digits");
    }
    const auto unit = arrow::TimeUnit::MICRO;
    if (family == Family::kTime) return Of(arrow::time64(unit), "time");
    return Of(family == Family::kInstant ? arrow::timestamp(unit, "UTC") : arrow::timestamp(unit),
              "timestamp");
  }

  Result<PhysicalType> MakeNested(Family family, int depth) {
    const char* logical = family == Family::kStruct  ? "object"
                          : family == Family::kArray ? "array"
                                                     : "map";
    if (!Take('<')) return Of(nullptr, logical);
    arrow::FieldVector fields;
    do {
      std::string name;
      if (family == Family::kStruct) {
        ARROW_ASSIGN_OR_RAISE(name, TakeFieldName());
      }
      ARROW_ASSIGN_OR_RAISE(PhysicalType part, ParseType(depth + 1));
      if (!part.type) return Error("a part of the type is incomplete");
      fields.push_back(arrow::field(name, part.type));
    } while (Take(','));
    if (!Take('>')) return Error("a > is missing in the type");
    if (family == Family::kStruct) return Of(arrow::struct_(fields), logical);
    if (fields.size() != (family == Family::kArray ? 1u : 2u)) {
      return Error(family == Family::kArray ? "an array has one type" : "a map has two types");
    }
    return family == Family::kArray ? Of(arrow::list(fields[0]->type()), logical)
                                    : Of(arrow::map(fields[0]->type(), fields[1]->type()), logical);
  }

  /// `name:` of a struct's field, in its own letter case.
  Result<std::string> TakeFieldName() {
    SkipBlanks();
    std::string name;
    if (Take('`')) {  // `any text`, a backtick doubled
      for (;; ++at_) {
        if (at_ >= text_.size()) return Error("a ` is missing in the type");
        if (text_[at_] == '`' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '`')) break;
        if (text_[at_] == '`') ++at_;
        name += text_[at_];
      }
      ++at_;
    } else {
      const size_t begin = at_;
      while (at_ < text_.size() && IsPlainNameByte(text_[at_])) ++at_;
      name = text_.substr(begin, at_ - begin);
    }
    if (name.empty() || !Take(':')) return Error("a struct's fields are `name: type`");
    return name;
  }

  std::string_view text_;
  Place place_;
  size_t at_ = 0;
};

}  // namespace

Result<PhysicalType> ParsePhysicalType(std::string_view text, const Place& place) {
  return TypeParser(text, place).ParseAll();
}

std::shared_ptr<arrow::DataType> DefaultType(std::string_view logical_type) {
  if (logical_type == "integer") return arrow::int64();
  if (logical_type == "number") return arrow::float64();
  if (logical_type == "boolean") return arrow::boolean();
  if (logical_type == "date") return arrow::date32();
  if (logical_type == "timestamp") return arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
  if (logical_type == "time") return arrow::time64(arrow::TimeUnit::MICRO);
  if (logical_type == "string" || logical_type.empty()) return arrow::utf8();
  return nullptr;
}

bool TypesAgree(std::string_view logical_type, const PhysicalType& physical) {
  const std::string& implied = physical.logical_type;
  if (logical_type.empty() || logical_type == implied) return true;
  if (logical_type == "integer") {
    return physical.type && arrow::is_decimal(physical.type->id()) &&
           static_cast<const arrow::DecimalType&>(*physical.type).scale() == 0;
  }
  if (logical_type == "number") return implied == "integer";
  if (logical_type == "object") return implied == "map";
  if (logical_type == "vector") return implied == "array";
  return false;
}

std::string PhysicalTypeName(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::BOOL:
      return "boolean";
    case arrow::Type::INT8:
      return "tinyint";
    case arrow::Type::INT16:
      return "smallint";
    case arrow::Type::INT32:
      return "int";
    case arrow::Type::INT64:
      return "bigint";
    case arrow::Type::UINT8:
      return "utinyint";
    case arrow::Type::UINT16:
      return "usmallint";
    case arrow::Type::UINT32:
      return "uinteger";
    case arrow::Type::UINT64:
      return "ubigint";
    case arrow::Type::FLOAT:
      return "real";
    case arrow::Type::DOUBLE:
      return "double";
    case arrow::Type::DATE32:
    case arrow::Type::DATE64:
      return "date";
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
      return "time";
    case arrow::Type::TIMESTAMP:
      return static_cast<const arrow::TimestampType&>(type).timezone().empty() ? "timestamp_ntz"
                                                                               : "timestamp";
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::FIXED_SIZE_BINARY:
      return "binary";
    case arrow::Type::DICTIONARY:
      return PhysicalTypeName(*static_cast<const arrow::DictionaryType&>(type).value_type());
    default:
      break;
  }
  if (arrow::is_decimal(type.id())) {
    const auto& decimal = static_cast<const arrow::DecimalType&>(type);
    return "decimal(" + std::to_string(decimal.precision()) + "," +
           std::to_string(decimal.scale()) + ")";
  }
  if (type.id() == arrow::Type::MAP) {
    const auto& map = static_cast<const arrow::MapType&>(type);
    return "map<" + PhysicalTypeName(*map.key_type()) + ", " + PhysicalTypeName(*map.item_type()) +
           ">";
  }
  if (type.id() == arrow::Type::STRUCT) {
    std::string out;
    for (const auto& field : type.fields()) {
      out += (out.empty() ? "struct<" : ", ") + FieldName(field->name()) + ": " +
             PhysicalTypeName(*field->type());
    }
    return out + ">";
  }
  if (arrow::is_list_like(type.id())) {
    return "array<" + PhysicalTypeName(*type.field(0)->type()) + ">";
  }
  return "string";
}

std::string LogicalTypeName(const arrow::DataType& type) {
  if (type.id() == arrow::Type::DICTIONARY) {
    return LogicalTypeName(*static_cast<const arrow::DictionaryType&>(type).value_type());
  }
  if (arrow::is_integer(type.id())) return "integer";
  if (arrow::is_floating(type.id()) || arrow::is_decimal(type.id())) return "number";
  if (arrow::is_date(type.id())) return "date";
  if (arrow::is_time(type.id())) return "time";
  switch (type.id()) {
    case arrow::Type::BOOL:
      return "boolean";
    case arrow::Type::TIMESTAMP:
      return "timestamp";
    case arrow::Type::MAP:
    case arrow::Type::STRUCT:
      return "object";
    default:
      return arrow::is_list_like(type.id()) ? "array" : "string";
  }
}

}  // namespace tamis
