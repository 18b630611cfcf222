// A refused record and why. Does not decide; does not write.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tamis {

/// Every rule that can refuse a record. Messages are made from it late, in ReasonMessage.
enum class Rule : uint8_t {
  kType,        // the text is not a value of the column's type
  kOverflow,    // a number outside the type's range, or with more digits than decimal(p,s) holds
  kRequired,    // missing (NULL)
  kNotANumber,  // NaN in a required float column
  kMinimum,
  kMaximum,
  kMultipleOf,
  kMinLength,
  kMaxLength,
  kPattern,
  kFormat,
  kEnum,
  kUnique,
  kPrimaryKey,
  kForeignKey,
  kRow,              // a row rule; `detail` is its name
  kColumnCount,      // missing or surplus fields
  kQuote,            // an unterminated quote, or text after a closing quote
  kEncoding,         // invalid UTF-8
  kNul,              // a NUL byte
  kTooLong,          // a record longer than the limit
  kJson,             // a line that is no JSON object; `detail` says what was expected, and where
  kDuplicateMember,  // a member that stands twice in its object
  kExtraMember,      // a member that the contract doesn't have
};

/// The rule's name in rejects and in `--json`: type, overflow, required, nan, minimum, ...
const char* RuleName(Rule rule);

/// One reason of one record.
struct Reason {
  int32_t column = -1;  // index in the table, -1: the whole record
  Rule rule = Rule::kType;
  std::string value;   // the field as it stands in the file
  std::string detail;  // the bound, pattern, type or rule's name
  std::string member =
      {};  // of a nested value: where it lies in the column, `amount` or `[2].name`
};

/// One refused record with all its reasons.
struct Reject {
  std::string file;
  int64_t record = 0;       // from 1, the header not counted
  int64_t line = 0;         // of its first byte, from 1
  int64_t byte_offset = 0;  // of its first byte in the (decompressed) file
  std::string raw;          // its bytes without the line end
  std::vector<Reason> reasons;
};

/// The column's name with the member's, `data.amount`; "" for the whole record. A member that the
/// contract doesn't have belongs to no column: then it is its own name alone.
std::string ReasonColumn(const Reason& reason, const std::vector<std::string>& column_names);

/// A sentence for people: `not an integer: "x12"`, `below the minimum of 0: -3`.
std::string ReasonMessage(const Reason& reason);

}  // namespace tamis
