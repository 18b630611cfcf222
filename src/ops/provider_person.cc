// Providers of people: names, sex, title, e-mail, user name, job, phone of one person. See
// provider.h.
#include <algorithm>

#include "ops/provider_locale.h"

namespace tamis {
namespace {

Status EmitFirstName(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  scope.Add(Part::Word(locale->given_names.words, GivenName(scope, *locale)));
  return Status::OK();
}

Status EmitLastName(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  scope.Add(Part::Word(locale->family_names.words, FamilyName(scope, *locale)));
  return Status::OK();
}

Status EmitFullName(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  AddFormat(scope, *locale, "person", locale->full_name);
  return Status::OK();
}

Status EmitMiddleInitial(ColumnScope& scope) {
  static const auto kLetters = std::make_shared<const WordList>(
      SplitWords("A B C D E F G H I J K L M N O P R S T V W", ' '));
  Register letter =
      scope.program().Uniform(scope.SharedDraw("person", "initial"), kLetters->size());
  scope.Add(Part::Word(kLetters, letter));
  return Status::OK();
}

// Where the words of a locale are too long, their first letters: m, f.
Status EmitSex(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  Register sex = SexOf(scope, *locale);
  if (scope.kind() == kIntegerValue) {
    scope.Add(Part::Integer(sex));
    return Status::OK();
  }
  const std::vector<std::string>& words = locale->sexes->words();
  auto longest = std::max_element(words.begin(), words.end(),
                                  [](const auto& a, const auto& b) { return a.size() < b.size(); });
  static const auto kLetters = std::make_shared<const WordList>(std::vector<std::string>{"M", "F"});
  bool fits = static_cast<int64_t>(longest->size()) <= LengthMax(scope.column());
  scope.Add(Part::Word(fits ? locale->sexes : kLetters, sex));
  return Status::OK();
}

Status EmitTitle(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  Register draw = InRange(scope, scope.SharedDraw("person", "title"), SexOf(scope, *locale),
                          locale->titles_of_sex);
  scope.Add(Part::Word(locale->titles, scope.program().Lookup(draw, locale->title_of_draw)));
  return Status::OK();
}

Status EmitJobTitle(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  Register job =
      InRange(scope, scope.SharedDraw("person", "job"), SexOf(scope, *locale), locale->jobs_of_sex);
  scope.Add(Part::Word(locale->job_titles, job));
  return Status::OK();
}

// Reserved for examples by RFC 2606: mail to them reaches nobody.
std::shared_ptr<const WordList> MailDomains() {
  static const auto domains = std::make_shared<const WordList>(
      std::vector<std::string>{"example.com", "example.net", "example.org"});
  return domains;
}

// The names of the locale's companies below .example, which is reserved too.
std::shared_ptr<const WordList> CompanyDomains(const Locale& locale) {
  Folding folding = std::string_view(locale.language) == "de" ? Folding::kGerman : Folding::kLatin;
  std::vector<std::string> domains;
  for (const std::string& stem : locale.company_stems->words()) {
    std::string name = MailText(stem, folding);
    std::erase_if(name, [](char c) { return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'); });
    if (name.empty()) name = "company" + std::to_string(domains.size() + 1);
    domains.push_back(name + ".example");
  }
  return std::make_shared<const WordList>(std::move(domains));
}

Status AddMailDomain(ColumnScope& scope, const Locale& locale) {
  ProgramBuilder& program = scope.program();
  std::string domain = "example";
  const std::vector<std::string> kDomains = {"example", "company"};
  scope.options().OptionalEnum("domain", kDomains, &domain);
  const Node* own = scope.options().OptionalSequence("domains");
  if (domain == "company" && !own) {
    auto domains = CompanyDomains(locale);
    Register stem = program.Uniform(scope.SharedDraw("company", "stem"), domains->size());
    scope.Add(Part::Word(std::move(domains), stem));
    return Status::OK();
  }
  std::shared_ptr<const WordList> domains = MailDomains();
  if (own) {
    ARROW_ASSIGN_OR_RAISE(std::vector<std::string> names, ReadStrings(*own, "domains"));
    if (names.empty()) return UsageErrorAt(own->place, "domains has no names");
    domains = std::make_shared<const WordList>(std::move(names));
  }
  Register index = program.Uniform(scope.SharedDraw("person", "domain"), domains->size());
  scope.Add(Part::Word(std::move(domains), index));
  return Status::OK();
}

// What tells people of one name apart: the row's number if it must.
void AddPersonNumber(ColumnScope& scope, std::string_view draw, uint64_t count) {
  ProgramBuilder& program = scope.program();
  bool unique = scope.column().unique || scope.column().primary_key_position > 0;
  scope.Add(Part::Integer(unique ? program.Sequence(1, 1)
                                 : program.Uniform(scope.SharedDraw("person", draw), count)));
}

Status EmitEmail(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  constexpr uint64_t kNumbers = 1000;
  scope.Add(Part::Word(locale->mail_given_names, GivenName(scope, *locale)));
  scope.Add(Part::Text("."));
  scope.Add(Part::Word(locale->mail_family_names, FamilyName(scope, *locale)));
  AddPersonNumber(scope, "mail", kNumbers);
  scope.Add(Part::Text("@"));
  return AddMailDomain(scope, *locale);
}

Status EmitUserName(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  constexpr uint64_t kNumbers = 100;
  scope.Add(Part::Word(locale->mail_given_names, GivenName(scope, *locale)));
  scope.Add(Part::Text("_"));
  scope.Add(Part::Word(locale->mail_family_names, FamilyName(scope, *locale)));
  AddPersonNumber(scope, "user", kNumbers);
  return Status::OK();
}

Status EmitPhone(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  // Numbers of their own for home_phone and work_phone of one person.
  AddFormat(scope, *locale, SnakeCase(scope.column().name), locale->phone);
  return Status::OK();
}

Status EmitMobile(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  AddFormat(scope, *locale, SnakeCase(scope.column().name), locale->mobile);
  return Status::OK();
}

}  // namespace

std::span<const Provider> PersonProviders() {
  static constexpr Provider kProviders[] = {
      {"first_name", kTextValue,
       "firstname givenname forename fname firstnm namefirst vorname prenom nombre", "of, locale",
       "a given name", EmitFirstName},
      {"last_name", kTextValue,
       "lastname surname familyname lname lastnm namelast nachname sobrenome apellido "
       "maidenname",
       "of, locale", "a family name", EmitLastName},
      {"full_name", kTextValue,
       "fullname =name person_name customer_name client_name employee_name contact_name "
       "author_name owner_name manager_name patient_name student_name user_fullname "
       "cardholder_name holder_name displayname cardholder_ accountholder_ customer_ employee_ "
       "contact_ author_ owner_ manager_ patient_ student_ teacher_ reviewer_",
       "of, locale", "given and family name", EmitFullName},
      {"middle_initial", kTextValue, "middleinitial initial middlename mi", "of", "a letter",
       EmitMiddleInitial},
      {"sex", kTextValue | kIntegerValue, "sex gender", "of, locale",
       "fits the given name: male or female, M or F in short columns, 0 or 1 in numbers", EmitSex},
      {"title", kTextValue, "salutation honorific nameprefix =title persontitle", "of, locale",
       "Mr., Mrs. or the like, fits the given name", EmitTitle},
      {"job_title", kTextValue, "jobtitle job occupation profession position jobrole =role",
       "of, locale", "an occupation, in the form for the person's sex", EmitJobTitle},
      {"email", kTextValue, "email emailaddress mail emailaddr mailaddress useremail",
       "of, locale, domain, domains",
       "the person's name and a number at example.com, .net or .org; unique if the column is",
       EmitEmail},
      {"user_name", kTextValue,
       "username login loginname userlogin accountname nickname screenname handle created_by "
       "updated_by modified_by approved_by assigned_to",
       "of, locale", "the person's name and a number: mary_smith42; unique if the column is",
       EmitUserName},
      {"phone", kTextValue,
       "phone phonenumber phoneno telephone telephonenumber tel telno telefon homephone "
       "workphone fax faxnumber contactnumber businessphone",
       "of, locale", "a phone number of the person's city", EmitPhone},
      {"mobile", kTextValue, "mobile mobilephone mobilenumber cell cellphone handy msisdn",
       "of, locale", "a mobile number", EmitMobile},
  };
  return kProviders;
}

}  // namespace tamis
