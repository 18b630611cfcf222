// Sums of trees from the leaves up. See history_measure.h.
#include "deploy/history_measure.h"

#include <algorithm>

namespace tamis {
namespace {

/// What a checkout of a tree has. A few trees can unfold to more than any number holds: sums stop
/// at the largest one.
struct TreeSums {
  int64_t files = 0;
  int64_t folders = 0;
  int64_t links = 0;
  int64_t submodules = 0;
  int64_t bytes = 0;
  int64_t depth = 0;       // names in the deepest path
  int64_t path_bytes = 0;  // of the longest path
};

void AddTo(int64_t* sum, int64_t value) {
  if (__builtin_add_overflow(*sum, value, sum)) *sum = INT64_MAX;
}

/// The largest value so far, and what has it.
struct Peak {
  int64_t value = 0;
  ObjectIndex object = kNoObject;

  void Take(int64_t candidate, ObjectIndex owner) {
    if (candidate > value) *this = {candidate, owner};
  }
};

class Measurer {
 public:
  Measurer(const ObjectStore& store, const Reached& reached)
      : store_(store), reached_(reached), sums_(store.tree_count()) {
    for (ObjectIndex tree : reached.trees) sums_[store.TreeNumber(tree)] = SumUp(tree);
  }

  /// The commit whose checkout has most of something.
  HistoryMeasure OfCheckout(const char* name, const char* title, int64_t TreeSums::* figure,
                            int64_t limit) const {
    Peak peak;
    for (ObjectIndex commit : reached_.commits) {
      const ObjectIndex tree = store_.Commit(commit).tree;
      if (tree != kNoObject) peak.Take(SumsOf(tree).*figure, commit);
    }
    return Make(name, title, peak, limit);
  }

  /// The same for a figure that one path makes.
  HistoryMeasure OfPath(const char* name, const char* title, int64_t TreeSums::* figure,
                        int64_t limit) const {
    HistoryMeasure measure = OfCheckout(name, title, figure, limit);
    const ObjectIndex commit = store_.FindHex(measure.id);
    if (commit != kNoObject) measure.path = PathWithMost(store_.Commit(commit).tree, figure);
    return measure;
  }

  HistoryMeasure OfTrees() const {
    Peak peak;
    for (ObjectIndex tree : reached_.trees) {
      peak.Take(static_cast<int64_t>(store_.Tree(tree).size()), tree);
    }
    HistoryMeasure measure = Make("tree_entries", "entries of one folder", peak, 1000);
    if (peak.object != kNoObject) {
      measure.path = reached_.folder_table.Path(reached_.folders[peak.object], store_);
    }
    return measure;
  }

  HistoryMeasure OfBlobs() const {
    Peak peak;
    for (ObjectIndex object = 0; object < store_.size(); ++object) {
      const bool is_reached = reached_.seen[object] && store_.kind(object) == ObjectKind::kBlob;
      if (is_reached) peak.Take(store_.bytes(object), object);
    }
    HistoryMeasure measure = Make("blob_bytes", "bytes of one blob", peak, 10'000'000);
    measure.is_bytes = true;
    if (peak.object != kNoObject && reached_.folders[peak.object] != kNoFolder) {
      measure.path = reached_.folder_table.Path(reached_.folders[peak.object], store_) +
                     std::string(store_.name(reached_.names[peak.object]));
    }
    return measure;
  }

  HistoryMeasure OfParents() const {
    Peak peak;
    for (ObjectIndex commit : reached_.commits) {
      peak.Take(static_cast<int64_t>(store_.Commit(commit).parents.size()), commit);
    }
    return Make("commit_parents", "parents of one commit", peak, 10);
  }

  HistoryMeasure OfCommits() const {
    Peak peak;
    for (ObjectIndex commit : reached_.commits) peak.Take(store_.bytes(commit), commit);
    HistoryMeasure measure = Make("commit_bytes", "bytes of one commit object", peak, 50'000);
    measure.is_bytes = true;
    return measure;
  }

  HistoryMeasure Make(const char* name, const char* title, const Peak& peak, int64_t limit) const {
    HistoryMeasure measure;
    measure.name = name;
    measure.title = title;
    measure.value = peak.value;
    measure.limit = limit;
    if (peak.object != kNoObject) measure.id = store_.Id(peak.object);
    return measure;
  }

 private:
  const TreeSums& SumsOf(ObjectIndex tree) const { return sums_[store_.TreeNumber(tree)]; }

  TreeSums SumUp(ObjectIndex tree) const {
    TreeSums sums;
    for (const TreeEntry& entry : store_.Tree(tree)) {
      const auto name_bytes = static_cast<int64_t>(store_.name(entry.name).size());
      int64_t depth = 1, path_bytes = name_bytes;
      switch (entry.kind()) {
        case EntryKind::kSubmodule:
          AddTo(&sums.submodules, 1);
          break;
        case EntryKind::kTree:
          AddTo(&sums.folders, 1);
          break;
        case EntryKind::kLink:
          AddTo(&sums.links, 1);
          break;
        case EntryKind::kFile:
          AddTo(&sums.files, 1);
          break;
      }
      if (entry.kind() == EntryKind::kTree && entry.object != kNoObject) {
        const TreeSums& below = SumsOf(entry.object);
        AddTo(&sums.files, below.files);
        AddTo(&sums.folders, below.folders);
        AddTo(&sums.links, below.links);
        AddTo(&sums.submodules, below.submodules);
        AddTo(&sums.bytes, below.bytes);
        depth += below.depth;
        if (below.path_bytes > 0) path_bytes += 1 + below.path_bytes;
      } else if (entry.object != kNoObject) {
        AddTo(&sums.bytes, store_.bytes(entry.object));
      }
      sums.depth = std::max(sums.depth, depth);
      sums.path_bytes = std::max(sums.path_bytes, path_bytes);
    }
    return sums;
  }

  /// The path that makes `figure` (depth or path_bytes) what it is.
  std::string PathWithMost(ObjectIndex tree, int64_t TreeSums::* figure) const {
    std::string path;
    const bool counts_bytes = figure == &TreeSums::path_bytes;
    while (tree != kNoObject && !store_.Tree(tree).empty()) {
      const TreeEntry* best = nullptr;
      int64_t most = -1;
      for (const TreeEntry& entry : store_.Tree(tree)) {
        const bool is_tree = entry.kind() == EntryKind::kTree && entry.object != kNoObject;
        int64_t value = is_tree ? SumsOf(entry.object).*figure : 0;
        if (counts_bytes) {
          value += static_cast<int64_t>(store_.name(entry.name).size()) + (value > 0 ? 1 : 0);
        }
        if (value <= most) continue;
        most = value;
        best = &entry;
      }
      path += (path.empty() ? "" : "/") + std::string(store_.name(best->name));
      tree = best->kind() == EntryKind::kTree ? best->object : kNoObject;
    }
    return path;
  }

  const ObjectStore& store_;
  const Reached& reached_;
  std::vector<TreeSums> sums_;  // by number of the tree
};

}  // namespace

// The limits are where git-sizer, too, begins to mark a figure.
std::vector<HistoryMeasure> MeasureHistory(const ObjectStore& store, const Reached& reached,
                                           int64_t ref_count) {
  const Measurer measurer(store, reached);
  Peak refs, commits, line;
  refs.value = ref_count;
  commits.value = static_cast<int64_t>(reached.commits.size());
  line.value = reached.line_length;
  HistoryMeasure bytes = measurer.OfCheckout("checkout_bytes", "bytes of one checkout",
                                             &TreeSums::bytes, 1'000'000'000);
  bytes.is_bytes = true;
  HistoryMeasure path_bytes =
      measurer.OfPath("path_bytes", "bytes of one path", &TreeSums::path_bytes, 100);
  path_bytes.is_bytes = true;
  return {
      measurer.OfBlobs(),
      measurer.OfCheckout("checkout_files", "files in one checkout", &TreeSums::files, 50'000),
      std::move(bytes),
      measurer.OfCheckout("checkout_folders", "folders in one checkout", &TreeSums::folders, 2000),
      measurer.OfCheckout("checkout_links", "symbolic links in one checkout", &TreeSums::links,
                          25'000),
      measurer.OfCheckout("checkout_submodules", "submodules in one checkout",
                          &TreeSums::submodules, 100),
      measurer.OfTrees(),
      measurer.OfPath("path_depth", "names in one path", &TreeSums::depth, 10),
      std::move(path_bytes),
      measurer.OfCommits(),
      measurer.OfParents(),
      measurer.Make("commits", "commits", commits, 500'000),
      measurer.Make("line_length", "commits in the longest line", line, 500'000),
      measurer.Make("refs", "refs", refs, 25'000),
  };
}

}  // namespace tamis
