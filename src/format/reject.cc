// Names and sentences of the rules. Does not decide.
#include "format/reject.h"

#include <cstdlib>
#include <string_view>

#include "base/printable.h"

namespace tamis {
namespace {

/// The value as messages show it: quoted, control characters escaped, cut after 80 bytes (never
/// inside a UTF-8 sequence).
std::string Shown(std::string_view value) {
  constexpr size_t kShownBytesMax = 80;
  size_t size = value.size();
  if (size > kShownBytesMax) {
    size = kShownBytesMax;
    while (size > kShownBytesMax - 3 && (static_cast<uint8_t>(value[size]) & 0xC0) == 0x80) --size;
  }
  return "\"" + Printable(value.substr(0, size)) + (size < value.size() ? "...\"" : "\"");
}

/// A bound as checks give it: `exclusive 4` is one that the value itself must not be.
std::string BoundMessage(const Reason& reason, std::string_view inclusive,
                         std::string_view exclusive) {
  constexpr std::string_view kExclusive = "exclusive ";
  const bool is_exclusive = reason.detail.starts_with(kExclusive);
  return is_exclusive ? std::string(exclusive) + reason.detail.substr(kExclusive.size()) + ": " +
                            Printable(reason.value)
                      : std::string(inclusive) + reason.detail + ": " + Printable(reason.value);
}

/// A number that is too large, or whose digits after the point the decimal(p,s) doesn't hold.
std::string OverflowMessage(const Reason& reason) {
  constexpr std::string_view kDecimal = "decimal(";
  const size_t comma = reason.detail.find(',');
  const size_t point = reason.value.find('.');
  if (reason.detail.starts_with(kDecimal) && comma != std::string::npos &&
      point != std::string::npos) {
    const size_t scale = static_cast<size_t>(std::atoi(reason.detail.c_str() + comma + 1));
    const size_t last = reason.value.find_last_not_of('0');
    const size_t end = reason.value.find_first_not_of("0123456789", point + 1);
    if (end == std::string::npos && last - point > scale) {
      return "more than " + std::to_string(scale) + " digits after the point: " + reason.value;
    }
  }
  return "outside the range of " + (reason.detail.empty() ? "the type" : reason.detail) + ": " +
         Shown(reason.value);
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
    case Rule::kJson:
      return "json";
    case Rule::kDuplicateMember:
      return "duplicate_member";
    case Rule::kExtraMember:
      return "extra_member";
  }
  return "unknown";
}

std::string ReasonColumn(const Reason& reason, const std::vector<std::string>& column_names) {
  const auto index = static_cast<size_t>(reason.column);
  if (reason.column < 0 || index >= column_names.size()) return reason.member;
  if (reason.member.empty()) return column_names[index];
  return column_names[index] + (reason.member.starts_with('[') ? "" : ".") + reason.member;
}

std::string ReasonMessage(const Reason& reason) {
  const std::string& detail = reason.detail;
  switch (reason.rule) {
    case Rule::kType:
      return TypeMessage(reason);
    case Rule::kOverflow:
      return OverflowMessage(reason);
    case Rule::kRequired:
      return "missing, but required";
    case Rule::kNotANumber:
      return "NaN, but a number is required";
    case Rule::kMinimum:
      return BoundMessage(reason, "below the minimum of ", "not above ");
    case Rule::kMaximum:
      return BoundMessage(reason, "above the maximum of ", "not below ");
    case Rule::kMultipleOf:
      return "not a multiple of " + detail + ": " + Printable(reason.value);
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
    case Rule::kJson:
      return "no JSON object: " + detail;
    case Rule::kDuplicateMember:
      return "stands more than once in its object";
    case Rule::kExtraMember:
      return "the contract has no such member";
  }
  return RuleName(reason.rule);
}

}  // namespace tamis
