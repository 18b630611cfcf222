// Locales: what names, places, phones, companies and words look like in a country and its language.
// Facts that belong to the program; docs/locales.md says how far they go. Does not draw anything.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ops/word_list.h"
#include "ops/words.h"

namespace tamis {

/// For each index of one list (a city, a sex) a range [first, first + count) of numbers or of
/// indices of another list; count is at least 1.
struct IndexedRanges {
  std::shared_ptr<const ValueTable> first;
  std::shared_ptr<const ValueTable> count;
};

/// A piece of a format such as `{number} {street}, {postal_code} {city}`. Formats inside formats
/// are already put in.
struct FormatPiece {
  enum class Field : uint8_t {
    kText,              // `text` itself
    kNumber,            // first + a number below count, zero-padded to `digits`: ## or {1..30}
    kGivenName,         // {given_name}
    kFamilyName,        // {family_name}
    kSecondFamilyName,  // {second_family_name}: another draw from Locale::family_names
    kHouseNumber,       // {number}: see Locale::house_numbers
    kStreet,            // {street}
    kStreetSuffix,      // {street_suffix}: en_US only
    kCity,              // {city}
    kRegion,            // {region}
    kRegionCode,        // {region_code}
    kPostalHead,        // {postal_head}: what Locale::postal_of_city draws
    kPostalTail,        // {postal_tail}: a word of Locale::postal_tails
    kPhoneHead,         // {phone_head}: a word of Locale::phone_heads that belongs to the city
    kMobileHead,        // {mobile_head}: any word of Locale::mobile_heads
    kCompanyStem,       // {company_stem}
    kCompanyActivity,   // {company_activity}
    kCompanyForm,       // {company_form}
  };
  Field field = Field::kText;
  /// Of kNumber: what its draw is called (`street.1`), so that the street of a row has the same
  /// numbers wherever it stands.
  std::string text;
  int64_t first = 0;
  uint64_t count = 0;
  int digits = 0;
};
using Format = std::vector<FormatPiece>;

/// Sexes, as numbers in the tables below.
inline constexpr int64_t kMale = 0, kFemale = 1;

/// Everything a provider may ask of a locale. Lists and tables are never null unless it says so.
struct Locale {
  const char* name = "";          // de_DE
  const char* language = "";      // de
  const char* country = "";       // Deutschland: in the locale's own language
  const char* country_code = "";  // DE: ISO 3166-1
  const char* currency = "";      // EUR: ISO 4217
  const char* calling_code = "";  // +49
  const char* iban_country = "";  // DE; empty where banks have no IBAN

  // People. Names are most frequent first. Index i of a mail list is name i in ASCII lower case,
  // fit for an e-mail address or a user name.
  WeightedWords given_names;                            // both sexes
  std::shared_ptr<const ValueTable> sex_of_given_name;  // kMale or kFemale by given name
  WeightedWords male_names;
  WeightedWords female_names;
  WeightedWords family_names;
  std::shared_ptr<const WordList> mail_given_names;
  std::shared_ptr<const WordList> mail_family_names;
  std::shared_ptr<const WordList> kana_given_names;   // katakana; null but in ja_JP
  std::shared_ptr<const WordList> kana_family_names;  // katakana; null but in ja_JP
  std::shared_ptr<const WordList> titles;             // Herr, Frau, Dr.
  IndexedRanges titles_of_sex;                        // numbers to look up in title_of_draw
  std::shared_ptr<const ValueTable> title_of_draw;    // index of `titles`: frequent ones often
  std::shared_ptr<const WordList> job_titles;         // those of men, then of women
  IndexedRanges jobs_of_sex;                          // indices of job_titles
  std::shared_ptr<const WordList> sexes;              // what a column shows, by sex
  Format full_name;

  // Places: index i of each table is city i.
  std::shared_ptr<const WordList> cities;
  std::shared_ptr<const QuantileTable> city_quantiles;  // by inhabitants
  std::shared_ptr<const WordList> regions;              // states, counties, prefectures
  std::shared_ptr<const WordList> region_codes;         // ISO 3166-2 without the country
  std::shared_ptr<const ValueTable> region_of_city;
  /// By city: the numbers that its postal codes begin with, zero-padded to postal_digits; with
  /// postal_heads: indices of that list.
  IndexedRanges postal_of_city;
  int postal_digits = 0;
  std::shared_ptr<const WordList> postal_heads;  // null: postal_of_city has the numbers themselves
  std::shared_ptr<const WordList> postal_tails;  // null but in en_GB
  const char* postal_pattern = "";               // regular expression of all of a postal code
  WeightedWords streets;
  WeightedWords street_suffixes;  // words are null but in en_US
  /// Entry q is the house number of the q-th of equally likely draws, low ones more often. Null in
  /// en_US, where each of 1 to house_number_max is as likely, and in ja_JP, which has none.
  std::shared_ptr<const QuantileTable> house_numbers;
  uint64_t house_number_max = 0;
  std::shared_ptr<const WordList> phone_heads;
  IndexedRanges phones_of_city;                  // indices of phone_heads
  std::shared_ptr<const WordList> mobile_heads;  // empty where no format has {mobile_head}
  Format postal_code;
  Format street;   // 12 Oak Street
  Format state;    // {region} or {region_code}: what a column `state` shows
  Format address;  // all of it on one line
  Format phone;    // a line of the city
  Format mobile;   // where mobile numbers look like others: the same as `phone`

  // Companies.
  std::shared_ptr<const WordList> company_stems;
  std::shared_ptr<const WordList> company_activities;
  WeightedWords company_forms;
  Format company;
  std::shared_ptr<const WordList> departments;  // of a company

  // Text: a sentence is a word of sentence_starts, words of sentence_words, one of sentence_lasts
  // if there are, all with word_gap between them, and sentence_end.
  std::shared_ptr<const WordList> words;
  std::shared_ptr<const WordList> sentence_starts;  // sentence_words with capitals
  std::shared_ptr<const WordList> sentence_words;   // the same as `words` but in ja_JP
  std::shared_ptr<const WordList> sentence_lasts;   // verbs; null but in ja_JP
  const char* word_gap = " ";
  const char* sentence_end = ".";
};

/// The locale of that name (de_DE; de-DE is taken too), or nullptr. Made when it is first asked
/// for, in less than a few milliseconds; lives as long as the program. Safe in many threads.
const Locale* FindLocale(std::string_view name);

/// All names, en_US first: costs nothing.
const std::vector<std::string>& LocaleNames();

/// How letters become ASCII: ü is u in most languages, ue in German.
enum class Folding : uint8_t { kLatin, kGerman };

/// The text in ASCII, lower case, as e-mail addresses have it: accents dropped, ß ss, æ ae, œ oe;
/// spaces, apostrophes and points dropped. Letters of other alphabets are dropped.
std::string MailText(std::string_view text, Folding folding);

/// Katakana in Latin letters by Hepburn's rules without marks on long vowels, lower case: サトウ
/// sato. A point between kana keeps two vowels apart: イノ.ウエ inoue.
std::string RomajiText(std::string_view katakana);

}  // namespace tamis
