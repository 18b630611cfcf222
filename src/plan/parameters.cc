// Reads parameters and puts them into paths. See parameters.h.
#include "plan/parameters.h"

#include <arrow/type.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "base/suggest.h"
#include "contract/values.h"
#include "spec/emit.h"
#include "spec/reader.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

constexpr int64_t kDayUs = 86'400'000'000;

const std::vector<std::string> kTypes = {"string", "int",       "double", "bool",
                                         "date",   "timestamp", "path"};

std::shared_ptr<arrow::DataType> ArrowTypeOf(const std::string& type) {
  if (type == "int") return arrow::int64();
  if (type == "double") return arrow::float64();
  if (type == "bool") return arrow::boolean();
  if (type == "date") return arrow::date32();
  if (type == "timestamp") return arrow::timestamp(arrow::TimeUnit::MICRO, "UTC");
  return arrow::utf8();
}

bool IsNameByte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool IsName(const std::string& text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 &&
         std::all_of(text.begin(), text.end(), IsNameByte);
}

/// today, yesterday and now, as a date or a timestamp (of its midnight in UTC).
std::shared_ptr<arrow::Scalar> RelativeTime(const std::string& word, const std::string& type,
                                            int64_t run_time_us) {
  const int64_t day = run_time_us / kDayUs - (run_time_us % kDayUs < 0 ? 1 : 0);
  int64_t time_us = 0;
  if (word == "today") {
    time_us = day * kDayUs;
  } else if (word == "yesterday") {
    time_us = (day - 1) * kDayUs;
  } else if (word == "now") {
    time_us = run_time_us;
  } else {
    return nullptr;
  }
  if (type == "timestamp") {
    return std::make_shared<arrow::TimestampScalar>(time_us, ArrowTypeOf(type));
  }
  const int64_t days = word == "yesterday" ? day - 1 : day;
  return std::make_shared<arrow::Date32Scalar>(static_cast<int32_t>(days));
}

/// One `$name` or `$(name)` in a text.
struct Mention {
  size_t begin = 0;
  size_t end = 0;
  std::string name;  // "" for $$
};

/// The parameter at byte `at` of the node's text, which is a dollar.
Result<Mention> MentionAt(const Node& node, size_t at) {
  const std::string& text = node.scalar;
  Mention mention{at, at + 1, ""};
  if (text.substr(at, 2) == "$$") {
    mention.end = at + 2;
    return mention;
  }
  const bool bracket = text.substr(at, 2) == "$(";
  size_t begin = bracket ? at + 2 : at + 1;
  size_t end = begin;
  while (end < text.size() && IsNameByte(text[end])) ++end;
  mention.name = text.substr(begin, end - begin);
  mention.end = bracket ? end + 1 : end;
  if (!IsName(mention.name) || (bracket && (end >= text.size() || text[end] != ')'))) {
    return UsageErrorAt(PlaceInScalar(node, at), "a parameter's name must follow $",
                        "write $name or $(name), or $$ for a dollar");
  }
  return mention;
}

/// Which bytes of a path came out of parameters that are not paths themselves.
struct ExpandedPath {
  std::string text;
  std::vector<bool> foreign;

  void Append(std::string_view piece, bool is_foreign) {
    text += piece;
    foreign.insert(foreign.end(), piece.size(), is_foreign);
  }
};

/// What is wrong with one parameter's value as a piece of a path; "" if nothing is.
std::string PieceProblem(const std::string& value) {
  if (value.empty()) return "is empty";
  for (char c : value) {
    if (c == '/' || c == '\\') return std::string("holds a ") + c;
    if (std::string_view("*?[]{}").find(c) != std::string_view::npos) {
      return std::string("holds a ") + c + ", which would match other files";
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "holds a control character";
  }
  return "";
}

/// The first part of the path that parameters made `.` or `..`; "" if there is none.
std::string DotPart(const ExpandedPath& path) {
  for (size_t begin = 0; begin <= path.text.size();) {
    const size_t end = std::min(path.text.find('/', begin), path.text.size());
    const std::string part = path.text.substr(begin, end - begin);
    const bool is_foreign = std::find(path.foreign.begin() + static_cast<int64_t>(begin),
                                      path.foreign.begin() + static_cast<int64_t>(end),
                                      true) != path.foreign.begin() + static_cast<int64_t>(end);
    if (is_foreign && (part == "." || part == "..")) return part;
    begin = end + 1;
  }
  return "";
}

}  // namespace

std::string ParameterText(const arrow::Scalar& value) {
  if (value.type->id() != arrow::Type::TIMESTAMP) return value.ToString();
  // Arrow writes 2026-11-21 10:00:00.000000Z.
  std::string text = value.ToString();
  std::replace(text.begin(), text.end(), ' ', 'T');
  const size_t fraction = text.find(".000000");
  if (fraction != std::string::npos) text.erase(fraction, 7);
  if (text.back() != 'Z') text += 'Z';
  return text;
}

Status ParameterSet::Set(const std::string& name, const std::string& type, const Node& value) {
  ARROW_RETURN_NOT_OK(ReadString(value, "parameter " + name).status());
  const bool is_time = type == "date" || type == "timestamp";
  if (is_time) {
    const auto& run_time = static_cast<const arrow::TimestampScalar&>(*values_.at("run_time"));
    if (auto relative = RelativeTime(value.scalar, type, run_time.value)) {
      values_[name] = std::move(relative);
      return Status::OK();
    }
  }
  auto parsed = ParseValue(ArrowTypeOf(type), value.scalar);
  if (!parsed.ok() && is_time) {
    // Such as `date_add(today(), 1)`.
    auto computed =
        Expr::EvaluateConstant(value.scalar, PlaceInScalar(value, 0), {*values_.find("run_time")});
    if (computed.ok() && (*computed)->is_valid && (*computed)->type->Equals(ArrowTypeOf(type))) {
      parsed = std::move(computed);
    }
  }
  if (!parsed.ok()) {
    const std::string article = type == "int" ? "an " : "a ";
    return UsageErrorAt(
        value.place, "parameter " + name + ": not " + article + type + ": " + value.scalar,
        is_time ? "write 2026-01-31" + std::string(type == "date" ? "" : "T10:00:00Z") +
                      ", today, yesterday or now"
                : "");
  }
  values_[name] = std::move(*parsed);
  return Status::OK();
}

Result<ParameterSet> ParameterSet::Read(const Node* declared, const ParameterOverrides& overrides,
                                        int64_t run_time_us) {
  ParameterSet set;
  set.values_["run_time"] = std::make_shared<arrow::TimestampScalar>(
      run_time_us, arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"));
  std::vector<std::string> names;
  if (declared) ARROW_RETURN_NOT_OK(ExpectMapping(*declared, "parameters"));
  const Node empty = MakeMapping();
  for (const auto& [key, node] : (declared ? *declared : empty).entries) {
    names.push_back(key.scalar);
  }
  std::map<std::string, std::string> given;
  for (const auto& [name, value] : overrides) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return UsageError("unknown parameter: " + name,
                        names.empty() ? "the pipeline has none" : DidYouMean(name, names));
    }
    given[name] = value;
  }
  for (const auto& [key, node] : (declared ? *declared : empty).entries) {
    const std::string& name = key.scalar;
    if (!IsName(name)) {
      return UsageErrorAt(key.place, "not a parameter's name: " + name,
                          "letters, digits and underscores");
    }
    if (name == "run_time") {
      return UsageErrorAt(key.place, "run_time is the time of the run, not a parameter",
                          "choose another name");
    }
    MappingReader reader(node, "a parameter");
    std::string type;
    reader.RequiredEnum("type", kTypes, &type);
    const Node* fallback = reader.OptionalNode("default");
    reader.Ignore({"description"});
    ARROW_RETURN_NOT_OK(reader.Finish());
    set.declared_.push_back(Declared{name, type});
    const auto override_value = given.find(name);
    if (override_value != given.end()) {
      Node value = MakeWord(override_value->second);
      value.place = Place{std::make_shared<SourceText>(SourceText{"--set " + name, ""}), 0, 0};
      ARROW_RETURN_NOT_OK(set.Set(name, type, value));
    } else if (fallback) {
      ARROW_RETURN_NOT_OK(set.Set(name, type, *fallback));
    } else {
      return UsageErrorAt(key.place, "the parameter " + name + " has no value",
                          "give it with --set " + name + "=VALUE, or a default");
    }
  }
  return set;
}

const ParameterSet::Declared* ParameterSet::Find(const std::string& name) const {
  for (const Declared& one : declared_) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

Status ParameterSet::Use(const std::string& name, const Place& place) const {
  if (name == "run_time") return Status::OK();
  if (!Find(name)) {
    std::vector<std::string> names;
    for (const Declared& one : declared_) names.push_back(one.name);
    return UsageErrorAt(place, "unknown parameter: $" + name,
                        names.empty() ? "declare it under parameters" : DidYouMean(name, names));
  }
  used_.insert(name);
  return Status::OK();
}

Result<std::string> ParameterSet::ExpandPath(const Node& node, const std::string& what) const {
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, what));
  ExpandedPath path;
  for (size_t at = 0; at < text.size();) {
    const size_t dollar = std::min(text.find('$', at), text.size());
    path.Append(std::string_view(text).substr(at, dollar - at), false);
    at = dollar;
    if (at == text.size()) break;
    ARROW_ASSIGN_OR_RAISE(Mention mention, MentionAt(node, at));
    if (mention.name.empty()) {
      path.Append("$", false);
    } else {
      const Place place = PlaceInScalar(node, at);
      ARROW_RETURN_NOT_OK(Use(mention.name, place));
      const std::string value = ParameterText(*values_.at(mention.name));
      const Declared* declared = Find(mention.name);
      const bool is_path = declared && declared->type == "path";
      const std::string problem = is_path ? "" : PieceProblem(value);
      if (!problem.empty()) {
        return UsageErrorAt(place,
                            what + ": the parameter " + mention.name + " " + problem + ": " + value,
                            "only a parameter of type path may");
      }
      path.Append(value, !is_path);
    }
    at = mention.end;
  }
  if (const std::string part = DotPart(path); !part.empty()) {
    return UsageErrorAt(node.place,
                        what + ": parameters make a part of the path " + part + ": " + path.text,
                        "only a parameter of type path may");
  }
  if (path.text.empty()) return UsageErrorAt(node.place, what + ": the path is empty");
  return path.text;
}

Result<int64_t> ParameterSet::ExpandInt(const Node& node, const std::string& what) const {
  if (!node.is_scalar() || !node.scalar.starts_with("$")) return ReadInt(node, what);
  ARROW_ASSIGN_OR_RAISE(Mention mention, MentionAt(node, 0));
  if (mention.end != node.scalar.size()) {
    return UsageErrorAt(node.place, what + ": expected an integer or one parameter");
  }
  ARROW_RETURN_NOT_OK(Use(mention.name, node.place));
  const auto& value = *values_.at(mention.name);
  if (value.type->id() != arrow::Type::INT64) {
    return UsageErrorAt(node.place,
                        what + ": the parameter " + mention.name + " is not of type int");
  }
  return static_cast<const arrow::Int64Scalar&>(value).value;
}

std::vector<std::string> ParameterSet::Unused() const {
  std::vector<std::string> names;
  for (const Declared& one : declared_) {
    if (!used_.contains(one.name)) names.push_back(one.name);
  }
  return names;
}

std::vector<ParameterSet::Listed> ParameterSet::List() const {
  std::vector<Listed> list;
  for (const Declared& one : declared_) {
    list.push_back(Listed{one.name, one.type, ParameterText(*values_.at(one.name))});
  }
  return list;
}

}  // namespace tamis
