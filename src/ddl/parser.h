// Parses the statements of DDL into drafts of tables, and makes a contract of them. The parts of
// one class; only parser*.cc include it.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ddl/ddl.h"
#include "ddl/sql_type.h"
#include "ddl/token_reader.h"

namespace tamis {

/// A key or check as it was written.
struct ConstraintDraft {
  enum class Kind { kPrimaryKey, kUnique, kForeignKey, kCheck, kOther };
  Kind kind = Kind::kOther;
  std::string name;
  std::vector<DdlName> columns;
  std::string columns_text;         // where they have lengths or orders
  std::string method;               // CLUSTERED, ...
  std::string options;              // what follows, as written
  std::vector<DdlName> to_path;     // of a foreign key
  std::vector<DdlName> to_columns;  // empty: the primary key
  std::string text;                 // of a check or another constraint, as written
  std::vector<SqlToken> tokens;     // of a check
  Place place;
};

/// A column and what tamis.ddl says of it.
struct ColumnDraft {
  Column column;
  std::map<std::string, Node> ddl;
  bool quoted = false;
};

/// A table while its file is read: later statements may add to it.
struct TableDraft {
  std::vector<DdlName> path;
  std::string description;
  std::deque<ColumnDraft> columns;
  std::vector<std::pair<std::string, std::string>> partition_columns;  // name, transform or ""
  std::map<std::string, Node> ddl;
  std::vector<ConstraintDraft> constraints;
  std::vector<std::string> indexes;
  Place place;

  const std::string& name() const { return path.back().text; }
  ColumnDraft* Find(const std::string& name);
};

/// Parses one text in one dialect.
class DdlParser {
 public:
  DdlParser(std::shared_ptr<const SourceText> source, const DdlDialect& dialect)
      : source_(std::move(source)), dialect_(dialect) {}

  ParsedDdl Parse();

 private:
  // parser.cc: statements
  void ParseStatement(TokenReader* reader);
  Status ParseCreate(TokenReader* reader, bool* used);
  Status ParseComment(TokenReader* reader, bool* used);
  Status ParseCreateType(TokenReader* reader, bool* used);
  Status ParseCreateDomain(TokenReader* reader, bool* used);
  void NotUsed(const TokenReader& reader, const std::string& reason);
  void AddError(Status status) { out_.errors.push_back(std::move(status)); }
  void Warn(const Place& place, std::string text);
  TableDraft* FindTable(const std::vector<DdlName>& path);

  // parser_table.cc: CREATE TABLE
  Status ParseCreateTable(TokenReader* reader, const std::string& modifiers, bool or_replace);
  Status ParseTableHead(TokenReader* reader, TableDraft* table, bool* has_columns);
  void ParseElements(TokenReader* reader, TableDraft* table);
  Status ParseElement(TokenReader* reader, TableDraft* table);
  Status ParseTableConstraint(TokenReader* reader, TableDraft* table, bool* taken);
  Status ParseKey(TokenReader* reader, ConstraintDraft* constraint);
  Status ParseReference(TokenReader* reader, ConstraintDraft* constraint);
  Status ParseCheck(TokenReader* reader, ConstraintDraft* constraint);
  Status ParseIndex(TokenReader* reader, TableDraft* table, bool* taken);
  Status ParseLike(TokenReader* reader, TableDraft* table);
  Status TakeConstraintOptions(TokenReader* reader, std::string* options);
  Result<bool> TakeConstraintOption(TokenReader* reader);

  // parser_clauses.cc: what stands behind a table's or column's definition
  void ParseTableClauses(TokenReader* reader, TableDraft* table);
  Result<bool> ParseTableClause(TokenReader* reader, TableDraft* table);
  Status TakeParents(TokenReader* reader, TableDraft* table);
  Status ParsePartitionedBy(TokenReader* reader, TableDraft* table);
  Result<bool> TakeClause(TokenReader* reader, std::span<const Clause> clauses,
                          std::map<std::string, Node>* ddl, std::string* description);
  Result<Node> TakeWord(TokenReader* reader, const Clause& clause);
  Result<Node> TakeArgument(TokenReader* reader, const Clause& clause, std::string* description);
  Result<Node> TakeProperties(TokenReader* reader, std::string* description);

  // parser_column.cc: columns
  Status ParseColumn(TokenReader* reader, TableDraft* table);
  Status ParseColumnType(TokenReader* reader, ColumnDraft* column);
  Status SetType(const SqlType& type, const Place& place, ColumnDraft* column);
  void ParseColumnClauses(TokenReader* reader, TableDraft* table, ColumnDraft* column);
  Result<bool> ParseColumnClause(TokenReader* reader, TableDraft* table, ColumnDraft* column);
  Result<bool> ParseColumnKey(TokenReader* reader, TableDraft* table, ColumnDraft* column,
                              const std::string& name);
  Status ParseDefault(TokenReader* reader, ColumnDraft* column, const std::string& name);
  Result<bool> ParseGenerated(TokenReader* reader, ColumnDraft* column);
  Status ParseIdentity(TokenReader* reader, const std::string& generated, ColumnDraft* column);
  void SkipUnknown(TokenReader* reader, const std::string& where);

  // parser_alter.cc: ALTER TABLE
  Status ParseAlter(TokenReader* reader, bool* used);
  Status ParseAlterAction(TokenReader* reader, TableDraft* table, bool* taken);
  Status ParseAlterColumn(TokenReader* reader, TableDraft* table, bool* taken);

  // parser_finish.cc: drafts to a contract
  void Finish();
  void NameTables();
  void FinishTable(TableDraft* draft, Table* table);
  void FinishKeys(TableDraft* draft, Table* table, std::vector<Node>* kept);
  void FinishForeignKey(TableDraft* draft, const ConstraintDraft& constraint, Table* table,
                        std::vector<Node>* kept);
  void FinishChecks(TableDraft* draft, Table* table, std::vector<Node>* kept);
  void FinishPartitions(TableDraft* draft, Table* table);
  bool ResolveColumns(TableDraft* table, std::vector<DdlName>* names);

  std::shared_ptr<const SourceText> source_;
  const DdlDialect& dialect_;
  ParsedDdl out_;
  std::deque<TableDraft> tables_;
  std::vector<std::string> table_names_;
  std::map<std::string, SqlType> types_;  // CREATE TYPE, CREATE DOMAIN, lower case
  std::map<std::string, std::vector<ConstraintDraft>> domain_checks_;
};

/// A constraint as an entry of tamis.ddl's `constraints`.
Node ConstraintNode(const ConstraintDraft& constraint);

}  // namespace tamis
