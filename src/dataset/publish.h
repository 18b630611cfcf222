// Makes a directory of files change in one instant, or not at all. Does not know what is in the
// files. docs/publishing.md says what each kind of reader sees.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/status.h"
#include "dataset/manifest.h"
#include "storage/storage.h"

namespace tamis {

enum class WriteMode {
  kOverwrite,          // the new files are the dataset
  kAppend,             // the new files join it
  kReplacePartitions,  // every folder that gets a file is replaced as a whole
};

/// `overwrite`, `append`, `replace_partitions`.
const char* WriteModeName(WriteMode mode);

/// How a transaction works.
struct PublishOptions {
  bool force_journal = false;    // don't exchange, even where it works
  bool durable = true;           // false: safe against kill -9, not against a loss of power
  bool replace_foreign = false;  // `--force`: may remove files that tamis did not write
  int64_t grace_ms = 10;         // how long readers may go on listing the old folder
  int64_t lock_wait_ms = 0;      // how long to wait for another writer of the same dataset
};

/// What a commit brings besides its files.
struct CommitInfo {
  std::vector<ConsumedFile> consumed;  // `version` is filled in
  DatasetSchema schema;                // of the new files
};

/// What Commit did.
struct CommitReport {
  int64_t version = 0;
  int64_t rows = 0;  // of the new files; -1 if not known of one
  int64_t bytes = 0;
  int64_t files_added = 0;
  int64_t files_removed = 0;
  int64_t files_kept = 0;
  bool journal = false;  // published by the journal, not by the exchange
};

/// What Recover found.
struct RecoveryReport {
  int64_t commits_finished = 0;
  int64_t leftovers_removed = 0;  // trees and files of killed runs
};

/// A file of the next version. Close it before Commit. Append and WriteAt don't mix.
class StagedFile : public WritableFile {
 public:
  /// Where the file will be, relative to the dataset.
  virtual const std::string& path() const = 0;
  /// Says how many rows it holds, for the manifest. Before Close.
  virtual void set_rows(int64_t rows) = 0;
  /// Its size. After Close.
  virtual int64_t bytes() const = 0;
};

/// One writer of one dataset. Holds the dataset's lock from Begin to Commit or Abort; the
/// destructor aborts. Begin, Commit and Abort are for one thread, NewFile for many.
class Transaction {
 public:
  /// Locks the dataset, finishes or removes what killed runs left, and checks that `mode` can be
  /// done: UsageError if files that tamis did not write are in the way (without
  /// `replace_foreign`), IoError if another run writes. `run_id` is letters, digits, `-`, `_`.
  static Result<std::unique_ptr<Transaction>> Begin(std::shared_ptr<Storage> storage,
                                                    const std::string& path, WriteMode mode,
                                                    const std::string& run_id,
                                                    const PublishOptions& options = {});
  virtual ~Transaction() = default;

  /// Starts a file. `a=1/part-0.parquet` becomes `a=1/part-0-RUN.parquet`: no two runs make the
  /// same name. UsageError if it would leave the dataset or be hidden from readers.
  virtual Result<std::unique_ptr<StagedFile>> NewFile(const std::string& relative_path) = 0;

  /// Empties a folder in kReplacePartitions even if no file is written to it.
  virtual Status ReplacePartition(const std::string& relative_folder) = 0;

  /// Publishes. After an error nothing is published, unless the error says that the commit is
  /// recorded: then the next run finishes it.
  virtual Result<CommitReport> Commit(const CommitInfo& info) = 0;

  /// Removes all that was staged. Does nothing after Commit.
  virtual Status Abort() = 0;

  /// What Begin had to clean up, and what was there.
  virtual const RecoveryReport& recovery() const = 0;
  virtual const Manifest& manifest_before() const = 0;
  /// The files that readers saw at Begin, relative: those of the manifest, and other people's.
  virtual const std::set<std::string>& known_files() const = 0;
  virtual const std::set<std::string>& foreign_files() const = 0;
};

/// Finishes or undoes what killed runs left at `path`. IoError if a run is writing. Begin does it
/// too.
Result<RecoveryReport> Recover(std::shared_ptr<Storage> storage, const std::string& path);

}  // namespace tamis
