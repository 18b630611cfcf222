// SHA-256 of sixteen messages in the lanes of AVX-512. See sha256_kernels.h.
#if defined(__x86_64__)
#include <immintrin.h>

#include "text/sha256_kernels.h"

// GCC 12 takes the undefined vectors inside its own intrinsics for a mistake
// (gcc.gnu.org/PR105593).
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl")

#include "text/sha256_lanes.h"

namespace tamis::internal {
namespace {

// Word j of row i becomes word i of row j.
inline void Transpose16(__m512i (&r)[16]) {
  __m512i t[16];
  for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    r[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    r[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    r[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    r[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; ++i) {
    t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xDD);
    t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xDD);
  }
  for (int i = 0; i < 4; ++i) {
    r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xDD);
    r[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
    r[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xDD);
  }
}

inline __m512i SwapBytes(__m512i v) {
  return _mm512_shuffle_epi8(
      v, _mm512_broadcast_i32x4(_mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203)));
}

struct Avx512Lanes {
  using Vector = __m512i;
  static Vector Broadcast(uint32_t x) { return _mm512_set1_epi32(static_cast<int>(x)); }
  static Vector Add(Vector a, Vector b) { return _mm512_add_epi32(a, b); }
  template <int n>
  static Vector Shift(Vector a) {
    return _mm512_srli_epi32(a, n);
  }
  template <int n>
  static Vector Rotate(Vector a) {
    return _mm512_ror_epi32(a, n);
  }
  static Vector Xor3(Vector a, Vector b, Vector c) {
    return _mm512_ternarylogic_epi32(a, b, c, 0x96);
  }
  static Vector Choose(Vector e, Vector f, Vector g) {
    return _mm512_ternarylogic_epi32(e, f, g, 0xCA);
  }
  static Vector Majority(Vector a, Vector b, Vector c) {
    return _mm512_ternarylogic_epi32(a, b, c, 0xE8);
  }
  static void LoadBlocks(const uint8_t* first, size_t stride, Vector (&w)[16]) {
    for (size_t lane = 0; lane < 16; ++lane)
      w[lane] = SwapBytes(_mm512_loadu_si512(first + lane * stride));
    Transpose16(w);
  }
  static void StoreDigests(Vector (&state)[8], Digest* out) {
    Vector rows[16];
    for (int i = 0; i < 8; ++i) rows[i] = state[i], rows[i + 8] = _mm512_setzero_si512();
    Transpose16(rows);
    for (size_t lane = 0; lane < 16; ++lane)
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(out[lane].data()),
                          _mm512_castsi512_si256(SwapBytes(rows[lane])));
  }
};

}  // namespace

void HmacLanesAvx512(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                     size_t block_count, Digest* out) {
  HmacOfLanes<Avx512Lanes>(inner, outer, padded, block_count, out);
}

}  // namespace tamis::internal

#pragma GCC pop_options
#endif
