// Makes, locks and removes the folder for spill. See temp_directory.h.
#include "cli/temp_directory.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

#include "storage/path.h"

namespace tamis {
namespace {

constexpr std::string_view kPrefix = "tamis-";
constexpr const char* kLockName = ".tamis-temp-lock";

// Only folders with a lock file that nobody holds: the name alone could be a user's own.
void RemoveDead(Storage& storage, const std::string& parent) {
  auto entries = storage.List(parent);
  if (!entries.ok()) return;
  for (const FileInfo& entry : *entries) {
    if (!entry.is_directory || !BaseName(entry.path).starts_with(kPrefix)) continue;
    std::string lock_file = JoinPath(entry.path, kLockName);
    auto exists = storage.Exists(lock_file);
    if (!exists.ok() || !*exists) continue;
    auto lock = storage.TryLock(lock_file, "");
    if (lock.ok()) ARROW_UNUSED(storage.RemoveTree(entry.path));  // the next run tries again
  }
}

}  // namespace

Result<std::unique_ptr<TempDirectory>> TempDirectory::Make(const std::string& parent,
                                                           const std::string& run_id) {
  Storage& storage = *LocalStorage();
  RemoveDead(storage, parent);
  std::string path = JoinPath(parent, std::string(kPrefix) + run_id);
  if (mkdir(path.c_str(), 0700) != 0) return IoErrorFromErrno(path, errno);
  std::unique_ptr<FileLock> lock;
  auto locked = storage.TryLock(JoinPath(path, kLockName), run_id);
  if (locked.ok()) lock = std::move(*locked);
  return std::unique_ptr<TempDirectory>(new TempDirectory(std::move(path), std::move(lock)));
}

TempDirectory::~TempDirectory() {
  Status removed = LocalStorage()->RemoveTree(path_);
  if (!removed.ok()) std::fprintf(stderr, "warning: %s", FormatError(removed).c_str());
}

}  // namespace tamis
