// The values of one key column of a window: numbered, put in order, made into a column again. Does
// not see windows.
#pragma once

#include <arrow/array.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/status.h"

namespace tamis {

/// Numbers the values of a column 1, 2, 3, ... as they come; 0 is NULL. -0 is 0, and all NaNs are
/// one value.
class WindowKey {
 public:
  static constexpr uint32_t kNull = 0;

  /// Whether keys can be of this type (not a dictionary's, but that of its values): booleans,
  /// numbers, text, binary, dates and times.
  static bool Takes(const arrow::DataType& type);

  /// `type` is one that Takes takes.
  explicit WindowKey(std::shared_ptr<arrow::DataType> type) : type_(std::move(type)) {}

  /// Writes the number of each row's value. `array` is of the key's type, or a dictionary of it.
  void Number(const arrow::Array& array, std::vector<uint32_t>* ids);
  /// The number here of a value that has the number `id` in `other`.
  uint32_t Adopt(const WindowKey& other, uint32_t id);

  /// The place of each numbered value in the type's order: numbers by value with NaN last, text and
  /// binary by bytes, false before true. NULL's is last. A result of its own, valid until the next
  /// new value.
  std::vector<uint32_t> Ranks() const;

  Result<std::shared_ptr<arrow::Array>> Build(const std::vector<uint32_t>& ids) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view bytes) const { return std::hash<std::string_view>()(bytes); }
  };

  uint32_t Id(std::string_view bytes);
  void NumberPlain(const arrow::Array& array, std::vector<uint32_t>* ids);

  std::shared_ptr<arrow::DataType> type_;
  // A value's bytes: those of Arrow, but a whole byte for a boolean.
  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> ids_;
  std::vector<const std::string*> values_{nullptr};  // by number; they live in ids_
};

}  // namespace tamis
