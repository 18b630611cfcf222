// git as a child process. See history_git.h.
#include "deploy/history_git.h"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <sstream>

namespace tamis {
namespace {

/// This process's environment with nothing in it that leads git to another repository, traces or
/// runs something. GIT_CONFIG_* says which configuration is the user's own, and stays.
std::vector<std::string> Environment() {
  std::vector<std::string> kept;
  for (std::string& variable : EnvironmentWithout("LC_ALL=")) {
    bool is_git = variable.starts_with("GIT_");
    bool is_own = variable.starts_with("GIT_CONFIG_") || variable.starts_with("GIT_EXEC_PATH=");
    if ((!is_git || is_own) && !variable.starts_with("LANGUAGE=")) {
      kept.push_back(std::move(variable));
    }
  }
  for (const char* setting : {
           "LC_ALL=C",                  // messages are told apart below
           "GIT_OPTIONAL_LOCKS=0",      // never refresh an index
           "GIT_NO_REPLACE_OBJECTS=1",  // what is stored, not what it is shown as
           "GIT_GRAFT_FILE=/dev/null",  // the same
           "GIT_NO_LAZY_FETCH=1",       // since git 2.45; older ones have the next
           "GIT_ALLOW_PROTOCOL=none",   // no remote can be talked to
           "GIT_TERMINAL_PROMPT=0",
           "GIT_PAGER=cat",
       }) {
    kept.emplace_back(setting);
  }
  return kept;
}

/// The words after `mark` up to the end of its line; empty if it is not there.
std::string After(const std::string& text, std::string_view mark) {
  size_t at = text.find(mark);
  if (at == std::string::npos) return "";
  at += mark.size();
  return text.substr(at, text.find('\n', at) - at);
}

/// What git says first, without its `fatal: `.
std::string FirstError(const std::string& errors) {
  for (std::string_view line : SplitLines(errors)) {
    for (std::string_view mark : {"fatal: ", "error: "}) {
      if (line.starts_with(mark)) return std::string(line.substr(mark.size()));
    }
  }
  return errors.substr(0, errors.find('\n'));
}

}  // namespace

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Result<GitRepository> GitRepository::Open(std::string directory, const StopToken& stop) {
  struct stat found;
  if (stat(directory.c_str(), &found) != 0) return IoErrorFromErrno(directory, errno);
  if (!S_ISDIR(found.st_mode)) return IoErrorFromErrno(directory, ENOTDIR);
  GitRepository repository(std::move(directory), stop);
  ARROW_ASSIGN_OR_RAISE(
      std::string answer,
      repository.Ask({"rev-parse", "--is-bare-repository", "--is-shallow-repository",
                      "--show-object-format", "--git-common-dir"}));
  ARROW_RETURN_NOT_OK(repository.TakeLayout(answer));
  return repository;
}

// Three words, then a path, which may hold newlines.
Status GitRepository::TakeLayout(const std::string& answer) {
  std::istringstream words(answer);
  std::string bare, shallow;
  std::getline(words, bare);
  std::getline(words, shallow);
  std::getline(words, object_format_);
  std::getline(words, common_directory_, '\0');
  if (common_directory_.ends_with('\n')) common_directory_.pop_back();
  if (object_format_ != "sha1" && object_format_ != "sha256") {
    return IoError(directory_,
                   "objects are named in a way that tamis doesn't know: " + object_format_);
  }
  is_bare_ = bare == "true";
  is_shallow_ = shallow == "true";
  if (!common_directory_.starts_with('/')) common_directory_ = directory_ + "/" + common_directory_;
  return Status::OK();
}

ProcessSpec GitRepository::Spec(const std::vector<std::string>& arguments) const {
  ProcessSpec spec;
  spec.arguments = {"git", "--no-pager", "-C", directory_};
  // A repository's configuration may name programs to run.
  for (const char* setting : {"core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat",
                              "core.sshCommand=false", "core.askPass=false",
                              "core.gitProxy=", "core.alternateRefsCommand=false",
                              "protocol.allow=never", "gc.auto=0", "maintenance.auto=false"}) {
    spec.arguments.emplace_back("-c");
    spec.arguments.emplace_back(setting);
  }
  spec.arguments.insert(spec.arguments.end(), arguments.begin(), arguments.end());
  spec.environment = Environment();
  return spec;
}

Status GitRepository::Failure(const std::string& command, const ProcessEnd& end) const {
  const std::string& errors = end.errors;
  if (errors.find("not a git repository") != std::string::npos) {
    return UsageError(directory_ + ": not a git repository",
                      "name a folder of a work tree, or a bare repository");
  }
  if (errors.find("dubious ownership") != std::string::npos ||
      errors.find("unsafe repository") != std::string::npos) {
    std::string path = After(errors, "--add safe.directory ");
    return IoError(directory_, "the repository belongs to another user, so git refuses to read it",
                   "if you trust it: git config --global --add safe.directory " +
                       (path.empty() ? directory_ : path));
  }
  std::string message = FirstError(errors);
  if (message.empty()) message = "exit code " + std::to_string(end.exit_code);
  if (command == "cat-file") {
    return DataError(directory_ + ": the repository is damaged: " + message,
                     "git fsck lists what is missing or broken; another clone may have it");
  }
  return IoError(directory_, "git " + command + ": " + message);
}

Result<ProcessEnd> GitRepository::Run(const std::vector<std::string>& arguments,
                                      std::string_view input, const OutputTaker& take) const {
  ProcessSpec spec = Spec(arguments);
  spec.input = input;
  auto end = RunProcess(spec, take, *stop_);
  if (end.ok() || end.status().message() != "git: not found") return end;
  return IoError("git", "not found", "install git, or add its folder to PATH");
}

Status GitRepository::Stream(const std::vector<std::string>& arguments, std::string_view input,
                             const OutputTaker& take) const {
  ARROW_ASSIGN_OR_RAISE(ProcessEnd end, Run(arguments, input, take));
  return end.exit_code == 0 ? Status::OK() : Failure(arguments[0], end);
}

Result<std::string> GitRepository::Ask(const std::vector<std::string>& arguments) const {
  std::string answer;
  ARROW_RETURN_NOT_OK(Stream(arguments, "", [&](std::string_view piece) {
    answer += piece;
    return Status::OK();
  }));
  return answer;
}

Result<std::string> GitRepository::AskQuietly(const std::vector<std::string>& arguments) const {
  std::string answer;
  ARROW_ASSIGN_OR_RAISE(ProcessEnd end, Run(arguments, "", [&](std::string_view piece) {
                          answer += piece;
                          return Status::OK();
                        }));
  if (end.exit_code == 0) return answer;
  if (end.exit_code == 1) return std::string();
  return Failure(arguments[0], end);
}

Result<std::vector<std::string>> GitRepository::ShallowCommits() const {
  std::vector<std::string> ids;
  if (!is_shallow_) return ids;
  std::ifstream file(common_directory_ + "/shallow");
  for (std::string line; std::getline(file, line);) ids.push_back(line);
  if (ids.empty()) return IoError(common_directory_ + "/shallow", "can't be read");
  return ids;
}

Result<bool> GitRepository::IsPartial() const {
  ARROW_ASSIGN_OR_RAISE(std::string answer,
                        AskQuietly({"config", "--get-regexp",
                                    "^(extensions\\.partialclone|remote\\..*\\.promisor)$"}));
  return !answer.empty();
}

}  // namespace tamis
