// Providers of companies and what they sell. See provider.h.
#include "ops/provider_locale.h"
#include "ops/words_codes.h"

namespace tamis {
namespace {

Status EmitCompany(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  AddFormat(scope, *locale, "company", locale->company);
  return Status::OK();
}

Status EmitDepartment(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  Register index = scope.program().Uniform(scope.OwnDraw(), locale->departments->size());
  scope.Add(Part::Word(locale->departments, index));
  return Status::OK();
}

// The category fits the product.
Status EmitProduct(ColumnScope& scope) {
  const ProductWords& words = Products();
  ProgramBuilder& program = scope.program();
  scope.Add(Part::Word(words.qualities, program.Uniform(scope.SharedDraw("product", "quality"),
                                                        words.qualities->size())));
  scope.Add(Part::Text(" "));
  scope.Add(Part::Word(
      words.things, program.Uniform(scope.SharedDraw("product", "thing"), words.things->size())));
  return Status::OK();
}

Status EmitCategory(ColumnScope& scope) {
  const ProductWords& words = Products();
  ProgramBuilder& program = scope.program();
  Register thing = program.Uniform(scope.SharedDraw("product", "thing"), words.things->size());
  scope.Add(Part::Word(words.categories, program.Lookup(thing, words.category_of_thing)));
  return Status::OK();
}

}  // namespace

std::span<const Provider> CompanyProviders() {
  static constexpr Provider kProviders[] = {
      {"company", kTextValue,
       "company companyname organization organisation organizationname firm business businessname "
       "firma employer_name employer_ vendor_name vendor_ supplier_name supplier_ merchant_name "
       "merchant_ manufacturer_name manufacturer_ brand_name brand_ carrier_",
       "of, locale", "the name of a company", EmitCompany},
      {"department", kTextValue, "department departmentname dept deptname division abteilung",
       "locale", "a department of a company", EmitDepartment},
      {"product", kTextValue, "product productname itemname item article articlename goods", "of",
       "a thing to buy: Slim Desk Lamp", EmitProduct},
      {"category", kTextValue, "category productcategory categoryname productgroup producttype",
       "of", "the product's category", EmitCategory},
  };
  return kProviders;
}

}  // namespace tamis
