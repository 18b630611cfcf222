// See words_codes.h.
#include "ops/words_codes.h"

#include <cstdlib>
#include <utility>
#include <vector>

namespace tamis {
namespace {

// Codes, inhabitants in 100,000, name.
constexpr std::string_view kCountries =
    "IN IND 14300 India|CN CHN 14100 China|US USA 3350 United States|ID IDN 2780 Indonesia|"
    "PK PAK 2410 Pakistan|NG NGA 2240 Nigeria|BR BRA 2160 Brazil|BD BGD 1730 Bangladesh|"
    "RU RUS 1440 Russia|ET ETH 1270 Ethiopia|MX MEX 1290 Mexico|JP JPN 1240 Japan|"
    "PH PHL 1170 Philippines|EG EGY 1130 Egypt|CD COD 1020 DR Congo|VN VNM 990 Vietnam|"
    "IR IRN 890 Iran|TR TUR 860 Turkey|DE DEU 840 Germany|TH THA 720 Thailand|"
    "TZ TZA 680 Tanzania|GB GBR 680 United Kingdom|FR FRA 680 France|ZA ZAF 610 South Africa|"
    "IT ITA 590 Italy|KE KEN 560 Kenya|MM MMR 540 Myanmar|CO COL 520 Colombia|"
    "KR KOR 520 South Korea|SD SDN 490 Sudan|UG UGA 490 Uganda|ES ESP 480 Spain|"
    "DZ DZA 460 Algeria|IQ IRQ 460 Iraq|AR ARG 460 Argentina|AF AFG 420 Afghanistan|"
    "YE YEM 400 Yemen|CA CAN 400 Canada|PL POL 380 Poland|MA MAR 380 Morocco|"
    "AO AGO 370 Angola|UA UKR 370 Ukraine|UZ UZB 360 Uzbekistan|MY MYS 340 Malaysia|"
    "MZ MOZ 340 Mozambique|GH GHA 340 Ghana|PE PER 340 Peru|SA SAU 330 Saudi Arabia|"
    "MG MDG 300 Madagascar|CI CIV 310 Ivory Coast|NP NPL 300 Nepal|CM CMR 290 Cameroon|"
    "VE VEN 280 Venezuela|NE NER 270 Niger|AU AUS 270 Australia|KP PRK 260 North Korea|"
    "SY SYR 240 Syria|ML MLI 240 Mali|BF BFA 230 Burkina Faso|LK LKA 220 Sri Lanka|"
    "MW MWI 210 Malawi|ZM ZMB 210 Zambia|KZ KAZ 200 Kazakhstan|CL CHL 200 Chile|"
    "TD TCD 190 Chad|RO ROU 190 Romania|SO SOM 180 Somalia|SN SEN 180 Senegal|"
    "GT GTM 180 Guatemala|NL NLD 180 Netherlands|EC ECU 180 Ecuador|KH KHM 170 Cambodia|"
    "ZW ZWE 160 Zimbabwe|GN GIN 140 Guinea|RW RWA 140 Rwanda|BJ BEN 140 Benin|"
    "BI BDI 130 Burundi|TN TUN 120 Tunisia|BO BOL 120 Bolivia|HT HTI 120 Haiti|"
    "BE BEL 120 Belgium|JO JOR 110 Jordan|DO DOM 110 Dominican Republic|CU CUB 110 Cuba|"
    "SS SSD 110 South Sudan|SE SWE 106 Sweden|HN HND 106 Honduras|CZ CZE 105 Czechia|"
    "AZ AZE 104 Azerbaijan|GR GRC 103 Greece|PG PNG 103 Papua New Guinea|PT PRT 102 Portugal|"
    "HU HUN 101 Hungary|TJ TJK 101 Tajikistan|BY BLR 95 Belarus|AE ARE 95 United Arab Emirates|"
    "IL ISR 92 Israel|TG TGO 90 Togo|AT AUT 90 Austria|CH CHE 88 Switzerland|"
    "SL SLE 87 Sierra Leone|LA LAO 76 Laos|HK HKG 75 Hong Kong|RS SRB 71 Serbia|"
    "NI NIC 70 Nicaragua|LY LBY 69 Libya|PY PRY 68 Paraguay|KG KGZ 67 Kyrgyzstan|"
    "BG BGR 67 Bulgaria|TM TKM 65 Turkmenistan|SV SLV 63 El Salvador|CG COG 61 Congo|"
    "SG SGP 60 Singapore|DK DNK 59 Denmark|SK SVK 58 Slovakia|CF CAF 57 Central African Republic|"
    "FI FIN 55 Finland|NO NOR 55 Norway|LR LBR 54 Liberia|PS PSE 53 Palestine|"
    "LB LBN 53 Lebanon|NZ NZL 52 New Zealand|CR CRI 52 Costa Rica|IE IRL 51 Ireland|"
    "MR MRT 49 Mauritania|OM OMN 46 Oman|PA PAN 44 Panama|KW KWT 43 Kuwait|HR HRV 40 Croatia|"
    "ER ERI 37 Eritrea|GE GEO 37 Georgia|MN MNG 34 Mongolia|MD MDA 34 Moldova|"
    "UY URY 34 Uruguay|BA BIH 32 Bosnia and Herzegovina|AL ALB 28 Albania|JM JAM 28 Jamaica|"
    "AM ARM 28 Armenia|GM GMB 27 Gambia|LT LTU 27 Lithuania|QA QAT 27 Qatar|"
    "BW BWA 26 Botswana|NA NAM 26 Namibia|GA GAB 24 Gabon|LS LSO 23 Lesotho|"
    "GW GNB 21 Guinea-Bissau|SI SVN 21 Slovenia|MK MKD 21 North Macedonia|LV LVA 18 Latvia|"
    "GQ GNQ 17 Equatorial Guinea|TT TTO 15 Trinidad and Tobago|BH BHR 15 Bahrain|"
    "TL TLS 14 Timor-Leste|EE EST 13 Estonia|MU MUS 13 Mauritius|CY CYP 13 Cyprus|"
    "SZ SWZ 12 Eswatini|DJ DJI 11 Djibouti|FJ FJI 9 Fiji|KM COM 9 Comoros|GY GUY 8 Guyana|"
    "BT BTN 8 Bhutan|SB SLB 7 Solomon Islands|MO MAC 7 Macao|LU LUX 7 Luxembourg|"
    "ME MNE 6 Montenegro|SR SUR 6 Suriname|CV CPV 6 Cabo Verde|MV MDV 5 Maldives|MT MLT 5 Malta|"
    "BN BRN 5 Brunei|BZ BLZ 4 Belize|BS BHS 4 Bahamas|IS ISL 4 Iceland|VU VUT 3 Vanuatu|"
    "BB BRB 3 Barbados";

constexpr std::string_view kCurrencies =
    "USD EUR JPY GBP CNY AUD CAD CHF HKD SGD SEK KRW NOK NZD INR MXN TWD ZAR BRL DKK PLN THB ILS "
    "IDR CZK AED TRY HUF CLP SAR PHP MYR COP RUB RON PEN BHD BGN ARS EGP NGN VND PKR KES UAH MAD "
    "KZT QAR KWD";

// Code, tag, speakers in millions, name.
constexpr std::string_view kLanguages =
    "en en_US 1500 English|zh zh_CN 1140 Chinese|hi hi_IN 610 Hindi|es es_ES 560 Spanish|"
    "fr fr_FR 310 French|ar ar_EG 270 Arabic|bn bn_BD 270 Bengali|pt pt_BR 260 Portuguese|"
    "ru ru_RU 255 Russian|ur ur_PK 232 Urdu|id id_ID 199 Indonesian|de de_DE 134 German|"
    "ja ja_JP 123 Japanese|mr mr_IN 99 Marathi|te te_IN 96 Telugu|tr tr_TR 90 Turkish|"
    "ta ta_IN 87 Tamil|vi vi_VN 86 Vietnamese|ko ko_KR 82 Korean|it it_IT 68 Italian|"
    "th th_TH 61 Thai|pl pl_PL 45 Polish|uk uk_UA 39 Ukrainian|nl nl_NL 25 Dutch|"
    "ro ro_RO 25 Romanian|el el_GR 13 Greek|sv sv_SE 13 Swedish|cs cs_CZ 12 Czech|"
    "hu hu_HU 12 Hungarian|he he_IL 9 Hebrew|da da_DK 6 Danish|fi fi_FI 6 Finnish|"
    "nb nb_NO 5 Norwegian";

constexpr std::string_view kColours =
    "black white grey silver red blue green yellow orange purple pink brown beige gold navy "
    "turquoise teal maroon olive lime violet indigo crimson coral salmon khaki lavender magenta "
    "cyan ivory charcoal burgundy";

constexpr std::string_view kQualities =
    "Classic|Slim|Compact|Deluxe|Ergonomic|Portable|Premium|Basic|Smart|Folding|Wireless|Light|"
    "Heavy Duty|Vintage|Modern|Small|Large|Soft|Robust|Organic|Recycled|Everyday|Professional|"
    "Travel";

// `#category`, then its things.
constexpr std::string_view kProducts =
    "#Electronics|Headphones|Keyboard|Mouse|Monitor|Charger|Speaker|Camera|Tablet|Power Bank|"
    "Webcam|"
    "#Home|Desk Lamp|Chair|Table|Bookshelf|Rug|Curtain|Pillow|Blanket|Mirror|Clock|"
    "#Kitchen|Kettle|Toaster|Frying Pan|Knife Set|Cutting Board|Mug|Lunch Box|Blender|Teapot|"
    "Water Bottle|"
    "#Clothing|T-Shirt|Jacket|Jeans|Socks|Sweater|Scarf|Cap|Gloves|Dress|Belt|"
    "#Sports|Yoga Mat|Dumbbell|Football|Tennis Racket|Backpack|Tent|Sleeping Bag|Bicycle Helmet|"
    "Running Shoes|Skipping Rope|"
    "#Office|Notebook|Pen Set|Stapler|Folder|Desk Organizer|Calculator|Whiteboard|Printer Paper|"
    "Calendar|Envelope Pack|"
    "#Toys|Puzzle|Board Game|Building Blocks|Teddy Bear|Toy Train|Kite|Doll|Card Game|"
    "#Garden|Watering Can|Garden Hose|Flower Pot|Shovel|Bird Feeder|Garden Chair|Lawn Rake|"
    "#Beauty|Hair Dryer|Shampoo|Hand Cream|Toothbrush|Perfume|Soap|Hair Brush|"
    "#Tools|Drill|Hammer|Screwdriver Set|Tape Measure|Wrench|Ladder|Toolbox|Flashlight";

uint64_t Number(const std::string& text) { return std::strtoull(text.c_str(), nullptr, 10); }

std::shared_ptr<const WordList> Words(std::vector<std::string> words) {
  return std::make_shared<const WordList>(std::move(words));
}

// Lines of two words, a weight and a name.
struct WeightedLines {
  std::vector<std::string> first, second, names;
  std::vector<uint64_t> weights;

  explicit WeightedLines(std::string_view text) {
    for (const std::string& line : SplitWords(text, '|')) {
      size_t one = line.find(' '), two = line.find(' ', one + 1), three = line.find(' ', two + 1);
      first.push_back(line.substr(0, one));
      second.push_back(line.substr(one + 1, two - one - 1));
      weights.push_back(Number(line.substr(two + 1, three - two - 1)));
      names.push_back(line.substr(three + 1));
    }
  }
};

}  // namespace

const CountryWords& Countries() {
  static const CountryWords countries = [] {
    WeightedLines lines(kCountries);
    return CountryWords{Words(lines.names), Words(lines.first), Words(lines.second),
                        MakeQuantiles(lines.weights, 16384)};
  }();
  return countries;
}

const WeightedWords& Currencies() {
  static const WeightedWords currencies = ZipfWords(kCurrencies, 1, 4096);
  return currencies;
}

const LanguageWords& Languages() {
  static const LanguageWords languages = [] {
    WeightedLines lines(kLanguages);
    return LanguageWords{Words(lines.names), Words(lines.first), Words(lines.second),
                         MakeQuantiles(lines.weights, 4096)};
  }();
  return languages;
}

const std::shared_ptr<const WordList>& Colours() {
  static const auto colours = Words(SplitWords(kColours, ' '));
  return colours;
}

const ProductWords& Products() {
  static const ProductWords products = [] {
    std::vector<std::string> things, categories;
    ValueTable category_of_thing;
    for (const std::string& line : SplitWords(kProducts, '|')) {
      if (line[0] == '#') {
        categories.push_back(line.substr(1));
        continue;
      }
      things.push_back(line);
      category_of_thing.push_back(static_cast<int64_t>(categories.size()) - 1);
    }
    return ProductWords{Words(SplitWords(kQualities, '|')), Words(std::move(things)),
                        Words(std::move(categories)),
                        std::make_shared<const ValueTable>(std::move(category_of_thing))};
  }();
  return products;
}

}  // namespace tamis
