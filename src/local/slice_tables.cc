// The generators that a contract gives single slices. See slices.h.
#include <algorithm>

#include "base/suggest.h"
#include "local/slices.h"
#include "spec/reader.h"
#include "text/number.h"

namespace tamis {
namespace {

// What a slice says on top of what the column says: keys replace keys, a provider everything.
std::shared_ptr<const Node> OnTop(const std::shared_ptr<const Node>& below, const Node& above) {
  bool replaces = !below || !below->is_mapping() || !above.is_mapping() || above.Find("provider");
  if (replaces) {
    // A provider that the column names alone stays the one that options are for.
    if (below && below->is_scalar() && above.is_mapping() && !above.Find("provider")) {
      auto named = std::make_shared<Node>(above);
      Node key = *below;
      key.scalar = "provider";
      named->entries.emplace_back(std::move(key), *below);
      return named;
    }
    return std::make_shared<const Node>(above);
  }
  auto merged = std::make_shared<Node>(*below);
  merged->place = above.place;
  for (const auto& [key, value] : above.entries) {
    auto there = std::find_if(merged->entries.begin(), merged->entries.end(),
                              [&](const auto& entry) { return entry.first.scalar == key.scalar; });
    if (there != merged->entries.end()) {
      there->second = value;
    } else {
      merged->entries.emplace_back(key, value);
    }
  }
  return merged;
}

Status CheckColumns(const Table& table, const Node& columns) {
  ARROW_RETURN_NOT_OK(ExpectMapping(columns, "the generators of a slice"));
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  for (const auto& [key, value] : columns.entries) {
    if (table.ColumnIndex(key.scalar) >= 0) continue;
    return UsageErrorAt(key.place, "unknown column: " + key.scalar, DidYouMean(key.scalar, names));
  }
  return Status::OK();
}

}  // namespace

Result<SliceTables> SliceTables::Make(const Table& table, const std::string& slice_column) {
  SliceTables made;
  Table plain = table;
  std::erase_if(plain.columns, [&](const Column& column) { return column.name == slice_column; });
  if (plain.columns.empty()) {
    return UsageErrorAt(table.place, "table " + table.name + " has no column but " + slice_column,
                        "which is in the folders' names, not in the files");
  }
  const Node* slices = table.generate ? table.generate->Find("slices") : nullptr;
  if (slices && !slices->is_null()) {
    ARROW_RETURN_NOT_OK(ExpectMapping(*slices, "slices"));
    for (const auto& [key, columns] : slices->entries) {
      ARROW_RETURN_NOT_OK(CheckColumns(plain, columns));
      Override entry;
      entry.key = key.scalar;
      entry.columns = &columns;
      if (size_t dots = key.scalar.find(".."); dots != std::string::npos) {
        auto argument = ParseSliceArgument("[" + key.scalar + "]");
        if (!argument.ok()) {
          return UsageErrorAt(key.place, "not a range of slices: " + key.scalar,
                              "such as 10..19, 100.. or ..9");
        }
        entry.range = argument->range;
      }
      made.overrides_.push_back(std::move(entry));
    }
  }
  made.tables_.push_back(std::move(plain));
  made.combinations_.emplace_back();
  return made;
}

Result<size_t> SliceTables::IndexOf(const std::string& slice) {
  std::vector<size_t> fitting;
  int64_t number = 0;
  bool is_number = ParseInt64(slice, &number) == ParseResult::kOk;
  for (size_t i = 0; i < overrides_.size(); ++i) {
    Override& entry = overrides_[i];
    bool fits = entry.range ? is_number && entry.range->Contains(number) : entry.key == slice;
    if (!fits) continue;
    entry.is_used = true;
    fitting.push_back(i);
  }
  auto known = std::find(combinations_.begin(), combinations_.end(), fitting);
  if (known != combinations_.end()) return static_cast<size_t>(known - combinations_.begin());
  Table table = tables_.front();
  for (size_t i : fitting) {
    for (const auto& [key, value] : overrides_[i].columns->entries) {
      Column& column = table.columns[static_cast<size_t>(table.ColumnIndex(key.scalar))];
      column.generate = OnTop(column.generate, value);
    }
  }
  tables_.push_back(std::move(table));
  combinations_.push_back(std::move(fitting));
  return tables_.size() - 1;
}

std::vector<std::string> SliceTables::UnusedKeys() const {
  std::vector<std::string> keys;
  for (const Override& entry : overrides_) {
    if (!entry.is_used) keys.push_back(entry.key);
  }
  return keys;
}

}  // namespace tamis
