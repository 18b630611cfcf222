// Prints keys, references and checks. See print.h.
#include <algorithm>
#include <utility>

#include "ddl/names.h"
#include "ddl/print.h"
#include "spec/emit.h"

namespace tamis {
namespace {

std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

/// The entry of tamis.ddl that says more of a constraint.
const Node* DdlPrinter::FindKept(const Scope& scope, std::string_view kind,
                                 const std::vector<std::string>& columns,
                                 std::string_view table) const {
  const Node* list = scope.ddl.Find("constraints");
  if (!list) return nullptr;
  for (const Node& item : list->items) {
    if (TextAt(item, "kind") == kind && TextsAt(item, "columns") == columns &&
        TextAt(item, "table") == table && !item.Find("references")) {
      return &item;
    }
  }
  return nullptr;
}

/// `[CONSTRAINT name] PRIMARY KEY [method] (columns) [options]`
std::string DdlPrinter::KeyText(const Scope& scope, const char* words,
                                const std::vector<std::string>& names, const Node* kept) const {
  std::string text;
  if (kept && !TextAt(*kept, "name").empty()) {
    text += "CONSTRAINT " + PrintName(TextAt(*kept, "name"), dialect_) + " ";
  }
  text += words;
  if (kept && !TextAt(*kept, "method").empty()) text += " " + TextAt(*kept, "method");
  const std::string columns_text = kept ? TextAt(*kept, "columns_text") : "";
  text += " " + (columns_text.empty() ? Names(scope, names) : columns_text);
  return text;
}

void DdlPrinter::PrintKeys(const Scope& scope, std::vector<std::string>* elements) {
  const Table& table = scope.table;
  const auto add = [&](const char* words, const char* kind, const std::vector<std::string>& names) {
    const Node* kept = scope.same ? FindKept(scope, kind, names, "") : nullptr;
    const bool says = dialect_.uniques || (kept && scope.source);
    const bool is_unique = words[0] == 'U';
    if (!says || (is_unique && dialect_.id == kBigquery)) {
      Warn(table.place, table.name + ": " + dialect_.name + " has no " + words + ": (" +
                            Joined(names) + ") is left out");
      return;
    }
    std::string text = KeyText(scope, words, names, kept);
    const std::string options = kept ? TextAt(*kept, "options") : "";
    if (!options.empty()) {
      text += " " + options;
    } else if (!kept) {
      text += dialect_.key_suffix;
    }
    elements->push_back(std::move(text));
  };
  const std::vector<std::string> key = table.PrimaryKey();
  if (!key.empty() && !(dialect_.id == kSqlite && key.size() == 1)) {
    add("PRIMARY KEY", "primary_key", key);
  }
  for (const Column& column : table.columns) {
    const bool kept = scope.same && FindKept(scope, "unique", {column.name}, "");
    if (column.unique && (kept || (!dialect_.uniques && !scope.same))) {
      add("UNIQUE", "unique", {column.name});
    }
  }
  for (const TableRule& rule : table.table_rules) {
    const bool is_unique = rule.metric == "duplicateValues" && rule.comparison == "mustBe" &&
                           rule.value == 0 && !rule.columns.empty();
    if (is_unique) add("UNIQUE", "unique", rule.columns);
  }
}

void DdlPrinter::PrintForeignKeys(const Scope& scope, std::vector<std::string>* elements) {
  for (const Relationship& key : scope.table.relationships) {
    const Node* kept =
        scope.same ? FindKept(scope, "foreign_key", key.columns, key.to_table) : nullptr;
    const auto target = contract_.FindTable(key.to_table);
    if (!target.ok()) continue;
    const auto to = Open(**target);
    if (!to.ok() || !(dialect_.uniques || (kept && scope.source))) {
      Warn(scope.table.place, scope.table.name + ": " + dialect_.name + " has no FOREIGN KEY: (" +
                                  Joined(key.columns) + ") is left out");
      continue;
    }
    std::string text = KeyText(scope, "FOREIGN KEY", key.columns, kept) + " REFERENCES " +
                       TableName(*to) + " " + Names(*to, key.to_columns);
    const std::string options = kept ? TextAt(*kept, "options") : "";
    if (!options.empty()) {
      text += " " + options;
    } else if (!kept) {
      text += dialect_.key_suffix;
    }
    const bool is_there = printed_.contains(key.to_table) || key.to_table == scope.table.name;
    if (is_there || dialect_.id == kSqlite || !dialect_.uniques) {
      elements->push_back(std::move(text));
    } else {
      deferred_.push_back("ALTER TABLE " + TableName(scope) + " ADD " + text + ";\n");
    }
  }
}

void DdlPrinter::PrintChecks(const Scope& scope, std::vector<std::string>* elements) {
  const Table& table = scope.table;
  // What a kept CHECK, or a kept type, says already.
  std::vector<ColumnFact> covered;
  std::vector<std::string> covered_rules;
  const Node* list = scope.ddl.Find("constraints");
  for (const Node& item : list&& scope.same ? list->items : std::vector<Node>()) {
    if (TextAt(item, "kind") != "check") continue;
    const auto source =
        std::make_shared<const SourceText>(SourceText{"", TextAt(item, "expression")});
    auto tokens = SqlLexer(source, dialect_).Next();
    if (!tokens.ok()) continue;
    tokens->pop_back();
    const CheckMeaning meaning = UnderstandCheck(*tokens, source, dialect_, table);
    covered.insert(covered.end(), meaning.facts.begin(), meaning.facts.end());
    covered_rules.push_back(meaning.row_rule);
  }
  for (const Column& column : table.columns) {
    if (!scope.same || !column.ddl || !column.ddl->Find("type")) continue;
    const auto type = ParseSqlTypeText(TextAt(*column.ddl, "type"), dialect_, column.place);
    if (!type.ok() || type->enum_values.empty()) continue;
    covered.push_back(
        ColumnFact{ColumnFact::Kind::kValues, column.name, "", false, 0, type->enum_values});
  }
  const PrintColumnName name = [&](const std::string& column) { return ColumnName(scope, column); };
  size_t left_out = 0;
  for (const ColumnFact& fact : FactsOf(table)) {
    if (std::find(covered.begin(), covered.end(), fact) != covered.end()) continue;
    left_out += !dialect_.checks;
    if (dialect_.checks) {
      elements->push_back("CHECK (" + PrintFact(fact, table, dialect_, name) + ")");
    }
  }
  for (const RowRule& rule : table.row_rules) {
    if (std::find(covered_rules.begin(), covered_rules.end(), rule.expression) !=
        covered_rules.end()) {
      continue;
    }
    const auto text = PrintRowRule(rule.expression, table, dialect_, name);
    left_out += !dialect_.checks;
    if (!dialect_.checks) continue;
    if (!text) {
      Warn(rule.place, table.name + ": the rule " + rule.name + " is left out: " + dialect_.name +
                           " may mean another thing by it");
      continue;
    }
    elements->push_back(
        (rule.name == rule.expression ? "" : "CONSTRAINT " + PrintName(rule.name, dialect_) + " ") +
        "CHECK (" + *text + ")");
  }
  if (left_out > 0) {
    Warn(table.place, table.name + ": " + dialect_.name +
                          " has no CHECK: " + std::to_string(left_out) + " rule" +
                          (left_out == 1 ? " is" : "s are") + " left out");
  }
}

/// Constraints that only tamis.ddl knows: as they were written, in the same dialect.
void DdlPrinter::PrintKept(const Scope& scope, std::vector<std::string>* elements) {
  const Node* list = scope.ddl.Find("constraints");
  for (const Node& item : list ? list->items : std::vector<Node>()) {
    const std::string kind = TextAt(item, "kind");
    const std::string expression = TextAt(item, "expression");
    const std::string references = TextAt(item, "references");
    const bool is_check = kind == "check";
    if (!is_check && kind != "other" && references.empty()) continue;
    if (!scope.same) {
      // What a check says may stand in the contract as well: then nothing is lost.
      bool understood = false;
      if (is_check && scope.source) {
        const auto source = std::make_shared<const SourceText>(SourceText{"", expression});
        auto tokens = SqlLexer(source, *scope.source).Next();
        if (tokens.ok()) {
          tokens->pop_back();
          const CheckMeaning meaning = UnderstandCheck(*tokens, source, *scope.source, scope.table);
          understood = !meaning.facts.empty() || !meaning.row_rule.empty();
        }
      }
      if (understood) continue;
      Warn(scope.table.place, scope.table.name + ": left out: " +
                                  (is_check             ? "CHECK (" + expression + ")"
                                   : references.empty() ? expression
                                                        : "REFERENCES " + references));
      continue;
    }
    std::string text;
    if (!TextAt(item, "name").empty()) {
      text += "CONSTRAINT " + PrintName(TextAt(item, "name"), dialect_) + " ";
    }
    if (is_check) {
      const std::string method = TextAt(item, "method");
      text += "CHECK " + (method.empty() ? "" : method + " ") + "(" + expression + ")";
    } else if (references.empty()) {
      text += expression;
    } else {
      text += "FOREIGN KEY " + Names(scope, TextsAt(item, "columns")) + " REFERENCES " + references;
    }
    if (!TextAt(item, "options").empty()) text += " " + TextAt(item, "options");
    elements->push_back(std::move(text));
  }
  for (const std::string& index : TextsAt(scope.ddl, "indexes")) {
    if (scope.same) {
      elements->push_back(index);
    } else {
      Warn(scope.table.place, scope.table.name + ": left out: " + index);
    }
  }
}

/// What a contract says and no DDL does.
void DdlPrinter::WarnOfRules(const Scope& scope) {
  const Table& table = scope.table;
  for (const Column& column : table.columns) {
    const auto warn = [&](const char* what) {
      Warn(column.place, column.name + ": " + what + " has no DDL: left out");
    };
    if (!column.pattern.empty()) warn("pattern");
    if (column.multiple_of) warn("multipleOf");
    if (!column.format.empty() && column.format != "uuid") warn("format");
  }
  for (const TableRule& rule : table.table_rules) {
    const bool is_unique = rule.metric == "duplicateValues" && rule.comparison == "mustBe" &&
                           rule.value == 0 && !rule.columns.empty();
    if (!is_unique) {
      Warn(rule.place, table.name + ": the rule " + rule.metric + " has no DDL: left out");
    }
  }
}

}  // namespace tamis
