// Lists of words and tables of quantiles that generators choose from. The words that belong to the
// program are in words.h.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

/// An immutable list of texts; generators choose by index.
class WordList {
 public:
  explicit WordList(std::vector<std::string> words) : words_(std::move(words)) {}

  size_t size() const { return words_.size(); }
  const std::string& operator[](size_t index) const { return words_[index]; }
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::vector<std::string> words_;
};

/// Entry q is the index that the q-th of size() equally likely draws chooses: a weighted choice by
/// one lookup that any engine can repeat exactly.
using QuantileTable = std::vector<uint16_t>;

/// Entry i is a number that belongs to index i.
using ValueTable = std::vector<int64_t>;

/// Entries that a table made from inexact weights has at most.
inline constexpr size_t kQuantilesMax = 65536;

/// A table in which index i takes a share of `size` entries in proportion to weights[i], rounded so
/// that every index but those of weight 0 has at least one where `size` allows. Integer arithmetic
/// only: the same on every machine. Weights are at most 2^32, at most 65536 of them, not all 0.
std::shared_ptr<const QuantileTable> MakeQuantiles(std::span<const uint64_t> weights, size_t size);

/// Weights by rank, most frequent first: proportional to 1 / (rank + offset), ranks from 1 (Zipf's
/// law as Mandelbrot amended it).
std::vector<uint64_t> ZipfWeights(size_t count, uint64_t offset);

}  // namespace tamis
