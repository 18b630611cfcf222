// Base64 (RFC 4648, section 4): bytes as text. Strict: no spaces, no other alphabets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tamis {

/// The bytes that `text` stands for; false if it is no Base64 (padding is required).
bool DecodeBase64(std::string_view text, std::string* bytes);

/// Bytes that PutBase64 writes.
inline size_t Base64Bytes(size_t size) { return (size + 2) / 3 * 4; }

/// Writes `bytes` as text at `out`; returns its end.
char* PutBase64(std::string_view bytes, char* out);

}  // namespace tamis
