// Types an expression. See bind.h.
#include "expr/bind.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/suggest.h"
#include "expr/evaluate.h"
#include "expr/functions.h"
#include "expr/lexer.h"
#include "expr/value.h"

namespace tamis {
namespace {

using Op = ExprNode::Op;
using NodeHandle = std::shared_ptr<ExprNode>;

bool IsTextLiteral(const ExprNode& node) {
  return node.op == Op::kLiteral && node.kind == Kind::kText;
}

bool IsNullLiteral(const ExprNode& node) { return node.kind == Kind::kNull; }

std::string LiteralText(const ExprNode& node) {
  return std::string(static_cast<const arrow::BaseBinaryScalar&>(*node.value).view());
}

bool IsLetterConstant(char letter) { return letter >= 'a' && letter <= 'z'; }
char BaseLetter(char letter) {
  return IsLetterConstant(letter) ? static_cast<char>(letter - 'a' + 'A') : letter;
}

const char* LetterName(char letter) {
  switch (BaseLetter(letter)) {
    case 'B':
      return "boolean";
    case 'I':
      return "bigint";
    case 'F':
      return "double";
    case 'M':
      return "decimal";
    case 'S':
      return "text";
    case 'D':
      return "date";
    case 'P':
      return "timestamp";
    case 'V':
      return "interval";
    default:
      return "any";
  }
}

std::shared_ptr<arrow::DataType> LetterType(char letter) {
  switch (BaseLetter(letter)) {
    case 'B':
      return arrow::boolean();
    case 'I':
      return arrow::int64();
    case 'F':
      return arrow::float64();
    case 'M':
      return arrow::decimal128(1, 0);
    case 'S':
      return arrow::utf8();
    case 'D':
      return arrow::date32();
    case 'P':
      return TimestampType();
    default:
      return nullptr;
  }
}

/// The letter of each of `count` arguments, or nothing if the row doesn't take that many.
std::optional<std::string> LettersFor(const Function& row, size_t count) {
  std::string letters;
  for (const char* at = row.arguments; *at; ++at) {
    if (*at == '*') {
      while (letters.size() < count) letters += letters.back();
    } else if (*at == '?') {
      if (letters.size() > count) letters.pop_back();
    } else {
      letters += *at;
    }
  }
  if (letters.size() != count) return std::nullopt;
  return letters;
}

/// How far an argument is from what a row wants; nothing if it doesn't fit.
std::optional<int> CostOf(char letter, const ExprNode& node) {
  if (IsLetterConstant(letter)) {
    if (!IsConstant(node) || IsNullLiteral(node) || !node.value->is_valid) return std::nullopt;
  } else if (IsNullLiteral(node)) {
    return 1;
  }
  Kind kind = node.kind;
  switch (BaseLetter(letter)) {
    case 'A':
    case 'T':
      return kind == Kind::kInterval ? std::nullopt : std::optional<int>(0);
    case 'B':
      return kind == Kind::kBool ? std::optional<int>(0) : std::nullopt;
    case 'I':
      return kind == Kind::kInt ? std::optional<int>(0) : std::nullopt;
    case 'V':
      return kind == Kind::kInterval ? std::optional<int>(0) : std::nullopt;
    case 'S':
      return kind == Kind::kText ? std::optional<int>(0) : std::nullopt;
    case 'M':
      if (kind == Kind::kDecimal) return 0;
      return kind == Kind::kInt ? std::optional<int>(1) : std::nullopt;
    case 'F':
      if (kind == Kind::kDouble) return 0;
      return kind == Kind::kInt || kind == Kind::kDecimal ? std::optional<int>(2) : std::nullopt;
    case 'D':
      if (kind == Kind::kDate) return 0;
      return IsTextLiteral(node) && DateLiteral(LiteralText(node)) ? std::optional<int>(3)
                                                                   : std::nullopt;
    case 'P':
      if (kind == Kind::kTimestamp) return 0;
      if (kind == Kind::kDate) return 1;
      return IsTextLiteral(node) && TimestampLiteral(LiteralText(node)) ? std::optional<int>(4)
                                                                        : std::nullopt;
    default:
      return std::nullopt;
  }
}

int DigitsOfInteger(const ExprNode& node) {
  if (node.op == Op::kLiteral && node.value->is_valid) {
    std::string text = node.value->ToString();
    return static_cast<int>(text.size() - (text[0] == '-' ? 1 : 0));
  }
  switch (node.type->id()) {
    case arrow::Type::INT8:
      return 3;
    case arrow::Type::INT16:
      return 5;
    case arrow::Type::INT32:
      return 10;
    default:
      return 19;
  }
}

int BitsOf(const arrow::DataType& type) {
  return static_cast<const arrow::FixedWidthType&>(type).bit_width();
}

bool FitsInteger(const ExprNode& node, const arrow::DataType& type) {
  if (node.op != Op::kLiteral || !node.value->is_valid) return false;
  int64_t value = static_cast<const arrow::Int64Scalar&>(*node.value).value;
  int bits = BitsOf(type);
  return bits == 64 || (value >= -(int64_t{1} << (bits - 1)) && value < (int64_t{1} << (bits - 1)));
}

std::string TypeList(const std::vector<NodePtr>& arguments) {
  std::string out;
  for (const NodePtr& argument : arguments) {
    out += (out.empty() ? "" : ", ") + TypeName(*argument->type);
  }
  return out;
}

class Binder {
 public:
  Binder(const arrow::Schema& schema, const Parameters& parameters)
      : schema_(schema), parameters_(parameters) {}

  Result<NodePtr> Bind(const NodePtr& parsed) {
    switch (parsed->op) {
      case Op::kLiteral:
        return parsed;
      case Op::kColumn:
        return BindColumn(*parsed);
      case Op::kParameter:
        return BindParameter(*parsed);
      case Op::kCase:
        return BindCase(*parsed);
      default:
        break;
    }
    auto node = std::make_shared<ExprNode>(*parsed);
    for (NodePtr& argument : node->arguments) {
      ARROW_ASSIGN_OR_RAISE(argument, Bind(argument));
    }
    switch (parsed->op) {
      case Op::kCall:
        return BindCall(std::move(node));
      case Op::kAnd:
      case Op::kOr:
      case Op::kNot:
        return BindLogic(std::move(node));
      case Op::kIsNull:
        return Typed(std::move(node), arrow::boolean());
      case Op::kCast:
        return BindCast(std::move(node));
      case Op::kLike:
        return BindLike(std::move(node));
      default:
        return BindComparison(std::move(node));
    }
  }

 private:
  static NodePtr Typed(NodeHandle node, std::shared_ptr<arrow::DataType> type) {
    node->kind = KindOf(*type);
    node->type = std::move(type);
    return node;
  }

  static NodePtr Literal(std::shared_ptr<arrow::Scalar> value, const Place& place) {
    auto node = std::make_shared<ExprNode>();
    node->op = Op::kLiteral;
    node->place = place;
    node->type = value->type;
    node->kind = KindOf(*node->type);
    node->value = std::move(value);
    return node;
  }

  /// `node` as a value of `type`, which it is known to fit.
  static Result<NodePtr> Coerce(const NodePtr& node, const std::shared_ptr<arrow::DataType>& type) {
    if (node->type->Equals(*type)) return node;
    if (IsNullLiteral(*node)) return Literal(arrow::MakeNullScalar(type), node->place);
    auto cast = std::make_shared<ExprNode>();
    cast->op = Op::kCast;
    cast->implicit = true;
    cast->place = node->place;
    cast->arguments = {node};
    NodePtr typed = Typed(std::move(cast), type);
    if (IsConstant(*node)) ARROW_RETURN_NOT_OK(EvaluateConstantNode(*typed).status());
    return typed;
  }

  static Result<NodePtr> CoerceToLetter(const NodePtr& node, char letter) {
    if (BaseLetter(letter) == 'A' || BaseLetter(letter) == 'T' || BaseLetter(letter) == 'V') {
      return node;
    }
    auto type = LetterType(letter);
    if (node->kind == KindOf(*type)) return node;  // a width of its own is no reason to convert
    if (BaseLetter(letter) == 'M' && node->kind == Kind::kInt) {
      type = arrow::decimal128(DigitsOfInteger(*node), 0);
    }
    return Coerce(node, type);
  }

  /// The type that all of `nodes` have in common; an error names the two that have none.
  Result<std::shared_ptr<arrow::DataType>> SharedType(std::span<const NodePtr> nodes,
                                                      const char* what) {
    std::shared_ptr<arrow::DataType> shared;
    const ExprNode* first = nullptr;
    // Literals last: they take the type of what they stand beside.
    for (bool literals : {false, true}) {
      for (const NodePtr& node : nodes) {
        if (IsNullLiteral(*node) || (node->op == Op::kLiteral) != literals) continue;
        std::shared_ptr<arrow::DataType> both = shared ? Both(shared, *node) : node->type;
        if (!both || both->id() == arrow::Type::INTERVAL_MONTH_DAY_NANO) {
          return NothingShared(what, first ? *first : *node, *node);
        }
        if (!first) first = node.get();
        shared = std::move(both);
      }
    }
    if (!shared) {
      return UsageErrorAt(nodes[0]->place, "the type of NULL is not known here",
                          "write CAST(NULL AS type)");
    }
    return shared;
  }

  static Status NothingShared(const char* what, const ExprNode& left, const ExprNode& right) {
    std::string hint = "CAST one of them to the other's type";
    if (IsTextLiteral(right) && (left.kind == Kind::kDate || left.kind == Kind::kTimestamp)) {
      hint = left.kind == Kind::kDate ? "a date is written '2024-12-31'"
                                      : "a timestamp is written '2024-12-31 23:59:59.5Z'";
      return UsageErrorAt(right.place,
                          "not a " + TypeName(*left.type) + ": '" + LiteralText(right) + "'", hint);
    }
    if (right.kind == Kind::kOpaque || left.kind == Kind::kOpaque)
      hint = "only IS NULL works on it";
    if (right.kind == Kind::kInterval || left.kind == Kind::kInterval) {
      hint = "an interval can only be added to a date or timestamp";
    }
    return UsageErrorAt(right.place,
                        std::string("can't ") + what + " " + TypeName(*left.type) + " with " +
                            TypeName(*right.type),
                        hint);
  }

  static std::shared_ptr<arrow::DataType> Both(const std::shared_ptr<arrow::DataType>& left,
                                               const ExprNode& right) {
    Kind a = KindOf(*left), b = right.kind;
    auto either = [&](Kind x, Kind y) { return (a == x && b == y) || (a == y && b == x); };
    if (a == b) {
      if (a == Kind::kInt) {
        if (FitsInteger(right, *left)) return left;
        return BitsOf(*left) >= BitsOf(*right.type) ? left : right.type;
      }
      if (a == Kind::kDecimal) return BothDecimals(*left, *right.type);
      if (a == Kind::kDouble && !left->Equals(*right.type)) return arrow::float64();
      if (a == Kind::kOpaque && !left->Equals(*right.type)) return nullptr;
      return left;
    }
    if (either(Kind::kInt, Kind::kDouble) || either(Kind::kDecimal, Kind::kDouble)) {
      return arrow::float64();
    }
    if (a == Kind::kInt && b == Kind::kDecimal) {
      int bits = BitsOf(*left);
      int digits = bits == 8 ? 3 : bits == 16 ? 5 : bits == 32 ? 10 : 19;
      return BothDecimals(*arrow::decimal128(digits, 0), *right.type);
    }
    if (a == Kind::kDecimal && b == Kind::kInt) {
      return BothDecimals(*left, *arrow::decimal128(DigitsOfInteger(right), 0));
    }
    if (either(Kind::kDate, Kind::kTimestamp)) return TimestampType();
    if (IsTextLiteral(right)) {
      if (a == Kind::kDate && DateLiteral(LiteralText(right))) return left;
      if ((a == Kind::kDate || a == Kind::kTimestamp) && TimestampLiteral(LiteralText(right))) {
        return TimestampType();
      }
    }
    return nullptr;
  }

  static std::shared_ptr<arrow::DataType> BothDecimals(const arrow::DataType& left,
                                                       const arrow::DataType& right) {
    const auto& a = static_cast<const arrow::Decimal128Type&>(left);
    const auto& b = static_cast<const arrow::Decimal128Type&>(right);
    int scale = std::max(a.scale(), b.scale());
    int whole = std::max(a.precision() - a.scale(), b.precision() - b.scale());
    return whole + scale > 38 ? nullptr : arrow::decimal128(whole + scale, scale);
  }

  Result<NodePtr> BindColumn(const ExprNode& parsed) {
    std::vector<int> found = schema_.GetAllFieldIndices(parsed.name);
    if (found.size() > 1) {
      return UsageErrorAt(parsed.place, "there are several columns " + parsed.name);
    }
    if (!found.empty()) {
      auto node = std::make_shared<ExprNode>(parsed);
      node->word_call = false;
      return Typed(std::move(node), PlainType(schema_.field(found[0])->type()));
    }
    if (parsed.word_call) {
      auto call = std::make_shared<ExprNode>();
      call->op = Op::kCall;
      call->place = parsed.place;
      call->name = IsWord(parsed.name, "TODAY") || IsWord(parsed.name, "CURRENT_DATE") ? "today"
                                                                                       : "run_time";
      return BindCall(std::move(call));
    }
    std::vector<std::string> names = schema_.field_names();
    std::string hint = DidYouMean(parsed.name, names);
    if (hint.empty() && names.empty()) hint = "there are no columns here";
    if (parameters_.contains(parsed.name))
      hint = "did you mean the parameter $" + parsed.name + "?";
    return UsageErrorAt(parsed.place, "unknown column: " + parsed.name, std::move(hint));
  }

  Result<NodePtr> BindParameter(const ExprNode& parsed) {
    auto found = parameters_.find(parsed.name);
    if (found == parameters_.end()) {
      std::vector<std::string> names;
      for (const auto& entry : parameters_) names.push_back(entry.first);
      return UsageErrorAt(parsed.place, "unknown parameter: $" + parsed.name,
                          DidYouMean(parsed.name, names));
    }
    auto node = std::make_shared<ExprNode>(parsed);
    node->value = found->second;
    auto plain = PlainType(node->value->type);
    if (!plain->Equals(*node->value->type)) {
      ARROW_ASSIGN_OR_RAISE(auto array, arrow::MakeArrayFromScalar(*node->value, 1));
      ARROW_ASSIGN_OR_RAISE(Vector loaded, LoadColumn(array));
      ARROW_ASSIGN_OR_RAISE(node->value, loaded.array->GetScalar(0));
    }
    return Typed(std::move(node), std::move(plain));
  }

  Result<NodePtr> BindCase(const ExprNode& parsed) {
    auto node = std::make_shared<ExprNode>(parsed);
    for (NodePtr& argument : node->arguments) {
      ARROW_ASSIGN_OR_RAISE(argument, Bind(argument));
    }
    if (parsed.simple_case) {  // CASE x WHEN a ... means CASE WHEN x = a ...
      NodePtr operand = node->arguments.front();
      node->arguments.erase(node->arguments.begin());
      node->simple_case = false;
      for (size_t i = 0; i + 1 < node->arguments.size(); i += 2) {
        auto equal = std::make_shared<ExprNode>();
        equal->op = Op::kCompare;
        equal->place = node->arguments[i]->place;
        equal->arguments = {operand, node->arguments[i]};
        ARROW_ASSIGN_OR_RAISE(node->arguments[i], BindComparison(std::move(equal)));
      }
    }
    std::vector<NodePtr> values;
    for (size_t i = 0; i < node->arguments.size(); ++i) {
      bool condition = i % 2 == 0 && i + 1 < node->arguments.size();
      if (condition) {
        ARROW_ASSIGN_OR_RAISE(node->arguments[i], Condition(node->arguments[i], "WHEN"));
      } else {
        values.push_back(node->arguments[i]);
      }
    }
    ARROW_ASSIGN_OR_RAISE(auto type, SharedType(values, "choose between"));
    for (size_t i = 0; i < node->arguments.size(); ++i) {
      if (i % 2 == 0 && i + 1 < node->arguments.size()) continue;
      ARROW_ASSIGN_OR_RAISE(node->arguments[i], Coerce(node->arguments[i], type));
    }
    return Typed(std::move(node), std::move(type));
  }

  static Result<NodePtr> Condition(const NodePtr& node, const std::string& where) {
    if (IsNullLiteral(*node)) return Coerce(node, arrow::boolean());
    if (node->kind == Kind::kBool) return node;
    return UsageErrorAt(node->place, where + " needs a boolean, not " + TypeName(*node->type),
                        node->kind == Kind::kInt ? "write x <> 0" : "compare it with something");
  }

  Result<NodePtr> BindLogic(NodeHandle node) {
    const char* name = node->op == Op::kAnd ? "AND" : node->op == Op::kOr ? "OR" : "NOT";
    for (NodePtr& argument : node->arguments) {
      ARROW_ASSIGN_OR_RAISE(argument, Condition(argument, name));
    }
    return Typed(std::move(node), arrow::boolean());
  }

  Result<NodePtr> BindComparison(NodeHandle node) {
    ARROW_ASSIGN_OR_RAISE(auto type, SharedType(node->arguments, "compare"));
    if (KindOf(*type) == Kind::kOpaque) {
      return NothingShared("compare", *node->arguments[0], *node->arguments[1]);
    }
    for (NodePtr& argument : node->arguments) {
      bool same_kind = argument->kind == KindOf(*type) && argument->kind != Kind::kDecimal;
      if (same_kind) continue;
      ARROW_ASSIGN_OR_RAISE(argument, Coerce(argument, type));
    }
    node->implicit = false;
    return Typed(std::move(node), arrow::boolean());
  }

  Result<NodePtr> BindCast(NodeHandle node) {
    auto type = node->type;
    NodePtr& inner = node->arguments[0];
    if (IsNullLiteral(*inner)) {
      ARROW_ASSIGN_OR_RAISE(inner, Coerce(inner, type));
    }
    std::string hint;
    if (!CanCast(*inner->type, *type, &hint)) {
      return UsageErrorAt(node->place,
                          "can't cast " + TypeName(*inner->type) + " to " + TypeName(*type), hint);
    }
    return Typed(std::move(node), std::move(type));
  }

  Result<NodePtr> BindLike(NodeHandle node) {
    for (NodePtr& argument : node->arguments) {
      if (IsNullLiteral(*argument)) {
        ARROW_ASSIGN_OR_RAISE(argument, Coerce(argument, arrow::utf8()));
      }
      if (argument->kind == Kind::kText) continue;
      return UsageErrorAt(argument->place, "LIKE needs text, not " + TypeName(*argument->type),
                          "CAST it AS text");
    }
    for (size_t i = 1; i < node->arguments.size(); ++i) {
      const ExprNode& constant = *node->arguments[i];
      if (IsConstant(constant) && constant.value->is_valid) continue;
      return UsageErrorAt(constant.place, "the pattern of LIKE must be a constant text",
                          "contains(x, y) looks for a part that varies");
    }
    auto prepared = std::make_shared<Prepared>();
    ARROW_RETURN_NOT_OK(CutPattern(*node, prepared.get()));
    node->prepared = std::move(prepared);
    return Typed(std::move(node), arrow::boolean());
  }

  static Status CutPattern(const ExprNode& node, Prepared* prepared) {
    std::string pattern = LiteralText(*node.arguments[1]);
    std::string escape = node.arguments.size() > 2 ? LiteralText(*node.arguments[2]) : "";
    if (escape.size() > 1) {
      return UsageErrorAt(node.arguments[2]->place, "ESCAPE needs one ASCII character or ''");
    }
    using Part = LikePart::Kind;
    std::vector<LikePart>& parts = prepared->like;
    for (size_t i = 0; i < pattern.size(); ++i) {
      bool escaped = !escape.empty() && pattern[i] == escape[0];
      if (escaped && ++i == pattern.size()) {
        return UsageErrorAt(node.arguments[1]->place, "the pattern ends in its escape character");
      }
      char c = pattern[i];
      if (!escaped && c == '%') {
        if (parts.empty() || parts.back().kind != Part::kMany) parts.push_back({Part::kMany, ""});
      } else if (!escaped && c == '_') {
        parts.push_back({Part::kOne, ""});
      } else {
        if (parts.empty() || parts.back().kind != Part::kBytes) parts.push_back({Part::kBytes, ""});
        parts.back().bytes += c;
      }
    }
    return Status::OK();
  }

  Result<NodePtr> BindCall(NodeHandle node) {
    std::vector<const Function*> rows = FunctionsNamed(node->name);
    if (rows.empty()) return UnknownFunction(*node);
    if (node->name == "+" && node->arguments.size() == 2 &&
        node->arguments[0]->kind == Kind::kInterval) {
      std::swap(node->arguments[0], node->arguments[1]);  // one spelling: time + interval
    }
    const Function* best = nullptr;
    int best_cost = 0;
    for (const Function* row : rows) {
      std::optional<std::string> letters = LettersFor(*row, node->arguments.size());
      if (!letters) continue;
      int cost = 0;
      bool fits = true;
      for (size_t i = 0; i < node->arguments.size() && fits; ++i) {
        std::optional<int> one = CostOf((*letters)[i], *node->arguments[i]);
        fits = one.has_value();
        cost += one.value_or(0);
      }
      if (!fits || (best && cost >= best_cost)) continue;
      best = row;
      best_cost = cost;
    }
    if (!best) return WrongArguments(*node, rows);
    return BindRow(std::move(node), *best);
  }

  Result<NodePtr> BindRow(NodeHandle node, const Function& row) {
    node->function = &row;
    std::string letters = *LettersFor(row, node->arguments.size());
    std::vector<NodePtr> alike;
    for (size_t i = 0; i < letters.size(); ++i) {
      ARROW_ASSIGN_OR_RAISE(node->arguments[i], CoerceToLetter(node->arguments[i], letters[i]));
      if (letters[i] == 'T') alike.push_back(node->arguments[i]);
      if (letters[i] == 'A' && IsNullLiteral(*node->arguments[i])) {
        return UsageErrorAt(node->arguments[i]->place, "the type of NULL is not known here",
                            "write CAST(NULL AS type)");
      }
    }
    std::shared_ptr<arrow::DataType> shared;
    if (!alike.empty()) {
      ARROW_ASSIGN_OR_RAISE(shared, SharedType(alike, "combine"));
      bool passes_on = row.evaluation == Evaluation::kCoalesce || row.evaluation == Evaluation::kIf;
      if (KindOf(*shared) == Kind::kOpaque && !passes_on) {
        return WrongArguments(*node, {&row});
      }
      for (size_t i = 0; i < letters.size(); ++i) {
        if (letters[i] != 'T') continue;
        ARROW_ASSIGN_OR_RAISE(node->arguments[i], Coerce(node->arguments[i], shared));
      }
    }
    if (row.evaluation == Evaluation::kRunTime || row.evaluation == Evaluation::kToday) {
      ARROW_RETURN_NOT_OK(BindRunTime(node.get()));
    }
    std::shared_ptr<arrow::DataType> type = ResultType(*node, row, shared);
    if (!type) {
      return UsageErrorAt(node->place,
                          std::string("the result of ") + row.signature + std::string(" of ") +
                              TypeList(node->arguments) + " has more than 38 digits",
                          "CAST an operand to a decimal of smaller scale");
    }
    if (row.prepare) {
      auto prepared = std::make_shared<Prepared>();
      ARROW_RETURN_NOT_OK(row.prepare(*node, prepared.get()));
      node->prepared = std::move(prepared);
    }
    return Typed(std::move(node), std::move(type));
  }

  static std::shared_ptr<arrow::DataType> ResultType(
      const ExprNode& node, const Function& row, const std::shared_ptr<arrow::DataType>& shared) {
    if (row.result[0] == '1') return node.arguments[0]->type;
    if (row.result[0] == 'T') return shared;
    if (row.result[0] == 'M') return DecimalResult(row.name, node.arguments);
    return LetterType(row.result[0]);
  }

  Status BindRunTime(ExprNode* node) {
    auto found = parameters_.find("run_time");
    if (found == parameters_.end() || !found->second->is_valid ||
        found->second->type->id() != arrow::Type::TIMESTAMP) {
      return UsageErrorAt(node->place, node->name + "() can't be used here",
                          "only in the steps of a pipeline, whose run has a time");
    }
    ARROW_ASSIGN_OR_RAISE(auto array, arrow::MakeArrayFromScalar(*found->second, 1));
    ARROW_ASSIGN_OR_RAISE(Vector loaded, LoadColumn(array));
    ARROW_ASSIGN_OR_RAISE(node->value, loaded.array->GetScalar(0));
    if (node->function->evaluation == Evaluation::kToday) {
      int64_t micros = static_cast<const arrow::TimestampScalar&>(*node->value).value;
      node->value = std::make_shared<arrow::Date32Scalar>(
          static_cast<int32_t>(FloorDivide(micros, kMicrosPerDay)));
    }
    return Status::OK();
  }

  static Status UnknownFunction(const ExprNode& node) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kElsewhere = {{
        {"substr", "use substring(text, start, length)"},
        {"len", "use length(text)"},
        {"char_length", "use length(text)"},
        {"nvl", "use coalesce(value, other)"},
        {"isnull", "use x IS NULL"},
        {"iff", "use if(condition, then, else)"},
        {"to_date", "use CAST(x AS date)"},
        {"ceiling", "use ceil(x)"},
        {"pow", "use power(x, y)"},
        {"log", "use ln(x) or log10(x)"},
        {"datediff", "use date_diff(unit, from, to)"},
        {"dateadd", "use date_add(unit, count, date)"},
        {"date_part", "use year(x), month(x), hour(x), ..."},
        {"extract", "use year(x), month(x), hour(x), ..."},
        {"time_bucket", "use window_start(interval, x)"},
        {"regexp_like", "use regexp_matches(text, pattern)"},
        {"rlike", "use regexp_matches(text, pattern)"},
        {"startswith", "use starts_with(text, prefix)"},
        {"endswith", "use ends_with(text, suffix)"},
        {"dayofweek", "use day_of_week(x)"},
        {"dayofyear", "use day_of_year(x)"},
        {"date_format", "use strftime(x, '%Y-%m-%d')"},
        {"to_char", "use strftime(x, '%Y-%m-%d')"},
        {"min", "use least(a, b); aggregates stand in window or sql"},
        {"max", "use greatest(a, b); aggregates stand in window or sql"},
        {"sum", "aggregates stand in window or sql"},
        {"avg", "aggregates stand in window or sql"},
        {"count", "aggregates stand in window or sql"},
    }};
    std::string hint = DidYouMean(node.name, FunctionNames(), 0);
    for (const auto& [name, use] : kElsewhere) {
      if (node.name == name) hint = use;
    }
    return UsageErrorAt(node.place, "unknown function: " + node.name,
                        hint.empty() ? "docs/expressions.md lists them" : hint);
  }

  static Status WrongArguments(const ExprNode& node, const std::vector<const Function*>& rows) {
    std::string given = TypeList(node.arguments);
    bool operation = !std::isalpha(static_cast<unsigned char>(node.name[0]));
    auto has = [&](Kind kind) {
      return std::any_of(node.arguments.begin(), node.arguments.end(),
                         [&](const NodePtr& argument) { return argument->kind == kind; });
    };
    if (operation)
      return WrongOperands(node, has(Kind::kText), has(Kind::kDate) || has(Kind::kTimestamp));
    std::string takes;
    bool constants = false;
    for (const Function* row : rows) {
      std::string one;
      for (const char* at = row->arguments; *at; ++at) {
        if (*at == '*') {
          one += ", ...";
        } else if (*at == '?') {
          one += " or nothing";
        } else {
          constants |= IsLetterConstant(*at) && *at != 'v';
          one += std::string(one.empty() ? "" : ", ") + LetterName(*at);
          if (IsLetterConstant(*at) && *at != 'v') one += " constant";
        }
      }
      takes += (takes.empty() ? "(" : " or (") + one + ")";
    }
    std::string hint = rows[0]->signature;
    if (has(Kind::kText) && rows[0]->arguments[0] != 'S') hint = "CAST the text first";
    if (rows[0]->arguments[0] == 'S' && !node.arguments.empty() &&
        node.arguments[0]->kind != Kind::kText) {
      hint = "write CAST(x AS text)";
    }
    return UsageErrorAt(node.place, node.name + "() takes " + takes + ", not (" + given + ")",
                        hint);
  }

  static Status WrongOperands(const ExprNode& node, bool text, bool time) {
    std::string hint = "CAST them to types that have one";
    const std::string& op = node.name;
    if (op == "||") {
      hint = "write CAST(x AS text)";
    } else if (time && op == "-" && node.arguments.size() == 2 &&
               node.arguments[1]->kind != Kind::kInt) {
      hint = "use date_diff('day', from, to)";
    } else if (time) {
      hint = "add an interval: x + INTERVAL 1 DAY";
    } else if (text) {
      hint =
          op == "+" ? "|| joins texts; CAST a text to a number to add it" : "CAST the text first";
    }
    std::string types = TypeName(*node.arguments[0]->type);
    if (node.arguments.size() == 2) types += " and " + TypeName(*node.arguments[1]->type);
    return UsageErrorAt(node.place, "there is no " + op + " for " + types, hint);
  }

  const arrow::Schema& schema_;
  const Parameters& parameters_;
};

}  // namespace

std::shared_ptr<arrow::DataType> PlainType(const std::shared_ptr<arrow::DataType>& type) {
  using arrow::Type;
  switch (type->id()) {
    case Type::DICTIONARY:
      return PlainType(static_cast<const arrow::DictionaryType&>(*type).value_type());
    case Type::UINT8:
      return arrow::int16();
    case Type::UINT16:
      return arrow::int32();
    case Type::UINT32:
      return arrow::int64();
    case Type::LARGE_STRING:
      return arrow::utf8();
    case Type::TIMESTAMP:
      return TimestampType();
    default:
      return type;
  }
}

Result<NodePtr> BindTree(const NodePtr& parsed, const arrow::Schema& schema,
                         const Parameters& parameters) {
  ARROW_ASSIGN_OR_RAISE(NodePtr root, Binder(schema, parameters).Bind(parsed));
  if (root->kind == Kind::kNull) {
    return UsageErrorAt(root->place, "the type of NULL is not known here",
                        "write CAST(NULL AS type)");
  }
  if (root->kind == Kind::kInterval) {
    return UsageErrorAt(root->place, "an interval is no value of a column",
                        "add it to a date or timestamp");
  }
  return root;
}

}  // namespace tamis
