// Row counts, a table's after its parent's. See generate_rows.h.
#include "ops/generate_rows.h"

#include <set>

#include "ops/generate_reference.h"
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
  reader.Ignore({"slices", "inject"});  // local/slices.h and inject.h read them
  ARROW_RETURN_NOT_OK(reader.Finish());
  if (read.row_count.value_or(0) < 0) {
    return UsageErrorAt(table.generate->Find("rows")->place, "rows are 0 or more");
  }
  if (seed < 0) return UsageErrorAt(table.generate->Find("seed")->place, "a seed is 0 or more");
  return read;
}

namespace {

// Counts tables, each after the parents of its children.
class RowCounter {
 public:
  RowCounter(const Contract& contract, const RowRequest& request)
      : contract_(contract), request_(request) {}

  Result<RowCounts> Count() {
    for (const auto& [name, count] : request_.by_table) {
      ARROW_RETURN_NOT_OK(contract_.FindTable(name).status());
    }
    for (const Table& table : contract_.tables) ARROW_RETURN_NOT_OK(CountTable(table).status());
    return std::move(counts_);
  }

 private:
  Result<int64_t> CountTable(const Table& table) {
    auto known = counts_.find(table.name);
    if (known != counts_.end()) return known->second;
    if (!being_counted_.insert(table.name).second) {
      return UsageErrorAt(table.place,
                          "tables are children of each other in a circle: " + table.name);
    }
    ARROW_ASSIGN_OR_RAISE(TableGenerate said, ReadTableGenerate(table));
    auto asked = request_.by_table.find(table.name);
    const bool is_asked = asked != request_.by_table.end();
    int64_t count =
        is_asked ? asked->second : request_.all.value_or(said.row_count.value_or(kRowCountDefault));
    uint64_t seed = request_.seed.value_or(said.seed.value_or(0));
    ARROW_ASSIGN_OR_RAISE(std::optional<int64_t> children, CountChildren(table, seed));
    if (children && ((is_asked && asked->second != *children) ||
                     said.row_count.value_or(*children) != *children)) {
      return UsageErrorAt(is_asked ? Place() : table.generate->Find("rows")->place,
                          "table " + table.name + " has " + std::to_string(*children) +
                              " rows: those of its parents say so",
                          "leave its rows out");
    }
    return counts_[table.name] = children.value_or(count);
  }

  // The rows of a table whose rows are children of others.
  Result<std::optional<int64_t>> CountChildren(const Table& table, uint64_t seed) {
    std::optional<int64_t> count;
    for (const Relationship& relationship : table.relationships) {
      ARROW_ASSIGN_OR_RAISE(ReferenceSpec spec, ReadReference(table, relationship));
      if (spec.kind != ReferenceSpec::Kind::kChildren) continue;
      if (count) {
        return UsageErrorAt(spec.place,
                            "rows of table " + table.name + " can't be children of two tables");
      }
      ARROW_ASSIGN_OR_RAISE(const Table* parent, contract_.FindTable(relationship.to_table));
      ARROW_ASSIGN_OR_RAISE(ChildTable children, ChildTableOf(table, relationship, spec, seed));
      ARROW_ASSIGN_OR_RAISE(int64_t parents, CountTable(*parent));
      ARROW_ASSIGN_OR_RAISE(count, children.CountChildren(parents));
    }
    return count;
  }

  const Contract& contract_;
  const RowRequest& request_;
  RowCounts counts_;
  std::set<std::string> being_counted_;
};

}  // namespace

Result<RowCounts> CountRows(const Contract& contract, const RowRequest& request) {
  return RowCounter(contract, request).Count();
}

}  // namespace tamis
