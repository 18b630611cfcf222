// Providers of numbers that banks check: cards by Luhn's formula (ISO/IEC 7812-1), accounts by
// ISO 7064 MOD 97-10 (ISO 13616), books and articles by the GS1 formula. See provider.h.
#include <algorithm>
#include <array>

#include "base/hash.h"
#include "ops/provider_locale.h"
#include "ops/provider_pattern.h"
#include "ops/provider_range.h"
#include "ops/words.h"

namespace tamis {
namespace {

int64_t PowerOf10(int exponent) {
  int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// The digit that makes the digits of `number` and itself pass Luhn's formula.
int64_t LuhnDigit(int64_t number) {
  int64_t sum = 0;
  for (bool twice = true; number > 0; number /= 10, twice = !twice) {
    int64_t digit = number % 10;
    if (twice) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return (10 - sum % 10) % 10;
}

struct CardBrand {
  const char* name;
  int length;
  // Numbers begin with first to first + count - 1, of `digits` digits.
  int64_t first;
  int64_t count;
  int digits;
  uint64_t weight;
};
constexpr CardBrand kCardBrands[] = {
    {"visa", 16, 4, 1, 1, 52},       {"mastercard", 16, 51, 5, 2, 32}, {"amex", 15, 37, 1, 2, 8},
    {"discover", 16, 6011, 1, 4, 4}, {"jcb", 16, 3528, 62, 4, 2},      {"diners", 14, 36, 1, 2, 1},
    {"unionpay", 16, 620, 6, 3, 1},
};

// Card numbers of a brand: prefix, a body and the check digit. The body's first 8 digits and the
// prefix are the number in `a`, so that different numbers give different cards; the rest is drawn.
class CardFunction : public NumberFunction {
 public:
  static constexpr int64_t kBodies = 100'000'000;

  explicit CardFunction(CardBrand brand) : brand_(brand) {}

  int64_t count() const { return brand_.count * kBodies; }
  int64_t min() const { return brand_.first * PowerOf10(brand_.length - brand_.digits); }
  int64_t max() const {
    return (brand_.first + brand_.count) * PowerOf10(brand_.length - brand_.digits) - 1;
  }
  void Fill(const RowRange& rows, uint64_t key, const int64_t* a, const int64_t*,
            int64_t* out) const override {
    int64_t tail = PowerOf10(brand_.length - brand_.digits - 1 - 8);
    for (size_t i = 0; i < rows.count; ++i) {
      uint64_t draw = DrawHash(rows.hashes[i], key);
      int64_t prefix = brand_.first + a[i] / kBodies;
      int64_t number = (prefix * kBodies + a[i] % kBodies) * tail +
                       static_cast<int64_t>(Below(draw, static_cast<uint64_t>(tail)));
      out[i] = number * 10 + LuhnDigit(number);
    }
  }

 private:
  CardBrand brand_;
};

// One of the brands' numbers, by the brand's index in `a`; `b` is the number of the card.
class AnyCardFunction : public NumberFunction {
 public:
  AnyCardFunction() {
    for (const CardBrand& brand : kCardBrands) cards_.emplace_back(brand);
  }
  void Fill(const RowRange& rows, uint64_t key, const int64_t* a, const int64_t* b,
            int64_t* out) const override {
    for (size_t i = 0; i < rows.count; ++i) {
      const CardFunction& card = cards_[static_cast<size_t>(a[i])];
      int64_t number = b[i] % card.count();
      card.Fill({1, rows.numbers + i, rows.hashes + i}, key, &number, nullptr, out + i);
    }
  }

 private:
  std::vector<CardFunction> cards_;
};

Status AddAnyCard(ColumnScope& scope) {
  std::vector<uint64_t> weights;
  for (const CardBrand& brand : kCardBrands) weights.push_back(brand.weight);
  static const auto kQuantiles = MakeQuantiles(weights, 100);
  static const auto kFunction = std::make_shared<const AnyCardFunction>();
  ProgramBuilder& program = scope.program();
  Register brand = program.Weighted(scope.OwnDraw("brand"), kQuantiles);
  constexpr uint64_t kMost = 62 * uint64_t{CardFunction::kBodies};
  Register number = program.Uniform(scope.OwnDraw("number"), kMost);
  RegisterFacts facts{30'000'000'000'000, 7'000'000'000'000'000, false};
  scope.Add(Part::Integer(program.Apply(scope.OwnDraw("tail"), kFunction, facts, brand, number)));
  return Status::OK();
}

Status EmitCreditCard(ColumnScope& scope) {
  std::vector<std::string> names = {"any"};
  for (const CardBrand& brand : kCardBrands) names.emplace_back(brand.name);
  // Numbers of one brand are told apart by their own number, those of several are not.
  std::string name = scope.must_be_unique() ? "visa" : "any";
  scope.options().OptionalEnum("brand", names, &name);
  if (name == "any") return AddAnyCard(scope);
  const CardBrand* brand = std::find_if(std::begin(kCardBrands), std::end(kCardBrands),
                                        [&](const CardBrand& one) { return name == one.name; });
  if (brand == std::end(kCardBrands)) return Status::OK();  // Finish says so
  auto function = std::make_shared<const CardFunction>(*brand);
  auto count = static_cast<uint64_t>(function->count());
  ProgramBuilder& program = scope.program();
  bool unique = scope.must_be_unique();
  Register number =
      unique ? scope.UniqueNumber(count) : program.Uniform(scope.OwnDraw("number"), count);
  RegisterFacts facts{function->min(), function->max(), false};
  scope.Add(
      Part::Integer(program.Apply(scope.OwnDraw("tail"), std::move(function), facts, number)));
  if (unique) scope.PromiseUnique();
  return Status::OK();
}

// The countries' account numbers: n a digit, letters themselves a bank of `banks`, k the country's
// own check digits.
struct IbanCountry {
  const char* code;
  const char* shape;  // B: a bank's four letters; n: digit; c: check digits, two of them
  const char* banks;
};
constexpr IbanCountry kIbanCountries[] = {
    {"DE", "nnnnnnnnnnnnnnnnnn", ""},
    {"GB", "Bnnnnnnnnnnnnnn", "BARC HBUK LOYD NWBK MIDL RBOS ABBY"},
    {"FR", "nnnnnnnnnnnnnnnnnnnnncc", ""},
    {"ES", "nnnnnnnnccnnnnnnnnnn", ""},
    {"NL", "Bnnnnnnnnnn", "INGB ABNA RABO SNSB TRIO ASNB"},
    {"BE", "nnnnnnnnnncc", ""},
    {"AT", "nnnnnnnnnnnnnnnn", ""},
    {"CH", "nnnnnnnnnnnnnnnnn", ""},
    {"IE", "Bnnnnnnnnnnnnnn", "AIBK BOFI IPBS ULSB"},
    {"PT", "nnnnnnnnnnnnnnnnnnncc", ""},
    {"SE", "nnnnnnnnnnnnnnnnnnnn", ""},
    {"DK", "nnnnnnnnnnnnnn", ""},
    {"PL", "nnnnnnnnnnnnnnnnnnnnnnnn", ""},
    {"LU", "nnnnnnnnnnnnnnnn", ""},
};

// Remainder by 97 of a text whose letters stand for 10 to 35.
int Mod97(std::string_view text) {
  int rest = 0;
  for (char c : text) {
    rest = c <= '9' ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
  }
  return rest;
}

void PutTwoDigits(int number, char* out) {
  out[0] = static_cast<char>('0' + number / 10);
  out[1] = static_cast<char>('0' + number % 10);
}

// The check digits of Spain's account numbers: weights 1, 2, 4, ... from the left.
char SpanishDigit(std::string_view digits) {
  constexpr int kWeights[] = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
  size_t skipped = std::size(kWeights) - digits.size();
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * kWeights[skipped + i];
  int check = 11 - sum % 11;
  return static_cast<char>('0' + (check == 11 ? 0 : check == 10 ? 1 : check));
}

// An account number of a country: the last digits that aren't check digits are the value's, so that
// different values below 10^9 give different accounts; the others are mixed from it.
class IbanText : public TextFunction {
 public:
  static constexpr uint64_t kCount = 1'000'000'000;

  explicit IbanText(const IbanCountry& country)
      : country_(country), banks_(SplitWords(country.banks, ' ')) {
    std::string_view shape = country.shape;
    bool bank = shape[0] == 'B';
    bytes_max_ = 4 + shape.size() + (bank ? 3 : 0);
    length_min_ = length_max_ = static_cast<int64_t>(bytes_max_);
    bytes_ = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    is_injective_ = true;
  }

  char* Write(int64_t value, int64_t, char* out) const override {
    std::copy_n(country_.code, 2, out);
    char* body = out + 4;
    char* end = WriteBody(static_cast<uint64_t>(value), body);
    // Check digits: 98 less the remainder of body, country and 00.
    char checked[64];
    char* tail = std::copy(body, end, checked);
    tail = std::copy_n(country_.code, 2, tail);
    tail = std::copy_n("00", 2, tail);
    PutTwoDigits(98 - Mod97({checked, static_cast<size_t>(tail - checked)}), out + 2);
    return end;
  }

 private:
  char* WriteBody(uint64_t value, char* body) const {
    std::string_view shape = country_.shape;
    uint64_t hash = XxHash64(value, kRowHashSeed);
    char* end = body;
    if (shape[0] == 'B') {
      const std::string& bank = banks_[Below(hash, banks_.size())];
      end = std::copy(bank.begin(), bank.end(), end);
      shape.remove_prefix(1);
    }
    char* digits = end;
    end += shape.size();
    // From the right the value's nine digits, then others; no account begins with a 0.
    uint64_t number = value % kCount;
    int left = 9;
    for (size_t i = shape.size(); i-- > 0;) {
      if (shape[i] == 'c') {
        digits[i] = '0';
        continue;
      }
      if (left-- == 0) number = XxHash64(hash, value) % kCount * kCount + hash % kCount;
      digits[i] = static_cast<char>('0' + number % 10);
      number /= 10;
    }
    if (digits[0] == '0') digits[0] = '1';
    PutNationalCheck(digits, shape.size());
    return end;
  }

  void PutNationalCheck(char* digits, size_t size) const {
    std::string_view code = country_.code;
    std::string_view all(digits, size);
    if (code == "ES") {
      digits[8] = SpanishDigit(all.substr(0, 8));
      digits[9] = SpanishDigit(all.substr(10));
    } else if (code == "BE") {
      int rest = Mod97(all.substr(0, 10));
      PutTwoDigits(rest == 0 ? 97 : rest, digits + 10);
    } else if (code == "FR") {
      // 89 * bank + 15 * branch + 3 * account.
      int sum = 89 * Mod97(all.substr(0, 5)) + 15 * Mod97(all.substr(5, 5)) +
                3 * Mod97(all.substr(10, 11));
      PutTwoDigits(97 - sum % 97, digits + 21);
    } else if (code == "PT") {
      PutTwoDigits(98 - Mod97(all), digits + 19);
    }
  }

  IbanCountry country_;
  std::vector<std::string> banks_;
};

Status EmitIban(ColumnScope& scope) {
  std::vector<std::string> names;
  for (const IbanCountry& country : kIbanCountries) names.emplace_back(country.code);
  ARROW_ASSIGN_OR_RAISE(const Locale* locale, LocaleOf(scope));
  bool known = std::find(names.begin(), names.end(), locale->iban_country) != names.end();
  std::string name = known ? locale->iban_country : "DE";
  scope.options().OptionalEnum("country", names, &name);
  size_t index = static_cast<size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  auto text = std::make_shared<const IbanText>(kIbanCountries[std::min(index, names.size() - 1)]);
  Register number = scope.must_be_unique()
                        ? scope.UniqueNumber(IbanText::kCount)
                        : scope.program().Uniform(scope.OwnDraw(), uint64_t{1} << 62);
  scope.Add(Part::Function(std::move(text), number));
  return Status::OK();
}

// Thirteen digits with the check digit of GS1 (and of ISBN-13).
class EanFunction : public NumberFunction {
 public:
  explicit EanFunction(int64_t prefix) : prefix_(prefix) {}
  static constexpr int64_t kCount = 1'000'000'000;

  void Fill(const RowRange& rows, uint64_t, const int64_t* a, const int64_t*,
            int64_t* out) const override {
    for (size_t i = 0; i < rows.count; ++i) {
      int64_t number = prefix_ * kCount + a[i];
      int64_t sum = 0, weight = 3;
      for (int64_t rest = number; rest > 0; rest /= 10, weight = 4 - weight) {
        sum += rest % 10 * weight;
      }
      out[i] = number * 10 + (10 - sum % 10) % 10;
    }
  }

 private:
  int64_t prefix_;
};

Status AddEan(ColumnScope& scope, int64_t prefix) {
  ProgramBuilder& program = scope.program();
  bool unique = scope.must_be_unique();
  Register number = unique ? scope.UniqueNumber(EanFunction::kCount)
                           : program.Uniform(scope.OwnDraw(), EanFunction::kCount);
  RegisterFacts facts{prefix * 10 * EanFunction::kCount,
                      (prefix + 1) * 10 * EanFunction::kCount - 1, false};
  auto function = std::make_shared<const EanFunction>(prefix);
  scope.Add(Part::Integer(program.Apply("", std::move(function), facts, number)));
  if (unique) scope.PromiseUnique();
  return Status::OK();
}

Status EmitEan(ColumnScope& scope) { return AddEan(scope, 400); }

Status EmitIsbn(ColumnScope& scope) { return AddEan(scope, 978); }

Status EmitBic(ColumnScope& scope) {
  return AddPatternText(scope, "[A-Z]{4}(DE|FR|GB|ES|NL|IT|US|JP|BR|CH)[A-Z2-9]{2}(X{3})?",
                        scope.place());
}

Status EmitSsn(ColumnScope& scope) {
  // 900 to 999 were never given to a person.
  return AddPatternText(scope, "9[0-9]{2}-[0-9]{2}-[0-9]{4}", scope.place());
}

}  // namespace

std::span<const Provider> FinanceProviders() {
  constexpr uint32_t kDigits = kTextValue | kIntegerValue;
  static constexpr Provider kProviders[] = {
      {"credit_card", kDigits,
       "creditcard creditcardnumber ccnumber ccnum ccno cardnumber cardno pan ccn", "brand",
       "a card number that passes Luhn's formula; brand: visa, mastercard, amex, discover, jcb, "
       "diners, unionpay or any",
       EmitCreditCard},
      {"iban", kTextValue, "iban ibannumber bankaccount", "country, locale",
       "an IBAN of the locale's country (else DE) with valid check digits, the country's own where "
       "it "
       "has them: DE GB FR ES NL BE AT CH IE PT SE DK PL LU",
       EmitIban},
      {"bic", kTextValue, "bic swift swiftcode biccode", "", "a bank identifier code", EmitBic},
      {"ean", kDigits, "ean ean13 gtin barcode upc", "", "an article number with its check digit",
       EmitEan},
      {"isbn", kDigits, "isbn isbn13", "", "an ISBN-13 with its check digit", EmitIsbn},
      {"ssn", kTextValue, "ssn socialsecuritynumber", "",
       "shaped as a US social security number, from numbers that nobody has", EmitSsn},
  };
  return kProviders;
}

}  // namespace tamis
