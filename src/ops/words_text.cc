// Words for sentences, and the lists' small machinery. See words.h.
#include <algorithm>
#include <cctype>

#include "ops/words.h"

namespace tamis {
namespace {

// Common English words.
constexpr std::string_view kWords =
    "a about above across action active after again air all almost alone along already "
    "also always among amount an and animal answer any appear apple are area around "
    "arrive article artist as ask at autumn away back bag balance ball bank base basket "
    "be beach bear beautiful because become before begin behind believe bell below "
    "beside best better between beyond big bird black blue board boat body book bottle "
    "bottom box boy branch bread break bridge bright bring broad brother brown build "
    "building business busy but butter button buy by call calm camera can candle capital "
    "car card care carry case castle cat catch cause center certain chair chance change "
    "chapter choose circle city class clean clear clock close cloth cloud coast coat "
    "coffee cold collect color common company complete copper copy corner cotton count "
    "country couple course cover create cross crowd culture cup current curtain custom "
    "damage dance dark daughter day decide deep degree desert design detail develop did "
    "different dinner direct distance divide do doctor dog door double doubt down draw "
    "dream dress drink drive drop dry during dust each ear early earth east easy eat "
    "edge effect effort egg eight either electric end engine enough equal even evening "
    "event every exact example except exchange exercise expect explain express eye face "
    "fact fair fall family famous far farm fast father favor few field fight figure fill "
    "final find fine finger finish fire first fish five flat floor flow flower fly "
    "follow food foot for force forest forget form forward four frame free fresh friend "
    "front fruit full future game garden gate gather general gentle get gift give glad "
    "glass go gold good grain grand grass gray great green ground group grow guess guide "
    "had hand happen happy harbor hard harvest has hat he head health hear heart heavy "
    "height help her here high hill him his history hold hole holiday home honest hope "
    "horse hospital hot hour house how human hundred hunt I ice idea if image important "
    "in inch include industry ink inside instead interest iron is island issue it its "
    "job join journey judge jump just keep key kind king kitchen knee knife know lake "
    "lamp land language large last late laugh law lead leaf learn least leather leave "
    "left leg length lesson let letter level library lift light line list listen little "
    "live local long look lot loud love low machine main make man many map march mark "
    "market master material matter meal mean measure meat meet member memory metal "
    "method middle might mile milk mill mind minute mirror mix model modern moment money "
    "month moon more morning mother motion mountain mouth move much music my name narrow "
    "nation nature near necessary neck need neighbor net never new news next night nine "
    "no noise none north nose not note nothing notice now number object ocean of offer "
    "office often oil old on once one only open opinion or orange order other our out "
    "over page pain paint pair paper parent park part party pass past path pattern pay "
    "peace pen pencil people perhaps person phone picture piece place plain plan plane "
    "plant plate play please plenty point poor popular position possible pound power "
    "present press pretty price print prize problem process produce promise proper "
    "protect proud prove public pull pupil push put quality quarter queen question quick "
    "quiet quite race radio rain raise reach read ready real reason receive record red "
    "region regular remain remember repeat reply report require rest result return rice "
    "rich ride right ring rise river road rock roof room root rope rose rough round row "
    "rule run safe sail salt same sand save say scale school science sea season seat "
    "second secret see seed seem select sell send sense sentence separate serious serve "
    "set seven several shade shape share sharp she sheet shelf shine ship shirt shoe "
    "shop shore short shoulder show side sign silence silver similar simple since sing "
    "single sister sit size skill skin sky sleep slow small smell smile smoke smooth "
    "snow so social soft soil soldier some son song soon sort sound soup south space "
    "speak special speed spend spoon spot spread spring square stage stamp stand star "
    "start state station stay steam steel step stick still stone stop store storm story "
    "straight strange stream street strong student study style subject success sudden "
    "sugar suggest summer sun supply support sure surface surprise sweet swim system "
    "table take talk tall taste tax tea teach team tell ten test than thank that the "
    "then there these thick thin thing think this though thought thousand thread three "
    "through throw thus ticket time tire to today together tomorrow tone tongue tonight "
    "too tool tooth top total touch toward town track trade train travel tree trip true "
    "trust truth turn twelve twenty two under understand uniform until up us use useful "
    "usual valley value various verb very view village visit voice wait walk wall want "
    "war warm was wash watch water wave way we weather week weight welcome well west "
    "wheel when where which while white who whole wide wife wild win wind window wine "
    "winter wire wish with without woman wonder wood word work world worry would write "
    "year yellow yesterday yet you young ";

}  // namespace

std::vector<std::string> SplitWords(std::string_view text, char separator) {
  std::vector<std::string> words;
  while (!text.empty()) {
    size_t end = std::min(text.find(separator), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

WeightedWords ZipfWords(std::string_view text, uint64_t offset, size_t quantiles) {
  auto words = std::make_shared<const WordList>(SplitWords(text, ' '));
  return {words, MakeQuantiles(ZipfWeights(words->size(), offset), quantiles)};
}

std::shared_ptr<const WordList> LowerCase(const WordList& list) {
  std::vector<std::string> words = list.words();
  for (std::string& word : words) {
    for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return std::make_shared<const WordList>(std::move(words));
}

const std::shared_ptr<const WordList>& CommonWords() {
  static const auto words = std::make_shared<const WordList>(SplitWords(kWords, ' '));
  return words;
}

const std::shared_ptr<const WordList>& CapitalWords() {
  static const auto words = [] {
    std::vector<std::string> list = CommonWords()->words();
    for (std::string& word : list) {
      word[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(word[0])));
    }
    return std::make_shared<const WordList>(std::move(list));
  }();
  return words;
}

}  // namespace tamis
