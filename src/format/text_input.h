// Opens text files: finds out whether they are compressed or another kind of file. Does not know
// what the text means.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/status.h"
#include "format/decompress.h"
#include "storage/storage.h"

namespace tamis {

/// An open file: either one that can be read anywhere, or a stream whose first bytes were read.
struct TextInput {
  std::string name;
  std::shared_ptr<ReadableFile> file;  // null: a stream
  std::unique_ptr<ByteStream> stream;
  std::string head;  // the first bytes; for a stream they are gone from it
  bool head_is_all = false;
};

/// What UTF-8 text may begin with without meaning anything.
inline constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

/// Whether `path` is standard input (`-`) or another thing that is read once from front to back.
Result<bool> IsPipe(const std::shared_ptr<Storage>& storage, const std::string& path);

/// Opens `path` (`-`: standard input), decompressing if its first bytes say so. DataError if it is
/// a known binary format, where `kind` (CSV, JSON lines) was expected.
Result<TextInput> OpenTextInput(const std::shared_ptr<Storage>& storage, const std::string& path,
                                const std::string& kind);

/// Reads on until the head has `bytes` bytes or the input ends.
Status ReadTextHead(TextInput* input, int64_t bytes);

/// The error for a file that is no text of this kind: `what` it seems to be.
Status NotThatText(const std::string& name, const std::string& kind, const std::string& what,
                   const std::string& hint);

}  // namespace tamis
