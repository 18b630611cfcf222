// Pseudonyms by HMAC-SHA256, with a cache for values that repeat. See pseudonym.h.
//
// PERF NOTES. A pseudonym costs about 35 ns (text/hmac.cc), a look-up that hits 8 ns and one that
// fails 10 ns more, so a column's cache rests while fewer than 3 of 8 look-ups hit and is tried
// again later.
#include "ops/pseudonym.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "text/hex.h"
#include "text/number.h"

namespace tamis {
namespace {

constexpr int kLengthMax = 64;
constexpr size_t kCacheBytesOfColumnMax = 1 << 20;

void WriteHex(const Digest& digest, size_t length, char* out) {
  if (length == 16) {
    HexEncode8(digest.data(), out);
  } else {
    HexEncode(digest.data(), length, out);
  }
}

}  // namespace

Result<std::unique_ptr<Pseudonymizer>> Pseudonymizer::Make(const Secret& key,
                                                           const PseudonymOptions& options) {
  if (key.empty()) return UsageError("key: empty", "name one with env:NAME or file:PATH");
  if (options.length < 1 || options.length > kLengthMax) {
    return UsageError("length: " + std::to_string(options.length),
                      "a pseudonym has 1 to 64 digits; 16 is the default");
  }
  auto length = static_cast<size_t>(options.length);
  if (options.domain.empty())
    return std::unique_ptr<Pseudonymizer>(new Pseudonymizer(key.Reveal(), length));
  HmacKey root(key.Reveal());
  Digest derived = HmacSha256(root, options.domain);
  std::string_view bytes(reinterpret_cast<const char*>(derived.data()), derived.size());
  std::unique_ptr<Pseudonymizer> result(new Pseudonymizer(bytes, length));
  explicit_bzero(derived.data(), derived.size());
  return result;
}

void Pseudonymizer::Hash(std::string_view value, char* out) const {
  WriteHex(HmacSha256(key_, value), length_, out);
}

std::string Pseudonymizer::Hash(std::string_view value) const {
  std::string text(length_, '\0');
  Hash(value, text.data());
  return text;
}

// A two-way table of values and their pseudonyms. A line of 64 bytes (128 for long pseudonyms)
// holds both, so that a hit costs one or two cache lines.
class PseudonymWriter::Cache {
 public:
  Cache(size_t bytes_max, size_t pseudonym_length)
      : length_(pseudonym_length),
        line_bytes_(pseudonym_length <= 16 ? 64 : 128),
        value_bytes_max_(line_bytes_ - 1 - pseudonym_length),
        line_mask_(std::bit_floor(std::max<size_t>(bytes_max / line_bytes_, 64)) - 1) {}

  static uint64_t Hash(std::string_view value) {
    const char* p = value.data();
    size_t size = value.size();
    uint64_t h = size * 0x9E3779B97F4A7C15;
    for (; size > 8; p += 8, size -= 8) h = Mix(h, internal::Load64(p));
    if (size == 0) return h;
    if (size >= 4) return Mix(h, internal::Load32(p) | internal::Load32(p + size - 4) << 32);
    auto byte = [p](size_t i) { return static_cast<uint64_t>(static_cast<uint8_t>(p[i])); };
    return Mix(h, byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16);
  }

  // Whether this value should be looked up: not if it is too long, nor while few values repeat.
  bool Wants(std::string_view value) {
    if (value.size() > value_bytes_max_) return false;
    if (resting_ > 0) {
      --resting_;
      return false;
    }
    return true;
  }

  // The pseudonym of the value, or nullptr.
  const char* Find(uint64_t hash, std::string_view value) {
    if (!lines_) lines_.reset(new (std::align_val_t{128}) char[(line_mask_ + 1) * line_bytes_]());
    if (++looked_up_ == kTrial) Judge();
    for (size_t way = 0; way < 2; ++way) {
      const char* line = Line(hash, way);
      // Sizes are stored one higher: 0 is a free line.
      if (static_cast<uint8_t>(line[0]) == value.size() + 1 &&
          std::memcmp(line + 1 + length_, value.data(), value.size()) == 0) {
        ++hits_;
        return line + 1;
      }
    }
    return nullptr;
  }

  void Put(uint64_t hash, std::string_view value, const char* pseudonym) {
    size_t way = Line(hash, 0)[0] == 0 ? 0 : Line(hash, 1)[0] == 0 ? 1 : ++victim_ & 1;
    char* line = Line(hash, way);
    line[0] = static_cast<char>(value.size() + 1);
    std::memcpy(line + 1, pseudonym, length_);
    if (!value.empty()) std::memcpy(line + 1 + length_, value.data(), value.size());
  }

 private:
  // A look-up that fails costs about a third of a pseudonym.
  static constexpr uint32_t kTrial = 4096;
  static constexpr uint32_t kHitsMin = kTrial * 3 / 8;
  static constexpr uint32_t kRest = kTrial * 16;

  static uint64_t Mix(uint64_t h, uint64_t word) {
    auto product = static_cast<unsigned __int128>(h ^ word) * 0xD6E8FEB86659FD93;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }

  void Judge() {
    if (hits_ < kHitsMin) resting_ = kRest;
    looked_up_ = hits_ = 0;
  }

  char* Line(uint64_t hash, size_t way) const {
    return lines_.get() + ((hash ^ way) & line_mask_) * line_bytes_;
  }

  struct Free {
    void operator()(char* lines) const { operator delete[](lines, std::align_val_t{128}); }
  };

  const size_t length_;
  const size_t line_bytes_;
  const size_t value_bytes_max_;
  const size_t line_mask_;
  std::unique_ptr<char[], Free> lines_;
  uint32_t looked_up_ = 0;
  uint32_t hits_ = 0;
  uint32_t resting_ = 0;
  uint32_t victim_ = 0;
};

PseudonymWriter::PseudonymWriter(const Pseudonymizer& pseudonymizer, size_t column_count,
                                 size_t cache_bytes_max)
    : pseudonymizer_(pseudonymizer), queue_(pseudonymizer.key()) {
  size_t share = cache_bytes_max / std::max<size_t>(column_count, 1);
  for (size_t i = 0; i < column_count; ++i)
    caches_.push_back(
        std::make_unique<Cache>(std::min(share, kCacheBytesOfColumnMax), pseudonymizer.length()));
}

PseudonymWriter::~PseudonymWriter() = default;

void PseudonymWriter::Write(size_t column, std::string_view value, char* out) {
  ++values_;
  Pending pending{out, nullptr, 0};
  Cache& cache = *caches_[column];
  if (cache.Wants(value)) {
    pending.hash = Cache::Hash(value);
    if (const char* pseudonym = cache.Find(pending.hash, value)) {
      std::memcpy(out, pseudonym, pseudonymizer_.length());
      ++cache_hits_;
      return;
    }
    pending.cache = &cache;
  }
  queue_.Add(value, pending, [this](const Pending& p, std::string_view message, const Digest& d) {
    Complete(p, message, d);
  });
}

void PseudonymWriter::Finish() {
  queue_.Finish([this](const Pending& p, std::string_view message, const Digest& d) {
    Complete(p, message, d);
  });
}

void PseudonymWriter::Complete(const Pending& pending, std::string_view value,
                               const Digest& digest) {
  WriteHex(digest, pseudonymizer_.length(), pending.out);
  if (pending.cache) pending.cache->Put(pending.hash, value, pending.out);
}

}  // namespace tamis
