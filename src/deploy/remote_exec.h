// Runs one command on many servers, each with its own part of the work, and gathers what they
// print. Does not change releases.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "deploy/server_release.h"

namespace tamis {

/// What is run. One word is a line for the server's shell; several are a program and its
/// arguments, which no shell splits or expands.
struct RemoteTask {
  std::vector<std::string> words;  // {part} is the server's number from 1, {parts} their number
  size_t part_count = 0;
  std::string gather;         // a folder for SERVER.out and SERVER.err; "": none
  bool prints_lines = false;  // to standard output, after the server's name; if nothing is gathered
};

/// The shell text for part `part` (from 1) of a task.
std::string TaskScript(const RemoteTask& task, size_t part);

/// Runs part `number` + 1 of `task` in the current release's folder, or at home where there is
/// none. Sets the result's exit code and output. A code other than 0 is a failure; IoError if what
/// comes can't be written here.
void ExecOnServer(const RolloutContext& context, const RemoteTask& task, const Server& server,
                  size_t number, HostResult* result);

}  // namespace tamis
