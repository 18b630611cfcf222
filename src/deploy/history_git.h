// Asks git about a repository that nobody vouches for: nothing that its configuration names is run,
// nothing is fetched, nothing is written. Does not interpret objects.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/process.h"

namespace tamis {

class GitRepository {
 public:
  /// Finds the repository of `directory`. `stop` must outlive it.
  static Result<GitRepository> Open(std::string directory, const StopToken& stop);

  /// The output of `git ARGUMENTS`; the errors that AnalyzeHistory promises if git fails.
  Result<std::string> Ask(const std::vector<std::string>& arguments) const;
  /// The same, but an exit code of 1 (`no such thing`) gives an empty text.
  Result<std::string> AskQuietly(const std::vector<std::string>& arguments) const;
  /// Hands on the output as it comes.
  Status Stream(const std::vector<std::string>& arguments, std::string_view input,
                const OutputTaker& take) const;

  const std::string& directory() const { return directory_; }
  const std::string& object_format() const { return object_format_; }
  size_t id_bytes() const { return object_format_ == "sha256" ? 32 : 20; }
  bool is_bare() const { return is_bare_; }
  bool is_shallow() const { return is_shallow_; }
  /// The commits whose parents a shallow clone has not, in hexadecimal.
  Result<std::vector<std::string>> ShallowCommits() const;
  /// Whether a remote keeps objects that are not here.
  Result<bool> IsPartial() const;

 private:
  GitRepository(std::string directory, const StopToken& stop)
      : directory_(std::move(directory)), stop_(&stop) {}
  ProcessSpec Spec(const std::vector<std::string>& arguments) const;
  Result<ProcessEnd> Run(const std::vector<std::string>& arguments, std::string_view input,
                         const OutputTaker& take) const;
  Status Failure(const std::string& command, const ProcessEnd& end) const;
  Status TakeLayout(const std::string& answer);

  std::string directory_;
  const StopToken* stop_;
  std::string object_format_;
  std::string common_directory_;
  bool is_bare_ = false;
  bool is_shallow_ = false;
};

/// Splits `text` at newlines; an empty last line is none.
std::vector<std::string_view> SplitLines(std::string_view text);

}  // namespace tamis
