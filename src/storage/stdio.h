// Streams that are read once from front to back: standard input and output, pipes. Not for files
// that can be read at any offset: those are in storage.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "storage/storage.h"

namespace tamis {

/// Bytes that come once, in order.
class SequentialFile {
 public:
  virtual ~SequentialFile() = default;
  /// Reads up to `size` bytes, at least one unless the end is reached: 0.
  virtual Result<int64_t> Read(int64_t size, void* out) = 0;
};

/// Opens a file, a pipe, or standard input (`-`) of this machine.
Result<std::unique_ptr<SequentialFile>> OpenSequential(const std::string& path);

/// Standard output. WriteAt is NotImplemented. A reader that goes away is an IoError (the program
/// ignores SIGPIPE).
std::unique_ptr<WritableFile> OpenStdout();

/// Opens something that is not a regular file (a pipe, /dev/null, a terminal) for writing.
Result<std::unique_ptr<WritableFile>> OpenDevice(const std::string& path);

}  // namespace tamis
