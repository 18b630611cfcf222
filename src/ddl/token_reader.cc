// Walks over the tokens of a statement. See token_reader.h.
#include "ddl/token_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tamis {
namespace {

bool IsOperator(const SqlToken& token) {
  static const std::vector<std::string> kOperators = {"+",  "-",   "*", "/", "%", "||",
                                                      "->", "->>", "&", "|", "^"};
  return token.kind == SqlToken::Kind::kSymbol &&
         std::find(kOperators.begin(), kOperators.end(), token.text) != kOperators.end();
}

bool IsOneOf(const std::string& word, std::string_view list) {
  const std::string padded = " " + std::string(list) + " ";
  return padded.find(" " + word + " ") != std::string::npos;
}

}  // namespace

TokenReader::TokenReader(std::shared_ptr<const SourceText> source, const DdlDialect& dialect,
                         std::vector<SqlToken> tokens)
    : source_(std::move(source)), dialect_(&dialect), tokens_(std::move(tokens)) {
  if (tokens_.empty() || tokens_.back().kind != SqlToken::Kind::kEnd) {
    SqlToken end;
    end.begin = end.end = tokens_.empty() ? 0 : tokens_.back().end;
    tokens_.push_back(std::move(end));
  }
}

const SqlToken& TokenReader::Peek(size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

void TokenReader::Skip(size_t count) { at_ = std::min(at_ + count, tokens_.size() - 1); }

bool TokenReader::IsNext(std::string_view words, size_t ahead) const {
  for (size_t begin = 0; begin < words.size(); ++ahead) {
    const size_t end = std::min(words.find(' ', begin), words.size());
    const std::string_view word = words.substr(begin, end - begin);
    const SqlToken& token = Peek(ahead);
    if (token.kind == SqlToken::Kind::kWord
            ? token.upper != word
            : token.kind != SqlToken::Kind::kSymbol || token.text != word)
      return false;
    begin = end + 1;
  }
  return true;
}

bool TokenReader::Take(std::string_view words) {
  if (!IsNext(words)) return false;
  Skip(static_cast<size_t>(1 + std::count(words.begin(), words.end(), ' ')));
  return true;
}

Status TokenReader::Expect(std::string_view words, std::string_view where) {
  if (Take(words)) return Status::OK();
  return Unexpected("expected " + std::string(words) + " " + std::string(where));
}

Result<DdlName> TokenReader::TakeName(std::string_view what) {
  const SqlToken& token = Peek();
  const bool is_text_name = token.kind == SqlToken::Kind::kText && Is(kMysql | kSqlite);
  if (token.kind != SqlToken::Kind::kWord && token.kind != SqlToken::Kind::kName && !is_text_name) {
    return Unexpected("expected " + std::string(what));
  }
  DdlName name{token.text, token.kind != SqlToken::Kind::kWord, here()};
  Skip();
  return name;
}

Result<std::vector<DdlName>> TokenReader::TakePath(std::string_view what) {
  std::vector<DdlName> path;
  do {
    ARROW_ASSIGN_OR_RAISE(DdlName name, TakeName(what));
    // BigQuery quotes whole paths, and its projects have dashes.
    if (Is(kBigquery) && name.quoted) {
      for (size_t dot; (dot = name.text.find('.')) != std::string::npos;) {
        path.push_back(DdlName{name.text.substr(0, dot), true, name.place});
        name.text.erase(0, dot + 1);
      }
    }
    while (Is(kBigquery) && !name.quoted && IsNext("-") && !Peek().spaced && !Peek(1).spaced) {
      name.text += "-" + Peek(1).text;
      Skip(2);
    }
    path.push_back(std::move(name));
  } while (Take("."));
  return path;
}

Result<std::vector<DdlName>> TokenReader::TakeNames(bool* has_extra) {
  std::vector<DdlName> names;
  ARROW_RETURN_NOT_OK(Expect("(", "before the list of columns"));
  do {
    ARROW_ASSIGN_OR_RAISE(DdlName name, TakeName("a column"));
    names.push_back(std::move(name));
    if (Take("ASC")) continue;
    if (has_extra && (IsNext("DESC") || IsNext("("))) *has_extra = true;
    if (IsNext("(")) ARROW_RETURN_NOT_OK(SkipParens());
    ARROW_UNUSED(Take("DESC"));
    ARROW_UNUSED(Take("ASC"));
  } while (Take(","));
  ARROW_RETURN_NOT_OK(Expect(")", "after the list of columns"));
  return names;
}

Result<std::string> TokenReader::TakeText(std::string_view what) {
  if (Peek().kind != SqlToken::Kind::kText) return Unexpected("expected " + std::string(what));
  std::string text = Peek().text;
  Skip();
  while (Peek().kind == SqlToken::Kind::kText) {  // 'a' 'b' is one text
    text += Peek().text;
    Skip();
  }
  return text;
}

Result<int64_t> TokenReader::TakeInteger(std::string_view what) {
  const size_t begin = at_;
  const bool negative = Take("-");
  if (!negative) ARROW_UNUSED(Take("+"));
  const std::string& text = Peek().text;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (Peek().kind != SqlToken::Kind::kNumber || error != std::errc() ||
      end != text.data() + text.size()) {
    at_ = begin;
    return Unexpected("expected " + std::string(what));
  }
  Skip();
  return negative ? -value : value;
}

Status TokenReader::SkipParens() {
  const size_t begin = at_;
  int depth = 0;
  do {
    if (AtEnd()) {
      at_ = begin;
      return UsageErrorAt(here(), "the bracket is not closed");
    }
    if (IsNext("(") || IsNext("[")) ++depth;
    if (IsNext(")") || IsNext("]")) --depth;
    Skip();
  } while (depth > 0);
  return Status::OK();
}

Result<std::string> TokenReader::TakeParens() {
  if (!IsNext("(")) return Unexpected("expected (");
  const size_t begin = at_;
  ARROW_RETURN_NOT_OK(SkipParens());
  return Raw(begin + 1, at_ - 1);
}

void TokenReader::SkipToComma() {
  int depth = 0;
  int angles = 0;
  std::string before;
  for (; !AtEnd(); Skip()) {
    if (depth == 0 && angles == 0 && IsNext(",")) return;
    if (depth == 0 && IsNext(")")) return;
    if (IsNext("(")) ++depth;
    if (IsNext(")")) --depth;
    if (IsNext("<") && (angles > 0 || IsOneOf(before, "STRUCT ARRAY MAP UNIONTYPE"))) ++angles;
    if (IsNext(">") && angles > 0) --angles;
    before = Peek().upper;
  }
}

/// A literal, a name, a call, a bracket, CASE ... END, DATE '...'.
Status TokenReader::TakePrimary() {
  while (IsNext("+") || IsNext("-") || IsNext("~")) Skip();
  if (IsNext("(") || IsNext("[")) return SkipParens();
  if (IsNext("{")) {  // {fn now()} and {d '...'} of ODBC
    while (!AtEnd() && !IsNext("}")) Skip();
    return Expect("}", "after the expression");
  }
  if (IsNext("CASE")) {
    int depth = 0;
    do {
      depth += IsNext("CASE") - IsNext("END");
      Skip();
      if (AtEnd()) return Unexpected("expected END of the CASE");
    } while (depth > 0);
    return Status::OK();
  }
  const SqlToken::Kind kind = Peek().kind;
  if (kind == SqlToken::Kind::kEnd || kind == SqlToken::Kind::kSymbol) {
    return Unexpected("expected an expression");
  }
  if (kind == SqlToken::Kind::kNumber) {
    Skip();
    return Status::OK();
  }
  if (kind == SqlToken::Kind::kText) return TakeText("a text").status();
  const std::string word = Peek().upper;
  if (IsOneOf(word, "NOT PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT COMMENT GENERATED DEFAULT")) {
    return Unexpected("expected an expression");
  }
  ARROW_RETURN_NOT_OK(TakePath("a name").status());
  if (Peek().kind == SqlToken::Kind::kText &&
      (IsOneOf(word, "DATE TIME TIMESTAMP DATETIME INTERVAL"))) {
    Skip();
    static constexpr std::string_view kUnits =
        "YEAR YEARS MONTH MONTHS DAY DAYS HOUR HOURS MINUTE MINUTES SECOND SECONDS";
    if (word == "INTERVAL" && IsOneOf(Peek().upper, kUnits)) Skip();
    return Status::OK();
  }
  if (word == "NEXT" && IsNext("VALUE FOR")) {
    Skip(2);
    return TakePath("a sequence").status();
  }
  return IsNext("(") || (word == "ARRAY" && IsNext("[")) ? SkipParens() : Status::OK();
}

Status TokenReader::TakePostfix() {
  for (;;) {
    if (Take("::")) {
      ARROW_RETURN_NOT_OK(TakePath("a type").status());
      for (;;) {
        const bool zone = (IsNext("WITH TIME ZONE") || IsNext("WITHOUT TIME ZONE"));
        const bool word = IsNext("VARYING") || IsNext("PRECISION");
        if (zone) Skip(2);
        if (zone || word) {
          Skip();
        } else if (IsNext("(") || (IsNext("[") && (IsNext("]", 1) || IsNext("]", 2)))) {
          ARROW_RETURN_NOT_OK(SkipParens());
        } else {
          break;
        }
      }
    } else if (IsNext("[") && dialect_->id != kSqlserver) {
      ARROW_RETURN_NOT_OK(SkipParens());
    } else if (Take("AT TIME ZONE")) {
      ARROW_RETURN_NOT_OK(TakePrimary());
    } else {
      return Status::OK();
    }
  }
}

Result<std::string> TokenReader::TakeExpression() {
  const size_t begin = at_;
  do {
    ARROW_RETURN_NOT_OK(TakePrimary());
    ARROW_RETURN_NOT_OK(TakePostfix());
    if (!IsOperator(Peek())) break;
    Skip();
  } while (true);
  return Raw(begin, at_);
}

std::string TokenReader::Raw(size_t from, size_t to) const {
  std::string out;
  for (size_t index = from; index < to && index + 1 < tokens_.size(); ++index) {
    const SqlToken& token = tokens_[index];
    if (index > from && token.spaced) out += ' ';
    out += std::string_view(source_->text).substr(token.begin, token.end - token.begin);
  }
  return out;
}

std::vector<SqlToken> TokenReader::Slice(size_t from, size_t to) const {
  return {tokens_.begin() + static_cast<std::ptrdiff_t>(from),
          tokens_.begin() + static_cast<std::ptrdiff_t>(to)};
}

std::vector<SqlToken> TokenReader::Rest() const { return Slice(at_, tokens_.size()); }

Place TokenReader::PlaceAt(size_t position) const {
  const SqlToken& token = tokens_[std::min(position, tokens_.size() - 1)];
  return token.line > 0 ? Place{source_, token.line, token.column} : PlaceOf(source_, token.begin);
}

Status TokenReader::Unexpected(std::string message, std::string hint) const {
  const SqlToken& token = Peek();
  const std::string found =
      AtEnd() ? "the end of the statement"
              : source_->text.substr(token.begin, std::min<size_t>(token.end - token.begin, 40));
  return UsageErrorAt(here(), message + ", found " + found, std::move(hint));
}

}  // namespace tamis
