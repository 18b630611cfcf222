// Look-ups in a contract. See contract.h.
#include "contract/contract.h"

#include <arrow/type.h>

#include <algorithm>
#include <utility>

#include "base/suggest.h"

namespace tamis {

int Table::ColumnIndex(std::string_view column_name) const {
  for (size_t index = 0; index < columns.size(); ++index) {
    if (columns[index].name == column_name) return static_cast<int>(index);
  }
  return -1;
}

std::vector<std::string> Table::PrimaryKey() const {
  std::vector<const Column*> parts;
  for (const Column& column : columns) {
    if (column.primary_key_position > 0) parts.push_back(&column);
  }
  std::sort(parts.begin(), parts.end(), [](const Column* a, const Column* b) {
    return a->primary_key_position < b->primary_key_position;
  });
  std::vector<std::string> names;
  for (const Column* part : parts) names.push_back(part->name);
  return names;
}

std::shared_ptr<arrow::Schema> Table::ArrowSchema() const {
  arrow::FieldVector fields;
  for (const Column& column : columns) {
    fields.push_back(arrow::field(column.name, column.type, !column.required));
  }
  return arrow::schema(std::move(fields));
}

Result<const Table*> Contract::FindTable(std::string_view name) const {
  std::vector<std::string> known;
  for (const Table& table : tables) {
    if (table.name == name || (name.empty() && tables.size() == 1)) return &table;
    known.push_back(table.name);
  }
  const Place place{source, 0, 0};
  if (name.empty()) {
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
    return UsageErrorAt(place,
                        tables.empty() ? "the contract has no tables"
                                       : "the contract has several tables: name one of them",
                        tables.empty() ? "tables are listed under schema" : "known: " + list);
  }
  return UsageErrorAt(place, "unknown table: " + std::string(name), DidYouMean(name, known));
}

Table TextTable(const std::vector<std::string>& column_names, FormatOptions format) {
  Table table;
  for (const std::string& name : column_names) {
    Column column;
    column.name = name;
    column.logical_type = "string";
    column.type = arrow::utf8();
    table.columns.push_back(std::move(column));
  }
  table.format = std::move(format);
  return table;
}

}  // namespace tamis
