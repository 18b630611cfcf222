// See provider_locale.h.
#include "ops/provider_locale.h"

#include "base/suggest.h"

namespace tamis {
namespace {

void AddPiece(ColumnScope& scope, const Locale& locale, std::string_view entity,
              const FormatPiece& piece) {
  using Field = FormatPiece::Field;
  ProgramBuilder& program = scope.program();
  auto one_of = [&](const std::shared_ptr<const WordList>& words, std::string_view of,
                    std::string_view draw) {
    scope.Add(Part::Word(words, program.Uniform(scope.SharedDraw(of, draw), words->size())));
  };
  auto weighted = [&](const WeightedWords& words, std::string_view of, std::string_view draw) {
    scope.Add(
        Part::Word(words.words, program.Weighted(scope.SharedDraw(of, draw), words.quantiles)));
  };
  auto region = [&] { return program.Lookup(City(scope, locale), locale.region_of_city); };
  switch (piece.field) {
    case Field::kText:
      return scope.Add(Part::Text(piece.text));
    case Field::kNumber:
      return scope.Add(Part::Integer(
          program.Uniform(scope.SharedDraw(entity, piece.text), piece.count, piece.first),
          piece.digits));
    case Field::kGivenName:
      return scope.Add(Part::Word(locale.given_names.words, GivenName(scope, locale)));
    case Field::kFamilyName:
      return scope.Add(Part::Word(locale.family_names.words, FamilyName(scope, locale)));
    case Field::kSecondFamilyName:
      return weighted(locale.family_names, "person", "second_family_name");
    case Field::kHouseNumber: {
      std::string draw = scope.SharedDraw("place", "number");
      return scope.Add(Part::Integer(locale.house_numbers
                                         ? program.Weighted(draw, locale.house_numbers)
                                         : program.Uniform(draw, locale.house_number_max, 1)));
    }
    case Field::kStreet:
      return weighted(locale.streets, "place", "street");
    case Field::kStreetSuffix:
      return weighted(locale.street_suffixes, "place", "suffix");
    case Field::kCity:
      return scope.Add(Part::Word(locale.cities, City(scope, locale)));
    case Field::kRegion:
      return scope.Add(Part::Word(locale.regions, region()));
    case Field::kRegionCode:
      return scope.Add(Part::Word(locale.region_codes, region()));
    case Field::kPostalHead: {
      Register head = InRange(scope, scope.SharedDraw("place", "zip"), City(scope, locale),
                              locale.postal_of_city);
      return scope.Add(locale.postal_heads ? Part::Word(locale.postal_heads, head)
                                           : Part::Integer(head, locale.postal_digits));
    }
    case Field::kPostalTail:
      return one_of(locale.postal_tails, "place", "zip_tail");
    case Field::kPhoneHead:
      return scope.Add(
          Part::Word(locale.phone_heads, InRange(scope, scope.SharedDraw("place", "phone_head"),
                                                 City(scope, locale), locale.phones_of_city)));
    case Field::kMobileHead:
      return one_of(locale.mobile_heads, entity, "mobile_head");
    case Field::kCompanyStem:
      return one_of(locale.company_stems, "company", "stem");
    case Field::kCompanyActivity:
      return one_of(locale.company_activities, "company", "activity");
    case Field::kCompanyForm:
      return weighted(locale.company_forms, "company", "form");
  }
}

}  // namespace

Result<const Locale*> LocaleOf(ColumnScope& scope) {
  const Node* node = scope.options().OptionalNode("locale");
  const Node* table = scope.table().generate.get();
  if (!node && table && table->is_mapping()) node = table->Find("locale");
  if (!node) return FindLocale("en_US");
  ARROW_ASSIGN_OR_RAISE(std::string name, ReadString(*node, "locale"));
  const Locale* locale = FindLocale(name);
  if (locale) return locale;
  return UsageErrorAt(node->place, "unknown locale: " + name, DidYouMean(name, LocaleNames()));
}

Register GivenName(ColumnScope& scope, const Locale& locale) {
  return scope.program().Weighted(scope.SharedDraw("person", "first_name"),
                                  locale.given_names.quantiles);
}

Register FamilyName(ColumnScope& scope, const Locale& locale) {
  return scope.program().Weighted(scope.SharedDraw("person", "last_name"),
                                  locale.family_names.quantiles);
}

Register SexOf(ColumnScope& scope, const Locale& locale) {
  return scope.program().Lookup(GivenName(scope, locale), locale.sex_of_given_name);
}

Register City(ColumnScope& scope, const Locale& locale) {
  return scope.program().Weighted(scope.SharedDraw("place", "city"), locale.city_quantiles);
}

Register InRange(ColumnScope& scope, std::string_view draw, Register index,
                 const IndexedRanges& ranges) {
  ProgramBuilder& program = scope.program();
  Register first = program.Lookup(index, ranges.first);
  Register count = program.Lookup(index, ranges.count);
  return program.UniformEach(draw, first, count);
}

void AddFormat(ColumnScope& scope, const Locale& locale, std::string_view entity,
               const Format& format) {
  for (const FormatPiece& piece : format) AddPiece(scope, locale, entity, piece);
}

}  // namespace tamis
