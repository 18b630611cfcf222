// Lists that are the same in all locales: countries, currencies, languages, colours, products.
#pragma once

#include <memory>

#include "ops/words.h"

namespace tamis {

/// Countries (ISO 3166-1) with more than 300,000 inhabitants, English names, by inhabitants; index
/// i of each list is country i.
struct CountryWords {
  std::shared_ptr<const WordList> names;
  std::shared_ptr<const WordList> codes;   // two letters
  std::shared_ptr<const WordList> codes3;  // three
  std::shared_ptr<const QuantileTable> quantiles;
};
const CountryWords& Countries();

/// Currencies (ISO 4217): what trade is done in most comes first.
const WeightedWords& Currencies();

/// Languages by speakers: English names and codes (ISO 639-1), and tags such as en_US.
struct LanguageWords {
  std::shared_ptr<const WordList> names;
  std::shared_ptr<const WordList> codes;
  std::shared_ptr<const WordList> tags;
  std::shared_ptr<const QuantileTable> quantiles;
};
const LanguageWords& Languages();

/// Names of colours.
const std::shared_ptr<const WordList>& Colours();

/// Slim, Desk Lamp, Home: index i of category_of_thing belongs to thing i.
struct ProductWords {
  std::shared_ptr<const WordList> qualities;
  std::shared_ptr<const WordList> things;
  std::shared_ptr<const WordList> categories;
  std::shared_ptr<const ValueTable> category_of_thing;
};
const ProductWords& Products();

}  // namespace tamis
