// The registry, and how a provider is chosen for a column. See provider.h.
#include "ops/provider.h"

#include <arrow/type.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/suggest.h"
#include "ops/words.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

// Of choices by name and type.
constexpr double kWholeName = 0.95, kNameTail = 0.8, kPresetFactor = 0.9;
// Keys are numbered, and a date is a date; which number or text is anybody's guess.
constexpr double kKey = 0.9, kTellingType = 0.6, kByType = 0.3;

const Provider* ByType(const Column& column) {
  constexpr int64_t kUuidLength = 36, kSentenceLengthMax = 66;
  bool unique = column.unique || column.primary_key_position > 0;
  switch (ValueKindOf(*column.type)) {
    case kTextValue:
      if (unique) return FindProvider(LengthMax(column) >= kUuidLength ? "uuid" : "sequence");
      return FindProvider(LengthMax(column) >= kSentenceLengthMax ? "sentence" : "word");
    case kIntegerValue:
      return FindProvider(unique ? "sequence" : "integer");
    case kDecimalValue:
    case kFloatValue:
      return FindProvider("number");
    case kBooleanValue:
      return FindProvider("boolean");
    case kDateValue:
      return FindProvider("date");
    case kTimestampValue:
      return FindProvider("timestamp");
    case kTimeValue:
      return FindProvider("time");
    case kNestedValue:
      break;
  }
  return nullptr;
}

// Formats that ODCS names, and physical types of databases that are texts here.
const Provider* ByFormat(const Column& column) {
  if (ValueKindOf(*column.type) != kTextValue) return nullptr;
  constexpr std::pair<std::string_view, const char*> kTypes[] = {
      {"json", "json"}, {"jsonb", "json"},  {"uuid", "uuid"},
      {"inet", "ipv4"}, {"macaddr", "mac"}, {"uniqueidentifier", "uuid"},
  };
  for (const auto& [type, name] : kTypes) {
    if (column.physical_type == type) return FindProvider(name);
  }
  constexpr std::pair<std::string_view, const char*> kFormats[] = {
      {"uuid", "uuid"},       {"email", "email"},         {"uri", "url"},
      {"hostname", "domain"}, {"ipv4", "ipv4"},           {"ipv6", "ipv6"},
      {"password", "token"},  {"date-time", "timestamp"}, {"date", "date"},
  };
  for (const auto& [format, name] : kFormats) {
    if (column.format == format) return FindProvider(name);
  }
  return nullptr;
}

Status CannotFill(const Provider& provider, const Column& column, Place place) {
  std::string hint;
  for (const Provider& other : Providers()) {
    if (!(other.kinds & ValueKindOf(*column.type))) continue;
    hint += (hint.empty() ? "of this type: " : ", ") + std::string(other.name);
  }
  return UsageErrorAt(std::move(place),
                      "generator " + std::string(provider.name) + " can't make column " +
                          column.name + " of type " + column.type->ToString(),
                      hint);
}

// The provider that `tamis.generate` names, or nullptr when it gives only options.
Result<const Provider*> ByOption(const Column& column) {
  const Node* named = column.generate.get();
  if (!named || named->is_null()) return nullptr;
  if (named->is_mapping() && named->Find("when")) return FindProvider("when");
  if (named->is_mapping()) named = named->Find("provider");
  if (!named) return nullptr;
  std::vector<std::string> names;
  for (const Provider& provider : Providers()) names.emplace_back(provider.name);
  ARROW_ASSIGN_OR_RAISE(std::string name, ReadEnum(*named, "generator", names));
  const Provider* provider = FindProvider(name);
  if (!(provider->kinds & ValueKindOf(*column.type))) {
    return CannotFill(*provider, column, named->place);
  }
  return provider;
}

// What `of` says, else what stands before the provider's own name in the column's: `billing_` of
// billing_city.
std::string EntityPrefix(const Provider& provider, const Column& column) {
  const Node* options = column.generate.get();
  const Node* of = options && options->is_mapping() ? options->Find("of") : nullptr;
  if (of && of->is_scalar() && HasOption(provider, "of")) return of->scalar + "_";
  std::string snake = SnakeCase(column.name);
  std::string names = provider.column_names;
  // Whole names too: job_state is the state of a job once `state` was asked for.
  std::erase(names, '=');
  NameMatch match = MatchName(names, snake);
  if (match.start < 0) return snake + "_";
  return match.prefix.empty() ? "" : match.prefix + "_";
}

// Whether the column's type has room for what a preset makes.
bool Holds(const Column& column, double largest) {
  const arrow::DataType& type = *column.type;
  switch (ValueKindOf(type)) {
    case kTextValue:
      return static_cast<double>(LengthMax(column)) >= largest;
    case kIntegerValue:
      return type.byte_width() > 4 || largest < std::pow(2, 8 * type.byte_width() - 1);
    case kDecimalValue: {
      const auto& decimal = static_cast<const arrow::DecimalType&>(type);
      return largest < std::pow(10, decimal.precision() - decimal.scale());
    }
    default:
      return true;
  }
}

bool SetsRange(const Column& column) {
  const Node* options = column.generate.get();
  if (!options || !options->is_mapping()) return false;
  const Provider* usual = ByType(column);
  return usual &&
         std::any_of(options->entries.begin(), options->entries.end(), [&](const auto& entry) {
           return HasOption(*usual, entry.first.scalar) || entry.first.scalar == "values";
         });
}

// What tamis.generate says, and a preset's options beside it; without ends of a range that the
// contract sets itself.
std::shared_ptr<const Node> PresetOptions(const NamePreset& preset, const Column& column) {
  auto source = std::make_shared<SourceText>(SourceText{column.name, preset.generate});
  Node made = ParseYaml(source).ValueOrDie();
  Node options;
  options.kind = Node::Kind::kMapping;
  options.place = column.place;
  const Node* own = column.generate.get();
  if (own && own->is_mapping()) options.entries = own->entries;
  bool bounded = column.minimum || column.maximum;
  for (auto& [key, value] : made.entries) {
    bool end = key.scalar == "from" || key.scalar == "to";
    if (options.Find(key.scalar) || (end && bounded)) continue;
    options.entries.emplace_back(std::move(key), std::move(value));
  }
  return std::make_shared<const Node>(std::move(options));
}

// A name that was understood: where in the column's name it begins.
struct Understood {
  ProviderChoice choice;
  int64_t start = INT64_MAX;
};

// The provider whose names fit the longest end of the column's name.
Understood ByProviderName(const Column& column, const std::string& snake) {
  // An id that has just the room of a UUID is one.
  constexpr int64_t kUuidLength = 36;
  const bool like_uuid = LengthMax(column) == kUuidLength;
  Understood best;
  for (const Provider& provider : Providers()) {
    NameMatch match = MatchName(provider.column_names, snake);
    if (match.start < 0 || match.start >= best.start) continue;
    if (!(provider.kinds & ValueKindOf(*column.type))) continue;
    if (like_uuid && std::string_view(provider.name) == "id") continue;
    best.choice.provider = &provider;
    best.start = match.start;
  }
  best.choice.confidence = best.start ? kNameTail : kWholeName;
  return best;
}

Understood ByPreset(const Column& column, const std::string& snake) {
  Understood best;
  if (SetsRange(column)) return best;
  const NamePreset* found = nullptr;
  for (const NamePreset& preset : NamePresets()) {
    if (!(preset.kinds & ValueKindOf(*column.type)) || !Holds(column, preset.largest)) continue;
    NameMatch match = MatchName(preset.column_names, snake);
    if (match.start < 0 || match.start >= best.start) continue;
    found = &preset;
    best.start = match.start;
  }
  if (!found) return best;
  best.choice.options = PresetOptions(*found, column);
  best.choice.provider = FindProvider(best.choice.options->Find("provider")->scalar);
  best.choice.confidence = kPresetFactor * (best.start ? kNameTail : kWholeName);
  return best;
}

void AddByName(const Column& column, std::vector<ProviderChoice>* choices) {
  std::string snake = SnakeCase(column.name);
  Understood named = ByProviderName(column, snake);
  Understood preset = ByPreset(column, snake);
  Understood& best = preset.start < named.start ? preset : named;
  if (!best.choice.provider) return;
  best.choice.reason = best.start > 0
                           ? "name ends in " + snake.substr(static_cast<size_t>(best.start))
                           : "name " + column.name;
  choices->push_back(std::move(best.choice));
}

void AddChoice(const Provider* provider, std::string reason, double confidence,
               std::vector<ProviderChoice>* choices) {
  if (!provider) return;
  ProviderChoice choice;
  choice.provider = provider;
  choice.reason = std::move(reason);
  choice.confidence = confidence;
  choices->push_back(std::move(choice));
}

// Whether tamis.generate says more than null_rate.
bool HasOwnOptions(const Column& column) {
  const Node* options = column.generate.get();
  if (!options || !options->is_mapping()) return false;
  return options->entries.size() > (options->Find("null_rate") ? 1 : 0);
}

double TypeConfidence(const Column& column) {
  if (column.unique || column.primary_key_position > 0) return kKey;
  constexpr uint32_t kTelling = kBooleanValue | kAnyTime;
  return (ValueKindOf(*column.type) & kTelling) ? kTellingType : kByType;
}

std::string TypeReason(const Column& column) {
  bool unique = column.unique || column.primary_key_position > 0;
  return (unique ? "unique, type " : "type ") + column.type->ToString();
}

}  // namespace

bool HasOption(const Provider& provider, std::string_view option) {
  std::string_view rest = provider.options;
  while (!rest.empty()) {
    size_t end = std::min(rest.find(", "), rest.size());
    if (rest.substr(0, end) == option) return true;
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return false;
}

std::span<const Provider> Providers() {
  static const std::vector<Provider> all = [] {
    std::vector<Provider> list;
    for (std::span<const Provider> group :
         {PersonProviders(), PlaceProviders(), CompanyProviders(), InternetProviders(),
          FinanceProviders(), IdProviders(), NumberProviders(), DistributionProviders(),
          DateProviders(), ChoiceProviders(), TextProviders(), CodeProviders(), PatternProviders(),
          CombineProviders()}) {
      list.insert(list.end(), group.begin(), group.end());
    }
    return list;
  }();
  return all;
}

const Provider* FindProvider(std::string_view name) {
  for (const Provider& provider : Providers()) {
    if (name == provider.name) return &provider;
  }
  return nullptr;
}

Result<ProviderChoice> ChooseProvider(const Column& column) {
  std::vector<ProviderChoice> choices;
  ARROW_ASSIGN_OR_RAISE(const Provider* named, ByOption(column));
  AddChoice(named, "tamis.generate", 1, &choices);
  if (choices.empty() && !column.enum_values.empty()) {
    AddChoice(FindProvider("choice"), "enum", 1, &choices);
  }
  if (choices.empty() && !column.pattern.empty()) {
    AddChoice(FindProvider("pattern"), "pattern", 1, &choices);
  }
  if (choices.empty()) {
    std::string format =
        column.format.empty() ? "type " + column.physical_type : "format " + column.format;
    AddChoice(ByFormat(column), format, kWholeName, &choices);
    AddByName(column, &choices);
    AddChoice(ByType(column), TypeReason(column), TypeConfidence(column), &choices);
  }
  std::erase_if(choices, [&](const ProviderChoice& choice) {
    return !(choice.provider->kinds & ValueKindOf(*column.type));
  });
  if (choices.empty()) {
    return UsageErrorAt(column.place, "no generator makes column " + column.name + " of type " +
                                          column.type->ToString());
  }
  for (ProviderChoice& choice : choices) {
    choice.entity_prefix = EntityPrefix(*choice.provider, column);
    bool has_options = column.generate && column.generate->is_mapping();
    if (!choice.options && has_options) choice.options = column.generate;
  }
  ProviderChoice best = std::move(choices.front());
  // Options mean the provider that was found: what is wrong with them is to be said.
  if (!HasOwnOptions(column)) best.others.assign(choices.begin() + 1, choices.end());
  return best;
}

std::span<const Provider> CombineProviders() {
  static constexpr Provider kProviders[] = {
      {"reference", kScalars, "", "null_rate, distribution, exponent, children",
       "the key of a row of the table that the column refers to", EmitReference},
      {"parent", kScalars, "", "of, column", "another column of the row that a column refers to",
       EmitParent},
      {"child_number", kIntegerValue, "", "of, from",
       "the number of the row among the children of its parent, from 1", EmitChildNumber},
      {"template", kTextValue, "", "value", "a text with other columns of the row: {city}, {state}",
       EmitTemplate},
      {"expression", kScalars, "", "value", "what an expression makes of other columns of the row",
       EmitExpression},
      {"after", kIntegerValue | kDecimalValue | kDateValue | kTimestampValue, "",
       "column, from, to",
       "another column of the row and from `from` to `to` days, seconds or units", EmitAfter},
      {"when", kScalars, "", "when", "one of several generators, by a condition on other columns",
       EmitWhen},
  };
  return kProviders;
}

}  // namespace tamis
