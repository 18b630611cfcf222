// See file_output.h.
#include "dataset/file_output.h"

#include <vector>

#include "dataset/layout.h"
#include "storage/path.h"
#include "storage/stdio.h"

namespace tamis {
namespace {

/// A stream: what is written is gone, there is nothing to put in place or to remove.
class StreamOutput : public FileOutput {
 public:
  explicit StreamOutput(std::unique_ptr<WritableFile> file) : file_(std::move(file)) {}
  WritableFile& file() override { return *file_; }
  bool is_seekable() const override { return false; }
  Status Commit() override { return file_->Close(); }
  Status Abort() override { return Status::OK(); }

 private:
  std::unique_ptr<WritableFile> file_;
};

/// Its errors name the output, not the temporary file.
class NamedFile : public WritableFile {
 public:
  NamedFile(std::unique_ptr<WritableFile> file, const OutputPlace& place)
      : file_(std::move(file)), place_(place) {}
  Status Append(std::string_view bytes) override { return place_.AsGiven(file_->Append(bytes)); }
  Status WriteAt(int64_t offset, std::string_view bytes) override {
    return place_.AsGiven(file_->WriteAt(offset, bytes));
  }
  Status Sync() override { return place_.AsGiven(file_->Sync()); }
  Status Close() override { return place_.AsGiven(file_->Close()); }

 private:
  std::unique_ptr<WritableFile> file_;
  const OutputPlace& place_;
};

class RegularOutput : public FileOutput {
 public:
  RegularOutput(std::shared_ptr<Storage> storage, OutputPlace place, const std::string& run_id,
                bool durable)
      : storage_(std::move(storage)),
        place_(std::move(place)),
        temporary_(place_.TemporaryFile(run_id)),
        durable_(durable) {}

  ~RegularOutput() override { (void)RegularOutput::Abort(); }

  Status Open(const std::string& run_id) { return place_.AsGiven(OpenTemporary(run_id)); }

  WritableFile& file() override { return *file_; }
  bool is_seekable() const override { return true; }
  Status Commit() override { return place_.AsGiven(Publish()); }
  Status Abort() override { return place_.AsGiven(Remove()); }

 private:
  Status OpenTemporary(const std::string& run_id) {
    ARROW_ASSIGN_OR_RAISE(made_folders_, MakeMissingFolders(*storage_, place_.parent));
    ARROW_ASSIGN_OR_RAISE(bool can_create, storage_->CanCreateIn(place_.parent));
    if (!can_create) {
      return IoError(place_.given, "permission denied to create it in " + place_.parent,
                     "check the permissions of this folder");
    }
    ARROW_ASSIGN_OR_RAISE(lock_, LockOutput(*storage_, place_, run_id, 0));
    ARROW_RETURN_NOT_OK(RemoveLeftovers(*storage_, place_).status());
    opened_ = true;
    ARROW_ASSIGN_OR_RAISE(auto file, storage_->OpenWrite(temporary_));
    file_ = std::make_unique<NamedFile>(std::move(file), place_);
    ARROW_ASSIGN_OR_RAISE(bool exists, storage_->Exists(place_.target));
    // Before the first byte: what was private stays so.
    return exists ? storage_->CopyMode(place_.target, temporary_) : Status::OK();
  }

  Status Publish() {
    if (done_) return Status::Invalid("an output that has ended already");
    ARROW_RETURN_NOT_OK(file_->Close());
    if (durable_) ARROW_RETURN_NOT_OK(storage_->SyncPaths({temporary_}));
    ARROW_RETURN_NOT_OK(storage_->Rename(temporary_, place_.target));
    done_ = true;
    Status synced;
    if (durable_) synced = storage_->SyncDirectory(place_.parent);
    if (durable_ && synced.ok()) synced = SyncNames(*storage_, made_folders_);
    lock_.reset();
    return synced;
  }

  Status Remove() {
    if (done_) return Status::OK();
    done_ = true;
    Status status;
    if (file_) status = file_->Close();
    if (opened_) {
      auto exists = storage_->Exists(temporary_);
      if (!exists.ok() || *exists) status = storage_->RemoveFile(temporary_);
    }
    lock_.reset();
    RemoveIfEmpty(*storage_, made_folders_);
    return status;
  }

  std::shared_ptr<Storage> storage_;
  OutputPlace place_;
  std::string temporary_;
  bool durable_;
  std::vector<std::string> made_folders_;
  std::unique_ptr<FileLock> lock_;
  std::unique_ptr<WritableFile> file_;
  bool opened_ = false;  // the temporary file may be there
  bool done_ = false;
};

}  // namespace

Result<std::unique_ptr<FileOutput>> FileOutput::Open(std::shared_ptr<Storage> storage,
                                                     const std::string& path,
                                                     const std::string& run_id, bool durable) {
  ARROW_RETURN_NOT_OK(CheckRunId(run_id));
  if (path == "-") return std::make_unique<StreamOutput>(OpenStdout());
  if (path.empty()) return UsageError("an output needs a path");
  auto info = storage->Stat(path);
  if (info.ok() && info->is_directory) {
    return UsageError(path + ": is a folder, but one file is to be written", "name a file in it");
  }
  if (info.ok() && info->is_special) {
    ARROW_ASSIGN_OR_RAISE(auto file, OpenDevice(path));
    return std::make_unique<StreamOutput>(std::move(file));
  }
  ARROW_ASSIGN_OR_RAISE(OutputPlace place, FindOutputPlace(*storage, path));
  auto output =
      std::make_unique<RegularOutput>(std::move(storage), std::move(place), run_id, durable);
  ARROW_RETURN_NOT_OK(output->Open(run_id));
  return output;
}

}  // namespace tamis
