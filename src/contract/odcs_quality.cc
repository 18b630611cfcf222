// Reads the quality rules and relationships of ODCS contracts. See odcs.h.
#include <arrow/type.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/suggest.h"
#include "contract/expression.h"
#include "contract/odcs_read.h"
#include "contract/types.h"
#include "contract/values.h"
#include "spec/emit.h"
#include "spec/reader.h"

namespace tamis {
namespace {

const std::vector<std::string> kMetrics = {"rowCount", "nullValues", "missingValues",
                                           "invalidValues", "duplicateValues"};

/// The rules of ODCS 3.0 that later became metrics.
const std::map<std::string, std::string>& OldRules() {
  static const std::map<std::string, std::string> kRules = {{"duplicateCount", "duplicateValues"},
                                                            {"nullCheck", "nullValues"},
                                                            {"nullCount", "nullValues"},
                                                            {"validValues", "invalidValues"},
                                                            {"rowCount", "rowCount"},
                                                            {"nullValues", "nullValues"},
                                                            {"missingValues", "missingValues"},
                                                            {"invalidValues", "invalidValues"},
                                                            {"duplicateValues", "duplicateValues"}};
  return kRules;
}

constexpr std::array<const char*, 8> kComparisons = {
    "mustBe",         "mustNotBe",           "mustBeGreaterThan", "mustBeGreaterOrEqualTo",
    "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeBetween",     "mustNotBeBetween"};

const Node* ScalarOf(const Node& mapping, std::string_view key) {
  const Node* value = mapping.Find(key);
  return value && value->is_scalar() ? value : nullptr;
}

std::string TextOf(const Node& mapping, std::string_view key) {
  const Node* value = ScalarOf(mapping, key);
  return value ? value->scalar : "";
}

Status ReadComparison(const Node& rule, TableRule* out) {
  const Node* found = nullptr;
  for (const char* name : kComparisons) {
    const Node* value = rule.Find(name);
    if (!value || value->is_null()) continue;
    if (found) {
      return UsageErrorAt(value->place,
                          std::string(name) + " and " + out->comparison + " cannot stand together",
                          "write two rules");
    }
    found = value;
    out->comparison = name;
  }
  if (!found) {
    return UsageErrorAt(rule.place, "the rule needs a comparison",
                        "such as mustBe: 0 or mustBeLessThan: 5");
  }
  if (!out->comparison.ends_with("Between")) {
    ARROW_ASSIGN_OR_RAISE(out->value, ReadDouble(*found, out->comparison));
    return Status::OK();
  }
  ARROW_RETURN_NOT_OK(ExpectSequence(*found, out->comparison));
  if (found->items.size() != 2) {
    return UsageErrorAt(found->place, out->comparison + ": expected two numbers");
  }
  ARROW_ASSIGN_OR_RAISE(out->value, ReadDouble(found->items[0], out->comparison));
  ARROW_ASSIGN_OR_RAISE(out->value_to, ReadDouble(found->items[1], out->comparison));
  if (out->value <= out->value_to) return Status::OK();
  return UsageErrorAt(found->place, out->comparison + ": the smaller number stands first");
}

Status ReadUnit(const Node& rule, TableRule* out) {
  static const std::vector<std::string> kUnits = {"rows", "percent"};
  const Node* unit = ScalarOf(rule, "unit");
  if (!unit) return Status::OK();
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadEnum(*unit, "unit", kUnits));
  out->percent = text == "percent";
  if (out->percent && out->metric == "rowCount") {
    return UsageErrorAt(unit->place, "a rowCount is not a percentage");
  }
  return Status::OK();
}

/// The values of `validValues` and `missingValues`; null is always missing, never valid.
Status ReadValues(const Node& list, const std::string& key, const Column& column,
                  std::vector<std::string>* out) {
  ARROW_RETURN_NOT_OK(ExpectSequence(list, key));
  for (const Node& item : list.items) {
    if (item.is_null()) continue;
    ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(item, key));
    // A missing value such as '' or 'N/A' need not be of the column's type; a valid one must.
    if (key == "validValues" && !ParseValue(column.type, text).ok()) {
      return UsageErrorAt(item.place, key + ": not a value of the type " +
                                          PhysicalTypeName(*column.type) + ": " + text);
    }
    out->push_back(std::move(text));
  }
  return Status::OK();
}

Status ReadArguments(const Node& rule, const Column* column, TableRule* out) {
  const Node* arguments = rule.Find("arguments");
  if (arguments && !arguments->is_null()) {
    MappingReader reader(*arguments, "arguments");
    if (out->metric == "duplicateValues" && !column) {
      reader.Required("properties", &out->columns);
    } else if (out->metric == "missingValues") {
      const Node* list = reader.OptionalSequence("missingValues");
      if (list) reader.Check(ReadValues(*list, "missingValues", *column, &out->values));
    } else if (out->metric == "invalidValues") {
      const Node* list = reader.OptionalSequence("validValues");
      if (list) reader.Check(ReadValues(*list, "validValues", *column, &out->values));
      if (reader.Optional("pattern", &out->pattern) && reader.ok()) {
        reader.Check(CheckPattern(arguments->Find("pattern")->place, out->pattern));
      }
    }
    ARROW_RETURN_NOT_OK(reader.Finish());
  }
  if (out->metric == "invalidValues" && out->values.empty() && out->pattern.empty()) {
    return UsageErrorAt(rule.place, "invalidValues needs arguments: validValues or pattern");
  }
  if (out->metric == "duplicateValues" && !column && out->columns.empty()) {
    return UsageErrorAt(rule.place, "duplicateValues of a schema needs arguments: properties");
  }
  return Status::OK();
}

/// The keys of a rule that only describe it.
std::shared_ptr<const Node> Describing(const Node& rule) {
  std::vector<std::string> read = {"type", "metric", "rule", "arguments",
                                   "unit", "engine", "name", "implementation"};
  read.insert(read.end(), kComparisons.begin(), kComparisons.end());
  return KeepRest(rule, read, {});
}

/// Where a relationship points: a table and a column of it.
struct Target {
  std::string table;
  std::string column;
  bool outside = false;  // another file, or a part of a nested column
};

/// Parses `table.column`, `schema/TABLE/properties/COLUMN` and `file.yaml#/schema/...`.
Target ParseTarget(const std::string& text) {
  Target target;
  const size_t hash = text.find('#');
  if (hash != std::string::npos && hash > 0) {
    target.outside = true;
    return target;
  }
  const std::string path = hash == 0 ? text.substr(1) : text;
  std::vector<std::string> parts;
  const char separator = path.find('/') == std::string::npos ? '.' : '/';
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find(separator, begin), path.size());
    if (end > begin) parts.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  if (separator == '/') {
    if (parts.size() >= 4 && parts[0] == "schema" && parts[2] == "properties") {
      target.table = parts[1];
      target.column = parts[3];
      target.outside = parts.size() > 4;
    }
  } else if (parts.size() >= 2) {
    target.table = parts[0];
    target.column = parts[1];
    target.outside = parts.size() > 2;
  }
  return target;
}

std::string IdOf(const std::shared_ptr<const Node>& other) {
  return other ? TextOf(*other, "id") : "";
}

/// Finds a table or column by its name or, as ODCS 3.1 allows, by its id.
template <typename T>
const T* FindNamed(const std::vector<T>& list, const std::string& name) {
  for (const T& one : list) {
    if (one.name == name) return &one;
  }
  for (const T& one : list) {
    if (IdOf(one.other) == name) return &one;
  }
  return nullptr;
}

template <typename T>
std::string SuggestName(const std::vector<T>& list, const std::string& name) {
  std::vector<std::string> known;
  for (const T& one : list) known.push_back(one.name);
  return DidYouMean(name, known);
}

/// A scalar or a list of scalars, as its nodes.
std::vector<const Node*> ScalarsOf(const Node& node) {
  std::vector<const Node*> nodes;
  if (node.is_scalar()) nodes.push_back(&node);
  for (const Node& item : node.items) nodes.push_back(&item);
  return nodes;
}

}  // namespace

Status OdcsReader::ReadQuality(const Node& node, Table* table, Column* column,
                               std::vector<Node>* kept) {
  const Node* list = node.Find("quality");
  if (!list || list->is_null()) return Status::OK();
  for (const Node& rule : list->items) {
    ARROW_RETURN_NOT_OK(SplitCustomProperties(rule, {}).status());
    bool done = false;
    ARROW_RETURN_NOT_OK(ReadRule(rule, table, column, &done));
    if (!done) kept->push_back(rule);
  }
  return Status::OK();
}

Status OdcsReader::ReadRule(const Node& rule, Table* table, Column* column, bool* done) {
  static const std::vector<std::string> kTypes = {"library", "text", "sql", "custom"};
  std::string type = "library";
  if (const Node* node = ScalarOf(rule, "type")) {
    ARROW_ASSIGN_OR_RAISE(type, ReadEnum(*node, "quality type", kTypes));
  } else if (rule.Find("query")) {
    return UsageErrorAt(rule.place, "a quality rule with a query needs type: sql");
  } else if (rule.Find("engine")) {
    return UsageErrorAt(rule.place, "a quality rule with an engine needs type: custom");
  }
  if (type == "text") return Status::OK();
  if (type == "sql") {
    if (!ScalarOf(rule, "query")) {
      return UsageErrorAt(rule.place, "a quality rule of type sql needs the key query");
    }
    Warn(rule.place, "quality rules of type sql are kept, but not run");
    return Status::OK();
  }
  if (type == "library") return ReadMetric(rule, table, column, done);
  const Node* engine = ScalarOf(rule, "engine");
  const Node* implementation = rule.Find("implementation");
  if (!engine) return UsageErrorAt(rule.place, "a custom quality rule needs the key engine");
  if (!implementation || implementation->is_null()) {
    return UsageErrorAt(rule.place, "a custom quality rule needs the key implementation");
  }
  if (engine->scalar == "tamis") return ReadRowRule(rule, table, done);
  const std::string near = Nearest(engine->scalar, std::vector<std::string>{"tamis"});
  if (!near.empty()) {
    return UsageErrorAt(engine->place, "unknown engine: " + engine->scalar, "did you mean tamis?");
  }
  Warn(rule.place, "quality rules of the engine " + engine->scalar + " are kept, but not run");
  return Status::OK();
}

Status OdcsReader::ReadRowRule(const Node& rule, Table* table, bool* done) {
  const Node& implementation = *rule.Find("implementation");
  RowRule out;
  ARROW_ASSIGN_OR_RAISE(out.expression, ReadString(implementation, "implementation"));
  out.name = TextOf(rule, "name");
  if (out.name.empty()) out.name = out.expression;
  out.place = implementation.place;
  out.other = Describing(rule);
  table->row_rules.push_back(std::move(out));
  row_rule_texts_.push_back(RowRuleText{contract_.tables.size() - 1, &implementation});
  *done = true;
  return Status::OK();
}

Status OdcsReader::ReadMetric(const Node& rule, Table* table, Column* column, bool* done) {
  TableRule out;
  const Node* metric = ScalarOf(rule, "metric");
  const Node* old = ScalarOf(rule, "rule");
  if (metric) {
    ARROW_ASSIGN_OR_RAISE(out.metric, ReadEnum(*metric, "metric", kMetrics));
  } else if (old) {
    // In 3.0 a library rule is any word.
    const auto found = OldRules().find(old->scalar);
    const bool has_arguments = rule.Find("arguments") != nullptr;
    if (found == OldRules().end() || (found->second == "invalidValues" && !has_arguments)) {
      Warn(old->place, "the quality rule " + old->scalar + " is kept, but not run");
      return Status::OK();
    }
    out.metric = found->second;
  } else {
    return UsageErrorAt(rule.place, "a quality rule needs the key metric",
                        "known: rowCount, nullValues, missingValues, invalidValues, "
                        "duplicateValues; or say type: text, sql or custom");
  }
  const Place& place = metric ? metric->place : old->place;
  if (column && out.metric == "rowCount") {
    return UsageErrorAt(place, "rowCount belongs to the schema, not to a property");
  }
  if (!column && out.metric != "rowCount" && out.metric != "duplicateValues") {
    return UsageErrorAt(place, out.metric + " belongs to a property, not to the schema");
  }
  if (column) out.column = column->name;
  ARROW_RETURN_NOT_OK(ReadComparison(rule, &out));
  ARROW_RETURN_NOT_OK(ReadUnit(rule, &out));
  ARROW_RETURN_NOT_OK(ReadArguments(rule, column, &out));
  out.name = TextOf(rule, "name");
  out.place = place;
  out.other = Describing(rule);
  *done = true;
  // Before 3.2 brought `enum`, this was the way to say it: refuse the row, not the whole table.
  if (out.metric == "invalidValues" && out.comparison == "mustBe" && out.value == 0 &&
      out.pattern.empty() && column->enum_values.empty()) {
    column->enum_values = std::move(out.values);
    return Status::OK();
  }
  table->table_rules.push_back(std::move(out));
  return Status::OK();
}

/// What can only be checked when all columns of the table are known.
Status OdcsReader::CheckRules(const Table& table) {
  const auto index = static_cast<size_t>(&table - contract_.tables.data());
  const std::shared_ptr<arrow::Schema> schema = table.ArrowSchema();
  for (const RowRuleText& rule : row_rule_texts_) {
    if (rule.table_index != index) continue;
    ARROW_ASSIGN_OR_RAISE(Expr expression, BindScalar(*rule.node, *schema, Parameters()));
    if (expression.type()->id() != arrow::Type::BOOL) {
      return UsageErrorAt(rule.node->place,
                          "a row rule must be true or false, this one is of the type " +
                              PhysicalTypeName(*expression.type()));
    }
  }
  for (const TableRule& rule : table.table_rules) {
    for (const std::string& name : rule.columns) {
      if (table.ColumnIndex(name) >= 0) continue;
      return UsageErrorAt(rule.place, "unknown column: " + name, SuggestName(table.columns, name));
    }
  }
  return Status::OK();
}

Status OdcsReader::ReadRelationships(const Node& node, const std::string& column,
                                     std::vector<Node>* kept) {
  static const std::vector<std::string> kTypes = {"foreignKey"};
  const Node* list = node.Find("relationships");
  if (!list || list->is_null()) return Status::OK();
  for (const Node& item : list->items) {
    ARROW_RETURN_NOT_OK(SplitCustomProperties(item, {}).status());
    if (const Node* type = ScalarOf(item, "type")) {
      ARROW_RETURN_NOT_OK(ReadEnum(*type, "relationship type", kTypes).status());
    }
    const Node* from = item.Find("from");
    if (from && !column.empty()) {
      return UsageErrorAt(from->place, "a property's relationship has no from",
                          "it begins at the property itself");
    }
    if (!from && column.empty()) {
      return UsageErrorAt(item.place, "a schema's relationship needs the key from");
    }
    bool outside = false;
    for (const Node* target : ScalarsOf(*item.Find("to"))) {
      outside |= ParseTarget(target->scalar).outside;
    }
    if (outside) {
      Warn(item.place,
           "a relationship to another file or a nested column is kept, but not checked");
      kept->push_back(item);
    } else {
      references_.push_back(Reference{contract_.tables.size() - 1, column, &item});
    }
  }
  return Status::OK();
}

Status OdcsReader::ResolveRelationships() {
  for (const Reference& reference : references_) {
    Table& own = contract_.tables[reference.table_index];
    Relationship out;
    out.place = reference.node->place;
    if (!reference.column.empty()) out.columns.push_back(reference.column);
    const Node* from = reference.node->Find("from");
    for (const Node* node : from ? ScalarsOf(*from) : std::vector<const Node*>()) {
      const Target target = ParseTarget(node->scalar);
      const bool is_own = target.table == own.name || target.table == IdOf(own.other);
      const Column* column = is_own ? FindNamed(own.columns, target.column) : nullptr;
      if (!is_own) {
        return UsageErrorAt(node->place,
                            "from: expected a column of " + own.name + ", found " + node->scalar,
                            "write " + own.name + ".COLUMN");
      }
      if (!column) {
        return UsageErrorAt(node->place, "unknown column: " + target.column,
                            SuggestName(own.columns, target.column));
      }
      out.columns.push_back(column->name);
    }
    for (const Node* node : ScalarsOf(*reference.node->Find("to"))) {
      const Target target = ParseTarget(node->scalar);
      if (target.table.empty()) {
        return UsageErrorAt(node->place, "to: expected TABLE.COLUMN, found " + node->scalar);
      }
      const Table* table = FindNamed(contract_.tables, target.table);
      if (!table) {
        return UsageErrorAt(node->place, "unknown table: " + target.table,
                            SuggestName(contract_.tables, target.table));
      }
      const Column* column = FindNamed(table->columns, target.column);
      if (!column) {
        return UsageErrorAt(node->place, "unknown column: " + target.column + " in " + table->name,
                            SuggestName(table->columns, target.column));
      }
      if (!out.to_table.empty() && out.to_table != table->name) {
        return UsageErrorAt(node->place, "a relationship leads to one table, not to " +
                                             out.to_table + " and " + table->name);
      }
      out.to_table = table->name;
      out.to_columns.push_back(column->name);
    }
    if (out.columns.size() != out.to_columns.size()) {
      return UsageErrorAt(out.place, std::to_string(out.columns.size()) + " column" +
                                         (out.columns.size() == 1 ? "" : "s") +
                                         " cannot refer to " +
                                         std::to_string(out.to_columns.size()));
    }
    own.relationships.push_back(std::move(out));
  }
  return Status::OK();
}

}  // namespace tamis
