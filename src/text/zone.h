// Time zones: what a wall clock's time is in UTC. Reads the bytes of a TZif file (RFC 9636); where
// such files lie is not known here: see format/zone_file.h.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

/// The offsets of one place over time. Immutable, shared between threads.
class TimeZone {
 public:
  /// The same offset for ever, in seconds east of UTC.
  explicit TimeZone(int32_t offset_seconds) : offsets_{offset_seconds} {}

  /// Invalid for bytes that are no TZif file, or one that counts leap seconds.
  static Result<TimeZone> FromTzif(std::string_view bytes);

  /// Seconds east of UTC when the wall clock shows `local_seconds` since 1970-01-01T00:00:00. A
  /// time that the clock shows twice is the first of the two; one that it skips counts by the
  /// offset before the jump, so that it becomes later by the jump's length. Both are as in
  /// java.time (and so in Spark) and in Python (fold=0).
  int32_t OffsetOfLocal(int64_t local_seconds) const {
    return begins_.empty() ? offsets_[0] : Find(local_seconds);
  }

 private:
  int32_t Find(int64_t local_seconds) const;

  std::vector<int64_t> begins_;   // ascending: offsets_[i + 1] holds from local time begins_[i] on
  std::vector<int32_t> offsets_;  // one more than begins_
  bool repeats_ = false;          // the last 400 years are those of any 400 years that follow
};

}  // namespace tamis
