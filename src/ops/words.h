// The words that belong to the program: names of people, places of the USA, common words. Facts,
// not files: nothing is read at run time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ops/word_list.h"

namespace tamis {

/// Words and how likely each is.
struct WeightedWords {
  std::shared_ptr<const WordList> words;
  std::shared_ptr<const QuantileTable> quantiles;
};

const WeightedWords& FirstNames();
const WeightedWords& LastNames();
/// The same names in lower case, for e-mail addresses: the same indices.
const WeightedWords& MailFirstNames();
const WeightedWords& MailLastNames();

/// Cities of the USA with their states and ZIP codes; index i of each table is city i. Every ZIP
/// code of a city's range lies in its state; not every number of a range has been assigned.
struct Places {
  std::shared_ptr<const WordList> cities;               // Springfield
  std::shared_ptr<const WordList> cities_with_state;    // Springfield, IL
  std::shared_ptr<const WordList> states;               // two letters; 50 and DC
  std::shared_ptr<const QuantileTable> city_quantiles;  // by inhabitants
  std::shared_ptr<const ValueTable> state_of_city;
  std::shared_ptr<const ValueTable> zip_first;
  std::shared_ptr<const ValueTable> zip_count;
  /// By state: the first three digits of its ZIP codes, from and to.
  std::vector<std::pair<int64_t, int64_t>> zip_prefixes;
};
const Places& UsPlaces();

/// Oak, Main, ...
const WeightedWords& StreetNames();
/// Street, Avenue, ...
const WeightedWords& StreetSuffixes();

/// Common English words, in lower case but for `I`; and the same list with capitals.
const std::shared_ptr<const WordList>& CommonWords();
const std::shared_ptr<const WordList>& CapitalWords();

// How the lists are made.
std::vector<std::string> SplitWords(std::string_view text, char separator);
WeightedWords ZipfWords(std::string_view text, uint64_t offset, size_t quantiles);
std::shared_ptr<const WordList> LowerCase(const WordList& list);

}  // namespace tamis
