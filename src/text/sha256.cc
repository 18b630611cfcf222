// Portable SHA-256 and the choice of a backend. See sha256.h.
#include "text/sha256.h"

#include <bit>
#include <cstring>

#include "text/cpu.h"
#include "text/sha256_kernels.h"

namespace tamis {

const Sha256State kSha256Start = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

namespace internal {

alignas(64) const uint32_t kSha256Rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

namespace {

uint32_t LoadBigEndian(const uint8_t* p) {
  uint32_t word;
  std::memcpy(&word, p, 4);
  return std::endian::native == std::endian::little ? __builtin_bswap32(word) : word;
}

void CompressBlock(Sha256State* state, const uint8_t* block) {
  uint32_t w[64];
  for (int i = 0; i < 16; ++i) w[i] = LoadBigEndian(block + i * 4);
  for (int i = 16; i < 64; ++i) {
    uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
    uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  auto [a, b, c, d, e, f, g, h] = *state;
  for (int i = 0; i < 64; ++i) {
    uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + kSha256Rounds[i] + w[i];
    uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1;
    d = c, c = b, b = a, a = t1 + t2;
  }
  const uint32_t added[8] = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < 8; ++i) (*state)[i] += added[i];
}

}  // namespace

void CompressPortable(Sha256State* state, const uint8_t* blocks, size_t block_count) {
  for (size_t i = 0; i < block_count; ++i) CompressBlock(state, blocks + i * 64);
}

void HmacLanesPortable(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                       size_t block_count, Digest* out) {
  Sha256State state = inner;
  CompressPortable(&state, padded, block_count);
  uint8_t block[64] = {};
  StoreDigest(state, block);
  block[32] = 0x80;
  block[62] = 0x03;  // (64 + 32) * 8 bits
  state = outer;
  CompressBlock(&state, block);
  StoreDigest(state, out->data());
}

size_t ShaLanes(ShaBackend backend) {
  switch (backend) {
    case ShaBackend::kPortable:
      return 1;
    case ShaBackend::kShaNi:
      return 2;
    case ShaBackend::kAvx2:
      return 8;
    case ShaBackend::kAvx512:
      return 16;
  }
  return 1;
}

HmacLanes HmacLanesOf(ShaBackend backend) {
#if defined(__x86_64__)
  switch (backend) {
    case ShaBackend::kPortable:
      return HmacLanesPortable;
    case ShaBackend::kShaNi:
      return HmacLanesShaNi;
    case ShaBackend::kAvx2:
      return HmacLanesAvx2;
    case ShaBackend::kAvx512:
      return HmacLanesAvx512;
  }
#else
  (void)backend;
#endif
  return HmacLanesPortable;
}

}  // namespace internal

bool ShaBackendWorks(ShaBackend backend) {
  switch (backend) {
    case ShaBackend::kPortable:
      return true;
    case ShaBackend::kShaNi:
      return CpuHasShaNi();
    case ShaBackend::kAvx2:
      return ActiveCpuLevel() >= CpuLevel::kAvx2;
    case ShaBackend::kAvx512:
      return ActiveCpuLevel() >= CpuLevel::kAvx512;
  }
  return false;
}

ShaBackend BestShaBackend() {
  for (ShaBackend backend : {ShaBackend::kAvx512, ShaBackend::kShaNi, ShaBackend::kAvx2})
    if (ShaBackendWorks(backend)) return backend;
  return ShaBackend::kPortable;
}

void Sha256Compress(Sha256State* state, const uint8_t* blocks, size_t block_count) {
#if defined(__x86_64__)
  if (CpuHasShaNi()) return internal::CompressShaNi(state, blocks, block_count);
#endif
  internal::CompressPortable(state, blocks, block_count);
}

void StoreDigest(const Sha256State& state, uint8_t* out) {
  for (uint32_t word : state) {
    if (std::endian::native == std::endian::little) word = __builtin_bswap32(word);
    std::memcpy(out, &word, 4);
    out += 4;
  }
}

size_t Sha256Pad(std::string_view tail, uint64_t message_bytes, uint8_t* out) {
  size_t blocks = Sha256PaddedBlocks(tail.size());
  if (!tail.empty()) std::memcpy(out, tail.data(), tail.size());
  std::memset(out + tail.size(), 0, blocks * 64 - tail.size());
  out[tail.size()] = 0x80;
  uint64_t bits = message_bytes * 8;
  for (size_t i = 1; i <= 8; ++i, bits >>= 8)
    out[blocks * 64 - i] = static_cast<uint8_t>(bits & 0xFF);
  return blocks;
}

Sha256State Sha256Finish(Sha256State state, std::string_view message, uint64_t bytes_before) {
  size_t whole = message.size() / 64;
  Sha256Compress(&state, reinterpret_cast<const uint8_t*>(message.data()), whole);
  uint8_t last[128];
  size_t blocks = Sha256Pad(message.substr(whole * 64), bytes_before + message.size(), last);
  Sha256Compress(&state, last, blocks);
  return state;
}

Digest Sha256(std::string_view message) {
  Digest digest;
  StoreDigest(Sha256Finish(kSha256Start, message, 0), digest.data());
  return digest;
}

}  // namespace tamis
