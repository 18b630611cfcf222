// XXH64 of bytes. See hash.h.
#include "base/hash.h"

namespace tamis {
namespace {

using namespace internal;

uint64_t Load64(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

uint64_t Load32(const char* p) {
  uint32_t word;
  std::memcpy(&word, p, 4);
  return word;
}

// Takes whole stripes of 32 bytes and moves `p` behind them.
uint64_t HashStripes(const char*& p, const char* end, uint64_t seed) {
  uint64_t lanes[4] = {seed + kXxPrime1 + kXxPrime2, seed + kXxPrime2, seed, seed - kXxPrime1};
  for (; end - p >= 32; p += 32) {
    for (int i = 0; i < 4; ++i) lanes[i] = XxRound(lanes[i], Load64(p + i * 8));
  }
  uint64_t h = std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) +
               std::rotl(lanes[3], 18);
  for (uint64_t lane : lanes) h = (h ^ XxRound(0, lane)) * kXxPrime1 + kXxPrime4;
  return h;
}

}  // namespace

uint64_t XxHash64(std::string_view bytes, uint64_t seed) {
  const char* p = bytes.data();
  const char* end = p + bytes.size();
  uint64_t h = bytes.size() >= 32 ? HashStripes(p, end, seed) : seed + kXxPrime5;
  h += bytes.size();
  for (; end - p >= 8; p += 8) {
    h = std::rotl(h ^ XxRound(0, Load64(p)), 27) * kXxPrime1 + kXxPrime4;
  }
  if (end - p >= 4) {
    h = std::rotl(h ^ (Load32(p) * kXxPrime1), 23) * kXxPrime2 + kXxPrime3;
    p += 4;
  }
  for (; p < end; ++p) {
    h = std::rotl(h ^ (static_cast<unsigned char>(*p) * kXxPrime5), 11) * kXxPrime1;
  }
  return XxAvalanche(h);
}

}  // namespace tamis
