// What the providers of numbers and times share: ranges from options and the contract, multiples,
// and the part that shows a number of a type. Not for generated texts.
#pragma once

#include <arrow/scalar.h>
#include <arrow/type_fwd.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ops/provider.h"
#include "text/date.h"

namespace tamis {

/// Numbers from low to high, both included.
struct NumberRange {
  int64_t low = 0;
  int64_t high = 0;
};

/// Floats are drawn as decimals of at most this many digits, which a double holds exactly.
inline constexpr int32_t kFloatPrecision = 15;

/// The unit of a timestamp or time; microseconds for other types.
TimeUnit UnitOf(const arrow::DataType& type);

/// The number that stands for a value of `type` in a register: units of a time, a decimal's digits.
/// UsageError at `place` if `text` is no such value or doesn't fit.
Result<int64_t> ParseNumber(const std::shared_ptr<arrow::DataType>& type, std::string_view text,
                            const Place& place);

/// The same of an option's value, `usual` if it is absent.
Result<int64_t> ReadNumber(ColumnScope& scope, const char* option,
                           const std::shared_ptr<arrow::DataType>& type, int64_t usual);

/// The type whose values a column's numbers are; a float's is a decimal of `float_digits`.
std::shared_ptr<arrow::DataType> NumberType(const ColumnScope& scope, int64_t float_digits);

/// Digits after the point of a decimal column, or of the option `digits`, else `usual`.
Result<int64_t> ReadDigits(ColumnScope& scope, int64_t usual);

/// The part that shows a number of `type`.
Part PartOf(const arrow::DataType& type, Register value);

/// The contract's own bound, moved inwards by one if exclusive. Text columns have none.
Result<std::optional<int64_t>> ContractBound(const ColumnScope& scope,
                                             const std::shared_ptr<arrow::DataType>& type,
                                             const std::optional<Bound>& bound, int64_t inwards);

/// One end of a range: the option if it is there, else `bound`, which it must not pass; `sign` is 1
/// for the low end and -1 for the high one.
Result<std::optional<int64_t>> RangeEnd(ColumnScope& scope, const char* option,
                                        const std::shared_ptr<arrow::DataType>& type,
                                        std::optional<int64_t> bound, int64_t sign);

/// The numbers from `from` to `to`, else from minimum to maximum, else the usual ones, moved so
/// that they keep a single bound that is given. UsageError if there is none or it is too wide.
Result<NumberRange> ReadRange(ColumnScope& scope, const std::shared_ptr<arrow::DataType>& type,
                              NumberRange usual);

/// All that the type can hold.
NumberRange TypeRange(const arrow::DataType& type);

/// How far apart the stored integers of the column's multiples of `multipleOf` lie; 1 without one.
Result<int64_t> StepOf(const ColumnScope& scope);
/// The least multiple of `step` that is `low` or more; an error where that is above `high`.
Result<int64_t> FirstMultiple(const ColumnScope& scope, NumberRange range, int64_t step);
Status CheckMultiple(const Column& column, int64_t step, int64_t number, const std::string& text,
                     const Place& place);

/// Each multiple of `step` in the range as likely; in a key of several columns so that it stays
/// unique.
Result<Register> NumberIn(ColumnScope& scope, NumberRange range, int64_t step);

int64_t Power10(int64_t exponent);

/// Digits after the point that any of the numbers has at most.
int64_t DigitsAfterPoint(const std::vector<std::string>& numbers);

/// Weights such as 70 or 0.2 as whole numbers in the same proportions, `count` of them.
Result<std::vector<uint64_t>> WholeWeights(const Node& node, size_t count);

}  // namespace tamis
