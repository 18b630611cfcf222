// A shell on a server that runs steps one after another over one connection. Does not know what
// the steps do.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/payload.h"
#include "deploy/ssh_process.h"

namespace tamis {

/// What connections to a server need to know.
struct Connection {
  const SshOptions* ssh = nullptr;
  const Server* server = nullptr;
  std::string control_path;  // of the shared connection; "": none
  Deadline deadline;         // of everything on this server
  const StopToken* stop = nullptr;
};

/// What a step answered. A status other than 0 is no error of the shell.
struct StepAnswer {
  int status = 0;
  std::string output;
  std::string errors;
};

class RemoteShell {
 public:
  /// Connects and starts the server's part (RemoteScript) for `target`; opens the socket that other
  /// connections share. DataError, with ssh's reason, if the server can't be used.
  static Result<std::unique_ptr<RemoteShell>> Open(const Connection& connection,
                                                   const std::string& target,
                                                   const std::string& holder);
  /// Ends the connection; the server's shell gives back its lock, and the old release if the new
  /// one was not confirmed.
  ~RemoteShell();
  RemoteShell(const RemoteShell&) = delete;
  RemoteShell& operator=(const RemoteShell&) = delete;

  /// Runs a step. DataError if the connection is lost or the deadline passes.
  Result<StepAnswer> Run(std::string_view script);
  /// Runs `pay` with a script that takes `parts`. After an answer with another status than 0 the
  /// shell can't be used any more. `sent` is told how many bytes have gone.
  Result<StepAnswer> Pay(const std::string& script,
                         const std::vector<std::shared_ptr<const PayloadPart>>& parts, bool gzip,
                         const std::function<void(int64_t)>& sent);

 private:
  RemoteShell(Connection connection, std::unique_ptr<SshProcess> ssh, std::string nonce)
      : connection_(std::move(connection)), ssh_(std::move(ssh)), nonce_(std::move(nonce)) {}
  Status Send(std::string_view bytes);
  bool HasAnswer();
  Result<StepAnswer> ReadAnswer();
  Status Lost(const Status& status);

  Connection connection_;
  std::unique_ptr<SshProcess> ssh_;
  std::string nonce_;
  size_t searched_ = 0;   // how much of the output holds no answer's line
  size_t answer_at_ = 0;  // where its line begins
  bool has_answer_ = false;
};

/// How a command ended.
struct CommandOutcome {
  int exit_code = 0;   // 124: it took too long
  std::string errors;  // the last 64 KiB
};

/// Runs `script` in a shell of its own, over the shared connection if there is one, and hands on
/// what it prints as it comes. It ends after `timeout_ms`, on the server too. DataError if ssh
/// itself fails; an error of `take` ends the connection.
Result<CommandOutcome> RunRemoteCommand(const Connection& connection, const std::string& script,
                                        int64_t timeout_ms, const PieceTaker& take);

/// 128 random bits in hexadecimal.
std::string MakeNonce();

}  // namespace tamis
