// The functions' part of docs/expressions.md, made from their table. See expr.h.
#include <set>
#include <string>

#include "expr/expr.h"
#include "expr/functions.h"

namespace tamis {
namespace {

const char* LetterType(char letter) {
  switch (letter) {
    case 'B':
      return "boolean";
    case 'I':
      return "bigint";
    case 'F':
      return "double";
    case 'M':
      return "decimal";
    case 'S':
      return "text";
    case 'D':
      return "date";
    case 'P':
      return "timestamp";
    case 'V':
      return "interval";
    default:
      return "any";
  }
}

/// `text, bigint` of "SI"; small letters are constants.
std::string ArgumentTypes(const Function& row) {
  std::string out;
  for (const char* at = row.arguments; *at; ++at) {
    if (*at == '*') {
      out += ", ...";
    } else if (*at == '?') {
      out += " (optional)";
    } else {
      bool constant = *at >= 'a';
      if (!out.empty()) out += ", ";
      if (constant && *at != 'v') out += "constant ";
      out += LetterType(constant ? static_cast<char>(*at - 'a' + 'A') : *at);
    }
  }
  return out;
}

std::string ResultType(const Function& row) {
  if (row.result[0] == '1') return LetterType(row.arguments[0]);
  if (row.result[0] == 'T') return "their shared type";
  return LetterType(row.result[0]);
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string FunctionTableMarkdown() {
  std::string out = "| function | arguments | result | meaning |\n|---|---|---|---|\n";
  std::set<std::string> seen;
  for (const Function& row : Functions()) {
    if (!std::isalpha(static_cast<unsigned char>(row.name[0]))) continue;
    if (!seen.insert(row.name).second) continue;
    std::string arguments, result;
    for (const Function* each : FunctionsNamed(row.name)) {
      std::string types = ArgumentTypes(*each), gives = ResultType(*each);
      if (!arguments.empty()) arguments += "; ";
      arguments += types;
      if (result.find(gives) == std::string::npos) result += (result.empty() ? "" : ", ") + gives;
    }
    out += "| `" + std::string(row.signature) + "` | " + arguments + " | " + result + " | " +
           Escaped(row.meaning) + " |\n";
  }
  return out;
}

}  // namespace tamis
