// The request to stop a run: set by a signal or by the first failure, looked at between chunks of
// work.
#pragma once

#include <atomic>

namespace tamis {

/// One per run, shared by its threads.
class StopToken {
 public:
  void Request() { requested_.store(true, std::memory_order_relaxed); }
  bool requested() const { return requested_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> requested_{false};
};

/// The process's own token, which signals set: for waits that nothing else ends, such as a read
/// from a silent pipe.
inline constinit StopToken process_stop;

}  // namespace tamis
