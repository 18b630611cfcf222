// A run's own folder for what it spills. Does not choose where: that is --temp or TMPDIR.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "storage/storage.h"

namespace tamis {

/// `PARENT/tamis-RUNID`, only for this user, removed with this object. It holds a lock, so that a
/// later run can tell the folder of a killed run from that of a running one, on any host.
class TempDirectory {
 public:
  /// Removes what killed runs left below `parent`, then makes the folder. IoError if it can't.
  static Result<std::unique_ptr<TempDirectory>> Make(const std::string& parent,
                                                     const std::string& run_id);
  ~TempDirectory();
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  const std::string& path() const { return path_; }

 private:
  TempDirectory(std::string path, std::unique_ptr<FileLock> lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}

  std::string path_;
  std::unique_ptr<FileLock> lock_;  // null where the file system has no locks
};

}  // namespace tamis
