// See profile.h.
#include "ops/profile.h"

#include <arrow/util/decimal.h>

#include <algorithm>
#include <cctype>

#include "base/dictionary.h"
#include "base/hash.h"
#include "ops/row_text.h"
#include "text/date.h"
#include "text/number.h"

namespace tamis {
namespace {

// Longer texts are measured, but neither kept nor counted.
constexpr size_t kTextMax = 64;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string ShapeOf(std::string_view text) {
  std::string shape(text);
  for (char& c : shape) {
    auto byte = static_cast<unsigned char>(c);
    if (IsDigit(c)) {
      c = '9';
    } else if (std::isupper(byte)) {
      c = 'A';
    } else if (std::islower(byte) || byte >= 0x80) {
      c = 'a';
    }
  }
  return shape;
}

bool IsBoolean(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower == "true" || lower == "false";
}

}  // namespace

void FrequentTexts::Add(std::string_view text) {
  key_.assign(text);
  if (auto found = counts_.find(key_); found != counts_.end()) {
    ++found->second;
    return;
  }
  if (counts_.size() < capacity_) {
    counts_.emplace(key_, 1);
    return;
  }
  ++cut_;
  for (auto it = counts_.begin(); it != counts_.end();) {
    it = --it->second == 0 ? counts_.erase(it) : std::next(it);
  }
}

std::vector<std::pair<std::string, int64_t>> FrequentTexts::Sorted() const {
  std::vector<std::pair<std::string, int64_t>> sorted(counts_.begin(), counts_.end());
  std::sort(sorted.begin(), sorted.end(), [](const auto& x, const auto& y) {
    return x.second != y.second ? x.second > y.second : x.first < y.first;
  });
  return sorted;
}

void TextTypes::Add(std::string_view text) {
  if (integer || decimal || number) {
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    size_t point = digits.find('.');
    std::string_view whole = digits.substr(0, point);
    std::string_view rest = point == std::string_view::npos ? "" : digits.substr(point + 1);
    bool plain = !whole.empty() && std::all_of(whole.begin(), whole.end(), IsDigit) &&
                 std::all_of(rest.begin(), rest.end(), IsDigit) &&
                 (whole.size() == 1 || whole[0] != '0') &&
                 (point == std::string_view::npos || !rest.empty());
    int64_t value = 0;
    int32_t narrow = 0;
    integer = integer && plain && rest.empty() && ParseInt64(text, &value) == ParseResult::kOk;
    fits_int32 = fits_int32 && integer && ParseInt32(text, &narrow) == ParseResult::kOk;
    int places = static_cast<int>(rest.size());
    decimal = decimal && plain && (decimals < 0 || decimals == places);
    if (decimals < 0) decimals = places;
    if (plain) {
      decimals_max = std::max(decimals_max, places);
      whole_digits = std::max(whole_digits, static_cast<int>(whole.size()));
    }
    double wide = 0;
    number = number && (plain || (text.find_first_not_of("-+.0123456789eE") == text.npos &&
                                  (whole.size() < 2 || whole[0] != '0') &&
                                  ParseDouble(text, &wide) == ParseResult::kOk));
  }
  boolean = boolean && IsBoolean(text);
  int32_t days = 0;
  date = date && ParseDate(text, &days) == ParseResult::kOk;
  if (timestamp) {
    ParsedTimestamp parsed;
    timestamp =
        text.size() > 10 && ParseTimestamp(text, TimeUnit::kMicro, &parsed) == ParseResult::kOk;
    if (timestamp) (parsed.has_offset ? has_zone : lacks_zone) = true;
  }
}

std::shared_ptr<arrow::DataType> TextTypes::Type() const {
  if (decimals < 0 && !has_zone && !lacks_zone) {
    // Nothing was ever seen, or texts only.
    if (integer && date) return arrow::utf8();
  }
  if (boolean) return arrow::boolean();
  if (integer) return fits_int32 ? arrow::int32() : arrow::int64();
  if (decimal && decimals > 0 && whole_digits + decimals <= 15) {
    return arrow::decimal128(std::min(whole_digits + decimals + 1, 18), decimals);
  }
  if (number) return arrow::float64();
  if (date) return arrow::date32();
  if (timestamp && has_zone != lacks_zone) {
    return arrow::timestamp(arrow::TimeUnit::MICRO, has_zone ? "UTC" : "");
  }
  return arrow::utf8();
}

ColumnSample::ColumnSample() : kept_(kRowsKept), is_kept_(kRowsKept) {}

Status ColumnSample::Add(const arrow::Array& array, const std::vector<int64_t>& kept) {
  std::shared_ptr<arrow::Array> plain = arrow::MakeArray(array.data());
  ARROW_ASSIGN_OR_RAISE(plain, DecodeDictionary(plain));
  const bool is_text = plain->type_id() == arrow::Type::STRING;
  const auto& texts = static_cast<const arrow::StringArray&>(*plain);
  for (int64_t row = 0; row < plain->length(); ++row) {
    ++row_count_;
    const int64_t place = kept[static_cast<size_t>(row)];
    if (place >= 0) is_kept_[static_cast<size_t>(place)] = 0;
    if (plain->IsNull(row)) {
      ++null_count_;
      continue;
    }
    std::string made;
    if (!is_text) made = CellValueText(*plain, row);
    std::string_view text = is_text ? texts.GetView(row) : std::string_view(made);
    AddText(text);
    if (place >= 0 && text.size() <= kTextMax) {
      kept_[static_cast<size_t>(place)].assign(text);
      is_kept_[static_cast<size_t>(place)] = 1;
    }
  }
  return Status::OK();
}

void ColumnSample::AddText(std::string_view text) {
  types_.Add(text);
  length_max_ = std::max(length_max_, static_cast<int64_t>(text.size()));
  word_count_ += 1 + std::count(text.begin(), text.end(), ' ');
  if (text.size() <= kTextMax) {
    texts_.Add(text);
    shapes_.Add(ShapeOf(text));
  }
  if (is_sequence_) AddNumber(text);
  if (repeats_ || hashes_.size() >= kDistinctMax) return;
  if (hashes_.insert(XxHash64(text, 0)).second) return;
  repeats_ = true;
  hashes_ = {};
}

void ColumnSample::AddNumber(std::string_view text) {
  int64_t number = 0;
  if (ParseInt64(text, &number) != ParseResult::kOk) {
    is_sequence_ = false;
    return;
  }
  const int64_t before = value_count() - 1;
  int64_t step = 0;
  if (before > 0 && __builtin_sub_overflow(number, last_number_, &step)) is_sequence_ = false;
  if (before == 1) step_ = step;
  if (before > 1 && step != step_) is_sequence_ = false;
  last_number_ = number;
}

std::vector<std::string> ColumnSample::Values() const {
  std::vector<std::string> values;
  for (size_t i = 0; i < kept_.size(); ++i) {
    if (is_kept_[i]) values.push_back(kept_[i]);
  }
  return values;
}

double ColumnSample::mean_words() const {
  return static_cast<double>(word_count_) /
         static_cast<double>(std::max<int64_t>(1, value_count()));
}

std::vector<int64_t> RowReservoir::Place(int64_t count) {
  std::vector<int64_t> places(static_cast<size_t>(count), -1);
  for (int64_t& place : places) {
    const uint64_t row = row_++;
    const uint64_t drawn = row < kRowsKept ? row : BelowWide(XxHash64(row, seed_), row + 1);
    if (drawn < kRowsKept) place = static_cast<int64_t>(drawn);
  }
  return places;
}

}  // namespace tamis
