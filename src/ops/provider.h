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

inline constexpr uint32_t kAnyNumber = kIntegerValue | kDecimalValue | kFloatValue;
inline constexpr uint32_t kAnyTime = kDateValue | kTimestampValue | kTimeValue;
inline constexpr uint32_t kScalars = kTextValue | kAnyNumber | kAnyTime | kBooleanValue;

/// One way to make a column.
struct Provider {
  const char* name;
  uint32_t kinds;  // ValueKind bits
  /// Names of columns that choose it, without underscores and in lower case, separated by spaces;
  /// also at the end of a name (billing_city). `=` in front: the whole name only; `!`: never; `^`:
  /// at the start of a longer name. What stands before `_` says whom it is about, as a prefix does:
  /// `author_`, `customer_name`.
  const char* column_names;
  const char* options;  // those that emit asks for; `of` is read before
  const char* doc;      // one line: what it makes
  Status (*emit)(ColumnScope& scope);
  bool keeps_multiples = false;  // heeds the column's multipleOf
};

/// Whether `of` or another name is among a provider's options.
bool HasOption(const Provider& provider, std::string_view option);

/// All providers, in the order of the documentation.
std::span<const Provider> Providers();
/// The provider of that name, or nullptr.
const Provider* FindProvider(std::string_view name);

/// A way to make a column, and why.
struct ProviderChoice {
  const Provider* provider = nullptr;
  std::string entity_prefix;            // see ColumnScope::SharedDraw
  std::shared_ptr<const Node> options;  // a mapping; null: none
  std::string reason;                   // `tamis.generate`, `name ends in city`, `type date`
  double confidence = 1;                // 0 to 1, how sure it is that people mean this
  /// What may be tried where this one can't keep the contract's promises, the best first.
  std::vector<ProviderChoice> others;
};

/// How to make `column`: what `tamis.generate` names, else by its enum, pattern, format, name or
/// type. UsageError at the column or its generator when there is no way.
Result<ProviderChoice> ChooseProvider(const Column& column);

/// What a column's name says beside the names of providers: a provider with options, as YAML.
struct NamePreset {
  uint32_t kinds;
  const char* column_names;  // as Provider::column_names
  double largest;            // the type must hold it: numbers; length of texts
  const char* generate;      // {provider: ..., ...}
};
std::span<const NamePreset> NamePresets();

/// Where a column's name in snake case has one of several names (Provider::column_names).
struct NameMatch {
  int64_t start = -1;       // byte that the name begins at; -1: nowhere
  std::string prefix;       // what it is about: `billing` of billing_city
  bool is_blocked = false;  // by a `!`
};
NameMatch MatchName(std::string_view column_names, const std::string& snake);

/// billingZipCode and Billing Zip-Code become billing_zip_code.
std::string SnakeCase(std::string_view name);

// The groups of providers, each in a file of its own.
std::span<const Provider> PersonProviders();
std::span<const Provider> PlaceProviders();
std::span<const Provider> CompanyProviders();
std::span<const Provider> InternetProviders();
std::span<const Provider> FinanceProviders();
std::span<const Provider> IdProviders();
std::span<const Provider> NumberProviders();
std::span<const Provider> DistributionProviders();
std::span<const Provider> DateProviders();
std::span<const Provider> ChoiceProviders();
std::span<const Provider> TextProviders();
std::span<const Provider> CodeProviders();
std::span<const Provider> PatternProviders();
std::span<const Provider> CombineProviders();

// Those of other files.
Status EmitJson(ColumnScope& scope);
Status EmitReference(ColumnScope& scope);
Status EmitParent(ColumnScope& scope);
Status EmitChildNumber(ColumnScope& scope);
Status EmitTemplate(ColumnScope& scope);
Status EmitExpression(ColumnScope& scope);
Status EmitWhen(ColumnScope& scope);
Status EmitAfter(ColumnScope& scope);

}  // namespace tamis
