// An array job over ssh. See remote_exec.h.
#include "deploy/remote_exec.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <mutex>

#include "base/printable.h"
#include "deploy/shell_text.h"

namespace tamis {
namespace {

constexpr size_t kOutputBytesMax = 64 << 10;  // of what the result keeps

std::string WithPart(const std::string& word, size_t part, size_t part_count) {
  std::string text = word;
  for (const auto& [name, value] : {std::pair<std::string, size_t>{"{part}", part},
                                    std::pair<std::string, size_t>{"{parts}", part_count}}) {
    const std::string number = std::to_string(value);
    for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.replace(at, name.size(), number);
      at += number.size();
    }
  }
  return text;
}

/// Where a server's output goes: its file, or whole lines to standard output.
class OutputLines {
 public:
  /// Neither of them if `path` and `server` are empty.
  OutputLines(std::string path, std::string server)
      : path_(std::move(path)), server_(std::move(server)), file_(nullptr, std::fclose) {}

  Status Open() {
    if (path_.empty()) return Status::OK();
    file_.reset(std::fopen(path_.c_str(), "wb"));
    return file_ ? Status::OK() : IoErrorFromErrno(path_, errno);
  }

  Status Take(std::string_view piece, std::string* kept) {
    *kept += piece;
    if (kept->size() > 2 * kOutputBytesMax) kept->erase(0, kept->size() - kOutputBytesMax);
    if (file_) {
      const size_t put = std::fwrite(piece.data(), 1, piece.size(), file_.get());
      return put == piece.size() ? Status::OK() : IoErrorFromErrno(path_, errno);
    }
    if (server_.empty()) return Status::OK();
    line_ += piece;
    const size_t end = line_.rfind('\n');
    if (end == std::string::npos) return Status::OK();
    Print(std::string_view(line_).substr(0, end));
    line_.erase(0, end + 1);
    return Status::OK();
  }

  Status Close() {
    if (!line_.empty()) Print(line_);
    line_.clear();
    if (!file_) return Status::OK();
    return std::fclose(file_.release()) == 0 ? Status::OK() : IoErrorFromErrno(path_, errno);
  }

 private:
  void Print(std::string_view lines) const {
    static std::mutex mutex;
    std::lock_guard lock(mutex);
    for (size_t begin = 0; begin <= lines.size();) {
      const size_t end = std::min(lines.find('\n', begin), lines.size());
      std::printf("%s: %s\n", server_.c_str(), Printable(lines.substr(begin, end - begin)).c_str());
      begin = end + 1;
    }
  }

  std::string path_;
  std::string server_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string line_;
};

Status WriteErrors(const std::string& path, const std::string& errors) {
  OutputLines file(path, "");
  std::string kept;
  ARROW_RETURN_NOT_OK(file.Open());
  ARROW_RETURN_NOT_OK(file.Take(errors, &kept));
  return file.Close();
}

Status Exec(const RolloutContext& context, const RemoteTask& task, const Server& server,
            size_t number, HostResult* result) {
  const Connection connection{&context.plan.ssh, &server, "", DeadlineIn(context.plan.timeout_ms),
                              &context.stop};
  const std::string stem = task.gather.empty() ? "" : task.gather + "/" + server.name;
  OutputLines output(stem.empty() ? "" : stem + ".out", task.prints_lines ? server.name : "");
  ARROW_RETURN_NOT_OK(output.Open());
  context.log.ShowProgress(server.name, "running");
  const std::string current = ShellQuote(context.plan.target + "/current");
  const std::string script = "if [ -d " + current + " ]; then cd " + current + " || exit 1; fi\n" +
                             TaskScript(task, number + 1);
  ARROW_ASSIGN_OR_RAISE(
      const CommandOutcome outcome,
      RunRemoteCommand(connection, script, context.plan.timeout_ms, [&](std::string_view piece) {
        return output.Take(piece, &result->output);
      }));
  ARROW_RETURN_NOT_OK(output.Close());
  if (!stem.empty()) ARROW_RETURN_NOT_OK(WriteErrors(stem + ".err", outcome.errors));
  result->exit_code = outcome.exit_code;
  for (size_t begin = 0; begin < outcome.errors.size();) {
    const size_t end = std::min(outcome.errors.find('\n', begin), outcome.errors.size());
    context.log.Say(server.name, LogLevel::kInfo, outcome.errors.substr(begin, end - begin));
    begin = end + 1;
  }
  if (outcome.exit_code == 0) return Status::OK();
  return DataError("exit code " + std::to_string(outcome.exit_code));
}

}  // namespace

std::string TaskScript(const RemoteTask& task, size_t part) {
  if (task.words.size() == 1) return WithPart(task.words[0], part, task.part_count);
  std::string line;
  for (const std::string& word : task.words) {
    line += (line.empty() ? "" : " ") + ShellQuote(WithPart(word, part, task.part_count));
  }
  return line;
}

void ExecOnServer(const RolloutContext& context, const RemoteTask& task, const Server& server,
                  size_t number, HostResult* result) {
  const auto start = std::chrono::steady_clock::now();
  result->status = Exec(context, task, server, number, result);
  const auto end = std::chrono::steady_clock::now();
  result->seconds = std::chrono::duration<double>(end - start).count();
  const bool ok = result->status.ok();
  result->state = ok ? HostResult::State::kDone : HostResult::State::kFailed;
  const std::string part =
      "part " + std::to_string(number + 1) + " of " + std::to_string(task.part_count);
  std::string why = ok ? "" : FormatError(result->status);
  while (why.ends_with("\n")) why.pop_back();
  context.log.End(server.name, ok ? LogLevel::kInfo : LogLevel::kError,
                  ok ? part + " is done" : part + ": " + why);
}

}  // namespace tamis
