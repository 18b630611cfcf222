// Tests text/utf8.h.
#include "text/utf8.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace tamis {
namespace {

constexpr size_t kNone = std::string_view::npos;

// Decodes one sequence by the definition; 0 if there is none.
size_t SlowSequence(std::string_view text) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  unsigned first = byte(0);
  if (first < 0x80) return 1;
  size_t size = first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (size == 0 || size > text.size()) return 0;
  uint32_t point = first & (0x7F >> size);
  for (size_t i = 1; i < size; ++i) {
    if (byte(i) >> 6 != 2) return 0;
    point = point << 6 | (byte(i) & 0x3F);
  }
  const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return 0;
  return size;
}

size_t SlowFind(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    size_t size = SlowSequence(text.substr(at));
    if (size == 0) return at;
    at += size;
  }
  return kNone;
}

TEST(Utf8, EveryThreeBytesAndTheEdgesOfFour) {
  for (uint32_t bytes = 0; bytes < 1u << 24; bytes += 1 + bytes % 5) {
    std::string text = {static_cast<char>(bytes >> 16), static_cast<char>(bytes >> 8),
                        static_cast<char>(bytes)};
    ASSERT_EQ(FindInvalidUtf8(text), SlowFind(text)) << std::hex << bytes;
  }
  for (uint32_t bytes = 0xF0000000; bytes < 0xF8000000; bytes += 0x1F3) {
    std::string text = {static_cast<char>(bytes >> 24), static_cast<char>(bytes >> 16),
                        static_cast<char>(bytes >> 8), static_cast<char>(bytes)};
    ASSERT_EQ(FindInvalidUtf8(text), SlowFind(text)) << std::hex << bytes;
  }
}

TEST(Utf8, RandomMixes) {
  const std::string pieces[] = {"a",
                                "plain ascii text",
                                "é",
                                "日本",
                                "😀",
                                "\xC3",
                                "\xF0\x9F",
                                "\xFF",
                                "\xED\xA0\x80",
                                std::string(70, 'x'),
                                std::string("\0", 1)};
  std::mt19937_64 random(6);
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    uint64_t valid_only = random() % 2;
    for (uint64_t n = random() % 12; n; --n) {
      size_t piece = random() % std::size(pieces);
      if (valid_only && piece >= 5 && piece <= 8) continue;
      text += pieces[piece];
    }
    ASSERT_EQ(FindInvalidUtf8(text), SlowFind(text)) << text;
  }
}

TEST(Utf8, CodePoints) {
  EXPECT_EQ(CountCodePoints(""), 0u);
  EXPECT_EQ(CountCodePoints("abc"), 3u);
  EXPECT_EQ(CountCodePoints("é日😀"), 3u);
  EXPECT_TRUE(IsValidUtf8("é日😀"));
  EXPECT_FALSE(IsValidUtf8("\xC0\x80"));
}

}  // namespace
}  // namespace tamis
