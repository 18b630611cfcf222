// One output file that appears whole or not at all. Directories of files are publish.h's.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "storage/storage.h"

namespace tamis {

/// A file being written under a temporary name beside its own. The destructor aborts.
class FileOutput {
 public:
  /// Opens `path`: `-` is standard output; a pipe or device is written directly; a symbolic link
  /// is followed. Removes what killed runs left of this output. IoError if another run writes it.
  /// `durable`: Commit also survives a loss of power.
  static Result<std::unique_ptr<FileOutput>> Open(std::shared_ptr<Storage> storage,
                                                  const std::string& path,
                                                  const std::string& run_id, bool durable = true);
  virtual ~FileOutput() = default;

  virtual WritableFile& file() = 0;
  /// Whether WriteAt works: not on streams.
  virtual bool is_seekable() const = 0;
  /// Puts the file in its place.
  virtual Status Commit() = 0;
  /// Removes what was written. Does nothing after Commit.
  virtual Status Abort() = 0;
};

}  // namespace tamis
