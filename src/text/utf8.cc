// Skips ASCII 64 bytes at a time and checks the rest byte by byte. See utf8.h.
//
// PERF NOTES. Real tables are nearly all ASCII: 64-byte steps of OR (the compiler makes SSE2 of
// them, the x86-64 baseline) run at memory speed, so a wider set wins nothing.
#include "text/utf8.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace tamis {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;

uint64_t LoadWord(const uint8_t* p) {
  uint64_t word;
  std::memcpy(&word, p, 8);
  return word;
}

// The first byte at or after `p` that isn't ASCII, or `end`.
const uint8_t* SkipAscii(const uint8_t* p, const uint8_t* end) {
  while (end - p >= 64) {
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 8) bits |= LoadWord(p + i);
    if (bits & kHighBits) break;
    p += 64;
  }
  for (; end - p >= 8; p += 8)
    if (uint64_t bits = LoadWord(p) & kHighBits) return p + std::countr_zero(bits) / 8;
  while (p < end && *p < 0x80) ++p;
  return p;
}

bool Continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

// Bytes of the sequence of two or more that begins at `p`, or 0 if there is no valid one. The
// limits of the second byte are those of Unicode's table 3-7.
size_t SequenceBytes(const uint8_t* p, const uint8_t* end) {
  uint8_t first = *p;
  auto left = static_cast<size_t>(end - p);
  if (first < 0xC2 || first > 0xF4 || left < 2) return 0;
  if (first < 0xE0) return Continues(p[1]) ? 2 : 0;
  if (first < 0xF0) {
    uint8_t low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return left >= 3 && p[1] >= low && p[1] <= high && Continues(p[2]) ? 3 : 0;
  }
  uint8_t low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
  return left >= 4 && p[1] >= low && p[1] <= high && Continues(p[2]) && Continues(p[3]) ? 4 : 0;
}

}  // namespace

size_t FindInvalidUtf8(std::string_view text) {
  const auto* begin = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* end = begin + text.size();
  for (const uint8_t* p = begin;;) {
    p = SkipAscii(p, end);
    // Runs of other scripts stay in this loop; ASCII of a byte or two between them too.
    for (int ascii = 0; p < end && ascii < 8;) {
      if (*p < 0x80) {
        ++p, ++ascii;
        continue;
      }
      size_t bytes = SequenceBytes(p, end);
      if (bytes == 0) return static_cast<size_t>(p - begin);
      p += bytes, ascii = 0;
    }
    if (p == end) return std::string_view::npos;
  }
}

size_t CountCodePoints(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<uint8_t>(c) & 0xC0) != 0x80;
  return count;
}

}  // namespace tamis
