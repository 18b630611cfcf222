// CRC-32C (Castagnoli) checksums of bytes and of bytes put together. No other digests: those are in
// src/text.
#pragma once

#include <cstdint>
#include <string_view>

namespace tamis {

/// The CRC-32C of `bytes` after those whose CRC-32C is `before` (RFC 3720, appendix B.4).
uint32_t Crc32c(std::string_view bytes, uint32_t before = 0);

/// As Crc32c, without the processor's own instruction; for tests.
uint32_t Crc32cPortable(std::string_view bytes, uint32_t before = 0);

/// The CRC-32C of A followed by B, from those of A and of B and the length of B in bytes.
uint32_t Crc32cConcat(uint32_t crc_a, uint32_t crc_b, int64_t b_bytes);

}  // namespace tamis
