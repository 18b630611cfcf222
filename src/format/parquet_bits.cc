// Packs indices and levels. See parquet_bits.h.
#include "format/parquet_bits.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace tamis {
namespace {

constexpr size_t kGroup = 8;   // values that fill whole bytes, whatever the width
constexpr size_t kBlock = 64;  // values that fill whole words, whatever the width
// A run of equal values costs a header and leaves the packed run before it: worth it from here on.
constexpr size_t kRunMin = 24;

// PERF NOTES: one index is shifted into a 64-bit word; widths and positions are constants after
// unrolling, so that 64 values are 64 shifts and ors and `kWidth` stores. See the PERF NOTES of
// parquet_encode.cc for what it costs of a column.
template <int kWidth, size_t kCount>
inline void Pack(const int32_t* values, uint8_t* out) {
  uint64_t word = 0;
  int used = 0;
#pragma GCC unroll 64
  for (size_t i = 0; i < kCount; ++i) {
    uint64_t value = static_cast<uint32_t>(values[i]);
    word |= value << used;
    used += kWidth;
    if (used >= 64) {
      std::memcpy(out, &word, 8);
      out += 8;
      used -= 64;
      word = used > 0 ? value >> (kWidth - used) : 0;
    }
  }
  if (used > 0) std::memcpy(out, &word, static_cast<size_t>(used) / 8);
}

template <int kWidth>
void PackAll(const int32_t* values, size_t count, uint8_t* out) {
  size_t at = 0;
  for (; at + kBlock <= count; at += kBlock, out += kBlock * kWidth / 8) {
    Pack<kWidth, kBlock>(values + at, out);
  }
  for (; at + kGroup <= count; at += kGroup, out += kWidth) Pack<kWidth, kGroup>(values + at, out);
  if (at < count) {
    std::array<int32_t, kGroup> last{};
    std::memcpy(last.data(), values + at, (count - at) * sizeof(int32_t));
    Pack<kWidth, kGroup>(last.data(), out);
  }
}

using PackFunction = void (*)(const int32_t*, size_t, uint8_t*);

template <int... kWidths>
constexpr auto PackTable(std::integer_sequence<int, kWidths...>) {
  return std::array<PackFunction, sizeof...(kWidths)>{&PackAll<kWidths + 1>...};
}

constexpr auto kPack = PackTable(std::make_integer_sequence<int, 32>{});

void AppendRepeated(int32_t value, size_t count, int bit_width, ByteBuffer* out) {
  out->PushVarint(count << 1);
  out->Append(&value, static_cast<size_t>(bit_width + 7) / 8);
}

void AppendPackedRun(std::span<const int32_t> values, int bit_width, ByteBuffer* out) {
  if (values.empty()) return;
  out->PushVarint((((values.size() + kGroup - 1) / kGroup) << 1) | 1);
  AppendBitPacked(values, bit_width, out);
}

// How many values from `at` on equal the one there.
size_t RunLength(std::span<const int32_t> values, size_t at) {
  size_t end = at + 1;
  while (end < values.size() && values[end] == values[at]) ++end;
  return end - at;
}

}  // namespace

int BitWidth(uint32_t value_max) {
  return std::max(1, static_cast<int>(std::bit_width(value_max)));
}

void AppendBitPacked(std::span<const int32_t> values, int bit_width, ByteBuffer* out) {
  size_t bytes = (values.size() + kGroup - 1) / kGroup * static_cast<size_t>(bit_width);
  kPack[static_cast<size_t>(bit_width - 1)](values.data(), values.size(), out->Reserve(bytes));
  out->Advance(bytes);
}

void AppendHybrid(std::span<const int32_t> values, int bit_width, ByteBuffer* out) {
  size_t packed_from = 0;
  size_t at = 0;  // a packed run that is not the last must hold whole groups: look at group starts
  while (at + kRunMin <= values.size()) {
    if (values[at] != values[at + kGroup - 1] || values[at] != values[at + kRunMin - 1]) {
      at += kGroup;
      continue;
    }
    size_t run = RunLength(values, at);
    if (run < kRunMin) {
      at += std::max(kGroup, run / kGroup * kGroup);
      continue;
    }
    AppendPackedRun(values.subspan(packed_from, at - packed_from), bit_width, out);
    AppendRepeated(values[at], run, bit_width, out);
    at += run;
    packed_from = at;
  }
  AppendPackedRun(values.subspan(packed_from), bit_width, out);
}

void AppendDefinitionLevels(const uint8_t* bits, int64_t row_count, int64_t value_count,
                            ByteBuffer* out) {
  size_t length_at = out->size();
  out->Reserve(4);
  out->Advance(4);
  auto rows = static_cast<size_t>(row_count);
  if (value_count == row_count || value_count == 0) {
    AppendRepeated(value_count == 0 ? 0 : 1, rows, 1, out);
  } else {
    size_t groups = (rows + kGroup - 1) / kGroup;
    out->PushVarint((groups << 1) | 1);
    out->Append(bits, groups);
  }
  auto length = static_cast<uint32_t>(out->size() - length_at - 4);
  std::memcpy(out->data() + length_at, &length, 4);
}

}  // namespace tamis
