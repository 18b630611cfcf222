// Follows a repository's refs to all that they reach: commits in order, trees and blobs by the path
// where they were met first. Does not compare commits.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/history_objects.h"

namespace tamis {

using FolderIndex = uint32_t;
constexpr FolderIndex kRootFolder = 0;
constexpr FolderIndex kNoFolder = UINT32_MAX;

/// Folders of any commit, by path. A folder comes after the one it is in.
class FolderTable {
 public:
  FolderIndex Child(FolderIndex parent, NameIndex name);
  FolderIndex parent(FolderIndex folder) const { return folders_[folder].parent; }
  size_t size() const { return folders_.size(); }
  /// `a/b/`, or nothing for the root.
  std::string Path(FolderIndex folder, const ObjectStore& store) const;

 private:
  struct Folder {
    FolderIndex parent = kNoFolder;
    NameIndex name = 0;
  };
  std::vector<Folder> folders_ = {{}};
  std::unordered_map<uint64_t, FolderIndex> index_;
};

/// A ref, HEAD or the HEAD of another work tree.
struct HistoryRoot {
  std::string name;  // empty for a HEAD
  std::string id;
};

struct HistoryRoots {
  std::vector<HistoryRoot> roots;
  std::string head;     // as History has it
  std::string head_id;  // empty if it has no commit yet
  int64_t ref_count = 0;
};

Result<HistoryRoots> ReadRoots(const GitRepository& repository);

/// A ref that names a tree or blob without a commit.
struct DirectRef {
  std::string name;
  ObjectIndex object = kNoObject;
};

struct Reached {
  std::vector<bool> seen;            // by object
  std::vector<ObjectIndex> commits;  // the newest first, all before their parents
  std::vector<ObjectIndex> trees;    // all after those in them
  std::vector<FolderIndex> folders;  // by object: of a tree itself, of a blob that it is in
  std::vector<NameIndex> names;      // by object: of a blob
  std::vector<DirectRef> direct;
  FolderTable folder_table;
  ObjectIndex head_tree = kNoObject;
  int64_t submodule_count = 0;
  int64_t missing_count = 0;
  int64_t line_length = 0;  // commits in the longest line of parents
};

/// Reaches what the roots lead to. Forgets the parents of shallow commits. `is_partial`: objects
/// may be missing. DataError if one is that should be there.
Result<Reached> Reach(const HistoryRoots& roots, const std::vector<std::string>& shallow,
                      bool is_partial, ObjectStore* store, const StopToken& stop);

}  // namespace tamis
