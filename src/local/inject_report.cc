// See inject_report.h.
#include "local/inject_report.h"

#include "report/run_record.h"

namespace tamis {
namespace {

std::string NameOf(const FaultReason& reason, const Table& table) {
  std::string name = RuleName(reason.rule);
  return reason.column < 0 ? name
                           : name + " " + table.columns[static_cast<size_t>(reason.column)].name;
}

}  // namespace

std::string FaultsJson(const FaultCounts& counts, const Table& table) {
  std::string out, by_rule;
  for (const auto& [fault, count] : counts.by_fault) {
    out += "\"" + std::string(FaultName(fault)) + "\": " + std::to_string(count) + ", ";
  }
  for (const auto& [reason, count] : counts.by_rule) {
    by_rule += (by_rule.empty() ? "" : ", ") + JsonText(NameOf(reason, table)) + ": " +
               std::to_string(count);
  }
  return "{" + out + "\"by_rule\": {" + by_rule + "}}";
}

std::string FaultLines(const FaultCounts& counts, const Table& table) {
  std::string out;
  for (const auto& [fault, count] : counts.by_fault) {
    out += (out.empty() ? "  injected " : ", ") + FormatCount(count) + " " + FaultName(fault);
  }
  out += "\n";
  for (const auto& [reason, count] : counts.by_rule) {
    out += "    " + FormatCount(count) + "  " + NameOf(reason, table) + "\n";
  }
  return out;
}

}  // namespace tamis
