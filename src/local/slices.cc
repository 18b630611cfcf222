// Slices files, ranges, scale and skew. See slices.h.
#include "local/slices.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <map>
#include <numeric>
#include <set>

#include "base/printable.h"
#include "base/suggest.h"
#include "report/run_record.h"
#include "text/number.h"

namespace tamis {
namespace {

constexpr int64_t kRowsMax = 1'000'000'000'000'000'000;
constexpr const char* kLineHint = "a line is: table | slice | rows";

// A piece of a line and where it begins in the text.
struct Field {
  std::string_view text;
  size_t offset = 0;
};

Field Trimmed(std::string_view text, size_t offset) {
  auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
    ++offset;
  }
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return {text, offset};
}

std::vector<Field> SplitFields(std::string_view line, size_t offset) {
  std::vector<Field> fields;
  while (true) {
    size_t bar = line.find('|');
    fields.push_back(Trimmed(line.substr(0, bar), offset));
    if (bar == std::string_view::npos) return fields;
    offset += bar + 1;
    line.remove_prefix(bar + 1);
  }
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

bool IsRuler(std::string_view line) {
  return line.find_first_not_of("-+ ") == std::string_view::npos && line.find('-') != line.npos;
}

bool IsHeader(const std::vector<Field>& fields) {
  return fields.size() == 3 && LowerCase(fields[2].text) == "rows" &&
         LowerCase(fields[1].text) == "slice";
}

// `(128 rows)`: how many rows psql says it printed.
std::optional<int64_t> PsqlCount(std::string_view line) {
  if (line.size() < 3 || line.front() != '(' || line.back() != ')') return std::nullopt;
  line = line.substr(1, line.size() - 2);
  for (std::string_view word : {" rows", " row"}) {
    int64_t count = 0;
    if (!line.ends_with(word)) continue;
    line.remove_suffix(word.size());
    if (ParseInt64(line, &count) == ParseResult::kOk) return count;
    return std::nullopt;
  }
  return std::nullopt;
}

// Digits, which `_` may group anyhow and `,` in threes. -1: not a number of rows.
int64_t ParseRowCount(std::string_view text) {
  std::string digits;
  size_t since_comma = 0;
  bool has_comma = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool between = i > 0 && i + 1 < text.size() && text[i - 1] != '_' && text[i - 1] != ',';
    if (c == '_' && between) continue;
    if (c == ',' && between && (has_comma ? since_comma == 3 : digits.size() <= 3)) {
      has_comma = true;
      since_comma = 0;
      continue;
    }
    if (c < '0' || c > '9') return -1;
    digits += c;
    ++since_comma;
  }
  int64_t count = 0;
  if (digits.empty() || (has_comma && since_comma != 3)) return -1;
  if (ParseInt64(digits, &count) != ParseResult::kOk || count > kRowsMax) return -1;
  return count;
}

class SliceReader {
 public:
  explicit SliceReader(const std::shared_ptr<const SourceText>& source) : source_(source) {}

  Result<std::vector<SliceLine>> Read() {
    std::string_view text = source_->text;
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    size_t offset = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    while (offset < text.size()) {
      size_t end = std::min(text.find('\n', offset), text.size());
      ARROW_RETURN_NOT_OK(ReadLine(text.substr(offset, end - offset), offset));
      offset = end + 1;
    }
    if (lines_.empty()) {
      return UsageError(source_->name + ": there are no slices", kLineHint);
    }
    return std::move(lines_);
  }

 private:
  Status ErrorAt(size_t offset, std::string message, std::string hint) const {
    return UsageErrorAt(PlaceOf(source_, offset), std::move(message), std::move(hint));
  }

  Status ReadLine(std::string_view line, size_t offset) {
    Field whole = Trimmed(line, offset);
    if (whole.text.empty() || whole.text[0] == '#' || IsRuler(whole.text)) return Status::OK();
    if (auto count = PsqlCount(whole.text)) {
      if (*count == static_cast<int64_t>(lines_.size())) return Status::OK();
      return ErrorAt(whole.offset,
                     "it says " + std::to_string(*count) + " rows, but above there are " +
                         std::to_string(lines_.size()),
                     "the file may be cut off");
    }
    std::vector<Field> fields = SplitFields(line, offset);
    if (lines_.empty() && IsHeader(fields)) return Status::OK();
    if (fields.size() != 3) {
      return ErrorAt(whole.offset, "expected 3 fields, found " + std::to_string(fields.size()),
                     kLineHint);
    }
    const char* names[] = {"table", "slice", "number of rows"};
    for (size_t i = 0; i < 3; ++i) {
      if (!fields[i].text.empty()) continue;
      return ErrorAt(fields[i].offset, std::string("the ") + names[i] + " is missing", kLineHint);
    }
    int64_t rows = ParseRowCount(fields[2].text);
    if (rows < 0) {
      return ErrorAt(fields[2].offset, "not a number of rows: " + Printable(fields[2].text),
                     "a whole number from 0 to 10^18, such as 1234567, 1_234_567 or 1,234,567");
    }
    return Add(fields, rows);
  }

  Status Add(const std::vector<Field>& fields, int64_t rows) {
    SliceLine line{std::string(fields[0].text), std::string(fields[1].text), rows,
                   PlaceOf(source_, fields[0].offset), PlaceOf(source_, fields[1].offset)};
    auto [there, is_new] = seen_.emplace(std::pair(line.table, line.slice), line.slice_place.line);
    if (!is_new) {
      return UsageErrorAt(line.slice_place,
                          "slice " + line.slice + " of " + line.table + " comes twice",
                          "it is also in line " + std::to_string(there->second));
    }
    lines_.push_back(std::move(line));
    return Status::OK();
  }

  std::shared_ptr<const SourceText> source_;
  std::vector<SliceLine> lines_;
  std::map<std::pair<std::string, std::string>, int64_t> seen_;
};

std::optional<int64_t> SliceNumber(std::string_view name) {
  int64_t number = 0;
  if (ParseInt64(name, &number) != ParseResult::kOk) return std::nullopt;
  return number;
}

// `7`, `a..b`, `a..`, `..b`.
std::optional<SliceRange> ParseRange(std::string_view text) {
  SliceRange range;
  size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    auto number = SliceNumber(text);
    if (!number) return std::nullopt;
    return SliceRange{*number, *number};
  }
  std::string_view first = text.substr(0, dots), last = text.substr(dots + 2);
  if (first.empty() && last.empty()) return std::nullopt;
  if (!first.empty()) {
    auto number = SliceNumber(first);
    if (!number) return std::nullopt;
    range.first = *number;
  }
  if (!last.empty()) {
    auto number = SliceNumber(last);
    if (!number) return std::nullopt;
    range.last = *number;
  }
  if (range.first > range.last) return std::nullopt;
  return range;
}

// Whether a line's table is this one: by its name or physical name, with or without a schema in
// front.
bool IsTable(const std::string& named, const Table& table) {
  for (const std::string* name : {&table.name, &table.physical_name}) {
    if (name->empty()) continue;
    if (named == *name || named.ends_with("." + *name)) return true;
  }
  return false;
}

std::string NamesOf(const std::vector<SliceLine>& lines, const std::string& table) {
  std::vector<std::string> names;
  for (const SliceLine& line : lines) {
    if (std::find(names.begin(), names.end(), line.table) == names.end()) {
      names.push_back(line.table);
    }
  }
  std::string hint = DidYouMean(table, names);
  return hint.empty() ? "its first table is " + names.front() : hint;
}

Result<bool> InRange(const SliceLine& line, const std::optional<SliceRange>& range) {
  if (!range) return true;
  auto number = SliceNumber(line.slice);
  if (number) return range->Contains(*number);
  return UsageErrorAt(line.slice_place, "a range needs slices that are numbers: " + line.slice,
                      "leave out the range");
}

// Keeps of the slices what lies in part `choice.part` of all their rows.
std::vector<Slice> TakePart(const std::vector<Slice>& slices, const SliceChoice& choice) {
  __int128 total = 0;
  for (const Slice& slice : slices) total += slice.row_count;
  __int128 from = total * (choice.part - 1) / choice.parts, to = total * choice.part / choice.parts;
  std::vector<Slice> taken;
  __int128 before = 0;
  for (const Slice& slice : slices) {
    __int128 first = std::max(from, before), last = std::min(to, before + slice.row_count);
    if (first < last) {
      taken.push_back({slice.name, slice.first_row + static_cast<int64_t>(first - before),
                       static_cast<int64_t>(last - first)});
    }
    before += slice.row_count;
  }
  return taken;
}

std::string Decimal(double value, const char* format) {
  char text[64];
  std::snprintf(text, sizeof(text), format, value);
  return text;
}

}  // namespace

Result<std::vector<SliceLine>> ParseSlices(const std::shared_ptr<const SourceText>& source) {
  return SliceReader(source).Read();
}

Result<RowScale> RowScale::Parse(std::string_view text) {
  RowScale scale;
  std::string_view mantissa = text, exponent;
  if (size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    mantissa = text.substr(0, e);
    exponent = text.substr(e + 1);
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
  }
  std::string digits(mantissa);
  size_t point = digits.find('.');
  int64_t shift = 0;
  if (point != std::string::npos) {
    shift = static_cast<int64_t>(digits.size() - point - 1);
    digits.erase(point, 1);
  }
  int64_t power = 0;
  bool valid = !digits.empty() && digits.size() <= 18 &&
               digits.find_first_not_of("0123456789") == std::string::npos &&
               ParseInt64(digits, &scale.digits_) == ParseResult::kOk && scale.digits_ > 0;
  if (exponent.data()) valid = valid && ParseInt64(exponent, &power) == ParseResult::kOk;
  power -= shift;
  if (!valid || power < -18 || power > 18) {
    return UsageError("--scale: not a factor: " + Printable(text),
                      "a number above 0, such as 1e-6, 0.01 or 10");
  }
  scale.exponent_ = static_cast<int>(power);
  return scale;
}

Result<int64_t> RowScale::Apply(int64_t row_count) const {
  auto scaled = static_cast<__int128>(row_count) * digits_;
  __int128 divisor = 1;
  for (int i = exponent_; i < 0; ++i) divisor *= 10;
  scaled = (2 * scaled + divisor) / (2 * divisor);
  for (int i = 0; i < exponent_ && scaled <= kRowsMax; ++i) scaled *= 10;
  if (scaled <= kRowsMax) return static_cast<int64_t>(scaled);
  return UsageError("--scale: more than 10^18 rows in a slice", "choose a smaller factor");
}

Result<SliceArgument> ParseSliceArgument(const std::string& text) {
  SliceArgument argument{text, std::nullopt};
  size_t bracket = text.rfind('[');
  if (bracket == std::string::npos || !text.ends_with(']')) return argument;
  argument.path = text.substr(0, bracket);
  argument.range =
      ParseRange(std::string_view(text).substr(bracket + 1, text.size() - bracket - 2));
  if (argument.range) return argument;
  return UsageError("--slices: not a range of slices: " + text.substr(bracket),
                    "FILE[7], FILE[0..99], FILE[100..] or FILE[..99]");
}

Result<SlicePlan> PlanSlices(const std::vector<SliceLine>& lines, const Contract& contract,
                             const Table& table, const SliceChoice& choice) {
  SlicePlan plan;
  std::vector<Slice> in_range;
  std::set<std::string> unused;
  int64_t next_row = 0;
  for (const SliceLine& line : lines) {
    if (!IsTable(line.table, table)) {
      bool known = std::any_of(contract.tables.begin(), contract.tables.end(),
                               [&](const Table& other) { return IsTable(line.table, other); });
      if (!known) unused.insert(line.table);
      continue;
    }
    ARROW_ASSIGN_OR_RAISE(bool chosen, InRange(line, choice.range));
    ARROW_ASSIGN_OR_RAISE(int64_t rows, choice.scale.Apply(line.row_count));
    Slice slice{line.slice, next_row, rows};
    next_row += rows;
    if (next_row > kRowsMax) {
      return UsageErrorAt(line.slice_place,
                          "the slices of " + line.table + " have more than 10^18 rows together");
    }
    plan.slices.push_back(slice);
    if (!chosen) continue;
    if (rows == 0) plan.empty.push_back(line.slice);
    if (line.row_count > 0 && rows == 0) plan.vanished.push_back(line.slice);
    in_range.push_back(slice);
  }
  plan.unused_tables.assign(unused.begin(), unused.end());
  if (plan.slices.empty()) {
    return UsageErrorAt(lines.front().table_place, "no slice of table " + table.name,
                        NamesOf(lines, table.name));
  }
  if (in_range.empty()) {
    return UsageError(
        "--slices: no slice of table " + table.name + " lies in the range",
        "its slices are " + plan.slices.front().name + " to " + plan.slices.back().name);
  }
  plan.chosen = TakePart(in_range, choice);
  return plan;
}

SliceSkew MeasureSkew(const std::vector<Slice>& slices) {
  SliceSkew skew;
  skew.slice_count = static_cast<int64_t>(slices.size());
  if (slices.empty()) return skew;
  std::vector<Slice> sorted = slices;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Slice& x, const Slice& y) { return x.row_count > y.row_count; });
  const size_t count = sorted.size();
  skew.max = sorted.front().row_count;
  skew.min = sorted.back().row_count;
  skew.median = sorted[count / 2].row_count;
  const size_t top = std::max<size_t>(1, count / 10);
  double total = 0, top_rows = 0, ranked = 0;
  for (size_t i = 0; i < count; ++i) {
    auto rows = static_cast<double>(sorted[i].row_count);
    skew.row_count += sorted[i].row_count;
    total += rows;
    if (i < top) top_rows += rows;
    ranked += rows * static_cast<double>(count - i);  // the smallest has rank 1
  }
  const auto n = static_cast<double>(count);
  skew.mean = total / n;
  if (total > 0) {
    skew.max_to_mean = static_cast<double>(skew.max) / skew.mean;
    skew.top_tenth_share = top_rows / total;
    // G = 2 * sum(rank * x) / (n * sum(x)) - (n + 1) / n, ranks from 1 in rising order.
    skew.gini = 2 * ranked / (n * total) - (n + 1) / n;
  }
  sorted.resize(std::min<size_t>(count, 5));
  skew.largest = std::move(sorted);
  return skew;
}

std::string SkewJson(const SliceSkew& skew) {
  std::string largest;
  for (const Slice& slice : skew.largest) {
    largest += (largest.empty() ? "" : ", ") + ("{\"slice\": " + JsonText(slice.name)) +
               ", \"rows\": " + std::to_string(slice.row_count) + "}";
  }
  return "{\"slices\": " + std::to_string(skew.slice_count) +
         ", \"rows\": " + std::to_string(skew.row_count) +
         ", \"min\": " + std::to_string(skew.min) + ", \"median\": " + std::to_string(skew.median) +
         ", \"max\": " + std::to_string(skew.max) + ", \"mean\": " + Decimal(skew.mean, "%.3f") +
         ", \"max_to_mean\": " + Decimal(skew.max_to_mean, "%.4f") +
         ", \"gini\": " + Decimal(skew.gini, "%.4f") +
         ", \"top_tenth_share\": " + Decimal(skew.top_tenth_share, "%.4f") + ", \"largest\": [" +
         largest + "]}";
}

std::string SkewLines(const SliceSkew& skew) {
  std::string out = "  " + FormatCount(skew.slice_count) + " slices, " +
                    FormatRows(skew.row_count) + ": min " + FormatCount(skew.min) + ", median " +
                    FormatCount(skew.median) + ", max " + FormatCount(skew.max) + "\n";
  out += "  skew: the largest has " + Decimal(skew.max_to_mean, "%.2f") +
         " times the mean; the largest tenth of the slices has " +
         Decimal(100 * skew.top_tenth_share, "%.1f") + "% of the rows; Gini " +
         Decimal(skew.gini, "%.3f") + "\n";
  for (const Slice& slice : skew.largest) {
    double share = skew.row_count > 0 ? 100 * static_cast<double>(slice.row_count) /
                                            static_cast<double>(skew.row_count)
                                      : 0;
    out += "    slice " + Printable(slice.name) + ": " + FormatRows(slice.row_count) + " (" +
           Decimal(share, "%.1f") + "%)\n";
  }
  return out;
}

}  // namespace tamis
