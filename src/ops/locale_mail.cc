// Names in ASCII, as e-mail addresses and user names have them. See locale.h.
#include <array>
#include <utility>

#include "ops/locale.h"

namespace tamis {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr Pair kGermanLetters[] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"},
                                   {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}};

constexpr Pair kLatinLetters[] = {
    {"á", "a"},  {"à", "a"},  {"â", "a"},  {"ã", "a"}, {"ä", "a"}, {"å", "a"}, {"é", "e"},
    {"è", "e"},  {"ê", "e"},  {"ë", "e"},  {"í", "i"}, {"ì", "i"}, {"î", "i"}, {"ï", "i"},
    {"ó", "o"},  {"ò", "o"},  {"ô", "o"},  {"õ", "o"}, {"ö", "o"}, {"ø", "o"}, {"ú", "u"},
    {"ù", "u"},  {"û", "u"},  {"ü", "u"},  {"ý", "y"}, {"ÿ", "y"}, {"ñ", "n"}, {"ç", "c"},
    {"ß", "ss"}, {"æ", "ae"}, {"œ", "oe"}, {"ł", "l"}, {"ś", "s"}, {"š", "s"}, {"ž", "z"},
    {"ć", "c"},  {"č", "c"},  {"ń", "n"},  {"ę", "e"}, {"ą", "a"}, {"ğ", "g"}, {"ş", "s"},
    {"ı", "i"},  {"Á", "a"},  {"À", "a"},  {"Â", "a"}, {"Ã", "a"}, {"Ä", "a"}, {"Å", "a"},
    {"É", "e"},  {"È", "e"},  {"Ê", "e"},  {"Ë", "e"}, {"Í", "i"}, {"Ì", "i"}, {"Î", "i"},
    {"Ï", "i"},  {"Ó", "o"},  {"Ò", "o"},  {"Ô", "o"}, {"Õ", "o"}, {"Ö", "o"}, {"Ø", "o"},
    {"Ú", "u"},  {"Ù", "u"},  {"Û", "u"},  {"Ü", "u"}, {"Ý", "y"}, {"Ñ", "n"}, {"Ç", "c"},
    {"Æ", "ae"}, {"Œ", "oe"}, {"Ł", "l"},  {"Ş", "s"}, {"Ğ", "g"}, {"İ", "i"}, {"Ś", "s"},
    {"Š", "s"},  {"Ž", "z"},  {"Č", "c"}};

// Two kana first: キョ is kyo, not kiyo.
constexpr Pair kKana[] = {
    {"キャ", "kya"}, {"キュ", "kyu"}, {"キョ", "kyo"}, {"シャ", "sha"}, {"シュ", "shu"},
    {"ショ", "sho"}, {"シェ", "she"}, {"チャ", "cha"}, {"チュ", "chu"}, {"チョ", "cho"},
    {"チェ", "che"}, {"ニャ", "nya"}, {"ニュ", "nyu"}, {"ニョ", "nyo"}, {"ヒャ", "hya"},
    {"ヒュ", "hyu"}, {"ヒョ", "hyo"}, {"ミャ", "mya"}, {"ミュ", "myu"}, {"ミョ", "myo"},
    {"リャ", "rya"}, {"リュ", "ryu"}, {"リョ", "ryo"}, {"ギャ", "gya"}, {"ギュ", "gyu"},
    {"ギョ", "gyo"}, {"ジャ", "ja"},  {"ジュ", "ju"},  {"ジョ", "jo"},  {"ジェ", "je"},
    {"ビャ", "bya"}, {"ビュ", "byu"}, {"ビョ", "byo"}, {"ピャ", "pya"}, {"ピュ", "pyu"},
    {"ピョ", "pyo"}, {"ア", "a"},     {"イ", "i"},     {"ウ", "u"},     {"エ", "e"},
    {"オ", "o"},     {"カ", "ka"},    {"キ", "ki"},    {"ク", "ku"},    {"ケ", "ke"},
    {"コ", "ko"},    {"サ", "sa"},    {"シ", "shi"},   {"ス", "su"},    {"セ", "se"},
    {"ソ", "so"},    {"タ", "ta"},    {"チ", "chi"},   {"ツ", "tsu"},   {"テ", "te"},
    {"ト", "to"},    {"ナ", "na"},    {"ニ", "ni"},    {"ヌ", "nu"},    {"ネ", "ne"},
    {"ノ", "no"},    {"ハ", "ha"},    {"ヒ", "hi"},    {"フ", "fu"},    {"ヘ", "he"},
    {"ホ", "ho"},    {"マ", "ma"},    {"ミ", "mi"},    {"ム", "mu"},    {"メ", "me"},
    {"モ", "mo"},    {"ヤ", "ya"},    {"ユ", "yu"},    {"ヨ", "yo"},    {"ラ", "ra"},
    {"リ", "ri"},    {"ル", "ru"},    {"レ", "re"},    {"ロ", "ro"},    {"ワ", "wa"},
    {"ヲ", "o"},     {"ン", "n"},     {"ガ", "ga"},    {"ギ", "gi"},    {"グ", "gu"},
    {"ゲ", "ge"},    {"ゴ", "go"},    {"ザ", "za"},    {"ジ", "ji"},    {"ズ", "zu"},
    {"ゼ", "ze"},    {"ゾ", "zo"},    {"ダ", "da"},    {"ヂ", "ji"},    {"ヅ", "zu"},
    {"デ", "de"},    {"ド", "do"},    {"バ", "ba"},    {"ビ", "bi"},    {"ブ", "bu"},
    {"ベ", "be"},    {"ボ", "bo"},    {"パ", "pa"},    {"ピ", "pi"},    {"プ", "pu"},
    {"ペ", "pe"},    {"ポ", "po"},    {"ー", ""}};

constexpr std::string_view kSmallTsu = "ッ";

// The first pair whose key `text` begins with, or nullptr.
template <size_t n>
const Pair* Begins(const Pair (&pairs)[n], std::string_view text) {
  for (const Pair& pair : pairs) {
    if (text.starts_with(pair.first)) return &pair;
  }
  return nullptr;
}

bool IsMailByte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

// Whether `vowel` only makes the o or u before it long.
bool Lengthens(const std::string& romaji, std::string_view vowel) {
  char last = romaji.empty() ? 0 : romaji.back();
  return (vowel == "u" && (last == 'u' || last == 'o')) || (vowel == "o" && last == 'o');
}

}  // namespace

std::string MailText(std::string_view text, Folding folding) {
  std::string mail;
  while (!text.empty()) {
    const Pair* pair = folding == Folding::kGerman ? Begins(kGermanLetters, text) : nullptr;
    if (pair == nullptr) pair = Begins(kLatinLetters, text);
    if (pair != nullptr) {
      mail += pair->second;
      text.remove_prefix(pair->first.size());
      continue;
    }
    char c = text[0];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (IsMailByte(c)) mail += c;
    text.remove_prefix(1);
  }
  return mail;
}

std::string RomajiText(std::string_view katakana) {
  std::string romaji;
  bool doubled = false;
  bool apart = true;  // the next vowel starts a syllable of its own
  while (!katakana.empty()) {
    if (katakana[0] == '.') {
      apart = true;
      katakana.remove_prefix(1);
      continue;
    }
    if (katakana.starts_with(kSmallTsu)) {
      doubled = true;
      katakana.remove_prefix(kSmallTsu.size());
      continue;
    }
    const Pair* pair = Begins(kKana, katakana);
    if (pair == nullptr) {
      katakana.remove_prefix(1);
      continue;
    }
    std::string_view sound = pair->second;
    if (doubled && !sound.empty()) romaji += sound.starts_with("ch") ? 't' : sound[0];
    if (apart || !Lengthens(romaji, sound)) romaji += sound;
    doubled = apart = false;
    katakana.remove_prefix(pair->first.size());
  }
  return romaji;
}

}  // namespace tamis
