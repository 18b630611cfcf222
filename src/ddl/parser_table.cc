// CREATE TABLE: its head, columns' list, keys and checks. See parser.h.
#include <algorithm>
#include <utility>

#include "ddl/parser.h"
#include "spec/emit.h"

namespace tamis {
namespace {

constexpr const char* kColumnsOfQuery =
    "the columns come from a query, their types are not in this file";

}  // namespace

Status DdlParser::ParseCreateTable(TokenReader* reader, const std::string& modifiers,
                                   bool or_replace) {
  TableDraft table;
  const size_t errors_before = out_.errors.size();
  if (reader->Take("IF NOT EXISTS")) table.ddl["if_not_exists"] = MakeWord("true");
  if (or_replace) table.ddl["or_replace"] = MakeWord("true");
  if (!modifiers.empty()) table.ddl["modifiers"] = MakeText(modifiers);
  table.place = reader->here();
  ARROW_ASSIGN_OR_RAISE(table.path, reader->TakePath("the name of the table"));
  if (FindTable(table.path) && FindTable(table.path)->path.size() == table.path.size()) {
    return UsageErrorAt(table.place, "duplicate table: " + table.name(),
                        "first in line " + std::to_string(FindTable(table.path)->place.line));
  }
  if (reader->IsNext("PARTITION OF")) {
    NotUsed(*reader, "a partition of another table");
    return Status::OK();
  }
  bool has_columns = false;
  ARROW_RETURN_NOT_OK(ParseTableHead(reader, &table, &has_columns));
  if (has_columns) ParseElements(reader, &table);
  ParseTableClauses(reader, &table);
  if (table.columns.empty() && out_.errors.size() == errors_before) {
    return UsageErrorAt(table.place, "the table " + table.name() + " has no columns");
  }
  if (table.path.back().quoted && QuotesMatter(table.name(), dialect_)) {
    table.ddl["quoted"] = MakeWord("true");
  }
  tables_.push_back(std::move(table));
  return Status::OK();
}

Status DdlParser::ParseTableHead(TokenReader* reader, TableDraft* table, bool* has_columns) {
  if (reader->IsNext("AS") || reader->IsNext("( SELECT") || reader->IsNext("( WITH")) {
    return reader->Unexpected(kColumnsOfQuery, "declare the columns");
  }
  if (reader->IsNext("LIKE") || reader->IsNext("CLONE") || reader->IsNext("COPY") ||
      reader->IsNext("SHALLOW CLONE") || reader->IsNext("DEEP CLONE")) {
    if (reader->IsNext("CLONE", 1)) reader->Skip();
    return ParseLike(reader, table);
  }
  if (reader->IsNext("( LIKE") && reader->Is(kMysql)) {
    reader->Skip();
    ARROW_RETURN_NOT_OK(ParseLike(reader, table));
    return reader->Expect(")", "after LIKE");
  }
  if (!reader->Take("(")) {
    if (reader->Is(kSpark | kHive) && reader->IsNext("PARTITIONED BY")) return Status::OK();
    return reader->Unexpected("expected ( and the columns of " + table->name());
  }
  *has_columns = true;
  return Status::OK();
}

/// Reads up to the bracket that closes the list. An element with an error is left out, the others
/// are read all the same.
void DdlParser::ParseElements(TokenReader* reader, TableDraft* table) {
  while (!reader->Take(")")) {
    const size_t begin = reader->position();
    Status status = ParseElement(reader, table);
    if (status.ok() && !reader->IsNext(",") && !reader->IsNext(")")) {
      status = reader->Unexpected("expected , or )");
    }
    if (!status.ok()) {
      AddError(std::move(status));
      reader->Seek(begin);
      reader->SkipToComma();
    }
    if (reader->AtEnd()) {
      AddError(reader->Unexpected("expected ) after the columns of " + table->name()));
      return;
    }
    ARROW_UNUSED(reader->Take(","));
  }
}

Status DdlParser::ParseElement(TokenReader* reader, TableDraft* table) {
  bool taken = false;
  ARROW_RETURN_NOT_OK(ParseTableConstraint(reader, table, &taken));
  if (taken) return Status::OK();
  ARROW_RETURN_NOT_OK(ParseIndex(reader, table, &taken));
  if (taken) return Status::OK();
  if (reader->IsNext("LIKE") && !IsTypeName(*reader, 1)) return ParseLike(reader, table);
  if (reader->IsNext("PERIOD FOR") || reader->IsNext("SUPPLEMENTAL LOG")) {
    const size_t begin = reader->position();
    ConstraintDraft other;
    other.place = reader->here();
    reader->SkipToComma();
    other.text = reader->Raw(begin, reader->position());
    table->constraints.push_back(std::move(other));
    return Status::OK();
  }
  return ParseColumn(reader, table);
}

Status DdlParser::ParseTableConstraint(TokenReader* reader, TableDraft* table, bool* taken) {
  const size_t begin = reader->position();
  ConstraintDraft constraint;
  constraint.place = reader->here();
  const bool named = reader->IsNext("CONSTRAINT");
  if (named) {
    reader->Skip();
    const bool has_name = !reader->IsNext("PRIMARY KEY") && !reader->IsNext("FOREIGN KEY") &&
                          !reader->IsNext("CHECK (") && !reader->IsNext("UNIQUE (");
    if (has_name) {
      ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("the name of the constraint"));
      constraint.name = name.text;
    }
  }
  const bool is_unique = reader->IsNext("UNIQUE");
  if (reader->IsNext("PRIMARY KEY") || is_unique) {
    constraint.kind =
        is_unique ? ConstraintDraft::Kind::kUnique : ConstraintDraft::Kind::kPrimaryKey;
    ARROW_RETURN_NOT_OK(ParseKey(reader, &constraint));
  } else if (reader->IsNext("FOREIGN KEY")) {
    reader->Skip(2);
    constraint.kind = ConstraintDraft::Kind::kForeignKey;
    if (!reader->IsNext("(")) {  // MySQL names the index here
      ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("( and the columns"));
      if (constraint.name.empty()) constraint.name = name.text;
    }
    ARROW_ASSIGN_OR_RAISE(constraint.columns, reader->TakeNames(nullptr));
    ARROW_RETURN_NOT_OK(ParseReference(reader, &constraint));
  } else if (reader->IsNext("CHECK (") || reader->IsNext("CHECK NOT FOR REPLICATION (")) {
    ARROW_RETURN_NOT_OK(ParseCheck(reader, &constraint));
  } else if (reader->IsNext("EXCLUDE") && reader->Is(kPostgresql) &&
             (reader->IsNext("USING", 1) || reader->IsNext("(", 1))) {
    const size_t text_begin = reader->position();
    reader->SkipToComma();
    constraint.text = reader->Raw(text_begin, reader->position());
  } else if (named) {
    return reader->Unexpected("expected PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK");
  } else {
    reader->Seek(begin);
    return Status::OK();
  }
  *taken = true;
  table->constraints.push_back(std::move(constraint));
  return Status::OK();
}

/// PRIMARY KEY or UNIQUE with its columns.
Status DdlParser::ParseKey(TokenReader* reader, ConstraintDraft* constraint) {
  const bool is_unique = constraint->kind == ConstraintDraft::Kind::kUnique;
  reader->Skip(is_unique ? 1 : 2);
  if (is_unique && !reader->Take("KEY")) ARROW_UNUSED(reader->Take("INDEX"));
  for (const char* method : {"CLUSTERED", "NONCLUSTERED", "NULLS NOT DISTINCT", "HASH"}) {
    if (reader->Take(method)) constraint->method = method;
  }
  if (!reader->IsNext("(") && reader->Is(kMysql)) {
    ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("( and the columns of the key"));
    constraint->name = name.text;
    if (reader->Take("USING")) {
      ARROW_ASSIGN_OR_RAISE(DdlName method, reader->TakeName("BTREE or HASH"));
      constraint->method = "USING " + method.text;
    }
  }
  const size_t begin = reader->position();
  bool has_extra = false;
  ARROW_ASSIGN_OR_RAISE(constraint->columns, reader->TakeNames(&has_extra));
  if (has_extra) constraint->columns_text = reader->Raw(begin, reader->position());
  return TakeConstraintOptions(reader, &constraint->options);
}

Status DdlParser::ParseReference(TokenReader* reader, ConstraintDraft* constraint) {
  constraint->kind = ConstraintDraft::Kind::kForeignKey;
  ARROW_RETURN_NOT_OK(reader->Expect("REFERENCES", "and the table that is referred to"));
  ARROW_ASSIGN_OR_RAISE(constraint->to_path, reader->TakePath("the table that is referred to"));
  if (reader->IsNext("(")) {
    ARROW_ASSIGN_OR_RAISE(constraint->to_columns, reader->TakeNames(nullptr));
  }
  return TakeConstraintOptions(reader, &constraint->options);
}

Status DdlParser::ParseCheck(TokenReader* reader, ConstraintDraft* constraint) {
  constraint->kind = ConstraintDraft::Kind::kCheck;
  constraint->place = reader->here();
  reader->Skip();
  if (reader->Take("NOT FOR REPLICATION")) constraint->method = "NOT FOR REPLICATION";
  const size_t begin = reader->position();
  ARROW_ASSIGN_OR_RAISE(constraint->text, reader->TakeParens());
  constraint->tokens = reader->Slice(begin + 1, reader->position() - 1);
  if (constraint->tokens.empty()) return UsageErrorAt(constraint->place, "the CHECK is empty");
  return TakeConstraintOptions(reader, &constraint->options);
}

/// KEY, INDEX, FULLTEXT of MySQL, INDEX of SQL Server: kept as they stand.
Status DdlParser::ParseIndex(TokenReader* reader, TableDraft* table, bool* taken) {
  if (!reader->Is(kMysql | kSqlserver)) return Status::OK();
  const bool is_index = reader->IsNext("INDEX") || (reader->Is(kMysql) && reader->IsNext("KEY"));
  const bool is_special =
      reader->Is(kMysql) && (reader->IsNext("FULLTEXT") || reader->IsNext("SPATIAL"));
  // `key date` is a column, KEY `date` (...) is none.
  const bool is_column = reader->Peek(1).kind == SqlToken::Kind::kWord && IsTypeName(*reader, 1);
  if (!(is_index || is_special) || is_column) return Status::OK();
  const size_t begin = reader->position();
  reader->SkipToComma();
  table->indexes.push_back(reader->Raw(begin, reader->position()));
  *taken = true;
  return Status::OK();
}

/// LIKE or CLONE of a table of the same file: its columns.
Status DdlParser::ParseLike(TokenReader* reader, TableDraft* table) {
  const bool whole = !reader->IsNext("LIKE") || reader->Is(kMysql | kSnowflake);
  reader->Skip();
  ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader->TakePath("the table that is alike"));
  const TableDraft* other = FindTable(path);
  if (!other) {
    return UsageErrorAt(path.back().place, "unknown table: " + path.back().text,
                        "LIKE copies the columns of a table of the same file, above it");
  }
  bool defaults = whole, comments = whole, keys = whole;
  while (reader->IsNext("INCLUDING") || reader->IsNext("EXCLUDING")) {
    const bool including = reader->IsNext("INCLUDING");
    reader->Skip();
    ARROW_ASSIGN_OR_RAISE(DdlName what, reader->TakeName("what of the table"));
    const std::string word = Upper(what.text);
    if (word == "ALL" || word == "DEFAULTS") defaults = including;
    if (word == "ALL" || word == "COMMENTS") comments = including;
    if (word == "ALL" || word == "CONSTRAINTS" || word == "INDEXES") keys = including;
  }
  for (ColumnDraft column : other->columns) {
    if (table->Find(column.column.name)) {
      return UsageErrorAt(path.back().place, "duplicate column: " + column.column.name);
    }
    if (!defaults) {
      for (const char* key : {"default", "default_name", "identity", "generated"}) {
        column.ddl.erase(key);
      }
    }
    if (!comments) column.column.description.clear();
    table->columns.push_back(std::move(column));
  }
  if (keys) {
    for (ConstraintDraft constraint : other->constraints) {
      constraint.name.clear();
      table->constraints.push_back(std::move(constraint));
    }
    if (table->description.empty()) table->description = other->description;
  }
  if (whole) {
    for (const auto& [key, value] : other->ddl) {
      if (key != "quoted") table->ddl.emplace(key, value);
    }
    table->indexes = other->indexes;
    table->partition_columns = other->partition_columns;
  }
  return Status::OK();
}

Status DdlParser::TakeConstraintOptions(TokenReader* reader, std::string* options) {
  const size_t begin = reader->position();
  for (;;) {
    ARROW_ASSIGN_OR_RAISE(bool taken, TakeConstraintOption(reader));
    if (!taken) break;
  }
  *options = reader->Raw(begin, reader->position());
  return Status::OK();
}

Result<bool> DdlParser::TakeConstraintOption(TokenReader* reader) {
  for (const char* what : {"ON DELETE", "ON UPDATE"}) {
    for (const char* action : {"CASCADE", "RESTRICT", "NO ACTION", "SET NULL", "SET DEFAULT"}) {
      if (reader->Take(what + (" " + std::string(action)))) return true;
    }
  }
  for (const char* words : {"NOT DEFERRABLE",
                            "DEFERRABLE",
                            "INITIALLY DEFERRED",
                            "INITIALLY IMMEDIATE",
                            "NOT ENFORCED",
                            "ENFORCED",
                            "NOT VALID",
                            "RELY",
                            "NORELY",
                            "NOVALIDATE",
                            "VALIDATE",
                            "ENABLE",
                            "DISABLE",
                            "NULLS NOT DISTINCT",
                            "NULLS DISTINCT",
                            "CLUSTERED",
                            "NONCLUSTERED",
                            "NO INHERIT",
                            "NOT FOR REPLICATION",
                            "USING BTREE",
                            "USING HASH",
                            "MATCH FULL",
                            "MATCH PARTIAL",
                            "MATCH SIMPLE",
                            "ON CONFLICT ROLLBACK",
                            "ON CONFLICT ABORT",
                            "ON CONFLICT FAIL",
                            "ON CONFLICT IGNORE",
                            "ON CONFLICT REPLACE"}) {
    if (reader->Take(words)) return true;
  }
  if (reader->Is(kPostgresql | kOracle) && reader->Take("USING INDEX")) {
    while (reader->Take("TABLESPACE") || reader->Take("PCTFREE") || reader->Take("INITRANS") ||
           reader->Take("MAXTRANS") || reader->Take("COMPUTE")) {
      reader->Skip();
    }
    if (reader->Is(kOracle) && reader->Take("STORAGE")) {
      ARROW_RETURN_NOT_OK(reader->TakeParens().status());
    }
    return true;
  }
  if (reader->Is(kPostgresql) && reader->Take("INCLUDE")) {
    ARROW_RETURN_NOT_OK(reader->TakeParens().status());
    return true;
  }
  if (reader->Is(kSqlserver | kPostgresql) && reader->IsNext("WITH (")) {
    reader->Skip();
    ARROW_RETURN_NOT_OK(reader->TakeParens().status());
    return true;
  }
  if (reader->Is(kSqlserver) && reader->Take("ON")) {
    ARROW_RETURN_NOT_OK(reader->TakePath("a filegroup").status());
    if (reader->IsNext("(")) ARROW_RETURN_NOT_OK(reader->TakeParens().status());
    return true;
  }
  return false;
}

}  // namespace tamis
