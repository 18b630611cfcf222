// Cuts SQL into tokens and looks for names and one shape. See sql_shape.h.
#include "plan/sql_shape.h"

#include <arrow/type.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "spec/yaml.h"

namespace tamis {
namespace {

struct SqlToken {
  enum class Kind : uint8_t { kWord, kQuoted, kText, kNumber, kParameter, kSymbol };
  Kind kind = Kind::kSymbol;
  std::string text;  // of kQuoted and kText without quotes, of kParameter without $
  size_t offset = 0;
};

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string Lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// Cuts one statement.
class SqlCutter {
 public:
  explicit SqlCutter(const Node& node) : node_(node), text_(node.scalar) {}

  Result<std::vector<SqlToken>> Cut() {
    for (;;) {
      ARROW_RETURN_NOT_OK(SkipBlanks());
      if (at_ >= text_.size()) return std::move(tokens_);
      ARROW_RETURN_NOT_OK(CutOne());
    }
  }

 private:
  Status Error(size_t at, const std::string& message) const {
    return UsageErrorAt(PlaceInScalar(node_, at), message);
  }

  bool At(std::string_view what) const { return text_.substr(at_, what.size()) == what; }

  void Add(SqlToken::Kind kind, std::string text, size_t begin) {
    tokens_.push_back(SqlToken{kind, std::move(text), begin});
  }

  Status SkipBlanks() {
    for (; at_ < text_.size(); ++at_) {
      if (At("--")) {
        at_ = std::min(text_.find('\n', at_), text_.size() - 1);
      } else if (At("/*")) {
        const size_t begin = at_;
        const size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return Error(begin, "sql: a comment is not closed");
        at_ = end + 1;
      } else if (std::isspace(static_cast<unsigned char>(text_[at_])) == 0) {
        break;
      }
    }
    return Status::OK();
  }

  Status CutOne() {
    const size_t begin = at_;
    const char c = text_[at_];
    if (c == '\'' || c == '"') return CutQuoted(c);
    if (c == '$') return CutDollar();
    if (IsDigit(c)) {
      while (at_ < text_.size() && (IsWordByte(text_[at_]) || text_[at_] == '.')) ++at_;
      Add(SqlToken::Kind::kNumber, std::string(text_.substr(begin, at_ - begin)), begin);
    } else if (IsWordByte(c)) {
      while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
      Add(SqlToken::Kind::kWord, std::string(text_.substr(begin, at_ - begin)), begin);
    } else {
      ++at_;
      Add(SqlToken::Kind::kSymbol, std::string(1, c), begin);
    }
    return Status::OK();
  }

  Status CutQuoted(char quote) {
    const size_t begin = at_++;
    // E'...' has backslash escapes.
    const bool escapes = quote == '\'' && begin > 0 && !tokens_.empty() &&
                         tokens_.back().kind == SqlToken::Kind::kWord &&
                         tokens_.back().offset + 1 == begin && Lower(tokens_.back().text) == "e";
    std::string inside;
    for (; at_ < text_.size(); ++at_) {
      if (escapes && text_[at_] == '\\' && at_ + 1 < text_.size()) {
        inside += text_[++at_];
      } else if (text_[at_] != quote) {
        inside += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
        inside += text_[at_++];
      } else {
        ++at_;
        Add(quote == '"' ? SqlToken::Kind::kQuoted : SqlToken::Kind::kText, std::move(inside),
            begin);
        return Status::OK();
      }
    }
    return Error(begin, "sql: a quote is not closed");
  }

  /// A parameter, or a text between `$$` or `$tag$`.
  Status CutDollar() {
    const size_t begin = at_;
    size_t end = begin + 1;
    const bool bracket = end < text_.size() && text_[end] == '(';
    if (bracket) ++end;
    const size_t name_begin = end;
    while (end < text_.size() && IsWordByte(text_[end])) ++end;
    const std::string name(text_.substr(name_begin, end - name_begin));
    if (!bracket && end < text_.size() && text_[end] == '$') {
      const std::string_view tag = text_.substr(begin, end + 1 - begin);
      const size_t close = text_.find(tag, end + 1);
      if (close != std::string_view::npos) {
        Add(SqlToken::Kind::kText, std::string(text_.substr(end + 1, close - end - 1)), begin);
        at_ = close + tag.size();
        return Status::OK();
      }
    }
    if (name.empty() || (bracket && (end >= text_.size() || text_[end] != ')'))) {
      return UsageErrorAt(PlaceInScalar(node_, begin), "sql: a parameter's name must follow $",
                          "write $name or $(name)");
    }
    at_ = bracket ? end + 1 : end;
    Add(SqlToken::Kind::kParameter, name, begin);
    return Status::OK();
  }

  const Node& node_;
  std::string_view text_;
  size_t at_ = 0;
  std::vector<SqlToken> tokens_;
};

bool IsKeyword(const SqlToken& token, std::string_view lower) {
  return token.kind == SqlToken::Kind::kWord && Lower(token.text) == lower;
}

bool IsSymbol(const SqlToken& token, char symbol) {
  return token.kind == SqlToken::Kind::kSymbol && token.text[0] == symbol;
}

bool IsIdentifier(const SqlToken& token) {
  return token.kind == SqlToken::Kind::kWord || token.kind == SqlToken::Kind::kQuoted;
}

/// Finds where tables are named: after FROM, JOIN and a comma of a FROM list. FROM inside a
/// function's brackets (`extract(year FROM t)`) and IS DISTINCT FROM are none.
class TableFinder {
 public:
  explicit TableFinder(const std::vector<SqlToken>& tokens) : tokens_(tokens) {}

  void Find(SqlNames* out) {
    std::set<std::string> ctes = Ctes();
    for (size_t i = 0; i < tokens_.size(); ++i) {
      const SqlToken& token = tokens_[i];
      if (Track(i) || !expects_table_ ||
          (!IsIdentifier(token) && token.kind != SqlToken::Kind::kText)) {
        continue;
      }
      if (IsKeyword(token, "lateral") || IsKeyword(token, "only")) continue;
      expects_table_ = false;
      const bool is_call = i + 1 < tokens_.size() &&
                           (IsSymbol(tokens_[i + 1], '(') || IsSymbol(tokens_[i + 1], '.'));
      if (token.kind == SqlToken::Kind::kText) {
        out->files.push_back(SqlName{token.text, token.offset});
      } else if (!is_call && !ctes.contains(Lower(token.text))) {
        out->tables.push_back(SqlName{token.text, token.offset});
      }
    }
  }

 private:
  /// Names that WITH gives: `name AS (` and `name AS MATERIALIZED (`, maybe with columns.
  std::set<std::string> Ctes() const {
    std::set<std::string> names;
    const bool has_with = std::any_of(tokens_.begin(), tokens_.end(),
                                      [](const SqlToken& one) { return IsKeyword(one, "with"); });
    for (size_t i = 0; has_with && i + 2 < tokens_.size(); ++i) {
      if (!IsIdentifier(tokens_[i])) continue;
      size_t next = i + 1;
      if (IsSymbol(tokens_[next], '(')) {
        while (next < tokens_.size() && !IsSymbol(tokens_[next], ')')) ++next;
        ++next;
      }
      if (next >= tokens_.size() || !IsKeyword(tokens_[next], "as")) continue;
      while (++next < tokens_.size() &&
             (IsKeyword(tokens_[next], "not") || IsKeyword(tokens_[next], "materialized"))) {
      }
      if (next < tokens_.size() && IsSymbol(tokens_[next], '(')) {
        names.insert(Lower(tokens_[i].text));
      }
    }
    return names;
  }

  /// Follows brackets and clauses up to token `i`; returns whether the token is one of those.
  bool Track(size_t i) {
    const SqlToken& token = tokens_[i];
    if (IsSymbol(token, '(')) {
      const bool is_query = i + 1 < tokens_.size() && (IsKeyword(tokens_[i + 1], "select") ||
                                                       IsKeyword(tokens_[i + 1], "with") ||
                                                       IsKeyword(tokens_[i + 1], "from"));
      // `FROM (a JOIN b)` goes on expecting tables inside.
      levels_.push_back(Level{is_query || expects_table_, in_from_});
      in_from_ = expects_table_ && !is_query;
      if (is_query) expects_table_ = false;
    } else if (IsSymbol(token, ')')) {
      if (!levels_.empty()) {
        in_from_ = levels_.back().was_in_from;
        levels_.pop_back();
      }
      expects_table_ = false;
    } else if (IsSymbol(token, ',')) {
      expects_table_ = in_from_ && IsQueryLevel();
    } else if (IsQueryLevel() && IsKeyword(token, "from") &&
               (i == 0 || !IsKeyword(tokens_[i - 1], "distinct"))) {
      in_from_ = expects_table_ = true;
    } else if (IsQueryLevel() && IsKeyword(token, "join")) {
      expects_table_ = true;
    } else if (EndsFrom(token)) {
      in_from_ = expects_table_ = false;
    } else {
      return false;
    }
    return true;
  }

  static bool EndsFrom(const SqlToken& token) {
    static constexpr std::array<const char*, 12> kClauses = {
        "select", "where",   "group", "having",    "order",  "limit",
        "window", "qualify", "union", "intersect", "except", "using"};
    return std::any_of(kClauses.begin(), kClauses.end(),
                       [&](const char* clause) { return IsKeyword(token, clause); });
  }

  bool IsQueryLevel() const { return levels_.empty() || levels_.back().is_query; }

  struct Level {
    bool is_query = false;
    bool was_in_from = false;
  };
  const std::vector<SqlToken>& tokens_;
  std::vector<Level> levels_;
  bool in_from_ = false;
  bool expects_table_ = false;
};

/// Reads the one shape, token by token.
class ShapeReader {
 public:
  ShapeReader(const std::vector<SqlToken>& tokens, const arrow::Schema& schema)
      : tokens_(tokens), schema_(schema) {}

  std::optional<GroupSumJoinBack> Read(const std::string& from) {
    GroupSumJoinBack shape;
    shape.from = from;
    if (!Word("select")) return std::nullopt;
    do {
      if (!ReadItem(&shape)) return std::nullopt;
    } while (Symbol(','));
    if (!Word("from") || at_ >= tokens_.size() || !IsIdentifier(tokens_[at_]) ||
        tokens_[at_++].text != from) {
      return std::nullopt;
    }
    while (Symbol(';')) {
    }
    if (at_ != tokens_.size() || shape.key.empty()) return std::nullopt;
    std::set<std::string> names;
    for (const auto& output : shape.outputs) {
      if (!names.insert(Lower(output.name)).second) return std::nullopt;
    }
    return shape;
  }

 private:
  bool Word(std::string_view lower) {
    if (at_ >= tokens_.size() || !IsKeyword(tokens_[at_], lower)) return false;
    ++at_;
    return true;
  }

  bool Symbol(char symbol) {
    if (at_ >= tokens_.size() || !IsSymbol(tokens_[at_], symbol)) return false;
    ++at_;
    return true;
  }

  /// A column of the input, spelt exactly as it is there.
  bool Column(std::string* name) {
    if (at_ >= tokens_.size() || !IsIdentifier(tokens_[at_]) ||
        schema_.GetFieldIndex(tokens_[at_].text) < 0) {
      return false;
    }
    *name = tokens_[at_++].text;
    return true;
  }

  bool Alias(std::string* name) {
    if (!Word("as") || at_ >= tokens_.size() || !IsIdentifier(tokens_[at_])) return false;
    *name = tokens_[at_++].text;
    return true;
  }

  bool ReadItem(GroupSumJoinBack* shape) {
    GroupSumJoinBack::Output output;
    const bool is_call = at_ + 1 < tokens_.size() && IsSymbol(tokens_[at_ + 1], '(');
    if (!is_call) {
      if (!Column(&output.column)) return false;
      output.name = output.column;
      const bool has_alias = at_ < tokens_.size() && IsKeyword(tokens_[at_], "as");
      if (has_alias && !Alias(&output.name)) return false;
    } else {
      output.kind = GroupSumJoinBack::Output::Kind::kSum;
      if (!shape->key.empty() || !Word("sum") || !Symbol('(') || !Column(&shape->value) ||
          !Symbol(')') || !Word("over") || !Symbol('(') || !Word("partition") || !Word("by") ||
          !Column(&shape->key) || !Symbol(')') || !Alias(&output.name)) {
        return false;
      }
      if (schema_.GetFieldByName(shape->value)->type()->id() != arrow::Type::DOUBLE) return false;
    }
    shape->outputs.push_back(std::move(output));
    return true;
  }

  const std::vector<SqlToken>& tokens_;
  const arrow::Schema& schema_;
  size_t at_ = 0;
};

}  // namespace

Result<SqlNames> ListSqlNames(const Node& text) {
  ARROW_ASSIGN_OR_RAISE(std::vector<SqlToken> tokens, SqlCutter(text).Cut());
  SqlNames names;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (IsSymbol(tokens[i], ';') && i + 1 < tokens.size() && !IsSymbol(tokens[i + 1], ';')) {
      return UsageErrorAt(PlaceInScalar(text, tokens[i + 1].offset),
                          "sql: a second statement begins here",
                          "a step has one SELECT; write another step");
    }
    if (IsIdentifier(tokens[i])) {
      names.words.push_back(SqlName{tokens[i].text, tokens[i].offset});
    } else if (tokens[i].kind == SqlToken::Kind::kParameter) {
      names.parameters.push_back(SqlName{tokens[i].text, tokens[i].offset});
    }
  }
  TableFinder(tokens).Find(&names);
  return names;
}

std::string PlainParameters(const Node& text) {
  std::string out = text.scalar;
  const auto tokens = SqlCutter(text).Cut();
  if (!tokens.ok()) return out;
  for (const SqlToken& token : *tokens) {
    if (token.kind != SqlToken::Kind::kParameter || out[token.offset + 1] != '(') continue;
    const std::string plain = "$" + token.text + "  ";
    out.replace(token.offset, plain.size(), plain);
  }
  return out;
}

std::optional<GroupSumJoinBack> RecognizeGroupSum(const Node& text, const std::string& from,
                                                  const arrow::Schema& schema) {
  const auto tokens = SqlCutter(text).Cut();
  if (!tokens.ok()) return std::nullopt;
  return ShapeReader(*tokens, schema).Read(from);
}

std::shared_ptr<arrow::Schema> GroupSumSchema(const GroupSumJoinBack& shape,
                                              const arrow::Schema& schema) {
  arrow::FieldVector fields;
  for (const auto& output : shape.outputs) {
    if (output.kind == GroupSumJoinBack::Output::Kind::kSum) {
      const bool nullable = schema.GetFieldByName(shape.value)->nullable();
      fields.push_back(arrow::field(output.name, arrow::float64(), nullable));
    } else {
      fields.push_back(schema.GetFieldByName(output.column)->WithName(output.name));
    }
  }
  return arrow::schema(std::move(fields));
}

}  // namespace tamis
