// Child processes: bytes in and out, ends, limits.
#include "deploy/process.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <csignal>

namespace tamis {
namespace {

// As the program does: a child may end before it has read its input.
[[maybe_unused]] const auto kBefore = std::signal(SIGPIPE, SIG_IGN);

ProcessSpec Shell(const std::string& script) {
  ProcessSpec spec;
  spec.arguments = {"sh", "-c", script};
  spec.environment = {"PATH=/usr/bin:/bin"};
  return spec;
}

struct Ran {
  ProcessEnd end;
  std::string output;
};

Result<Ran> RunToEnd(const ProcessSpec& spec) {
  StopToken stop;
  Ran ran;
  ARROW_ASSIGN_OR_RAISE(ran.end, RunProcess(
                                     spec,
                                     [&](std::string_view piece) {
                                       ran.output += piece;
                                       return Status::OK();
                                     },
                                     stop));
  return ran;
}

TEST(Process, HandsOnOutputErrorsAndExitCode) {
  Ran ran = RunToEnd(Shell("printf out; printf err >&2; exit 7")).ValueOrDie();
  EXPECT_EQ(ran.output, "out");
  EXPECT_EQ(ran.end.errors, "err");
  EXPECT_EQ(ran.end.exit_code, 7);
  EXPECT_EQ(RunToEnd(Shell("kill -9 $$")).ValueOrDie().end.exit_code, 128 + 9);
}

TEST(Process, FeedsMoreThanAPipeHoldsWhileItReads) {
  std::string text(3'000'000, 'x');
  ProcessSpec spec = Shell("cat");
  spec.input = text;
  EXPECT_EQ(RunToEnd(spec).ValueOrDie().output, text);
}

TEST(Process, MayLeaveItsInputUnread) {
  std::string text(3'000'000, 'x');
  ProcessSpec spec = Shell("head -c 1");
  spec.input = text;
  EXPECT_EQ(RunToEnd(spec).ValueOrDie().output, "x");
}

TEST(Process, HasOnlyTheEnvironmentAndFolderItIsGiven) {
  ::setenv("TAMISTEST_SECRET", "1", 1);
  ProcessSpec spec = Shell("echo $TAMISTEST_SECRET$A; pwd");
  spec.environment.push_back("A=2");
  spec.directory = "/";
  EXPECT_EQ(RunToEnd(spec).ValueOrDie().output, "2\n/\n");
  for (const std::string& variable : EnvironmentWithout("TAMISTEST_")) {
    EXPECT_FALSE(variable.starts_with("TAMISTEST_"));
  }
}

TEST(Process, SaysWhatIsNotThere) {
  ProcessSpec spec = Shell("true");
  spec.arguments = {"no-such-program"};
  auto ran = RunToEnd(spec);
  EXPECT_EQ(ran.status().message(), "no-such-program: not found");
  EXPECT_EQ(ExitCodeOf(ran.status()), ExitCode::kIo);
  spec = Shell("true");
  spec.directory = "/no/such/folder";
  EXPECT_EQ(RunToEnd(spec).status().message(), "/no/such/folder: no such file or directory");
}

TEST(Process, EndsAtItsLimit) {
  ProcessSpec spec = Shell("exec sleep 60");
  spec.timeout_ms = 50;
  auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(RunToEnd(spec).ValueOrDie().end.timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Process, EndsOnRequestAndWhenTheTakerFails) {
  StopToken stop;
  stop.Request();
  auto ended =
      RunProcess(Shell("exec sleep 60"), [](std::string_view) { return Status::OK(); }, stop);
  EXPECT_EQ(ExitCodeOf(ended.status()), ExitCode::kInterrupted);
  StopToken go_on;
  ended = RunProcess(
      Shell("echo; exec sleep 60"), [](std::string_view) { return DataError("no"); }, go_on);
  EXPECT_EQ(ended.status().message(), "no");
}

}  // namespace
}  // namespace tamis
