// SHA-256 of eight messages in the lanes of AVX2. See sha256_kernels.h.
#if defined(__x86_64__)
#include <immintrin.h>

#include "text/sha256_kernels.h"

#pragma GCC push_options
#pragma GCC target("avx2")

#include "text/sha256_lanes.h"

namespace tamis::internal {
namespace {

// Word j of row i becomes word i of row j.
inline void Transpose8(__m256i (&r)[8]) {
  __m256i t[8];
  for (int i = 0; i < 8; i += 2) {
    t[i] = _mm256_unpacklo_epi32(r[i], r[i + 1]);
    t[i + 1] = _mm256_unpackhi_epi32(r[i], r[i + 1]);
  }
  for (int i = 0; i < 8; i += 4) {
    r[i] = _mm256_unpacklo_epi64(t[i], t[i + 2]);
    r[i + 1] = _mm256_unpackhi_epi64(t[i], t[i + 2]);
    r[i + 2] = _mm256_unpacklo_epi64(t[i + 1], t[i + 3]);
    r[i + 3] = _mm256_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; ++i) {
    __m256i low = r[i], high = r[i + 4];
    r[i] = _mm256_permute2x128_si256(low, high, 0x20);
    r[i + 4] = _mm256_permute2x128_si256(low, high, 0x31);
  }
}

inline __m256i SwapBytes(__m256i v) {
  return _mm256_shuffle_epi8(v, _mm256_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203,
                                                  0x0C0D0E0F08090A0B, 0x0405060700010203));
}

struct Avx2Lanes {
  using Vector = __m256i;
  static Vector Broadcast(uint32_t x) { return _mm256_set1_epi32(static_cast<int>(x)); }
  static Vector Add(Vector a, Vector b) { return _mm256_add_epi32(a, b); }
  template <int n>
  static Vector Shift(Vector a) {
    return _mm256_srli_epi32(a, n);
  }
  template <int n>
  static Vector Rotate(Vector a) {
    return _mm256_or_si256(_mm256_srli_epi32(a, n), _mm256_slli_epi32(a, 32 - n));
  }
  static Vector Xor3(Vector a, Vector b, Vector c) {
    return _mm256_xor_si256(_mm256_xor_si256(a, b), c);
  }
  static Vector Choose(Vector e, Vector f, Vector g) {
    return _mm256_xor_si256(g, _mm256_and_si256(e, _mm256_xor_si256(f, g)));
  }
  static Vector Majority(Vector a, Vector b, Vector c) {
    return _mm256_or_si256(_mm256_and_si256(a, b), _mm256_and_si256(c, _mm256_or_si256(a, b)));
  }
  static void LoadBlocks(const uint8_t* first, size_t stride, Vector (&w)[16]) {
    for (size_t half = 0; half < 2; ++half) {
      Vector rows[8];
      for (size_t lane = 0; lane < 8; ++lane)
        rows[lane] = SwapBytes(_mm256_loadu_si256(
            reinterpret_cast<const __m256i*>(first + lane * stride + half * 32)));
      Transpose8(rows);
      for (size_t i = 0; i < 8; ++i) w[half * 8 + i] = rows[i];
    }
  }
  static void StoreDigests(Vector (&state)[8], Digest* out) {
    Transpose8(state);
    for (size_t lane = 0; lane < 8; ++lane)
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[lane].data()), SwapBytes(state[lane]));
  }
};

}  // namespace

void HmacLanesAvx2(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                   size_t block_count, Digest* out) {
  HmacOfLanes<Avx2Lanes>(inner, outer, padded, block_count, out);
}

}  // namespace tamis::internal

#pragma GCC pop_options
#endif
