// Quotes names and texts. See names.h.
#include "ddl/names.h"

#include <algorithm>
#include <cctype>

namespace tamis {
namespace {

bool IsPlainName(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

}  // namespace

std::string QuoteName(std::string_view name, const DdlDialect& dialect) {
  const char close = dialect.print_mark == '[' ? ']' : dialect.print_mark;
  std::string out(1, dialect.print_mark);
  for (char c : name) out += c == close ? std::string(2, c) : std::string(1, c);
  return out + close;
}

std::string PrintName(std::string_view name, const DdlDialect& dialect) {
  // Oracle's names begin with a letter.
  const bool is_plain = IsPlainName(name) && !(dialect.id == kOracle && name[0] == '_');
  return is_plain && !IsReservedName(Upper(name)) ? std::string(name) : QuoteName(name, dialect);
}

std::string PrintText(std::string_view text, const DdlDialect& dialect) {
  std::string out = "'";
  for (char c : text) {
    if (dialect.backslash_escapes && c == '\\') {
      out += "\\\\";
    } else if (dialect.backslash_escapes && c == '\n') {
      out += "\\n";
    } else if (c == '\'') {
      out += dialect.id == kBigquery ? "\\'" : "''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace tamis
