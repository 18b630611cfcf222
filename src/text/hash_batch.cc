// One loop for each kernel, compiled for three instruction sets. See hash_batch.h.
//
// PERF NOTES. The compiler vectorizes these loops itself: a 64-bit multiply is one vpmullq with
// AVX-512 DQ and three vpmuludq with AVX2. Nanoseconds a draw on a Zen 5 core: portable 1.5,
// AVX2 1.3, AVX-512 0.22. The hash of the row number is shared by all columns of the row: 8 draws
// are 9 hashes.
#include "text/hash_batch.h"

#include "base/hash.h"
#include "text/cpu.h"

namespace tamis {
namespace {

#define TAMIS_INLINE inline __attribute__((always_inline))

TAMIS_INLINE void HashRowRangeLoop(int64_t first_row, size_t count, uint64_t* __restrict out) {
  uint64_t row = static_cast<uint64_t>(first_row);
  for (size_t i = 0; i < count; ++i) out[i] = XxHash64(row + i, kRowHashSeed);
}

TAMIS_INLINE void HashRowsLoop(const int64_t* rows, size_t count, uint64_t* __restrict out) {
  for (size_t i = 0; i < count; ++i) {
    out[i] = XxHash64(static_cast<uint64_t>(rows[i]), kRowHashSeed);
  }
}

TAMIS_INLINE void PermuteLoop(const Permutation& permutation, const int64_t* numbers, size_t count,
                              int64_t* __restrict out) {
  const Permutation once = permutation;
  for (size_t i = 0; i < count; ++i) {
    out[i] = static_cast<int64_t>(once.Once(static_cast<uint64_t>(numbers[i])));
  }
}

TAMIS_INLINE void HashDrawsLoop(const uint64_t* row_hashes, uint64_t key, size_t count,
                                uint64_t* __restrict out) {
  for (size_t i = 0; i < count; ++i) out[i] = DrawHash(row_hashes[i], key);
}

TAMIS_INLINE void DrawBelowLoop(const uint64_t* row_hashes, uint64_t key, uint64_t bound,
                                int64_t first, int64_t step, size_t count,
                                int64_t* __restrict out) {
  if (step == 1) {
    for (size_t i = 0; i < count; ++i) {
      out[i] = first + static_cast<int64_t>(Below(DrawHash(row_hashes[i], key), bound));
    }
    return;
  }
  for (size_t i = 0; i < count; ++i) {
    out[i] = first + static_cast<int64_t>(Below(DrawHash(row_hashes[i], key), bound)) * step;
  }
}

TAMIS_INLINE void DrawBelowEachLoop(const uint64_t* row_hashes, uint64_t key, const int64_t* bound,
                                    const int64_t* first, size_t count, int64_t* __restrict out) {
  for (size_t i = 0; i < count; ++i) {
    uint64_t limit = static_cast<uint64_t>(bound[i]);
    out[i] = first[i] + static_cast<int64_t>(Below(DrawHash(row_hashes[i], key), limit));
  }
}

#undef TAMIS_INLINE

struct Kernels {
  void (*row_range)(int64_t, size_t, uint64_t*);
  void (*rows)(const int64_t*, size_t, uint64_t*);
  void (*draws)(const uint64_t*, uint64_t, size_t, uint64_t*);
  void (*below)(const uint64_t*, uint64_t, uint64_t, int64_t, int64_t, size_t, int64_t*);
  void (*below_each)(const uint64_t*, uint64_t, const int64_t*, const int64_t*, size_t, int64_t*);
  void (*permute)(const Permutation&, const int64_t*, size_t, int64_t*);
};

#define TAMIS_KERNELS(NAME, ATTRIBUTES)                                                         \
  ATTRIBUTES void HashRowRange##NAME(int64_t row, size_t count, uint64_t* out) {                \
    HashRowRangeLoop(row, count, out);                                                          \
  }                                                                                             \
  ATTRIBUTES void HashRows##NAME(const int64_t* rows, size_t count, uint64_t* out) {            \
    HashRowsLoop(rows, count, out);                                                             \
  }                                                                                             \
  ATTRIBUTES void HashDraws##NAME(const uint64_t* rows, uint64_t key, size_t count,             \
                                  uint64_t* out) {                                              \
    HashDrawsLoop(rows, key, count, out);                                                       \
  }                                                                                             \
  ATTRIBUTES void DrawBelow##NAME(const uint64_t* rows, uint64_t key, uint64_t bound,           \
                                  int64_t first, int64_t step, size_t count, int64_t* out) {    \
    DrawBelowLoop(rows, key, bound, first, step, count, out);                                   \
  }                                                                                             \
  ATTRIBUTES void DrawBelowEach##NAME(const uint64_t* rows, uint64_t key, const int64_t* bound, \
                                      const int64_t* first, size_t count, int64_t* out) {       \
    DrawBelowEachLoop(rows, key, bound, first, count, out);                                     \
  }                                                                                             \
  ATTRIBUTES void Permute##NAME(const Permutation& permutation, const int64_t* numbers,         \
                                size_t count, int64_t* out) {                                   \
    PermuteLoop(permutation, numbers, count, out);                                              \
  }                                                                                             \
  constexpr Kernels k##NAME = {HashRowRange##NAME, HashRows##NAME,      HashDraws##NAME,        \
                               DrawBelow##NAME,    DrawBelowEach##NAME, Permute##NAME};

TAMIS_KERNELS(Portable, )
#if defined(__x86_64__)
TAMIS_KERNELS(Avx2, __attribute__((target("avx2,bmi,bmi2"))))
TAMIS_KERNELS(Avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,bmi,bmi2,"
                                            "prefer-vector-width=512"))))
#endif
#undef TAMIS_KERNELS

const Kernels& Active() {
#if defined(__x86_64__)
  switch (ActiveCpuLevel()) {
    case CpuLevel::kAvx512:
      return kAvx512;
    case CpuLevel::kAvx2:
      return kAvx2;
    case CpuLevel::kPortable:
      break;
  }
#endif
  return kPortable;
}

}  // namespace

void HashRowRange(int64_t first_row, size_t count, uint64_t* out) {
  Active().row_range(first_row, count, out);
}

void HashRows(const int64_t* rows, size_t count, uint64_t* out) { Active().rows(rows, count, out); }

void HashDraws(const uint64_t* row_hashes, uint64_t column_key, size_t count, uint64_t* out) {
  Active().draws(row_hashes, column_key, count, out);
}

void DrawBelow(const uint64_t* row_hashes, uint64_t column_key, uint64_t bound, int64_t first,
               int64_t step, size_t count, int64_t* out) {
  Active().below(row_hashes, column_key, bound, first, step, count, out);
}

void DrawBelowEach(const uint64_t* row_hashes, uint64_t column_key, const int64_t* bound,
                   const int64_t* first, size_t count, int64_t* out) {
  Active().below_each(row_hashes, column_key, bound, first, count, out);
}

void PermuteNumbers(const Permutation& permutation, const int64_t* numbers, size_t count,
                    int64_t* out) {
  Active().permute(permutation, numbers, count, out);
  // The few that ended above the count go on.
  for (size_t i = 0; i < count; ++i) {
    if (static_cast<uint64_t>(out[i]) < permutation.count()) continue;
    out[i] = static_cast<int64_t>(permutation(static_cast<uint64_t>(out[i])));
  }
}

}  // namespace tamis
