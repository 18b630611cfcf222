// Keys and single messages. See hmac.h.
//
// PERF NOTES. ns a message of a batch, its padding included, one core of a Zen 5 server (AVX-512
// with full-width units, SHA extensions), 32-byte key; up to 55 bytes are one block, up to 119 are
// two:
//              AVX-512 x16   SHA extensions x2   AVX2 x8   portable   SHA extensions, one at a time
//   30 bytes          35.3                56.1      92.4      452.0                          109.7
//   100 bytes         49.5                77.3     134.5      667.5                          125.7
// So 16 lanes beat the SHA unit here, where a rotation and a three-way logic operation are one
// instruction of 64 bytes each. A processor that splits 512-bit operations would turn the order.
#include "text/hmac.h"

#include <cstring>

namespace tamis {

HmacKey::HmacKey(std::string_view key) {
  uint8_t pad[64] = {};
  if (key.size() > 64) {
    Digest digest = Sha256(key);
    std::memcpy(pad, digest.data(), digest.size());
  } else if (!key.empty()) {
    std::memcpy(pad, key.data(), key.size());
  }
  for (uint8_t& byte : pad) byte ^= 0x36;
  inner_ = outer_ = kSha256Start;
  Sha256Compress(&inner_, pad, 1);
  for (uint8_t& byte : pad) byte ^= 0x36 ^ 0x5C;
  Sha256Compress(&outer_, pad, 1);
  explicit_bzero(pad, sizeof(pad));
}

HmacKey::~HmacKey() {
  explicit_bzero(inner_.data(), sizeof(inner_));
  explicit_bzero(outer_.data(), sizeof(outer_));
}

Digest HmacSha256(const HmacKey& key, std::string_view message) {
  uint8_t inner_digest[32];
  StoreDigest(Sha256Finish(key.inner(), message, 64), inner_digest);
  std::string_view inner_bytes(reinterpret_cast<const char*>(inner_digest), sizeof(inner_digest));
  Digest digest;
  StoreDigest(Sha256Finish(key.outer(), inner_bytes, 64), digest.data());
  return digest;
}

void HmacSha256Batch(const HmacKey& key, std::span<const std::string_view> messages, Digest* out,
                     ShaBackend backend) {
  HmacQueue<size_t> queue(key, backend);
  auto store = [out](size_t i, std::string_view, const Digest& digest) { out[i] = digest; };
  for (size_t i = 0; i < messages.size(); ++i) queue.Add(messages[i], i, store);
  queue.Finish(store);
}

}  // namespace tamis
