// Columns, one after the other. See generate_compile.h.
#include "ops/generate_compile.h"

#include <algorithm>
#include <limits>
#include <string>

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
      if (facts.unique) return {number(facts.min), number(facts.min)};
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

// Checks that texts fit their column, and leaves what its sequence may grow to.
Status CheckLengths(const ColumnScope& scope, const Provider& provider,
                    const ProgramBuilder& program, ColumnOutput* output) {
  const Column& column = scope.column();
  Lengths lengths;
  int64_t sequence_digits = 0;
  for (const Part& part : output->parts) {
    Lengths more = PartLengths(part, program);
    lengths.min += more.min;
    lengths.max += more.max;
    if (part.kind == Part::Kind::kInteger && program.facts(part.value).unique) {
      sequence_digits = more.max;
    }
  }
  std::string makes = "generator " + std::string(provider.name) + " makes texts of ";
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

// multipleOf, which only some providers look at.
Status CheckMultipleOf(const Provider& provider, const Column& column) {
  if (!column.multiple_of) return Status::OK();
  for (const char* keeps : {"integer", "number", "sequence", "choice", "constant"}) {
    if (std::string_view(provider.name) == keeps) return Status::OK();
  }
  return UsageErrorAt(column.multiple_of->place,
                      "generator " + std::string(provider.name) + " keeps no multipleOf",
                      "name another one for column " + column.name + " in tamis.generate");
}

// The contract's rules that hold for any provider.
Status CheckPromises(const ColumnScope& scope, const Provider& provider,
                     const ProgramBuilder& program, ColumnOutput* output) {
  const Column& column = scope.column();
  ARROW_RETURN_NOT_OK(CheckMultipleOf(provider, column));
  const std::vector<Part>& parts = output->parts;
  bool sole_key = column.primary_key_position > 0 && scope.table().PrimaryKey().size() == 1;
  bool unique = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
    return part.kind == Part::Kind::kUuid ||
           (part.kind == Part::Kind::kFunction && part.function->is_injective() &&
            program.facts(part.value).unique) ||
           (part.kind == Part::Kind::kInteger && program.facts(part.value).unique);
  });
  if ((column.unique || sole_key) && !unique) {
    return UsageErrorAt(scope.place(),
                        "column " + column.name + " must be unique, and generator " +
                            provider.name + " repeats values",
                        "use sequence or uuid");
  }
  if (scope.kind() == kTextValue) return CheckLengths(scope, provider, program, output);
  return Status::OK();
}

Result<ColumnOutput> CompileColumn(const Table& table, const Column& column,
                                   ProgramBuilder& program) {
  ARROW_ASSIGN_OR_RAISE(ProviderChoice choice, ChooseProvider(column));
  const Provider& provider = *choice.provider;
  Node nothing;
  nothing.kind = Node::Kind::kMapping;
  nothing.place = column.place;
  bool has_options = column.generate && column.generate->is_mapping();
  MappingReader options(has_options ? *column.generate : nothing,
                        "generator " + std::string(provider.name));
  options.Ignore({"provider"});
  if (std::string_view(provider.options) == "of") {
    std::string entity;
    if (options.Optional("of", &entity)) choice.entity_prefix = entity + "_";
  }
  ColumnScope scope(table, column, choice.entity_prefix, &options, &program);
  Status emitted = provider.emit(scope);
  // An option that is misspelt may be why the provider failed: it is the better message.
  ARROW_RETURN_NOT_OK(options.Finish());
  ARROW_RETURN_NOT_OK(emitted);
  ColumnOutput output{column.name, column.type, !column.required, std::move(scope.parts()),
                      scope.sequence_max()};
  ARROW_RETURN_NOT_OK(CheckPromises(scope, provider, program, &output));
  return output;
}

}  // namespace

Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table, uint64_t seed) {
  ProgramBuilder program(table.name, seed);
  for (const Column& column : table.columns) {
    ARROW_ASSIGN_OR_RAISE(ColumnOutput output, CompileColumn(table, column, program));
    program.AddColumn(std::move(output));
  }
  return std::move(program).Build();
}

}  // namespace tamis
