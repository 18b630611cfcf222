// Text for a POSIX shell: quoting, and commands with many names. Does not run it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tamis {

/// `text` as one word that a POSIX shell reads back byte by byte, whatever is in it.
std::string ShellQuote(std::string_view text);

/// `./path`, quoted: no name can begin with a dash or be a word of the shell.
std::string QuotePath(std::string_view path);

/// Collects the arguments of commands and writes each command as often as its length needs.
class ArgumentBatch {
 public:
  /// `command` and its first arguments, as shell text.
  explicit ArgumentBatch(std::string command) : command_(std::move(command)) {}
  /// Adds an argument that is quoted already.
  void Add(const std::string& quoted);
  /// The lines; each ends the shell where its command fails, unless `may_fail`.
  std::string Lines(bool may_fail) const;

 private:
  std::string command_;
  std::vector<std::string> calls_;  // arguments of one call each
};

}  // namespace tamis
