// Runs a program as a child process: feeds its input, hands on its output as it comes, keeps its
// last errors. Does not know what the program is.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/stop.h"

namespace tamis {

/// What to run. No shell sees any of it.
struct ProcessSpec {
  std::vector<std::string> arguments;  // the program comes first: a path, or a name to find in PATH
  std::vector<std::string> environment;  // NAME=value, the whole of it
  std::string directory;                 // to run in; "": the current one
  std::string_view input;                // of its standard input, which ends there
  int64_t timeout_ms = 0;                // until it must have ended; 0: no limit
};

/// How a process ended.
struct ProcessEnd {
  int exit_code = 0;  // 128 + N if signal N killed it
  bool timed_out = false;
  std::string errors;  // the last 64 KiB of its standard error
};

/// Takes a piece of what a process printed; an error ends the process.
using OutputTaker = std::function<Status(std::string_view)>;

/// The environment of this process without the variables whose name begins with `prefix`.
std::vector<std::string> EnvironmentWithout(std::string_view prefix);

/// Runs a program until it has ended and closed its output. IoError if it can't be started (for a
/// program that is not installed the message ends in `not found`), Interrupted after `stop`; a
/// failure of the program is no error here. SIGPIPE must be ignored, as src/cli/session.cc does: the
/// program may end before it has read its input.
Result<ProcessEnd> RunProcess(const ProcessSpec& spec, const OutputTaker& take,
                              const StopToken& stop);

}  // namespace tamis
