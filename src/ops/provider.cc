// The table of providers, and how one is chosen for a column. See provider.h.
#include "ops/provider.h"

#include <algorithm>
#include <cctype>
#include <limits>

#include "base/suggest.h"
#include "ops/words.h"

namespace tamis {
namespace {

constexpr uint32_t kAnyNumber = kIntegerValue | kDecimalValue | kFloatValue;
constexpr uint32_t kAnyTime = kDateValue | kTimestampValue | kTimeValue;
constexpr uint32_t kScalars = kTextValue | kAnyNumber | kAnyTime | kBooleanValue;

constexpr Provider kProviders[] = {
    {"first_name", kTextValue, "firstname givenname forename", "of", "a given name", EmitFirstName},
    {"last_name", kTextValue, "lastname surname familyname", "of", "a family name", EmitLastName},
    {"full_name", kTextValue, "fullname", "of", "given and family name", EmitFullName},
    {"email", kTextValue, "email emailaddress", "of",
     "an address at example.com, .net or .org made from the person's name", EmitEmail},
    {"street", kTextValue, "street streetaddress addressline1", "of", "123 Oak Street", EmitStreet},
    {"city", kTextValue, "city town", "of", "a city of the USA, the larger the likelier", EmitCity},
    {"state", kTextValue, "=state statecode", "of", "the state of the city, two letters",
     EmitState},
    {"zip", kTextValue | kIntegerValue, "zip zipcode postalcode postcode", "of",
     "a five-digit ZIP code of the city", EmitZip},
    {"address", kTextValue,
     "address !ipaddress !macaddress !webaddress !walletaddress !memoryaddress", "of",
     "123 Oak Street, Springfield, IL 62704", EmitAddress},
    {"date_of_birth", kDateValue | kTextValue, "dateofbirth birthdate birthday dob", "from, to",
     "a date, 1940-01-01 to 2005-12-31 unless told otherwise", EmitDateOfBirth},
    {"uuid", kTextValue, "uuid guid", "", "a random UUID (version 4)", EmitUuid},
    {"sequence", kIntegerValue | kTextValue, "", "start, step", "start + step * row number: unique",
     EmitSequence},
    {"integer", kIntegerValue | kTextValue, "", "from, to", "a whole number, each as likely",
     EmitInteger},
    {"number", kDecimalValue | kFloatValue | kTextValue, "", "from, to, digits",
     "a number with that many digits after the point", EmitNumber},
    {"boolean", kBooleanValue, "", "", "true or false", EmitBoolean},
    {"date", kDateValue | kTextValue, "", "from, to", "a date, each as likely", EmitDate},
    {"timestamp", kTimestampValue | kTextValue, "", "from, to", "a timestamp, to the second",
     EmitTimestamp},
    {"time", kTimeValue, "", "from, to", "a time of day, to the second", EmitTime},
    {"choice", kScalars, "", "values, weights", "one of the values (or of the enum)", EmitChoice},
    {"constant", kScalars, "", "value", "the same value in every row", EmitConstant},
    {"after", kIntegerValue | kDecimalValue | kDateValue | kTimestampValue, "", "column, from, to",
     "another column of the row and from `from` to `to` days, seconds or units", EmitAfter},
    {"json", kTextValue, "", "", "a JSON object with a text, a number and a boolean", EmitJson},
    {"word", kTextValue, "", "", "an English word", EmitWord},
    {"sentence", kTextValue, "", "words", "a sentence of that many words (6)", EmitSentence},
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
    {"when", kScalars, "", "when", "one of several generators, by a condition on other columns",
     EmitWhen},
};

// billingZipCode and Billing_Zip_Code become billing_zip_code.
std::string SnakeCase(std::string_view name) {
  std::string snake;
  for (size_t i = 0; i < name.size(); ++i) {
    auto c = static_cast<unsigned char>(name[i]);
    bool hump = i > 0 && std::isupper(c) && std::islower(static_cast<unsigned char>(name[i - 1]));
    if (hump) snake += '_';
    snake += std::isalnum(c) ? static_cast<char>(std::tolower(c)) : '_';
  }
  return snake;
}

std::string WithoutUnderscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

enum class Alias { kNone, kTaken, kBlocked };

// Whether the words of a column's name from `start` on are a name of the provider.
Alias MatchAlias(const Provider& provider, const std::string& snake, size_t start,
                 bool any_position) {
  std::string tail = WithoutUnderscores(std::string_view(snake).substr(start));
  for (const std::string& alias : SplitWords(provider.column_names, ' ')) {
    if (alias[0] == '!' && alias.substr(1) == tail) return Alias::kBlocked;
    bool whole_only = alias[0] == '=';
    if (whole_only && start > 0 && !any_position) continue;
    if (alias.substr(whole_only ? 1 : 0) == tail) return Alias::kTaken;
  }
  return Alias::kNone;
}

// Calls `visit(start)` for the whole name, then for each shorter tail that begins after a `_`.
template <typename Visit>
void ForEachTail(const std::string& snake, Visit visit) {
  for (size_t start = 0; start < snake.size();) {
    if (visit(start)) return;
    size_t next = snake.find('_', start);
    if (next == std::string::npos) return;
    start = next + 1;
  }
}

// What stands before the provider's own name in the column's: `billing_` of billing_city.
std::string EntityPrefix(const Provider& provider, const Column& column) {
  std::string snake = SnakeCase(column.name);
  std::string prefix = snake + "_";
  ForEachTail(snake, [&](size_t start) {
    if (MatchAlias(provider, snake, start, true) != Alias::kTaken) return false;
    prefix = snake.substr(0, start);
    return true;
  });
  return prefix;
}

const Provider* ByName(const Column& column) {
  std::string snake = SnakeCase(column.name);
  ValueKind kind = ValueKindOf(*column.type);
  const Provider* found = nullptr;
  ForEachTail(snake, [&](size_t start) {
    for (const Provider& provider : kProviders) {
      Alias alias = MatchAlias(provider, snake, start, false);
      if (alias == Alias::kBlocked) return true;
      if (alias == Alias::kTaken && (provider.kinds & kind)) {
        found = &provider;
        return true;
      }
    }
    return false;
  });
  return found;
}

bool MustBeUnique(const Column& column) { return column.unique || column.primary_key_position > 0; }

const char* NameByType(const Column& column) {
  constexpr int64_t kUuidLength = 36, kSentenceLengthMax = 66;
  if (!column.enum_values.empty()) return "choice";
  switch (ValueKindOf(*column.type)) {
    case kTextValue:
      if (column.format == "uuid") return "uuid";
      if (column.format == "email") return "email";
      if (column.physical_type == "json") return "json";
      if (MustBeUnique(column)) return LengthMax(column) >= kUuidLength ? "uuid" : "sequence";
      return LengthMax(column) >= kSentenceLengthMax ? "sentence" : "word";
    case kIntegerValue:
      return MustBeUnique(column) ? "sequence" : "integer";
    case kDecimalValue:
    case kFloatValue:
      return "number";
    case kBooleanValue:
      return "boolean";
    case kDateValue:
      return "date";
    case kTimestampValue:
      return "timestamp";
    case kTimeValue:
      return "time";
    case kNestedValue:
      break;
  }
  return "";
}

Status CannotFill(const Provider& provider, const Column& column, Place place) {
  std::vector<std::string> fitting;
  for (const Provider& other : kProviders) {
    if (other.kinds & ValueKindOf(*column.type)) fitting.emplace_back(other.name);
  }
  std::string hint;
  for (const std::string& name : fitting) hint += (hint.empty() ? "of this type: " : ", ") + name;
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
  for (const Provider& provider : kProviders) names.emplace_back(provider.name);
  ARROW_ASSIGN_OR_RAISE(std::string name, ReadEnum(*named, "generator", names));
  const Provider* provider = FindProvider(name);
  if (!(provider->kinds & ValueKindOf(*column.type))) {
    return CannotFill(*provider, column, named->place);
  }
  return provider;
}

}  // namespace

const Provider* FindProvider(std::string_view name) {
  for (const Provider& provider : kProviders) {
    if (name == provider.name) return &provider;
  }
  return nullptr;
}

std::span<const Provider> Providers() { return kProviders; }

Result<ProviderChoice> ChooseProvider(const Column& column) {
  ProviderChoice choice;
  ARROW_ASSIGN_OR_RAISE(choice.provider, ByOption(column));
  choice.reason = "tamis.generate";
  if (!choice.provider && !column.pattern.empty()) {
    return UsageErrorAt(
        column.place,
        "no generator is known to make column " + column.name + " of pattern " + column.pattern,
        "name one in tamis.generate, such as {provider: choice, values: [...]}");
  }
  if (!choice.provider && column.enum_values.empty()) {
    choice.provider = ByName(column);
    choice.reason = "name";
  }
  if (!choice.provider) {
    choice.provider = FindProvider(NameByType(column));
    choice.reason = "type";
  }
  if (!choice.provider) {
    return UsageErrorAt(column.place, "no generator makes column " + column.name + " of type " +
                                          column.type->ToString());
  }
  choice.entity_prefix = EntityPrefix(*choice.provider, column);
  return choice;
}

}  // namespace tamis
