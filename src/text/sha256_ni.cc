// SHA-256 with the SHA extensions. See sha256_kernels.h.
//
// PERF NOTES. sha256rnds2 has a latency of 4 cycles and can start every second one, so a lone
// message leaves half of the unit idle: two independent messages are interleaved instruction by
// instruction.
#if defined(__x86_64__)
#include <immintrin.h>

#include "text/sha256_kernels.h"

#pragma GCC push_options
#pragma GCC target("sha,sse4.1,ssse3")

namespace tamis::internal {
namespace {

// The unit wants the words as (a b e f) and (c d g h), highest first.
struct Pair {
  __m128i abef, cdgh;
};

inline Pair LoadState(const Sha256State& state) {
  const auto* words = reinterpret_cast<const __m128i*>(state.data());
  __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xB1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1B);
  return {_mm_alignr_epi8(badc, hgfe, 8), _mm_blend_epi16(hgfe, badc, 0xF0)};
}

inline void StoreState(Pair pair, __m128i* low, __m128i* high) {
  __m128i feba = _mm_shuffle_epi32(pair.abef, 0x1B);
  __m128i dchg = _mm_shuffle_epi32(pair.cdgh, 0xB1);
  *low = _mm_blend_epi16(feba, dchg, 0xF0);
  *high = _mm_alignr_epi8(dchg, feba, 8);
}

// One block of each of N messages; w holds its 16 words, in the machine's byte order.
template <int N>
[[gnu::always_inline]] inline void Rounds(Pair (&state)[N], __m128i (&w)[N][4]) {
  Pair before[N];
  for (int n = 0; n < N; ++n) before[n] = state[n];
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i) {
    __m128i constants = _mm_load_si128(reinterpret_cast<const __m128i*>(kSha256Rounds) + i);
#pragma GCC unroll 4
    for (int n = 0; n < N; ++n) {
      __m128i sum = _mm_add_epi32(w[n][i & 3], constants);
      state[n].cdgh = _mm_sha256rnds2_epu32(state[n].cdgh, state[n].abef, sum);
      state[n].abef =
          _mm_sha256rnds2_epu32(state[n].abef, state[n].cdgh, _mm_shuffle_epi32(sum, 0x0E));
      if (i < 12) {
        __m128i last = w[n][(i + 3) & 3];
        __m128i next = _mm_add_epi32(_mm_sha256msg1_epu32(w[n][i & 3], w[n][(i + 1) & 3]),
                                     _mm_alignr_epi8(last, w[n][(i + 2) & 3], 4));
        w[n][i & 3] = _mm_sha256msg2_epu32(next, last);
      }
    }
  }
  for (int n = 0; n < N; ++n) {
    state[n].abef = _mm_add_epi32(state[n].abef, before[n].abef);
    state[n].cdgh = _mm_add_epi32(state[n].cdgh, before[n].cdgh);
  }
}

inline __m128i SwapBytes() { return _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203); }

inline void LoadBlock(const uint8_t* block, __m128i (&w)[4]) {
  for (int i = 0; i < 4; ++i)
    w[i] =
        _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i), SwapBytes());
}

}  // namespace

void CompressShaNi(Sha256State* state, const uint8_t* blocks, size_t block_count) {
  Pair pair[1] = {LoadState(*state)};
  for (size_t i = 0; i < block_count; ++i) {
    __m128i w[1][4];
    LoadBlock(blocks + i * 64, w[0]);
    Rounds<1>(pair, w);
  }
  auto* words = reinterpret_cast<__m128i*>(state->data());
  __m128i low, high;
  StoreState(pair[0], &low, &high);
  _mm_storeu_si128(words, low);
  _mm_storeu_si128(words + 1, high);
}

void HmacLanesShaNi(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                    size_t block_count, Digest* out) {
  constexpr int kLanes = 2;
  Pair state[kLanes];
  __m128i w[kLanes][4];
  for (auto& pair : state) pair = LoadState(inner);
  for (size_t block = 0; block < block_count; ++block) {
    for (size_t n = 0; n < kLanes; ++n) LoadBlock(padded + (n * block_count + block) * 64, w[n]);
    Rounds<kLanes>(state, w);
  }
  for (int n = 0; n < kLanes; ++n) {
    StoreState(state[n], &w[n][0], &w[n][1]);
    w[n][2] = _mm_set_epi32(0, 0, 0, static_cast<int>(0x80000000));
    w[n][3] = _mm_set_epi32((64 + 32) * 8, 0, 0, 0);
    state[n] = LoadState(outer);
  }
  Rounds<kLanes>(state, w);
  for (int n = 0; n < kLanes; ++n) {
    __m128i low, high;
    StoreState(state[n], &low, &high);
    auto* digest = reinterpret_cast<__m128i*>(out[n].data());
    _mm_storeu_si128(digest, _mm_shuffle_epi8(low, SwapBytes()));
    _mm_storeu_si128(digest + 1, _mm_shuffle_epi8(high, SwapBytes()));
  }
}

}  // namespace tamis::internal

#pragma GCC pop_options
#endif
