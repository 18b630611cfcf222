// Walks JSON text (RFC 8259) and checks it strictly, token by token. Does not type values and does
// not build a tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tamis {

/// Bytes behind the text that must be readable (their values mean nothing).
inline constexpr size_t kJsonPadding = 16;

/// Levels of objects and arrays that may lie inside each other.
inline constexpr int kJsonDepthMax = 256;

/// Why a text is no JSON.
enum class JsonFault : uint8_t {
  kNone,
  kEndsEarly,
  kExpectedValue,
  kExpectedName,
  kExpectedColon,
  kExpectedComma,
  kBadNumber,
  kBadEscape,
  kControl,  // a control character in a text that isn't written as an escape
  kTooDeep,
  kTextAfter,  // something follows the value
};

/// A sentence for people: `expected a comma`, `a control character in a text`.
const char* JsonFaultText(JsonFault fault);

/// What a value is, by its first byte.
enum class JsonKind : uint8_t { kObject, kArray, kText, kNumber, kTrue, kFalse, kNull, kNone };

/// A text as it stands between its quotes.
struct JsonTextToken {
  std::string_view body;
  bool has_escapes = false;
};

/// A place in a text of which all before was valid. Every reading function returns false at a
/// fault, which then stays; `at` is where it was found.
///
/// PERF NOTES: texts are searched 16 bytes at a time for what ends them or needs a closer look
/// (SSE2, which every x86-64 has); all else is a byte at a time, since tokens are short.
class JsonCursor {
 public:
  /// kJsonPadding bytes behind `text` must be readable.
  explicit JsonCursor(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  const char* at() const { return at_; }
  bool at_end() const { return at_ == end_; }
  JsonFault fault() const { return fault_; }

  void SkipSpace() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n')) ++at_;
  }
  /// Skips white space; whether the byte there is `c`, which is then passed.
  bool Take(char c) {
    SkipSpace();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  /// Passes `bytes` if the text goes on with them.
  bool TakeBytes(std::string_view bytes) {
    if (static_cast<size_t>(end_ - at_) < bytes.size()) return false;
    if (std::string_view(at_, bytes.size()) != bytes) return false;
    at_ += bytes.size();
    return true;
  }
  /// Skips white space; what stands there. kNone is no value (no fault yet).
  JsonKind Kind();

  /// Reads the text whose quote stands at the place. Escapes are checked, not replaced.
  bool ReadText(JsonTextToken* text);
  /// Reads the number at the place; `token` is all of it.
  bool ReadNumber(std::string_view* token);
  /// Reads `true`, `false` or `null`.
  bool ReadWord(std::string_view word);
  /// Passes a value of any kind and all in it.
  bool SkipValue();
  /// At the end of the text, after white space.
  bool ReadEnd();

  /// Sets the fault, or kEndsEarly if the text is at its end. False.
  bool Fail(JsonFault fault) {
    fault_ = at_ == end_ ? JsonFault::kEndsEarly : fault;
    return false;
  }

 private:
  bool ReadEscape();
  bool SkipScalar(JsonKind kind);

  const char* at_;
  const char* end_;
  JsonFault fault_ = JsonFault::kNone;
};

/// The text that `body` (checked by ReadText) stands for, as UTF-8. False if it has half of a
/// surrogate pair, which is no character.
bool UnescapeJson(std::string_view body, std::string* text);

/// Bytes that PutJsonText may write for a text of `size` bytes.
inline size_t JsonTextBytesMax(size_t size) { return 6 * size + 2 + kJsonPadding; }

/// Writes `text` with its quotes at `out`, which has JsonTextBytesMax bytes; returns its end. `"`,
/// `\` and control characters become escapes, all else stays as it is. Reads only the text.
char* PutJsonText(std::string_view text, char* out);

/// The same without the quotes.
char* PutJsonBody(std::string_view text, char* out);

/// The digits of a JSON number without its exponent: `1.5e3` is 1500, `12e-1` is 1.2; zeros at the
/// end of a fraction are left out. False if that takes more than `digits_max` digits.
bool ExpandJsonNumber(std::string_view token, size_t digits_max, std::string* plain);

}  // namespace tamis
