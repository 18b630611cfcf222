// Reads the columns of ODCS contracts: types, options, values. See odcs.h.
#include <arrow/type.h>
#include <arrow/type_traits.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "contract/multiple.h"
#include "contract/odcs_read.h"
#include "contract/odcs_shape.h"
#include "contract/options.h"
#include "contract/types.h"
#include "contract/values.h"
#include "spec/emit.h"
#include "spec/reader.h"

namespace tamis {
namespace {

std::string TextOf(const Node& mapping, std::string_view key) {
  const Node* value = mapping.Find(key);
  return value && value->is_scalar() ? value->scalar : "";
}

/// The value under a key of checked shape; null when it is absent.
const Node* ScalarOf(const Node& mapping, std::string_view key) {
  const Node* value = mapping.Find(key);
  return value && value->is_scalar() ? value : nullptr;
}

bool TrueAt(const Node& mapping, std::string_view key) {
  const Node* value = ScalarOf(mapping, key);
  return value && ReadBool(*value, key).ValueOr(false);
}

Result<std::shared_ptr<arrow::Scalar>> ParseAt(const Node& node, const std::string& what,
                                               const Column& column) {
  ARROW_RETURN_NOT_OK(ReadString(node, what).status());
  auto parsed = ParseValue(column.type, node.scalar);
  if (parsed.ok()) return parsed;
  return UsageErrorAt(node.place, what + ": not a value of the type " +
                                      PhysicalTypeName(*column.type) + ": " + node.scalar);
}

/// Numbers are kept in their canonical spelling, so that `1e3` means the same to every reader.
Result<Bound> ReadBound(const Node& node, const std::string& key, bool exclusive,
                        const Column& column) {
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Scalar> value, ParseAt(node, key, column));
  const bool exact = arrow::is_integer(column.type->id()) || arrow::is_decimal(column.type->id());
  return Bound{exact ? value->ToString() : node.scalar, exclusive, node.place};
}

int CompareBounds(const Bound& a, const Bound& b, const Column& column) {
  return CompareValues(**ParseValue(column.type, a.text), **ParseValue(column.type, b.text));
}

/// `minimum` and `exclusiveMinimum` (or maximum): in ODCS 3.0 the second is a flag of the first,
/// since 3.1 a bound of its own. The stricter of two bounds holds.
Status ReadSide(const Node& options, bool is_minimum, bool flags, const Column& column,
                std::optional<Bound>* out) {
  const std::string key = is_minimum ? "minimum" : "maximum";
  const std::string exclusive_key = is_minimum ? "exclusiveMinimum" : "exclusiveMaximum";
  const Node* plain = options.Find(key);
  const Node* exclusive = options.Find(exclusive_key);
  if (plain && !plain->is_null()) {
    ARROW_ASSIGN_OR_RAISE(Bound bound, ReadBound(*plain, key, false, column));
    *out = std::move(bound);
  }
  if (!exclusive || exclusive->is_null()) return Status::OK();
  if (const Result<bool> flag = ReadBool(*exclusive, exclusive_key); flag.ok()) {
    if (!flags) {
      return UsageErrorAt(exclusive->place,
                          exclusive_key + ": expected a bound, found \"" + exclusive->scalar + "\"",
                          "it was true or false in v3.0 only");
    }
    if (*flag && !*out) {
      return UsageErrorAt(exclusive->place, exclusive_key + ": true needs a " + key);
    }
    if (*flag) (*out)->exclusive = true;
    return Status::OK();
  }
  ARROW_ASSIGN_OR_RAISE(Bound bound, ReadBound(*exclusive, exclusive_key, true, column));
  if (*out) {
    const int order = CompareBounds(bound, **out, column);
    if (is_minimum ? order < 0 : order > 0) return Status::OK();
  }
  *out = std::move(bound);
  return Status::OK();
}

/// The text formats that are checked (src/ops/column_checks.cc).
const std::vector<std::string> kTextFormats = {"email", "uuid", "uri", "hostname", "ipv4", "ipv6"};

/// Whether a value lies between the bounds of a type whose values can be counted: integers,
/// decimals and dates. Of others only the bounds themselves tell (CompareBounds).
bool LeavesAValue(const Bound& minimum, const Bound& maximum, const arrow::DataType& type) {
  auto stored = [&](const Bound& bound) {
    if (type.id() == arrow::Type::DATE32) {
      auto value = ParseValue(arrow::date32(), bound.text);
      return arrow::Decimal256(static_cast<const arrow::Date32Scalar&>(**value).value);
    }
    return *arrow::Decimal256::FromString(bound.text);  // canonical: with the type's scale
  };
  if (!arrow::is_integer(type.id()) && !arrow::is_decimal(type.id()) &&
      type.id() != arrow::Type::DATE32) {
    return true;
  }
  const int outside = (minimum.exclusive ? 1 : 0) + (maximum.exclusive ? 1 : 0);
  return stored(minimum) + arrow::Decimal256(outside) <= stored(maximum);
}

std::string BoundText(const Bound& bound) {
  return bound.text + (bound.exclusive ? " (exclusive)" : "");
}

/// UsageError unless an enum's value lies within the column's bounds.
Status CheckWithin(const Node& value, const arrow::Scalar& parsed, const Column& column) {
  for (const auto* bound : {&column.minimum, &column.maximum}) {
    if (!*bound) continue;
    const bool is_minimum = bound == &column.minimum;
    const int order = CompareValues(parsed, **ParseValue(column.type, (*bound)->text));
    if (order == 0 ? !(*bound)->exclusive : (order > 0) == is_minimum) continue;
    return UsageErrorAt(value.place, "enum: " + value.scalar + " lies outside the bounds: the " +
                                         (is_minimum ? "minimum" : "maximum") + " is " +
                                         BoundText(**bound));
  }
  return Status::OK();
}

std::string LowerCase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// The column's parts as its type says them, for nested types that are written as text only.
std::vector<Column> PartsOf(const arrow::DataType& type) {
  std::vector<Column> parts;
  auto add = [&](const std::string& name, const std::shared_ptr<arrow::DataType>& part) {
    Column column;
    column.name = name;
    column.type = part;
    column.logical_type = LogicalTypeName(*part);
    column.physical_type = PhysicalTypeName(*part);
    column.children = PartsOf(*part);
    parts.push_back(std::move(column));
  };
  if (type.id() == arrow::Type::STRUCT) {
    for (const auto& field : type.fields()) add(field->name(), field->type());
  } else if (type.id() == arrow::Type::MAP) {
    add("key", static_cast<const arrow::MapType&>(type).key_type());
    add("value", static_cast<const arrow::MapType&>(type).item_type());
  } else if (type.id() == arrow::Type::LIST) {
    add("item", type.field(0)->type());
  }
  return parts;
}

}  // namespace

Status OdcsReader::ReadColumns(const Node& list, Table* table, std::vector<Column>* columns) {
  std::map<std::string, Place> seen;
  std::map<std::string, std::string> words;  // the names in lower case, as written
  for (const Node& node : list.items) {
    Column column;
    ARROW_RETURN_NOT_OK(ReadColumn(node, table, &column));
    const auto [first, is_new] = seen.emplace(column.name, column.place);
    if (!is_new) {
      return UsageErrorAt(column.place, "duplicate column: " + column.name,
                          "first in line " + std::to_string(first->second.line));
    }
    const auto [like, is_new_word] = words.emplace(LowerCase(column.name), column.name);
    if (!is_new_word) {
      Warn(column.place, "the columns " + like->second + " and " + column.name +
                             " differ only in letter case: SQL and Hive can't tell them apart");
    }
    columns->push_back(std::move(column));
  }
  return Status::OK();
}

Status OdcsReader::ReadColumn(const Node& node, Table* table, Column* column) {
  const Node* name = node.Find("name");
  column->place = name ? name->place : node.place;
  column->name = name ? name->scalar : "item";
  if (column->name.empty()) return UsageErrorAt(column->place, "name: a property needs a name");
  column->description = TextOf(node, "description");
  column->classification = TextOf(node, "classification");
  column->required = TrueAt(node, "required");
  column->unique = TrueAt(node, "unique");
  ARROW_RETURN_NOT_OK(ReadType(node, table, column));
  Node kept_options = MakeMapping();
  ARROW_RETURN_NOT_OK(ReadOptions(node, column, &kept_options));
  ARROW_RETURN_NOT_OK(ReadEnumValues(node, column));
  std::vector<Node> others, quality, relationships;
  ARROW_RETURN_NOT_OK(ReadColumnTamis(node, column, &others));
  if (nesting_ == 0) {
    ARROW_RETURN_NOT_OK(ReadQuality(node, table, column, &quality));
    ARROW_RETURN_NOT_OK(ReadRelationships(node, column->name, &relationships));
  } else {
    KeepNestedRules(node, &quality, &relationships);
  }
  auto rest = KeepRest(
      node,
      {"name", "description", "classification", "required", "unique", "logicalType", "physicalType",
       "primaryKey", "primaryKeyPosition", "logicalTypeOptions", "enum", "properties", "items",
       "map", "quality", "relationships", "customProperties"},
      {{"quality", quality}, {"relationships", relationships}, {"customProperties", others}});
  if (!kept_options.entries.empty()) {
    Node more = rest ? *rest : MakeMapping();
    Put(&more, "logicalTypeOptions", std::move(kept_options));
    rest = std::make_shared<const Node>(std::move(more));
  }
  column->other = std::move(rest);
  return Status::OK();
}

void OdcsReader::KeepNestedRules(const Node& node, std::vector<Node>* quality,
                                 std::vector<Node>* relationships) {
  for (auto [key, kept] :
       {std::pair{"quality", quality}, std::pair{"relationships", relationships}}) {
    const Node* list = node.Find(key);
    if (!list || list->is_null()) continue;
    Warn(list->place, std::string(key) + " of a nested property are kept, but not checked");
    *kept = list->items;
  }
}

Status OdcsReader::ReadType(const Node& node, Table* table, Column* column) {
  static const std::vector<std::string> kLogicalTypes = {"string", "integer",   "number", "boolean",
                                                         "date",   "timestamp", "time",   "object",
                                                         "array",  "map",       "vector"};
  if (const Node* logical = ScalarOf(node, "logicalType")) {
    ARROW_ASSIGN_OR_RAISE(column->logical_type, ReadEnum(*logical, "logicalType", kLogicalTypes));
  }
  PhysicalType physical;
  if (const Node* text = ScalarOf(node, "physicalType")) {
    column->physical_type = text->scalar;
    ARROW_ASSIGN_OR_RAISE(physical, ParsePhysicalType(text->scalar, text->place));
    // ODCS 3.0 has no logicalType for a timestamp: date stands for both.
    const bool old_timestamp = minor_version_ == 0 && column->logical_type == "date" &&
                               physical.logical_type == "timestamp";
    if (!TypesAgree(column->logical_type, physical) && !old_timestamp) {
      return UsageErrorAt(
          text->place,
          "physicalType " + text->scalar + " contradicts logicalType " + column->logical_type,
          "it is of logicalType " + physical.logical_type);
    }
    if (column->logical_type.empty() || old_timestamp) {
      column->logical_type = physical.logical_type;
    }
  } else {
    physical.type = DefaultType(column->logical_type);
    physical.logical_type = column->logical_type;
  }
  if (column->logical_type.empty()) column->logical_type = "string";
  column->type = physical.type;
  column->physical_length = physical.length;
  column->format = physical.format;
  return ReadParts(node, table, column);
}

/// The parts of a nested type come from properties, items or map, or from the text of its
/// physicalType; when from both, they must agree.
Status OdcsReader::ReadParts(const Node& node, Table* table, Column* column) {
  struct Part {
    const char* key;
    std::vector<const char*> logical_types;
  };
  static const std::vector<Part> kParts = {
      {"properties", {"object"}}, {"items", {"array", "vector"}}, {"map", {"map", "object"}}};
  const std::shared_ptr<arrow::DataType> as_text = column->type;
  ++nesting_;
  for (const Part& part : kParts) {
    const Node* value = node.Find(part.key);
    if (!value || value->is_null()) continue;
    if (std::find(part.logical_types.begin(), part.logical_types.end(), column->logical_type) ==
        part.logical_types.end()) {
      return UsageErrorAt(value->place, std::string(part.key) + " belongs to logicalType " +
                                            part.logical_types[0] + ", not " +
                                            column->logical_type);
    }
    if (value->is_sequence()) {
      ARROW_RETURN_NOT_OK(ReadColumns(*value, table, &column->children));
      arrow::FieldVector fields;
      for (const Column& child : column->children) {
        fields.push_back(arrow::field(child.name, child.type, !child.required));
      }
      column->type = arrow::struct_(std::move(fields));
    } else if (part.key == std::string("items")) {
      column->children.resize(1);
      ARROW_RETURN_NOT_OK(ReadColumn(*value, table, &column->children[0]));
      column->type = arrow::list(column->children[0].type);
    } else {
      column->children.resize(2);
      ARROW_RETURN_NOT_OK(ReadColumn(*value->Find("key"), table, &column->children[0]));
      ARROW_RETURN_NOT_OK(ReadColumn(*value->Find("value"), table, &column->children[1]));
      column->children[0].name = "key";
      column->children[1].name = "value";
      column->type = arrow::map(column->children[0].type, column->children[1].type);
    }
  }
  --nesting_;
  if (column->logical_type == "vector" && !column->type)
    column->type = arrow::list(arrow::float32());
  if (!column->type) {
    return UsageErrorAt(column->place,
                        "the column " + column->name + " is of logicalType " +
                            column->logical_type + ", but its parts are not said",
                        column->logical_type == "object"  ? "add properties"
                        : column->logical_type == "array" ? "add items"
                                                          : "add map: {key, value}");
  }
  if (as_text && PhysicalTypeName(*as_text) != PhysicalTypeName(*column->type)) {
    return UsageErrorAt(node.Find("physicalType")->place, "physicalType " + column->physical_type +
                                                              " contradicts the parts, which are " +
                                                              PhysicalTypeName(*column->type));
  }
  if (column->children.empty()) column->children = PartsOf(*column->type);
  return Status::OK();
}

Status OdcsReader::ReadOptions(const Node& node, Column* column, Node* kept) {
  const Node* options = node.Find("logicalTypeOptions");
  if (!options || options->is_null()) return Status::OK();
  const bool has_physical_type = ScalarOf(node, "physicalType") != nullptr;
  MappingReader reader(*options, "logicalTypeOptions");
  const std::vector<std::string> names = LogicalTypeOptionNames(column->logical_type);
  reader.Ignore(names);
  ARROW_RETURN_NOT_OK(reader.Finish());
  if (const Node* format = options->Find("format"); format && !format->is_null()) {
    ARROW_ASSIGN_OR_RAISE(column->format, ReadString(*format, "format"));
    if (column->logical_type == "string") ARROW_RETURN_NOT_OK(CheckTextFormat(*format));
  }
  if (column->logical_type == "string") return ReadLengths(*options, column);
  if (column->logical_type == "integer" || column->logical_type == "number") {
    ARROW_RETURN_NOT_OK(ReadNumberFormat(*options, column, has_physical_type));
    ARROW_RETURN_NOT_OK(ReadMultipleOf(*options, column));
    return ReadBounds(*options, column);
  }
  if (column->logical_type == "timestamp" || column->logical_type == "time") {
    ARROW_RETURN_NOT_OK(ReadZoneOptions(*options, column, has_physical_type));
    return ReadBounds(*options, column);
  }
  if (column->logical_type == "date") return ReadBounds(*options, column);
  for (const auto& [key, value] : options->entries) {
    Warn(key.place, key.scalar + " is kept, but not checked");
    kept->entries.emplace_back(key, value);
  }
  return Status::OK();
}

Status OdcsReader::CheckTextFormat(const Node& format) {
  const auto known = std::find(kTextFormats.begin(), kTextFormats.end(), format.scalar);
  if (known != kTextFormats.end()) return Status::OK();
  if (!Nearest(format.scalar, kTextFormats).empty()) {
    return ReadEnum(format, "format", kTextFormats).status();
  }
  Warn(format.place, "format " + format.scalar + " is kept, but not checked");
  return Status::OK();
}

Status OdcsReader::ReadNumberFormat(const Node& options, Column* column, bool has_physical_type) {
  const Node* format = options.Find("format");
  if (!format || format->is_null()) return Status::OK();
  static const std::map<std::string, std::shared_ptr<arrow::DataType>> kIntegers = {
      {"i8", arrow::int8()},    {"i16", arrow::int16()}, {"i32", arrow::int32()},
      {"i64", arrow::int64()},  {"u8", arrow::uint8()},  {"u16", arrow::uint16()},
      {"u32", arrow::uint32()}, {"u64", arrow::uint64()}};
  static const std::map<std::string, std::shared_ptr<arrow::DataType>> kFloats = {
      {"f32", arrow::float32()}, {"f64", arrow::float64()}};
  const auto& types = column->logical_type == "integer" ? kIntegers : kFloats;
  const auto found = types.find(format->scalar);
  if (found == types.end()) {
    std::vector<std::string> known;
    for (const auto& [name, type] : types) known.push_back(name);
    return ReadEnum(*format, column->logical_type + " format", known).status();
  }
  if (has_physical_type && !found->second->Equals(column->type)) {
    return UsageErrorAt(format->place, "format " + format->scalar + " contradicts physicalType " +
                                           column->physical_type);
  }
  column->type = found->second;
  return Status::OK();
}

Status OdcsReader::ReadZoneOptions(const Node& options, Column* column, bool has_physical_type) {
  const Node* zone = options.Find("timezone");
  if (zone && !zone->is_null()) {
    ARROW_ASSIGN_OR_RAISE(bool has_zone, ReadBool(*zone, "timezone"));
    if (column->logical_type == "time" && has_zone) {
      return UsageErrorAt(zone->place, "a time of day with a zone is not supported",
                          "use a timestamp");
    }
    if (column->logical_type == "timestamp") {
      const auto wanted = arrow::timestamp(arrow::TimeUnit::MICRO, has_zone ? "UTC" : "");
      const bool says_zone = column->physical_type.size() > std::string("timestamp").size();
      if (has_physical_type && says_zone && !wanted->Equals(column->type)) {
        return UsageErrorAt(zone->place, "timezone: " + zone->scalar +
                                             " contradicts physicalType " + column->physical_type);
      }
      column->type = wanted;
    }
  }
  const Node* default_zone = options.Find("defaultTimezone");
  if (!default_zone || default_zone->is_null()) return Status::OK();
  FormatOptions parsed;
  ARROW_RETURN_NOT_OK(SetFormatOption("timestamp_zone", *default_zone, &parsed));
  default_zones_.push_back(DefaultZone{parsed.timestamp_zone, default_zone->place});
  return Status::OK();
}

Status OdcsReader::ReadBounds(const Node& options, Column* column) {
  const bool flags = minor_version_ == 0;
  ARROW_RETURN_NOT_OK(ReadSide(options, true, flags, *column, &column->minimum));
  ARROW_RETURN_NOT_OK(ReadSide(options, false, flags, *column, &column->maximum));
  if (!column->minimum || !column->maximum) return Status::OK();
  const int order = CompareBounds(*column->minimum, *column->maximum, *column);
  const bool exclusive = column->minimum->exclusive || column->maximum->exclusive;
  if ((order < 0 || (order == 0 && !exclusive)) &&
      LeavesAValue(*column->minimum, *column->maximum, *column->type)) {
    return Status::OK();
  }
  return UsageErrorAt(column->maximum->place,
                      "no value is allowed: the minimum is " + BoundText(*column->minimum) +
                          ", the maximum is " + BoundText(*column->maximum));
}

Status OdcsReader::ReadMultipleOf(const Node& options, Column* column) {
  const Node* multiple = options.Find("multipleOf");
  if (!multiple || multiple->is_null()) return Status::OK();
  ARROW_ASSIGN_OR_RAISE(double value, ReadDouble(*multiple, "multipleOf"));
  if (value <= 0) {
    return UsageErrorAt(multiple->place,
                        "multipleOf: expected more than 0, found " + multiple->scalar);
  }
  column->multiple_of = Divisor{multiple->scalar, multiple->place};
  return StoredDivisor(*column->type, *column->multiple_of).status();
}

Status OdcsReader::ReadLengths(const Node& options, Column* column) {
  for (const char* key : {"minLength", "maxLength"}) {
    const Node* node = options.Find(key);
    if (!node || node->is_null()) continue;
    ARROW_ASSIGN_OR_RAISE(int64_t length, ReadInt(*node, key));
    if (length < 0) {
      return UsageErrorAt(node->place,
                          std::string(key) + ": expected 0 or more, found " + node->scalar);
    }
    const bool is_minimum = std::string(key) == "minLength";
    (is_minimum ? column->min_length : column->max_length) = length;
    if (is_minimum && column->physical_length && length > *column->physical_length) {
      return UsageErrorAt(node->place, "minLength " + node->scalar + " contradicts physicalType " +
                                           column->physical_type);
    }
  }
  if (column->min_length && column->max_length && *column->min_length > *column->max_length) {
    return UsageErrorAt(options.Find("maxLength")->place,
                        "maxLength " + std::to_string(*column->max_length) +
                            " is below minLength " + std::to_string(*column->min_length));
  }
  if (const Node* pattern = options.Find("pattern"); pattern && !pattern->is_null()) {
    ARROW_ASSIGN_OR_RAISE(column->pattern, ReadString(*pattern, "pattern"));
    ARROW_RETURN_NOT_OK(CheckPattern(pattern->place, column->pattern));
  }
  return Status::OK();
}

Status OdcsReader::ReadEnumValues(const Node& node, Column* column) {
  const Node* list = node.Find("enum");
  if (!list || list->is_null()) return Status::OK();
  if (list->items.empty()) return UsageErrorAt(list->place, "enum: at least one value is needed");
  std::set<std::string> seen;
  for (const Node& item : list->items) {
    const Node* value = item.Find("value");
    if (value->is_null()) {
      if (!column->required) continue;
      return UsageErrorAt(value->place, "enum: null contradicts required: true");
    }
    ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Scalar> parsed, ParseAt(*value, "enum", *column));
    ARROW_RETURN_NOT_OK(CheckWithin(*value, *parsed, *column));
    if (!seen.insert(parsed->ToString()).second) {
      return UsageErrorAt(value->place, "enum: duplicate value: " + value->scalar);
    }
    column->enum_values.push_back(value->scalar);
  }
  return Status::OK();
}

Status OdcsReader::ReadColumnTamis(const Node& node, Column* column, std::vector<Node>* others) {
  ARROW_ASSIGN_OR_RAISE(CustomProperties properties,
                        SplitCustomProperties(node, {"tamis.format", "tamis.generate",
                                                     "tamis.anonymize", "tamis.ddl"}));
  *others = std::move(properties.others);
  for (const auto& [name, value] : properties.tamis) {
    if (name == "tamis.format") {
      FixedField fixed;
      MappingReader reader(*value, name);
      reader.Required("offset", &fixed.offset);
      reader.Required("width", &fixed.width);
      ARROW_RETURN_NOT_OK(reader.Finish());
      if (fixed.offset < 0 || fixed.width < 1 || fixed.offset > INT32_MAX ||
          fixed.width > INT32_MAX) {
        return UsageErrorAt(value->place,
                            "tamis.format: the offset is at least 0, the width at least 1 byte");
      }
      column->fixed = fixed;
    } else if (name == "tamis.ddl") {
      ARROW_RETURN_NOT_OK(ExpectMapping(*value, name));
      column->ddl = std::make_shared<const Node>(*value);
    } else if (value->is_sequence() || value->is_null()) {
      return UsageErrorAt(value->place,
                          name + ": expected text or a mapping, found " + Describe(*value));
    } else {
      (name == "tamis.generate" ? column->generate : column->anonymize) =
          std::make_shared<const Node>(*value);
    }
  }
  return Status::OK();
}

}  // namespace tamis
