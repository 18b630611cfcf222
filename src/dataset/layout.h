// Where tamis puts what in and beside an output, and who may write it. Does not publish.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "storage/storage.h"

namespace tamis {

/// Inside a dataset.
inline constexpr std::string_view kTamisFolder = "_tamis";
inline constexpr std::string_view kManifestFile = "_tamis/manifest.json";
inline constexpr std::string_view kCommitsFolder = "_tamis/commits";
inline constexpr std::string_view kStagingFolder = "_tamis/staging";
inline constexpr std::string_view kSuccessFile = "_SUCCESS";

/// Commit records that stay; older ones are removed.
inline constexpr int64_t kCommitRecordsKept = 100;

/// `_tamis/commits/00000042.json`.
std::string CommitRecordPath(int64_t version);
/// The version in the name of a commit record; 0 if it isn't one.
int64_t CommitRecordVersion(std::string_view file_name);

/// Where one output stands, and the names beside it that belong to it.
struct OutputPlace {
  std::string given;   // the path as the user wrote it, for messages
  std::string target;  // canonical: absolute, without symbolic links
  std::string parent;
  std::string name;

  /// `.NAME.tamis-next-RUN`: the next version of a dataset, or its old tree.
  std::string NextTree(std::string_view run_id) const;
  /// `.NAME.tamis-tmp-RUN`: a file that is being written.
  std::string TemporaryFile(std::string_view run_id) const;
  /// `.NAME.tamis-lock`.
  std::string LockFile() const;
  /// `status` as the user knows it: where it begins with a path of this output (its target, a file
  /// beside it, a staged file, a folder above it), that is now the given path. What is inside the
  /// published dataset keeps its relative path.
  Status AsGiven(const Status& status) const;
  /// Whether a name in `parent` is a NextTree or a TemporaryFile of this output, of any run.
  bool IsLeftover(std::string_view file_name) const;
};

/// UsageError for a path that can't be an output: empty, or the root.
Result<OutputPlace> FindOutputPlace(Storage& storage, const std::string& path);

/// UsageError unless it is 1 to 64 letters, digits, `-` or `_`.
Status CheckRunId(std::string_view run_id);

/// Makes `path` and the folders above it; returns those that were not there, outermost first.
Result<std::vector<std::string>> MakeMissingFolders(Storage& storage, const std::string& path);

/// Makes the names of these folders durable.
Status SyncNames(Storage& storage, const std::vector<std::string>& folders);

/// Removes these folders, innermost first, as far as they are empty.
void RemoveIfEmpty(Storage& storage, const std::vector<std::string>& folders);

/// Locks an output: a file beside it, or in its `_tamis` folder where nothing may be made beside
/// it. IoError if another run holds it longer than `wait_ms`.
Result<std::unique_ptr<FileLock>> LockOutput(Storage& storage, const OutputPlace& place,
                                             const std::string& run_id, int64_t wait_ms);

/// Removes what killed runs left beside an output: how many. Call it with the lock held.
Result<int64_t> RemoveLeftovers(Storage& storage, const OutputPlace& place);

}  // namespace tamis
