// A pipeline's parameters: their types and values, and what `$name` becomes in a path. In
// expressions and SQL a parameter stays a typed value: src/expr and the engines bind it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "expr/expr.h"
#include "spec/node.h"

namespace tamis {

/// `--set NAME=VALUE`, in the order of the command line; a later one wins.
using ParameterOverrides = std::vector<std::pair<std::string, std::string>>;

/// The parameters of one run.
class ParameterSet {
 public:
  /// Reads the `parameters` of a pipeline (null: none) and gives each its value: the override, else
  /// the default. Types are string, int, double, bool, date, timestamp and path; a date or
  /// timestamp may be today, yesterday, now or an expression without columns. UsageError for
  /// unknown names, values that are not of the type, and parameters without a value.
  static Result<ParameterSet> Read(const Node* declared, const ParameterOverrides& overrides,
                                   int64_t run_time_us);

  /// The values by name, and `run_time`.
  const Parameters& values() const { return values_; }

  /// `text` of a path with its parameters in place ($name, $(name); $$ is a dollar). The value of a
  /// parameter whose type is not path can't be empty, hold a slash, glob or control character, or
  /// make a part of the path `.` or `..`.
  Result<std::string> ExpandPath(const Node& text, const std::string& what) const;

  /// A whole number: written out, or a parameter of type int.
  Result<int64_t> ExpandInt(const Node& node, const std::string& what) const;

  /// Notes that an expression or SQL at `place` uses `name`; UsageError if there is none.
  Status Use(const std::string& name, const Place& place) const;

  /// Declared parameters that nothing has used so far.
  std::vector<std::string> Unused() const;
  /// The user's parameters in the order of their declaration: name, type, and value as text.
  struct Listed {
    std::string name, type, value;
  };
  std::vector<Listed> List() const;

 private:
  struct Declared {
    std::string name, type;
  };
  const Declared* Find(const std::string& name) const;
  Status Set(const std::string& name, const std::string& type, const Node& value);

  std::vector<Declared> declared_;
  Parameters values_;
  mutable std::set<std::string> used_;
};

/// A parameter's value as a path shows it: 2026-11-21, 2026-11-21T10:00:00Z, 42, true.
std::string ParameterText(const arrow::Scalar& value);

}  // namespace tamis
