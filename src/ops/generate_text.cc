// Lays columns out as CSV: quotes, delimiters, NULL. See generate_text.h.
#include "ops/generate_text.h"

#include <algorithm>
#include <bitset>

namespace tamis {
namespace {

using Charset = std::bitset<256>;

Charset CharsOf(std::string_view text) {
  Charset set;
  for (char c : text) set.set(static_cast<unsigned char>(c));
  return set;
}

Charset PartChars(const Part& part) {
  Charset set;
  switch (part.kind) {
    case Part::Kind::kText:
      return CharsOf(part.text);
    case Part::Kind::kWord:
      for (const std::string& word : part.words->words()) set |= CharsOf(word);
      return set;
    case Part::Kind::kUuid:
      return CharsOf("0123456789abcdef-");
    case Part::Kind::kFunction:
      return CharsOf(part.function->bytes());
    case Part::Kind::kDouble:
    case Part::Kind::kFloat:
      return CharsOf("0123456789+-.einfatyIN");
    case Part::Kind::kBytes:
      return set.set();
    default:
      return CharsOf("0123456789-.:TZ");
  }
}

bool MayBeEmpty(const Part& part) {
  switch (part.kind) {
    case Part::Kind::kText:
      return part.text.empty();
    case Part::Kind::kWord:
      return std::any_of(part.words->words().begin(), part.words->words().end(),
                         [](const std::string& word) { return word.empty(); });
    case Part::Kind::kFunction:
      return part.function->length_min() == 0;
    default:
      return IsUnbounded(part);
  }
}

// Text with quotes and escapes doubled, without the quotes around it.
char* Escape(std::string_view text, const FormatOptions& format, char* out) {
  for (char c : text) {
    if (c == format.quote || c == format.escape) *out++ = format.escape;
    *out++ = c;
  }
  return out;
}

std::string Escaped(std::string_view text, const FormatOptions& format) {
  std::string escaped(2 * text.size(), '\0');
  escaped.resize(static_cast<size_t>(Escape(text, format, escaped.data()) - escaped.data()));
  return escaped;
}

bool MustQuote(std::string_view text, const FormatOptions& format, bool first_column) {
  bool special = text.empty() || (first_column && text[0] == format.comment);
  for (char c : text) {
    special |= c == format.delimiter || c == format.quote || c == '\n' || c == '\r';
  }
  const std::vector<std::string>& nulls = format.null_values;
  return special || std::find(nulls.begin(), nulls.end(), text) != nulls.end();
}

// A text in a field that is quoted as a whole.
class EscapeInside : public TextEscape {
 public:
  explicit EscapeInside(const FormatOptions& format) : format_(format) {}

  char* Write(std::string_view text, char* out) const override {
    return Escape(text, format_, out);
  }
  size_t BytesMax(size_t text_bytes) const override { return 2 * text_bytes; }

 private:
  FormatOptions format_;
};

// A text that is its field: quoted if it must be.
class EscapeField : public TextEscape {
 public:
  EscapeField(const FormatOptions& format, bool first_column)
      : format_(format), first_column_(first_column) {}

  char* Write(std::string_view text, char* out) const override {
    if (!MustQuote(text, format_, first_column_)) return std::copy(text.begin(), text.end(), out);
    *out++ = format_.quote;
    out = Escape(text, format_, out);
    *out++ = format_.quote;
    return out;
  }
  size_t BytesMax(size_t text_bytes) const override { return 2 * text_bytes + 2; }

 private:
  FormatOptions format_;
  bool first_column_;
};

}  // namespace

// Adds the pieces of each column.
class CsvCompiler {
 public:
  CsvCompiler(std::shared_ptr<const RowProgram> rows, const FormatOptions& format)
      : rows_(*rows),
        format_(format),
        inside_(std::make_shared<const EscapeInside>(format)),
        pieces_(std::move(rows)) {}

  Result<CsvProgram> Compile() && {
    CsvProgram program;
    ARROW_ASSIGN_OR_RAISE(program.header_, Header());
    for (size_t i = 0; i < rows_.columns.size(); ++i) {
      if (i > 0) pieces_.Literal({&format_.delimiter, 1});
      ARROW_RETURN_NOT_OK(AddColumn(rows_.columns[i], i == 0));
    }
    pieces_.Literal("\n");
    program.pieces_ = std::move(pieces_).Finish();
    return program;
  }

 private:
  Status CannotQuote(const std::string& column) const {
    return UsageError(
        "column " + column + " can hold the delimiter, and the format has no quote character",
        "set quote in tamis.format");
  }

  std::string Quoted(std::string_view text) const {
    return format_.quote + Escaped(text, format_) + format_.quote;
  }

  // Whether a column of several parts, or of values too many for a table, must be quoted in any
  // row.
  bool MayNeedQuotes(const ColumnOutput& column, bool first_column) const {
    Charset chars;
    size_t bytes_max = 0, bytes_min = 0;
    for (const Part& part : column.parts) {
      if (IsUnbounded(part)) return true;
      chars |= PartChars(part);
      bytes_max += PartBytesMax(part, rows_);
      if (part.guard == kAlways && !MayBeEmpty(part)) ++bytes_min;
    }
    if (bytes_max == 0 || bytes_min == 0) return true;
    std::string special = {format_.delimiter, '\n', '\r'};
    if (format_.quote) special += format_.quote;
    if (first_column && format_.comment) special += format_.comment;
    if ((chars & CharsOf(special)).any()) return true;
    return std::any_of(
        format_.null_values.begin(), format_.null_values.end(), [&](const std::string& null) {
          return !null.empty() && null.size() <= bytes_max && (CharsOf(null) & ~chars).none();
        });
  }

  Status AddColumn(const ColumnOutput& column, bool first_column) {
    if (!column.children.empty() || column.count != kAlways) {
      return UsageError("column " + column.name + " of type " + column.type->ToString() +
                            " can't be written as CSV",
                        "write jsonl, parquet or arrow");
    }
    const bool nullable = column.present != kAlways;
    ARROW_ASSIGN_OR_RAISE(std::string null_text, NullText(column));
    const bool is_table = column.parts.size() == 1 && column.parts[0].guard == kAlways &&
                          pieces_.FitsTable(column.parts[0]);
    if (is_table) return AddTable(column, null_text, first_column);
    if (nullable) pieces_.Begin({column.present, false});
    ARROW_RETURN_NOT_OK(AddParts(column, first_column));
    if (!nullable) return Status::OK();
    pieces_.End();
    if (null_text.empty()) return Status::OK();
    pieces_.Begin({column.present, true});
    pieces_.Literal(null_text);
    pieces_.End();
    return Status::OK();
  }

  Result<std::string> NullText(const ColumnOutput& column) const {
    const std::vector<std::string>& nulls = format_.null_values;
    if (nulls.empty() && column.present != kAlways) {
      return UsageError("column " + column.name +
                            " can be NULL, and CSV with empty null_values has no text for it",
                        "list one in null_values of tamis.format");
    }
    bool is_empty = nulls.empty() || std::find(nulls.begin(), nulls.end(), "") != nulls.end();
    return is_empty ? std::string() : nulls.front();
  }

  Status AddTable(const ColumnOutput& column, std::string_view null_text, bool first_column) {
    bool without_quote = false;
    auto entry = [&](std::string_view text) {
      if (!MustQuote(text, format_, first_column)) return std::string(text);
      without_quote |= !format_.quote;
      return Quoted(text);
    };
    if (column.present == kAlways) {
      pieces_.Table(column.parts[0], entry);
    } else {
      pieces_.TableOrNull(column.parts[0], entry, column.present, null_text);
    }
    return without_quote ? CannotQuote(column.name) : Status::OK();
  }

  Status AddParts(const ColumnOutput& column, bool first_column) {
    bool quoted = MayNeedQuotes(column, first_column);
    if (quoted && !format_.quote) return CannotQuote(column.name);
    const std::vector<Part>& parts = column.parts;
    if (quoted && parts.size() == 1 && parts[0].guard == kAlways && IsUnbounded(parts[0])) {
      pieces_.Written(parts[0], std::make_shared<const EscapeField>(format_, first_column));
      return Status::OK();
    }
    if (quoted) pieces_.Literal({&format_.quote, 1});
    for (const Part& part : parts) {
      if (part.guard != kAlways) pieces_.Begin({part.guard, false});
      AddPart(part, quoted);
      if (part.guard != kAlways) pieces_.End();
    }
    if (quoted) pieces_.Literal({&format_.quote, 1});
    return Status::OK();
  }

  void AddPart(const Part& part, bool quoted) {
    auto text = [&](std::string_view raw) {
      return quoted ? Escaped(raw, format_) : std::string(raw);
    };
    if (part.kind == Part::Kind::kText) return pieces_.Literal(text(part.text));
    if (pieces_.FitsTable(part)) return pieces_.Table(part, text);
    Charset special = CharsOf(std::string{format_.quote, format_.escape});
    bool escape = quoted && (PartChars(part) & special).any();
    pieces_.Written(part, escape ? inside_ : nullptr);
  }

  Result<std::string> Header() const {
    std::string header(static_cast<size_t>(format_.skip_lines), '\n');
    if (!format_.header) return header;
    for (size_t i = 0; i < rows_.columns.size(); ++i) {
      const std::string& name = rows_.columns[i].name;
      bool quote = MustQuote(name, format_, i == 0);
      if (quote && !format_.quote) return CannotQuote(name);
      if (i > 0) header += format_.delimiter;
      header += quote ? Quoted(name) : name;
    }
    header += '\n';
    return header;
  }

  const RowProgram& rows_;
  const FormatOptions& format_;
  std::shared_ptr<const TextEscape> inside_;
  PieceCompiler pieces_;
};

Result<CsvProgram> CsvProgram::Make(std::shared_ptr<const RowProgram> rows,
                                    const FormatOptions& format) {
  if (format.encoding != "utf-8") {
    return UsageError("generate writes utf-8, not " + format.encoding, "leave encoding out");
  }
  return CsvCompiler(std::move(rows), format).Compile();
}

}  // namespace tamis
