// The words of one statement, and a reader that walks over them. Does not know statements.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ddl/dialect.h"

namespace tamis {

/// A piece of DDL text. Comments and blanks are none.
struct SqlToken {
  enum class Kind : uint8_t {
    kWord,  // an unquoted name or keyword
    kName,  // a quoted name
    kText,  // a quoted text
    kNumber,
    kSymbol,  // one to three characters: ( ) , :: <= ...
    kEnd,     // behind the last one
  };
  Kind kind = Kind::kEnd;
  std::string text;   // without quotes and escapes
  std::string upper;  // of words: in capital letters
  size_t begin = 0;   // bytes of the source
  size_t end = 0;
  int64_t line = 0;  // from 1; 0: not known
  int64_t column = 0;
  bool spaced = false;  // a blank or comment stands in front of it
  bool plain = true;    // of texts: quoted as the standard does, without a prefix
};

/// Splits DDL text into tokens, statement by statement.
class SqlLexer {
 public:
  SqlLexer(std::shared_ptr<const SourceText> source, const DdlDialect& dialect)
      : source_(std::move(source)), text_(source_->text), dialect_(dialect) {}

  /// The tokens up to the next end of a statement, without it; ends with a kEnd token. Empty
  /// statements are passed over; nothing but kEnd at the end of the text. UsageError where a text,
  /// a name or a comment is not closed.
  Result<std::vector<SqlToken>> Next();

 private:
  Status SkipBlanks(bool* skipped);
  Status SkipBlockComment();
  Result<SqlToken> NextToken();
  Result<SqlToken> QuotedName(char mark);
  Result<SqlToken> QuotedText(char mark, bool escapes, size_t prefix_bytes);
  Result<SqlToken> DollarText();
  SqlToken Word();
  SqlToken Number();
  SqlToken Symbol();
  bool TryPrefixedText(Result<SqlToken>* token);
  bool EndsStatement(const SqlToken& token, const std::vector<SqlToken>& tokens);
  bool TakeLineDirective(std::vector<SqlToken>* tokens);
  void SkipCopiedRows(const std::vector<SqlToken>& tokens);
  void SetPlace(SqlToken* token);
  bool AtLineStart(size_t at) const;
  std::string_view LineAt(size_t at) const;
  Status Error(size_t at, std::string message, std::string hint = "") const;

  std::shared_ptr<const SourceText> source_;
  const std::string& text_;
  const DdlDialect& dialect_;
  size_t at_ = 0;
  int64_t line_ = 1;       // of counted_
  size_t line_begin_ = 0;  // byte offset of that line
  size_t counted_ = 0;     // up to where lines are counted
  int open_conditional_comments_ = 0;
  std::string delimiter_ = ";";
};

/// A name as it was written.
struct DdlName {
  std::string text;
  bool quoted = false;
  Place place;
};

/// Walks over the tokens of a statement. Words in arguments are in capital letters, separated by
/// single blanks; symbols count as words.
class TokenReader {
 public:
  TokenReader(std::shared_ptr<const SourceText> source, const DdlDialect& dialect,
              std::vector<SqlToken> tokens);

  const DdlDialect& dialect() const { return *dialect_; }
  bool Is(DialectSet dialects) const { return (dialect_->id & dialects) != 0; }
  bool AtEnd() const { return Peek().kind == SqlToken::Kind::kEnd; }
  const SqlToken& Peek(size_t ahead = 0) const;
  size_t position() const { return at_; }
  void Seek(size_t position) { at_ = position; }
  void Skip(size_t count = 1);

  bool IsNext(std::string_view words, size_t ahead = 0) const;
  bool Take(std::string_view words);
  Status Expect(std::string_view words, std::string_view where);

  /// One name: a word or a quoted name.
  Result<DdlName> TakeName(std::string_view what);
  /// `a.b.c`; the last part is the name itself.
  Result<std::vector<DdlName>> TakePath(std::string_view what);
  /// `(name, name)`; sort orders and lengths behind the names are put into `*extra`.
  Result<std::vector<DdlName>> TakeNames(bool* has_extra);
  Result<std::string> TakeText(std::string_view what);
  Result<int64_t> TakeInteger(std::string_view what);
  /// Skips `( ... )` and returns what stands between, as written.
  Result<std::string> TakeParens();
  /// Skips one expression of the kind that a DEFAULT has, and returns it as written.
  Result<std::string> TakeExpression();
  /// Skips to the next `,` or `)` that belongs to the level where the reader is, or to the end.
  void SkipToComma();

  /// The source between two positions: comments left out, blanks and line ends become one blank.
  std::string Raw(size_t from, size_t to) const;
  std::vector<SqlToken> Slice(size_t from, size_t to) const;
  /// The tokens from here on.
  std::vector<SqlToken> Rest() const;
  Place PlaceAt(size_t position) const;
  Place here() const { return PlaceAt(at_); }
  /// An error at the next token; `message` is followed by what is found there.
  Status Unexpected(std::string message, std::string hint = "") const;
  const std::shared_ptr<const SourceText>& source() const { return source_; }

 private:
  Status TakePrimary();
  Status TakePostfix();
  Status SkipParens();

  std::shared_ptr<const SourceText> source_;
  const DdlDialect* dialect_;
  std::vector<SqlToken> tokens_;
  size_t at_ = 0;
};

}  // namespace tamis
