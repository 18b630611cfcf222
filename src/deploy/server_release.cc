// The course of a roll-out on one server. See server_release.h.
#include "deploy/server_release.h"

#include <algorithm>
#include <cstdio>

#include "base/memory.h"
#include "base/printable.h"
#include "deploy/health.h"
#include "deploy/release_changes.h"
#include "deploy/release_copy.h"
#include "deploy/shell_text.h"

namespace tamis {
namespace {

constexpr int kLockedStatus = 9;  // of the server's lock function

std::string OneLine(const Status& status) {
  std::string text = FormatError(status);
  while (text.ends_with("\n")) text.pop_back();
  return text;
}

std::string Trimmed(std::string text) {
  while (text.ends_with("\n")) text.pop_back();
  return Printable(text);
}

std::string Files(int64_t count) {
  return std::to_string(count) + (count == 1 ? " file" : " files");
}

/// One server while it is worked on.
class ServerRun {
 public:
  ServerRun(const RolloutContext& context, const Server& server, size_t number, HostResult* result)
      : context_(context),
        plan_(context.plan),
        server_(server),
        result_(result),
        connection_{&plan_.ssh, &server, context.temp_directory + "/s" + std::to_string(number),
                    DeadlineIn(plan_.timeout_ms), &context.stop} {
    result_->files = context.content.FileCount();
  }

  /// Runs `work` and settles the result.
  void Run(Status (ServerRun::*work)(std::string*)) {
    const auto start = std::chrono::steady_clock::now();
    std::string last_word;
    const Status status = (this->*work)(&last_word);
    shell_.reset();
    const auto end = std::chrono::steady_clock::now();
    result_->seconds = std::chrono::duration<double>(end - start).count();
    result_->status = status;
    if (!status.ok()) {
      result_->state = HostResult::State::kFailed;
      context_.log.End(server_.name, LogLevel::kError, OneLine(status));
      return;
    }
    if (result_->state == HostResult::State::kNotStarted) {
      result_->state = HostResult::State::kDone;
    }
    char took[32];
    std::snprintf(took, sizeof(took), " (%.1f s)", result_->seconds);
    context_.log.End(server_.name, LogLevel::kInfo, last_word + took);
  }

  Status Deploy(std::string* last_word);
  Status Rollback(std::string* last_word);
  Status Inspect(std::string* last_word);
  Status Check(std::string* last_word);
  Status Compare(std::string* last_word);

 private:
  Status Connect();
  Result<std::string> Step(const std::string& what, const std::string& script);
  Status Begin();
  Status Look();
  Status Damage(const std::string& release, const ReleaseContent& content);
  Status KeepCurrent(std::string* last_word);
  Status CheckSpace(const CopyCounts& counts) const;
  Status MakeRelease();
  Status Switch(const std::string& release, bool made);
  Status AfterSwitch(bool made);
  Status GoBack(const Status& reason);
  std::string GoesBack() const;
  std::string PruneScript() const;
  Status RunCommands(const std::vector<RemoteCommand>& commands, const std::string& folder,
                     const char* when);
  Status RunChecks(const std::vector<HealthCheck>& checks, const std::string& folder);
  Result<std::string> RollbackTarget() const;
  void KeepChanges();
  const ReleaseContent& CurrentContent() const {
    return report_.same ? context_.content : report_.content;
  }
  std::string Current() const { return plan_.target + "/current"; }

  const RolloutContext& context_;
  const DeployPlan& plan_;
  const Server& server_;
  HostResult* result_;
  Connection connection_;
  std::unique_ptr<RemoteShell> shell_;
  ServerReport report_;
};

Status ServerRun::Connect() {
  context_.log.ShowProgress(server_.name, "connecting");
  ARROW_ASSIGN_OR_RAISE(shell_, RemoteShell::Open(connection_, plan_.target, context_.holder));
  return Status::OK();
}

// Runs a step that must succeed.
Result<std::string> ServerRun::Step(const std::string& what, const std::string& script) {
  ARROW_ASSIGN_OR_RAISE(StepAnswer answer, shell_->Run(script));
  if (answer.status == 0) return std::move(answer.output);
  return DataError(what + ": " + Trimmed(answer.errors));
}

// Locks the server and reads what it has.
Status ServerRun::Begin() {
  const std::string script =
      "mkdir -p -- \"$T/releases\" && { [ -d \"$M\" ] || mkdir -m 700 -- \"$M\"; } &&\n"
      "mkdir -p -- \"$M/manifests\" \"$M/staging\" || exit 1\n"
      "lock " +
      std::string(context_.break_lock ? "break" : "wait") +
      "\nrm -rf \"$M/next\" \"$M/trash\"\nif [ -f \"$M/pending\" ]; then echo 'pending 1'; fi\n"
      "revert || exit 1\nD=" +
      context_.content.digest + "\nreport\n";
  ARROW_ASSIGN_OR_RAISE(const StepAnswer answer, shell_->Run(script));
  if (answer.status == kLockedStatus) {
    const size_t at = answer.output.find("locked ");
    std::string who = at == std::string::npos ? "" : Trimmed(answer.output.substr(at + 7));
    return DataError("another roll-out has the lock: " + who.substr(0, who.rfind(' ')),
                     "wait for it; if it is dead, --break-lock");
  }
  if (answer.status != 0) {
    return DataError("can't begin in " + plan_.target + ": " + Trimmed(answer.errors));
  }
  report_ = ParseServerReport(answer.output);
  report_.gzip = report_.gzip && plan_.compress;
  if (report_.pending) {
    context_.log.Say(server_.name, LogLevel::kWarning,
                     "an earlier roll-out ended before its release was confirmed: back to " +
                         (report_.current.empty() ? "none" : report_.current));
  }
  result_->previous = result_->release = report_.current;
  result_->releases = report_.releases;
  if (!report_.foreign_current) return Status::OK();
  return DataError(Current() + " is there and is no link that tamis made",
                   "move it away, or take another target");
}

// Reads what the server has and changes nothing.
Status ServerRun::Look() {
  ARROW_ASSIGN_OR_RAISE(const std::string answer,
                        Step("can't look", "D=" + context_.content.digest + "\nreport\ntools\n"));
  report_ = ParseServerReport(answer);
  result_->previous = result_->release = report_.current;
  result_->releases = report_.releases;
  return Status::OK();
}

// OK if a release on the server is as its manifest says; else the first thing that is not.
Status ServerRun::Damage(const std::string& release, const ReleaseContent& content) {
  std::vector<const ReleaseEntry*> entries;
  for (const ReleaseEntry& entry : content.entries) entries.push_back(&entry);
  ARROW_ASSIGN_OR_RAISE(const std::string answer,
                        Step("can't verify", "cd \"$T/releases/\"" + ShellQuote(release) +
                                                 " || exit 1\n" + LookScript(entries) + ":\n"));
  ARROW_ASSIGN_OR_RAISE(const auto actual, ParseLook(entries, answer));
  int64_t damaged = 0;
  std::string first;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (actual[i].Is(*entries[i])) continue;
    if (damaged++ == 0) first = Printable(entries[i]->path);
  }
  if (damaged == 0) return Status::OK();
  return DataError("release " + release + " is not what it was, in " + Files(damaged) + ": " +
                   first + (damaged > 1 ? " and others" : ""));
}

void ServerRun::KeepChanges() {
  result_->changes = DescribeChanges(CurrentContent(), context_.content);
}

Status ServerRun::CheckSpace(const CopyCounts& counts) const {
  // Blocks, folders and the manifest take some more; the file system has the last word.
  if (report_.space_bytes < 0 || counts.bytes <= report_.space_bytes) return Status::OK();
  return DataError("no space left there: " + FormatByteSize(counts.bytes) + " to copy, " +
                   FormatByteSize(report_.space_bytes) + " free");
}

// The new release in its staging folder, verified.
Status ServerRun::MakeRelease() {
  ReleaseCopy copy(context_.content, context_.parts, report_, context_.release_id);
  ARROW_RETURN_NOT_OK(copy.Assemble(*shell_));
  ARROW_RETURN_NOT_OK(CheckSpace(copy.to_send()));
  const CopyCounts& counts = copy.to_send();
  context_.log.Show(server_.name, "copying " + std::to_string(counts.files) + " of " +
                                      Files(result_->files) + ", " + FormatByteSize(counts.bytes));
  const Status sent = copy.Send(*shell_, [&](int64_t gone) {
    context_.log.ShowProgress(server_.name, "copying, " + FormatByteSize(gone) + " sent");
  });
  result_->files_sent = counts.files;
  result_->bytes_sent = counts.bytes;
  result_->wire_bytes = counts.wire_bytes;
  return sent;
}

Status ServerRun::RunCommands(const std::vector<RemoteCommand>& commands, const std::string& folder,
                              const char* when) {
  for (const RemoteCommand& command : commands) {
    context_.log.Show(server_.name, std::string(when) + ": " + command.command);
    std::string output;
    const auto keep = [&](std::string_view piece) {
      output += piece;
      if (output.size() > (64 << 10)) output.erase(0, output.size() - (32 << 10));
      return Status::OK();
    };
    ARROW_ASSIGN_OR_RAISE(
        const CommandOutcome outcome,
        RunRemoteCommand(connection_, "cd " + ShellQuote(folder) + " || exit 1\n" + command.command,
                         command.timeout_ms, keep));
    if (outcome.exit_code == 0) continue;
    const std::string said = Trimmed(output + outcome.errors);
    const std::string how = outcome.exit_code == 124
                                ? "took too long"
                                : "exit code " + std::to_string(outcome.exit_code);
    return DataError(std::string("the command ") + when + " failed: " + Printable(command.command) +
                     ": " + how + (said.empty() ? "" : ": " + said));
  }
  return Status::OK();
}

Status ServerRun::RunChecks(const std::vector<HealthCheck>& checks, const std::string& folder) {
  for (const HealthCheck& check : checks) {
    context_.log.Show(server_.name, "health check: " + check.ToString());
    ARROW_RETURN_NOT_OK(RunHealthCheck(connection_, check, folder, plan_.target));
  }
  return Status::OK();
}

// From here on the end of the shell, whatever ends it, brings the old release back.
Status ServerRun::Switch(const std::string& release, bool made) {
  const std::string old = report_.current.empty() ? "-" : report_.current;
  context_.log.Show(server_.name, "switching to " + release);
  const Status switched =
      Step("can't switch", "activate " + old + " " + release + (made ? " made\n" : " kept\n"))
          .status();
  if (ExitCodeOf(switched) == ExitCode::kInterrupted) return switched;
  if (!switched.ok()) return DataError(OneLine(switched) + "; " + GoesBack());
  result_->release = release;
  Status after = AfterSwitch(made);
  if (ExitCodeOf(after) == ExitCode::kInterrupted) result_->release = report_.current;
  if (after.ok() || ExitCodeOf(after) == ExitCode::kInterrupted) return after;
  return GoBack(after);
}

Status ServerRun::AfterSwitch(bool made) {
  ARROW_RETURN_NOT_OK(RunCommands(plan_.after, Current(), "after"));
  ARROW_RETURN_NOT_OK(RunChecks(plan_.health_after, Current()));
  ARROW_RETURN_NOT_OK(
      Step("can't confirm", "rm -f \"$M/pending\" || exit 1\n" + (made ? PruneScript() : ""))
          .status());
  return Status::OK();
}

// What becomes of a switch that was begun and can't be seen to its end: the shell there undoes it
// as soon as it sees that the connection has gone.
std::string ServerRun::GoesBack() const {
  return "the server itself goes back to " +
         (report_.current.empty() ? "no release" : report_.current);
}

Status ServerRun::GoBack(const Status& reason) {
  const std::string old = report_.current;
  const std::string back = old.empty() ? "no release" : old;
  result_->release = old;
  result_->rolled_back = true;
  const auto reverted = Step("can't go back", "revert || exit 1\n");
  const std::string why = OneLine(reason);
  if (ExitCodeOf(reverted.status()) == ExitCode::kInterrupted) return reverted.status();
  if (!reverted.ok()) {
    return DataError(why + "; " + GoesBack() + ": " + reverted.status().message());
  }
  if (!old.empty()) {
    const Status again = RunCommands(plan_.after, Current(), "after");
    if (!again.ok()) {
      return DataError(why + "; back to " + back + ", but " + OneLine(again));
    }
  }
  return DataError(why + "; back to " + back);
}

// Removes the oldest releases beyond the plan's number; never the current one or the one before.
std::string ServerRun::PruneScript() const {
  std::vector<std::string> releases = report_.releases;
  releases.push_back(context_.release_id);
  std::string script;
  auto count = static_cast<int64_t>(releases.size());
  for (const std::string& release : releases) {
    if (count <= plan_.keep) break;
    const bool precious = release == context_.release_id || release == report_.current;
    if (precious && (plan_.keep > 1 || release == context_.release_id)) continue;
    script += "bin \"$T/releases/" + release + "\" && rm -f \"$M/manifests/" + release + "\"\n";
    --count;
  }
  return script + ":\n";
}

// The current release has the plan's content: nothing to copy, unless it is damaged.
Status ServerRun::KeepCurrent(std::string* last_word) {
  ARROW_RETURN_NOT_OK(RunChecks(plan_.health_after, Current()));
  result_->state = HostResult::State::kUnchanged;
  *last_word = "unchanged: " + Files(result_->files) + " of release " + report_.current +
               " verified, nothing copied";
  return Status::OK();
}

Status ServerRun::Deploy(std::string* last_word) {
  ARROW_RETURN_NOT_OK(Connect());
  ARROW_RETURN_NOT_OK(Begin());
  KeepChanges();
  if (report_.same) {
    Status damage = Damage(report_.current, context_.content);
    if (damage.ok()) return KeepCurrent(last_word);
    if (ExitCodeOf(damage) == ExitCode::kInterrupted) return damage;
    context_.log.Say(server_.name, LogLevel::kWarning, OneLine(damage));
  }
  ARROW_RETURN_NOT_OK(RunChecks(plan_.health_before, "/"));
  ARROW_RETURN_NOT_OK(MakeRelease());
  ARROW_RETURN_NOT_OK(
      RunCommands(plan_.before, plan_.target + "/.tamis/staging/" + context_.release_id, "before"));
  ARROW_RETURN_NOT_OK(Switch(context_.release_id, true));
  *last_word = "release " + context_.release_id + ": " + std::to_string(result_->files_sent) +
               " of " + Files(result_->files) + " copied, " + FormatByteSize(result_->bytes_sent);
  return Status::OK();
}

Result<std::string> ServerRun::RollbackTarget() const {
  const std::vector<std::string>& releases = report_.releases;
  if (report_.current.empty()) return DataError("no release to roll back");
  if (!context_.rollback_to.empty()) {
    if (std::find(releases.begin(), releases.end(), context_.rollback_to) != releases.end()) {
      return context_.rollback_to;
    }
    return DataError("no release " + Printable(context_.rollback_to) + " there",
                     "tamis deploy status lists them");
  }
  std::string target;
  for (const std::string& release : releases) {
    if (release < report_.current) target = release;
  }
  if (target.empty()) return DataError("no release before " + report_.current);
  return target;
}

Status ServerRun::Rollback(std::string* last_word) {
  ARROW_RETURN_NOT_OK(Connect());
  ARROW_RETURN_NOT_OK(Begin());
  ARROW_ASSIGN_OR_RAISE(const std::string target, RollbackTarget());
  if (target == report_.current) {
    result_->state = HostResult::State::kUnchanged;
    *last_word = "unchanged: release " + target + " is current";
    return Status::OK();
  }
  ARROW_ASSIGN_OR_RAISE(const std::string text,
                        Step("no manifest", "cat \"$M/manifests/" + target + "\"\n"));
  ARROW_ASSIGN_OR_RAISE(const ReleaseContent content, ParseManifest(text));
  result_->files = content.FileCount();
  ARROW_RETURN_NOT_OK(Damage(target, content));
  ARROW_RETURN_NOT_OK(Switch(target, false));
  *last_word = "release " + target + " again, instead of " + report_.current;
  return Status::OK();
}

Status ServerRun::Inspect(std::string* last_word) {
  ARROW_RETURN_NOT_OK(Connect());
  ARROW_RETURN_NOT_OK(Look());
  KeepChanges();
  if (report_.current.empty()) {
    *last_word = "no release";
  } else if (report_.same) {
    result_->state = HostResult::State::kUnchanged;
    *last_word = "release " + report_.current + ", as the plan has it";
  } else {
    *last_word = "release " + report_.current + ", " + std::to_string(result_->changes.size()) +
                 " changes to the plan's";
  }
  *last_word += "; " + std::to_string(report_.releases.size()) + " kept";
  if (report_.pending) *last_word += "; not confirmed";
  if (!report_.lock.empty()) {
    *last_word += "; locked by " + report_.lock.substr(0, report_.lock.rfind(' '));
  }
  return Status::OK();
}

Status ServerRun::Check(std::string* last_word) {
  ARROW_RETURN_NOT_OK(Connect());
  ARROW_RETURN_NOT_OK(Look());
  KeepChanges();
  if (!report_.missing.empty()) {
    std::string names;
    for (const std::string& name : report_.missing) names += (names.empty() ? "" : ", ") + name;
    return DataError("tools are missing there: " + names, "a POSIX shell and coreutils are needed");
  }
  if (!report_.unwritable.empty()) {
    return DataError("can't write there: " + Printable(report_.unwritable[0]));
  }
  if (report_.foreign_current) return DataError(Current() + " is no link that tamis made");
  if (!report_.lock.empty()) {
    return DataError("another roll-out has the lock: " +
                     report_.lock.substr(0, report_.lock.rfind(' ')));
  }
  if (!report_.current.empty() && (report_.same || report_.has_content)) {
    ARROW_RETURN_NOT_OK(Damage(report_.current, CurrentContent()));
  }
  ARROW_RETURN_NOT_OK(RunChecks(plan_.health_before, "/"));
  *last_word =
      "ready: " +
      (report_.space_bytes < 0 ? std::string("unknown space")
                               : FormatByteSize(report_.space_bytes)) +
      " free, " +
      (report_.current.empty() ? "no release yet" : "release " + report_.current + " verified");
  return Status::OK();
}

Status ServerRun::Compare(std::string* last_word) {
  ARROW_RETURN_NOT_OK(Connect());
  ARROW_RETURN_NOT_OK(Look());
  KeepChanges();
  int64_t bytes = 0;
  for (const ReleaseEntry& entry : context_.content.entries) {
    const ReleaseEntry* old = CurrentContent().Find(entry.path);
    if (entry.kind != ReleaseEntry::Kind::kFile || (old && old->sha256 == entry.sha256)) continue;
    ++result_->files_sent;
    bytes += entry.size;
  }
  result_->bytes_sent = bytes;
  if (report_.same) {
    result_->state = HostResult::State::kUnchanged;
    *last_word = "nothing to do: release " + report_.current + " is the plan's";
    return Status::OK();
  }
  *last_word = "would copy " + std::to_string(result_->files_sent) + " of " +
               Files(result_->files) + ", " + FormatByteSize(bytes);
  return Status::OK();
}

}  // namespace

void DeployToServer(const RolloutContext& context, const Server& server, size_t number,
                    HostResult* result) {
  ServerRun(context, server, number, result).Run(&ServerRun::Deploy);
}

void RollbackServer(const RolloutContext& context, const Server& server, size_t number,
                    HostResult* result) {
  ServerRun(context, server, number, result).Run(&ServerRun::Rollback);
}

void InspectServer(const RolloutContext& context, const Server& server, size_t number,
                   HostResult* result) {
  ServerRun(context, server, number, result).Run(&ServerRun::Inspect);
}

void CheckServer(const RolloutContext& context, const Server& server, size_t number,
                 HostResult* result) {
  ServerRun(context, server, number, result).Run(&ServerRun::Check);
}

void CompareServer(const RolloutContext& context, const Server& server, size_t number,
                   HostResult* result) {
  ServerRun(context, server, number, result).Run(&ServerRun::Compare);
}

}  // namespace tamis
