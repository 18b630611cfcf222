// Bytes that can only be read from front to back: gzip and zstd files, standard input. Does not
// know what the bytes mean.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"
#include "storage/storage.h"

namespace tamis {

/// Bytes from front to back. For one thread at a time.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Reads up to `size` bytes into `out`; fewer only at the end.
  virtual Result<int64_t> Read(int64_t size, void* out) = 0;
  /// Bytes taken from the file below so far, for progress; may be called by other threads.
  virtual int64_t ConsumedBytes() const = 0;
};

enum class Compression : uint8_t { kNone, kGzip, kZstd };

/// Tells by the first bytes (4 suffice).
Compression DetectCompression(std::string_view head);

/// The bytes of `file` from its beginning.
std::unique_ptr<ByteStream> FileStream(std::shared_ptr<ReadableFile> file);

/// Standard input.
std::unique_ptr<ByteStream> StandardInput();

/// The bytes of standard input (`-`) or of a pipe. IoError if it can't be opened.
Result<std::unique_ptr<ByteStream>> PipeStream(const std::string& path);

/// The decompressed bytes of `input`; members or frames that follow each other are one stream.
/// `name` is what errors call it. DataError if the bytes are damaged, end early, or are followed by
/// something else (zeros are fine, as for gzip).
Result<std::unique_ptr<ByteStream>> Decompress(std::unique_ptr<ByteStream> input,
                                               Compression compression, std::string name);

/// `input` as it is, or decompressed if its first bytes say so.
Result<std::unique_ptr<ByteStream>> DecompressIfNeeded(std::unique_ptr<ByteStream> input,
                                                       std::string name);

}  // namespace tamis
