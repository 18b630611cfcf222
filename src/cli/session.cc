// Signals, progress and reports. See session.h.
#include "cli/session.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <thread>

#include "base/memory.h"
#include "base/printable.h"
#include "plan/plan.h"

namespace tamis {
namespace {

void OnSignal(int) {
  if (process_stop.requested()) _exit(static_cast<int>(ExitCode::kInterrupted));  // asked twice
  process_stop.Request();
}

void HandleSignals() {
  struct sigaction action{}, before{};
  action.sa_handler = OnSignal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // The terminal was closed; who started the program with nohup wants it to go on.
  sigaction(SIGHUP, &action, &before);
  if (before.sa_handler == SIG_IGN) signal(SIGHUP, SIG_IGN);
  // The write fails instead, and its error says which.
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

// A thread that calls `draw` ten times a second until it is destroyed.
class Ticker {
 public:
  explicit Ticker(std::function<void(double)> draw)
      : draw_(std::move(draw)), thread_([this] { Loop(); }) {}
  ~Ticker() {
    {
      std::lock_guard lock(mutex_);
      done_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

 private:
  void Loop() {
    auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::milliseconds(100), [this] { return done_; })) {
      draw_(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
  }

  std::function<void(double)> draw_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

int64_t NowUs() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::string TempParent(const std::string& asked) {
  const char* from_environment = std::getenv("TMPDIR");
  if (!asked.empty()) return asked;
  return from_environment && *from_environment ? from_environment : "/tmp";
}

}  // namespace

Session::Session(GlobalFlags flags) : flags_(std::move(flags)) {
  HandleSignals();
  const char* no_color = std::getenv("NO_COLOR");
  terminal_ = isatty(STDERR_FILENO) == 1;
  colors_ = terminal_ && !(no_color && *no_color);
}

Session::~Session() = default;

StopToken& Session::stop() { return process_stop; }

Result<RunOptions> Session::MakeRunOptions(const std::string& command) {
  RunOptions options;
  options.command = command;
  options.run_id = MakeRunId();
  options.run_time_us = NowUs();
  if (flags_.thread_count < 0 || flags_.thread_count > 1024) {
    return UsageError("--threads: not a number of threads: " + std::to_string(flags_.thread_count),
                      "1 to 1024");
  }
  auto cores = static_cast<int>(std::thread::hardware_concurrency());
  options.thread_count = flags_.thread_count ? flags_.thread_count : std::max(1, cores);
  options.memory_bytes = DefaultMemoryBytes();
  if (!flags_.memory.empty()) {
    ARROW_ASSIGN_OR_RAISE(options.memory_bytes, ParseByteSize(flags_.memory));
    if (options.memory_bytes < (int64_t{32} << 20)) {
      return UsageError("--memory: too little: " + flags_.memory, "at least 32MiB");
    }
  }
  ARROW_ASSIGN_OR_RAISE(temp_directory_,
                        TempDirectory::Make(TempParent(flags_.temp), options.run_id));
  options.temp_directory = temp_directory_->path();
  if (flags_.verbose) {
    std::fprintf(stderr, "run %s: %d threads, %s of memory, spill to %s\n", options.run_id.c_str(),
                 options.thread_count, FormatByteSize(options.memory_bytes).c_str(),
                 options.temp_directory.c_str());
  }
  options.stop = &process_stop;
  options.progress = &progress_;
  return options;
}

void Session::DrawProgress(double seconds) const {
  int64_t read = progress_.bytes_read, total = progress_.bytes_total;
  std::string text = FormatCount(progress_.rows_read) + " rows";
  if (total > 0) {
    auto done = static_cast<int>(std::min<int64_t>(20, read * 20 / total));
    text = "[" + std::string(static_cast<size_t>(done), '#') +
           std::string(static_cast<size_t>(20 - done), '.') + "] " + text;
  }
  char rate[64];
  std::snprintf(rate, sizeof(rate), ", %.0f MB/s", static_cast<double>(read) / 1e6 / seconds);
  if (read > 0) text += rate;
  std::fprintf(stderr, "\r\x1b[K%s", text.c_str());
  std::fflush(stderr);
}

Status Session::WithProgress(const std::function<Status()>& work,
                             const std::function<std::string()>& line) const {
  if (!terminal_ || flags_.quiet || flags_.json) return work();
  Status status;
  {
    Ticker ticker([&line](double) {
      std::fprintf(stderr, "\r\x1b[K%s", line().c_str());
      std::fflush(stderr);
    });
    status = work();
  }
  std::fprintf(stderr, "\r\x1b[K");
  return status;
}

Status Session::WithProgress(const std::function<Status()>& work) {
  if (!terminal_ || flags_.quiet || flags_.json) return work();
  Status status;
  {
    Ticker ticker([this](double seconds) { DrawProgress(seconds); });
    status = work();
  }
  std::fprintf(stderr, "\r\x1b[K");
  return status;
}

int Session::Report(const RunRecord& record, const Status& status) const {
  if (flags_.json) {
    // Where the data went to standard output, the record goes beside it.
    bool data_on_stdout =
        std::any_of(record.outputs.begin(), record.outputs.end(),
                    [](const OutputRecord& output) { return output.path == "-"; });
    std::fputs(FormatRunJson(record, status).c_str(), data_on_stdout ? stderr : stdout);
  } else if (!flags_.quiet) {
    for (const std::string& warning : record.warnings) {
      std::fprintf(stderr, "warning: %s\n", PrintableLines(warning).c_str());
    }
    bool has_rows =
        status.ok() || (ExitCodeOf(status) == ExitCode::kDataFailed && !record.steps.empty());
    if (has_rows) std::fputs(FormatRunSummary(record, colors_).c_str(), stderr);
  }
  if (!status.ok()) return PrintError(record.command, status);
  return static_cast<int>(ExitCode::kDone);
}

int Session::Fail(const std::string& command, const Status& status) const {
  if (flags_.json) std::fputs(FormatCommandJson(command, status, {}).c_str(), stdout);
  return PrintError(command, status);
}

int Session::PrintError(const std::string& command, const Status& status) const {
  const char* red = colors_ ? "\x1b[31m" : "";
  const char* plain = colors_ ? "\x1b[0m" : "";
  std::fprintf(stderr, "tamis %s: %serror:%s %s", command.c_str(), red, plain,
               FormatError(status).c_str());
  return static_cast<int>(ExitCodeOf(status));
}

std::string MakeRunId() {
  char stamp[32];
  std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S-", &utc);
  unsigned char random[6] = {};
  if (getrandom(random, sizeof(random), 0) != sizeof(random)) std::abort();
  std::string id = stamp;
  for (unsigned char byte : random) id += "abcdefghijkmnpqrstuvwxyz23456789"[byte % 32];
  return id;
}

int RunAndReport(Session& session, const std::string& command, const Plan& plan,
                 bool replace_foreign) {
  RunRecord record;
  record.command = command;
  auto options = session.MakeRunOptions(command);
  if (!options.ok()) return session.Report(record, options.status());
  options->replace_foreign = replace_foreign;
  Status status = session.WithProgress([&] { return RunPlan(plan, *options, &record); });
  return session.Report(record, status);
}

}  // namespace tamis
