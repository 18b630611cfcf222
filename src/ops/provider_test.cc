// Providers one by one: the same today and in a year, valid by rules of others, and chosen by name.
#include "ops/provider.h"

#include <arrow/api.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "ops/generate_batch.h"
#include "ops/generate_compile.h"
#include "ops/generate_text.h"
#include "ops/locale.h"
#include "ops/row_text.h"
#include "ops/words.h"
#include "spec/yaml.h"
#include "text/cpu.h"
#include "text/date.h"

namespace tamis {
namespace {

using testing::HasSubstr;
using TypePointer = std::shared_ptr<arrow::DataType>;

std::shared_ptr<const Node> Yaml(const std::string& text) {
  auto source = std::make_shared<SourceText>(SourceText{"g.yaml", text});
  return std::make_shared<const Node>(ParseYaml(source).ValueOrDie());
}

Column MakeColumn(std::string name, TypePointer type, const std::string& generate = "") {
  Column column;
  column.name = std::move(name);
  column.type = std::move(type);
  column.required = true;
  if (!generate.empty()) column.generate = Yaml(generate);
  return column;
}

Table MakeTable(std::vector<Column> columns) {
  Table table;
  table.name = "t";
  table.columns = std::move(columns);
  table.format.header = false;
  return table;
}

const TypePointer kText = arrow::utf8();
const TypePointer kInt = arrow::int64();
const TypePointer kMicros = arrow::timestamp(arrow::TimeUnit::MICRO);

// One column of each provider that stands alone, and more of those that have several faces.
std::vector<Column> WordColumns() {
  return {
      MakeColumn("first_name", kText),
      MakeColumn("last_name", kText),
      MakeColumn("full_name", kText),
      MakeColumn("middle_initial", kText),
      MakeColumn("sex", kText),
      MakeColumn("title", kText),
      MakeColumn("job_title", kText),
      MakeColumn("email", kText),
      MakeColumn("company_email", kText, "{provider: email, domain: company}"),
      MakeColumn("user_name", kText),
      MakeColumn("phone", kText),
      MakeColumn("mobile", kText),
      MakeColumn("street", kText),
      MakeColumn("city", kText),
      MakeColumn("state", kText),
      MakeColumn("state_code", kText),
      MakeColumn("region", kText),
      MakeColumn("zip", kText),
      MakeColumn("address", kText),
      MakeColumn("country", kText),
      MakeColumn("country_code", kText),
      MakeColumn("latitude", arrow::float64()),
      MakeColumn("longitude", arrow::decimal128(9, 6)),
      MakeColumn("company", kText),
      MakeColumn("department", kText),
      MakeColumn("product", kText),
      MakeColumn("category", kText),
      MakeColumn("domain", kText),
      MakeColumn("url", kText),
      MakeColumn("ipv4", kText),
      MakeColumn("ipv6", kText),
      MakeColumn("mac", kText),
      MakeColumn("user_agent", kText),
      MakeColumn("file_name", kText),
  };
}

std::vector<Column> NumberColumns() {
  return {
      MakeColumn("credit_card", kText),
      MakeColumn("amex", kInt, "{provider: credit_card, brand: amex}"),
      MakeColumn("iban", kText),
      MakeColumn("bic", kText),
      MakeColumn("ean", kText),
      MakeColumn("isbn", kInt),
      MakeColumn("ssn", kText),
      MakeColumn("uuid", kText),
      MakeColumn("order_id", kText),
      MakeColumn("sequence", kInt, "sequence"),
      MakeColumn("integer", kInt),
      MakeColumn("number", arrow::decimal128(10, 2)),
      MakeColumn("boolean", arrow::boolean()),
      MakeColumn("normal", arrow::float64(), "{provider: normal, mean: 5, deviation: 0.5}"),
      MakeColumn("lognormal", arrow::decimal128(10, 2),
                 "{provider: lognormal, median: 100, sigma: 0.8}"),
      MakeColumn("exponential", kInt, "{provider: exponential, mean: 1000}"),
      MakeColumn("poisson", kInt, "{provider: poisson, mean: 3.5}"),
      MakeColumn("zipf", kInt, "{provider: zipf, exponent: 1.1, from: 1, to: 5000}"),
      MakeColumn("histogram", kInt, "{provider: histogram, edges: [0, 10, 100], weights: [3, 1]}"),
      MakeColumn("date_of_birth", arrow::date32()),
      MakeColumn("date", arrow::date32(), "date"),
      MakeColumn("recent_day", arrow::date32(), "{provider: date, spread: recent}"),
      MakeColumn("working_day", arrow::date32(), "{provider: date, spread: business}"),
      MakeColumn("timestamp", kMicros, "timestamp"),
      MakeColumn("recent", kMicros, "{provider: timestamp, spread: recent}"),
      MakeColumn("office", kMicros, "{provider: timestamp, spread: business}"),
      MakeColumn("time", arrow::time64(arrow::TimeUnit::MICRO)),
      MakeColumn("step", kMicros, "{provider: step, by: [1, 120]}"),
  };
}

std::vector<Column> OtherColumns() {
  return {
      MakeColumn("choice", kText, "{provider: choice, values: [a, b]}"),
      MakeColumn("constant", kText, "{provider: constant, value: x}"),
      MakeColumn("word", kText),
      MakeColumn("words", kText),
      MakeColumn("sentence", kText),
      MakeColumn("paragraph", kText),
      MakeColumn("json", kText),
      MakeColumn("currency", kText),
      MakeColumn("language", kText),
      MakeColumn("language_code", kText),
      MakeColumn("language_tag", kText),
      MakeColumn("color", kText),
      MakeColumn("hex_color", kText),
      MakeColumn("pattern", kText, "{provider: pattern, value: '[A-Z]{3}-[0-9]{4}(-[a-f]{2})?'}"),
      MakeColumn("hex", kText),
      MakeColumn("token", kText),
      MakeColumn("password", kText),
  };
}

std::vector<Column> AllColumns() {
  std::vector<Column> all;
  for (const std::vector<Column>& some : {WordColumns(), NumberColumns(), OtherColumns()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::string CsvOf(const Table& table, int64_t first_row, size_t count, uint64_t seed = 1) {
  auto program = CompileGenerator(table, seed);
  EXPECT_TRUE(program.ok()) << FormatError(program.status());
  auto compiled = CsvProgram::Make(*program, table.format);
  EXPECT_TRUE(compiled.ok()) << FormatError(compiled.status());
  const CsvProgram& csv = *compiled;
  RowBlock block(csv.rows());
  TextBuffer text;
  EXPECT_TRUE(csv.Write(first_row, static_cast<int64_t>(count), &block, &text).ok());
  return std::string(text.view());
}

// Fields of one column, unquoted.
std::vector<std::string> ValuesOf(const Column& column, size_t count, uint64_t seed = 1) {
  std::vector<std::string> values;
  for (std::string line : SplitWords(CsvOf(MakeTable({column}), 0, count, seed), '\n')) {
    if (line.size() > 1 && line.front() == '"') {
      line = line.substr(1, line.size() - 2);
      for (size_t at = 0; (at = line.find("\"\"", at)) != std::string::npos; ++at)
        line.erase(at, 1);
    }
    values.push_back(std::move(line));
  }
  return values;
}

std::string ErrorOf(Column column) {
  return FormatError(CompileGenerator(MakeTable({std::move(column)}), 1).status());
}

struct Checksum {
  const char* column;
  uint64_t hash;
};

// The same bytes today and in a year. A change here is a change of everybody's data: never edit a
// number, add a provider.
constexpr Checksum kChecksums[] = {
    {"address", 0x25528cbaffddaf7f},       {"amex", 0xe962de965aedd380},
    {"bic", 0xa1473bb71253df0a},           {"boolean", 0xeb1529cd84afce12},
    {"category", 0xe20e464f269cfd09},      {"choice", 0xa866b330cd69f0f5},
    {"city", 0xc5bc95bc1558f917},          {"color", 0xdc27c9802ac03bbc},
    {"company", 0x3307ed47c397b0f6},       {"company_email", 0x9023ae77375d8400},
    {"constant", 0xd65a25f2fa57e43a},      {"country", 0x699ae2c4d0fed0e2},
    {"country_code", 0xdbc52274b1b89981},  {"credit_card", 0x514c05d5b983da20},
    {"currency", 0xd2e740bc74a90880},      {"date", 0x897c66a1eec50109},
    {"date_of_birth", 0xeede0bc0cfdaf62c}, {"department", 0x62bad08bd0b7cbcc},
    {"domain", 0x8ac99846842553f},         {"ean", 0x544c7663f1f94efb},
    {"email", 0x2e4b2e5a44362c62},         {"exponential", 0xf66cf3d1d540478b},
    {"file_name", 0xf619ab81f9962c57},     {"first_name", 0x3e03992647c5af5},
    {"full_name", 0xf7f40c12ac497c63},     {"hex", 0x81e9899d3c6a0ad9},
    {"hex_color", 0xea96e0cbfc6257e9},     {"histogram", 0x87373f3dd266dc27},
    {"iban", 0x36826c1ffbf3dcb0},          {"integer", 0xea021e871c2f672d},
    {"ipv4", 0x69ac213cd988baee},          {"ipv6", 0x414e0538344b85e5},
    {"isbn", 0x8d891b2b7256ddf1},          {"job_title", 0x7647922f17c297ef},
    {"json", 0x3fa8b6d810d882b4},          {"language", 0xa240a4d315d37c07},
    {"language_code", 0x67a74e46b7af01cd}, {"language_tag", 0x82273fd4ac5bff8c},
    {"last_name", 0x6749d1fb84857ffe},     {"latitude", 0xc69dd9dd4e6cdbfb},
    {"lognormal", 0x4bc521a2fb7753c1},     {"longitude", 0x760e3b1d85faa5a3},
    {"mac", 0x8bf171ab554029d8},           {"middle_initial", 0x5700bd3e00e5b6fe},
    {"mobile", 0xe85ec1e6e1a36af},         {"normal", 0x2903de023af89ef8},
    {"number", 0x40a2a5b9b4db0559},        {"office", 0xd762c6d7dcb72007},
    {"order_id", 0x44232a855805c0f8},      {"paragraph", 0xb4072c9350ce377f},
    {"password", 0xecf7180b4f0affe0},      {"pattern", 0xa553e1f3474a276c},
    {"phone", 0xb54121c35b4c938d},         {"poisson", 0x45768b27c34d1a19},
    {"product", 0x69bcc7ba37913df},        {"recent", 0xa07058c041f97a92},
    {"recent_day", 0xeae1d845b683257c},    {"region", 0x72166a610d690848},
    {"sentence", 0xecc6b360e0c9c48b},      {"sequence", 0xcd0913cd3c6adda3},
    {"sex", 0x7784283d0eb3e9cf},           {"ssn", 0xb45552b34d3b1567},
    {"state", 0x19619c45317c9b4f},         {"state_code", 0x19619c45317c9b4f},
    {"step", 0xddc7d758592a771c},          {"street", 0xf90929875c632682},
    {"time", 0x5f539eb4ba42ab64},          {"timestamp", 0x816ffef2bcc113ff},
    {"title", 0xfabc41c689e5c15},          {"token", 0x561599b117881c0f},
    {"url", 0x5dd641f6276b03b9},           {"user_agent", 0x68f05397171fcce6},
    {"user_name", 0xa24772b685d26fa8},     {"uuid", 0x5528f91c202e0dd7},
    {"word", 0xf3e570867692f9e7},          {"words", 0x1b16f834c5f93621},
    {"working_day", 0x9edbda9fdecac6db},   {"zip", 0xfe0528b2bf0f6fec},
    {"zipf", 0x6ecfba167f541be},
};

TEST(Provider, ChecksumStands) {
  std::map<std::string, uint64_t> hashes;
  for (const Column& column : AllColumns()) {
    hashes[column.name] = XxHash64(CsvOf(MakeTable({column}), 1000, 10000, 42), 0);
  }
  for (const Checksum& expected : kChecksums) {
    ASSERT_TRUE(hashes.count(expected.column)) << expected.column;
    EXPECT_EQ(hashes[expected.column], expected.hash) << expected.column;
    hashes.erase(expected.column);
  }
  for (const auto& [name, hash] : hashes) {
    ADD_FAILURE() << "no checksum of: {\"" << name << "\", 0x" << std::hex << hash << "},";
  }
}

TEST(Provider, EachHasAChecksum) {
  std::set<std::string> used;
  for (const Column& column : AllColumns()) {
    used.insert(ChooseProvider(column).ValueOrDie().provider->name);
  }
  // These make a column of others: generate_combine_test.cc.
  used.insert({"reference", "parent", "child_number", "template", "expression", "when", "after"});
  for (const Provider& provider : Providers()) {
    EXPECT_TRUE(used.count(provider.name)) << provider.name;
  }
}

TEST(Provider, RowsAreTheSameWithOthersAndByEveryInstructionSet) {
  Table table = MakeTable(AllColumns());
  std::string whole = CsvOf(table, 0, 700);
  std::string parts = CsvOf(table, 0, 100) + CsvOf(table, 100, 333) + CsvOf(table, 433, 267);
  EXPECT_EQ(parts, whole);
  for (CpuLevel level : {CpuLevel::kPortable, CpuLevel::kAvx2}) {
    ScopedCpuLevel scope(level);
    EXPECT_EQ(CsvOf(table, 0, 700), whole);
  }
}

TEST(Provider, CsvAndArrowHoldTheSameTexts) {
  for (const Column& column : AllColumns()) {
    Table table = MakeTable({column});
    auto batches = BatchProgram::Make(CompileGenerator(table, 1).ValueOrDie()).ValueOrDie();
    auto batch = batches.Rows(0, 300).ValueOrDie();
    ASSERT_TRUE(batch->ValidateFull().ok()) << column.name;
    if (ValueKindOf(*column.type) != kTextValue) continue;
    std::vector<std::string> values = ValuesOf(column, 300);
    for (size_t i = 0; i < values.size(); ++i) {
      ASSERT_EQ(CellValueText(*batch->column(0), static_cast<int64_t>(i)), values[i])
          << column.name;
    }
  }
}

TEST(Provider, LocalesMakeEachProvider) {
  for (const std::string& locale : LocaleNames()) {
    std::vector<Column> columns;
    for (Column& column : AllColumns()) {
      if (column.generate || column.name == "number") continue;
      if (HasOption(*ChooseProvider(column).ValueOrDie().provider, "locale")) {
        column.generate = Yaml("{locale: " + locale + "}");
      }
      columns.push_back(column);
    }
    EXPECT_EQ(SplitWords(CsvOf(MakeTable(columns), 0, 500), '\n').size(), 500) << locale;
  }
  Table table = MakeTable({MakeColumn("city", kText), MakeColumn("country", kText)});
  table.generate = Yaml("{locale: de_DE}");
  EXPECT_THAT(CsvOf(table, 0, 5), HasSubstr(",Germany\n"));
  EXPECT_EQ(ValuesOf(MakeColumn("country", kText, "{locale: ja_JP}"), 1)[0], "Japan");
  EXPECT_THAT(ErrorOf(MakeColumn("email", kText, "{lokale: ja_JP}")),
              HasSubstr("unknown key: lokale (did you mean locale?)"));
  EXPECT_THAT(ErrorOf(MakeColumn("city", kText, "{locale: de_DF}")),
              HasSubstr("unknown locale: de_DF (did you mean de_DE?)"));
}

TEST(Provider, PeopleAreCoherent) {
  Table table =
      MakeTable({MakeColumn("first_name", kText), MakeColumn("last_name", kText),
                 MakeColumn("sex", kText), MakeColumn("title", kText),
                 MakeColumn("user_name", kText), MakeColumn("email", kText, "{domains: [a.com]}")});
  const Locale& locale = *FindLocale("en_US");
  for (const std::string& line : SplitWords(CsvOf(table, 0, 2000), '\n')) {
    std::vector<std::string> field = SplitWords(line, ',');
    const auto& names = locale.given_names.words->words();
    auto name =
        static_cast<size_t>(std::find(names.begin(), names.end(), field[0]) - names.begin());
    bool female = (*locale.sex_of_given_name)[name] == kFemale;
    EXPECT_EQ(field[2], female ? "female" : "male");
    EXPECT_FALSE(female && field[3] == "Mr.");
    EXPECT_FALSE(!female && (field[3] == "Mrs." || field[3] == "Ms."));
    std::string first = (*locale.mail_given_names)[name];
    EXPECT_THAT(field[4], testing::StartsWith(first + "_"));
    EXPECT_THAT(field[5], testing::StartsWith(first + "."));
    EXPECT_THAT(field[5], testing::EndsWith("@a.com"));
  }
  Column letter = MakeColumn("gender", kText);
  letter.physical_length = 1;
  std::vector<std::string> letters = ValuesOf(letter, 100);
  EXPECT_EQ(std::set<std::string>(letters.begin(), letters.end()),
            (std::set<std::string>{"F", "M"}));
}

TEST(Provider, NamesSayWhomAColumnIsAbout) {
  Table table = MakeTable({MakeColumn("customer_name", kText), MakeColumn("customer_email", kText),
                           MakeColumn("author", kText), MakeColumn("owner", kText),
                           MakeColumn("home_phone", kText), MakeColumn("work_phone", kText),
                           MakeColumn("phone2", kText), MakeColumn("city", kText),
                           MakeColumn("city_2", kText), MakeColumn("vendor", kText)});
  size_t same_owner = 0, same_phone = 0, same_city = 0;
  for (const std::string& line : SplitWords(CsvOf(table, 0, 500), '\n')) {
    std::vector<std::string> field = SplitWords(line, ',');
    std::string name = MailText(field[0].substr(0, field[0].find(' ')), Folding::kLatin);
    EXPECT_THAT(field[1], testing::StartsWith(name + "."));
    EXPECT_EQ(field[4].substr(0, 5), field[5].substr(0, 5)) << "one city";
    same_owner += field[2] == field[3];
    same_phone += field[4] == field[5] || field[5] == field[6];
    same_city += field[7] == field[8];
  }
  EXPECT_LT(same_owner, 10);
  EXPECT_LT(same_phone, 30);
  EXPECT_LT(same_city, 50);
}

bool PassesLuhn(const std::string& digits) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    if (i % 2) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

TEST(Provider, CardNumbersPassLuhn) {
  EXPECT_TRUE(PassesLuhn("4111111111111111")) << "published test number";
  EXPECT_FALSE(PassesLuhn("4111111111111112"));
  std::map<std::string, std::string> starts = {
      {"visa", "^4\\d{15}$"},
      {"mastercard", "^5[1-5]\\d{14}$"},
      {"amex", "^37\\d{13}$"},
      {"discover", "^6011\\d{12}$"},
      {"jcb", "^35(2[89]|[3-8]\\d)\\d{12}$"},
      {"diners", "^36\\d{12}$"},
      {"unionpay", "^62[0-5]\\d{13}$"},
      {"any", "^[3-6]\\d{13,15}$"},
  };
  for (const auto& [brand, pattern] : starts) {
    Column column = MakeColumn("c", kText, "{provider: credit_card, brand: " + brand + "}");
    for (const std::string& number : ValuesOf(column, 2000)) {
      EXPECT_TRUE(PassesLuhn(number)) << number;
      EXPECT_TRUE(re2::RE2::FullMatch(number, pattern)) << brand << " " << number;
    }
    if (brand == "any") continue;
    column.unique = true;
    std::vector<std::string> numbers = ValuesOf(column, 20000);
    EXPECT_EQ(std::set<std::string>(numbers.begin(), numbers.end()).size(), numbers.size());
  }
}

int Mod97(const std::string& text) {
  int rest = 0;
  for (char c : text) {
    rest = c <= '9' ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
  }
  return rest;
}

TEST(Provider, IbansHaveValidCheckDigits) {
  // The examples of the IBAN registry.
  EXPECT_EQ(Mod97("370400440532013000DE89"), Mod97("NWBK60161331926819GB29"));
  std::map<std::string, size_t> lengths = {
      {"DE", 22}, {"GB", 22}, {"FR", 27}, {"ES", 24}, {"NL", 18}, {"BE", 16}, {"AT", 20},
      {"CH", 21}, {"IE", 22}, {"PT", 25}, {"SE", 24}, {"DK", 18}, {"PL", 28}, {"LU", 20}};
  for (const auto& [country, length] : lengths) {
    Column column = MakeColumn("iban", kText, "{country: " + country + "}");
    column.unique = true;
    std::set<std::string> all;
    for (const std::string& iban : ValuesOf(column, 5000)) {
      EXPECT_EQ(iban.size(), length) << iban;
      EXPECT_EQ(iban.substr(0, 2), country);
      EXPECT_EQ(Mod97(iban.substr(4) + iban.substr(0, 4)), 1) << iban;
      all.insert(iban);
    }
    EXPECT_EQ(all.size(), 5000) << country;
  }
}

TEST(Provider, ArticleNumbersHaveValidCheckDigits) {
  for (const char* name : {"ean", "isbn"}) {
    for (const std::string& number : ValuesOf(MakeColumn(name, kText), 1000)) {
      ASSERT_EQ(number.size(), 13);
      int sum = 0;
      for (size_t i = 0; i < 13; ++i) sum += (number[i] - '0') * (i % 2 ? 3 : 1);
      EXPECT_EQ(sum % 10, 0) << number;
    }
  }
}

TEST(Provider, UniqueColumnsRepeatNothing) {
  for (const char* name :
       {"email", "user_name", "url", "ipv4", "ipv6", "mac", "file_name", "ean", "isbn", "ssn",
        "order_id", "hex", "token", "password", "iban", "credit_card", "uuid", "bic"}) {
    Column column = MakeColumn(name, kText);
    column.unique = true;
    std::vector<std::string> values = ValuesOf(column, 20000);
    EXPECT_EQ(std::set<std::string>(values.begin(), values.end()).size(), 20000) << name;
  }
}

TEST(Provider, AddressesOfTheInternetAreWellFormed) {
  auto all_match = [](const Column& column, const char* pattern) {
    for (const std::string& value : ValuesOf(column, 3000)) {
      EXPECT_TRUE(re2::RE2::FullMatch(value, pattern)) << value;
    }
  };
  std::string octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  all_match(MakeColumn("ip", kText), (octet + "(\\." + octet + "){3}").c_str());
  all_match(MakeColumn("ipv6", kText), "2001:db8(:[1-9a-f][0-9a-f]{0,3}){6}");
  all_match(MakeColumn("mac_address", kText), "[0-9a-f][26ae](:[0-9a-f]{2}){5}");
  all_match(MakeColumn("url", kText), "https://[a-z]+-[a-z]+\\.example\\.(com|net|org)/[a-z]+");
  all_match(MakeColumn("file_name", kText), "[a-z]+_[a-z]+\\.[a-z0-9]+");
}

std::vector<int64_t> NumbersOf(const Column& column, int64_t first, int64_t count) {
  auto program = CompileGenerator(MakeTable({column}), 1);
  EXPECT_TRUE(program.ok()) << FormatError(program.status());
  auto batch = BatchProgram::Make(*program).ValueOrDie().Rows(first, count).ValueOrDie();
  const auto& data = *batch->column(0)->data();
  std::vector<int64_t> numbers;
  for (int64_t i = 0; i < count; ++i) {
    numbers.push_back(data.type->byte_width() == 4 ? data.GetValues<int32_t>(1)[i]
                                                   : data.GetValues<int64_t>(1)[i]);
  }
  return numbers;
}

// Each difference of neighbours lies in [least, most], and all are as often: chi-square of 12 bins.
TEST(Provider, StepsAdvanceByTheirRange) {
  Column column = MakeColumn("at", kMicros, "{provider: step, start: 2024-10-10, by: [1, 120]}");
  constexpr int64_t kRows = 200'000;
  std::vector<int64_t> times = NumbersOf(column, 0, kRows);
  EXPECT_EQ(times[0], 1728518400LL * 1'000'000);
  std::vector<double> bins(12);
  for (size_t i = 1; i < times.size(); ++i) {
    int64_t seconds = (times[i] - times[i - 1]) / 1'000'000;
    ASSERT_EQ((times[i] - times[i - 1]) % 1'000'000, 0);
    ASSERT_TRUE(seconds >= 1 && seconds <= 120) << i << ": " << seconds;
    ++bins[static_cast<size_t>((seconds - 1) / 10)];
  }
  double expected = double(kRows - 1) / 12, chi_square = 0;
  for (double bin : bins) chi_square += (bin - expected) * (bin - expected) / expected;
  EXPECT_LT(chi_square, 31.26) << "p = 0.001, 11 degrees of freedom";
  EXPECT_NEAR(double(times.back() - times[0]) / 1e6, 60.5 * kRows, 60.5 * 64);
  // Any row alone is the same.
  for (int64_t row : {1LL, 63LL, 64LL, 65LL, 4097LL, 199'999LL}) {
    EXPECT_EQ(NumbersOf(column, row, 1)[0], times[static_cast<size_t>(row)]) << row;
  }
  // Far apart rows keep the mean.
  Column days = MakeColumn("d", arrow::date32(), "{provider: step, start: 2000-01-01, by: 1}");
  EXPECT_EQ(NumbersOf(days, 366, 1)[0], DaysFromCivil(2001, 1, 1));
  Column numbers = MakeColumn("n", arrow::int32(), "{provider: step, start: 10, by: [0, 3]}");
  std::vector<int64_t> counted = NumbersOf(numbers, 0, 10000);
  for (size_t i = 1; i < counted.size(); ++i) {
    ASSERT_TRUE(counted[i] >= counted[i - 1] && counted[i] <= counted[i - 1] + 3);
  }
  EXPECT_THAT(ErrorOf(MakeColumn("d", kMicros, "{provider: step, by: [5, 1]}")),
              HasSubstr("by is a step, or the least and the largest: [1, 120]"));
  EXPECT_THAT(ErrorOf(MakeColumn("d", arrow::date32(), "{provider: step, unit: hours}")),
              HasSubstr("column d can't count in a unit so fine"));
}

TEST(Provider, SpreadsKeepTheirRange) {
  Column days = MakeColumn("d", arrow::date32(),
                           "{provider: date, from: 2024-01-01, to: 2024-12-31, spread: business}");
  std::map<int64_t, int> by_weekday;
  for (int64_t day : NumbersOf(days, 0, 20000)) {
    ASSERT_TRUE(day >= DaysFromCivil(2024, 1, 1) && day <= DaysFromCivil(2024, 12, 31));
    ++by_weekday[(day + 3) % 7];
  }
  EXPECT_EQ(by_weekday.size(), 5);
  EXPECT_EQ(by_weekday.rbegin()->first, 4) << "Friday";
  Column office = MakeColumn("at", kMicros,
                             "{provider: timestamp, from: 2024-01-01, to: '2024-01-05T16:59:59', "
                             "spread: business}");
  int64_t first = DaysFromCivil(2024, 1, 1);
  std::set<int64_t> seen;
  for (int64_t time : NumbersOf(office, 0, 20000)) {
    int64_t second = time / 1'000'000;
    ASSERT_TRUE(second % 86400 >= 9 * 3600 && second % 86400 < 17 * 3600);
    seen.insert(second / 86400 - first);
  }
  EXPECT_EQ(seen, (std::set<int64_t>{0, 1, 2, 3, 4}));
  Column recent = MakeColumn("d", arrow::date32(),
                             "{provider: date, from: 2020-01-01, to: 2023-12-31, spread: recent}");
  size_t late = 0;
  for (int64_t day : NumbersOf(recent, 0, 20000)) {
    ASSERT_TRUE(day >= DaysFromCivil(2020, 1, 1) && day <= DaysFromCivil(2023, 12, 31));
    late += day > DaysFromCivil(2023, 12, 31) - 1461 / 8;
  }
  EXPECT_NEAR(double(late) / 20000, 0.5, 0.02);
}

TEST(Provider, DistributionsKeepBounds) {
  Column column = MakeColumn("n", arrow::int8(), "{provider: normal, mean: 0, deviation: 100}");
  for (int64_t bound : {-100, 0, 100}) {
    column.minimum = Bound{std::to_string(bound), true, {}};
    for (const std::string& value : ValuesOf(column, 3000)) {
      ASSERT_TRUE(std::stoi(value) > bound && std::stoi(value) <= 127) << value;
    }
  }
  column = MakeColumn("n", arrow::decimal128(6, 2),
                      "{provider: lognormal, median: 50, sigma: 2, from: 10, to: 99.75}");
  column.multiple_of = Divisor{"0.25", {}};
  for (const std::string& value : ValuesOf(column, 3000)) {
    double number = std::stod(value) * 4;
    ASSERT_TRUE(number == std::floor(number) && number >= 40 && number <= 399) << value;
  }
  EXPECT_THAT(ErrorOf(MakeColumn("n", kInt, "{provider: normal, from: 100}")),
              HasSubstr("the bounds of column n leave nothing of its distribution"));
  EXPECT_THAT(ErrorOf(MakeColumn("n", kInt, "{provider: poisson, mean: 2, from: 100}")),
              HasSubstr("leave nothing of its distribution"));
  EXPECT_THAT(ErrorOf(MakeColumn("n", kInt, "{provider: normal, deviation: 0}")),
              HasSubstr("g.yaml:1:31: deviation must be above 0: 0"));
  EXPECT_THAT(ErrorOf(MakeColumn("n", kInt, "{provider: histogram, edges: [1, 1], weights: [1]}")),
              HasSubstr("edges must rise: 1"));
  EXPECT_THAT(
      ErrorOf(MakeColumn("n", kInt, "{provider: histogram, edges: [1, 2, 3], weights: [1]}")),
      HasSubstr("1 weights for 2 values"));
  EXPECT_THAT(ErrorOf(MakeColumn("n", kInt, "{provider: zipf, to: 2000000}")),
              HasSubstr("zipf makes 1 to 1000000 numbers"));
}

TEST(Provider, PatternsOfTheContractHold) {
  Column column = MakeColumn("code", kText);
  column.pattern = "^[A-Z]{2}-\\d{3,}[\",;x]?$";
  column.physical_length = 9;
  re2::RE2 expression(column.pattern);
  for (const std::string& value : ValuesOf(column, 3000)) {
    EXPECT_TRUE(re2::RE2::PartialMatch(value, expression)) << value;
    EXPECT_LE(value.size(), 9);
  }
  EXPECT_EQ(ChooseProvider(column)->reason, "pattern");
  column.pattern = "^[a-f]{4}$";
  column.unique = true;
  std::vector<std::string> values = ValuesOf(column, 1296);
  EXPECT_EQ(std::set<std::string>(values.begin(), values.end()).size(), 1296);
  column.pattern = "a*a*";
  EXPECT_THAT(ErrorOf(column), HasSubstr("makes a text in several ways"));
  column = MakeColumn("code", kText, "{provider: pattern, value: 'x|y'}");
  column.pattern = "^x$";
  EXPECT_THAT(ErrorOf(column),
              HasSubstr("generator pattern makes y, but column code has the pattern ^x$"));
  EXPECT_THAT(ErrorOf(MakeColumn("code", kText, "{provider: pattern, value: 'a(b'}")),
              HasSubstr("g.yaml:1:28: pattern a(b: a ) is missing at character 4"));
  EXPECT_THAT(ErrorOf(MakeColumn("code", kText, "pattern")),
              HasSubstr("generator pattern needs a value"));
  column = MakeColumn("code", kText, "{provider: pattern, value: '[a-z]{20}'}");
  column.physical_length = 10;
  EXPECT_THAT(ErrorOf(column), HasSubstr("no text of pattern [a-z]{20} fits the lengths"));
}

TEST(Provider, NamesChoose) {
  auto provider = [](const char* name, TypePointer type) {
    ProviderChoice choice = ChooseProvider(MakeColumn(name, std::move(type))).ValueOrDie();
    EXPECT_GE(choice.confidence, 0.7) << name;
    EXPECT_THAT(choice.reason, testing::StartsWith("name ")) << name;
    return std::string(choice.provider->name);
  };
  for (auto [name, expected] :
       std::vector<std::pair<const char*, const char*>>{{"fname", "first_name"},
                                                        {"givenname", "first_name"},
                                                        {"CUSTOMER_SURNAME", "last_name"},
                                                        {"plz", "zip"},
                                                        {"postcode", "zip"},
                                                        {"billingPostalCode", "zip"},
                                                        {"dob", "date_of_birth"},
                                                        {"birthdate", "date_of_birth"},
                                                        {"tel", "phone"},
                                                        {"phone2", "phone"},
                                                        {"fax_number", "phone"},
                                                        {"mobile", "mobile"},
                                                        {"mail", "email"},
                                                        {"ip", "ipv4"},
                                                        {"client_ip", "ipv4"},
                                                        {"ip_address", "ipv4"},
                                                        {"mac", "mac"},
                                                        {"user_agent", "user_agent"},
                                                        {"iban", "iban"},
                                                        {"cc_number", "credit_card"},
                                                        {"card_no", "credit_card"},
                                                        {"created_at", "timestamp"},
                                                        {"last_login", "timestamp"},
                                                        {"order_date", "date"},
                                                        {"is_active", "choice"},
                                                        {"has_children", "choice"},
                                                        {"order_status", "choice"},
                                                        {"website", "url"},
                                                        {"country_code", "country_code"},
                                                        {"currency", "currency"},
                                                        {"lang", "language"},
                                                        {"job", "job_title"},
                                                        {"gender", "sex"},
                                                        {"address_1", "street"},
                                                        {"address2", "street"},
                                                        {"home_address_2", "address"},
                                                        {"addressLine1", "street"},
                                                        {"company_name", "company"},
                                                        {"dept", "department"},
                                                        {"product_name", "product"},
                                                        {"customer_id", "id"},
                                                        {"invoice_no", "id"},
                                                        {"username", "user_name"},
                                                        {"notes", "sentence"},
                                                        {"sha256", "hex"},
                                                        {"api_key", "token"},
                                                        {"latitude", "latitude"},
                                                        {"lng", "longitude"},
                                                        {"colour", "color"},
                                                        {"salutation", "title"},
                                                        {"swift", "bic"}}) {
    EXPECT_EQ(provider(name, kText), expected) << name;
  }
  EXPECT_EQ(provider("age", arrow::int16()), "normal");
  EXPECT_EQ(provider("qty", arrow::int32()), "zipf");
  EXPECT_EQ(provider("unit_price", arrow::decimal128(8, 2)), "lognormal");
  EXPECT_EQ(provider("amount", arrow::float64()), "lognormal");
  EXPECT_EQ(provider("lat", arrow::float64()), "latitude");
  EXPECT_EQ(provider("is_deleted", arrow::int8()), "choice");
  EXPECT_EQ(provider("year", arrow::int16()), "integer");
  EXPECT_EQ(ValuesOf(MakeColumn("is_x", arrow::int8()), 50)[0].size(), 1);
}

TEST(Provider, NamesThatDoNotFitGiveWay) {
  Column column = MakeColumn("city", kText);
  column.physical_length = 10;
  EXPECT_LE(ValuesOf(column, 100)[0].size(), 10);
  column = MakeColumn("first_name", kText);
  column.unique = true;
  std::vector<std::string> values = ValuesOf(column, 1000);
  EXPECT_EQ(std::set<std::string>(values.begin(), values.end()).size(), 1000);
  auto program = CompileGenerator(MakeTable({column}), 1).ValueOrDie();
  EXPECT_EQ(program->columns[0].origin->provider, "uuid");
  EXPECT_EQ(program->columns[0].origin->reason, "unique, type string");
  EXPECT_EQ(program->steps.size(), 2) << "what was tried leaves nothing behind";
  // A preset doesn't overrule the contract.
  column = MakeColumn("age", arrow::int32());
  column.minimum = Bound{"18", false, {}};
  for (const std::string& value : ValuesOf(column, 1000)) ASSERT_GE(std::stoi(value), 18);
  column = MakeColumn("amount", arrow::decimal128(10, 2), "{from: 1000, to: 2000}");
  EXPECT_STREQ(ChooseProvider(column)->provider->name, "number");
  column = MakeColumn("salary", arrow::int16());
  EXPECT_STREQ(ChooseProvider(column)->provider->name, "integer") << "too small for a salary";
}

TEST(Provider, DocumentedOptionsAreThoseThatAreRead) {
  for (const Provider& provider : Providers()) {
    EXPECT_GT(std::string_view(provider.doc).size(), 4) << provider.name;
    EXPECT_EQ(FindProvider(provider.name)->name, provider.name);
  }
  EXPECT_THAT(ErrorOf(MakeColumn("x", kText, "{provider: ipv4, lenght: 3}")),
              HasSubstr("unknown key: lenght"));
}

}  // namespace
}  // namespace tamis
