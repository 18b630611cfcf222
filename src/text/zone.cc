// Reads TZif files and the rule for later years at their end. See zone.h.
#include "text/zone.h"

#include <algorithm>
#include <optional>

#include "text/date.h"

namespace tamis {
namespace {

constexpr int64_t kDaySeconds = 86400;
constexpr int kCycleYears = 400;  // of the Gregorian calendar, a whole number of weeks
constexpr int64_t kCycleSeconds = 146097 * kDaySeconds;
constexpr int32_t kOffsetMax = 26 * 3600;  // RFC 9636, section 3.2: -24:59:59 to 25:59:59

Status Malformed(const char* what) { return Status::Invalid("not a time zone file: ", what); }

/// Numbers of a byte string, big-endian.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool Skip(uint64_t count) {
    if (count > bytes_.size()) return false;
    bytes_.remove_prefix(count);
    return true;
  }
  bool Take(uint64_t count, std::string_view* out) {
    *out = bytes_.substr(0, std::min<uint64_t>(count, bytes_.size()));
    return Skip(count);
  }
  /// A signed number of `size` bytes.
  bool Number(size_t size, int64_t* out) {
    std::string_view digits;
    if (!Take(size, &digits)) return false;
    uint64_t value = static_cast<unsigned char>(digits[0]) >= 0x80 ? ~uint64_t{0} : 0;
    for (char c : digits) value = value << 8 | static_cast<unsigned char>(c);
    *out = static_cast<int64_t>(value);
    return true;
  }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

/// The counts of a header, RFC 9636, section 3.1.
struct Header {
  char version = 0;
  int64_t utc_flags = 0, standard_flags = 0, leaps = 0, times = 0, types = 0, letters = 0;
};

bool ReadHeader(ByteReader* reader, Header* header) {
  std::string_view magic, version;
  if (!reader->Take(4, &magic) || magic != "TZif") return false;
  if (!reader->Take(1, &version) || !reader->Skip(15)) return false;
  header->version = version[0];
  for (int64_t* count : {&header->utc_flags, &header->standard_flags, &header->leaps,
                         &header->times, &header->types, &header->letters}) {
    if (!reader->Number(4, count) || *count < 0) return false;
  }
  return true;
}

/// From instant `at` (seconds since 1970 in UTC) on, the offset is this.
struct Change {
  int64_t at = 0;
  int32_t offset = 0;
};

/// What a data block says: the offset before all changes, then the changes.
struct Block {
  int32_t first_offset = 0;
  std::vector<Change> changes;
};

Result<Block> ReadBlock(ByteReader* reader, const Header& header, size_t time_size) {
  Block block;
  for (int64_t i = 0; i < header.times; ++i) {
    Change change;
    if (!reader->Number(time_size, &change.at)) return Malformed("it ends too early");
    if (i > 0 && change.at <= block.changes.back().at) return Malformed("times go back");
    block.changes.push_back(change);
  }
  std::string_view types;
  if (!reader->Take(static_cast<uint64_t>(header.times), &types)) {
    return Malformed("it ends too early");
  }
  std::vector<int32_t> offsets;
  for (int64_t i = 0; i < header.types; ++i) {
    int64_t offset = 0;
    if (!reader->Number(4, &offset) || !reader->Skip(2)) return Malformed("it ends too early");
    if (offset < -kOffsetMax || offset > kOffsetMax) return Malformed("no such offset");
    offsets.push_back(static_cast<int32_t>(offset));
  }
  if (offsets.empty()) return Malformed("it has no offset");
  block.first_offset = offsets[0];
  for (size_t i = 0; i < types.size(); ++i) {
    const auto type = static_cast<unsigned char>(types[i]);
    if (type >= offsets.size()) return Malformed("a change to no offset");
    block.changes[i].offset = offsets[type];
  }
  const auto leap_bytes = static_cast<uint64_t>(header.leaps) * (time_size + 4);
  const auto rest =
      static_cast<uint64_t>(header.letters + header.standard_flags + header.utc_flags);
  if (!reader->Skip(rest) || !reader->Skip(leap_bytes)) return Malformed("it ends too early");
  if (header.leaps > 0) return Malformed("it counts leap seconds");
  return block;
}

/// A day of each year and a time of it.
struct YearlyDate {
  enum class Form { kJulian, kDay, kWeekday };  // Jn, n, Mm.w.d
  Form form = Form::kDay;
  int day = 0, month = 0, week = 0;
  int64_t seconds = 2 * 3600;

  /// Seconds since 1970-01-01 on the wall clock.
  int64_t Of(int year) const {
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int64_t days = DaysFromCivil(year, 1, 1);
    if (form == Form::kJulian) days += day - 1 + (is_leap && day >= 60 ? 1 : 0);
    if (form == Form::kDay) days += day;
    if (form == Form::kWeekday) days = DayOfWeek(year);
    return days * kDaySeconds + seconds;
  }

 private:
  /// The week-th `day` (0: Sunday) of the month; the last one if `week` is 5.
  int64_t DayOfWeek(int year) const {
    const auto first = static_cast<int64_t>(DaysFromCivil(year, static_cast<unsigned>(month), 1));
    const int64_t next = month == 12 ? DaysFromCivil(year + 1, 1, 1)
                                     : DaysFromCivil(year, static_cast<unsigned>(month + 1), 1);
    const int64_t weekday = ((first + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    int64_t found = first + (day - weekday + 7) % 7 + (week - 1) * 7;
    return found < next ? found : found - 7;
  }
};

/// The rule for the years after the last change: POSIX TZ, as extended by RFC 9636, section 3.3.1.
struct YearlyRule {
  int32_t standard = 0;
  std::optional<int32_t> daylight;
  YearlyDate begin, end;  // of daylight saving time
};

class RuleParser {
 public:
  explicit RuleParser(std::string_view text) : text_(text) {}

  bool Parse(YearlyRule* rule) {
    int64_t seconds = 0;
    if (!Name() || !Clock(&seconds)) return false;
    rule->standard = static_cast<int32_t>(-seconds);  // POSIX counts west of Greenwich
    if (text_.empty()) return true;
    if (!Name()) return false;
    rule->daylight = rule->standard + 3600;
    if (!text_.empty() && text_[0] != ',') {
      if (!Clock(&seconds)) return false;
      rule->daylight = static_cast<int32_t>(-seconds);
    }
    return Date(&rule->begin) && Date(&rule->end) && text_.empty();
  }

 private:
  bool Eat(char c) {
    if (text_.empty() || text_[0] != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool Name() {
    size_t end = 0;
    if (Eat('<')) {
      end = text_.find('>');
      if (end == std::string_view::npos) return false;
      text_.remove_prefix(end + 1);
      return true;
    }
    while (end < text_.size() && ((text_[end] | 0x20) >= 'a' && (text_[end] | 0x20) <= 'z')) ++end;
    text_.remove_prefix(end);
    return end >= 3;
  }

  bool Number(int most, int* out) {
    size_t digits = 0;
    *out = 0;
    for (; digits < text_.size() && text_[digits] >= '0' && text_[digits] <= '9'; ++digits) {
      *out = *out * 10 + (text_[digits] - '0');
      if (*out > most) return false;
    }
    text_.remove_prefix(digits);
    return digits > 0;
  }

  /// [+|-]hh[:mm[:ss]], up to 167 hours.
  bool Clock(int64_t* seconds) {
    const bool is_negative = Eat('-');
    if (!is_negative) Eat('+');
    int hours = 0, minutes = 0, rest = 0;
    if (!Number(167, &hours)) return false;
    if (Eat(':') && !Number(59, &minutes)) return false;
    if (Eat(':') && !Number(59, &rest)) return false;
    *seconds = hours * 3600 + minutes * 60 + rest;
    if (is_negative) *seconds = -*seconds;
    return true;
  }

  bool Date(YearlyDate* date) {
    if (!Eat(',')) return false;
    if (Eat('M')) {
      date->form = YearlyDate::Form::kWeekday;
      if (!Number(12, &date->month) || date->month == 0 || !Eat('.')) return false;
      if (!Number(5, &date->week) || date->week == 0 || !Eat('.')) return false;
      if (!Number(6, &date->day)) return false;
    } else {
      const bool is_julian = Eat('J');
      date->form = is_julian ? YearlyDate::Form::kJulian : YearlyDate::Form::kDay;
      if (!Number(365, &date->day) || (is_julian && date->day == 0)) return false;
    }
    return !Eat('/') || Clock(&date->seconds);
  }

  std::string_view text_;
};

/// The changes of `kCycleYears` years after those that the file lists.
void AddYears(const YearlyRule& rule, std::vector<Change>* changes) {
  const int64_t last = changes->empty() ? 0 : changes->back().at;
  const int first_year =
      1970 + static_cast<int>(std::max<int64_t>(last, 0) / (365 * kDaySeconds + kDaySeconds / 4));
  std::vector<Change> later;
  for (int year = first_year; year <= first_year + kCycleYears + 1; ++year) {
    later.push_back({rule.begin.Of(year) - rule.standard, *rule.daylight});
    later.push_back({rule.end.Of(year) - *rule.daylight, rule.standard});
  }
  std::sort(later.begin(), later.end(),
            [](const Change& a, const Change& b) { return a.at < b.at; });
  for (const Change& change : later) {
    if (changes->empty() || change.at > last) changes->push_back(change);
  }
}

}  // namespace

Result<TimeZone> TimeZone::FromTzif(std::string_view bytes) {
  ByteReader reader(bytes);
  Header header;
  if (!ReadHeader(&reader, &header)) return Malformed("no header");
  ARROW_ASSIGN_OR_RAISE(Block block, ReadBlock(&reader, header, 4));
  TimeZone zone(block.first_offset);
  if (header.version >= '2') {  // the same again with times of 64 bits, then the rule
    if (!ReadHeader(&reader, &header)) return Malformed("no second header");
    ARROW_ASSIGN_OR_RAISE(block, ReadBlock(&reader, header, 8));
    std::string_view text = reader.rest();
    if (text.size() < 2 || text.front() != '\n' || text.back() != '\n') {
      return Malformed("no rule at its end");
    }
    text = text.substr(1, text.size() - 2);
    YearlyRule rule;
    if (!text.empty() && !RuleParser(text).Parse(&rule))
      return Malformed("a rule of no known form");
    zone.repeats_ = rule.daylight.has_value();
    if (zone.repeats_) AddYears(rule, &block.changes);
  }
  zone.offsets_[0] = block.first_offset;
  for (const Change& change : block.changes) {
    const int32_t before = zone.offsets_.back();
    // Skipped times belong to the offset before, and so does what is shown for the first time.
    const int64_t begin = change.at + std::max(before, change.offset);
    zone.begins_.push_back(zone.begins_.empty() ? begin : std::max(begin, zone.begins_.back()));
    zone.offsets_.push_back(change.offset);
  }
  return zone;
}

int32_t TimeZone::Find(int64_t local_seconds) const {
  if (repeats_ && local_seconds >= begins_.back()) {
    local_seconds -= ((local_seconds - begins_.back()) / kCycleSeconds + 1) * kCycleSeconds;
  }
  const auto after = std::upper_bound(begins_.begin(), begins_.end(), local_seconds);
  return offsets_[static_cast<size_t>(after - begins_.begin())];
}

}  // namespace tamis
