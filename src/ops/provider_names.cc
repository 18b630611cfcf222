// What the names of columns say. See provider.h.
#include <cctype>

#include "ops/provider.h"
#include "ops/words.h"

namespace tamis {
namespace {

std::string WithoutUnderscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

constexpr uint32_t kNumbers = kAnyNumber;
constexpr NamePreset kPresets[] = {
    // Truth values in other types.
    {kTextValue, "^is ^has ^can ^was active enabled deleted flag yn", 1,
     "{provider: choice, values: [Y, N], weights: [7, 3]}"},
    {kIntegerValue, "^is ^has ^can ^was active enabled deleted flag", 1,
     "{provider: choice, values: [1, 0], weights: [7, 3]}"},
    {kBooleanValue, "active enabled verified", 1,
     "{provider: choice, values: [true, false], weights: [9, 1]}"},
    {kBooleanValue, "deleted archived blocked banned", 1,
     "{provider: choice, values: [true, false], weights: [1, 19]}"},
    // Numbers of things and people.
    {kIntegerValue, "age", 99, "{provider: normal, mean: 42, deviation: 17, from: 0, to: 99}"},
    {kIntegerValue, "quantity qty units itemcount numitems", 100,
     "{provider: zipf, exponent: 1.6, from: 1, to: 100}"},
    {kNumbers, "salary wage income annualincome", 500000,
     "{provider: lognormal, median: 52000, sigma: 0.45, from: 12000, to: 500000}"},
    {kNumbers, "revenue turnover budget", 5e8,
     "{provider: lognormal, median: 900000, sigma: 1.5, from: 1000, to: 500000000}"},
    {kNumbers, "price unitprice listprice cost unitcost fee rrp msrp", 5000,
     "{provider: lognormal, median: 25, sigma: 1, from: 1, to: 5000}"},
    {kDecimalValue | kFloatValue,
     "amount total totalamount subtotal totalprice invoiceamount "
     "payment paid amountpaid spend grandtotal",
     9999, "{provider: lognormal, median: 60, sigma: 1.1, from: 0.01, to: 9999}"},
    {kNumbers, "balance accountbalance", 90000,
     "{provider: lognormal, median: 1500, sigma: 1.3, from: 0, to: 90000}"},
    {kIntegerValue, "percent percentage pct discountpercent discountpct", 100,
     "{provider: integer, from: 0, to: 100}"},
    {kDecimalValue | kFloatValue, "percent percentage pct discountpercent discountpct", 100,
     "{provider: number, from: 0, to: 100}"},
    {kDecimalValue | kFloatValue, "discount taxrate vatrate interestrate", 0.5,
     "{provider: number, from: 0, to: 0.3}"},
    {kIntegerValue, "rating stars", 5,
     "{provider: choice, values: [5, 4, 3, 2, 1], weights: [45, 28, 14, 6, 7]}"},
    {kDecimalValue | kFloatValue, "rating stars", 5, "{provider: number, from: 1, to: 5}"},
    {kIntegerValue, "year fiscalyear yr", 2025, "{provider: integer, from: 1990, to: 2025}"},
    {kIntegerValue, "birthyear yearofbirth", 2005, "{provider: integer, from: 1940, to: 2005}"},
    {kIntegerValue, "month fiscalmonth monthofyear", 12, "{provider: integer, from: 1, to: 12}"},
    {kIntegerValue, "quarter", 4, "{provider: integer, from: 1, to: 4}"},
    {kIntegerValue, "week weekofyear weekno", 52, "{provider: integer, from: 1, to: 52}"},
    {kIntegerValue, "dayofweek weekday dow", 7, "{provider: integer, from: 1, to: 7}"},
    {kIntegerValue, "day dayofmonth", 28, "{provider: integer, from: 1, to: 28}"},
    {kIntegerValue, "hour hourofday", 23, "{provider: integer, from: 0, to: 23}"},
    {kIntegerValue, "minute", 59, "{provider: integer, from: 0, to: 59}"},
    {kIntegerValue, "durationms latencyms responsetimems elapsedms", 600000,
     "{provider: lognormal, median: 180, sigma: 1.2, from: 1, to: 600000}"},
    {kNumbers, "duration durationseconds elapsed", 86400,
     "{provider: lognormal, median: 90, sigma: 1.2, from: 1, to: 86400}"},
    {kIntegerValue, "httpstatus statuscode httpstatuscode", 503,
     "{provider: choice, values: [200, 301, 302, 304, 400, 401, 403, 404, 500, 503], "
     "weights: [800, 20, 30, 50, 15, 10, 10, 45, 15, 5]}"},
    {kIntegerValue, "port portnumber", 65535, "{provider: integer, from: 1024, to: 65535}"},
    {kIntegerValue, "bytes filesize sizebytes contentlength", 2000000000,
     "{provider: lognormal, median: 20000, sigma: 2, from: 0, to: 2000000000}"},
    {kNumbers, "heightcm bodyheight", 220,
     "{provider: normal, mean: 171, deviation: 9, from: 120, to: 220}"},
    {kNumbers, "weightkg bodyweight", 200,
     "{provider: normal, mean: 76, deviation: 14, from: 35, to: 200}"},
    {kNumbers, "weight grossweight netweight", 900,
     "{provider: lognormal, median: 2, sigma: 1.2, from: 1, to: 900}"},
    {kNumbers, "temperature temperaturec tempc celsius", 50,
     "{provider: normal, mean: 15, deviation: 8, from: -30, to: 50}"},
    {kNumbers, "humidity", 100, "{provider: normal, mean: 60, deviation: 18, from: 0, to: 100}"},
    // Texts.
    {kTextValue, "weekday dayname dayofweek", 9,
     "{provider: choice, values: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, "
     "Sunday]}"},
    {kTextValue, "monthname", 9,
     "{provider: choice, values: [January, February, March, April, May, June, July, August, "
     "September, October, November, December]}"},
    {kTextValue, "status orderstatus accountstatus", 9,
     "{provider: choice, values: [active, pending, closed, suspended], weights: [70, 15, 10, "
     "5]}"},
    {kTextValue, "priority severity", 8,
     "{provider: choice, values: [low, medium, high, critical], weights: [40, 35, 20, 5]}"},
    {kTextValue, "loglevel", 5,
     "{provider: choice, values: [DEBUG, INFO, WARN, ERROR], weights: [20, 70, 7, 3]}"},
    {kTextValue, "httpmethod requestmethod", 6,
     "{provider: choice, values: [GET, POST, PUT, DELETE, PATCH, HEAD], weights: [75, 15, 4, 2, "
     "2, 2]}"},
    {kTextValue, "paymentmethod paymenttype", 13,
     "{provider: choice, values: [credit card, debit card, bank transfer, PayPal, cash], "
     "weights: [40, 25, 15, 15, 5]}"},
    {kTextValue, "maritalstatus", 8,
     "{provider: choice, values: [single, married, divorced, widowed], weights: [35, 48, 12, "
     "5]}"},
    {kTextValue, "bloodtype bloodgroup", 3,
     "{provider: choice, values: [O+, A+, B+, AB+, O-, A-, B-, AB-], weights: [38, 34, 9, 3, 7, "
     "6, 2, 1]}"},
    {kTextValue, "shirtsize clothingsize", 2,
     "{provider: choice, values: [XS, S, M, L, XL], weights: [8, 22, 32, 26, 12]}"},
    {kTextValue, "channel marketingchannel saleschannel", 6,
     "{provider: choice, values: [web, store, mobile, phone], weights: [45, 30, 20, 5]}"},
    {kTextValue, "device devicetype", 7,
     "{provider: choice, values: [mobile, desktop, tablet], weights: [58, 36, 6]}"},
    {kTextValue, "browser", 7,
     "{provider: choice, values: [Chrome, Safari, Edge, Firefox, Opera], weights: [65, 18, 6, 3, "
     "2]}"},
    {kTextValue, "operatingsystem osname =os", 7,
     "{provider: choice, values: [Windows, Android, iOS, macOS, Linux], weights: [29, 40, 17, 9, "
     "5]}"},
    {kTextValue, "timezone tz zoneinfo", 19,
     "{provider: choice, values: [UTC, Europe/Berlin, Europe/London, America/New_York, "
     "America/Chicago, America/Los_Angeles, America/Sao_Paulo, Asia/Tokyo, Asia/Kolkata, "
     "Australia/Sydney]}"},
    // Times in texts.
    {kTextValue,
     "createdat updatedat modifiedat deletedat timestamp datetime createdon "
     "updatedon lastlogin lastseen ts",
     19, "{provider: timestamp}"},
    {kTextValue, "date day startdate enddate orderdate", 10, "{provider: date}"},
    {kDateValue, "hiredate startdate joindate joinedon", 0,
     "{provider: date, from: 2005-01-01, to: 2025-12-31, spread: recent}"},
};

}  // namespace

std::string SnakeCase(std::string_view name) {
  std::string snake;
  for (size_t i = 0; i < name.size(); ++i) {
    auto c = static_cast<unsigned char>(name[i]);
    bool hump = i > 0 && std::isupper(c) && std::islower(static_cast<unsigned char>(name[i - 1]));
    if (hump) snake += '_';
    snake += std::isalnum(c) ? static_cast<char>(std::tolower(c)) : '_';
  }
  return snake;
}

NameMatch MatchName(std::string_view column_names, const std::string& snake) {
  size_t bare_size = snake.find_last_not_of("0123456789_") + 1;
  std::vector<std::string> aliases = SplitWords(column_names, ' ');
  for (size_t start = 0; start < snake.size();) {
    std::string tail = WithoutUnderscores(std::string_view(snake).substr(start));
    // phone_2 is a phone, but not the one that `phone` is.
    std::string bare =
        start < bare_size
            ? WithoutUnderscores(std::string_view(snake).substr(start, bare_size - start))
            : tail;
    for (std::string_view alias : aliases) {
      char mark = alias[0];
      if (mark == '=' || mark == '!' || mark == '^') alias.remove_prefix(1);
      std::string plain = WithoutUnderscores(alias);
      bool begins = mark == '^' && start == 0 && snake.starts_with(plain + "_");
      bool numbered = mark != '^' && plain != tail && plain == bare;
      bool same = mark != '^' && (plain == tail || numbered);
      if (mark == '!' && same) return {-1, "", true};
      if (!begins && !(same && (mark != '=' || start == 0))) continue;
      NameMatch match{static_cast<int64_t>(start), snake.substr(0, start), false};
      size_t about = alias.find('_');
      if (about != std::string_view::npos) match.prefix += alias.substr(0, about);
      std::string number = numbered ? WithoutUnderscores(snake.substr(bare_size)) : "";
      if (!number.empty() && number != "1") match.prefix += number;
      while (match.prefix.ends_with('_')) match.prefix.pop_back();
      return match;
    }
    size_t next = snake.find('_', start);
    if (next == std::string::npos) break;
    start = next + 1;
  }
  return {};
}

std::span<const NamePreset> NamePresets() { return kPresets; }

}  // namespace tamis
