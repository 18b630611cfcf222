// Hashing for dictionaries. See parquet_dictionary.h.
#include "format/parquet_dictionary.h"

#define XXH_INLINE_ALL
#include <arrow/buffer.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "format/parquet_bits.h"

namespace tamis {
namespace {

constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio
constexpr int64_t kSampleSize = 4096;
constexpr int64_t kSampledFrom = 4 * kSampleSize;  // fewer values are hashed right away
constexpr int64_t kFirstCount = 4096;
constexpr size_t kKeptBytes = 64 << 10;
constexpr int64_t kBlockRows = 4096;
// A dictionary must save a tenth of the plain bytes.
constexpr int64_t kPayNumerator = 9;
constexpr int64_t kPayDenominator = 10;
// More steps than this for each value mean that someone chose the values to collide.
constexpr int64_t kCollisionsMax = 8;

uint64_t HashOf(uint32_t value) { return value * kMultiplier; }
uint64_t HashOf(uint64_t value) { return (value ^ (value >> 32)) * kMultiplier; }
uint64_t HashOf(std::string_view value) { return XXH3_64bits(value.data(), value.size()); }

int64_t PageBytes(uint32_t) { return 4; }
int64_t PageBytes(uint64_t) { return 8; }
int64_t PageBytes(std::string_view value) { return static_cast<int64_t>(value.size()) + 4; }

template <typename T>
int64_t PlainBytes(std::span<const T> values) {
  int64_t bytes = 0;
  for (const T& value : values) bytes += PageBytes(value);
  return bytes;
}

}  // namespace

template <typename T>
DictionaryHasher<T>::DictionaryHasher(int64_t bytes_max, int64_t count_hint)
    : bytes_max_(bytes_max) {
  Expect(std::min(count_hint, kFirstCount));
}

template <typename T>
void DictionaryHasher<T>::Expect(int64_t count) {
  auto slots = std::bit_ceil(static_cast<uint64_t>(std::max<int64_t>(count, 16)) * 2);
  if (!values_.empty() || slots <= slots_.size()) return;
  slots_.assign(slots, Slot{{}, -1});
  shift_ = 64 - std::countr_zero(slots);
}

template <typename T>
bool DictionaryHasher<T>::Matches(const Slot& slot, uint64_t hash, const T& value) const {
  if constexpr (std::is_same_v<T, std::string_view>) {
    return slot.key == static_cast<uint32_t>(hash) &&
           values_[static_cast<size_t>(slot.index)] == value;
  } else {
    return slot.key == value;
  }
}

template <typename T>
T DictionaryHasher<T>::Keep(const T& value) {
  if constexpr (std::is_same_v<T, std::string_view>) {
    if (kept_.empty() || kept_.back().capacity() - kept_.back().size() < value.size()) {
      kept_.emplace_back().reserve(std::max(kKeptBytes, value.size()));
    }
    std::vector<char>& block = kept_.back();
    size_t at = block.size();
    block.insert(block.end(), value.begin(), value.end());
    return {block.data() + at, value.size()};
  } else {
    return value;
  }
}

template <typename T>
int32_t DictionaryHasher<T>::Insert(Slot* slot, uint64_t hash, const T& value) {
  auto index = static_cast<int32_t>(values_.size());
  if constexpr (std::is_same_v<T, std::string_view>) {
    slot->key = static_cast<uint32_t>(hash);
  } else {
    slot->key = value;
  }
  slot->index = index;
  size_bytes_ += PageBytes(value);
  values_.push_back(Keep(value));
  if (values_.size() * 2 > slots_.size()) Grow();
  return index;
}

template <typename T>
void DictionaryHasher<T>::Grow() {
  slots_.assign(slots_.size() * 2, Slot{{}, -1});
  shift_ -= 1;
  size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < values_.size(); ++i) {
    uint64_t hash = HashOf(values_[i]);
    size_t at = hash >> shift_;
    while (slots_[at].index >= 0) at = (at + 1) & mask;
    if constexpr (std::is_same_v<T, std::string_view>) {
      slots_[at].key = static_cast<uint32_t>(hash);
    } else {
      slots_[at].key = values_[i];
    }
    slots_[at].index = static_cast<int32_t>(i);
  }
}

template <typename T>
bool DictionaryHasher<T>::Add(std::span<const T> values, int32_t* out) {
  if (values.empty()) return true;
  int32_t last_index = -1;
  T last{};
  for (const T& value : values) {
    // Neighbours are often equal: sorted columns, constants.
    if (last_index >= 0 && value == last) {
      *out++ = last_index;
      continue;
    }
    uint64_t hash = HashOf(value);
    size_t at = hash >> shift_;
    int32_t index = -1;
    while (true) {
      Slot* slot = &slots_[at];
      if (slot->index < 0) {
        index = Insert(slot, hash, value);
        break;
      }
      if (Matches(*slot, hash, value)) {
        index = slot->index;
        break;
      }
      ++collisions_;
      at = (at + 1) & (slots_.size() - 1);
    }
    *out++ = index;
    last_index = index;
    last = value;
  }
  added_ += static_cast<int64_t>(values.size());
  return size_bytes_ <= bytes_max_ && collisions_ <= kCollisionsMax * (added_ + kBlockRows);
}

template class DictionaryHasher<uint32_t>;
template class DictionaryHasher<uint64_t>;
template class DictionaryHasher<std::string_view>;

namespace {

// Takes one value out of each of kSampleSize stretches of rows, at a place that jitters, and says
// whether its repetitions allow a dictionary of bytes_max: 0 if not, else about how many distinct
// values there are. With n values out of D that are equally frequent, n*n / (2*D) are repetitions.
template <typename T>
int64_t EstimateDistinct(ParquetValueReader<T>* reader, int64_t value_count, int64_t bytes_max) {
  int64_t rows = 0;
  for (size_t piece = 0; piece < reader->piece_count(); ++piece) rows += reader->piece_rows(piece);
  DictionaryHasher<T> hasher(std::numeric_limits<int64_t>::max(), kSampleSize);
  int64_t sampled = 0;
  int64_t neighbours = 0;
  size_t piece = 0;
  int64_t piece_begin = 0;
  uint64_t random = kMultiplier;
  for (int64_t i = 0; i < kSampleSize; ++i) {
    int64_t begin = i * rows / kSampleSize;
    auto stretch = static_cast<uint64_t>((i + 1) * rows / kSampleSize - begin);
    // Marsaglia's xorshift: a multiplicative hash of i would spread the places too evenly.
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    int64_t row = begin + static_cast<int64_t>(random % stretch);
    while (row >= piece_begin + reader->piece_rows(piece)) {
      piece_begin += reader->piece_rows(piece++);
    }
    int64_t end = std::min(row + 2, piece_begin + reader->piece_rows(piece));
    std::span<const T> values = reader->Read(piece, row - piece_begin, end - piece_begin);
    if (values.empty()) continue;
    int32_t index = 0;
    if (!hasher.Add(values.first(1), &index)) return 0;
    ++sampled;
    neighbours += values.size() == 2 && values[0] == values[1] ? 1 : 0;
  }
  auto distinct = static_cast<int64_t>(hasher.values().size());
  if (sampled == 0 || neighbours * 4 > sampled) return distinct + 1;
  int64_t repeated = sampled - distinct;
  int64_t count_max = bytes_max * distinct / std::max<int64_t>(1, hasher.size_bytes());
  // The estimate may be wrong by a factor of two either way, more for a few frequent values.
  if (repeated * 8 * std::min(count_max, value_count) < sampled * sampled) return 0;
  return std::min(
      {sampled * sampled / (2 * std::max<int64_t>(1, repeated)), count_max, value_count});
}

template <typename T>
Result<bool> HashPlainPieces(const ParquetType& type, const arrow::ArrayVector& pieces,
                             int64_t value_count, int64_t bytes_max, DictionaryHasher<T>* hasher,
                             int32_t* out, int64_t* plain_bytes) {
  ParquetValueReader<T> reader(type, pieces);
  if (value_count >= kSampledFrom) {
    int64_t distinct = EstimateDistinct(&reader, value_count, bytes_max);
    ARROW_RETURN_NOT_OK(reader.status());
    if (distinct == 0) return false;
    hasher->Expect(distinct);
  }
  for (size_t piece = 0; piece < pieces.size(); ++piece) {
    for (int64_t begin = 0; begin < reader.piece_rows(piece); begin += kBlockRows) {
      int64_t end = std::min(begin + kBlockRows, reader.piece_rows(piece));
      std::span<const T> values = reader.Read(piece, begin, end);
      ARROW_RETURN_NOT_OK(reader.status());
      if (!hasher->Add(values, out)) return false;
      *plain_bytes += PlainBytes(values);
      out += values.size();
    }
  }
  return true;
}

// Numbers the values that the indices of dictionary arrays point at; a value is hashed only when
// an index points at it for the first time.
template <typename T>
class DictionaryRemapper {
 public:
  DictionaryRemapper(const ParquetType& type, DictionaryHasher<T>* hasher)
      : type_(type), hasher_(hasher) {}

  Result<bool> Add(const arrow::DictionaryArray& piece, int32_t** out, int64_t* plain_bytes) {
    if (piece.dictionary() != dictionary_) {
      dictionary_ = piece.dictionary();
      pieces_ = {dictionary_};
      map_.assign(static_cast<size_t>(dictionary_->length()), -1);
      reader_.emplace(type_, pieces_);
    }
    plain_bytes_ = plain_bytes;
    switch (piece.indices()->type_id()) {
      case arrow::Type::INT8:
        return AddIndices<int8_t>(*piece.indices(), out);
      case arrow::Type::UINT8:
        return AddIndices<uint8_t>(*piece.indices(), out);
      case arrow::Type::INT16:
        return AddIndices<int16_t>(*piece.indices(), out);
      case arrow::Type::UINT16:
        return AddIndices<uint16_t>(*piece.indices(), out);
      case arrow::Type::INT32:
        return AddIndices<int32_t>(*piece.indices(), out);
      case arrow::Type::UINT32:
        return AddIndices<uint32_t>(*piece.indices(), out);
      case arrow::Type::INT64:
        return AddIndices<int64_t>(*piece.indices(), out);
      default:
        return AddIndices<uint64_t>(*piece.indices(), out);
    }
  }

 private:
  template <typename Index>
  Result<bool> AddIndices(const arrow::Array& indices, int32_t** out) {
    const auto* from = indices.data()->GetValues<Index>(1);
    bool has_nulls = indices.null_count() > 0;
    bool fits = true;
    for (int64_t row = 0; row < indices.length() && fits; ++row) {
      if (has_nulls && indices.IsNull(row)) continue;
      auto index = static_cast<size_t>(from[row]);
      if (map_[index] < 0) fits = Map(index);
      **out = map_[index];
      ++*out;
      *plain_bytes_ += PageBytes(hasher_->values()[static_cast<size_t>(map_[index])]);
    }
    ARROW_RETURN_NOT_OK(reader_->status());
    return fits;
  }
  bool Map(size_t index) {
    auto row = static_cast<int64_t>(index);
    return hasher_->Add(reader_->Read(0, row, row + 1), &map_[index]);
  }

  const ParquetType& type_;
  DictionaryHasher<T>* hasher_;
  std::shared_ptr<arrow::Array> dictionary_;
  arrow::ArrayVector pieces_;
  std::vector<int32_t> map_;
  std::optional<ParquetValueReader<T>> reader_;
  int64_t* plain_bytes_ = nullptr;
};

}  // namespace

template <typename T>
Result<std::optional<ParquetDictionary<T>>> FindDictionary(const ParquetType& type,
                                                           const arrow::ArrayVector& pieces,
                                                           int64_t value_count, int64_t bytes_max) {
  std::optional<ParquetDictionary<T>> none;
  if (value_count == 0 || bytes_max <= 0) return none;
  ParquetDictionary<T> out;
  out.hasher = std::make_unique<DictionaryHasher<T>>(bytes_max, value_count);
  out.index_count = value_count;
  ARROW_ASSIGN_OR_RAISE(out.indices, arrow::AllocateBuffer(value_count * 4));
  auto* indices = out.indices->template mutable_data_as<int32_t>();
  int64_t plain_bytes = 0;
  if (pieces[0]->type_id() == arrow::Type::DICTIONARY) {
    DictionaryRemapper<T> remapper(type, out.hasher.get());
    for (const auto& piece : pieces) {
      const auto& encoded = static_cast<const arrow::DictionaryArray&>(*piece);
      ARROW_ASSIGN_OR_RAISE(bool fits, remapper.Add(encoded, &indices, &plain_bytes));
      if (!fits) return none;
    }
  } else {
    ARROW_ASSIGN_OR_RAISE(bool fits, HashPlainPieces(type, pieces, value_count, bytes_max,
                                                     out.hasher.get(), indices, &plain_bytes));
    if (!fits) return none;
  }
  auto value_max = static_cast<uint32_t>(out.hasher->values().size() - 1);
  int64_t packed = value_count * BitWidth(value_max) / 8 + out.hasher->size_bytes();
  if (packed * kPayDenominator > plain_bytes * kPayNumerator) return none;
  return std::optional<ParquetDictionary<T>>(std::move(out));
}

template Result<std::optional<ParquetDictionary<uint32_t>>> FindDictionary(
    const ParquetType&, const arrow::ArrayVector&, int64_t, int64_t);
template Result<std::optional<ParquetDictionary<uint64_t>>> FindDictionary(
    const ParquetType&, const arrow::ArrayVector&, int64_t, int64_t);
template Result<std::optional<ParquetDictionary<std::string_view>>> FindDictionary(
    const ParquetType&, const arrow::ArrayVector&, int64_t, int64_t);

}  // namespace tamis
