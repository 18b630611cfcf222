// Converts between Arrow's and Parquet's forms of values. See parquet_values.h.
#include "format/parquet_values.h"

#include <arrow/array/builder_base.h>
#include <arrow/array/builder_binary.h>
#include <arrow/buffer.h>
#include <arrow/builder.h>
#include <arrow/util/bit_util.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace tamis {
namespace {

constexpr int64_t kMillisecondsPerDay = 86'400'000;
constexpr int64_t kDecimalBytes = 16;

// The values buffer of a fixed-width array, at the array's own first row.
template <typename From>
const From* Values(const arrow::Array& array) {
  return array.data()->GetValues<From>(1);
}

bool IsSeconds(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::TIME32:
      return static_cast<const arrow::Time32Type&>(type).unit() == arrow::TimeUnit::SECOND;
    case arrow::Type::TIMESTAMP:
      return static_cast<const arrow::TimestampType&>(type).unit() == arrow::TimeUnit::SECOND;
    default:
      return false;
  }
}

std::shared_ptr<arrow::Array> FixedArray(const std::shared_ptr<arrow::DataType>& type,
                                         int64_t count, std::shared_ptr<arrow::Buffer> values) {
  return arrow::MakeArray(arrow::ArrayData::Make(type, count, {nullptr, std::move(values)}, 0));
}

// Stores each value in the width that Arrow has for it.
template <typename To, typename T, typename Convert>
Result<std::shared_ptr<arrow::Array>> Convert1(const ParquetType& type, std::span<const T> values,
                                               Convert convert) {
  ARROW_ASSIGN_OR_RAISE(auto buffer,
                        arrow::AllocateBuffer(static_cast<int64_t>(values.size() * sizeof(To))));
  To* out = buffer->mutable_data_as<To>();
  for (size_t i = 0; i < values.size(); ++i) out[i] = convert(values[i]);
  return FixedArray(type.arrow_type, static_cast<int64_t>(values.size()), std::move(buffer));
}

template <typename T>
using SignedOf = std::make_signed_t<T>;

template <typename T>
Result<std::shared_ptr<arrow::Array>> ArrayOfNumbers(const ParquetType& type,
                                                     std::span<const T> values) {
  using Signed = SignedOf<T>;
  auto narrow = [](auto to) {
    using To = decltype(to);
    return [](T value) { return static_cast<To>(value); };
  };
  const arrow::DataType& arrow_type = *type.arrow_type;
  if (IsSeconds(arrow_type)) {
    return Convert1<Signed>(type, values,
                            [](T v) { return static_cast<Signed>(static_cast<Signed>(v) / 1000); });
  }
  switch (arrow_type.id()) {
    case arrow::Type::INT8:
    case arrow::Type::UINT8:
      return Convert1<uint8_t>(type, values, narrow(uint8_t{}));
    case arrow::Type::INT16:
    case arrow::Type::UINT16:
      return Convert1<uint16_t>(type, values, narrow(uint16_t{}));
    case arrow::Type::DATE64:
      return Convert1<int64_t>(type, values, [](T v) {
        return static_cast<int64_t>(static_cast<Signed>(v)) * kMillisecondsPerDay;
      });
    case arrow::Type::DECIMAL128:
      return Convert1<arrow::Decimal128>(
          type, values, [](T v) { return arrow::Decimal128(static_cast<Signed>(v)); });
    default:
      return Convert1<T>(type, values, [](T v) { return v; });
  }
}

template <typename Builder>
Result<std::shared_ptr<arrow::Array>> ArrayOfBytes(Builder builder,
                                                   std::span<const std::string_view> values) {
  using Length = typename Builder::offset_type;
  for (std::string_view value : values) {
    ARROW_RETURN_NOT_OK(builder.Append(value.data(), static_cast<Length>(value.size())));
  }
  return builder.Finish();
}

Result<std::shared_ptr<arrow::Array>> ArrayOfBytes(const ParquetType& type,
                                                   std::span<const std::string_view> values) {
  arrow::MemoryPool* pool = arrow::default_memory_pool();
  switch (type.arrow_type->id()) {
    case arrow::Type::DECIMAL128:
      return Convert1<arrow::Decimal128>(type, values, [](std::string_view v) {
        auto decimal = arrow::Decimal128::FromBigEndian(reinterpret_cast<const uint8_t*>(v.data()),
                                                        static_cast<int32_t>(v.size()));
        return *decimal;  // the reader wrote these bytes: 1 to 16 of them
      });
    case arrow::Type::FIXED_SIZE_BINARY: {
      arrow::FixedSizeBinaryBuilder builder(type.arrow_type, pool);
      for (std::string_view value : values) ARROW_RETURN_NOT_OK(builder.Append(value));
      return builder.Finish();
    }
    case arrow::Type::STRING:
      return ArrayOfBytes(arrow::StringBuilder(pool), values);
    case arrow::Type::LARGE_STRING:
      return ArrayOfBytes(arrow::LargeStringBuilder(pool), values);
    case arrow::Type::BINARY:
      return ArrayOfBytes(arrow::BinaryBuilder(pool), values);
    case arrow::Type::LARGE_BINARY:
      return ArrayOfBytes(arrow::LargeBinaryBuilder(pool), values);
    default: {
      ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(type.arrow_type, pool));
      auto* views = static_cast<arrow::BinaryViewBuilder*>(builder.get());
      for (std::string_view value : values) ARROW_RETURN_NOT_OK(views->Append(value));
      return builder->Finish();
    }
  }
}

}  // namespace

template <typename T>
ParquetValueReader<T>::ParquetValueReader(const ParquetType& type, const arrow::ArrayVector& pieces)
    : type_(type), pieces_(pieces), load_(LoaderOf(*type.arrow_type)) {}

template <typename T>
std::span<const T> ParquetValueReader<T>::Read(size_t piece, int64_t begin, int64_t end) {
  const arrow::Array& array = *pieces_[piece];
  if (array.type_id() == arrow::Type::NA) return {};
  auto rows = static_cast<size_t>(end - begin);
  bool has_nulls = array.null_count() > 0;
  if (load_ == nullptr && !has_nulls) {
    if constexpr (!std::is_same_v<T, std::string_view>) return {Values<T>(array) + begin, rows};
  }
  if (values_.size() < rows) values_.resize(rows);
  if (load_ != nullptr) {
    (this->*load_)(array, begin, end, values_.data());
  } else if constexpr (!std::is_same_v<T, std::string_view>) {
    std::memcpy(values_.data(), Values<T>(array) + begin, rows * sizeof(T));
  }
  return {values_.data(), has_nulls ? Compact(array, begin, end) : rows};
}

template <typename T>
size_t ParquetValueReader<T>::Compact(const arrow::Array& array, int64_t begin, int64_t end) {
  const uint8_t* bits = array.null_bitmap_data();
  size_t kept = 0;
  T* values = values_.data();
  for (int64_t row = begin; row < end; ++row) {
    values[kept] = values[row - begin];
    kept += arrow::bit_util::GetBit(bits, array.offset() + row) ? 1 : 0;
  }
  return kept;
}

template <typename T>
template <typename From>
void ParquetValueReader<T>::LoadWidened(const arrow::Array& array, int64_t begin, int64_t end,
                                        T* out) {
  if constexpr (!std::is_same_v<T, std::string_view>) {
    const From* from = Values<From>(array);
    for (int64_t row = begin; row < end; ++row) *out++ = static_cast<T>(from[row]);
  }
}

template <typename T>
void ParquetValueReader<T>::LoadMilliseconds(const arrow::Array& array, int64_t begin, int64_t end,
                                             T* out) {
  if constexpr (!std::is_same_v<T, std::string_view>) {
    using Signed = SignedOf<T>;
    const Signed* from = Values<Signed>(array);
    bool fits = true;
    for (int64_t row = begin; row < end; ++row) {
      Signed value = 0;
      if (__builtin_mul_overflow(from[row], Signed{1000}, &value)) fits &= array.IsNull(row);
      *out++ = static_cast<T>(value);
    }
    if (!fits) status_ = Status::Invalid("a time in seconds is out of range in milliseconds");
  }
}

template <typename T>
void ParquetValueReader<T>::LoadDays(const arrow::Array& array, int64_t begin, int64_t end,
                                     T* out) {
  if constexpr (!std::is_same_v<T, std::string_view>) {
    const int64_t* from = Values<int64_t>(array);
    bool fits = true;
    for (int64_t row = begin; row < end; ++row) {
      int64_t value = from[row];
      int64_t days = value / kMillisecondsPerDay - (value % kMillisecondsPerDay < 0 ? 1 : 0);
      if (days != static_cast<int32_t>(days)) fits &= array.IsNull(row);
      *out++ = static_cast<T>(days);
    }
    if (!fits) status_ = Status::Invalid("a date64 is out of the range of a date");
  }
}

template <typename T>
void ParquetValueReader<T>::LoadDecimal(const arrow::Array& array, int64_t begin, int64_t end,
                                        T* out) {
  if constexpr (!std::is_same_v<T, std::string_view>) {
    const auto* from = array.data()->buffers[1]->data() + array.offset() * kDecimalBytes;
    bool fits = true;
    for (int64_t row = begin; row < end; ++row) {
      int64_t low = 0;
      int64_t high = 0;
      std::memcpy(&low, from + row * kDecimalBytes, 8);
      std::memcpy(&high, from + row * kDecimalBytes + 8, 8);
      bool narrow = high == (low >> 63) && low == static_cast<SignedOf<T>>(low);
      if (!narrow) fits &= array.IsNull(row);
      *out++ = static_cast<T>(low);
    }
    if (!fits) {
      status_ = Status::Invalid("a value has more digits than ", type_.arrow_type->ToString());
    }
  }
}

template <typename T>
template <typename Offset>
void ParquetValueReader<T>::LoadBytes(const arrow::Array& array, int64_t begin, int64_t end,
                                      T* out) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    const Offset* offsets = Values<Offset>(array);
    const auto& buffer = array.data()->buffers[2];
    const char* bytes = buffer ? buffer->data_as<char>() : "";
    for (int64_t row = begin; row < end; ++row) {
      *out++ = {bytes + offsets[row], static_cast<size_t>(offsets[row + 1] - offsets[row])};
    }
  }
}

template <typename T>
void ParquetValueReader<T>::LoadViews(const arrow::Array& array, int64_t begin, int64_t end,
                                      T* out) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    const auto& views = static_cast<const arrow::BinaryViewArray&>(array);
    for (int64_t row = begin; row < end; ++row) {
      *out++ = array.IsNull(row) ? std::string_view() : views.GetView(row);
    }
  }
}

template <typename T>
void ParquetValueReader<T>::LoadFixed(const arrow::Array& array, int64_t begin, int64_t end,
                                      T* out) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    auto width = static_cast<size_t>(type_.length);
    const char* bytes = array.data()->buffers[1]->data_as<char>() + array.offset() * type_.length;
    for (int64_t row = begin; row < end; ++row) *out++ = {bytes + row * type_.length, width};
  }
}

template <typename T>
void ParquetValueReader<T>::LoadBigEndian(const arrow::Array& array, int64_t begin, int64_t end,
                                          T* out) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    const auto* from = array.data()->buffers[1]->data() + array.offset() * kDecimalBytes;
    auto width = static_cast<size_t>(type_.length);
    bytes_.resize(static_cast<size_t>(end - begin) * width);
    char* to = bytes_.data();
    bool fits = true;
    for (int64_t row = begin; row < end; ++row, to += width) {
      const uint8_t* value = from + row * kDecimalBytes;
      for (size_t i = 0; i < width; ++i) to[i] = static_cast<char>(value[width - 1 - i]);
      auto sign = static_cast<uint8_t>(to[0] < 0 ? 0xFF : 0);
      for (size_t i = width; i < kDecimalBytes; ++i) {
        if (value[i] != sign) fits &= array.IsNull(row);
      }
      *out++ = {to, width};
    }
    if (!fits) {
      status_ = Status::Invalid("a value has more digits than ", type_.arrow_type->ToString());
    }
  }
}

template <typename T>
typename ParquetValueReader<T>::Load ParquetValueReader<T>::LoaderOf(const arrow::DataType& type) {
  if (IsSeconds(type)) return &ParquetValueReader::LoadMilliseconds;
  switch (type.id()) {
    case arrow::Type::INT8:
      return &ParquetValueReader::template LoadWidened<int8_t>;
    case arrow::Type::INT16:
      return &ParquetValueReader::template LoadWidened<int16_t>;
    case arrow::Type::UINT8:
      return &ParquetValueReader::template LoadWidened<uint8_t>;
    case arrow::Type::UINT16:
      return &ParquetValueReader::template LoadWidened<uint16_t>;
    case arrow::Type::DATE64:
      return &ParquetValueReader::LoadDays;
    case arrow::Type::DECIMAL128:
      return type_.length > 0 ? &ParquetValueReader::LoadBigEndian
                              : &ParquetValueReader::LoadDecimal;
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
      return &ParquetValueReader::template LoadBytes<int32_t>;
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY:
      return &ParquetValueReader::template LoadBytes<int64_t>;
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY_VIEW:
      return &ParquetValueReader::LoadViews;
    case arrow::Type::FIXED_SIZE_BINARY:
      return &ParquetValueReader::LoadFixed;
    default:
      return nullptr;
  }
}

template class ParquetValueReader<uint32_t>;
template class ParquetValueReader<uint64_t>;
template class ParquetValueReader<std::string_view>;

template <typename T>
Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues(const ParquetType& type,
                                                           std::span<const T> values) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    return ArrayOfBytes(type, values);
  } else {
    return ArrayOfNumbers<T>(type, values);
  }
}

template Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues<uint32_t>(
    const ParquetType&, std::span<const uint32_t>);
template Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues<uint64_t>(
    const ParquetType&, std::span<const uint64_t>);
template Result<std::shared_ptr<arrow::Array>> ArrayOfParquetValues<std::string_view>(
    const ParquetType&, std::span<const std::string_view>);

}  // namespace tamis
