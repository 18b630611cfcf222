// What people see of a roll-out: a log line for each event, and on a terminal a live line for each
// server at work. Does not decide what is said.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace tamis {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

/// How much is shown, and where.
struct LogOptions {
  bool terminal = false;  // draw live lines; then info lines are only shown there
  bool colors = false;
  bool quiet = false;    // errors only
  bool verbose = false;  // debug lines too
};

/// Writes to standard error. Thread-safe. A line is `TIME HOST LEVEL TEXT`, with UTC to the
/// millisecond; control characters in TEXT are escaped.
class DeployLog {
 public:
  explicit DeployLog(LogOptions options) : options_(options) {}
  ~DeployLog();
  DeployLog(const DeployLog&) = delete;
  DeployLog& operator=(const DeployLog&) = delete;

  /// Logs an event of `host`.
  void Say(const std::string& host, LogLevel level, const std::string& text);
  /// Shows what a server is at: on a terminal in its live line, else as an info line.
  void Show(const std::string& host, const std::string& text);
  /// Shows how far it is, on a terminal only.
  void ShowProgress(const std::string& host, const std::string& text);
  /// Logs a server's last word, also on a terminal, and takes its live line away.
  void End(const std::string& host, LogLevel level, const std::string& text);
  /// The last line of all: also when quiet if `failed`.
  void Summary(const std::string& text, bool failed);

 private:
  void Print(const std::string& host, LogLevel level, const std::string& text);
  void Erase();
  void Draw();

  LogOptions options_;
  std::mutex mutex_;
  std::map<std::string, std::string> live_;
  size_t drawn_lines_ = 0;
};

}  // namespace tamis
