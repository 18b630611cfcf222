// Cuts the text of an expression into tokens. See lexer.h.
#include "expr/lexer.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tamis {
namespace {

bool IsNameStart(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }

std::string_view LineAt(std::string_view text, int64_t line) {
  size_t begin = 0;
  for (int64_t at = 1; at < line; ++at) {
    begin = text.find('\n', begin);
    if (begin == std::string_view::npos) return {};
    ++begin;
  }
  return text.substr(begin, text.find('\n', begin) - begin);
}

class Cutter {
 public:
  Cutter(std::string_view text, const Place& place) : text_(text), place_(place) {}

  Result<std::vector<Token>> Run() {
    while (true) {
      ARROW_RETURN_NOT_OK(SkipBlanks());
      Token token;
      token.offset = at_;
      if (at_ < text_.size()) ARROW_RETURN_NOT_OK(Next(&token));
      tokens_.push_back(std::move(token));
      if (tokens_.back().kind == Token::Kind::kEnd) return std::move(tokens_);
    }
  }

 private:
  char Peek(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  Status Error(size_t offset, std::string message, std::string hint = "") const {
    return UsageErrorAt(PlaceInText(text_, place_, offset), std::move(message), std::move(hint));
  }

  Status SkipBlanks() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(Peek()))) {
        ++at_;
      } else if (Peek() == '-' && Peek(1) == '-') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (Peek() == '/' && Peek(1) == '*') {
        size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return Error(at_, "this comment has no end", "add */");
        at_ = end + 2;
      } else {
        break;
      }
    }
    return Status::OK();
  }

  Status Next(Token* token) {
    char c = Peek();
    if (IsNameStart(c)) return Word(token, Token::Kind::kWord);
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return Number(token);
    if (c == '\'') return Quoted(token, Token::Kind::kText, "text", "'");
    if (c == '"') return Quoted(token, Token::Kind::kQuoted, "name", "\"");
    if (c == '$') return Parameter(token);
    static constexpr std::array<std::string_view, 7> kPairs = {
        "<=", ">=", "<>", "!=", "==", "||", "::"};
    token->kind = Token::Kind::kSymbol;
    for (std::string_view pair : kPairs) {
      if (text_.substr(at_, 2) == pair) {
        token->text = pair;
        at_ += 2;
        return Status::OK();
      }
    }
    if (std::string_view("+-*/%()=<>,").find(c) == std::string_view::npos) {
      std::string shown = std::isprint(static_cast<unsigned char>(c)) ? std::string(1, c) : "byte";
      std::string hint;
      if (c == '`') hint = "a name with special characters stands in \"double quotes\"";
      if (c == '&' || c == '|') hint = "use AND, OR, bit_and() or bit_or()";
      if (c == '.') hint = "a name with a point stands in \"double quotes\"";
      return Error(at_, "unexpected " + shown, hint);
    }
    token->text = c;
    ++at_;
    return Status::OK();
  }

  Status Word(Token* token, Token::Kind kind) {
    size_t begin = at_;
    while (IsNamePart(Peek())) ++at_;
    token->kind = kind;
    token->text = text_.substr(begin, at_ - begin);
    return Status::OK();
  }

  Status Number(Token* token) {
    size_t begin = at_;
    while (IsDigit(Peek())) ++at_;
    if (Peek() == '.') {
      ++at_;
      while (IsDigit(Peek())) ++at_;
    }
    if (Peek() == 'e' || Peek() == 'E') {
      size_t sign = Peek(1) == '+' || Peek(1) == '-' ? 1 : 0;
      if (!IsDigit(Peek(1 + sign))) return Error(at_, "a number's exponent needs digits");
      at_ += 1 + sign;
      while (IsDigit(Peek())) ++at_;
    }
    if (IsNamePart(Peek()) || Peek() == '.') {
      return Error(at_, "unexpected " + std::string(1, Peek()) + " in a number",
                   "a name that begins with a digit stands in \"double quotes\"");
    }
    token->kind = Token::Kind::kNumber;
    token->text = text_.substr(begin, at_ - begin);
    return Status::OK();
  }

  Status Quoted(Token* token, Token::Kind kind, const char* what, const char* quote) {
    size_t begin = at_;
    ++at_;
    while (true) {
      size_t end = text_.find(*quote, at_);
      if (end == std::string_view::npos) {
        return Error(begin, std::string("this ") + what + " has no end",
                     std::string("add ") + quote);
      }
      token->text += text_.substr(at_, end - at_);
      at_ = end + 1;
      if (Peek() != *quote) break;
      token->text += *quote;
      ++at_;
    }
    token->kind = kind;
    if (kind == Token::Kind::kQuoted && token->text.empty()) return Error(begin, "an empty name");
    return Status::OK();
  }

  Status Parameter(Token* token) {
    size_t begin = at_;
    ++at_;
    bool bracket = Peek() == '(';
    if (bracket) ++at_;
    if (!IsNameStart(Peek())) {
      return Error(begin, "a parameter's name must follow $", "write $name or $(name)");
    }
    ARROW_RETURN_NOT_OK(Word(token, Token::Kind::kParameter));
    if (bracket && Peek() != ')') return Error(at_, "expected ) after the parameter's name");
    if (bracket) ++at_;
    return Status::OK();
  }

  std::string_view text_;
  const Place& place_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

bool ValidUtf8(std::string_view text, size_t* bad) {
  for (size_t i = 0; i < text.size();) {
    auto byte = [&](size_t k) { return static_cast<unsigned char>(text[k]); };
    unsigned char lead = byte(i);
    size_t size = lead < 0x80                   ? 1
                  : lead >= 0xC2 && lead < 0xE0 ? 2
                  : lead >= 0xE0 && lead < 0xF0 ? 3
                  : lead >= 0xF0 && lead < 0xF5 ? 4
                                                : 0;
    *bad = i;
    if (lead == 0 || size == 0 || i + size > text.size()) return false;
    for (size_t k = 1; k < size; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return false;
    }
    if (lead == 0xE0 && byte(i + 1) < 0xA0) return false;
    if (lead == 0xED && byte(i + 1) >= 0xA0) return false;
    if (lead == 0xF0 && byte(i + 1) < 0x90) return false;
    if (lead == 0xF4 && byte(i + 1) >= 0x90) return false;
    i += size;
  }
  return true;
}

}  // namespace

Result<std::vector<Token>> CutTokens(std::string_view text, const Place& place) {
  size_t bad = 0;
  if (!ValidUtf8(text, &bad)) {
    return UsageErrorAt(PlaceInText(text, place, bad),
                        "an expression must be UTF-8 text without NUL bytes");
  }
  return Cutter(text, place).Run();
}

Place PlaceInText(std::string_view text, const Place& place, size_t offset) {
  if (!place.source || place.line <= 0) return place;
  Place at = place;
  std::string_view before = text.substr(0, offset);
  int64_t line = std::count(before.begin(), before.end(), '\n');
  size_t begin = line ? before.rfind('\n') + 1 : 0;
  std::string_view own = text.substr(begin, text.find('\n', begin) - begin);
  auto column_in_line = static_cast<int64_t>(offset - begin);
  // A block scalar begins on the line after its `|`, a folded one may keep the line numbers.
  for (int64_t try_line : {place.line + line, place.line + line + 1}) {
    std::string_view source_line = LineAt(place.source->text, try_line);
    size_t from =
        try_line == place.line && place.column > 0 ? static_cast<size_t>(place.column - 1) : 0;
    size_t found = own.empty() ? std::string_view::npos : source_line.find(own, from);
    if (found == std::string_view::npos) continue;
    at.line = try_line;
    at.column = static_cast<int64_t>(found) + 1 + column_in_line;
    return at;
  }
  // The file spells the text differently (escapes, folding): its begin is the best known place.
  if (place.source->text.empty() && line == 0 && place.column > 0) at.column += column_in_line;
  return at;
}

bool IsWord(std::string_view word, std::string_view upper) {
  if (word.size() != upper.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (std::toupper(static_cast<unsigned char>(word[i])) != upper[i]) return false;
  }
  return true;
}

bool IsReserved(std::string_view word) {
  static constexpr std::array<std::string_view, 26> kReserved = {
      "AND",  "OR",    "NOT",    "IN",     "IS",       "LIKE",  "BETWEEN", "CASE",     "WHEN",
      "THEN", "ELSE",  "END",    "CAST",   "NULL",     "TRUE",  "FALSE",   "TRY_CAST", "FROM",
      "AS",   "WHERE", "SELECT", "ESCAPE", "DISTINCT", "ILIKE", "ASC",     "DESC"};
  return std::any_of(kReserved.begin(), kReserved.end(),
                     [&](std::string_view reserved) { return IsWord(word, reserved); });
}

}  // namespace tamis
