// Prints contracts as DDL: statements, heads and names. See print.h.
#include "ddl/print.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "ddl/names.h"
#include "spec/emit.h"

namespace tamis {
namespace {

const std::vector<std::string>& TableKeys() {
  static const std::vector<std::string> kKeys = [] {
    std::vector<std::string> keys = {"dialect",     "modifiers", "or_replace",     "if_not_exists",
                                     "constraints", "indexes",   "partitioned_by", "quoted"};
    for (const Clause& clause : TableClauses()) keys.emplace_back(clause.key);
    return keys;
  }();
  return kKeys;
}

const std::vector<std::string>& ColumnKeys() {
  static const std::vector<std::string> kKeys = [] {
    std::vector<std::string> keys = {"type",          "default",          "default_name",
                                     "identity",      "generated",        "quoted",
                                     "not_null_name", "not_null_options", "untyped"};
    for (const Clause& clause : ColumnClauses()) keys.emplace_back(clause.key);
    return keys;
  }();
  return kKeys;
}

Status CheckMapping(const Node& ddl, const std::vector<std::string>& known) {
  for (const auto& [key, value] : ddl.entries) {
    if (std::find(known.begin(), known.end(), key.scalar) != known.end()) continue;
    return UsageErrorAt(key.place, "tamis.ddl: unknown key: " + key.scalar,
                        DidYouMean(key.scalar, known, 0));
  }
  return Status::OK();
}

bool HasUpper(const std::string& name) { return name != Lower(name); }

}  // namespace

std::string TextAt(const Node& mapping, std::string_view key) {
  const Node* value = mapping.Find(key);
  return value && value->is_scalar() ? value->scalar : "";
}

std::vector<std::string> TextsAt(const Node& mapping, std::string_view key) {
  std::vector<std::string> texts;
  const Node* value = mapping.Find(key);
  for (const Node& item : value ? value->items : std::vector<Node>()) texts.push_back(item.scalar);
  return texts;
}

void DdlPrinter::Warn(const Place& place, std::string text) {
  out_.warnings.push_back(DdlMessage{place, std::move(text)});
}

Result<DdlPrinter::Scope> DdlPrinter::Open(const Table& table) const {
  Scope scope{table, nullptr, true, table.ddl ? *table.ddl : MakeMapping()};
  if (const Node* dialect = scope.ddl.Find("dialect")) {
    auto found = FindDialect(dialect->scalar);
    if (!found.ok()) {
      return UsageErrorAt(dialect->place, "tamis.ddl: " + found.status().message());
    }
    scope.source = *found;
    scope.same = scope.source == &dialect_;
  }
  ARROW_RETURN_NOT_OK(CheckKeys(scope));
  std::set<std::string> names;
  for (const Column& column : table.columns) {
    scope.ambiguous |= !names.insert(Lower(column.name)).second;
  }
  return scope;
}

Status DdlPrinter::CheckKeys(const Scope& scope) const {
  ARROW_RETURN_NOT_OK(CheckMapping(scope.ddl, TableKeys()));
  for (const Column& column : scope.table.columns) {
    if (column.ddl) ARROW_RETURN_NOT_OK(CheckMapping(*column.ddl, ColumnKeys()));
  }
  return Status::OK();
}

std::string DdlPrinter::ColumnName(const Scope& scope, const std::string& name) const {
  const int index = scope.table.ColumnIndex(name);
  const Column* column = index < 0 ? nullptr : &scope.table.columns[static_cast<size_t>(index)];
  if (scope.ambiguous) return QuoteName(name, dialect_);
  const bool quoted = column && column->ddl && column->ddl->Find("quoted");
  // A contract that never was DDL means its names as they stand.
  const bool folds = dialect_.id == kPostgresql && HasUpper(name) && !scope.source;
  if (quoted || folds) return QuoteName(name, dialect_);
  return PrintName(name, dialect_);
}

/// The table's physicalName if it is a path of names, else its name.
std::string DdlPrinter::TableName(const Scope& scope) const {
  const Table& table = scope.table;
  const DdlDialect& spoken = scope.source ? *scope.source : dialect_;
  std::vector<DdlName> path;
  if (!table.physical_name.empty()) {
    const auto source = std::make_shared<const SourceText>(SourceText{"", table.physical_name});
    auto tokens = SqlLexer(source, spoken).Next();
    if (tokens.ok()) {
      TokenReader reader(source, spoken, std::move(*tokens));
      auto taken = reader.TakePath("a name");
      if (taken.ok() && reader.AtEnd()) path = std::move(*taken);
    }
  }
  if (path.size() > PartsMax() && !scope.same) {
    path.erase(path.begin(), path.end() - static_cast<std::ptrdiff_t>(PartsMax()));
    if (PartsMax() == 1) path.clear();  // the contract's own names are unique
  }
  if (path.empty()) path.push_back(DdlName{table.name, false, table.place});
  std::string out;
  for (const DdlName& part : path) {
    const bool last = &part == &path.back();
    const auto count = name_counts_.find(Lower(table.name));
    const bool quoted =
        last && (scope.ddl.Find("quoted") || (count != name_counts_.end() && count->second > 1));
    const bool folds = dialect_.id == kPostgresql && HasUpper(part.text) && !scope.source;
    out += (out.empty() ? "" : ".") +
           (quoted || folds ? QuoteName(part.text, dialect_) : PrintName(part.text, dialect_));
  }
  return out;
}

/// Hive, and Redshift's tables over files, declare the columns of partitions behind the others.
bool DdlPrinter::HasTypedPartitions(const Scope& scope) const {
  const bool external = TextAt(scope.ddl, "modifiers").find("EXTERNAL") != std::string::npos;
  return dialect_.id == kHive || (dialect_.id == kRedshift && scope.same && external);
}

/// How many parts a table's name has at most: database, schema, table.
size_t DdlPrinter::PartsMax() const {
  if (dialect_.id == kSqlite) return 1;
  return (dialect_.id & (kMysql | kHive | kOracle | kPostgresql | kRedshift)) != 0 ? 2 : 3;
}

std::string DdlPrinter::Names(const Scope& scope, const std::vector<std::string>& names) const {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "(" : ", ") + ColumnName(scope, name);
  return out + ")";
}

std::string DdlPrinter::Head(const Scope& scope) {
  const bool replaces = scope.ddl.Find("or_replace") != nullptr;
  const bool exists = scope.ddl.Find("if_not_exists") != nullptr;
  const std::string modifiers = TextAt(scope.ddl, "modifiers");
  const bool may_replace = scope.same || (dialect_.id & (kSnowflake | kBigquery | kSpark)) != 0;
  const bool may_exist = scope.same || (dialect_.id & (kSqlserver | kOracle | kAnsi)) == 0;
  std::string out = "CREATE ";
  if (replaces && may_replace) out += "OR REPLACE ";
  if (!modifiers.empty() && scope.same) out += modifiers + " ";
  out += "TABLE ";
  if (exists && may_exist) out += "IF NOT EXISTS ";
  const std::string name = TableName(scope);
  const std::string& physical = scope.table.physical_name;
  if (!scope.same && std::count(name.begin(), name.end(), '.') <
                         std::count(physical.begin(), physical.end(), '.')) {
    Warn(scope.table.place,
         physical + " becomes " + name + ": " + dialect_.name + " has names of fewer parts");
  }
  const auto left_out = [&](const std::string& words) {
    Warn(scope.table.place, scope.table.name + ": " + words + " is left out");
  };
  if (replaces && !may_replace) left_out("OR REPLACE");
  if (exists && !may_exist) left_out("IF NOT EXISTS");
  if (!modifiers.empty() && !scope.same) left_out(modifiers);
  return out + name;
}

Status DdlPrinter::PrintTable(const Table& table) {
  ARROW_ASSIGN_OR_RAISE(Scope scope, Open(table));
  if (table.columns.empty()) {
    return UsageErrorAt(table.place, "the table " + table.name + " has no columns");
  }
  if (scope.ambiguous) {
    Warn(table.place, table.name + ": names of columns differ by letter case only");
  }
  std::string head = Head(scope);
  std::vector<std::string> elements;
  for (const Column& column : table.columns) {
    const bool is_partition = column.other && column.other->Find("partitioned");
    if (is_partition && HasTypedPartitions(scope)) continue;
    ARROW_ASSIGN_OR_RAISE(std::string text, PrintColumn(scope, column));
    elements.push_back(std::move(text));
  }
  PrintKeys(scope, &elements);
  PrintForeignKeys(scope, &elements);
  PrintChecks(scope, &elements);
  PrintKept(scope, &elements);
  WarnOfRules(scope);
  std::string& out = out_.text;
  if (!out.empty()) out += "\n";
  out += head + " (\n";
  for (const std::string& element : elements) {
    out += "  " + element + (&element == &elements.back() ? "\n" : ",\n");
  }
  out += ")";
  PrintClauses(scope, &out);
  out += ";\n";
  PrintComments(scope);
  printed_.insert(table.name);
  return Status::OK();
}

void DdlPrinter::PrintComments(const Scope& scope) {
  const Table& table = scope.table;
  const bool some = !table.description.empty() ||
                    std::any_of(table.columns.begin(), table.columns.end(),
                                [](const Column& column) { return !column.description.empty(); });
  if (!some) return;
  if (dialect_.comments == CommentForm::kNone) {
    Warn(table.place, table.name + ": descriptions are left out, " + dialect_.name +
                          " has no comments in its DDL");
    return;
  }
  if (dialect_.comments != CommentForm::kStatement) return;
  if (!table.description.empty()) {
    out_.text += "COMMENT ON TABLE " + TableName(scope) + " IS " +
                 PrintText(table.description, dialect_) + ";\n";
  }
  for (const Column& column : table.columns) {
    if (column.description.empty()) continue;
    out_.text += "COMMENT ON COLUMN " + TableName(scope) + "." + ColumnName(scope, column.name) +
                 " IS " + PrintText(column.description, dialect_) + ";\n";
  }
}

Result<PrintedDdl> DdlPrinter::Print() {
  for (const Table& table : contract_.tables) ++name_counts_[Lower(table.name)];
  for (const Table& table : contract_.tables) ARROW_RETURN_NOT_OK(PrintTable(table));
  if (!deferred_.empty()) out_.text += "\n";
  for (const std::string& statement : deferred_) out_.text += statement;
  return std::move(out_);
}

Result<PrintedDdl> PrintDdl(const Contract& contract, std::string_view dialect) {
  ARROW_ASSIGN_OR_RAISE(const DdlDialect* found, FindDialect(dialect));
  return DdlPrinter(contract, *found).Print();
}

}  // namespace tamis
