// See faulty.h.
#include "storage/faulty.h"

#include <mutex>
#include <utility>

namespace tamis {
namespace {

/// Counts calls and says which of them fail. Shared by a storage and its open files.
class FaultCounter {
 public:
  void Arm(FaultPlan plan) {
    std::lock_guard guard(mutex_);
    plan_ = plan;
    calls_ = 0;
  }

  int64_t calls() const {
    std::lock_guard guard(mutex_);
    return calls_;
  }

  Status Check(const std::string& path) {
    std::lock_guard guard(mutex_);
    int64_t call = calls_++;
    if (plan_.fail_at < 0 || call < plan_.fail_at) return Status::OK();
    if (call > plan_.fail_at && !plan_.and_all_after) return Status::OK();
    return IoErrorFromErrno(path, plan_.error_number);
  }

  /// Whether the process that makes these calls has died.
  bool dead() const {
    std::lock_guard guard(mutex_);
    return plan_.and_all_after && plan_.fail_at >= 0 && calls_ > plan_.fail_at;
  }

 private:
  mutable std::mutex mutex_;
  FaultPlan plan_;
  int64_t calls_ = 0;
};

class FaultyReadable : public ReadableFile {
 public:
  FaultyReadable(std::shared_ptr<FaultCounter> faults, std::unique_ptr<ReadableFile> inner,
                 std::string path)
      : faults_(std::move(faults)), inner_(std::move(inner)), path_(std::move(path)) {}

  Result<int64_t> ReadAt(int64_t offset, int64_t size, void* out) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path_));
    return inner_->ReadAt(offset, size, out);
  }

  int64_t size_bytes() const override { return inner_->size_bytes(); }

 private:
  std::shared_ptr<FaultCounter> faults_;
  std::unique_ptr<ReadableFile> inner_;
  std::string path_;
};

class FaultyWritable : public WritableFile {
 public:
  FaultyWritable(std::shared_ptr<FaultCounter> faults, std::unique_ptr<WritableFile> inner,
                 std::string path)
      : faults_(std::move(faults)), inner_(std::move(inner)), path_(std::move(path)) {}

  Status Append(std::string_view bytes) override {
    bool was_dead = faults_->dead();
    Status status = faults_->Check(path_);
    if (status.ok()) return inner_->Append(bytes);
    if (!was_dead) ARROW_RETURN_NOT_OK(inner_->Append(bytes.substr(0, bytes.size() / 2)));
    return status;
  }

  Status WriteAt(int64_t offset, std::string_view bytes) override {
    bool was_dead = faults_->dead();
    Status status = faults_->Check(path_);
    if (status.ok()) return inner_->WriteAt(offset, bytes);
    if (!was_dead) ARROW_RETURN_NOT_OK(inner_->WriteAt(offset, bytes.substr(0, bytes.size() / 2)));
    return status;
  }

  Status Sync() override {
    ARROW_RETURN_NOT_OK(faults_->Check(path_));
    return inner_->Sync();
  }

  Status Close() override {
    ARROW_RETURN_NOT_OK(faults_->Check(path_));
    return inner_->Close();
  }

 private:
  std::shared_ptr<FaultCounter> faults_;
  std::unique_ptr<WritableFile> inner_;
  std::string path_;
};

class FaultyStorageImpl : public FaultyStorage {
 public:
  explicit FaultyStorageImpl(std::shared_ptr<Storage> inner) : inner_(std::move(inner)) {}

  void Arm(FaultPlan plan) override { faults_->Arm(plan); }
  int64_t calls() const override { return faults_->calls(); }

  Result<std::unique_ptr<ReadableFile>> OpenRead(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    ARROW_ASSIGN_OR_RAISE(auto file, inner_->OpenRead(path));
    return std::make_unique<FaultyReadable>(faults_, std::move(file), path);
  }

  Result<std::unique_ptr<WritableFile>> OpenWrite(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    ARROW_ASSIGN_OR_RAISE(auto file, inner_->OpenWrite(path));
    return std::make_unique<FaultyWritable>(faults_, std::move(file), path);
  }

  Result<FileInfo> Stat(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->Stat(path);
  }

  Result<bool> Exists(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->Exists(path);
  }

  Result<std::vector<FileInfo>> List(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->List(path);
  }

  Result<std::vector<FileInfo>> ListTree(
      const std::string& path, const std::function<bool(const std::string&)>& descend) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->ListTree(path, descend);
  }

  Status MakeDirectories(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->MakeDirectories(path);
  }

  Status RemoveFile(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->RemoveFile(path);
  }

  // One call for each file, so that a tree can be found half removed.
  Status RemoveTree(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    ARROW_ASSIGN_OR_RAISE(bool exists, inner_->Exists(path));
    if (!exists) return Status::OK();
    ARROW_ASSIGN_OR_RAISE(auto files, inner_->ListTree(path));
    for (const FileInfo& file : files) {
      ARROW_RETURN_NOT_OK(faults_->Check(file.path));
      ARROW_RETURN_NOT_OK(inner_->RemoveFile(file.path));
    }
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->RemoveTree(path);
  }

  Result<bool> RemoveEmptyDirectory(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->RemoveEmptyDirectory(path);
  }

  Status Rename(const std::string& from, const std::string& to) override {
    ARROW_RETURN_NOT_OK(faults_->Check(to));
    return inner_->Rename(from, to);
  }

  Status Exchange(const std::string& a, const std::string& b) override {
    ARROW_RETURN_NOT_OK(faults_->Check(b));
    return inner_->Exchange(a, b);
  }

  Result<bool> IsMountPoint(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->IsMountPoint(path);
  }

  Result<bool> CanCreateIn(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->CanCreateIn(path);
  }

  Status Link(const std::string& from, const std::string& to) override {
    ARROW_RETURN_NOT_OK(faults_->Check(to));
    return inner_->Link(from, to);
  }

  Status CreateExclusive(const std::string& path, std::string_view bytes) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->CreateExclusive(path, bytes);
  }

  Status SyncDirectory(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->SyncDirectory(path);
  }

  Status SyncPaths(const std::vector<std::string>& paths) override {
    for (const std::string& path : paths) {
      ARROW_RETURN_NOT_OK(faults_->Check(path));
      ARROW_RETURN_NOT_OK(inner_->SyncPaths({path}));
    }
    return Status::OK();
  }

  Status CopyMode(const std::string& from, const std::string& to) override {
    ARROW_RETURN_NOT_OK(faults_->Check(to));
    return inner_->CopyMode(from, to);
  }

  Result<std::string> Canonical(const std::string& path) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->Canonical(path);
  }

  Result<std::unique_ptr<FileLock>> TryLock(const std::string& path,
                                            std::string_view owner) override {
    ARROW_RETURN_NOT_OK(faults_->Check(path));
    return inner_->TryLock(path, owner);
  }

 private:
  std::shared_ptr<Storage> inner_;
  std::shared_ptr<FaultCounter> faults_ = std::make_shared<FaultCounter>();
};

}  // namespace

std::shared_ptr<FaultyStorage> MakeFaultyStorage(std::shared_ptr<Storage> inner) {
  return std::make_shared<FaultyStorageImpl>(std::move(inner));
}

}  // namespace tamis
