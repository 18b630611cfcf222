// Key values as bytes. See window_key.h.
#include "ops/window_key.h"

#include <arrow/buffer_builder.h>
#include <arrow/builder.h>
#include <arrow/type_traits.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace tamis {
namespace {

template <typename T>
T Load(const std::string& bytes) {
  T value;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

template <typename T>
std::string_view BytesOf(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

template <typename T>
T Canonical(T value) {
  return std::isnan(value) ? std::numeric_limits<T>::quiet_NaN() : value + T{0};  // -0 + 0 is 0
}

using Less = bool (*)(const std::string& a, const std::string& b);

template <typename T>
bool LessNumber(const std::string& a, const std::string& b) {
  return Load<T>(a) < Load<T>(b);
}

template <typename T>
bool LessReal(const std::string& a, const std::string& b) {
  T left = Load<T>(a), right = Load<T>(b);
  return left < right || (std::isnan(right) && !std::isnan(left));
}

bool LessDecimal(const std::string& a, const std::string& b) {
  return arrow::Decimal128(reinterpret_cast<const uint8_t*>(a.data())) <
         arrow::Decimal128(reinterpret_cast<const uint8_t*>(b.data()));
}

bool LessBytes(const std::string& a, const std::string& b) { return a < b; }

// The order of a type, nullptr for types that can't be keys.
Less OrderOf(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::INT8:
      return LessNumber<int8_t>;
    case arrow::Type::INT16:
      return LessNumber<int16_t>;
    case arrow::Type::INT32:
    case arrow::Type::DATE32:
    case arrow::Type::TIME32:
      return LessNumber<int32_t>;
    case arrow::Type::INT64:
    case arrow::Type::DATE64:
    case arrow::Type::TIME64:
    case arrow::Type::TIMESTAMP:
      return LessNumber<int64_t>;
    case arrow::Type::BOOL:
    case arrow::Type::UINT8:
      return LessNumber<uint8_t>;
    case arrow::Type::UINT16:
      return LessNumber<uint16_t>;
    case arrow::Type::UINT32:
      return LessNumber<uint32_t>;
    case arrow::Type::UINT64:
      return LessNumber<uint64_t>;
    case arrow::Type::FLOAT:
      return LessReal<float>;
    case arrow::Type::DOUBLE:
      return LessReal<double>;
    case arrow::Type::DECIMAL128:
      return LessDecimal;
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
    case arrow::Type::FIXED_SIZE_BINARY:
      return LessBytes;
    default:
      return nullptr;
  }
}

// Calls function(row, bytes) for each row that isn't NULL.
template <typename Array, typename BytesOfRow, typename Function>
void ForEachRow(const arrow::Array& array, BytesOfRow&& bytes_of, Function&& function) {
  const auto& typed = static_cast<const Array&>(array);
  for (int64_t row = 0; row < array.length(); ++row) {
    if (array.IsValid(row)) bytes_of(typed, row, function);
  }
}

template <typename Function>
void ForEachBytes(const arrow::Array& array, Function&& function) {
  auto real = [](const auto& typed, int64_t row, auto& call) {
    call(row, BytesOf(Canonical(typed.Value(row))));
  };
  auto boolean = [](const auto& typed, int64_t row, auto& call) {
    call(row, BytesOf(static_cast<uint8_t>(typed.Value(row))));
  };
  auto text = [](const auto& typed, int64_t row, auto& call) { call(row, typed.GetView(row)); };
  switch (array.type_id()) {
    case arrow::Type::FLOAT:
      return ForEachRow<arrow::FloatArray>(array, real, function);
    case arrow::Type::DOUBLE:
      return ForEachRow<arrow::DoubleArray>(array, real, function);
    case arrow::Type::BOOL:
      return ForEachRow<arrow::BooleanArray>(array, boolean, function);
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
      return ForEachRow<arrow::BinaryArray>(array, text, function);
    default:
      break;
  }
  auto width = static_cast<size_t>(array.type()->byte_width());
  const char* values = reinterpret_cast<const char*>(array.data()->GetValues<uint8_t>(1, 0));
  values += static_cast<size_t>(array.offset()) * width;
  ForEachRow<arrow::Array>(
      array,
      [&](const auto&, int64_t row, auto& call) {
        call(row, std::string_view(values + static_cast<size_t>(row) * width, width));
      },
      function);
}

}  // namespace

bool WindowKey::Takes(const arrow::DataType& type) { return OrderOf(type) != nullptr; }

uint32_t WindowKey::Id(std::string_view bytes) {
  auto found = ids_.find(bytes);
  if (found != ids_.end()) return found->second;
  auto id = static_cast<uint32_t>(values_.size());
  values_.push_back(&ids_.emplace(std::string(bytes), id).first->first);
  return id;
}

uint32_t WindowKey::Adopt(const WindowKey& other, uint32_t id) {
  return id == kNull ? kNull : Id(*other.values_[id]);
}

void WindowKey::Number(const arrow::Array& array, std::vector<uint32_t>* ids) {
  if (array.type_id() != arrow::Type::DICTIONARY) return NumberPlain(array, ids);
  const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
  std::vector<uint32_t> of_index;
  NumberPlain(*coded.dictionary(), &of_index);
  ids->resize(static_cast<size_t>(array.length()));
  for (int64_t row = 0; row < array.length(); ++row) {
    (*ids)[static_cast<size_t>(row)] =
        coded.IsNull(row) ? kNull : of_index[static_cast<size_t>(coded.GetValueIndex(row))];
  }
}

void WindowKey::NumberPlain(const arrow::Array& array, std::vector<uint32_t>* ids) {
  ids->assign(static_cast<size_t>(array.length()), kNull);
  ForEachBytes(array, [&](int64_t row, std::string_view bytes) {
    (*ids)[static_cast<size_t>(row)] = Id(bytes);
  });
}

std::vector<uint32_t> WindowKey::Ranks() const {
  std::vector<uint32_t> order(values_.size() - 1);
  std::iota(order.begin(), order.end(), 1);
  Less less = OrderOf(*type_);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return less(*values_[a], *values_[b]); });
  std::vector<uint32_t> ranks(values_.size());
  for (size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<uint32_t>(i);
  ranks[kNull] = static_cast<uint32_t>(order.size());
  return ranks;
}

Result<std::shared_ptr<arrow::Array>> WindowKey::Build(const std::vector<uint32_t>& ids) const {
  if (arrow::is_base_binary_like(type_->id()) || type_->id() == arrow::Type::BOOL) {
    ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(type_));
    for (uint32_t id : ids) {
      if (id == kNull) {
        ARROW_RETURN_NOT_OK(builder->AppendNull());
      } else if (type_->id() == arrow::Type::BOOL) {
        bool value = Load<uint8_t>(*values_[id]) != 0;
        ARROW_RETURN_NOT_OK(static_cast<arrow::BooleanBuilder&>(*builder).Append(value));
      } else {
        ARROW_RETURN_NOT_OK(static_cast<arrow::BinaryBuilder&>(*builder).Append(*values_[id]));
      }
    }
    return builder->Finish();
  }
  std::string zeros(static_cast<size_t>(type_->byte_width()), '\0');
  arrow::BufferBuilder bytes;
  arrow::TypedBufferBuilder<bool> valid;
  for (uint32_t id : ids) {
    const std::string& value = id == kNull ? zeros : *values_[id];
    ARROW_RETURN_NOT_OK(bytes.Append(value.data(), static_cast<int64_t>(value.size())));
    ARROW_RETURN_NOT_OK(valid.Append(id != kNull));
  }
  int64_t nulls = valid.false_count();
  ARROW_ASSIGN_OR_RAISE(auto value_buffer, bytes.Finish());
  ARROW_ASSIGN_OR_RAISE(auto valid_buffer, valid.Finish());
  return arrow::MakeArray(arrow::ArrayData::Make(type_, static_cast<int64_t>(ids.size()),
                                                 {valid_buffer, value_buffer}, nulls));
}

}  // namespace tamis
