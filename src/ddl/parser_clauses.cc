// The clauses behind a table's columns, by the tables of dialect.h. See parser.h.
#include <algorithm>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "ddl/parser.h"
#include "spec/emit.h"

namespace tamis {
namespace {

/// T-SQL needs nothing between two statements.
bool BeginsStatement(const TokenReader& reader) {
  static constexpr const char* kWords[] = {
      "CREATE",  "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", "END",    "EXEC",
      "EXECUTE", "SET",   "USE",  "PRINT",  "IF",     "GRANT",  "SELECT", "DECLARE"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](const char* word) { return reader.IsNext(word); });
}

}  // namespace

void DdlParser::ParseTableClauses(TokenReader* reader, TableDraft* table) {
  while (!reader->AtEnd() && !(reader->Is(kSqlserver) && BeginsStatement(*reader))) {
    const size_t begin = reader->position();
    Result<bool> taken = ParseTableClause(reader, table);
    if (!taken.ok()) {
      AddError(taken.status());
      if (reader->position() == begin) reader->Skip();
    } else if (!*taken) {
      SkipUnknown(reader, "behind the columns of a table");
    }
  }
}

Result<bool> DdlParser::ParseTableClause(TokenReader* reader, TableDraft* table) {
  if (reader->Is(kMysql | kSqlite) && reader->Take(",")) return true;
  if (reader->IsNext("AS") && !reader->Is(kOracle)) {
    ARROW_RETURN_NOT_OK(
        UsageErrorAt(reader->here(), "rows from a query are not understood",
                     "keep the definition, and write a step of a pipeline for the query"));
  }
  if (reader->Is(kSpark | kHive | kRedshift) && reader->IsNext("PARTITIONED BY")) {
    ARROW_RETURN_NOT_OK(ParsePartitionedBy(reader, table));
    return true;
  }
  if (reader->IsNext("COMMENT")) {
    reader->Skip();
    ARROW_UNUSED(reader->Take("="));
    ARROW_ASSIGN_OR_RAISE(table->description, reader->TakeText("the comment in quotes"));
    return true;
  }
  if (reader->Is(kPostgresql) && reader->IsNext("INHERITS (")) {
    ARROW_RETURN_NOT_OK(TakeParents(reader, table));
  }
  return TakeClause(reader, TableClauses(), &table->ddl, &table->description);
}

/// The columns of INHERITS' tables stand in front. The clause itself is kept: the reader goes back
/// to it.
Status DdlParser::TakeParents(TokenReader* reader, TableDraft* table) {
  const size_t begin = reader->position();
  reader->Skip(2);
  std::deque<ColumnDraft> columns;
  do {
    ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader->TakePath("a table"));
    const TableDraft* parent = FindTable(path);
    if (!parent) {
      return UsageErrorAt(path.back().place, "unknown table: " + path.back().text,
                          "INHERITS takes the columns of a table of the same file, above it");
    }
    for (const ColumnDraft& column : parent->columns) {
      const ColumnDraft* own = table->Find(column.column.name);
      const bool taken = std::any_of(columns.begin(), columns.end(), [&](const ColumnDraft& one) {
        return one.column.name == column.column.name;
      });
      if (taken) continue;
      columns.push_back(own ? *own : column);
      columns.back().column.required |= column.column.required;
    }
  } while (reader->Take(","));
  for (ColumnDraft& own : table->columns) {
    const bool taken = std::any_of(columns.begin(), columns.end(), [&](const ColumnDraft& one) {
      return one.column.name == own.column.name;
    });
    if (!taken) columns.push_back(std::move(own));
  }
  table->columns = std::move(columns);
  reader->Seek(begin);
  return Status::OK();
}

/// `PARTITIONED BY (day DATE COMMENT 'x', region)`: columns of their own, names of others, or
/// transforms of Iceberg such as days(ts).
Status DdlParser::ParsePartitionedBy(TokenReader* reader, TableDraft* table) {
  reader->Skip(2);
  ARROW_RETURN_NOT_OK(reader->Expect("(", "before the columns of the partitions"));
  do {
    const size_t begin = reader->position();
    if (reader->IsNext("(", 1) || reader->IsNext(")", 1) || reader->IsNext(",", 1)) {
      const bool is_name = !reader->IsNext("(", 1);
      ARROW_ASSIGN_OR_RAISE(DdlName name, reader->TakeName("a column"));
      if (!is_name) ARROW_RETURN_NOT_OK(reader->TakeParens().status());
      if (is_name && !table->Find(name.text)) {
        return UsageErrorAt(name.place, "unknown column: " + name.text);
      }
      table->partition_columns.emplace_back(is_name ? table->Find(name.text)->column.name : "",
                                            is_name ? "" : reader->Raw(begin, reader->position()));
    } else {
      ARROW_RETURN_NOT_OK(ParseColumn(reader, table));
      table->partition_columns.emplace_back(table->columns.back().column.name, "");
    }
  } while (reader->Take(","));
  return reader->Expect(")", "after the columns of the partitions");
}

Result<bool> DdlParser::TakeClause(TokenReader* reader, std::span<const Clause> clauses,
                                   std::map<std::string, Node>* ddl, std::string* description) {
  for (const Clause& clause : clauses) {
    if (!reader->Is(clause.dialects) || !reader->IsNext(clause.words)) continue;
    const size_t begin = reader->position();
    ARROW_UNUSED(reader->Take(clause.words));
    const bool needs_bracket = clause.argument == ClauseArgument::kParens ||
                               clause.argument == ClauseArgument::kNames ||
                               clause.argument == ClauseArgument::kProperties;
    if (needs_bracket && !reader->IsNext("(")) {  // another row may fit: SORTKEY of a column
      reader->Seek(begin);
      continue;
    }
    const Place place = reader->PlaceAt(begin);
    ARROW_ASSIGN_OR_RAISE(Node value, TakeArgument(reader, clause, description));
    if (value.is_null()) return true;
    if (ddl->contains(clause.key)) {
      ARROW_RETURN_NOT_OK(UsageErrorAt(place, std::string(clause.words) + " is said twice"));
    }
    (*ddl)[clause.key] = std::move(value);
    return true;
  }
  return false;
}

/// One name, number or text, or a path of names, as written.
Result<Node> DdlParser::TakeWord(TokenReader* reader, const Clause& clause) {
  const size_t begin = reader->position();
  const SqlToken::Kind kind = reader->Peek().kind;
  if (kind == SqlToken::Kind::kSymbol || kind == SqlToken::Kind::kEnd) {
    return reader->Unexpected("expected the value of " + std::string(clause.words));
  }
  reader->Skip();
  while (reader->IsNext(".")) reader->Skip(2);
  if (clause.argument == ClauseArgument::kWords) {
    if (reader->IsNext("(")) ARROW_RETURN_NOT_OK(reader->TakeParens().status());
    if (!reader->Take("BUCKETS")) ARROW_UNUSED(reader->Take("ROWS"));
  }
  return MakeText(reader->Raw(begin, reader->position()));
}

Result<Node> DdlParser::TakeArgument(TokenReader* reader, const Clause& clause,
                                     std::string* description) {
  const bool equals = clause.argument == ClauseArgument::kEqualsWord ||
                      clause.argument == ClauseArgument::kEqualsParens;
  if (equals) ARROW_UNUSED(reader->Take("="));
  const size_t begin = reader->position();
  switch (clause.argument) {
    case ClauseArgument::kNone:
      return MakeWord("true");
    case ClauseArgument::kText: {
      ARROW_ASSIGN_OR_RAISE(std::string text, reader->TakeText("a text in quotes"));
      return MakeText(text);
    }
    case ClauseArgument::kEqualsWord:
    case ClauseArgument::kWord:
    case ClauseArgument::kWords:
      return TakeWord(reader, clause);
    case ClauseArgument::kEqualsParens:
    case ClauseArgument::kParens:
      ARROW_RETURN_NOT_OK(reader->TakeParens().status());
      return MakeText(reader->Raw(begin, reader->position()));
    case ClauseArgument::kMaybeParens: {
      if (!reader->IsNext("(")) return MakeWord("true");
      ARROW_ASSIGN_OR_RAISE(std::string text, reader->TakeParens());
      return MakeText(text);
    }
    case ClauseArgument::kNames:
    case ClauseArgument::kNameList: {
      std::vector<DdlName> names;
      if (clause.argument == ClauseArgument::kNames) {
        ARROW_ASSIGN_OR_RAISE(names, reader->TakeNames(nullptr));
      } else {
        do {
          ARROW_ASSIGN_OR_RAISE(names.emplace_back(), reader->TakeName("a column"));
        } while (reader->Take(","));
      }
      Node list = MakeSequence();
      for (const DdlName& name : names) list.items.push_back(MakeText(name.text));
      return list;
    }
    case ClauseArgument::kProperties:
      return TakeProperties(reader, description);
    case ClauseArgument::kExpression: {
      ARROW_ASSIGN_OR_RAISE(std::string text, reader->TakeExpression());
      return MakeText(text);
    }
    case ClauseArgument::kRest:
      while (!reader->AtEnd()) reader->Skip();
      return MakeText(reader->Raw(begin, reader->position()));
  }
  return MakeNull();
}

/// `('name' = 'value', ...)` or `(name = expression, ...)`. BigQuery's description is the table's
/// or column's own. Null when nothing else is left.
Result<Node> DdlParser::TakeProperties(TokenReader* reader, std::string* description) {
  Node out = MakeMapping();
  reader->Skip();
  while (!reader->IsNext(")")) {
    const Place place = reader->here();
    std::string name;
    if (reader->Peek().kind == SqlToken::Kind::kText) {
      ARROW_ASSIGN_OR_RAISE(name, reader->TakeText("a property"));
    } else {
      ARROW_ASSIGN_OR_RAISE(std::vector<DdlName> path, reader->TakePath("a property"));
      for (const DdlName& part : path) name += (name.empty() ? "" : ".") + part.text;
    }
    ARROW_UNUSED(reader->Take("="));
    const bool is_description = reader->Is(kBigquery) && Lower(name) == "description";
    if (is_description && reader->Peek().kind == SqlToken::Kind::kText) {
      ARROW_ASSIGN_OR_RAISE(*description, reader->TakeText("the description"));
    } else {
      const bool is_text = !reader->Is(kBigquery) && reader->Peek().kind == SqlToken::Kind::kText;
      const std::string text = reader->Peek().text;
      const size_t begin = reader->position();
      ARROW_RETURN_NOT_OK(reader->TakeExpression().status());
      if (out.Find(name)) return UsageErrorAt(place, "duplicate property: " + name);
      if (name.empty() || name.size() > 150) return UsageErrorAt(place, "not a property's name");
      Put(&out, name, MakeText(is_text ? text : reader->Raw(begin, reader->position())));
    }
    if (!reader->Take(",")) break;
  }
  ARROW_RETURN_NOT_OK(reader->Expect(")", "after the properties"));
  return out.entries.empty() ? MakeNull() : out;
}

/// An error for what stands here; goes on behind it and behind the value that follows it.
void DdlParser::SkipUnknown(TokenReader* reader, const std::string& where) {
  std::vector<std::string> known;
  std::set<std::string> with_value;  // of the known ones
  for (std::span<const Clause> clauses : {TableClauses(), ColumnClauses()}) {
    for (const Clause& clause : clauses) {
      const std::string words = clause.words;
      if (!reader->Is(clause.dialects)) continue;
      known.push_back(words.substr(0, words.find(' ')));
      const bool takes_word = clause.argument == ClauseArgument::kWord ||
                              clause.argument == ClauseArgument::kWords ||
                              clause.argument == ClauseArgument::kText;
      if (takes_word) with_value.insert(words);
    }
  }
  for (const char* word : {"COMMENT", "NOT", "DEFAULT", "PRIMARY", "UNIQUE", "REFERENCES", "CHECK",
                           "CONSTRAINT", "GENERATED", "IDENTITY"}) {
    known.emplace_back(word);
  }
  const std::string found =
      reader->Peek().kind == SqlToken::Kind::kWord ? reader->Peek().upper : "";
  const std::string near = found.empty() ? "" : Nearest(found, known);
  AddError(UsageErrorAt(reader->here(),
                        "not understood " + where + " in " + dialect_.name + ": " +
                            reader->Raw(reader->position(), reader->position() + 1),
                        near.empty() || near == found ? "" : "did you mean " + near + "?"));
  reader->Skip();
  const bool has_value = reader->Take("=") || with_value.contains(near);
  if (has_value && reader->Peek().kind != SqlToken::Kind::kSymbol) reader->Skip();
  if (reader->IsNext("(") && !reader->TakeParens().ok()) {
    while (!reader->AtEnd()) reader->Skip();
  }
}

}  // namespace tamis
