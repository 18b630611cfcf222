// HMAC-SHA256 of many messages at once, a message a lane: the algorithm over a Lanes type with the
// instructions of one vector set. Included by sha256_avx2.cc and sha256_avx512.cc inside their
// target options; internal to src/text.
//
// Lanes has: Vector, Broadcast, Add, Rotate<n>, Shift<n>, Xor3, Choose, Majority, LoadBlocks
// (transposes and swaps bytes) and StoreDigests. No #pragma once: each includer compiles its own.

namespace tamis::internal {
namespace {

template <class Lanes>
struct LaneState {
  typename Lanes::Vector at[8];
};

template <class Lanes>
[[gnu::always_inline]] inline void LaneRound(typename Lanes::Vector (&s)[8], int i,
                                             typename Lanes::Vector w) {
  // The eight roles move by one variable a round instead of the values moving.
  auto& a = s[(64 - i) & 7];
  auto& b = s[(65 - i) & 7];
  auto& c = s[(66 - i) & 7];
  auto& d = s[(67 - i) & 7];
  auto& e = s[(68 - i) & 7];
  auto& f = s[(69 - i) & 7];
  auto& g = s[(70 - i) & 7];
  auto& h = s[(71 - i) & 7];
  auto s1 = Lanes::Xor3(Lanes::template Rotate<6>(e), Lanes::template Rotate<11>(e),
                        Lanes::template Rotate<25>(e));
  auto t1 = Lanes::Add(Lanes::Add(h, Lanes::Add(w, Lanes::Broadcast(kSha256Rounds[i]))),
                       Lanes::Add(s1, Lanes::Choose(e, f, g)));
  auto s0 = Lanes::Xor3(Lanes::template Rotate<2>(a), Lanes::template Rotate<13>(a),
                        Lanes::template Rotate<22>(a));
  d = Lanes::Add(d, t1);
  h = Lanes::Add(t1, Lanes::Add(s0, Lanes::Majority(a, b, c)));
}

template <class Lanes>
[[gnu::always_inline]] inline typename Lanes::Vector Schedule(typename Lanes::Vector (&w)[16],
                                                              int i) {
  auto w2 = w[(i + 14) & 15], w15 = w[(i + 1) & 15];
  auto s1 = Lanes::Xor3(Lanes::template Rotate<17>(w2), Lanes::template Rotate<19>(w2),
                        Lanes::template Shift<10>(w2));
  auto s0 = Lanes::Xor3(Lanes::template Rotate<7>(w15), Lanes::template Rotate<18>(w15),
                        Lanes::template Shift<3>(w15));
  w[i & 15] = Lanes::Add(Lanes::Add(w[i & 15], w[(i + 9) & 15]), Lanes::Add(s0, s1));
  return w[i & 15];
}

template <class Lanes>
void CompressLanes(LaneState<Lanes>* state, typename Lanes::Vector (&w)[16]) {
  typename Lanes::Vector s[8];
  for (int i = 0; i < 8; ++i) s[i] = state->at[i];
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i) LaneRound<Lanes>(s, i, w[i]);
#pragma GCC unroll 48
  for (int i = 16; i < 64; ++i) LaneRound<Lanes>(s, i, Schedule<Lanes>(w, i));
  for (int i = 0; i < 8; ++i) state->at[i] = Lanes::Add(state->at[i], s[i]);
}

template <class Lanes>
void HmacOfLanes(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                 size_t block_count, Digest* out) {
  LaneState<Lanes> state;
  typename Lanes::Vector w[16];
  for (size_t i = 0; i < 8; ++i) state.at[i] = Lanes::Broadcast(inner[i]);
  for (size_t block = 0; block < block_count; ++block) {
    Lanes::LoadBlocks(padded + block * 64, block_count * 64, w);
    CompressLanes<Lanes>(&state, w);
  }
  // The inner digest is already spread over the lanes as the outer block wants it.
  for (int i = 0; i < 8; ++i) w[i] = state.at[i];
  w[8] = Lanes::Broadcast(0x80000000);
  for (int i = 9; i < 15; ++i) w[i] = Lanes::Broadcast(0);
  w[15] = Lanes::Broadcast((64 + 32) * 8);
  for (size_t i = 0; i < 8; ++i) state.at[i] = Lanes::Broadcast(outer[i]);
  CompressLanes<Lanes>(&state, w);
  Lanes::StoreDigests(state.at, out);
}

}  // namespace
}  // namespace tamis::internal
