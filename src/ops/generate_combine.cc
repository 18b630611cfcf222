// Providers that make a column of other columns: of the row, or of the rows that it refers to.
#include <arrow/type_traits.h>

#include <algorithm>
#include <limits>

#include "ops/generate_column.h"
#include "ops/generate_expression.h"
#include "ops/provider.h"

namespace tamis {
namespace {

// Whether the numbers of a register are values of the column's type.
bool Fits(const ColumnScope& scope, Register value) {
  const arrow::DataType& type = *scope.column().type;
  if (!arrow::is_integer(type.id()) || type.byte_width() == 8) return true;
  const int bits = type.byte_width() * 8;
  const bool is_signed = arrow::is_signed_integer(type.id());
  const int64_t high = (int64_t{1} << (bits - (is_signed ? 1 : 0))) - 1;
  const RegisterFacts& facts = scope.program().facts(value);
  return facts.max <= high && facts.min >= (is_signed ? -high - 1 : 0);
}

// Makes the column of the parts of another one.
Status CopyParts(ColumnScope& scope, const ParentValue& value, const Place& place) {
  const ColumnOutput& from = *value.output;
  const Column& column = scope.column();
  const ValueKind kind = ValueKindOf(*from.type);
  const bool same = from.type->Equals(*column.type) ||
                    (kind == scope.kind() && (kind & (kTextValue | kIntegerValue)));
  if (!same || kind == kNestedValue) {
    return UsageErrorAt(place, "column " + column.name + " of type " + column.type->ToString() +
                                   " can't hold column " + from.name + " of type " +
                                   from.type->ToString());
  }
  for (const Part& part : from.parts) {
    if (kind == kIntegerValue && !from.type->Equals(*column.type) && !Fits(scope, part.value)) {
      return UsageErrorAt(place, "column " + column.name + " of type " + column.type->ToString() +
                                     " is too narrow for column " + from.name);
    }
    scope.Add(part);
  }
  scope.CopyParts();
  scope.SetPresent(value.present);
  if (value.is_unique) scope.PromiseUnique();
  return Status::OK();
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// A piece of a template: a literal, or a column.
struct TemplatePiece {
  std::string literal;
  const ColumnOutput* column = nullptr;
};

// Whether the column's text, at the begin or end of a template, tells its rows apart: a unique
// number with no digit next to it, or a unique UUID.
bool TellsRowsApart(const ColumnOutput* column, const std::string* next, bool is_last) {
  if (!column || !column->is_unique || column->parts.size() != 1) return false;
  if (column->present != kAlways) return false;
  const Part::Kind kind = column->parts[0].kind;
  if (!next) return true;
  if (kind == Part::Kind::kUuid) return !next->empty();
  return kind == Part::Kind::kInteger && !next->empty() &&
         !IsDigit(is_last ? next->back() : next->front());
}

bool IsUniqueTemplate(const std::vector<TemplatePiece>& pieces) {
  if (pieces.empty()) return false;
  if (pieces.size() == 1) return TellsRowsApart(pieces[0].column, nullptr, false);
  const size_t last = pieces.size() - 1;
  return TellsRowsApart(pieces[0].column, &pieces[1].literal, false) ||
         TellsRowsApart(pieces[last].column, &pieces[last - 1].literal, true);
}

// `{first_name}.{last_name}`: {name} is a column, {{ a brace.
Result<std::vector<TemplatePiece>> ReadTemplate(ColumnScope& scope, const std::string& text,
                                                const Place& place) {
  std::vector<TemplatePiece> pieces;
  auto add = [&](char c) {
    if (pieces.empty() || pieces.back().column) pieces.emplace_back();
    pieces.back().literal += c;
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_brace = text[i] == '{' || text[i] == '}';
    if (!is_brace || (i + 1 < text.size() && text[i + 1] == text[i])) {
      add(text[i]);
      i += is_brace ? 1 : 0;
      continue;
    }
    const size_t end = text.find('}', i);
    if (text[i] == '}' || end == std::string::npos) {
      return UsageErrorAt(place, "a brace of the template has no other: " + text,
                          "{name} is a column, {{ a brace");
    }
    std::string name = text.substr(i + 1, end - i - 1);
    ARROW_ASSIGN_OR_RAISE(const ColumnOutput* column, scope.row().Find(name, place));
    if (ValueKindOf(*column->type) == kNestedValue) {
      return UsageErrorAt(
          place, "column " + name + " of type " + column->type->ToString() + " has no text");
    }
    pieces.push_back({"", column});
    i = end;
  }
  return pieces;
}

// One branch of `when`, with the rows that take it.
struct Branch {
  Register condition = kAlways;  // kAlways: else
  ColumnOutput output;
};

// The generator of a branch: that of `then` or `else`, or what stands beside `if`.
Node GeneratorOf(const Node& item) {
  for (const char* key : {"then", "else"}) {
    if (const Node* named = item.Find(key)) return *named;
  }
  Node rest = item;
  std::erase_if(rest.entries, [](const auto& entry) { return entry.first.scalar == "if"; });
  return rest;
}

Result<std::vector<Branch>> ReadBranches(ColumnScope& scope, const Node& when) {
  std::vector<Branch> branches;
  for (size_t i = 0; i < when.items.size(); ++i) {
    const Node& item = when.items[i];
    ARROW_RETURN_NOT_OK(ExpectMapping(item, "a case of when"));
    const Node* condition = item.Find("if");
    const Node* otherwise = item.Find("else");
    const bool is_last = i + 1 == when.items.size();
    if (!condition == !otherwise || (otherwise && !is_last)) {
      return UsageErrorAt(item.place, "a case of when has no condition",
                          "{if: \"kind = 'a'\", then: word}, and at last {else: city}");
    }
    if ((item.Find("then") || otherwise) && item.entries.size() != (condition ? 2 : 1)) {
      return UsageErrorAt(item.place, "a case of when says more than its generator",
                          "{if: CONDITION, then: GENERATOR} or {if: CONDITION, provider: ...}");
    }
    Branch branch;
    if (condition) {
      ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*condition, "if"));
      ARROW_ASSIGN_OR_RAISE(branch.condition, CompileCondition(scope, text, condition->place));
    }
    const Node generator = GeneratorOf(item);
    if (generator.is_null()) {
      branch.output.present = scope.program().Constant(0);
    } else {
      ARROW_ASSIGN_OR_RAISE(branch.output, scope.BuildAs(generator));
    }
    branches.push_back(std::move(branch));
  }
  if (branches.empty()) return UsageErrorAt(when.place, "when has no cases");
  if (branches.back().condition != kAlways) {
    branches.emplace_back();
    branches.back().output.present = scope.program().Constant(0);
  }
  return branches;
}

// The register of the branch that a row takes; `of` gives that of each branch.
template <typename Of>
Register Choose(ProgramBuilder& builder, const std::vector<Branch>& branches, Of of) {
  Register chosen = of(branches.back());
  for (size_t i = branches.size() - 1; i-- > 0;) {
    chosen = builder.Select(branches[i].condition, of(branches[i]), chosen);
  }
  return chosen;
}

Register ChoosePresent(ProgramBuilder& builder, const std::vector<Branch>& branches) {
  const bool always = std::all_of(branches.begin(), branches.end(), [](const Branch& branch) {
    return branch.output.present == kAlways;
  });
  if (always) return kAlways;
  return Choose(builder, branches, [&](const Branch& branch) {
    return branch.output.present == kAlways ? builder.Constant(1) : branch.output.present;
  });
}

// Values of one part each: one part whose register is chosen.
Status ChooseNumber(ColumnScope& scope, const std::vector<Branch>& branches) {
  ProgramBuilder& builder = scope.program();
  Part part;
  int digits = 0;
  bool first = true;
  for (const Branch& branch : branches) {
    if (branch.output.parts.empty()) continue;
    const Part& other = branch.output.parts[0];
    if (scope.kind() == kIntegerValue && !Fits(scope, other.value)) {
      return UsageErrorAt(scope.place(),
                          "a case of when makes numbers that column " + scope.column().name +
                              " of type " + scope.column().type->ToString() + " can't hold",
                          "a sequence needs a bigint there");
    }
    if (!first && other.kind != part.kind) {
      return UsageErrorAt(scope.place(), "the cases of when make column " + scope.column().name +
                                             " of different numbers");
    }
    if (first) part = other;
    first = false;
    digits = std::max(digits, other.digits);
  }
  if (first) return UsageErrorAt(scope.place(), "when makes nothing but NULL");
  part.digits = digits;
  part.value = Choose(builder, branches, [&](const Branch& branch) {
    if (branch.output.parts.empty()) return builder.Constant(0);
    Register value = branch.output.parts[0].value;
    int64_t unit = 1;
    for (int i = branch.output.parts[0].digits; i < digits; ++i) unit *= 10;
    const bool scaled = part.kind == Part::Kind::kDecimal && unit > 1;
    return scaled ? builder.Multiply(value, builder.Constant(unit)) : value;
  });
  scope.Add(part);
  return Status::OK();
}

// Texts of one word each: one list of all words.
void ChooseWord(ColumnScope& scope, const std::vector<Branch>& branches) {
  ProgramBuilder& builder = scope.program();
  std::vector<std::string> words;
  std::vector<int64_t> offsets;
  for (const Branch& branch : branches) {
    offsets.push_back(static_cast<int64_t>(words.size()));
    if (branch.output.parts.empty()) continue;
    const std::vector<std::string>& more = branch.output.parts[0].words->words();
    words.insert(words.end(), more.begin(), more.end());
  }
  Register index = Choose(builder, branches, [&](const Branch& branch) {
    Register offset = builder.Constant(offsets[static_cast<size_t>(&branch - branches.data())]);
    if (branch.output.parts.empty()) return builder.Constant(0);
    return builder.Add(branch.output.parts[0].value, offset);
  });
  scope.Add(Part::Word(std::make_shared<const WordList>(std::move(words)), index));
}

// Any texts: each part where its branch is taken.
void GuardTexts(ColumnScope& scope, const std::vector<Branch>& branches) {
  ProgramBuilder& builder = scope.program();
  Register open = kAlways;  // where no branch before was taken
  for (const Branch& branch : branches) {
    Register taken = builder.And(branch.condition, open);
    for (Part part : branch.output.parts) {
      part.guard = builder.And(part.guard, taken);
      scope.Add(std::move(part));
    }
    if (branch.condition == kAlways) break;
    open = builder.And(builder.Not(branch.condition), open);
  }
}

}  // namespace

Status EmitReference(ColumnScope& scope) {
  scope.options().Ignore({"distribution", "exponent", "children"});
  ARROW_ASSIGN_OR_RAISE(ParentValue value,
                        scope.row().FindInParent(scope.column().name, "", scope.place()));
  return CopyParts(scope, value, scope.place());
}

Status EmitParent(ColumnScope& scope) {
  const Node* of = scope.options().RequiredNode("of");
  const Node* column = scope.options().RequiredNode("column");
  if (!of || !column) return Status::OK();  // Finish says so
  ARROW_ASSIGN_OR_RAISE(std::string foreign_key, ReadString(*of, "of"));
  ARROW_ASSIGN_OR_RAISE(std::string name, ReadString(*column, "column"));
  ARROW_ASSIGN_OR_RAISE(ParentValue value, scope.row().FindInParent(foreign_key, name, of->place));
  return CopyParts(scope, value, column->place);
}

Status EmitChildNumber(ColumnScope& scope) {
  std::string foreign_key;
  int64_t from = 1;
  scope.options().Optional("of", &foreign_key);
  scope.options().Optional("from", &from);
  ARROW_ASSIGN_OR_RAISE(Register number, scope.row().NumberInParent(foreign_key, scope.place()));
  ProgramBuilder& builder = scope.program();
  Register value = builder.Add(number, builder.Constant(from));
  if (!Fits(scope, value)) {
    return UsageErrorAt(scope.place(), "column " + scope.column().name + " of type " +
                                           scope.column().type->ToString() +
                                           " is too narrow for the numbers of children");
  }
  scope.Add(Part::Integer(value));
  return Status::OK();
}

Status EmitTemplate(ColumnScope& scope) {
  const Node* node = scope.options().RequiredNode("value");
  if (!node) return Status::OK();  // Finish says so
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*node, "value"));
  ARROW_ASSIGN_OR_RAISE(auto pieces, ReadTemplate(scope, text, node->place));
  if (pieces.empty()) pieces.emplace_back();
  for (const TemplatePiece& piece : pieces) {
    if (!piece.column) {
      scope.Add(Part::Text(piece.literal));
      continue;
    }
    for (Part part : piece.column->parts) {
      part.guard = scope.program().And(part.guard, piece.column->present);
      scope.Add(std::move(part));
    }
  }
  scope.CopyParts();
  if (IsUniqueTemplate(pieces)) scope.PromiseUnique();
  return Status::OK();
}

Status EmitExpression(ColumnScope& scope) {
  const Node* node = scope.options().RequiredNode("value");
  if (!node) return Status::OK();  // Finish says so
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*node, "value"));
  ARROW_ASSIGN_OR_RAISE(ExpressionOutput output, CompileExpression(scope, text, node->place));
  scope.parts() = std::move(output.parts);
  scope.SetPresent(output.present);
  scope.CopyParts();
  return Status::OK();
}

Status EmitWhen(ColumnScope& scope) {
  const Node* when = scope.options().OptionalSequence("when");
  if (!when) {
    return UsageErrorAt(scope.place(), "when has no cases",
                        "{when: [{if: \"kind = 'a'\", then: word}, {else: city}]}");
  }
  ARROW_ASSIGN_OR_RAISE(std::vector<Branch> branches, ReadBranches(scope, *when));
  scope.CopyParts();
  scope.SetPresent(ChoosePresent(scope.program(), branches));
  for (const Branch& branch : branches) {
    scope.LimitSequence(std::min(scope.sequence_max(), branch.output.sequence_max));
  }
  if (scope.kind() != kTextValue) return ChooseNumber(scope, branches);
  const bool words = std::all_of(branches.begin(), branches.end(), [](const Branch& branch) {
    const std::vector<Part>& parts = branch.output.parts;
    return parts.empty() ||
           (parts.size() == 1 && parts[0].kind == Part::Kind::kWord && parts[0].guard == kAlways);
  });
  const bool any = std::any_of(branches.begin(), branches.end(),
                               [](const Branch& branch) { return !branch.output.parts.empty(); });
  if (words && any) {
    ChooseWord(scope, branches);
  } else {
    GuardTexts(scope, branches);
  }
  return Status::OK();
}

}  // namespace tamis
