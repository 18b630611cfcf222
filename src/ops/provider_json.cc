// The provider `json`: small objects for columns that hold JSON as text. See provider.h.
#include "ops/provider.h"
#include "ops/words.h"

namespace tamis {

Status EmitJson(ColumnScope& scope) {
  static const auto kTruth =
      std::make_shared<const WordList>(std::vector<std::string>{"false", "true"});
  ProgramBuilder& program = scope.program();
  const auto& words = CommonWords();
  scope.Add(Part::Text("{\"name\": \""));
  scope.Add(Part::Word(words, program.Uniform(scope.OwnDraw("name"), words->words().size())));
  scope.Add(Part::Text("\", \"count\": "));
  scope.Add(Part::Integer(program.Uniform(scope.OwnDraw("count"), 1000)));
  scope.Add(Part::Text(", \"active\": "));
  scope.Add(Part::Word(kTruth, program.Uniform(scope.OwnDraw("active"), 2)));
  scope.Add(Part::Text("}"));
  return Status::OK();
}

}  // namespace tamis
