// SHA-256 (FIPS 180-4). Keys are in text/hmac.h.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tamis {

/// 32 bytes, in the order in which they are printed.
using Digest = std::array<uint8_t, 32>;

/// The eight words between two blocks.
using Sha256State = std::array<uint32_t, 8>;

/// The state before the first block.
extern const Sha256State kSha256Start;

/// The digest of a message.
Digest Sha256(std::string_view message);

/// Compresses `block_count` blocks of 64 bytes into `state`.
void Sha256Compress(Sha256State* state, const uint8_t* blocks, size_t block_count);

/// The state after the last block of a message that goes on with `message` (and ends there) after
/// `bytes_before` bytes, a multiple of 64, which are in `state` already.
Sha256State Sha256Finish(Sha256State state, std::string_view message, uint64_t bytes_before);

/// Blocks that a tail of so many bytes fills with its padding.
constexpr size_t Sha256PaddedBlocks(size_t tail_bytes) { return (tail_bytes + 9 + 63) / 64; }

/// Writes the tail, the bit 1, zeros and the length of the whole message in bits: whole blocks.
/// Returns how many.
size_t Sha256Pad(std::string_view tail, uint64_t message_bytes, uint8_t* out);

/// Writes the state's words as bytes, big-endian.
void StoreDigest(const Sha256State& state, uint8_t* out);

/// How many messages at once are hashed, and by what: one in plain C++, two with the SHA
/// extensions, 8 or 16 in the lanes of AVX2 or AVX-512.
enum class ShaBackend : uint8_t { kPortable, kShaNi, kAvx2, kAvx512 };

/// The fastest for batches of short messages at ActiveCpuLevel().
ShaBackend BestShaBackend();
/// Whether the active level can run it.
bool ShaBackendWorks(ShaBackend backend);

}  // namespace tamis
