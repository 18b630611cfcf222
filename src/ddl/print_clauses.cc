// Prints the clauses behind a table's columns. See print.h.
#include <algorithm>
#include <set>
#include <utility>

#include "ddl/names.h"
#include "ddl/print.h"
#include "spec/emit.h"

namespace tamis {

std::string DdlPrinter::PrintClause(const Scope& scope, const Clause& clause, const Node& value) {
  const std::string words = clause.words;
  switch (clause.argument) {
    case ClauseArgument::kNone:
      return words;
    case ClauseArgument::kText:
      return words + " " + PrintText(value.scalar, dialect_);
    case ClauseArgument::kEqualsWord:
      return words + " = " + value.scalar;
    case ClauseArgument::kEqualsParens:
      return words + " = " + value.scalar;
    case ClauseArgument::kMaybeParens:
      return words + (value.scalar == "true" ? "" : " (" + value.scalar + ")");
    case ClauseArgument::kNames:
    case ClauseArgument::kNameList: {
      std::vector<std::string> names;
      for (const Node& item : value.items) names.push_back(item.scalar);
      const std::string list = Names(scope, names);
      return words + " " +
             (clause.argument == ClauseArgument::kNames ? list : list.substr(1, list.size() - 2));
    }
    case ClauseArgument::kProperties:
      return words + " " + Properties(&value, "").substr(std::string(" OPTIONS ").size());
    default:
      return words + " " + value.scalar;
  }
}

/// ` OPTIONS ('a' = 'b')`; BigQuery's names and values are bare, and its description one of them.
std::string DdlPrinter::Properties(const Node* properties, const std::string& description) const {
  const bool bare = dialect_.id == kBigquery;
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  if (!description.empty()) add("description = " + PrintText(description, dialect_));
  if (properties && properties->is_mapping()) {
    for (const auto& [key, value] : properties->entries) {
      add(bare ? PrintName(key.scalar, dialect_) + " = " + value.scalar
               : PrintText(key.scalar, dialect_) + " = " + PrintText(value.scalar, dialect_));
    }
  }
  return out.empty() ? "" : " OPTIONS (" + out + ")";
}

/// `(day, region)`, or with their types as Hive wants them; "" without partitions.
std::string DdlPrinter::PartitionedBy(const Scope& scope, bool with_types) {
  std::vector<std::pair<int64_t, const Column*>> columns;
  for (const Column& column : scope.table.columns) {
    if (!column.other || TextAt(*column.other, "partitioned") != "true") continue;
    const std::string position = TextAt(*column.other, "partitionKeyPosition");
    columns.emplace_back(position.empty() ? 0 : std::atoll(position.c_str()), &column);
  }
  std::stable_sort(columns.begin(), columns.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string out;
  for (const auto& [position, column] : columns) {
    out += out.empty() ? "" : ", ";
    if (!with_types) {
      out += ColumnName(scope, column->name);
      continue;
    }
    Column plain = *column;  // a partition's column has a type and a comment, nothing else
    if (plain.required) {
      Warn(column->place, column->name + ": NOT NULL is left out, it is a partition's column");
    }
    plain.required = false;
    plain.unique = false;
    plain.primary_key_position = 0;
    out += PrintColumn(scope, plain).ValueOr(column->name);
  }
  return out;
}

/// The clauses that are not `said` in this dialect.
void DdlPrinter::WarnOfClauses(const Scope& scope, const std::set<std::string>& said) {
  for (const auto& [key, value] : scope.ddl.entries) {
    static const std::set<std::string> kOthers = {"dialect",        "modifiers",   "or_replace",
                                                  "if_not_exists",  "constraints", "indexes",
                                                  "partitioned_by", "quoted"};
    const bool is_transform = key.scalar == "partitioned_by" && !scope.same;
    if (is_transform || (!kOthers.contains(key.scalar) && !said.contains(key.scalar))) {
      Warn(scope.table.place, scope.table.name + ": " + key.scalar + " is left out");
    }
  }
}

void DdlPrinter::PrintClauses(const Scope& scope, std::string* out) {
  const Table& table = scope.table;
  std::set<std::string> said;
  bool is_first = true;
  const auto line = [&](const std::string& text) {
    *out += (dialect_.id == kSqlite && !is_first ? ",\n" : "\n") + text;
    is_first = false;
  };
  const std::string partitions = PartitionedBy(scope, HasTypedPartitions(scope));
  const auto print_partitions = [&] {
    if (!partitions.empty() && (dialect_.id == kSpark || HasTypedPartitions(scope))) {
      line("PARTITIONED BY (" + partitions + ")");
    } else if (!partitions.empty()) {
      Warn(table.place, table.name + ": the partitions (" + partitions + ") are left out");
    }
    const std::string transforms = TextAt(scope.ddl, "partitioned_by");
    if (!transforms.empty() && scope.same) line("PARTITIONED BY (" + transforms + ")");
  };
  const auto print_comment = [&] {
    if (table.description.empty() || dialect_.comments != CommentForm::kClause) return;
    line((dialect_.id == kMysql ? "COMMENT = " : "COMMENT ") +
         PrintText(table.description, dialect_));
  };
  // Hive wants the comment first, then the partitions; Spark the format before both.
  if (dialect_.id == kHive) {
    print_comment();
    print_partitions();
  }
  const Node* options = nullptr;
  bool partitions_due = dialect_.id != kHive;
  for (const Clause& clause : TableClauses()) {
    const std::string key = clause.key;
    const Node* value = scope.ddl.Find(key);
    constexpr DialectSet kLake = kSpark | kHive;  // they share their clauses
    const bool shared = scope.source && (dialect_.id & kLake) != 0 &&
                        (clause.dialects & scope.source->id & kLake) != 0;
    const bool speaks = (clause.dialects & dialect_.id) != 0 && (scope.same || shared);
    if (!value || !speaks || said.contains(key)) continue;
    said.insert(key);
    if (dialect_.comments == CommentForm::kOption &&
        clause.argument == ClauseArgument::kProperties) {
      options = value;
      continue;
    }
    if (partitions_due && key != "using") {
      print_comment();
      print_partitions();
      partitions_due = false;
    }
    line(PrintClause(scope, clause, *value));
  }
  if (partitions_due) {
    print_comment();
    print_partitions();
  }
  WarnOfClauses(scope, said);
  if (dialect_.comments == CommentForm::kOption) {
    const std::string text = Properties(options, table.description);
    if (!text.empty()) line(text.substr(1));
  } else if (!table.description.empty() && dialect_.comments == CommentForm::kEqualsClause) {
    line("COMMENT = " + PrintText(table.description, dialect_));
  }
}

}  // namespace tamis
