// Bytes to lower-case hexadecimal.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tamis {

/// Writes 16 digits for the 8 bytes at `bytes`.
void HexEncode8(const uint8_t* bytes, char* out);

/// Writes the first `digits` digits (also an odd number) of `bytes`, which holds at least
/// (digits + 1) / 2 bytes.
void HexEncode(const uint8_t* bytes, size_t digits, char* out);

}  // namespace tamis
