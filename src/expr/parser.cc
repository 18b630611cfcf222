// Reads the text of an expression into a tree, by recursive descent. See parser.h.
#include "expr/parser.h"

#include <arrow/util/decimal.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <span>

#include "expr/expr.h"
#include "expr/lexer.h"
#include "expr/value.h"

namespace tamis {
namespace {

using Op = ExprNode::Op;
using NodeHandle = std::shared_ptr<ExprNode>;

class Parser {
 public:
  Parser(std::string_view text, const Place& place, std::vector<Token> tokens)
      : text_(text), place_(place), tokens_(std::move(tokens)) {}

  Result<NodePtr> Run() {
    if (Current().kind == Token::Kind::kEnd) return ErrorHere("an expression is expected");
    ARROW_ASSIGN_OR_RAISE(NodePtr root, Or());
    if (Current().kind != Token::Kind::kEnd) {
      return ErrorHere("unexpected " + Shown(Current()),
                       IsSymbol("=", 0) ? "" : "an operator or the end is expected here");
    }
    return root;
  }

 private:
  const Token& Current(size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  bool IsSymbol(std::string_view symbol, size_t ahead = 0) const {
    return Current(ahead).kind == Token::Kind::kSymbol && Current(ahead).text == symbol;
  }
  bool IsKeyword(std::string_view upper, size_t ahead = 0) const {
    return Current(ahead).kind == Token::Kind::kWord && IsWord(Current(ahead).text, upper);
  }
  bool TakeSymbol(std::string_view symbol) {
    if (!IsSymbol(symbol)) return false;
    ++at_;
    return true;
  }
  bool TakeKeyword(std::string_view upper) {
    if (!IsKeyword(upper)) return false;
    ++at_;
    return true;
  }
  static std::string Shown(const Token& token) {
    switch (token.kind) {
      case Token::Kind::kEnd:
        return "end of the expression";
      case Token::Kind::kText:
        return "'" + token.text + "'";
      case Token::Kind::kQuoted:
        return "\"" + token.text + "\"";
      case Token::Kind::kParameter:
        return "$" + token.text;
      default:
        return token.text;
    }
  }
  Place PlaceAt(size_t offset) const { return PlaceInText(text_, place_, offset); }
  Status ErrorHere(std::string message, std::string hint = "") const {
    return UsageErrorAt(PlaceAt(Current().offset), std::move(message), std::move(hint));
  }
  Status ExpectSymbol(std::string_view symbol) {
    if (TakeSymbol(symbol)) return Status::OK();
    return ErrorHere("expected " + std::string(symbol) + " before " + Shown(Current()));
  }
  Status ExpectKeyword(std::string_view upper) {
    if (TakeKeyword(upper)) return Status::OK();
    return ErrorHere("expected " + std::string(upper) + " before " + Shown(Current()));
  }
  NodeHandle Make(Op op, size_t offset) const {
    auto node = std::make_shared<ExprNode>();
    node->op = op;
    node->place = PlaceAt(offset);
    return node;
  }
  NodeHandle Call(std::string name, size_t offset, std::vector<NodePtr> arguments) const {
    NodeHandle node = Make(Op::kCall, offset);
    node->name = std::move(name);
    node->arguments = std::move(arguments);
    return node;
  }

  /// Counts the nesting: of the recursion, and of chains such as a + b + c, whose tree is as deep.
  class Depth {
   public:
    explicit Depth(Parser* parser) : parser_(parser) { ++parser_->depth_; }
    ~Depth() { --parser_->depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

   private:
    Parser* parser_;
  };
  Status CheckDepth(int more = 0) const {
    if (depth_ + more <= kExprDepthMax) return Status::OK();
    return ErrorHere(
        "the expression is nested more than " + std::to_string(kExprDepthMax) + " levels deep",
        "derive a part of it as a column of its own first");
  }

  // a OR b OR c becomes one node, so that long lists stay flat.
  Result<NodePtr> Chain(Op op, std::string_view keyword, Result<NodePtr> (Parser::*next)()) {
    ARROW_ASSIGN_OR_RAISE(NodePtr first, (this->*next)());
    if (!IsKeyword(keyword)) return first;
    NodeHandle node = Make(op, Current().offset);
    node->arguments.push_back(std::move(first));
    while (TakeKeyword(keyword)) {
      ARROW_ASSIGN_OR_RAISE(NodePtr more, (this->*next)());
      node->arguments.push_back(std::move(more));
    }
    return node;
  }

  Result<NodePtr> Or() {
    Depth depth(this);
    ARROW_RETURN_NOT_OK(CheckDepth());
    return Chain(Op::kOr, "OR", &Parser::And);
  }
  Result<NodePtr> And() { return Chain(Op::kAnd, "AND", &Parser::Not); }

  Result<NodePtr> Not() {
    size_t offset = Current().offset;
    if (!TakeKeyword("NOT")) return Predicate();
    Depth depth(this);
    ARROW_RETURN_NOT_OK(CheckDepth());
    ARROW_ASSIGN_OR_RAISE(NodePtr inner, Not());
    NodeHandle node = Make(Op::kNot, offset);
    node->arguments = {std::move(inner)};
    return node;
  }

  static bool CompareOpOf(const Token& token, CompareOp* op) {
    if (token.kind != Token::Kind::kSymbol) return false;
    static constexpr std::array<std::pair<std::string_view, CompareOp>, 8> kOps = {{
        {"=", CompareOp::kEq},
        {"==", CompareOp::kEq},
        {"<>", CompareOp::kNe},
        {"!=", CompareOp::kNe},
        {"<", CompareOp::kLt},
        {"<=", CompareOp::kLe},
        {">", CompareOp::kGt},
        {">=", CompareOp::kGe},
    }};
    for (const auto& [symbol, found] : kOps) {
      if (token.text != symbol) continue;
      *op = found;
      return true;
    }
    return false;
  }

  Result<NodePtr> Predicate() {
    ARROW_ASSIGN_OR_RAISE(NodePtr left, Concat());
    int chained = 0;
    while (true) {
      ARROW_RETURN_NOT_OK(CheckDepth(++chained));
      size_t offset = Current().offset;
      CompareOp compare;
      if (CompareOpOf(Current(), &compare)) {
        if (left->op == Op::kCompare && !left->implicit) {
          return ErrorHere("comparisons can't be chained", "join them with AND");
        }
        ++at_;
        ARROW_ASSIGN_OR_RAISE(NodePtr right, Concat());
        NodeHandle node = Make(Op::kCompare, offset);
        node->compare = compare;
        node->arguments = {std::move(left), std::move(right)};
        left = std::move(node);
      } else if (TakeKeyword("IS")) {
        ARROW_ASSIGN_OR_RAISE(left, Is(std::move(left), offset));
      } else if (IsPredicateWord(0) || (IsKeyword("NOT") && IsPredicateWord(1))) {
        ARROW_ASSIGN_OR_RAISE(left, WordPredicate(std::move(left)));
      } else {
        return left;
      }
    }
  }

  bool IsPredicateWord(size_t ahead) const {
    return IsKeyword("IN", ahead) || IsKeyword("BETWEEN", ahead) || IsKeyword("LIKE", ahead) ||
           IsKeyword("ILIKE", ahead);
  }

  Result<NodePtr> Is(NodePtr left, size_t offset) {
    bool negated = TakeKeyword("NOT");
    NodeHandle node = Make(Op::kIsNull, offset);
    node->negated = negated;
    node->arguments.push_back(std::move(left));
    if (TakeKeyword("NULL")) return node;
    if (IsKeyword("TRUE") || IsKeyword("FALSE")) {  // never NULL, unlike a comparison
      node->op = Op::kIsDistinct;
      node->negated = !negated;
      ARROW_ASSIGN_OR_RAISE(NodePtr right, Primary());
      node->arguments.push_back(std::move(right));
      return node;
    }
    if (!TakeKeyword("DISTINCT")) {
      return ErrorHere("expected NULL, TRUE, FALSE or DISTINCT FROM before " + Shown(Current()));
    }
    ARROW_RETURN_NOT_OK(ExpectKeyword("FROM"));
    ARROW_ASSIGN_OR_RAISE(NodePtr right, Concat());
    node->op = Op::kIsDistinct;
    node->arguments.push_back(std::move(right));
    return node;
  }

  Result<NodePtr> WordPredicate(NodePtr left) {
    size_t offset = Current().offset;
    bool negated = TakeKeyword("NOT");
    if (IsKeyword("ILIKE")) {
      return ErrorHere("there is no ILIKE", "write lower(x) LIKE 'pattern'");
    }
    Op op = IsKeyword("IN") ? Op::kIn : IsKeyword("BETWEEN") ? Op::kBetween : Op::kLike;
    ++at_;
    NodeHandle node = Make(op, offset);
    node->arguments.push_back(std::move(left));
    if (op == Op::kIn) {
      ARROW_RETURN_NOT_OK(ExpectSymbol("("));
      do {
        ARROW_ASSIGN_OR_RAISE(NodePtr item, Or());
        node->arguments.push_back(std::move(item));
      } while (TakeSymbol(","));
      ARROW_RETURN_NOT_OK(ExpectSymbol(")"));
    } else {
      ARROW_ASSIGN_OR_RAISE(NodePtr second, Concat());
      node->arguments.push_back(std::move(second));
      bool third = op == Op::kBetween || IsKeyword("ESCAPE");
      if (third) {
        ARROW_RETURN_NOT_OK(ExpectKeyword(op == Op::kBetween ? "AND" : "ESCAPE"));
        ARROW_ASSIGN_OR_RAISE(NodePtr last, Concat());
        node->arguments.push_back(std::move(last));
      }
    }
    if (!negated) return node;
    NodeHandle outer = Make(Op::kNot, offset);
    outer->arguments.push_back(std::move(node));
    return outer;
  }

  Result<NodePtr> Binary(std::span<const std::string_view> symbols,
                         Result<NodePtr> (Parser::*next)()) {
    ARROW_ASSIGN_OR_RAISE(NodePtr left, (this->*next)());
    for (int chained = 1;; ++chained) {
      std::string_view found;
      for (std::string_view symbol : symbols) {
        if (IsSymbol(symbol)) found = symbol;
      }
      if (found.empty()) return left;
      ARROW_RETURN_NOT_OK(CheckDepth(chained));
      size_t offset = Current().offset;
      ++at_;
      ARROW_ASSIGN_OR_RAISE(NodePtr right, (this->*next)());
      left = Call(std::string(found), offset, {std::move(left), std::move(right)});
    }
  }
  Result<NodePtr> Concat() {
    static constexpr std::array<std::string_view, 1> kSymbols = {"||"};
    return Binary(kSymbols, &Parser::Sum);
  }
  Result<NodePtr> Sum() {
    static constexpr std::array<std::string_view, 2> kSymbols = {"+", "-"};
    return Binary(kSymbols, &Parser::Product);
  }
  Result<NodePtr> Product() {
    static constexpr std::array<std::string_view, 3> kSymbols = {"*", "/", "%"};
    return Binary(kSymbols, &Parser::Unary);
  }

  Result<NodePtr> Unary() {
    size_t offset = Current().offset;
    if (!IsSymbol("-") && !IsSymbol("+")) return Suffix();
    bool minus = IsSymbol("-");
    ++at_;
    Depth depth(this);
    ARROW_RETURN_NOT_OK(CheckDepth());
    if (minus && Current().kind == Token::Kind::kNumber && !IsSymbol("::", 1)) {
      Token token = Current();
      ++at_;
      return Number("-" + token.text, offset);
    }
    ARROW_ASSIGN_OR_RAISE(NodePtr inner, Unary());
    if (!minus) return inner;
    return Call("-", offset, {std::move(inner)});
  }

  Result<NodePtr> Suffix() {
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Primary());
    for (int chained = 1; IsSymbol("::"); ++chained) {
      ARROW_RETURN_NOT_OK(CheckDepth(chained));
      size_t offset = Current().offset;
      ++at_;
      NodeHandle cast = Make(Op::kCast, offset);
      ARROW_ASSIGN_OR_RAISE(cast->type, Type());
      cast->arguments.push_back(std::move(node));
      node = std::move(cast);
    }
    return node;
  }

  Result<std::shared_ptr<arrow::DataType>> Type() {
    Token token = Current();
    if (token.kind != Token::Kind::kWord) return ErrorHere("the name of a type is expected here");
    ++at_;
    if (IsWord(token.text, "DOUBLE")) TakeKeyword("PRECISION");
    std::array<int64_t, 2> numbers = {-1, -1};
    if (TakeSymbol("(")) {
      for (size_t i = 0; i < 2; ++i) {
        const std::string& digits = Current().text;
        auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), numbers[i]);
        if (Current().kind != Token::Kind::kNumber || error != std::errc() ||
            end != digits.data() + digits.size()) {
          return ErrorHere("a whole number is expected here");
        }
        ++at_;
        if (!TakeSymbol(",")) break;
      }
      ARROW_RETURN_NOT_OK(ExpectSymbol(")"));
    }
    if (auto type = TypeOfName(token.text, numbers[0], numbers[1])) return type;
    if (numbers[0] >= 0 && (IsWord(token.text, "DECIMAL") || IsWord(token.text, "NUMERIC"))) {
      return UsageErrorAt(PlaceAt(token.offset),
                          "a decimal has 1 to 38 digits, and of them at most "
                          "all stand after the point",
                          "write decimal(10,2)");
    }
    return UsageErrorAt(PlaceAt(token.offset), "no such type to cast to: " + token.text,
                        "known: boolean, tinyint, smallint, int, bigint, float, double, "
                        "decimal(precision, scale), text, date, timestamp");
  }

  Result<NodePtr> Literal(std::shared_ptr<arrow::Scalar> value, size_t offset) {
    NodeHandle node = Make(Op::kLiteral, offset);
    node->type = value->type;
    node->kind = KindOf(*value->type);
    node->value = std::move(value);
    return node;
  }

  Result<NodePtr> Number(const std::string& text, size_t offset) {
    auto value = NumberLiteral(text);
    if (!value) {
      return UsageErrorAt(PlaceAt(offset), "the number " + text + " is too large",
                          "a decimal has at most 38 digits, a double ends near 1.8e308");
    }
    return Literal(std::move(value), offset);
  }

  Result<NodePtr> Primary() {
    Token token = Current();
    switch (token.kind) {
      case Token::Kind::kNumber:
        ++at_;
        return Number(token.text, token.offset);
      case Token::Kind::kText:
        ++at_;
        return Literal(std::make_shared<arrow::StringScalar>(token.text), token.offset);
      case Token::Kind::kParameter:
      case Token::Kind::kQuoted: {
        ++at_;
        bool parameter = token.kind == Token::Kind::kParameter;
        NodeHandle node = Make(parameter ? Op::kParameter : Op::kColumn, token.offset);
        node->name = token.text;
        return node;
      }
      case Token::Kind::kWord:
        return Word();
      default:
        break;
    }
    if (!TakeSymbol("(")) return ErrorHere("a value is expected before " + Shown(token));
    ARROW_ASSIGN_OR_RAISE(NodePtr inner, Or());
    ARROW_RETURN_NOT_OK(ExpectSymbol(")"));
    if (inner->op != Op::kCompare) return inner;
    auto bracketed = std::make_shared<ExprNode>(*inner);  // (a < b) = c is no chain
    bracketed->implicit = true;
    return bracketed;
  }

  Result<NodePtr> Word() {
    Token token = Current();
    if (IsKeyword("CASE")) return Case();
    if (IsKeyword("CAST") || IsKeyword("TRY_CAST")) return Cast();
    if (TakeKeyword("NULL")) return Literal(std::make_shared<arrow::NullScalar>(), token.offset);
    if (TakeKeyword("TRUE")) {
      return Literal(std::make_shared<arrow::BooleanScalar>(true), token.offset);
    }
    if (TakeKeyword("FALSE")) {
      return Literal(std::make_shared<arrow::BooleanScalar>(false), token.offset);
    }
    bool text_follows = Current(1).kind == Token::Kind::kText;
    if ((IsKeyword("DATE") || IsKeyword("TIMESTAMP")) && text_follows) return TimeLiteral();
    if (IsKeyword("INTERVAL") && (text_follows || Current(1).kind == Token::Kind::kNumber)) {
      return IntervalLiteral();
    }
    if (IsReserved(token.text)) {
      return ErrorHere("a value is expected before " + token.text,
                       "a column of that name stands in \"double quotes\"");
    }
    ++at_;
    if (IsSymbol("(")) return Arguments(token);
    static constexpr std::array<std::string_view, 4> kWordCalls = {"TODAY", "NOW", "CURRENT_DATE",
                                                                   "CURRENT_TIMESTAMP"};
    NodeHandle node = Make(Op::kColumn, token.offset);
    node->name = token.text;
    for (std::string_view word : kWordCalls) node->word_call |= IsWord(token.text, word);
    return node;
  }

  Result<NodePtr> Arguments(const Token& name) {
    ++at_;  // the bracket
    std::vector<NodePtr> arguments;
    if (IsSymbol("*"))
      return ErrorHere("there are no aggregates in an expression", "use window or sql");
    if (IsKeyword("DISTINCT")) {
      return ErrorHere("there are no aggregates in an expression", "use window or sql");
    }
    if (!TakeSymbol(")")) {
      do {
        ARROW_ASSIGN_OR_RAISE(NodePtr argument, Or());
        arguments.push_back(std::move(argument));
      } while (TakeSymbol(","));
      ARROW_RETURN_NOT_OK(ExpectSymbol(")"));
    }
    if (IsKeyword("OVER")) {
      return ErrorHere("there are no window functions in an expression", "use window or sql");
    }
    std::string lower = name.text;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return Call(std::move(lower), name.offset, std::move(arguments));
  }

  Result<NodePtr> Case() {
    NodeHandle node = Make(Op::kCase, Current().offset);
    ++at_;
    if (!IsKeyword("WHEN")) {
      ARROW_ASSIGN_OR_RAISE(NodePtr operand, Or());
      node->simple_case = true;
      node->arguments.push_back(std::move(operand));
    }
    ARROW_RETURN_NOT_OK(ExpectKeyword("WHEN"));
    do {
      ARROW_ASSIGN_OR_RAISE(NodePtr when, Or());
      ARROW_RETURN_NOT_OK(ExpectKeyword("THEN"));
      ARROW_ASSIGN_OR_RAISE(NodePtr then, Or());
      node->arguments.push_back(std::move(when));
      node->arguments.push_back(std::move(then));
    } while (TakeKeyword("WHEN"));
    if (TakeKeyword("ELSE")) {
      ARROW_ASSIGN_OR_RAISE(NodePtr otherwise, Or());
      node->arguments.push_back(std::move(otherwise));
    } else {  // no ELSE means NULL
      ARROW_ASSIGN_OR_RAISE(NodePtr null,
                            Literal(std::make_shared<arrow::NullScalar>(), Current().offset));
      node->arguments.push_back(std::move(null));
    }
    ARROW_RETURN_NOT_OK(ExpectKeyword("END"));
    return node;
  }

  Result<NodePtr> Cast() {
    NodeHandle node = Make(Op::kCast, Current().offset);
    node->attempt = IsKeyword("TRY_CAST");
    ++at_;
    ARROW_RETURN_NOT_OK(ExpectSymbol("("));
    ARROW_ASSIGN_OR_RAISE(NodePtr inner, Or());
    node->arguments.push_back(std::move(inner));
    ARROW_RETURN_NOT_OK(ExpectKeyword("AS"));
    ARROW_ASSIGN_OR_RAISE(node->type, Type());
    ARROW_RETURN_NOT_OK(ExpectSymbol(")"));
    return node;
  }

  Result<NodePtr> TimeLiteral() {
    bool date = IsKeyword("DATE");
    size_t offset = Current().offset;
    ++at_;
    auto value = date ? DateLiteral(Current().text) : TimestampLiteral(Current().text);
    if (!value) {
      return ErrorHere(
          "not a " + std::string(date ? "date" : "timestamp") + ": " + Shown(Current()),
          date ? "write it as 2024-12-31" : "write it as 2024-12-31 23:59:59.5Z");
    }
    ++at_;
    return Literal(std::move(value), offset);
  }

  Result<NodePtr> IntervalLiteral() {
    size_t offset = Current().offset;
    ++at_;
    std::string words = Current().text;
    ++at_;
    Interval interval;
    bool unit_inside = words.find(' ') != std::string::npos;
    if (!unit_inside && Current().kind == Token::Kind::kWord) {
      words += " " + Current().text;
      ++at_;
    }
    if (!ParseInterval(words, &interval)) {
      return UsageErrorAt(PlaceAt(offset), "not an interval: " + words,
                          "write a whole number and a unit, such as INTERVAL 10 MINUTE");
    }
    return Literal(IntervalScalar(interval), offset);
  }

  std::string_view text_;
  const Place& place_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<NodePtr> ParseExpr(std::string_view text, const Place& place) {
  if (text.size() > kExprBytesMax) {
    return UsageErrorAt(place, "the expression is longer than 64 KB");
  }
  ARROW_ASSIGN_OR_RAISE(std::vector<Token> tokens, CutTokens(text, place));
  return Parser(text, place, std::move(tokens)).Run();
}

bool ParseInterval(std::string_view text, Interval* interval) {
  int64_t count = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end == text.data() + text.size() || *end != ' ') return false;
  std::string_view unit = text.substr(static_cast<size_t>(end + 1 - text.data()));
  if (unit.size() > 1 && (unit.back() == 's' || unit.back() == 'S')) unit.remove_suffix(1);
  struct Unit {
    std::string_view name;
    int64_t months, days, micros;
  };
  static constexpr std::array<Unit, 10> kUnits = {{
      {"MICROSECOND", 0, 0, 1},
      {"MILLISECOND", 0, 0, 1000},
      {"SECOND", 0, 0, 1000000},
      {"MINUTE", 0, 0, 60000000},
      {"HOUR", 0, 0, 3600000000},
      {"DAY", 0, 1, 0},
      {"WEEK", 0, 7, 0},
      {"MONTH", 1, 0, 0},
      {"QUARTER", 3, 0, 0},
      {"YEAR", 12, 0, 0},
  }};
  for (const Unit& found : kUnits) {
    if (!IsWord(unit, found.name)) continue;
    int64_t months, days;
    if (__builtin_mul_overflow(count, found.months, &months) || std::abs(months) > 120000 ||
        __builtin_mul_overflow(count, found.days, &days) || std::abs(days) > 4000000 ||
        __builtin_mul_overflow(count, found.micros, &interval->micros)) {
      return false;
    }
    interval->months = static_cast<int32_t>(months);
    interval->days = static_cast<int32_t>(days);
    return true;
  }
  return false;
}

}  // namespace tamis
