// Makes locales of their texts. See locale.h.
#include "ops/locale.h"

#include <algorithm>
#include <array>
#include <set>

#include "ops/locale_build.h"

namespace tamis {
namespace {

// Of given names, as in words_people.cc.
constexpr uint64_t kUsNameOffset = 15;
constexpr size_t kNameQuantiles = 8192;
constexpr size_t kFormQuantiles = 1024;
// Titles of a sex are drawn from a table of this many entries.
constexpr size_t kTitleEntries = 128;
// Family names that each pattern of a company's name is filled with.
constexpr size_t kStemNames = 100;

// A word with its first letter as a capital; only letters that words in our lists begin with.
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

// A name and, in Japanese, how it is read.
struct ReadName {
  std::string name, kana;
};

std::vector<ReadName> ReadNames(std::string_view text) {
  std::vector<ReadName> names;
  for (std::string& word : LocaleWords(text)) {
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
  return {MakeWordList(std::move(names)), MakeWordList(std::move(mail)),
          kana.empty() ? nullptr : MakeWordList(std::move(kana))};
}

void AddGivenNames(const LocaleText& text, Locale& locale) {
  std::array<std::vector<ReadName>, 2> of_sex = {ReadNames(text.male_names),
                                                 ReadNames(text.female_names)};
  std::vector<ReadName> both;
  std::vector<uint64_t> weights;
  ValueTable sexes;
  // By turns, so that the mixed list is most frequent first too.
  size_t longest = std::max(of_sex[0].size(), of_sex[1].size());
  std::vector<uint64_t> by_rank = ZipfWeights(longest, text.given_name_offset);
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
  locale.sex_of_given_name = MakeValueTable(std::move(sexes));
  locale.male_names =
      RankedWords(ListsOf(of_sex[0], text.folding).names, text.given_name_offset, kNameQuantiles);
  locale.female_names =
      RankedWords(ListsOf(of_sex[1], text.folding).names, text.given_name_offset, kNameQuantiles);
}

void AddFamilyNames(const LocaleText& text, Locale& locale) {
  NameLists lists = ListsOf(ReadNames(text.family_names), text.folding);
  locale.family_names = RankedWords(lists.names, text.family_name_offset, kNameQuantiles);
  locale.mail_family_names = lists.mail;
  locale.kana_family_names = lists.kana;
}

void AddUsNames(Locale& locale) {
  locale.given_names = FirstNames();
  locale.mail_given_names = MailFirstNames().words;
  locale.family_names = LastNames();
  locale.mail_family_names = MailLastNames().words;
  std::vector<std::string> women = LocaleWords(kEnUsFemaleNames);
  std::set<std::string_view> female(women.begin(), women.end());
  ValueTable sexes;
  std::array<std::vector<std::string>, 2> of_sex;
  for (const std::string& name : FirstNames().words->words()) {
    sexes.push_back(female.contains(name) ? kFemale : kMale);
    of_sex[static_cast<size_t>(sexes.back())].push_back(name);
  }
  locale.sex_of_given_name = MakeValueTable(std::move(sexes));
  locale.male_names =
      RankedWords(MakeWordList(std::move(of_sex[0])), kUsNameOffset, kNameQuantiles);
  locale.female_names =
      RankedWords(MakeWordList(std::move(of_sex[1])), kUsNameOffset, kNameQuantiles);
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
  locale.titles = MakeWordList(std::move(titles));
  locale.title_of_draw = MakeValueTable(std::move(of_draw));
  RangeCollector draws;
  draws.Add(0, kTitleEntries);
  draws.Add(kTitleEntries, kTitleEntries);
  locale.titles_of_sex = draws.Finish();

  std::vector<std::string> jobs, of_women;
  for (const std::string& line : LocaleLines(text.job_titles)) {
    std::vector<std::string> forms = SplitWords(line, '|');
    jobs.push_back(forms.front());
    of_women.push_back(forms.back());
  }
  RangeCollector ranges;
  ranges.Add(0, jobs.size());
  ranges.Add(jobs.size(), jobs.size());
  locale.jobs_of_sex = ranges.Finish();
  jobs.insert(jobs.end(), of_women.begin(), of_women.end());
  locale.job_titles = MakeWordList(std::move(jobs));
  locale.sexes = MakeWordList(LocaleWords(text.sexes));
}

void AddCompanies(const LocaleText& text, Locale& locale) {
  std::vector<std::string> stems = LocaleLines(text.company_stems);
  const std::vector<std::string>& families = locale.family_names.words->words();
  for (const std::string& pattern : LocaleLines(text.stem_patterns)) {
    for (size_t i = 0; i < std::min(kStemNames, families.size()); ++i) {
      std::string stem = pattern;
      stem.replace(stem.find("{}"), 2, Capital(families[i]));
      // Partners are far from each other in the list: 31 has no factor of 100.
      size_t partner = (i * 31 + 17) % kStemNames;
      size_t second = stem.find("{}");
      if (second != std::string::npos) stem.replace(second, 2, Capital(families[partner]));
      if (second == std::string::npos || partner != i) stems.push_back(std::move(stem));
    }
  }
  locale.company_stems = MakeWordList(std::move(stems));
  locale.company_activities = MakeWordList(LocaleLines(text.company_activities));
  WeightedList forms = WeightedLines(text.company_forms);
  locale.company_forms = {MakeWordList(std::move(forms.words)),
                          MakeQuantiles(forms.weights, kFormQuantiles)};
  locale.company = ParseFormat("company", text.company);
  locale.departments = MakeWordList(LocaleLines(text.departments));
}

void AddWords(const LocaleText& text, Locale& locale) {
  locale.word_gap = text.word_gap;
  locale.sentence_end = text.sentence_end;
  if (text.words.empty()) {
    locale.words = locale.sentence_words = CommonWords();
    locale.sentence_starts = CapitalWords();
    return;
  }
  locale.words = MakeWordList(LocaleWords(text.words));
  locale.sentence_words = locale.words;
  if (!text.sentence_words.empty()) {
    locale.sentence_words = MakeWordList(LocaleWords(text.sentence_words));
    locale.sentence_lasts = MakeWordList(LocaleWords(text.sentence_ends));
  }
  std::vector<std::string> starts;
  for (const std::string& word : locale.sentence_words->words()) starts.push_back(Capital(word));
  locale.sentence_starts = MakeWordList(std::move(starts));
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
  // The names of the USA were here before there were locales, and stay as they are.
  if (text.male_names.empty()) {
    AddUsNames(locale);
  } else {
    AddGivenNames(text, locale);
    AddFamilyNames(text, locale);
  }
  locale.full_name = ParseFormat("full_name", text.full_name);
  AddTitlesAndJobs(text, locale);
  AddPlaces(text, locale);
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
    {"fr_FR", LocaleOf<kFrFr>}, {"es_ES", LocaleOf<kEsEs>}, {"it_IT", LocaleOf<kItIt>},
    {"nl_NL", LocaleOf<kNlNl>}, {"pt_BR", LocaleOf<kPtBr>}, {"ja_JP", LocaleOf<kJaJp>},
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
