// See publish.h, and docs/publishing.md for the protocol.
#include "dataset/publish.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <set>
#include <thread>

#include "dataset/contents.h"
#include "dataset/journal.h"
#include "dataset/layout.h"
#include "dataset/staged_file.h"
#include "storage/path.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

std::string NowUtc() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  int64_t milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  std::time_t seconds = milliseconds / 1000;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[40];
  size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text + size, sizeof text - size, ".%03dZ", static_cast<int>(milliseconds % 1000));
  return text;
}

/// `a/part-0.csv.gz` → `a/part-0-RUN.csv.gz`.
std::string NameForRun(const std::string& path, const std::string& run_id) {
  std::string name = BaseName(path);
  size_t dot = std::min(name.find('.'), name.size());
  return JoinPath(ParentPath(path), name.substr(0, dot) + "-" + run_id + name.substr(dot));
}

/// UsageError unless `path` stays in the dataset and readers see it. `.` and doubled slashes are
/// refused too, so that one file has one name.
Status CheckRelativePath(const std::string& path) {
  size_t begin = 0;
  while (begin <= path.size()) {
    size_t end = std::min(path.find('/', begin), path.size());
    if (end == begin) return UsageError("not a path inside a dataset: \"" + path + "\"");
    if (IsHiddenName(std::string_view(path).substr(begin, end - begin))) {
      return UsageError("a file that readers would not see: \"" + path + "\"",
                        "no part of it may begin with _ or .");
    }
    begin = end + 1;
  }
  if (path.find('\0') != path.npos) return UsageError("a path with a NUL byte");
  return Status::OK();
}

/// Adds to an error that comes after the journal's record that there is no way back.
Status SayRecorded(const Status& status) {
  if (status.ok()) return status;
  return IoError("", status.message(),
                 "the commit is recorded: the next run on this dataset finishes it");
}

Result<RecoveryReport> RecoverLocked(Storage& storage, const OutputPlace& place) {
  RecoveryReport report;
  ARROW_ASSIGN_OR_RAISE(report.leftovers_removed, RemoveLeftovers(storage, place));
  ARROW_RETURN_NOT_OK(RecoverJournal(storage, place.target, &report));
  return report;
}

class TransactionImpl : public Transaction {
 public:
  TransactionImpl(std::shared_ptr<Storage> storage, OutputPlace place, WriteMode mode,
                  std::string run_id, const PublishOptions& options)
      : storage_(std::move(storage)),
        place_(std::move(place)),
        mode_(mode),
        run_id_(std::move(run_id)),
        options_(options) {}

  ~TransactionImpl() override { (void)Abort(); }

  Status Open() { return place_.AsGiven(Prepare()); }
  Result<std::unique_ptr<StagedFile>> NewFile(const std::string& relative_path) override;
  Status ReplacePartition(const std::string& relative_folder) override;
  Result<CommitReport> Commit(const CommitInfo& info) override {
    CommitReport report;
    ARROW_RETURN_NOT_OK(place_.AsGiven(Publish(info).Value(&report)));
    return report;
  }
  Status Abort() override { return place_.AsGiven(Remove()); }
  const RecoveryReport& recovery() const override { return recovery_; }
  const Manifest& manifest_before() const override { return before_; }
  const std::set<std::string>& known_files() const override { return contents_.known; }
  const std::set<std::string>& foreign_files() const override { return contents_.foreign; }

 private:
  enum class Protocol { kExchange, kJournal };

  Status Prepare();
  Result<Protocol> ChooseProtocol();
  Result<bool> TryExchange();
  Status MakeStage();
  Status MakeStageFolder(const std::string& relative_folder);

  Result<CommitReport> Publish(const CommitInfo& info);
  Result<CommitRecord> MakeRecord(const CommitInfo& info);
  Status CommitByExchange(const CommitRecord& record, const Change& change);
  Status LinkKept(const std::vector<std::string>& kept);
  Status LinkCommitRecords(int64_t version);
  Status WriteOwnFiles(const CommitRecord& record);
  Status SyncStage(const CommitRecord& record, const std::vector<std::string>& kept);
  Status CommitByJournal(const CommitRecord& record);
  Status CheckWritable(const CommitRecord& record);
  Status MoveStageToJournal(const CommitRecord& record);
  Status RecordCommit(const CommitRecord& record);
  Status Remove();

  std::shared_ptr<Storage> storage_;
  OutputPlace place_;
  WriteMode mode_;
  std::string run_id_;
  PublishOptions options_;

  std::unique_ptr<FileLock> lock_;
  std::vector<std::string> made_folders_;  // above or at the target, outermost first
  RecoveryReport recovery_;
  Manifest before_;
  Contents contents_;  // as Begin found it
  bool target_exists_ = false;
  Protocol protocol_ = Protocol::kExchange;
  std::string stage_;  // where new files are until the commit
  std::shared_ptr<StagedFiles> files_;

  std::mutex mutex_;  // of what follows: NewFile is for many threads
  std::set<std::string> stage_folders_;
  std::set<std::string> replaced_folders_;

  bool recorded_ = false;  // by the journal: there is no way back
  bool done_ = false;
};

Status TransactionImpl::Prepare() {
  ARROW_ASSIGN_OR_RAISE(made_folders_, MakeMissingFolders(*storage_, place_.parent));
  ARROW_ASSIGN_OR_RAISE(target_exists_, storage_->Exists(place_.target));
  if (target_exists_) {
    ARROW_ASSIGN_OR_RAISE(FileInfo info, storage_->Stat(place_.target));
    if (!info.is_directory) {
      return UsageError(place_.given + ": is a file, but a dataset is a folder",
                        "remove the file, or write to another path");
    }
  }
  ARROW_ASSIGN_OR_RAISE(lock_, LockOutput(*storage_, place_, run_id_, options_.lock_wait_ms));
  ARROW_ASSIGN_OR_RAISE(recovery_, RecoverLocked(*storage_, place_));
  ARROW_ASSIGN_OR_RAISE(target_exists_, storage_->Exists(place_.target));
  if (target_exists_) {
    ARROW_ASSIGN_OR_RAISE(auto manifest, ReadManifest(*storage_, place_.target));
    if (manifest) before_ = std::move(*manifest);
  }
  ARROW_ASSIGN_OR_RAISE(contents_, ListContents(*storage_, place_.target, before_));
  ARROW_RETURN_NOT_OK(
      DecideChange(place_.given, contents_, mode_, {}, options_.replace_foreign).status());
  files_ = std::make_shared<StagedFiles>(before_.version + 1);
  ARROW_ASSIGN_OR_RAISE(protocol_, ChooseProtocol());
  return MakeStage();
}

Result<TransactionImpl::Protocol> TransactionImpl::ChooseProtocol() {
  if (options_.force_journal) return Protocol::kJournal;
  ARROW_ASSIGN_OR_RAISE(bool can_create, storage_->CanCreateIn(place_.parent));
  if (!can_create) return Protocol::kJournal;
  if (!target_exists_) return Protocol::kExchange;
  ARROW_ASSIGN_OR_RAISE(bool is_mount_point, storage_->IsMountPoint(place_.target));
  if (is_mount_point) return Protocol::kJournal;
  // A shell or program whose current folder is the target would be left in a removed one.
  auto here = storage_->Canonical(".");  // fails where the current folder has been removed
  if (here.ok() && (*here + "/").starts_with(place_.target + "/")) return Protocol::kJournal;
  ARROW_ASSIGN_OR_RAISE(bool can_exchange, TryExchange());
  return can_exchange ? Protocol::kExchange : Protocol::kJournal;
}

Result<bool> TransactionImpl::TryExchange() {
  const std::string a = place_.NextTree(run_id_), b = place_.NextTree(run_id_ + "-");
  Status status = storage_->MakeDirectories(a);
  if (status.ok()) status = storage_->MakeDirectories(b);
  if (status.ok()) status = storage_->Exchange(a, b);
  Status removed = storage_->RemoveTree(a);
  Status removed_too = storage_->RemoveTree(b);
  if (status.IsNotImplemented()) return false;
  ARROW_RETURN_NOT_OK(status);
  ARROW_RETURN_NOT_OK(removed);
  ARROW_RETURN_NOT_OK(removed_too);
  return true;
}

Status TransactionImpl::MakeStage() {
  if (protocol_ == Protocol::kExchange) {
    stage_ = place_.NextTree(run_id_);
    ARROW_RETURN_NOT_OK(storage_->MakeDirectories(stage_));
    return target_exists_ ? storage_->CopyMode(place_.target, stage_) : Status::OK();
  }
  ARROW_RETURN_NOT_OK(CheckWritable({}));
  stage_ = StagedPath(place_.target, run_id_, "");
  ARROW_ASSIGN_OR_RAISE(auto made, MakeMissingFolders(*storage_, stage_));
  made_folders_.insert(made_folders_.end(), made.begin(), made.end());
  return Status::OK();
}

/// With mutex_ held. A folder that the dataset has already keeps its permissions.
Status TransactionImpl::MakeStageFolder(const std::string& relative_folder) {
  if (relative_folder.empty() || stage_folders_.count(relative_folder)) return Status::OK();
  ARROW_RETURN_NOT_OK(MakeStageFolder(ParentPath(relative_folder)));
  const std::string folder = JoinPath(stage_, relative_folder);
  ARROW_RETURN_NOT_OK(storage_->MakeDirectories(folder));
  if (protocol_ == Protocol::kExchange && target_exists_) {
    const std::string present = JoinPath(place_.target, relative_folder);
    ARROW_ASSIGN_OR_RAISE(bool exists, storage_->Exists(present));
    if (exists) ARROW_RETURN_NOT_OK(storage_->CopyMode(present, folder));
  }
  stage_folders_.insert(relative_folder);
  return Status::OK();
}

Result<std::unique_ptr<StagedFile>> TransactionImpl::NewFile(const std::string& relative_path) {
  ARROW_RETURN_NOT_OK(CheckRelativePath(relative_path));
  const std::string path = NameForRun(relative_path, run_id_);
  if (contents_.known.count(path) || contents_.foreign.count(path)) {
    return UsageError(place_.given + ": has a file " + path + " already",
                      "every run needs a run id of its own");
  }
  ARROW_RETURN_NOT_OK(files_->Add(path));
  const std::string full_path = JoinPath(stage_, path);
  auto open = [&]() -> Result<std::unique_ptr<WritableFile>> {
    std::lock_guard guard(mutex_);
    const std::string folder = ParentPath(path);
    ARROW_RETURN_NOT_OK(MakeStageFolder(folder));
    if (mode_ == WriteMode::kReplacePartitions && replaced_folders_.insert(folder).second) {
      ARROW_RETURN_NOT_OK(
          DecideChange(place_.given, contents_, mode_, {folder}, options_.replace_foreign)
              .status());
    }
    return storage_->OpenWrite(full_path);
  };
  auto file = open();
  if (!file.ok()) files_->Drop(path);
  ARROW_RETURN_NOT_OK(place_.AsGiven(file.status()));
  return MakeStagedFile(files_, storage_, std::move(*file), full_path, path, place_);
}

Status TransactionImpl::ReplacePartition(const std::string& relative_folder) {
  if (!relative_folder.empty()) ARROW_RETURN_NOT_OK(CheckRelativePath(relative_folder));
  std::lock_guard guard(mutex_);
  replaced_folders_.insert(relative_folder);
  return Status::OK();
}

Result<CommitRecord> TransactionImpl::MakeRecord(const CommitInfo& info) {
  CommitRecord record;
  record.version = before_.version + 1;
  record.run_id = run_id_;
  record.time = NowUtc();
  record.mode = WriteModeName(mode_);
  record.schema = info.schema;
  record.consumed = info.consumed;
  for (ConsumedFile& file : record.consumed) file.version = record.version;
  ARROW_ASSIGN_OR_RAISE(record.added, files_->Finish());
  return record;
}

Result<CommitReport> TransactionImpl::Publish(const CommitInfo& info) {
  if (done_ || !lock_) return Status::Invalid("a transaction that has ended already");
  ARROW_ASSIGN_OR_RAISE(CommitRecord record, MakeRecord(info));
  // Again, as it is now: a file that somebody added meanwhile is not lost unseen.
  ARROW_ASSIGN_OR_RAISE(contents_, ListContents(*storage_, place_.target, before_));
  ARROW_ASSIGN_OR_RAISE(Change change, DecideChange(place_.given, contents_, mode_,
                                                    replaced_folders_, options_.replace_foreign));
  record.removed = change.removed;
  // Files that somebody removed by hand are not there for any reader.
  std::erase_if(before_.files,
                [&](const DatasetFile& file) { return contents_.known.count(file.path) == 0; });

  Status status = Status::NotImplemented("");
  if (protocol_ == Protocol::kExchange) {
    status = CommitByExchange(record, change);
    if (status.IsNotImplemented()) ARROW_RETURN_NOT_OK(MoveStageToJournal(record));
  }
  if (protocol_ == Protocol::kJournal) status = CommitByJournal(record);
  ARROW_RETURN_NOT_OK(status);

  CommitReport report;
  report.version = record.version;
  for (const DatasetFile& file : record.added) {
    report.bytes += file.bytes;
    report.rows = file.rows < 0 || report.rows < 0 ? -1 : report.rows + file.rows;
  }
  report.files_added = static_cast<int64_t>(record.added.size());
  report.files_removed = static_cast<int64_t>(change.removed.size());
  report.files_kept = static_cast<int64_t>(change.kept.size());
  report.journal = protocol_ == Protocol::kJournal;
  done_ = true;
  lock_.reset();
  return report;
}

Status TransactionImpl::CommitByExchange(const CommitRecord& record, const Change& change) {
  ARROW_RETURN_NOT_OK(LinkKept(change.kept));
  ARROW_RETURN_NOT_OK(WriteOwnFiles(record));
  if (options_.durable) ARROW_RETURN_NOT_OK(SyncStage(record, change.kept));
  ARROW_RETURN_NOT_OK(target_exists_ ? storage_->Exchange(stage_, place_.target)
                                     : storage_->Rename(stage_, place_.target));
  done_ = true;
  const auto removal =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(options_.grace_ms);
  if (options_.durable) {
    // Until this is on the disk the old tree must stay: a loss of power may bring it back.
    Status synced = storage_->SyncDirectory(place_.parent);
    if (synced.ok()) synced = SyncNames(*storage_, made_folders_);
    if (!synced.ok()) {
      lock_.reset();
      return IoError(place_.given,
                     "is published, but a loss of power may undo it: " + synced.message());
    }
  }
  if (!target_exists_) return Status::OK();
  // Who opened the old folder just before the exchange is to find all names in it.
  std::this_thread::sleep_until(removal);
  (void)storage_->RemoveTree(stage_);  // the next run does it if this one can't
  return Status::OK();
}

Status TransactionImpl::LinkKept(const std::vector<std::string>& kept) {
  for (const std::string& path : kept) {
    {
      std::lock_guard guard(mutex_);
      ARROW_RETURN_NOT_OK(MakeStageFolder(ParentPath(path)));
    }
    ARROW_RETURN_NOT_OK(storage_->Link(JoinPath(place_.target, path), JoinPath(stage_, path)));
  }
  return Status::OK();
}

Status TransactionImpl::LinkCommitRecords(int64_t version) {
  const std::string folder = JoinPath(place_.target, kCommitsFolder);
  ARROW_ASSIGN_OR_RAISE(bool exists, storage_->Exists(folder));
  if (!exists) return Status::OK();
  ARROW_ASSIGN_OR_RAISE(auto records, storage_->List(folder));
  for (const FileInfo& record : records) {
    const int64_t its_version = CommitRecordVersion(BaseName(record.path));
    if (its_version == 0 || its_version <= version - kCommitRecordsKept) continue;
    ARROW_RETURN_NOT_OK(
        storage_->Link(record.path, JoinPath(stage_, CommitRecordPath(its_version))));
  }
  return Status::OK();
}

Status TransactionImpl::WriteOwnFiles(const CommitRecord& record) {
  ARROW_RETURN_NOT_OK(storage_->MakeDirectories(JoinPath(stage_, kCommitsFolder)));
  ARROW_RETURN_NOT_OK(LinkCommitRecords(record.version));
  ARROW_RETURN_NOT_OK(WriteWholeFile(*storage_, JoinPath(stage_, CommitRecordPath(record.version)),
                                     FormatCommitRecord(record)));
  ARROW_RETURN_NOT_OK(WriteWholeFile(*storage_, JoinPath(stage_, kManifestFile),
                                     FormatManifest(ApplyCommit(before_, record))));
  return WriteWholeFile(*storage_, JoinPath(stage_, kSuccessFile), "");
}

Status TransactionImpl::SyncStage(const CommitRecord& record,
                                  const std::vector<std::string>& kept) {
  std::vector<std::string> paths;
  for (const DatasetFile& file : record.added) paths.push_back(JoinPath(stage_, file.path));
  // A run that was not durable may have left kept files in the cache only.
  for (const std::string& path : kept) {
    if (contents_.known.count(path)) paths.push_back(JoinPath(stage_, path));
  }
  for (std::string_view own : {kManifestFile, kSuccessFile}) {
    paths.push_back(JoinPath(stage_, own));
  }
  paths.push_back(JoinPath(stage_, CommitRecordPath(record.version)));
  paths.push_back(JoinPath(stage_, kCommitsFolder));
  paths.push_back(JoinPath(stage_, kTamisFolder));
  for (const std::string& folder : stage_folders_) paths.push_back(JoinPath(stage_, folder));
  paths.push_back(stage_);
  return storage_->SyncPaths(paths);
}

/// The links that a commit needs are not to be had: takes the new files into the journal.
Status TransactionImpl::MoveStageToJournal(const CommitRecord& record) {
  const std::string tree = stage_;
  protocol_ = Protocol::kJournal;
  ARROW_RETURN_NOT_OK(MakeStage());
  for (const DatasetFile& file : record.added) {
    const std::string staged = JoinPath(stage_, file.path);
    ARROW_RETURN_NOT_OK(storage_->MakeDirectories(ParentPath(staged)));
    ARROW_RETURN_NOT_OK(storage_->Rename(JoinPath(tree, file.path), staged));
  }
  return storage_->RemoveTree(tree);
}

/// IoError if a file can't be put into its folder or taken from it: after the record it is too
/// late.
Status TransactionImpl::CheckWritable(const CommitRecord& record) {
  std::set<std::string> folders = {place_.target};
  for (const DatasetFile& file : record.added) {
    folders.insert(ParentPath(JoinPath(place_.target, file.path)));
  }
  for (const std::string& path : record.removed) {
    folders.insert(ParentPath(JoinPath(place_.target, path)));
  }
  for (const std::string& folder : folders) {
    ARROW_ASSIGN_OR_RAISE(bool exists, storage_->Exists(folder));
    if (!exists) continue;
    ARROW_ASSIGN_OR_RAISE(bool can_create, storage_->CanCreateIn(folder));
    if (!can_create) {
      return IoError(folder, "permission denied to change what is in it",
                     "check the permissions of this folder");
    }
  }
  return Status::OK();
}

Status TransactionImpl::CommitByJournal(const CommitRecord& record) {
  ARROW_RETURN_NOT_OK(CheckWritable(record));
  ARROW_RETURN_NOT_OK(PrepareCommit(*storage_, place_.target, before_, record, options_.durable));
  if (options_.durable) ARROW_RETURN_NOT_OK(SyncNames(*storage_, made_folders_));
  ARROW_RETURN_NOT_OK(RecordCommit(record));
  return SayRecorded(FinishCommit(*storage_, place_.target, before_, record, options_.durable));
}

Status TransactionImpl::RecordCommit(const CommitRecord& record) {
  const std::string path = JoinPath(place_.target, CommitRecordPath(record.version));
  Status created = storage_->CreateExclusive(path, FormatCommitRecord(record));
  if (created.IsAlreadyExists()) {
    return IoError(
        place_.given,
        "another run has published version " + std::to_string(record.version) + " meanwhile",
        "run it again");
  }
  if (!created.ok()) {
    // It may be there all the same: then what it names must not be removed.
    auto exists = storage_->Exists(path);
    recorded_ = !exists.ok() || *exists;
    return recorded_ ? SayRecorded(created) : created;
  }
  recorded_ = true;
  return options_.durable ? SayRecorded(storage_->SyncDirectory(ParentPath(path))) : Status::OK();
}

Status TransactionImpl::Remove() {
  if (done_ || recorded_) {
    lock_.reset();
    return Status::OK();
  }
  done_ = true;
  if (!lock_) {
    RemoveIfEmpty(*storage_, made_folders_);
    return Status::OK();
  }
  // A commit that changed over to the journal may have left its tree, too.
  Status status = storage_->RemoveTree(place_.NextTree(run_id_));
  const bool has_journal = protocol_ == Protocol::kJournal;
  if (has_journal) {
    Status dropped = DropStaged(*storage_, place_.target);
    if (status.ok()) status = dropped;
  }
  lock_.reset();  // before the folder that its file may be in
  if (has_journal) {
    const std::string own = JoinPath(place_.target, kTamisFolder);
    RemoveIfEmpty(*storage_, {own, JoinPath(place_.target, kCommitsFolder)});
  }
  RemoveIfEmpty(*storage_, made_folders_);
  return status;
}

}  // namespace

const char* WriteModeName(WriteMode mode) {
  switch (mode) {
    case WriteMode::kOverwrite:
      return "overwrite";
    case WriteMode::kAppend:
      return "append";
    case WriteMode::kReplacePartitions:
      return "replace_partitions";
  }
  return "";
}

Result<std::unique_ptr<Transaction>> Transaction::Begin(std::shared_ptr<Storage> storage,
                                                        const std::string& path, WriteMode mode,
                                                        const std::string& run_id,
                                                        const PublishOptions& options) {
  ARROW_RETURN_NOT_OK(CheckRunId(run_id));
  ARROW_ASSIGN_OR_RAISE(OutputPlace place, FindOutputPlace(*storage, path));
  auto transaction = std::make_unique<TransactionImpl>(std::move(storage), std::move(place), mode,
                                                       run_id, options);
  ARROW_RETURN_NOT_OK(transaction->Open());
  return transaction;
}

Result<RecoveryReport> Recover(std::shared_ptr<Storage> storage, const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(OutputPlace place, FindOutputPlace(*storage, path));
  ARROW_ASSIGN_OR_RAISE(bool exists, storage->Exists(place.parent));
  if (!exists) return RecoveryReport();
  ARROW_ASSIGN_OR_RAISE(auto lock, LockOutput(*storage, place, "recovery", 0));
  return RecoverLocked(*storage, place);
}

}  // namespace tamis
