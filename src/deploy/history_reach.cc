// Reads refs and walks from them. See history_reach.h.
#include "deploy/history_reach.h"

#include <algorithm>
#include <queue>
#include <set>

namespace tamis {
namespace {

// git refuses 2,048 by itself since 2.43.
constexpr size_t kFolderDepthMax = 4096;

class Walk {
 public:
  Walk(ObjectStore* store, bool is_partial, const StopToken& stop, Reached* reached)
      : store_(*store), is_partial_(is_partial), stop_(stop), reached_(*reached) {
    reached_.seen.assign(store_.size(), false);
    reached_.folders.assign(store_.size(), kNoFolder);
    reached_.names.assign(store_.size(), 0);
  }

  /// Marks the commits before `root`; keeps trees and blobs for later.
  Status AddRoot(const HistoryRoot& root) {
    ObjectIndex object = store_.FindHex(root.id);
    while (object != kNoObject && store_.kind(object) == ObjectKind::kTag) {
      reached_.seen[object] = true;
      object = store_.TagTarget(object);
    }
    if (object == kNoObject) return Missing(root.name.empty() ? root.id : root.name);
    if (store_.kind(object) == ObjectKind::kCommit) return AddCommits(object);
    reached_.direct.push_back({root.name, object});
    return Status::OK();
  }

  /// Puts the commits into order: children first, and otherwise the newest.
  void OrderCommits() {
    auto is_older = [this](ObjectIndex a, ObjectIndex b) {
      int64_t time_a = store_.Commit(a).time, time_b = store_.Commit(b).time;
      return time_a != time_b ? time_a < time_b : a > b;
    };
    std::vector<uint32_t> children(store_.size(), 0);
    for (ObjectIndex commit : found_) {
      for (ObjectIndex parent : store_.Commit(commit).parents) ++children[parent];
    }
    std::priority_queue<ObjectIndex, std::vector<ObjectIndex>, decltype(is_older)> ready(is_older);
    for (ObjectIndex commit : found_) {
      if (children[commit] == 0) ready.push(commit);
    }
    while (!ready.empty()) {
      const ObjectIndex commit = ready.top();
      ready.pop();
      reached_.commits.push_back(commit);
      for (ObjectIndex parent : store_.Commit(commit).parents) {
        if (--children[parent] == 0) ready.push(parent);
      }
    }
    MeasureLine();
  }

  /// Trees and blobs, where the newest commit has them.
  Status AddTrees() {
    for (ObjectIndex commit : reached_.commits) {
      if (stop_.requested()) return Interrupted();
      const ObjectIndex tree = store_.Commit(commit).tree;
      if (tree == kNoObject) {
        ARROW_RETURN_NOT_OK(Missing("the tree of " + store_.Id(commit)));
        continue;
      }
      if (store_.kind(tree) != ObjectKind::kTree) return Wrong(tree, "tree");
      ARROW_RETURN_NOT_OK(AddTree(tree));
    }
    for (const DirectRef& ref : reached_.direct) {
      if (store_.kind(ref.object) == ObjectKind::kTree) {
        ARROW_RETURN_NOT_OK(AddTree(ref.object));
      } else {
        reached_.seen[ref.object] = true;
      }
    }
    reached_.submodule_count = static_cast<int64_t>(submodules_.size());
    return Status::OK();
  }

 private:
  struct Frame {
    ObjectIndex tree;
    FolderIndex folder;
    size_t next;
  };

  Status Missing(const std::string& what) {
    ++reached_.missing_count;
    if (is_partial_) return Status::OK();
    return DataError("the repository is damaged: " + what + " is missing",
                     "git fsck lists what is missing or broken; another clone may have it");
  }

  Status Wrong(ObjectIndex object, const char* kind) const {
    return DataError("the repository is damaged: object " + store_.Id(object) + " is no " + kind,
                     "git fsck lists what is missing or broken; another clone may have it");
  }

  Status AddCommits(ObjectIndex root) {
    std::vector<ObjectIndex> todo = {root};
    while (!todo.empty()) {
      const ObjectIndex commit = todo.back();
      todo.pop_back();
      if (reached_.seen[commit]) continue;
      if (store_.kind(commit) != ObjectKind::kCommit) return Wrong(commit, "commit");
      reached_.seen[commit] = true;
      found_.push_back(commit);
      std::vector<ObjectIndex>& parents = store_.MutableCommit(commit).parents;
      for (ObjectIndex parent : parents) {
        if (parent == kNoObject) {
          ARROW_RETURN_NOT_OK(Missing("a parent of commit " + store_.Id(commit)));
        } else {
          todo.push_back(parent);
        }
      }
      std::erase(parents, kNoObject);
    }
    return Status::OK();
  }

  void MeasureLine() {
    std::vector<int64_t> lengths(store_.size(), 0);
    for (auto at = reached_.commits.rbegin(); at != reached_.commits.rend(); ++at) {
      int64_t longest = 0;
      for (ObjectIndex parent : store_.Commit(*at).parents) {
        longest = std::max(longest, lengths[parent]);
      }
      lengths[*at] = longest + 1;
      reached_.line_length = std::max(reached_.line_length, longest + 1);
    }
  }

  Status AddTree(ObjectIndex root) {
    if (reached_.seen[root]) return Status::OK();
    std::vector<Frame> stack;
    Enter(root, kRootFolder, &stack);
    while (!stack.empty()) {
      const auto entries = store_.Tree(stack.back().tree);
      if (stack.back().next == entries.size()) {
        reached_.trees.push_back(stack.back().tree);
        stack.pop_back();
        continue;
      }
      const TreeEntry entry = entries[stack.back().next++];
      const FolderIndex folder = stack.back().folder;
      if (entry.kind() == EntryKind::kSubmodule) {
        submodules_.insert({folder, entry.name});
        continue;
      }
      if (entry.object == kNoObject) {
        ARROW_RETURN_NOT_OK(Missing(reached_.folder_table.Path(folder, store_) +
                                    std::string(store_.name(entry.name))));
        continue;
      }
      const bool is_tree = entry.kind() == EntryKind::kTree;
      if (store_.kind(entry.object) != (is_tree ? ObjectKind::kTree : ObjectKind::kBlob)) {
        return Wrong(entry.object, is_tree ? "tree" : "blob");
      }
      if (reached_.seen[entry.object]) continue;
      if (is_tree) {
        Enter(entry.object, reached_.folder_table.Child(folder, entry.name), &stack);
        if (stack.size() > kFolderDepthMax) {
          return DataError("folders are nested more than 4,096 deep in the history");
        }
      } else {
        reached_.seen[entry.object] = true;
        reached_.folders[entry.object] = folder;
        reached_.names[entry.object] = entry.name;
      }
    }
    return Status::OK();
  }

  void Enter(ObjectIndex tree, FolderIndex folder, std::vector<Frame>* stack) {
    reached_.seen[tree] = true;
    reached_.folders[tree] = folder;
    stack->push_back({tree, folder, 0});
  }

  ObjectStore& store_;
  bool is_partial_;
  const StopToken& stop_;
  Reached& reached_;
  std::vector<ObjectIndex> found_;
  std::set<std::pair<FolderIndex, NameIndex>> submodules_;
};

}  // namespace

FolderIndex FolderTable::Child(FolderIndex parent, NameIndex name) {
  const uint64_t key = uint64_t{parent} << 32 | name;
  auto [at, is_new] = index_.try_emplace(key, static_cast<FolderIndex>(folders_.size()));
  if (is_new) folders_.push_back({parent, name});
  return at->second;
}

std::string FolderTable::Path(FolderIndex folder, const ObjectStore& store) const {
  std::vector<NameIndex> names;
  for (; folder != kRootFolder; folder = folders_[folder].parent) {
    names.push_back(folders_[folder].name);
  }
  std::string path;
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    path += store.name(*name);
    path += '/';
  }
  return path;
}

Result<HistoryRoots> ReadRoots(const GitRepository& repository) {
  HistoryRoots found;
  ARROW_ASSIGN_OR_RAISE(std::string refs,
                        repository.Ask({"for-each-ref", "--format=%(objectname) %(refname)"}));
  for (std::string_view line : SplitLines(refs)) {
    const size_t space = std::min(line.find(' '), line.size() - 1);
    found.roots.push_back(
        {std::string(line.substr(space + 1)), std::string(line.substr(0, space))});
  }
  found.ref_count = static_cast<int64_t>(found.roots.size());
  ARROW_ASSIGN_OR_RAISE(std::string head,
                        repository.AskQuietly({"rev-parse", "-q", "--verify", "HEAD"}));
  ARROW_ASSIGN_OR_RAISE(std::string branch,
                        repository.AskQuietly({"symbolic-ref", "-q", "--short", "HEAD"}));
  found.head_id = head.substr(0, head.find('\n'));
  found.head = branch.empty() ? found.head_id : branch.substr(0, branch.size() - 1);
  if (!found.head_id.empty()) found.roots.push_back({"", found.head_id});
  ARROW_ASSIGN_OR_RAISE(std::string work_trees,
                        repository.Ask({"worktree", "list", "--porcelain"}));
  for (std::string_view line : SplitLines(work_trees)) {
    const bool is_head = line.starts_with("HEAD ") && line.find_first_not_of('0', 5) != line.npos;
    if (is_head) found.roots.push_back({"", std::string(line.substr(5))});
  }
  return found;
}

Result<Reached> Reach(const HistoryRoots& roots, const std::vector<std::string>& shallow,
                      bool is_partial, ObjectStore* store, const StopToken& stop) {
  for (const std::string& id : shallow) {
    const ObjectIndex commit = store->FindHex(id);
    if (commit != kNoObject && store->kind(commit) == ObjectKind::kCommit) {
      store->MutableCommit(commit).parents.clear();
    }
  }
  Reached reached;
  Walk walk(store, is_partial, stop, &reached);
  for (const HistoryRoot& root : roots.roots) ARROW_RETURN_NOT_OK(walk.AddRoot(root));
  walk.OrderCommits();
  ARROW_RETURN_NOT_OK(walk.AddTrees());
  const ObjectIndex head = store->FindHex(roots.head_id);
  if (head != kNoObject && store->kind(head) == ObjectKind::kCommit) {
    reached.head_tree = store->Commit(head).tree;
  }
  return reached;
}

}  // namespace tamis
