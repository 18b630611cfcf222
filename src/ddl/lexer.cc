// Splits DDL into the tokens of its statements, by each dialect's quotes and comments. Does not
// know what statements mean, but for where the ones that hold others end.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "ddl/token_reader.h"

namespace tamis {
namespace {

bool IsWordStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '@' || c == '#' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsWordByte(char c) {
  return IsWordStart(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '$';
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  return text;
}

void AppendCodePoint(uint32_t code, std::string* out) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  const auto add = [&](uint32_t byte) { *out += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

/// Reads `count` digits of a base at `at`; false when there are fewer.
bool ReadDigits(std::string_view text, size_t at, size_t count, int base, uint32_t* out) {
  const std::string digits(text.substr(std::min(at, text.size()), count));
  if (digits.size() < count) return false;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + count, *out, base);
  return error == std::errc() && end == digits.data() + count;
}

/// The escape behind a backslash at `at`; returns how many bytes it has. MySQL has no numbers,
/// and keeps the backslash of `\%` and `\_`.
size_t AppendEscaped(std::string_view text, size_t at, bool numbers, std::string* out) {
  const char c = text[at];
  uint32_t code = 0;
  if (numbers && c >= '0' && c <= '3' && ReadDigits(text, at, 3, 8, &code)) {
    AppendCodePoint(code, out);
    return 3;
  }
  for (const auto& [letter, count] : {std::pair('x', 2), std::pair('u', 4), std::pair('U', 8)}) {
    const auto digits = static_cast<size_t>(count);
    if (!numbers || c != letter || !ReadDigits(text, at + 1, digits, 16, &code)) continue;
    AppendCodePoint(code, out);
    return digits + 1;
  }
  static constexpr std::string_view kFrom = "nrtb0Z", kTo("\n\r\t\b\0\x1a", 6);
  const size_t index = kFrom.find(c);
  if (c == '%' || c == '_') *out += '\\';
  *out += index == std::string_view::npos ? c : kTo[index];
  return 1;
}

bool IsWord(const std::vector<SqlToken>& tokens, size_t index, std::string_view word) {
  return index < tokens.size() && tokens[index].kind == SqlToken::Kind::kWord &&
         tokens[index].upper == word;
}

/// Whether the statement holds statements of its own between BEGIN and END.
bool IsRoutine(const std::vector<SqlToken>& tokens) {
  if (!IsWord(tokens, 0, "CREATE") && !IsWord(tokens, 0, "ALTER")) return false;
  static const std::vector<std::string> kRoutines = {"TRIGGER", "FUNCTION", "PROCEDURE",
                                                     "PROC",    "PACKAGE",  "EVENT"};
  for (size_t index = 1; index < std::min<size_t>(tokens.size(), 12); ++index) {
    if (tokens[index].text == "(" || IsWord(tokens, index, "TABLE")) return false;
    for (const std::string& word : kRoutines) {
      if (IsWord(tokens, index, word)) return true;
    }
  }
  return false;
}

/// How many BEGINs and CASEs are open. `END IF` and the like close what was never counted.
int OpenBlocks(const std::vector<SqlToken>& tokens) {
  int open = 0;
  for (size_t index = 0; index < tokens.size(); ++index) {
    if (IsWord(tokens, index, "BEGIN") || IsWord(tokens, index, "CASE")) {
      open += index == 0 || !IsWord(tokens, index - 1, "END");
    } else if (IsWord(tokens, index, "END") && !IsWord(tokens, index + 1, "IF") &&
               !IsWord(tokens, index + 1, "LOOP") && !IsWord(tokens, index + 1, "WHILE") &&
               !IsWord(tokens, index + 1, "REPEAT")) {
      --open;
    }
  }
  return open;
}

}  // namespace

Status SqlLexer::Error(size_t at, std::string message, std::string hint) const {
  return UsageErrorAt(PlaceOf(source_, at), std::move(message), std::move(hint));
}

bool SqlLexer::AtLineStart(size_t at) const {
  while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
  return at == 0 || text_[at - 1] == '\n' || text_[at - 1] == '\r';
}

std::string_view SqlLexer::LineAt(size_t at) const {
  const size_t end = std::min(text_.find('\n', at), text_.size());
  return std::string_view(text_).substr(at, end - at);
}

Status SqlLexer::SkipBlockComment() {
  const size_t begin = at_;
  int depth = 0;
  while (at_ < text_.size()) {
    if (text_.compare(at_, 2, "*/") == 0) {
      at_ += 2;
      if (--depth == 0) return Status::OK();
    } else if (text_.compare(at_, 2, "/*") == 0 && (depth == 0 || dialect_.nested_comments)) {
      at_ += 2;
      ++depth;
    } else {
      ++at_;
    }
  }
  return Error(begin, "the comment is not closed", "it ends with */");
}

Status SqlLexer::SkipBlanks(bool* skipped) {
  for (;; *skipped = true) {
    if (at_ >= text_.size()) return Status::OK();
    const std::string_view two = std::string_view(text_).substr(at_, 2);
    if (IsBlank(text_[at_]) || text_.compare(at_, 3, "\xEF\xBB\xBF") == 0) {
      at_ += IsBlank(text_[at_]) ? 1 : 3;
    } else if (two == "--" || (dialect_.hash_comments && text_[at_] == '#') ||
               (dialect_.slash_comments && two == "//")) {
      at_ += LineAt(at_).size();
    } else if (two == "/*" && dialect_.id == kMysql && text_.compare(at_, 3, "/*!") == 0) {
      // MySQL runs what stands in /*!40101 ... */; so do we.
      at_ += 3;
      while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
      ++open_conditional_comments_;
    } else if (two == "*/" && open_conditional_comments_ > 0) {
      at_ += 2;
      --open_conditional_comments_;
    } else if (two == "/*") {
      ARROW_RETURN_NOT_OK(SkipBlockComment());
    } else {
      return Status::OK();
    }
  }
}

Result<SqlToken> SqlLexer::QuotedName(char mark) {
  SqlToken token{SqlToken::Kind::kName, "", "", at_};
  const char close = mark == '[' ? ']' : mark;
  for (size_t at = at_ + 1; at < text_.size(); ++at) {
    if (text_[at] != close) {
      token.text += text_[at];
    } else if (at + 1 < text_.size() && text_[at + 1] == close) {
      token.text += text_[at++];
    } else {
      at_ = token.end = at + 1;
      if (token.text.empty()) return Error(token.begin, "the name is empty");
      return token;
    }
  }
  return Error(at_, std::string("the name is not closed: a ") + close + " is missing");
}

/// Quotes in sequence (`'''` of BigQuery) hold texts of several lines.
Result<SqlToken> SqlLexer::QuotedText(char mark, bool escapes, size_t prefix_bytes) {
  SqlToken token{SqlToken::Kind::kText, "", "", at_};
  token.plain = prefix_bytes == 0 && mark == '\'';
  size_t at = at_ + prefix_bytes;
  const bool triple = dialect_.id == kBigquery && text_.compare(at, 3, std::string(3, mark)) == 0;
  const std::string close(triple ? 3 : 1, mark);
  at += close.size();
  token.plain &= !triple;
  for (; at < text_.size(); ++at) {
    if (escapes && text_[at] == '\\' && at + 1 < text_.size()) {
      at += AppendEscaped(text_, at + 1, dialect_.id != kMysql, &token.text);
    } else if (text_.compare(at, close.size(), close) != 0) {
      token.text += text_[at];
    } else if (!triple && at + 1 < text_.size() && text_[at + 1] == mark &&
               (dialect_.id & kNoDoubledQuotes) == 0) {
      token.text += text_[at++];
    } else {
      at_ = token.end = at + close.size();
      return token;
    }
  }
  return Error(token.begin, "the text is not closed: a " + close + " is missing");
}

Result<SqlToken> SqlLexer::DollarText() {
  size_t tag_end = at_ + 1;
  while (tag_end < text_.size() && text_[tag_end] != '$' && IsWordByte(text_[tag_end])) ++tag_end;
  const std::string tag = text_.substr(at_, tag_end + 1 - at_);
  const size_t close = text_.find(tag, tag_end + 1);
  if (close == std::string::npos)
    return Error(at_, "the text is not closed: " + tag + " is missing");
  SqlToken token{SqlToken::Kind::kText, text_.substr(tag_end + 1, close - tag_end - 1), "", at_};
  token.plain = false;
  at_ = token.end = close + tag.size();
  return token;
}

/// E'..', N'..', X'..', B'..', U&'..', _utf8'..', r"..", q'[..]': texts with a word in front.
bool SqlLexer::TryPrefixedText(Result<SqlToken>* token) {
  size_t at = at_;
  while (at < text_.size() && IsWordByte(text_[at])) ++at;
  const std::string prefix = Upper(std::string_view(text_).substr(at_, at - at_));
  if (at < text_.size() && text_[at] == '&' && prefix == "U") ++at;
  if (at >= text_.size()) return false;
  const char mark = text_[at];
  if (mark != '\'' && !(mark == '"' && dialect_.double_quoted_text)) return false;
  const bool is_charset = dialect_.id == kMysql && prefix.starts_with('_');
  if (prefix == "Q" && dialect_.id == kOracle && at + 1 < text_.size()) {
    static constexpr std::string_view kOpen = "[{(<", kClose = "]})>";
    const size_t kind = kOpen.find(text_[at + 1]);
    const char end_mark = kind == std::string_view::npos ? text_[at + 1] : kClose[kind];
    const size_t close = text_.find(std::string(1, end_mark) + "'", at + 2);
    if (close == std::string::npos) {
      *token = Error(at_, "the text is not closed");
    } else {
      *token =
          SqlToken{SqlToken::Kind::kText, text_.substr(at + 2, close - at - 2), "", at_, close + 2};
      (*token)->plain = false;
      at_ = close + 2;
    }
    return true;
  }
  if (prefix.size() > 2 && !is_charset) return false;
  static constexpr std::string_view kPrefixes = " N E X B U R RB BR ";
  if (!is_charset && kPrefixes.find(" " + prefix + " ") == std::string_view::npos) return false;
  const bool is_raw = prefix.find('R') != std::string::npos;
  const bool escapes = prefix == "E" || (dialect_.backslash_escapes && !is_raw);
  *token = QuotedText(mark, escapes, at - at_);
  return true;
}

SqlToken SqlLexer::Word() {
  SqlToken token{SqlToken::Kind::kWord, "", "", at_};
  while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
  token.end = at_;
  token.text = text_.substr(token.begin, token.end - token.begin);
  token.upper = Upper(token.text);
  return token;
}

SqlToken SqlLexer::Number() {
  SqlToken token{SqlToken::Kind::kNumber, "", "", at_};
  bool exponent = false;
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    const bool sign = exponent && (c == '+' || c == '-');
    if (!IsDigit(c) && c != '.' && !sign && std::isalpha(static_cast<unsigned char>(c)) == 0) break;
    exponent = c == 'e' || c == 'E';
  }
  token.end = at_;
  token.text = text_.substr(token.begin, token.end - token.begin);
  return token;
}

SqlToken SqlLexer::Symbol() {
  static const std::vector<std::string> kLong = {"<=>", "->>", "!~*", "<=", ">=", "<>", "!=", "::",
                                                 "||",  "->",  "=>",  ":=", "&&", "~*", "!~", "@>"};
  SqlToken token{SqlToken::Kind::kSymbol, std::string(1, text_[at_]), "", at_};
  for (const std::string& symbol : kLong) {
    // <> never ends a nested type: array<> is none.
    if (text_.compare(at_, symbol.size(), symbol) == 0) {
      token.text = symbol;
      break;
    }
  }
  at_ += token.text.size();
  token.end = at_;
  return token;
}

Result<SqlToken> SqlLexer::NextToken() {
  const char c = text_[at_];
  Result<SqlToken> token = SqlToken();
  if (c == '\'') return QuotedText(c, dialect_.backslash_escapes, 0);
  if (c == '"' && dialect_.double_quoted_text) return QuotedText(c, dialect_.backslash_escapes, 0);
  if (std::string_view(dialect_.identifier_marks).find(c) != std::string_view::npos) {
    // In T-SQL and SQLite [ begins a name; elsewhere an array.
    return QuotedName(c);
  }
  if (c == '$' && dialect_.dollar_quotes) {
    size_t at = at_ + 1;
    while (at < text_.size() && text_[at] != '$' && IsWordByte(text_[at])) ++at;
    if (at < text_.size() && text_[at] == '$') return DollarText();
  }
  if (IsWordStart(c)) {
    if (TryPrefixedText(&token)) return token;
    return Word();
  }
  const bool digit_follows = at_ + 1 < text_.size() && IsDigit(text_[at_ + 1]);
  if (IsDigit(c) || (c == '.' && digit_follows)) return Number();
  return Symbol();
}

/// Lines that client programs take for themselves: `\connect x`, `GO`, `/`, `DELIMITER //`, ...
bool SqlLexer::TakeLineDirective(std::vector<SqlToken>* tokens) {
  if (!AtLineStart(at_)) return false;
  const std::string_view line = Trimmed(LineAt(at_));
  const std::string word = Upper(line.substr(0, line.find_first_of(" \t;")));
  // GO, or GO and how often
  if (dialect_.id == kSqlserver && word == "GO" &&
      line.find_first_not_of(" \t;0123456789", 2) == std::string_view::npos) {
    at_ += LineAt(at_).size();
    return true;
  }
  if (dialect_.id == kOracle && line == "/") {
    at_ += LineAt(at_).size();
    return true;
  }
  if (!tokens->empty()) return false;
  if (dialect_.id == kMysql && word == "DELIMITER" && line.size() > word.size()) {
    delimiter_ = std::string(Trimmed(line.substr(word.size())));
    at_ += LineAt(at_).size();
    return true;
  }
  const bool is_psql = (dialect_.id & (kPostgresql | kRedshift)) != 0 && line.starts_with('\\');
  const bool is_sqlite = dialect_.id == kSqlite && line.starts_with('.');
  const bool is_sqlplus =
      dialect_.id == kOracle && (word == "PROMPT" || word == "REM" || word == "SPOOL" ||
                                 (word == "SET" && line.find(';') == std::string_view::npos));
  if (!is_psql && !is_sqlite && !is_sqlplus) return false;
  SqlToken token{SqlToken::Kind::kSymbol, std::string(line), "", at_, at_ + line.size()};
  SetPlace(&token);
  tokens->push_back(std::move(token));
  at_ += LineAt(at_).size();
  return true;
}

/// pg_dump writes rows between `COPY ... FROM stdin;` and a line `\.`.
void SqlLexer::SkipCopiedRows(const std::vector<SqlToken>& tokens) {
  if (!IsWord(tokens, 0, "COPY")) return;
  bool from_stdin = false;
  for (size_t index = 1; index < tokens.size(); ++index) {
    from_stdin |= IsWord(tokens, index - 1, "FROM") && IsWord(tokens, index, "STDIN");
  }
  if (!from_stdin) return;
  const size_t end = text_.find("\n\\.", at_);
  at_ = end == std::string::npos ? text_.size() : std::min(text_.find('\n', end + 1), text_.size());
}

bool SqlLexer::EndsStatement(const SqlToken& token, const std::vector<SqlToken>& tokens) {
  if (delimiter_ != ";") {
    if (text_.compare(token.begin, delimiter_.size(), delimiter_) != 0) return false;
    at_ = token.begin + delimiter_.size();
    return true;
  }
  if (token.text != ";" || token.kind != SqlToken::Kind::kSymbol) return false;
  if (!IsRoutine(tokens)) return true;
  if (dialect_.id == kOracle) return false;  // a line with / ends it
  return OpenBlocks(tokens) <= 0;
}

/// Lines are counted once, from one token to the next.
void SqlLexer::SetPlace(SqlToken* token) {
  for (; counted_ < token->begin; ++counted_) {
    if (text_[counted_] != '\n') continue;
    ++line_;
    line_begin_ = counted_ + 1;
  }
  token->line = line_;
  token->column = static_cast<int64_t>(token->begin - line_begin_) + 1;
}

Result<std::vector<SqlToken>> SqlLexer::Next() {
  std::vector<SqlToken> tokens;
  for (;;) {
    bool spaced = false;
    ARROW_RETURN_NOT_OK(SkipBlanks(&spaced));
    if (at_ >= text_.size()) break;
    if (TakeLineDirective(&tokens)) {
      if (!tokens.empty()) break;
      continue;
    }
    ARROW_ASSIGN_OR_RAISE(SqlToken token, NextToken());
    token.spaced = spaced;
    SetPlace(&token);
    if (EndsStatement(token, tokens)) {
      if (tokens.empty()) continue;
      SkipCopiedRows(tokens);
      break;
    }
    tokens.push_back(std::move(token));
  }
  SqlToken end;
  end.begin = end.end = tokens.empty() ? text_.size() : tokens.back().end;
  tokens.push_back(std::move(end));
  return tokens;
}

}  // namespace tamis
