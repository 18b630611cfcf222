// Reads the trees of row rules. See row_order.h.
#include "ops/row_order.h"

#include "expr/parser.h"

namespace tamis {
namespace {

bool IsColumn(const ExprNode& node) { return node.op == ExprNode::Op::kColumn; }

// What is left of `a IS NULL OR b IS NULL OR rest`: a row passes where the rest is NULL too.
const ExprNode* WithoutNullTests(const ExprNode& node) {
  if (node.op != ExprNode::Op::kOr) return &node;
  const ExprNode* rest = nullptr;
  for (const NodePtr& operand : node.arguments) {
    const bool is_test = operand->op == ExprNode::Op::kIsNull && !operand->negated &&
                         IsColumn(*operand->arguments[0]);
    if (is_test) continue;
    if (rest) return nullptr;
    rest = operand->op == ExprNode::Op::kOr ? WithoutNullTests(*operand) : operand.get();
    if (!rest) return nullptr;
  }
  return rest;
}

void Collect(const ExprNode& node, const std::string& later, std::vector<EarlierColumn>* found) {
  if (node.op == ExprNode::Op::kAnd) {
    for (const NodePtr& operand : node.arguments) Collect(*operand, later, found);
    return;
  }
  const ExprNode* rule = WithoutNullTests(node);
  if (!rule || rule->op != ExprNode::Op::kCompare || !IsColumn(*rule->arguments[0]) ||
      !IsColumn(*rule->arguments[1])) {
    return;
  }
  const bool is_upwards = rule->compare == CompareOp::kGt || rule->compare == CompareOp::kGe;
  const bool is_downwards = rule->compare == CompareOp::kLt || rule->compare == CompareOp::kLe;
  if (!is_upwards && !is_downwards) return;
  const std::string& high = rule->arguments[is_upwards ? 0 : 1]->name;
  const std::string& low = rule->arguments[is_upwards ? 1 : 0]->name;
  const bool is_strict = rule->compare == CompareOp::kGt || rule->compare == CompareOp::kLt;
  if (high == later && low != later) found->push_back({low, is_strict});
}

}  // namespace

std::vector<EarlierColumn> EarlierColumns(const Table& table, const Column& column) {
  std::vector<EarlierColumn> found;
  for (const RowRule& rule : table.row_rules) {
    auto tree = ParseExpr(rule.expression, rule.place);
    if (tree.ok()) Collect(**tree, column.name, &found);
  }
  std::erase_if(found, [&](const EarlierColumn& earlier) {
    const int index = table.ColumnIndex(earlier.name);
    return index < 0 || !table.columns[static_cast<size_t>(index)].type->Equals(*column.type);
  });
  return found;
}

}  // namespace tamis
