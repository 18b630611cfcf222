// A storage whose calls fail when a test says so. Passes everything else on to another storage.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "storage/storage.h"

namespace tamis {

/// Which calls fail, counted from 0 over all calls that can fail (of files too).
struct FaultPlan {
  int64_t fail_at = -1;        // -1: none
  bool and_all_after = false;  // the process has died: no later call does anything
  int error_number = 5;        // EIO
};

/// Wraps a storage. A failing Append or WriteAt writes half of its bytes first, as a full disk
/// does.
class FaultyStorage : public Storage {
 public:
  /// Starts to count from 0 again.
  virtual void Arm(FaultPlan plan) = 0;
  /// Calls since Arm.
  virtual int64_t calls() const = 0;
};

std::shared_ptr<FaultyStorage> MakeFaultyStorage(std::shared_ptr<Storage> inner);

}  // namespace tamis
