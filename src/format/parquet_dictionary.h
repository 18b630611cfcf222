// Finds the distinct values of a column by hashing, or the few of them that dictionary arrays
// already hold. Does not encode pages.
#pragma once

#include <arrow/array.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "format/parquet_types.h"
#include "format/parquet_values.h"

namespace tamis {

/// Gives each distinct value a number: 0, 1, 2, ... in the order of first appearance. Numbers are
/// told apart by their bits (0.0 is not -0.0). T as for ParquetValueReader.
template <typename T>
class DictionaryHasher {
 public:
  /// `bytes_max`: what the values may need in a dictionary page; `count_hint`: how many values are
  /// expected at most.
  DictionaryHasher(int64_t bytes_max, int64_t count_hint);

  /// Makes room for about `count` distinct values, before the first one is added.
  void Expect(int64_t count);

  /// Writes the number of each value to `out`. False when bytes_max does not suffice, or when the
  /// values collide so much that hashing them does not pay: nothing more may be added then.
  bool Add(std::span<const T> values, int32_t* out);

  const std::vector<T>& values() const { return values_; }
  /// What the values need in a dictionary page, the lengths of strings included.
  int64_t size_bytes() const { return size_bytes_; }

 private:
  struct Slot {
    // Of numbers the value itself; of strings a part of the hash.
    std::conditional_t<std::is_same_v<T, std::string_view>, uint32_t, T> key;
    int32_t index;  // -1: free
  };

  bool Matches(const Slot& slot, uint64_t hash, const T& value) const;
  int32_t Insert(Slot* slot, uint64_t hash, const T& value);
  T Keep(const T& value);
  void Grow();

  std::vector<Slot> slots_;
  int shift_ = 0;  // of a hash, so that what is left is a slot
  std::vector<T> values_;
  int64_t size_bytes_ = 0;
  int64_t bytes_max_;
  int64_t added_ = 0;
  int64_t collisions_ = 0;
  std::deque<std::vector<char>> kept_;  // bytes of strings
};

extern template class DictionaryHasher<uint32_t>;
extern template class DictionaryHasher<uint64_t>;
extern template class DictionaryHasher<std::string_view>;

/// Distinct values and a number for each value that is not NULL.
template <typename T>
struct ParquetDictionary {
  std::unique_ptr<DictionaryHasher<T>> hasher;  // owns the values
  std::shared_ptr<arrow::Buffer> indices;       // int32
  int64_t index_count = 0;
  std::span<const int32_t> index_span() const {
    return {indices->data_as<int32_t>(), static_cast<size_t>(index_count)};
  }
};

/// Builds the dictionary of `pieces` (none of length 0), which have `value_count` values that are
/// not NULL. nullopt when it does not pay; then `pieces` that are dictionary arrays must be decoded
/// to be stored plain. Their dictionaries must not hold NULLs.
template <typename T>
Result<std::optional<ParquetDictionary<T>>> FindDictionary(const ParquetType& type,
                                                           const arrow::ArrayVector& pieces,
                                                           int64_t value_count, int64_t bytes_max);

extern template Result<std::optional<ParquetDictionary<uint32_t>>> FindDictionary(
    const ParquetType&, const arrow::ArrayVector&, int64_t, int64_t);
extern template Result<std::optional<ParquetDictionary<uint64_t>>> FindDictionary(
    const ParquetType&, const arrow::ArrayVector&, int64_t, int64_t);
extern template Result<std::optional<ParquetDictionary<std::string_view>>> FindDictionary(
    const ParquetType&, const arrow::ArrayVector&, int64_t, int64_t);

}  // namespace tamis
