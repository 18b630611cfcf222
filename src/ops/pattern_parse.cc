// Regular expressions as trees. See pattern.h.
#include <algorithm>
#include <iterator>
#include <optional>

#include "ops/pattern.h"

namespace tamis {
namespace {

using Chars = std::vector<char32_t>;
using Kind = PatternNode::Kind;

constexpr int64_t kRepeatMax = 1000;  // as RE2
constexpr int kDepthMax = 100;
constexpr char32_t kLastChar = 0x10FFFF;

struct CharRange {
  char32_t first = 0;
  char32_t last = 0;
};
using CharRanges = std::vector<CharRange>;

const CharRanges kDigits = {{'0', '9'}};
const CharRanges kWordChars = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
const CharRanges kSpaces = {{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}};

struct NamedClass {
  std::string_view name;
  CharRanges ranges;
};
const NamedClass kNamedClasses[] = {
    {"alnum", {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}}},
    {"alpha", {{'A', 'Z'}, {'a', 'z'}}},
    {"ascii", {{0, 127}}},
    {"blank", {{'\t', '\t'}, {' ', ' '}}},
    {"cntrl", {{0, 31}, {127, 127}}},
    {"digit", {{'0', '9'}}},
    {"graph", {{'!', '~'}}},
    {"lower", {{'a', 'z'}}},
    {"print", {{' ', '~'}}},
    {"punct", {{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}}},
    {"space", {{'\t', '\r'}, {' ', ' '}}},
    {"upper", {{'A', 'Z'}}},
    {"word", kWordChars},
    {"xdigit", {{'0', '9'}, {'A', 'F'}, {'a', 'f'}}},
};

bool Contains(const CharRanges& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](CharRange range) { return range.first <= c && c <= range.last; });
}

// What the ranges don't have.
CharRanges Complement(CharRanges ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](CharRange a, CharRange b) { return a.first < b.first; });
  CharRanges rest;
  char32_t next = 0;
  for (CharRange range : ranges) {
    if (range.first > next) rest.push_back({next, range.first - 1});
    next = std::max<char32_t>(next, range.last + 1);
  }
  if (next <= kLastChar) rest.push_back({next, kLastChar});
  return rest;
}

// The characters of a class that a text is made with: all of a small one; of a
// large one those that people type.
Chars Usable(const CharRanges& ranges) {
  constexpr char32_t kManyMax = 512;
  char32_t many = 0;
  for (CharRange range : ranges) many += std::min<char32_t>(range.last - range.first + 1, kManyMax);
  Chars chars;
  auto take = [&](char32_t first, char32_t last) {
    for (char32_t c = first; c <= last; ++c) {
      if (Contains(ranges, c)) chars.push_back(c);
    }
  };
  if (many < kManyMax) {
    for (CharRange range : ranges) {
      for (char32_t c = range.first; c <= range.last; ++c) chars.push_back(c);
    }
    std::sort(chars.begin(), chars.end());
    chars.erase(std::unique(chars.begin(), chars.end()), chars.end());
    // Without those that tear lines, if there are others.
    Chars visible;
    std::copy_if(chars.begin(), chars.end(), std::back_inserter(visible),
                 [](char32_t c) { return c >= ' ' && c != 127; });
    return visible.empty() ? chars : visible;
  }
  take('0', '9');
  take('A', 'Z');
  take('a', 'z');
  if (chars.empty()) take(' ', '~');
  if (chars.empty()) take(0xA1, 0x24F);
  return chars;
}

class Parser {
 public:
  explicit Parser(std::string_view pattern) : text_(pattern) {}

  Result<PatternNode> Parse() {
    ARROW_ASSIGN_OR_RAISE(PatternNode root, ParseChoice());
    if (at_ < text_.size()) return Error("there is a ) without a (");
    ARROW_RETURN_NOT_OK(CheckAnchors(root, true, true));
    return root;
  }

 private:
  bool Ended() const { return at_ >= text_.size(); }
  bool Sees(std::string_view text) const { return text_.substr(at_).starts_with(text); }
  bool Take(std::string_view text) {
    if (!Sees(text)) return false;
    at_ += text.size();
    return true;
  }

  Status Error(const std::string& message) const { return ErrorAt(at_, message); }
  Status ErrorAt(size_t position, const std::string& message) const {
    return UsageError("pattern " + std::string(text_) + ": " + message + " at character " +
                      std::to_string(position + 1));
  }

  PatternNode Make(Kind kind) const {
    PatternNode node;
    node.kind = kind;
    node.position = at_;
    return node;
  }

  Result<PatternNode> ParseChoice() {
    if (++depth_ > kDepthMax) return Error("groups are nested too deeply");
    PatternNode choice = Make(Kind::kChoice);
    do {
      ARROW_ASSIGN_OR_RAISE(PatternNode branch, ParseConcat());
      choice.children.push_back(std::move(branch));
    } while (Take("|"));
    --depth_;
    if (choice.children.size() > 1) return choice;
    PatternNode only = std::move(choice.children[0]);
    return only;
  }

  Result<PatternNode> ParseConcat() {
    PatternNode concat = Make(Kind::kConcat);
    while (!Ended() && !Sees("|") && !Sees(")")) {
      ARROW_ASSIGN_OR_RAISE(PatternNode atom, ParseAtom());
      ARROW_RETURN_NOT_OK(ParseRepeats(&atom));
      concat.children.push_back(std::move(atom));
    }
    return concat;
  }

  Result<PatternNode> ParseAtom() {
    PatternNode node = Make(Kind::kChars);
    if (Take("(?")) return ParseSpecialGroup();
    if (Take("(")) return FinishGroup();
    if (Take("[")) {
      ARROW_ASSIGN_OR_RAISE(CharRanges ranges, ParseClass());
      return OneOf(std::move(node), ranges);
    }
    if (Take("^")) return Make(Kind::kStart);
    if (Take("$")) return Make(Kind::kEnd);
    if (Take(".")) return OneOf(std::move(node), Complement({{'\n', '\n'}}));
    if (Sees("*") || Sees("+") || Sees("?")) return Error("there is nothing to repeat");
    if (Take("\\Q")) return ParseQuoted();
    if (Take("\\")) return ParseEscape();
    ARROW_ASSIGN_OR_RAISE(char32_t c, ParseChar());
    node.chars = {c};
    return node;
  }

  Result<PatternNode> OneOf(PatternNode node, const CharRanges& ranges) const {
    node.chars = Usable(ranges);
    if (node.chars.empty()) return ErrorAt(node.position, "no character fits");
    return node;
  }

  Result<PatternNode> FinishGroup() {
    ARROW_ASSIGN_OR_RAISE(PatternNode node, ParseChoice());
    if (!Take(")")) return Error("a ) is missing");
    return node;
  }

  // Behind `(?`: a name, flags, or a group that isn't captured.
  Result<PatternNode> ParseSpecialGroup() {
    if (Take("P<") || Take("<")) {
      size_t end = text_.find('>', at_);
      if (end == std::string_view::npos) return Error("a > is missing");
      at_ = end + 1;
      return FinishGroup();
    }
    // i matters to negated classes only: what is written fits in any case. m,
    // s: no text has lines. U: which repetition is greedy does not matter here.
    constexpr std::string_view kFlags = "imsU-";
    for (bool on = true; !Ended() && kFlags.find(text_[at_]) != std::string_view::npos; ++at_) {
      on &= text_[at_] != '-';
      any_case_ |= on && text_[at_] == 'i';
    }
    if (Take(":")) return FinishGroup();
    if (Take(")")) return Make(Kind::kConcat);
    return Error("no text can be made for this kind of group");
  }

  Result<PatternNode> ParseQuoted() {
    PatternNode concat = Make(Kind::kConcat);
    while (!Ended() && !Take("\\E")) {
      PatternNode node = Make(Kind::kChars);
      ARROW_ASSIGN_OR_RAISE(char32_t c, ParseChar());
      node.chars = {c};
      concat.children.push_back(std::move(node));
    }
    return concat;
  }

  // Behind a backslash, outside a class.
  Result<PatternNode> ParseEscape() {
    if (Take("A")) return Make(Kind::kStart);
    if (Take("z")) return Make(Kind::kEnd);
    PatternNode node = Make(Kind::kChars);
    if (std::optional<CharRanges> ranges = TakeClassEscape()) {
      return OneOf(std::move(node), *ranges);
    }
    ARROW_ASSIGN_OR_RAISE(char32_t c, ParseEscapedChar());
    node.chars = {c};
    return node;
  }

  // d, w, s and their opposites.
  std::optional<CharRanges> TakeClassEscape() {
    if (Take("d")) return kDigits;
    if (Take("w")) return kWordChars;
    if (Take("s")) return kSpaces;
    if (Take("D")) return Complement(kDigits);
    if (Take("W")) return Complement(kWordChars);
    if (Take("S")) return Complement(kSpaces);
    return std::nullopt;
  }

  Result<char32_t> ParseEscapedChar() {
    if (Ended()) return Error("a character is missing behind \\");
    constexpr std::string_view kLetters = "tnrfva", kControls = "\t\n\r\f\v\a";
    size_t control = kLetters.find(text_[at_]);
    if (control != std::string_view::npos) {
      ++at_;
      return static_cast<char32_t>(kControls[control]);
    }
    if (Take("x")) return ParseHex();
    bool word = Contains(kWordChars, static_cast<unsigned char>(text_[at_]));
    if (word) return Error("no text can be made for \\" + std::string(1, text_[at_]));
    return ParseChar();
  }

  // Behind `\x`: two digits, or any in braces.
  Result<char32_t> ParseHex() {
    size_t digits = 2;
    bool braces = Take("{");
    if (braces) {
      size_t end = text_.find('}', at_);
      if (end == std::string_view::npos) return Error("a } is missing");
      digits = end - at_;
    }
    std::string_view text = text_.substr(at_, digits);
    char32_t c = 0;
    for (char digit : text) {
      size_t value = std::string_view("0123456789abcdef").find(static_cast<char>(digit | 0x20));
      if (value == std::string_view::npos || c > kLastChar)
        return Error("not a hexadecimal number");
      c = c * 16 + static_cast<char32_t>(value);
    }
    if (text.size() < digits || text.empty() || c > kLastChar) return Error("not a character");
    at_ += digits + (braces ? 1 : 0);
    return c;
  }

  // One character of UTF-8.
  Result<char32_t> ParseChar() {
    auto first = static_cast<unsigned char>(text_[at_]);
    size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (first >= 0x80 && (first < 0xC0 || at_ + size > text_.size())) return Error("not UTF-8");
    char32_t c = size == 1 ? first : first & (0xFF >> (size + 1));
    for (size_t i = 1; i < size; ++i) {
      c = c << 6 | (static_cast<unsigned char>(text_[at_ + i]) & 0x3F);
    }
    at_ += size;
    return c;
  }

  // Behind `[`.
  Result<CharRanges> ParseClass() {
    bool negated = Take("^");
    CharRanges ranges;
    for (bool first = true; first || !Take("]"); first = false) {
      if (Ended()) return Error("a ] is missing");
      if (Take("[:")) {
        ARROW_RETURN_NOT_OK(ParseNamedClass(&ranges));
        continue;
      }
      bool escaped = Take("\\");
      if (escaped) {
        if (std::optional<CharRanges> more = TakeClassEscape()) {
          ranges.insert(ranges.end(), more->begin(), more->end());
          continue;
        }
      }
      ARROW_ASSIGN_OR_RAISE(char32_t from, escaped ? ParseEscapedChar() : ParseChar());
      char32_t to = from;
      bool range = Sees("-") && !Sees("-]");
      if (range) {
        ++at_;
        if (Ended()) return Error("a ] is missing");
        ARROW_ASSIGN_OR_RAISE(to, Take("\\") ? ParseEscapedChar() : ParseChar());
      }
      if (to < from) return Error("a range of characters ends before it begins");
      ranges.push_back({from, to});
    }
    if (!negated) return ranges;
    for (char32_t c = 'a'; any_case_ && c <= 'z'; ++c) {
      char32_t capital = c - 'a' + 'A';
      if (Contains(ranges, c) != Contains(ranges, capital)) {
        ranges.push_back({c, c});
        ranges.push_back({capital, capital});
      }
    }
    return Complement(std::move(ranges));
  }

  // Behind `[:`.
  Status ParseNamedClass(CharRanges* ranges) {
    bool negated = Take("^");
    for (const NamedClass& named : kNamedClasses) {
      if (!Take(std::string(named.name) + ":]")) continue;
      CharRanges more = negated ? Complement(named.ranges) : named.ranges;
      ranges->insert(ranges->end(), more.begin(), more.end());
      return Status::OK();
    }
    return Error("unknown class");
  }

  Status ParseRepeats(PatternNode* atom) {
    while (!Ended()) {
      int64_t least = 0, most = PatternNode::kUnbounded;
      if (Take("+")) {
        least = 1;
      } else if (Take("?")) {
        most = 1;
      } else if (!Take("*")) {
        ARROW_ASSIGN_OR_RAISE(bool counted, ParseCounts(&least, &most));
        if (!counted) return Status::OK();
      }
      Take("?");  // not greedy: the same texts
      PatternNode repeat = Make(Kind::kRepeat);
      repeat.least = least;
      repeat.most = most;
      repeat.children.push_back(std::move(*atom));
      *atom = std::move(repeat);
    }
    return Status::OK();
  }

  // {2}, {2,} or {2,5}; a brace that begins none is a character.
  Result<bool> ParseCounts(int64_t* least, int64_t* most) {
    if (!Sees("{")) return false;
    size_t start = at_++;
    std::optional<int64_t> from = TakeCount();
    bool comma = from && Take(",");
    std::optional<int64_t> to = comma ? TakeCount() : from;
    if (!from || !Take("}")) {
      at_ = start;
      return false;
    }
    *least = *from;
    *most = to.value_or(PatternNode::kUnbounded);
    if (*least > kRepeatMax || *most > kRepeatMax) {
      return ErrorAt(start, "repetitions go to 1000");
    }
    if (to && *to < *from) return ErrorAt(start, "a repetition ends before it begins");
    return true;
  }

  std::optional<int64_t> TakeCount() {
    size_t start = at_;
    int64_t count = 0;
    for (; !Ended() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      count = std::min<int64_t>(count * 10 + (text_[at_] - '0'), kRepeatMax + 1);
    }
    return at_ > start ? std::optional(count) : std::nullopt;
  }

  static bool IsNothing(const PatternNode& node) {
    if (node.kind == Kind::kStart || node.kind == Kind::kEnd) return true;
    return node.kind == Kind::kConcat &&
           std::all_of(node.children.begin(), node.children.end(), IsNothing);
  }

  // A text is all of a match: an anchor must stand at its end.
  Status CheckAnchors(const PatternNode& node, bool at_start, bool at_end) const {
    if (node.kind == Kind::kStart && !at_start) {
      return ErrorAt(node.position - 1, "no text can be made with an anchor inside it");
    }
    if (node.kind == Kind::kEnd && !at_end) {
      return ErrorAt(node.position - 1, "no text can be made with an anchor inside it");
    }
    size_t count = node.children.size();
    std::vector<bool> ends(count, at_end);
    bool concat = node.kind == Kind::kConcat;
    for (size_t i = count; concat && i-- > 1;) {
      ends[i - 1] = ends[i] && IsNothing(node.children[i]);
    }
    bool once = node.kind != Kind::kRepeat || node.most == 1;
    for (size_t i = 0; i < count; ++i) {
      ARROW_RETURN_NOT_OK(CheckAnchors(node.children[i], at_start && once, ends[i] && once));
      if (concat) at_start = at_start && IsNothing(node.children[i]);
    }
    return Status::OK();
  }

  std::string_view text_;
  size_t at_ = 0;
  int depth_ = 0;
  bool any_case_ = false;  // since some (?i): at least where it holds
};

}  // namespace

Result<PatternNode> ParsePattern(std::string_view pattern) { return Parser(pattern).Parse(); }

}  // namespace tamis
