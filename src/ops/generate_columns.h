// Builds the columns of the rows of a program: those of the table itself, and those of the rows of
// other tables that it refers to, each when it is first asked for. Checks no row counts.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_compile.h"
#include "ops/generate_reference.h"
#include "ops/generate_scope.h"

namespace tamis {

class TableColumns;

/// The tables whose rows one program computes.
class TableSet {
 public:
  /// `main` is the table that the program is for; it need not be one of the context's contract.
  TableSet(const Table& main, const GenerateContext& context, ProgramBuilder* builder)
      : main_(main), context_(context), builder_(*builder) {}

  ProgramBuilder& builder() { return builder_; }
  /// The columns of the row of `table` whose number is in a register (kOwnRow: the row itself).
  Result<TableColumns*> At(const Table& table, Register row);
  /// The table of that name. UsageError at `place` without a contract.
  Result<const Table*> FindTable(const std::string& name, const Place& place) const;
  int64_t RowCount(const Table& table) const;
  Result<uint64_t> SeedOf(const Table& table) const;

  /// Says that a column is being built; a UsageError with all that need each other if it is
  /// already. `Leave` says that it has been.
  Status Enter(const Table& table, const std::string& column, const Place& place);
  void Leave() { being_built_.pop_back(); }

 private:
  const Table& main_;
  const GenerateContext& context_;
  ProgramBuilder& builder_;
  std::map<std::pair<const Table*, Register>, std::unique_ptr<TableColumns>> columns_;
  std::vector<std::string> being_built_;  // table.column
};

/// The columns of one row of a table.
class TableColumns : public RowColumns {
 public:
  TableColumns(const Table& table, Register row, uint64_t seed, TableSet* tables)
      : table_(table), row_(row), seed_(seed), tables_(*tables) {}

  Result<const ColumnOutput*> Find(const std::string& name, const Place& place) override;
  Result<ParentValue> FindInParent(const std::string& foreign_key, const std::string& name,
                                   const Place& place) override;
  Result<Register> NumberInParent(const std::string& foreign_key, const Place& place) override;
  Result<Register> KeyDigit(const Column& column, uint64_t count) override;

  /// UsageError if a column refers to rows of two tables that need not agree, or if a primary key
  /// of several columns may repeat: none of them is unique, nor do its foreign keys keep it so.
  Status CheckKeys(const Contract* contract);

 private:
  // The row that a foreign key refers to.
  struct ParentRow {
    const Table* table = nullptr;
    Register row = 0;
    Register present = kAlways;
    Register number = kAlways;  // among its siblings, with children
  };
  // How the foreign keys of a primary key of several columns keep it unique.
  struct KeyPlan {
    std::vector<const Relationship*> product;  // one permutation of all their rows
    std::vector<std::string> digits;           // columns whose values are counted up beside it
    const Relationship* distinct = nullptr;    // no row twice among the siblings of...
    const Relationship* children = nullptr;    // ...this one's
  };

  Result<ParentRow> FindParentRow(const Relationship& relationship);
  Result<ParentRow> DrawParentRow(const Relationship& relationship, const ReferenceSpec& spec,
                                  const Table& parent);
  Result<ParentRow> DrawOwnRow(const Relationship& relationship, const ReferenceSpec& spec);
  Result<Register> DrawDigit(const KeyPlan& plan, const Relationship& relationship);
  Status CheckKey(const std::vector<std::string>& key, bool is_planned);
  Result<KeyPlan> PlanKey();
  Result<KeyPlan> PlanDigits(const std::vector<const Relationship*>& parts);
  Result<uint64_t> CountParents(const KeyPlan& plan);
  bool MustBeUnique(const Relationship& relationship) const;
  bool IsNullable(const Relationship& relationship) const;
  Result<const Relationship*> RelationshipOf(const std::string& column, const Place& place) const;

  const Table& table_;
  Register row_;
  uint64_t seed_;
  TableSet& tables_;
  std::map<std::string, std::unique_ptr<const ColumnOutput>> built_;
  std::map<std::string, uint64_t> digit_counts_;  // values of the columns of a key that count up
};

}  // namespace tamis
