// The tables of type names, both ways. Only sql_type*.cc include it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ddl/dialect.h"
#include "ddl/sql_type.h"

namespace tamis {

/// What may follow a type's name in brackets.
enum class TypeArguments {
  kNone,
  kLength,     // (n), also (n CHAR), (n BYTE) and (MAX)
  kPrecision,  // (p) or (p, s)
  kFraction,   // (digits of the fraction)
  kAny,        // anything, kept as text
};

/// One name of a type.
struct TypeName {
  const char* words;
  SqlKind kind;
  DialectSet dialects;
  TypeArguments arguments = TypeArguments::kNone;
  bool exact = true;   // the printed name of its kind means the same
  int64_t first = -1;  // length, precision or digits where none are given; -1: none
  int64_t second = 0;  // the scale
};

/// How a kind is printed: # stands for its numbers.
struct TypeSpelling {
  SqlKind kind;
  DialectSet dialects;
  const char* text;
};

std::span<const TypeName> TypeNames();
/// The row of that name in a dialect, or nullptr.
const TypeName* FindTypeName(std::string_view words, const DdlDialect& dialect);
/// The first row for a kind and a dialect.
std::string_view SpellingOf(SqlKind kind, const DdlDialect& dialect);

}  // namespace tamis
