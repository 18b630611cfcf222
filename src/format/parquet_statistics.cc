// Minimum and maximum. See parquet_statistics.h.
#include "format/parquet_statistics.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace tamis {
namespace {

constexpr size_t kTextBytesMax = 64;

template <typename T>
constexpr T kSignBit = T{1} << (sizeof(T) * 8 - 1);

// Bits of a value to a key and back: unsigned order of keys is the order of values.
template <typename T>
T FloatKey(T bits) {
  return (bits & kSignBit<T>) != 0 ? ~bits : bits | kSignBit<T>;
}

template <typename T>
T KeyFloat(T key) {
  return (key & kSignBit<T>) != 0 ? key & ~kSignBit<T> : ~key;
}

// The bits of infinity: 0x7F800000 or 0x7FF0000000000000.
template <typename T>
constexpr T kInfinity = sizeof(T) == 4 ? T{0x7F800000} : static_cast<T>(0x7FF0000000000000);

template <typename T, typename Key>
void MinMax(std::span<const T> values, Key key, T* min, T* max) {
  T low = *min;
  T high = *max;
  for (T value : values) {
    T k = key(value);
    low = std::min(low, k);
    high = std::max(high, k);
  }
  *min = low;
  *max = high;
}

template <typename T>
std::string BytesOf(T bits) {
  std::string out(sizeof(T), '\0');
  std::memcpy(out.data(), &bits, sizeof(T));
  return out;
}

bool BytesLess(std::string_view a, std::string_view b, bool is_signed) {
  if (is_signed && (a[0] ^ b[0]) < 0) return a[0] < 0;
  return a < b;
}

// Where a text can be cut at or before `at` without splitting a character.
size_t CharacterStart(std::string_view text, size_t at) {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

std::string_view Cut(std::string_view value, bool is_text) {
  if (value.size() <= kTextBytesMax) return value;
  return value.substr(0, is_text ? CharacterStart(value, kTextBytesMax) : kTextBytesMax);
}

// The smallest short text that is above everything that begins with `prefix`; "" if there is none.
// In UTF-8 only ASCII characters are raised, the others are dropped: what is left stays valid.
std::string Raise(std::string prefix, bool is_text) {
  auto limit = static_cast<unsigned char>(is_text ? 0x7F : 0xFF);
  while (!prefix.empty()) {
    auto last = static_cast<unsigned char>(prefix.back());
    if (last < limit) {
      prefix.back() = static_cast<char>(last + 1);
      return prefix;
    }
    prefix.resize(is_text ? CharacterStart(prefix, prefix.size() - 1) : prefix.size() - 1);
  }
  return prefix;
}

}  // namespace

template <typename T>
void StatisticsCollector<T>::Add(std::span<const T> values) {
  if (values.empty() || type_.order == ParquetOrder::kNone) return;
  if (is_empty_) {
    is_empty_ = false;
    min_ = std::numeric_limits<T>::max();
    max_ = 0;
  }
  switch (type_.order) {
    case ParquetOrder::kSigned:
      return MinMax(values, [](T v) { return v ^ kSignBit<T>; }, &min_, &max_);
    case ParquetOrder::kFloat:
      return MinMax(values, [](T v) { return FloatKey(v); }, &min_, &max_);
    default:
      return MinMax(values, [](T v) { return v; }, &min_, &max_);
  }
}

template <>
void StatisticsCollector<std::string_view>::Add(std::span<const std::string_view> values) {
  if (values.empty() || type_.order == ParquetOrder::kNone) return;
  if (is_empty_) {
    is_empty_ = false;
    min_ = max_ = values[0];
  }
  bool is_signed = type_.order == ParquetOrder::kSignedBytes;
  for (std::string_view value : values) {
    if (BytesLess(value, min_, is_signed)) {
      min_ = value;
    } else if (BytesLess(max_, value, is_signed)) {
      max_ = value;
    }
  }
}

template <typename T>
ParquetStatistics StatisticsCollector<T>::Finish() const {
  ParquetStatistics out;
  if (is_empty_) return out;
  if (type_.order == ParquetOrder::kFloat) {
    T low = KeyFloat(min_);
    T high = KeyFloat(max_);
    bool has_nan = (low & ~kSignBit<T>) > kInfinity<T> || (high & ~kSignBit<T>) > kInfinity<T>;
    if (has_nan) return out;
    out.has_no_nan = true;
    if ((low & ~kSignBit<T>) == 0) low = kSignBit<T>;
    if ((high & ~kSignBit<T>) == 0) high = 0;
    out.min = BytesOf(low);
    out.max = BytesOf(high);
    return out;
  }
  T flip = type_.order == ParquetOrder::kSigned ? kSignBit<T> : T{0};
  out.min = BytesOf(static_cast<T>(min_ ^ flip));
  out.max = BytesOf(static_cast<T>(max_ ^ flip));
  return out;
}

template <>
ParquetStatistics StatisticsCollector<std::string_view>::Finish() const {
  ParquetStatistics out;
  if (is_empty_) return out;
  if (type_.physical == ParquetPhysical::kFixedLenByteArray) {
    out.min = min_;  // a bound of another length would not be a value of the type
    out.max = max_;
    return out;
  }
  bool is_text = type_.logical == ParquetLogical::kString;
  out.min = std::string(Cut(min_, is_text));
  out.is_min_exact = out.min->size() == min_.size();
  std::string high(Cut(max_, is_text));
  out.is_max_exact = high.size() == max_.size();
  if (!out.is_max_exact) high = Raise(std::move(high), is_text);
  if (!high.empty() || out.is_max_exact) out.max = std::move(high);
  return out;
}

template class StatisticsCollector<uint32_t>;
template class StatisticsCollector<uint64_t>;

}  // namespace tamis
