// The provider of texts by regular expressions, and those that are nothing else. See provider.h.
#include "ops/provider_pattern.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/hash.h"
#include "ops/pattern.h"

namespace tamis {
namespace {

// A column that has a pattern too, and not the same: tries some texts.
Status CheckColumnPattern(const ColumnScope& scope, const PatternText& text,
                          std::string_view pattern, const Place& place) {
  const Column& column = scope.column();
  if (column.pattern.empty() || column.pattern == pattern) return Status::OK();
  re2::RE2 expression(column.pattern, re2::RE2::Quiet);
  std::string out(text.bytes_max(), '\0');
  constexpr uint64_t kTries = 1000;
  for (uint64_t i = 0; i < kTries; ++i) {
    uint64_t draw = XxHash64(i, kRowHashSeed);
    auto number = static_cast<int64_t>(text.is_injective() ? draw % text.count() : draw);
    char* end = text.Write(number, 0, out.data());
    std::string_view made(out.data(), static_cast<size_t>(end - out.data()));
    if (re2::RE2::PartialMatch({made.data(), made.size()}, expression)) continue;
    return UsageErrorAt(place, "generator pattern makes " + std::string(made) + ", but column " +
                                   column.name + " has the pattern " + column.pattern);
  }
  return Status::OK();
}

Status EmitPattern(ColumnScope& scope) {
  const Column& column = scope.column();
  std::string pattern = column.pattern;
  Place place = scope.place();
  if (const Node* node = scope.options().OptionalNode("value")) {
    ARROW_ASSIGN_OR_RAISE(pattern, ReadString(*node, "value"));
    place = node->place;
  } else if (pattern.empty()) {
    return UsageErrorAt(place, "generator pattern needs a value: a regular expression",
                        "{provider: pattern, value: '[A-Z]{3}-[0-9]{4}'}");
  }
  int64_t repeat_max = 8;
  if (const Node* node = scope.options().OptionalNode("repeat_max")) {
    ARROW_ASSIGN_OR_RAISE(repeat_max, ReadInt(*node, "repeat_max"));
    if (repeat_max < 0 || repeat_max > 1000) {
      return UsageErrorAt(node->place, "repeat_max is 0 to 1000");
    }
  }
  return AddPatternText(scope, pattern, place, repeat_max);
}

// `length` characters of a class.
Status AddCharacters(ColumnScope& scope, const std::string& characters, int64_t usual) {
  const Node* node = scope.options().OptionalNode("length");
  int64_t length = std::min(usual, LengthMax(scope.column()));
  length = std::max(length, scope.column().min_length.value_or(0));
  if (node) {
    ARROW_ASSIGN_OR_RAISE(length, ReadInt(*node, "length"));
    if (length < 1 || length > 1000) return UsageErrorAt(node->place, "length is 1 to 1000");
  }
  return AddPatternText(scope, characters + "{" + std::to_string(length) + "}",
                        node ? node->place : scope.place());
}

Status EmitHex(ColumnScope& scope) { return AddCharacters(scope, "[0-9a-f]", 32); }

Status EmitToken(ColumnScope& scope) { return AddCharacters(scope, "[0-9A-Za-z]", 24); }

Status EmitPassword(ColumnScope& scope) {
  return AddCharacters(scope, "[0-9A-Za-z!#$%&*+?@^_-]", 14);
}

}  // namespace

Status AddPatternText(ColumnScope& scope, std::string_view pattern, const Place& place,
                      int64_t repeat_max) {
  const Column& column = scope.column();
  auto parsed = ParsePattern(pattern);
  if (!parsed.ok()) return UsageErrorAt(place, parsed.status().message());
  PatternNode root = std::move(*parsed);
  if (!LimitPattern(&root, repeat_max, column.min_length.value_or(0), LengthMax(column))) {
    return UsageErrorAt(place, "no text of pattern " + std::string(pattern) +
                                   " fits the lengths of column " + column.name);
  }
  bool unique = scope.must_be_unique();
  auto text = unique ? PatternText::Counts(root) : PatternText::Draws(root);
  if (unique && !text->is_injective()) {
    return UsageErrorAt(place,
                        "column " + column.name + " must be unique, and pattern " +
                            std::string(pattern) + " makes a text in several ways",
                        "write it so that each text is made in one way only");
  }
  ARROW_RETURN_NOT_OK(CheckColumnPattern(scope, *text, pattern, place));
  Register number =
      unique ? scope.UniqueNumber(text->count()) : scope.program().Hash(scope.OwnDraw());
  scope.Add(Part::Function(std::move(text), number));
  return Status::OK();
}

std::span<const Provider> PatternProviders() {
  static constexpr Provider kProviders[] = {
      {"pattern", kTextValue, "", "value, repeat_max",
       "a text of the regular expression, or of the column's pattern", EmitPattern},
      {"hex", kTextValue,
       "hex hash checksum sha sha1 sha256 md5 digest etag fingerprint commithash commitsha",
       "length", "hexadecimal digits (32), as of a hash", EmitHex},
      {"token", kTextValue,
       "token apikey accesstoken refreshtoken sessiontoken sessionid secret authtoken", "length",
       "letters and digits (24)", EmitToken},
      {"password", kTextValue, "password passwd pwd userpassword", "length",
       "letters, digits and signs (14)", EmitPassword},
  };
  return kProviders;
}

}  // namespace tamis
