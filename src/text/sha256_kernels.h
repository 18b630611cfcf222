// The compression functions behind sha256.h and hmac.h, one a backend. Internal to src/text.
#pragma once

#include <cstddef>
#include <cstdint>

#include "text/sha256.h"

namespace tamis::internal {

/// Most messages that a kernel takes at once.
inline constexpr size_t kShaLanesMax = 16;

/// The round constants of FIPS 180-4, 4.2.2.
alignas(64) extern const uint32_t kSha256Rounds[64];

/// Messages that the backend hashes at once.
size_t ShaLanes(ShaBackend backend);

/// HMACs of ShaLanes(backend) padded messages of `block_count` blocks each, one behind the other at
/// `padded` (padded as SHA-256 does, the pad block of the key counted into the length). Writes one
/// digest a message.
using HmacLanes = void (*)(const Sha256State& inner, const Sha256State& outer,
                           const uint8_t* padded, size_t block_count, Digest* out);
HmacLanes HmacLanesOf(ShaBackend backend);

void CompressPortable(Sha256State* state, const uint8_t* blocks, size_t block_count);
void HmacLanesPortable(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                       size_t block_count, Digest* out);

#if defined(__x86_64__)
void CompressShaNi(Sha256State* state, const uint8_t* blocks, size_t block_count);
void HmacLanesShaNi(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                    size_t block_count, Digest* out);
void HmacLanesAvx2(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                   size_t block_count, Digest* out);
void HmacLanesAvx512(const Sha256State& inner, const Sha256State& outer, const uint8_t* padded,
                     size_t block_count, Digest* out);
#endif

}  // namespace tamis::internal
