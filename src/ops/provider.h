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
#include "ops/generate_scope.h"

namespace tamis {

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

/// The provider of that name, or nullptr.
const Provider* FindProvider(std::string_view name);

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
Status EmitReference(ColumnScope& scope);
Status EmitParent(ColumnScope& scope);
Status EmitChildNumber(ColumnScope& scope);
Status EmitTemplate(ColumnScope& scope);
Status EmitExpression(ColumnScope& scope);
Status EmitWhen(ColumnScope& scope);
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
Status EmitAfter(ColumnScope& scope);
Status EmitJson(ColumnScope& scope);
Status EmitWord(ColumnScope& scope);
Status EmitSentence(ColumnScope& scope);

}  // namespace tamis
