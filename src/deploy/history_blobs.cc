// Goes over all commits for some blobs. See history_blobs.h.
#include "deploy/history_blobs.h"

#include <algorithm>
#include <unordered_set>

namespace tamis {
namespace {

constexpr size_t kPathsMax = 1000;
// Trees that each stand ten times in the next one have more paths than can be walked; most trees
// have one path for good.
constexpr size_t kVisitsPerTreeMax = 4;
constexpr size_t kVisitsMore = 500'000;

class Tracer {
 public:
  Tracer(const std::vector<ObjectIndex>& blobs, const ObjectStore& store, const Reached& reached,
         const StopToken& stop)
      : store_(store),
        reached_(reached),
        stop_(stop),
        number_(store.size(), kNoObject),
        holds_(store.size(), false),
        blobs_(blobs.size()),
        places_(blobs.size()),
        folders_(reached.folder_table),
        visits_max_(kVisitsPerTreeMax * reached.trees.size() + kVisitsMore) {
    for (size_t i = 0; i < blobs.size(); ++i) {
      number_[blobs[i]] = static_cast<uint32_t>(i);
      holds_[blobs[i]] = true;
      blobs_[i].id = store.Id(blobs[i]);
      blobs_[i].size = store.bytes(blobs[i]);
      blobs_[i].packed_size = store.packed_bytes(blobs[i]);
    }
    for (ObjectIndex tree : reached.trees) {
      const auto entries = store.Tree(tree);
      holds_[tree] = std::any_of(entries.begin(), entries.end(),
                                 [this](const TreeEntry& entry) { return Holds(entry.object); });
    }
  }

  Result<std::vector<HistoryBlob>> Trace() {
    for (ObjectIndex commit : reached_.commits) {
      if (stop_.requested()) return Interrupted();
      FindChanges(commit);
      FindPaths(store_.Commit(commit).tree, kRootFolder);
    }
    for (const DirectRef& ref : reached_.direct) {
      if (store_.kind(ref.object) == ObjectKind::kTree) FindPaths(ref.object, kRootFolder);
      const uint32_t number = number_[ref.object];
      if (number != kNoObject && !ref.name.empty()) blobs_[number].refs.push_back(ref.name);
    }
    MarkHead(reached_.head_tree);
    for (size_t i = 0; i < blobs_.size(); ++i) {
      for (const FilePlace& place : places_[i]) {
        blobs_[i].paths.push_back(folders_.Path(place.folder, store_) +
                                  std::string(store_.name(place.name)));
      }
      blobs_[i].paths_complete &= visited_.size() < visits_max_;
    }
    return std::move(blobs_);
  }

 private:
  struct FilePlace {
    FolderIndex folder = kRootFolder;
    NameIndex name = 0;
    bool operator==(const FilePlace&) const = default;
  };

  bool Holds(ObjectIndex object) const { return object != kNoObject && holds_[object]; }

  HistoryCommit Describe(ObjectIndex commit) const {
    const StoredCommit& stored = store_.Commit(commit);
    return {store_.Id(commit), stored.time, std::string(store_.name(stored.author))};
  }

  // Commits come the newest first: the first touch seen is the last one made.
  void Touch(ObjectIndex object) {
    if (object == kNoObject || number_[object] == kNoObject) return;
    HistoryBlob& blob = blobs_[number_[object]];
    if (blob.first && blob.first->id == commit_.id) return;
    blob.first = commit_;
    if (!blob.last) blob.last = commit_;
  }

  // What a commit changes against all its parents, as `git log -c` has it.
  void FindChanges(ObjectIndex commit) {
    commit_ = Describe(commit);
    compared_.clear();
    std::vector<ObjectIndex> trees = {store_.Commit(commit).tree};
    for (ObjectIndex parent : store_.Commit(commit).parents) {
      trees.push_back(store_.Commit(parent).tree);
    }
    Compare(trees);
  }

  /// `trees` are that of the commit and those of its parents at one path; kNoObject: none there.
  void Compare(const std::vector<ObjectIndex>& trees) {
    if (std::find(trees.begin() + 1, trees.end(), trees[0]) != trees.end()) return;
    const bool matters =
        std::any_of(trees.begin(), trees.end(), [this](ObjectIndex tree) { return Holds(tree); });
    if (!matters || !compared_.insert(Key(trees)).second) return;
    std::vector<std::span<const TreeEntry>> rests;
    for (ObjectIndex tree : trees) {
      rests.push_back(tree == kNoObject ? std::span<const TreeEntry>() : store_.Tree(tree));
    }
    std::vector<ObjectIndex> at(trees.size());
    while (const TreeEntry* front = Front(rests)) {
      const TreeEntry key = *front;
      for (size_t i = 0; i < rests.size(); ++i) {
        const bool has_it =
            !rests[i].empty() && rests[i][0].name == key.name && IsTree(rests[i][0]) == IsTree(key);
        at[i] = has_it ? rests[i][0].object : kNoObject;
        if (has_it) rests[i] = rests[i].subspan(1);
      }
      if (IsTree(key)) {
        Compare(at);
      } else if (std::find(at.begin() + 1, at.end(), at[0]) == at.end()) {
        for (ObjectIndex object : at) Touch(object);
      }
    }
  }

  static bool IsTree(const TreeEntry& entry) { return entry.kind() == EntryKind::kTree; }

  /// The entry that comes first in git's order, where a folder's name ends in '/'.
  const TreeEntry* Front(const std::vector<std::span<const TreeEntry>>& rests) const {
    const TreeEntry* front = nullptr;
    for (const auto& rest : rests) {
      if (rest.empty()) continue;
      if (!front || IsBefore(rest[0], *front)) front = &rest[0];
    }
    return front;
  }

  bool IsBefore(const TreeEntry& a, const TreeEntry& b) const {
    if (a.name == b.name) return IsTree(b) && !IsTree(a);
    const std::string_view left = store_.name(a.name), right = store_.name(b.name);
    const size_t common = std::min(left.size(), right.size());
    const int order = left.substr(0, common).compare(right.substr(0, common));
    if (order != 0) return order < 0;
    auto next = [common](std::string_view name, const TreeEntry& entry) {
      if (name.size() > common) return static_cast<unsigned char>(name[common]);
      return static_cast<unsigned char>(IsTree(entry) ? '/' : 0);
    };
    return next(left, a) < next(right, b);
  }

  static std::string Key(const std::vector<ObjectIndex>& trees) {
    return {reinterpret_cast<const char*>(trees.data()), trees.size() * sizeof(ObjectIndex)};
  }

  // Each tree once for each folder that it was.
  void FindPaths(ObjectIndex tree, FolderIndex folder) {
    if (!Holds(tree) || visited_.size() >= visits_max_) return;
    if (!visited_.insert(uint64_t{tree} << 32 | folder).second) return;
    for (const TreeEntry& entry : store_.Tree(tree)) {
      if (!Holds(entry.object)) continue;
      if (IsTree(entry)) {
        FindPaths(entry.object, folders_.Child(folder, entry.name));
      } else {
        AddPath(number_[entry.object], folder, entry.name);
      }
    }
  }

  void AddPath(uint32_t number, FolderIndex folder, NameIndex name) {
    std::vector<FilePlace>& places = places_[number];
    const FilePlace place{folder, name};
    if (std::find(places.begin(), places.end(), place) != places.end()) return;
    if (places.size() < kPathsMax) {
      places.push_back(place);
    } else {
      blobs_[number].paths_complete = false;
    }
  }

  void MarkHead(ObjectIndex tree) {
    if (!Holds(tree) || !in_head_.insert(tree).second) return;
    for (const TreeEntry& entry : store_.Tree(tree)) {
      if (!Holds(entry.object)) continue;
      if (IsTree(entry)) {
        MarkHead(entry.object);
      } else {
        blobs_[number_[entry.object]].in_head = true;
      }
    }
  }

  const ObjectStore& store_;
  const Reached& reached_;
  const StopToken& stop_;
  std::vector<uint32_t> number_;  // by object: of the blob among those asked for
  std::vector<bool> holds_;       // by object: it is such a blob, or has one below
  std::vector<HistoryBlob> blobs_;
  std::vector<std::vector<FilePlace>> places_;  // of each of blobs_
  FolderTable folders_;
  HistoryCommit commit_;                      // the one at work
  std::unordered_set<std::string> compared_;  // trees of the commit at work
  size_t visits_max_;
  std::unordered_set<uint64_t> visited_;
  std::unordered_set<ObjectIndex> in_head_;
};

}  // namespace

Result<std::vector<HistoryBlob>> DescribeBlobs(const std::vector<ObjectIndex>& blobs,
                                               const ObjectStore& store, const Reached& reached,
                                               const StopToken& stop) {
  return Tracer(blobs, store, reached, stop).Trace();
}

}  // namespace tamis
