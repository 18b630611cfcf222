// The columns that an expression computes with: Arrow arrays of few types, some of them constant,
// and how kernels read and make them. Knows no functions.
#pragma once

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/util/bit_util.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "expr/ast.h"

namespace tamis {

/// `length` values of one kind. The array's type is the kind's own (see Kind): boolean, int64,
/// double, decimal128, utf8 or a dictionary<int32, utf8>, date32, timestamp[us, UTC], or whatever
/// an opaque column has. A constant has one element, which stands for every row.
struct Vector {
  Kind kind = Kind::kNull;
  int64_t length = 0;
  bool constant = false;
  std::shared_ptr<arrow::Array> array;

  bool is_dictionary() const { return array->type_id() == arrow::Type::DICTIONARY; }
};

/// Turns a column (of any supported type) into a Vector: integers are widened, timestamps become
/// microseconds. DataError if a timestamp doesn't fit.
Result<Vector> LoadColumn(const std::shared_ptr<arrow::Array>& column);
/// A constant of that value, repeated for `length` rows.
Result<Vector> ConstantVector(const arrow::Scalar& value, Kind kind, int64_t length);
/// Turns a Vector into an array of `type` (narrower integers, float) of `length` elements.
Result<std::shared_ptr<arrow::Array>> StoreVector(const Vector& vector,
                                                  const std::shared_ptr<arrow::DataType>& type);
/// The same values without dictionary.
Result<Vector> Decode(const Vector& vector);
/// The rows of `indices`.
Result<std::shared_ptr<arrow::Array>> TakeRows(const std::shared_ptr<arrow::Array>& array,
                                               std::span<const int64_t> indices);
/// The inverse: `array[k]` at row `indices[k]` (ascending) of `length` rows, NULL elsewhere.
Result<std::shared_ptr<arrow::Array>> ScatterRows(const std::shared_ptr<arrow::Array>& array,
                                                  std::span<const int64_t> indices, int64_t length);

/// Reads rows of a vector: NULL or not.
class ValidityView {
 public:
  explicit ValidityView(const Vector& vector)
      : bits_(vector.array->null_count() > 0 ? vector.array->null_bitmap_data() : nullptr),
        offset_(vector.array->offset()),
        mask_(vector.constant ? 0 : -1) {}
  bool valid(int64_t row) const {
    return !bits_ || arrow::bit_util::GetBit(bits_, offset_ + (row & mask_));
  }
  bool all_valid() const { return !bits_; }

 private:
  const uint8_t* bits_;
  int64_t offset_;

 protected:
  int64_t mask_;  // 0 for a constant: every row reads the first element
};

/// The values' buffer; an array without rows may have none.
inline const uint8_t* BytesOf(const Vector& vector) {
  static constexpr uint8_t kNothing[16] = {};
  const auto& buffer = vector.array->data()->buffers[1];
  return buffer ? buffer->data() : kNothing;
}

/// Reads values of fixed size: T is int64_t, double, int32_t or __int128.
template <typename T>
class NumberView : public ValidityView {
 public:
  explicit NumberView(const Vector& vector)
      : ValidityView(vector),
        values_(BytesOf(vector) + vector.array->offset() * static_cast<int64_t>(sizeof(T))) {}
  T operator[](int64_t row) const {
    T value;  // a decimal need not be aligned: batches read from IPC are to 8 bytes
    std::memcpy(&value, values_ + (row & mask_) * static_cast<int64_t>(sizeof(T)), sizeof(T));
    return value;
  }
  bool constant() const { return mask_ == 0; }

 private:
  const uint8_t* values_;
};

class BoolView : public ValidityView {
 public:
  explicit BoolView(const Vector& vector)
      : ValidityView(vector), bits_(BytesOf(vector)), offset_(vector.array->offset()) {}
  bool operator[](int64_t row) const {
    return arrow::bit_util::GetBit(bits_, offset_ + (row & mask_));
  }

 private:
  const uint8_t* bits_;
  int64_t offset_;
};

/// Reads decoded text.
class TextView : public ValidityView {
 public:
  explicit TextView(const Vector& vector)
      : ValidityView(vector), offsets_(vector.array->data()->GetValues<int32_t>(1)) {
    const auto& data = vector.array->data()->buffers[2];
    data_ = data ? reinterpret_cast<const char*>(data->data()) : "";
  }
  std::string_view operator[](int64_t row) const {
    int32_t begin = offsets_[row & mask_];
    return {data_ + begin, static_cast<size_t>(offsets_[(row & mask_) + 1] - begin)};
  }

 private:
  const int32_t* offsets_;
  const char* data_;
};

/// A validity bitmap: null means that all rows are valid.
using Validity = std::shared_ptr<arrow::Buffer>;

/// Valid where all of `arguments` are (a constant NULL makes every row NULL).
Result<Validity> AllValid(std::span<const Vector> arguments, int64_t length);

inline bool ValidAt(const Validity& validity, int64_t row) {
  return !validity || arrow::bit_util::GetBit(validity->data(), row);
}

/// Makes the array type's vector of finished buffers.
Vector MakeVector(std::shared_ptr<arrow::DataType> type, int64_t length, Validity validity,
                  std::shared_ptr<arrow::Buffer> values);

/// Values of T for each row from `compute(row)`, which must be harmless on NULL rows.
template <typename T, typename Compute>
Result<Vector> MapNumbers(std::shared_ptr<arrow::DataType> type, int64_t length, Validity validity,
                          Compute&& compute) {
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Buffer> buffer,
                        arrow::AllocateBuffer(length * static_cast<int64_t>(sizeof(T))));
  T* out = reinterpret_cast<T*>(buffer->mutable_data());
  for (int64_t row = 0; row < length; ++row) out[row] = compute(row);
  return MakeVector(std::move(type), length, std::move(validity), std::move(buffer));
}

/// As MapNumbers for booleans: eight comparisons at once are packed into a byte.
template <typename Compute>
Result<Vector> MapBools(int64_t length, Validity validity, Compute&& compute) {
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Buffer> buffer, arrow::AllocateBitmap(length));
  uint8_t* out = buffer->mutable_data();
  if (buffer->size() > 0) out[buffer->size() - 1] = 0;
  constexpr int64_t kBlock = 512;
  uint8_t flags[kBlock];
  for (int64_t begin = 0; begin < length; begin += kBlock) {
    int64_t count = std::min(kBlock, length - begin);
    for (int64_t i = 0; i < count; ++i) flags[i] = compute(begin + i) ? 1 : 0;
    for (int64_t i = count; i % 8 != 0; ++i) flags[i] = 0;
    for (int64_t i = 0; i < count; i += 8) {
      uint64_t eight;
      std::memcpy(&eight, flags + i, 8);
      // Moves the low bit of byte k to bit 56 + k; no two products meet in one bit.
      out[(begin + i) / 8] = static_cast<uint8_t>((eight * 0x0102040810204080ULL) >> 56);
    }
  }
  return MakeVector(arrow::boolean(), length, std::move(validity), std::move(buffer));
}

/// Collects text row by row. CapacityError past 2 GiB in one batch.
class TextOutput {
 public:
  Status Reserve(int64_t rows, int64_t bytes);
  /// Room for `size` more bytes; what is written there counts after Finish or FinishNull.
  Result<char*> Room(int64_t size);
  void Finish(int64_t size);  // ends a row that has `size` bytes in the room
  Status Append(std::string_view text) {
    ARROW_ASSIGN_OR_RAISE(char* room, Room(static_cast<int64_t>(text.size())));
    if (!text.empty()) std::memcpy(room, text.data(), text.size());
    Finish(static_cast<int64_t>(text.size()));
    return Status::OK();
  }
  Status AppendNull();
  Result<Vector> Done();

 private:
  std::shared_ptr<arrow::ResizableBuffer> offsets_, data_, validity_;
  int64_t rows_ = 0, rows_max_ = 0, size_ = 0, null_count_ = 0;
};

/// Texts for each row from `write(row, TextOutput*)`, which is called for valid rows only and must
/// end one row.
template <typename Write>
Result<Vector> MapTexts(int64_t length, const Validity& validity, int64_t bytes, Write&& write) {
  TextOutput output;
  ARROW_RETURN_NOT_OK(output.Reserve(length, bytes));
  for (int64_t row = 0; row < length; ++row) {
    if (ValidAt(validity, row)) {
      ARROW_RETURN_NOT_OK(write(row, &output));
    } else {
      ARROW_RETURN_NOT_OK(output.AppendNull());
    }
  }
  return output.Done();
}

}  // namespace tamis
