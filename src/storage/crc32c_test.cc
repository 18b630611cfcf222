// CRC-32C against the published vectors, and its two implementations against each other.
#include "storage/crc32c.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace tamis {
namespace {

TEST(Crc32c, PublishedVectors) {
  // RFC 3720, appendix B.4.
  std::string ascending, descending;
  for (int i = 0; i < 32; ++i) ascending += static_cast<char>(i);
  for (int i = 31; i >= 0; --i) descending += static_cast<char>(i);
  struct {
    std::string bytes;
    uint32_t crc;
  } cases[] = {{std::string(32, '\0'), 0x8a9136aa},
               {std::string(32, '\xff'), 0x62a8ab43},
               {ascending, 0x46dd794e},
               {descending, 0x113fdb5c},
               {"123456789", 0xe3069283},
               {"", 0}};
  for (const auto& c : cases) {
    EXPECT_EQ(Crc32c(c.bytes), c.crc);
    EXPECT_EQ(Crc32cPortable(c.bytes), c.crc);
  }
}

TEST(Crc32c, PathsAgreeAndPartsJoin) {
  std::mt19937_64 random(1);
  std::string bytes(100'000, ' ');
  for (char& c : bytes) c = static_cast<char>(random());
  for (int round = 0; round < 500; ++round) {
    size_t begin = random() % 1000, size = random() % (round < 250 ? 100 : 90'000);
    std::string_view part = std::string_view(bytes).substr(begin, size);
    uint32_t whole = Crc32c(part);
    ASSERT_EQ(whole, Crc32cPortable(part));
    size_t cut = size == 0 ? 0 : random() % size;
    ASSERT_EQ(Crc32c(part.substr(cut), Crc32c(part.substr(0, cut))), whole);
    ASSERT_EQ(Crc32cConcat(Crc32c(part.substr(0, cut)), Crc32c(part.substr(cut)),
                           static_cast<int64_t>(size - cut)),
              whole);
  }
}

}  // namespace
}  // namespace tamis
