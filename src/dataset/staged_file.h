// The files of a version that is not published yet: written, counted, check-summed. Does not know
// where they will go.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "dataset/layout.h"
#include "dataset/publish.h"
#include "storage/storage.h"

namespace tamis {

/// The files of one transaction. Thread-safe.
class StagedFiles {
 public:
  explicit StagedFiles(int64_t version) : version_(version) {}

  /// UsageError if this transaction has a file of this path.
  Status Add(const std::string& path);
  /// Forgets a file that could not be opened.
  void Drop(const std::string& path);
  /// The file is whole.
  void Close(DatasetFile file);
  /// All files, sorted by path. IoError if one of them is not closed.
  Result<std::vector<DatasetFile>> Finish() const;

 private:
  struct Entry {
    DatasetFile file;
    bool closed = false;
    bool dropped = false;
  };

  int64_t version_;
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, size_t> index_;  // by path, into entries_
};

/// Wraps `file`, which is open for writing at `full_path`; tells `files` when it is closed. Its
/// errors name `place`.
std::unique_ptr<StagedFile> MakeStagedFile(std::shared_ptr<StagedFiles> files,
                                           std::shared_ptr<Storage> storage,
                                           std::unique_ptr<WritableFile> file,
                                           std::string full_path, std::string path,
                                           OutputPlace place);

}  // namespace tamis
