// A file system in memory, for tests, that also knows what a loss of power would leave. Not for
// data.
#pragma once

#include <memory>
#include <string>

#include "storage/storage.h"

namespace tamis {

/// What is left after a crash.
enum class CrashKind {
  kKeepAll,           // the process was killed, the machine went on
  kDropUnsyncedData,  // names were written back, bytes of files that were not synced were not
  kDropUnsynced,      // only what was synced, names included
};

/// What a file system offers; without these, protocols must do without.
struct MemoryStorageOptions {
  bool can_exchange = true;
  bool can_link = true;
};

/// Files and folders in memory. Every path is taken from the root `/`. Thread-safe.
class MemoryStorage : public Storage {
 public:
  /// Loses what a crash of this kind loses. Locks are gone too; open files must not be used again.
  virtual void Crash(CrashKind kind) = 0;
};

std::shared_ptr<MemoryStorage> MakeMemoryStorage(MemoryStorageOptions options = {});

}  // namespace tamis
