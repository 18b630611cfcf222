// Any bytes as a schema, options and values: what tamis's Parquet writer stores, Arrow's reader
// must find.
#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <parquet/arrow/reader.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "format/parquet_sink.h"
#include "storage/memory.h"
#include "storage/whole_file.h"

namespace {

using tamis::Status;

void Check(const Status& status) {
  if (!status.ok()) status.Abort();  // Abort alone ends the program whatever the status
}

// Hands out the input piece by piece; zeros when it is used up.
class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  template <typename T>
  T Take() {
    T out{};
    size_t size = std::min(sizeof(T), size_);
    if (size > 0) std::memcpy(&out, data_, size);
    data_ += size;
    size_ -= size;
    return out;
  }
  int64_t Below(int64_t limit) { return Take<uint16_t>() % limit; }
  std::string Text(size_t size) {
    size = std::min(size, size_);
    std::string out(reinterpret_cast<const char*>(data_), size);
    data_ += size;
    size_ -= size;
    return out;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

// Types that Arrow's reader gives back as they were.
std::shared_ptr<arrow::DataType> TakeType(Bytes* bytes) {
  static const std::vector<std::shared_ptr<arrow::DataType>> kTypes = {
      arrow::boolean(),
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
      arrow::timestamp(arrow::TimeUnit::MILLI),
      arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"),
      arrow::timestamp(arrow::TimeUnit::NANO, "Asia/Tokyo"),
      arrow::decimal128(1, 0),
      arrow::decimal128(9, 3),
      arrow::decimal128(18, 18),
      arrow::decimal128(25, 5),
      arrow::decimal128(38, 0),
      arrow::binary(),
      arrow::utf8(),
      arrow::large_utf8(),
      arrow::fixed_size_binary(1),
      arrow::fixed_size_binary(11),
      arrow::null(),
  };
  return kTypes[static_cast<size_t>(bytes->Below(static_cast<int64_t>(kTypes.size())))];
}

std::shared_ptr<arrow::Scalar> TakeScalar(const std::shared_ptr<arrow::DataType>& type,
                                          Bytes* bytes) {
  switch (type->id()) {
    case arrow::Type::BOOL:
      return arrow::MakeScalar(bytes->Take<uint8_t>() % 2 == 1);
    case arrow::Type::FLOAT:
      return arrow::MakeScalar(bytes->Take<float>());
    case arrow::Type::DOUBLE:
      return arrow::MakeScalar(bytes->Take<double>());
    case arrow::Type::DECIMAL128: {
      arrow::Decimal128 value(bytes->Take<int64_t>(), bytes->Take<uint64_t>());
      auto precision = static_cast<const arrow::DecimalType&>(*type).precision();
      if (!value.FitsInPrecision(precision)) {
        value = value % arrow::Decimal128::GetScaleMultiplier(precision);
      }
      return std::make_shared<arrow::Decimal128Scalar>(value, type);
    }
    case arrow::Type::BINARY:
      return *arrow::MakeScalar(
          type, arrow::Buffer::FromString(bytes->Text(static_cast<size_t>(bytes->Below(90)))));
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING: {
      std::string text = bytes->Text(static_cast<size_t>(bytes->Below(90)));
      for (char& c : text) c = static_cast<char>(c & 0x7F);
      return *arrow::MakeScalar(type, arrow::Buffer::FromString(text));
    }
    case arrow::Type::FIXED_SIZE_BINARY: {
      auto width = static_cast<const arrow::FixedSizeBinaryType&>(*type).byte_width();
      std::string text = bytes->Text(static_cast<size_t>(width));
      text.resize(static_cast<size_t>(width));
      return *arrow::MakeScalar(type, arrow::Buffer::FromString(text));
    }
    default:
      return arrow::MakeScalar(bytes->Take<int64_t>());
  }
}

// Integers of any width and everything that is stored as one.
Status AppendInteger(arrow::ArrayBuilder* builder, int64_t value) {
  auto append = [&](auto* typed) {
    using Value = typename std::remove_reference_t<decltype(*typed)>::value_type;
    return typed->Append(static_cast<Value>(value));
  };
  switch (builder->type()->id()) {
    case arrow::Type::INT8:
      return append(static_cast<arrow::Int8Builder*>(builder));
    case arrow::Type::INT16:
      return append(static_cast<arrow::Int16Builder*>(builder));
    case arrow::Type::INT32:
      return append(static_cast<arrow::Int32Builder*>(builder));
    case arrow::Type::UINT8:
      return append(static_cast<arrow::UInt8Builder*>(builder));
    case arrow::Type::UINT16:
      return append(static_cast<arrow::UInt16Builder*>(builder));
    case arrow::Type::UINT32:
      return append(static_cast<arrow::UInt32Builder*>(builder));
    case arrow::Type::UINT64:
      return append(static_cast<arrow::UInt64Builder*>(builder));
    case arrow::Type::DATE32:
      return append(static_cast<arrow::Date32Builder*>(builder));
    case arrow::Type::TIMESTAMP:
      return append(static_cast<arrow::TimestampBuilder*>(builder));
    default:
      return append(static_cast<arrow::Int64Builder*>(builder));
  }
}

// A few values, repeated in runs: what dictionaries and runs are for; or all different.
std::shared_ptr<arrow::Array> TakeArray(const std::shared_ptr<arrow::DataType>& type, int64_t rows,
                                        bool has_nulls, Bytes* bytes) {
  std::vector<std::shared_ptr<arrow::Scalar>> pool;
  int64_t pool_size = 1 + bytes->Below(40);
  for (int64_t i = 0; i < pool_size && type->id() != arrow::Type::NA; ++i) {
    pool.push_back(TakeScalar(type, bytes));
  }
  int64_t run_max = 1 + bytes->Below(50);
  uint64_t state = bytes->Take<uint64_t>() | 1;
  std::unique_ptr<arrow::ArrayBuilder> builder = *arrow::MakeBuilder(type);
  while (builder->length() < rows) {
    state = state * 6364136223846793005 + 1442695040888963407;
    auto run = static_cast<int64_t>((state >> 33) % static_cast<uint64_t>(run_max)) + 1;
    bool is_null = type->id() == arrow::Type::NA || (has_nulls && (state >> 20) % 4 == 0);
    for (; run > 0 && builder->length() < rows; --run) {
      Status status;
      if (is_null) {
        status = builder->AppendNull();
      } else {
        const auto& value = *pool[(state >> 40) % pool.size()];
        status =
            value.type->id() == arrow::Type::INT64
                ? AppendInteger(builder.get(), static_cast<const arrow::Int64Scalar&>(value).value)
                : builder->AppendScalar(value);
      }
      Check(status);
    }
  }
  return *builder->Finish();
}

tamis::ParquetSinkOptions TakeOptions(Bytes* bytes) {
  constexpr tamis::ParquetCodec kCodecs[] = {
      tamis::ParquetCodec::kNone, tamis::ParquetCodec::kSnappy, tamis::ParquetCodec::kZstd};
  tamis::ParquetSinkOptions options;
  options.encode.codec = kCodecs[bytes->Below(3)];
  options.encode.page_rows = 1 + bytes->Below(700);
  options.encode.page_bytes = 1 + bytes->Below(20'000);
  options.encode.dictionary_bytes_max = bytes->Below(2) == 0 ? 1 << 20 : bytes->Below(300);
  options.row_group_rows = 1 + bytes->Below(1500);
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Bytes bytes(data, size);
  tamis::ParquetSinkOptions options = TakeOptions(&bytes);
  int64_t rows = bytes.Below(2000);
  arrow::FieldVector fields;
  arrow::ArrayVector columns;
  int64_t column_count = 1 + bytes.Below(4);
  for (int64_t i = 0; i < column_count; ++i) {
    auto type = TakeType(&bytes);
    bool has_nulls = bytes.Below(2) == 1;
    fields.push_back(
        arrow::field("c" + std::to_string(i), type, has_nulls || type->id() == arrow::Type::NA));
    columns.push_back(TakeArray(type, rows, has_nulls, &bytes));
  }
  auto expected = arrow::RecordBatch::Make(arrow::schema(fields), rows, columns);
  auto storage = tamis::MakeMemoryStorage();
  auto sink = *tamis::OpenParquetSink(*storage->OpenWrite("/f"), expected->schema(), options);
  int64_t index = 0;
  for (int64_t at = 0; at < rows;) {
    int64_t piece = std::min(rows - at, 1 + bytes.Below(900));
    Check(sink->Write(index++, expected->Slice(at, piece)));
    at += piece;
  }
  Check(sink->Finish());
  auto input = std::make_shared<arrow::io::BufferReader>(
      arrow::Buffer::FromString(*tamis::ReadWholeFile(*storage, "/f")));
  auto reader = *parquet::arrow::OpenFile(input, arrow::default_memory_pool());
  auto table = *reader->ReadTable();
  auto equal = arrow::EqualOptions::Defaults().nans_equal(true).signed_zeros_equal(false);
  auto read = *table->CombineChunksToBatch();
  if (!read->Equals(*expected, /*check_metadata=*/false, equal)) {
    std::fprintf(stderr, "read: %s\nexpected: %s\n", read->ToString().c_str(),
                 expected->ToString().c_str());
    std::abort();
  }
  return 0;
}
