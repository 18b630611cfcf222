// The first stage of csv_scan: the byte-by-byte machine, and the block loop for each instruction
// set. Does not know records.
#include "text/csv_structure.h"

#include <immintrin.h>

#include <algorithm>
#include <cstring>

namespace tamis::internal {

void CsvStructure::Grow(size_t more) {
  ends->resize(std::max(ends->size() * 2, end_count + more + 1024));
}

namespace {

/// The machine's parts that don't change while it runs.
struct Machine {
  const CsvDialect& dialect;
  const char* data;
  CsvStructure* out;

  void End(size_t at, CsvState next) {
    *out->Room(1) = static_cast<uint32_t>(at);
    ++out->end_count;
    if (next == CsvState::kRecordStart) ++out->record_end_count;
    out->state = next;
  }

  /// A byte that ends a field where it stands outside quotes; false if it is another one.
  bool EndsField(char byte, size_t at) {
    if (byte == dialect.delimiter) {
      End(at, CsvState::kFieldStart);
    } else if (byte == '\n') {
      End(at, CsvState::kRecordStart);
    } else {
      return false;
    }
    return true;
  }

  void TextAfterQuote(size_t at) {
    out->faults.push_back({static_cast<uint32_t>(at), kCsvTextAfterQuote});
    out->state = CsvState::kUnquoted;
  }

  void AtStart(char byte, size_t at) {
    if (dialect.comment && byte == dialect.comment && out->state == CsvState::kRecordStart) {
      out->comment_begin = static_cast<uint32_t>(at);
      out->state = CsvState::kComment;
    } else if (dialect.quote && byte == dialect.quote) {
      out->quotes = true;
      out->state = CsvState::kQuoted;
    } else if (!EndsField(byte, at)) {
      out->state = CsvState::kUnquoted;
    }
  }

  void InQuotes(char byte) {
    if (byte == dialect.quote) {
      out->state = CsvState::kQuoteSeen;
    } else if (byte == dialect.escape) {
      out->state = CsvState::kEscaped;
    }
  }

  void AfterQuote(char byte, size_t at) {
    if (EndsField(byte, at)) return;
    if (byte == '\r') {
      out->state = CsvState::kCloseCr;
    } else if (byte == dialect.quote && dialect.escape == dialect.quote) {
      out->state = CsvState::kQuoted;
    } else {
      TextAfterQuote(at);
    }
  }

  void Step(char byte, size_t at) {
    switch (out->state) {
      case CsvState::kRecordStart:
      case CsvState::kFieldStart:
        return AtStart(byte, at);
      case CsvState::kUnquoted:
        EndsField(byte, at);
        return;
      case CsvState::kQuoted:
        return InQuotes(byte);
      case CsvState::kEscaped:
        out->state = CsvState::kQuoted;
        return;
      case CsvState::kQuoteSeen:
        return AfterQuote(byte, at);
      case CsvState::kCloseCr:
        if (byte == '\n') return End(at, CsvState::kRecordStart);
        TextAfterQuote(at);
        EndsField(byte, at);
        return;
      case CsvState::kComment:
        if (byte != '\n') return;
        out->skipped.push_back({out->comment_begin, static_cast<uint32_t>(at + 1)});
        out->state = CsvState::kRecordStart;
        return;
    }
  }
};

namespace portable {

struct Block {
  uint64_t words[8];

  explicit Block(const char* data) { std::memcpy(words, data, 64); }

  uint64_t Equal(char byte) const {
    constexpr uint64_t kLow7 = 0x7F7F7F7F7F7F7F7F;
    const uint64_t pattern = 0x0101010101010101 * static_cast<uint8_t>(byte);
    uint64_t mask = 0;
    for (int i = 0; i < 8; ++i) {
      const uint64_t x = words[i] ^ pattern;  // zero where equal
      const uint64_t zero = ~(((x & kLow7) + kLow7) | x | kLow7) >> 7;
      mask |= (zero * 0x0102040810204080 >> 56) << (8 * i);
    }
    return mask;
  }
};

struct Seen {
  uint64_t any = 0;
  uint64_t zero = 0;
  void Add(const Block& block) {
    for (uint64_t word : block.words) {
      any |= word;
      zero |= (word - 0x0101010101010101) & ~word;
    }
  }
  bool Nul() const { return (zero & 0x8080808080808080) != 0; }
  bool NonAscii() const { return (any & 0x8080808080808080) != 0; }
};

inline int CountBits(uint64_t bits) { return __builtin_popcountll(bits); }
inline uint32_t TrailingZeros(uint64_t bits) {
  return bits ? static_cast<uint32_t>(__builtin_ctzll(bits)) : 64;
}

#include "text/csv_structure.inc"

}  // namespace portable

#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt")
namespace avx2 {

struct Block {
  __m256i low;
  __m256i high;

  explicit Block(const char* data)
      : low(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(data))),
        high(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + 32))) {}

  uint64_t Equal(char byte) const {
    const __m256i pattern = _mm256_set1_epi8(byte);
    const int low_mask = _mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
    const int high_mask = _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern));
    return static_cast<uint32_t>(low_mask) | static_cast<uint64_t>(static_cast<uint32_t>(high_mask))
                                                 << 32;
  }
};

struct Seen {
  __m256i any;
  __m256i least;
  Seen() : any(_mm256_setzero_si256()), least(_mm256_set1_epi8(-1)) {}
  void Add(const Block& block) {
    any = _mm256_or_si256(any, _mm256_or_si256(block.low, block.high));
    least = _mm256_min_epu8(least, _mm256_min_epu8(block.low, block.high));
  }
  bool Nul() const {
    return _mm256_movemask_epi8(_mm256_cmpeq_epi8(least, _mm256_setzero_si256())) != 0;
  }
  bool NonAscii() const { return _mm256_movemask_epi8(any) != 0; }
};

inline int CountBits(uint64_t bits) { return static_cast<int>(_mm_popcnt_u64(bits)); }
inline uint32_t TrailingZeros(uint64_t bits) { return static_cast<uint32_t>(_tzcnt_u64(bits)); }

#include "text/csv_structure.inc"

}  // namespace avx2
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512dq,avx512vl,avx2,bmi,bmi2,popcnt")
namespace avx512 {

struct Block {
  __m512i bytes;

  explicit Block(const char* data) : bytes(_mm512_loadu_si512(data)) {}

  uint64_t Equal(char byte) const { return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte)); }
};

struct Seen {
  __m512i any;
  __m512i least;
  Seen() : any(_mm512_setzero_si512()), least(_mm512_set1_epi8(-1)) {}
  void Add(const Block& block) {
    any = _mm512_or_si512(any, block.bytes);
    least = _mm512_min_epu8(least, block.bytes);
  }
  bool Nul() const { return _mm512_testn_epi8_mask(least, least) != 0; }
  bool NonAscii() const { return _mm512_movepi8_mask(any) != 0; }
};

inline int CountBits(uint64_t bits) { return static_cast<int>(_mm_popcnt_u64(bits)); }
inline uint32_t TrailingZeros(uint64_t bits) { return static_cast<uint32_t>(_tzcnt_u64(bits)); }

#include "text/csv_structure.inc"

}  // namespace avx512
#pragma GCC pop_options

}  // namespace

size_t RunCsvMachine(const CsvDialect& dialect, const char* data, size_t from, size_t to,
                     size_t stop_at, CsvStructure* out) {
  Machine machine{dialect, data, out};
  uint8_t any = 0;
  bool nul = false;
  size_t at = from;
  while (at < to) {
    const char byte = data[at];
    any = static_cast<uint8_t>(any | static_cast<uint8_t>(byte));
    nul |= byte == '\0';
    machine.Step(byte, at);
    ++at;
    if (byte != '\n') continue;
    ++out->line_count;
    if (at > stop_at && out->state == CsvState::kRecordStart) break;
  }
  out->nul |= nul;
  out->non_ascii |= any >= 0x80;
  return at;
}

CsvBlockScan CsvBlockScanFor(CpuLevel level) {
  switch (level) {
    case CpuLevel::kAvx512:
      return avx512::ScanBlocks;
    case CpuLevel::kAvx2:
      return avx2::ScanBlocks;
    case CpuLevel::kPortable:
      break;
  }
  return portable::ScanBlocks;
}

}  // namespace tamis::internal
