// ALTER TABLE, as far as it adds to what a table promises. See parser.h.
#include <utility>

#include "ddl/parser.h"
#include "spec/emit.h"

namespace tamis {
namespace {

/// T-SQL needs nothing between two statements.
bool BeginsTable(const TokenReader& reader) {
  return reader.Is(kSqlserver) && (reader.IsNext("CREATE TABLE") || reader.IsNext("ALTER TABLE"));
}

}  // namespace

Status DdlParser::ParseAlter(TokenReader* reader, bool* used) {
  reader->Skip();
  if (!reader->Take("TABLE")) return Status::OK();
  ARROW_UNUSED(reader->Take("IF EXISTS"));
  ARROW_UNUSED(reader->Take("ONLY"));
  ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader->TakePath("the name of the table"));
  *used = true;
  TableDraft* table = FindTable(path);
  if (!table) {
    NotUsed(*reader, "the table " + path.back().text + " is not in this file");
    return Status::OK();
  }
  bool some = false;
  do {
    const size_t begin = reader->position();
    bool taken = false;
    ARROW_RETURN_NOT_OK(ParseAlterAction(reader, table, &taken));
    some |= taken;
    if (!taken) {
      reader->Seek(begin);
      while (!reader->AtEnd() && !reader->IsNext(",") && !BeginsTable(*reader)) reader->Skip();
      NotUsed(*reader, reader->Raw(begin, reader->position()));
    }
  } while (reader->Take(","));
  if (some && !reader->AtEnd() && !reader->Is(kSqlserver))
    return reader->Unexpected("expected the end of ALTER TABLE");
  return Status::OK();
}

Status DdlParser::ParseAlterAction(TokenReader* reader, TableDraft* table, bool* taken) {
  if (reader->IsNext("WITH CHECK ADD") || reader->IsNext("WITH NOCHECK ADD")) reader->Skip(2);
  if (reader->IsNext("ALTER") || reader->IsNext("MODIFY") || reader->IsNext("CHANGE")) {
    return ParseAlterColumn(reader, table, taken);
  }
  // After the first action, MySQL and T-SQL may leave the ADD out.
  if (!reader->Take("ADD")) return Status::OK();
  if (reader->IsNext("CONSTRAINT") && reader->IsNext("DEFAULT", 2)) {  // T-SQL: DEFAULT x FOR y
    reader->Skip();
    ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("the name of the constraint"));
    ColumnDraft draft;
    ARROW_RETURN_NOT_OK(ParseDefault(reader, &draft, name.text));
    ARROW_RETURN_NOT_OK(reader->Expect("FOR", "and the column of the default"));
    ARROW_ASSIGN_OR_RAISE(DdlName column, reader->TakeName("a column"));
    ColumnDraft* found = table->Find(column.text);
    if (!found) return UsageErrorAt(column.place, "unknown column: " + column.text);
    for (auto& [key, value] : draft.ddl) found->ddl[key] = std::move(value);
    *taken = true;
    return Status::OK();
  }
  const bool brackets = reader->Is(kOracle) && reader->Take("(");
  do {
    ARROW_RETURN_NOT_OK(ParseTableConstraint(reader, table, taken));
    if (*taken) continue;
    ARROW_RETURN_NOT_OK(ParseIndex(reader, table, taken));
    if (*taken) continue;
    const bool is_column = reader->Take("COLUMN") || IsTypeName(*reader, 1);
    if (!is_column) return Status::OK();
    ARROW_UNUSED(reader->Take("IF NOT EXISTS"));
    ARROW_RETURN_NOT_OK(ParseColumn(reader, table));
    *taken = true;
  } while (brackets && reader->Take(","));
  return brackets ? reader->Expect(")", "after what is added") : Status::OK();
}

/// ALTER COLUMN c SET DEFAULT x, SET NOT NULL, ADD GENERATED ... AS IDENTITY; MySQL's MODIFY.
Status DdlParser::ParseAlterColumn(TokenReader* reader, TableDraft* table, bool* taken) {
  const bool modifies = reader->IsNext("MODIFY");
  if (reader->IsNext("CHANGE")) return Status::OK();
  reader->Skip();
  ARROW_UNUSED(reader->Take("COLUMN"));
  if (reader->Peek().kind != SqlToken::Kind::kWord &&
      reader->Peek().kind != SqlToken::Kind::kName) {
    return Status::OK();
  }
  const size_t begin = reader->position();
  ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("a column"));
  ColumnDraft* column = table->Find(name.text);
  if (!column) return UsageErrorAt(name.place, "unknown column: " + name.text);
  if (modifies) {
    if (!reader->Is(kMysql)) return Status::OK();
    TableDraft scratch;
    reader->Seek(begin);
    ARROW_RETURN_NOT_OK(ParseColumn(reader, &scratch));
    const std::string description = column->column.description;
    *column = std::move(scratch.columns.front());
    if (column->column.description.empty()) column->column.description = description;
    for (ConstraintDraft& constraint : scratch.constraints) {
      table->constraints.push_back(std::move(constraint));
    }
    *taken = true;
    return Status::OK();
  }
  if (reader->Take("SET NOT NULL")) {
    column->column.required = true;
    *taken = true;
  } else if (reader->IsNext("SET DEFAULT")) {
    reader->Skip();
    ARROW_RETURN_NOT_OK(ParseDefault(reader, column, ""));
    *taken = true;
  } else if (reader->IsNext("ADD GENERATED")) {
    reader->Skip();
    ARROW_ASSIGN_OR_RAISE(*taken, ParseGenerated(reader, column));
  }
  return Status::OK();
}

}  // namespace tamis
