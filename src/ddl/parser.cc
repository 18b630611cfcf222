// Takes the statements of a DDL text one by one. See parser.h.
#include "ddl/parser.h"

#include <algorithm>
#include <utility>

#include "base/source_text.h"
#include "base/suggest.h"
#include "contract/odcs.h"
#include "ddl/detect.h"
#include "spec/emit.h"

namespace tamis {
namespace {

constexpr size_t kStatementBytesShown = 60;

/// The first words of a statement, for messages.
std::string Opening(const TokenReader& reader) {
  std::string text = reader.Raw(0, 12);
  if (text.size() > kStatementBytesShown) {
    text.resize(kStatementBytesShown);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0u) == 0x80u) {
      text.pop_back();
    }
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80u) text.pop_back();
    text += "...";
  }
  return text;
}

/// Whether two names mean one thing: letter case matters only between quotes.
bool SameName(const DdlName& a, const DdlName& b) {
  return a.text == b.text || (!(a.quoted && b.quoted) && Lower(a.text) == Lower(b.text));
}

bool SameText(const std::string& a, const std::string& b) { return a == b || Lower(a) == Lower(b); }

/// Moves to a CREATE TABLE or ALTER TABLE that begins a line inside a statement that is not used;
/// false when there is none. What routines do when they run is their own.
bool SkipToTable(TokenReader* reader) {
  for (const char* word :
       {"PROC", "PROCEDURE", "FUNCTION", "TRIGGER", "VIEW", "PACKAGE", "EVENT"}) {
    for (size_t ahead = 1; ahead < 6; ++ahead) {
      if (reader->IsNext("CREATE") && reader->IsNext(word, ahead)) return false;
      if (reader->IsNext("ALTER") && reader->IsNext(word, ahead)) return false;
    }
  }
  if (reader->IsNext("BEGIN") || reader->IsNext("DECLARE")) return false;
  for (int64_t line = reader->Peek().line; !reader->AtEnd(); line = reader->Peek().line) {
    reader->Skip();
    const bool begins_line = reader->Peek().line > line || reader->Is(kSqlserver);
    if (begins_line && (reader->IsNext("CREATE TABLE") || reader->IsNext("ALTER TABLE"))) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string DdlMessage::ToString() const {
  const std::string where = place.ToString();
  return where.empty() ? text : where + ": " + text;
}

ColumnDraft* TableDraft::Find(const std::string& wanted) {
  for (ColumnDraft& column : columns) {
    if (column.column.name == wanted) return &column;
  }
  for (ColumnDraft& column : columns) {
    if (SameText(column.column.name, wanted)) return &column;
  }
  return nullptr;
}

void DdlParser::Warn(const Place& place, std::string text) {
  out_.warnings.push_back(DdlMessage{place, std::move(text)});
}

void DdlParser::NotUsed(const TokenReader& reader, const std::string& reason) {
  out_.not_used.push_back(
      DdlMessage{reader.PlaceAt(0), Opening(reader) + (reason.empty() ? "" : " (" + reason + ")")});
}

TableDraft* DdlParser::FindTable(const std::vector<DdlName>& path) {
  TableDraft* found = nullptr;
  for (TableDraft& table : tables_) {
    bool same = SameName(table.path.back(), path.back());
    if (same && path.size() > 1 && table.path.size() > 1) {
      same = SameName(table.path[table.path.size() - 2], path[path.size() - 2]);
    }
    if (!same) continue;
    const bool exact = table.path.size() == path.size() && table.name() == path.back().text;
    if (!found || exact) found = &table;
  }
  return found;
}

ParsedDdl DdlParser::Parse() {
  out_.dialect = dialect_.name;
  SqlLexer lexer(source_, dialect_);
  for (;;) {
    Result<std::vector<SqlToken>> tokens = lexer.Next();
    if (!tokens.ok()) {
      AddError(tokens.status());  // an open quote: nothing behind it has a meaning
      break;
    }
    if (tokens->front().kind == SqlToken::Kind::kEnd) break;
    TokenReader reader(source_, dialect_, std::move(*tokens));
    ParseStatement(&reader);
  }
  if (tables_.empty() && out_.errors.empty()) {
    AddError(UsageErrorAt(Place{source_, 0, 0}, "no CREATE TABLE in it"));
  }
  Finish();
  return std::move(out_);
}

void DdlParser::ParseStatement(TokenReader* reader) {
  bool used = false;
  Status status;
  if (reader->IsNext("CREATE") || reader->IsNext("REPLACE TABLE")) {
    status = ParseCreate(reader, &used);
  } else if (reader->IsNext("ALTER")) {
    status = ParseAlter(reader, &used);
  } else if (reader->IsNext("COMMENT ON")) {
    status = ParseComment(reader, &used);
  }
  if (!status.ok()) {
    AddError(std::move(status));
    return;
  }
  if (!used) {
    NotUsed(*reader, "");
    reader->Seek(0);
    if (!SkipToTable(reader)) return;
  }
  if (reader->AtEnd()) return;
  if (reader->Is(kSqlserver)) {  // statements need nothing between them
    TokenReader rest(source_, dialect_, reader->Rest());
    ParseStatement(&rest);
  } else if (!used) {
    AddError(UsageErrorAt(reader->here(), "a ; is missing in front of this statement"));
  }
}

Status DdlParser::ParseCreate(TokenReader* reader, bool* used) {
  static constexpr const char* kModifiers[] = {
      "GLOBAL",   "LOCAL",   "TEMPORARY", "TEMP",      "UNLOGGED", "EXTERNAL", "TRANSIENT",
      "VOLATILE", "FOREIGN", "PRIVATE",   "IMMUTABLE", "HYBRID",   "ICEBERG",  "MANAGED"};
  const bool replaces = reader->Take("REPLACE");
  if (!replaces) reader->Skip();
  const bool or_replace = replaces || reader->Take("OR REPLACE");
  std::string modifiers;
  for (bool more = true; more;) {
    more = false;
    for (const char* word : kModifiers) {
      if (!reader->Take(word)) continue;
      modifiers += (modifiers.empty() ? "" : " ") + std::string(word);
      more = true;
    }
  }
  if (reader->IsNext("TABLE FUNCTION")) return Status::OK();
  if (reader->Take("TABLE")) {
    *used = true;
    return ParseCreateTable(reader, modifiers, or_replace);
  }
  if (reader->Take("TYPE")) return ParseCreateType(reader, used);
  if (reader->Take("DOMAIN")) return ParseCreateDomain(reader, used);
  return Status::OK();
}

/// CREATE TYPE name AS ENUM (...): columns of it take the values.
Status DdlParser::ParseCreateType(TokenReader* reader, bool* used) {
  ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader->TakePath("the name of the type"));
  if (!reader->Take("AS ENUM (")) return Status::OK();
  SqlType type;
  type.kind = SqlKind::kText;
  do {
    if (reader->IsNext(")")) break;
    ARROW_ASSIGN_OR_RAISE(std::string value, reader->TakeText("a value in quotes"));
    type.enum_values.push_back(std::move(value));
  } while (reader->Take(","));
  ARROW_RETURN_NOT_OK(reader->Expect(")", "after the values"));
  if (!reader->AtEnd()) return reader->Unexpected("expected the end of CREATE TYPE");
  types_[Lower(path.back().text)] = std::move(type);
  Warn(path.back().place,
       "the type " + path.back().text + " is written out in its columns: text and its values");
  *used = true;
  return Status::OK();
}

/// CREATE DOMAIN name AS type [CHECK (...)]: columns of it take the type.
Status DdlParser::ParseCreateDomain(TokenReader* reader, bool* used) {
  ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader->TakePath("the name of the domain"));
  ARROW_UNUSED(reader->Take("AS"));
  ARROW_ASSIGN_OR_RAISE(SqlType type, ParseSqlType(reader));
  std::vector<ConstraintDraft> checks;
  while (!reader->AtEnd()) {
    ConstraintDraft check;
    if (reader->Take("CONSTRAINT")) {
      ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("the name of the constraint"));
    }
    if (!reader->IsNext("CHECK")) {
      return reader->Unexpected("only CHECK is understood in a domain");
    }
    ARROW_RETURN_NOT_OK(ParseCheck(reader, &check));
    checks.push_back(std::move(check));
  }
  types_[Lower(path.back().text)] = std::move(type);
  domain_checks_[Lower(path.back().text)] = std::move(checks);
  Warn(path.back().place, "the domain " + path.back().text + " is written out in its columns");
  *used = true;
  return Status::OK();
}

Status DdlParser::ParseComment(TokenReader* reader, bool* used) {
  reader->Skip(2);
  const bool on_column = reader->IsNext("COLUMN");
  if (!on_column && !reader->IsNext("TABLE")) return Status::OK();
  reader->Skip();
  ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader->TakePath("a name"));
  ARROW_RETURN_NOT_OK(reader->Expect("IS", "before the comment"));
  std::string text;
  if (!reader->Take("NULL")) {
    ARROW_ASSIGN_OR_RAISE(text, reader->TakeText("the comment in quotes"));
  }
  if (!reader->AtEnd()) return reader->Unexpected("expected the end of the comment");
  *used = true;
  DdlName column;
  if (on_column) {
    if (path.size() < 2) {
      return UsageErrorAt(path[0].place, "the column's table is missing", "write TABLE.COLUMN");
    }
    column = path.back();
    path.pop_back();
  }
  TableDraft* table = FindTable(path);
  if (!table) {
    NotUsed(*reader, "the table " + path.back().text + " is not in this file");
    return Status::OK();
  }
  if (!on_column) {
    table->description = std::move(text);
    return Status::OK();
  }
  ColumnDraft* found = table->Find(column.text);
  if (!found) {
    return UsageErrorAt(column.place, "unknown column: " + column.text + " of " + table->name());
  }
  found->column.description = std::move(text);
  return Status::OK();
}

std::vector<std::string> DdlDialectNames() {
  std::vector<std::string> names;
  for (const DdlDialect& dialect : DdlDialects()) names.emplace_back(dialect.name);
  return names;
}

Result<ParsedDdl> ParseDdl(const std::shared_ptr<const SourceText>& source,
                           std::string_view dialect) {
  ARROW_RETURN_NOT_OK(CheckSourceText(source));
  if (Lower(dialect) != "auto") {
    ARROW_ASSIGN_OR_RAISE(const DdlDialect* named, FindDialect(dialect));
    return DdlParser(source, *named).Parse();
  }
  // The likeliest dialect that understands all of it; what nothing speaks for comes last.
  std::vector<DialectGuess> guesses = GuessDialects(*source);
  const bool some_evidence = guesses.front().score > 0;
  ParsedDdl first;
  for (const DialectGuess& guess : guesses) {
    if (some_evidence && guess.score == 0) break;
    ParsedDdl parsed = DdlParser(source, *guess.dialect).Parse();
    parsed.reason = some_evidence ? guess.reason
                                  : "nothing in it is particular to another, and all of it is read";
    const bool is_first = &guess == &guesses.front();
    if (parsed.errors.empty()) {
      if (!is_first && some_evidence) {
        parsed.reason +=
            "; " + std::string(guesses.front().dialect->name) + " would not understand all of it";
      }
      return parsed;
    }
    if (is_first) first = std::move(parsed);
  }
  if (!some_evidence) first.reason = "nothing in it is particular to a dialect";
  return first;
}

}  // namespace tamis
