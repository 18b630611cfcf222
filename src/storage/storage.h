// The only door to bytes: local disks, memory, and a faulty one for tests. Does not know formats.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace tamis {

/// What a path is.
struct FileInfo {
  std::string path;
  bool is_directory = false;
  bool is_link = false;     // a symbolic link; the rest describes what it leads to, if anything
  bool is_special = false;  // a pipe, a device, a socket: neither a directory nor a regular file
  int64_t size_bytes = 0;
  int64_t modified_ns = 0;  // since 1970
};

/// A file open for reading at any offset, by many threads at once.
class ReadableFile {
 public:
  virtual ~ReadableFile() = default;
  /// Reads up to `size` bytes at `offset` into `out`; fewer only at the end of the file.
  virtual Result<int64_t> ReadAt(int64_t offset, int64_t size, void* out) = 0;
  virtual int64_t size_bytes() const = 0;
};

/// A file being written. Append is for one thread; WriteAt for many at once, where supported.
class WritableFile {
 public:
  virtual ~WritableFile() = default;
  virtual Status Append(std::string_view bytes) = 0;
  /// Writes `bytes` at `offset`; regions may be written in any order.
  virtual Status WriteAt(int64_t offset, std::string_view bytes) = 0;
  /// Makes the bytes durable (fsync).
  virtual Status Sync() = 0;
  /// Ends the file. An error means that bytes may be missing. Idempotent.
  virtual Status Close() = 0;
};

/// An exclusive lock on a path, held until it is destroyed or its process ends in any way.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

/// Bytes by path. All errors are IoError with the path first.
class Storage {
 public:
  virtual ~Storage() = default;
  virtual Result<std::unique_ptr<ReadableFile>> OpenRead(const std::string& path) = 0;
  /// Creates or truncates.
  virtual Result<std::unique_ptr<WritableFile>> OpenWrite(const std::string& path) = 0;
  virtual Result<FileInfo> Stat(const std::string& path) = 0;
  virtual Result<bool> Exists(const std::string& path) = 0;
  /// The direct children of a directory, sorted by path.
  virtual Result<std::vector<FileInfo>> List(const std::string& path) = 0;
  /// All files below a directory, sorted by path. Symbolic links are not followed: one to a
  /// directory is in the result as a directory. If the directory is exchanged for another while it
  /// is listed, it is listed again: the result is one version, never a mixture. A directory for
  /// which `descend(relative path)` is false is in the result instead of what is below it.
  virtual Result<std::vector<FileInfo>> ListTree(
      const std::string& path,
      const std::function<bool(const std::string&)>& descend = nullptr) = 0;
  /// Makes the directory and those above it; fine if it exists.
  virtual Status MakeDirectories(const std::string& path) = 0;
  virtual Status RemoveFile(const std::string& path) = 0;
  /// Removes a directory and all in it; fine if there is none.
  virtual Status RemoveTree(const std::string& path) = 0;
  /// Removes a directory if nothing is in it: whether it is gone now.
  virtual Result<bool> RemoveEmptyDirectory(const std::string& path) = 0;
  /// Renames atomically; replaces a file that is there.
  virtual Status Rename(const std::string& from, const std::string& to) = 0;
  /// Swaps two directories in one instant. NotImplemented where the file system can't.
  virtual Status Exchange(const std::string& a, const std::string& b) = 0;
  /// Whether a file system is mounted at this directory: then it can't be exchanged or renamed.
  virtual Result<bool> IsMountPoint(const std::string& path) = 0;
  /// Whether this process may make files in this directory.
  virtual Result<bool> CanCreateIn(const std::string& path) = 0;
  /// Gives a file a second name. NotImplemented where the file system can't.
  virtual Status Link(const std::string& from, const std::string& to) = 0;
  /// Creates a file with these bytes, all or nothing; AlreadyExists if there is one. The bytes are
  /// durable, the name is so after SyncDirectory.
  virtual Status CreateExclusive(const std::string& path, std::string_view bytes) = 0;
  /// Makes a directory's entries durable (fsync of the directory).
  virtual Status SyncDirectory(const std::string& path) = 0;
  /// Makes these files and directories durable, in the cheapest way there is.
  virtual Status SyncPaths(const std::vector<std::string>& paths) = 0;
  /// Gives `to` the permissions and, where allowed, the owner of `from`.
  virtual Status CopyMode(const std::string& from, const std::string& to) = 0;
  /// The absolute path without symbolic links, `.` and `..`; the end of it need not exist.
  virtual Result<std::string> Canonical(const std::string& path) = 0;
  /// Locks `path`, a file that exists only while it is locked, and writes `owner` into it.
  /// AlreadyExists, with the other's `owner` as its message, if another one holds it.
  virtual Result<std::unique_ptr<FileLock>> TryLock(const std::string& path,
                                                    std::string_view owner) = 0;
};

/// The machine's own file systems.
std::shared_ptr<Storage> LocalStorage();

}  // namespace tamis
