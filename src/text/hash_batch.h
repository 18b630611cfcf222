// Hashes and draws of many rows at once, by the best instructions that the processor has. The
// definitions are in base/hash.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/permutation.h"

namespace tamis {

/// out[i] = RowHash(first_row + i).
void HashRowRange(int64_t first_row, size_t count, uint64_t* out);

/// out[i] = RowHash(rows[i]).
void HashRows(const int64_t* rows, size_t count, uint64_t* out);

/// out[i] = DrawHash(row_hashes[i], column_key).
void HashDraws(const uint64_t* row_hashes, uint64_t column_key, size_t count, uint64_t* out);

/// out[i] = first + Below(DrawHash(row_hashes[i], column_key), bound) * step; bound up to 2^32.
void DrawBelow(const uint64_t* row_hashes, uint64_t column_key, uint64_t bound, int64_t first,
               int64_t step, size_t count, int64_t* out);

/// out[i] = first[i] + Below(DrawHash(row_hashes[i], column_key), bound[i]).
void DrawBelowEach(const uint64_t* row_hashes, uint64_t column_key, const int64_t* bound,
                   const int64_t* first, size_t count, int64_t* out);

/// out[i] = permutation(numbers[i]).
void PermuteNumbers(const Permutation& permutation, const int64_t* numbers, size_t count,
                    int64_t* out);

}  // namespace tamis
