// Lays columns out as JSON: names, quotes, commas, NULL. See generate_json.h.
//
// PERF NOTES. Names, colons, quotes and commas are literals that the pieces next to them take up,
// so that an event of 220 bytes is about 25 copies of 16 or 32 bytes. 276 MB of events cost 190 ms
// of CPU on one thread (1.45 GB/s), start-up included: 45% in the loop over pieces, 20% for the
// text of timestamps, 13% for the conditions of `when`, 13% for decimals, 7% for draws. Writing the
// file costs as much again in the kernel, on another thread.
#include "ops/generate_json.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "text/json_cursor.h"

namespace tamis {
namespace {

std::string BodyOf(std::string_view text) {
  std::string body(JsonTextBytesMax(text.size()), '\0');
  body.resize(static_cast<size_t>(PutJsonBody(text, body.data()) - body.data()));
  return body;
}

std::string QuotedName(std::string_view name) { return "\"" + BodyOf(name) + "\":"; }

// A text between quotes.
class EscapeText : public TextEscape {
 public:
  char* Write(std::string_view text, char* out) const override { return PutJsonBody(text, out); }
  size_t BytesMax(size_t text_bytes) const override { return JsonTextBytesMax(text_bytes); }
};

// NaN and infinities are no numbers of JSON.
class FiniteOrNull : public TextEscape {
 public:
  char* Write(std::string_view text, char* out) const override {
    const bool finite = text.find_first_of("NI") == text.npos;
    if (!finite) text = "null";
    return std::copy(text.begin(), text.end(), out);
  }
  size_t BytesMax(size_t text_bytes) const override { return std::max<size_t>(text_bytes, 4); }
};

bool IsText(const arrow::DataType& type) {
  return type.id() == arrow::Type::STRING || type.id() == arrow::Type::LARGE_STRING;
}

bool IsQuoted(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::DATE32:
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
    case arrow::Type::TIMESTAMP:
      return true;
    default:
      return IsText(type);
  }
}

bool MayNeedEscapes(const Part& part) {
  switch (part.kind) {
    case Part::Kind::kText:
    case Part::Kind::kWord:
    case Part::Kind::kBytes:
      return true;
    case Part::Kind::kFunction:
      return BodyOf(part.function->bytes()) != part.function->bytes();
    default:
      return false;
  }
}

}  // namespace

// Adds the pieces of each value.
class JsonCompiler {
 public:
  JsonCompiler(std::shared_ptr<const RowProgram> rows, const FormatOptions& format)
      : rows_(*rows),
        write_nulls_(format.write_nulls),
        escape_(std::make_shared<const EscapeText>()),
        finite_(std::make_shared<const FiniteOrNull>()),
        pieces_(std::move(rows)) {}

  Result<JsonProgram> Compile() && {
    JsonProgram program;
    ARROW_RETURN_NOT_OK(AddObject(rows_.columns));
    pieces_.Literal("\n");
    program.pieces_ = std::move(pieces_).Finish();
    return program;
  }

 private:
  // Members before one that is always there end with a comma, those behind it begin with one.
  Status AddObject(const std::vector<ColumnOutput>& members) {
    size_t anchor = 0;
    const auto may_be_left_out = [this](const ColumnOutput& member) {
      return member.present != kAlways && !write_nulls_;
    };
    while (anchor < members.size() && may_be_left_out(members[anchor])) ++anchor;
    if (anchor == members.size() && anchor > 0) {
      return Status::NotImplemented("JSON objects whose members may all be left out");
    }
    pieces_.Literal("{");
    for (size_t i = 0; i < members.size(); ++i) {
      const ColumnOutput& member = members[i];
      const bool guarded = may_be_left_out(member);
      if (guarded) pieces_.Begin({member.present, false});
      if (i > anchor) pieces_.Literal(",");
      pieces_.Literal(QuotedName(member.name));
      ARROW_RETURN_NOT_OK(guarded ? AddPresent(member) : AddValue(member));
      if (i < anchor) pieces_.Literal(",");
      if (guarded) pieces_.End();
    }
    pieces_.Literal("}");
    return Status::OK();
  }

  // A value, or null.
  Status AddValue(const ColumnOutput& column) {
    if (column.present == kAlways) return AddPresent(column);
    if (IsTable(column)) {
      pieces_.TableOrNull(column.parts[0], EntryOf(column), column.present, "null");
      return Status::OK();
    }
    pieces_.Begin({column.present, false});
    ARROW_RETURN_NOT_OK(AddPresent(column));
    pieces_.End();
    pieces_.Begin({column.present, true});
    pieces_.Literal("null");
    pieces_.End();
    return Status::OK();
  }

  Status AddPresent(const ColumnOutput& column) {
    switch (column.type->id()) {
      case arrow::Type::STRUCT:
        return AddObject(column.children);
      case arrow::Type::LIST:
        return AddList(column);
      case arrow::Type::MAP:
        return AddMap(column);
      case arrow::Type::BINARY:
      case arrow::Type::LARGE_BINARY:
        return Status::NotImplemented("binary columns as JSON, without Arrow");
      default:
        return AddFlat(column);
    }
  }

  Status AddList(const ColumnOutput& column) {
    pieces_.Literal("[");
    for (size_t i = 0; i < column.children.size(); ++i) {
      BeginItem(column.children[i], i);
      ARROW_RETURN_NOT_OK(AddValue(column.children[i]));
      EndItem(column.children[i]);
    }
    pieces_.Literal("]");
    return Status::OK();
  }

  Status AddMap(const ColumnOutput& column) {
    pieces_.Literal("{");
    for (size_t i = 0; i < column.children.size(); ++i) {
      const ColumnOutput& entry = column.children[i];
      const ColumnOutput& key = entry.children[0];
      BeginItem(entry, i);
      const bool bare = !IsQuoted(*key.type);
      if (bare) pieces_.Literal("\"");
      ARROW_RETURN_NOT_OK(AddPresent(key));
      pieces_.Literal(bare ? "\":" : ":");
      ARROW_RETURN_NOT_OK(AddValue(entry.children[1]));
      EndItem(entry);
    }
    pieces_.Literal("}");
    return Status::OK();
  }

  void BeginItem(const ColumnOutput& item, size_t index) {
    if (item.within != kAlways) pieces_.Begin({item.within, false});
    if (index > 0) pieces_.Literal(",");
  }
  void EndItem(const ColumnOutput& item) {
    if (item.within != kAlways) pieces_.End();
  }

  bool IsTable(const ColumnOutput& column) const {
    return column.parts.size() == 1 && column.parts[0].guard == kAlways &&
           pieces_.FitsTable(column.parts[0]);
  }

  // How a text stands as the whole value.
  static PieceCompiler::EntryText EntryOf(const ColumnOutput& column) {
    const bool quoted = IsQuoted(*column.type);
    const bool floating =
        column.type->id() == arrow::Type::DOUBLE || column.type->id() == arrow::Type::FLOAT;
    return [quoted, floating](std::string_view text) {
      if (quoted) return "\"" + BodyOf(text) + "\"";
      const bool finite = !floating || text.find_first_of("NI") == text.npos;
      return finite ? std::string(text) : std::string("null");
    };
  }

  Status AddFlat(const ColumnOutput& column) {
    if (IsTable(column)) {
      pieces_.Table(column.parts[0], EntryOf(column));
      return Status::OK();
    }
    const bool quoted = IsQuoted(*column.type);
    if (quoted) pieces_.Literal("\"");
    for (const Part& part : column.parts) {
      if (part.guard != kAlways) pieces_.Begin({part.guard, false});
      AddPart(part);
      if (part.guard != kAlways) pieces_.End();
    }
    if (quoted) pieces_.Literal("\"");
    return Status::OK();
  }

  void AddPart(const Part& part) {
    if (part.kind == Part::Kind::kText) return pieces_.Literal(BodyOf(part.text));
    if (pieces_.FitsTable(part)) return pieces_.Table(part, BodyOf);
    if (part.kind == Part::Kind::kDouble || part.kind == Part::Kind::kFloat) {
      return pieces_.Written(part, finite_);
    }
    pieces_.Written(part, MayNeedEscapes(part) ? escape_ : nullptr);
  }

  const RowProgram& rows_;
  bool write_nulls_;
  std::shared_ptr<const TextEscape> escape_;
  std::shared_ptr<const TextEscape> finite_;
  PieceCompiler pieces_;
};

Result<JsonProgram> JsonProgram::Make(std::shared_ptr<const RowProgram> rows,
                                      const FormatOptions& format) {
  if (format.encoding != "utf-8") {
    return UsageError("JSON lines are utf-8, not " + format.encoding, "leave encoding out");
  }
  return JsonCompiler(std::move(rows), format).Compile();
}

}  // namespace tamis
