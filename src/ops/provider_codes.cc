// Providers of currencies, languages and colours. See provider.h.
#include "ops/provider_pattern.h"
#include "ops/words_codes.h"

namespace tamis {
namespace {

Status EmitCurrency(ColumnScope& scope) {
  Register index =
      scope.program().Weighted(scope.SharedDraw("money", "currency"), Currencies().quantiles);
  scope.Add(Part::Word(Currencies().words, index));
  return Status::OK();
}

// The row's language: its name, code and tag fit.
Register Language(ColumnScope& scope) {
  return scope.program().Weighted(scope.SharedDraw("language", "language"), Languages().quantiles);
}

Status EmitLanguage(ColumnScope& scope) {
  scope.Add(Part::Word(Languages().names, Language(scope)));
  return Status::OK();
}

Status EmitLanguageCode(ColumnScope& scope) {
  scope.Add(Part::Word(Languages().codes, Language(scope)));
  return Status::OK();
}

Status EmitLanguageTag(ColumnScope& scope) {
  scope.Add(Part::Word(Languages().tags, Language(scope)));
  return Status::OK();
}

Status EmitColour(ColumnScope& scope) {
  Register index = scope.program().Uniform(scope.OwnDraw(), Colours()->size());
  scope.Add(Part::Word(Colours(), index));
  return Status::OK();
}

Status EmitHexColour(ColumnScope& scope) {
  return AddPatternText(scope, "#[0-9a-f]{6}", scope.place());
}

}  // namespace

std::span<const Provider> CodeProviders() {
  static constexpr Provider kProviders[] = {
      {"currency", kTextValue, "currency currencycode curr ccy isocurrency waehrung devise moneda",
       "of", "a currency code (ISO 4217), those of most trade more often", EmitCurrency},
      {"language", kTextValue, "language languagename lang sprache langue idioma", "of",
       "the English name of a language, by its speakers", EmitLanguage},
      {"language_code", kTextValue, "languagecode langcode languageiso", "of",
       "its code (ISO 639-1)", EmitLanguageCode},
      {"language_tag", kTextValue, "languagetag localecode =locale userlocale", "of",
       "language and country: de_DE", EmitLanguageTag},
      {"color", kTextValue, "color colour colorname farbe couleur cor", "", "the name of a colour",
       EmitColour},
      {"hex_color", kTextValue, "hexcolor hexcolour colorhex colorcode rgb", "", "#1f77b4",
       EmitHexColour},
  };
  return kProviders;
}

}  // namespace tamis
