// The tree of an expression: as parsed, then as checked and typed. Does not evaluate or print.
#pragma once

#include <arrow/scalar.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"

namespace re2 {
class RE2;
}

namespace tamis {

/// How values of a type are held while an expression runs. Integers of every width are int64, dates
/// int32 days, timestamps int64 microseconds since 1970 in UTC, decimals 128 bits.
enum class Kind : uint8_t {
  kNull,
  kBool,
  kInt,
  kDouble,
  kDecimal,
  kText,
  kDate,
  kTimestamp,
  kInterval,
  kOpaque,  // nested, binary, time: can be passed on and tested for NULL
};

/// The kind of an Arrow type (a dictionary counts as its values).
Kind KindOf(const arrow::DataType& type);
/// The name of a type in the expression language: `bigint`, `decimal(10,2)`, `text`, ...
std::string TypeName(const arrow::DataType& type);
/// Reads the name of a type, with its parameters; nullptr if there is none of that name.
std::shared_ptr<arrow::DataType> TypeOfName(const std::string& name, int64_t precision,
                                            int64_t scale);
/// The type of every computed timestamp.
std::shared_ptr<arrow::DataType> TimestampType();

/// A span of time. Only literals have it; it is no column type.
struct Interval {
  int32_t months = 0;
  int32_t days = 0;
  int64_t micros = 0;
};

enum class CompareOp : uint8_t { kEq, kNe, kLt, kLe, kGt, kGe };

struct Function;  // expr/functions.h

/// A LIKE pattern in parts: literal bytes, `_` (one code point) and `%`.
struct LikePart {
  enum class Kind : uint8_t { kBytes, kOne, kMany } kind = Kind::kBytes;
  std::string bytes;
};

/// What is worked out once, when an expression is bound, from constant arguments.
struct Prepared {
  std::shared_ptr<const re2::RE2> regex;
  std::string text;            // of a replacement (RE2's form), separator or format
  std::vector<LikePart> like;  // of LIKE
  int64_t number = 0;          // of a group, part, digits or code of a unit
  Interval interval;
};

/// One operation. `arguments` are its operands in the order of the text.
struct ExprNode {
  enum class Op : uint8_t {
    kLiteral,    // value; NULL has the type null until it is coerced
    kColumn,     // name
    kParameter,  // name, value
    kCall,       // name, function: functions and arithmetic operators
    kAnd,
    kOr,
    kNot,
    kCompare,     // compare
    kIsNull,      // negated: IS NOT NULL
    kIsDistinct,  // negated: IS NOT DISTINCT FROM
    kIn,          // arguments[0] IN (the rest)
    kBetween,     // three arguments
    kLike,        // x, pattern, maybe escape
    kCase,        // when, then, ... and else if their number is odd; simple: a leading operand
    kCast,        // to `type`; attempt: TRY_CAST; implicit: not written by the user
  };

  Op op = Op::kLiteral;
  std::shared_ptr<arrow::DataType> type;
  Kind kind = Kind::kNull;
  std::shared_ptr<arrow::Scalar> value;
  std::string name;
  CompareOp compare = CompareOp::kEq;
  bool negated = false;
  bool simple_case = false;
  bool attempt = false;
  bool implicit = false;
  bool word_call = false;  // a bare word such as `today`, which may also be a column
  const Function* function = nullptr;
  std::shared_ptr<const Prepared> prepared;
  std::vector<std::shared_ptr<const ExprNode>> arguments;
  Place place;
};

using NodePtr = std::shared_ptr<const ExprNode>;

/// Whether the value of `node` is known without rows.
inline bool IsConstant(const ExprNode& node) {
  return node.op == ExprNode::Op::kLiteral || node.op == ExprNode::Op::kParameter;
}

}  // namespace tamis
