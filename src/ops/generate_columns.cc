// One column at a time, of this row or of another. See generate_columns.h.
#include "ops/generate_columns.h"

#include <algorithm>

#include "base/permutation.h"
#include "base/suggest.h"
#include "ops/generate_column.h"

namespace tamis {
namespace {

// Where a key has a number below `count` for each row: a permutation whose key is the parent's row.
class PermuteEach : public NumberFunction {
 public:
  explicit PermuteEach(uint64_t count) : count_(count) {}

  void Fill(const RowRange& rows, uint64_t key, const int64_t* number, const int64_t* parent,
            int64_t* out) const override {
    for (size_t i = 0; i < rows.count; ++i) {
      Permutation permutation(count_, DrawHash(RowHash(parent[i]), key));
      out[i] = static_cast<int64_t>(permutation(static_cast<uint64_t>(number[i])));
    }
  }

 private:
  uint64_t count_;
};

std::string JoinNames(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ", ") + name;
  return joined;
}

bool Has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const Column& ColumnOf(const Table& table, const std::string& name) {
  return table.columns[static_cast<size_t>(table.ColumnIndex(name))];
}

// Whether `narrow` holds wherever `wide` does: the row that `wide` refers to refers to the same.
bool Implies(const Contract& contract, const Relationship& wide, const Relationship& narrow) {
  auto target = contract.FindTable(wide.to_table);
  if (!target.ok()) return false;
  std::vector<std::string> through;
  for (const std::string& column : narrow.columns) {
    auto at = std::find(wide.columns.begin(), wide.columns.end(), column);
    if (at == wide.columns.end()) return false;
    through.push_back(wide.to_columns[static_cast<size_t>(at - wide.columns.begin())]);
  }
  if (wide.to_table == narrow.to_table && through == narrow.to_columns) return true;
  return std::any_of((*target)->relationships.begin(), (*target)->relationships.end(),
                     [&](const Relationship& next) {
                       return next.columns == through && next.to_table == narrow.to_table &&
                              next.to_columns == narrow.to_columns;
                     });
}

}  // namespace

Result<TableColumns*> TableSet::At(const Table& table, Register row) {
  auto& columns = columns_[{&table, row}];
  if (!columns) {
    ARROW_ASSIGN_OR_RAISE(uint64_t seed, SeedOf(table));
    columns = std::make_unique<TableColumns>(table, row, seed, this);
  }
  return columns.get();
}

Result<const Table*> TableSet::FindTable(const std::string& name, const Place& place) const {
  if (name == main_.name) return &main_;
  if (context_.contract) return context_.contract->FindTable(name);
  return UsageErrorAt(place, "table " + name + " is not known here: it needs its contract");
}

int64_t TableSet::RowCount(const Table& table) const {
  auto found = context_.rows.find(table.name);
  return found == context_.rows.end() ? kRowCountDefault : found->second;
}

Result<uint64_t> TableSet::SeedOf(const Table& table) const {
  if (context_.seed) return *context_.seed;
  ARROW_ASSIGN_OR_RAISE(TableGenerate said, ReadTableGenerate(table));
  return said.seed.value_or(0);
}

Status TableSet::Enter(const Table& table, const std::string& column, const Place& place) {
  std::string name = table.name + "." + column;
  auto at = std::find(being_built_.begin(), being_built_.end(), name);
  if (at == being_built_.end()) {
    being_built_.push_back(std::move(name));
    return Status::OK();
  }
  std::string circle;
  for (; at != being_built_.end(); ++at) circle += *at + " needs ";
  return UsageErrorAt(place, "columns need each other in a circle: " + circle + name);
}

Result<const ColumnOutput*> TableColumns::Find(const std::string& name, const Place& place) {
  auto found = built_.find(name);
  if (found != built_.end()) return found->second.get();
  int index = table_.ColumnIndex(name);
  if (index < 0) {
    std::vector<std::string> names;
    for (const Column& column : table_.columns) names.push_back(column.name);
    return UsageErrorAt(place, "table " + table_.name + " has no column " + name,
                        DidYouMean(name, names));
  }
  ARROW_RETURN_NOT_OK(tables_.Enter(table_, name, place));
  std::optional<AtRow> at;
  if (row_ != kOwnRow) at.emplace(&tables_.builder(), row_, seed_);
  const Column& column = table_.columns[static_cast<size_t>(index)];
  ARROW_ASSIGN_OR_RAISE(ColumnOutput output,
                        BuildColumn({table_, column, table_.name, tables_.builder(), *this}));
  tables_.Leave();
  return (built_[name] = std::make_unique<const ColumnOutput>(std::move(output))).get();
}

Result<const Relationship*> TableColumns::RelationshipOf(const std::string& column,
                                                         const Place& place) const {
  const Relationship* found = ReferenceOf(table_, column);
  if (found) return found;
  std::vector<std::string> known;
  for (const Relationship& other : table_.relationships) {
    known.insert(known.end(), other.columns.begin(), other.columns.end());
  }
  return UsageErrorAt(
      place, "column " + column + " of table " + table_.name + " refers to no table",
      known.empty() ? "it has no relationship" : "those that do: " + JoinNames(known));
}

Result<ParentValue> TableColumns::FindInParent(const std::string& foreign_key,
                                               const std::string& name, const Place& place) {
  ARROW_ASSIGN_OR_RAISE(const Relationship* relationship, RelationshipOf(foreign_key, place));
  ARROW_ASSIGN_OR_RAISE(ParentRow parent, FindParentRow(*relationship));
  ARROW_ASSIGN_OR_RAISE(TableColumns * columns, tables_.At(*parent.table, parent.row));
  std::string wanted = name;
  if (wanted.empty()) {
    auto at = std::find(relationship->columns.begin(), relationship->columns.end(), foreign_key);
    wanted = relationship->to_columns[static_cast<size_t>(at - relationship->columns.begin())];
  }
  ARROW_ASSIGN_OR_RAISE(const ColumnOutput* output, columns->Find(wanted, place));
  ProgramBuilder& builder = tables_.builder();
  return ParentValue{output, builder.And(parent.present, output->present),
                     builder.facts(parent.row).unique && output->is_unique};
}

Result<Register> TableColumns::NumberInParent(const std::string& foreign_key, const Place& place) {
  const Relationship* found = nullptr;
  for (const Relationship& relationship : table_.relationships) {
    if (!foreign_key.empty() && !Has(relationship.columns, foreign_key)) continue;
    ARROW_ASSIGN_OR_RAISE(ReferenceSpec spec, ReadReference(table_, relationship));
    if (spec.kind == ReferenceSpec::Kind::kChildren) found = &relationship;
  }
  if (!found) {
    return UsageErrorAt(place,
                        "rows of table " + table_.name + " are no children of " +
                            (foreign_key.empty() ? "any table" : "column " + foreign_key),
                        "say children: {from: 0, to: 5} at a column that refers to their parents");
  }
  ARROW_ASSIGN_OR_RAISE(ParentRow parent, FindParentRow(*found));
  return parent.number;
}

bool TableColumns::MustBeUnique(const Relationship& relationship) const {
  std::vector<std::string> key = table_.PrimaryKey();
  bool has_key = !key.empty() && std::all_of(key.begin(), key.end(), [&](const auto& column) {
    return Has(relationship.columns, column);
  });
  return has_key ||
         (relationship.columns.size() == 1 && ColumnOf(table_, relationship.columns[0]).unique);
}

bool TableColumns::IsNullable(const Relationship& relationship) const {
  return std::none_of(relationship.columns.begin(), relationship.columns.end(),
                      [&](const std::string& name) {
                        const Column& column = ColumnOf(table_, name);
                        return column.required || column.primary_key_position > 0;
                      });
}

Result<TableColumns::KeyPlan> TableColumns::PlanKey() {
  KeyPlan plan;
  std::vector<const Relationship*> parts;
  bool has_more = false;
  for (const std::string& name : KeyOfSeveral(table_)) {
    const Relationship* relationship = ReferenceOf(table_, name);
    has_more |= !relationship;
    if (relationship && std::find(parts.begin(), parts.end(), relationship) == parts.end()) {
      parts.push_back(relationship);
    }
  }
  if (has_more) return PlanDigits(parts);
  if (parts.size() < 2) return plan;
  for (const Relationship* part : parts) {
    ARROW_ASSIGN_OR_RAISE(ReferenceSpec spec, ReadReference(table_, *part));
    if (spec.kind == ReferenceSpec::Kind::kChildren) {
      plan.children = part;
    } else if (spec.kind == ReferenceSpec::Kind::kZipf) {
      return KeyPlan();
    } else {
      plan.distinct = part;
    }
  }
  if (!plan.children) plan.product = parts;
  if (!plan.children || parts.size() > 2) plan.children = plan.distinct = nullptr;
  return plan;
}

// A key of columns that refer to nothing, beside those that refer to `parts`: the rows of the
// parents are gone through, then the values of the other columns count up.
Result<TableColumns::KeyPlan> TableColumns::PlanDigits(
    const std::vector<const Relationship*>& parts) {
  if (KeyOfSeveral(table_).empty()) return KeyPlan();
  KeyPlan plan;
  for (const Relationship* part : parts) {
    ARROW_ASSIGN_OR_RAISE(ReferenceSpec spec, ReadReference(table_, *part));
    if (spec.kind != ReferenceSpec::Kind::kUniform || MustBeUnique(*part)) return KeyPlan();
  }
  for (const std::string& name : KeyOfSeveral(table_)) {
    if (ReferenceOf(table_, name)) continue;
    const Column& column = ColumnOf(table_, name);
    ARROW_ASSIGN_OR_RAISE(ProviderChoice choice, ChooseGenerator(table_, column));
    const std::string_view provider = choice.provider->name;
    if (column.unique || provider == "sequence" || provider == "uuid") return KeyPlan();
    plan.digits.push_back(name);
  }
  plan.product = parts;
  return plan;
}

Result<uint64_t> TableColumns::CountParents(const KeyPlan& plan) {
  uint64_t product = 1;
  for (const Relationship* part : plan.product) {
    ARROW_ASSIGN_OR_RAISE(const Table* parent, tables_.FindTable(part->to_table, part->place));
    const auto rows = static_cast<uint64_t>(std::max<int64_t>(tables_.RowCount(*parent), 1));
    if (__builtin_mul_overflow(product, rows, &product) || product > Permutation::kCountMax) {
      return UsageErrorAt(table_.place,
                          "the primary key of table " + table_.name + " has more than 2^62 values");
    }
  }
  return product;
}

Result<Register> TableColumns::KeyDigit(const Column& column, uint64_t count) {
  ARROW_ASSIGN_OR_RAISE(KeyPlan plan, PlanKey());
  if (!Has(plan.digits, column.name)) return kAlways;
  ARROW_ASSIGN_OR_RAISE(uint64_t parent_count, CountParents(plan));
  ProgramBuilder& builder = tables_.builder();
  Register parents = builder.Constant(static_cast<int64_t>(parent_count));
  Register turn = builder.Divide(builder.Row(), parents);
  for (const std::string& before : plan.digits) {
    if (before == column.name) break;
    ARROW_RETURN_NOT_OK(Find(before, column.place).status());
    auto counted = digit_counts_.find(before);
    if (counted == digit_counts_.end()) continue;
    turn = builder.Divide(turn, builder.Constant(static_cast<int64_t>(counted->second)));
  }
  digit_counts_[column.name] = count;
  Register number = builder.Modulo(turn, builder.Constant(static_cast<int64_t>(count)));
  return builder.Apply(
      table_.name + "." + column.name + ".key", std::make_shared<const PermuteEach>(count),
      {0, static_cast<int64_t>(count - 1), false}, number, builder.Modulo(builder.Row(), parents));
}

// The row of one parent of a primary key that refers to several: a digit of one number for the
// whole key, which no other row has.
Result<Register> TableColumns::DrawDigit(const KeyPlan& plan, const Relationship& relationship) {
  ProgramBuilder& builder = tables_.builder();
  ARROW_ASSIGN_OR_RAISE(uint64_t product, CountParents(plan));
  std::vector<uint64_t> counts;
  for (const Relationship* part : plan.product) {
    ARROW_ASSIGN_OR_RAISE(const Table* parent, tables_.FindTable(part->to_table, part->place));
    counts.push_back(static_cast<uint64_t>(std::max<int64_t>(tables_.RowCount(*parent), 1)));
  }
  Register row = builder.Row();
  if (plan.digits.empty()) {
    builder.LimitRows(product, "its primary key has " + std::to_string(product) + " values");
  } else {
    row = builder.Modulo(row, builder.Constant(static_cast<int64_t>(product)));
  }
  Register number = builder.Permute(table_.name + ".key", row, product);
  for (size_t i = 0;; ++i) {
    Register count = builder.Constant(static_cast<int64_t>(counts[i]));
    if (plan.product[i] == &relationship) return builder.Modulo(number, count);
    number = builder.Divide(number, count);
  }
}

Result<TableColumns::ParentRow> TableColumns::DrawOwnRow(const Relationship& relationship,
                                                         const ReferenceSpec& spec) {
  if (spec.kind != ReferenceSpec::Kind::kUniform) {
    return UsageErrorAt(spec.place, "a table that refers to itself refers to any earlier row",
                        "leave distribution and children out");
  }
  ProgramBuilder& builder = tables_.builder();
  ParentRow parent;
  Register row = builder.Row();
  Register zero = builder.Constant(0);
  // The first row has no earlier one.
  Register count = builder.Select(row, row, builder.Constant(1));
  count = builder.Narrow(count, 1, INT64_MAX);
  parent.row = builder.UniformEach(ReferenceName(table_, relationship) + ".parent", zero, count);
  if (IsNullable(relationship)) parent.present = builder.Less(zero, row);
  return parent;
}

Result<TableColumns::ParentRow> TableColumns::DrawParentRow(const Relationship& relationship,
                                                            const ReferenceSpec& spec,
                                                            const Table& parent_table) {
  ProgramBuilder& builder = tables_.builder();
  const std::string name = ReferenceName(table_, relationship);
  const auto rows = static_cast<uint64_t>(std::max<int64_t>(tables_.RowCount(parent_table), 1));
  ParentRow parent;
  ARROW_ASSIGN_OR_RAISE(KeyPlan plan, PlanKey());
  if (spec.kind == ReferenceSpec::Kind::kChildren) {
    ARROW_ASSIGN_OR_RAISE(ChildTable children, ChildTableOf(table_, relationship, spec, seed_));
    ARROW_ASSIGN_OR_RAISE(int64_t count, children.CountChildren(tables_.RowCount(parent_table)));
    builder.LimitRows(static_cast<uint64_t>(count),
                      "the rows of " + parent_table.name + " have so many children");
    ChildPlace place = PlaceChild(builder, name, children, tables_.RowCount(parent_table));
    parent.row = place.parent;
    parent.number = place.number;
  } else if (!plan.product.empty() && std::find(plan.product.begin(), plan.product.end(),
                                                &relationship) != plan.product.end()) {
    ARROW_ASSIGN_OR_RAISE(parent.row, DrawDigit(plan, relationship));
  } else if (plan.distinct == &relationship) {
    ARROW_ASSIGN_OR_RAISE(ParentRow sibling, FindParentRow(*plan.children));
    if (static_cast<uint64_t>(builder.facts(sibling.number).max) >= rows) {
      return UsageErrorAt(spec.place, "table " + parent_table.name + " has too few rows for " +
                                          std::to_string(builder.facts(sibling.number).max + 1) +
                                          " different ones in a row of " + table_.name);
    }
    parent.row =
        builder.Apply(name + ".parent", std::make_shared<const PermuteEach>(rows),
                      {0, static_cast<int64_t>(rows - 1), false}, sibling.number, sibling.row);
  } else if (MustBeUnique(relationship)) {
    builder.LimitRows(rows, "each has a row of its own of " + parent_table.name + ", which has " +
                                std::to_string(rows));
    parent.row = builder.Permute(name + ".parent", builder.Row(), rows);
  } else if (spec.kind == ReferenceSpec::Kind::kZipf) {
    parent.row = DrawZipf(builder, name, rows, spec.zipf_hundredths);
  } else {
    parent.row = builder.Uniform(name + ".parent", rows);
  }
  return parent;
}

Result<TableColumns::ParentRow> TableColumns::FindParentRow(const Relationship& relationship) {
  // Equal steps are one, so that asking twice costs nothing.
  ARROW_ASSIGN_OR_RAISE(ReferenceSpec spec, ReadReference(table_, relationship));
  ARROW_ASSIGN_OR_RAISE(const Table* table,
                        tables_.FindTable(relationship.to_table, relationship.place));
  ProgramBuilder& builder = tables_.builder();
  ParentRow parent;
  if (table == &table_) {
    ARROW_ASSIGN_OR_RAISE(parent, DrawOwnRow(relationship, spec));
  } else {
    ARROW_ASSIGN_OR_RAISE(parent, DrawParentRow(relationship, spec, *table));
  }
  parent.table = table;
  const bool nullable = IsNullable(relationship);
  if (table != &table_ && tables_.RowCount(*table) == 0) {
    if (!nullable && tables_.RowCount(table_) > 0) {
      return UsageErrorAt(relationship.place, "table " + table_.name + " refers to table " +
                                                  table->name + ", which has no rows");
    }
    parent.present = builder.Constant(0);
  }
  if (spec.null_rate.often > 0) {
    if (!nullable || spec.kind == ReferenceSpec::Kind::kChildren) {
      return UsageErrorAt(
          ColumnOf(table_, relationship.columns[0]).generate
              ? ColumnOf(table_, relationship.columns[0]).generate->place
              : relationship.place,
          nullable ? "children have a parent: leave null_rate out"
                   : "column " + relationship.columns[0] + " is required: it has no null_rate");
    }
    Register none = builder.Chance(ReferenceName(table_, relationship) + ".null",
                                   spec.null_rate.often, spec.null_rate.of);
    parent.present = builder.And(parent.present, builder.Not(none));
  }
  return parent;
}

Status TableColumns::CheckKeys(const Contract* contract) {
  for (const Relationship& narrow : table_.relationships) {
    for (const std::string& column : narrow.columns) {
      const Relationship* wide = ReferenceOf(table_, column);
      if (wide == &narrow || (contract && Implies(*contract, *wide, narrow))) continue;
      return UsageErrorAt(narrow.place, "column " + column + " refers to " + wide->to_table +
                                            " and to " + narrow.to_table +
                                            ", which need not agree");
    }
  }
  bool is_planned = true;  // of the first key
  for (const std::vector<std::string>& key : KeysOfSeveral(table_)) {
    ARROW_RETURN_NOT_OK(CheckKey(key, is_planned));
    is_planned = false;
  }
  return Status::OK();
}

Status TableColumns::CheckKey(const std::vector<std::string>& key, bool is_planned) {
  bool numbered = false, has_parent = false;
  for (const std::string& name : key) {
    ARROW_ASSIGN_OR_RAISE(const ColumnOutput* output, Find(name, table_.place));
    if (output->is_unique) return Status::OK();
    const Relationship* relationship = ReferenceOf(table_, name);
    if (relationship && MustBeUnique(*relationship)) return Status::OK();
    if (relationship) {
      ARROW_ASSIGN_OR_RAISE(ReferenceSpec spec, ReadReference(table_, *relationship));
      has_parent |= spec.kind == ReferenceSpec::Kind::kChildren;
    }
    ARROW_ASSIGN_OR_RAISE(ProviderChoice choice, ChooseGenerator(table_, ColumnOf(table_, name)));
    numbered |= std::string_view(choice.provider->name) == "child_number";
  }
  KeyPlan plan;
  if (is_planned) {
    ARROW_ASSIGN_OR_RAISE(plan, PlanKey());
  }
  if (is_planned && !digit_counts_.empty()) {
    ARROW_ASSIGN_OR_RAISE(uint64_t values, CountParents(plan));
    for (const auto& [name, count] : digit_counts_) {
      if (__builtin_mul_overflow(values, count, &values)) return Status::OK();
    }
    tables_.builder().LimitRows(
        values, "its key (" + JoinNames(key) + ") has " + std::to_string(values) + " values");
    return Status::OK();
  }
  if (!plan.digits.empty()) plan = KeyPlan();
  if ((numbered && has_parent) || !plan.product.empty() || plan.distinct) return Status::OK();
  const bool is_primary = key == table_.PrimaryKey();
  return UsageErrorAt(table_.place,
                      std::string("the ") + (is_primary ? "primary" : "unique") + " key of table " +
                          table_.name + " (" + JoinNames(key) + ") may repeat",
                      "make one of its columns unique (sequence, uuid), or number the children of "
                      "a parent (children, child_number)");
}

}  // namespace tamis
