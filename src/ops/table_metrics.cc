// Counts for rowCount, nullValues, missingValues, invalidValues and duplicateValues. See
// table_metrics.h.
#include "ops/table_metrics.h"

#include <cstdio>
#include <set>

#include "contract/values.h"

namespace tamis {
namespace {

struct Comparison {
  const char* name;
  const char* words;
  bool (*holds)(double found, const TableRule& rule);
};
constexpr Comparison kComparisons[] = {
    {"mustBe", "must be", [](double found, const TableRule& rule) { return found == rule.value; }},
    {"mustNotBe", "must not be",
     [](double found, const TableRule& rule) { return found != rule.value; }},
    {"mustBeGreaterThan", "must be more than",
     [](double found, const TableRule& rule) { return found > rule.value; }},
    {"mustBeGreaterOrEqualTo", "must be at least",
     [](double found, const TableRule& rule) { return found >= rule.value; }},
    {"mustBeLessThan", "must be less than",
     [](double found, const TableRule& rule) { return found < rule.value; }},
    {"mustBeLessOrEqualTo", "must be at most",
     [](double found, const TableRule& rule) { return found <= rule.value; }},
    {"mustBeBetween", "must be between",
     [](double found, const TableRule& rule) {
       return found >= rule.value && found <= rule.value_to;
     }},
    {"mustNotBeBetween", "must not be between",
     [](double found, const TableRule& rule) {
       return found < rule.value || found > rule.value_to;
     }},
};

std::string NumberText(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.15g", value);
  return text;
}

// The rule's values and pattern as those of a column, so that rows are compared in the one way.
Column ColumnOfRule(const Table& table, const TableRule& rule, const arrow::DataType& type) {
  Column column;
  column.name = rule.column;
  column.type = table.columns[static_cast<size_t>(table.ColumnIndex(rule.column))].type;
  column.place = rule.place;
  column.pattern = rule.pattern;
  bool is_text = type.id() == arrow::Type::STRING || type.id() == arrow::Type::DICTIONARY;
  for (const std::string& value : rule.values) {
    // A text such as N/A can't be the value of a number: nothing to look for.
    if (is_text || ParseValue(column.type, value).ok()) column.enum_values.push_back(value);
  }
  return column;
}

int64_t RowsWithIssues(const std::vector<CellIssue>& issues) {
  std::set<int32_t> rows;
  for (const CellIssue& issue : issues) rows.insert(issue.row);
  return static_cast<int64_t>(rows.size());
}

Result<std::vector<CellIssue>> IssuesOf(const std::vector<std::unique_ptr<RowCheck>>& checks,
                                        const arrow::RecordBatch& batch) {
  std::vector<CellIssue> issues;
  for (const auto& check : checks) ARROW_RETURN_NOT_OK(check->Check(batch, &issues));
  return issues;
}

TableCheck Compare(const TableRule& rule, double found) {
  TableCheck check;
  check.rule = &rule;
  for (const Comparison& comparison : kComparisons) {
    if (rule.comparison != comparison.name) continue;
    check.passed = comparison.holds(found, rule);
    check.message = rule.metric + (rule.column.empty() ? "" : " of " + rule.column) + " is " +
                    NumberText(found) + (rule.percent ? "%" : "") + ", " + comparison.words + " " +
                    NumberText(rule.value);
    if (rule.comparison.ends_with("Between")) check.message += " and " + NumberText(rule.value_to);
  }
  return check;
}

}  // namespace

Result<std::unique_ptr<TableMetrics>> TableMetrics::Make(const Table& table,
                                                         const arrow::Schema& schema) {
  auto metrics = std::make_unique<TableMetrics>();
  for (const TableRule& rule : table.table_rules) {
    auto metric = std::make_unique<Metric>();
    metric->rule = &rule;
    ARROW_RETURN_NOT_OK(Bind(table, schema, metric.get()));
    metrics->metrics_.push_back(std::move(metric));
  }
  return metrics;
}

Status TableMetrics::Bind(const Table& table, const arrow::Schema& schema, Metric* metric) {
  const TableRule& rule = *metric->rule;
  if (rule.metric == "rowCount") return Status::OK();
  std::vector<std::string> names = rule.columns;
  if (names.empty()) names.push_back(rule.column);
  std::vector<int> columns;
  for (const std::string& name : names) {
    columns.push_back(schema.GetFieldIndex(name));
    if (columns.back() < 0) return UsageErrorAt(rule.place, "no column " + name + " to measure");
  }
  metric->column = columns[0];
  if (rule.metric == "duplicateValues") {
    metric->keys = std::make_unique<KeySet>(columns, Rule::kUnique);
  } else if (!rule.values.empty() || !rule.pattern.empty()) {
    Table of_rule;
    Column column = ColumnOfRule(table, rule, *schema.field(columns[0])->type());
    if (column.enum_values.empty() && column.pattern.empty()) return Status::OK();
    of_rule.columns.push_back(std::move(column));
    ARROW_ASSIGN_OR_RAISE(metric->checks, MakeColumnChecks(of_rule, schema));
  }
  return Status::OK();
}

Status TableMetrics::Add(const arrow::RecordBatch& batch) {
  row_count_ += batch.num_rows();
  for (const auto& metric : metrics_) {
    if (metric->column < 0) continue;
    ARROW_ASSIGN_OR_RAISE(int64_t count, Count(batch, metric.get()));
    metric->count += count;
  }
  return Status::OK();
}

Result<int64_t> TableMetrics::Count(const arrow::RecordBatch& batch, Metric* metric) {
  const std::string& name = metric->rule->metric;
  if (name == "duplicateValues") {
    ARROW_ASSIGN_OR_RAISE(auto keys, metric->keys->Keys(batch));
    std::lock_guard lock(metric->keys_mutex);
    int64_t repeated = 0;
    for (KeySet::Key key : keys) repeated += key.high != 0 && !metric->keys->Insert(key);
    return repeated;
  }
  int64_t nulls = batch.column(metric->column)->null_count();
  if (name == "nullValues" || metric->checks.empty()) return nulls;
  ARROW_ASSIGN_OR_RAISE(auto issues, IssuesOf(metric->checks, batch));
  int64_t unlike = RowsWithIssues(issues);  // neither NULL nor one of the values
  return name == "invalidValues" ? unlike : batch.num_rows() - unlike;
}

std::vector<TableCheck> TableMetrics::Checks() const {
  std::vector<TableCheck> checks;
  auto rows = static_cast<double>(row_count_.load());
  for (const auto& metric : metrics_) {
    auto found = static_cast<double>(metric->count.load());
    if (metric->rule->metric == "rowCount") found = rows;
    if (metric->rule->percent) found = rows > 0 ? found * 100 / rows : 0;
    checks.push_back(Compare(*metric->rule, found));
  }
  return checks;
}

}  // namespace tamis
