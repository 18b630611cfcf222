// The texts that a locale is made from, one constant a locale, in words_*.cc; locale.cc reads them.
// Not for providers: they see locale.h.
#pragma once

#include <string_view>

#include "ops/locale.h"

namespace tamis {

/// Lists are separated by white space; those called lines, whose entries may have spaces, by new
/// lines and semicolons. An underscore in a list separated by spaces stands for a space. `entry*9`
/// has the weight 9; without it, 1.
struct LocaleText {
  const char* name = "";
  const char* language = "";
  const char* country = "";
  const char* country_code = "";
  const char* currency = "";
  const char* calling_code = "";
  const char* iban_country = "";
  Folding folding = Folding::kLatin;

  // Most frequent first; in ja_JP each with its katakana: 佐藤:サトウ.
  std::string_view male_names{};
  std::string_view female_names{};
  std::string_view family_names{};
  /// Name number r is drawn in proportion to 1 / (r + offset): the less, the more frequent are the
  /// first ones. Chosen so that the first name has about its real share of all people.
  uint64_t given_name_offset = 0;
  uint64_t family_name_offset = 0;
  std::string_view male_titles{};    // lines, weighted
  std::string_view female_titles{};  // lines, weighted
  std::string_view sexes{};          // male, then female
  std::string_view full_name{};

  /// Lines: `#region|code|phones` and the region's cities: `city|postal|weight|phones`. Postal:
  /// numbers (80331-81929) or districts (M1-9,M11-35,EC1A). Phones: the first digits of numbers,
  /// separated by commas, where x is any digit; without them those of the region.
  std::string_view places{};
  int postal_digits = 0;
  std::string_view postal_tails{};  // letters, every two of which may end a postal code
  const char* postal_pattern = "";
  std::string_view streets{};  // lines
  uint64_t house_number_max = 0;
  std::string_view mobile_heads{};  // as phones
  std::string_view postal_code{};
  std::string_view street{};
  std::string_view state{};
  std::string_view address{};
  std::string_view phone{};
  std::string_view mobile{};

  std::string_view company_stems{};  // lines
  /// Lines that make stems of family names: `{} & {}`.
  std::string_view stem_patterns{};
  std::string_view company_activities{};  // lines
  std::string_view company_forms{};       // lines, weighted
  std::string_view company{};
  std::string_view departments{};  // lines
  std::string_view job_titles{};   // lines: Arzt|Ärztin, or one for both
  std::string_view words{};
  /// Where sentences aren't made of `words`: what they are made of, and their last words.
  std::string_view sentence_words{};
  std::string_view sentence_ends{};
  const char* word_gap = " ";
  const char* sentence_end = ".";
};

extern const LocaleText kEnGb;
extern const LocaleText kDeDe;
extern const LocaleText kFrFr;
extern const LocaleText kEsEs;
extern const LocaleText kItIt;
extern const LocaleText kNlNl;
extern const LocaleText kPtBr;
extern const LocaleText kJaJp;
/// What words_people.cc and words_places.cc have no lists for; the others are empty.
extern const LocaleText kEnUs;
/// The names in FirstNames() that are women's; all others are men's.
extern const std::string_view kEnUsFemaleNames;

}  // namespace tamis
