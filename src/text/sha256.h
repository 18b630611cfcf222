// SHA-256 (FIPS 180-4) over one or many messages. Keys are in text/hmac.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tamis {

/// 32 bytes, in the order in which they are printed.
using Digest = std::array<uint8_t, 32>;

/// The eight words between two blocks.
using Sha256State = std::array<uint32_t, 8>;

/// The state before the first block.
extern const Sha256State kSha256Start;

/// How blocks are compressed: one after the other in plain C++, two messages at once with the SHA
/// extensions, 8 or 16 at once in the lanes of AVX2 or AVX-512.
enum class ShaBackend : uint8_t { kPortable, kShaNi, kAvx2, kAvx512 };

/// The fastest for batches of short messages at ActiveCpuLevel().
ShaBackend BestShaBackend();
/// Whether this processor can run it.
bool ShaBackendWorks(ShaBackend backend);

/// Compresses `block_count` blocks of 64 bytes into `state`.
void Sha256Compress(ShaBackend backend, Sha256State* state, const uint8_t* blocks,
                    size_t block_count);

/// One block for each of several states; states and blocks are independent of each other.
void Sha256CompressMany(ShaBackend backend, std::span<Sha256State> states,
                        const uint8_t* const* blocks);

/// The digest of a message, with the best backend.
Digest Sha256(std::string_view message);

/// Writes the state's words as bytes, big-endian.
void StoreDigest(const Sha256State& state, uint8_t* out);

}  // namespace tamis
