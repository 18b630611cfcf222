// Compresses a text file while it is written, on several threads. Does not decide whether.
//
// The text is cut into blocks of kCompressedBlockBytes; each becomes a gzip
// member or a zstd frame of its own. So the bytes depend on the text alone, not on the threads, and
// files put together are one file: every reader takes members that follow each other as one stream.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "format/decompress.h"
#include "storage/storage.h"

namespace tamis {

/// Text of a member or frame.
inline constexpr int64_t kCompressedBlockBytes = 1 << 20;

/// `gzip`, `zstd` or `none`; by the end of `path` (.gz, .zst, .zstd) if `name` is empty. UsageError
/// for another name.
Result<Compression> CompressionByName(const std::string& name, const std::string& path);

/// The ending of compressed files: `.gz`, `.zst`, or nothing.
std::string CompressionEnding(Compression compression);

/// A file that compresses what is appended to it and appends that to `file`, by `threads` threads
/// of its own. Close waits for them; a file without text has one empty member or frame. WriteAt is
/// not possible. Memory is about 4 MB a thread.
Result<std::unique_ptr<WritableFile>> CompressedFile(std::unique_ptr<WritableFile> file,
                                                     Compression compression, int threads);

}  // namespace tamis
