// Columns, one after the other. See generate_compile.h.
#include "ops/generate_compile.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/suggest.h"
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
  unique |= scope.promises_unique();
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
                                   ProgramBuilder& program, RowColumns* row) {
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
  ColumnScope scope(table, column, table.name, choice.entity_prefix, &options, &program, row);
  Status emitted = provider.emit(scope);
  // An option that is misspelt may be why the provider failed: it is the better message.
  ARROW_RETURN_NOT_OK(options.Finish());
  ARROW_RETURN_NOT_OK(emitted);
  ColumnOutput output{column.name,
                      column.type,
                      !column.required,
                      std::move(scope.parts()),
                      scope.sequence_max(),
                      scope.present(),
                      {},
                      kAlways,
                      kAlways};
  ARROW_RETURN_NOT_OK(CheckPromises(scope, provider, program, &output));
  return output;
}

// The columns of the row that is made.
class OwnColumns : public RowColumns {
 public:
  OwnColumns(const Table& table, ProgramBuilder* builder) : table_(table), builder_(*builder) {
    for (const Column& column : table.columns) columns_[column.name].column = &column;
  }

  Result<const ColumnOutput*> Find(const std::string& name, const Place& place) override {
    auto found = columns_.find(name);
    if (found == columns_.end()) {
      std::vector<std::string> names;
      for (const Column& column : table_.columns) names.push_back(column.name);
      return UsageErrorAt(place, "table " + table_.name + " has no column " + name,
                          DidYouMean(name, names));
    }
    State& state = found->second;
    if (state.output) return state.output.get();
    if (state.is_being_built) return Circle(name, place);
    state.is_being_built = true;
    stack_.push_back(name);
    ARROW_ASSIGN_OR_RAISE(ColumnOutput output,
                          CompileColumn(table_, *state.column, builder_, this));
    stack_.pop_back();
    state.output = std::make_unique<const ColumnOutput>(std::move(output));
    return state.output.get();
  }
  Result<const ColumnOutput*> FindInParent(const std::string& foreign_key, const std::string&,
                                           const Place& place) override {
    return NoParent(foreign_key, place);
  }
  Result<Register> NumberInParent(const std::string& foreign_key, const Place& place) override {
    return NoParent(foreign_key, place);
  }

 private:
  struct State {
    const Column* column = nullptr;
    bool is_being_built = false;
    std::unique_ptr<const ColumnOutput> output;
  };

  Status NoParent(const std::string& foreign_key, const Place& place) const {
    return UsageErrorAt(
        place, "column " + foreign_key + " of table " + table_.name + " refers to no other table");
  }

  Status Circle(const std::string& name, const Place& place) const {
    std::string circle;
    for (auto at = std::find(stack_.begin(), stack_.end(), name); at != stack_.end(); ++at) {
      circle += *at + " needs ";
    }
    return UsageErrorAt(place, "columns need each other in a circle: " + circle + name);
  }

  const Table& table_;
  ProgramBuilder& builder_;
  std::map<std::string, State> columns_;
  std::vector<std::string> stack_;
};

class Compiler {
 public:
  Compiler(const Table& table, const GenerateContext& context) : table_(table), context_(context) {}

  Result<std::shared_ptr<const RowProgram>> Compile() {
    ARROW_ASSIGN_OR_RAISE(TableGenerate said, ReadTableGenerate(table_));
    ProgramBuilder builder(table_.name, context_.seed.value_or(said.seed.value_or(0)));
    OwnColumns columns(table_, &builder);
    for (const Column& column : table_.columns) {
      ARROW_ASSIGN_OR_RAISE(const ColumnOutput* output, columns.Find(column.name, column.place));
      builder.AddColumn(*output);
    }
    return std::move(builder).Build();
  }

 private:
  const Table& table_;
  const GenerateContext& context_;
};

}  // namespace

Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table,
                                                           const GenerateContext& context) {
  return Compiler(table, context).Compile();
}

Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table, uint64_t seed) {
  GenerateContext context;
  context.seed = seed;
  return CompileGenerator(table, context);
}

}  // namespace tamis
