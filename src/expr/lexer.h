// Cuts the text of an expression into tokens and knows where each stands in the user's file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

struct Token {
  enum class Kind : uint8_t {
    kEnd,
    kWord,    // a bare name or keyword
    kQuoted,  // "a name", without its quotes
    kText,    // 'a text', without its quotes
    kNumber,
    kParameter,  // $name or $(name): the name
    kSymbol,
  };
  Kind kind = Kind::kEnd;
  std::string text;
  size_t offset = 0;  // in bytes, from the begin of the expression
};

/// Cuts `text`. UsageError at the byte that begins no token.
Result<std::vector<Token>> CutTokens(std::string_view text, const Place& place);

/// The place in the user's file of byte `offset` of an expression that begins at `place`. A text of
/// several lines, or one behind a quote, is looked up in the file.
Place PlaceInText(std::string_view text, const Place& place, size_t offset);

/// Whether `word` equals `upper` (ASCII capitals) without regard to case.
bool IsWord(std::string_view word, std::string_view upper);

/// Whether a bare `word` can't be a column's name; it needs double quotes.
bool IsReserved(std::string_view word);

}  // namespace tamis
