// Flat columns by their providers, nested ones part by part. See generate_column.h.
#include "ops/generate_column.h"

#include <algorithm>

#include "ops/generate_promises.h"
#include "ops/generate_reference.h"
#include "ops/row_order.h"
#include "ops/words.h"

namespace tamis {
namespace {

// Elements of a list that is not told how many it has.
constexpr int64_t kElementsMaxDefault = 3;
constexpr int64_t kElementsMax = 1000;

const Node& NoOptions() {
  static const Node nothing = [] {
    Node node;
    node.kind = Node::Kind::kMapping;
    return node;
  }();
  return nothing;
}

const Node& OptionsOf(const Column& column) {
  return column.generate && column.generate->is_mapping() ? *column.generate : NoOptions();
}

// The provider that tamis.generate names, or nullptr.
const Node* NamedProvider(const Column& column) {
  if (!column.generate || column.generate->is_null()) return nullptr;
  if (!column.generate->is_mapping()) return column.generate.get();
  const Node* when = column.generate->Find("when");
  return when ? when : column.generate->Find("provider");
}

// Whether a primary key of several columns refers to a parent of the row's children.
Result<bool> IsKeyOfChildren(const Table& table) {
  for (const std::string& name : table.PrimaryKey()) {
    const Relationship* relationship = ReferenceOf(table, name);
    if (!relationship) continue;
    ARROW_ASSIGN_OR_RAISE(ReferenceSpec spec, ReadReference(table, *relationship));
    if (spec.kind == ReferenceSpec::Kind::kChildren) return true;
  }
  return false;
}

// Whether a column of the primary key refers to another table.
bool RefersInKey(const Table& table) {
  const std::vector<std::string> key = table.PrimaryKey();
  return std::any_of(key.begin(), key.end(),
                     [&](const std::string& name) { return ReferenceOf(table, name); });
}

// Where the column is not NULL by its null_rate; kAlways without one.
Result<Register> ReadPresent(const ColumnPlace& place, MappingReader& options) {
  const Node* node = options.OptionalNode("null_rate");
  if (!node) return kAlways;
  ARROW_ASSIGN_OR_RAISE(Share share, ReadShare(*node, "null_rate"));
  const Column& column = place.column;
  if (column.required || column.primary_key_position > 0) {
    return UsageErrorAt(node->place, "column " + column.name + " is required: it has no null_rate");
  }
  if (share.often == 0) return kAlways;
  ProgramBuilder& builder = place.builder;
  return builder.Not(
      builder.Chance(place.path + "." + column.name + ".null", share.often, share.of));
}

ColumnOutput OutputOf(const Column& column) {
  ColumnOutput output;
  output.name = column.name;
  output.type = column.type;
  output.nullable = !column.required;
  return output;
}

// The columns of a struct see each other first, then those of the row.
class StructColumns : public RowColumns {
 public:
  StructColumns(const ColumnPlace& place, std::string path)
      : place_(place), path_(std::move(path)), built_(place.column.children.size()) {}

  Result<const ColumnOutput*> Find(const std::string& name, const Place& place) override {
    const std::vector<Column>& children = place_.column.children;
    auto found = std::find_if(children.begin(), children.end(),
                              [&](const Column& child) { return child.name == name; });
    if (found == children.end()) return place_.row.Find(name, place);
    return Build(static_cast<size_t>(found - children.begin()), place);
  }
  Result<ParentValue> FindInParent(const std::string& foreign_key, const std::string& name,
                                   const Place& place) override {
    return place_.row.FindInParent(foreign_key, name, place);
  }
  Result<Register> NumberInParent(const std::string& foreign_key, const Place& place) override {
    return place_.row.NumberInParent(foreign_key, place);
  }
  Result<Register> KeyDigit(const Column& column, uint64_t count) override {
    return place_.row.KeyDigit(column, count);
  }

  Result<const ColumnOutput*> Build(size_t i, const Place& place) {
    Child& child = built_[i];
    const Column& column = place_.column.children[i];
    if (child.output) return child.output.get();
    if (child.is_being_built) {
      return UsageErrorAt(place,
                          "columns need each other in a circle: " + path_ + "." + column.name);
    }
    child.is_being_built = true;
    ARROW_ASSIGN_OR_RAISE(ColumnOutput output,
                          BuildColumn({place_.table, column, path_, place_.builder, *this}));
    child.output = std::make_unique<const ColumnOutput>(std::move(output));
    return child.output.get();
  }

 private:
  struct Child {
    bool is_being_built = false;
    std::unique_ptr<const ColumnOutput> output;
  };
  const ColumnPlace& place_;
  std::string path_;
  std::vector<Child> built_;
};

Result<ColumnOutput> BuildStruct(const ColumnPlace& place) {
  ColumnOutput output = OutputOf(place.column);
  StructColumns columns(place, place.path + "." + place.column.name);
  for (size_t i = 0; i < place.column.children.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(const ColumnOutput* child,
                          columns.Build(i, place.column.children[i].place));
    output.children.push_back(*child);
  }
  return output;
}

struct Elements {
  int64_t from = 0;
  int64_t to = kElementsMaxDefault;
};

Result<Elements> ReadElements(const Column& column, MappingReader& options) {
  Elements elements;
  const bool from = options.Optional("from", &elements.from);
  const bool to = options.Optional("to", &elements.to);
  if (from && !to) elements.to = std::max(elements.from, elements.to);
  if (to && !from) elements.from = std::min(elements.from, elements.to);
  if (elements.from < 0 || elements.to < std::max<int64_t>(elements.from, 1) ||
      elements.to > kElementsMax) {
    return UsageErrorAt(options.node().place,
                        "column " + column.name + " has no such number of " + "elements",
                        "from 0 to 1000, such as {from: 0, to: 5}");
  }
  return elements;
}

// How many elements each row has, and where each of them is.
void CountElements(const ColumnPlace& place, const Elements& elements, ColumnOutput* output) {
  ProgramBuilder& builder = place.builder;
  output->count =
      builder.Uniform(place.path + "." + place.column.name + ".count",
                      static_cast<uint64_t>(elements.to - elements.from + 1), elements.from);
  for (int64_t i = elements.from; i < elements.to; ++i) {
    output->children[static_cast<size_t>(i)].within =
        builder.Less(builder.Constant(i), output->count);
  }
}

std::string ElementPath(const ColumnPlace& place, int64_t i) {
  return place.path + "." + place.column.name + "[" + std::to_string(i) + "]";
}

Result<ColumnOutput> BuildList(const ColumnPlace& place, MappingReader& options) {
  ARROW_ASSIGN_OR_RAISE(Elements elements, ReadElements(place.column, options));
  ColumnOutput output = OutputOf(place.column);
  // Elements are named as their list: messages and the choice of a provider look at that.
  Column element = place.column.children[0];
  element.name = place.column.name;
  if (!element.place.source) element.place = place.column.place;
  for (int64_t i = 0; i < elements.to; ++i) {
    ARROW_ASSIGN_OR_RAISE(
        ColumnOutput child,
        BuildColumn({place.table, element, ElementPath(place, i), place.builder, place.row}));
    output.children.push_back(std::move(child));
  }
  CountElements(place, elements, &output);
  return output;
}

// The keys of a map: words or whole numbers, none of them twice in a row.
Result<std::vector<std::string>> ReadKeys(const ColumnPlace& place, MappingReader& options) {
  const Column& key = place.column.children[0];
  const Node* listed = options.OptionalSequence("keys");
  if (listed) return ReadStrings(*listed, "keys");
  if (!key.enum_values.empty()) return key.enum_values;
  if (ValueKindOf(*key.type) == kTextValue) return CommonWords()->words();
  std::vector<std::string> numbers;
  for (int i = 1; i <= 100; ++i) numbers.push_back(std::to_string(i));
  return numbers;
}

Result<Part> KeyPart(const ColumnPlace& place, const std::vector<std::string>& keys,
                     Register index) {
  const Column& key = place.column.children[0];
  if (ValueKindOf(*key.type) == kTextValue) {
    return Part::Word(std::make_shared<const WordList>(keys), index);
  }
  auto numbers = std::make_shared<ValueTable>();
  for (const std::string& text : keys) {
    Node node;
    node.kind = Node::Kind::kScalar;
    node.scalar = text;
    node.place = place.column.place;
    ARROW_ASSIGN_OR_RAISE(int64_t number, ReadInt(node, "keys"));
    numbers->push_back(number);
  }
  return Part::Integer(place.builder.Lookup(index, std::move(numbers)));
}

Result<ColumnOutput> BuildMap(const ColumnPlace& place, MappingReader& options) {
  const Column& column = place.column;
  ARROW_ASSIGN_OR_RAISE(Elements elements, ReadElements(column, options));
  ARROW_ASSIGN_OR_RAISE(std::vector<std::string> keys, ReadKeys(place, options));
  if (!(ValueKindOf(*column.children[0].type) & (kTextValue | kIntegerValue))) {
    return UsageErrorAt(
        column.place,
        "keys of map " + column.name + " are of type " + column.children[0].type->ToString(),
        "text and whole numbers can be generated");
  }
  const auto key_count = static_cast<int64_t>(keys.size());
  if (key_count < elements.to) {
    return UsageErrorAt(options.node().place.source ? options.node().place : column.place,
                        "map " + column.name + " has up to " + std::to_string(elements.to) +
                            " entries, but " + std::to_string(key_count) + " keys");
  }
  ProgramBuilder& builder = place.builder;
  const std::string name = place.path + "." + column.name;
  // Neighbours in a random order, from anywhere in it: no key twice.
  Register turn = builder.Uniform(name + ".turn", keys.size());
  ColumnOutput output = OutputOf(column);
  for (int64_t i = 0; i < elements.to; ++i) {
    Register at =
        builder.Modulo(builder.Add(turn, builder.Constant(i)), builder.Constant(key_count));
    ColumnOutput entry;
    entry.name = "entry";
    entry.type = static_cast<const arrow::MapType&>(*column.type).value_type();
    entry.nullable = false;
    ColumnOutput key = OutputOf(column.children[0]);
    key.nullable = false;
    ARROW_ASSIGN_OR_RAISE(Part part,
                          KeyPart(place, keys, builder.Permute(name + ".keys", at, keys.size())));
    key.parts.push_back(std::move(part));
    Column value_column = column.children[1];
    if (!value_column.place.source) value_column.place = column.place;
    ARROW_ASSIGN_OR_RAISE(
        ColumnOutput value,
        BuildColumn({place.table, value_column, ElementPath(place, i), builder, place.row}));
    entry.children = {std::move(key), std::move(value)};
    output.children.push_back(std::move(entry));
  }
  CountElements(place, elements, &output);
  return output;
}

Result<ColumnOutput> BuildParts(const ColumnPlace& place, MappingReader& options) {
  // A contract gives nested types their parts.
  const bool has_parts = !place.column.children.empty();
  switch (has_parts ? place.column.type->id() : arrow::Type::NA) {
    case arrow::Type::STRUCT:
      return BuildStruct(place);
    case arrow::Type::LIST:
      return BuildList(place, options);
    case arrow::Type::MAP:
      return BuildMap(place, options);
    default:
      return UsageErrorAt(place.column.place, "no generator makes column " + place.column.name +
                                                  " of type " + place.column.type->ToString());
  }
}

Result<ColumnOutput> BuildNested(const ColumnPlace& place) {
  const Column& column = place.column;
  MappingReader options(OptionsOf(column), "generator of column " + column.name);
  ARROW_ASSIGN_OR_RAISE(Register present, ReadPresent(place, options));
  Result<ColumnOutput> output = BuildParts(place, options);
  // An option that is misspelt may be why the rest failed: it is the better message.
  ARROW_RETURN_NOT_OK(options.Finish());
  ARROW_RETURN_NOT_OK(output.status());
  output->present = present;
  return output;
}

// A node as YAML on one line.
std::string FlowText(const Node& node) {
  std::string text;
  auto add = [&text](const std::string& item) { text += (text.empty() ? "" : ", ") + item; };
  if (node.is_sequence()) {
    for (const Node& item : node.items) add(FlowText(item));
    return "[" + text + "]";
  }
  if (!node.is_mapping()) return node.scalar;
  for (const auto& [key, value] : node.entries) {
    if (key.scalar != "provider") add(key.scalar + ": " + FlowText(value));
  }
  return text.empty() ? "" : "{" + text + "}";
}

std::shared_ptr<const ColumnOrigin> OriginOf(const ProviderChoice& choice, const Node& options) {
  auto origin = std::make_shared<ColumnOrigin>();
  origin->provider = choice.provider->name;
  origin->options = FlowText(options);
  origin->reason = choice.reason;
  origin->confidence = choice.confidence;
  return origin;
}

Result<ColumnOutput> BuildFlat(const ColumnPlace& place, const ProviderChoice& choice) {
  const Column& column = place.column;
  const std::string provider = choice.provider->name;
  Node nothing = NoOptions();
  nothing.place = column.place;
  const Node& given = choice.options ? *choice.options : OptionsOf(column);
  MappingReader options(&given == &NoOptions() ? nothing : given, "generator " + provider);
  options.Ignore({"provider"});
  // ChooseProvider has read it.
  if (HasOption(*choice.provider, "of")) options.Ignore({"of"});
  // A foreign key's columns are NULL together.
  Register present = kAlways;
  if (provider == "reference") {
    options.Ignore({"null_rate"});
  } else {
    ARROW_ASSIGN_OR_RAISE(present, ReadPresent(place, options));
  }
  ColumnScope scope(place.table, column, place.path, choice.entity_prefix, &options, &place.builder,
                    &place.row);
  Status emitted = choice.provider->emit(scope);
  // An option that is misspelt may be why the provider failed: it is the better message.
  ARROW_RETURN_NOT_OK(options.Finish());
  ARROW_RETURN_NOT_OK(emitted);
  ColumnOutput output = OutputOf(column);
  output.parts = std::move(scope.parts());
  output.sequence_max = scope.sequence_max();
  output.present = place.builder.And(present, scope.present());
  ARROW_RETURN_NOT_OK(CheckPromises(scope, provider, &output));
  output.is_unique = IsUnique(scope, output);
  output.origin = OriginOf(choice, given);
  return output;
}

// By the first choice that keeps the column's promises: what only a name suggests may be too long
// or not unique.
Result<ColumnOutput> BuildByChoices(const ColumnPlace& place, const ProviderChoice& choice) {
  const bool must = place.column.unique ||
                    (place.column.primary_key_position > 0 && place.table.PrimaryKey().size() == 1);
  auto serves = [must](const Result<ColumnOutput>& output) {
    return output.ok() && (output->is_unique || !must);
  };
  const ProgramBuilder::Mark mark = place.builder.mark();
  Result<ColumnOutput> output = BuildFlat(place, choice);
  if (serves(output) || choice.others.empty()) return output;
  for (const ProviderChoice& other : choice.others) {
    place.builder.GoBack(mark);
    Result<ColumnOutput> tried = BuildFlat(place, other);
    if (serves(tried)) return tried;
  }
  // For the first one's message, or its steps.
  place.builder.GoBack(mark);
  return BuildFlat(place, choice);
}

}  // namespace

Result<ProviderChoice> ChooseGenerator(const Table& table, const Column& column) {
  const Node* named = NamedProvider(column);
  ProviderChoice choice;
  if (const Relationship* relationship = ReferenceOf(table, column.name)) {
    if (named && named->scalar != "reference") {
      return UsageErrorAt(named->place,
                          "the values of column " + column.name + " come from table " +
                              relationship->to_table + ", which it refers to",
                          "leave the provider out");
    }
    choice.provider = FindProvider("reference");
    choice.reason = "refers to " + relationship->to_table;
    return choice;
  }
  const bool whole = ValueKindOf(*column.type) == kIntegerValue;
  if (!named && whole && column.primary_key_position > 0 && !column.unique) {
    ARROW_ASSIGN_OR_RAISE(bool numbered, IsKeyOfChildren(table));
    choice.provider = FindProvider("child_number");
    choice.reason = "relationship";
    if (numbered) return choice;
  }
  if (!column.generate && column.primary_key_position == 0 && !column.unique &&
      !EarlierColumns(table, column).empty() &&
      (FindProvider("after")->kinds & ValueKindOf(*column.type))) {
    choice.provider = FindProvider("after");
    choice.reason = "rule";
    return choice;
  }
  // Only together are the columns of a key unique: a small number needs no sequence.
  const bool counted = column.minimum && column.maximum;
  if (!named && whole && column.primary_key_position > 0 && !column.unique &&
      table.PrimaryKey().size() > 1 && column.enum_values.empty() &&
      (counted || RefersInKey(table))) {
    choice.provider = FindProvider("integer");
    choice.reason = "key";
    return choice;
  }
  return ChooseProvider(column);
}

Result<ColumnOutput> ColumnScope::BuildAs(const Node& generator) {
  Column column = column_;
  column.generate = std::make_shared<const Node>(generator);
  // The whole column is judged, not what some rows have.
  column.unique = false;
  column.primary_key_position = 0;
  return BuildColumn({table_, column, path_, program_, row_});
}

Result<ColumnOutput> BuildColumn(const ColumnPlace& place) {
  const Column& column = place.column;
  const bool nested = ValueKindOf(*column.type) == kNestedValue;
  if (nested && !NamedProvider(column)) return BuildNested(place);
  const bool is_of_table = place.path == place.table.name;
  ARROW_ASSIGN_OR_RAISE(ProviderChoice choice, is_of_table ? ChooseGenerator(place.table, column)
                                                           : ChooseProvider(column));
  return BuildByChoices(place, choice);
}

}  // namespace tamis
