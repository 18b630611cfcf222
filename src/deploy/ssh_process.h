// One ssh child process that is talked to: writes to its input while its output and errors are
// taken. Does not know what is said.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/deploy_plan.h"

namespace tamis {

using Deadline = std::chrono::steady_clock::time_point;

/// The point `milliseconds` from now.
Deadline DeadlineIn(int64_t milliseconds);

/// How a connection shares: opens a socket for others, uses that of another, or stands alone.
enum class SshSharing { kOpens, kUses, kAlone };

/// The arguments of ssh for `server` up to the command. `control_path` is the shared socket.
std::vector<std::string> SshArguments(const SshOptions& options, const Server& server,
                                      const std::string& control_path, SshSharing sharing);

/// What ssh's errors mean, in one line: `the host key has changed`, `no answer within 5 s`. `other`
/// where they say nothing.
std::string SshFailure(const SshOptions& options, std::string_view errors,
                       const std::string& other);
/// How to mend it; "" if there is nothing to say.
std::string SshHint(std::string_view errors);

/// A running ssh in a process group of its own. Ends with this object.
class SshProcess {
 public:
  /// UsageError if ssh is not installed.
  static Result<std::unique_ptr<SshProcess>> Start(const std::vector<std::string>& arguments);
  ~SshProcess();
  SshProcess(const SshProcess&) = delete;
  SshProcess& operator=(const SshProcess&) = delete;

  /// Writes all of `bytes` unless `done` says that the output is enough already. Interrupted after
  /// `stop`, DataError when the deadline passes or ssh has closed its input.
  Status Write(std::string_view bytes, Deadline deadline, const StopToken& stop,
               const std::function<bool()>& done);
  /// Takes output until `done`, or until ssh has closed it. Errors as Write.
  Status Read(Deadline deadline, const StopToken& stop, const std::function<bool()>& done);
  /// Ends its input.
  void CloseInput();
  /// Waits until it has ended, at most to the deadline; then it is killed. Returns the exit code,
  /// 255 for one that had to be killed.
  int Wait(Deadline deadline);

  std::string& output() { return output_; }
  const std::string& errors() const { return errors_; }
  bool output_ended() const { return output_fd_ < 0; }

 private:
  SshProcess(pid_t pid, int input_fd, int output_fd, int errors_fd)
      : pid_(pid), input_fd_(input_fd), output_fd_(output_fd), errors_fd_(errors_fd) {}
  Status Poll(bool want_write, Deadline deadline, const StopToken& stop, bool* writable);
  void Take(int* fd, std::string* text);

  pid_t pid_;
  int input_fd_, output_fd_, errors_fd_;
  std::string output_;
  std::string errors_;  // the last 64 KiB
};

}  // namespace tamis
