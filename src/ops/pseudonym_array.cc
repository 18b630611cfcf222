// Pseudonyms of Arrow arrays. See pseudonym.h.
#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/type.h>
#include <arrow/util/bit_util.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <limits>

#include "ops/pseudonym.h"
#include "text/date.h"
#include "text/number.h"

namespace tamis {
namespace {

using arrow::internal::checked_cast;

constexpr size_t kScratchBytes = std::max(kNumberTextBytes, kDateTextBytes);

TimeUnit UnitOf(arrow::TimeUnit::type unit) { return static_cast<TimeUnit>(unit); }

template <typename ArrayType>
auto ValueAt(const arrow::Array& array, int64_t row) {
  return checked_cast<const ArrayType&>(array).Value(row);
}

template <typename ArrayType>
std::string_view ViewAt(const arrow::Array& array, int64_t row) {
  return checked_cast<const ArrayType&>(array).GetView(row);
}

std::string_view Digits(char* begin, const char* end) {
  return {begin, static_cast<size_t>(end - begin)};
}

std::string_view TimeText(const arrow::Array& array, int64_t row, char* out) {
  using arrow::Type;
  const arrow::DataType& type = *array.type();
  switch (type.id()) {
    case Type::DATE32:
      return Digits(out, FormatDate(ValueAt<arrow::Date32Array>(array, row), out));
    case Type::DATE64: {
      int64_t days = ValueAt<arrow::Date64Array>(array, row) / 86'400'000;
      return Digits(out, FormatDate(static_cast<int32_t>(days), out));
    }
    case Type::TIME32: {
      TimeUnit unit = UnitOf(checked_cast<const arrow::Time32Type&>(type).unit());
      return Digits(out, FormatTime(ValueAt<arrow::Time32Array>(array, row), unit, out));
    }
    case Type::TIME64: {
      TimeUnit unit = UnitOf(checked_cast<const arrow::Time64Type&>(type).unit());
      return Digits(out, FormatTime(ValueAt<arrow::Time64Array>(array, row), unit, out));
    }
    default: {
      const auto& timestamp = checked_cast<const arrow::TimestampType&>(type);
      auto format = timestamp.timezone().empty() ? FormatLocalTimestamp : FormatUtcTimestamp;
      int64_t value = ValueAt<arrow::TimestampArray>(array, row);
      return Digits(out, format(value, UnitOf(timestamp.unit()), out));
    }
  }
}

std::string_view DecimalText(const arrow::Array& array, int64_t row, char* out) {
  arrow::Decimal128 value(checked_cast<const arrow::Decimal128Array&>(array).GetValue(row));
  int scale = checked_cast<const arrow::Decimal128Type&>(*array.type()).scale();
  auto bits = static_cast<unsigned __int128>(static_cast<uint64_t>(value.high_bits())) << 64 |
              value.low_bits();
  return Digits(out, FormatDecimal(static_cast<__int128>(bits), scale, out));
}

// The text of a value that isn't NULL: part of the array, or written to `out`.
std::string_view TextAt(const arrow::Array& array, int64_t row, char* out) {
  using arrow::Type;
  switch (array.type_id()) {
    case Type::STRING:
      return ViewAt<arrow::StringArray>(array, row);
    case Type::LARGE_STRING:
      return ViewAt<arrow::LargeStringArray>(array, row);
    case Type::STRING_VIEW:
      return ViewAt<arrow::StringViewArray>(array, row);
    case Type::BINARY:
      return ViewAt<arrow::BinaryArray>(array, row);
    case Type::LARGE_BINARY:
      return ViewAt<arrow::LargeBinaryArray>(array, row);
    case Type::BINARY_VIEW:
      return ViewAt<arrow::BinaryViewArray>(array, row);
    case Type::FIXED_SIZE_BINARY:
      return ViewAt<arrow::FixedSizeBinaryArray>(array, row);
    case Type::BOOL:
      return Digits(out, FormatBool(ValueAt<arrow::BooleanArray>(array, row), out));
    case Type::INT8:
      return Digits(out, FormatInt64(ValueAt<arrow::Int8Array>(array, row), out));
    case Type::INT16:
      return Digits(out, FormatInt64(ValueAt<arrow::Int16Array>(array, row), out));
    case Type::INT32:
      return Digits(out, FormatInt64(ValueAt<arrow::Int32Array>(array, row), out));
    case Type::INT64:
      return Digits(out, FormatInt64(ValueAt<arrow::Int64Array>(array, row), out));
    case Type::UINT8:
      return Digits(out, FormatUInt64(ValueAt<arrow::UInt8Array>(array, row), out));
    case Type::UINT16:
      return Digits(out, FormatUInt64(ValueAt<arrow::UInt16Array>(array, row), out));
    case Type::UINT32:
      return Digits(out, FormatUInt64(ValueAt<arrow::UInt32Array>(array, row), out));
    case Type::UINT64:
      return Digits(out, FormatUInt64(ValueAt<arrow::UInt64Array>(array, row), out));
    case Type::FLOAT:
      return Digits(out, FormatFloat(ValueAt<arrow::FloatArray>(array, row), out));
    case Type::DOUBLE:
      return Digits(out, FormatDouble(ValueAt<arrow::DoubleArray>(array, row), out));
    case Type::DECIMAL128:
      return DecimalText(array, row, out);
    default:
      return TimeText(array, row, out);
  }
}

bool HasText(arrow::Type::type id) {
  using arrow::Type;
  constexpr Type::type kTypes[] = {
      Type::STRING,       Type::LARGE_STRING, Type::STRING_VIEW, Type::BINARY,
      Type::LARGE_BINARY, Type::BOOL,         Type::BINARY_VIEW, Type::FIXED_SIZE_BINARY,
      Type::INT8,         Type::INT16,        Type::INT32,       Type::INT64,
      Type::UINT8,        Type::UINT16,       Type::UINT32,      Type::UINT64,
      Type::FLOAT,        Type::DOUBLE,       Type::DATE32,      Type::DATE64,
      Type::TIME32,       Type::TIME64,       Type::TIMESTAMP,   Type::DECIMAL128};
  return std::find(std::begin(kTypes), std::end(kTypes), id) != std::end(kTypes);
}

Result<std::shared_ptr<arrow::Array>> HashDictionary(const Pseudonymizer& pseudonymizer,
                                                     const arrow::DictionaryArray& array) {
  ARROW_ASSIGN_OR_RAISE(auto values, pseudonymizer.HashArray(*array.dictionary()));
  const auto& type = checked_cast<const arrow::DictionaryType&>(*array.type());
  return arrow::DictionaryArray::FromArrays(
      arrow::dictionary(type.index_type(), arrow::utf8(), type.ordered()), array.indices(), values);
}

}  // namespace

Result<std::shared_ptr<arrow::Array>> Pseudonymizer::HashArray(const arrow::Array& array) const {
  if (array.type_id() == arrow::Type::DICTIONARY)
    return HashDictionary(*this, checked_cast<const arrow::DictionaryArray&>(array));
  if (array.type_id() == arrow::Type::NA)
    return arrow::MakeArrayOfNull(arrow::utf8(), array.length());
  if (!HasText(array.type_id()))
    return Status::NotImplemented("no pseudonyms for values of type ", array.type()->ToString());

  int64_t rows = array.length();
  int64_t data_bytes = (rows - array.null_count()) * static_cast<int64_t>(length_);
  if (data_bytes > std::numeric_limits<int32_t>::max())
    return Status::CapacityError("pseudonyms of ", rows, " rows in one array");
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Buffer> offsets,
                        arrow::AllocateBuffer((rows + 1) * 4));
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Buffer> data, arrow::AllocateBuffer(data_bytes));
  std::shared_ptr<arrow::Buffer> validity;
  if (array.null_count() > 0) {
    ARROW_ASSIGN_OR_RAISE(validity, arrow::AllocateEmptyBitmap(rows));
  }

  auto* offset = reinterpret_cast<int32_t*>(offsets->mutable_data());
  auto* begin = reinterpret_cast<char*>(data->mutable_data());
  char* out = begin;
  char scratch[kScratchBytes];
  PseudonymWriter writer(*this, 1, static_cast<size_t>(rows) * 64);
  for (int64_t row = 0; row < rows; ++row) {
    offset[row] = static_cast<int32_t>(out - begin);
    if (validity && array.IsNull(row)) continue;
    if (validity) arrow::bit_util::SetBit(validity->mutable_data(), row);
    writer.Write(0, TextAt(array, row, scratch), out);
    out += length_;
  }
  offset[rows] = static_cast<int32_t>(out - begin);
  writer.Finish();
  return std::make_shared<arrow::StringArray>(rows, offsets, data, validity, array.null_count());
}

}  // namespace tamis
