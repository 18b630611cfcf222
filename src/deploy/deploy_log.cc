// Prints log lines and live lines. See deploy_log.h.
#include "deploy/deploy_log.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "base/printable.h"

namespace tamis {
namespace {

std::string Timestamp() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[40];
  const size_t length = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &utc);
  char fraction[8];
  std::snprintf(fraction, sizeof(fraction), ".%03dZ", static_cast<int>(ms % 1000));
  return std::string(text, length) + fraction;
}

const char* NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "";
}

}  // namespace

DeployLog::~DeployLog() {
  std::lock_guard lock(mutex_);
  Erase();
}

void DeployLog::Print(const std::string& host, LogLevel level, const std::string& text) {
  Erase();
  const bool red = options_.colors && level == LogLevel::kError;
  std::fprintf(stderr, "%s %s %s%s%s %s\n", Timestamp().c_str(), Printable(host).c_str(),
               red ? "\x1b[31m" : "", NameOf(level), red ? "\x1b[0m" : "", Printable(text).c_str());
  Draw();
}

void DeployLog::Erase() {
  if (drawn_lines_ > 0) std::fprintf(stderr, "\x1b[%zuA\r\x1b[J", drawn_lines_);
  drawn_lines_ = 0;
}

void DeployLog::Draw() {
  if (!options_.terminal || options_.quiet) return;
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row < 3) return;
  const size_t lines_max = size.ws_row - 2u;
  const size_t columns = std::max<size_t>(size.ws_col, 20) - 1;
  for (const auto& [host, text] : live_) {
    if (drawn_lines_ + 1 >= lines_max && live_.size() > lines_max) {
      std::fprintf(stderr, "... %zu more\n", live_.size() - drawn_lines_);
      ++drawn_lines_;
      break;
    }
    // A line that wraps could not be taken back.
    std::fprintf(stderr, "%s\n", Printable(host + "  " + text).substr(0, columns).c_str());
    ++drawn_lines_;
  }
  std::fflush(stderr);
}

void DeployLog::Say(const std::string& host, LogLevel level, const std::string& text) {
  if (options_.quiet && level != LogLevel::kError) return;
  if (!options_.verbose && level == LogLevel::kDebug) return;
  std::lock_guard lock(mutex_);
  Print(host, level, text);
}

void DeployLog::Show(const std::string& host, const std::string& text) {
  if (!options_.terminal) return Say(host, LogLevel::kInfo, text);
  ShowProgress(host, text);
}

void DeployLog::ShowProgress(const std::string& host, const std::string& text) {
  if (!options_.terminal) return;
  std::lock_guard lock(mutex_);
  live_[host] = text;
  Erase();
  Draw();
}

void DeployLog::End(const std::string& host, LogLevel level, const std::string& text) {
  {
    std::lock_guard lock(mutex_);
    live_.erase(host);
  }
  Say(host, level, text);
}

void DeployLog::Summary(const std::string& text, bool failed) {
  if (options_.quiet && !failed) return;
  std::lock_guard lock(mutex_);
  live_.clear();
  Print("all", failed ? LogLevel::kError : LogLevel::kInfo, text);
}

}  // namespace tamis
