// Providers of given values: one of several, or always the same. See provider.h.
#include <algorithm>
#include <numeric>

#include "ops/provider_range.h"

namespace tamis {
namespace {

// A value of a choice as a number; texts are indices.
struct ChoiceValues {
  std::vector<std::string> texts;
  std::vector<Place> places;
};

Status AddChosen(ColumnScope& scope, const ChoiceValues& values, Register index) {
  if (scope.kind() == kTextValue) {
    scope.Add(Part::Word(std::make_shared<const WordList>(values.texts), index));
    return Status::OK();
  }
  std::shared_ptr<arrow::DataType> type = NumberType(scope, DigitsAfterPoint(values.texts));
  ARROW_ASSIGN_OR_RAISE(int64_t step, StepOf(scope));
  auto numbers = std::make_shared<ValueTable>();
  for (size_t i = 0; i < values.texts.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(int64_t number, ParseNumber(type, values.texts[i], values.places[i]));
    ARROW_RETURN_NOT_OK(
        CheckMultiple(scope.column(), step, number, values.texts[i], values.places[i]));
    numbers->push_back(number);
  }
  scope.Add(PartOf(*type, scope.program().Lookup(index, std::move(numbers))));
  return Status::OK();
}

Status EmitChoice(ColumnScope& scope) {
  const Column& column = scope.column();
  const Node* listed = scope.options().OptionalSequence("values");
  const Node* weighted = scope.options().OptionalSequence("weights");
  ChoiceValues values{column.enum_values, {}};
  values.places.assign(values.texts.size(), column.place);
  if (listed) {
    ARROW_ASSIGN_OR_RAISE(values.texts, ReadStrings(*listed, "values"));
    values.places.clear();
    for (const Node& item : listed->items) values.places.push_back(item.place);
  }
  if (values.texts.empty() || values.texts.size() > kQuantilesMax) {
    return UsageErrorAt(
        scope.place(),
        "choice has " + std::to_string(values.texts.size()) + " values for column " + column.name,
        "list 1 to 65536: {provider: choice, values: [a, b]}");
  }
  for (size_t i = 0; i < values.texts.size() && !column.enum_values.empty(); ++i) {
    if (std::find(column.enum_values.begin(), column.enum_values.end(), values.texts[i]) ==
        column.enum_values.end()) {
      return UsageErrorAt(values.places[i],
                          "not in the enum of column " + column.name + ": " + values.texts[i]);
    }
  }
  ProgramBuilder& program = scope.program();
  if (!weighted) {
    ARROW_ASSIGN_OR_RAISE(Register index, scope.KeyDigit(values.texts.size()));
    if (index == kAlways) index = program.Uniform(scope.OwnDraw(), values.texts.size());
    return AddChosen(scope, values, index);
  }
  ARROW_ASSIGN_OR_RAISE(auto weights, WholeWeights(*weighted, values.texts.size()));
  uint64_t total = std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  auto quantiles = MakeQuantiles(weights, std::min<uint64_t>(total, kQuantilesMax));
  return AddChosen(scope, values, program.Weighted(scope.OwnDraw(), std::move(quantiles)));
}

Status EmitConstant(ColumnScope& scope) {
  const Node* node = scope.options().RequiredNode("value");
  if (!node) return Status::OK();  // Finish says so
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*node, "value"));
  if (scope.kind() == kTextValue) {
    scope.Add(Part::Text(std::move(text)));
    return Status::OK();
  }
  return AddChosen(scope, {{text}, {node->place}}, scope.program().Sequence(0, 0));
}

}  // namespace

std::span<const Provider> ChoiceProviders() {
  static constexpr Provider kProviders[] = {
      {"choice", kScalars, "", "values, weights", "one of the values (or of the enum)", EmitChoice,
       true},
      {"constant", kScalars, "", "value", "the same value in every row", EmitConstant, true},
  };
  return kProviders;
}

}  // namespace tamis
