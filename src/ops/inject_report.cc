// Prints what was injected. See inject.h.
#include <algorithm>

#include "ops/inject.h"

namespace tamis {
namespace {

std::string Json(const std::map<std::string, int64_t>& counts) {
  std::string out = "{";
  for (const auto& [name, count] : counts) {
    out += out.size() > 1 ? ", \"" : "\"";
    for (char c : name) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += "\": " + std::to_string(count);
  }
  return out + "}";
}

}  // namespace

std::string FaultsJson(const FaultCounts& counts) {
  std::string out = Json(counts.by_fault);
  out.pop_back();
  return out + (out.size() > 1 ? ", " : "") + "\"by_rule\": " + Json(counts.by_rule) + "}";
}

std::string FaultLines(const FaultCounts& counts) {
  std::string out = "  injected ";
  bool first = true;
  for (const auto& [name, count] : counts.by_fault) {
    out += (first ? "" : ", ") + std::to_string(count) + " " + name;
    first = false;
  }
  out += "\n";
  for (const auto& [rule, count] : counts.by_rule) {
    out += "    " + std::to_string(count) + "  " + rule + "\n";
  }
  return out;
}

}  // namespace tamis
