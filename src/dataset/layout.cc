// See layout.h.
#include "dataset/layout.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <thread>

#include "storage/path.h"

namespace tamis {
namespace {

constexpr std::string_view kNextMark = ".tamis-next-";
constexpr std::string_view kTemporaryMark = ".tamis-tmp-";
constexpr auto kLockPause = std::chrono::milliseconds(20);

bool IsRunId(std::string_view run_id) {
  return !run_id.empty() && run_id.size() <= 64 &&
         std::all_of(run_id.begin(), run_id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

bool IsAbove(const std::string& folder, const std::string& path) {
  return !folder.empty() && (path + "/").starts_with(folder + "/");
}

}  // namespace

std::string CommitRecordPath(int64_t version) {
  char name[64];
  std::snprintf(name, sizeof name, "/%08lld.json", static_cast<long long>(version));
  return std::string(kCommitsFolder) + name;
}

int64_t CommitRecordVersion(std::string_view file_name) {
  int64_t version = 0;
  auto [end, error] =
      std::from_chars(file_name.data(), file_name.data() + file_name.size(), version);
  if (error != std::errc() || version <= 0) return 0;
  return BaseName(CommitRecordPath(version)) == file_name ? version : 0;
}

std::string OutputPlace::NextTree(std::string_view run_id) const {
  return JoinPath(parent, "." + name + std::string(kNextMark) + std::string(run_id));
}

std::string OutputPlace::TemporaryFile(std::string_view run_id) const {
  return JoinPath(parent, "." + name + std::string(kTemporaryMark) + std::string(run_id));
}

std::string OutputPlace::LockFile() const { return JoinPath(parent, "." + name + ".tamis-lock"); }

Status OutputPlace::AsGiven(const Status& status) const {
  if (status.ok()) return status;
  const std::string& message = status.message();
  if (message.starts_with(given + ": ")) return status;
  const std::string staging = JoinPath(target, kStagingFolder);
  if (message.starts_with(target + ": ") ||
      (message.starts_with(target + "/") && !message.starts_with(staging))) {
    return status.WithMessage(given, message.substr(target.size()));
  }
  // A ": " may stand in the output's own name.
  size_t known = 0;
  for (const std::string& prefix : {JoinPath(parent, "." + name), parent}) {
    if (message.starts_with(prefix)) known = std::max(known, prefix.size());
  }
  const size_t end = message.find(": ", known);
  if (end == message.npos) return status;
  const bool is_ours = known > 0 || IsAbove(message.substr(0, end), parent);
  return is_ours ? status.WithMessage(given, message.substr(end)) : status;
}

bool OutputPlace::IsLeftover(std::string_view file_name) const {
  if (!file_name.starts_with("." + name)) return false;
  file_name.remove_prefix(1 + name.size());
  // A run id has no dot, so a name that merely begins like this one is not taken for it.
  for (std::string_view mark : {kNextMark, kTemporaryMark}) {
    if (file_name.starts_with(mark)) return IsRunId(file_name.substr(mark.size()));
  }
  return false;
}

Result<OutputPlace> FindOutputPlace(Storage& storage, const std::string& path) {
  if (path.empty()) return UsageError("an output needs a path");
  OutputPlace place;
  place.given = path;
  ARROW_ASSIGN_OR_RAISE(place.target, storage.Canonical(path));
  if (place.target == "/") return UsageError("/ can't be an output");
  place.parent = ParentPath(place.target);
  place.name = BaseName(place.target);
  return place;
}

Status CheckRunId(std::string_view run_id) {
  if (IsRunId(run_id)) return Status::OK();
  return UsageError("not a run id: \"" + std::string(run_id) + "\"",
                    "1 to 64 letters, digits, - or _");
}

Result<std::vector<std::string>> MakeMissingFolders(Storage& storage, const std::string& path) {
  std::vector<std::string> missing;
  for (std::string at = path; !at.empty() && at != "/"; at = ParentPath(at)) {
    ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(at));
    if (exists) break;
    missing.insert(missing.begin(), at);
  }
  Status status = storage.MakeDirectories(path);
  if (!status.ok()) RemoveIfEmpty(storage, missing);
  ARROW_RETURN_NOT_OK(status);
  return missing;
}

Status SyncNames(Storage& storage, const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    ARROW_RETURN_NOT_OK(storage.SyncDirectory(ParentPath(folder)));
  }
  return Status::OK();
}

void RemoveIfEmpty(Storage& storage, const std::vector<std::string>& folders) {
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
    auto removed = storage.RemoveEmptyDirectory(*folder);
    if (removed.ok() && !*removed) return;  // one that could not even be made is no obstacle
  }
}

Result<std::unique_ptr<FileLock>> LockOutput(Storage& storage, const OutputPlace& place,
                                             const std::string& run_id, int64_t wait_ms) {
  std::string lock_file = place.LockFile();
  ARROW_ASSIGN_OR_RAISE(bool beside, storage.CanCreateIn(place.parent));
  if (!beside) {
    ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(place.target));
    if (!exists) {
      return IoError(place.given, "permission denied to create it in " + place.parent,
                     "check the permissions of this folder");
    }
    ARROW_RETURN_NOT_OK(storage.MakeDirectories(JoinPath(place.target, kTamisFolder)));
    lock_file = JoinPath(place.target, std::string(kTamisFolder) + "/lock");
  }
  const std::string owner = "run " + run_id + ", process " + std::to_string(::getpid());
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  while (true) {
    auto lock = storage.TryLock(lock_file, owner);
    if (lock.ok()) return lock;
    if (!lock.status().IsAlreadyExists()) {
      std::string reason = lock.status().message();
      if (reason.starts_with(lock_file + ": ")) reason.erase(0, lock_file.size() + 2);
      const std::string folder = beside ? ParentPath(place.given) : place.given;
      return lock.status().WithMessage(place.given, ": can't make files in ",
                                       folder.empty() ? "." : folder, ": ", reason);
    }
    if (std::chrono::steady_clock::now() >= until) {
      std::string other = lock.status().message();
      return IoError(place.given, "another run is writing it" + (other.empty() ? "" : ": " + other),
                     "wait until it is done, or write to another path");
    }
    std::this_thread::sleep_for(kLockPause);
  }
}

Result<int64_t> RemoveLeftovers(Storage& storage, const OutputPlace& place) {
  ARROW_ASSIGN_OR_RAISE(auto siblings, storage.List(place.parent));
  std::erase_if(siblings,
                [&](const FileInfo& info) { return !place.IsLeftover(BaseName(info.path)); });
  if (siblings.empty()) return 0;
  // A leftover may be the tree that an exchange took away: it must not go before it is durable that
  // the new one is in its place.
  ARROW_RETURN_NOT_OK(storage.SyncDirectory(place.parent));
  for (const FileInfo& info : siblings) {
    ARROW_RETURN_NOT_OK(info.is_directory && !info.is_link ? storage.RemoveTree(info.path)
                                                           : storage.RemoveFile(info.path));
  }
  return static_cast<int64_t>(siblings.size());
}

}  // namespace tamis
