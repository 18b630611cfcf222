// Formats rows as CSV. See csv_sink.h.
#include "format/csv_sink.h"

#include <arrow/array.h>
#include <arrow/type.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>

#include "contract/types.h"
#include "format/csv_header.h"
#include "text/date.h"
#include "text/number.h"

namespace tamis {
namespace {

// The longest text of a value that isn't text.
constexpr size_t kFixedTextBytes =
    std::max(static_cast<size_t>(kDateTextBytes), static_cast<size_t>(kNumberTextBytes));

TimeUnit UnitOf(arrow::TimeUnit::type unit) { return static_cast<TimeUnit>(unit); }

static_assert(static_cast<int>(arrow::TimeUnit::NANO) == static_cast<int>(TimeUnit::kNano));
static_assert(static_cast<int>(arrow::TimeUnit::MICRO) == static_cast<int>(TimeUnit::kMicro));

using PutValue = char* (*)(const arrow::Array&, int64_t row, char* out);

template <typename ArrayType>
char* PutSigned(const arrow::Array& array, int64_t row, char* out) {
  return FormatInt64(static_cast<const ArrayType&>(array).Value(row), out);
}

template <typename ArrayType>
char* PutUnsigned(const arrow::Array& array, int64_t row, char* out) {
  return FormatUInt64(static_cast<const ArrayType&>(array).Value(row), out);
}

char* PutBool(const arrow::Array& array, int64_t row, char* out) {
  return FormatBool(static_cast<const arrow::BooleanArray&>(array).Value(row), out);
}

char* PutFloat(const arrow::Array& array, int64_t row, char* out) {
  return FormatFloat(static_cast<const arrow::FloatArray&>(array).Value(row), out);
}

char* PutDouble(const arrow::Array& array, int64_t row, char* out) {
  return FormatDouble(static_cast<const arrow::DoubleArray&>(array).Value(row), out);
}

char* PutDecimal(const arrow::Array& array, int64_t row, char* out) {
  __int128 value;
  std::memcpy(&value, static_cast<const arrow::Decimal128Array&>(array).GetValue(row), 16);
  return FormatDecimal(value, static_cast<const arrow::Decimal128Type&>(*array.type()).scale(),
                       out);
}

char* PutDate(const arrow::Array& array, int64_t row, char* out) {
  return FormatDate(static_cast<const arrow::Date32Array&>(array).Value(row), out);
}

char* PutTime32(const arrow::Array& array, int64_t row, char* out) {
  return FormatTime(static_cast<const arrow::Time32Array&>(array).Value(row),
                    UnitOf(static_cast<const arrow::Time32Type&>(*array.type()).unit()), out);
}

char* PutTime64(const arrow::Array& array, int64_t row, char* out) {
  return FormatTime(static_cast<const arrow::Time64Array&>(array).Value(row),
                    UnitOf(static_cast<const arrow::Time64Type&>(*array.type()).unit()), out);
}

char* PutTimestamp(const arrow::Array& array, int64_t row, char* out) {
  const auto& type = static_cast<const arrow::TimestampType&>(*array.type());
  const int64_t value = static_cast<const arrow::TimestampArray&>(array).Value(row);
  return type.timezone().empty() ? FormatLocalTimestamp(value, UnitOf(type.unit()), out)
                                 : FormatUtcTimestamp(value, UnitOf(type.unit()), out);
}

bool IsText(const arrow::DataType& type) {
  return type.id() == arrow::Type::STRING || type.id() == arrow::Type::BINARY;
}

/// The formatter of a flat type that isn't text; null for others.
PutValue PutOf(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::BOOL:
      return PutBool;
    case arrow::Type::INT8:
      return PutSigned<arrow::Int8Array>;
    case arrow::Type::INT16:
      return PutSigned<arrow::Int16Array>;
    case arrow::Type::INT32:
      return PutSigned<arrow::Int32Array>;
    case arrow::Type::INT64:
      return PutSigned<arrow::Int64Array>;
    case arrow::Type::UINT8:
      return PutUnsigned<arrow::UInt8Array>;
    case arrow::Type::UINT16:
      return PutUnsigned<arrow::UInt16Array>;
    case arrow::Type::UINT32:
      return PutUnsigned<arrow::UInt32Array>;
    case arrow::Type::UINT64:
      return PutUnsigned<arrow::UInt64Array>;
    case arrow::Type::FLOAT:
      return PutFloat;
    case arrow::Type::DOUBLE:
      return PutDouble;
    case arrow::Type::DECIMAL128:
      return PutDecimal;
    case arrow::Type::DATE32:
      return PutDate;
    case arrow::Type::TIME32:
      return PutTime32;
    case arrow::Type::TIME64:
      return PutTime64;
    case arrow::Type::TIMESTAMP:
      return PutTimestamp;
    default:
      return nullptr;
  }
}

const arrow::DataType& ValueType(const arrow::DataType& type) {
  if (type.id() != arrow::Type::DICTIONARY) return type;
  return *static_cast<const arrow::DictionaryType&>(type).value_type();
}

/// What quoting has to know.
struct Quoting {
  const FormatOptions& format;

  bool IsNullText(std::string_view text) const {
    return std::find(format.null_values.begin(), format.null_values.end(), text) !=
           format.null_values.end();
  }

  bool HasSpecial(std::string_view text) const {
    // Eight bytes at a time: a zero byte of `word ^ pattern` is a match.
    const char specials[] = {format.delimiter, '\n', '\r',
                             format.quote ? format.quote : format.delimiter};
    const char* p = text.data();
    const char* const end = p + text.size();
    for (; end - p >= 8; p += 8) {
      uint64_t word;
      std::memcpy(&word, p, 8);
      uint64_t hit = 0;
      for (char special : specials) {
        const uint64_t x = word ^ (0x0101010101010101 * static_cast<uint8_t>(special));
        hit |= (x - 0x0101010101010101) & ~x;
      }
      if (hit & 0x8080808080808080) return true;
    }
    return std::any_of(p, end, [&](char c) {
      return c == specials[0] || c == '\n' || c == '\r' || c == specials[3];
    });
  }

  bool Needed(std::string_view text, bool first_field) const {
    if (IsNullText(text) || HasSpecial(text)) return true;
    if (text.empty()) return false;
    if (!first_field) return false;
    return (format.comment && text.front() == format.comment) || text.starts_with("\xEF\xBB\xBF");
  }

  /// Appends `text` in quotes; at most 2 * size + 2 bytes.
  char* PutQuoted(std::string_view text, char* out) const {
    *out++ = format.quote;
    for (char c : text) {
      if (c == format.quote || c == format.escape) *out++ = format.escape;
      *out++ = c;
    }
    *out++ = format.quote;
    return out;
  }
};

/// A column of one batch, ready to be put row by row.
struct ColumnText {
  const arrow::Array* values = nullptr;  // flat, or the dictionary's indices
  PutValue put = nullptr;                // not for text
  std::vector<std::string> entries;      // texts of a dictionary, quoted where needed
  const arrow::DictionaryArray* encoded = nullptr;
  bool quote_always = false;
  bool first_field = false;
};

/// One call of AppendRows.
class RowWriter {
 public:
  RowWriter(const FormatOptions& format, const arrow::Schema& schema, bool quote_numbers)
      : quoting_{format}, schema_(schema), quote_numbers_(quote_numbers) {
    null_text_ = quoting_.IsNullText("") || format.null_values.empty() ? std::string()
                                                                       : format.null_values.front();
  }

  Status Prepare(const arrow::RecordBatch& batch) {
    columns_.resize(static_cast<size_t>(batch.num_columns()));
    for (int c = 0; c < batch.num_columns(); ++c) {
      ColumnText& column = columns_[static_cast<size_t>(c)];
      column.values = batch.column(c).get();
      column.first_field = c == 0;
      column.quote_always = quote_numbers_;
      ARROW_RETURN_NOT_OK(CheckNulls(c, *column.values));
      if (column.values->type_id() == arrow::Type::DICTIONARY) {
        column.encoded = static_cast<const arrow::DictionaryArray*>(column.values);
        ARROW_RETURN_NOT_OK(PrepareEntries(c, &column));
      } else {
        column.put = PutOf(*column.values->type());
      }
    }
    return Status::OK();
  }

  Status PutRows(int64_t rows, std::string* out) {
    size_t used = out->size();
    for (int64_t row = 0; row < rows; ++row) {
      const size_t need = used + RowBytesMax(row);
      if (need > out->size()) out->resize(std::max(need, out->size() * 2));
      char* to = out->data() + used;
      for (size_t c = 0; c < columns_.size(); ++c) {
        if (c != 0) *to++ = quoting_.format.delimiter;
        ARROW_ASSIGN_OR_RAISE(to, PutCell(c, row, to));
      }
      *to++ = '\n';
      used = static_cast<size_t>(to - out->data());
    }
    out->resize(used);
    return Status::OK();
  }

 private:
  // Without a text for NULL it would read back as the empty text.
  Status CheckNulls(int c, const arrow::Array& values) const {
    if (!quoting_.format.null_values.empty() || values.null_count() == 0) return Status::OK();
    return DataError("column " + schema_.field(c)->name() +
                         " holds NULL, and CSV with empty null_values has no text for it",
                     "list one in null_values, or give the values a text: coalesce(" +
                         schema_.field(c)->name() + ", ...)");
  }

  Status PrepareEntries(int c, ColumnText* column) {
    ColumnText flat;
    flat.values = column->encoded->dictionary().get();
    flat.put = PutOf(*flat.values->type());
    flat.quote_always = column->quote_always;
    flat.first_field = column->first_field;
    for (int64_t i = 0; i < flat.values->length(); ++i) {
      std::string entry(CellBytesMax(flat, i), '\0');
      ARROW_ASSIGN_OR_RAISE(char* end, PutFlat(flat, c, i, entry.data()));
      entry.resize(static_cast<size_t>(end - entry.data()));
      column->entries.push_back(std::move(entry));
    }
    return Status::OK();
  }

  size_t CellBytesMax(const ColumnText& column, int64_t row) const {
    if (column.values->IsNull(row)) return null_text_.size() + 1;
    if (column.encoded) {
      return column.entries[static_cast<size_t>(column.encoded->GetValueIndex(row))].size() + 1;
    }
    if (column.put) return 2 * kFixedTextBytes + 3;
    return static_cast<const arrow::BinaryArray*>(column.values)->GetView(row).size() * 2 + 3;
  }

  size_t RowBytesMax(int64_t row) const {
    size_t bytes = 1;
    for (const ColumnText& column : columns_) bytes += CellBytesMax(column, row);
    return bytes;
  }

  Result<char*> PutCell(size_t c, int64_t row, char* out) const {
    const ColumnText& column = columns_[c];
    if (column.encoded && !column.values->IsNull(row)) {
      const auto index = static_cast<size_t>(column.encoded->GetValueIndex(row));
      const std::string& entry = column.entries[index];
      return std::copy(entry.begin(), entry.end(), out);
    }
    return PutFlat(column, static_cast<int>(c), row, out);
  }

  Result<char*> PutFlat(const ColumnText& column, int c, int64_t row, char* out) const {
    if (column.values->IsNull(row)) return std::copy(null_text_.begin(), null_text_.end(), out);
    if (column.put && !column.quote_always) return column.put(*column.values, row, out);
    if (column.put) {
      char text[kFixedTextBytes];
      const char* end = column.put(*column.values, row, text);
      return PutText({text, static_cast<size_t>(end - text)}, column, c, out);
    }
    const auto& texts = static_cast<const arrow::BinaryArray&>(*column.values);
    return PutText(texts.GetView(row), column, c, out);
  }

  Result<char*> PutText(std::string_view text, const ColumnText& column, int c, char* out) const {
    if (!quoting_.Needed(text, column.first_field)) return std::copy(text.begin(), text.end(), out);
    if (quoting_.format.quote) return quoting_.PutQuoted(text, out);
    if (!quoting_.HasSpecial(text)) return std::copy(text.begin(), text.end(), out);
    return DataError("column " + schema_.field(c)->name() +
                         " holds the delimiter or a line end, and the CSV format has no quote",
                     "set a quote, or another delimiter");
  }

  Quoting quoting_;
  const arrow::Schema& schema_;
  bool quote_numbers_;
  std::string null_text_;
  std::vector<ColumnText> columns_;
};

/// UTF-8 from `begin` on to Latin-1, in place.
Status ToLatin1(size_t begin, std::string* text) {
  size_t to = begin;
  for (size_t at = begin; at < text->size(); ++at) {
    const uint8_t byte = static_cast<uint8_t>((*text)[at]);
    if (byte < 0x80) {
      (*text)[to++] = (*text)[at];
      continue;
    }
    const bool two = (byte == 0xC2 || byte == 0xC3) && at + 1 < text->size();
    if (!two) {
      return DataError("a value has characters that Latin-1 doesn't have",
                       "write CSV with encoding: utf-8");
    }
    const uint8_t next = static_cast<uint8_t>((*text)[++at]);
    (*text)[to++] = static_cast<char>((byte & 3) << 6 | (next & 0x3F));
  }
  text->resize(to);
  return Status::OK();
}

}  // namespace

CsvFormatter::CsvFormatter(std::shared_ptr<arrow::Schema> schema, FormatOptions format)
    : schema_(std::move(schema)), format_(std::move(format)) {
  for (char c : {format_.delimiter, format_.quote}) {
    quote_numbers_ |= c != '\0' && (std::isalnum(static_cast<uint8_t>(c)) ||
                                    std::string_view("+-.:").find(c) != std::string_view::npos);
  }
  for (const std::string& text : format_.null_values) quote_numbers_ |= !text.empty();
}

Result<CsvFormatter> CsvFormatter::Make(std::shared_ptr<arrow::Schema> schema,
                                        FormatOptions format) {
  ARROW_RETURN_NOT_OK(DialectOf(format).status());
  for (const auto& field : schema->fields()) {
    const arrow::DataType& type = ValueType(*field->type());
    if (!IsText(type) && !PutOf(type)) {
      return UsageError(
          "CSV has no text for column " + field->name() + " of type " + field->type()->ToString(),
          "select flat columns, or write jsonl or parquet");
    }
  }
  return CsvFormatter(std::move(schema), std::move(format));
}

std::string CsvFormatter::Header() const {
  if (!format_.header) return "";
  const Quoting quoting{format_};
  std::string header;
  for (int c = 0; c < schema_->num_fields(); ++c) {
    const std::string& name = schema_->field(c)->name();
    if (c != 0) header += format_.delimiter;
    if (!format_.quote || !quoting.Needed(name, c == 0)) {
      header += name;
      continue;
    }
    std::string quoted(name.size() * 2 + 2, '\0');
    quoted.resize(static_cast<size_t>(quoting.PutQuoted(name, quoted.data()) - quoted.data()));
    header += quoted;
  }
  return header + "\n";
}

Status CsvFormatter::AppendRows(const arrow::RecordBatch& batch, std::string* out) const {
  if (batch.num_columns() != schema_->num_fields()) {
    return Status::Invalid("a batch of ", batch.num_columns(), " columns for a CSV of ",
                           schema_->num_fields());
  }
  for (int c = 0; c < batch.num_columns(); ++c) {
    const arrow::DataType& type = ValueType(*batch.column(c)->type());
    if (!type.Equals(ValueType(*schema_->field(c)->type()))) {
      return Status::Invalid("column ", schema_->field(c)->name(), " of a batch is ",
                             type.ToString(), ", not ", schema_->field(c)->type()->ToString());
    }
  }
  const size_t begin = out->size();
  RowWriter writer(format_, *schema_, quote_numbers_);
  ARROW_RETURN_NOT_OK(writer.Prepare(batch));
  ARROW_RETURN_NOT_OK(writer.PutRows(batch.num_rows(), out));
  return format_.encoding == "latin-1" ? ToLatin1(begin, out) : Status::OK();
}

Result<std::unique_ptr<TextSink>> OpenCsvSink(std::unique_ptr<WritableFile> file,
                                              std::shared_ptr<arrow::Schema> schema,
                                              FormatOptions format) {
  ARROW_ASSIGN_OR_RAISE(CsvFormatter formatter,
                        CsvFormatter::Make(std::move(schema), std::move(format)));
  return TextSink::Make(std::move(file), std::make_unique<CsvFormatter>(std::move(formatter)));
}

}  // namespace tamis
