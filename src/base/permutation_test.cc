// Every count is permuted: nothing twice, nothing missing, and not in order.
#include "base/permutation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace tamis {
namespace {

TEST(Permutation, IsABijectionForEveryCountUpTo2000) {
  for (uint64_t count = 1; count <= 2000; ++count) {
    for (uint64_t key : {0, 7}) {
      Permutation permutation(count, key);
      std::vector<bool> seen(count);
      for (uint64_t i = 0; i < count; ++i) {
        uint64_t to = permutation(i);
        ASSERT_LT(to, count);
        ASSERT_FALSE(seen[to]) << count;
        seen[to] = true;
      }
    }
  }
}

TEST(Permutation, IsABijectionWhereTheSquareRootTurns) {
  for (uint64_t count : {65535u, 65536u, 65537u, 999'999u, 1'000'000u, 1'000'001u}) {
    Permutation permutation(count, 3);
    std::vector<bool> seen(count);
    for (uint64_t i = 0; i < count; ++i) seen[permutation(i)] = true;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), static_cast<int64_t>(count));
  }
}

// A large domain can't be listed; its network can be undone by hand, which is what makes it a
// bijection. Sums and sums of squares of an interval are those of random numbers, not of its order.
TEST(Permutation, LargeCountsStayInRangeAndDiffer) {
  for (uint64_t count : {(uint64_t{1} << 32) + 1, uint64_t{1'000'000'000'000},
                         Permutation::kCountMax, Permutation::kCountMax - 1}) {
    Permutation permutation(count, 11);
    std::set<uint64_t> seen;
    double sum = 0;
    constexpr int kNumbers = 20000;
    for (uint64_t i = 0; i < kNumbers; ++i) {
      uint64_t number = i < kNumbers / 2 ? i : count - kNumbers + i;
      uint64_t to = permutation(number);
      ASSERT_LT(to, count);
      seen.insert(to);
      sum += static_cast<double>(to) / static_cast<double>(count);
    }
    EXPECT_EQ(seen.size(), kNumbers);
    EXPECT_NEAR(sum / kNumbers, 0.5, 4 / std::sqrt(12.0 * kNumbers));
  }
}

// Neighbours end far apart: the ranks of consecutive numbers are uncorrelated.
TEST(Permutation, NeighboursAreUncorrelated) {
  constexpr uint64_t kCount = 100'003;
  Permutation permutation(kCount, 5);
  double sum = 0, mean = (kCount - 1) / 2.0, variance = kCount * (kCount / 12.0);
  for (uint64_t i = 0; i + 1 < kCount; ++i) {
    sum += (static_cast<double>(permutation(i)) - mean) *
           (static_cast<double>(permutation(i + 1)) - mean) / variance;
  }
  EXPECT_LT(std::abs(sum / kCount), 4 / std::sqrt(double(kCount)));
}

// A change here is a change of everybody's keys.
TEST(Permutation, NumbersStandForever) {
  uint64_t sum = 0;
  for (uint64_t i = 0; i < 1000; ++i) sum = XxHash64(Permutation(1'000'003, 42)(i), sum);
  EXPECT_EQ(sum, 11784926507717403055u);
}

}  // namespace
}  // namespace tamis
