// Page headers and codecs. See parquet_pages.h.
#include "format/parquet_pages.h"

#include <snappy.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <string>

#include "format/parquet_thrift.h"

namespace tamis {
namespace {

enum PageType : int32_t { kDataPage = 0, kDictionaryPage = 2 };
enum Encoding : int32_t { kPlain = 0, kRle = 3, kRleDictionary = 8 };

constexpr int64_t kPageBytesLimit = std::numeric_limits<int32_t>::max();
// How much of a dictionary is compressed to see what the codec saves.
constexpr size_t kTrialBytes = 64 << 10;
// Columns below this many bytes are not worth a reader's decompression.
constexpr double kCodecBytesMin = 256;
// A codec must save a tenth.
constexpr double kWorthwhile = 0.9;

struct ZstdFree {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

// A context costs more to make than a small page to compress: one a thread is kept.
ZSTD_CCtx* ZstdContext() {
  thread_local std::unique_ptr<ZSTD_CCtx, ZstdFree> context(ZSTD_createCCtx());
  return context.get();
}

// Replaces what is in `out` by `body` compressed.
Status Compress(std::string_view body, ParquetCodec codec, int zstd_level, ByteBuffer* out) {
  out->Clear();
  if (codec == ParquetCodec::kSnappy) {
    auto* to = reinterpret_cast<char*>(out->Reserve(snappy::MaxCompressedLength(body.size())));
    size_t size = 0;
    snappy::RawCompress(body.data(), body.size(), to, &size);
    out->Advance(size);
    return Status::OK();
  }
  size_t bound = ZSTD_compressBound(body.size());
  size_t size = ZSTD_compressCCtx(ZstdContext(), out->Reserve(bound), bound, body.data(),
                                  body.size(), zstd_level);
  if (ZSTD_isError(size) != 0) return Status::IOError("zstd: ", ZSTD_getErrorName(size));
  out->Advance(size);
  return Status::OK();
}

Status CheckPageSize(size_t bytes) {
  if (static_cast<int64_t>(bytes) <= kPageBytesLimit) return Status::OK();
  return Status::Invalid("a value of more than 2 GB can't be stored in Parquet");
}

// Everything of a PageHeader but the fields that only one kind of page has.
void BeginPageHeader(ThriftWriter* writer, PageType type, size_t raw_bytes, size_t stored_bytes) {
  writer->BeginStruct();
  writer->I32(1, type);
  writer->I32(2, static_cast<int32_t>(raw_bytes));
  writer->I32(3, static_cast<int32_t>(stored_bytes));
}

}  // namespace

Status AppendDictionaryPage(std::string_view body, int64_t count, ParquetCodec codec,
                            int zstd_level, ByteBuffer* out, int64_t* uncompressed_bytes) {
  ByteBuffer packed;
  std::string_view stored = body;
  if (codec != ParquetCodec::kNone) {
    ARROW_RETURN_NOT_OK(Compress(body, codec, zstd_level, &packed));
    stored = packed.view();
  }
  ARROW_RETURN_NOT_OK(CheckPageSize(std::max(body.size(), stored.size())));
  std::string header;
  ThriftWriter writer(&header);
  BeginPageHeader(&writer, kDictionaryPage, body.size(), stored.size());
  writer.BeginField(7);
  writer.I32(1, static_cast<int32_t>(count));
  writer.I32(2, kPlain);
  writer.EndStruct();
  writer.EndStruct();
  out->Reserve(header.size() + stored.size());
  out->Append(header);
  out->Append(stored);
  *uncompressed_bytes += static_cast<int64_t>(header.size() + body.size());
  return Status::OK();
}

DataPageWriter::DataPageWriter(const ParquetEncodeOptions& options, int64_t row_count,
                               std::string_view dictionary)
    : options_(options), row_count_(row_count), dictionary_(dictionary), codec_(options.codec) {}

// Leaves the first page in packed_, compressed, when it chooses the codec.
Status DataPageWriter::ChooseCodec(int64_t page_row_count) {
  double pages = static_cast<double>(row_count_) / static_cast<double>(page_row_count);
  double raw = static_cast<double>(body_.size()) * pages + static_cast<double>(dictionary_.size());
  if (raw < kCodecBytesMin) codec_ = ParquetCodec::kNone;
  if (codec_ == ParquetCodec::kNone) return Status::OK();
  double stored = 0;
  if (!dictionary_.empty()) {
    std::string_view trial = dictionary_.substr(0, kTrialBytes);
    ARROW_RETURN_NOT_OK(Compress(trial, codec_, options_.zstd_level, &packed_));
    double times = static_cast<double>(dictionary_.size()) / static_cast<double>(trial.size());
    stored += static_cast<double>(packed_.size()) * times;
  }
  ARROW_RETURN_NOT_OK(Compress(body_.view(), codec_, options_.zstd_level, &packed_));
  stored += static_cast<double>(packed_.size()) * pages;
  if (stored > raw * kWorthwhile) codec_ = ParquetCodec::kNone;
  return Status::OK();
}

Status DataPageWriter::EndPage(int64_t row_count) {
  if (pages_.empty()) {
    ARROW_RETURN_NOT_OK(ChooseCodec(row_count));
  } else if (codec_ != ParquetCodec::kNone) {
    ARROW_RETURN_NOT_OK(Compress(body_.view(), codec_, options_.zstd_level, &packed_));
  }
  std::string_view stored = codec_ == ParquetCodec::kNone ? body_.view() : packed_.view();
  ARROW_RETURN_NOT_OK(CheckPageSize(std::max(body_.size(), stored.size())));
  std::string header;
  ThriftWriter writer(&header);
  BeginPageHeader(&writer, kDataPage, body_.size(), stored.size());
  writer.BeginField(5);
  writer.I32(1, static_cast<int32_t>(row_count));
  writer.I32(2, dictionary_.empty() ? kPlain : kRleDictionary);
  writer.I32(3, kRle);
  writer.I32(4, kRle);
  writer.EndStruct();
  writer.EndStruct();
  data_.Append(header);
  data_.Append(stored);
  uncompressed_bytes_ += static_cast<int64_t>(header.size() + body_.size());
  pages_.push_back({row_count, static_cast<int64_t>(header.size() + stored.size())});
  body_.Clear();
  return Status::OK();
}

void DataPageWriter::Finish(EncodedColumn* column) {
  column->codec = codec_;
  column->data = std::make_shared<ByteRegion>(data_.Finish());
  column->data_uncompressed_bytes = uncompressed_bytes_;
  column->pages = std::make_shared<const std::vector<ParquetPage>>(std::move(pages_));
}

}  // namespace tamis
