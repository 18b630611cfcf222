// Texts of a regular expression (RE2 syntax): parses it, counts its texts, and
// makes one from a number. Does not match: RE2 does.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ops/row_function.h"

namespace tamis {

/// A piece of a parsed pattern.
struct PatternNode {
  enum class Kind : uint8_t {
    kChars,   // one of `chars`
    kConcat,  // children, one after the other
    kChoice,  // one of the children
    kRepeat,  // the only child, `least` to `most` times
    kStart,   // ^ or \A: nothing may stand before it
    kEnd,     // $ or \z: nothing may stand behind it
  };
  static constexpr int64_t kUnbounded = -1;

  Kind kind = Kind::kConcat;
  std::vector<char32_t> chars;  // sorted, each once
  std::vector<PatternNode> children;
  int64_t least = 0;
  int64_t most = 0;     // kUnbounded: no end
  size_t position = 0;  // in the pattern's text, for messages
};

/// Parses a pattern: literals, `.`, classes, \d \w \s and the like, [:alpha:],
/// groups, flags (?i) and (?s), alternation, repetition (greedy or not),
/// \Q..\E, \x41, anchors at its ends. A negated class and `.` stand for letters
/// and digits if they take any, else for other printable ASCII. UsageError,
/// with the offset in the pattern, for what is malformed and for what no text
/// can be made of: word boundaries, back references, properties of Unicode.
Result<PatternNode> ParsePattern(std::string_view pattern);

/// Makes texts of a pattern. `second` is not used.
class PatternText : public TextFunction {
 public:
  /// Numbers below this stand for texts of their own.
  static constexpr uint64_t kCountMax = uint64_t{1} << 62;

  /// Draws: the number is 64 random bits; each alternative, each number of
  /// repetitions and each character of a class is as likely as the others.
  static std::shared_ptr<const PatternText> Draws(const PatternNode& root);
  /// Counts: numbers from 0 to count() - 1 give different texts if the pattern
  /// is unambiguous.
  static std::shared_ptr<const PatternText> Counts(const PatternNode& root);

  /// Texts of the pattern, at most kCountMax.
  uint64_t count() const { return root_.count; }
  char* Write(int64_t value, int64_t second, char* out) const override;

 private:
  struct Element {
    PatternNode::Kind kind = PatternNode::Kind::kConcat;
    std::vector<std::string> chars;  // in UTF-8
    std::vector<Element> children;
    int64_t least = 0;
    int64_t most = 0;
    uint64_t count = 1;
  };
  class Stream;

  PatternText(const PatternNode& root, bool counts);
  void Compile(const PatternNode& node, Element* element);
  static char* WriteDrawn(const Element& element, Stream& stream, char* out);
  static char* WriteCounted(const Element& element, uint64_t number, uint64_t range, Stream& stream,
                            char* out);

  Element root_;
  bool counts_ = false;
};

/// Gives each repetition of a parsed pattern its end, so that texts have
/// `length_min` to `length_max` code points if there is a way. False if there
/// is none.
bool LimitPattern(PatternNode* root, int64_t repeat_max, int64_t length_min, int64_t length_max);

/// Whether each text of the pattern can be made in one way only; patterns that
/// are too large to say (more than 256 places for characters, unless their
/// texts have one length) count as ambiguous.
bool IsUnambiguous(const PatternNode& root);

}  // namespace tamis
