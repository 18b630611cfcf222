// What a sample says of a column, in one pass and bounded memory: its type, NULLs, frequent values,
// shapes, lengths, a random part of its values. Does not decide what may leave it:
// profile_column.h.
#pragma once

#include <arrow/array.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/status.h"

namespace tamis {

/// Rows that are kept of a sample, chosen at random: enough for histograms whose distribution
/// function is off by 0.5%.
inline constexpr size_t kRowsKept = 65536;

/// Texts and how often they came, as far as they are frequent (Misra and Gries 1982): a text that
/// makes up more than 1 / capacity of all is among them. Counts are exact until is_cut().
class FrequentTexts {
 public:
  explicit FrequentTexts(size_t capacity) : capacity_(capacity) {}
  void Add(std::string_view text);
  /// Whether there were more different texts than there is room.
  bool is_cut() const { return cut_ > 0; }
  /// By how much a count is too low, at most.
  int64_t cut() const { return cut_; }
  /// The most frequent first.
  std::vector<std::pair<std::string, int64_t>> Sorted() const;

 private:
  size_t capacity_;
  int64_t cut_ = 0;
  std::unordered_map<std::string, int64_t> counts_;
  std::string key_;
};

/// Which types all texts of a column could be of.
struct TextTypes {
  bool integer = true;
  bool decimal = true;  // one number of digits after the point in all values
  bool number = true;
  bool boolean = true;
  bool date = true;
  bool timestamp = true;
  bool has_zone = false;
  bool lacks_zone = false;
  int whole_digits = 0;  // before the point, at most
  int decimals = -1;     // after the point
  int decimals_max = 0;
  bool fits_int32 = true;

  void Add(std::string_view text);
  /// The narrowest type; text if there was no value. Numbers with leading zeros are text, and so
  /// are dates that are not ISO 8601.
  std::shared_ptr<arrow::DataType> Type() const;
};

/// One column of a sample.
class ColumnSample {
 public:
  ColumnSample();

  /// Takes the rows of a batch; kept[i] is where row i goes among the rows kept, or -1.
  Status Add(const arrow::Array& array, const std::vector<int64_t>& kept);

  int64_t row_count() const { return row_count_; }
  int64_t null_count() const { return null_count_; }
  int64_t value_count() const { return row_count_ - null_count_; }
  const TextTypes& types() const { return types_; }
  const FrequentTexts& texts() const { return texts_; }
  /// Shapes of the texts: a digit is 9, a letter A or a, anything else itself.
  const FrequentTexts& shapes() const { return shapes_; }
  /// The values of the rows kept, NULLs left out.
  std::vector<std::string> Values() const;
  int64_t length_max() const { return length_max_; }
  double mean_words() const;
  /// Whether no two values are the same, as far as it was looked at: kDistinctMax values.
  bool is_unique() const { return !repeats_; }
  /// Whether the values are whole numbers that advance by the same step; and that step.
  bool is_sequence() const { return is_sequence_ && value_count() > 2 && step_ > 0; }
  int64_t sequence_step() const { return step_; }

  static constexpr size_t kDistinctMax = size_t{1} << 18;

 private:
  void AddText(std::string_view text);
  void AddNumber(std::string_view text);

  int64_t row_count_ = 0;
  int64_t null_count_ = 0;
  TextTypes types_;
  FrequentTexts texts_{2000};
  FrequentTexts shapes_{200};
  std::vector<std::string> kept_;
  std::vector<uint8_t> is_kept_;
  int64_t length_max_ = 0;
  int64_t word_count_ = 0;
  std::unordered_set<uint64_t> hashes_;
  bool repeats_ = false;
  bool is_sequence_ = true;
  int64_t last_number_ = 0;
  int64_t step_ = 0;
};

/// Which rows are kept: each row of the sample with the same probability (reservoir sampling).
class RowReservoir {
 public:
  explicit RowReservoir(uint64_t seed) : seed_(seed) {}
  /// Places of the next `count` rows; -1: not kept.
  std::vector<int64_t> Place(int64_t count);

 private:
  uint64_t seed_;
  uint64_t row_ = 0;
};

}  // namespace tamis
