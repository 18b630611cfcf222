// Quotes for a POSIX shell. See shell_text.h.
#include "deploy/shell_text.h"

namespace tamis {
namespace {

// Linux takes 2 MB of arguments, others less; POSIX promises 4 KB.
constexpr size_t kCallBytesMax = 60'000;

}  // namespace

std::string ShellQuote(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string QuotePath(std::string_view path) { return ShellQuote("./" + std::string(path)); }

void ArgumentBatch::Add(const std::string& quoted) {
  if (calls_.empty() || calls_.back().size() + quoted.size() > kCallBytesMax) calls_.emplace_back();
  calls_.back() += " " + quoted;
}

std::string ArgumentBatch::Lines(bool may_fail) const {
  std::string lines;
  for (const std::string& call : calls_) {
    lines += command_ + call + (may_fail ? "\n" : " || exit 1\n");
  }
  return lines;
}

}  // namespace tamis
