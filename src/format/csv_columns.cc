// Typed loops over one column of a chunk. No virtual call, no allocation and no exception per
// field.
#include "format/csv_columns.h"

#include <arrow/buffer.h>
#include <arrow/memory_pool.h>

#include <algorithm>
#include <cstring>

#include "contract/types.h"
#include "format/csv_dictionary.h"
#include "text/date.h"
#include "text/number.h"

namespace tamis {

NullTexts::NullTexts(std::vector<std::string> texts) : texts_(std::move(texts)) {
  for (const std::string& text : texts_) {
    lengths_ |= uint64_t{1} << std::min<size_t>(text.size(), 63);
  }
}

bool NullTexts::Search(std::string_view text) const {
  return std::find(texts_.begin(), texts_.end(), text) != texts_.end();
}

namespace {

/// Latin-1 to UTF-8: bytes above 0x7F become two.
char* PutLatin1(std::string_view text, char* out) {
  for (char c : text) {
    const uint8_t byte = static_cast<uint8_t>(c);
    if (byte < 0x80) {
      *out++ = c;
    } else {
      *out++ = static_cast<char>(0xC0 | byte >> 6);
      *out++ = static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

// Short values are copied 16 bytes at a time, so buffers have room behind their end.
constexpr int64_t kCopyPadding = 16;

/// Collects validity bits, 64 at a time; all valid needs no buffer.
class Validity {
 public:
  static Result<Validity> Make(int64_t rows) {
    Validity validity;
    const int64_t bytes = (rows + 63) / 64 * 8;
    ARROW_ASSIGN_OR_RAISE(validity.buffer_, arrow::AllocateBuffer(bytes));
    validity.next_ = validity.buffer_->mutable_data();
    return validity;
  }

  void Add(bool valid) {
    word_ |= static_cast<uint64_t>(valid) << count_;
    nulls_ += !valid;
    if (++count_ == 64) Flush();
  }

  int64_t nulls() const { return nulls_; }

  std::shared_ptr<arrow::Buffer> Finish() {
    if (nulls_ == 0) return nullptr;
    if (count_ != 0) Flush();
    return std::move(buffer_);
  }

 private:
  void Flush() {
    std::memcpy(next_, &word_, 8);
    next_ += 8;
    word_ = 0;
    count_ = 0;
  }

  std::unique_ptr<arrow::Buffer> buffer_;
  uint8_t* next_ = nullptr;
  uint64_t word_ = 0;
  int count_ = 0;
  int64_t nulls_ = 0;
};

Rule RuleOf(ParseResult result) {
  return result == ParseResult::kInvalid ? Rule::kType : Rule::kOverflow;
}

/// What the readers below share.
class ReaderBase : public CsvColumnReader {
 public:
  ReaderBase(const Column& column, int column_index, std::shared_ptr<const CsvFieldRules> rules)
      : type_(column.type),
        type_name_(PhysicalTypeName(*column.type)),
        column_index_(column_index),
        rules_(std::move(rules)) {}

 protected:
  void AddIssue(uint32_t record, ParseResult result, std::vector<CellIssue>* issues) const {
    issues->push_back({static_cast<int32_t>(record), column_index_, RuleOf(result), type_name_});
  }

  bool IsQuoted(std::string_view text) const {
    return !text.empty() && text.front() == rules_->dialect.quote;
  }

  std::shared_ptr<arrow::DataType> type_;
  std::string type_name_;
  int32_t column_index_;
  std::shared_ptr<const CsvFieldRules> rules_;
};

/// A type of fixed width whose values `Parse` makes: ParseResult operator()(string_view, T*) const.
///
/// PERF NOTES: column by column, so that each loop has one parser inlined, one output stream and
/// branches that its own column trains. Quotes are looked for only in chunks that have any. The
/// test for NULL must be inlined: out of line, with the dictionary's look-up, it made rows of a
/// timestamp and a repeated word 1.35 times as slow.
template <typename T, typename Parse>
class FixedReader : public ReaderBase {
 public:
  FixedReader(const Column& column, int column_index, std::shared_ptr<const CsvFieldRules> rules,
              Parse parse)
      : ReaderBase(column, column_index, std::move(rules)), parse_(parse) {}

  Result<std::shared_ptr<arrow::ArrayData>> Read(const CsvFields& fields,
                                                 std::vector<CellIssue>* issues) const override {
    const uint32_t rows = fields.index->record_count;
    ARROW_ASSIGN_OR_RAISE(auto values, arrow::AllocateBuffer(rows * int64_t{sizeof(T)}));
    ARROW_ASSIGN_OR_RAISE(Validity validity, Validity::Make(rows));
    T* out = reinterpret_cast<T*>(values->mutable_data());
    if (fields.index->may_have_quotes) {
      Loop<true>(fields, out, &validity, issues);
    } else {
      Loop<false>(fields, out, &validity, issues);
    }
    const int64_t nulls = validity.nulls();
    std::shared_ptr<arrow::Buffer> data = std::move(values);
    return arrow::ArrayData::Make(type_, rows, {validity.Finish(), std::move(data)}, nulls);
  }

 private:
  template <bool kQuotes>
  void Loop(const CsvFields& fields, T* out, Validity* validity,
            std::vector<CellIssue>* issues) const {
    std::string scratch;
    const uint32_t rows = fields.index->record_count;
    for (uint32_t r = 0; r < rows; ++r) {
      std::string_view text = fields.At(r);
      if constexpr (kQuotes) {
        if (IsQuoted(text)) text = CsvValue(rules_->dialect, text, &scratch);
      }
      T value{};
      bool valid = !rules_->nulls.Contains(text);
      if (valid) [[likely]] {
        const ParseResult result = parse_(text, &value);
        if (result != ParseResult::kOk) [[unlikely]] {
          AddIssue(r, result, issues);
          valid = false;
        }
      }
      out[r] = value;
      validity->Add(valid);
    }
  }

  Parse parse_;
};

/// true and false, one bit each.
class BoolReader : public ReaderBase {
 public:
  using ReaderBase::ReaderBase;

  Result<std::shared_ptr<arrow::ArrayData>> Read(const CsvFields& fields,
                                                 std::vector<CellIssue>* issues) const override {
    const uint32_t rows = fields.index->record_count;
    ARROW_ASSIGN_OR_RAISE(Validity values, Validity::Make(rows));
    ARROW_ASSIGN_OR_RAISE(Validity validity, Validity::Make(rows));
    std::string scratch;
    for (uint32_t r = 0; r < rows; ++r) {
      const std::string_view text = CsvValue(rules_->dialect, fields.At(r), &scratch);
      bool value = false;
      bool valid = !rules_->nulls.Contains(text);
      if (valid) {
        const ParseResult result = ParseBool(text, &value);
        if (result != ParseResult::kOk) AddIssue(r, result, issues);
        valid = result == ParseResult::kOk;
      }
      values.Add(value);
      validity.Add(valid);
    }
    const int64_t nulls = validity.nulls();
    std::shared_ptr<arrow::Buffer> bits = values.Finish();
    if (!bits) {
      ARROW_ASSIGN_OR_RAISE(bits, AllOnes(rows));
    }
    return arrow::ArrayData::Make(type_, rows, {validity.Finish(), std::move(bits)}, nulls);
  }

 private:
  static Result<std::shared_ptr<arrow::Buffer>> AllOnes(int64_t rows) {
    ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateBuffer((rows + 63) / 64 * 8));
    std::memset(buffer->mutable_data(), 0xFF, static_cast<size_t>(buffer->size()));
    return std::shared_ptr<arrow::Buffer>(std::move(buffer));
  }
};

/// Text and binary.
class TextReader : public ReaderBase {
 public:
  TextReader(const Column& column, int column_index, bool dictionary,
             std::shared_ptr<const CsvFieldRules> rules)
      : ReaderBase(column, column_index, std::move(rules)), dictionary_(dictionary) {
    transcode_ = rules_->latin1 && type_->id() == arrow::Type::STRING;
  }

  Result<std::shared_ptr<arrow::ArrayData>> Read(const CsvFields& fields,
                                                 std::vector<CellIssue>*) const override {
    if (dictionary_) {
      ARROW_ASSIGN_OR_RAISE(auto encoded, ReadDictionary(fields));
      if (encoded) return encoded;
    }
    return ReadPlain(fields);
  }

 private:
  /// The field's value, and whether it is one; `scratch` holds what had to be made.
  bool Value(std::string_view text, std::string* scratch, std::string_view* value) const {
    if (IsQuoted(text)) {
      text = CsvValue(rules_->dialect, text, scratch);
    } else if (rules_->nulls.Contains(text)) {
      *value = {};
      return false;
    }
    *value = text;
    return true;
  }

  Result<std::shared_ptr<arrow::ArrayData>> ReadPlain(const CsvFields& fields) const {
    const uint32_t rows = fields.index->record_count;
    const bool wide = transcode_ && fields.index->may_have_non_ascii;
    int64_t room = 0;
    for (uint32_t r = 0; r < rows; ++r) room += static_cast<int64_t>(fields.At(r).size());
    if (wide) room *= 2;
    ARROW_ASSIGN_OR_RAISE(auto bytes, arrow::AllocateResizableBuffer(room + kCopyPadding));
    ARROW_ASSIGN_OR_RAISE(auto offsets, arrow::AllocateBuffer((rows + int64_t{1}) * 4));
    ARROW_ASSIGN_OR_RAISE(Validity validity, Validity::Make(rows));
    char* begin = reinterpret_cast<char*>(bytes->mutable_data());
    int32_t* ends = reinterpret_cast<int32_t*>(offsets->mutable_data());
    char* to = begin;
    if (wide) {
      to = Copy<true>(fields, begin, ends, &validity);
    } else {
      to = Copy<false>(fields, begin, ends, &validity);
    }
    ARROW_RETURN_NOT_OK(bytes->Resize(to - begin, /*shrink_to_fit=*/false));
    const int64_t nulls = validity.nulls();
    std::shared_ptr<arrow::Buffer> data = std::move(bytes);
    std::shared_ptr<arrow::Buffer> places = std::move(offsets);
    return arrow::ArrayData::Make(type_, rows,
                                  {validity.Finish(), std::move(places), std::move(data)}, nulls);
  }

  /// Copies all values to `to`; returns their end.
  template <bool kWide>
  char* Copy(const CsvFields& fields, char* to, int32_t* ends, Validity* validity) const {
    std::string scratch;
    const char* const begin = to;
    const uint32_t rows = fields.index->record_count;
    *ends++ = 0;
    for (uint32_t r = 0; r < rows; ++r) {
      std::string_view value;
      validity->Add(Value(fields.At(r), &scratch, &value));
      if constexpr (kWide) {
        to = PutLatin1(value, to);
      } else {
        // Behind the chunk there are bytes that may be read, but not behind `scratch`.
        if (value.size() - 1 < 16 && value.data() != scratch.data()) {
          std::memcpy(to, value.data(), 16);
        } else if (!value.empty()) {
          std::memcpy(to, value.data(), value.size());
        }
        to += value.size();
      }
      *ends++ = static_cast<int32_t>(to - begin);
    }
    return to;
  }

  /// Null if values don't repeat enough.
  Result<std::shared_ptr<arrow::ArrayData>> ReadDictionary(const CsvFields& fields) const {
    const uint32_t rows = fields.index->record_count;
    ARROW_ASSIGN_OR_RAISE(auto indices, arrow::AllocateBuffer(rows * int64_t{4}));
    ARROW_ASSIGN_OR_RAISE(Validity validity, Validity::Make(rows));
    int32_t* out = reinterpret_cast<int32_t*>(indices->mutable_data());
    CsvDictionary values;
    std::string scratch;
    for (uint32_t r = 0; r < rows; ++r) {
      std::string_view value;
      const bool valid = Value(fields.At(r), &scratch, &value);
      validity.Add(valid);
      out[r] = 0;
      if (!valid) continue;
      out[r] = value.data() == scratch.data() ? values.IndexOf(std::string(scratch))
                                              : values.IndexOfPadded(value);
      if ((r & 1023) == 1023 && values.size() > r / 4) return nullptr;
    }
    if (values.size() > rows / 4) return nullptr;
    const int64_t nulls = validity.nulls();
    ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::ArrayData> dictionary, MakeDictionary(values));
    std::shared_ptr<arrow::Buffer> places = std::move(indices);
    auto data = arrow::ArrayData::Make(arrow::dictionary(arrow::int32(), type_), rows,
                                       {validity.Finish(), std::move(places)}, nulls);
    data->dictionary = std::move(dictionary);
    return data;
  }

  Result<std::shared_ptr<arrow::ArrayData>> MakeDictionary(const CsvDictionary& values) const {
    const size_t size = values.bytes().size();
    ARROW_ASSIGN_OR_RAISE(auto bytes, arrow::AllocateResizableBuffer(
                                          static_cast<int64_t>(transcode_ ? size * 2 : size)));
    ARROW_ASSIGN_OR_RAISE(auto offsets,
                          arrow::AllocateBuffer(static_cast<int64_t>(values.size() + 1) * 4));
    char* begin = reinterpret_cast<char*>(bytes->mutable_data());
    int32_t* ends = reinterpret_cast<int32_t*>(offsets->mutable_data());
    char* to = begin;
    *ends++ = 0;
    for (uint32_t i = 0; i < values.size(); ++i) {
      const std::string_view value = values.Value(i);
      to = transcode_ ? PutLatin1(value, to) : std::copy(value.begin(), value.end(), to);
      *ends++ = static_cast<int32_t>(to - begin);
    }
    ARROW_RETURN_NOT_OK(bytes->Resize(to - begin, /*shrink_to_fit=*/false));
    std::shared_ptr<arrow::Buffer> data = std::move(bytes);
    std::shared_ptr<arrow::Buffer> places = std::move(offsets);
    return arrow::ArrayData::Make(type_, static_cast<int64_t>(values.size()),
                                  {nullptr, std::move(places), std::move(data)}, 0);
  }

  bool dictionary_;
  bool transcode_;
};

template <typename T>
struct IntegerParse {
  ParseResult operator()(std::string_view text, T* out) const { return ParseInteger(text, out); }
};

struct DoubleParse {
  ParseResult operator()(std::string_view text, double* out) const {
    return ParseDouble(text, out);
  }
};

struct FloatParse {
  ParseResult operator()(std::string_view text, float* out) const { return ParseFloat(text, out); }
};

struct DecimalParse {
  int precision;
  int scale;
  ParseResult operator()(std::string_view text, __int128* out) const {
    return ParseDecimal(text, precision, scale, out);
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
    *out = static_cast<T>(value);  // at most 86,400,000
    return result;
  }
};

struct TimestampParse {
  TimeUnit unit;
  const TimeZone* naive_zone;  // null: a wall clock, which needs no shift
  ParseResult operator()(std::string_view text, int64_t* out) const {
    ParsedTimestamp parsed;
    const ParseResult result = ParseTimestamp(text, unit, &parsed);
    if (parsed.has_offset || !naive_zone) {
      *out = parsed.value;
      return result;
    }
    const int64_t second = UnitsPerSecond(unit);
    const int64_t seconds = parsed.value / second - (parsed.value % second < 0 ? 1 : 0);
    const bool overflow =
        __builtin_sub_overflow(parsed.value, naive_zone->OffsetOfLocal(seconds) * second, out);
    return overflow && result == ParseResult::kOk ? ParseResult::kOverflow : result;
  }
};

TimeUnit UnitOf(arrow::TimeUnit::type unit) {
  switch (unit) {
    case arrow::TimeUnit::SECOND:
      return TimeUnit::kSecond;
    case arrow::TimeUnit::MILLI:
      return TimeUnit::kMilli;
    case arrow::TimeUnit::MICRO:
      return TimeUnit::kMicro;
    case arrow::TimeUnit::NANO:
      break;
  }
  return TimeUnit::kNano;
}

/// Makes readers of one column.
struct ReaderMaker {
  const Column& column;
  int column_index;
  std::shared_ptr<const CsvFieldRules> rules;

  template <typename T, typename Parse>
  std::unique_ptr<CsvColumnReader> Fixed(Parse parse) const {
    return std::make_unique<FixedReader<T, Parse>>(column, column_index, rules, parse);
  }
  template <typename T>
  std::unique_ptr<CsvColumnReader> Integer() const {
    return Fixed<T>(IntegerParse<T>{});
  }
  std::unique_ptr<CsvColumnReader> Timestamp() const {
    const auto& type = static_cast<const arrow::TimestampType&>(*column.type);
    const TimeUnit unit = UnitOf(type.unit());
    const TimeZone* zone = type.timezone().empty() ? nullptr : rules->naive_zone.get();
    return Fixed<int64_t>(TimestampParse{unit, zone});
  }
  std::unique_ptr<CsvColumnReader> Time() const {
    const TimeUnit unit = UnitOf(static_cast<const arrow::TimeType&>(*column.type).unit());
    if (column.type->id() == arrow::Type::TIME32) return Fixed<int32_t>(TimeParse<int32_t>{unit});
    return Fixed<int64_t>(TimeParse<int64_t>{unit});
  }
  std::unique_ptr<CsvColumnReader> Decimal() const {
    const auto& type = static_cast<const arrow::Decimal128Type&>(*column.type);
    return Fixed<__int128>(DecimalParse{type.precision(), type.scale()});
  }
};

}  // namespace

std::string Latin1ToUtf8(std::string_view text) {
  std::string out(text.size() * 2, '\0');
  out.resize(static_cast<size_t>(PutLatin1(text, out.data()) - out.data()));
  return out;
}

Result<std::unique_ptr<CsvColumnReader>> MakeCsvColumnReader(
    const Column& column, int column_index, bool dictionary,
    std::shared_ptr<const CsvFieldRules> rules) {
  const ReaderMaker make{column, column_index, rules};
  switch (column.type->id()) {
    case arrow::Type::BOOL:
      return std::make_unique<BoolReader>(column, column_index, rules);
    case arrow::Type::INT8:
      return make.Integer<int8_t>();
    case arrow::Type::INT16:
      return make.Integer<int16_t>();
    case arrow::Type::INT32:
      return make.Integer<int32_t>();
    case arrow::Type::INT64:
      return make.Integer<int64_t>();
    case arrow::Type::UINT8:
      return make.Integer<uint8_t>();
    case arrow::Type::UINT16:
      return make.Integer<uint16_t>();
    case arrow::Type::UINT32:
      return make.Integer<uint32_t>();
    case arrow::Type::UINT64:
      return make.Integer<uint64_t>();
    case arrow::Type::FLOAT:
      return make.Fixed<float>(FloatParse{});
    case arrow::Type::DOUBLE:
      return make.Fixed<double>(DoubleParse{});
    case arrow::Type::DECIMAL128:
      return make.Decimal();
    case arrow::Type::DATE32:
      return make.Fixed<int32_t>(DateParse{});
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
      return make.Time();
    case arrow::Type::TIMESTAMP:
      return make.Timestamp();
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
      return std::make_unique<TextReader>(column, column_index, dictionary, rules);
    default:
      return UsageErrorAt(column.place,
                          "CSV has no text for column " + column.name + " of type " +
                              PhysicalTypeName(*column.type),
                          "use a flat type, or a format such as jsonl or parquet");
  }
}

}  // namespace tamis
