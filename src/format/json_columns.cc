// Values of each type. See json_columns.h.
//
// PERF NOTES. Members mostly come in the contract's order and are written without spaces: the name
// that is expected next is compared with its quotes and colon at once, which makes scanning for the
// name's end and looking it up rare. Texts without escapes are copied straight from the line.
#include "format/json_columns.h"

#include <arrow/buffer.h>
#include <arrow/type.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "contract/types.h"
#include "format/csv_dictionary.h"
#include "text/base64.h"
#include "text/date.h"
#include "text/number.h"
#include "text/utf8.h"

namespace tamis {

void JsonReading::AddIssue(Rule rule, const std::string& detail) {
  std::string member = path_.empty() ? std::string() : PathTo("");
  if (member.ends_with('.')) member.pop_back();
  issues_->push_back({row_, column_, rule, detail, std::move(member)});
}

void JsonReading::AddMemberIssue(Rule rule, std::string_view name) {
  issues_->push_back({row_, column_, rule, {}, PathTo(name)});
}

std::string JsonReading::PathTo(std::string_view name) const {
  std::string path;
  for (const Step& step : path_) {
    if (!step.name) {
      if (path.ends_with('.')) path.pop_back();
      path += "[" + std::to_string(step.index) + "]";
    } else {
      path += *step.name;
    }
    path += ".";
  }
  return path.append(name);
}

namespace {

Rule RuleOf(ParseResult result) {
  return result == ParseResult::kInvalid ? Rule::kType : Rule::kOverflow;
}

/// Which slots hold a value.
class Slots {
 public:
  void Add(bool valid) { valid_.push_back(valid); }
  void Truncate(size_t slots) { valid_.resize(slots); }
  size_t size() const { return valid_.size(); }

  /// The bits and how many are 0; no bits if all are 1. Empty again.
  std::pair<std::shared_ptr<arrow::Buffer>, int64_t> Finish() {
    const auto nulls = std::count(valid_.begin(), valid_.end(), uint8_t{0});
    std::shared_ptr<arrow::Buffer> bits;
    if (nulls != 0) {
      std::vector<uint8_t> packed((valid_.size() + 7) / 8);
      for (size_t i = 0; i < valid_.size(); ++i) {
        packed[i / 8] = static_cast<uint8_t>(packed[i / 8] | valid_[i] << (i % 8));
      }
      bits = arrow::Buffer::FromVector(std::move(packed));
    }
    valid_.clear();
    return {std::move(bits), nulls};
  }

 private:
  std::vector<uint8_t> valid_;
};

/// What columns share: NULL, and values of the wrong kind.
class ColumnBase : public JsonColumn {
 public:
  explicit ColumnBase(std::shared_ptr<arrow::DataType> type)
      : type_(std::move(type)), type_name_(PhysicalTypeName(*type_)) {}

  void ReadName(std::string_view, JsonReading* reading) override {
    AddNull();
    reading->AddIssue(Rule::kType, type_name_);
  }
  size_t slots() const override { return slots_.size(); }

 protected:
  /// A value of a kind that the column doesn't take: NULL, or an issue.
  bool ReadOther(JsonKind kind, JsonReading* reading) {
    if (kind == JsonKind::kNull) {
      AddNull();
      return reading->cursor.ReadWord("null");
    }
    if (!reading->cursor.SkipValue()) return false;
    Refuse(Rule::kType, reading);
    return true;
  }

  void Refuse(Rule rule, JsonReading* reading) {
    AddNull();
    reading->AddIssue(rule, type_name_);
  }

  /// Reads a text; `text` is without escapes. False for a fault; `*whole` is false for half of a
  /// surrogate pair.
  static bool ReadPlainText(JsonReading* reading, std::string_view* text, bool* whole) {
    JsonTextToken found;
    if (!reading->cursor.ReadText(&found)) return false;
    *text = found.body;
    *whole = true;
    if (!found.has_escapes) return true;
    *whole = UnescapeJson(found.body, &reading->scratch);
    *text = reading->scratch;
    return true;
  }

  std::shared_ptr<arrow::DataType> type_;
  std::string type_name_;
  Slots slots_;
};

/// Values of a fixed width, of tokens of one kind. `Parse` is ParseResult operator()(string_view,
/// T*) const.
template <typename T, JsonKind kKind, typename Parse>
class FixedColumn : public ColumnBase {
 public:
  FixedColumn(std::shared_ptr<arrow::DataType> type, Parse parse)
      : ColumnBase(std::move(type)), parse_(std::move(parse)) {}

  bool Read(JsonReading* reading) override {
    const JsonKind kind = reading->cursor.Kind();
    if (kind != kKind) return ReadOther(kind, reading);
    std::string_view token;
    bool whole = true;
    if constexpr (kKind == JsonKind::kNumber) {
      if (!reading->cursor.ReadNumber(&token)) return false;
    } else {
      if (!ReadPlainText(reading, &token, &whole)) return false;
    }
    if (whole) {
      ReadName(token, reading);
    } else {
      Refuse(Rule::kEncoding, reading);
    }
    return true;
  }

  void ReadName(std::string_view token, JsonReading* reading) override {
    T value{};
    const ParseResult result = parse_(token, &value);
    if (result != ParseResult::kOk) return Refuse(RuleOf(result), reading);
    values_.push_back(value);
    slots_.Add(true);
  }

  void AddNull() override {
    values_.push_back(T{});
    slots_.Add(false);
  }
  void Truncate(size_t slots) override {
    values_.resize(slots);
    slots_.Truncate(slots);
  }
  Result<std::shared_ptr<arrow::ArrayData>> Finish() override {
    const auto length = static_cast<int64_t>(values_.size());
    auto [bits, nulls] = slots_.Finish();
    auto data = arrow::Buffer::FromVector(std::exchange(values_, {}));
    return arrow::ArrayData::Make(type_, length, {std::move(bits), std::move(data)}, nulls);
  }

 private:
  Parse parse_;
  std::vector<T> values_;
};

class BoolColumn : public ColumnBase {
 public:
  using ColumnBase::ColumnBase;

  bool Read(JsonReading* reading) override {
    const JsonKind kind = reading->cursor.Kind();
    const bool value = kind == JsonKind::kTrue;
    if (!value && kind != JsonKind::kFalse) return ReadOther(kind, reading);
    values_.Add(value);
    slots_.Add(true);
    return reading->cursor.ReadWord(value ? "true" : "false");
  }
  void AddNull() override {
    values_.Add(false);
    slots_.Add(false);
  }
  void Truncate(size_t slots) override {
    values_.Truncate(slots);
    slots_.Truncate(slots);
  }
  Result<std::shared_ptr<arrow::ArrayData>> Finish() override {
    const auto length = static_cast<int64_t>(slots_.size());
    auto [bits, nulls] = slots_.Finish();
    auto [values, zeros] = values_.Finish();
    if (!values) {  // all are true
      values = arrow::Buffer::FromVector(
          std::vector<uint8_t>(static_cast<size_t>(length + 7) / 8, 0xFF));
    }
    return arrow::ArrayData::Make(type_, length, {std::move(bits), std::move(values)}, nulls);
  }

 private:
  Slots values_;
};

/// Bytes of any length, behind each other.
class BytesColumn : public ColumnBase {
 public:
  using ColumnBase::ColumnBase;

  void AddNull() override {
    slots_.Add(false);
    ends_.push_back(static_cast<int32_t>(bytes_.size()));
  }
  void Truncate(size_t slots) override {
    slots_.Truncate(slots);
    ends_.resize(slots + 1);
    bytes_.resize(static_cast<size_t>(ends_.back()));
  }
  Result<std::shared_ptr<arrow::ArrayData>> Finish() override {
    const auto length = static_cast<int64_t>(slots_.size());
    auto [bits, nulls] = slots_.Finish();
    auto ends = arrow::Buffer::FromVector(std::exchange(ends_, {0}));
    auto bytes = arrow::Buffer::FromString(std::exchange(bytes_, {}));
    return arrow::ArrayData::Make(type_, length,
                                  {std::move(bits), std::move(ends), std::move(bytes)}, nulls);
  }

 protected:
  void Add(std::string_view bytes) {
    bytes_.append(bytes);
    slots_.Add(true);
    ends_.push_back(static_cast<int32_t>(bytes_.size()));
  }
  std::string_view At(size_t slot) const {
    const auto begin = static_cast<size_t>(ends_[slot]);
    return std::string_view(bytes_).substr(begin, static_cast<size_t>(ends_[slot + 1]) - begin);
  }

 private:
  std::vector<int32_t> ends_ = {0};
  std::string bytes_;
};

class TextColumn : public BytesColumn {
 public:
  /// `takes_any`: values that are no texts are kept as the JSON that they are. `dictionary`: where
  /// values repeat, the column becomes a dictionary.
  TextColumn(std::shared_ptr<arrow::DataType> type, bool takes_any, bool dictionary)
      : BytesColumn(std::move(type)), takes_any_(takes_any), dictionary_(dictionary) {}

  bool Read(JsonReading* reading) override {
    const JsonKind kind = reading->cursor.Kind();
    if (kind == JsonKind::kText) {
      std::string_view text;
      bool whole = true;
      if (!ReadPlainText(reading, &text, &whole)) return false;
      if (whole) {
        ReadName(text, reading);
      } else {
        Refuse(Rule::kEncoding, reading);
      }
      return true;
    }
    if (!takes_any_ || kind == JsonKind::kNull) return ReadOther(kind, reading);
    const char* const begin = reading->cursor.at();
    if (!reading->cursor.SkipValue()) return false;
    ReadName({begin, static_cast<size_t>(reading->cursor.at() - begin)}, reading);
    return true;
  }

  void ReadName(std::string_view text, JsonReading* reading) override {
    // A NUL can only come from an escape.
    const bool unescaped = text.data() == reading->scratch.data();
    if (unescaped && text.find('\0') != text.npos) return Refuse(Rule::kNul, reading);
    if (reading->check_utf8() && !IsValidUtf8(text)) return Refuse(Rule::kEncoding, reading);
    Add(text);
  }

  Result<std::shared_ptr<arrow::ArrayData>> Finish() override {
    if (dictionary_) {
      ARROW_ASSIGN_OR_RAISE(auto encoded, FinishDictionary());
      if (encoded) return encoded;
    }
    return BytesColumn::Finish();
  }

 private:
  /// Null if values don't repeat enough.
  Result<std::shared_ptr<arrow::ArrayData>> FinishDictionary() {
    const size_t rows = slots_.size();
    std::vector<int32_t> indices(rows);
    CsvDictionary values;
    for (size_t row = 0; row < rows; ++row) {
      indices[row] = values.IndexOf(At(row));
      if ((row & 1023) == 1023 && values.size() > row / 4) return nullptr;
    }
    if (values.size() > rows / 4) return nullptr;
    auto [bits, nulls] = slots_.Finish();
    BytesColumn::Truncate(0);
    TextColumn distinct(type_, false, false);
    for (size_t i = 0; i < values.size(); ++i) distinct.Add(values.Value(i));
    auto data = arrow::ArrayData::Make(
        arrow::dictionary(arrow::int32(), type_), static_cast<int64_t>(rows),
        {std::move(bits), arrow::Buffer::FromVector(std::move(indices))}, nulls);
    ARROW_ASSIGN_OR_RAISE(data->dictionary, distinct.Finish());
    return data;
  }

  bool takes_any_;
  bool dictionary_;
};

/// Bytes as Base64 (RFC 4648).
class BinaryColumn : public BytesColumn {
 public:
  using BytesColumn::BytesColumn;

  bool Read(JsonReading* reading) override {
    const JsonKind kind = reading->cursor.Kind();
    if (kind != JsonKind::kText) return ReadOther(kind, reading);
    std::string_view text;
    bool whole = true;
    if (!ReadPlainText(reading, &text, &whole)) return false;
    if (whole && DecodeBase64(text, &decoded_)) {
      Add(decoded_);
    } else {
      Refuse(Rule::kType, reading);
    }
    return true;
  }

 private:
  std::string decoded_;
};

class StructColumn : public ColumnBase {
 public:
  StructColumn(std::shared_ptr<arrow::DataType> type, JsonMembers members)
      : ColumnBase(std::move(type)), members_(std::move(members)) {}

  bool Read(JsonReading* reading) override {
    const JsonKind kind = reading->cursor.Kind();
    if (kind != JsonKind::kObject) return ReadOther(kind, reading);
    slots_.Add(true);
    return members_.Read(reading);
  }
  void AddNull() override {
    members_.AddNull();
    slots_.Add(false);
  }
  void Truncate(size_t slots) override {
    members_.Truncate(slots);
    slots_.Truncate(slots);
  }
  Result<std::shared_ptr<arrow::ArrayData>> Finish() override {
    const auto length = static_cast<int64_t>(slots_.size());
    auto [bits, nulls] = slots_.Finish();
    ARROW_ASSIGN_OR_RAISE(auto children, members_.Finish());
    return arrow::ArrayData::Make(type_, length, {std::move(bits)}, std::move(children), nulls);
  }
  const JsonMembers& members() const { return members_; }

 private:
  JsonMembers members_;
};

/// Lists and maps: ends of runs of slots of other columns.
class RunsColumn : public ColumnBase {
 public:
  using ColumnBase::ColumnBase;

  void AddNull() override { Close(false); }
  void Truncate(size_t slots) override {
    slots_.Truncate(slots);
    ends_.resize(slots + 1);
    TruncateItems(static_cast<size_t>(ends_.back()));
  }

 protected:
  void Close(bool valid) {
    slots_.Add(valid);
    ends_.push_back(static_cast<int32_t>(ItemSlots()));
  }
  std::shared_ptr<arrow::ArrayData> FinishRuns(std::shared_ptr<arrow::ArrayData> items) {
    const auto length = static_cast<int64_t>(slots_.size());
    auto [bits, nulls] = slots_.Finish();
    auto ends = arrow::Buffer::FromVector(std::exchange(ends_, {0}));
    return arrow::ArrayData::Make(type_, length, {std::move(bits), std::move(ends)},
                                  {std::move(items)}, nulls);
  }
  size_t RunBegin() const { return static_cast<size_t>(ends_.back()); }
  virtual size_t ItemSlots() const = 0;
  virtual void TruncateItems(size_t slots) = 0;

 private:
  std::vector<int32_t> ends_ = {0};
};

class ListColumn : public RunsColumn {
 public:
  ListColumn(std::shared_ptr<arrow::DataType> type, std::unique_ptr<JsonColumn> items)
      : RunsColumn(std::move(type)), items_(std::move(items)) {}

  bool Read(JsonReading* reading) override {
    JsonCursor& cursor = reading->cursor;
    const JsonKind kind = cursor.Kind();
    if (kind != JsonKind::kArray) return ReadOther(kind, reading);
    cursor.Take('[');
    for (int64_t index = 0; !(index == 0 && cursor.Take(']')); ++index) {
      reading->EnterItem(index);
      if (!items_->Read(reading)) return false;
      reading->Leave();
      if (cursor.Take(',')) continue;
      if (cursor.Take(']')) break;
      return cursor.Fail(JsonFault::kExpectedComma);
    }
    Close(true);
    return true;
  }
  Result<std::shared_ptr<arrow::ArrayData>> Finish() override {
    ARROW_ASSIGN_OR_RAISE(auto items, items_->Finish());
    return FinishRuns(std::move(items));
  }

 private:
  size_t ItemSlots() const override { return items_->slots(); }
  void TruncateItems(size_t slots) override { items_->Truncate(slots); }

  std::unique_ptr<JsonColumn> items_;
};

/// Objects with any names.
class MapColumn : public RunsColumn {
 public:
  MapColumn(std::shared_ptr<arrow::DataType> type, std::unique_ptr<JsonColumn> keys,
            std::unique_ptr<JsonColumn> values)
      : RunsColumn(std::move(type)), keys_(std::move(keys)), values_(std::move(values)) {}

  bool Read(JsonReading* reading) override {
    JsonCursor& cursor = reading->cursor;
    const JsonKind kind = cursor.Kind();
    if (kind != JsonKind::kObject) return ReadOther(kind, reading);
    cursor.Take('{');
    names_.clear();
    bool closed = cursor.Take('}');
    while (!closed) {
      if (!ReadEntry(reading)) return false;
      if (cursor.Take(',')) continue;
      closed = cursor.Take('}');
      if (!closed) return cursor.Fail(JsonFault::kExpectedComma);
    }
    CheckNames(reading);
    Close(true);
    return true;
  }
  Result<std::shared_ptr<arrow::ArrayData>> Finish() override {
    ARROW_ASSIGN_OR_RAISE(auto keys, keys_->Finish());
    ARROW_ASSIGN_OR_RAISE(auto values, values_->Finish());
    // Arrow's keys are never NULL; one that could not be typed is an issue.
    keys->buffers[0] = nullptr;
    keys->null_count = 0;
    const auto& map = static_cast<const arrow::MapType&>(*type_);
    const int64_t length = keys->length;
    auto entries = arrow::ArrayData::Make(map.value_type(), length, {nullptr},
                                          {std::move(keys), std::move(values)}, 0);
    return FinishRuns(std::move(entries));
  }

 private:
  bool ReadEntry(JsonReading* reading) {
    JsonCursor& cursor = reading->cursor;
    if (cursor.Kind() != JsonKind::kText) return cursor.Fail(JsonFault::kExpectedName);
    std::string_view text;
    bool whole = true;
    if (!ReadPlainText(reading, &text, &whole)) return false;
    const std::string name(text);
    const bool is_key = whole;
    reading->EnterMember(&name);
    if (is_key) {
      keys_->ReadName(text, reading);
    } else {
      keys_->ReadName("", reading);
      reading->AddIssue(Rule::kEncoding);
    }
    names_.push_back(name);
    const bool read =
        cursor.Take(':') ? values_->Read(reading) : cursor.Fail(JsonFault::kExpectedColon);
    reading->Leave();
    return read;
  }

  void CheckNames(JsonReading* reading) {
    std::sort(names_.begin(), names_.end());
    const auto twice = std::adjacent_find(names_.begin(), names_.end());
    if (twice != names_.end()) reading->AddMemberIssue(Rule::kDuplicateMember, *twice);
  }

  size_t ItemSlots() const override { return values_->slots(); }
  void TruncateItems(size_t slots) override {
    keys_->Truncate(slots);
    values_->Truncate(slots);
  }

  std::unique_ptr<JsonColumn> keys_;
  std::unique_ptr<JsonColumn> values_;
  std::vector<std::string> names_;  // of the object at hand
};

/// Digits that a text of an integer or decimal may take when its exponent is written out.
constexpr size_t kExpandedDigitsMax = 400;

/// A number with an exponent, or an integer with a point, is what its digits say: 1e3 and 1000.0
/// are 1000.
template <typename ParsePlain>
ParseResult ParseExpanded(std::string_view token, ParsePlain parse) {
  std::string plain;
  if (!ExpandJsonNumber(token, kExpandedDigitsMax, &plain)) return ParseResult::kOverflow;
  return parse(plain);
}

template <typename T>
struct IntegerParse {
  ParseResult operator()(std::string_view token, T* out) const {
    const ParseResult result = ParseInteger(token, out);
    if (result != ParseResult::kInvalid || token.find_first_of(".eE") == token.npos) return result;
    return ParseExpanded(token, [out](std::string_view text) { return ParseInteger(text, out); });
  }
};

struct DoubleParse {
  ParseResult operator()(std::string_view token, double* out) const {
    return ParseDouble(token, out);
  }
};

struct FloatParse {
  ParseResult operator()(std::string_view token, float* out) const {
    return ParseFloat(token, out);
  }
};

struct DecimalParse {
  int precision;
  int scale;
  ParseResult operator()(std::string_view token, __int128* out) const {
    if (token.find_first_of("eE") == token.npos) return ParseDecimal(token, precision, scale, out);
    return ParseExpanded(token, [this, out](std::string_view text) {
      return ParseDecimal(text, precision, scale, out);
    });
  }
};

struct DateParse {
  ParseResult operator()(std::string_view text, int32_t* out) const { return ParseDate(text, out); }
};

template <typename T>
struct TimeParse {
  TimeUnit unit;
  ParseResult operator()(std::string_view text, T* out) const {
    int64_t value = 0;
    const ParseResult result = ParseTime(text, unit, &value);
    *out = static_cast<T>(value);  // at most 86,400,000 where T is 32 bits wide
    return result;
  }
};

struct TimestampParse {
  TimeUnit unit;
  std::shared_ptr<const TimeZone> naive_zone;  // null: a wall clock, which needs no shift
  ParseResult operator()(std::string_view text, int64_t* out) const {
    ParsedTimestamp parsed;
    const ParseResult result = ParseTimestamp(text, unit, &parsed);
    *out = parsed.value;
    if (parsed.has_offset || !naive_zone) return result;
    const int64_t second = UnitsPerSecond(unit);
    const int64_t seconds = parsed.value / second - (parsed.value % second < 0 ? 1 : 0);
    const bool overflow =
        __builtin_sub_overflow(parsed.value, naive_zone->OffsetOfLocal(seconds) * second, out);
    return overflow && result == ParseResult::kOk ? ParseResult::kOverflow : result;
  }
};

/// Makes the columns of one table.
class ColumnMaker {
 public:
  explicit ColumnMaker(const std::shared_ptr<const JsonRules>& rules) : rules_(rules) {}

  Result<std::unique_ptr<JsonColumn>> Make(const Column& column, bool is_record) const {
    switch (column.type->id()) {
      case arrow::Type::STRING:
        return std::make_unique<TextColumn>(column.type, TakesAny(column),
                                            is_record && rules_->dictionary_text);
      case arrow::Type::BINARY:
        return std::make_unique<BinaryColumn>(column.type);
      case arrow::Type::BOOL:
        return std::make_unique<BoolColumn>(column.type);
      case arrow::Type::STRUCT: {
        ARROW_ASSIGN_OR_RAISE(auto members, JsonMembers::Make(column.children, false, rules_));
        return std::make_unique<StructColumn>(column.type, std::move(members));
      }
      case arrow::Type::LIST: {
        ARROW_ASSIGN_OR_RAISE(auto items, Make(column.children[0], false));
        return std::make_unique<ListColumn>(column.type, std::move(items));
      }
      case arrow::Type::MAP:
        return MakeMap(column);
      default:
        return MakeFixed(column);
    }
  }

 private:
  // Columns that hold JSON themselves, and those of files without a contract.
  bool TakesAny(const Column& column) const {
    std::string type = column.physical_type;
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return rules_->takes_any || type == "json" || type == "variant" || type == "super";
  }

  Result<std::unique_ptr<JsonColumn>> MakeMap(const Column& column) const {
    const Column& key = column.children[0];
    std::unique_ptr<JsonColumn> keys;
    if (key.type->id() == arrow::Type::STRING) {
      keys = std::make_unique<TextColumn>(key.type, false, false);
    } else {
      ARROW_ASSIGN_OR_RAISE(keys, MakeFixed(key));
    }
    ARROW_ASSIGN_OR_RAISE(auto values, Make(column.children[1], false));
    return std::make_unique<MapColumn>(column.type, std::move(keys), std::move(values));
  }

  template <typename T, JsonKind kKind, typename Parse>
  static std::unique_ptr<JsonColumn> Fixed(const Column& column, Parse parse) {
    return std::make_unique<FixedColumn<T, kKind, Parse>>(column.type, std::move(parse));
  }
  template <typename T>
  static std::unique_ptr<JsonColumn> Integer(const Column& column) {
    return Fixed<T, JsonKind::kNumber>(column, IntegerParse<T>{});
  }

  Result<std::unique_ptr<JsonColumn>> MakeFixed(const Column& column) const {
    switch (column.type->id()) {
      case arrow::Type::INT8:
        return Integer<int8_t>(column);
      case arrow::Type::INT16:
        return Integer<int16_t>(column);
      case arrow::Type::INT32:
        return Integer<int32_t>(column);
      case arrow::Type::INT64:
        return Integer<int64_t>(column);
      case arrow::Type::UINT8:
        return Integer<uint8_t>(column);
      case arrow::Type::UINT16:
        return Integer<uint16_t>(column);
      case arrow::Type::UINT32:
        return Integer<uint32_t>(column);
      case arrow::Type::UINT64:
        return Integer<uint64_t>(column);
      case arrow::Type::FLOAT:
        return Fixed<float, JsonKind::kNumber>(column, FloatParse{});
      case arrow::Type::DOUBLE:
        return Fixed<double, JsonKind::kNumber>(column, DoubleParse{});
      case arrow::Type::DECIMAL128: {
        const auto& type = static_cast<const arrow::Decimal128Type&>(*column.type);
        return Fixed<__int128, JsonKind::kNumber>(column,
                                                  DecimalParse{type.precision(), type.scale()});
      }
      case arrow::Type::DATE32:
        return Fixed<int32_t, JsonKind::kText>(column, DateParse{});
      case arrow::Type::TIME32:
        return Fixed<int32_t, JsonKind::kText>(column, TimeParse<int32_t>{UnitOf(column)});
      case arrow::Type::TIME64:
        return Fixed<int64_t, JsonKind::kText>(column, TimeParse<int64_t>{UnitOf(column)});
      case arrow::Type::TIMESTAMP: {
        const auto& type = static_cast<const arrow::TimestampType&>(*column.type);
        return Fixed<int64_t, JsonKind::kText>(
            column, TimestampParse{static_cast<TimeUnit>(type.unit()),
                                   type.timezone().empty() ? nullptr : rules_->naive_zone});
      }
      default:
        return UsageErrorAt(column.place, "JSON lines have no values for column " + column.name +
                                              " of type " + PhysicalTypeName(*column.type));
    }
  }

  static TimeUnit UnitOf(const Column& column) {
    return static_cast<TimeUnit>(static_cast<const arrow::TimeType&>(*column.type).unit());
  }

  const std::shared_ptr<const JsonRules>& rules_;
};

static_assert(static_cast<int>(arrow::TimeUnit::NANO) == static_cast<int>(TimeUnit::kNano));
static_assert(static_cast<int>(arrow::TimeUnit::MICRO) == static_cast<int>(TimeUnit::kMicro));

}  // namespace

Result<JsonMembers> JsonMembers::Make(const std::vector<Column>& columns, bool is_record,
                                      std::shared_ptr<const JsonRules> rules) {
  JsonMembers members;
  members.is_record_ = is_record;
  for (const Column& column : columns) {
    Member member;
    member.name = column.name;
    std::string quoted(JsonTextBytesMax(column.name.size()), '\0');
    quoted.resize(static_cast<size_t>(PutJsonText(column.name, quoted.data()) - quoted.data()));
    member.quoted = quoted + ":";
    ARROW_ASSIGN_OR_RAISE(member.column, ColumnMaker(rules).Make(column, is_record));
    members.members_.push_back(std::move(member));
  }
  members.rules_ = std::move(rules);
  return members;
}

bool JsonMembers::Read(JsonReading* reading) {
  JsonCursor& cursor = reading->cursor;
  cursor.Take('{');
  ++objects_;
  size_t expected = 0;
  bool closed = cursor.Take('}');
  while (!closed) {
    if (!ReadMember(reading, &expected)) return false;
    if (cursor.Take(',')) continue;
    closed = cursor.Take('}');
    if (!closed) return cursor.Fail(JsonFault::kExpectedComma);
  }
  for (Member& member : members_) {
    if (member.seen != objects_) member.column->AddNull();
  }
  return true;
}

bool JsonMembers::ReadMember(JsonReading* reading, size_t* expected) {
  JsonCursor& cursor = reading->cursor;
  cursor.SkipSpace();
  size_t index = *expected;
  if (index >= members_.size() || !cursor.TakeBytes(members_[index].quoted)) {
    if (cursor.Kind() != JsonKind::kText) return cursor.Fail(JsonFault::kExpectedName);
    JsonTextToken text;
    if (!cursor.ReadText(&text)) return false;
    if (!cursor.Take(':')) return cursor.Fail(JsonFault::kExpectedColon);
    std::string_view name = text.body;
    // Half of a surrogate pair is in no column's name.
    if (text.has_escapes && UnescapeJson(text.body, &reading->scratch)) name = reading->scratch;
    index = Find(name, *expected);
    if (index == members_.size()) return ReadExtra(reading, name);
  }
  Member& member = members_[index];
  *expected = index + 1;
  if (is_record_) {
    reading->EnterColumn(static_cast<int32_t>(index));
  } else {
    reading->EnterMember(&member.name);
  }
  bool read = true;
  if (member.seen == objects_) {
    reading->AddIssue(Rule::kDuplicateMember);
    read = cursor.SkipValue();
  } else {
    member.seen = objects_;
    read = member.column->Read(reading);
  }
  if (is_record_) {
    reading->EnterColumn(-1);
  } else {
    reading->Leave();
  }
  return read;
}

bool JsonMembers::ReadExtra(JsonReading* reading, std::string_view name) {
  if (rules_->extra == ExtraMembers::kReject) reading->AddMemberIssue(Rule::kExtraMember, name);
  if (rules_->extra == ExtraMembers::kWarn) {
    // More names than anyone would read are data: the first ones tell.
    constexpr size_t kExtraNamesMax = 100;
    const auto found = extras_.find(name);
    if (found != extras_.end()) {
      ++found->second;
    } else if (extras_.size() < kExtraNamesMax) {
      extras_.emplace(name, 1);
    }
  }
  return reading->cursor.SkipValue();
}

size_t JsonMembers::Find(std::string_view name, size_t expected) const {
  for (size_t i = 0; i < members_.size(); ++i) {
    const size_t index = (expected + i) % members_.size();
    if (members_[index].name == name) return index;
  }
  return members_.size();
}

void JsonMembers::AddNull() {
  for (Member& member : members_) member.column->AddNull();
}

void JsonMembers::Truncate(size_t slots) {
  for (Member& member : members_) member.column->Truncate(slots);
}

Result<std::vector<std::shared_ptr<arrow::ArrayData>>> JsonMembers::Finish() {
  std::vector<std::shared_ptr<arrow::ArrayData>> columns;
  for (Member& member : members_) {
    ARROW_ASSIGN_OR_RAISE(auto column, member.column->Finish());
    columns.push_back(std::move(column));
  }
  return columns;
}

void JsonMembers::AddExtras(const std::string& path, std::map<std::string, int64_t>* extras) const {
  for (const auto& [name, count] : extras_) (*extras)[path + name] += count;
  for (const Member& member : members_) {
    const auto* nested = dynamic_cast<const StructColumn*>(member.column.get());
    if (nested) nested->members().AddExtras(path + member.name + ".", extras);
  }
}

}  // namespace tamis
