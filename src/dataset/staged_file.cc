// See staged_file.h.
#include "dataset/staged_file.h"

#include <algorithm>

#include "storage/crc32c.h"

namespace tamis {
namespace {

/// Bytes written at a place, with their checksum.
struct Region {
  int64_t offset = 0;
  int64_t bytes = 0;
  uint32_t crc32c = 0;
};

class StagedFileImpl : public StagedFile {
 public:
  StagedFileImpl(std::shared_ptr<StagedFiles> files, std::shared_ptr<Storage> storage,
                 std::unique_ptr<WritableFile> file, std::string full_path, std::string path,
                 OutputPlace place)
      : files_(std::move(files)),
        storage_(std::move(storage)),
        file_(std::move(file)),
        full_path_(std::move(full_path)),
        place_(std::move(place)) {
    entry_.path = std::move(path);
  }

  const std::string& path() const override { return entry_.path; }
  void set_rows(int64_t rows) override { entry_.rows = rows; }
  int64_t bytes() const override { return entry_.bytes; }

  Status Append(std::string_view bytes) override {
    ARROW_RETURN_NOT_OK(Note(file_->Append(bytes)));
    entry_.crc32c = Crc32c(bytes, entry_.crc32c);
    entry_.bytes += static_cast<int64_t>(bytes.size());
    return Status::OK();
  }

  Status WriteAt(int64_t offset, std::string_view bytes) override {
    ARROW_RETURN_NOT_OK(Note(file_->WriteAt(offset, bytes)));
    Region region{offset, static_cast<int64_t>(bytes.size()), Crc32c(bytes)};
    std::lock_guard guard(mutex_);
    regions_.push_back(region);
    return Status::OK();
  }

  Status Sync() override { return Note(file_->Sync()); }

  Status Close() override {
    if (closed_) return Status::OK();
    ARROW_RETURN_NOT_OK(Note(file_->Close()));
    {
      std::lock_guard guard(mutex_);
      // What could not be written may have left a hole: such a file must not be published, even if
      // its writer went on.
      ARROW_RETURN_NOT_OK(failure_);
    }
    ARROW_RETURN_NOT_OK(Note(JoinRegions()));
    closed_ = true;
    files_->Close(entry_);
    return Status::OK();
  }

 private:
  Status Note(Status status) {
    status = place_.AsGiven(status);
    if (!status.ok()) {
      std::lock_guard guard(mutex_);
      if (failure_.ok()) failure_ = status;
    }
    return status;
  }

  /// The checksum of regions that were written in any order; of the bytes as they stand if some
  /// were written twice or not at all.
  Status JoinRegions() {
    if (regions_.empty()) return Status::OK();
    std::sort(regions_.begin(), regions_.end(),
              [](const Region& a, const Region& b) { return a.offset < b.offset; });
    int64_t end = entry_.bytes;
    uint32_t crc = entry_.crc32c;
    for (const Region& region : regions_) {
      if (region.offset != end) {
        ARROW_ASSIGN_OR_RAISE(FileInfo info, storage_->Stat(full_path_));
        entry_.bytes = info.size_bytes;
        ARROW_ASSIGN_OR_RAISE(entry_.crc32c, Crc32cOfFile(*storage_, full_path_));
        return Status::OK();
      }
      crc = Crc32cConcat(crc, region.crc32c, region.bytes);
      end += region.bytes;
    }
    entry_.crc32c = crc;
    entry_.bytes = end;
    return Status::OK();
  }

  std::shared_ptr<StagedFiles> files_;
  std::shared_ptr<Storage> storage_;
  std::unique_ptr<WritableFile> file_;
  std::string full_path_;
  OutputPlace place_;
  DatasetFile entry_;
  std::mutex mutex_;
  std::vector<Region> regions_;
  Status failure_;
  bool closed_ = false;
};

}  // namespace

Status StagedFiles::Add(const std::string& path) {
  std::lock_guard guard(mutex_);
  if (!index_.emplace(path, entries_.size()).second) {
    return UsageError("two files of one run have the same name: " + path);
  }
  Entry entry;
  entry.file.path = path;
  entries_.push_back(std::move(entry));
  return Status::OK();
}

void StagedFiles::Drop(const std::string& path) {
  std::lock_guard guard(mutex_);
  entries_[index_.at(path)].dropped = true;
  index_.erase(path);
}

void StagedFiles::Close(DatasetFile file) {
  std::lock_guard guard(mutex_);
  Entry& entry = entries_[index_.at(file.path)];
  entry.file = std::move(file);
  entry.file.version = version_;
  entry.closed = true;
}

Result<std::vector<DatasetFile>> StagedFiles::Finish() const {
  std::lock_guard guard(mutex_);
  std::vector<DatasetFile> files;
  for (const Entry& entry : entries_) {
    if (entry.dropped) continue;
    if (!entry.closed) return IoError(entry.file.path, "was not written to its end");
    files.push_back(entry.file);
  }
  std::sort(files.begin(), files.end(),
            [](const DatasetFile& a, const DatasetFile& b) { return a.path < b.path; });
  return files;
}

std::unique_ptr<StagedFile> MakeStagedFile(std::shared_ptr<StagedFiles> files,
                                           std::shared_ptr<Storage> storage,
                                           std::unique_ptr<WritableFile> file,
                                           std::string full_path, std::string path,
                                           OutputPlace place) {
  return std::make_unique<StagedFileImpl>(std::move(files), std::move(storage), std::move(file),
                                          std::move(full_path), std::move(path), std::move(place));
}

}  // namespace tamis
