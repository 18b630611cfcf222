// Finds the minimum and maximum of a column's values. Does not read arrays.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "format/parquet_encode.h"
#include "format/parquet_types.h"

namespace tamis {

/// Collects bounds over blocks of values (T as for ParquetValueReader). Rules of parquet.thrift's
/// ColumnOrder: no bounds when a NaN is among the values (readers differ in what they take from
/// them), a minimum of zero is -0.0 and a maximum of zero is +0.0, texts are cut to 64 bytes.
template <typename T>
class StatisticsCollector {
 public:
  explicit StatisticsCollector(const ParquetType& type) : type_(type) {}

  void Add(std::span<const T> values);
  ParquetStatistics Finish() const;

 private:
  using Bound = std::conditional_t<std::is_same_v<T, std::string_view>, std::string, T>;

  const ParquetType& type_;
  bool is_empty_ = true;
  // Numbers are kept as keys whose unsigned order is the column's order.
  Bound min_{};
  Bound max_{};
};

template <>
void StatisticsCollector<std::string_view>::Add(std::span<const std::string_view> values);
template <>
ParquetStatistics StatisticsCollector<std::string_view>::Finish() const;

extern template class StatisticsCollector<uint32_t>;
extern template class StatisticsCollector<uint64_t>;

}  // namespace tamis
