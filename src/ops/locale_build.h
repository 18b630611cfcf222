// How the texts of a locale become lists, formats and places: the steps of locale.cc. Not for
// providers.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ops/locale.h"
#include "ops/locale_text.h"

namespace tamis {

/// Ends the program: the texts are part of it, and a mistake in them is a bug.
[[noreturn]] void RefuseLocaleText(std::string_view what, std::string_view text);

int64_t ParseLocaleNumber(std::string_view text);

/// Entries between new lines and semicolons, without the spaces around them.
std::vector<std::string> LocaleLines(std::string_view text);

/// Entries between white space; underscores become spaces.
std::vector<std::string> LocaleWords(std::string_view text);

struct WeightedList {
  std::vector<std::string> words;
  std::vector<uint64_t> weights;
};
/// Lines `entry*weight`.
WeightedList WeightedLines(std::string_view text);

/// All texts that `patterns`, separated by commas, stand for when each x is any digit.
std::vector<std::string> ExpandDigits(std::string_view patterns);

std::shared_ptr<const WordList> MakeWordList(std::vector<std::string> words);
std::shared_ptr<const ValueTable> MakeValueTable(ValueTable values);
/// Most frequent first, as ZipfWeights has it.
WeightedWords RankedWords(std::shared_ptr<const WordList> words, uint64_t offset, size_t quantiles);

/// Collects ranges of index 0, 1, ...
class RangeCollector {
 public:
  void Add(size_t first, size_t count) {
    first_.push_back(static_cast<int64_t>(first));
    count_.push_back(static_cast<int64_t>(count));
  }
  IndexedRanges Finish() {
    return {MakeValueTable(std::move(first_)), MakeValueTable(std::move(count_))};
  }

 private:
  ValueTable first_, count_;
};

/// Formats by name: those that stand in others in braces.
using KnownFormats = std::vector<std::pair<std::string, const Format*>>;

/// Reads a format; its numbers' draws are called name.1, name.2, ...
Format ParseFormat(std::string_view name, std::string_view text, const KnownFormats& known = {});

/// Cities, regions, postal codes, streets, house numbers and phones, and their formats.
void AddPlaces(const LocaleText& text, Locale& locale);

}  // namespace tamis
