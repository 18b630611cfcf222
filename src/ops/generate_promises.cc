// Checks before the first row. See generate_promises.h.
#include "ops/generate_promises.h"

#include <arrow/type_traits.h>

#include <algorithm>
#include <limits>

#include "ops/provider.h"
#include "text/number.h"

namespace tamis {
namespace {

int64_t CodePoints(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

struct Lengths {
  int64_t min = 0;
  int64_t max = 0;
};

// A sequence, which grows with the rows.
bool IsEndless(const RegisterFacts& facts) {
  return facts.unique && (facts.max == INT64_MAX || facts.min == INT64_MIN);
}

// Code points that a part's text has at least and at most.
Lengths PartLengths(const Part& part, const ProgramBuilder& program) {
  auto number = [&](int64_t value) {
    char text[2 * kNumberTextBytes];
    return FormatPart(part, value, 0, text) - text;
  };
  switch (part.kind) {
    case Part::Kind::kText:
      return {CodePoints(part.text), CodePoints(part.text)};
    case Part::Kind::kWord: {
      Lengths lengths{std::numeric_limits<int64_t>::max(), 0};
      for (const std::string& word : part.words->words()) {
        lengths.min = std::min(lengths.min, CodePoints(word));
        lengths.max = std::max(lengths.max, CodePoints(word));
      }
      return lengths;
    }
    case Part::Kind::kInteger:
    case Part::Kind::kDecimal: {
      const RegisterFacts& facts = program.facts(part.value);
      // A sequence is as long as the row number asks for; generating checks the last one.
      if (IsEndless(facts)) return {number(facts.min), number(facts.min)};
      int64_t shortest = facts.min <= 0 && facts.max >= 0 ? number(0) : number(facts.min);
      return {std::min(shortest, number(facts.max)),
              std::max(number(facts.min), number(facts.max))};
    }
    case Part::Kind::kFunction:
      return {part.function->length_min(), part.function->length_max()};
    default: {
      int64_t length = number(program.facts(part.value).max);
      return {length, length};
    }
  }
}

// The largest number of `digits` digits.
int64_t LargestOf(int64_t digits) {
  int64_t largest = 0;
  for (int64_t i = 0; i < std::min<int64_t>(digits, 18); ++i) largest = largest * 10 + 9;
  return digits > 18 ? std::numeric_limits<int64_t>::max() : largest;
}

// A text that an expression makes is checked in each row, if nothing is added to it.
Status CheckUnbounded(const ColumnScope& scope, const ColumnOutput& output) {
  const Column& column = scope.column();
  const bool limited = LengthMax(column) != INT64_MAX || column.min_length.value_or(0) > 0;
  if (!limited || output.parts.size() == 1) return Status::OK();
  return UsageErrorAt(scope.place(),
                      "the texts of column " + column.name +
                          " have parts of any length, but it holds " +
                          std::to_string(LengthMax(column)) + " characters",
                      "make all of it by one expression");
}

// Checks that texts fit their column, and leaves what its sequence may grow to.
Status CheckLengths(const ColumnScope& scope, const std::string& provider, ColumnOutput* output) {
  const Column& column = scope.column();
  const ProgramBuilder& program = scope.program();
  Lengths lengths;
  int64_t sequence_digits = 0;
  for (const Part& part : output->parts) {
    if (IsUnbounded(part)) return CheckUnbounded(scope, *output);
    Lengths more = PartLengths(part, program);
    if (part.guard != kAlways) more.min = 0;
    lengths.min += more.min;
    lengths.max += more.max;
    if (part.kind == Part::Kind::kInteger && IsEndless(program.facts(part.value))) {
      sequence_digits = more.max;
    }
  }
  std::string makes = "generator " + provider + " makes texts of ";
  int64_t most = LengthMax(column);
  if (lengths.max > most) {
    return UsageErrorAt(scope.place(),
                        makes + "up to " + std::to_string(lengths.max) +
                            " characters, but column " + column.name + " holds " +
                            std::to_string(most),
                        "choose another generator or a longer type");
  }
  if (column.min_length && lengths.min < *column.min_length) {
    return UsageErrorAt(scope.place(),
                        makes + std::to_string(lengths.min) + " characters, but column " +
                            column.name + " has at least " + std::to_string(*column.min_length),
                        "choose another generator");
  }
  output->sequence_max = LargestOf(most - lengths.max + sequence_digits);
  return Status::OK();
}

// Numbers that a name has chosen, such as those of cards, may be too large for a small column.
Status CheckRange(const ColumnScope& scope, const std::string& provider,
                  const ColumnOutput& output) {
  const arrow::DataType& type = *scope.column().type;
  if (scope.copies_parts() || type.byte_width() == 8) return Status::OK();
  const bool is_signed = arrow::is_signed_integer(type.id());
  const int64_t high = (int64_t{1} << (type.byte_width() * 8 - (is_signed ? 1 : 0))) - 1;
  for (const Part& part : output.parts) {
    const RegisterFacts& facts = scope.program().facts(part.value);
    const bool is_known = facts.min != INT64_MIN && facts.max != INT64_MAX;
    if (!is_known || (facts.min >= (is_signed ? -high - 1 : 0) && facts.max <= high)) continue;
    return UsageErrorAt(scope.place(),
                        "generator " + provider + " makes numbers up to " +
                            std::to_string(facts.max) + ", which column " + scope.column().name +
                            " of type " + type.ToString() + " can't hold",
                        "choose another generator or a wider type");
  }
  return Status::OK();
}

// multipleOf, which only some providers look at.
Status CheckMultipleOf(const std::string& provider, const Column& column) {
  if (!column.multiple_of) return Status::OK();
  if (const Provider* known = FindProvider(provider); known && known->keeps_multiples) {
    return Status::OK();
  }
  return UsageErrorAt(column.multiple_of->place, "generator " + provider + " keeps no multipleOf",
                      "name another one for column " + column.name + " in tamis.generate");
}

}  // namespace

bool IsUnique(const ColumnScope& scope, const ColumnOutput& output) {
  if (scope.promises_unique() || scope.copies_parts()) return scope.promises_unique();
  return std::any_of(output.parts.begin(), output.parts.end(), [&](const Part& part) {
    if (part.guard != kAlways || part.kind == Part::Kind::kText) return false;
    const bool unique = scope.program().facts(part.value).unique;
    if (part.kind == Part::Kind::kFunction) return unique && part.function->is_injective();
    return part.kind == Part::Kind::kUuid || (part.kind == Part::Kind::kInteger && unique);
  });
}

Status CheckPromises(const ColumnScope& scope, const std::string& provider, ColumnOutput* output) {
  const Column& column = scope.column();
  ARROW_RETURN_NOT_OK(CheckMultipleOf(provider, column));
  if (scope.must_be_unique() && !IsUnique(scope, *output)) {
    return UsageErrorAt(
        scope.place(),
        "column " + column.name + " must be unique, and generator " + provider + " repeats values",
        "use sequence or uuid");
  }
  if (column.required && output->present != kAlways) {
    return UsageErrorAt(scope.place(), "column " + column.name + " is required, and generator " +
                                           provider + " can make NULL");
  }
  // Each case of `when` has been checked by itself.
  const bool is_text = scope.kind() == kTextValue && provider != "when";
  if (is_text) return CheckLengths(scope, provider, output);
  if (scope.kind() == kIntegerValue) return CheckRange(scope, provider, *output);
  return Status::OK();
}

}  // namespace tamis
