// See journal.h.
#include "dataset/journal.h"

#include <algorithm>
#include <set>
#include <vector>

#include "dataset/layout.h"
#include "dataset/publish.h"
#include "storage/path.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

// No file of a dataset has such a name.
constexpr std::string_view kStagedManifest = "_manifest.json";
constexpr std::string_view kStagedSuccess = "_SUCCESS";

Status RemoveIfThere(Storage& storage, const std::string& path, bool* removed) {
  ARROW_ASSIGN_OR_RAISE(*removed, storage.Exists(path));
  return *removed ? storage.RemoveFile(path) : Status::OK();
}

/// The folders that have gained or lost a name, and how to make that durable.
class ChangedFolders {
 public:
  ChangedFolders(Storage& storage, std::string dataset, bool durable)
      : storage_(storage), dataset_(std::move(dataset)), durable_(durable) {}

  void Add(const std::string& file) {
    for (std::string at = ParentPath(file); at.size() > dataset_.size(); at = ParentPath(at)) {
      if (!paths_.insert(at).second) break;
    }
    paths_.insert(dataset_);
  }

  Status Sync() {
    std::vector<std::string> there;
    for (const std::string& path : paths_) {
      ARROW_ASSIGN_OR_RAISE(bool exists, storage_.Exists(path));
      if (exists) there.push_back(path);
    }
    paths_.clear();
    return durable_ ? storage_.SyncPaths(there) : Status::OK();
  }

  /// Innermost first; the dataset itself stays.
  Status RemoveEmpty() {
    for (auto path = paths_.rbegin(); path != paths_.rend(); ++path) {
      if (*path == dataset_) continue;
      ARROW_RETURN_NOT_OK(storage_.RemoveEmptyDirectory(*path).status());
    }
    return Status::OK();
  }

 private:
  Storage& storage_;
  std::string dataset_;
  bool durable_;
  std::set<std::string> paths_;
};

Status PutInPlace(Storage& storage, const std::string& dataset, const CommitRecord& record,
                  ChangedFolders* changed) {
  for (const DatasetFile& file : record.added) {
    const std::string staged = StagedPath(dataset, record.run_id, file.path);
    const std::string final_path = JoinPath(dataset, file.path);
    ARROW_ASSIGN_OR_RAISE(bool is_staged, storage.Exists(staged));
    if (is_staged) {
      ARROW_RETURN_NOT_OK(storage.MakeDirectories(ParentPath(final_path)));
      ARROW_RETURN_NOT_OK(storage.Rename(staged, final_path));
    } else {
      auto info = storage.Stat(final_path);
      if (!info.ok() || info->size_bytes != file.bytes) {
        return IoError(final_path,
                       "was lost: commit " + std::to_string(record.version) + " needs it",
                       "remove " + JoinPath(dataset, CommitRecordPath(record.version)) +
                           " to give up this commit, and run it again");
      }
    }
    changed->Add(final_path);
  }
  return Status::OK();
}

/// Puts a file that PrepareCommit staged in its place; writes it if it is not staged (any more).
Status PutOwnFile(Storage& storage, const std::string& staged, const std::string& path,
                  std::string_view bytes, bool durable) {
  ARROW_ASSIGN_OR_RAISE(bool is_staged, storage.Exists(staged));
  if (!is_staged) {
    ARROW_RETURN_NOT_OK(storage.MakeDirectories(ParentPath(staged)));
    ARROW_RETURN_NOT_OK(WriteWholeFile(storage, staged, bytes));
    if (durable) ARROW_RETURN_NOT_OK(storage.SyncPaths({staged}));
  }
  ARROW_RETURN_NOT_OK(storage.Rename(staged, path));
  return durable ? storage.SyncDirectory(ParentPath(path)) : Status::OK();
}

struct Recorded {
  std::vector<CommitRecord> unfinished;  // by version
  std::vector<std::string> unreadable;   // cut off by a crash, so never carried out
};

Result<Recorded> ReadRecords(Storage& storage, const std::string& dataset, int64_t after_version) {
  Recorded out;
  const std::string folder = JoinPath(dataset, kCommitsFolder);
  ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(folder));
  if (!exists) return out;
  ARROW_ASSIGN_OR_RAISE(auto files, storage.List(folder));
  for (const FileInfo& file : files) {
    int64_t version = CommitRecordVersion(BaseName(file.path));
    if (version == 0) {
      out.unreadable.push_back(file.path);  // one that was being created
      continue;
    }
    if (version <= after_version) continue;
    ARROW_ASSIGN_OR_RAISE(std::string text, ReadWholeFile(storage, file.path));
    auto record = ParseCommitRecord(file.path, text);
    if (record.ok() && record->version == version) {
      out.unfinished.push_back(std::move(*record));
    } else {
      out.unreadable.push_back(file.path);
    }
  }
  return out;
}

}  // namespace

std::string StagedPath(const std::string& dataset, const std::string& run_id,
                       std::string_view relative_path) {
  return JoinPath(JoinPath(dataset, kStagingFolder), JoinPath(run_id, relative_path));
}

Status PrepareCommit(Storage& storage, const std::string& dataset, const Manifest& before,
                     const CommitRecord& record, bool durable) {
  const std::string stage = StagedPath(dataset, record.run_id, "");
  ARROW_RETURN_NOT_OK(storage.MakeDirectories(stage));
  ARROW_RETURN_NOT_OK(storage.MakeDirectories(JoinPath(dataset, kCommitsFolder)));
  std::set<std::string> paths = {dataset, JoinPath(dataset, kTamisFolder),
                                 JoinPath(dataset, kStagingFolder), stage};
  for (const DatasetFile& file : record.added) {
    ARROW_RETURN_NOT_OK(storage.MakeDirectories(ParentPath(JoinPath(dataset, file.path))));
    const std::string staged = JoinPath(stage, file.path);
    paths.insert(staged);
    for (std::string at = ParentPath(staged); at.size() > stage.size(); at = ParentPath(at)) {
      paths.insert(at);
    }
  }
  const std::string manifest = JoinPath(stage, kStagedManifest);
  const std::string success = JoinPath(stage, kStagedSuccess);
  ARROW_RETURN_NOT_OK(
      WriteWholeFile(storage, manifest, FormatManifest(ApplyCommit(before, record))));
  ARROW_RETURN_NOT_OK(WriteWholeFile(storage, success, ""));
  if (!durable) return Status::OK();
  paths.insert(manifest);
  paths.insert(success);
  return storage.SyncPaths({paths.begin(), paths.end()});
}

Status DropStaged(Storage& storage, const std::string& dataset) {
  const std::string staging = JoinPath(dataset, kStagingFolder);
  ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(staging));
  if (!exists) return Status::OK();
  // PrepareCommit makes the folders of the new files before it is certain that they come.
  ARROW_ASSIGN_OR_RAISE(auto files, storage.ListTree(staging));
  std::set<std::string> folders;
  for (const FileInfo& file : files) {
    std::string path = file.path.substr(staging.size() + 1);
    path.erase(0, std::min(path.find('/'), path.size() - 1) + 1);  // the run id
    for (path = ParentPath(path); !path.empty(); path = ParentPath(path)) folders.insert(path);
  }
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
    const std::string path = JoinPath(dataset, *folder);
    ARROW_ASSIGN_OR_RAISE(exists, storage.Exists(path));
    if (exists) ARROW_RETURN_NOT_OK(storage.RemoveEmptyDirectory(path).status());
  }
  return storage.RemoveTree(staging);
}

Status FinishCommit(Storage& storage, const std::string& dataset, const Manifest& before,
                    const CommitRecord& record, bool durable) {
  bool removed = false;
  const std::string success = JoinPath(dataset, kSuccessFile);
  ARROW_RETURN_NOT_OK(RemoveIfThere(storage, success, &removed));
  if (durable && removed) ARROW_RETURN_NOT_OK(storage.SyncDirectory(dataset));

  ChangedFolders changed(storage, dataset, durable);
  ARROW_RETURN_NOT_OK(PutInPlace(storage, dataset, record, &changed));
  // The new files must be there for good before an old one goes.
  ARROW_RETURN_NOT_OK(changed.Sync());
  for (const std::string& path : record.removed) {
    const std::string full_path = JoinPath(dataset, path);
    ARROW_RETURN_NOT_OK(RemoveIfThere(storage, full_path, &removed));
    changed.Add(full_path);
  }
  ARROW_RETURN_NOT_OK(changed.RemoveEmpty());
  ARROW_RETURN_NOT_OK(changed.Sync());

  ARROW_RETURN_NOT_OK(PutOwnFile(storage, StagedPath(dataset, record.run_id, kStagedSuccess),
                                 success, "", durable));
  ARROW_RETURN_NOT_OK(PutOwnFile(storage, StagedPath(dataset, record.run_id, kStagedManifest),
                                 JoinPath(dataset, kManifestFile),
                                 FormatManifest(ApplyCommit(before, record)), durable));

  // The commit is done; what follows is only cleaning, and the next run does it if this one can't.
  Status cleaned = storage.RemoveTree(StagedPath(dataset, record.run_id, ""));
  if (cleaned.ok()) RemoveIfEmpty(storage, {JoinPath(dataset, kStagingFolder)});
  const int64_t oldest = record.version - kCommitRecordsKept;
  if (oldest > 0) {
    cleaned = RemoveIfThere(storage, JoinPath(dataset, CommitRecordPath(oldest)), &removed);
  }
  return Status::OK();
}

Status RecoverJournal(Storage& storage, const std::string& dataset, RecoveryReport* report) {
  ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(JoinPath(dataset, kTamisFolder)));
  if (!exists) return Status::OK();
  ARROW_ASSIGN_OR_RAISE(auto read, ReadManifest(storage, dataset));
  Manifest manifest = read ? std::move(*read) : Manifest();
  ARROW_ASSIGN_OR_RAISE(Recorded recorded, ReadRecords(storage, dataset, manifest.version));
  for (const CommitRecord& record : recorded.unfinished) {
    ARROW_RETURN_NOT_OK(FinishCommit(storage, dataset, manifest, record, true));
    manifest = ApplyCommit(manifest, record);
    ++report->commits_finished;
  }
  for (const std::string& path : recorded.unreadable) {
    ARROW_RETURN_NOT_OK(storage.RemoveFile(path));
    ++report->leftovers_removed;
  }
  ARROW_ASSIGN_OR_RAISE(exists, storage.Exists(JoinPath(dataset, kStagingFolder)));
  report->leftovers_removed += exists;
  ARROW_RETURN_NOT_OK(DropStaged(storage, dataset));
  if (manifest.version == 0) {
    RemoveIfEmpty(storage, {JoinPath(dataset, kTamisFolder), JoinPath(dataset, kCommitsFolder)});
  }
  return Status::OK();
}

}  // namespace tamis
