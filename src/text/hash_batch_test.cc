// Every instruction set against base/hash.h and libxxhash.
#include "text/hash_batch.h"

#define XXH_INLINE_ALL
#include <gtest/gtest.h>
#include <xxhash.h>

#include <random>
#include <vector>

#include "base/hash.h"
#include "text/cpu.h"

namespace tamis {
namespace {

class HashBatch : public testing::TestWithParam<CpuLevel> {
 protected:
  ScopedCpuLevel level_{GetParam()};
};

TEST_P(HashBatch, RowRangeIsXxh64OfEachRow) {
  for (int64_t first : {int64_t{0}, int64_t{-5}, int64_t{1} << 40}) {
    for (size_t count : {0, 1, 3, 7, 8, 9, 31, 256}) {
      std::vector<uint64_t> out(count + 1, 99);
      HashRowRange(first, count, out.data());
      for (size_t i = 0; i < count; ++i) {
        int64_t row = first + static_cast<int64_t>(i);
        ASSERT_EQ(out[i], XXH64(&row, 8, 42)) << row;
      }
      ASSERT_EQ(out[count], 99) << "wrote past the end";
    }
  }
}

TEST_P(HashBatch, DrawsAreChainedHashes) {
  std::mt19937_64 random(3);
  constexpr size_t kCount = 77;
  std::vector<uint64_t> rows(kCount), hashes(kCount);
  std::vector<int64_t> below(kCount), stepped(kCount), each(kCount), bound(kCount), first(kCount);
  HashRowRange(1000, kCount, rows.data());
  for (size_t i = 0; i < kCount; ++i) {
    bound[i] = static_cast<int64_t>(random() >> 33) + 1;
    first[i] = static_cast<int64_t>(random() >> 1) - (int64_t{1} << 61);
  }
  for (uint64_t limit : {uint64_t{1}, uint64_t{10}, uint64_t{4096}, uint64_t{1} << 32}) {
    uint64_t key = random();
    HashDraws(rows.data(), key, kCount, hashes.data());
    DrawBelow(rows.data(), key, limit, -17, 1, kCount, below.data());
    DrawBelow(rows.data(), key, limit, 5, -3, kCount, stepped.data());
    DrawBelowEach(rows.data(), key, bound.data(), first.data(), kCount, each.data());
    for (size_t i = 0; i < kCount; ++i) {
      uint64_t hash = XXH64(&key, 8, rows[i]);
      int64_t small = static_cast<int64_t>(Below(hash, limit));
      ASSERT_EQ(hashes[i], hash);
      ASSERT_EQ(below[i], small - 17);
      ASSERT_EQ(stepped[i], 5 - 3 * small);
      ASSERT_EQ(each[i],
                first[i] + static_cast<int64_t>(Below(hash, static_cast<uint64_t>(bound[i]))));
    }
  }
}

TEST_P(HashBatch, AnyRowsAreHashed) {
  std::mt19937_64 random(4);
  std::vector<int64_t> rows(300);
  for (int64_t& row : rows) row = static_cast<int64_t>(random());
  std::vector<uint64_t> out(rows.size());
  HashRows(rows.data(), rows.size(), out.data());
  for (size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(out[i], XXH64(&rows[i], 8, 42));
}

TEST_P(HashBatch, NumbersArePermuted) {
  for (uint64_t count : {uint64_t{1}, uint64_t{3}, uint64_t{300}, uint64_t{1'000'003},
                         uint64_t{1} << 40, Permutation::kCountMax}) {
    const Permutation permutation(count, 9);
    std::vector<int64_t> numbers(300), out(300);
    for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<int64_t>(i % count);
    PermuteNumbers(permutation, numbers.data(), numbers.size(), out.data());
    for (size_t i = 0; i < numbers.size(); ++i) {
      ASSERT_EQ(static_cast<uint64_t>(out[i]), permutation(static_cast<uint64_t>(numbers[i])));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, HashBatch,
                         testing::Values(CpuLevel::kPortable, CpuLevel::kAvx2, CpuLevel::kAvx512));

}  // namespace
}  // namespace tamis
