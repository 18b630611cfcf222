// The journal: a commit record first, then the files put in place one by one; also after a crash.
// Does not stage files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/status.h"
#include "dataset/manifest.h"
#include "storage/storage.h"

namespace tamis {

struct RecoveryReport;

/// Where the journal keeps a file of this run until its commit.
std::string StagedPath(const std::string& dataset, const std::string& run_id,
                       std::string_view relative_path);

/// Stages the manifest and `_SUCCESS`, makes the folders of the new files, and makes all that is
/// staged durable: after this and the record, a full disk can't get in the way any more.
Status PrepareCommit(Storage& storage, const std::string& dataset, const Manifest& before,
                     const CommitRecord& record, bool durable);

/// Removes all that is staged, and the folders that were made for it.
Status DropStaged(Storage& storage, const std::string& dataset);

/// Carries out `record`, whatever of it has been done already: puts the staged files in their
/// places, removes the replaced ones, writes `_SUCCESS`, then the manifest.
Status FinishCommit(Storage& storage, const std::string& dataset, const Manifest& before,
                    const CommitRecord& record, bool durable);

/// Finishes the commits that are recorded and not in the manifest; removes staged files without a
/// record. Adds to the counts of `report`. Call it with the lock held.
Status RecoverJournal(Storage& storage, const std::string& dataset, RecoveryReport* report);

}  // namespace tamis
