// Steps and answers over ssh. See remote_shell.h.
#include "deploy/remote_shell.h"

#include <sys/random.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/printable.h"
#include "deploy/remote_script.h"

namespace tamis {
namespace {

constexpr int64_t kGoodbyeMs = 5'000;
constexpr int64_t kGraceMs = 5'000;  // beyond a command's own time, for the way there and back

// Connecting, exchanging keys and logging in. A jump host doubles it.
Deadline LoginDeadline(const Connection& connection) {
  return std::min(connection.deadline,
                  DeadlineIn(2 * connection.ssh->connect_timeout_ms + kGraceMs));
}

Status SshError(const Connection& connection, const SshProcess& ssh, const std::string& other) {
  return DataError(SshFailure(*connection.ssh, ssh.errors(), other), SshHint(ssh.errors()));
}

}  // namespace

std::string MakeNonce() {
  unsigned char bytes[16] = {};
  if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes)) std::abort();
  std::string nonce;
  for (const unsigned char byte : bytes) {
    nonce += "0123456789abcdef"[byte >> 4];
    nonce += "0123456789abcdef"[byte & 15];
  }
  return nonce;
}

Result<std::unique_ptr<RemoteShell>> RemoteShell::Open(const Connection& connection,
                                                       const std::string& target,
                                                       const std::string& holder) {
  const std::string nonce = MakeNonce();
  const std::string script = RemoteScript(nonce, target, holder);
  std::vector<std::string> arguments =
      SshArguments(*connection.ssh, *connection.server, connection.control_path,
                   connection.control_path.empty() ? SshSharing::kAlone : SshSharing::kOpens);
  arguments.push_back("exec " + ShellReading(script.size()));
  ARROW_ASSIGN_OR_RAISE(auto ssh, SshProcess::Start(arguments));
  SshProcess& process = *ssh;
  std::unique_ptr<RemoteShell> shell(new RemoteShell(connection, std::move(ssh), nonce));
  const std::string ready = "\n" + nonce + " ready\n";
  const Deadline deadline = LoginDeadline(connection);
  const auto is_ready = [&] { return process.output().find(ready) != std::string::npos; };
  Status status = process.Write(script, deadline, *connection.stop, [] { return false; });
  if (status.ok()) status = process.Read(deadline, *connection.stop, is_ready);
  if (ExitCodeOf(status) == ExitCode::kInterrupted) return status;
  if (!is_ready()) {
    const bool ended = process.output_ended();
    process.CloseInput();
    process.Wait(DeadlineIn(ended ? kGoodbyeMs : 0));
    return SshError(connection, process,
                    ended ? "no POSIX shell answers there" : "no answer: the login takes too long");
  }
  process.output().erase(0, process.output().find(ready) + ready.size());
  return shell;
}

RemoteShell::~RemoteShell() {
  ssh_->CloseInput();
  const int64_t wait_ms = connection_.stop->requested() ? kGoodbyeMs / 5 : kGoodbyeMs;
  ssh_->Wait(DeadlineIn(ssh_->output_ended() ? 0 : wait_ms));
}

Status RemoteShell::Lost(const Status& status) {
  if (ExitCodeOf(status) == ExitCode::kInterrupted || ExitCodeOf(status) == ExitCode::kIo) {
    return status;
  }
  const bool timed_out = std::chrono::steady_clock::now() >= connection_.deadline;
  ssh_->CloseInput();
  ssh_->Wait(DeadlineIn(timed_out ? 0 : kGoodbyeMs));
  if (timed_out) return DataError("no answer in time", "the plan's timeout is for one server");
  return SshError(connection_, *ssh_, "the connection was lost");
}

bool RemoteShell::HasAnswer() {
  if (has_answer_) return true;
  const std::string& output = ssh_->output();
  const std::string mark = "\n" + nonce_ + " ";
  const size_t found = output.find(mark, searched_);
  if (found == std::string::npos) {
    searched_ = output.size() > mark.size() ? output.size() - mark.size() : 0;
    return false;
  }
  const size_t line_end = output.find('\n', found + 1);
  if (line_end == std::string::npos) return false;
  size_t error_bytes = 0;
  const size_t number = output.rfind(' ', line_end) + 1;
  std::from_chars(output.data() + number, output.data() + line_end, error_bytes);
  answer_at_ = found;
  has_answer_ = output.size() >= line_end + 1 + error_bytes;
  return has_answer_;
}

Status RemoteShell::Send(std::string_view bytes) {
  return ssh_->Write(bytes, connection_.deadline, *connection_.stop,
                     [this] { return HasAnswer(); });
}

Result<StepAnswer> RemoteShell::ReadAnswer() {
  Status status =
      ssh_->Read(connection_.deadline, *connection_.stop, [this] { return HasAnswer(); });
  if (!status.ok() || !HasAnswer()) return Lost(status);
  std::string& output = ssh_->output();
  StepAnswer answer;
  answer.output = output.substr(0, answer_at_);
  const size_t line_end = output.find('\n', answer_at_ + 1);
  const size_t status_at = answer_at_ + 1 + nonce_.size() + 1;
  const char* end = output.data() + line_end;
  size_t error_bytes = 0;
  const auto read = std::from_chars(output.data() + status_at, end, answer.status);
  std::from_chars(std::min(read.ptr + 1, end), end, error_bytes);
  answer.errors = output.substr(line_end + 1, error_bytes);
  output.erase(0, line_end + 1 + error_bytes);
  has_answer_ = false;
  searched_ = 0;
  return answer;
}

Result<StepAnswer> RemoteShell::Run(std::string_view script) {
  const std::string step = std::string(script) + std::string(kStepEnd);
  const Status sent = Send(std::to_string(step.size()) + "\n" + step);
  if (!sent.ok()) return Lost(sent);
  return ReadAnswer();
}

Result<StepAnswer> RemoteShell::Pay(const std::string& script,
                                    const std::vector<std::shared_ptr<const PayloadPart>>& parts,
                                    bool gzip, const std::function<void(int64_t)>& sent) {
  const std::string step = script + std::string(kStepEnd);
  ARROW_ASSIGN_OR_RAISE(auto head, TextPart(std::to_string(step.size()) + "\n" + step, gzip));
  std::vector<std::shared_ptr<const PayloadPart>> all = {std::move(head)};
  all.insert(all.end(), parts.begin(), parts.end());
  int64_t byte_count = 0;
  for (const auto& part : all) byte_count += part->byte_count();
  const std::string call =
      "pay " + std::to_string(byte_count) + (gzip ? " gzip" : " plain") + std::string(kStepEnd);
  Status status = Send(std::to_string(call.size()) + "\n" + call);
  int64_t gone = 0;
  // Many small files: one write for many of them.
  std::string pending;
  const auto flush = [&]() -> Status {
    ARROW_RETURN_NOT_OK(Send(pending));
    gone += static_cast<int64_t>(pending.size());
    pending.clear();
    sent(gone);
    return Status::OK();
  };
  for (size_t i = 0; i < all.size() && status.ok() && !HasAnswer(); ++i) {
    status = all[i]->Send([&](std::string_view piece) -> Status {
      if (HasAnswer()) return Status::OK();
      pending += piece;
      return pending.size() < (128 << 10) ? Status::OK() : flush();
    });
  }
  if (status.ok()) status = flush();
  if (!status.ok()) return Lost(status);
  return ReadAnswer();
}

Result<CommandOutcome> RunRemoteCommand(const Connection& connection, const std::string& script,
                                        int64_t timeout_ms, const PieceTaker& take) {
  const bool shared = !connection.control_path.empty();
  std::vector<std::string> arguments =
      SshArguments(*connection.ssh, *connection.server, connection.control_path,
                   shared ? SshSharing::kUses : SshSharing::kAlone);
  // timeout ends what the command started as well, when ssh can't any more. The script is read and
  // not an argument, which everybody there could see.
  const std::string body = "exec </dev/null\n" + script;
  arguments.push_back("exec timeout -k 5 " + std::to_string((timeout_ms + 999) / 1000) + " " +
                      ShellReading(body.size()));
  ARROW_ASSIGN_OR_RAISE(auto ssh, SshProcess::Start(arguments));
  const Deadline deadline =
      std::min(connection.deadline,
               DeadlineIn(timeout_ms + 2 * connection.ssh->connect_timeout_ms + kGraceMs));
  Status taken;
  const auto hand_on = [&] {
    if (taken.ok() && !ssh->output().empty()) taken = take(ssh->output());
    ssh->output().clear();
    return !taken.ok();
  };
  Status status = ssh->Write(body, deadline, *connection.stop, [] { return false; });
  ssh->CloseInput();
  if (status.ok()) status = ssh->Read(deadline, *connection.stop, hand_on);
  hand_on();
  ARROW_RETURN_NOT_OK(taken);
  if (ExitCodeOf(status) == ExitCode::kInterrupted) return status;
  CommandOutcome outcome;
  outcome.exit_code = ssh->Wait(DeadlineIn(ssh->output_ended() ? kGoodbyeMs : 0));
  if (outcome.exit_code == 255) {
    return SshError(connection, *ssh, status.ok() ? "ssh failed" : status.message());
  }
  outcome.errors = ssh->errors();
  return outcome;
}

}  // namespace tamis
