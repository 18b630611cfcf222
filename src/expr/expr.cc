// The public face of expressions. See expr.h.
#include "expr/expr.h"

#include <algorithm>
#include <functional>
#include <set>

#include "expr/bind.h"
#include "expr/evaluate.h"
#include "expr/functions.h"
#include "expr/parser.h"
#include "expr/print.h"

namespace tamis {
namespace {

constexpr double kPrintedBytesMax = 4e6;

void Visit(const ExprNode& node, const std::function<void(const ExprNode&)>& see) {
  see(node);
  for (const NodePtr& argument : node.arguments) Visit(*argument, see);
}

bool IsFunctionName(const std::string& name) {
  return !name.empty() && std::isalpha(static_cast<unsigned char>(name[0]));
}

std::vector<std::string> Sorted(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

Result<NodePtr> ParseAndBind(std::string_view text, const Place& place, const arrow::Schema& schema,
                             const Parameters& parameters) {
  ARROW_ASSIGN_OR_RAISE(NodePtr parsed, ParseExpr(text, place));
  ARROW_ASSIGN_OR_RAISE(NodePtr root, BindTree(parsed, schema, parameters));
  if (PrintedSize(*root) > kPrintedBytesMax) {
    return UsageErrorAt(root->place, "the expression is too large",
                        "derive a part of it as a column of its own first");
  }
  return root;
}

}  // namespace

Result<ExprNames> ListNames(std::string_view text, Place place) {
  ARROW_ASSIGN_OR_RAISE(NodePtr root, ParseExpr(text, place));
  std::set<std::string> columns, parameters, functions;
  Visit(*root, [&](const ExprNode& node) {
    if (node.op == ExprNode::Op::kColumn) columns.insert(node.name);
    if (node.op == ExprNode::Op::kParameter) parameters.insert(node.name);
    if (node.op != ExprNode::Op::kCall || !IsFunctionName(node.name)) return;
    functions.insert(node.name);
    for (const Function* row : FunctionsNamed(node.name)) {
      bool reads_time =
          row->evaluation == Evaluation::kRunTime || row->evaluation == Evaluation::kToday;
      if (reads_time) parameters.insert("run_time");
    }
  });
  return ExprNames{Sorted(columns), Sorted(parameters), Sorted(functions)};
}

Result<Expr> Expr::Bind(std::string_view text, Place place, const arrow::Schema& schema,
                        const Parameters& parameters) {
  ARROW_ASSIGN_OR_RAISE(NodePtr root, ParseAndBind(text, place, schema, parameters));
  std::shared_ptr<arrow::DataType> type = root->type;
  if (root->op == ExprNode::Op::kColumn) {
    type = schema.GetFieldByName(root->name)->type();
    if (type->id() == arrow::Type::DICTIONARY) {
      type = static_cast<const arrow::DictionaryType&>(*type).value_type();
    }
  }
  auto placed = std::make_shared<ExprNode>(*root);
  placed->place = place;
  return Expr(std::move(placed), std::move(type));
}

Result<Expr> Expr::BindCondition(std::string_view text, Place place, const arrow::Schema& schema,
                                 const Parameters& parameters) {
  ARROW_ASSIGN_OR_RAISE(Expr expr, Bind(text, place, schema, parameters));
  if (expr.type()->id() == arrow::Type::BOOL) return expr;
  return UsageErrorAt(place, "a condition must be boolean, this is " + TypeName(*expr.type()),
                      "compare it with something");
}

Result<std::shared_ptr<arrow::Scalar>> Expr::EvaluateConstant(std::string_view text, Place place,
                                                              const Parameters& parameters) {
  ARROW_ASSIGN_OR_RAISE(NodePtr root, ParseAndBind(text, place, arrow::Schema({}), parameters));
  return EvaluateConstantNode(*root);
}

std::string Expr::ToSql(Dialect dialect) const { return PrintSql(*root_, dialect); }

bool Expr::HasSql(Dialect dialect) const {
  bool has = true;
  Visit(*root_, [&](const ExprNode& node) {
    if (node.op != ExprNode::Op::kCall) return;
    const char* form = dialect == Dialect::kDuckdb ? node.function->duckdb : node.function->spark;
    has &= form[0] != '\0';
  });
  return has;
}

std::string Expr::ToString() const { return PrintText(*root_); }

std::vector<std::string> Expr::Columns() const {
  std::set<std::string> names;
  Visit(*root_, [&](const ExprNode& node) {
    if (node.op == ExprNode::Op::kColumn) names.insert(node.name);
  });
  return Sorted(names);
}

std::vector<std::string> Expr::Functions() const {
  std::set<std::string> names;
  Visit(*root_, [&](const ExprNode& node) {
    if (node.op == ExprNode::Op::kCall && IsFunctionName(node.name)) names.insert(node.name);
  });
  return Sorted(names);
}

std::string Expr::BareColumn() const {
  return root_->op == ExprNode::Op::kColumn ? root_->name : "";
}

const Place& Expr::place() const { return root_->place; }

Result<std::shared_ptr<arrow::Array>> Expr::Evaluate(const arrow::RecordBatch& batch) const {
  if (root_->op == ExprNode::Op::kColumn) {
    std::shared_ptr<arrow::Array> column = batch.GetColumnByName(root_->name);
    if (column) return column;
    return Status::Invalid("the batch has no column ", root_->name);
  }
  ARROW_ASSIGN_OR_RAISE(Vector vector, EvaluateNode(*root_, batch));
  return StoreVector(vector, type_);
}

}  // namespace tamis
