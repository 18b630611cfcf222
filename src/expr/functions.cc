// The table of functions and operators. See functions.h.
#include "expr/functions.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "expr/lexer.h"
#include "expr/value.h"

namespace tamis {
namespace {

std::string TextOf(const ExprNode& node) {
  return node.value->is_valid
             ? static_cast<const arrow::BaseBinaryScalar&>(*node.value).view().data() == nullptr
                   ? std::string()
                   : std::string(static_cast<const arrow::BaseBinaryScalar&>(*node.value).view())
             : std::string();
}

int64_t NumberOf(const ExprNode& node) {
  auto cast = node.value->type->id();
  switch (cast) {
    case arrow::Type::INT8:
      return static_cast<const arrow::Int8Scalar&>(*node.value).value;
    case arrow::Type::INT16:
      return static_cast<const arrow::Int16Scalar&>(*node.value).value;
    case arrow::Type::INT32:
      return static_cast<const arrow::Int32Scalar&>(*node.value).value;
    default:
      return static_cast<const arrow::Int64Scalar&>(*node.value).value;
  }
}

Status PrepareRegex(const ExprNode& call, Prepared* prepared) {
  const ExprNode& pattern = *call.arguments[1];
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 22);
  auto regex = std::make_shared<const re2::RE2>(TextOf(pattern), options);
  if (!regex->ok()) {
    return UsageErrorAt(pattern.place, "not a regular expression: " + regex->error(),
                        "the syntax is RE2's");
  }
  prepared->regex = std::move(regex);
  return Status::OK();
}

Status PrepareReplacement(const ExprNode& call, Prepared* prepared) {
  ARROW_RETURN_NOT_OK(PrepareRegex(call, prepared));
  const ExprNode& text = *call.arguments[2];
  std::string error;
  prepared->text = TextOf(text);
  if (!prepared->regex->CheckRewriteString(prepared->text, &error)) {
    return UsageErrorAt(text.place, "not a replacement: " + error,
                        R"(\0 is the match, \1 to \9 are its groups, \\ is a backslash)");
  }
  return Status::OK();
}

Status PrepareExtract(const ExprNode& call, Prepared* prepared) {
  ARROW_RETURN_NOT_OK(PrepareRegex(call, prepared));
  if (call.arguments.size() < 3) return Status::OK();
  const ExprNode& group = *call.arguments[2];
  prepared->number = NumberOf(group);
  if (prepared->number < 0 || prepared->number > prepared->regex->NumberOfCapturingGroups()) {
    return UsageErrorAt(group.place,
                        "there is no group " + std::to_string(prepared->number) + " in the pattern",
                        "0 is the whole match");
  }
  return Status::OK();
}

Status PrepareSplit(const ExprNode& call, Prepared* prepared) {
  prepared->text = TextOf(*call.arguments[1]);
  prepared->number = NumberOf(*call.arguments[2]);
  if (prepared->text.empty()) {
    return UsageErrorAt(call.arguments[1]->place, "the separator is empty");
  }
  if (prepared->number == 0 || std::abs(prepared->number) > 1000000) {
    return UsageErrorAt(call.arguments[2]->place, "parts count from 1, or from -1 at the end");
  }
  return Status::OK();
}

Status PreparePad(const ExprNode& call, Prepared* prepared) {
  prepared->text = call.arguments.size() > 2 ? TextOf(*call.arguments[2]) : " ";
  if (!prepared->text.empty()) return Status::OK();
  return UsageErrorAt(call.arguments[2]->place, "the text to fill up with is empty");
}

Status PrepareTrim(const ExprNode& call, Prepared* prepared) {
  prepared->text = call.arguments.size() > 1 ? TextOf(*call.arguments[1]) : " ";
  return Status::OK();
}

Status PrepareUnit(const ExprNode& call, Prepared* prepared) {
  const ExprNode& unit = *call.arguments[0];
  std::string text = TextOf(unit);
  bool date = call.arguments.back()->kind == Kind::kDate;
  for (auto found = DateUnit::kYear; found <= DateUnit::kSecond;
       found = static_cast<DateUnit>(static_cast<int64_t>(found) + 1)) {
    if (text != DateUnitName(found)) continue;
    if (date && found > DateUnit::kDay) {
      return UsageErrorAt(unit.place, "a date has no " + text + "s",
                          "CAST the date AS timestamp first");
    }
    prepared->number = static_cast<int64_t>(found);
    return Status::OK();
  }
  return UsageErrorAt(
      unit.place, "no such unit: '" + text + "'",
      "known: 'year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'");
}

Status PrepareDigits(const ExprNode& call, Prepared* prepared) {
  if (call.arguments.size() < 2) return Status::OK();
  prepared->number = NumberOf(*call.arguments[1]);
  if (prepared->number >= 0 && prepared->number <= 15) return Status::OK();
  return UsageErrorAt(call.arguments[1]->place, "round() takes 0 to 15 digits");
}

Status PrepareWindow(const ExprNode& call, Prepared* prepared) {
  const ExprNode& every = *call.arguments[0];
  prepared->interval = IntervalOf(*every.value);
  if (prepared->interval.months != 0) {
    return UsageErrorAt(every.place, "a window can't be months long", "use date_trunc('month', x)");
  }
  prepared->number = prepared->interval.days * kMicrosPerDay + prepared->interval.micros;
  if (prepared->number > 0) return Status::OK();
  return UsageErrorAt(every.place, "a window must be longer than 0");
}

Status PrepareInterval(const ExprNode& call, Prepared* prepared) {
  for (size_t i = 0; i < 2; ++i) {
    if (call.arguments[i]->kind != Kind::kInterval) continue;
    prepared->interval = IntervalOf(*call.arguments[i]->value);
    if (call.arguments[1 - i]->kind == Kind::kDate && prepared->interval.micros != 0) {
      return UsageErrorAt(call.arguments[i]->place, "a date has no hours, minutes or seconds",
                          "CAST the date AS timestamp first");
    }
  }
  return Status::OK();
}

Status PrepareFormat(const ExprNode& call, Prepared* prepared) {
  const ExprNode& format = *call.arguments[1];
  prepared->text = TextOf(format);
  for (size_t i = 0; i < prepared->text.size(); ++i) {
    if (prepared->text[i] != '%') continue;
    ++i;
    std::string_view known = "YmdHMSfjy%";
    if (i < prepared->text.size() && known.find(prepared->text[i]) != std::string_view::npos) {
      continue;
    }
    return UsageErrorAt(format.place, "unknown sign in the format: %" + prepared->text.substr(i, 1),
                        "known: %Y %m %d %H %M %S %f (microseconds) %j (day of the year) %y %%");
  }
  return Status::OK();
}

// The table. Forms keep both engines to the meaning of the native kernel where they differ.
constexpr Function kFunctions[] = {
    // operators
    {"+", "II", "I", "($1 + $2)", "($1 + $2)", AddKernel, "a + b", ""},
    {"+", "MM", "M", "CAST(&1 + $2 AS %T)", "CAST($1 + $2 AS %T)", AddKernel, "a + b", ""},
    {"+", "FF", "F", "($1 + $2)", "($1 + $2)", AddKernel, "a + b", ""},
    {"+", "Dv", "D", "CAST($1 + $2 AS DATE)", "CAST($1 + $2 AS DATE)", AddIntervalKernel,
     "date + interval", "", PrepareInterval},
    {"+", "Pv", "P", "($1 + $2)", "($1 + $2)", AddIntervalKernel, "timestamp + interval", "",
     PrepareInterval},
    {"-", "II", "I", "($1 - $2)", "($1 - $2)", SubtractKernel, "a - b", ""},
    {"-", "MM", "M", "CAST(&1 - $2 AS %T)", "CAST($1 - $2 AS %T)", SubtractKernel, "a - b", ""},
    {"-", "FF", "F", "($1 - $2)", "($1 - $2)", SubtractKernel, "a - b", ""},
    {"-", "Dv", "D", "CAST($1 - $2 AS DATE)", "CAST($1 - $2 AS DATE)", SubtractIntervalKernel,
     "date - interval", "", PrepareInterval},
    {"-", "Pv", "P", "($1 - $2)", "($1 - $2)", SubtractIntervalKernel, "timestamp - interval", "",
     PrepareInterval},
    {"-", "I", "I", "(0::BIGINT - $1)", "(- $1)", NegateKernel, "-a", ""},
    {"-", "M", "1", "(- $1)", "(- $1)", NegateKernel, "-a", ""},
    {"-", "F", "F", "(- $1)", "(- $1)", NegateKernel, "-a", ""},
    {"*", "II", "I", "($1 * $2)", "($1 * $2)", MultiplyKernel, "a * b", ""},
    {"*", "MM", "M", "CAST(&1 * $2 AS %T)", "CAST($1 * $2 AS %T)", MultiplyKernel, "a * b", ""},
    {"*", "FF", "F", "($1 * $2)", "($1 * $2)", MultiplyKernel, "a * b", ""},
    {"/", "FF", "F", "($1 / nullif($2, 0))", "($1 / nullif($2, 0D))", DivideKernel, "a / b", ""},
    {"%", "II", "I", "($1 % nullif($2, 0))", "($1 % nullif($2, 0L))", ModuloKernel, "a % b", ""},
    {"%", "MM", "M", "CAST($1 % nullif($2, 0) AS %T)", "CAST($1 % nullif($2, 0) AS %T)",
     ModuloKernel, "a % b", ""},
    {"%", "FF", "F", "($1 % nullif($2, 0))", "($1 % nullif($2, 0D))", ModuloKernel, "a % b", ""},
    {"||", "SS", "S", "($1 || $2)", "($1 || $2)", ConcatKernel, "a || b", ""},
    // text
    {"lower", "S", "S", "lower($1)", "lower($1)", LowerKernel, "lower(text)",
     "small letters, each code point for itself"},
    {"upper", "S", "S", "upper($1)", "upper($1)", UpperKernel, "upper(text)",
     "capital letters, each code point for itself"},
    {"initcap", "S", "S",
     "array_to_string(list_transform(string_split($1, ' '), lambda word: "
     "concat(upper(word[1]), lower(word[2:]))), ' ')",
     "initcap($1)", InitcapKernel, "initcap(text)",
     "each word's first letter as a capital, the others small; words stand between spaces"},
    {"trim", "S", "S", "trim($1, ' ')", "trim($1)", TrimKernel, "trim(text)",
     "without spaces at both ends; with `characters`, without any of those", PrepareTrim},
    {"trim", "Ss", "S", "trim($1, $2)", "trim(BOTH $2 FROM $1)", TrimKernel,
     "trim(text, characters)", "", PrepareTrim},
    {"ltrim", "S", "S", "ltrim($1, ' ')", "ltrim($1)", LtrimKernel, "ltrim(text)",
     "as trim, only at the begin", PrepareTrim},
    {"ltrim", "Ss", "S", "ltrim($1, $2)", "trim(LEADING $2 FROM $1)", LtrimKernel,
     "ltrim(text, characters)", "", PrepareTrim},
    {"rtrim", "S", "S", "rtrim($1, ' ')", "rtrim($1)", RtrimKernel, "rtrim(text)",
     "as trim, only at the end", PrepareTrim},
    {"rtrim", "Ss", "S", "rtrim($1, $2)", "trim(TRAILING $2 FROM $1)", RtrimKernel,
     "rtrim(text, characters)", "", PrepareTrim},
    {"length", "S", "I", "length($1)", "CAST(char_length($1) AS BIGINT)", LengthKernel,
     "length(text)", "number of code points"},
    {"substring", "SI", "S", "substring($1, ^2)", "substring($1, ^2)", SubstringKernel,
     "substring(text, start)",
     "from the code point `start` (1 is the first; less counts as 1), at most `length` of them"},
    {"substring", "SII", "S", "substring($1, ^2, #3)", "substring($1, ^2, #3)", SubstringKernel,
     "substring(text, start, length)", ""},
    {"left", "SI", "S", "left($1, #2)", "left($1, #2)", LeftKernel, "left(text, count)",
     "the first `count` code points"},
    {"right", "SI", "S", "right($1, #2)", "right($1, #2)", RightKernel, "right(text, count)",
     "the last `count` code points"},
    {"replace", "SSS", "S", "replace($1, $2, $3)", "replace($1, $2, $3)", ReplaceKernel,
     "replace(text, from, to)", "every `from` replaced by `to`; an empty `from` changes nothing"},
    {"concat", "SS*", "S", "($|)", "concat($*)", ConcatKernel, "concat(text, text, ...)",
     "the texts in sequence, as `||`: NULL if one is NULL"},
    {"concat_ws", "SS*", "S", "concat_ws($*)", "concat_ws($*)", ConcatWsKernel,
     "concat_ws(separator, text, ...)", "the texts that aren't NULL with a separator between"},
    {"starts_with", "SS", "B", "starts_with($1, $2)", "startswith($1, $2)", StartsWithKernel,
     "starts_with(text, prefix)", "whether the text begins with `prefix`"},
    {"ends_with", "SS", "B", "ends_with($1, $2)", "endswith($1, $2)", EndsWithKernel,
     "ends_with(text, suffix)", "whether the text ends with `suffix`"},
    {"contains", "SS", "B", "contains($1, $2)", "contains($1, $2)", ContainsKernel,
     "contains(text, part)", "whether `part` stands somewhere in the text"},
    {"lpad", "SIs", "S", "lpad($1, CAST(#2 AS INTEGER), $3)", "lpad($1, #2, $3)", LpadKernel,
     "lpad(text, length, fill)",
     "filled up in front, or cut behind, to `length` code points (at most 1000000)", PreparePad},
    {"rpad", "SIs", "S", "rpad($1, CAST(#2 AS INTEGER), $3)", "rpad($1, #2, $3)", RpadKernel,
     "rpad(text, length, fill)", "filled up, or cut, behind to `length` code points", PreparePad},
    {"repeat", "SI", "S", "repeat($1, #2)", "repeat($1, #2)", RepeatKernel, "repeat(text, count)",
     "the text `count` times (a result of at most 1000000 bytes)"},
    {"split_part", "Ssi", "S", "split_part($1, $2, %n)", "split_part($1, $2, %n)", SplitPartKernel,
     "split_part(text, separator, part)",
     "the part of that number, from 1, or from -1 at the end; '' if there is none", PrepareSplit},
    {"regexp_matches", "Ss", "B", "regexp_matches($1, $2)", "($1 RLIKE $2)", RegexpMatchesKernel,
     "regexp_matches(text, pattern)", "whether the pattern (RE2) matches somewhere", PrepareRegex},
    {"regexp_replace", "Sss", "S", "regexp_replace($1, $2, $3, 'g')", "regexp_replace($1, $2, %r)",
     RegexpReplaceKernel, "regexp_replace(text, pattern, to)",
     R"(every match replaced; `\1` to `\9` in `to` are the groups)", PrepareReplacement},
    {"regexp_extract", "Ssi?", "S", "regexp_extract($1, $2, %n)", "regexp_extract($1, $2, %n)",
     RegexpExtractKernel, "regexp_extract(text, pattern, group)",
     "the first match, or that group of it; '' if there is none", PrepareExtract},
    {"md5", "S", "S", "md5($1)", "md5($1)", Md5Kernel, "md5(text)",
     "MD5 of the UTF-8 bytes in hexadecimal (no protection: see anonymize)"},
    {"sha256", "S", "S", "sha256($1)", "sha2($1, 256)", Sha256Kernel, "sha256(text)",
     "SHA-256 of the UTF-8 bytes in hexadecimal (no protection: see anonymize)"},
    {"xxhash64", "A*", "I", "", "xxhash64($*)", Xxhash64Kernel, "xxhash64(value, ...)",
     "XXH64 with seed 42, chained over the values, as Spark defines it; none in DuckDB"},
    // NULL and choice
    {"coalesce", "T*", "T", "coalesce($*)", "coalesce($*)", nullptr, "coalesce(value, ...)",
     "the first value that isn't NULL; later ones are not computed", nullptr,
     Evaluation::kCoalesce},
    {"ifnull", "TT", "T", "coalesce($1, $2)", "coalesce($1, $2)", nullptr, "ifnull(value, other)",
     "`other` where the value is NULL", nullptr, Evaluation::kCoalesce},
    {"nullif", "TT", "T", "nullif($1, $2)", "nullif($1, $2)", NullIfKernel, "nullif(value, other)",
     "NULL where both are equal"},
    {"if", "BTT", "T", "CASE WHEN $1 THEN $2 ELSE $3 END", "CASE WHEN $1 THEN $2 ELSE $3 END",
     nullptr, "if(condition, then, else)",
     "`then` where the condition is true, else `else`; only that one is computed", nullptr,
     Evaluation::kIf},
    {"greatest", "TT*", "T", "greatest($*)", "greatest($*)", GreatestKernel,
     "greatest(value, value, ...)", "the greatest; NULLs are left out"},
    {"least", "TT*", "T", "least($*)", "least($*)", LeastKernel, "least(value, value, ...)",
     "the least; NULLs are left out"},
    {"typeof", "A", "S", "!typeof", "!typeof", nullptr, "typeof(value)", "the name of its type",
     nullptr, Evaluation::kTypeof},
    // numbers
    {"abs", "I", "I", "abs($1)", "abs($1)", AbsKernel, "abs(number)", "without its sign"},
    {"abs", "M", "1", "abs($1)", "abs($1)", AbsKernel, "abs(decimal)", ""},
    {"abs", "F", "F", "abs($1)", "abs($1)", AbsKernel, "abs(double)", ""},
    {"ceil", "I", "I", "$1", "$1", CeilKernel, "ceil(number)",
     "the next whole number that isn't smaller, in the number's kind of type"},
    {"ceil", "M", "M", "CAST(ceil($1) AS %T)", "CAST(ceil($1) AS %T)", CeilKernel, "ceil(decimal)",
     ""},
    {"ceil", "F", "F", "ceil($1)",
     "CASE WHEN abs($1) < 4503599627370496D THEN CAST(ceil($1) AS DOUBLE) ELSE $1 END", CeilKernel,
     "ceil(double)", ""},
    {"floor", "I", "I", "$1", "$1", FloorKernel, "floor(number)",
     "the next whole number that isn't larger, in the number's kind of type"},
    {"floor", "M", "M", "CAST(floor($1) AS %T)", "CAST(floor($1) AS %T)", FloorKernel,
     "floor(decimal)", ""},
    {"floor", "F", "F", "floor($1)",
     "CASE WHEN abs($1) < 4503599627370496D THEN CAST(floor($1) AS DOUBLE) ELSE $1 END",
     FloorKernel, "floor(double)", ""},
    {"round", "Ii?", "I", "$1", "$1", RoundKernel, "round(number, digits)",
     "rounded half away from zero to `digits` (0 to 15, else 0) after the point; of a double its "
     "shortest decimal text is rounded, so round(1.005, 2) is 1.01",
     PrepareDigits},
    {"round", "Mi?", "M", "CAST($1 AS %T)", "CAST($1 AS %T)", RoundKernel, "round(decimal, digits)",
     "", PrepareDigits},
    {"round", "Fi?", "F",
     "CASE WHEN abs($1) < 1e16 THEN CAST(CAST(CAST(CAST($1 AS VARCHAR) AS DECIMAL(38, 21)) AS "
     "DECIMAL(38, %n)) AS DOUBLE) ELSE $1 END",
     "round($1, %n)", RoundKernel, "round(double, digits)", "", PrepareDigits},
    {"trunc", "I", "I", "$1", "$1", TruncKernel, "trunc(number)", "cut towards zero"},
    {"trunc", "M", "M", "CAST(trunc($1) AS %T)",
     "CAST(CASE WHEN $1 < 0 THEN ceil($1) ELSE floor($1) END AS %T)", TruncKernel, "trunc(decimal)",
     ""},
    {"trunc", "F", "F", "trunc($1)",
     "CASE WHEN abs($1) < 4503599627370496D THEN CAST(CAST($1 AS BIGINT) AS DOUBLE) ELSE $1 END",
     TruncKernel, "trunc(double)", ""},
    {"sign", "I", "I", "CAST(sign($1) AS BIGINT)", "CAST(sign($1) AS BIGINT)", SignKernel,
     "sign(number)", "-1, 0 or 1; of NaN 1"},
    {"sign", "M", "I", "CAST(sign($1) AS BIGINT)", "CAST(sign($1) AS BIGINT)", SignKernel,
     "sign(decimal)", ""},
    {"sign", "F", "I",
     "CAST(CASE WHEN $1 > 0 THEN 1 WHEN $1 < 0 THEN -1 WHEN $1 = 0 THEN 0 END AS BIGINT)",
     "CAST(CASE WHEN $1 > 0 THEN 1 WHEN $1 < 0 THEN -1 WHEN $1 = 0 THEN 0 END AS BIGINT)",
     SignKernel, "sign(double)", ""},
    {"sqrt", "F", "F", "CASE WHEN $1 >= 0 THEN sqrt($1) END", "CASE WHEN $1 >= 0 THEN sqrt($1) END",
     SqrtKernel, "sqrt(number)", "square root; NULL below 0"},
    {"exp", "F", "F", "exp($1)", "exp($1)", ExpKernel, "exp(number)", "e to that power"},
    {"ln", "F", "F", "CASE WHEN $1 > 0 THEN ln($1) END", "CASE WHEN $1 > 0 THEN ln($1) END",
     LnKernel, "ln(number)", "natural logarithm; NULL unless above 0"},
    {"log10", "F", "F", "CASE WHEN $1 > 0 THEN log10($1) END",
     "CASE WHEN $1 > 0 THEN log10($1) END", Log10Kernel, "log10(number)",
     "logarithm to base 10; NULL unless above 0"},
    {"power", "FF", "F", "pow($1, $2)", "power($1, $2)", PowerKernel, "power(base, exponent)",
     "`base` to the power of `exponent`, a double"},
    {"mod", "II", "I", "($1 % nullif($2, 0))", "($1 % nullif($2, 0L))", ModuloKernel, "mod(a, b)",
     "as `a % b`: the rest of a division that cuts towards zero; NULL if b is 0"},
    {"mod", "MM", "M", "CAST($1 % nullif($2, 0) AS %T)", "CAST($1 % nullif($2, 0) AS %T)",
     ModuloKernel, "mod(a, b)", ""},
    {"mod", "FF", "F", "($1 % nullif($2, 0))", "($1 % nullif($2, 0D))", ModuloKernel, "mod(a, b)",
     ""},
    {"div", "II", "I", "($1 // nullif($2, 0))", "($1 div nullif($2, 0L))", IntegerDivideKernel,
     "div(a, b)", "whole-number division that cuts towards zero; NULL if b is 0"},
    {"isnan", "F", "B", "isnan($1)", "!isnan", IsNanKernel, "isnan(number)",
     "whether it is NaN; NULL of NULL"},
    {"bit_and", "II", "I", "($1 & $2)", "($1 & $2)", BitAndKernel, "bit_and(a, b)",
     "bitwise and of 64 bits"},
    {"bit_or", "II", "I", "($1 | $2)", "($1 | $2)", BitOrKernel, "bit_or(a, b)",
     "bitwise or of 64 bits"},
    {"bit_xor", "II", "I", "xor($1, $2)", "($1 ^ $2)", BitXorKernel, "bit_xor(a, b)",
     "bitwise exclusive or of 64 bits"},
    // time
    {"year", "D", "I", "year($1)", "CAST(year($1) AS BIGINT)", YearKernel, "year(date)",
     "the year, in UTC"},
    {"year", "P", "I", "year($1)", "CAST(year($1) AS BIGINT)", YearKernel, "year(timestamp)", ""},
    {"quarter", "D", "I", "quarter($1)", "CAST(quarter($1) AS BIGINT)", QuarterKernel,
     "quarter(date)", "1 to 4"},
    {"quarter", "P", "I", "quarter($1)", "CAST(quarter($1) AS BIGINT)", QuarterKernel,
     "quarter(timestamp)", ""},
    {"month", "D", "I", "month($1)", "CAST(month($1) AS BIGINT)", MonthKernel, "month(date)",
     "1 to 12"},
    {"month", "P", "I", "month($1)", "CAST(month($1) AS BIGINT)", MonthKernel, "month(timestamp)",
     ""},
    {"week", "D", "I", "week($1)", "CAST(weekofyear($1) AS BIGINT)", WeekKernel, "week(date)",
     "number of the ISO week, 1 to 53"},
    {"week", "P", "I", "week($1)", "CAST(weekofyear($1) AS BIGINT)", WeekKernel, "week(timestamp)",
     ""},
    {"day", "D", "I", "day($1)", "CAST(day($1) AS BIGINT)", DayKernel, "day(date)",
     "day of the month, 1 to 31"},
    {"day", "P", "I", "day($1)", "CAST(day($1) AS BIGINT)", DayKernel, "day(timestamp)", ""},
    {"day_of_week", "D", "I", "isodow($1)", "CAST(weekday($1) + 1 AS BIGINT)", DayOfWeekKernel,
     "day_of_week(date)", "1 (Monday) to 7 (Sunday)"},
    {"day_of_week", "P", "I", "isodow($1)", "CAST(weekday($1) + 1 AS BIGINT)", DayOfWeekKernel,
     "day_of_week(timestamp)", ""},
    {"day_of_year", "D", "I", "dayofyear($1)", "CAST(dayofyear($1) AS BIGINT)", DayOfYearKernel,
     "day_of_year(date)", "1 to 366"},
    {"day_of_year", "P", "I", "dayofyear($1)", "CAST(dayofyear($1) AS BIGINT)", DayOfYearKernel,
     "day_of_year(timestamp)", ""},
    {"hour", "P", "I", "hour($1)", "CAST(hour($1) AS BIGINT)", HourKernel, "hour(timestamp)",
     "0 to 23, in UTC"},
    {"minute", "P", "I", "minute($1)", "CAST(minute($1) AS BIGINT)", MinuteKernel,
     "minute(timestamp)", "0 to 59"},
    {"second", "P", "I", "second($1)", "CAST(second($1) AS BIGINT)", SecondKernel,
     "second(timestamp)", "0 to 59, without the fraction"},
    {"date", "D", "D", "$1", "$1", DateKernel, "date(date)", "the day of a timestamp, in UTC"},
    {"date", "P", "D", "CAST($1 AS DATE)", "CAST($1 AS DATE)", DateKernel, "date(timestamp)", ""},
    {"date_trunc", "sD", "D", "CAST(date_trunc('%u', $2) AS DATE)",
     "CAST(date_trunc('%u', $2) AS DATE)", DateTruncKernel, "date_trunc(unit, date)",
     "the begin of the year, quarter, month, week (Monday), day, hour, minute or second",
     PrepareUnit},
    {"date_trunc", "sP", "P", "date_trunc('%u', $2)", "date_trunc('%u', $2)", DateTruncKernel,
     "date_trunc(unit, timestamp)", "", PrepareUnit},
    {"date_add", "sID", "D", "CAST($3 + $2 * INTERVAL 1 %u AS DATE)",
     "CAST(timestampadd(%u, CAST($2 AS INT), $3) AS DATE)", DateAddKernel,
     "date_add(unit, count, date)",
     "`count` units later; a day that the month doesn't have becomes its last", PrepareUnit},
    {"date_add", "sIP", "P", "($3 + $2 * INTERVAL 1 %u)", "timestampadd(%u, CAST($2 AS INT), $3)",
     DateAddKernel, "date_add(unit, count, timestamp)", "", PrepareUnit},
    {"date_diff", "sDD", "I", "!date_diff", "!date_diff", DateDiffKernel,
     "date_diff(unit, from, to)", "how many borders of that unit lie between", PrepareUnit},
    {"date_diff", "sPP", "I", "!date_diff", "!date_diff", DateDiffKernel,
     "date_diff(unit, from, to)", "", PrepareUnit},
    {"last_day", "D", "D", "last_day($1)", "last_day($1)", LastDayKernel, "last_day(date)",
     "the last day of its month"},
    {"last_day", "P", "D", "last_day(CAST($1 AS DATE))", "last_day($1)", LastDayKernel,
     "last_day(timestamp)", ""},
    {"make_date", "III", "D", "make_date($1, $2, $3)",
     "make_date(CAST($1 AS INT), CAST($2 AS INT), CAST($3 AS INT))", MakeDateKernel,
     "make_date(year, month, day)", "that date; an error if the calendar doesn't have it"},
    {"epoch", "P", "I", "(epoch_us(date_trunc('second', $1)) // 1000000)", "unix_seconds($1)",
     EpochKernel, "epoch(timestamp)", "whole seconds since 1970-01-01 in UTC, rounded down"},
    {"epoch_ms", "P", "I", "(epoch_us(date_trunc('millisecond', $1)) // 1000)", "unix_millis($1)",
     EpochMsKernel, "epoch_ms(timestamp)", "milliseconds since 1970-01-01 in UTC, rounded down"},
    {"epoch_us", "P", "I", "epoch_us($1)", "unix_micros($1)", EpochUsKernel, "epoch_us(timestamp)",
     "microseconds since 1970-01-01 in UTC"},
    {"to_timestamp", "I", "P", "CAST(make_timestamp($1 * 1000000) AS TIMESTAMPTZ)",
     "timestamp_seconds($1)", ToTimestampKernel, "to_timestamp(seconds)",
     "the instant that many seconds after 1970-01-01 in UTC"},
    {"to_timestamp_ms", "I", "P", "CAST(make_timestamp($1 * 1000) AS TIMESTAMPTZ)",
     "timestamp_millis($1)", ToTimestampMsKernel, "to_timestamp_ms(milliseconds)",
     "the instant that many milliseconds after 1970-01-01 in UTC"},
    {"strftime", "Ds", "S", "strftime($1, $2)", "date_format($1, %r)", StrftimeKernel,
     "strftime(date, format)",
     "a text by a constant format of %Y %m %d %H %M %S %f (microseconds) %j (day of the year) %y "
     "%%",
     PrepareFormat},
    {"strftime", "Ps", "S", "strftime($1, $2)", "date_format($1, %r)", StrftimeKernel,
     "strftime(timestamp, format)", "", PrepareFormat},
    {"window_start", "vP", "P",
     "time_bucket(to_microseconds(%w), $2, TIMESTAMPTZ '1970-01-01 00:00:00+00')",
     "timestamp_micros(unix_micros($2) - pmod(unix_micros($2), %wL))", WindowStartKernel,
     "window_start(interval, timestamp)",
     "the begin of its window; windows are aligned to 1970-01-01 in UTC", PrepareWindow},
    {"run_time", "", "P", "!run_time", "!run_time", nullptr, "run_time()",
     "when the run began, the same for every row", nullptr, Evaluation::kRunTime},
    {"now", "", "P", "!run_time", "!run_time", nullptr, "now()", "as run_time()", nullptr,
     Evaluation::kRunTime},
    {"today", "", "D", "!run_time", "!run_time", nullptr, "today()",
     "the day of run_time(), in UTC", nullptr, Evaluation::kToday},
};

}  // namespace

std::span<const Function> Functions() { return kFunctions; }

std::vector<const Function*> FunctionsNamed(std::string_view name) {
  std::vector<const Function*> found;
  for (const Function& function : kFunctions) {
    if (name == function.name) found.push_back(&function);
  }
  return found;
}

const std::vector<std::string>& FunctionNames() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Function& function : kFunctions) {
      if (std::isalpha(static_cast<unsigned char>(function.name[0])))
        names.push_back(function.name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }();
  return kNames;
}

std::shared_ptr<arrow::DataType> DecimalResult(std::string_view name,
                                               std::span<const NodePtr> arguments) {
  const auto& left = static_cast<const arrow::Decimal128Type&>(*arguments[0]->type);
  int whole = left.precision() - left.scale(), scale = left.scale();
  if (name == "ceil" || name == "floor" || name == "trunc") {
    return arrow::decimal128(std::min(38, whole + 1), 0);
  }
  if (name == "round") {
    int digits = arguments.size() > 1 ? static_cast<int>(NumberOf(*arguments[1])) : 0;
    if (digits < 0 || digits > 15) digits = 0;  // PrepareDigits says what is wrong
    digits = std::min(digits, scale);
    return arrow::decimal128(std::min(38, whole + digits + 1), digits);
  }
  const auto& right = static_cast<const arrow::Decimal128Type&>(*arguments[1]->type);
  int right_whole = right.precision() - right.scale();
  if (name == "*") {
    scale += right.scale();
    return scale > 38
               ? nullptr
               : arrow::decimal128(std::min(38, left.precision() + right.precision() + 1), scale);
  }
  scale = std::max(scale, right.scale());
  whole = name == "%" || name == "mod" ? std::max(whole, right_whole)
                                       : std::max(whole, right_whole) + 1;
  return arrow::decimal128(std::min(38, whole + scale), scale);
}

const char* DateUnitName(DateUnit unit) {
  static constexpr std::array<const char*, 8> kNames = {"year", "quarter", "month",  "week",
                                                        "day",  "hour",    "minute", "second"};
  return kNames[static_cast<size_t>(unit)];
}

}  // namespace tamis
