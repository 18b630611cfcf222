// The shell text that runs on servers: POSIX sh and coreutils, nothing else. Does not talk to them.
#pragma once

#include <string>
#include <string_view>

namespace tamis {

/// Ends every step, so that half a step never runs when a connection is cut.
inline constexpr std::string_view kStepEnd = "\n#END";

/// What the server's shell is told first: functions, and a loop that runs steps. A step is its
/// number of bytes on a line, then its text. The answer to each is what it printed, a line
/// `NONCE STATUS ERROR-BYTES`, and its errors.
///
/// `nonce` is random hexadecimal, `target` an absolute path, `holder` who deploys, on one line.
std::string RemoteScript(const std::string& nonce, const std::string& target,
                         const std::string& holder);

/// A command that reads a script of `byte_count` bytes from its input and runs it. It means the
/// same to every login shell.
std::string ShellReading(size_t byte_count);

}  // namespace tamis
