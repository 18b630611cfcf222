// The program: parses the command line and starts one command. Does no work itself.
#include <arrow/util/config.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "base/suggest.h"
#include "cli/command.h"

#ifndef TAMIS_VERSION
#define TAMIS_VERSION "0.1.0"
#endif

namespace {

using tamis::Action;
using tamis::GlobalFlags;

void AddGlobalFlags(CLI::App& app, GlobalFlags* flags) {
  app.add_flag("--json", flags->json, "Print one JSON object on standard output (docs/cli.md)");
  app.add_flag("-q,--quiet", flags->quiet, "Print nothing but errors");
  app.add_flag("-v,--verbose", flags->verbose, "Say what the run uses");
  app.add_option("--threads", flags->thread_count, "Threads (default: one a core)")->type_name("N");
  app.add_option("--memory", flags->memory, "Memory to use (default: half of the machine's)")
      ->type_name("SIZE");
  app.add_option("--temp", flags->temp, "Folder for what does not fit in memory")->type_name("DIR");
}

// The first word that nobody knows, and what is near it.
std::string Hint(const CLI::App& app, int argc, char** argv, std::string* unknown) {
  std::vector<std::string> known;
  const CLI::App* at = &app;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word.starts_with("-")) {
      known.clear();
      for (const CLI::App* place : {at, &app}) {
        for (const CLI::Option* option : place->get_options()) {
          for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
        }
      }
      std::string name = word.substr(0, word.find('='));
      bool is_known = std::find(known.begin(), known.end(), name) != known.end();
      if (!is_known && word.starts_with("--")) {
        *unknown = name;
        return tamis::DidYouMean(name, known, 0);
      }
      continue;
    }
    if (at != &app) continue;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      if (command->get_name() == word) at = command;
      known.push_back(command->get_name());
    }
    if (at == &app) {
      *unknown = word;
      return tamis::DidYouMean(word, known, 20);
    }
  }
  return "";
}

// The command that the line names; empty if none.
std::string CommandOf(const CLI::App& app, int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      if (command->get_name() == argv[i]) return argv[i];
    }
  }
  return "";
}

int RefuseLine(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::string word;
  std::string hint = Hint(app, argc, argv, &word);
  bool is_unknown = dynamic_cast<const CLI::ExtrasError*>(&error) ||
                    (dynamic_cast<const CLI::RequiredError*>(&error) && !word.empty());
  std::string message = error.what();
  if (is_unknown && !word.empty()) {
    message = (word.starts_with("-") ? "unknown flag: " : "unknown command: ") + word;
  }
  const arrow::Status refused =
      tamis::UsageError(message, hint.empty() ? "see tamis --help" : hint);
  if (std::find(argv + 1, argv + argc, std::string_view("--json")) != argv + argc) {
    const std::string json = tamis::FormatCommandJson(CommandOf(app, argc, argv), refused, {});
    std::fputs(json.c_str(), stdout);
  }
  std::fprintf(stderr, "tamis: error: %s", tamis::FormatError(refused).c_str());
  return static_cast<int>(tamis::ExitCodeOf(refused));
}

// A file that is opened first must not become standard output: a closed stream stays one that
// can't be read or written.
void GuardStreams() {
  constexpr int kUseless[] = {O_WRONLY, O_RDONLY, O_WRONLY};  // what 0, 1 and 2 are not for
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) < 0) ARROW_UNUSED(open("/dev/null", kUseless[fd]));
  }
}

// What was printed must have arrived.
int EndOutput(int exit_code) {
  bool lost = std::fflush(stdout) != 0 || std::ferror(stdout);
  if (!lost || exit_code != 0 || errno == EPIPE) return exit_code;  // who closed a pipe has enough
  std::fprintf(stderr, "tamis: error: standard output: %s\n", std::strerror(errno));
  return static_cast<int>(tamis::ExitCode::kIo);
}

}  // namespace

int main(int argc, char** argv) {
  GuardStreams();
  CLI::App app{
      "tamis makes, checks, anonymizes, reshapes and loads tabular data.\n"
      "Data goes to standard output, messages to standard error.",
      "tamis"};
  app.set_version_flag("--version", std::string("tamis ") + TAMIS_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.footer(
      "Exit codes: 0 done, 1 the data failed its checks, 2 usage, 3 input or output, 130 "
      "interrupted.");
  GlobalFlags flags;
  AddGlobalFlags(app, &flags);
  Action action;
  tamis::AddGenerate(app, &action);
  tamis::AddAnonymize(app, &action);
  tamis::AddValidate(app, &action);
  tamis::AddConvert(app, &action);
  tamis::AddRun(app, &action);
  tamis::AddExplain(app, &action);
  tamis::AddSql(app, &action);
  tamis::AddInspect(app, &action);
  tamis::AddDdl(app, &action);
  tamis::AddDeploy(app, &action);
  tamis::AddRepo(app, &action);
  tamis::AddTest(app, &action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return EndOutput(app.exit(help));
  } catch (const CLI::CallForAllHelp& help) {
    return EndOutput(app.exit(help));
  } catch (const CLI::CallForVersion& version) {
    return EndOutput(app.exit(version));
  } catch (const CLI::ParseError& error) {
    return EndOutput(RefuseLine(app, error, argc, argv));
  }
  tamis::Session session(flags);
  return EndOutput(action(session));
}
