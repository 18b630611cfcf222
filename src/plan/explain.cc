// Prints plans. See explain.h.
#include "plan/explain.h"

#include <arrow/type.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/memory.h"
#include "contract/types.h"
#include "plan/parameters.h"

namespace tamis {
namespace {

std::string Join(const std::vector<std::string>& items, const char* separator = ", ") {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : separator) + item;
  return out;
}

std::string TableName(const std::shared_ptr<const Contract>& contract, const std::string& table) {
  return contract->id == table ? table : contract->id + "." + table;
}

/// Seconds, minutes, ... as a whole number of the largest unit that fits.
std::string DurationText(int64_t us) {
  struct Unit {
    const char* name;
    int64_t us;
  };
  constexpr std::array<Unit, 5> kUnits = {{{"d", 86'400'000'000},
                                           {"h", 3'600'000'000},
                                           {"min", 60'000'000},
                                           {"s", 1'000'000},
                                           {"ms", 1000}}};
  for (const Unit& unit : kUnits) {
    if (us % unit.us == 0) return std::to_string(us / unit.us) + " " + unit.name;
  }
  return std::to_string(us) + " us";
}

std::string NumberText(double value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return std::string(buffer.data(), end);
}

std::string SourceText(const Step& step) {
  if (step.read) {
    std::string out = "read " + step.read->path;
    if (!step.read->format.format.empty()) out += " (" + step.read->format.format + ")";
    if (step.read->contract) {
      out += " as " + TableName(step.read->contract, step.read->table);
    }
    return out;
  }
  if (step.generate) {
    return "generate " + std::to_string(step.generate->row_count) + " rows of " +
           TableName(step.generate->contract, step.generate->table) + " with seed " +
           std::to_string(step.generate->seed);
  }
  if (!step.sql) return "from " + step.from->step;
  const std::string tables = step.sql->tables.empty() ? "nothing" : Join(step.sql->tables);
  if (!step.sql->shape) return "sql over " + tables;
  return "from " + step.sql->shape->from + ", sum of " + step.sql->shape->value + " for each " +
         step.sql->shape->key + " joined back";
}

std::string RejectsText(const RejectsSpec& rejects) {
  std::string out = "rejects to " + rejects.path;
  if (rejects.count_max) out += ", at most " + std::to_string(*rejects.count_max);
  if (rejects.share_max) out += ", at most " + NumberText(*rejects.share_max * 100) + "%";
  return out;
}

std::string DedupeText(const DedupeSpec& dedupe) {
  static constexpr std::array<const char*, 4> kKeeps = {"first", "last", "latest", "earliest"};
  std::string out = "keep the " + std::string(kKeeps.at(static_cast<size_t>(dedupe.keep))) +
                    " of " + Join(dedupe.key);
  return dedupe.by.empty() ? out : out + " by " + dedupe.by;
}

std::string WindowText(const WindowSpec& window) {
  static constexpr std::array<const char*, 5> kKinds = {"count", "sum", "avg", "min", "max"};
  std::vector<std::string> aggregates;
  for (const auto& aggregate : window.aggregates) {
    const std::string call =
        std::string(kKinds.at(static_cast<size_t>(aggregate.kind))) + "(" + aggregate.column + ")";
    aggregates.push_back(call);
  }
  std::string out = "windows of " + DurationText(window.every_us) + " of " + window.time;
  if (!window.by.empty()) out += " by " + Join(window.by);
  out += ": " + Join(aggregates);
  if (!window.pivot_column.empty()) {
    out += " for " + window.pivot_column + " in [" + Join(window.pivot_values) + "]";
  }
  return window.fill ? out + ", else " + window.fill->ToString() : out;
}

std::string AnonymizeText(const AnonymizeSpec& spec) {
  std::string out = "pseudonyms for " + Join(spec.columns) + " under " + spec.key_source;
  if (!spec.domain.empty()) out += " in domain " + spec.domain;
  return spec.length == AnonymizeSpec().length ? out
                                               : out + ", " + std::to_string(spec.length) + " long";
}

std::string WriteText(const WriteSpec& write) {
  static constexpr std::array<const char*, 3> kModes = {"overwrite", "append",
                                                        "replace partitions of"};
  std::string out = std::string(kModes.at(static_cast<size_t>(write.mode))) + " " + write.path;
  std::vector<std::string> how;
  if (!write.format.empty()) how.push_back(write.format);
  if (!write.codec.empty()) how.push_back(write.codec);
  if (write.file_bytes_max > 0) how.push_back("files of " + FormatByteSize(write.file_bytes_max));
  if (!how.empty()) out += " (" + Join(how) + ")";
  std::vector<std::string> keys;
  for (const DeriveSpec& key : write.partition_by) {
    keys.push_back(key.value.BareColumn() == key.name ? key.name
                                                      : key.name + "=" + key.value.ToString());
  }
  return keys.empty() ? out : out + " by " + Join(keys, "/");
}

std::string StepText(const Step& step) {
  std::vector<std::string> parts = {SourceText(step)};
  if (step.validate) {
    parts.push_back("validate as " + TableName(step.validate->contract, step.validate->table));
  }
  if (step.rejects) parts.push_back(RejectsText(*step.rejects));
  if (step.filter) parts.push_back("filter " + step.filter->ToString());
  for (const DeriveSpec& derive : step.derive) {
    parts.push_back(derive.name + " = " + derive.value.ToString());
  }
  if (step.dedupe) parts.push_back(DedupeText(*step.dedupe));
  if (step.window) parts.push_back(WindowText(*step.window));
  for (const AnonymizeSpec& spec : step.anonymize) parts.push_back(AnonymizeText(spec));
  if (!step.select.empty()) {
    std::vector<std::string> items;
    for (const SelectItem& item : step.select) {
      items.push_back(item.column == item.name ? item.name : item.column + " as " + item.name);
    }
    parts.push_back("select " + Join(items));
  }
  if (step.write) parts.push_back(WriteText(*step.write));
  return Join(parts, " | ");
}

std::string ColumnsText(const Step& step) {
  if (!step.schema) return "columns known when it runs";
  std::vector<std::string> columns;
  for (const auto& field : step.schema->fields()) {
    columns.push_back(field->name() + " " + PhysicalTypeName(*field->type()) +
                      (field->nullable() ? "" : " not null"));
  }
  return Join(columns);
}

}  // namespace

std::string ExplainPlan(const Plan& plan) {
  std::string out = "pipeline " + plan.name + "\n";
  for (const auto& [name, value] : plan.parameters) {
    if (name != "run_time") out += "  $" + name + " = " + ParameterText(*value) + "\n";
  }
  for (const Step& step : plan.steps) {
    out += step.name + ": " + StepText(step) + "\n  -> " + ColumnsText(step) + "\n";
  }
  return out;
}

}  // namespace tamis
