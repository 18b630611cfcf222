// Groups messages by their number of blocks, so that all lanes of a kernel end together. See
// hmac.h.
#include "text/hmac.h"

#include <strings.h>

#include <algorithm>
#include <cstring>

#include "text/sha256_kernels.h"

namespace tamis {
namespace {

using internal::kShaLanesMax;

// Longer messages fill the units on their own.
constexpr size_t kGroupedBlocksMax = 4;

// Messages of one number of blocks, padded, that wait for the lanes to be full.
struct Group {
  alignas(64) uint8_t padded[kShaLanesMax * kGroupedBlocksMax * 64];
  size_t message[kShaLanesMax];
  size_t count = 0;
};

class Batch {
 public:
  Batch(ShaBackend backend, const HmacKey& key, Digest* out)
      : lanes_(internal::ShaLanes(backend)),
        kernel_(internal::HmacLanesOf(backend)),
        key_(key),
        out_(out) {}

  ~Batch() { explicit_bzero(groups_, sizeof(groups_)); }

  void Add(size_t index, std::string_view message) {
    size_t blocks = Sha256PaddedBlocks(message.size());
    if (blocks > kGroupedBlocksMax) {
      out_[index] = HmacSha256(key_, message);
      return;
    }
    Group& group = groups_[blocks - 1];
    Sha256Pad(message, 64 + message.size(), group.padded + group.count * blocks * 64);
    group.message[group.count++] = index;
    if (group.count == lanes_) Flush(blocks);
  }

  void Finish() {
    for (size_t blocks = 1; blocks <= kGroupedBlocksMax; ++blocks)
      if (groups_[blocks - 1].count) Flush(blocks);
  }

 private:
  // Lanes without a message hash what was left in them.
  void Flush(size_t blocks) {
    Group& group = groups_[blocks - 1];
    Digest digests[kShaLanesMax];
    kernel_(key_.inner(), key_.outer(), group.padded, blocks, digests);
    for (size_t i = 0; i < group.count; ++i) out_[group.message[i]] = digests[i];
    group.count = 0;
  }

  const size_t lanes_;
  const internal::HmacLanes kernel_;
  const HmacKey& key_;
  Digest* const out_;
  Group groups_[kGroupedBlocksMax];
};

}  // namespace

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

void HmacSha256Batch(const HmacKey& key, std::span<const std::string_view> messages, Digest* out) {
  HmacSha256BatchWith(BestShaBackend(), key, messages, out);
}

void HmacSha256BatchWith(ShaBackend backend, const HmacKey& key,
                         std::span<const std::string_view> messages, Digest* out) {
  Batch batch(backend, key, out);
  for (size_t i = 0; i < messages.size(); ++i) batch.Add(i, messages[i]);
  batch.Finish();
}

}  // namespace tamis
