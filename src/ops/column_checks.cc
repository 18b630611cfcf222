// The rules of single columns: required, ranges, lengths, patterns, formats, enums. See validate.h.
#include <arpa/inet.h>
#include <arrow/array.h>
#include <arrow/scalar.h>
#include <arrow/util/decimal.h>
#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <unordered_set>

#include "contract/multiple.h"
#include "contract/values.h"
#include "ops/validate.h"
#include "text/date.h"
#include "text/utf8.h"

namespace tamis {
namespace {

void AddIssue(int64_t row, int column, Rule rule, const std::string& detail,
              std::vector<CellIssue>* issues) {
  issues->push_back({static_cast<int32_t>(row), column, rule, detail});
}

std::string JoinValues(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + value;
  return text;
}

class RequiredCheck : public RowCheck {
 public:
  explicit RequiredCheck(int column) : column_(column) {}
  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const arrow::Array& array = *batch.column(column_);
    if (array.null_count() == 0) return Status::OK();
    for (int64_t row = 0; row < array.length(); ++row) {
      if (array.IsNull(row)) AddIssue(row, column_, Rule::kRequired, "", issues);
    }
    return Status::OK();
  }

 private:
  int column_;
};

// Values of fixed width, checked by a predicate that the compiler inlines: first all rows at once
// for "any fails", which vectorizes, then one by one only where some did.
template <typename ArrayType, typename Passes>
class ValueCheck : public RowCheck {
 public:
  ValueCheck(int column, Rule rule, std::string detail, Passes passes)
      : column_(column), rule_(rule), detail_(std::move(detail)), passes_(passes) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const auto& array = static_cast<const ArrayType&>(*batch.column(column_));
    const auto* values = array.raw_values();
    bool all = true;
    for (int64_t row = 0; row < array.length(); ++row) all &= passes_(values[row]);
    if (all) return Status::OK();
    for (int64_t row = 0; row < array.length(); ++row) {
      if (!passes_(values[row]) && array.IsValid(row)) {
        AddIssue(row, column_, rule_, detail_, issues);
      }
    }
    return Status::OK();
  }

 private:
  int column_;
  Rule rule_;
  std::string detail_;
  Passes passes_;
};

// Strings, plain or dictionary-encoded (then once for each distinct value).
class TextCheck : public RowCheck {
 public:
  using Passes = std::function<bool(std::string_view)>;
  TextCheck(int column, Rule rule, std::string detail, Passes passes)
      : column_(column), rule_(rule), detail_(std::move(detail)), passes_(std::move(passes)) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const arrow::Array& array = *batch.column(column_);
    if (array.type_id() != arrow::Type::DICTIONARY) {
      const auto& text = static_cast<const arrow::StringArray&>(array);
      for (int64_t row = 0; row < text.length(); ++row) {
        if (text.IsValid(row) && !passes_(text.GetView(row))) {
          AddIssue(row, column_, rule_, detail_, issues);
        }
      }
      return Status::OK();
    }
    const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
    const auto& values = static_cast<const arrow::StringArray&>(*coded.dictionary());
    std::vector<bool> good(static_cast<size_t>(values.length()));
    bool all = true;
    for (int64_t i = 0; i < values.length(); ++i) {
      good[static_cast<size_t>(i)] = passes_(values.GetView(i));
      all &= good[static_cast<size_t>(i)];
    }
    for (int64_t row = 0; !all && row < coded.length(); ++row) {
      if (coded.IsValid(row) && !good[static_cast<size_t>(coded.GetValueIndex(row))]) {
        AddIssue(row, column_, rule_, detail_, issues);
      }
    }
    return Status::OK();
  }

 private:
  int column_;
  Rule rule_;
  std::string detail_;
  Passes passes_;
};

// Decimals compare as 128-bit integers of the same scale.
class DecimalRangeCheck : public RowCheck {
 public:
  DecimalRangeCheck(int column, Rule rule, std::string detail, arrow::Decimal128 bound,
                    bool exclusive)
      : column_(column),
        rule_(rule),
        detail_(std::move(detail)),
        bound_(bound),
        exclusive_(exclusive) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const auto& array = static_cast<const arrow::Decimal128Array&>(*batch.column(column_));
    for (int64_t row = 0; row < array.length(); ++row) {
      if (array.IsNull(row)) continue;
      arrow::Decimal128 value(array.GetValue(row));
      bool inside = rule_ == Rule::kMinimum ? value > bound_ : value < bound_;
      if (!inside && (exclusive_ || value != bound_)) {
        AddIssue(row, column_, rule_, detail_, issues);
      }
    }
    return Status::OK();
  }

 private:
  int column_;
  Rule rule_;
  std::string detail_;
  arrow::Decimal128 bound_;
  bool exclusive_;
};

using Checks = std::vector<std::unique_ptr<RowCheck>>;

template <typename ArrayType, typename Passes>
void AddValueCheck(int column, Rule rule, std::string detail, Passes passes, Checks* checks) {
  checks->push_back(std::make_unique<ValueCheck<ArrayType, Passes>>(column, rule, std::move(detail),
                                                                    std::move(passes)));
}

std::string BoundText(const Bound& bound) {
  return (bound.exclusive ? "exclusive " : "") + bound.text;
}

// NaN is greater than every number, as in expressions: above each maximum, below no minimum.
template <typename ArrayType, typename T>
void AddRange(int column, Rule rule, const Bound& bound, T limit, Checks* checks) {
  std::string detail = BoundText(bound);
  if (rule == Rule::kMinimum && bound.exclusive) {
    AddValueCheck<ArrayType>(column, rule, detail, [limit](T v) { return !(v <= limit); }, checks);
  } else if (rule == Rule::kMinimum) {
    AddValueCheck<ArrayType>(column, rule, detail, [limit](T v) { return !(v < limit); }, checks);
  } else if (bound.exclusive) {
    AddValueCheck<ArrayType>(column, rule, detail, [limit](T v) { return v < limit; }, checks);
  } else {
    AddValueCheck<ArrayType>(column, rule, detail, [limit](T v) { return v <= limit; }, checks);
  }
}

Status BadBound(const Bound& bound, const arrow::DataType& type) {
  return UsageErrorAt(bound.place, "not a bound of " + type.ToString() + ": " + bound.text);
}

template <typename ArrowType>
Status AddParsedRange(int column, Rule rule, const Bound& bound,
                      const std::shared_ptr<arrow::DataType>& type, Checks* checks) {
  using ScalarType = typename arrow::TypeTraits<ArrowType>::ScalarType;
  auto parsed = arrow::Scalar::Parse(type, bound.text);
  if (!parsed.ok()) return BadBound(bound, *type);
  AddRange<typename arrow::TypeTraits<ArrowType>::ArrayType>(
      column, rule, bound, static_cast<const ScalarType&>(**parsed).value, checks);
  return Status::OK();
}

TimeUnit UnitOf(const arrow::DataType& type) {
  switch (static_cast<const arrow::TimestampType&>(type).unit()) {
    case arrow::TimeUnit::SECOND:
      return TimeUnit::kSecond;
    case arrow::TimeUnit::MILLI:
      return TimeUnit::kMilli;
    case arrow::TimeUnit::NANO:
      return TimeUnit::kNano;
    default:
      return TimeUnit::kMicro;
  }
}

// A date alone is its midnight.
Status AddTimestampRange(int column, Rule rule, const Bound& bound,
                         const std::shared_ptr<arrow::DataType>& type, Checks* checks) {
  ParsedTimestamp parsed;
  int32_t days = 0;
  TimeUnit unit = UnitOf(*type);
  int64_t limit = 0;
  if (ParseDate(bound.text, &days) == ParseResult::kOk) {
    limit = days * int64_t{86400} * UnitsPerSecond(unit);
  } else if (ParseTimestamp(bound.text, unit, &parsed) == ParseResult::kOk) {
    limit = parsed.value;
  } else {
    return BadBound(bound, *type);
  }
  AddRange<arrow::TimestampArray>(column, rule, bound, limit, checks);
  return Status::OK();
}

Status AddDecimalRange(int column, Rule rule, const Bound& bound,
                       const std::shared_ptr<arrow::DataType>& type, Checks* checks) {
  arrow::Decimal128 value;
  int32_t precision = 0, scale = 0;
  int32_t wanted = static_cast<const arrow::Decimal128Type&>(*type).scale();
  if (!arrow::Decimal128::FromString(bound.text, &value, &precision, &scale).ok()) {
    return BadBound(bound, *type);
  }
  auto scaled = value.Rescale(scale, wanted);
  if (!scaled.ok()) return BadBound(bound, *type);
  checks->push_back(std::make_unique<DecimalRangeCheck>(column, rule, BoundText(bound), *scaled,
                                                        bound.exclusive));
  return Status::OK();
}

Status AddBound(int column, Rule rule, const Bound& bound,
                const std::shared_ptr<arrow::DataType>& type, Checks* checks) {
  switch (type->id()) {
    case arrow::Type::INT8:
      return AddParsedRange<arrow::Int8Type>(column, rule, bound, type, checks);
    case arrow::Type::INT16:
      return AddParsedRange<arrow::Int16Type>(column, rule, bound, type, checks);
    case arrow::Type::INT32:
      return AddParsedRange<arrow::Int32Type>(column, rule, bound, type, checks);
    case arrow::Type::INT64:
      return AddParsedRange<arrow::Int64Type>(column, rule, bound, type, checks);
    case arrow::Type::UINT8:
      return AddParsedRange<arrow::UInt8Type>(column, rule, bound, type, checks);
    case arrow::Type::UINT16:
      return AddParsedRange<arrow::UInt16Type>(column, rule, bound, type, checks);
    case arrow::Type::UINT32:
      return AddParsedRange<arrow::UInt32Type>(column, rule, bound, type, checks);
    case arrow::Type::UINT64:
      return AddParsedRange<arrow::UInt64Type>(column, rule, bound, type, checks);
    case arrow::Type::FLOAT:
      return AddParsedRange<arrow::FloatType>(column, rule, bound, type, checks);
    case arrow::Type::DOUBLE:
      return AddParsedRange<arrow::DoubleType>(column, rule, bound, type, checks);
    case arrow::Type::DATE32:
      return AddParsedRange<arrow::Date32Type>(column, rule, bound, type, checks);
    case arrow::Type::TIMESTAMP:
      return AddTimestampRange(column, rule, bound, type, checks);
    case arrow::Type::DECIMAL128:
      return AddDecimalRange(column, rule, bound, type, checks);
    default:
      return UsageErrorAt(bound.place, "a column of type " + type->ToString() + " has no range");
  }
}

template <typename ArrowType>
Status AddIntegerMultiple(int column, const arrow::Decimal256& divisor, const std::string& detail,
                          Checks* checks) {
  using ArrayType = typename arrow::TypeTraits<ArrowType>::ArrayType;
  using T = typename ArrowType::c_type;
  const auto narrow = static_cast<T>(DivisorAsUint64(divisor));
  if (arrow::Decimal256(narrow) == divisor) {
    AddValueCheck<ArrayType>(
        column, Rule::kMultipleOf, detail, [narrow](T value) { return value % narrow == 0; },
        checks);
    return Status::OK();
  }
  // The divisor is larger than every number of the type, but may be the lowest without its sign.
  const T lowest = std::numeric_limits<T>::lowest();
  const T other = divisor + arrow::Decimal256(lowest) == arrow::Decimal256(0) ? lowest : T{0};
  AddValueCheck<ArrayType>(
      column, Rule::kMultipleOf, detail, [other](T value) { return value == 0 || value == other; },
      checks);
  return Status::OK();
}

class DecimalMultipleCheck : public RowCheck {
 public:
  /// A divisor of 0: only 0 passes.
  DecimalMultipleCheck(int column, arrow::Decimal128 divisor, std::string detail)
      : column_(column), divisor_(divisor), detail_(std::move(detail)) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const auto& array = static_cast<const arrow::Decimal128Array&>(*batch.column(column_));
    const arrow::Decimal128 zero(0);
    for (int64_t row = 0; row < array.length(); ++row) {
      if (array.IsNull(row)) continue;
      arrow::Decimal128 rest(array.GetValue(row));
      if (divisor_ != zero) rest = rest % divisor_;
      if (rest != zero) AddIssue(row, column_, Rule::kMultipleOf, detail_, issues);
    }
    return Status::OK();
  }

 private:
  int column_;
  arrow::Decimal128 divisor_;
  std::string detail_;
};

Status AddMultipleOf(int column, const Divisor& multiple_of, const arrow::DataType& type,
                     Checks* checks) {
  ARROW_ASSIGN_OR_RAISE(arrow::Decimal256 divisor, StoredDivisor(type, multiple_of));
  const std::string& detail = multiple_of.text;
  switch (type.id()) {
    case arrow::Type::INT8:
      return AddIntegerMultiple<arrow::Int8Type>(column, divisor, detail, checks);
    case arrow::Type::INT16:
      return AddIntegerMultiple<arrow::Int16Type>(column, divisor, detail, checks);
    case arrow::Type::INT32:
      return AddIntegerMultiple<arrow::Int32Type>(column, divisor, detail, checks);
    case arrow::Type::INT64:
      return AddIntegerMultiple<arrow::Int64Type>(column, divisor, detail, checks);
    case arrow::Type::UINT8:
      return AddIntegerMultiple<arrow::UInt8Type>(column, divisor, detail, checks);
    case arrow::Type::UINT16:
      return AddIntegerMultiple<arrow::UInt16Type>(column, divisor, detail, checks);
    case arrow::Type::UINT32:
      return AddIntegerMultiple<arrow::UInt32Type>(column, divisor, detail, checks);
    case arrow::Type::UINT64:
      return AddIntegerMultiple<arrow::UInt64Type>(column, divisor, detail, checks);
    case arrow::Type::DECIMAL128:
      checks->push_back(
          std::make_unique<DecimalMultipleCheck>(column, DivisorAsDecimal128(divisor), detail));
      return Status::OK();
    default:
      return UsageErrorAt(multiple_of.place, "a column of type " + type.ToString() +
                                                 " can't be checked for multipleOf");
  }
}

// What a string format promises; shapes of RFC 5322 (simplified), RFC 4122, RFC 3986 and RFC 791.
struct TextFormat {
  const char* name;
  const char* pattern;
};
constexpr TextFormat kTextFormats[] = {
    {"email", R"(^[^\s@"]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$)"},
    {"uuid", "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"},
    {"uri", R"(^[A-Za-z][A-Za-z0-9+.-]*:\S+$)"},
    {"hostname",
     R"(^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$)"},
    {"ipv4", R"(^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$)"},
};

// RFC 4291, without a zone.
bool IsIpv6(std::string_view text) {
  in6_addr address;
  return text.find('\0') == text.npos &&
         inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

void AddPattern(int column, Rule rule, const std::string& pattern, const std::string& detail,
                Checks* checks) {
  auto expression = std::make_shared<const re2::RE2>(pattern, re2::RE2::Quiet);
  checks->push_back(
      std::make_unique<TextCheck>(column, rule, detail, [expression](std::string_view text) {
        return re2::RE2::PartialMatch({text.data(), text.size()}, *expression);
      }));
}

void AddLengths(int index, const Column& column, Checks* checks) {
  std::optional<int64_t> longest = column.max_length;
  if (column.physical_length && (!longest || *column.physical_length < *longest)) {
    longest = column.physical_length;
  }
  if (longest) {
    auto max = static_cast<size_t>(*longest);
    checks->push_back(std::make_unique<TextCheck>(
        index, Rule::kMaxLength, std::to_string(max), [max](std::string_view text) {
          return text.size() <= max || CountCodePoints(text) <= max;
        }));
  }
  if (column.min_length) {
    auto min = static_cast<size_t>(*column.min_length);
    checks->push_back(std::make_unique<TextCheck>(
        index, Rule::kMinLength, std::to_string(min),
        [min](std::string_view text) { return CountCodePoints(text) >= min; }));
  }
}

void AddTextChecks(int index, const Column& column, Checks* checks) {
  AddLengths(index, column, checks);
  if (!column.pattern.empty()) {
    AddPattern(index, Rule::kPattern, column.pattern, column.pattern, checks);
  }
  for (const TextFormat& format : kTextFormats) {
    if (column.format == format.name) {
      AddPattern(index, Rule::kFormat, format.pattern, column.format, checks);
    }
  }
  if (column.format == "ipv6") {
    checks->push_back(std::make_unique<TextCheck>(index, Rule::kFormat, column.format, IsIpv6));
  }
  if (column.enum_values.empty()) return;
  auto allowed = std::make_shared<std::unordered_set<std::string>>(column.enum_values.begin(),
                                                                   column.enum_values.end());
  checks->push_back(std::make_unique<TextCheck>(
      index, Rule::kEnum, JoinValues(column.enum_values),
      [allowed](std::string_view text) { return allowed->contains(std::string(text)); }));
}

// Values of fixed width are the same if their bytes are.
class FixedEnumCheck : public RowCheck {
 public:
  FixedEnumCheck(int column, std::unordered_set<std::string> allowed, std::string detail)
      : column_(column), allowed_(std::move(allowed)), detail_(std::move(detail)) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const arrow::Array& array = *batch.column(column_);
    auto width = static_cast<size_t>(array.type()->byte_width());
    const char* values = reinterpret_cast<const char*>(array.data()->buffers[1]->data()) +
                         static_cast<size_t>(array.offset()) * width;
    std::string value;
    for (int64_t row = 0; row < array.length(); ++row) {
      value.assign(values + static_cast<size_t>(row) * width, width);
      if (!allowed_.contains(value) && array.IsValid(row)) {
        AddIssue(row, column_, Rule::kEnum, detail_, issues);
      }
    }
    return Status::OK();
  }

 private:
  int column_;
  std::unordered_set<std::string> allowed_;
  std::string detail_;
};

class BooleanEnumCheck : public RowCheck {
 public:
  BooleanEnumCheck(int column, bool allows_false, bool allows_true, std::string detail)
      : column_(column), allowed_{allows_false, allows_true}, detail_(std::move(detail)) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const auto& array = static_cast<const arrow::BooleanArray&>(*batch.column(column_));
    for (int64_t row = 0; row < array.length(); ++row) {
      if (array.IsValid(row) && !allowed_[array.Value(row)]) {
        AddIssue(row, column_, Rule::kEnum, detail_, issues);
      }
    }
    return Status::OK();
  }

 private:
  int column_;
  bool allowed_[2];
  std::string detail_;
};

Status AddBooleanEnum(int index, const Column& column, Checks* checks) {
  bool allowed[2] = {false, false};
  for (const std::string& text : column.enum_values) {
    ARROW_ASSIGN_OR_RAISE(auto value, ParseValue(arrow::boolean(), text));
    allowed[static_cast<const arrow::BooleanScalar&>(*value).value] = true;
  }
  checks->push_back(std::make_unique<BooleanEnumCheck>(index, allowed[0], allowed[1],
                                                       JoinValues(column.enum_values)));
  return Status::OK();
}

Status AddEnum(int index, const Column& column, const std::shared_ptr<arrow::DataType>& type,
               Checks* checks) {
  if (type->id() == arrow::Type::BOOL) return AddBooleanEnum(index, column, checks);
  std::unordered_set<std::string> allowed;
  for (const std::string& text : column.enum_values) {
    auto value = ParseValue(type, text);
    const auto* fixed =
        value.ok() ? dynamic_cast<const arrow::internal::PrimitiveScalarBase*>(value->get())
                   : nullptr;
    if (!fixed) {
      return UsageErrorAt(column.place,
                          "enum of " + column.name + ": not a " + type->ToString() + ": " + text);
    }
    allowed.emplace(fixed->view());
  }
  checks->push_back(
      std::make_unique<FixedEnumCheck>(index, std::move(allowed), JoinValues(column.enum_values)));
  return Status::OK();
}

Status AddColumnChecks(int index, const Column& column,
                       const std::shared_ptr<arrow::DataType>& type, Checks* checks) {
  if (column.required) {
    checks->push_back(std::make_unique<RequiredCheck>(index));
    if (type->id() == arrow::Type::DOUBLE) {
      AddValueCheck<arrow::DoubleArray>(
          index, Rule::kNotANumber, "", [](double value) { return value == value; }, checks);
    } else if (type->id() == arrow::Type::FLOAT) {
      AddValueCheck<arrow::FloatArray>(
          index, Rule::kNotANumber, "", [](float value) { return value == value; }, checks);
    }
  }
  if (column.minimum) {
    ARROW_RETURN_NOT_OK(AddBound(index, Rule::kMinimum, *column.minimum, type, checks));
  }
  if (column.maximum) {
    ARROW_RETURN_NOT_OK(AddBound(index, Rule::kMaximum, *column.maximum, type, checks));
  }
  if (column.multiple_of) {
    ARROW_RETURN_NOT_OK(AddMultipleOf(index, *column.multiple_of, *type, checks));
  }
  if (type->id() == arrow::Type::STRING) {
    AddTextChecks(index, column, checks);
  } else if (!column.enum_values.empty()) {
    ARROW_RETURN_NOT_OK(AddEnum(index, column, type, checks));
  }
  return Status::OK();
}

// What is nested in a column: checked as a batch of one column, whose issues become the column's.
class MemberCheck : public RowCheck {
 public:
  MemberCheck(int column, int child, std::string name, Checks checks)
      : column_(column), child_(child), name_(std::move(name)), checks_(std::move(checks)) {}

  Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const override {
    const arrow::Array& parent = *batch.column(column_);
    if (parent.type_id() == arrow::Type::STRUCT) return CheckStruct(parent, issues);
    return CheckItems(static_cast<const arrow::ListArray&>(parent), issues);
  }

 private:
  Status CheckStruct(const arrow::Array& parent, std::vector<CellIssue>* issues) const {
    ARROW_ASSIGN_OR_RAISE(auto values,
                          static_cast<const arrow::StructArray&>(parent).GetFlattenedField(child_));
    ARROW_ASSIGN_OR_RAISE(auto found, Find(std::move(values)));
    for (CellIssue& issue : found) {
      if (parent.IsValid(issue.row)) Add(std::move(issue), name_, issues);
    }
    return Status::OK();
  }

  // Lists, and maps, which are lists of keys and values.
  Status CheckItems(const arrow::ListArray& parent, std::vector<CellIssue>* issues) const {
    if (parent.length() == 0) return Status::OK();
    std::shared_ptr<arrow::Array> values = parent.values();
    if (parent.type_id() == arrow::Type::MAP) {
      ARROW_ASSIGN_OR_RAISE(
          values, static_cast<const arrow::StructArray&>(*values).GetFlattenedField(child_));
    }
    const int32_t begin = parent.value_offset(0);
    ARROW_ASSIGN_OR_RAISE(auto found,
                          Find(values->Slice(begin, parent.value_offset(parent.length()) - begin)));
    std::sort(found.begin(), found.end(),
              [](const CellIssue& a, const CellIssue& b) { return a.row < b.row; });
    int32_t row = 0;
    for (CellIssue& issue : found) {
      const int32_t item = begin + issue.row;
      while (parent.value_offset(row + 1) <= item) ++row;
      issue.row = row;
      const std::string place = "[" + std::to_string(item - parent.value_offset(row)) + "]";
      if (parent.IsValid(row)) Add(std::move(issue), place + name_, issues);
    }
    return Status::OK();
  }

  Result<std::vector<CellIssue>> Find(std::shared_ptr<arrow::Array> values) const {
    const int64_t rows = values->length();
    auto schema = arrow::schema({arrow::field(name_, values->type())});
    const auto batch = arrow::RecordBatch::Make(std::move(schema), rows, {std::move(values)});
    std::vector<CellIssue> found;
    for (const auto& check : checks_) ARROW_RETURN_NOT_OK(check->Check(*batch, &found));
    return found;
  }

  void Add(CellIssue issue, const std::string& member, std::vector<CellIssue>* issues) const {
    const bool joined = issue.member.empty() || issue.member[0] == '[' || member.empty();
    issue.member = member + (joined ? "" : ".") + issue.member;
    issue.column = column_;
    issues->push_back(std::move(issue));
  }

  int column_;
  int child_;
  std::string name_;
  Checks checks_;
};

Status AddMemberChecks(int index, const Column& column, Checks* checks) {
  const arrow::Type::type type = column.type->id();
  if (type != arrow::Type::STRUCT && type != arrow::Type::LIST && type != arrow::Type::MAP) {
    return Status::OK();
  }
  for (size_t i = 0; i < column.children.size(); ++i) {
    const Column& child = column.children[i];
    Checks inner;
    ARROW_RETURN_NOT_OK(AddColumnChecks(0, child, child.type, &inner));
    ARROW_RETURN_NOT_OK(AddMemberChecks(0, child, &inner));
    if (inner.empty()) continue;
    std::string name;
    if (type == arrow::Type::STRUCT) name = child.name;
    if (type == arrow::Type::MAP) name = i == 0 ? ".key" : ".value";
    checks->push_back(std::make_unique<MemberCheck>(index, static_cast<int>(i), std::move(name),
                                                    std::move(inner)));
  }
  return Status::OK();
}

}  // namespace

Result<Checks> MakeColumnChecks(const Table& table, const arrow::Schema& schema) {
  Checks checks;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    int index = schema.GetFieldIndex(table.columns[i].name);
    if (index < 0) continue;
    ARROW_RETURN_NOT_OK(
        AddColumnChecks(index, table.columns[i], schema.field(index)->type(), &checks));
    ARROW_RETURN_NOT_OK(AddMemberChecks(index, table.columns[i], &checks));
  }
  return checks;
}

}  // namespace tamis
