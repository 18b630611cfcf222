// Providers of places: the parts of an address of one locale, which fit each other; countries. See
// provider.h.
#include <algorithm>
#include <charconv>

#include "ops/provider_locale.h"
#include "ops/provider_range.h"
#include "ops/words_codes.h"

namespace tamis {
namespace {

Status EmitStreet(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  AddFormat(scope, *locale, "place", locale->street);
  return Status::OK();
}

Status EmitCity(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  scope.Add(Part::Word(locale->cities, City(scope, *locale)));
  return Status::OK();
}

Status EmitState(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  AddFormat(scope, *locale, "place", locale->state);
  return Status::OK();
}

Register Region(ColumnScope& scope, const Locale& locale) {
  return scope.program().Lookup(City(scope, locale), locale.region_of_city);
}

Status EmitRegion(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  scope.Add(Part::Word(locale->regions, Region(scope, *locale)));
  return Status::OK();
}

Status EmitStateCode(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  scope.Add(Part::Word(locale->region_codes, Region(scope, *locale)));
  return Status::OK();
}

Status EmitZip(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  AddFormat(scope, *locale, "place", locale->postal_code);
  if (scope.kind() != kIntegerValue) return Status::OK();
  bool number = scope.parts().size() == 1 && scope.parts()[0].kind == Part::Kind::kInteger;
  if (number) return Status::OK();
  return UsageErrorAt(scope.place(),
                      std::string("postal codes of ") + locale->name + " are no numbers: column " +
                          scope.column().name,
                      "make it a text");
}

Status EmitAddress(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  AddFormat(scope, *locale, "place", locale->address);
  return Status::OK();
}

// Whether the table has another column that is made of the locale's places.
bool HasAddress(const ColumnScope& scope) {
  const std::vector<Column>& columns = scope.table().columns;
  return std::any_of(columns.begin(), columns.end(), [](const Column& column) {
    auto choice = ChooseProvider(column);
    constexpr std::string_view kParts[] = {"street", "city",  "state",  "state_code", "region",
                                           "zip",    "phone", "mobile", "address"};
    return choice.ok() && std::find(std::begin(kParts), std::end(kParts), choice->provider->name) !=
                              std::end(kParts);
  });
}

// The country of the row's address, else any by its inhabitants.
Result<Register> CountryOf(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  bool any = !HasAddress(scope) && !scope.options().node().Find("locale");
  scope.options().Optional("any", &any);
  ProgramBuilder& program = scope.program();
  if (any) return program.Weighted(scope.SharedDraw("country", "country"), Countries().quantiles);
  const std::vector<std::string>& codes = Countries().codes->words();
  auto found = std::find(codes.begin(), codes.end(), locale->country_code);
  return program.Constant(found - codes.begin());
}

Status EmitCountry(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(Register country, CountryOf(scope));
  scope.Add(Part::Word(Countries().names, country));
  return Status::OK();
}

// Two letters, or three where that is the column's length.
Status EmitCountryCode(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(Register country, CountryOf(scope));
  bool three = LengthMax(scope.column()) == 3 || scope.column().min_length.value_or(0) == 3;
  scope.Add(Part::Word(three ? Countries().codes3 : Countries().codes, country));
  return Status::OK();
}

// Degrees between -limit and limit, as exact as the column, 6 digits if it doesn't say.
Status AddDegrees(ColumnScope& scope, int64_t limit) {
  constexpr int64_t kDigitsUsual = 6;
  ARROW_ASSIGN_OR_RAISE(int64_t digits, ReadDigits(scope, kDigitsUsual));
  auto type = scope.kind() == kDecimalValue
                  ? scope.column().type
                  : arrow::decimal128(kFloatPrecision, static_cast<int32_t>(digits));
  int64_t most = limit * Power10(digits);
  ARROW_ASSIGN_OR_RAISE(NumberRange range, ReadRange(scope, type, {-most, most}));
  ARROW_ASSIGN_OR_RAISE(Register number, NumberIn(scope, range, 1));
  scope.Add(Part::Decimal(number, static_cast<int>(digits)));
  return Status::OK();
}

// Where people live: from the south of Argentina to the north of Norway.
Status EmitLatitude(ColumnScope& scope) { return AddDegrees(scope, 70); }

Status EmitLongitude(ColumnScope& scope) { return AddDegrees(scope, 180); }

}  // namespace

std::span<const Provider> PlaceProviders() {
  constexpr uint32_t kDegrees = kDecimalValue | kFloatValue | kTextValue;
  static constexpr Provider kProviders[] = {
      {"street", kTextValue,
       "street streetaddress streetname addressline1 addressline addrline "
       "addressline2 addr1 addr2 address1 address2 strasse rue calle rua",
       "of, locale", "a street and house number: 123 Oak Street", EmitStreet},
      {"city", kTextValue,
       "city town cityname locality municipality stadt ort ville ciudad cidade birth_city "
       "birthplace_ birth_place",
       "of, locale", "a city, the larger the likelier", EmitCity},
      {"state", kTextValue, "=state billingstate shippingstate homestate stateprovince",
       "of, locale", "the city's state as its country writes it: two letters in the USA",
       EmitState},
      {"state_code", kTextValue, "statecode provincecode regioncode stateabbr", "of, locale",
       "the code of the city's state (ISO 3166-2)", EmitStateCode},
      {"region", kTextValue, "region province county statename prefecture bundesland departement",
       "of, locale", "the name of the city's state", EmitRegion},
      {"zip", kTextValue | kIntegerValue,
       "zip zipcode postalcode postcode plz pincode zip5 cep codepostal codigopostal", "of, locale",
       "a postal code of the city; of numbers only where the country's are", EmitZip},
      {"address", kTextValue,
       "address fulladdress postaladdress mailingaddress addr homeaddress !memoryaddress "
       "!walletaddress !ethaddress",
       "of, locale", "street, city and postal code on one line", EmitAddress},
      {"country", kTextValue, "country countryname nation nationality countryofbirth land pays",
       "of, locale, any",
       "in English: that of the row's address or the locale, else (or with any: true) any, by its "
       "inhabitants",
       EmitCountry},
      {"country_code", kTextValue, "countrycode countryiso isocountry countryiso2 cc countrycd",
       "of, locale, any", "its code (ISO 3166-1), three letters in columns of length 3",
       EmitCountryCode},
      {"latitude", kDegrees, "latitude lat geolat gpslat", "from, to, digits",
       "degrees from -70 to 70", EmitLatitude},
      {"longitude", kDegrees, "longitude lon lng long geolon geolng gpslon", "from, to, digits",
       "degrees from -180 to 180", EmitLongitude},
  };
  return kProviders;
}

}  // namespace tamis
