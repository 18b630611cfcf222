// See stdio.h.
#include "storage/stdio.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/stop.h"

namespace tamis {
namespace {

constexpr int kStopCheckMs = 100;

class DescriptorReader : public SequentialFile {
 public:
  DescriptorReader(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  ~DescriptorReader() override {
    if (fd_ != STDIN_FILENO) ::close(fd_);
  }

  Result<int64_t> Read(int64_t size, void* out) override {
    while (true) {
      pollfd silent{fd_, POLLIN, 0};
      int ready = ::poll(&silent, 1, kStopCheckMs);
      if (process_stop.requested()) return Interrupted();
      if (ready == 0) continue;
      ssize_t got = ::read(fd_, out, static_cast<size_t>(size));
      if (got >= 0) return got;
      if (errno != EINTR) return IoErrorFromErrno(name_, errno);
    }
  }

 private:
  int fd_;
  std::string name_;
};

class DescriptorWriter : public WritableFile {
 public:
  DescriptorWriter(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  ~DescriptorWriter() override {
    if (fd_ >= 0 && fd_ != STDOUT_FILENO) ::close(fd_);
  }

  Status Append(std::string_view bytes) override {
    while (!bytes.empty()) {
      ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0) {
        if (errno == EINTR) continue;
        return IoErrorFromErrno(name_, errno);
      }
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return Status::OK();
  }

  Status WriteAt(int64_t, std::string_view) override {
    return Status::NotImplemented(name_, ": a stream is written from front to back");
  }

  Status Sync() override {
    // Pipes and terminals have nothing to sync; a redirected file has.
    if (::fsync(fd_) == 0 || errno == EINVAL || errno == EROFS) return Status::OK();
    return IoErrorFromErrno(name_, errno);
  }

  Status Close() override {
    int fd = std::exchange(fd_, -1);
    if (fd < 0) return Status::OK();
    // Standard output redirected to a full disk over a network may say so only here.
    if (::close(fd) != 0 && errno != EINTR) return IoErrorFromErrno(name_, errno);
    return Status::OK();
  }

 private:
  int fd_;
  std::string name_;
};

}  // namespace

Result<std::unique_ptr<SequentialFile>> OpenSequential(const std::string& path) {
  if (path == "-") return std::make_unique<DescriptorReader>(STDIN_FILENO, "standard input");
  int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return IoErrorFromErrno(path, errno);
  auto reader = std::make_unique<DescriptorReader>(fd, path);
  struct stat info;
  if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) return IoErrorFromErrno(path, EISDIR);
  return reader;
}

std::unique_ptr<WritableFile> OpenStdout() {
  return std::make_unique<DescriptorWriter>(STDOUT_FILENO, "standard output");
}

Result<std::unique_ptr<WritableFile>> OpenDevice(const std::string& path) {
  int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return IoErrorFromErrno(path, errno);
  return std::make_unique<DescriptorWriter>(fd, path);
}

}  // namespace tamis
