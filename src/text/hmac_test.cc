// Tests text/hmac.h.
#include "text/hmac.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <random>
#include <string>
#include <vector>

#include "text/cpu.h"
#include "text/hex.h"

namespace tamis {
namespace {

std::string Hex(const Digest& digest) {
  std::string text(64, ' ');
  HexEncode(digest.data(), 64, text.data());
  return text;
}

std::string OpensslHmac(std::string_view key, std::string_view message) {
  Digest digest;
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &size);
  return Hex(digest);
}

std::vector<ShaBackend> Backends() {
  std::vector<ShaBackend> backends;
  for (ShaBackend backend :
       {ShaBackend::kPortable, ShaBackend::kShaNi, ShaBackend::kAvx2, ShaBackend::kAvx512})
    if (ShaBackendWorks(backend)) backends.push_back(backend);
  return backends;
}

std::string RandomText(std::mt19937_64* random, size_t size) {
  std::string text(size, ' ');
  for (char& c : text) c = static_cast<char>((*random)());
  return text;
}

// FIPS 180-4 examples (NIST CSRC) and the empty message.
TEST(Sha256, NistVectors) {
  for (CpuLevel level : {CpuLevel::kPortable, CpuLevel::kAvx512}) {
    ScopedCpuLevel scope(level);
    EXPECT_EQ(Hex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(Hex(Sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(Hex(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(Hex(Sha256(std::string(1000000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
}

struct Vector {
  std::string key, message, digest;
};

// RFC 4231, 4.2 to 4.8 (4.6 is cut to 128 bits there).
std::vector<Vector> Rfc4231() {
  std::string counting;
  for (char c = 1; c <= 25; ++c) counting += c;
  return {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {counting, std::string(50, '\xcd'),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {std::string(20, '\x0c'), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key "
       "needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
}

TEST(Hmac, Rfc4231Vectors) {
  for (const Vector& vector : Rfc4231()) {
    HmacKey key(vector.key);
    EXPECT_EQ(Hex(HmacSha256(key, vector.message)).substr(0, vector.digest.size()), vector.digest);
    for (ShaBackend backend : Backends()) {
      std::string_view message = vector.message;
      Digest digest;
      HmacSha256Batch(key, {&message, 1}, &digest, backend);
      EXPECT_EQ(Hex(digest).substr(0, vector.digest.size()), vector.digest)
          << static_cast<int>(backend);
    }
  }
}

TEST(Hmac, EveryBackendAgreesWithOpenssl) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string key_text = RandomText(&random, random() % 100);
    HmacKey key(key_text);
    std::vector<std::string> texts(random() % 70);
    for (std::string& text : texts)
      text = RandomText(&random, round % 2 ? random() % 301 : random() % 60);
    std::vector<std::string_view> messages(texts.begin(), texts.end());
    for (ShaBackend backend : Backends()) {
      std::vector<Digest> digests(texts.size());
      HmacSha256Batch(key, messages, digests.data(), backend);
      for (size_t i = 0; i < texts.size(); ++i)
        ASSERT_EQ(Hex(digests[i]), OpensslHmac(key_text, texts[i]))
            << static_cast<int>(backend) << " " << texts[i].size();
    }
    for (CpuLevel level : {CpuLevel::kPortable, CpuLevel::kAvx512}) {
      ScopedCpuLevel scope(level);
      for (const std::string& text : texts)
        ASSERT_EQ(Hex(HmacSha256(key, text)), OpensslHmac(key_text, text));
    }
  }
}

TEST(Hmac, EveryLengthAroundTheBlockEdges) {
  HmacKey key("key");
  for (ShaBackend backend : Backends()) {
    std::vector<std::string> texts;
    for (size_t size = 0; size <= 300; ++size) texts.push_back(std::string(size, 'x'));
    std::vector<std::string_view> messages(texts.begin(), texts.end());
    std::vector<Digest> digests(texts.size());
    HmacSha256Batch(key, messages, digests.data(), backend);
    for (size_t i = 0; i < texts.size(); ++i)
      ASSERT_EQ(Hex(digests[i]), OpensslHmac("key", texts[i])) << i;
  }
}

TEST(ShaBackend, FollowsTheLevel) {
  ScopedCpuLevel scope(CpuLevel::kPortable);
  EXPECT_EQ(BestShaBackend(), ShaBackend::kPortable);
  EXPECT_FALSE(ShaBackendWorks(ShaBackend::kShaNi));
}

TEST(Hex, EveryByteAndOddCounts) {
  uint8_t bytes[256];
  std::string expected;
  for (int i = 0; i < 256; ++i) {
    bytes[i] = static_cast<uint8_t>(i);
    char digits[3];
    snprintf(digits, sizeof(digits), "%02x", i);
    expected += digits;
  }
  std::string text(512, ' ');
  HexEncode(bytes, 512, text.data());
  EXPECT_EQ(text, expected);
  for (size_t digits = 0; digits < 40; ++digits) {
    std::string part(41, '#');
    HexEncode(bytes + 150, digits, part.data());
    EXPECT_EQ(part, expected.substr(300, digits) + std::string(41 - digits, '#'));
  }
}

}  // namespace
}  // namespace tamis
