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

/// A control character behind a backslash: a letter where there is one, else three octal digits.
std::string Escaped(char c, bool numbers) {
  static constexpr std::string_view kFrom("\n\r\t\0\x1a", 5), kTo = "nrt0Z";
  const size_t index = kFrom.find(c);
  if (index < 3 || (index != std::string_view::npos && !numbers)) {
    return std::string("\\") + kTo[index];
  }
  if (!numbers) return std::string(1, c);
  return std::string("\\0") + static_cast<char>('0' + (c >> 3)) + static_cast<char>('0' + (c & 7));
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
    const auto byte = static_cast<unsigned char>(c);
    if (dialect.backslash_escapes && c == '\\') {
      out += "\\\\";
    } else if (dialect.backslash_escapes && byte < 0x20) {
      out += Escaped(c, dialect.id != kMysql);
    } else if (c == '\'') {
      out += (dialect.id & kNoDoubledQuotes) != 0 ? "\\'" : "''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace tamis
