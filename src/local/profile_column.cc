// See profile_column.h.
#include "local/profile_column.h"

#include <arrow/type_traits.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "ops/generate_scope.h"
#include "ops/provider.h"
#include "spec/emit.h"
#include "text/date.h"
#include "text/number.h"

namespace tamis {
namespace {

// How a column's epsilon is shared out.
constexpr double kNullShare = 0.1;
constexpr double kValueShare = 0.4;
constexpr double kRestShare = 0.5;
// Columns with more different values are numbers or texts, not categories.
constexpr size_t kValuesMax = 200;
constexpr size_t kNumbersMax = 30;
// Of the values, the part that those shared by many rows must make up.
constexpr double kCovered = 0.9;
constexpr double kCoveredByShape = 0.8;
// How likely a value that one row has may be copied, at most.
constexpr double kLeak = 1e-6;
// How likely a column without NULLs gets some.
constexpr double kFalseNulls = 1e-3;

std::vector<std::string> WordsOf(const std::string& name) {
  std::vector<std::string> words(1);
  for (size_t i = 0; i < name.size(); ++i) {
    auto c = static_cast<unsigned char>(name[i]);
    bool hump = i > 0 && std::isupper(c) && std::islower(static_cast<unsigned char>(name[i - 1]));
    if ((hump || !std::isalnum(c)) && !words.back().empty()) words.emplace_back();
    if (std::isalnum(c)) words.back() += static_cast<char>(std::tolower(c));
  }
  if (words.size() > 1 && words.back().empty()) words.pop_back();
  return words;
}

const std::set<std::string>& PersonalWords() {
  static const std::set<std::string> words = {
      "name",      "names",    "firstname", "lastname",  "fullname",  "surname",  "forename",
      "mail",      "email",    "phone",     "telephone", "tel",       "mobile",   "cell",
      "fax",       "address",  "addr",      "street",    "city",      "town",     "zip",
      "zipcode",   "postcode", "postal",    "birth",     "birthdate", "birthday", "dob",
      "ssn",       "passport", "license",   "licence",   "iban",      "bic",      "card",
      "ip",        "mac",      "login",     "username",  "user",      "password", "token",
      "secret",    "comment",  "comments",  "note",      "notes",     "message",  "remark",
      "remarks",   "text",     "body",      "bio",       "feedback",  "reason",   "latitude",
      "longitude", "lat",      "lon",       "lng",       "insurance", "patient",  "person",
      "signature", "contact"};
  return words;
}

// What is called so is no person: product_name.
const std::set<std::string>& ThingWords() {
  static const std::set<std::string> words = {"product", "country", "event",  "file",  "table",
                                              "column",  "brand",   "store",  "type",  "category",
                                              "class",   "status",  "action", "color", "plan",
                                              "model",   "device",  "page",   "item",  "unit"};
  return words;
}

const std::set<std::string>& IdWords() {
  static const std::set<std::string> words = {"id",     "ids",    "uuid",    "guid", "no",
                                              "nr",     "number", "key",     "ref",  "reference",
                                              "serial", "hash",   "account", "sku"};
  return words;
}

bool IsOpenClassification(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text.empty() || text == "public" || text == "internal" || text == "open" ||
         text == "none" || text == "non-personal";
}

// A digit is 9, letters are A and a: runs of them, with how long they are at least and at most.
struct Run {
  char kind = 0;
  int least = 0;
  int most = 0;
};

std::vector<Run> RunsOf(const std::string& shape) {
  std::vector<Run> runs;
  for (char c : shape) {
    if (runs.empty() || runs.back().kind != c) runs.push_back({c, 0, 0});
    runs.back().least = ++runs.back().most;
  }
  return runs;
}

std::string PatternOf(const std::vector<Run>& runs) {
  std::string pattern = "^";
  for (const Run& run : runs) {
    if (run.kind == '9') {
      pattern += "[0-9]";
    } else if (run.kind == 'A') {
      pattern += "[A-Z]";
    } else if (run.kind == 'a') {
      pattern += "[a-z]";
    } else {
      if (std::string_view("\\.+*?()|[]{}^$").find(run.kind) != std::string_view::npos) {
        pattern += '\\';
      }
      pattern += run.kind;
    }
    if (run.least == 1 && run.most == 1) continue;
    pattern += "{" + std::to_string(run.least);
    if (run.most != run.least) pattern += "," + std::to_string(run.most);
    pattern += "}";
  }
  return pattern + "$";
}

bool IsUuidShape(const std::string& shape) {
  if (shape.size() != 36) return false;
  for (size_t i = 0; i < shape.size(); ++i) {
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if ((shape[i] == '-') != dash) return false;
  }
  return true;
}

// Values as whole numbers: of decimals the scaled ones, of dates days, of times units.
class Units {
 public:
  Units(const arrow::DataType& type, int decimals, const std::vector<std::string>& values)
      : type_(type) {
    if (type.id() == arrow::Type::DECIMAL128) {
      digits_ = static_cast<const arrow::DecimalType&>(type).scale();
    } else if (arrow::is_floating(type.id())) {
      digits_ = std::clamp(decimals, 0, 9);
      double largest = 0;
      for (const std::string& value : values) largest = std::max(largest, std::abs(Float(value)));
      // A histogram's edges have at most 15 digits.
      while (digits_ > 0 && largest * Power(digits_) > 1e13) --digits_;
    }
  }

  int digits() const { return digits_; }

  std::optional<int64_t> Parse(const std::string& text) const {
    int64_t number = 0;
    switch (ValueKindOf(type_)) {
      case kIntegerValue:
        if (ParseInt64(text, &number) == ParseResult::kOk) return number;
        return std::nullopt;
      case kDecimalValue:
      case kFloatValue: {
        double scaled = std::round(Float(text) * Power(digits_));
        if (!(std::abs(scaled) < 9e14)) return std::nullopt;
        return static_cast<int64_t>(scaled);
      }
      case kDateValue: {
        int32_t days = 0;
        if (ParseDate(text, &days) == ParseResult::kOk) return days;
        return std::nullopt;
      }
      case kTimestampValue: {
        ParsedTimestamp parsed;
        if (ParseTimestamp(text, unit(), &parsed) == ParseResult::kOk) return parsed.value;
        return std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }

  Node ToNode(int64_t number) const {
    char text[64];
    switch (ValueKindOf(type_)) {
      case kDateValue:
        return MakeText(
            {text, static_cast<size_t>(FormatDate(static_cast<int32_t>(number), text) - text)});
      case kTimestampValue: {
        bool zone = !static_cast<const arrow::TimestampType&>(type_).timezone().empty();
        char* end = zone ? FormatUtcTimestamp(number, unit(), text)
                         : FormatLocalTimestamp(number, unit(), text);
        return MakeText({text, static_cast<size_t>(end - text)});
      }
      case kIntegerValue:
        return MakeWord(std::to_string(number));
      default:
        return MakeWord({text, static_cast<size_t>(FormatDecimal(number, digits_, text) - text)});
    }
  }

 private:
  static double Float(const std::string& text) {
    double number = std::nan("");
    if (ParseDouble(text, &number) != ParseResult::kOk) return std::nan("");
    return number;
  }
  static double Power(int digits) { return std::pow(10.0, digits); }
  TimeUnit unit() const {
    return static_cast<TimeUnit>(static_cast<const arrow::TimestampType&>(type_).unit());
  }

  const arrow::DataType& type_;
  int digits_ = 0;
};

Node Named(const char* provider) {
  Node node = MakeMapping();
  Put(&node, "provider", MakeWord(provider));
  return node;
}

// One column's way into the contract.
class ColumnProfiler {
 public:
  ColumnProfiler(const Column& column, const ColumnSample& sample, const ProfileOptions& options,
                 Noise* noise)
      : column_(column), sample_(sample), options_(options), noise_(*noise) {}

  Result<ProfiledColumn> Profile() {
    DiscretionChoice choice = ChooseDiscretion(column_);
    column_.generate.reset();
    std::optional<Node> node;
    if (choice.discretion == Discretion::kPersonal) {
      node = Personal(choice);
    } else if (!column_.enum_values.empty()) {
      node = Categories(/*least_covered=*/0);
    } else if (choice.discretion == Discretion::kShape) {
      node = Id();
    } else {
      node = Open();
    }
    AddNulls(&node);
    if (node) column_.generate = std::make_shared<const Node>(std::move(*node));
    return ProfiledColumn{std::move(column_), std::move(told_)};
  }

 private:
  ValueKind kind() const { return ValueKindOf(*column_.type); }

  std::optional<Node> Personal(const DiscretionChoice& choice) {
    told_ = "personal (" + choice.reason + "): nothing of its values is told";
    return std::nullopt;  // by its name or type
  }

  std::optional<Node> Open() {
    if (kind() == kBooleanValue) return Categories(0);
    if (auto node = Categories(kCovered)) return node;
    if (kind() == kIntegerValue && sample_.is_sequence()) return Sequence();
    if (kind() == kTextValue) return Text();
    return Histogram();
  }

  // Values that many rows share.
  std::optional<Node> Categories(double least_covered) {
    if (sample_.texts().is_cut() || kind() == kNestedValue) return std::nullopt;
    auto found = sample_.texts().Sorted();
    const size_t most = kind() == kTextValue ? kValuesMax : kNumbersMax;
    if (found.size() > most && least_covered > 0) return std::nullopt;
    std::vector<Node> values, weights;
    int64_t covered = 0;
    const double epsilon = options_.epsilon * kValueShare;
    // Noise lifts a count of 1 above it with a probability of kLeak (Korolova, Kenthapadi, Mishra,
    // Ntoulas 2009).
    const auto above = static_cast<int64_t>(std::ceil(1 + std::log(1 / (2 * kLeak)) / epsilon));
    const int64_t least = std::max(options_.shared_by, above);
    for (const auto& [text, count] : found) {
      int64_t noisy = count + noise_.Draw(epsilon);
      const auto& known = column_.enum_values;
      bool allowed = known.empty() || std::find(known.begin(), known.end(), text) != known.end();
      if (noisy < least || !allowed) continue;
      covered += noisy;
      values.push_back(kind() == kTextValue ? MakeText(text) : MakeWord(text));
      weights.push_back(MakeWord(std::to_string(noisy)));
    }
    auto all = static_cast<double>(sample_.value_count());
    if (values.empty() || static_cast<double>(covered) < least_covered * all) return std::nullopt;
    told_ = std::to_string(values.size()) + " of the values, which many rows share";
    Node node = Named("choice");
    Put(&node, "values", MakeSequence(std::move(values)));
    Put(&node, "weights", MakeSequence(std::move(weights)));
    return node;
  }

  std::optional<Node> Sequence() {
    told_ = "sequence";
    column_.unique = column_.unique || MayClaimUnique();
    Node node = Named("sequence");
    return node;
  }

  // What was seen is all that there is: the contract may promise it.
  bool MayClaimUnique() const {
    return sample_.is_unique() && sample_.null_count() == 0 &&
           sample_.row_count() < static_cast<int64_t>(ColumnSample::kDistinctMax) &&
           sample_.row_count() >= options_.shared_by;
  }

  std::optional<Node> Id() {
    if (kind() == kIntegerValue) {
      if (sample_.is_unique()) return Sequence();
      told_ = "id: as many digits";
      auto digits = std::clamp<int64_t>(sample_.types().whole_digits, 1, 18);
      Node node = Named("integer");
      Put(&node, "from", MakeWord("1"));
      Put(&node, "to", MakeWord(std::string(static_cast<size_t>(digits), '9')));
      return node;
    }
    if (kind() == kTextValue) {
      auto node = Shape();
      if (node) return node;
    }
    told_ = "id: nothing of its values is told";
    return std::nullopt;
  }

  std::optional<Node> Text() {
    if (sample_.mean_words() < 1.5) {
      if (auto node = Shape()) return node;
    }
    auto words = static_cast<int64_t>(std::lround(sample_.mean_words()));
    told_ = "text of about " + std::to_string(words) + (words == 1 ? " word" : " words");
    if (words < 2) return Named("word");
    Node node = Named("sentence");
    Put(&node, "words", MakeWord(std::to_string(std::min<int64_t>(words, 100))));
    return node;
  }

  // Codes of one build: AAA-9999.
  std::optional<Node> Shape() {
    std::vector<Run> runs;
    int64_t covered = 0;
    for (const auto& [shape, count] : sample_.shapes().Sorted()) {
      int64_t noisy = count + noise_.Draw(options_.epsilon * kRestShare);
      if (noisy < options_.shared_by) continue;
      std::vector<Run> more = RunsOf(shape);
      if (runs.empty()) {
        if (IsUuidShape(shape)) return Uuid();
        runs = more;
        covered = noisy;
        continue;
      }
      bool same = runs.size() == more.size();
      for (size_t i = 0; same && i < runs.size(); ++i) same = runs[i].kind == more[i].kind;
      if (!same) continue;
      covered += noisy;
      for (size_t i = 0; i < runs.size(); ++i) {
        runs[i].least = std::min(runs[i].least, more[i].least);
        runs[i].most = std::max(runs[i].most, more[i].most);
      }
    }
    bool has_digit =
        std::any_of(runs.begin(), runs.end(), [](const Run& run) { return run.kind == '9'; });
    bool is_word = runs.size() <= 2 && !has_digit && !runs.empty() && runs.back().most > 3;
    if (static_cast<double>(covered) <
            kCoveredByShape * static_cast<double>(sample_.value_count()) ||
        runs.empty() || is_word) {
      return std::nullopt;
    }
    told_ = "texts like " + PatternOf(runs);
    Node node = Named("pattern");
    Put(&node, "value", MakeText(PatternOf(runs)));
    return node;
  }

  std::optional<Node> Uuid() {
    told_ = "UUIDs";
    column_.unique = column_.unique || MayClaimUnique();
    return Named("uuid");
  }

  std::optional<Node> Histogram() {
    std::vector<std::string> values = sample_.Values();
    Units units(*column_.type, sample_.types().decimals_max, values);
    std::vector<int64_t> numbers;
    for (const std::string& value : values) {
      if (auto number = units.Parse(value)) numbers.push_back(*number);
    }
    std::sort(numbers.begin(), numbers.end());
    // Of more rows than are kept, one row more or less may put another one out: twice the change.
    bool sampled = sample_.row_count() > static_cast<int64_t>(kRowsKept);
    double epsilon = options_.epsilon * kRestShare / (sampled ? 2 : 1);
    auto bins = NoisyHistogram(numbers, epsilon, options_.shared_by, &noise_);
    Clip(units, &bins);
    if (bins.empty()) {
      told_ = "too few values: nothing of them is told";
      return std::nullopt;
    }
    told_ = "histogram of " + std::to_string(bins.size()) + (bins.size() == 1 ? " bin" : " bins");
    std::vector<Node> edges = {units.ToNode(bins.front().low)}, weights;
    for (const NoisyBin& bin : bins) {
      edges.push_back(units.ToNode(bin.high));
      weights.push_back(MakeWord(std::to_string(bin.count)));
    }
    Node node = Named("histogram");
    Put(&node, "edges", MakeSequence(std::move(edges)));
    Put(&node, "weights", MakeSequence(std::move(weights)));
    if (kind() == kFloatValue) Put(&node, "digits", MakeWord(std::to_string(units.digits())));
    return node;
  }

  // To what the contract and the type allow.
  void Clip(const Units& units, std::vector<NoisyBin>* bins) const {
    int64_t low = INT64_MIN, high = INT64_MAX;
    if (kind() == kIntegerValue && column_.type->byte_width() < 8) {
      int bits = column_.type->byte_width() * 8;
      bool is_signed = arrow::is_signed_integer(column_.type->id());
      // The last edge is one of the type's values too, though none is made there.
      high = (int64_t{1} << (bits - (is_signed ? 1 : 0))) - 1;
      low = is_signed ? -high : 0;
    } else if (kind() == kDecimalValue) {
      auto precision = static_cast<const arrow::DecimalType&>(*column_.type).precision();
      high = 1;
      for (int i = 0; i < std::min(precision, 18); ++i) high *= 10;
      low = 1 - high;
      --high;
    }
    auto bound = [&](const std::optional<Bound>& given, int64_t inwards) -> std::optional<int64_t> {
      if (!given) return std::nullopt;
      auto number = units.Parse(given->text);
      if (number && given->exclusive) *number += inwards;
      return number;
    };
    if (auto number = bound(column_.minimum, 1)) low = std::max(low, *number);
    if (auto number = bound(column_.maximum, -1)) high = std::min(high, *number + 1);
    for (NoisyBin& bin : *bins) {
      bin.low = std::max(bin.low, low);
      bin.high = std::min(bin.high, high);
    }
    std::erase_if(*bins, [](const NoisyBin& bin) { return bin.low >= bin.high; });
    bool none =
        std::all_of(bins->begin(), bins->end(), [](const NoisyBin& bin) { return bin.count == 0; });
    if (none) bins->clear();
  }

  void AddNulls(std::optional<Node>* node) {
    const double epsilon = options_.epsilon * kNullShare;
    int64_t noisy = sample_.null_count() + noise_.Draw(epsilon);
    const auto least = std::log(1 / (2 * kFalseNulls)) / epsilon;
    if (column_.required || static_cast<double>(noisy) < least || sample_.row_count() == 0) return;
    double rate =
        std::min(1.0, static_cast<double>(noisy) / static_cast<double>(sample_.row_count()));
    char text[32];
    std::snprintf(text, sizeof(text), "%.4f", rate);
    if (!*node) *node = MakeMapping();
    Put(&**node, "null_rate", MakeWord(text));
    told_ += std::string(told_.empty() ? "" : ", ") + text + " NULL";
  }

  Column column_;
  const ColumnSample& sample_;
  const ProfileOptions& options_;
  Noise& noise_;
  std::string told_;
};

}  // namespace

DiscretionChoice ChooseDiscretion(const Column& column) {
  if (!IsOpenClassification(column.classification)) {
    return {Discretion::kPersonal, "classification " + column.classification};
  }
  if (column.anonymize) return {Discretion::kPersonal, "tamis.anonymize"};
  std::vector<std::string> words = WordsOf(column.name);
  bool is_thing = words.size() > 1 && ThingWords().contains(words[words.size() - 2]) &&
                  (words.back() == "name" || words.back() == "names");
  for (const std::string& word : words) {
    if (is_thing || !PersonalWords().contains(word)) continue;
    bool id = IdWords().contains(words.back()) && word == "user";
    return {id ? Discretion::kShape : Discretion::kPersonal, "name " + column.name};
  }
  if (IdWords().contains(words.back())) return {Discretion::kShape, "name " + column.name};
  return {};
}

Result<ProfiledColumn> ProfileColumn(const Column& column, const ColumnSample& sample,
                                     const ProfileOptions& options, Noise* noise) {
  return ColumnProfiler(column, sample, options, noise).Profile();
}

}  // namespace tamis
