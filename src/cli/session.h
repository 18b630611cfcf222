// What every command shares: the global flags, the run's identity, signals, progress and the last
// words.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "cli/temp_directory.h"
#include "local/run.h"
#include "report/run_record.h"

namespace tamis {

/// Flags that mean the same for every command.
struct GlobalFlags {
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  int thread_count = 0;  // 0: one a core
  std::string memory;    // as given; "": half of the machine's
  std::string temp;      // "": TMPDIR or /tmp
};

/// One call of the program.
class Session {
 public:
  explicit Session(GlobalFlags flags);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const GlobalFlags& flags() const { return flags_; }
  /// Checks the flags and makes the options of a run of `command`. Makes the folder for spill.
  Result<RunOptions> MakeRunOptions(const std::string& command);

  /// Runs `work` with progress drawn on a terminal.
  Status WithProgress(const std::function<Status()>& work);
  /// The same for work that counts something else than rows: `line` says how far it is.
  Status WithProgress(const std::function<Status()>& work,
                      const std::function<std::string()>& line) const;
  RunProgress& progress() { return progress_; }
  StopToken& stop();

  /// Prints the record (or its JSON) and the error, if any, and returns the exit code.
  int Report(const RunRecord& record, const Status& status) const;
  /// Ends a command without a record: prints the error, with --json the object too, and returns
  /// the exit code.
  int Fail(const std::string& command, const Status& status) const;
  /// Prints an error for people and returns its exit code.
  int PrintError(const std::string& command, const Status& status) const;
  /// Whether messages may be coloured: standard error is a terminal and NO_COLOR is not set.
  bool colors() const { return colors_; }

 private:
  void DrawProgress(double seconds) const;

  GlobalFlags flags_;
  bool terminal_ = false;
  bool colors_ = false;
  RunProgress progress_;
  std::unique_ptr<TempDirectory> temp_directory_;
};

/// A run id: UTC time and a few random letters, `20261121-134501-k3v9x2`.
std::string MakeRunId();

/// Runs `plan` and reports: the common end of convert and validate.
int RunAndReport(Session& session, const std::string& command, const Plan& plan,
                 bool replace_foreign);

}  // namespace tamis
