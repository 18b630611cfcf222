// See contents.h.
#include "dataset/contents.h"

#include "dataset/layout.h"
#include "storage/path.h"

namespace tamis {
namespace {

/// Summaries of the whole dataset: wrong as soon as it changes, and made again by who wants them.
bool IsSummary(const std::string& path) {
  return path == kSuccessFile || path == "_metadata" || path == "_common_metadata";
}

bool HasHiddenPart(const std::string& path) {
  return IsHiddenName(path) || path.find("/_") != path.npos || path.find("/.") != path.npos;
}

/// Whether a folder, or one above it, is among `folders`; "" is the dataset itself.
bool IsBelowAny(const std::string& path, const std::set<std::string>& folders) {
  if (folders.empty()) return false;
  for (std::string at = ParentPath(path); !at.empty(); at = ParentPath(at)) {
    if (folders.count(at)) return true;
  }
  return folders.count("") > 0;
}

}  // namespace

Result<Contents> ListContents(Storage& storage, const std::string& dataset,
                              const Manifest& manifest) {
  Contents contents;
  ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(dataset));
  if (!exists) return contents;
  std::set<std::string> known;
  for (const DatasetFile& file : manifest.files) known.insert(file.path);
  const std::string own = std::string(kTamisFolder);
  ARROW_ASSIGN_OR_RAISE(auto files, storage.ListTree(dataset, [&](const std::string& folder) {
    return folder != own;
  }));
  for (const FileInfo& file : files) {
    std::string path = file.path.substr(dataset.size() + 1);
    if (path == own || IsSummary(path)) continue;
    if (path.starts_with("_delta_log/") || path.starts_with(".hoodie/")) {
      return UsageError(dataset + ": is a table of another format (" + ParentPath(path) +
                            "), which would not see plain files",
                        "write to another path");
    }
    if (known.count(path)) {
      contents.known.insert(std::move(path));
    } else if (HasHiddenPart(path)) {
      contents.hidden.insert(std::move(path));
    } else {
      contents.foreign.insert(std::move(path));
    }
  }
  return contents;
}

Result<Change> DecideChange(const std::string& dataset, const Contents& contents, WriteMode mode,
                            const std::set<std::string>& replaced_folders, bool replace_foreign) {
  auto goes = [&](const std::string& path) {
    return mode == WriteMode::kOverwrite ||
           (mode == WriteMode::kReplacePartitions && IsBelowAny(path, replaced_folders));
  };
  Change change;
  change.kept.assign(contents.hidden.begin(), contents.hidden.end());
  for (const std::string& path : contents.known) {
    (goes(path) ? change.removed : change.kept).push_back(path);
  }
  int64_t in_the_way = 0;
  std::string example;
  for (const std::string& path : contents.foreign) {
    if (goes(path)) {
      if (in_the_way++ == 0) example = path;
      change.removed.push_back(path);
    } else {
      change.kept.push_back(path);
    }
  }
  if (in_the_way > 0 && !replace_foreign) {
    return UsageError(dataset + ": holds " + std::to_string(in_the_way) +
                          (in_the_way == 1 ? " file" : " files") +
                          " that tamis did not write, such as " + example,
                      "append to it, write to another path, or remove them with --force");
  }
  return change;
}

}  // namespace tamis
