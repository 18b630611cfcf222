// What a provider sees while it builds one column of a row program. Does not choose providers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/program_builder.h"
#include "spec/reader.h"

namespace tamis {

/// Kinds of columns, as bits: what a provider can fill.
enum ValueKind : uint32_t {
  kTextValue = 1,
  kIntegerValue = 2,
  kDecimalValue = 4,
  kFloatValue = 8,
  kBooleanValue = 16,
  kDateValue = 32,
  kTimestampValue = 64,
  kTimeValue = 128,
  kNestedValue = 256,
};

/// The kind of a column's type.
ValueKind ValueKindOf(const arrow::DataType& type);

/// Code points that a text column holds at most; INT64_MAX if nothing limits them.
int64_t LengthMax(const Column& column);

/// The part that shows a register as a value of a flat type: the number itself, days, units of the
/// type, 0 or 1; a double's bits. Text has none.
Part PartOfType(const arrow::DataType& type, Register value);

/// A column of the row that a foreign key refers to.
struct ParentValue {
  const ColumnOutput* output = nullptr;
  Register present = kAlways;  // 0 where the row refers to nothing, or to NULL
  bool is_unique = false;      // no two rows get the same value
};

/// What other columns say about the row that a column is built for, and about the rows that it
/// refers to.
class RowColumns {
 public:
  virtual ~RowColumns() = default;
  /// How another column of the row is made, by name. UsageError at `place` if there is none, and
  /// if the columns need each other in a circle.
  virtual Result<const ColumnOutput*> Find(const std::string& name, const Place& place) = 0;
  /// A column of the row that `foreign_key` (a column of this one) refers to; the column that it
  /// refers to if `name` is empty.
  virtual Result<ParentValue> FindInParent(const std::string& foreign_key, const std::string& name,
                                           const Place& place) = 0;
  /// From 0, the number of the row among those of its parent (`children`), by a column of the
  /// foreign key; by the only foreign key with children if that is empty.
  virtual Result<Register> NumberInParent(const std::string& foreign_key, const Place& place) = 0;
  /// A number in [0, count) for a column of a key of several, so that no two rows have the
  /// same key; kAlways for a column that need not see to that.
  virtual Result<Register> KeyDigit(const Column& column, uint64_t count) = 0;
};

/// What a provider sees while it builds one column, and where it leaves the column's parts.
class ColumnScope {
 public:
  /// `path` is the name that the column's draws begin with: the table's, or for a field of a struct
  /// `table.struct`, for an element of a list `table.list.0`.
  ColumnScope(const Table& table, const Column& column, std::string path, std::string entity_prefix,
              MappingReader* options, ProgramBuilder* program, RowColumns* row)
      : table_(table),
        column_(column),
        path_(std::move(path)),
        entity_prefix_(std::move(entity_prefix)),
        options_(*options),
        program_(*program),
        row_(*row) {}

  const Table& table() const { return table_; }
  const Column& column() const { return column_; }
  ValueKind kind() const { return ValueKindOf(*column_.type); }
  /// The options of `tamis.generate`; those that nobody asks for are refused.
  MappingReader& options() { return options_; }
  ProgramBuilder& program() { return program_; }
  const ProgramBuilder& program() const { return program_; }
  /// The row's other columns.
  RowColumns& row() { return row_; }

  /// The name of a draw of this column alone: `table.column`, or `table.column.part`.
  std::string OwnDraw(std::string_view part = "") const;
  /// The name of a draw that belongs to a thing that several columns of a row tell about:
  /// `table.person.first_name`, and `table.billing_place.city` for the columns billing_city and
  /// billing_zip.
  std::string SharedDraw(std::string_view entity, std::string_view part) const;

  /// Where messages about the column point: its generator, or the column.
  const Place& place() const;

  void Add(Part part) { parts_.push_back(std::move(part)); }
  std::vector<Part>& parts() { return parts_; }
  /// Says how far a sequence of this column may grow.
  void LimitSequence(int64_t largest) { sequence_max_ = largest; }
  int64_t sequence_max() const { return sequence_max_; }

  /// Whether no two rows may have the same value: the column is unique or the whole primary key.
  bool must_be_unique() const;
  /// A number in [0, count) that no other row has, in a random order: a permutation of the row
  /// numbers under OwnDraw(). The table has at most `count` rows then. `count` is up to 2^62.
  Register UniqueNumber(uint64_t count);
  /// Where the column is part of a key of several: a number in [0, count) that keeps it unique;
  /// kAlways for any other column.
  Result<Register> KeyDigit(uint64_t count);
  /// Says that the parts that were added make a text of its own for each number of UniqueNumber:
  /// for providers that spread the number over several parts.
  void PromiseUnique() { promises_unique_ = true; }
  bool promises_unique() const { return promises_unique_; }
  /// Says that the parts are those of other columns: what was unique there need not be here.
  void CopyParts() { copies_parts_ = true; }
  bool copies_parts() const { return copies_parts_; }

  /// How the column would be made by another generator, as tamis.generate says it.
  Result<ColumnOutput> BuildAs(const Node& generator);

  /// NULL where `present` is 0; kAlways (the usual) never. Refused if the column is required.
  void SetPresent(Register present) { present_ = present; }
  Register present() const { return present_; }

 private:
  const Table& table_;
  const Column& column_;
  std::string path_;
  std::string entity_prefix_;
  MappingReader& options_;
  ProgramBuilder& program_;
  RowColumns& row_;
  std::vector<Part> parts_;
  int64_t sequence_max_ = INT64_MAX;
  bool promises_unique_ = false;
  bool copies_parts_ = false;
  Register present_ = kAlways;
};

}  // namespace tamis
