// The registry of providers: what can make the values of a column. docs/adding-a-generator.md says
// how to add one. Does not make rows: a provider builds the part of a row program that does.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_program.h"
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

/// What a provider sees while it builds one column, and where it leaves the column's parts.
class ColumnScope {
 public:
  ColumnScope(const Table& table, const Column& column, std::string entity_prefix,
              MappingReader* options, ProgramBuilder* program)
      : table_(table),
        column_(column),
        entity_prefix_(std::move(entity_prefix)),
        options_(*options),
        program_(*program) {}

  const Table& table() const { return table_; }
  const Column& column() const { return column_; }
  ValueKind kind() const { return ValueKindOf(*column_.type); }
  /// The options of `tamis.generate`; those that nobody asks for are refused.
  MappingReader& options() { return options_; }
  ProgramBuilder& program() { return program_; }

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

 private:
  const Table& table_;
  const Column& column_;
  std::string entity_prefix_;
  MappingReader& options_;
  ProgramBuilder& program_;
  std::vector<Part> parts_;
  int64_t sequence_max_ = INT64_MAX;
};

/// One way to make a column.
struct Provider {
  const char* name;
  uint32_t kinds;  // ValueKind bits
  /// Names of columns that choose it, without underscores and in lower case, separated by spaces;
  /// also at the end of a name (billing_city). `=` in front: the whole name only; `!`: never.
  const char* column_names;
  const char* options;  // those that emit asks for; `of` is read before
  const char* doc;      // one line: what it makes
  Status (*emit)(ColumnScope& scope);
};

/// All providers, in the order of the documentation.
std::span<const Provider> Providers();

/// The provider that makes `column`, chosen by `tamis.generate`, else by its name, else by its type
/// and rules; and the column's entity prefix (see ColumnScope::SharedDraw).
struct ProviderChoice {
  const Provider* provider = nullptr;
  std::string entity_prefix;
  const char* reason = "";  // tamis.generate, name, type
};

/// UsageError at the column or its generator when none fits.
Result<ProviderChoice> ChooseProvider(const Column& column);

// The groups of providers, each in a file of its own.
Status EmitFirstName(ColumnScope& scope);
Status EmitLastName(ColumnScope& scope);
Status EmitFullName(ColumnScope& scope);
Status EmitEmail(ColumnScope& scope);
Status EmitStreet(ColumnScope& scope);
Status EmitCity(ColumnScope& scope);
Status EmitState(ColumnScope& scope);
Status EmitZip(ColumnScope& scope);
Status EmitAddress(ColumnScope& scope);
Status EmitDateOfBirth(ColumnScope& scope);
Status EmitInteger(ColumnScope& scope);
Status EmitNumber(ColumnScope& scope);
Status EmitDate(ColumnScope& scope);
Status EmitTimestamp(ColumnScope& scope);
Status EmitTime(ColumnScope& scope);
Status EmitSequence(ColumnScope& scope);
Status EmitBoolean(ColumnScope& scope);
Status EmitUuid(ColumnScope& scope);
Status EmitChoice(ColumnScope& scope);
Status EmitConstant(ColumnScope& scope);
Status EmitWord(ColumnScope& scope);
Status EmitSentence(ColumnScope& scope);

}  // namespace tamis
