// The grammar of RFC 8259. See json_cursor.h.
#include "text/json_cursor.h"

#include <emmintrin.h>

#include <algorithm>
#include <bit>
#include <bitset>
#include <charconv>
#include <cstring>

namespace tamis {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// One bit for each of 16 bytes: a quote, a backslash or a control character.
uint32_t SpecialBytes(const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i escape = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  return static_cast<uint32_t>(
      _mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, escape))));
}

/// The first special byte, or somewhere at or behind `end`.
const char* FindSpecial(const char* at, const char* end) {
  for (; at < end; at += 16) {
    const uint32_t special = SpecialBytes(at);
    if (special) return at + std::countr_zero(special);
  }
  return end;
}

/// The value of four hexadecimal digits, or -1.
int32_t HexValue(const char* at) {
  int32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const char low = static_cast<char>(c | 0x20);
    if (IsDigit(c)) {
      value = value * 16 + (c - '0');
    } else if (low >= 'a' && low <= 'f') {
      value = value * 16 + (low - 'a' + 10);
    } else {
      return -1;
    }
  }
  return value;
}

void AppendUtf8(uint32_t point, std::string* out) {
  const auto put = [&](uint32_t byte) { *out += static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else {
    if (point < 0x10000) {
      put(0xE0 | point >> 12);
    } else {
      put(0xF0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3F));
    }
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

/// The character after a backslash; 0 for u.
char PlainEscape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
      return '\0';
    default:
      return c;
  }
}

/// Writes the escape of `c`.
char* PutEscape(char c, char* out) {
  constexpr char kHex[] = "0123456789abcdef";
  const char* const from = "\b\f\n\r\t\"\\";
  const char* const found = c ? std::strchr(from, c) : nullptr;
  *out++ = '\\';
  if (found) {
    *out++ = "bfnrt\"\\"[found - from];
    return out;
  }
  std::memcpy(out, "u00", 3);
  out[3] = kHex[static_cast<uint8_t>(c) >> 4];
  out[4] = kHex[static_cast<uint8_t>(c) & 15];
  return out + 5;
}

bool IsSpecial(char c) { return static_cast<uint8_t>(c) < 0x20 || c == '"' || c == '\\'; }

}  // namespace

const char* JsonFaultText(JsonFault fault) {
  switch (fault) {
    case JsonFault::kNone:
      return "";
    case JsonFault::kEndsEarly:
      return "it ends early";
    case JsonFault::kExpectedValue:
      return "expected a value";
    case JsonFault::kExpectedName:
      return "expected a name in quotes";
    case JsonFault::kExpectedColon:
      return "expected a colon";
    case JsonFault::kExpectedComma:
      return "expected a comma or the closing bracket";
    case JsonFault::kBadNumber:
      return "not a number of JSON";
    case JsonFault::kBadEscape:
      return "an escape that JSON doesn't have";
    case JsonFault::kControl:
      return "a control character in a text";
    case JsonFault::kTooDeep:
      return "too many levels";
    case JsonFault::kTextAfter:
      return "something follows the value";
  }
  return "";
}

JsonKind JsonCursor::Kind() {
  SkipSpace();
  if (at_ == end_) return JsonKind::kNone;
  switch (*at_) {
    case '{':
      return JsonKind::kObject;
    case '[':
      return JsonKind::kArray;
    case '"':
      return JsonKind::kText;
    case 't':
      return JsonKind::kTrue;
    case 'f':
      return JsonKind::kFalse;
    case 'n':
      return JsonKind::kNull;
    default:
      return *at_ == '-' || IsDigit(*at_) ? JsonKind::kNumber : JsonKind::kNone;
  }
}

bool JsonCursor::ReadText(JsonTextToken* text) {
  const char* const begin = ++at_;
  text->has_escapes = false;
  while (true) {
    const char* found = FindSpecial(at_, end_);
    if (found >= end_) {
      at_ = end_;
      return Fail(JsonFault::kEndsEarly);
    }
    at_ = found;
    if (*at_ == '"') break;
    if (*at_ != '\\') return Fail(JsonFault::kControl);
    text->has_escapes = true;
    if (!ReadEscape()) return false;
  }
  text->body = {begin, static_cast<size_t>(at_ - begin)};
  ++at_;
  return true;
}

bool JsonCursor::ReadEscape() {
  const auto left = static_cast<size_t>(end_ - at_);
  if (left < 2 || (at_[1] == 'u' && left < 6)) {
    at_ = end_;
    return Fail(JsonFault::kEndsEarly);
  }
  if (at_[1] == 'u') {
    if (HexValue(at_ + 2) < 0) return Fail(JsonFault::kBadEscape);
    at_ += 6;
    return true;
  }
  if (!at_[1] || !std::strchr("\"\\/bfnrt", at_[1])) return Fail(JsonFault::kBadEscape);
  at_ += 2;
  return true;
}

bool JsonCursor::ReadNumber(std::string_view* token) {
  const char* const begin = at_;
  const auto digits = [this] {
    const char* const first = at_;
    while (at_ != end_ && IsDigit(*at_)) ++at_;
    return at_ != first;
  };
  if (*at_ == '-') ++at_;
  if (at_ != end_ && *at_ == '0') {
    ++at_;
    if (at_ != end_ && IsDigit(*at_)) return Fail(JsonFault::kBadNumber);
  } else if (!digits()) {
    return Fail(JsonFault::kBadNumber);
  }
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    if (!digits()) return Fail(JsonFault::kBadNumber);
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    if (!digits()) return Fail(JsonFault::kBadNumber);
  }
  *token = {begin, static_cast<size_t>(at_ - begin)};
  return true;
}

bool JsonCursor::ReadWord(std::string_view word) {
  if (TakeBytes(word)) return true;
  // At the end of the text it may be the beginning of the word.
  const auto left = static_cast<size_t>(end_ - at_);
  if (left < word.size() && word.starts_with(std::string_view(at_, left))) at_ = end_;
  return Fail(JsonFault::kExpectedValue);
}

bool JsonCursor::SkipScalar(JsonKind kind) {
  JsonTextToken text;
  std::string_view number;
  switch (kind) {
    case JsonKind::kText:
      return ReadText(&text);
    case JsonKind::kNumber:
      return ReadNumber(&number);
    case JsonKind::kTrue:
      return ReadWord("true");
    case JsonKind::kFalse:
      return ReadWord("false");
    case JsonKind::kNull:
      return ReadWord("null");
    default:
      return Fail(JsonFault::kExpectedValue);
  }
}

bool JsonCursor::SkipValue() {
  std::bitset<kJsonDepthMax> is_object;  // of each open level
  int open = 0;
  while (true) {
    const JsonKind kind = Kind();
    bool closed = true;
    if (kind == JsonKind::kObject || kind == JsonKind::kArray) {
      if (open >= kJsonDepthMax) return Fail(JsonFault::kTooDeep);
      is_object[static_cast<size_t>(open++)] = kind == JsonKind::kObject;
      ++at_;
      closed = Take(kind == JsonKind::kObject ? '}' : ']');
      open -= closed;
    } else if (!SkipScalar(kind)) {
      return false;
    }
    // After a whole value: close levels until one goes on.
    while (closed && open > 0 && !Take(',')) {
      if (!Take(is_object[static_cast<size_t>(open - 1)] ? '}' : ']')) {
        return Fail(JsonFault::kExpectedComma);
      }
      --open;
    }
    if (open == 0) return true;
    if (!is_object[static_cast<size_t>(open - 1)]) continue;
    JsonTextToken name;
    if (Kind() != JsonKind::kText) return Fail(JsonFault::kExpectedName);
    if (!ReadText(&name)) return false;
    if (!Take(':')) return Fail(JsonFault::kExpectedColon);
  }
}

bool JsonCursor::ReadEnd() {
  SkipSpace();
  return at_ == end_ || Fail(JsonFault::kTextAfter);
}

bool UnescapeJson(std::string_view body, std::string* text) {
  text->clear();
  size_t at = 0;
  while (at < body.size()) {
    const size_t escape = std::min(body.find('\\', at), body.size());
    text->append(body, at, escape - at);
    at = escape;
    if (at == body.size()) break;
    if (body[at + 1] != 'u') {
      *text += PlainEscape(body[at + 1]);
      at += 2;
      continue;
    }
    auto point = static_cast<uint32_t>(HexValue(body.data() + at + 2));
    at += 6;
    if (point >= 0xD800 && point < 0xE000) {
      const bool pair = point < 0xDC00 && body.size() - at >= 6 && body.substr(at, 2) == "\\u";
      const auto low = pair ? static_cast<uint32_t>(HexValue(body.data() + at + 2)) : 0;
      if (low < 0xDC00 || low > 0xDFFF) return false;
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    }
    AppendUtf8(point, text);
  }
  return true;
}

char* PutJsonText(std::string_view text, char* out) {
  *out++ = '"';
  out = PutJsonBody(text, out);
  *out++ = '"';
  return out;
}

char* PutJsonBody(std::string_view text, char* out) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (end - at >= 16) {
    const uint32_t special = SpecialBytes(at);
    std::memcpy(out, at, 16);
    if (!special) {
      at += 16;
      out += 16;
      continue;
    }
    const int clean = std::countr_zero(special);
    at += clean;
    out = PutEscape(*at++, out + clean);
  }
  for (; at != end; ++at) {
    if (IsSpecial(*at)) {
      out = PutEscape(*at, out);
    } else {
      *out++ = *at;
    }
  }
  return out;
}

bool ExpandJsonNumber(std::string_view token, size_t digits_max, std::string* plain) {
  plain->clear();
  const bool negative = token.starts_with('-');
  token.remove_prefix(negative);
  const size_t mark = std::min(token.find_first_of("eE"), token.size());
  int64_t exponent = 0;
  if (mark < token.size()) {
    const char* from = token.data() + mark + 1;
    from += *from == '+';
    const auto parsed = std::from_chars(from, token.data() + token.size(), exponent);
    // An exponent beyond 64 bits: the value is 0, or nothing that any type holds.
    if (parsed.ec != std::errc()) exponent = *from == '-' ? INT32_MIN : INT32_MAX;
  }
  const size_t point = std::min(token.find('.'), mark);
  std::string digits(token.substr(0, point));
  if (point < mark) digits += token.substr(point + 1, mark - point - 1);
  int64_t whole = static_cast<int64_t>(point) + exponent;  // digits before the point
  const size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  const size_t last = digits.find_last_not_of('0');
  if (first == digits.size()) {
    *plain = "0";
    return true;
  }
  digits = digits.substr(first, last - first + 1);
  whole -= static_cast<int64_t>(first);
  const auto size = static_cast<int64_t>(digits.size());
  const auto limit = static_cast<int64_t>(digits_max);
  if (std::max(whole, size) - std::min<int64_t>(whole, 0) > limit) return false;
  if (negative) *plain += '-';
  if (whole <= 0) {
    *plain += "0." + std::string(static_cast<size_t>(-whole), '0') + digits;
  } else if (whole >= size) {
    *plain += digits + std::string(static_cast<size_t>(whole - size), '0');
  } else {
    *plain += digits.substr(0, static_cast<size_t>(whole)) + "." +
              digits.substr(static_cast<size_t>(whole));
  }
  return true;
}

}  // namespace tamis
