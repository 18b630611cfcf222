// "Did you mean": the nearest known name to a misspelt one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tamis {

/// Returns the candidate nearest to `word` by optimal string alignment distance (insert, delete,
/// replace, swap of two neighbours; letter case is ignored), or "" when none is within a third of
/// the word's length.
std::string Nearest(std::string_view word, std::span<const std::string> candidates);

/// Returns "did you mean NAME?" for the nearest candidate, "known: a, b, c" when none is near and
/// there are at most `list_max` candidates, else "".
std::string DidYouMean(std::string_view word, std::span<const std::string> candidates,
                       size_t list_max = 12);

}  // namespace tamis
