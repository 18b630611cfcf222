// Makes a contract of the drafts when all statements are read. See parser.h.
#include <algorithm>
#include <set>
#include <utility>

#include "base/source_text.h"
#include "base/suggest.h"
#include "contract/odcs.h"
#include "ddl/check.h"
#include "ddl/names.h"
#include "ddl/parser.h"
#include "spec/emit.h"

namespace tamis {
namespace {

using Kind = ConstraintDraft::Kind;

/// Names that ODCS can refer to.
bool IsReferable(const std::string& name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

std::vector<std::string> Texts(const std::vector<DdlName>& names) {
  std::vector<std::string> texts;
  for (const DdlName& name : names) texts.push_back(name.text);
  return texts;
}

/// `schema.table`; quotes only where blanks or signs need them.
std::string PathText(const std::vector<DdlName>& path, const DdlDialect& dialect) {
  std::string text;
  for (const DdlName& part : path) {
    text += (text.empty() ? "" : ".") +
            (IsReferable(part.text) ? part.text : QuoteName(part.text, dialect));
  }
  return text;
}

std::shared_ptr<const Node> ToMapping(const std::map<std::string, Node>& entries) {
  if (entries.empty()) return nullptr;
  Node node = MakeMapping();
  for (const auto& [key, value] : entries) Put(&node, key, value);
  return std::make_shared<const Node>(std::move(node));
}

/// `sales/orders.sql` is the contract `orders`.
std::string IdOf(const std::string& path) {
  std::string name = path.substr(path.find_last_of('/') + 1);
  name = name.substr(0, name.find('.'));
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '_') c = '-';
  }
  return name.empty() || name == "-" ? "ddl" : name;
}

/// Where an entry stands among the others: by its kind, and references by their columns, so that
/// one which was added by ALTER TABLE stands where it would have stood in the table.
std::pair<size_t, std::string> OrderOf(const Node& entry) {
  static const std::vector<std::string> kKinds = {"primary_key", "unique", "foreign_key", "check",
                                                  "other"};
  const std::string& kind = entry.Find("kind")->scalar;
  const auto found = std::find(kKinds.begin(), kKinds.end(), kind);
  std::string columns;
  if (kind == "foreign_key") {
    for (const Node& item : entry.Find("columns")->items) columns += item.scalar + "\n";
  }
  return {static_cast<size_t>(found - kKinds.begin()), columns};
}

}  // namespace

Node ConstraintNode(const ConstraintDraft& constraint) {
  static constexpr const char* kKinds[] = {"primary_key", "unique", "foreign_key", "check",
                                           "other"};
  Node node = MakeMapping();
  Put(&node, "kind", MakeText(kKinds[static_cast<size_t>(constraint.kind)]));
  const auto put = [&](const char* key, const std::string& text) {
    if (!text.empty()) Put(&node, key, MakeText(text));
  };
  put("name", constraint.name);
  if (!constraint.columns.empty()) Put(&node, "columns", MakeStrings(Texts(constraint.columns)));
  put("columns_text", constraint.columns_text);
  put("method", constraint.method);
  put("expression", constraint.text);
  put("options", constraint.options);
  return node;
}

void DdlParser::Finish() {
  NameTables();
  Contract& contract = out_.contract;
  contract.id = IdOf(source_->name);
  contract.version = "1.0.0";
  contract.status = "active";
  contract.api_version = "v3.1.0";
  contract.source = source_;
  for (size_t index = 0; index < tables_.size(); ++index) {
    Table table;
    table.name = table_names_[index];
    FinishTable(&tables_[index], &table);
    contract.tables.push_back(std::move(table));
  }
  if (!out_.errors.empty()) {
    std::stable_sort(out_.errors.begin(), out_.errors.end(), [](const Status& a, const Status& b) {
      const auto line = [](const Status& status) {
        const auto* detail = dynamic_cast<const ErrorDetail*>(status.detail().get());
        return detail ? detail->place().line : 0;
      };
      return line(a) < line(b);
    });
    return;
  }
  // What is written must be read: a contract that contradicts itself is none.
  std::string text = WriteContract(contract);
  if (static_cast<int64_t>(text.size()) > kSourceTextBytesMax) {
    AddError(UsageErrorAt(Place{source_, 0, 0}, "its contract would be larger than 16 MB",
                          "split the file"));
    return;
  }
  const auto written =
      std::make_shared<const SourceText>(SourceText{contract.id + ".odcs.yaml", std::move(text)});
  const auto read = ParseContract(written);
  if (!read.ok()) {
    AddError(UsageErrorAt(Place{source_, 0, 0},
                          "its contract would contradict itself: " + FormatError(read.status())));
  }
}

/// A table's name without its schema, unless two tables would have the same.
void DdlParser::NameTables() {
  std::map<std::string, int> counts;
  for (const TableDraft& table : tables_) ++counts[table.name()];
  std::set<std::string> taken;
  for (const TableDraft& table : tables_) {
    std::string name = table.name();
    if (counts[name] > 1) {
      name.clear();
      for (const DdlName& part : table.path) name += (name.empty() ? "" : "_") + part.text;
    }
    while (!taken.insert(name).second) name += "_";
    table_names_.push_back(std::move(name));
  }
}

bool DdlParser::ResolveColumns(TableDraft* table, std::vector<DdlName>* names) {
  bool ok = true;
  for (DdlName& name : *names) {
    if (const ColumnDraft* column = table->Find(name.text)) {
      name.text = column->column.name;
      continue;
    }
    std::vector<std::string> known;
    for (const ColumnDraft& column : table->columns) known.push_back(column.column.name);
    AddError(UsageErrorAt(name.place, "unknown column: " + name.text + " of " + table->name(),
                          DidYouMean(name.text, known)));
    ok = false;
  }
  return ok;
}

void DdlParser::FinishTable(TableDraft* draft, Table* table) {
  table->place = draft->place;
  table->description = draft->description;
  if (draft->path.size() > 1 || table->name != draft->name()) {
    table->physical_name = PathText(draft->path, dialect_);
  }
  for (ColumnDraft& column : draft->columns) {
    column.column.ddl = ToMapping(column.ddl);
    table->columns.push_back(column.column);
  }
  // DISTKEY (Id) names the column id where letter case does not matter.
  for (auto& [key, value] : draft->ddl) {
    if (!value.is_sequence()) continue;
    for (Node& item : value.items) {
      const ColumnDraft* column = draft->Find(item.scalar);
      if (column) {
        item = MakeText(column->column.name);
      } else {
        AddError(UsageErrorAt(draft->place,
                              key + ": unknown column: " + item.scalar + " of " + draft->name()));
      }
    }
  }
  FinishPartitions(draft, table);
  std::vector<Node> kept;
  FinishKeys(draft, table, &kept);
  for (const Column& column : table->columns) {
    const bool is_key = table->PrimaryKey() == std::vector<std::string>{column.name};
    if (dialect_.id == kSqlite && column.ddl && column.ddl->Find("identity") && !is_key) {
      AddError(UsageErrorAt(column.place, "AUTOINCREMENT belongs to the PRIMARY KEY"));
    }
  }
  FinishChecks(draft, table, &kept);
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Node& a, const Node& b) { return OrderOf(a) < OrderOf(b); });
  if (!kept.empty()) draft->ddl["constraints"] = MakeSequence(std::move(kept));
  if (!draft->indexes.empty()) draft->ddl["indexes"] = MakeStrings(draft->indexes);
  Node ddl = MakeMapping();
  Put(&ddl, "dialect", MakeText(dialect_.name));
  for (const auto& [key, value] : draft->ddl) Put(&ddl, key, value);
  table->ddl = std::make_shared<const Node>(std::move(ddl));
}

void DdlParser::FinishKeys(TableDraft* draft, Table* table, std::vector<Node>* kept) {
  bool has_primary_key = false;
  const auto column = [&](const DdlName& name) -> Column& {
    return table->columns[static_cast<size_t>(table->ColumnIndex(name.text))];
  };
  for (ConstraintDraft& constraint : draft->constraints) {
    if (constraint.kind == Kind::kCheck) continue;
    if (constraint.kind == Kind::kOther) {
      kept->push_back(ConstraintNode(constraint));
      continue;
    }
    if (!ResolveColumns(draft, &constraint.columns)) continue;
    const bool says_more = !constraint.name.empty() || !constraint.options.empty() ||
                           !constraint.columns_text.empty() || !constraint.method.empty() ||
                           !dialect_.uniques;
    if (constraint.kind == Kind::kForeignKey) {
      FinishForeignKey(draft, constraint, table, kept);
    } else if (constraint.kind == Kind::kUnique) {
      if (constraint.columns.size() == 1) {
        column(constraint.columns[0]).unique = true;
      } else {
        TableRule rule;
        rule.metric = "duplicateValues";
        rule.columns = Texts(constraint.columns);
        rule.comparison = "mustBe";
        rule.place = constraint.place;
        table->table_rules.push_back(std::move(rule));
      }
      if (says_more) kept->push_back(ConstraintNode(constraint));
    } else if (has_primary_key) {
      AddError(UsageErrorAt(constraint.place, "a second primary key of " + draft->name()));
    } else {
      has_primary_key = true;
      int position = 0;
      for (const DdlName& name : constraint.columns) {
        column(name).primary_key_position = ++position;
        column(name).required = true;
      }
      if (says_more) kept->push_back(ConstraintNode(constraint));
    }
  }
  const auto order = [&](const Relationship& key) { return table->ColumnIndex(key.columns[0]); };
  std::stable_sort(
      table->relationships.begin(), table->relationships.end(),
      [&](const Relationship& a, const Relationship& b) { return order(a) < order(b); });
}

void DdlParser::FinishForeignKey(TableDraft* draft, const ConstraintDraft& constraint, Table* table,
                                 std::vector<Node>* kept) {
  TableDraft* target = FindTable(constraint.to_path);
  std::vector<DdlName> to = constraint.to_columns;
  if (target && to.empty()) {
    for (const ConstraintDraft& other : target->constraints) {
      if (other.kind == Kind::kPrimaryKey) to = other.columns;
    }
  }
  if (target && !to.empty() && !ResolveColumns(target, &to)) return;
  if (target && to.size() != constraint.columns.size()) {
    AddError(UsageErrorAt(constraint.place,
                          std::to_string(constraint.columns.size()) + " columns cannot refer to " +
                              std::to_string(to.size()) + " of " + target->name()));
    return;
  }
  Relationship relationship;
  relationship.columns = Texts(constraint.columns);
  relationship.place = constraint.place;
  bool referable = target != nullptr && IsReferable(draft->name());
  if (target) {
    const auto index = std::find_if(tables_.begin(), tables_.end(),
                                    [&](const TableDraft& one) { return &one == target; });
    relationship.to_table = table_names_[static_cast<size_t>(index - tables_.begin())];
    relationship.to_columns = Texts(to);
    referable &= IsReferable(relationship.to_table) && IsReferable(table->name);
  }
  for (const DdlName& name : constraint.columns) referable &= IsReferable(name.text);
  for (const DdlName& name : to) referable &= IsReferable(name.text);
  Node node = ConstraintNode(constraint);
  if (!referable) {
    std::string text = PathText(constraint.to_path, dialect_);
    if (!to.empty()) {
      text += " (";
      for (const DdlName& name : to) {
        text += (text.back() == '(' ? "" : ", ") + PrintName(name.text, dialect_);
      }
      text += ")";
    }
    Put(&node, "references", MakeText(text));
    kept->push_back(std::move(node));
    Warn(constraint.place, target ? "ODCS can't refer to names with such signs: the foreign key is "
                                    "kept in tamis.ddl"
                                  : "the foreign key to " + constraint.to_path.back().text +
                                        ", which is not in this file, is kept in tamis.ddl");
    return;
  }
  for (const Relationship& other : table->relationships) {
    if (other.columns == relationship.columns && other.to_table == relationship.to_table &&
        other.to_columns == relationship.to_columns) {
      return;
    }
  }
  if (!constraint.name.empty() || !constraint.options.empty() || !dialect_.uniques) {
    Put(&node, "table", MakeText(relationship.to_table));
    kept->push_back(std::move(node));
  }
  table->relationships.push_back(std::move(relationship));
}

/// Facts go into the columns; what they can't say is a row rule, or else kept as it stands.
void DdlParser::FinishChecks(TableDraft* draft, Table* table, std::vector<Node>* kept) {
  for (const ConstraintDraft& constraint : draft->constraints) {
    if (constraint.kind != Kind::kCheck) continue;
    const CheckMeaning meaning = UnderstandCheck(constraint.tokens, source_, dialect_, *table);
    bool keep = !constraint.options.empty() || !constraint.method.empty() || !dialect_.checks;
    if (!meaning.facts.empty() && ApplyFacts(meaning.facts, table)) {
      keep |= !constraint.name.empty();
    } else if (!meaning.row_rule.empty()) {
      RowRule rule;
      rule.name = constraint.name.empty() ? meaning.row_rule : constraint.name;
      rule.expression = meaning.row_rule;
      rule.place = constraint.place;
      table->row_rules.push_back(std::move(rule));
    } else {
      keep = true;
      Warn(constraint.place, "this CHECK is kept in tamis.ddl, but tamis does not check it");
    }
    if (!keep) continue;
    ConstraintDraft copy = constraint;
    copy.columns.clear();
    kept->push_back(ConstraintNode(copy));
  }
}

void DdlParser::FinishPartitions(TableDraft* draft, Table* table) {
  const bool has_transform =
      std::any_of(draft->partition_columns.begin(), draft->partition_columns.end(),
                  [](const auto& part) { return part.first.empty(); });
  if (has_transform) {
    std::string text;
    for (const auto& [name, transform] : draft->partition_columns) {
      text += (text.empty() ? "" : ", ") + (name.empty() ? transform : PrintName(name, dialect_));
    }
    draft->ddl["partitioned_by"] = MakeText(text);
    return;
  }
  int position = 0;
  for (const auto& [name, transform] : draft->partition_columns) {
    Column& column = table->columns[static_cast<size_t>(table->ColumnIndex(name))];
    Node other = MakeMapping();
    Put(&other, "partitioned", MakeWord("true"));
    Put(&other, "partitionKeyPosition", MakeWord(std::to_string(++position)));
    column.other = std::make_shared<const Node>(std::move(other));
  }
}

}  // namespace tamis
