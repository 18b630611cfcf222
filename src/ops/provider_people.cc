// Providers for people and places: names, e-mail, addresses whose parts fit. See provider.h.
#include "ops/provider.h"
#include "ops/words.h"

namespace tamis {
namespace {

Register FirstName(ColumnScope& scope) {
  return scope.program().Weighted(scope.SharedDraw("person", "first_name"), FirstNames().quantiles);
}

Register LastName(ColumnScope& scope) {
  return scope.program().Weighted(scope.SharedDraw("person", "last_name"), LastNames().quantiles);
}

Register City(ColumnScope& scope) {
  return scope.program().Weighted(scope.SharedDraw("place", "city"), UsPlaces().city_quantiles);
}

Register Zip(ColumnScope& scope) {
  ProgramBuilder& program = scope.program();
  Register city = City(scope);
  Register first = program.Lookup(city, UsPlaces().zip_first);
  Register count = program.Lookup(city, UsPlaces().zip_count);
  return program.UniformEach(scope.SharedDraw("place", "zip"), first, count);
}

constexpr int kZipDigits = 5;
constexpr uint64_t kHouseNumberMax = 9999;

const std::shared_ptr<const WordList>& MailDomains() {
  // Reserved for examples by RFC 2606: mail to them reaches nobody.
  static const auto domains = std::make_shared<const WordList>(
      std::vector<std::string>{"example.com", "example.net", "example.org"});
  return domains;
}

}  // namespace

Status EmitFirstName(ColumnScope& scope) {
  scope.Add(Part::Word(FirstNames().words, FirstName(scope)));
  return Status::OK();
}

Status EmitLastName(ColumnScope& scope) {
  scope.Add(Part::Word(LastNames().words, LastName(scope)));
  return Status::OK();
}

Status EmitFullName(ColumnScope& scope) {
  ARROW_RETURN_NOT_OK(EmitFirstName(scope));
  scope.Add(Part::Text(" "));
  return EmitLastName(scope);
}

Status EmitEmail(ColumnScope& scope) {
  ProgramBuilder& program = scope.program();
  scope.Add(Part::Word(MailFirstNames().words, FirstName(scope)));
  scope.Add(Part::Text("."));
  scope.Add(Part::Word(MailLastNames().words, LastName(scope)));
  const Column& column = scope.column();
  bool unique = column.unique || column.primary_key_position > 0;
  scope.Add(Part::Integer(unique ? program.Sequence(1, 1)
                                 : program.Uniform(scope.SharedDraw("person", "mail"), 1000)));
  scope.Add(Part::Text("@"));
  scope.Add(Part::Word(
      MailDomains(), program.Uniform(scope.SharedDraw("person", "domain"), MailDomains()->size())));
  return Status::OK();
}

Status EmitStreet(ColumnScope& scope) {
  ProgramBuilder& program = scope.program();
  scope.Add(
      Part::Integer(program.Uniform(scope.SharedDraw("place", "number"), kHouseNumberMax, 1)));
  scope.Add(Part::Text(" "));
  scope.Add(Part::Word(StreetNames().words, program.Weighted(scope.SharedDraw("place", "street"),
                                                             StreetNames().quantiles)));
  scope.Add(Part::Text(" "));
  scope.Add(Part::Word(StreetSuffixes().words, program.Weighted(scope.SharedDraw("place", "suffix"),
                                                                StreetSuffixes().quantiles)));
  return Status::OK();
}

Status EmitCity(ColumnScope& scope) {
  scope.Add(Part::Word(UsPlaces().cities, City(scope)));
  return Status::OK();
}

Status EmitState(ColumnScope& scope) {
  Register state = scope.program().Lookup(City(scope), UsPlaces().state_of_city);
  scope.Add(Part::Word(UsPlaces().states, state));
  return Status::OK();
}

Status EmitZip(ColumnScope& scope) {
  scope.Add(Part::Integer(Zip(scope), kZipDigits));
  return Status::OK();
}

Status EmitAddress(ColumnScope& scope) {
  ARROW_RETURN_NOT_OK(EmitStreet(scope));
  scope.Add(Part::Text(", "));
  scope.Add(Part::Word(UsPlaces().cities_with_state, City(scope)));
  scope.Add(Part::Text(" "));
  return EmitZip(scope);
}

}  // namespace tamis
