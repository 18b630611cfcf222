// Parses the types of DDL. See sql_type.h; printing is in sql_type_print.cc.
#include "ddl/sql_type.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/suggest.h"
#include "ddl/sql_type_names.h"

namespace tamis {
namespace {

constexpr int kTypeDepthMax = 15;
constexpr int64_t kUnboundedLength = -2;  // (MAX)
constexpr size_t kTypeWordsMax = 4;

/// What stands in the brackets behind a type's name.
struct Numbers {
  std::vector<int64_t> values;
  std::string unit;  // CHAR or BYTE
};

/// The tokens as text: words in small letters, blanks only between words.
std::string NormalText(const std::vector<SqlToken>& tokens, const std::string& source) {
  std::string out;
  bool word_before = false;
  for (const SqlToken& token : tokens) {
    const bool is_word = token.kind != SqlToken::Kind::kSymbol;
    if (is_word && (word_before || (!out.empty() && out.back() == ')'))) out += ' ';
    const std::string raw = source.substr(token.begin, token.end - token.begin);
    out += token.kind == SqlToken::Kind::kWord ? Lower(raw) : raw;
    word_before = is_word;
  }
  return out;
}

/// A recursive-descent parser over the types of one dialect.
class SqlTypeParser {
 public:
  explicit SqlTypeParser(TokenReader* reader) : reader_(*reader) {}

  Result<SqlType> Parse(int depth) {
    if (depth > kTypeDepthMax) return UsageErrorAt(reader_.here(), "the type is nested too deep");
    const size_t begin = reader_.position();
    ARROW_ASSIGN_OR_RAISE(SqlType type, ParseBase(depth));
    ARROW_RETURN_NOT_OK(TakeArraySuffix(&type));
    type.text = NormalText(reader_.Slice(begin, reader_.position()), reader_.source()->text);
    return type;
  }

 private:
  Result<SqlType> ParseBase(int depth) {
    if (reader_.IsNext("STRUCT <") && reader_.Is(kSpark | kHive | kBigquery)) {
      reader_.Skip();
      return ParseStruct("<", ">", depth);
    }
    if (reader_.IsNext("ROW (") && reader_.Is(kAnsi)) {
      reader_.Skip();
      return ParseStruct("(", ")", depth);
    }
    if (reader_.IsNext("OBJECT (") && reader_.Is(kSnowflake)) {
      reader_.Skip();
      return ParseStruct("(", ")", depth);
    }
    const bool lake = reader_.Is(kSpark | kHive);
    if (reader_.IsNext("ARRAY <") && (lake || reader_.Is(kBigquery))) {
      return ParseElements(SqlKind::kArray, "<", ">", depth);
    }
    if (reader_.IsNext("MAP <") && lake) return ParseElements(SqlKind::kMap, "<", ">", depth);
    if (reader_.IsNext("ARRAY (") && reader_.Is(kSnowflake)) {
      return ParseElements(SqlKind::kArray, "(", ")", depth);
    }
    if (reader_.IsNext("MAP (") && reader_.Is(kSnowflake)) {
      return ParseElements(SqlKind::kMap, "(", ")", depth);
    }
    if (reader_.IsNext("UNIONTYPE <") && reader_.Is(kHive)) return TakeAngles();
    if (reader_.IsNext("RANGE <") && reader_.Is(kBigquery)) return TakeAngles();
    if (reader_.IsNext("INTERVAL")) return TakeInterval();
    if (reader_.IsNext("ENUM (") && reader_.Is(kMysql)) return ParseEnum();
    return ParseNamed();
  }

  Result<SqlType> ParseStruct(const char* open, const char* close, int depth) {
    SqlType type;
    type.kind = SqlKind::kStruct;
    ARROW_RETURN_NOT_OK(reader_.Expect(open, "of the type"));
    if (reader_.IsNext(close)) return reader_.Unexpected("expected the name of a field");
    do {
      SqlField field;
      ARROW_ASSIGN_OR_RAISE(DdlName name, reader_.TakeName("the name of a field"));
      for (const SqlField& other : type.parts) {
        if (other.name == name.text) {
          return UsageErrorAt(name.place, "duplicate field: " + name.text);
        }
      }
      field.name = name.text;
      ARROW_UNUSED(reader_.Take(":"));
      ARROW_ASSIGN_OR_RAISE(field.type, Parse(depth + 1));
      ARROW_RETURN_NOT_OK(TakeFieldClauses(&field));
      type.exact &= field.type.exact;
      type.parts.push_back(std::move(field));
    } while (reader_.Take(","));
    ARROW_RETURN_NOT_OK(reader_.Expect(close, "after the fields"));
    return type;
  }

  Status TakeFieldClauses(SqlField* field) {
    for (;;) {
      if (reader_.Take("NOT NULL")) {
        field->required = true;
      } else if (reader_.Take("COMMENT")) {
        ARROW_ASSIGN_OR_RAISE(field->description, reader_.TakeText("a comment in quotes"));
      } else if (reader_.IsNext("OPTIONS ( DESCRIPTION =") && reader_.Is(kBigquery)) {
        reader_.Skip(4);
        ARROW_ASSIGN_OR_RAISE(field->description, reader_.TakeText("a description in quotes"));
        ARROW_RETURN_NOT_OK(reader_.Expect(")", "after the description"));
      } else {
        return Status::OK();
      }
    }
  }

  Result<SqlType> ParseElements(SqlKind kind, const char* open, const char* close, int depth) {
    SqlType type;
    type.kind = kind;
    reader_.Skip();
    ARROW_RETURN_NOT_OK(reader_.Expect(open, "of the type"));
    const size_t count = kind == SqlKind::kMap ? 2 : 1;
    for (size_t index = 0; index < count; ++index) {
      if (index > 0) ARROW_RETURN_NOT_OK(reader_.Expect(",", "between key and value of the map"));
      SqlField part;
      part.name = kind == SqlKind::kArray ? "item" : index == 0 ? "key" : "value";
      ARROW_ASSIGN_OR_RAISE(part.type, Parse(depth + 1));
      part.required = reader_.Take("NOT NULL");
      type.exact &= part.type.exact;
      type.parts.push_back(std::move(part));
    }
    // A contract writes maps as text, which has no place for what stands beside a type.
    if (kind == SqlKind::kMap) type.exact &= !HasMore(type);
    ARROW_RETURN_NOT_OK(reader_.Expect(close, "after the type"));
    return type;
  }

  /// Whether a part says more than its type.
  static bool HasMore(const SqlType& type) {
    return std::any_of(type.parts.begin(), type.parts.end(), [](const SqlField& part) {
      const bool is_special = part.type.kind == SqlKind::kVarchar ||
                              part.type.kind == SqlKind::kChar ||
                              (part.type.kind >= SqlKind::kUuid && part.type.parts.empty());
      return is_special || part.required || !part.description.empty() || part.type.length ||
             part.type.digits || HasMore(part.type);
    });
  }

  Result<SqlType> TakeAngles() {
    SqlType type;
    type.kind = SqlKind::kOther;
    type.exact = false;
    int depth = 0;
    reader_.Skip();
    do {
      if (reader_.AtEnd()) return reader_.Unexpected("expected > at the end of the type");
      depth += static_cast<int>(reader_.IsNext("<")) - static_cast<int>(reader_.IsNext(">"));
      reader_.Skip();
    } while (depth > 0);
    return type;
  }

  Result<SqlType> TakeInterval() {
    SqlType type;
    type.kind = SqlKind::kOther;
    type.exact = false;
    reader_.Skip();
    static constexpr const char* kUnits[] = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"};
    for (bool more = true; more;) {
      more = reader_.Take("TO");
      for (const char* unit : kUnits) more |= reader_.Take(unit);
      if (reader_.IsNext("(")) {
        ARROW_RETURN_NOT_OK(reader_.TakeParens().status());
        more = true;
      }
    }
    return type;
  }

  Result<SqlType> ParseEnum() {
    SqlType type;
    type.kind = SqlKind::kEnum;
    type.exact = false;
    reader_.Skip(2);
    do {
      ARROW_ASSIGN_OR_RAISE(std::string value, reader_.TakeText("a value in quotes"));
      const auto& values = type.enum_values;
      if (std::find(values.begin(), values.end(), value) != values.end()) {
        return reader_.Unexpected("duplicate value: " + value);
      }
      type.enum_values.push_back(std::move(value));
    } while (reader_.Take(","));
    ARROW_RETURN_NOT_OK(reader_.Expect(")", "after the values"));
    return type;
  }

  /// `words [(numbers)] [more words]`: the longest name that the dialect knows.
  Result<SqlType> ParseNamed() {
    const size_t begin = reader_.position();
    const SqlToken first = reader_.Peek();
    if (first.kind == SqlToken::Kind::kName && reader_.Is(kSqlserver | kPostgresql)) {
      return ParseQuotedName();
    }
    if (first.kind != SqlToken::Kind::kWord) return reader_.Unexpected("expected a type");
    // pg_dump writes types of PostgreSQL itself and of extensions with their schema.
    while (reader_.Is(kPostgresql) && reader_.IsNext(".", 1)) reader_.Skip(2);
    std::string words;
    const TypeName* row = nullptr;
    size_t taken = 0;
    for (size_t count = 0; count < kTypeWordsMax; ++count) {
      if (reader_.Peek(count).kind != SqlToken::Kind::kWord) break;
      words += (count ? " " : "") + reader_.Peek(count).upper;
      if (const TypeName* found = FindTypeName(words, reader_.dialect())) {
        row = found;
        taken = count + 1;
      }
    }
    if (!row) return UnknownType(begin);
    const std::string name = row->words;
    reader_.Skip(taken);
    Numbers numbers;
    const Place place = reader_.here();
    const size_t brackets = reader_.position();
    if (reader_.IsNext("(")) {
      if (row->arguments == TypeArguments::kAny) {
        ARROW_RETURN_NOT_OK(reader_.TakeParens().status());
      } else {
        ARROW_ASSIGN_OR_RAISE(numbers, TakeNumbers());
      }
    }
    if (const TypeName* longer = TakeSuffix(name)) row = longer;
    return MakeType(*row, numbers, place, brackets);
  }

  /// `[int]` of T-SQL, `"char"` and `public.mood` of PostgreSQL.
  Result<SqlType> ParseQuotedName() {
    const size_t begin = reader_.position();
    ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader_.TakePath("a type"));
    const TypeName* row = FindTypeName(Upper(path.back().text), reader_.dialect());
    if (!row && path.back().text == "char") row = FindTypeName("\"CHAR\"", reader_.dialect());
    if (!row) {
      reader_.Seek(begin);
      return UnknownType(begin);
    }
    const Place place = reader_.here();
    const size_t brackets = reader_.position();
    Numbers numbers;
    if (reader_.IsNext("(")) {
      if (row->arguments == TypeArguments::kAny) {
        ARROW_RETURN_NOT_OK(reader_.TakeParens().status());
      } else {
        ARROW_ASSIGN_OR_RAISE(numbers, TakeNumbers());
      }
    }
    return MakeType(*row, numbers, place, brackets);
  }

  Status UnknownType(size_t begin) {
    std::vector<std::string> known;
    for (const TypeName& row : TypeNames()) {
      if (reader_.Is(row.dialects)) known.push_back(row.words);
    }
    reader_.Seek(begin);
    const SqlToken& token = reader_.Peek();
    const std::string near = Nearest(token.text, known);
    return UsageErrorAt(reader_.here(),
                        "unknown type in " + std::string(reader_.dialect().name) + ": " +
                            reader_.Raw(begin, begin + 1),
                        near.empty() ? "" : "did you mean " + near + "?");
  }

  /// Words behind the brackets that belong to the type's name.
  const TypeName* TakeSuffix(const std::string& name) {
    static constexpr const char* kSuffixes[] = {"WITH TIME ZONE", "WITHOUT TIME ZONE",
                                                "WITH LOCAL TIME ZONE", "UNSIGNED", "VARYING"};
    for (const char* suffix : kSuffixes) {
      if (!reader_.IsNext(suffix)) continue;
      const TypeName* row = FindTypeName(name + " " + suffix, reader_.dialect());
      if (!row) continue;
      ARROW_UNUSED(reader_.Take(suffix));
      return row;
    }
    return nullptr;
  }

  Result<Numbers> TakeNumbers() {
    Numbers numbers;
    reader_.Skip();
    do {
      if (reader_.Take("MAX")) {
        numbers.values.push_back(kUnboundedLength);
        continue;
      }
      if (reader_.Take("*")) {  // NUMBER(*, 2): all digits
        numbers.values.push_back(38);
        continue;
      }
      ARROW_ASSIGN_OR_RAISE(int64_t value, reader_.TakeInteger("a number in the type's brackets"));
      numbers.values.push_back(value);
      if (reader_.IsNext("CHAR") || reader_.IsNext("BYTE")) {
        numbers.unit = reader_.Peek().upper;
        reader_.Skip();
      }
    } while (reader_.Take(","));
    ARROW_RETURN_NOT_OK(reader_.Expect(")", "after the type's numbers"));
    return numbers;
  }

  Result<SqlType> MakeType(const TypeName& row, const Numbers& numbers, const Place& place,
                           size_t brackets) {
    SqlType type;
    type.kind = row.kind;
    type.exact = row.exact;
    const std::string name = row.words;
    type.numbers_itself = name.find("SERIAL") != std::string::npos;
    if (row.kind == SqlKind::kOther) type.exact = false;
    static constexpr size_t kCounts[] = {0, 1, 2, 1, 9};
    if (numbers.values.size() > kCounts[static_cast<size_t>(row.arguments)]) {
      return UsageErrorAt(place, "the type " + Lower(name) + " takes " +
                                     (row.arguments == TypeArguments::kNone ? "no" : "fewer") +
                                     " numbers");
    }
    switch (row.arguments) {
      case TypeArguments::kLength:
        ARROW_RETURN_NOT_OK(SetLength(row, numbers, place, &type));
        break;
      case TypeArguments::kPrecision:
        ARROW_RETURN_NOT_OK(SetPrecision(row, numbers, place, &type));
        break;
      case TypeArguments::kFraction:
        ARROW_RETURN_NOT_OK(SetFraction(row, numbers, place, &type));
        break;
      default:
        SetDefaults(row, &type);
        // A width that is only shown says nothing of the values.
        if (row.kind != SqlKind::kOther && reader_.position() > brackets) type.exact = false;
        break;
    }
    if (reader_.Is(kMysql) && reader_.Take("SIGNED")) type.exact = false;
    if (reader_.Is(kMysql) && reader_.Take("ZEROFILL")) type.exact = false;
    return type;
  }

  static void SetDefaults(const TypeName& row, SqlType* type) {
    if (row.kind == SqlKind::kDecimal && row.first >= 0) {
      type->precision = row.first;
      type->scale = row.second;
    } else if (row.kind == SqlKind::kWallClock && row.first >= 0) {
      type->digits = row.first;
    } else if (row.first >= 0) {
      type->length = row.first;
    }
  }

  Status SetLength(const TypeName& row, const Numbers& numbers, const Place& place, SqlType* type) {
    const bool given = !numbers.values.empty();
    const int64_t length = given ? numbers.values[0] : row.first;
    if (given && length < 1 && length != kUnboundedLength) {
      return UsageErrorAt(place, "a length is at least 1");
    }
    switch (row.kind) {
      case SqlKind::kChar:
      case SqlKind::kVarchar:
        if (length == kUnboundedLength && !reader_.Is(kRedshift)) {
          type->kind = SqlKind::kText;
        } else if (length == kUnboundedLength) {
          type->length = 65535;
        } else if (length > 0) {
          type->length = length;
        }
        // How many bytes a length in bytes has room for depends on the text.
        if (reader_.Is(kOracle) && given && numbers.unit != "CHAR") type->exact = false;
        break;
      case SqlKind::kBinary:
        if (length > 0) type->length = length;
        if (length == kUnboundedLength && reader_.Is(kRedshift)) type->length = 1024000;
        break;
      case SqlKind::kText:
        if (given) {
          type->kind = SqlKind::kVarchar;
          type->length = length;
        }
        break;
      case SqlKind::kFloat64:
        if (given && length <= 24) type->kind = SqlKind::kFloat32;
        break;
      case SqlKind::kInt8:
        if (given && length == 1) {  // MySQL's boolean
          type->kind = SqlKind::kBoolean;
        } else if (given) {
          type->exact = false;
        }
        break;
      default:
        if (row.kind == SqlKind::kUInt64 && std::string_view(row.words) == "BIT" &&
            (!given || length == 1)) {
          type->kind = SqlKind::kBoolean;
        }
        if (given) type->exact = false;
        break;
    }
    return Status::OK();
  }

  Status SetPrecision(const TypeName& row, const Numbers& numbers, const Place& place,
                      SqlType* type) {
    const std::vector<int64_t>& values = numbers.values;
    if (row.kind != SqlKind::kDecimal) {  // MySQL's FLOAT(24), FLOAT(7, 4)
      if (values.size() == 1 && values[0] > 24) type->kind = SqlKind::kFloat64;
      if (!values.empty()) type->exact = false;
      return Status::OK();
    }
    int64_t precision = values.empty() ? row.first : values[0];
    int64_t scale = values.size() > 1 ? values[1] : values.empty() ? row.second : 0;
    if (precision < 0) {
      type->precision = 38;
      type->scale = 9;
      type->exact = false;
      type->warning = "a number without precision is taken as decimal(38,9)";
      return Status::OK();
    }
    if (precision < 1 || precision > 1000 || scale > 1000 || scale < -1000) {
      return UsageErrorAt(place, "a decimal has at least 1 digit");
    }
    if (scale < 0 || scale > precision) {
      // NUMBER(5,-2) counts hundreds, NUMBER(2,4) holds 0.0099.
      precision = scale < 0 ? precision - scale : scale;
      scale = std::max<int64_t>(scale, 0);
      type->exact = false;
    }
    if (precision > 38) {
      type->warning = "the contract keeps 38 digits of decimal(" + std::to_string(precision) + "," +
                      std::to_string(scale) + ")";
      scale = std::min<int64_t>(scale, std::max<int64_t>(0, 38 - (precision - scale)));
      if (precision == 76) scale = 18;  // BigQuery's BIGNUMERIC: half of the digits
      precision = 38;
      type->exact = false;
    }
    type->precision = precision;
    type->scale = scale;
    return Status::OK();
  }

  Status SetFraction(const TypeName& row, const Numbers& numbers, const Place& place,
                     SqlType* type) {
    if (numbers.values.empty()) {
      if (row.first >= 0) type->digits = row.first;
      return Status::OK();
    }
    const int64_t digits = numbers.values[0];
    if (digits < 0 || digits > 12) return UsageErrorAt(place, "a fraction has 0 to 12 digits");
    if (digits > 6) {
      type->exact = false;
      type->warning = "the contract keeps microseconds, 6 of " + std::to_string(digits) + " digits";
    } else {
      type->digits = digits;
    }
    return Status::OK();
  }

  /// `int[]`, `int[3][]`, `int ARRAY[3]`.
  Status TakeArraySuffix(SqlType* type) {
    if (!reader_.Is(kPostgresql | kAnsi)) return Status::OK();
    for (int depth = 0;; ++depth) {
      if (reader_.Take("ARRAY")) {
        if (reader_.Take("[")) {
          ARROW_RETURN_NOT_OK(reader_.TakeInteger("the size of the array").status());
          ARROW_RETURN_NOT_OK(reader_.Expect("]", "after the size"));
          type->exact = false;
        }
      } else if (reader_.Take("[")) {
        if (!reader_.Take("]")) {
          ARROW_RETURN_NOT_OK(reader_.TakeInteger("the size of the array").status());
          ARROW_RETURN_NOT_OK(reader_.Expect("]", "after the size"));
          type->exact = false;
        }
      } else {
        return Status::OK();
      }
      if (depth > kTypeDepthMax) return UsageErrorAt(reader_.here(), "the type is nested too deep");
      SqlType element = std::move(*type);
      *type = SqlType();
      type->kind = SqlKind::kArray;
      type->exact = element.exact;
      type->warning = element.warning;
      type->parts.push_back(SqlField{"item", std::move(element), false, ""});
    }
  }

  TokenReader& reader_;
};

}  // namespace

Result<SqlType> ParseSqlType(TokenReader* reader) { return SqlTypeParser(reader).Parse(0); }

Result<SqlType> ParseSqlTypeText(const std::string& text, const DdlDialect& dialect,
                                 const Place& place) {
  const auto source = std::make_shared<const SourceText>(SourceText{"", text});
  auto tokens = SqlLexer(source, dialect).Next();
  Status status = tokens.status();
  if (tokens.ok()) {
    TokenReader reader(source, dialect, std::move(*tokens));
    auto type = ParseSqlType(&reader);
    if (type.ok() && reader.AtEnd()) return type;
    status = type.ok() ? reader.Unexpected("the type ends before") : type.status();
  }
  return UsageErrorAt(place, "tamis.ddl: type: " + status.message());
}

bool IsTypeName(const TokenReader& reader, size_t ahead) {
  const SqlToken& token = reader.Peek(ahead);
  if (token.kind == SqlToken::Kind::kName) {
    return FindTypeName(Upper(token.text), reader.dialect()) != nullptr;
  }
  if (token.kind != SqlToken::Kind::kWord) return false;
  static constexpr const char* kNested[] = {"STRUCT", "ARRAY",     "MAP",      "ROW",
                                            "OBJECT", "UNIONTYPE", "INTERVAL", "RANGE"};
  for (const char* word : kNested) {
    if (token.upper == word) return true;
  }
  std::string words;
  for (size_t count = 0; count < kTypeWordsMax; ++count) {
    if (reader.Peek(ahead + count).kind != SqlToken::Kind::kWord) break;
    words += (count ? " " : "") + reader.Peek(ahead + count).upper;
    if (FindTypeName(words, reader.dialect())) return true;
  }
  return false;
}

}  // namespace tamis
