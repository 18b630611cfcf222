// Columns: type, keys, default, generation, and what their clauses say. See parser.h.
#include <arrow/type.h>

#include <algorithm>
#include <utility>

#include "ddl/parser.h"
#include "spec/emit.h"

namespace tamis {
namespace {

/// Whether two columns have one type, down to their parts.
bool IsSameType(const Column& a, const Column& b) {
  return a.physical_type == b.physical_type && a.type->Equals(b.type) &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    [](const Column& x, const Column& y) {
                      return x.name == y.name && x.required == y.required &&
                             x.description == y.description && IsSameType(x, y);
                    });
}

}  // namespace

Status DdlParser::ParseColumn(TokenReader* reader, TableDraft* table) {
  ColumnDraft column;
  column.column.place = reader->here();
  ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("a column"));
  column.column.name = name.text;
  column.quoted = name.quoted;
  for (const ColumnDraft& other : table->columns) {
    const bool same =
        other.column.name == name.text ||
        (!other.quoted && !name.quoted && Lower(other.column.name) == Lower(name.text));
    if (!same) continue;
    return UsageErrorAt(column.column.place, "duplicate column: " + name.text,
                        "first in line " + std::to_string(other.column.place.line));
  }
  if (name.quoted && QuotesMatter(name.text, dialect_)) column.ddl["quoted"] = MakeWord("true");
  ARROW_RETURN_NOT_OK(ParseColumnType(reader, &column));
  const size_t constraints_before = table->constraints.size();
  ParseColumnClauses(reader, table, &column);
  for (size_t index = constraints_before; index < table->constraints.size(); ++index) {
    ConstraintDraft& constraint = table->constraints[index];
    if (constraint.columns.empty()) constraint.columns.push_back(name);
  }
  table->columns.push_back(std::move(column));
  return Status::OK();
}

Status DdlParser::ParseColumnType(TokenReader* reader, ColumnDraft* column) {
  const Place place = reader->here();
  const bool computed = reader->IsNext("AS (") || reader->IsNext("GENERATED");
  const bool ends = reader->IsNext(",") || reader->IsNext(")");
  const bool untyped = computed || (reader->Is(kSqlite) && (ends || !IsTypeName(*reader, 0)));
  static constexpr const char* kClauseStarts[] = {"NOT",        "NULL",    "PRIMARY",
                                                  "UNIQUE",     "DEFAULT", "CHECK",
                                                  "REFERENCES", "COLLATE", "CONSTRAINT"};
  const bool begins_clause = std::any_of(std::begin(kClauseStarts), std::end(kClauseStarts),
                                         [&](const char* word) { return reader->IsNext(word); });
  if (untyped && (computed || ends || begins_clause)) {
    SqlType type;
    column->ddl["untyped"] = MakeWord("true");
    Warn(place, "the column " + column->column.name + " has no type: taken as text");
    return SetType(type, place, column);
  }
  // A type that the file made: [schema.]name.
  if (!types_.empty()) {
    const size_t begin = reader->position();
    auto path = reader->TakePath("a type");
    const auto found = path.ok() ? types_.find(Lower(path->back().text)) : types_.end();
    if (found != types_.end()) {
      column->ddl.erase("type");
      ARROW_RETURN_NOT_OK(SetType(found->second, place, column));
      const auto checks = domain_checks_.find(found->first);
      if (checks != domain_checks_.end() && !checks->second.empty()) {
        Warn(place, "the CHECKs of the domain " + found->first + " are not taken over");
      }
      return Status::OK();
    }
    reader->Seek(begin);
  }
  ARROW_ASSIGN_OR_RAISE(SqlType type, ParseSqlType(reader));
  return SetType(type, place, column);
}

Status DdlParser::SetType(const SqlType& type, const Place& place, ColumnDraft* column) {
  if (!type.warning.empty()) Warn(place, column->column.name + ": " + type.warning);
  if (type.numbers_itself) column->column.required = true;
  ARROW_RETURN_NOT_OK(SetColumnType(type, &column->column));
  // Whatever the tables of types say: what would not be printed as it was is kept.
  Column again;
  const auto printed = ParseSqlTypeText(PrintSqlType(type, dialect_), dialect_, place);
  const bool is_same =
      printed.ok() && SetColumnType(*printed, &again).ok() && IsSameType(again, column->column);
  const bool is_written_out = type.text.empty();  // of CREATE TYPE
  if (!is_written_out && !(type.exact && is_same)) column->ddl["type"] = MakeText(type.text);
  return Status::OK();
}

void DdlParser::ParseColumnClauses(TokenReader* reader, TableDraft* table, ColumnDraft* column) {
  while (!reader->AtEnd() && !reader->IsNext(",") && !reader->IsNext(")")) {
    const size_t begin = reader->position();
    Result<bool> taken = ParseColumnClause(reader, table, column);
    if (!taken.ok()) {
      AddError(taken.status());
      if (reader->position() == begin) reader->Skip();
    } else if (!*taken) {
      SkipUnknown(reader, "in a column");
    }
  }
}

Result<bool> DdlParser::ParseColumnClause(TokenReader* reader, TableDraft* table,
                                          ColumnDraft* column) {
  std::string name;
  if (reader->Take("CONSTRAINT")) {
    ARROW_ASSIGN_OR_RAISE(DdlName taken, reader->TakeName("the name of the constraint"));
    name = taken.text;
  }
  if (reader->Take("NOT NULL")) {
    column->column.required = true;
    if (!name.empty()) column->ddl["not_null_name"] = MakeText(name);
    std::string options;
    ARROW_RETURN_NOT_OK(TakeConstraintOptions(reader, &options));
    if (!options.empty()) column->ddl["not_null_options"] = MakeText(options);
    return true;
  }
  if (reader->Take("NULL")) return true;
  if (reader->Take("COMMENT")) {
    ARROW_ASSIGN_OR_RAISE(column->column.description, reader->TakeText("the comment in quotes"));
    return true;
  }
  if (reader->IsNext("DEFAULT")) {
    ARROW_RETURN_NOT_OK(ParseDefault(reader, column, name));
    return true;
  }
  ARROW_ASSIGN_OR_RAISE(bool is_key, ParseColumnKey(reader, table, column, name));
  if (is_key) return true;
  ARROW_ASSIGN_OR_RAISE(bool is_generated, ParseGenerated(reader, column));
  if (is_generated) return true;
  return TakeClause(reader, ColumnClauses(), &column->ddl, &column->column.description);
}

Result<bool> DdlParser::ParseColumnKey(TokenReader* reader, TableDraft* table, ColumnDraft* column,
                                       const std::string& name) {
  ConstraintDraft constraint;
  constraint.name = name;
  constraint.place = reader->here();
  constraint.columns.push_back(DdlName{column->column.name, true, constraint.place});
  const bool is_mysql_key = reader->Is(kMysql) && reader->IsNext("KEY");
  if (reader->Take("PRIMARY KEY") || is_mysql_key) {
    constraint.kind = ConstraintDraft::Kind::kPrimaryKey;
    if (is_mysql_key) reader->Skip();
    ARROW_UNUSED(reader->Take("ASC"));
    const bool descends = reader->Take("DESC");
    ARROW_RETURN_NOT_OK(TakeConstraintOptions(reader, &constraint.options));
    if (descends) constraint.method = "DESC";
  } else if (reader->Take("UNIQUE")) {
    constraint.kind = ConstraintDraft::Kind::kUnique;
    ARROW_UNUSED(reader->Take("KEY"));
    ARROW_RETURN_NOT_OK(TakeConstraintOptions(reader, &constraint.options));
  } else if (reader->IsNext("REFERENCES") || reader->IsNext("FOREIGN KEY REFERENCES")) {
    ARROW_UNUSED(reader->Take("FOREIGN KEY"));
    ARROW_RETURN_NOT_OK(ParseReference(reader, &constraint));
  } else if (reader->IsNext("CHECK (") || reader->IsNext("CHECK NOT FOR REPLICATION (")) {
    constraint.columns.clear();
    ARROW_RETURN_NOT_OK(ParseCheck(reader, &constraint));
  } else {
    return false;
  }
  table->constraints.push_back(std::move(constraint));
  return true;
}

Status DdlParser::ParseDefault(TokenReader* reader, ColumnDraft* column, const std::string& name) {
  reader->Skip();
  const size_t begin = reader->position();
  ARROW_UNUSED(reader->Take("ON NULL"));  // Oracle
  ARROW_RETURN_NOT_OK(reader->TakeExpression().status());
  if (reader->Is(kSqlserver)) ARROW_UNUSED(reader->Take("WITH VALUES"));
  // A cast to a type that is written out has lost its type.
  const std::vector<SqlToken> tokens = reader->Slice(begin, reader->position());
  const bool is_cast =
      tokens.size() > 2 && tokens[1].text == "::" && types_.contains(Lower(tokens.back().text));
  column->ddl["default"] = MakeText(reader->Raw(begin, is_cast ? begin + 1 : reader->position()));
  if (!name.empty()) column->ddl["default_name"] = MakeText(name);
  return Status::OK();
}

/// What numbers or computes the column by itself.
Result<bool> DdlParser::ParseGenerated(TokenReader* reader, ColumnDraft* column) {
  const bool numbers =
      (reader->Is(kRedshift | kSqlserver | kSnowflake) && reader->IsNext("IDENTITY")) ||
      (reader->Is(kMysql) && reader->IsNext("AUTO_INCREMENT")) ||
      (reader->Is(kSqlite | kSnowflake) && reader->IsNext("AUTOINCREMENT"));
  if (numbers) {
    reader->Skip();
    ARROW_RETURN_NOT_OK(ParseIdentity(reader, "", column));
    return true;
  }
  std::string generated;
  const Place place = reader->here();
  if (reader->Take("GENERATED ALWAYS")) {
    generated = "ALWAYS";
  } else if (reader->Is(kOracle) && reader->Take("GENERATED BY DEFAULT ON NULL")) {
    generated = "BY DEFAULT ON NULL";
  } else if (reader->Take("GENERATED BY DEFAULT")) {
    generated = "BY DEFAULT";
  } else if (!reader->IsNext("AS (") && !(reader->Is(kOracle) && reader->Take("GENERATED"))) {
    return false;
  }
  ARROW_RETURN_NOT_OK(reader->Expect("AS", "IDENTITY or an expression in brackets"));
  if (reader->Take("IDENTITY")) {
    if (!reader->Is(kRedshift | kPostgresql | kSpark | kOracle | kAnsi)) {
      return UsageErrorAt(place, std::string(dialect_.name) + " has no GENERATED ... AS IDENTITY");
    }
    ARROW_RETURN_NOT_OK(ParseIdentity(reader, generated, column));
    return true;
  }
  Node node = MakeMapping();
  for (const char* words : {"ROW START", "ROW END"}) {  // the times of a row's versions
    if (!reader->Take(words)) continue;
    Put(&node, "row", MakeText(words));
    column->ddl["generated"] = std::move(node);
    return true;
  }
  ARROW_ASSIGN_OR_RAISE(std::string text, reader->TakeParens());
  if (text.empty()) ARROW_RETURN_NOT_OK(UsageErrorAt(place, "the expression is empty"));
  Put(&node, "expression", MakeText(text));
  for (const char* kind : {"STORED", "VIRTUAL", "PERSISTED"}) {
    if (reader->Take(kind)) Put(&node, "kind", MakeText(Lower(kind)));
  }
  column->ddl["generated"] = std::move(node);
  return true;
}

/// `(1, 1)`, `(START WITH 1 INCREMENT BY 1 CACHE 20)`, `START 1 INCREMENT 1`, or nothing.
Status DdlParser::ParseIdentity(TokenReader* reader, const std::string& generated,
                                ColumnDraft* column) {
  Node node = MakeMapping();
  if (!generated.empty()) Put(&node, "generated", MakeText(Lower(generated)));
  const bool brackets = reader->Take("(");
  std::string start, increment, others;
  if (brackets && !reader->IsNext(")") &&
      (reader->Peek().kind == SqlToken::Kind::kNumber || reader->IsNext("-"))) {
    ARROW_ASSIGN_OR_RAISE(int64_t first, reader->TakeInteger("the first number"));
    start = std::to_string(first);
    if (reader->Take(",")) {
      ARROW_ASSIGN_OR_RAISE(int64_t step, reader->TakeInteger("the step"));
      increment = std::to_string(step);
    }
  }
  const bool has_words = (brackets && !generated.empty()) || reader->Is(kSnowflake | kOracle);
  for (bool more = true; more && has_words;) {
    more = false;
    for (const char* word : {"START", "INCREMENT"}) {
      if (!reader->Take(word)) continue;
      if (!reader->Take("WITH")) ARROW_UNUSED(reader->Take("BY"));
      ARROW_UNUSED(reader->Take("="));
      ARROW_ASSIGN_OR_RAISE(int64_t number, reader->TakeInteger("a number"));
      (word[0] == 'S' ? start : increment) = std::to_string(number);
      more = true;
    }
    const size_t begin = reader->position();
    for (const char* word : {"MINVALUE", "MAXVALUE", "CACHE", "SEQUENCE NAME"}) {
      if (!reader->Take(word)) continue;
      ARROW_UNUSED(reader->Take("-"));
      ARROW_RETURN_NOT_OK(reader->TakeExpression().status());
      more = true;
    }
    for (const char* word : {"NO MINVALUE", "NO MAXVALUE", "NOMINVALUE", "NOMAXVALUE", "NO CYCLE",
                             "NOCYCLE", "CYCLE", "NO CACHE", "NOCACHE", "NOORDER", "ORDER", "KEEP",
                             "NOKEEP", "NOSCALE", "NO_ORDER", "LIMIT VALUE"}) {
      more |= reader->Take(word);
    }
    if (reader->position() > begin) {
      others += (others.empty() ? "" : " ") + reader->Raw(begin, reader->position());
    }
  }
  if (brackets) ARROW_RETURN_NOT_OK(reader->Expect(")", "after the options of the identity"));
  for (const char* word : {"NOORDER", "ORDER"}) {
    if (brackets && reader->Is(kSnowflake) && reader->Take(word)) others = word;
  }
  if (!start.empty()) Put(&node, "start", MakeWord(start));
  if (!increment.empty()) Put(&node, "increment", MakeWord(increment));
  if (!others.empty()) Put(&node, "options", MakeText(others));
  column->ddl["identity"] = node.entries.empty() ? MakeWord("true") : std::move(node);
  return Status::OK();
}

}  // namespace tamis
