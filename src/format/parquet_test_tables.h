// Makes arrays and tables for the tests of Parquet and Arrow files, and reads files back with
// Arrow's own reader. Only for tests.
#pragma once

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <parquet/arrow/reader.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "format/parquet_encode.h"
#include "storage/memory.h"
#include "storage/whole_file.h"

namespace tamis {

/// Every flat type that tamis's own writer stores.
inline std::vector<std::shared_ptr<arrow::DataType>> FlatTypes() {
  return {arrow::boolean(),
          arrow::int8(),
          arrow::int16(),
          arrow::int32(),
          arrow::int64(),
          arrow::uint8(),
          arrow::uint16(),
          arrow::uint32(),
          arrow::uint64(),
          arrow::float32(),
          arrow::float64(),
          arrow::date32(),
          arrow::date64(),
          arrow::time32(arrow::TimeUnit::SECOND),
          arrow::time32(arrow::TimeUnit::MILLI),
          arrow::time64(arrow::TimeUnit::MICRO),
          arrow::time64(arrow::TimeUnit::NANO),
          arrow::timestamp(arrow::TimeUnit::SECOND),
          arrow::timestamp(arrow::TimeUnit::MILLI),
          arrow::timestamp(arrow::TimeUnit::MICRO),
          arrow::timestamp(arrow::TimeUnit::NANO),
          arrow::timestamp(arrow::TimeUnit::SECOND, "UTC"),
          arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"),
          arrow::timestamp(arrow::TimeUnit::MICRO, "Europe/Berlin"),
          arrow::duration(arrow::TimeUnit::MICRO),
          arrow::decimal128(5, 2),
          arrow::decimal128(9, 0),
          arrow::decimal128(18, 4),
          arrow::decimal128(19, 4),
          arrow::decimal128(38, 10),
          arrow::utf8(),
          arrow::large_utf8(),
          arrow::utf8_view(),
          arrow::binary(),
          arrow::large_binary(),
          arrow::binary_view(),
          arrow::fixed_size_binary(1),
          arrow::fixed_size_binary(16),
          arrow::null()};
}

/// The k-th test value of a type, about half of them negative where that is possible.
inline std::shared_ptr<arrow::Scalar> TestScalar(const std::shared_ptr<arrow::DataType>& type,
                                                 int64_t k) {
  int64_t spread = (k % 2 == 0 ? 1 : -1) * (k * 7919 + k % 3);
  switch (type->id()) {
    case arrow::Type::BOOL:
      return arrow::MakeScalar(k % 3 == 0);
    case arrow::Type::FLOAT:
      return arrow::MakeScalar(static_cast<float>(spread) / 8);
    case arrow::Type::DOUBLE:
      return arrow::MakeScalar(static_cast<double>(spread) / 1000);
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
      return *arrow::MakeScalar(type, k % 86'400);
    case arrow::Type::DATE64:
      return *arrow::MakeScalar(type, spread % 100'000 * 86'400'000);
    case arrow::Type::DECIMAL128: {
      arrow::Decimal128 value(spread % 100'000);
      auto precision = static_cast<const arrow::DecimalType&>(*type).precision();
      if (precision >= 18) value *= arrow::Decimal128(1'000'000'007);
      if (precision >= 38) value *= arrow::Decimal128(1'000'000'007'000'000'009);
      return std::make_shared<arrow::Decimal128Scalar>(value, type);
    }
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW: {
      std::string text = k == 1 ? "" : "größe " + std::to_string(spread);
      if (k % 5 == 0) text += std::string(static_cast<size_t>(k % 97), 'x');
      return *arrow::MakeScalar(type, arrow::Buffer::FromString(text));
    }
    case arrow::Type::FIXED_SIZE_BINARY: {
      auto width = static_cast<const arrow::FixedSizeBinaryType&>(*type).byte_width();
      std::string text = std::to_string(k) + std::string(16, '\xFE');
      return *arrow::MakeScalar(
          type, arrow::Buffer::FromString(text.substr(0, static_cast<size_t>(width))));
    }
    case arrow::Type::NA:
      return arrow::MakeNullScalar(type);
    default:
      return *arrow::MakeScalar(type, spread);
  }
}

enum class Nulls { kNone, kSome, kAll };

/// `rows` values, of which `distinct` are different, in an order that looks random.
inline std::shared_ptr<arrow::Array> TestArray(const std::shared_ptr<arrow::DataType>& type,
                                               int64_t rows, int64_t distinct, Nulls nulls) {
  std::unique_ptr<arrow::ArrayBuilder> builder = *arrow::MakeBuilder(type);
  uint64_t state = 88172645463325252;
  for (int64_t row = 0; row < rows; ++row) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    bool is_null = nulls == Nulls::kAll || type->id() == arrow::Type::NA ||
                   (nulls == Nulls::kSome && state % 5 == 0);
    auto k = static_cast<int64_t>((state >> 8) % static_cast<uint64_t>(distinct));
    Status status = is_null ? builder->AppendNull() : builder->AppendScalar(*TestScalar(type, k));
    if (!status.ok()) status.Abort();
  }
  return *builder->Finish();
}

/// A whole file as Arrow reads it; metadata of the schema left out.
inline Result<std::shared_ptr<arrow::Table>> ReadParquetBytes(const std::string& bytes) {
  auto input = std::make_shared<arrow::io::BufferReader>(arrow::Buffer::FromString(bytes));
  ARROW_ASSIGN_OR_RAISE(auto reader, parquet::arrow::OpenFile(input, arrow::default_memory_pool()));
  ARROW_ASSIGN_OR_RAISE(auto table, reader->ReadTable());
  ARROW_RETURN_NOT_OK(table->ValidateFull());
  return table->ReplaceSchemaMetadata(nullptr);
}

}  // namespace tamis
