// Orders the steps of a pipeline and checks what spans several of them. See pipeline.h.
#include "plan/pipeline.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "plan/sql_shape.h"
#include "plan/step_reader.h"
#include "spec/reader.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

bool IsStepName(const std::string& name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
         });
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// A step and what it takes rows from, by index.
struct Ordered {
  Step step;
  const Node* node = nullptr;
  std::vector<size_t> inputs;
};

class PipelineReader {
 public:
  explicit PipelineReader(const PipelineContext& context) : context_(context) {}

  Result<Plan> Read(const Node& root) {
    MappingReader reader(root, "a pipeline");
    reader.Optional("pipeline", &plan_.name);
    const Node* declared = reader.OptionalMapping("parameters");
    const Node* steps = reader.RequiredNode("steps");
    reader.Ignore({"description"});
    ARROW_RETURN_NOT_OK(reader.Finish());
    if (plan_.name.empty()) plan_.name = "pipeline";
    ARROW_ASSIGN_OR_RAISE(parameters_,
                          ParameterSet::Read(declared, context_.overrides, context_.run_time_us));
    plan_.parameters = parameters_.values();
    ARROW_RETURN_NOT_OK(ReadSources(*steps));
    for (Ordered& one : ordered_) ARROW_RETURN_NOT_OK(FindInputs(&one));
    ARROW_RETURN_NOT_OK(Sort());
    ARROW_RETURN_NOT_OK(ReadSteps());
    ARROW_RETURN_NOT_OK(CheckOutputs(plan_));
    Complain(declared);
    return std::move(plan_);
  }

 private:
  Status ReadSources(const Node& steps) {
    ARROW_RETURN_NOT_OK(ExpectMapping(steps, "steps"));
    if (steps.entries.empty()) return UsageErrorAt(steps.place, "steps: there are none");
    std::map<std::string, Place> seen;
    for (const auto& [name, node] : steps.entries) {
      if (!IsStepName(name.scalar)) {
        return UsageErrorAt(name.place, "not a step's name: " + name.scalar,
                            "letters, digits and underscores, as it is a table in SQL");
      }
      // SQL does not tell letter case apart.
      if (!seen.emplace(Lower(name.scalar), name.place).second) {
        return UsageErrorAt(name.place, "two steps differ by letter case only: " + name.scalar);
      }
      Ordered one;
      one.node = &node;
      one.step.name = name.scalar;
      one.step.place = name.place;
      ARROW_RETURN_NOT_OK(ReadStepSource(node, parameters_, &one.step));
      ordered_.push_back(std::move(one));
    }
    return Status::OK();
  }

  /// The steps that another one may take rows from.
  std::vector<std::string> NamesBut(const Step& step) const {
    std::vector<std::string> names;
    for (const Ordered& one : ordered_) {
      if (one.step.name != step.name) names.push_back(one.step.name);
    }
    return names;
  }

  size_t IndexOf(const std::string& name, bool ignore_case) const {
    for (size_t i = 0; i < ordered_.size(); ++i) {
      const std::string& own = ordered_[i].step.name;
      if (own == name || (ignore_case && Lower(own) == Lower(name))) return i;
    }
    return ordered_.size();
  }

  Status FindInputs(Ordered* one) {
    std::set<size_t> inputs;
    const size_t own = static_cast<size_t>(one - ordered_.data());
    if (one->step.from) {
      const size_t index = IndexOf(one->step.from->step, false);
      if (index == ordered_.size()) {
        return UsageErrorAt(one->step.from->place, "unknown step: " + one->step.from->step,
                            DidYouMean(one->step.from->step, NamesBut(one->step)));
      }
      inputs.insert(index);
    }
    if (one->step.sql) {
      const Node& text = *one->node->Find("sql");
      ARROW_ASSIGN_OR_RAISE(SqlNames names, ListSqlNames(text));
      for (const SqlName& table : names.tables) {
        if (IndexOf(table.name, true) < ordered_.size()) continue;
        return UsageErrorAt(PlaceInScalar(text, table.offset), "unknown step: " + table.name,
                            DidYouMean(table.name, NamesBut(one->step)));
      }
      for (const SqlName& word : names.words) {
        const size_t index = IndexOf(word.name, true);
        // The step's own name may well be a column or an alias in it.
        const bool is_table =
            std::any_of(names.tables.begin(), names.tables.end(),
                        [&](const SqlName& table) { return table.offset == word.offset; });
        if (index < ordered_.size() && (index != own || is_table)) inputs.insert(index);
      }
    }
    one->inputs.assign(inputs.begin(), inputs.end());
    return Status::OK();
  }

  /// Inputs first, else in the order of the file.
  Status Sort() {
    std::vector<Mark> marks(ordered_.size(), Mark::kNew);
    std::vector<size_t> path;
    for (size_t i = 0; i < ordered_.size(); ++i) ARROW_RETURN_NOT_OK(Visit(i, &marks, &path));
    return Status::OK();
  }

  enum class Mark : uint8_t { kNew, kOpen, kDone };

  Status Visit(size_t index, std::vector<Mark>* marks, std::vector<size_t>* path) {
    if ((*marks)[index] == Mark::kDone) return Status::OK();
    path->push_back(index);
    if ((*marks)[index] == Mark::kOpen) {
      std::string cycle;
      const auto begin = std::find(path->begin(), path->end(), index);
      for (auto it = begin; it != path->end(); ++it) {
        cycle += (cycle.empty() ? "" : " <- ") + ordered_[*it].step.name;
      }
      return UsageErrorAt(ordered_[index].step.place, "steps take rows from each other: " + cycle);
    }
    (*marks)[index] = Mark::kOpen;
    for (size_t input : ordered_[index].inputs) ARROW_RETURN_NOT_OK(Visit(input, marks, path));
    (*marks)[index] = Mark::kDone;
    path->pop_back();
    order_.push_back(index);
    return Status::OK();
  }

  Status ReadSteps() {
    StepReader reader(context_, parameters_, &plan_.warnings);
    std::map<std::string, const Step*> done;
    for (size_t index : order_) {
      Ordered& one = ordered_[index];
      if (one.step.sql) {
        for (size_t earlier : order_) {
          const bool is_input =
              std::find(one.inputs.begin(), one.inputs.end(), earlier) != one.inputs.end();
          if (is_input) one.step.sql->tables.push_back(ordered_[earlier].step.name);
        }
      }
      ARROW_RETURN_NOT_OK(reader.Read(*one.node, done, &one.step));
      for (size_t input : one.inputs) ordered_[input].step.consumers.push_back(one.step.name);
      done[one.step.name] = &one.step;
    }
    for (size_t index : order_) plan_.steps.push_back(std::move(ordered_[index].step));
    return Status::OK();
  }

  /// What is allowed but can hardly be meant.
  void Complain(const Node* declared) {
    for (const Step& step : plan_.steps) {
      if (step.write || !step.consumers.empty()) continue;
      plan_.warnings.push_back(step.place.ToString() + ": nothing uses the step " + step.name);
    }
    for (const std::string& name : parameters_.Unused()) {
      for (const auto& [key, node] : declared->entries) {
        if (key.scalar != name) continue;
        plan_.warnings.push_back(key.place.ToString() + ": nothing uses the parameter " + name);
      }
    }
  }

  const PipelineContext& context_;
  ParameterSet parameters_;
  std::vector<Ordered> ordered_;  // in the order of the file
  std::vector<size_t> order_;     // inputs first
  Plan plan_;
};

}  // namespace

namespace {

struct OutputPath {
  std::string path;
  std::string normal;  // absolute, without . and ..
  std::string step;
  Place place;
};

std::string NormalPath(const std::string& path) {
  std::error_code unknown;  // the current folder is gone: then the path as it is
  auto absolute = std::filesystem::absolute(path, unknown);
  std::string normal = (unknown ? std::filesystem::path(path) : absolute).lexically_normal();
  if (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

std::vector<OutputPath> OutputsOf(const Plan& plan) {
  std::vector<OutputPath> outputs;
  for (const Step& step : plan.steps) {
    auto add = [&](const std::string& path, const Place& place) {
      if (path.empty() || path == "-") return;
      outputs.push_back({path, NormalPath(path), step.name, place});
    };
    if (step.write) add(step.write->path, step.write->place);
    if (step.rejects) add(step.rejects->path, step.rejects->place);
  }
  return outputs;
}

}  // namespace

Status CheckOutputs(const Plan& plan) {
  std::vector<OutputPath> outputs = OutputsOf(plan);
  for (size_t i = 0; i < outputs.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const OutputPath &one = outputs[i], &other = outputs[j];
      const bool same = one.normal == other.normal;
      const bool inside =
          one.normal.starts_with(other.normal + "/") || other.normal.starts_with(one.normal + "/");
      if (!same && !inside) continue;
      const std::string who = one.step == other.step
                                  ? "the rows and the rejects of one step"
                                  : "the steps " + other.step + " and " + one.step;
      const std::string what =
          same ? " can't both be written to " + one.path
               : " can't be written into each other: " + other.path + " and " + one.path;
      return UsageErrorAt(one.place, who + what, "give each a path of its own");
    }
  }
  return Status::OK();
}

Result<Plan> ParsePipeline(const std::shared_ptr<const SourceText>& source,
                           const PipelineContext& context) {
  ARROW_ASSIGN_OR_RAISE(Node root, ParseYaml(source));
  if (root.is_mapping() && root.Find("kind") && root.Find("apiVersion")) {
    return UsageErrorAt(root.place, "this is a contract, not a pipeline");
  }
  return PipelineReader(context).Read(root);
}

}  // namespace tamis
