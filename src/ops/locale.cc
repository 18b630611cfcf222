// Makes locales of their texts. See locale.h.
#include "ops/locale.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>

#include "ops/locale_text.h"

namespace tamis {
namespace {

using Field = FormatPiece::Field;

// As for the names of the USA, see words_people.cc.
constexpr uint64_t kGivenNameOffset = 15;
constexpr uint64_t kFamilyNameOffset = 10;
constexpr uint64_t kStreetOffset = 40;
constexpr uint64_t kHouseNumberOffset = 25;
constexpr size_t kNameQuantiles = 8192;
constexpr size_t kCityQuantiles = 8192;
constexpr size_t kStreetQuantiles = 4096;
constexpr size_t kFormQuantiles = 1024;
constexpr size_t kHouseNumberQuantiles = 8192;
// Titles of a sex are drawn from a table of this many entries.
constexpr size_t kTitleEntries = 128;
// Family names that each pattern of a company's name is filled with.
constexpr size_t kStemNames = 100;

constexpr struct {
  const char* name;
  Field field;
} kFields[] = {
    {"given_name", Field::kGivenName},
    {"family_name", Field::kFamilyName},
    {"second_family_name", Field::kSecondFamilyName},
    {"number", Field::kHouseNumber},
    {"street", Field::kStreet},
    {"street_suffix", Field::kStreetSuffix},
    {"city", Field::kCity},
    {"region", Field::kRegion},
    {"region_code", Field::kRegionCode},
    {"postal_head", Field::kPostalHead},
    {"postal_tail", Field::kPostalTail},
    {"phone_head", Field::kPhoneHead},
    {"mobile_head", Field::kMobileHead},
    {"company_stem", Field::kCompanyStem},
    {"company_activity", Field::kCompanyActivity},
    {"company_form", Field::kCompanyForm},
};

// The texts are part of the program: a mistake in them is a bug.
[[noreturn]] void RefuseText(std::string_view what, std::string_view text) {
  std::fprintf(stderr, "locale: %.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(text.size()), text.data());
  std::abort();
}

int64_t Number(std::string_view text) {
  char* end = nullptr;
  std::string digits(text);
  int64_t number = std::strtoll(digits.c_str(), &end, 10);
  if (digits.empty() || *end != 0) RefuseText("not a number", text);
  return number;
}

std::shared_ptr<const WordList> MakeList(std::vector<std::string> words) {
  return std::make_shared<const WordList>(std::move(words));
}

std::shared_ptr<const ValueTable> MakeTable(ValueTable values) {
  return std::make_shared<const ValueTable>(std::move(values));
}

// Entries between new lines and semicolons, without the spaces around them.
std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> entries;
  for (const std::string& line : SplitWords(text, '\n')) {
    for (std::string& entry : SplitWords(line, ';')) {
      entry.erase(0, entry.find_first_not_of(' '));
      if (!entry.empty()) entries.push_back(std::move(entry));
    }
  }
  return entries;
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& line : Lines(text)) {
    for (std::string& word : SplitWords(line, ' ')) {
      std::replace(word.begin(), word.end(), '_', ' ');
      words.push_back(std::move(word));
    }
  }
  return words;
}

struct WeightedList {
  std::vector<std::string> words;
  std::vector<uint64_t> weights;
};

// Lines `entry*weight`.
WeightedList WeightedLines(std::string_view text) {
  WeightedList list;
  for (const std::string& line : Lines(text)) {
    size_t star = line.rfind('*');
    list.words.push_back(line.substr(0, star));
    bool weighted = star != std::string::npos;
    list.weights.push_back(weighted ? static_cast<uint64_t>(Number(line.substr(star + 1))) : 1);
  }
  return list;
}

// All texts that `pattern` stands for when each x is any digit.
std::vector<std::string> ExpandDigits(const std::string& pattern) {
  std::vector<std::string> texts = {pattern};
  for (size_t place = 0; place < pattern.size(); ++place) {
    if (pattern[place] != 'x') continue;
    std::vector<std::string> longer;
    for (std::string& text : texts) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        text[place] = digit;
        longer.push_back(text);
      }
    }
    texts = std::move(longer);
  }
  return texts;
}

// Numbers and the two dots of `1..30` between braces.
FormatPiece NumberPiece(std::string_view range) {
  size_t dots = range.find("..");
  if (dots == std::string_view::npos) RefuseText("not a field", range);
  std::string_view first = range.substr(0, dots), last = range.substr(dots + 2);
  FormatPiece piece;
  piece.field = Field::kNumber;
  piece.first = Number(first);
  piece.count = static_cast<uint64_t>(Number(last) - piece.first + 1);
  piece.digits = static_cast<int>(first.size());
  return piece;
}

FormatPiece DigitsPiece(size_t digits) {
  FormatPiece piece;
  piece.field = Field::kNumber;
  piece.digits = static_cast<int>(digits);
  piece.count = 1;
  for (size_t i = 0; i < digits; ++i) piece.count *= 10;
  return piece;
}

FormatPiece FieldPiece(std::string_view name) {
  FormatPiece piece;
  for (const auto& known : kFields) {
    if (name != known.name) continue;
    piece.field = known.field;
    return piece;
  }
  return NumberPiece(name);
}

// Formats by name: those that stand in others in braces.
using KnownFormats = std::vector<std::pair<std::string, const Format*>>;

Format ParseFormat(std::string_view name, std::string_view text, const KnownFormats& known = {}) {
  Format format;
  int numbers = 0;
  auto add = [&](FormatPiece piece) {
    if (piece.field == Field::kNumber) {
      piece.text = std::string(name) + "." + std::to_string(++numbers);
    }
    format.push_back(std::move(piece));
  };
  while (!text.empty()) {
    size_t length = 0;
    if (text[0] == '{') {
      length = text.find('}') + 1;
      std::string_view field = text.substr(1, length - 2);
      auto other = std::find_if(known.begin(), known.end(),
                                [&](const auto& entry) { return entry.first == field; });
      if (other != known.end()) {
        format.insert(format.end(), other->second->begin(), other->second->end());
      } else {
        add(FieldPiece(field));
      }
    } else if (text[0] == '#') {
      length = std::min(text.find_first_not_of('#'), text.size());
      add(DigitsPiece(length));
    } else {
      length = std::min(text.find_first_of("{#"), text.size());
      FormatPiece piece;
      piece.text = text.substr(0, length);
      add(std::move(piece));
    }
    text.remove_prefix(length);
  }
  return format;
}

// Each name's first letter as a capital; only letters that start words in our lists.
std::string Capital(const std::string& word) {
  std::string capital = word;
  auto lead = static_cast<unsigned char>(word[0]);
  if (lead >= 'a' && lead <= 'z') {
    capital[0] = static_cast<char>(lead - 'a' + 'A');
  } else if (lead == 0xC3 && static_cast<unsigned char>(word[1]) >= 0xA0) {
    capital[1] = static_cast<char>(static_cast<unsigned char>(word[1]) - 0x20);  // é: É
  } else if (lead == 0xC5 && static_cast<unsigned char>(word[1]) == 0x93) {
    capital[1] = static_cast<char>(0x92);  // œ: Œ
  }
  return capital;
}

// Ranges that grow index by index, over one list.
class RangeCollector {
 public:
  void Add(size_t first, size_t count) {
    first_.push_back(static_cast<int64_t>(first));
    count_.push_back(static_cast<int64_t>(count));
  }
  IndexedRanges Finish() { return {MakeTable(std::move(first_)), MakeTable(std::move(count_))}; }

 private:
  ValueTable first_, count_;
};

// Reads the lines of LocaleText::places.
class CityReader {
 public:
  explicit CityReader(int postal_digits) : postal_digits_(postal_digits) {}

  void Add(const std::string& line) {
    std::vector<std::string> cells = SplitWords(line, '|');
    if (line[0] == '#') {
      if (cells.size() < 2) RefuseText("not a region", line);
      regions_.push_back(cells[0].substr(1));
      region_codes_.push_back(cells[1]);
      region_phones_ = cells.size() > 2 ? AddPhones(cells[2]) : Range{};
      return;
    }
    if (cells.size() < 3) RefuseText("not a city", line);
    cities_.push_back(cells[0]);
    AddPostal(cells[1]);
    weights_.push_back(static_cast<uint64_t>(Number(cells[2])));
    region_.push_back(static_cast<int64_t>(regions_.size()) - 1);
    Range phones = cells.size() > 3 ? AddPhones(cells[3]) : region_phones_;
    if (phones.count == 0) RefuseText("no phones", line);
    phones_.Add(phones.first, phones.count);
  }

  void Finish(Locale& locale) {
    locale.cities = MakeList(std::move(cities_));
    locale.city_quantiles = MakeQuantiles(weights_, kCityQuantiles);
    locale.regions = MakeList(std::move(regions_));
    locale.region_codes = MakeList(std::move(region_codes_));
    locale.region_of_city = MakeTable(std::move(region_));
    locale.postal_of_city = postal_.Finish();
    locale.postal_digits = postal_digits_;
    if (!heads_.empty()) locale.postal_heads = MakeList(std::move(heads_));
    locale.phone_heads = MakeList(std::move(phone_heads_));
    locale.phones_of_city = phones_.Finish();
  }

 private:
  struct Range {
    size_t first = 0, count = 0;
  };

  // Cities that write the same patterns share one range.
  Range AddPhones(const std::string& patterns) {
    auto [known, added] = phone_ranges_.try_emplace(patterns);
    if (!added) return known->second;
    size_t first = phone_heads_.size();
    for (const std::string& pattern : SplitWords(patterns, ',')) {
      for (std::string& head : ExpandDigits(pattern)) phone_heads_.push_back(std::move(head));
    }
    known->second = {first, phone_heads_.size() - first};
    return known->second;
  }

  void AddPostal(const std::string& ranges) {
    if (postal_digits_ == 0) return AddDistricts(ranges);
    size_t dash = ranges.find('-');
    int64_t first = Number(ranges.substr(0, dash));
    int64_t last = dash == std::string::npos ? first : Number(ranges.substr(dash + 1));
    if (last < first) RefuseText("not a range", ranges);
    postal_.Add(static_cast<size_t>(first), static_cast<size_t>(last - first + 1));
  }

  // M1-9 is M1 to M9; EC1A and 160-00 are themselves.
  void AddDistricts(const std::string& ranges) {
    size_t first = heads_.size();
    for (const std::string& range : SplitWords(ranges, ',')) {
      size_t digit = range.find_first_of("0123456789");
      size_t dash = range.find('-');
      if (dash == std::string::npos || digit == 0) {
        heads_.push_back(range);
        continue;
      }
      int64_t last = Number(range.substr(dash + 1));
      for (int64_t i = Number(range.substr(digit, dash - digit)); i <= last; ++i) {
        heads_.push_back(range.substr(0, digit) + std::to_string(i));
      }
    }
    if (heads_.size() == first) RefuseText("no districts", ranges);
    postal_.Add(first, heads_.size() - first);
  }

  int postal_digits_;
  std::vector<std::string> cities_, regions_, region_codes_, heads_, phone_heads_;
  std::vector<uint64_t> weights_;
  ValueTable region_;
  RangeCollector postal_, phones_;
  Range region_phones_;
  std::map<std::string, Range> phone_ranges_;
};

// A name and, in Japanese, how it is read.
struct ReadName {
  std::string name, kana;
};

std::vector<ReadName> ReadNames(std::string_view text) {
  std::vector<ReadName> names;
  for (std::string& word : Words(text)) {
    size_t colon = word.find(':');
    if (colon == std::string::npos) {
      names.push_back({std::move(word), ""});
    } else {
      names.push_back({word.substr(0, colon), word.substr(colon + 1)});
    }
  }
  return names;
}

// Names as the locale shows them, in mail addresses and in katakana.
struct NameLists {
  std::shared_ptr<const WordList> names, mail, kana;
};

NameLists ListsOf(const std::vector<ReadName>& read, Folding folding) {
  std::vector<std::string> names, mail, kana;
  for (const ReadName& entry : read) {
    names.push_back(entry.name);
    mail.push_back(entry.kana.empty() ? MailText(entry.name, folding) : RomajiText(entry.kana));
    if (entry.kana.empty()) continue;
    kana.push_back(entry.kana);
    std::erase(kana.back(), '.');
  }
  return {MakeList(std::move(names)), MakeList(std::move(mail)),
          kana.empty() ? nullptr : MakeList(std::move(kana))};
}

WeightedWords Ranked(std::shared_ptr<const WordList> words, uint64_t offset, size_t quantiles) {
  auto weights = ZipfWeights(words->size(), offset);
  return {std::move(words), MakeQuantiles(weights, quantiles)};
}

void AddGivenNames(const LocaleText& text, Locale& locale) {
  std::array<std::vector<ReadName>, 2> of_sex = {ReadNames(text.male_names),
                                                 ReadNames(text.female_names)};
  std::vector<ReadName> both;
  std::vector<uint64_t> weights;
  ValueTable sexes;
  // By turns, so that the mixed list is most frequent first too.
  size_t longest = std::max(of_sex[0].size(), of_sex[1].size());
  std::vector<uint64_t> by_rank = ZipfWeights(longest, kGivenNameOffset);
  for (size_t rank = 0; rank < longest; ++rank) {
    for (size_t sex : {kMale, kFemale}) {
      if (rank >= of_sex[sex].size()) continue;
      both.push_back(of_sex[sex][rank]);
      weights.push_back(by_rank[rank]);
      sexes.push_back(static_cast<int64_t>(sex));
    }
  }
  NameLists lists = ListsOf(both, text.folding);
  locale.given_names = {lists.names, MakeQuantiles(weights, kNameQuantiles)};
  locale.mail_given_names = lists.mail;
  locale.kana_given_names = lists.kana;
  locale.sex_of_given_name = MakeTable(std::move(sexes));
  locale.male_names =
      Ranked(ListsOf(of_sex[0], text.folding).names, kGivenNameOffset, kNameQuantiles);
  locale.female_names =
      Ranked(ListsOf(of_sex[1], text.folding).names, kGivenNameOffset, kNameQuantiles);
}

void AddFamilyNames(const LocaleText& text, Locale& locale) {
  NameLists lists = ListsOf(ReadNames(text.family_names), text.folding);
  locale.family_names = Ranked(lists.names, kFamilyNameOffset, kNameQuantiles);
  locale.mail_family_names = lists.mail;
  locale.kana_family_names = lists.kana;
}

void AddUsNames(Locale& locale) {
  locale.given_names = FirstNames();
  locale.mail_given_names = MailFirstNames().words;
  locale.family_names = LastNames();
  locale.mail_family_names = MailLastNames().words;
  std::vector<std::string> women = Words(kEnUsFemaleNames);
  std::set<std::string_view> female(women.begin(), women.end());
  ValueTable sexes;
  std::array<std::vector<std::string>, 2> of_sex;
  for (const std::string& name : FirstNames().words->words()) {
    sexes.push_back(female.contains(name) ? kFemale : kMale);
    of_sex[static_cast<size_t>(sexes.back())].push_back(name);
  }
  locale.sex_of_given_name = MakeTable(std::move(sexes));
  locale.male_names = Ranked(MakeList(std::move(of_sex[0])), kGivenNameOffset, kNameQuantiles);
  locale.female_names = Ranked(MakeList(std::move(of_sex[1])), kGivenNameOffset, kNameQuantiles);
}

void AddTitlesAndJobs(const LocaleText& text, Locale& locale) {
  std::vector<std::string> titles;
  ValueTable of_draw;
  for (std::string_view lines : {text.male_titles, text.female_titles}) {
    WeightedList list = WeightedLines(lines);
    ValueTable index;
    for (const std::string& title : list.words) {
      auto known = std::find(titles.begin(), titles.end(), title);
      index.push_back(known - titles.begin());
      if (known == titles.end()) titles.push_back(title);
    }
    auto table = MakeQuantiles(list.weights, kTitleEntries);
    for (uint16_t entry : *table) of_draw.push_back(index[entry]);
  }
  locale.titles = MakeList(std::move(titles));
  locale.title_of_draw = MakeTable(std::move(of_draw));
  RangeCollector draws;
  draws.Add(0, kTitleEntries);
  draws.Add(kTitleEntries, kTitleEntries);
  locale.titles_of_sex = draws.Finish();

  std::vector<std::string> jobs, of_women;
  for (const std::string& line : Lines(text.job_titles)) {
    std::vector<std::string> forms = SplitWords(line, '|');
    jobs.push_back(forms.front());
    of_women.push_back(forms.back());
  }
  RangeCollector ranges;
  ranges.Add(0, jobs.size());
  ranges.Add(jobs.size(), jobs.size());
  locale.jobs_of_sex = ranges.Finish();
  jobs.insert(jobs.end(), of_women.begin(), of_women.end());
  locale.job_titles = MakeList(std::move(jobs));
  locale.sexes = MakeList(Words(text.sexes));
}

void AddUsPlaces(const LocaleText& text, Locale& locale) {
  const Places& places = UsPlaces();
  locale.cities = places.cities;
  locale.city_quantiles = places.city_quantiles;
  locale.region_codes = places.states;
  locale.region_of_city = places.state_of_city;
  locale.postal_of_city = {places.zip_first, places.zip_count};
  locale.postal_digits = text.postal_digits;
  // The lines of text.places are states alone, in the order of UsPlaces().states.
  std::vector<std::string> names, phones;
  std::vector<size_t> first;
  for (const std::string& line : Lines(text.places)) {
    std::vector<std::string> cells = SplitWords(line, '|');
    names.push_back(cells[0].substr(1));
    first.push_back(phones.size());
    for (std::string& code : SplitWords(cells[2], ',')) phones.push_back(std::move(code));
  }
  first.push_back(phones.size());
  RangeCollector ranges;
  for (int64_t region : *places.state_of_city) {
    auto state = static_cast<size_t>(region);
    ranges.Add(first[state], first[state + 1] - first[state]);
  }
  locale.regions = MakeList(std::move(names));
  locale.phone_heads = MakeList(std::move(phones));
  locale.phones_of_city = ranges.Finish();
  locale.streets = StreetNames();
  locale.street_suffixes = StreetSuffixes();
}

void AddCities(const LocaleText& text, Locale& locale) {
  CityReader reader(text.postal_digits);
  for (const std::string& line : Lines(text.places)) reader.Add(line);
  reader.Finish(locale);
  locale.streets = Ranked(MakeList(Lines(text.streets)), kStreetOffset, kStreetQuantiles);
}

std::shared_ptr<const WordList> PairsOf(std::string_view letters) {
  std::vector<std::string> pairs;
  for (char first : letters) {
    for (char second : letters) pairs.push_back({first, second});
  }
  return MakeList(std::move(pairs));
}

void AddAddressFormats(const LocaleText& text, Locale& locale) {
  locale.postal_pattern = text.postal_pattern;
  locale.house_number_max = text.house_number_max;
  if (locale.house_number_max > 0 && locale.street_suffixes.words == nullptr) {
    // Short streets are more than long ones.
    std::vector<uint64_t> weights = ZipfWeights(text.house_number_max, kHouseNumberOffset);
    weights.insert(weights.begin(), 0);  // there is no house 0
    locale.house_numbers = MakeQuantiles(weights, kHouseNumberQuantiles);
  }
  if (!text.postal_tails.empty()) locale.postal_tails = PairsOf(text.postal_tails);
  std::vector<std::string> mobile;
  for (const std::string& pattern : SplitWords(text.mobile_heads, ',')) {
    for (std::string& head : ExpandDigits(pattern)) mobile.push_back(std::move(head));
  }
  locale.mobile_heads = MakeList(std::move(mobile));
  locale.full_name = ParseFormat("full_name", text.full_name);
  locale.postal_code = ParseFormat("postal_code", text.postal_code);
  locale.street = ParseFormat("street", text.street);
  locale.state = ParseFormat("state", text.state);
  locale.address =
      ParseFormat("address", text.address,
                  {{"street_line", &locale.street}, {"postal_code", &locale.postal_code}});
  locale.phone = ParseFormat("phone", text.phone);
  locale.mobile = ParseFormat("mobile", text.mobile);
}

void AddCompanies(const LocaleText& text, Locale& locale) {
  std::vector<std::string> stems = Lines(text.company_stems);
  const std::vector<std::string>& families = locale.family_names.words->words();
  for (const std::string& pattern : Lines(text.stem_patterns)) {
    for (size_t i = 0; i < std::min(kStemNames, families.size()); ++i) {
      std::string stem = pattern;
      stem.replace(stem.find("{}"), 2, families[i]);
      // Partners are far from each other in the list: 31 has no factor of 100.
      size_t partner = (i * 31 + 17) % kStemNames;
      size_t second = stem.find("{}");
      if (second != std::string::npos) stem.replace(second, 2, families[partner]);
      if (second == std::string::npos || partner != i) stems.push_back(std::move(stem));
    }
  }
  locale.company_stems = MakeList(std::move(stems));
  locale.company_activities = MakeList(Lines(text.company_activities));
  WeightedList forms = WeightedLines(text.company_forms);
  locale.company_forms = {MakeList(std::move(forms.words)),
                          MakeQuantiles(forms.weights, kFormQuantiles)};
  locale.company = ParseFormat("company", text.company);
  locale.departments = MakeList(Lines(text.departments));
}

void AddWords(const LocaleText& text, Locale& locale) {
  locale.word_gap = text.word_gap;
  locale.sentence_end = text.sentence_end;
  if (text.words.empty()) {
    locale.words = locale.sentence_words = CommonWords();
    locale.sentence_starts = CapitalWords();
    return;
  }
  locale.words = MakeList(Words(text.words));
  locale.sentence_words = locale.words;
  if (!text.sentence_words.empty()) {
    locale.sentence_words = MakeList(Words(text.sentence_words));
    locale.sentence_lasts = MakeList(Words(text.sentence_ends));
  }
  std::vector<std::string> starts;
  for (const std::string& word : locale.sentence_words->words()) starts.push_back(Capital(word));
  locale.sentence_starts = MakeList(std::move(starts));
}

Locale MakeLocale(const LocaleText& text) {
  Locale locale;
  locale.name = text.name;
  locale.language = text.language;
  locale.country = text.country;
  locale.country_code = text.country_code;
  locale.currency = text.currency;
  locale.calling_code = text.calling_code;
  locale.iban_country = text.iban_country;
  // The lists of the USA were here before there were locales, and stay as they are.
  if (text.male_names.empty()) {
    AddUsNames(locale);
    AddUsPlaces(text, locale);
  } else {
    AddGivenNames(text, locale);
    AddFamilyNames(text, locale);
    AddCities(text, locale);
  }
  AddTitlesAndJobs(text, locale);
  AddAddressFormats(text, locale);
  AddCompanies(text, locale);
  AddWords(text, locale);
  return locale;
}

template <const LocaleText& text>
const Locale& LocaleOf() {
  static const Locale locale = MakeLocale(text);
  return locale;
}

constexpr struct {
  const char* name;
  const Locale& (*make)();
} kLocales[] = {
    {"en_US", LocaleOf<kEnUs>}, {"en_GB", LocaleOf<kEnGb>}, {"de_DE", LocaleOf<kDeDe>},
    {"fr_FR", LocaleOf<kFrFr>}, {"es_ES", LocaleOf<kEsEs>}, {"pt_BR", LocaleOf<kPtBr>},
    {"ja_JP", LocaleOf<kJaJp>},
};

}  // namespace

const Locale* FindLocale(std::string_view name) {
  std::string underscored(name);
  std::replace(underscored.begin(), underscored.end(), '-', '_');
  for (const auto& known : kLocales) {
    if (underscored == known.name) return &known.make();
  }
  return nullptr;
}

const std::vector<std::string>& LocaleNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const auto& known : kLocales) list.emplace_back(known.name);
    return list;
  }();
  return names;
}

}  // namespace tamis
