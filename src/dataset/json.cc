// See json.h.
#include "dataset/json.h"

#include <charconv>
#include <optional>

namespace tamis {
namespace {

constexpr int kDepthMax = 32;

/// The length of the UTF-8 character at the front of `text` (RFC 3629); 0 if there is none.
size_t CharacterBytes(std::string_view text) {
  auto byte = [&](size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  auto continues = [&](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    bool overlong = first == 0xE0 && byte(1) < 0xA0;
    bool surrogate = first == 0xED && byte(1) > 0x9F;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    bool overlong = first == 0xF0 && byte(1) < 0x90;
    bool too_large = first == 0xF4 && byte(1) > 0x8F;
    return continues(1) && continues(2) && continues(3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

void AppendUtf8(uint32_t c, std::string* out) {
  auto put = [&](uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text) {}

  Result<Json> ParseWhole() {
    Json value;
    ARROW_RETURN_NOT_OK(ParseValue(0, &value));
    SkipSpace();
    if (at_ != text_.size()) return Unexpected();
    return value;
  }

 private:
  Status Unexpected() const {
    if (at_ >= text_.size()) return Status::Invalid("the text is cut off");
    return Status::Invalid("not as expected at byte ", at_);
  }

  void SkipSpace() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }

  bool Take(char c) {
    SkipSpace();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool TakeWord(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  Status ParseValue(int depth, Json* out) {
    SkipSpace();
    if (depth > kDepthMax || at_ >= text_.size()) return Unexpected();
    if (text_[at_] == '{') return ParseObject(depth, out);
    if (text_[at_] == '[') return ParseList(depth, out);
    if (text_[at_] == '"') {
      out->kind = Json::Kind::kText;
      return ParseText(&out->text);
    }
    if (TakeWord("null")) return Status::OK();
    if (TakeWord("true") || TakeWord("false")) {
      out->kind = Json::Kind::kBoolean;
      out->boolean = text_[at_ - 2] == 'u';  // tr-u-e
      return Status::OK();
    }
    return ParseNumber(out);
  }

  Status ParseNumber(Json* out) {
    const char* begin = text_.data() + at_;
    const char* text_end = text_.data() + text_.size();
    out->kind = Json::Kind::kInteger;
    std::from_chars_result read = std::from_chars(begin, text_end, out->integer);
    const char* end = read.ptr;
    if (read.ec == std::errc() && end < text_end && (*end == '.' || *end == 'e' || *end == 'E')) {
      // from_chars takes "1." too, which is no JSON.
      if (*end == '.' && (end + 1 == text_end || end[1] < '0' || end[1] > '9')) return Unexpected();
      out->kind = Json::Kind::kFraction;
      read = std::from_chars(begin, text_end, out->fraction);
    }
    if (read.ec != std::errc()) return Unexpected();
    at_ = static_cast<size_t>(read.ptr - text_.data());
    return Status::OK();
  }

  Status ParseObject(int depth, Json* out) {
    out->kind = Json::Kind::kObject;
    ++at_;
    if (Take('}')) return Status::OK();
    do {
      SkipSpace();
      auto& member = out->members.emplace_back();
      ARROW_RETURN_NOT_OK(ParseText(&member.first));
      if (!Take(':')) return Unexpected();
      ARROW_RETURN_NOT_OK(ParseValue(depth + 1, &member.second));
    } while (Take(','));
    return Take('}') ? Status::OK() : Unexpected();
  }

  Status ParseList(int depth, Json* out) {
    out->kind = Json::Kind::kList;
    ++at_;
    if (Take(']')) return Status::OK();
    do {
      ARROW_RETURN_NOT_OK(ParseValue(depth + 1, &out->items.emplace_back()));
    } while (Take(','));
    return Take(']') ? Status::OK() : Unexpected();
  }

  Status ParseText(std::string* out) {
    if (at_ >= text_.size() || text_[at_] != '"') return Unexpected();
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        ARROW_RETURN_NOT_OK(ParseEscape(out));
        continue;
      }
      size_t bytes = CharacterBytes(text_.substr(at_));
      if (bytes == 0 || static_cast<unsigned char>(text_[at_]) < 0x20) return Unexpected();
      out->append(text_.substr(at_, bytes));
      at_ += bytes;
    }
    if (at_ >= text_.size()) return Unexpected();
    ++at_;
    return Status::OK();
  }

  std::optional<uint32_t> TakeHex4() {
    uint32_t value = 0;
    if (at_ + 4 > text_.size()) return std::nullopt;
    const char* begin = text_.data() + at_;
    auto [end, error] = std::from_chars(begin, begin + 4, value, 16);
    if (error != std::errc() || end != begin + 4) return std::nullopt;
    at_ += 4;
    return value;
  }

  Status ParseEscape(std::string* out) {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
    if (at_ + 1 >= text_.size()) return Status::Invalid("the text is cut off");
    char name = text_[at_ + 1];
    size_t index = kNames.find(name);
    if (index != kNames.npos) {
      out->push_back(kValues[index]);
      at_ += 2;
      return Status::OK();
    }
    if (name != 'u') return Unexpected();
    at_ += 2;
    std::optional<uint32_t> unit = TakeHex4();
    if (!unit) return Unexpected();
    if (*unit >= 0xD800 && *unit <= 0xDBFF && TakeWord("\\u")) {
      std::optional<uint32_t> low = TakeHex4();
      if (!low || *low < 0xDC00 || *low > 0xDFFF) return Unexpected();
      AppendUtf8(0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00), out);
    } else if (*unit >= 0xDC80 && *unit <= 0xDCFF) {
      out->push_back(static_cast<char>(*unit - 0xDC00));
    } else if (*unit >= 0xD800 && *unit <= 0xDFFF) {
      return Unexpected();
    } else {
      AppendUtf8(*unit, out);
    }
    return Status::OK();
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

const Json* Json::Find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

Result<Json> ParseJson(std::string_view text) { return JsonParser(text).ParseWhole(); }

std::string QuoteJson(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  auto escape = [&](unsigned char c, const char* prefix) {
    out += prefix;
    out += kHex[c >> 4];
    out += kHex[c & 15];
  };
  while (!text.empty()) {
    unsigned char c = static_cast<unsigned char>(text[0]);
    size_t bytes = CharacterBytes(text);
    if (bytes == 0) {
      escape(c, "\\udc");
    } else if (c < 0x20 || c == 0x7F) {
      escape(c, "\\u00");
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += text[0];
    } else {
      out.append(text.substr(0, bytes));
    }
    text.remove_prefix(std::max<size_t>(bytes, 1));
  }
  return out + "\"";
}

}  // namespace tamis
