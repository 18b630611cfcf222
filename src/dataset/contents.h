// What a directory holds that is to become the next version of a dataset: what stays, what goes,
// and what is not ours to remove. Does not change anything.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/status.h"
#include "dataset/manifest.h"
#include "dataset/publish.h"
#include "storage/storage.h"

namespace tamis {

/// The files of a dataset as they stand in its directory. All paths are relative, sorted.
struct Contents {
  std::set<std::string> known;    // in the manifest, and there
  std::set<std::string> foreign;  // visible to readers, but not in the manifest
  std::set<std::string> hidden;   // named with `_` or `.`, not of tamis; readers pass over them
};

/// Lists a dataset. Nothing for a directory that does not exist. UsageError if another table
/// format (Delta Lake, Hudi) rules there.
Result<Contents> ListContents(Storage& storage, const std::string& dataset,
                              const Manifest& manifest);

/// What a commit does to the files that are there.
struct Change {
  std::vector<std::string> kept;     // stays
  std::vector<std::string> removed;  // goes
};

/// Decides it. `replaced_folders` matters in kReplacePartitions only. UsageError if foreign files
/// would go and `replace_foreign` is not set.
Result<Change> DecideChange(const std::string& dataset, const Contents& contents, WriteMode mode,
                            const std::set<std::string>& replaced_folders, bool replace_foreign);

}  // namespace tamis
