// Puts the bodies of pages behind their headers, through a codec where it pays. Does not encode
// values.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/status.h"
#include "format/parquet_buffer.h"
#include "format/parquet_encode.h"

namespace tamis {

/// Appends `body` behind the header of a dictionary page of `count` values. `uncompressed_bytes`
/// grows by what the page would be without a codec, the header included.
Status AppendDictionaryPage(std::string_view body, int64_t count, ParquetCodec codec,
                            int zstd_level, ByteBuffer* out, int64_t* uncompressed_bytes);

/// Builds the data pages of one column chunk.
class DataPageWriter {
 public:
  /// `row_count` is that of the whole column; `dictionary` the body of its dictionary page, or
  /// empty: both for the choice of the codec when the first page ends.
  DataPageWriter(const ParquetEncodeOptions& options, int64_t row_count,
                 std::string_view dictionary);

  /// The body of the page that is being built: levels and values.
  ByteBuffer* body() { return &body_; }

  /// Ends the page.
  Status EndPage(int64_t row_count);

  /// The codec of all pages of the chunk. Known after the first page.
  ParquetCodec codec() const { return codec_; }

  /// Moves what was built into `column`: data, pages, codec, data_uncompressed_bytes.
  void Finish(EncodedColumn* column);

 private:
  Status ChooseCodec(int64_t page_row_count);

  const ParquetEncodeOptions& options_;
  int64_t row_count_;
  std::string_view dictionary_;
  ParquetCodec codec_;
  ByteBuffer body_;
  ByteBuffer packed_;
  ByteBuffer data_;
  int64_t uncompressed_bytes_ = 0;
  std::vector<ParquetPage> pages_;
};

}  // namespace tamis
