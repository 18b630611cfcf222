// The servers that a plan names: `10.0.0.[10-16]`, `user@host:port`, names of an ssh config. Does
// not connect.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

/// One server as OpenSSH is told about it. Nothing in it can be read as an option of ssh.
struct Server {
  std::string name;  // as the plan names it once ranges are expanded; unique
  std::string group;
  std::string user;  // "": as the ssh config says
  std::string host;
  int port = 0;  // 0: as the ssh config says
};

/// How many servers one plan may have.
inline constexpr size_t kServersMax = 10'000;

/// Expands the ranges in square brackets: `[10-16]`, `[08-12]` (as many digits), `[a-c]`,
/// `[1,3,5-7]`. A bracket that holds a colon is an IPv6 address. UsageError at `place` for what is
/// no range, and for more than kServersMax.
Result<std::vector<std::string>> ExpandRanges(std::string_view pattern, const Place& place);

/// Splits `user@host:port`. UsageError at `place` for what ssh could misread: a leading dash,
/// white space, control characters, a port that is none.
Result<Server> ParseServer(std::string_view text, const Place& place);

/// The names of an ssh config's `Host` lines that match `pattern` (`*` and `?`), in the order of
/// the file. IoError if it can't be read.
Result<std::vector<std::string>> HostsOfConfig(const std::string& config_path,
                                               std::string_view pattern);

}  // namespace tamis
