// Columns to pages. See parquet_encode.h.
//
// PERF NOTES. Two files of 7.6 million rows (4 columns; the same 4 and one made by WithDictionary),
// file writing and the grouped sum included: 0.33 CPU s and 138 MB in all; Arrow's writer with its
// defaults needs twice that for the first file alone (0.66 CPU s, 56 MB, into memory; ours 0.20).
// Of our time, hashing doubles and timestamps is 30%, hashing integers 6%, packing indices 4%,
// fresh pages of memory 20%; the rest is copying into the page cache.
//  - A number is hashed by one multiplication into slots that hold the value itself: no second
//    look-up. An equal neighbour skips the table (a constant column costs nothing).
//  - The sample that decides for or against a dictionary also sizes the table: growing it step by
//    step was 4% and as much again in page faults. Quadrupling instead of doubling gained nothing.
//  - Pages are built in buffers that are never cleared; std::string would write all bytes twice.
//  - The codec is tried on one page and 64 kB of the dictionary: packed indices don't shrink, and
//    trying the whole dictionary would cost more than packing all indices.
#include "format/parquet_encode.h"

#include <arrow/buffer.h>
#include <arrow/util/bit_util.h>
#include <arrow/util/bitmap_ops.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

#include "base/dictionary.h"
#include "format/parquet_bits.h"
#include "format/parquet_dictionary.h"
#include "format/parquet_pages.h"
#include "format/parquet_statistics.h"
#include "format/parquet_values.h"

namespace tamis {
namespace {

// Rows of byte arrays that are looked at together before they are cut to the size of a page.
constexpr int64_t kByteArrayRows = 1024;

// Which rows hold a value, over all pieces of a column.
class RowValidity {
 public:
  RowValidity(const arrow::ArrayVector& pieces, int64_t row_count, int64_t null_count)
      : row_count_(row_count), null_count_(null_count) {
    if (null_count == 0 || null_count == row_count) return;
    bits_.resize(static_cast<size_t>(arrow::bit_util::BytesForBits(row_count)));
    int64_t at = 0;
    for (const auto& piece : pieces) {
      const uint8_t* from = piece->null_bitmap_data();
      if (piece->null_count() > 0 && from != nullptr) {
        arrow::internal::CopyBitmap(from, piece->offset(), piece->length(), bits_.data(), at);
      } else {
        bool is_valid = piece->null_count() == 0;
        arrow::bit_util::SetBitsTo(bits_.data(), at, piece->length(), is_valid);
      }
      at += piece->length();
    }
  }

  int64_t row_count() const { return row_count_; }

  int64_t CountValues(int64_t begin, int64_t rows) const {
    if (bits_.empty()) return null_count_ == 0 ? rows : 0;
    return arrow::internal::CountSetBits(bits_.data(), begin, rows);
  }

  // Appends the definition levels of rows [begin, begin + rows).
  void AppendLevels(int64_t begin, int64_t rows, int64_t value_count, ByteBuffer* out) {
    if (value_count == 0 || value_count == rows) {
      return AppendDefinitionLevels(nullptr, rows, value_count, out);
    }
    scratch_.assign(static_cast<size_t>(arrow::bit_util::BytesForBits(rows)), 0);
    arrow::internal::CopyBitmap(bits_.data(), begin, rows, scratch_.data(), 0);
    AppendDefinitionLevels(scratch_.data(), rows, value_count, out);
  }

 private:
  int64_t row_count_;
  int64_t null_count_;
  std::vector<uint8_t> bits_;  // empty: all rows hold a value, or none does
  std::vector<uint8_t> scratch_;
};

template <typename T>
void AppendPlain(const ParquetType& type, std::span<const T> values, ByteBuffer* out) {
  if constexpr (!std::is_same_v<T, std::string_view>) {
    out->Append(values.data(), values.size_bytes());
  } else if (type.length > 0) {
    for (std::string_view value : values) out->Append(value);
  } else {
    for (std::string_view value : values) {
      auto size = static_cast<uint32_t>(value.size());
      uint8_t* to = out->Reserve(value.size() + 4);
      std::memcpy(to, &size, 4);
      if (size > 0) std::memcpy(to + 4, value.data(), value.size());
      out->Advance(value.size() + 4);
    }
  }
}

// Builds plain pages. A page's levels come before its values but are known only at its end, so
// that values are collected apart when there are levels.
template <typename T>
class PlainEncoder {
 public:
  PlainEncoder(const ParquetColumn& column, const ParquetEncodeOptions& options,
               RowValidity* validity, DataPageWriter* writer)
      : column_(column),
        options_(options),
        validity_(validity),
        writer_(writer),
        statistics_(column.type) {}

  Result<ParquetStatistics> Encode(const arrow::ArrayVector& pieces) {
    ParquetValueReader<T> reader(column_.type, pieces);
    for (size_t piece = 0; piece < pieces.size(); ++piece) {
      int64_t begin = 0;
      while (begin < reader.piece_rows(piece)) {
        int64_t rows = std::min(reader.piece_rows(piece) - begin, BlockRows());
        ARROW_RETURN_NOT_OK(AddRows(&reader, piece, begin, begin + rows));
        begin += rows;
        if (page_rows_ >= options_.page_rows) ARROW_RETURN_NOT_OK(EndPage());
      }
    }
    if (page_rows_ > 0) ARROW_RETURN_NOT_OK(EndPage());
    return statistics_.Finish();
  }

 private:
  static constexpr bool kIsBytes = std::is_same_v<T, std::string_view>;

  int64_t BlockRows() const {
    int64_t rows = options_.page_rows - page_rows_;
    return kIsBytes ? std::min(rows, kByteArrayRows) : rows;
  }

  static size_t SizeOf(std::span<const T> values) {
    if constexpr (!kIsBytes) return values.size_bytes();
    size_t bytes = 4 * values.size();
    if constexpr (kIsBytes) {
      for (std::string_view value : values) bytes += value.size();
    }
    return bytes;
  }

  // Rows that would make a page too large are halved until they fit or a single one is left.
  Status AddRows(ParquetValueReader<T>* reader, size_t piece, int64_t begin, int64_t end) {
    std::span<const T> values = reader->Read(piece, begin, end);
    ARROW_RETURN_NOT_OK(reader->status());
    auto limit = static_cast<size_t>(options_.page_bytes);
    if (values_.size() + SizeOf(values) > limit) {
      if (page_rows_ > 0 && SizeOf(values) <= limit) {
        ARROW_RETURN_NOT_OK(EndPage());
      } else if (end - begin > 1) {
        int64_t middle = begin + (end - begin) / 2;
        ARROW_RETURN_NOT_OK(AddRows(reader, piece, begin, middle));
        return AddRows(reader, piece, middle, end);
      } else if (page_rows_ > 0) {
        ARROW_RETURN_NOT_OK(EndPage());
      }
    }
    statistics_.Add(values);
    AppendPlain(column_.type, values, &values_);
    page_rows_ += end - begin;
    return Status::OK();
  }

  Status EndPage() {
    if (column_.is_optional) {
      int64_t value_count = validity_->CountValues(row_, page_rows_);
      validity_->AppendLevels(row_, page_rows_, value_count, writer_->body());
      writer_->body()->Append(values_.view());
      values_.Clear();
    } else {
      std::swap(values_, *writer_->body());
    }
    ARROW_RETURN_NOT_OK(writer_->EndPage(page_rows_));
    if (!column_.is_optional) std::swap(values_, *writer_->body());
    row_ += page_rows_;
    page_rows_ = 0;
    return Status::OK();
  }

  const ParquetColumn& column_;
  const ParquetEncodeOptions& options_;
  RowValidity* validity_;
  DataPageWriter* writer_;
  StatisticsCollector<T> statistics_;
  ByteBuffer values_;      // of the page that is being built
  int64_t page_rows_ = 0;  // rows in it
  int64_t row_ = 0;        // its first row
};

// Booleans: a bit each, also in pages.
Result<ParquetStatistics> EncodeBooleans(const ParquetColumn& column,
                                         const arrow::ArrayVector& pieces,
                                         const ParquetEncodeOptions& options, RowValidity* validity,
                                         DataPageWriter* writer) {
  std::vector<int32_t> values;
  values.reserve(static_cast<size_t>(validity->row_count()));
  for (const auto& piece : pieces) {
    const auto& booleans = static_cast<const arrow::BooleanArray&>(*piece);
    for (int64_t row = 0; row < piece->length(); ++row) {
      if (!piece->IsNull(row)) values.push_back(booleans.Value(row) ? 1 : 0);
    }
  }
  std::span<const int32_t> rest(values);
  for (int64_t row = 0; row < validity->row_count();) {
    int64_t rows = std::min(options.page_rows, validity->row_count() - row);
    int64_t value_count = validity->CountValues(row, rows);
    if (column.is_optional) validity->AppendLevels(row, rows, value_count, writer->body());
    AppendBitPacked(rest.first(static_cast<size_t>(value_count)), 1, writer->body());
    rest = rest.subspan(static_cast<size_t>(value_count));
    ARROW_RETURN_NOT_OK(writer->EndPage(rows));
    row += rows;
  }
  ParquetStatistics out;
  if (values.empty()) return out;
  auto [min, max] = std::minmax_element(values.begin(), values.end());
  out.min = std::string(1, static_cast<char>(*min));
  out.max = std::string(1, static_cast<char>(*max));
  return out;
}

Status EncodeIndices(const ParquetColumn& column, std::span<const int32_t> indices,
                     int64_t dictionary_count, const ParquetEncodeOptions& options,
                     RowValidity* validity, DataPageWriter* writer) {
  int bit_width = BitWidth(static_cast<uint32_t>(dictionary_count - 1));
  for (int64_t row = 0; row < validity->row_count();) {
    int64_t rows = std::min(options.page_rows, validity->row_count() - row);
    int64_t value_count = validity->CountValues(row, rows);
    if (column.is_optional) validity->AppendLevels(row, rows, value_count, writer->body());
    writer->body()->Push(static_cast<uint8_t>(bit_width));
    AppendHybrid(indices.first(static_cast<size_t>(value_count)), bit_width, writer->body());
    indices = indices.subspan(static_cast<size_t>(value_count));
    ARROW_RETURN_NOT_OK(writer->EndPage(rows));
    row += rows;
  }
  return Status::OK();
}

template <typename T>
Result<DictionaryEncoding> ToArrow(const ParquetType& type,
                                   const ParquetDictionary<T>& dictionary) {
  DictionaryEncoding out;
  std::span<const T> values(dictionary.hasher->values());
  ARROW_ASSIGN_OR_RAISE(out.values, ArrayOfParquetValues<T>(type, values));
  out.indices = dictionary.indices;
  out.index_count = dictionary.index_count;
  return out;
}

template <typename T>
Status SetDictionaryPage(std::span<const T> values, int zstd_level, std::string_view body,
                         EncodedColumn* out) {
  ByteBuffer page;
  out->dictionary_count = static_cast<int64_t>(values.size());
  out->dictionary_uncompressed_bytes = 0;
  ARROW_RETURN_NOT_OK(AppendDictionaryPage(body, out->dictionary_count, out->codec, zstd_level,
                                           &page, &out->dictionary_uncompressed_bytes));
  out->dictionary = std::make_shared<ByteRegion>(page.Finish());
  StatisticsCollector<T> statistics(out->type);
  statistics.Add(values);
  out->statistics = statistics.Finish();
  return Status::OK();
}

// The rows of a column that is about to be encoded.
struct ColumnRows {
  arrow::ArrayVector pieces;  // none is empty; either all or none are dictionary arrays
  int64_t row_count = 0;
  int64_t null_count = 0;
  bool is_dictionary = false;
};

Status DecodeAll(ColumnRows* rows) {
  for (auto& piece : rows->pieces) {
    ARROW_ASSIGN_OR_RAISE(piece, DecodeDictionary(piece));
  }
  rows->is_dictionary = false;
  return Status::OK();
}

Result<ColumnRows> CollectRows(const arrow::ArrayVector& pieces) {
  ColumnRows out;
  size_t dictionary_count = 0;
  bool has_null_value = false;
  for (const auto& piece : pieces) {
    if (piece->length() == 0) continue;
    out.pieces.push_back(piece);
    if (piece->type_id() != arrow::Type::DICTIONARY) continue;
    ++dictionary_count;
    const auto& values = static_cast<const arrow::DictionaryArray&>(*piece).dictionary();
    has_null_value |= values->null_count() > 0;
  }
  out.is_dictionary = dictionary_count > 0;
  if (has_null_value || (out.is_dictionary && dictionary_count < out.pieces.size())) {
    ARROW_RETURN_NOT_OK(DecodeAll(&out));
  }
  for (const auto& piece : out.pieces) {
    out.row_count += piece->length();
    out.null_count += piece->null_count();
  }
  return out;
}

template <typename T>
Status EncodeValues(const ParquetColumn& column, ColumnRows rows,
                    const ParquetEncodeOptions& options,
                    std::optional<DictionaryEncoding>* dictionary_out, EncodedColumn* out) {
  RowValidity validity(rows.pieces, rows.row_count, rows.null_count);
  ARROW_ASSIGN_OR_RAISE(
      auto dictionary, FindDictionary<T>(column.type, rows.pieces, rows.row_count - rows.null_count,
                                         options.dictionary_bytes_max));
  if (!dictionary) {
    if (rows.is_dictionary) ARROW_RETURN_NOT_OK(DecodeAll(&rows));
    DataPageWriter writer(options, rows.row_count, "");
    PlainEncoder<T> encoder(column, options, &validity, &writer);
    ARROW_ASSIGN_OR_RAISE(out->statistics, encoder.Encode(rows.pieces));
    writer.Finish(out);
    return Status::OK();
  }
  std::span<const T> values(dictionary->hasher->values());
  ByteBuffer body;
  AppendPlain(column.type, values, &body);
  DataPageWriter writer(options, rows.row_count, body.view());
  ARROW_RETURN_NOT_OK(EncodeIndices(column, dictionary->index_span(),
                                    static_cast<int64_t>(values.size()), options, &validity,
                                    &writer));
  writer.Finish(out);
  ARROW_RETURN_NOT_OK(SetDictionaryPage(values, options.zstd_level, body.view(), out));
  if (dictionary_out != nullptr) {
    ARROW_ASSIGN_OR_RAISE(*dictionary_out, ToArrow(column.type, *dictionary));
  }
  return Status::OK();
}

}  // namespace

Result<std::shared_ptr<arrow::Buffer>> ByteRegion::Read() const {
  if (buffer_) return buffer_;
  ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateBuffer(size_bytes_));
  ARROW_ASSIGN_OR_RAISE(int64_t bytes, file_->ReadAt(offset_, size_bytes_, buffer->mutable_data()));
  if (bytes != size_bytes_) return Status::IOError("a Parquet file became shorter while in use");
  return std::shared_ptr<arrow::Buffer>(std::move(buffer));
}

Result<std::shared_ptr<const EncodedColumn>> EncodeColumn(
    const ParquetColumn& column, const arrow::ArrayVector& pieces,
    const ParquetEncodeOptions& options, std::optional<DictionaryEncoding>* dictionary_out) {
  ARROW_ASSIGN_OR_RAISE(ColumnRows rows, CollectRows(pieces));
  if (rows.null_count > 0 && !column.is_optional) {
    return Status::Invalid("NULL in column ", column.name, ", which must not have any");
  }
  auto out = std::make_shared<EncodedColumn>();
  out->type = column.type;
  out->is_optional = column.is_optional;
  out->row_count = rows.row_count;
  out->null_count = rows.null_count;
  if (column.type.physical == ParquetPhysical::kBoolean) {
    if (rows.is_dictionary) ARROW_RETURN_NOT_OK(DecodeAll(&rows));
    RowValidity validity(rows.pieces, rows.row_count, rows.null_count);
    DataPageWriter writer(options, rows.row_count, "");
    ARROW_ASSIGN_OR_RAISE(out->statistics,
                          EncodeBooleans(column, rows.pieces, options, &validity, &writer));
    writer.Finish(out.get());
  } else {
    ARROW_RETURN_NOT_OK(WithValueType(column.type.physical, [&](auto tag) {
      return EncodeValues<decltype(tag)>(column, std::move(rows), options, dictionary_out,
                                         out.get());
    }));
  }
  return std::shared_ptr<const EncodedColumn>(std::move(out));
}

Result<std::optional<DictionaryEncoding>> BuildDictionary(const ParquetType& type,
                                                          const arrow::ArrayVector& pieces,
                                                          const ParquetEncodeOptions& options) {
  std::optional<DictionaryEncoding> out;
  if (type.physical == ParquetPhysical::kBoolean) return out;
  ARROW_ASSIGN_OR_RAISE(ColumnRows rows, CollectRows(pieces));
  ARROW_RETURN_NOT_OK(WithValueType(type.physical, [&](auto tag) -> Status {
    using T = decltype(tag);
    ARROW_ASSIGN_OR_RAISE(auto dictionary,
                          FindDictionary<T>(type, rows.pieces, rows.row_count - rows.null_count,
                                            options.dictionary_bytes_max));
    if (!dictionary) return Status::OK();
    ARROW_ASSIGN_OR_RAISE(out, ToArrow(type, *dictionary));
    return Status::OK();
  }));
  return out;
}

Result<std::shared_ptr<const EncodedColumn>> WithDictionary(const EncodedColumn& index_column,
                                                            const arrow::Array& values) {
  if (!index_column.dictionary) return Status::Invalid("a plain column has no indices to reuse");
  if (values.length() != index_column.dictionary_count) {
    return Status::Invalid(values.length(), " values for a dictionary of ",
                           index_column.dictionary_count);
  }
  if (values.null_count() > 0) return Status::Invalid("NULL in a dictionary");
  auto out = std::make_shared<EncodedColumn>(index_column);
  ARROW_ASSIGN_OR_RAISE(out->type, ParquetTypeOf(values.type()));
  if (out->type.physical == ParquetPhysical::kBoolean ||
      values.type_id() == arrow::Type::DICTIONARY) {
    return Status::Invalid("no dictionary of ", values.type()->ToString());
  }
  arrow::ArrayVector pieces = {arrow::MakeArray(values.data())};
  ARROW_RETURN_NOT_OK(WithValueType(out->type.physical, [&](auto tag) -> Status {
    using T = decltype(tag);
    ParquetValueReader<T> reader(out->type, pieces);
    std::span<const T> read = reader.Read(0, 0, values.length());
    ARROW_RETURN_NOT_OK(reader.status());
    ByteBuffer body;
    AppendPlain(out->type, read, &body);
    return SetDictionaryPage(read, ParquetEncodeOptions().zstd_level, body.view(), out.get());
  }));
  return std::shared_ptr<const EncodedColumn>(std::move(out));
}

std::shared_ptr<const EncodedColumn> InFile(const EncodedColumn& column,
                                            const std::shared_ptr<ReadableFile>& file,
                                            int64_t dictionary_offset, int64_t data_offset) {
  auto out = std::make_shared<EncodedColumn>(column);
  out->data = std::make_shared<ByteRegion>(file, data_offset, column.data->size_bytes());
  if (column.dictionary) {
    out->dictionary =
        std::make_shared<ByteRegion>(file, dictionary_offset, column.dictionary->size_bytes());
  }
  return out;
}

}  // namespace tamis
