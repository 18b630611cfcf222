// The commands of the program: one function each, one file each. Does not implement them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "cli/session.h"

namespace tamis {

/// What a command does once the line is parsed: returns the exit code.
using Action = std::function<int(Session&)>;

// Each adds its command to `app` and sets `*action` when the line names it.
void AddRun(CLI::App& app, Action* action);
void AddExplain(CLI::App& app, Action* action);
void AddConvert(CLI::App& app, Action* action);
void AddValidate(CLI::App& app, Action* action);
void AddGenerate(CLI::App& app, Action* action);
void AddAnonymize(CLI::App& app, Action* action);
void AddSql(CLI::App& app, Action* action);
void AddInspect(CLI::App& app, Action* action);
void AddTest(CLI::App& app, Action* action);
void AddDdl(CLI::App& app, Action* action);
void AddDeploy(CLI::App& app, Action* action);
void AddRepo(CLI::App& app, Action* action);

}  // namespace tamis
