// Cases of `tamis test`: one text file with input files, a command, and what must come of it.
// docs/testing.md describes the format. Does not run anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

/// A section begins with `--- KIND ARGUMENT` and reaches to the next one.
struct CaseSection {
  enum class Kind {
    kComment,  // the lines before the first section
    kFile,     // in, contract, pipeline, file: a file to write, named by the argument
    kEnv,      // NAME=VALUE lines for the commands that follow
    kRun,      // the command line
    kStdout,   // expected standard output
    kError,    // expected messages on standard error, and `exit: N`
    kOut,      // expected rows of a file or dataset, as CSV
    kRejects,  // expected rejects: line, byte offset, column, rule, value
    kBooks,    // expected books of each step
    kFiles,    // expected files below the argument
  };
  Kind kind = Kind::kComment;
  std::string word;  // as written: in, contract, ...
  std::string argument;
  bool escaped =
      false;  // the body has \n, \r, \t, \0, \xNN, \\; a last line that ends with \ has no line end
  std::string body;
  int64_t line = 0;  // of its heading
};

/// Splits a case file. UsageErrorAt the heading for an unknown kind of section.
Result<std::vector<CaseSection>> ParseCase(const std::shared_ptr<const SourceText>& source);

/// The text that ParseCase reads back to the same sections.
std::string FormatCase(const std::vector<CaseSection>& sections);

/// The bytes that an escaped body stands for.
Result<std::string> Unescape(std::string_view body);

/// Whether a section says what must come out (and `--complete` may rewrite it).
bool IsExpectation(CaseSection::Kind kind);

}  // namespace tamis
