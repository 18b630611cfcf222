// The one table of functions and operators: types, meaning, DuckDB form, Spark form, native kernel.
// A new row also needs its line in test/expr/functions.txt and in docs/expressions.md; tests say
// so. Does not parse or print whole expressions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "expr/ast.h"
#include "expr/vector.h"

namespace tamis {

/// What a kernel sees: the call with its types and prepared constants, and its arguments, decoded.
struct KernelCall {
  const ExprNode& node;
  std::span<const Vector> arguments;
  int64_t length;

  const arrow::DataType& ArgumentType(size_t index) const { return *node.arguments[index]->type; }
  /// A DataError at the call's place.
  Status Error(std::string message) const { return DataErrorAt(node.place, std::move(message)); }
};

using Kernel = Result<Vector> (*)(const KernelCall&);
/// Checks constant arguments and works out what they mean; the message names what is wrong.
using Prepare = Status (*)(const ExprNode& call, Prepared* prepared);

/// How a function is run where a kernel over all rows won't do.
enum class Evaluation : uint8_t { kKernel, kIf, kCoalesce, kRunTime, kToday, kTypeof };

/// One row: a function for one list of argument types. Rows of one name stand together.
///
/// `arguments` and `result` are letters: B boolean, I integer, F double, M decimal, S text, D date,
/// P timestamp, V interval, A any type, T any type that all T share. A small letter is a constant
/// of that type; `*` after the last: once or more; `?`: may be missing. As a result, `1` is the
/// type of the first argument, T the shared type, M a decimal by the rule of DecimalResult.
///
/// In a form `$1` is an argument, `$*` all of them with commas, `$|` with `||`, `$@` without the
/// first; `#n` an integer cut to 0..2147483647 (a 32-bit integer for Spark), `%T` the result's
/// type,
/// `%u` the prepared unit, `%r` the prepared text as a literal, `%n` the prepared number, `%w` the
/// microseconds of the prepared interval. A form that begins with `!` is made by print.cc. An empty
/// form: the engine has none.
struct Function {
  const char* name;
  const char* arguments;
  const char* result;
  const char* duckdb;
  const char* spark;
  Kernel kernel;
  const char* signature;  // for docs and messages: `left(text, count)`
  const char* meaning;    // for docs; "" on further rows of a name
  Prepare prepare = nullptr;
  Evaluation evaluation = Evaluation::kKernel;
};

std::span<const Function> Functions();
/// The rows of a name; empty if there is none.
std::vector<const Function*> FunctionsNamed(std::string_view name);
/// All names that can be called (no operators), sorted.
const std::vector<std::string>& FunctionNames();

/// The type of `left op right` of two decimals and of the functions that give decimals; nullptr if
/// no decimal of 38 digits can hold it.
std::shared_ptr<arrow::DataType> DecimalResult(std::string_view name,
                                               std::span<const NodePtr> arguments);

// Kernels, by file.
// kernels_number.cc
Result<Vector> AddKernel(const KernelCall&);
Result<Vector> SubtractKernel(const KernelCall&);
Result<Vector> MultiplyKernel(const KernelCall&);
Result<Vector> DivideKernel(const KernelCall&);
Result<Vector> ModuloKernel(const KernelCall&);
Result<Vector> IntegerDivideKernel(const KernelCall&);
Result<Vector> NegateKernel(const KernelCall&);
Result<Vector> AbsKernel(const KernelCall&);
Result<Vector> CeilKernel(const KernelCall&);
Result<Vector> FloorKernel(const KernelCall&);
Result<Vector> RoundKernel(const KernelCall&);
Result<Vector> TruncKernel(const KernelCall&);
Result<Vector> SignKernel(const KernelCall&);
Result<Vector> SqrtKernel(const KernelCall&);
Result<Vector> ExpKernel(const KernelCall&);
Result<Vector> LnKernel(const KernelCall&);
Result<Vector> Log10Kernel(const KernelCall&);
Result<Vector> PowerKernel(const KernelCall&);
Result<Vector> IsNanKernel(const KernelCall&);
Result<Vector> BitAndKernel(const KernelCall&);
Result<Vector> BitOrKernel(const KernelCall&);
Result<Vector> BitXorKernel(const KernelCall&);
Result<Vector> GreatestKernel(const KernelCall&);
Result<Vector> LeastKernel(const KernelCall&);
Result<Vector> NullIfKernel(const KernelCall&);

// kernels_text.cc
Result<Vector> LowerKernel(const KernelCall&);
Result<Vector> UpperKernel(const KernelCall&);
Result<Vector> InitcapKernel(const KernelCall&);
Result<Vector> TrimKernel(const KernelCall&);
Result<Vector> LtrimKernel(const KernelCall&);
Result<Vector> RtrimKernel(const KernelCall&);
Result<Vector> LengthKernel(const KernelCall&);
Result<Vector> SubstringKernel(const KernelCall&);
Result<Vector> LeftKernel(const KernelCall&);
Result<Vector> RightKernel(const KernelCall&);
Result<Vector> ReplaceKernel(const KernelCall&);
Result<Vector> ConcatKernel(const KernelCall&);
Result<Vector> ConcatWsKernel(const KernelCall&);
Result<Vector> StartsWithKernel(const KernelCall&);
Result<Vector> EndsWithKernel(const KernelCall&);
Result<Vector> ContainsKernel(const KernelCall&);
Result<Vector> LpadKernel(const KernelCall&);
Result<Vector> RpadKernel(const KernelCall&);
Result<Vector> RepeatKernel(const KernelCall&);
Result<Vector> SplitPartKernel(const KernelCall&);
Result<Vector> RegexpMatchesKernel(const KernelCall&);
Result<Vector> RegexpReplaceKernel(const KernelCall&);
Result<Vector> RegexpExtractKernel(const KernelCall&);

// kernels_hash.cc
Result<Vector> Md5Kernel(const KernelCall&);
Result<Vector> Sha256Kernel(const KernelCall&);
Result<Vector> Xxhash64Kernel(const KernelCall&);

// kernels_time.cc
Result<Vector> AddIntervalKernel(const KernelCall&);
Result<Vector> SubtractIntervalKernel(const KernelCall&);
Result<Vector> YearKernel(const KernelCall&);
Result<Vector> QuarterKernel(const KernelCall&);
Result<Vector> MonthKernel(const KernelCall&);
Result<Vector> WeekKernel(const KernelCall&);
Result<Vector> DayKernel(const KernelCall&);
Result<Vector> DayOfWeekKernel(const KernelCall&);
Result<Vector> DayOfYearKernel(const KernelCall&);
Result<Vector> HourKernel(const KernelCall&);
Result<Vector> MinuteKernel(const KernelCall&);
Result<Vector> SecondKernel(const KernelCall&);
Result<Vector> DateKernel(const KernelCall&);
Result<Vector> DateTruncKernel(const KernelCall&);
Result<Vector> DateAddKernel(const KernelCall&);
Result<Vector> DateDiffKernel(const KernelCall&);
Result<Vector> LastDayKernel(const KernelCall&);
Result<Vector> MakeDateKernel(const KernelCall&);
Result<Vector> EpochKernel(const KernelCall&);
Result<Vector> EpochMsKernel(const KernelCall&);
Result<Vector> EpochUsKernel(const KernelCall&);
Result<Vector> ToTimestampKernel(const KernelCall&);
Result<Vector> ToTimestampMsKernel(const KernelCall&);
Result<Vector> StrftimeKernel(const KernelCall&);
Result<Vector> WindowStartKernel(const KernelCall&);

// cast.cc: CAST and TRY_CAST, also those that types ask for.
Result<Vector> CastKernel(const KernelCall&);
/// Whether a value of `from` can be cast to `to`; if not, `hint` says what to do instead.
bool CanCast(const arrow::DataType& from, const arrow::DataType& to, std::string* hint);

// compare.cc: operators that are no functions.
Result<Vector> CompareKernel(const KernelCall&);
Result<Vector> IsDistinctKernel(const KernelCall&);
Result<Vector> InKernel(const KernelCall&);
Result<Vector> LikeKernel(const KernelCall&);

/// Units of date_trunc, date_add and date_diff, as numbers in Prepared::number.
enum class DateUnit : int64_t { kYear, kQuarter, kMonth, kWeek, kDay, kHour, kMinute, kSecond };
/// The unit's name in lower case.
const char* DateUnitName(DateUnit unit);

}  // namespace tamis
