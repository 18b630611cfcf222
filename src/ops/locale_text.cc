// Reads the small syntax of a locale's texts. See locale_build.h.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "ops/locale_build.h"

namespace tamis {
namespace {

// All texts that `pattern` stands for when each x is any digit.
std::vector<std::string> ExpandPattern(const std::string& pattern) {
  std::vector<std::string> texts = {pattern};
  for (size_t place = 0; place < pattern.size(); ++place) {
    if (pattern[place] != 'x') continue;
    std::vector<std::string> longer;
    for (std::string& text : texts) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        text[place] = digit;
        longer.push_back(text);
      }
    }
    texts = std::move(longer);
  }
  return texts;
}

}  // namespace

void RefuseLocaleText(std::string_view what, std::string_view text) {
  std::fprintf(stderr, "locale: %.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(text.size()), text.data());
  std::abort();
}

int64_t ParseLocaleNumber(std::string_view text) {
  char* end = nullptr;
  std::string digits(text);
  int64_t number = std::strtoll(digits.c_str(), &end, 10);
  if (digits.empty() || *end != 0) RefuseLocaleText("not a number", text);
  return number;
}

std::shared_ptr<const WordList> MakeWordList(std::vector<std::string> words) {
  return std::make_shared<const WordList>(std::move(words));
}

std::shared_ptr<const ValueTable> MakeValueTable(ValueTable values) {
  return std::make_shared<const ValueTable>(std::move(values));
}

std::vector<std::string> LocaleLines(std::string_view text) {
  std::vector<std::string> entries;
  for (const std::string& line : SplitWords(text, '\n')) {
    for (std::string& entry : SplitWords(line, ';')) {
      entry.erase(0, entry.find_first_not_of(' '));
      if (!entry.empty()) entries.push_back(std::move(entry));
    }
  }
  return entries;
}

std::vector<std::string> LocaleWords(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& line : LocaleLines(text)) {
    for (std::string& word : SplitWords(line, ' ')) {
      std::replace(word.begin(), word.end(), '_', ' ');
      words.push_back(std::move(word));
    }
  }
  return words;
}

WeightedList WeightedLines(std::string_view text) {
  WeightedList list;
  for (const std::string& line : LocaleLines(text)) {
    size_t star = line.rfind('*');
    list.words.push_back(line.substr(0, star));
    bool weighted = star != std::string::npos;
    list.weights.push_back(
        weighted ? static_cast<uint64_t>(ParseLocaleNumber(line.substr(star + 1))) : 1);
  }
  return list;
}

std::vector<std::string> ExpandDigits(std::string_view patterns) {
  std::vector<std::string> all;
  for (const std::string& pattern : SplitWords(patterns, ',')) {
    std::vector<std::string> texts = ExpandPattern(pattern);
    all.insert(all.end(), texts.begin(), texts.end());
  }
  return all;
}

WeightedWords RankedWords(std::shared_ptr<const WordList> words, uint64_t offset,
                          size_t quantiles) {
  auto weights = ZipfWeights(words->size(), offset);
  return {std::move(words), MakeQuantiles(weights, quantiles)};
}

}  // namespace tamis
