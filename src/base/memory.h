// How much memory a run may use. Does not allocate.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/status.h"

namespace tamis {

/// Parses `512MB`, `2GiB`, `1.5G`, `100000` (bytes); powers of 1000, or of 1024 with an `i`.
/// UsageError otherwise.
Result<int64_t> ParseByteSize(std::string_view text);

/// Half of what the machine or its control group (v1 or v2) has, in bytes: the default of
/// `--memory`.
int64_t DefaultMemoryBytes();

/// `1.5 GB`, `12 MB`, `980 B`: powers of 1000, at most three digits.
std::string FormatByteSize(int64_t bytes);

/// The most memory that this process has held at once (VmHWM), in bytes.
int64_t PeakMemoryBytes();

}  // namespace tamis
