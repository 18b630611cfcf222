// What locales promise: clean lists, places that fit together, names fit for e-mail addresses, and
// the counts in docs/locales.md.
#include "ops/locale.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <regex>
#include <set>
#include <sstream>

#include "text/utf8.h"

namespace tamis {
namespace {

using testing::HasSubstr;
using Field = FormatPiece::Field;

const Locale& Get(std::string_view name) {
  const Locale* locale = FindLocale(name);
  EXPECT_NE(locale, nullptr) << name;
  return *locale;
}

size_t At(const std::shared_ptr<const ValueTable>& table, size_t index) {
  return static_cast<size_t>((*table)[index]);
}

// Calls `visit(name, list)` for the lists that may not have an entry twice, then for the others.
using ListVisitor = std::function<void(const char*, const WordList&)>;

void ForEachUniqueList(const Locale& locale, const ListVisitor& visit) {
  std::pair<const char*, const WordList*> lists[] = {
      {"male_names", locale.male_names.words.get()},
      {"female_names", locale.female_names.words.get()},
      {"family_names", locale.family_names.words.get()},
      {"titles", locale.titles.get()},
      {"sexes", locale.sexes.get()},
      {"regions", locale.regions.get()},
      {"postal_tails", locale.postal_tails.get()},
      {"streets", locale.streets.words.get()},
      {"mobile_heads", locale.mobile_heads.get()},
      {"company_stems", locale.company_stems.get()},
      {"company_activities", locale.company_activities.get()},
      {"company_forms", locale.company_forms.words.get()},
      {"departments", locale.departments.get()},
      {"words", locale.words.get()},
      {"sentence_words", locale.sentence_words.get()},
      {"sentence_lasts", locale.sentence_lasts.get()},
  };
  for (const auto& [name, list] : lists) {
    // Only some locales have mobile_heads, all others of these have entries or are null.
    if (list != nullptr && (list->size() > 0 || list != locale.mobile_heads.get())) {
      visit(name, *list);
    }
  }
}

void ForEachList(const Locale& locale, const ListVisitor& visit) {
  ForEachUniqueList(locale, visit);
  visit("given_names", *locale.given_names.words);
  visit("cities", *locale.cities);
  visit("region_codes", *locale.region_codes);
  visit("phone_heads", *locale.phone_heads);
  visit("job_titles", *locale.job_titles);
  visit("sentence_starts", *locale.sentence_starts);
  if (locale.postal_heads) visit("postal_heads", *locale.postal_heads);
  if (locale.kana_given_names) visit("kana_given_names", *locale.kana_given_names);
  if (locale.kana_family_names) visit("kana_family_names", *locale.kana_family_names);
}

std::vector<uint32_t> CodePoints(std::string_view text) {
  std::vector<uint32_t> points;
  for (size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t point = length == 1 ? lead : lead & (0x7FU >> length);
    for (size_t k = 1; k < length; ++k) {
      point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    }
    points.push_back(point);
    i += length;
  }
  return points;
}

// Text of our scripts is in NFC unless it has one of these: marks that combine with the letter
// before them, letters with a canonical twin, half-width kana.
bool MayChangeInNfc(uint32_t point) {
  constexpr std::pair<uint32_t, uint32_t> kRanges[] = {
      {0x0300, 0x036F}, {0x2126, 0x212B}, {0x3099, 0x309A}, {0xF900, 0xFAFF}, {0xFF61, 0xFF9F}};
  return std::any_of(std::begin(kRanges), std::end(kRanges), [&](const auto& range) {
    return point >= range.first && point <= range.second;
  });
}

// Latin letters of western Europe and the Turkish ones that some names have, kana and kanji.
bool BelongsToLists(uint32_t point) {
  constexpr std::string_view kPunctuation = " '&.,()-/ªº";
  bool latin = (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z') ||
               (point >= '0' && point <= '9') || (point >= 0xC0 && point <= 0x17F);
  bool japanese = (point >= 0x3041 && point <= 0x30FC) || (point >= 0x4E00 && point <= 0x9FFF) ||
                  point == 0x3005;  // 々
  std::vector<uint32_t> marks = CodePoints(kPunctuation);
  return latin || japanese || std::find(marks.begin(), marks.end(), point) != marks.end();
}

class LocaleTest : public testing::TestWithParam<std::string> {
 protected:
  const Locale& locale() const { return Get(GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(All, LocaleTest, testing::ValuesIn(LocaleNames()),
                         [](const auto& test) { return test.param; });

TEST_P(LocaleTest, ListsHaveNoEntryTwice) {
  ForEachUniqueList(locale(), [](const char* name, const WordList& list) {
    std::set<std::string> seen;
    for (const std::string& word : list.words()) {
      EXPECT_TRUE(seen.insert(word).second) << name << " has " << word << " twice";
    }
  });
  // Names of places may be in several regions, but not twice in one.
  std::set<std::pair<std::string, int64_t>> cities;
  for (size_t i = 0; i < locale().cities->size(); ++i) {
    EXPECT_TRUE(cities.insert({(*locale().cities)[i], (*locale().region_of_city)[i]}).second)
        << (*locale().cities)[i];
  }
  size_t jobs = locale().job_titles->size() / 2;
  for (size_t first : {size_t{0}, jobs}) {
    std::set<std::string> titles;
    for (size_t i = first; i < first + jobs; ++i) {
      EXPECT_TRUE(titles.insert((*locale().job_titles)[i]).second) << (*locale().job_titles)[i];
    }
  }
}

TEST_P(LocaleTest, ListsAreCleanText) {
  ForEachList(locale(), [](const char* name, const WordList& list) {
    EXPECT_GT(list.size(), 0U) << name;
    for (const std::string& word : list.words()) {
      ASSERT_FALSE(word.empty()) << name;
      ASSERT_TRUE(IsValidUtf8(word)) << name << ": " << word;
      EXPECT_NE(word.front(), ' ') << name << ": " << word;
      EXPECT_NE(word.back(), ' ') << name << ": " << word;
      EXPECT_EQ(word.find("  "), std::string::npos) << name << ": " << word;
      for (uint32_t point : CodePoints(word)) {
        EXPECT_FALSE(MayChangeInNfc(point)) << name << ": " << word;
        EXPECT_TRUE(BelongsToLists(point)) << name << ": " << word << " has " << point;
      }
    }
  });
}

TEST_P(LocaleTest, NoNameIsOfBothSexes) {
  const auto& women = locale().female_names.words->words();
  std::set<std::string> female(women.begin(), women.end());
  for (const std::string& name : locale().male_names.words->words()) {
    EXPECT_FALSE(female.contains(name)) << name;
  }
}

TEST_P(LocaleTest, GivenNamesTellTheirSex) {
  const auto& women = locale().female_names.words->words();
  std::set<std::string> female(women.begin(), women.end());
  const auto& names = locale().given_names.words->words();
  ASSERT_EQ(names.size(), locale().sex_of_given_name->size());
  for (size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(At(locale().sex_of_given_name, i) == kFemale, female.contains(names[i])) << names[i];
  }
  EXPECT_EQ(names.size(), women.size() + locale().male_names.words->size());
  double share = 0;
  for (uint16_t name : *locale().given_names.quantiles) {
    share += static_cast<double>((*locale().sex_of_given_name)[name]);
  }
  share /= static_cast<double>(locale().given_names.quantiles->size());
  EXPECT_NEAR(share, 0.5, 0.05);
}

TEST_P(LocaleTest, FirstNamesHaveAboutTheirShareOfThePeople) {
  // Of all people in percent, as statistical offices and directories publish it: Smith, Müller, ...
  static const std::map<std::string, double> kShares = {
      {"en_US", 0.8}, {"en_GB", 1.2}, {"de_DE", 1.0}, {"fr_FR", 0.4}, {"es_ES", 3.1},
      {"it_IT", 0.5}, {"nl_NL", 0.5}, {"pt_BR", 7.0}, {"ja_JP", 1.5}};
  const QuantileTable& names = *locale().family_names.quantiles;
  double share = 100.0 * static_cast<double>(std::count(names.begin(), names.end(), 0)) /
                 static_cast<double>(names.size());
  double real = kShares.at(GetParam());
  // The list lacks the rare names, whose people the frequent ones get.
  EXPECT_GT(share, 0.8 * real);
  EXPECT_LT(share, 2.5 * real);
}

TEST_P(LocaleTest, ThereIsEnoughOfEverything) {
  const Locale& all = locale();
  EXPECT_GE(all.male_names.words->size(), 150U);
  EXPECT_GE(all.female_names.words->size(), 150U);
  EXPECT_GE(all.family_names.words->size(), 300U);
  EXPECT_GE(all.cities->size(), 100U);
  EXPECT_GE(all.streets.words->size(), 190U);
  EXPECT_GE(all.company_stems->size(), 140U);
  EXPECT_GE(all.company_activities->size(), 75U);
  EXPECT_GE(all.departments->size(), 15U);
  EXPECT_GE(all.job_titles->size(), 2 * 85U);
  EXPECT_GE(all.words->size(), 250U);
  EXPECT_GE(all.sentence_words->size(), 170U);
  EXPECT_EQ(all.sexes->size(), 2U);
}

TEST_P(LocaleTest, TablesPointIntoTheirLists) {
  const Locale& all = locale();
  size_t cities = all.cities->size();
  auto check = [](const IndexedRanges& ranges, size_t indices, size_t list) {
    ASSERT_EQ(ranges.first->size(), indices);
    ASSERT_EQ(ranges.count->size(), indices);
    for (size_t i = 0; i < indices; ++i) {
      EXPECT_GE((*ranges.first)[i], 0);
      EXPECT_GE((*ranges.count)[i], 1);
      EXPECT_LE(At(ranges.first, i) + At(ranges.count, i), list);
    }
  };
  check(all.phones_of_city, cities, all.phone_heads->size());
  check(all.postal_of_city, cities, all.postal_heads ? all.postal_heads->size() : 100'000);
  check(all.titles_of_sex, 2, all.title_of_draw->size());
  check(all.jobs_of_sex, 2, all.job_titles->size());
  for (int64_t title : *all.title_of_draw) {
    EXPECT_LT(title, static_cast<int64_t>(all.titles->size()));
  }
  EXPECT_EQ(all.regions->size(), all.region_codes->size());
  std::set<int64_t> used(all.region_of_city->begin(), all.region_of_city->end());
  EXPECT_EQ(used.size(), all.regions->size()) << "each region has a city";
  EXPECT_EQ(all.mail_given_names->size(), all.given_names.words->size());
  EXPECT_EQ(all.mail_family_names->size(), all.family_names.words->size());
  EXPECT_EQ(all.sentence_starts->size(), all.sentence_words->size());
}

TEST_P(LocaleTest, MailNamesAreAscii) {
  static const std::regex kMail("[a-z]+(-[a-z]+)*");
  for (const auto& list : {locale().mail_given_names, locale().mail_family_names}) {
    for (const std::string& name : list->words()) {
      EXPECT_TRUE(std::regex_match(name, kMail)) << name;
    }
  }
}

TEST_P(LocaleTest, PlacesOfDifferentRegionsHaveDifferentPostalCodes) {
  const Locale& all = locale();
  std::map<std::string, int64_t> region_of_code;
  for (size_t city = 0; city < all.cities->size(); ++city) {
    int64_t region = (*all.region_of_city)[city];
    for (size_t k = 0; k < At(all.postal_of_city.count, city); ++k) {
      size_t code = At(all.postal_of_city.first, city) + k;
      std::string head = all.postal_heads ? (*all.postal_heads)[code] : std::to_string(code);
      auto [known, added] = region_of_code.try_emplace(head, region);
      EXPECT_EQ(known->second, region) << (*all.cities)[city] << " " << head;
    }
  }
}

// Values as a provider makes them, one after the other, from a generator of the standard library.
class Sampler {
 public:
  explicit Sampler(const Locale& locale) : locale_(locale) { Next(); }

  void Next() { city_ = (*locale_.city_quantiles)[Below(locale_.city_quantiles->size())]; }
  size_t city() const { return city_; }

  std::string Text(const Format& format) {
    std::string text;
    for (const FormatPiece& piece : format) text += Piece(piece);
    return text;
  }

 private:
  size_t Below(size_t bound) { return random_() % bound; }
  std::string Any(const WordList& list) { return list[Below(list.size())]; }
  std::string Any(const WeightedWords& words) {
    return (*words.words)[(*words.quantiles)[Below(words.quantiles->size())]];
  }
  size_t InRange(const IndexedRanges& ranges, size_t index) {
    return At(ranges.first, index) + Below(At(ranges.count, index));
  }
  static std::string Padded(size_t number, int digits) {
    std::string text = std::to_string(number);
    size_t length = static_cast<size_t>(digits);
    return text.size() < length ? std::string(length - text.size(), '0') + text : text;
  }

  std::string HouseNumber() {
    if (locale_.house_numbers == nullptr)
      return std::to_string(1 + Below(locale_.house_number_max));
    return std::to_string((*locale_.house_numbers)[Below(locale_.house_numbers->size())]);
  }

  std::string PostalHead() {
    size_t code = InRange(locale_.postal_of_city, city_);
    return locale_.postal_heads ? (*locale_.postal_heads)[code]
                                : Padded(code, locale_.postal_digits);
  }

  std::string Piece(const FormatPiece& piece) {
    size_t region = At(locale_.region_of_city, city_);
    switch (piece.field) {
      case Field::kText:
        return piece.text;
      case Field::kNumber:
        return Padded(static_cast<size_t>(piece.first) + Below(piece.count), piece.digits);
      case Field::kGivenName:
        return Any(locale_.given_names);
      case Field::kFamilyName:
      case Field::kSecondFamilyName:
        return Any(locale_.family_names);
      case Field::kHouseNumber:
        return HouseNumber();
      case Field::kStreet:
        return Any(locale_.streets);
      case Field::kStreetSuffix:
        return Any(locale_.street_suffixes);
      case Field::kCity:
        return (*locale_.cities)[city_];
      case Field::kRegion:
        return (*locale_.regions)[region];
      case Field::kRegionCode:
        return (*locale_.region_codes)[region];
      case Field::kPostalHead:
        return PostalHead();
      case Field::kPostalTail:
        return Any(*locale_.postal_tails);
      case Field::kPhoneHead:
        return (*locale_.phone_heads)[InRange(locale_.phones_of_city, city_)];
      case Field::kMobileHead:
        return Any(*locale_.mobile_heads);
      case Field::kCompanyStem:
        return Any(*locale_.company_stems);
      case Field::kCompanyActivity:
        return Any(*locale_.company_activities);
      case Field::kCompanyForm:
        return Any(locale_.company_forms);
    }
    return "";
  }

  const Locale& locale_;
  std::mt19937 random_{7};
  size_t city_ = 0;
};

TEST_P(LocaleTest, FormatsLookAsTheCountryWritesThem) {
  static const std::map<std::string, std::pair<const char*, const char*>> kPhones = {
      {"en_US", {R"(\([2-9]\d\d\) 555-01\d\d)", R"(\([2-9]\d\d\) 555-01\d\d)"}},
      {"en_GB",
       {"(01632 960|020 7946 0|01\\d1 49[68] 0|011[3-8] 496 0|029 2018 0|028 9649 6)\\d{3}",
        "07700 900\\d{3}"}},
      {"de_DE",
       {"(030 23125|040 66969|069 90009|0221 4710|089 99998)\\d{3}|"
        "(0171 39200|0176 040690)\\d\\d",
        "(0171 39200|0176 040690)\\d\\d"}},
      {"fr_FR",
       {"(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49) \\d\\d \\d\\d", "06 39 98 \\d\\d \\d\\d"}},
      {"es_ES", {"9\\d\\d \\d\\d \\d\\d \\d\\d", "(6\\d\\d|7[124]\\d) \\d\\d \\d\\d \\d\\d"}},
      {"it_IT", {"0\\d{1,3} [2-8]\\d{5}", "3\\d\\d \\d{7}"}},
      {"nl_NL", {"(?=.{11}$)0\\d{2,3}-[2-8]\\d{5,6}", "06-[1-5]\\d{7}"}},
      {"pt_BR", {R"(\([1-9][1-9]\) 3\d{3}-\d{4})", R"(\([1-9][1-9]\) 9\d{4}-\d{4})"}},
      {"ja_JP", {"(?=.{12}$)0\\d{1,3}-0\\d{1,3}-\\d{4}", "0[79]0-0\\d{3}-\\d{4}"}},
  };
  const Locale& all = locale();
  std::regex postal(all.postal_pattern), phone(kPhones.at(GetParam()).first),
      mobile(kPhones.at(GetParam()).second);
  Sampler sampler(all);
  for (int i = 0; i < 3000; ++i, sampler.Next()) {
    std::string code = sampler.Text(all.postal_code);
    EXPECT_TRUE(std::regex_match(code, postal)) << code;
    std::string number = sampler.Text(all.phone);
    EXPECT_TRUE(std::regex_match(number, phone)) << number;
    number = sampler.Text(all.mobile);
    EXPECT_TRUE(std::regex_match(number, mobile)) << number;
    std::string address = sampler.Text(all.address);
    EXPECT_THAT(address, HasSubstr((*all.cities)[sampler.city()]));
    EXPECT_TRUE(IsValidUtf8(address + sampler.Text(all.full_name) + sampler.Text(all.company)));
  }
}

// By region code, what postal codes of the region begin with, as the posts of these countries
// publish it: BW 68 69 means that codes of BW begin with 68 or 69.
const std::map<std::string, std::string> kPostalRegions = {
    {"de_DE",
     "BW 68 69 70 71 72 73 74 75 76 77 78 79 88 89; BY 63 80 81 82 83 84 85 86 87 88 89 90 91 92 "
     "93 94 95 96 97; BE 10 12 13 14; BB 03 14 15 16 17; HB 27 28; HH 20 21 22; HE 34 35 36 60 61 "
     "63 64 65; MV 17 18 19 23; NI 21 26 27 29 30 31 37 38 49; NW 32 33 40 41 42 44 45 46 47 48 50 "
     "51 52 53 57 58 59; RP 54 55 56 67; SL 66; SN 01 02 04 08 09; ST 06 38 39; SH 22 23 24 25; TH "
     "07 99"},
    {"es_ES",
     "PV 01 20 48; CM 02 13 16 19 45; VC 03 12 46; AN 04 11 14 18 21 23 29 41; CL 05 09 24 34 37 "
     "40 "
     "42 47 49; EX 06 10; IB 07; CT 08 17 25 43; GA 15 27 32 36; AR 22 44 50; RI 26; MD 28; MC 30; "
     "NC 31; AS 33; CN 35 38; CB 39; CE 51; ML 52"},
    {"it_IT",
     "TO 10; VC 13; BI 13; NO 28; CN 12; AT 14; AL 15; AO 11; GE 16; SV 17; IM 18; SP 19; MI 20; "
     "MB "
     "20; BG 24; BS 25; CO 22; LC 23; VA 21; CR 26; MN 46; PV 27; LO 26; SO 23; BZ 39; TN 38; VE "
     "30; "
     "VR 37; PD 35; VI 36; TV 31; RO 45; BL 32; TS 34; UD 33; GO 34; PN 33; BO 40; MO 41; PR 43; "
     "RE "
     "42; RA 48; FE 44; FC 47; RN 47; PC 29; FI 50; PO 59; LI 57; PI 56; LU 55; PT 51; AR 52; SI "
     "53; "
     "GR 58; MS 54; PG 06; TR 05; AN 60; PU 61; MC 62; AP 63; RM 00; LT 04; VT 01; FR 03; RI 02; "
     "AQ "
     "67; PE 65; CH 66; TE 64; CB 86; NA 80; SA 84; CE 81; BN 82; AV 83; BA 70; BT 76; FG 71; TA "
     "74; "
     "LE 73; BR 72; PZ 85; MT 75; CS 87; CZ 88; RC 89; KR 88; PA 90; CT 95; ME 98; SR 96; RG 97; "
     "AG "
     "92; TP 91; CL 93; CA 09; SS 07; NU 08"},
    {"ja_JP",
     "01 00 04 05 06 07 08 09; 02 03; 03 02; 04 98; 05 01; 06 99; 07 96 97; 08 30 31; 09 32; 10 "
     "37; "
     "11 33 34 35 36; 12 26 27 28 29; 13 10 11 12 13 14 15 16 17 18 19 20; 14 21 22 23 24 25; 15 "
     "94 "
     "95; 16 93; 17 92; 18 91; 19 40; 20 38 39; 21 50; 22 41 42 43; 23 44 45 46 47 48 49; 24 51; "
     "25 "
     "52; 26 60 61 62; 27 53 54 55 56 57 58 59; 28 65 66 67; 29 63; 30 64; 31 68; 32 69; 33 70 71; "
     "34 72 73; 35 74 75; 36 77; 37 76; 38 79; 39 78; 40 80 81 82 83; 41 84; 42 85; 43 86; 44 87; "
     "45 88; 46 89; 47 90"},
    {"en_GB", "SCT EH G AB DD IV PH FK KY PA; WLS CF SA NP LL; NIR BT"},
};

// What the places' postal codes begin with, by region code.
std::map<std::string, std::set<std::string>> PostalPrefixes(const Locale& locale,
                                                            const std::regex& prefix) {
  std::map<std::string, std::set<std::string>> prefixes;
  for (size_t city = 0; city < locale.cities->size(); ++city) {
    const std::string& code = (*locale.region_codes)[At(locale.region_of_city, city)];
    for (size_t k = 0; k < At(locale.postal_of_city.count, city); ++k) {
      size_t number = At(locale.postal_of_city.first, city) + k;
      std::string head = std::to_string(100'000 + number).substr(1);
      if (locale.postal_heads) head = (*locale.postal_heads)[number];
      std::smatch found;
      if (std::regex_search(head, found, prefix)) prefixes[code].insert(found.str());
    }
  }
  return prefixes;
}

TEST(LocalePlaces, LieInTheirRegions) {
  for (const auto& [name, text] : kPostalRegions) {
    bool letters = name == "en_GB";
    auto found = PostalPrefixes(Get(name), std::regex(letters ? "^[A-Z]+" : "^[0-9][0-9]"));
    std::map<std::string, std::string> region_of;
    for (const std::string& part : SplitWords(text, ';')) {
      std::vector<std::string> words = SplitWords(part, ' ');
      for (size_t i = 1; i < words.size(); ++i) region_of[words[0] + " " + words[i]] = words[0];
      for (size_t i = 1; letters && i < words.size(); ++i) region_of[words[i]] = words[0];
    }
    for (const auto& [code, prefixes] : found) {
      for (const std::string& prefix : prefixes) {
        if (letters) {
          EXPECT_EQ(region_of.contains(prefix) ? region_of[prefix] : "ENG", code) << prefix;
        } else {
          EXPECT_TRUE(region_of.contains(code + " " + prefix)) << name << " " << code << prefix;
        }
      }
    }
  }
}

TEST(LocalePlaces, OfFranceBeginWithTheDepartment) {
  for (const auto& [code, prefixes] : PostalPrefixes(Get("fr_FR"), std::regex("^[0-9][0-9]"))) {
    EXPECT_THAT(prefixes, testing::ElementsAre(code[0] == '2' && code > "29" ? "20" : code));
  }
}

TEST(LocalePlaces, OfBrazilLieInTheirStates) {
  // Five digits, from and to, and area codes.
  struct State {
    int64_t first, last;
    std::string phones;
  };
  const std::map<std::string, State> states = {
      {"SP", {1000, 19999, "11 12 13 14 15 16 17 18 19"}},
      {"RJ", {20000, 28999, "21 22 24"}},
      {"ES", {29000, 29999, "27 28"}},
      {"MG", {30000, 39999, "31 32 33 34 35 37 38"}},
      {"BA", {40000, 48999, "71 73 74 75 77"}},
      {"SE", {49000, 49999, "79"}},
      {"PE", {50000, 56999, "81 87"}},
      {"AL", {57000, 57999, "82"}},
      {"PB", {58000, 58999, "83"}},
      {"RN", {59000, 59999, "84"}},
      {"CE", {60000, 63999, "85 88"}},
      {"PI", {64000, 64999, "86 89"}},
      {"MA", {65000, 65999, "98 99"}},
      {"PA", {66000, 68899, "91 93 94"}},
      {"AP", {68900, 68999, "96"}},
      {"AM", {69000, 69299, "92 97"}},
      {"RR", {69300, 69399, "95"}},
      {"AC", {69900, 69999, "68"}},
      {"DF", {70000, 72799, "61"}},
      {"GO", {72800, 76799, "62 64"}},
      {"RO", {76800, 76999, "69"}},
      {"TO", {77000, 77999, "63"}},
      {"MT", {78000, 78899, "65 66"}},
      {"MS", {79000, 79999, "67"}},
      {"PR", {80000, 87999, "41 42 43 44 45 46"}},
      {"SC", {88000, 89999, "47 48 49"}},
      {"RS", {90000, 99999, "51 53 54 55"}},
  };
  const Locale& brazil = Get("pt_BR");
  for (size_t city = 0; city < brazil.cities->size(); ++city) {
    const std::string& code = (*brazil.region_codes)[At(brazil.region_of_city, city)];
    const State& state = states.at(code);
    int64_t first = (*brazil.postal_of_city.first)[city];
    EXPECT_GE(first, state.first) << (*brazil.cities)[city];
    EXPECT_LE(first + (*brazil.postal_of_city.count)[city] - 1, state.last)
        << (*brazil.cities)[city];
    std::string phone = (*brazil.phone_heads)[At(brazil.phones_of_city.first, city)];
    EXPECT_THAT(state.phones, HasSubstr(phone.substr(1, 2))) << (*brazil.cities)[city];
  }
}

TEST(LocalePlaces, OfSpainHaveThePhonesOfTheirProvinces) {
  // By province, which is what postal codes begin with, from 01 on.
  constexpr std::array<const char*, 52> kPhones = {
      "945",         "967",     "965 966", "950", "920",     "924", "971", "93",  "947",
      "927",         "956",     "964",     "926", "957",     "981", "969", "972", "958",
      "949",         "943",     "959",     "974", "953",     "987", "973", "941", "982",
      "91",          "951 952", "968",     "948", "988",     "985", "979", "928", "986",
      "923",         "922",     "942",     "921", "954 955", "975", "977", "978", "925",
      "961 962 963", "983",     "944 946", "980", "976",     "956", "952"};
  const Locale& spain = Get("es_ES");
  for (size_t city = 0; city < spain.cities->size(); ++city) {
    size_t province = At(spain.postal_of_city.first, city) / 1000;
    for (size_t k = 0; k < At(spain.phones_of_city.count, city); ++k) {
      std::string head = (*spain.phone_heads)[At(spain.phones_of_city.first, city) + k];
      bool fits = false;
      for (const std::string& known : SplitWords(kPhones[province - 1], ' ')) {
        fits = fits || head.starts_with(known);
      }
      EXPECT_TRUE(fits) << (*spain.cities)[city] << " " << head;
    }
  }
}

TEST(Locale, IsFoundByNameOnly) {
  EXPECT_EQ(FindLocale("de_DE"), FindLocale("de-DE"));
  EXPECT_EQ(FindLocale("xx_XX"), nullptr);
  EXPECT_EQ(FindLocale(""), nullptr);
  EXPECT_EQ(FindLocale("de"), nullptr);
  for (const std::string& name : LocaleNames()) EXPECT_EQ(Get(name).name, name);
}

TEST(Locale, OfTheUsaIsTheListsThatWereThereBefore) {
  const Locale& usa = Get("en_US");
  EXPECT_EQ(usa.given_names.words, FirstNames().words);
  EXPECT_EQ(usa.given_names.quantiles, FirstNames().quantiles);
  EXPECT_EQ(usa.family_names.quantiles, LastNames().quantiles);
  EXPECT_EQ(usa.cities, UsPlaces().cities);
  EXPECT_EQ(usa.city_quantiles, UsPlaces().city_quantiles);
  EXPECT_EQ(usa.words, CommonWords());
  // The names of states are in the order of their codes.
  size_t texas = static_cast<size_t>(
      std::find(usa.region_codes->words().begin(), usa.region_codes->words().end(), "TX") -
      usa.region_codes->words().begin());
  EXPECT_EQ((*usa.regions)[texas], "Texas");
  EXPECT_EQ(usa.regions->words().back(), "Wyoming");
  EXPECT_EQ(usa.region_codes->words().back(), "WY");
}

TEST(Locale, FormatsNameTheDrawsOfTheirNumbers) {
  // A street's numbers are drawn by the same names in the street and in the address.
  const Locale& japan = Get("ja_JP");
  auto numbers = [](const Format& format) {
    std::vector<std::string> names;
    for (const FormatPiece& piece : format) {
      if (piece.field == Field::kNumber) names.push_back(piece.text);
    }
    return names;
  };
  EXPECT_THAT(numbers(japan.street), testing::ElementsAre("street.1", "street.2", "street.3"));
  EXPECT_THAT(numbers(japan.postal_code), testing::ElementsAre("postal_code.1"));
  EXPECT_THAT(numbers(japan.address),
              testing::ElementsAre("postal_code.1", "street.1", "street.2", "street.3"));
  EXPECT_EQ(japan.street[1].count, 5U);
  EXPECT_EQ(japan.street[1].first, 1);
  EXPECT_EQ(japan.street[1].digits, 1);
  EXPECT_EQ(Get("pt_BR").postal_code[2].count, 900U);
  EXPECT_EQ(Get("pt_BR").postal_code[2].digits, 3);
}

TEST(Locale, HouseNumbersBeginWithOneAndAreMostlySmall) {
  const Locale& germany = Get("de_DE");
  auto [low, high] =
      std::minmax_element(germany.house_numbers->begin(), germany.house_numbers->end());
  EXPECT_EQ(*low, 1);
  EXPECT_EQ(*high, germany.house_number_max);
  size_t small = static_cast<size_t>(std::count_if(germany.house_numbers->begin(),
                                                   germany.house_numbers->end(),
                                                   [](uint16_t number) { return number <= 50; }));
  EXPECT_GT(small, germany.house_numbers->size() / 2);
  EXPECT_EQ(Get("en_US").house_numbers, nullptr);
}

TEST(Locale, TitlesFitTheSex) {
  const Locale& germany = Get("de_DE");
  for (size_t sex : {kMale, kFemale}) {
    for (size_t k = 0; k < At(germany.titles_of_sex.count, sex); ++k) {
      size_t title = At(germany.title_of_draw, At(germany.titles_of_sex.first, sex) + k);
      EXPECT_TRUE((*germany.titles)[title].starts_with(sex == kMale ? "Herr" : "Frau"));
    }
    size_t first = At(germany.jobs_of_sex.first, sex);
    EXPECT_EQ((*germany.job_titles)[first], sex == kMale ? "Verkäufer" : "Verkäuferin");
  }
}

TEST(MailText, DropsAccentsAsTheLanguageDoes) {
  EXPECT_EQ(MailText("Müller", Folding::kGerman), "mueller");
  EXPECT_EQ(MailText("Agüero", Folding::kLatin), "aguero");
  EXPECT_EQ(MailText("Weiß", Folding::kGerman), "weiss");
  EXPECT_EQ(MailText("Öztürk", Folding::kGerman), "oeztuerk");
  EXPECT_EQ(MailText("Yıldız Şahin", Folding::kGerman), "yildizsahin");
  EXPECT_EQ(MailText("Muñoz", Folding::kLatin), "munoz");
  EXPECT_EQ(MailText("Françoise", Folding::kLatin), "francoise");
  EXPECT_EQ(MailText("Jean-Éric Cœur", Folding::kLatin), "jean-ericcoeur");
  EXPECT_EQ(MailText("O'Brien", Folding::kLatin), "obrien");
  EXPECT_EQ(MailText("São João d'El-Rei", Folding::kLatin), "saojoaodel-rei");
  EXPECT_EQ(MailText("佐藤", Folding::kLatin), "");
}

TEST(RomajiText, FollowsHepburnWithoutMarks) {
  EXPECT_EQ(RomajiText("サトウ"), "sato");
  EXPECT_EQ(RomajiText("オオタ"), "ota");
  EXPECT_EQ(RomajiText("イノ.ウエ"), "inoue");
  EXPECT_EQ(RomajiText("マツ.ウラ"), "matsuura");
  EXPECT_EQ(RomajiText("オオ.ウチ"), "ouchi");
  EXPECT_EQ(RomajiText("ハットリ"), "hattori");
  EXPECT_EQ(RomajiText("ハッチョウ"), "hatcho");
  EXPECT_EQ(RomajiText("シンイチ"), "shinichi");
  EXPECT_EQ(RomajiText("ジュンペイ"), "junpei");
  EXPECT_EQ(RomajiText("リュウノスケ"), "ryunosuke");
  EXPECT_EQ(RomajiText("キョウコ"), "kyoko");
  EXPECT_EQ(RomajiText("ニイガタ"), "niigata");
  EXPECT_EQ(RomajiText("ユウイチ"), "yuichi");
  EXPECT_EQ(RomajiText("タカオ"), "takao");
  EXPECT_EQ(RomajiText("カオル"), "kaoru");
}

// The table in docs/locales.md.
std::string CountsMarkdown() {
  std::string table;
  for (const std::string& name : LocaleNames()) {
    const Locale& locale = Get(name);
    table += "| " + name;
    for (size_t count :
         {locale.male_names.words->size(), locale.female_names.words->size(),
          locale.family_names.words->size(), locale.regions->size(), locale.cities->size(),
          locale.streets.words->size(), locale.company_stems->size(),
          locale.company_activities->size(), locale.job_titles->size() / 2,
          locale.departments->size(), locale.words->size()}) {
      table += " | " + std::to_string(count);
    }
    table += " |\n";
  }
  return table;
}

TEST(LocaleDocs, CountWhatThereIs) {
  std::ifstream file(TAMIS_SOURCE_DIR "/docs/locales.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_THAT(text.str(), HasSubstr(CountsMarkdown()));
}

}  // namespace
}  // namespace tamis
