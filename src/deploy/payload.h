// Bytes on their way to servers: files as gzip members, made once and sent to many. Does not send.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "deploy/release.h"

namespace tamis {

/// Takes a piece of a payload.
using PieceTaker = std::function<Status(std::string_view)>;

/// Part of a payload. Members of gzip one after another are one gzip stream.
class PayloadPart {
 public:
  virtual ~PayloadPart() = default;
  /// How many bytes Send gives.
  virtual int64_t byte_count() const = 0;
  /// Gives all bytes, piece by piece. IoError if the file here can't be read or became shorter.
  virtual Status Send(const PieceTaker& take) const = 0;
};

/// Text, as a gzip member if `gzip`.
Result<std::shared_ptr<const PayloadPart>> TextPart(std::string text, bool gzip);

/// The parts of a release's files. Each file is compressed at most once, whoever needs it first;
/// what gzip makes hardly smaller goes as it is. Thread-safe.
class FileParts {
 public:
  /// `temp_directory` holds what is compressed and large.
  FileParts(const ReleaseContent& content, std::string temp_directory);
  ~FileParts();

  /// A file from byte `offset` on. With `gzip` as a gzip member.
  Result<std::shared_ptr<const PayloadPart>> Part(size_t entry_index, int64_t offset, bool gzip);

 private:
  struct Slot;
  Status Pack(size_t entry_index, Slot* slot) const;

  const ReleaseContent& content_;
  std::string temp_directory_;
  std::vector<std::unique_ptr<Slot>> slots_;
};

}  // namespace tamis
