// A keyed permutation of [0, count) for any count: numbers in a random order without a table of
// them. Holds no SIMD: text/hash_batch.h permutes many numbers at once.
#pragma once

#include <cstdint>

#include "base/hash.h"

namespace tamis {

/// The generalized Feistel network of Black and Rogaway, "Ciphers with Arbitrary Finite Domains"
/// (CT-RSA 2002, method 3), with XXH64 as round function and cycle walking. A number is written as
/// left + width * right in a grid of width * height that holds `count` numbers with less than a row
/// to spare. Each round adds to one half, modulo its size, a hash of the other half: that can be
/// undone, whatever the hash, so no two numbers meet. What ends above count goes through again (one
/// number of sqrt(count)). Spreads numbers; keeps no secrets.
class Permutation {
 public:
  static constexpr int kRounds = 6;  // even: the halves end on their own sides
  /// Largest count: halves are drawn with 32 bits.
  static constexpr uint64_t kCountMax = uint64_t{1} << 62;

  Permutation(uint64_t count, uint64_t key) : count_(count) {
    width_ = SquareRootAbove(count);
    height_ = (count + width_ - 1) / width_;
    for (uint64_t i = 0; i < kRounds; ++i) keys_[i] = XxHash64(i, key);
  }

  uint64_t count() const { return count_; }

  /// Where `number` (below count) goes.
  uint64_t operator()(uint64_t number) const {
    do number = Once(number);
    while (number >= count_);
    return number;
  }

  /// One way through the network, which may end above count.
  uint64_t Once(uint64_t number) const {
    uint64_t right = number / width_;
    uint64_t left = number - right * width_;
    for (int i = 0; i < kRounds; i += 2) {
      left = Add(left, right, keys_[i], width_);
      right = Add(right, left, keys_[i + 1], height_);
    }
    return left + width_ * right;
  }

 private:
  static uint64_t Add(uint64_t half, uint64_t other, uint64_t key, uint64_t size) {
    uint64_t sum = half + Below(XxHash64(other, key), size);
    return sum >= size ? sum - size : sum;
  }

  // The least number whose square is `count` or more, by Newton's method from above.
  static uint64_t SquareRootAbove(uint64_t count) {
    uint64_t root = uint64_t{1} << 31;
    for (uint64_t next = (root + count / root) / 2; next < root; next = (root + count / root) / 2) {
      root = next;
    }
    return root * root < count ? root + 1 : root;
  }

  uint64_t count_;
  uint64_t width_;
  uint64_t height_;
  uint64_t keys_[kRounds];
};

}  // namespace tamis
