// Reads formats such as `{number} {street}`. See locale_build.h.
#include <algorithm>

#include "ops/locale_build.h"

namespace tamis {
namespace {

using Field = FormatPiece::Field;

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

// Numbers and the two dots of `1..30` between braces.
FormatPiece NumberPiece(std::string_view range) {
  size_t dots = range.find("..");
  if (dots == std::string_view::npos) RefuseLocaleText("not a field", range);
  std::string_view first = range.substr(0, dots), last = range.substr(dots + 2);
  FormatPiece piece;
  piece.field = Field::kNumber;
  piece.first = ParseLocaleNumber(first);
  piece.count = static_cast<uint64_t>(ParseLocaleNumber(last) - piece.first + 1);
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

}  // namespace

Format ParseFormat(std::string_view name, std::string_view text, const KnownFormats& known) {
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

}  // namespace tamis
