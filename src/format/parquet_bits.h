// Bit-packing, the RLE and bit-packed hybrid of Parquet, and definition levels. Does not know
// columns or pages.
#pragma once

#include <cstdint>
#include <span>

#include "format/parquet_buffer.h"

namespace tamis {

/// Bits that hold every number from 0 to `value_max`; 1 at least, because some readers refuse 0.
int BitWidth(uint32_t value_max);

/// Appends `values` (each below 2^bit_width, bit_width 1 to 32) packed from the lowest bit of the
/// first byte on; the last group of 8 is filled up with zeros.
void AppendBitPacked(std::span<const int32_t> values, int bit_width, ByteBuffer* out);

/// Appends `values` as runs of the hybrid encoding, without a length or the bit width in front.
/// Source: apache/parquet-format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".
void AppendHybrid(std::span<const int32_t> values, int bit_width, ByteBuffer* out);

/// Appends the definition levels (0 or 1) of `row_count` rows as a data page wants them: four bytes
/// of length, then hybrid runs. `bits` has one bit a row, lowest first, `value_count` of them 1;
/// they are not looked at when all or none are.
void AppendDefinitionLevels(const uint8_t* bits, int64_t row_count, int64_t value_count,
                            ByteBuffer* out);

}  // namespace tamis
