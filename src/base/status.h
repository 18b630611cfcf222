// Errors of every layer: an arrow::Status whose detail says where (file, line, column), how to mend
// it (hint) and which exit code it leads to. Does not print: src/cli does.
#pragma once

#include <arrow/result.h>
#include <arrow/status.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tamis {

using arrow::Result;
using arrow::Status;

/// Exit codes of the program, the same for every command.
enum class ExitCode { kDone = 0, kDataFailed = 1, kUsage = 2, kIo = 3, kInterrupted = 130 };

/// The text that errors point into: a file, or an argument such as `--set`.
struct SourceText {
  std::string name;  // what a message calls it: a path as the user gave it
  std::string text;
};

/// A place in a text. Lines and columns count from 1, columns in bytes; 0 means unknown.
struct Place {
  std::shared_ptr<const SourceText> source;
  int64_t line = 0;
  int64_t column = 0;

  /// `file:line:column`, as far as known; empty when nothing is.
  std::string ToString() const;
  /// The source line and a caret under the column, two lines that each end in '\n'; empty when
  /// unknown.
  std::string Snippet() const;
};

/// Returns the place of byte `offset` of `source`.
Place PlaceOf(std::shared_ptr<const SourceText> source, size_t offset);

/// The detail that every error made below carries.
class ErrorDetail : public arrow::StatusDetail {
 public:
  ErrorDetail(ExitCode exit_code, Place place, std::string hint)
      : exit_code_(exit_code), place_(std::move(place)), hint_(std::move(hint)) {}
  const char* type_id() const override { return "tamis::ErrorDetail"; }
  std::string ToString() const override;

  ExitCode exit_code() const { return exit_code_; }
  const Place& place() const { return place_; }
  const std::string& hint() const { return hint_; }

 private:
  ExitCode exit_code_;
  Place place_;
  std::string hint_;
};

/// The user's configuration or command line is wrong: exit code 2.
Status UsageError(std::string message, std::string hint = "");
Status UsageErrorAt(Place place, std::string message, std::string hint = "");
/// The data failed its checks: exit code 1.
Status DataError(std::string message, std::string hint = "");
Status DataErrorAt(Place place, std::string message, std::string hint = "");
/// A read, write or remote side failed: exit code 3. `path` comes first in the message.
Status IoError(std::string_view path, std::string message, std::string hint = "");
/// As IoError, with the text of `error_number` (errno) as its message and a hint for the usual
/// ones.
Status IoErrorFromErrno(std::string_view path, int error_number);
/// The run was interrupted (SIGINT, SIGTERM): exit code 130.
Status Interrupted();

/// The exit code of `status`; kDone if it is OK, kIo for an Arrow IOError without detail, kUsage
/// for other Arrow errors.
ExitCode ExitCodeOf(const Status& status);

/// The whole message as a user reads it: `place: message (hint)` and, where known, the source line
/// with a caret.
std::string FormatError(const Status& status);

}  // namespace tamis
