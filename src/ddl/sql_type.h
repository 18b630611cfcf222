// The types of DDL: parsed and printed for each dialect, and onto the columns of contracts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "ddl/dialect.h"
#include "ddl/token_reader.h"

namespace tamis {

/// What a type holds, whatever it is called.
enum class SqlKind {
  kBoolean,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUInt8,
  kUInt16,
  kUInt32,
  kUInt64,
  kFloat32,
  kFloat64,
  kDecimal,
  kChar,
  kVarchar,
  kText,
  kBinary,  // of up to `length` bytes, any if absent
  kDate,
  kTime,
  kWallClock,  // a timestamp without zone
  kInstant,    // a timestamp with one
  kUuid,
  kJson,
  kXml,
  kVariant,
  kEnum,
  kStruct,
  kArray,
  kMap,
  kOther,  // kept as text
};
inline constexpr int kSqlKindCount = static_cast<int>(SqlKind::kOther) + 1;

struct SqlField;

/// A type of a dialect.
struct SqlType {
  SqlKind kind = SqlKind::kText;
  std::optional<int64_t> length;         // of texts and binaries
  std::optional<int64_t> precision;      // of decimals
  int64_t scale = 0;                     // of decimals
  std::optional<int64_t> digits;         // of the fraction of times
  std::vector<std::string> enum_values;  // of enums
  std::vector<SqlField> parts;  // a struct's fields, an array's element, a map's key, value
  std::string text;             // as spelled, words in lower case
  bool exact = true;            // PrintSqlType gives it back, or another name of the same type
  bool numbers_itself = false;  // serial
  std::string warning;          // what a contract can't say of it
};

/// A part of a nested type.
struct SqlField {
  std::string name;
  SqlType type;
  bool required = false;
  std::string description;
};

/// Parses a type. UsageError at the token where it ends to be one.
Result<SqlType> ParseSqlType(TokenReader* reader);

/// Parses a whole text as a type of `dialect`; errors are at `place`.
Result<SqlType> ParseSqlTypeText(const std::string& text, const DdlDialect& dialect,
                                 const Place& place);

/// Whether a type's name begins here.
bool IsTypeName(const TokenReader& reader, size_t ahead);

/// Prints a type in `dialect`: its nearest one that loses nothing, if there is any.
std::string PrintSqlType(const SqlType& type, const DdlDialect& dialect);

/// Says what is lost when `from` becomes `to`; "" when nothing is.
std::string Narrowing(const SqlType& from, const SqlType& to);

/// Sets the types, parts and lengths of `column` from `type`.
Status SetColumnType(const SqlType& type, Column* column);

/// The type that a contract gives its column.
SqlType TypeOfColumn(const Column& column);

}  // namespace tamis
