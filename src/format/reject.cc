// Names and sentences of the rules. Does not decide.
#include "format/reject.h"

#include <string_view>

namespace tamis {
namespace {

/// The value as messages show it: quoted, control bytes escaped, cut after 80 bytes (never inside a
/// UTF-8 sequence).
std::string Shown(std::string_view value) {
  constexpr size_t kShownBytesMax = 80;
  constexpr char kHex[] = "0123456789abcdef";
  size_t size = value.size();
  if (size > kShownBytesMax) {
    size = kShownBytesMax;
    while (size > kShownBytesMax - 3 && (static_cast<uint8_t>(value[size]) & 0xC0) == 0x80) --size;
  }
  std::string shown = "\"";
  for (char c : value.substr(0, size)) {
    const uint8_t byte = static_cast<uint8_t>(c);
    if (c == '\n') {
      shown += "\\n";
    } else if (c == '\r') {
      shown += "\\r";
    } else if (c == '\t') {
      shown += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      shown += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      shown += c;
    }
  }
  return shown + (size < value.size() ? "...\"" : "\"");
}

std::string TypeMessage(const Reason& reason) {
  const std::string_view type = reason.detail;
  const std::string value = Shown(reason.value);
  if (type.empty()) return "not a value of the column's type: " + value;
  const bool vowel = std::string_view("aeiou").find(type.front()) != std::string_view::npos;
  return (vowel ? "not an " : "not a ") + reason.detail + ": " + value;
}

std::string CountMessage(const Reason& reason) {
  const size_t of = reason.detail.find(" of ");
  if (of == std::string::npos) return "wrong number of fields";
  return "wrong number of fields: " + reason.detail.substr(0, of) + " instead of " +
         reason.detail.substr(of + 4);
}

}  // namespace

const char* RuleName(Rule rule) {
  switch (rule) {
    case Rule::kType:
      return "type";
    case Rule::kOverflow:
      return "overflow";
    case Rule::kRequired:
      return "required";
    case Rule::kNotANumber:
      return "nan";
    case Rule::kMinimum:
      return "minimum";
    case Rule::kMaximum:
      return "maximum";
    case Rule::kMultipleOf:
      return "multiple_of";
    case Rule::kMinLength:
      return "min_length";
    case Rule::kMaxLength:
      return "max_length";
    case Rule::kPattern:
      return "pattern";
    case Rule::kFormat:
      return "format";
    case Rule::kEnum:
      return "enum";
    case Rule::kUnique:
      return "unique";
    case Rule::kPrimaryKey:
      return "primary_key";
    case Rule::kForeignKey:
      return "foreign_key";
    case Rule::kRow:
      return "row";
    case Rule::kColumnCount:
      return "column_count";
    case Rule::kQuote:
      return "quote";
    case Rule::kEncoding:
      return "encoding";
    case Rule::kNul:
      return "nul";
    case Rule::kTooLong:
      return "too_long";
  }
  return "unknown";
}

std::string ReasonMessage(const Reason& reason) {
  const std::string& detail = reason.detail;
  switch (reason.rule) {
    case Rule::kType:
      return TypeMessage(reason);
    case Rule::kOverflow:
      return "outside the range of " + (detail.empty() ? "the type" : detail) + ": " +
             Shown(reason.value);
    case Rule::kRequired:
      return "missing, but required";
    case Rule::kNotANumber:
      return "NaN, but a number is required";
    case Rule::kMinimum:
      return "below the minimum of " + detail + ": " + reason.value;
    case Rule::kMaximum:
      return "above the maximum of " + detail + ": " + reason.value;
    case Rule::kMultipleOf:
      return "not a multiple of " + detail + ": " + reason.value;
    case Rule::kMinLength:
      return "shorter than " + detail + " characters: " + Shown(reason.value);
    case Rule::kMaxLength:
      return "longer than " + detail + " characters: " + Shown(reason.value);
    case Rule::kPattern:
      return "does not match " + detail + ": " + Shown(reason.value);
    case Rule::kFormat:
      return "not of format " + detail + ": " + Shown(reason.value);
    case Rule::kEnum:
      return "not one of the allowed values: " + Shown(reason.value);
    case Rule::kUnique:
      return "occurs more than once: " + Shown(reason.value);
    case Rule::kPrimaryKey:
      return "the primary key occurs more than once: " + Shown(reason.value);
    case Rule::kForeignKey:
      return "not found in " + detail + ": " + Shown(reason.value);
    case Rule::kRow:
      return "breaks the rule " + detail;
    case Rule::kColumnCount:
      return CountMessage(reason);
    case Rule::kQuote:
      return "broken quote" + (detail.empty() ? detail : ": " + detail);
    case Rule::kEncoding:
      return "not valid UTF-8";
    case Rule::kNul:
      return "holds a NUL byte";
    case Rule::kTooLong:
      return "the record is longer than the limit";
  }
  return RuleName(reason.rule);
}

}  // namespace tamis
