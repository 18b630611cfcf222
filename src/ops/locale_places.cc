// Reads the places of a locale. See locale_build.h.
#include <map>

#include "ops/locale_build.h"

namespace tamis {
namespace {

constexpr uint64_t kStreetOffset = 40;
constexpr uint64_t kHouseNumberOffset = 25;
constexpr size_t kCityQuantiles = 8192;
constexpr size_t kStreetQuantiles = 4096;
constexpr size_t kHouseNumberQuantiles = 8192;

// Reads the lines of LocaleText::places.
class CityReader {
 public:
  explicit CityReader(int postal_digits) : postal_digits_(postal_digits) {}

  void Add(const std::string& line) {
    std::vector<std::string> cells = SplitWords(line, '|');
    if (line[0] == '#') {
      if (cells.size() < 2) RefuseLocaleText("not a region", line);
      regions_.push_back(cells[0].substr(1));
      region_codes_.push_back(cells[1]);
      region_phones_ = cells.size() > 2 ? AddPhones(cells[2]) : Range{};
      return;
    }
    if (cells.size() < 3) RefuseLocaleText("not a city", line);
    cities_.push_back(cells[0]);
    AddPostal(cells[1]);
    weights_.push_back(static_cast<uint64_t>(ParseLocaleNumber(cells[2])));
    region_.push_back(static_cast<int64_t>(regions_.size()) - 1);
    Range phones = cells.size() > 3 ? AddPhones(cells[3]) : region_phones_;
    if (phones.count == 0) RefuseLocaleText("no phones", line);
    phones_.Add(phones.first, phones.count);
  }

  void Finish(Locale& locale) {
    locale.cities = MakeWordList(std::move(cities_));
    locale.city_quantiles = MakeQuantiles(weights_, kCityQuantiles);
    locale.regions = MakeWordList(std::move(regions_));
    locale.region_codes = MakeWordList(std::move(region_codes_));
    locale.region_of_city = MakeValueTable(std::move(region_));
    locale.postal_of_city = postal_.Finish();
    locale.postal_digits = postal_digits_;
    if (!heads_.empty()) locale.postal_heads = MakeWordList(std::move(heads_));
    locale.phone_heads = MakeWordList(std::move(phone_heads_));
    locale.phones_of_city = phones_.Finish();
  }

 private:
  struct Range {
    size_t first = 0, count = 0;
  };

  // Cities that write the same patterns share one range.
  Range AddPhones(const std::string& patterns) {
    auto [known, added] = phone_ranges_.try_emplace(patterns);
    if (!added) return known->second;
    size_t first = phone_heads_.size();
    for (std::string& head : ExpandDigits(patterns)) phone_heads_.push_back(std::move(head));
    known->second = {first, phone_heads_.size() - first};
    return known->second;
  }

  void AddPostal(const std::string& ranges) {
    if (postal_digits_ == 0) return AddDistricts(ranges);
    size_t dash = ranges.find('-');
    int64_t first = ParseLocaleNumber(ranges.substr(0, dash));
    int64_t last = dash == std::string::npos ? first : ParseLocaleNumber(ranges.substr(dash + 1));
    if (last < first) RefuseLocaleText("not a range", ranges);
    postal_.Add(static_cast<size_t>(first), static_cast<size_t>(last - first + 1));
  }

  // M1-9 is M1 to M9; EC1A and 160-00 are themselves.
  void AddDistricts(const std::string& ranges) {
    size_t first = heads_.size();
    for (const std::string& range : SplitWords(ranges, ',')) {
      size_t digit = range.find_first_of("0123456789");
      size_t dash = range.find('-');
      if (dash == std::string::npos || digit == 0) {
        heads_.push_back(range);
        continue;
      }
      int64_t last = ParseLocaleNumber(range.substr(dash + 1));
      for (int64_t i = ParseLocaleNumber(range.substr(digit, dash - digit)); i <= last; ++i) {
        heads_.push_back(range.substr(0, digit) + std::to_string(i));
      }
    }
    if (heads_.size() == first) RefuseLocaleText("no districts", ranges);
    postal_.Add(first, heads_.size() - first);
  }

  int postal_digits_;
  std::vector<std::string> cities_, regions_, region_codes_, heads_, phone_heads_;
  std::vector<uint64_t> weights_;
  ValueTable region_;
  RangeCollector postal_, phones_;
  Range region_phones_;
  std::map<std::string, Range> phone_ranges_;
};

void AddUsPlaces(const LocaleText& text, Locale& locale) {
  const Places& places = UsPlaces();
  locale.cities = places.cities;
  locale.city_quantiles = places.city_quantiles;
  locale.region_codes = places.states;
  locale.region_of_city = places.state_of_city;
  locale.postal_of_city = {places.zip_first, places.zip_count};
  locale.postal_digits = text.postal_digits;
  // The lines of text.places are states alone, in the order of UsPlaces().states.
  std::vector<std::string> names, phones;
  std::vector<size_t> first;
  for (const std::string& line : LocaleLines(text.places)) {
    std::vector<std::string> cells = SplitWords(line, '|');
    names.push_back(cells[0].substr(1));
    first.push_back(phones.size());
    for (std::string& code : SplitWords(cells[2], ',')) phones.push_back(std::move(code));
  }
  first.push_back(phones.size());
  RangeCollector ranges;
  for (int64_t region : *places.state_of_city) {
    auto state = static_cast<size_t>(region);
    ranges.Add(first[state], first[state + 1] - first[state]);
  }
  locale.regions = MakeWordList(std::move(names));
  locale.phone_heads = MakeWordList(std::move(phones));
  locale.phones_of_city = ranges.Finish();
  locale.streets = StreetNames();
  locale.street_suffixes = StreetSuffixes();
}

void AddCities(const LocaleText& text, Locale& locale) {
  CityReader reader(text.postal_digits);
  for (const std::string& line : LocaleLines(text.places)) reader.Add(line);
  reader.Finish(locale);
  locale.streets =
      RankedWords(MakeWordList(LocaleLines(text.streets)), kStreetOffset, kStreetQuantiles);
}

std::shared_ptr<const WordList> PairsOf(std::string_view letters) {
  std::vector<std::string> pairs;
  for (char first : letters) {
    for (char second : letters) pairs.push_back({first, second});
  }
  return MakeWordList(std::move(pairs));
}

void AddAddressFormats(const LocaleText& text, Locale& locale) {
  locale.postal_pattern = text.postal_pattern;
  locale.house_number_max = text.house_number_max;
  if (locale.house_number_max > 0 && locale.street_suffixes.words == nullptr) {
    // Short streets are more than long ones.
    std::vector<uint64_t> weights = ZipfWeights(text.house_number_max, kHouseNumberOffset);
    weights.insert(weights.begin(), 0);  // there is no house 0
    locale.house_numbers = MakeQuantiles(weights, kHouseNumberQuantiles);
  }
  if (!text.postal_tails.empty()) locale.postal_tails = PairsOf(text.postal_tails);
  locale.mobile_heads = MakeWordList(ExpandDigits(text.mobile_heads));
  locale.postal_code = ParseFormat("postal_code", text.postal_code);
  locale.street = ParseFormat("street", text.street);
  locale.state = ParseFormat("state", text.state);
  locale.address =
      ParseFormat("address", text.address,
                  {{"street_line", &locale.street}, {"postal_code", &locale.postal_code}});
  locale.phone = ParseFormat("phone", text.phone);
  locale.mobile = ParseFormat("mobile", text.mobile);
}

}  // namespace

void AddPlaces(const LocaleText& text, Locale& locale) {
  // The places of the USA were here before there were locales, and stay as they are.
  if (text.streets.empty()) {
    AddUsPlaces(text, locale);
  } else {
    AddCities(text, locale);
  }
  AddAddressFormats(text, locale);
}

}  // namespace tamis
