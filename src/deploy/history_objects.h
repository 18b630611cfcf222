// The objects of a repository in memory: ids, kinds and sizes of all, and what commits, trees and
// tags say. Does not follow them.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "deploy/history.h"
#include "deploy/history_git.h"

namespace tamis {

enum class ObjectKind : uint8_t { kCommit, kTree, kBlob, kTag };
enum class EntryKind : uint8_t { kFile, kLink, kTree, kSubmodule };

/// An object is its index in the store.
using ObjectIndex = uint32_t;
constexpr ObjectIndex kNoObject = UINT32_MAX;

/// A text is its index among the names.
using NameIndex = uint32_t;
constexpr size_t kNamesMax = size_t{1} << 30;

/// One line of a tree. Trees are most of what is kept: 8 bytes each.
struct TreeEntry {
  NameIndex name : 30;
  uint32_t kind_bits : 2;
  ObjectIndex object;  // kNoObject: it is not here

  EntryKind kind() const { return static_cast<EntryKind>(kind_bits); }
};

/// Each distinct text once. Several threads may add.
class NameTable {
 public:
  Result<NameIndex> Intern(std::string_view text);
  std::string_view operator[](NameIndex name) const { return texts_[name]; }
  size_t size() const { return texts_.size(); }

 private:
  std::mutex mutex_;
  std::deque<std::string> texts_;  // a deque, for its texts stay where they are
  std::unordered_map<std::string_view, NameIndex> index_;
};

struct StoredCommit {
  ObjectIndex object = kNoObject;
  ObjectIndex tree = kNoObject;
  std::vector<ObjectIndex> parents;  // kNoObject: not here
  int64_t time = 0;
  NameIndex author = 0;
};

struct StoredTag {
  ObjectIndex object = kNoObject;
  ObjectIndex target = kNoObject;
};

class ObjectStore {
 public:
  /// Reads all objects that the repository holds.
  static Result<std::unique_ptr<ObjectStore>> Load(const GitRepository& repository,
                                                   int thread_count, HistoryProgress* progress);

  size_t size() const { return kinds_.size(); }
  ObjectKind kind(ObjectIndex object) const { return kinds_[object]; }
  int64_t bytes(ObjectIndex object) const { return sizes_[object]; }
  int64_t packed_bytes(ObjectIndex object) const { return packed_sizes_[object]; }
  std::string Id(ObjectIndex object) const;
  /// kNoObject if it is not here.
  ObjectIndex Find(std::string_view raw_id) const;
  ObjectIndex FindHex(std::string_view id) const;

  std::span<const TreeEntry> Tree(ObjectIndex tree) const { return trees_[detail_[tree]]; }
  /// A tree's number, below tree_count().
  uint32_t TreeNumber(ObjectIndex tree) const { return detail_[tree]; }
  size_t tree_count() const { return trees_.size(); }
  const StoredCommit& Commit(ObjectIndex commit) const { return commits_[detail_[commit]]; }
  StoredCommit& MutableCommit(ObjectIndex commit) { return commits_[detail_[commit]]; }
  ObjectIndex TagTarget(ObjectIndex tag) const { return tags_[detail_[tag]].target; }
  std::string_view name(NameIndex name) const { return names_[name]; }
  size_t name_count() const { return names_.size(); }
  size_t id_bytes() const { return id_bytes_; }

 private:
  friend class ContentReader;
  explicit ObjectStore(size_t id_bytes) : id_bytes_(id_bytes) {}
  Status LoadList(const GitRepository& repository);
  Status TakeListLine(std::string_view line);
  /// `order`: ids, neighbours in a pack beside each other.
  Status LoadContents(const GitRepository& repository, const std::string& order, int thread_count,
                      HistoryProgress* progress);
  void Grow();

  size_t id_bytes_;
  std::string ids_;                 // raw, one after the other
  std::vector<ObjectIndex> slots_;  // open addressing over ids
  std::vector<ObjectKind> kinds_;
  std::vector<int64_t> sizes_;
  std::vector<int64_t> packed_sizes_;
  std::vector<uint32_t> detail_;  // of commits, trees and tags: where they stand below
  std::vector<StoredCommit> commits_;
  std::vector<StoredTag> tags_;
  std::vector<std::span<const TreeEntry>> trees_;
  std::deque<std::vector<TreeEntry>> entries_;  // what the spans point into
  NameTable names_;
};

}  // namespace tamis
