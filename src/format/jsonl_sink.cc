// Writes values column type by column type. See jsonl_sink.h.
#include "format/jsonl_sink.h"

#include <arrow/array.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "base/dictionary.h"
#include "text/base64.h"
#include "text/date.h"
#include "text/json_cursor.h"
#include "text/number.h"

namespace tamis {
namespace {

// The longest value that isn't a text or bytes, with quotes.
constexpr size_t kFixedTextBytes =
    2 + std::max(static_cast<size_t>(kDateTextBytes), static_cast<size_t>(kNumberTextBytes));

static_assert(static_cast<int>(arrow::TimeUnit::NANO) == static_cast<int>(TimeUnit::kNano));
static_assert(static_cast<int>(arrow::TimeUnit::MICRO) == static_cast<int>(TimeUnit::kMicro));

/// Text that grows: at() has room for what Reserve asked for.
class Growing {
 public:
  explicit Growing(std::string* text) : text_(text), used_(text->size()) {}

  char* Reserve(size_t bytes) {
    if (used_ + bytes > text_->size()) text_->resize(std::max(used_ + bytes, text_->size() * 2));
    return text_->data() + used_;
  }
  void Use(const char* end) { used_ = static_cast<size_t>(end - text_->data()); }
  void Put(std::string_view bytes) {
    Use(std::copy(bytes.begin(), bytes.end(), Reserve(bytes.size())));
  }
  void PutText(std::string_view text) {
    Use(PutJsonText(text, Reserve(JsonTextBytesMax(text.size()))));
  }
  /// Takes back the last byte.
  void Drop() { --used_; }
  void Finish() { text_->resize(used_); }

 private:
  std::string* text_;
  size_t used_;
};

/// Writes the values of one array. Row numbers are the array's.
class ValueWriter {
 public:
  virtual ~ValueWriter() = default;
  /// Writes the value of a row that is not NULL.
  virtual void Put(int64_t row, Growing* out) const = 0;
  /// Writes it as the name of a member.
  virtual void PutName(int64_t row, Growing* out) const = 0;
};

using Writer = std::unique_ptr<ValueWriter>;

Writer MakeWriter(const arrow::Array& array, bool write_nulls);

void PutOrNull(const arrow::Array& array, const ValueWriter& writer, int64_t row, Growing* out) {
  if (array.IsNull(row)) {
    out->Put("null");
  } else {
    writer.Put(row, out);
  }
}

/// Values whose text is short. `Format` is char* operator()(const ArrayType&, int64_t, char*).
template <typename ArrayType, typename Format>
class FixedWriter : public ValueWriter {
 public:
  FixedWriter(const arrow::Array& array, bool quoted, Format format)
      : array_(static_cast<const ArrayType&>(array)), quoted_(quoted), format_(format) {}

  void Put(int64_t row, Growing* out) const override { PutIn(quoted_, row, out); }
  void PutName(int64_t row, Growing* out) const override { PutIn(true, row, out); }

 private:
  void PutIn(bool quotes, int64_t row, Growing* out) const {
    char* to = out->Reserve(kFixedTextBytes);
    if (quotes) *to++ = '"';
    to = format_(array_, row, to);
    if (quotes) *to++ = '"';
    out->Use(to);
  }

  const ArrayType& array_;
  bool quoted_;
  Format format_;
};

template <typename ArrayType, typename Format>
Writer Fixed(const arrow::Array& array, bool quoted, Format format) {
  return std::make_unique<FixedWriter<ArrayType, Format>>(array, quoted, format);
}

template <typename ArrayType>
Writer Signed(const arrow::Array& array) {
  return Fixed<ArrayType>(array, false, [](const ArrayType& values, int64_t row, char* out) {
    return FormatInt64(values.Value(row), out);
  });
}

template <typename ArrayType>
Writer Unsigned(const arrow::Array& array) {
  return Fixed<ArrayType>(array, false, [](const ArrayType& values, int64_t row, char* out) {
    return FormatUInt64(values.Value(row), out);
  });
}

char* PutNull(char* out) { return std::copy_n("null", 4, out); }

Writer Doubles(const arrow::Array& array) {
  return Fixed<arrow::DoubleArray>(
      array, false, [](const arrow::DoubleArray& values, int64_t row, char* out) {
        const double value = values.Value(row);
        return std::isfinite(value) ? FormatDouble(value, out) : PutNull(out);
      });
}

Writer Floats(const arrow::Array& array) {
  return Fixed<arrow::FloatArray>(
      array, false, [](const arrow::FloatArray& values, int64_t row, char* out) {
        const float value = values.Value(row);
        return std::isfinite(value) ? FormatFloat(value, out) : PutNull(out);
      });
}

Writer Decimals(const arrow::Array& array) {
  const int scale = static_cast<const arrow::Decimal128Type&>(*array.type()).scale();
  return Fixed<arrow::Decimal128Array>(
      array, false, [scale](const arrow::Decimal128Array& values, int64_t row, char* out) {
        __int128 value;
        std::memcpy(&value, values.GetValue(row), 16);
        return FormatDecimal(value, scale, out);
      });
}

template <typename ArrayType>
Writer Times(const arrow::Array& array) {
  const auto unit =
      static_cast<TimeUnit>(static_cast<const arrow::TimeType&>(*array.type()).unit());
  return Fixed<ArrayType>(array, true, [unit](const ArrayType& values, int64_t row, char* out) {
    return FormatTime(values.Value(row), unit, out);
  });
}

Writer Timestamps(const arrow::Array& array) {
  const auto& type = static_cast<const arrow::TimestampType&>(*array.type());
  const auto unit = static_cast<TimeUnit>(type.unit());
  const bool utc = !type.timezone().empty();
  return Fixed<arrow::TimestampArray>(
      array, true, [unit, utc](const arrow::TimestampArray& values, int64_t row, char* out) {
        return utc ? FormatUtcTimestamp(values.Value(row), unit, out)
                   : FormatLocalTimestamp(values.Value(row), unit, out);
      });
}

template <typename ArrayType>
class TextWriter : public ValueWriter {
 public:
  explicit TextWriter(const arrow::Array& array) : array_(static_cast<const ArrayType&>(array)) {}
  void Put(int64_t row, Growing* out) const override { out->PutText(array_.GetView(row)); }
  void PutName(int64_t row, Growing* out) const override { Put(row, out); }

 private:
  const ArrayType& array_;
};

class BinaryWriter : public ValueWriter {
 public:
  explicit BinaryWriter(const arrow::Array& array)
      : array_(static_cast<const arrow::BinaryArray&>(array)) {}
  void Put(int64_t row, Growing* out) const override {
    const std::string_view bytes = array_.GetView(row);
    char* to = out->Reserve(Base64Bytes(bytes.size()) + 2);
    *to++ = '"';
    to = PutBase64(bytes, to);
    *to++ = '"';
    out->Use(to);
  }
  void PutName(int64_t row, Growing* out) const override { Put(row, out); }

 private:
  const arrow::BinaryArray& array_;
};

/// The dictionary's values are made once.
class DictionaryWriter : public ValueWriter {
 public:
  DictionaryWriter(const arrow::Array& array, bool write_nulls)
      : array_(static_cast<const arrow::DictionaryArray&>(array)) {
    const arrow::Array& values = *array_.dictionary();
    const Writer writer = MakeWriter(values, write_nulls);
    for (int64_t i = 0; i < values.length(); ++i) {
      std::string entry;
      Growing text(&entry);
      PutOrNull(values, *writer, i, &text);
      text.Finish();
      entries_.push_back(std::move(entry));
    }
  }
  void Put(int64_t row, Growing* out) const override {
    out->Put(entries_[static_cast<size_t>(array_.GetValueIndex(row))]);
  }
  void PutName(int64_t row, Growing* out) const override { Put(row, out); }

 private:
  const arrow::DictionaryArray& array_;
  std::vector<std::string> entries_;
};

/// The members of an object: of a row, or of a struct.
class MembersWriter {
 public:
  MembersWriter(const arrow::FieldVector& fields, const arrow::ArrayVector& arrays,
                bool write_nulls)
      : write_nulls_(write_nulls) {
    for (size_t i = 0; i < arrays.size(); ++i) {
      std::string literal;
      Growing text(&literal);
      text.PutText(fields[i]->name());
      text.Put(":");
      text.Finish();
      members_.push_back({std::move(literal), arrays[i], MakeWriter(*arrays[i], write_nulls)});
    }
  }

  void Put(int64_t row, Growing* out) const {
    out->Put("{");
    bool any = false;
    for (const Member& member : members_) {
      const bool null = member.array->IsNull(row);
      if (null && !write_nulls_) continue;
      out->Put(member.literal);
      if (null) {
        out->Put("null,");
      } else {
        member.writer->Put(row, out);
        out->Put(",");
      }
      any = true;
    }
    if (any) out->Drop();
    out->Put("}");
  }

 private:
  struct Member {
    std::string literal;  // its name, quotes and the colon
    std::shared_ptr<arrow::Array> array;
    Writer writer;
  };

  std::vector<Member> members_;
  bool write_nulls_;
};

/// Nested values are no names.
class NestedWriter : public ValueWriter {
 public:
  void PutName(int64_t row, Growing* out) const override { Put(row, out); }
};

class StructWriter : public NestedWriter {
 public:
  StructWriter(const arrow::StructArray& array, bool write_nulls)
      : members_(array.type()->fields(), array.fields(), write_nulls) {}
  void Put(int64_t row, Growing* out) const override { members_.Put(row, out); }

 private:
  MembersWriter members_;
};

template <typename ArrayType>
class ListWriter : public NestedWriter {
 public:
  ListWriter(const arrow::Array& array, bool write_nulls)
      : array_(static_cast<const ArrayType&>(array)),
        items_(MakeWriter(*array_.values(), write_nulls)) {}
  void Put(int64_t row, Growing* out) const override {
    const int64_t begin = array_.value_offset(row), end = begin + array_.value_length(row);
    out->Put("[");
    for (int64_t item = begin; item < end; ++item) {
      if (item != begin) out->Put(",");
      PutOrNull(*array_.values(), *items_, item, out);
    }
    out->Put("]");
  }

 private:
  const ArrayType& array_;
  Writer items_;
};

class MapWriter : public NestedWriter {
 public:
  MapWriter(const arrow::Array& array, bool write_nulls)
      : array_(static_cast<const arrow::MapArray&>(array)),
        keys_(MakeWriter(*array_.keys(), write_nulls)),
        values_(MakeWriter(*array_.items(), write_nulls)) {}
  void Put(int64_t row, Growing* out) const override {
    const int64_t begin = array_.value_offset(row), end = begin + array_.value_length(row);
    out->Put("{");
    for (int64_t item = begin; item < end; ++item) {
      if (item != begin) out->Put(",");
      keys_->PutName(item, out);
      out->Put(":");
      PutOrNull(*array_.items(), *values_, item, out);
    }
    out->Put("}");
  }

 private:
  const arrow::MapArray& array_;
  Writer keys_;
  Writer values_;
};

/// The writer of a flat array; null for other types.
Writer MakeFixedWriter(const arrow::Array& array) {
  switch (array.type_id()) {
    case arrow::Type::BOOL:
      return Fixed<arrow::BooleanArray>(
          array, false, [](const arrow::BooleanArray& values, int64_t row, char* out) {
            return FormatBool(values.Value(row), out);
          });
    case arrow::Type::INT8:
      return Signed<arrow::Int8Array>(array);
    case arrow::Type::INT16:
      return Signed<arrow::Int16Array>(array);
    case arrow::Type::INT32:
      return Signed<arrow::Int32Array>(array);
    case arrow::Type::INT64:
      return Signed<arrow::Int64Array>(array);
    case arrow::Type::UINT8:
      return Unsigned<arrow::UInt8Array>(array);
    case arrow::Type::UINT16:
      return Unsigned<arrow::UInt16Array>(array);
    case arrow::Type::UINT32:
      return Unsigned<arrow::UInt32Array>(array);
    case arrow::Type::UINT64:
      return Unsigned<arrow::UInt64Array>(array);
    case arrow::Type::FLOAT:
      return Floats(array);
    case arrow::Type::DOUBLE:
      return Doubles(array);
    case arrow::Type::DECIMAL128:
      return Decimals(array);
    case arrow::Type::DATE32:
      return Fixed<arrow::Date32Array>(
          array, true, [](const arrow::Date32Array& values, int64_t row, char* out) {
            return FormatDate(values.Value(row), out);
          });
    case arrow::Type::TIME32:
      return Times<arrow::Time32Array>(array);
    case arrow::Type::TIME64:
      return Times<arrow::Time64Array>(array);
    case arrow::Type::TIMESTAMP:
      return Timestamps(array);
    default:
      return nullptr;
  }
}

Writer MakeWriter(const arrow::Array& array, bool write_nulls) {
  switch (array.type_id()) {
    case arrow::Type::STRING:
      return std::make_unique<TextWriter<arrow::StringArray>>(array);
    case arrow::Type::LARGE_STRING:
      return std::make_unique<TextWriter<arrow::LargeStringArray>>(array);
    case arrow::Type::BINARY:
      return std::make_unique<BinaryWriter>(array);
    case arrow::Type::DICTIONARY:
      return std::make_unique<DictionaryWriter>(array, write_nulls);
    case arrow::Type::STRUCT:
      return std::make_unique<StructWriter>(static_cast<const arrow::StructArray&>(array),
                                            write_nulls);
    case arrow::Type::LIST:
      return std::make_unique<ListWriter<arrow::ListArray>>(array, write_nulls);
    case arrow::Type::LARGE_LIST:
      return std::make_unique<ListWriter<arrow::LargeListArray>>(array, write_nulls);
    case arrow::Type::FIXED_SIZE_LIST:
      return std::make_unique<ListWriter<arrow::FixedSizeListArray>>(array, write_nulls);
    case arrow::Type::MAP:
      return std::make_unique<MapWriter>(array, write_nulls);
    default:
      return MakeFixedWriter(array);
  }
}

/// Whether JSON has values for a type and all in it.
bool HasJson(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::BOOL:
    case arrow::Type::INT8:
    case arrow::Type::INT16:
    case arrow::Type::INT32:
    case arrow::Type::INT64:
    case arrow::Type::UINT8:
    case arrow::Type::UINT16:
    case arrow::Type::UINT32:
    case arrow::Type::UINT64:
    case arrow::Type::FLOAT:
    case arrow::Type::DOUBLE:
    case arrow::Type::DECIMAL128:
    case arrow::Type::DATE32:
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
    case arrow::Type::TIMESTAMP:
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::BINARY:
      return true;
    case arrow::Type::DICTIONARY:
      return HasJson(*static_cast<const arrow::DictionaryType&>(type).value_type());
    case arrow::Type::MAP:
      return static_cast<const arrow::MapType&>(type).key_type()->num_fields() == 0 &&
             HasJson(*type.field(0)->type());
    case arrow::Type::STRUCT:
    case arrow::Type::LIST:
    case arrow::Type::LARGE_LIST:
    case arrow::Type::FIXED_SIZE_LIST:
      return std::all_of(type.fields().begin(), type.fields().end(),
                         [](const auto& field) { return HasJson(*field->type()); });
    default:
      return false;
  }
}

}  // namespace

JsonlFormatter::JsonlFormatter(std::shared_ptr<arrow::Schema> schema, bool write_nulls)
    : schema_(std::move(schema)), write_nulls_(write_nulls) {}

Result<JsonlFormatter> JsonlFormatter::Make(std::shared_ptr<arrow::Schema> schema,
                                            const FormatOptions& format) {
  if (format.encoding != "utf-8") {
    return UsageError("JSON lines are utf-8, not " + format.encoding, "leave encoding out");
  }
  for (const auto& field : schema->fields()) {
    if (!HasJson(*field->type())) {
      return UsageError("JSON lines have no values for column " + field->name() + " of type " +
                            field->type()->ToString(),
                        "leave it out, or write parquet");
    }
  }
  return JsonlFormatter(std::move(schema), format.write_nulls);
}

Status JsonlFormatter::AppendRows(const arrow::RecordBatch& batch, std::string* out) const {
  if (batch.num_columns() != schema_->num_fields()) {
    return Status::Invalid("a batch of ", batch.num_columns(), " columns for JSON lines of ",
                           schema_->num_fields());
  }
  for (int c = 0; c < batch.num_columns(); ++c) {
    const auto type = DictionaryValueType(batch.column(c)->type());
    if (!type->Equals(*DictionaryValueType(schema_->field(c)->type()))) {
      return Status::Invalid("column ", schema_->field(c)->name(), " of a batch is ",
                             type->ToString(), ", not ", schema_->field(c)->type()->ToString());
    }
  }
  const MembersWriter row_writer(schema_->fields(), batch.columns(), write_nulls_);
  Growing text(out);
  for (int64_t row = 0; row < batch.num_rows(); ++row) {
    row_writer.Put(row, &text);
    text.Put("\n");
  }
  text.Finish();
  return Status::OK();
}

Result<std::unique_ptr<TextSink>> OpenJsonlSink(std::unique_ptr<WritableFile> file,
                                                std::shared_ptr<arrow::Schema> schema,
                                                const FormatOptions& format) {
  ARROW_ASSIGN_OR_RAISE(JsonlFormatter formatter, JsonlFormatter::Make(std::move(schema), format));
  return TextSink::Make(std::move(file), std::make_unique<JsonlFormatter>(std::move(formatter)));
}

}  // namespace tamis
