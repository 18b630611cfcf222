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
  static constexpr std::string_view kFrom("\n\r\t\0\x1a\b", 6), kTo = "nrt0Zb";
  const size_t index = kFrom.find(c);
  if (index < 3 || (index != std::string_view::npos && !numbers)) {
    return std::string("\\") + kTo[index];
  }
  if (!numbers) return " ";  // MySQL escapes no others
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
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  // PostgreSQL escapes in E'...'. Where no text can hold a control character, a blank stands for
  // it.
  const bool marked = (dialect.id & (kPostgresql | kRedshift)) != 0 &&
                      std::any_of(text.begin(), text.end(), is_control);
  const bool escapes = dialect.backslash_escapes || marked;
  std::string out = marked ? "E'" : "'";
  for (char c : text) {
    if (escapes && c == '\\') {
      out += "\\\\";
    } else if (escapes && static_cast<unsigned char>(c) < 0x20) {
      out += Escaped(c, dialect.id != kMysql);
    } else if (is_control(c)) {
      out += ' ';
    } else if (c == '\'') {
      out += (dialect.id & kNoDoubledQuotes) != 0 ? "\\'" : "''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

}  // namespace tamis
