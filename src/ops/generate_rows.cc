// Row counts, a table's after its parent's. See generate_rows.h.
#include "ops/generate_rows.h"

#include "base/suggest.h"
#include "spec/reader.h"

namespace tamis {

Result<TableGenerate> ReadTableGenerate(const Table& table) {
  TableGenerate read;
  if (!table.generate || table.generate->is_null()) return read;
  ARROW_RETURN_NOT_OK(ExpectMapping(*table.generate, "tamis.generate of a schema"));
  MappingReader reader(*table.generate, "tamis.generate of a schema");
  int64_t seed = 0;
  reader.Optional("rows", &read.row_count);
  if (reader.Optional("seed", &seed)) read.seed = static_cast<uint64_t>(seed);
  reader.Optional("locale", &read.locale);
  ARROW_RETURN_NOT_OK(reader.Finish());
  if (read.row_count.value_or(0) < 0) {
    return UsageErrorAt(table.generate->Find("rows")->place, "rows are 0 or more");
  }
  if (seed < 0) return UsageErrorAt(table.generate->Find("seed")->place, "a seed is 0 or more");
  return read;
}

Result<RowCounts> CountRows(const Contract& contract, const RowRequest& request) {
  for (const auto& [name, count] : request.by_table) {
    ARROW_RETURN_NOT_OK(contract.FindTable(name).status());
  }
  RowCounts counts;
  for (const Table& table : contract.tables) {
    ARROW_ASSIGN_OR_RAISE(TableGenerate said, ReadTableGenerate(table));
    auto asked = request.by_table.find(table.name);
    int64_t usual = request.all.value_or(said.row_count.value_or(kRowCountDefault));
    counts[table.name] = asked == request.by_table.end() ? usual : asked->second;
  }
  return counts;
}

}  // namespace tamis
