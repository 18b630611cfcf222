// tamis repo as other commands may start it too. Does not parse the line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/session.h"

namespace tamis {

struct RepoFlags {
  std::string directory = ".";
  int64_t top = 20;
  std::string sort = "size";  // or packed
};

/// Adds --top and --sort.
void AddRepoFlags(CLI::App* command, RepoFlags* flags);

/// Analyzes a repository, prints what was found and returns the exit code. `command` is what
/// messages call it.
int RunRepo(Session& session, const std::string& command, const RepoFlags& flags);

}  // namespace tamis
