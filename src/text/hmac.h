// HMAC-SHA256 (RFC 2104) with the key's part computed once. Does not load keys: see base/secret.h.
#pragma once

#include <array>
#include <cstring>
#include <span>
#include <string_view>

#include "text/sha256.h"
#include "text/sha256_kernels.h"

namespace tamis {

/// A key as the two SHA-256 states after its inner and outer pad. Wiped at the end; not copied.
class HmacKey {
 public:
  explicit HmacKey(std::string_view key);
  ~HmacKey();
  HmacKey(const HmacKey&) = delete;
  HmacKey& operator=(const HmacKey&) = delete;

  const Sha256State& inner() const { return inner_; }
  const Sha256State& outer() const { return outer_; }

 private:
  Sha256State inner_;
  Sha256State outer_;
};

/// The HMAC of one message.
Digest HmacSha256(const HmacKey& key, std::string_view message);

/// Messages on their way through a backend's lanes, grouped by their number of blocks so that all
/// lanes end together. Much faster than one at a time; messages may have any lengths. A Tag says
/// what a digest is for.
template <typename Tag>
class HmacQueue {
 public:
  /// `key` must outlive it.
  explicit HmacQueue(const HmacKey& key, ShaBackend backend = BestShaBackend())
      : key_(key), lanes_(internal::ShaLanes(backend)), kernel_(internal::HmacLanesOf(backend)) {}
  ~HmacQueue() { explicit_bzero(padded_, sizeof(padded_)); }
  HmacQueue(const HmacQueue&) = delete;
  HmacQueue& operator=(const HmacQueue&) = delete;

  /// Queues a copy of `message`. Calls `done(tag, message, digest)` for those that leave the queue
  /// meanwhile, in any order.
  template <typename Done>
  void Add(std::string_view message, const Tag& tag, Done&& done) {
    size_t blocks = Sha256PaddedBlocks(message.size());
    if (blocks > kGroups) {
      done(tag, message, HmacSha256(key_, message));
      return;
    }
    Group& group = groups_[blocks - 1];
    uint8_t* padded = padded_[blocks - 1] + group.count * blocks * 64;
    Sha256Pad(message, 64 + message.size(), padded);
    group.tags[group.count] = tag;
    group.sizes[group.count] = message.size();
    if (++group.count == lanes_) Flush(blocks, done);
  }

  /// Empties the queue.
  template <typename Done>
  void Finish(Done&& done) {
    for (size_t blocks = 1; blocks <= kGroups; ++blocks)
      if (groups_[blocks - 1].count) Flush(blocks, done);
  }

 private:
  // Messages of one number of blocks each; longer ones keep the units busy on their own.
  static constexpr size_t kGroups = 4;
  struct Group {
    size_t count = 0;
    std::array<Tag, internal::kShaLanesMax> tags;
    std::array<size_t, internal::kShaLanesMax> sizes;
  };

  // Lanes without a message hash what was left in them.
  template <typename Done>
  void Flush(size_t blocks, Done&& done) {
    Group& group = groups_[blocks - 1];
    const uint8_t* padded = padded_[blocks - 1];
    Digest digests[internal::kShaLanesMax];
    kernel_(key_.inner(), key_.outer(), padded, blocks, digests);
    for (size_t i = 0; i < group.count; ++i) {
      const auto* text = reinterpret_cast<const char*>(padded + i * blocks * 64);
      done(group.tags[i], std::string_view(text, group.sizes[i]), digests[i]);
    }
    group.count = 0;
  }

  const HmacKey& key_;
  const size_t lanes_;
  const internal::HmacLanes kernel_;
  std::array<Group, kGroups> groups_;
  alignas(64) uint8_t padded_[kGroups][internal::kShaLanesMax * kGroups * 64] = {};
};

/// The HMAC of each message, in order, into `out` (one digest a message).
void HmacSha256Batch(const HmacKey& key, std::span<const std::string_view> messages, Digest* out,
                     ShaBackend backend = BestShaBackend());

}  // namespace tamis
