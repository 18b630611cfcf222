// Loads, stores, decodes and gathers the columns of expressions. See vector.h.
#include "expr/vector.h"

#include <arrow/array/builder_base.h>
#include <arrow/array/concatenate.h>
#include <arrow/array/util.h>
#include <arrow/builder.h>
#include <arrow/util/bitmap_ops.h>

#include <limits>

#include "expr/value.h"

namespace tamis {
namespace {

template <typename From>
Result<Vector> Widen(const arrow::Array& column, const std::shared_ptr<arrow::DataType>& type,
                     Validity validity) {
  const From* values = column.data()->GetValues<From>(1);
  if (type->id() == arrow::Type::DOUBLE) {
    return MapNumbers<double>(type, column.length(), std::move(validity),
                              [&](int64_t row) { return static_cast<double>(values[row]); });
  }
  return MapNumbers<int64_t>(type, column.length(), std::move(validity),
                             [&](int64_t row) { return static_cast<int64_t>(values[row]); });
}

Result<Validity> CopyValidity(const arrow::Array& column) {
  if (column.null_count() == 0) return Validity();
  return arrow::internal::CopyBitmap(arrow::default_memory_pool(), column.null_bitmap_data(),
                                     column.offset(), column.length());
}

Result<Vector> LoadTimestamps(const arrow::Array& column, Validity validity) {
  const auto& type = static_cast<const arrow::TimestampType&>(*column.type());
  const int64_t* values = column.data()->GetValues<int64_t>(1);
  if (type.unit() == arrow::TimeUnit::NANO) {
    return MapNumbers<int64_t>(TimestampType(), column.length(), std::move(validity),
                               [&](int64_t row) { return FloorDivide(values[row], 1000); });
  }
  int64_t factor = type.unit() == arrow::TimeUnit::MILLI    ? 1000
                   : type.unit() == arrow::TimeUnit::SECOND ? 1000000
                                                            : 1;
  bool overflow = false;
  ARROW_ASSIGN_OR_RAISE(
      Vector out, MapNumbers<int64_t>(TimestampType(), column.length(), validity, [&](int64_t row) {
        int64_t micros = 0;
        if (!ValidAt(validity, row)) return micros;
        overflow |= __builtin_mul_overflow(values[row], factor, &micros);
        return micros;
      }));
  if (overflow) return DataError("a timestamp is too large for microseconds");
  return out;
}

Result<Vector> LoadLargeText(const arrow::Array& column) {
  const auto& texts = static_cast<const arrow::LargeStringArray&>(column);
  TextOutput output;
  ARROW_RETURN_NOT_OK(output.Reserve(texts.length(), texts.total_values_length()));
  for (int64_t row = 0; row < texts.length(); ++row) {
    if (texts.IsNull(row)) {
      ARROW_RETURN_NOT_OK(output.AppendNull());
    } else {
      ARROW_RETURN_NOT_OK(output.Append(texts.GetView(row)));
    }
  }
  return output.Done();
}

// Views of other index widths would double every text kernel: indices are made 32 bits wide here.
Result<Vector> LoadDictionary(const std::shared_ptr<arrow::Array>& column) {
  const auto& dictionary = static_cast<const arrow::DictionaryArray&>(*column);
  const auto& type = static_cast<const arrow::DictionaryType&>(*column->type());
  ARROW_ASSIGN_OR_RAISE(Vector values, LoadColumn(dictionary.dictionary()));
  if (values.kind != Kind::kText || values.array->null_count() > 0) {
    std::vector<int64_t> rows(static_cast<size_t>(column->length()));
    int64_t null_row = values.length;
    for (int64_t row = 0; row < column->length(); ++row) {
      rows[static_cast<size_t>(row)] =
          column->IsNull(row) ? null_row : dictionary.GetValueIndex(row);
    }
    ARROW_ASSIGN_OR_RAISE(auto one_null, arrow::MakeArrayOfNull(values.array->type(), 1));
    ARROW_ASSIGN_OR_RAISE(auto extended, arrow::Concatenate({values.array, one_null}));
    ARROW_ASSIGN_OR_RAISE(auto plain, TakeRows(extended, rows));
    return Vector{values.kind, column->length(), false, std::move(plain)};
  }
  if (type.index_type()->id() == arrow::Type::INT32) {
    auto same = std::make_shared<arrow::DictionaryArray>(
        arrow::dictionary(arrow::int32(), arrow::utf8()), dictionary.indices(), values.array);
    return Vector{Kind::kText, column->length(), false, std::move(same)};
  }
  ARROW_ASSIGN_OR_RAISE(Validity validity, CopyValidity(*column));
  ARROW_ASSIGN_OR_RAISE(
      Vector indices,
      MapNumbers<int32_t>(arrow::int32(), column->length(), validity, [&](int64_t row) {
        return ValidAt(validity, row) ? static_cast<int32_t>(dictionary.GetValueIndex(row)) : 0;
      }));
  auto wide = std::make_shared<arrow::DictionaryArray>(
      arrow::dictionary(arrow::int32(), arrow::utf8()), indices.array, values.array);
  return Vector{Kind::kText, column->length(), false, std::move(wide)};
}

template <typename To>
Result<std::shared_ptr<arrow::Array>> Narrow(const Vector& vector,
                                             const std::shared_ptr<arrow::DataType>& type) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid({&vector, 1}, vector.length));
  if constexpr (std::is_floating_point_v<To>) {
    NumberView<double> values(vector);
    ARROW_ASSIGN_OR_RAISE(
        Vector out, MapNumbers<To>(type, vector.length, std::move(validity),
                                   [&](int64_t row) { return static_cast<To>(values[row]); }));
    return out.array;
  } else {
    NumberView<int64_t> values(vector);
    ARROW_ASSIGN_OR_RAISE(
        Vector out, MapNumbers<To>(type, vector.length, std::move(validity),
                                   [&](int64_t row) { return static_cast<To>(values[row]); }));
    return out.array;
  }
}

}  // namespace

Result<Vector> LoadColumn(const std::shared_ptr<arrow::Array>& column) {
  using arrow::Type;
  Type::type id = column->type_id();
  if (id == Type::DICTIONARY) return LoadDictionary(column);
  Vector same{KindOf(*column->type()), column->length(), false, column};
  if (id == Type::LARGE_STRING) return LoadLargeText(*column);
  if (id == Type::INT64 || id == Type::DOUBLE || id == Type::BOOL || same.kind == Kind::kText ||
      same.kind == Kind::kDate || same.kind == Kind::kDecimal || same.kind == Kind::kOpaque ||
      same.kind == Kind::kNull) {
    return same;
  }
  ARROW_ASSIGN_OR_RAISE(Validity validity, CopyValidity(*column));
  switch (id) {
    case Type::INT8:
      return Widen<int8_t>(*column, arrow::int64(), std::move(validity));
    case Type::INT16:
      return Widen<int16_t>(*column, arrow::int64(), std::move(validity));
    case Type::INT32:
      return Widen<int32_t>(*column, arrow::int64(), std::move(validity));
    case Type::UINT8:
      return Widen<uint8_t>(*column, arrow::int64(), std::move(validity));
    case Type::UINT16:
      return Widen<uint16_t>(*column, arrow::int64(), std::move(validity));
    case Type::UINT32:
      return Widen<uint32_t>(*column, arrow::int64(), std::move(validity));
    case Type::FLOAT:
      return Widen<float>(*column, arrow::float64(), std::move(validity));
    default:
      break;
  }
  const auto& type = static_cast<const arrow::TimestampType&>(*column->type());
  if (type.unit() != arrow::TimeUnit::MICRO) return LoadTimestamps(*column, std::move(validity));
  auto data = column->data()->Copy();
  data->type = TimestampType();  // the same instants, whatever zone they are shown in
  same.array = arrow::MakeArray(std::move(data));
  return same;
}

Result<Vector> ConstantVector(const arrow::Scalar& value, Kind kind, int64_t length) {
  ARROW_ASSIGN_OR_RAISE(auto array, arrow::MakeArrayFromScalar(value, 1));
  if (kind == Kind::kInterval || kind == Kind::kNull) return Vector{kind, length, true, array};
  ARROW_ASSIGN_OR_RAISE(Vector loaded, LoadColumn(array));
  loaded.constant = true;
  loaded.length = length;
  return loaded;
}

Result<std::shared_ptr<arrow::Array>> StoreVector(const Vector& vector,
                                                  const std::shared_ptr<arrow::DataType>& type) {
  using arrow::Type;
  if (vector.constant) {
    ARROW_ASSIGN_OR_RAISE(auto value, vector.array->GetScalar(0));
    ARROW_ASSIGN_OR_RAISE(auto repeated, arrow::MakeArrayFromScalar(*value, vector.length));
    return StoreVector(Vector{vector.kind, vector.length, false, std::move(repeated)}, type);
  }
  switch (type->id()) {
    case Type::INT8:
      return Narrow<int8_t>(vector, type);
    case Type::INT16:
      return Narrow<int16_t>(vector, type);
    case Type::INT32:
      return Narrow<int32_t>(vector, type);
    case Type::FLOAT:
      return Narrow<float>(vector, type);
    default:
      break;
  }
  if (vector.is_dictionary() || vector.array->type()->Equals(*type)) return vector.array;
  auto data = vector.array->data()->Copy();
  data->type = type;  // a decimal of another precision: the same 128 bits
  return arrow::MakeArray(std::move(data));
}

Result<Vector> Decode(const Vector& vector) {
  if (!vector.is_dictionary()) return vector;
  const auto& dictionary = static_cast<const arrow::DictionaryArray&>(*vector.array);
  Vector values{Kind::kText, dictionary.dictionary()->length(), false, dictionary.dictionary()};
  TextView texts(values);
  ValidityView valid(vector);
  const int32_t* indices = dictionary.indices()->data()->GetValues<int32_t>(1);
  int64_t rows = vector.array->length();
  TextOutput output;
  ARROW_RETURN_NOT_OK(output.Reserve(rows, 0));
  for (int64_t row = 0; row < rows; ++row) {
    if (valid.valid(row)) {
      ARROW_RETURN_NOT_OK(output.Append(texts[indices[row]]));
    } else {
      ARROW_RETURN_NOT_OK(output.AppendNull());
    }
  }
  ARROW_ASSIGN_OR_RAISE(Vector out, output.Done());
  out.constant = vector.constant;
  out.length = vector.length;
  return out;
}

Result<std::shared_ptr<arrow::Array>> TakeRows(const std::shared_ptr<arrow::Array>& array,
                                               std::span<const int64_t> indices) {
  ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(array->type()));
  arrow::ArraySpan span(*array->data());
  for (size_t i = 0; i < indices.size();) {
    size_t end = i + 1;  // rows in sequence are copied at once
    while (end < indices.size() && indices[end] == indices[end - 1] + 1) ++end;
    ARROW_RETURN_NOT_OK(builder->AppendArraySlice(span, indices[i], static_cast<int64_t>(end - i)));
    i = end;
  }
  return builder->Finish();
}

Result<std::shared_ptr<arrow::Array>> ScatterRows(const std::shared_ptr<arrow::Array>& array,
                                                  std::span<const int64_t> indices,
                                                  int64_t length) {
  ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(array->type()));
  arrow::ArraySpan span(*array->data());
  int64_t row = 0;
  for (size_t i = 0; i < indices.size(); ++i) {
    ARROW_RETURN_NOT_OK(builder->AppendNulls(indices[i] - row));
    ARROW_RETURN_NOT_OK(builder->AppendArraySlice(span, static_cast<int64_t>(i), 1));
    row = indices[i] + 1;
  }
  ARROW_RETURN_NOT_OK(builder->AppendNulls(length - row));
  return builder->Finish();
}

Result<Validity> AllValid(std::span<const Vector> arguments, int64_t length) {
  Validity out;
  for (const Vector& argument : arguments) {
    if (argument.array->null_count() == 0) continue;
    if (argument.constant) {
      ARROW_ASSIGN_OR_RAISE(out, arrow::AllocateEmptyBitmap(length));
      return out;
    }
    const uint8_t* bits = argument.array->null_bitmap_data();
    if (!bits) {  // an array of type null
      ARROW_ASSIGN_OR_RAISE(out, arrow::AllocateEmptyBitmap(length));
      return out;
    }
    if (!out) {
      ARROW_ASSIGN_OR_RAISE(out, arrow::internal::CopyBitmap(arrow::default_memory_pool(), bits,
                                                             argument.array->offset(), length));
    } else {
      ARROW_ASSIGN_OR_RAISE(
          out, arrow::internal::BitmapAnd(arrow::default_memory_pool(), out->data(), 0, bits,
                                          argument.array->offset(), length, 0));
    }
  }
  return out;
}

Vector MakeVector(std::shared_ptr<arrow::DataType> type, int64_t length, Validity validity,
                  std::shared_ptr<arrow::Buffer> values) {
  Kind kind = KindOf(*type);
  int64_t null_count = validity ? arrow::kUnknownNullCount : 0;
  auto data = arrow::ArrayData::Make(std::move(type), length,
                                     {std::move(validity), std::move(values)}, null_count);
  return Vector{kind, length, false, arrow::MakeArray(std::move(data))};
}

Status TextOutput::Reserve(int64_t rows, int64_t bytes) {
  rows_max_ = rows;
  ARROW_ASSIGN_OR_RAISE(offsets_, arrow::AllocateResizableBuffer((rows + 1) * 4));
  ARROW_ASSIGN_OR_RAISE(data_, arrow::AllocateResizableBuffer(bytes));
  reinterpret_cast<int32_t*>(offsets_->mutable_data())[0] = 0;
  return Status::OK();
}

Result<char*> TextOutput::Room(int64_t size) {
  int64_t needed = size_ + size;
  if (needed > data_->size()) {
    if (needed > std::numeric_limits<int32_t>::max()) {
      return DataError("the texts of one batch take more than 2 GB");
    }
    ARROW_RETURN_NOT_OK(data_->Resize(
        std::min<int64_t>(std::max(needed, data_->size() * 2), std::numeric_limits<int32_t>::max()),
        /*shrink_to_fit=*/false));
  }
  return reinterpret_cast<char*>(data_->mutable_data()) + size_;
}

void TextOutput::Finish(int64_t size) {
  size_ += size;
  ++rows_;
  reinterpret_cast<int32_t*>(offsets_->mutable_data())[rows_] = static_cast<int32_t>(size_);
  if (validity_) arrow::bit_util::SetBit(validity_->mutable_data(), rows_ - 1);
}

Status TextOutput::AppendNull() {
  if (!validity_) {
    ARROW_ASSIGN_OR_RAISE(validity_,
                          arrow::AllocateResizableBuffer(arrow::bit_util::BytesForBits(rows_max_)));
    std::memset(validity_->mutable_data(), 0, static_cast<size_t>(validity_->size()));
    arrow::bit_util::SetBitsTo(validity_->mutable_data(), 0, rows_, true);
  }
  ++null_count_;
  ++rows_;
  reinterpret_cast<int32_t*>(offsets_->mutable_data())[rows_] = static_cast<int32_t>(size_);
  return Status::OK();
}

Result<Vector> TextOutput::Done() {
  ARROW_RETURN_NOT_OK(data_->Resize(size_, /*shrink_to_fit=*/false));
  auto data =
      arrow::ArrayData::Make(arrow::utf8(), rows_, {validity_, offsets_, data_}, null_count_);
  return Vector{Kind::kText, rows_, false, arrow::MakeArray(std::move(data))};
}

}  // namespace tamis
