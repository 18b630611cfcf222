// Seeded hashing: every random choice of tamis is a pure function of (seed, table, column, row).
// Holds no SIMD: text/hash_batch.h hashes many rows at once.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tamis {

namespace internal {

inline constexpr uint64_t kXxPrime1 = 0x9E3779B185EBCA87;
inline constexpr uint64_t kXxPrime2 = 0xC2B2AE3D27D4EB4F;
inline constexpr uint64_t kXxPrime3 = 0x165667B19E3779F9;
inline constexpr uint64_t kXxPrime4 = 0x85EBCA77C2B2AE63;
inline constexpr uint64_t kXxPrime5 = 0x27D4EB2F165667C5;

constexpr uint64_t XxRound(uint64_t lane, uint64_t input) {
  return std::rotl(lane + input * kXxPrime2, 31) * kXxPrime1;
}

constexpr uint64_t XxAvalanche(uint64_t h) {
  h = (h ^ (h >> 33)) * kXxPrime2;
  h = (h ^ (h >> 29)) * kXxPrime3;
  return h ^ (h >> 32);
}

}  // namespace internal

/// XXH64 (xxHash specification 0.1.1) of the eight little-endian bytes of `value`; what Spark's
/// xxhash64 does with a bigint, once for each column, the hash of one being the seed of the next.
constexpr uint64_t XxHash64(uint64_t value, uint64_t seed) {
  using namespace internal;
  uint64_t h = seed + kXxPrime5 + 8;
  h = std::rotl(h ^ XxRound(0, value), 27) * kXxPrime1 + kXxPrime4;
  return XxAvalanche(h);
}

/// XXH64 of bytes; what Spark's xxhash64 does with a string.
uint64_t XxHash64(std::string_view bytes, uint64_t seed);

/// The seed that Spark's xxhash64 begins with.
inline constexpr uint64_t kRowHashSeed = 42;

/// The key of a draw: XXH64 of its name (`table.column`, or `table.column.part`) under the seed of
/// the run.
inline uint64_t ColumnKey(std::string_view name, uint64_t seed) { return XxHash64(name, seed); }

/// The part of a draw that is the same for all columns of a row.
constexpr uint64_t RowHash(int64_t row) {
  return XxHash64(static_cast<uint64_t>(row), kRowHashSeed);
}

/// The draw of a row under a column's key: Spark's `xxhash64(row, column_key)`.
constexpr uint64_t DrawHash(uint64_t row_hash, uint64_t column_key) {
  return XxHash64(column_key, row_hash);
}

/// A number in [0, bound) of a draw, for bounds up to 2^32: `((h >>> 32) * bound) >>> 32`.
constexpr uint64_t Below(uint64_t hash, uint64_t bound) { return ((hash >> 32) * bound) >> 32; }

/// A number in [0, bound) of a draw, for bounds up to 2^63: `(h >>> 1) % bound`. Some numbers are
/// more likely than others by at most a factor of 1 + bound / 2^63.
constexpr uint64_t BelowWide(uint64_t hash, uint64_t bound) { return (hash >> 1) % bound; }

}  // namespace tamis
