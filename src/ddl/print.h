// Prints one table of a contract as DDL. The parts of one class; only print*.cc include it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ddl/check.h"
#include "ddl/ddl.h"
#include "ddl/sql_type.h"

namespace tamis {

/// Prints the tables of a contract in one dialect.
class DdlPrinter {
 public:
  DdlPrinter(const Contract& contract, const DdlDialect& dialect)
      : contract_(contract), dialect_(dialect) {}

  Result<PrintedDdl> Print();

 private:
  /// A table and the dialect that its tamis.ddl speaks.
  struct Scope {
    const Table& table;
    const DdlDialect* source = nullptr;  // null: tamis.ddl names none
    bool same = true;                    // what it says is said in this dialect
    Node ddl;                            // tamis.ddl, or an empty mapping
    bool ambiguous = false;              // columns differ by letter case only
  };

  // print.cc: statements and tables
  Result<Scope> Open(const Table& table) const;
  Status CheckKeys(const Scope& scope) const;
  Status PrintTable(const Table& table);
  std::string Head(const Scope& scope);
  std::string TableName(const Scope& scope) const;
  bool HasTypedPartitions(const Scope& scope) const;
  size_t PartsMax() const;
  std::string ColumnName(const Scope& scope, const std::string& name) const;
  std::string Names(const Scope& scope, const std::vector<std::string>& names) const;
  void PrintComments(const Scope& scope);
  void Warn(const Place& place, std::string text);

  // print_column.cc
  Result<std::string> PrintColumn(const Scope& scope, const Column& column);
  Result<SqlType> DeclaredType(const Scope& scope, const Column& column) const;
  Result<SqlType> AdaptedType(const Scope& scope, const Column& column, int depth) const;
  std::pair<const Table*, const Column*> Referenced(const Scope& scope, const Column& column) const;
  Result<std::string> ColumnType(const Scope& scope, const Column& column, SqlType* own);
  std::string Default(const Scope& scope, const Column& column);
  std::string TranslateDefault(const Scope& scope, const std::string& text);
  std::string Identity(const Scope& scope, const Column& column, const SqlType& own);
  std::string Generated(const Scope& scope, const Column& column, std::string* type);
  std::string InlineKeys(const Scope& scope, const Column& column);
  std::string ColumnOptions(const Scope& scope, const Column& column);

  // print_constraints.cc
  void PrintKeys(const Scope& scope, std::vector<std::string>* elements);
  void PrintForeignKeys(const Scope& scope, std::vector<std::string>* elements);
  void PrintChecks(const Scope& scope, std::vector<std::string>* elements);
  void PrintKept(const Scope& scope, std::vector<std::string>* elements);
  void WarnOfRules(const Scope& scope);
  const Node* FindKept(const Scope& scope, std::string_view kind,
                       const std::vector<std::string>& columns, std::string_view table) const;
  std::string KeyText(const Scope& scope, const char* words, const std::vector<std::string>& names,
                      const Node* kept) const;

  // print_clauses.cc
  void PrintClauses(const Scope& scope, std::string* out);
  void WarnOfClauses(const Scope& scope, const std::set<std::string>& said);
  std::string PrintClause(const Scope& scope, const Clause& clause, const Node& value);
  std::string Properties(const Node* properties, const std::string& description) const;
  std::string PartitionedBy(const Scope& scope, bool with_types);

  const Contract& contract_;
  const DdlDialect& dialect_;
  PrintedDdl out_;
  std::vector<std::string> deferred_;       // foreign keys to tables that come later
  std::set<std::string> printed_;           // tables that are there already
  std::map<std::string, int> name_counts_;  // of the tables, in small letters
  bool warned_of_bytes_ = false;
};

/// The text under a key of a mapping, or "".
std::string TextAt(const Node& mapping, std::string_view key);
std::vector<std::string> TextsAt(const Node& mapping, std::string_view key);

}  // namespace tamis
