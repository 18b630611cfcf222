// Format options by name: the keys of tamis.format, of a pipeline's read and write, and the flags
// of the command line are the same. Does not parse command lines.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "spec/node.h"

namespace tamis {

/// One option: `--delimiter` on the command line, `delimiter:` in YAML.
struct FormatOption {
  const char* name;   // as in YAML; flags have dashes instead of underscores
  const char* value;  // what its value is called in help; "" for true or false
  const char* help;
};

/// All options, in the order in which help and schemas list them.
std::span<const FormatOption> FormatOptionList();
std::vector<std::string> FormatOptionNames();

/// Sets one option from a YAML value. UsageError at the value when it is not one of this option.
Status SetFormatOption(std::string_view name, const Node& value, FormatOptions* options);

/// Sets one option from a flag's text: `true` or `false`, a number, a character (or `tab`, `\t`,
/// `none`), a list separated by commas for null_values.
Status SetFormatFlag(std::string_view name, std::string_view text, FormatOptions* options);

/// UsageError at `place` when options contradict each other: delimiter = quote, ...
Status CheckFormatOptions(const FormatOptions& options, const Place& place);

/// Reads a whole `tamis.format` mapping on top of `options` and checks the result.
Status ReadFormatOptions(const Node& mapping, FormatOptions* options);

}  // namespace tamis
