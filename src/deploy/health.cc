// Runs health checks. See health.h.
#include "deploy/health.h"

#include <algorithm>
#include <charconv>
#include <thread>

#include "base/memory.h"
#include "base/printable.h"
#include "deploy/shell_text.h"

namespace tamis {
namespace {

// The end of what a command said, on one line.
std::string Tail(const std::string& text) {
  std::string tail = text;
  while (!tail.empty() && (tail.back() == '\n' || tail.back() == ' ')) tail.pop_back();
  constexpr size_t kTailBytes = 500;
  if (tail.size() > kTailBytes) tail = "..." + tail.substr(tail.size() - kTailBytes);
  return Printable(tail);
}

Status CheckCommand(const Connection& connection, const HealthCheck& check,
                    const std::string& folder) {
  std::string output;
  const auto keep = [&](std::string_view piece) {
    output += piece;
    if (output.size() > (64 << 10)) output.erase(0, output.size() - (32 << 10));
    return Status::OK();
  };
  ARROW_ASSIGN_OR_RAISE(
      const CommandOutcome outcome,
      RunRemoteCommand(connection, "cd " + ShellQuote(folder) + " || exit 1\n" + check.command,
                       check.timeout_ms, keep));
  if (outcome.exit_code == 0) return Status::OK();
  std::string reason = outcome.exit_code == 124
                           ? "took more than " + std::to_string(check.timeout_ms) + " ms"
                           : "exit code " + std::to_string(outcome.exit_code);
  const std::string said = Tail(output + outcome.errors);
  return DataError(said.empty() ? reason : reason + ": " + said);
}

Status CheckFreeDisk(const Connection& connection, const HealthCheck& check,
                     const std::string& target) {
  std::string output;
  const std::string script = "d=" + ShellQuote(target) +
                             "\nwhile ! [ -d \"$d\" ]; do d=${d%/*}; [ -n \"$d\" ] || d=/; done\n"
                             "stat -f -c '%a %S' -- \"$d\"";
  ARROW_ASSIGN_OR_RAISE(
      const CommandOutcome outcome,
      RunRemoteCommand(connection, script, check.timeout_ms, [&](std::string_view piece) {
        output += piece;
        return Status::OK();
      }));
  int64_t blocks = -1, block_bytes = 0;
  const auto read = std::from_chars(output.data(), output.data() + output.size(), blocks);
  std::from_chars(std::min(read.ptr + 1, static_cast<const char*>(output.data() + output.size())),
                  output.data() + output.size(), block_bytes);
  if (outcome.exit_code != 0 || blocks < 0) return DataError(Tail(outcome.errors));
  if (blocks * block_bytes >= check.free_bytes) return Status::OK();
  return DataError(FormatByteSize(blocks * block_bytes) + " are free");
}

// What the server says about a port of its own side that can't be reached.
std::string ForwardFailure(const Connection& connection, std::string_view errors) {
  const std::string_view mark = "open failed: ";
  const size_t found = errors.find(mark);
  if (found == std::string_view::npos) return SshFailure(*connection.ssh, errors, "no answer");
  const size_t end = std::min(errors.find_first_of("\r\n", found), errors.size());
  return Printable(errors.substr(found + mark.size(), end - found - mark.size()));
}

// Reaches `check`'s port from the server, through ssh, so that nothing is needed there. TCP passes
// once the connection is made; HTTP once the first line of the answer has come.
Status CheckPort(const Connection& connection, const HealthCheck& check) {
  std::vector<std::string> arguments =
      SshArguments(*connection.ssh, *connection.server, "", SshSharing::kAlone);
  // Only its debug lines say that the server's side has connected.
  std::replace(arguments.begin(), arguments.end(), std::string("LogLevel=ERROR"),
               std::string("LogLevel=DEBUG2"));
  const std::string host =
      check.host.find(':') == std::string::npos ? check.host : "[" + check.host + "]";
  const std::string address = host + ":" + std::to_string(check.port);
  arguments.insert(arguments.end() - 2, {"-W", address});
  ARROW_ASSIGN_OR_RAISE(auto ssh, SshProcess::Start(arguments));
  const bool http = check.kind == HealthCheck::Kind::kHttp;
  const Deadline deadline = std::min(
      connection.deadline, DeadlineIn(check.timeout_ms + connection.ssh->connect_timeout_ms));
  const auto done = [&] {
    if (http) return ssh->output().find('\n') != std::string::npos;
    return !ssh->output().empty() || ssh->errors().find("open confirm") != std::string::npos;
  };
  Status status;
  if (http) {
    status = ssh->Write(
        "GET " + check.path + " HTTP/1.0\r\nHost: " + address + "\r\nConnection: close\r\n\r\n",
        deadline, *connection.stop, [] { return false; });
  }
  if (status.ok()) status = ssh->Read(deadline, *connection.stop, done);
  if (ExitCodeOf(status) == ExitCode::kInterrupted) return status;
  if (!done()) {
    ssh->CloseInput();
    ssh->Wait(DeadlineIn(ssh->output_ended() ? 1'000 : 0));
    if (!done()) return DataError(ForwardFailure(connection, ssh->errors()));
  }
  if (!http) return Status::OK();
  const std::string line = ssh->output().substr(0, ssh->output().find_first_of("\r\n"));
  const size_t space = line.find(' ');
  if (line.starts_with("HTTP/") && space != std::string::npos &&
      line.substr(space + 1, 3) == std::to_string(check.status)) {
    return Status::OK();
  }
  return DataError("it answers " + Printable(line.substr(0, 80)));
}

Status TryOnce(const Connection& alone, const HealthCheck& check, const std::string& folder,
               const std::string& target) {
  switch (check.kind) {
    case HealthCheck::Kind::kReachable: {
      HealthCheck nothing = check;
      nothing.command = "exit 0";
      return CheckCommand(alone, nothing, "/");
    }
    case HealthCheck::Kind::kCommand:
      return CheckCommand(alone, check, folder);
    case HealthCheck::Kind::kFreeDisk:
      return CheckFreeDisk(alone, check, target);
    case HealthCheck::Kind::kTcp:
    case HealthCheck::Kind::kHttp:
      return CheckPort(alone, check);
  }
  return Status::OK();
}

}  // namespace

Status RunHealthCheck(const Connection& connection, const HealthCheck& check,
                      const std::string& folder, const std::string& target) {
  Connection alone = connection;
  alone.control_path.clear();
  const Deadline last_try = std::min(connection.deadline, DeadlineIn(check.within_ms));
  while (true) {
    Status status = TryOnce(alone, check, folder, target);
    if (status.ok() || ExitCodeOf(status) == ExitCode::kInterrupted) return status;
    const Deadline next = DeadlineIn(check.every_ms);
    if (next > last_try) {
      return DataError("health check failed: " + check.ToString() + ": " + status.message());
    }
    while (std::chrono::steady_clock::now() < next) {
      if (connection.stop->requested()) return Interrupted();
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
}

}  // namespace tamis
