// HMAC-SHA256 (RFC 2104) with the key's part computed once. Does not load keys: see base/secret.h.
#pragma once

#include <span>
#include <string_view>

#include "text/sha256.h"

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

/// The HMAC of each message, in order, into `out` (one digest a message). Much faster than one at a
/// time: messages share the processor's units or lanes. Messages may have any lengths.
void HmacSha256Batch(const HmacKey& key, std::span<const std::string_view> messages, Digest* out);

/// The same with a given backend, for tests and measurements.
void HmacSha256BatchWith(ShaBackend backend, const HmacKey& key,
                         std::span<const std::string_view> messages, Digest* out);

}  // namespace tamis
