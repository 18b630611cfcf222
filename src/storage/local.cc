// The machine's own file systems, through the calls of Linux. See storage.h.
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "storage/path.h"
#include "storage/storage.h"

namespace tamis {
namespace {

namespace fs = std::filesystem;

// Up to this many paths are synced one by one, by some threads, since syncfs also waits for what
// other programs have written. 4,000 files of 20 kB on ext4: syncfs 0.1 s, fsync of each 20 s.
constexpr size_t kSyncEachMax = 32;
constexpr size_t kSyncThreadsMax = 8;
constexpr size_t kSyncPathsPerThread = 4;
constexpr int kListTriesMax = 1000;

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(other.Release()) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

int OpenRetrying(int directory, const char* path, int flags, mode_t mode = 0) {
  int fd;
  do {
    fd = ::openat(directory, path, flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  return fd;
}

Result<Descriptor> Open(const std::string& path, int flags) {
  int fd = OpenRetrying(AT_FDCWD, path.c_str(), flags, 0666);
  if (fd < 0) return IoErrorFromErrno(path, errno);
  return Descriptor(fd);
}

Status WriteAll(int fd, const std::string& path, int64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (written < 0) {
      if (errno == EINTR) continue;
      return IoErrorFromErrno(path, errno);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
    offset += written;
  }
  return Status::OK();
}

Status SyncDescriptor(int fd, const std::string& path) {
  while (::fsync(fd) != 0) {
    // Some file systems have nothing to sync for directories and say so.
    if (errno == EINVAL) return Status::OK();
    if (errno != EINTR) return IoErrorFromErrno(path, errno);
  }
  return Status::OK();
}

FileInfo MakeInfo(std::string path, const struct stat& info) {
  FileInfo out;
  out.path = std::move(path);
  out.is_directory = S_ISDIR(info.st_mode);
  out.is_special = !out.is_directory && !S_ISREG(info.st_mode) && !S_ISLNK(info.st_mode);
  out.size_bytes = info.st_size;
  out.modified_ns = int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
  return out;
}

class LocalReadable : public ReadableFile {
 public:
  LocalReadable(Descriptor fd, std::string path, int64_t size)
      : fd_(std::move(fd)), path_(std::move(path)), size_(size) {}

  Result<int64_t> ReadAt(int64_t offset, int64_t size, void* out) override {
    int64_t done = 0;
    while (done < size) {
      ssize_t got = ::pread(fd_.get(), static_cast<char*>(out) + done,
                            static_cast<size_t>(size - done), offset + done);
      if (got < 0) {
        if (errno == EINTR) continue;
        return IoErrorFromErrno(path_, errno);
      }
      if (got == 0) break;
      done += got;
    }
    return done;
  }

  int64_t size_bytes() const override { return size_; }

 private:
  Descriptor fd_;
  std::string path_;
  int64_t size_;
};

class LocalWritable : public WritableFile {
 public:
  LocalWritable(Descriptor fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}

  Status Append(std::string_view bytes) override {
    ARROW_RETURN_NOT_OK(WriteAt(end_, bytes));
    end_ += static_cast<int64_t>(bytes.size());
    return Status::OK();
  }

  Status WriteAt(int64_t offset, std::string_view bytes) override {
    return WriteAll(fd_.get(), path_, offset, bytes);
  }

  Status Sync() override { return SyncDescriptor(fd_.get(), path_); }

  Status Close() override {
    int fd = fd_.Release();
    if (fd < 0) return Status::OK();
    // Linux frees the descriptor even when close is interrupted: it must not be called again.
    if (::close(fd) != 0 && errno != EINTR) return IoErrorFromErrno(path_, errno);
    return Status::OK();
  }

 private:
  Descriptor fd_;
  std::string path_;
  int64_t end_ = 0;
};

/// Holds a lock; the file goes before the lock does, so nobody can lock a file that has gone
/// without seeing it.
class LocalLock : public FileLock {
 public:
  LocalLock(Descriptor fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
  ~LocalLock() override { ::unlink(path_.c_str()); }

  /// The owner is only for the message of those who wait: a full disk must not stop a run here.
  void SetOwner(std::string_view owner) {
    if (::ftruncate(fd_.get(), 0) == 0) (void)WriteAll(fd_.get(), path_, 0, owner);
  }

 private:
  Descriptor fd_;
  std::string path_;
};

/// Lists below an open directory, whatever happens to its path meanwhile.
class TreeLister {
 public:
  TreeLister(const std::function<bool(const std::string&)>& descend, std::vector<FileInfo>* out)
      : descend_(descend), out_(out) {}

  /// `path` and `relative` are those of the directory, for the results and for `descend`.
  Status List(Descriptor fd, const std::string& path, const std::string& relative) {
    DIR* directory = ::fdopendir(fd.get());
    if (!directory) return IoErrorFromErrno(path, errno);
    fd.Release();
    Status status = ListOpen(directory, path, relative);
    ::closedir(directory);
    return status;
  }

 private:
  Status ListOpen(DIR* directory, const std::string& path, const std::string& relative) {
    while (true) {
      errno = 0;
      const dirent* entry = ::readdir(directory);
      if (!entry) return errno == 0 ? Status::OK() : IoErrorFromErrno(path, errno);
      std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      struct stat info;
      if (::fstatat(::dirfd(directory), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) continue;  // gone since: it is not there
        return IoErrorFromErrno(JoinPath(path, name), errno);
      }
      ARROW_RETURN_NOT_OK(Add(::dirfd(directory), name, info, path, relative));
    }
  }

  Status Add(int parent, const std::string& name, struct stat info, const std::string& path,
             const std::string& relative) {
    std::string child_path = JoinPath(path, name);
    std::string child_relative = JoinPath(relative, name);
    if (S_ISDIR(info.st_mode) && (!descend_ || descend_(child_relative))) {
      int fd = OpenRetrying(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
      if (fd < 0) {
        return errno == ENOENT ? Status::OK() : IoErrorFromErrno(child_path, errno);
      }
      return List(Descriptor(fd), child_path, child_relative);
    }
    bool is_link = S_ISLNK(info.st_mode);
    if (is_link) {
      struct stat target;
      if (::fstatat(parent, name.c_str(), &target, 0) == 0) info = target;
    }
    FileInfo found = MakeInfo(std::move(child_path), info);
    found.is_link = is_link;
    out_->push_back(std::move(found));
    return Status::OK();
  }

  const std::function<bool(const std::string&)>& descend_;
  std::vector<FileInfo>* out_;
};

bool IsUnsupported(int error_number) {
  switch (error_number) {
    case EINVAL:  // the file system doesn't know the flag
    case ENOSYS:
    case EOPNOTSUPP:
    case EXDEV:  // another file system, or a mount point
    case EBUSY:  // a mount point
    case EPERM:  // no such thing here, or somebody else's file (protected_hardlinks, sticky folder)
    case EACCES:
    case EMLINK:  // as many names as it may have
      return true;
    default:
      return false;
  }
}

// What the holder of a lock wrote into it. It writes right after it has locked: a moment may pass.
std::string ReadOwner(const std::string& path) {
  auto fd = Open(path, O_RDONLY);
  if (!fd.ok()) return "";
  char buffer[512];
  for (int attempt = 0; attempt < 10; ++attempt) {
    ssize_t got = ::pread(fd->get(), buffer, sizeof buffer, 0);
    if (got > 0) return std::string(buffer, static_cast<size_t>(got));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return "";
}

class LocalStorageImpl : public Storage {
 public:
  Result<std::unique_ptr<ReadableFile>> OpenRead(const std::string& path) override {
    ARROW_ASSIGN_OR_RAISE(Descriptor fd, Open(path, O_RDONLY));
    struct stat info;
    if (::fstat(fd.get(), &info) != 0) return IoErrorFromErrno(path, errno);
    if (S_ISDIR(info.st_mode)) return IoErrorFromErrno(path, EISDIR);
    return std::make_unique<LocalReadable>(std::move(fd), path, info.st_size);
  }

  Result<std::unique_ptr<WritableFile>> OpenWrite(const std::string& path) override {
    ARROW_ASSIGN_OR_RAISE(Descriptor fd, Open(path, O_WRONLY | O_CREAT | O_TRUNC));
    return std::make_unique<LocalWritable>(std::move(fd), path);
  }

  Result<FileInfo> Stat(const std::string& path) override {
    struct stat info;
    if (::stat(path.c_str(), &info) != 0) return IoErrorFromErrno(path, errno);
    return MakeInfo(path, info);
  }

  Result<bool> Exists(const std::string& path) override {
    struct stat info;
    if (::lstat(path.c_str(), &info) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return IoErrorFromErrno(path, errno);
  }

  Result<std::vector<FileInfo>> List(const std::string& path) override {
    return ListTree(path, [](const std::string&) { return false; });
  }

  Result<std::vector<FileInfo>> ListTree(
      const std::string& path, const std::function<bool(const std::string&)>& descend) override {
    const std::string directory = path.empty() ? "." : path;
    for (int tries = 0; tries < kListTriesMax; ++tries) {
      ARROW_ASSIGN_OR_RAISE(Descriptor fd, Open(directory, O_RDONLY | O_DIRECTORY));
      ARROW_ASSIGN_OR_RAISE(Descriptor kept, Duplicate(fd, directory));
      std::vector<FileInfo> found;
      Status status = TreeLister(descend, &found).List(std::move(fd), path, "");
      // Its number can't be used again while it is open, so the same number is the same directory.
      struct stat listed, now;
      bool same = ::fstat(kept.get(), &listed) == 0 && ::stat(directory.c_str(), &now) == 0 &&
                  listed.st_ino == now.st_ino && listed.st_dev == now.st_dev;
      if (!same) continue;
      ARROW_RETURN_NOT_OK(status);
      std::sort(found.begin(), found.end(),
                [](const FileInfo& a, const FileInfo& b) { return a.path < b.path; });
      return found;
    }
    return IoError(path, "is being replaced again and again while it is listed");
  }

  Status MakeDirectories(const std::string& path) override {
    if (path.empty() || ::mkdir(path.c_str(), 0777) == 0) return Status::OK();
    if (errno == ENOENT) {
      ARROW_RETURN_NOT_OK(MakeDirectories(ParentPath(path)));
      if (::mkdir(path.c_str(), 0777) == 0) return Status::OK();
    }
    int error = errno;
    struct stat info;
    if (error == EEXIST || error == EROFS || error == EACCES) {
      if (::stat(path.c_str(), &info) == 0) {
        return S_ISDIR(info.st_mode) ? Status::OK() : IoErrorFromErrno(path, ENOTDIR);
      }
    }
    return IoErrorFromErrno(path, error);
  }

  Status RemoveFile(const std::string& path) override {
    return ::unlink(path.c_str()) == 0 ? Status::OK() : IoErrorFromErrno(path, errno);
  }

  Status RemoveTree(const std::string& path) override {
    std::error_code error;
    // Files in folders first: a reader that is listing `path` itself sees all its folders for as
    // long as can be.
    fs::recursive_directory_iterator entry(path, error), end;
    for (; !error && entry != end; entry.increment(error)) {
      bool is_folder = entry->is_directory(error) && !entry->is_symlink(error);
      if (entry.depth() > 0 && !is_folder) ::unlink(entry->path().c_str());
    }
    fs::remove_all(path, error);
    return error ? IoErrorFromErrno(path, error.value()) : Status::OK();
  }

  Result<bool> RemoveEmptyDirectory(const std::string& path) override {
    if (::rmdir(path.c_str()) == 0 || errno == ENOENT) return true;
    if (errno == ENOTEMPTY || errno == EEXIST || errno == EBUSY) return false;
    return IoErrorFromErrno(path, errno);
  }

  Status Rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) == 0) return Status::OK();
    return IoErrorFromErrno(errno == ENOENT ? from : to, errno);
  }

  Status Exchange(const std::string& a, const std::string& b) override {
    if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0) {
      return Status::OK();
    }
    if (IsUnsupported(errno)) return Status::NotImplemented(b, ": can't be exchanged");
    return IoErrorFromErrno(b, errno);
  }

  Result<bool> IsMountPoint(const std::string& path) override {
    struct statx info;
    if (::statx(AT_FDCWD, path.c_str(), AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &info) != 0) {
      if (errno == ENOENT) return false;
      return IoErrorFromErrno(path, errno);
    }
    if (info.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) {
      return (info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
    }
    struct stat own, above;  // before Linux 5.8
    if (::stat(path.c_str(), &own) != 0) return IoErrorFromErrno(path, errno);
    std::string parent = JoinPath(path, "..");
    if (::stat(parent.c_str(), &above) != 0) return IoErrorFromErrno(parent, errno);
    return own.st_dev != above.st_dev;
  }

  Result<bool> CanCreateIn(const std::string& path) override {
    const char* directory = path.empty() ? "." : path.c_str();
    if (::faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS) == 0) return true;
    if (errno == EACCES || errno == EPERM || errno == EROFS) return false;
    return IoErrorFromErrno(path, errno);
  }

  Status Link(const std::string& from, const std::string& to) override {
    if (::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0) == 0) return Status::OK();
    if (IsUnsupported(errno)) return Status::NotImplemented(from, ": can't be linked");
    return IoErrorFromErrno(errno == EEXIST ? to : from, errno);
  }

  Status CreateExclusive(const std::string& path, std::string_view bytes) override;

  Status SyncDirectory(const std::string& path) override {
    return SyncPath(path.empty() ? "." : path);
  }

  Status SyncPaths(const std::vector<std::string>& paths) override;

  Status CopyMode(const std::string& from, const std::string& to) override {
    struct stat source, target;
    if (::stat(from.c_str(), &source) != 0) return IoErrorFromErrno(from, errno);
    if (::stat(to.c_str(), &target) != 0) return IoErrorFromErrno(to, errno);
    // The owner may be changed by root only, the group by its members: as far as it goes.
    if (source.st_uid != target.st_uid) {
      (void)!::chown(to.c_str(), source.st_uid, static_cast<gid_t>(-1));
    }
    if (source.st_gid != target.st_gid) {
      (void)!::chown(to.c_str(), static_cast<uid_t>(-1), source.st_gid);
    }
    if (::chmod(to.c_str(), source.st_mode & 07777) != 0) return IoErrorFromErrno(to, errno);
    return Status::OK();
  }

  Result<std::string> Canonical(const std::string& path) override {
    if (path.empty()) return IoErrorFromErrno(path, ENOENT);
    std::error_code error;
    // With a slash at its end, a link that leads nowhere yet would not be seen as one.
    fs::path current = fs::absolute(TrimTrailingSlashes(path), error);
    for (int links = 0; !error && links < 40; ++links) {
      current = fs::weakly_canonical(current, error);
      if (error || !fs::is_symlink(fs::symlink_status(current, error))) break;
      fs::path target = fs::read_symlink(current, error);  // leads nowhere yet
      current = current.parent_path() / target;
    }
    std::error_code ignored;
    if (!error && fs::is_symlink(fs::symlink_status(current, ignored))) {
      return IoErrorFromErrno(path, ELOOP);
    }
    if (error && error.value() != ENOENT) return IoErrorFromErrno(path, error.value());
    return TrimTrailingSlashes(current.string());
  }

  Result<std::unique_ptr<FileLock>> TryLock(const std::string& path,
                                            std::string_view owner) override;

 private:
  static Result<Descriptor> Duplicate(const Descriptor& fd, const std::string& path) {
    int copy = ::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return IoErrorFromErrno(path, errno);
    return Descriptor(copy);
  }

  static Status SyncFileSystems(const std::vector<std::string>& paths) {
    std::map<dev_t, std::string> one_on_each;
    for (const std::string& path : paths) {
      struct stat info;
      if (::stat(path.c_str(), &info) != 0) return IoErrorFromErrno(path, errno);
      one_on_each.try_emplace(info.st_dev, path);
    }
    for (const auto& [device, path] : one_on_each) {
      ARROW_ASSIGN_OR_RAISE(Descriptor fd, Open(path, O_RDONLY | O_NONBLOCK));
      if (::syncfs(fd.get()) != 0) return IoErrorFromErrno(path, errno);
    }
    return Status::OK();
  }

  static Status SyncPath(const std::string& path) {
    ARROW_ASSIGN_OR_RAISE(Descriptor fd, Open(path, O_RDONLY | O_NONBLOCK));
    return SyncDescriptor(fd.get(), path);
  }
};

Status WriteNew(const std::string& path, std::string_view bytes) {
  ARROW_ASSIGN_OR_RAISE(Descriptor fd, Open(path, O_WRONLY | O_CREAT | O_EXCL));
  Status status = WriteAll(fd.get(), path, 0, bytes);
  if (status.ok()) status = SyncDescriptor(fd.get(), path);
  if (status.ok() && ::close(fd.Release()) != 0 && errno != EINTR) {
    status = IoErrorFromErrno(path, errno);
  }
  if (!status.ok()) ::unlink(path.c_str());
  return status;
}

Status LocalStorageImpl::CreateExclusive(const std::string& path, std::string_view bytes) {
  static std::atomic<int> count{0};
  std::string temporary =
      path + ".new-" + std::to_string(::getpid()) + "-" + std::to_string(count.fetch_add(1));
  ARROW_RETURN_NOT_OK(WriteNew(temporary, bytes));
  int error = ::link(temporary.c_str(), path.c_str()) == 0 ? 0 : errno;
  if (IsUnsupported(error)) {
    int renamed =
        ::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE);
    error = renamed == 0 ? 0 : errno;
  }
  if (IsUnsupported(error)) {
    // Neither links nor such renames (FAT): the name alone is exclusive, a crash may cut the bytes.
    int fd = OpenRetrying(AT_FDCWD, path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
    error = fd >= 0 ? 0 : errno;
    if (fd >= 0) {
      Descriptor file(fd);
      Status status = WriteAll(fd, path, 0, bytes);
      if (status.ok()) status = SyncDescriptor(fd, path);
      if (!status.ok()) ::unlink(path.c_str());
      ::unlink(temporary.c_str());
      return status;
    }
  }
  ::unlink(temporary.c_str());
  if (error == EEXIST) return Status::AlreadyExists(path);
  return error == 0 ? Status::OK() : IoErrorFromErrno(path, error);
}

Status LocalStorageImpl::SyncPaths(const std::vector<std::string>& paths) {
  if (paths.size() > kSyncEachMax) return SyncFileSystems(paths);
  std::atomic<size_t> next{0};
  std::mutex mutex;
  Status first_error;
  auto work = [&] {
    for (size_t i = next++; i < paths.size(); i = next++) {
      Status status = SyncPath(paths[i]);
      if (status.ok()) continue;
      std::lock_guard guard(mutex);
      if (first_error.ok()) first_error = status;
      next = paths.size();
    }
  };
  size_t thread_count = std::min(kSyncThreadsMax, paths.size() / kSyncPathsPerThread);
  std::vector<std::thread> threads;
  for (size_t i = 1; i < thread_count; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return first_error;
}

Result<std::unique_ptr<FileLock>> LocalStorageImpl::TryLock(const std::string& path,
                                                            std::string_view owner) {
  while (true) {
    ARROW_ASSIGN_OR_RAISE(Descriptor fd, Open(path, O_RDWR | O_CREAT));
    int error = 0;
    while ((error = ::flock(fd.get(), LOCK_EX | LOCK_NB) == 0 ? 0 : errno) == EINTR) {
    }
    if (error == EWOULDBLOCK) return Status::AlreadyExists(ReadOwner(path));
    if (error == ENOSYS || error == EOPNOTSUPP || error == ENOLCK || error == EINVAL) {
      ::unlink(path.c_str());
      return IoError(path, "this file system has no locks (flock)",
                     "mount it with locks, or write to another one");
    }
    if (error != 0) return IoErrorFromErrno(path, error);
    // The holder before may have removed the file between our open and our lock.
    struct stat locked, named;
    if (::fstat(fd.get(), &locked) != 0) return IoErrorFromErrno(path, errno);
    if (::stat(path.c_str(), &named) != 0 || named.st_ino != locked.st_ino ||
        named.st_dev != locked.st_dev) {
      continue;
    }
    auto lock = std::make_unique<LocalLock>(std::move(fd), path);
    lock->SetOwner(owner);
    return lock;
  }
}

}  // namespace

std::shared_ptr<Storage> LocalStorage() {
  static std::shared_ptr<Storage> storage = std::make_shared<LocalStorageImpl>();
  return storage;
}

}  // namespace tamis
