// tamis deploy: rolls files out to groups of servers, goes back, looks, runs commands there.
#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "base/source_text.h"
#include "cli/command.h"
#include "cli/repo.h"
#include "deploy/remote_exec.h"
#include "deploy/rollout.h"
#include "report/run_record.h"

namespace tamis {
namespace {

enum class DeployAction { kDeploy, kDryRun, kRollback, kStatus, kCheck, kExec };

struct DeployFlags {
  std::string plan;
  std::vector<std::string> limits;
  std::vector<std::string> words;
  std::string rollback_to;
  std::string gather;
  bool dry_run = false;
  bool diff = false;
  bool break_lock = false;
  bool analyze = false;
};

// ssh adds 17 characters of its own to the name of a socket, which has 107.
constexpr size_t kSocketFolderBytesMax = 80;

std::string Holder(const std::string& run_id) {
  char host[256] = "?";
  ARROW_UNUSED(gethostname(host, sizeof(host) - 1));
  const passwd* user = getpwuid(getuid());
  return std::string(user ? user->pw_name : "?") + "@" + host + ", run " + run_id;
}

LogOptions MakeLogOptions(const Session& session) {
  LogOptions options;
  options.terminal = isatty(STDERR_FILENO) == 1 && !session.flags().json;
  options.colors = session.colors();
  options.quiet = session.flags().quiet;
  options.verbose = session.flags().verbose;
  return options;
}

bool Succeeded(const HostResult& result) {
  return result.state == HostResult::State::kDone || result.state == HostResult::State::kUnchanged;
}

const char* StateName(const HostResult& result) {
  switch (result.state) {
    case HostResult::State::kNotStarted:
      return "not_started";
    case HostResult::State::kDone:
      return "ok";
    case HostResult::State::kUnchanged:
      return "unchanged";
    case HostResult::State::kFailed:
      return ExitCodeOf(result.status) == ExitCode::kInterrupted ? "interrupted" : "failed";
  }
  return "";
}

std::string Quoted(const std::string& text) { return text.empty() ? "null" : JsonText(text); }

std::string ServerJson(const HostResult& result, bool exec) {
  std::string json = "{\"server\": " + JsonText(result.server) +
                     ", \"group\": " + JsonText(result.group) + ", \"status\": \"" +
                     StateName(result) + "\"";
  std::string message = result.status.ok() ? "" : FormatError(result.status);
  while (message.ends_with("\n")) message.pop_back();
  char seconds[32];
  std::snprintf(seconds, sizeof(seconds), "%.3f", result.seconds);
  json += ", \"message\": " + Quoted(message) + ", \"seconds\": " + seconds;
  if (exec) {
    return json + ", \"exit_code\": " + std::to_string(result.exit_code) +
           ", \"stdout\": " + JsonText(result.output) + "}";
  }
  return json + ", \"release\": " + Quoted(result.release) +
         ", \"previous\": " + Quoted(result.previous) +
         ", \"rolled_back\": " + (result.rolled_back ? "true" : "false") +
         ", \"files\": " + std::to_string(result.files) +
         ", \"files_copied\": " + std::to_string(result.files_sent) +
         ", \"bytes_copied\": " + std::to_string(result.bytes_sent) +
         ", \"bytes_sent\": " + std::to_string(result.wire_bytes) +
         ", \"changes\": " + JsonTexts(result.changes) +
         ", \"releases\": " + JsonTexts(result.releases) + "}";
}

/// What a run comes to: the exit code's status, and the words of the last line.
struct Outcome {
  Status status;
  std::string summary;
};

Outcome Sum(const std::vector<HostResult>& results, const StopToken& stop) {
  int64_t done = 0, unchanged = 0;
  std::string failed, not_started;
  Outcome outcome;
  const auto add = [](std::string* list, const std::string& name) {
    *list += (list->empty() ? "" : ", ") + name;
  };
  for (const HostResult& result : results) {
    if (Succeeded(result)) ++done;
    if (result.state == HostResult::State::kUnchanged) ++unchanged;
    if (result.state == HostResult::State::kFailed) add(&failed, result.server);
    if (result.state == HostResult::State::kNotStarted) add(&not_started, result.server);
    const ExitCode code = ExitCodeOf(result.status);
    if (code == ExitCode::kIo || code == ExitCode::kUsage) outcome.status = result.status;
  }
  outcome.summary = std::to_string(done) + " of " + std::to_string(results.size()) +
                    (results.size() == 1 ? " server" : " servers");
  if (unchanged > 0) outcome.summary += ", " + std::to_string(unchanged) + " unchanged";
  if (!failed.empty()) outcome.summary += "; failed: " + failed;
  if (!not_started.empty()) outcome.summary += "; not started: " + not_started;
  if (stop.requested()) {
    outcome.status = Interrupted();
  } else if (outcome.status.ok() && done < static_cast<int64_t>(results.size())) {
    outcome.status = DataError(outcome.summary);
  }
  return outcome;
}

ServerWork WorkOf(DeployAction action, const RolloutContext& context, const RemoteTask& task) {
  using Work = void (*)(const RolloutContext&, const Server&, size_t, HostResult*);
  if (action == DeployAction::kExec) {
    return [&](const Server& server, size_t number, HostResult* result) {
      ExecOnServer(context, task, server, number, result);
    };
  }
  const Work work = action == DeployAction::kDryRun     ? CompareServer
                    : action == DeployAction::kRollback ? RollbackServer
                    : action == DeployAction::kStatus   ? InspectServer
                    : action == DeployAction::kCheck    ? CheckServer
                                                        : DeployToServer;
  return [&context, work](const Server& server, size_t number, HostResult* result) {
    work(context, server, number, result);
  };
}

// Whether a command needs to know the files that the plan names.
bool ReadsFiles(DeployAction action) {
  return action != DeployAction::kExec && action != DeployAction::kRollback;
}

Status MakeFolder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  return error ? IoErrorFromErrno(path, error.value()) : Status::OK();
}

int RunDeploy(Session& session, const DeployFlags& flags, DeployAction action) {
  DeployPlan plan;
  std::vector<ServerGroup> groups;
  ReleaseContent content;
  RunOptions options;
  const auto prepare = [&]() -> Status {
    if (flags.plan.empty()) return UsageError("PLAN is missing", "see tamis deploy --help");
    ARROW_ASSIGN_OR_RAISE(auto source, ReadSourceText(flags.plan));
    ARROW_ASSIGN_OR_RAISE(plan, ParseDeployPlan(source));
    ARROW_ASSIGN_OR_RAISE(groups, SelectServers(plan, flags.limits));
    if (ReadsFiles(action) && plan.files.empty()) return UsageError("the plan names no files");
    ARROW_ASSIGN_OR_RAISE(options, session.MakeRunOptions("deploy"));
    if (options.temp_directory.size() > kSocketFolderBytesMax) {
      return UsageError("the folder for sockets has too long a name: " + options.temp_directory,
                        "--temp /tmp");
    }
    if (!flags.gather.empty()) ARROW_RETURN_NOT_OK(MakeFolder(flags.gather));
    if (!ReadsFiles(action)) return Status::OK();
    return ScanRelease(plan, options.thread_count, session.stop()).Value(&content);
  };
  const Status prepared = prepare();
  if (!prepared.ok()) return session.Fail("deploy", prepared);
  DeployLog log(MakeLogOptions(session));
  FileParts parts(content, options.temp_directory);
  const RolloutContext context{plan,
                               content,
                               parts,
                               log,
                               session.stop(),
                               MakeReleaseId(),
                               Holder(options.run_id),
                               options.temp_directory,
                               flags.rollback_to,
                               flags.break_lock};
  RemoteTask task{flags.words, 0, flags.gather, !session.flags().json};
  for (const ServerGroup& group : groups) task.part_count += group.servers.size();
  const bool exec = action == DeployAction::kExec;
  const auto results = RunOnServers(
      plan, groups, action == DeployAction::kDeploy ? OnFailure::kStop : OnFailure::kGoOn,
      WorkOf(action, context, task), log, session.stop());
  std::string servers = "[";
  for (const HostResult& result : results) {
    servers += (servers.size() > 1 ? ", " : "") + ServerJson(result, exec);
    if (!flags.diff) continue;
    for (const std::string& change : result.changes) {
      log.Say(result.server, LogLevel::kInfo, change);
    }
  }
  const Outcome outcome = Sum(results, session.stop());
  if (session.flags().json) {
    std::fputs(FormatCommandJson("deploy", outcome.status, {{"servers", servers + "]"}}).c_str(),
               stdout);
  }
  log.Summary(outcome.summary, !outcome.status.ok());
  return static_cast<int>(ExitCodeOf(outcome.status));
}

}  // namespace

void AddDeploy(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("deploy", "Roll files out to groups of servers over SSH");
  auto flags = std::make_shared<DeployFlags>();
  command->add_option("PLAN", flags->plan, "What goes where (docs/deploy.md)");
  command->add_option("--limit", flags->limits, "Only this group or server; may be repeated")
      ->type_name("NAME")
      ->expected(1)
      ->take_all();
  command->add_flag("--dry-run", flags->dry_run, "Say what would be copied, and change nothing");
  command->add_flag("--diff", flags->diff, "List the paths that change");
  command->add_flag("--break-lock", flags->break_lock, "End another roll-out that holds the lock");
  command
      ->add_flag("--analyze", flags->analyze,
                 "Show what makes the git history of a folder (in place of PLAN) large: tamis repo")
      ->excludes("--limit", "--dry-run", "--diff", "--break-lock");
  const auto act = [flags, action](DeployAction which) {
    *action = [flags, which](Session& session) { return RunDeploy(session, *flags, which); };
  };
  command->callback([flags, act, action, command] {
    if (!command->get_subcommands().empty()) return;
    if (flags->analyze) {
      RepoFlags repo;
      if (!flags->plan.empty()) repo.directory = flags->plan;
      *action = [repo](Session& session) { return RunRepo(session, "deploy", repo); };
      return;
    }
    act(flags->dry_run ? DeployAction::kDryRun : DeployAction::kDeploy);
  });
  const auto add = [&](const char* name, const char* text, DeployAction which) {
    auto* sub = command->add_subcommand(name, text);
    sub->add_option("PLAN", flags->plan, "What goes where")->required();
    sub->fallthrough();
    sub->callback([act, which] { act(which); });
    return sub;
  };
  auto* rollback =
      add("rollback", "Make the release before current again", DeployAction::kRollback);
  rollback->add_option("--to", flags->rollback_to, "This release instead")->type_name("RELEASE");
  add("status", "Say which release each server has", DeployAction::kStatus);
  add("check", "Say whether a roll-out could begin", DeployAction::kCheck);
  auto* exec =
      add("exec", "Run a command on each server: exec PLAN -- COMMAND", DeployAction::kExec);
  exec->add_option("COMMAND", flags->words, "One word: for the shell. More: program, arguments")
      ->required();
  exec->add_option("--gather", flags->gather, "Folder for each server's output")->type_name("DIR");
}

}  // namespace tamis
