// See memory.h.
#include "storage/memory.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "storage/path.h"

namespace tamis {
namespace {

/// A file or directory, and what of it would be left after a loss of power.
struct Node {
  bool is_directory = false;
  std::string data, durable_data;
  std::map<std::string, std::shared_ptr<Node>> entries, durable_entries;
  int64_t modified_ns = 0;
};
using NodePtr = std::shared_ptr<Node>;

/// A rename between two directories that neither has made durable: file systems with a journal make
/// both halves durable at once.
struct PendingMove {
  NodePtr from, to;
  std::string from_name, to_name;
};

struct Shared {
  std::mutex mutex;
  NodePtr root = std::make_shared<Node>();
  std::vector<PendingMove> moves;
  std::set<std::string> locks;
  int64_t clock_ns = 0;
  int64_t crashes = 0;
};

std::vector<std::string> Parts(const std::string& path) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin < path.size()) {
    size_t end = std::min(path.find('/', begin), path.size());
    std::string part = path.substr(begin, end - begin);
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(std::move(part));
    }
    begin = end + 1;
  }
  return parts;
}

NodePtr Child(const NodePtr& directory, const std::string& name) {
  auto found = directory->entries.find(name);
  return found == directory->entries.end() ? nullptr : found->second;
}

void SyncName(const NodePtr& directory, const std::string& name) {
  NodePtr now = Child(directory, name);
  if (now) {
    directory->durable_entries[name] = now;
  } else {
    directory->durable_entries.erase(name);
  }
}

FileInfo InfoOf(const std::string& path, const Node& node) {
  FileInfo info;
  info.path = path;
  info.is_directory = node.is_directory;
  info.size_bytes = static_cast<int64_t>(node.data.size());
  info.modified_ns = node.modified_ns;
  return info;
}

class MemoryReadable : public ReadableFile {
 public:
  MemoryReadable(std::shared_ptr<Shared> shared, NodePtr node)
      : shared_(std::move(shared)), node_(std::move(node)) {}

  Result<int64_t> ReadAt(int64_t offset, int64_t size, void* out) override {
    std::lock_guard guard(shared_->mutex);
    int64_t end = static_cast<int64_t>(node_->data.size());
    int64_t count = std::max<int64_t>(0, std::min(size, end - offset));
    if (count > 0) std::memcpy(out, node_->data.data() + offset, static_cast<size_t>(count));
    return count;
  }

  int64_t size_bytes() const override {
    std::lock_guard guard(shared_->mutex);
    return static_cast<int64_t>(node_->data.size());
  }

 private:
  std::shared_ptr<Shared> shared_;
  NodePtr node_;
};

class MemoryWritable : public WritableFile {
 public:
  MemoryWritable(std::shared_ptr<Shared> shared, NodePtr node)
      : shared_(std::move(shared)), node_(std::move(node)) {}

  Status Append(std::string_view bytes) override {
    ARROW_RETURN_NOT_OK(WriteAt(end_, bytes));
    end_ += static_cast<int64_t>(bytes.size());
    return Status::OK();
  }

  Status WriteAt(int64_t offset, std::string_view bytes) override {
    std::lock_guard guard(shared_->mutex);
    size_t begin = static_cast<size_t>(offset);
    if (node_->data.size() < begin + bytes.size()) node_->data.resize(begin + bytes.size());
    node_->data.replace(begin, bytes.size(), bytes);
    node_->modified_ns = ++shared_->clock_ns;
    return Status::OK();
  }

  Status Sync() override {
    std::lock_guard guard(shared_->mutex);
    node_->durable_data = node_->data;
    return Status::OK();
  }

  Status Close() override { return Status::OK(); }

 private:
  std::shared_ptr<Shared> shared_;
  NodePtr node_;
  int64_t end_ = 0;
};

class MemoryLock : public FileLock {
 public:
  MemoryLock(std::shared_ptr<Shared> shared, std::string path, NodePtr directory, std::string name)
      : shared_(std::move(shared)),
        path_(std::move(path)),
        directory_(std::move(directory)),
        name_(std::move(name)),
        crashes_(shared_->crashes) {}

  ~MemoryLock() override {
    std::lock_guard guard(shared_->mutex);
    if (crashes_ != shared_->crashes) return;  // its process died
    shared_->locks.erase(path_);
    directory_->entries.erase(name_);
  }

 private:
  std::shared_ptr<Shared> shared_;
  std::string path_;
  NodePtr directory_;
  std::string name_;
  int64_t crashes_;
};

class MemoryStorageImpl : public MemoryStorage {
 public:
  explicit MemoryStorageImpl(MemoryStorageOptions options) : options_(options) {
    shared_->root->is_directory = true;
  }

  Result<std::unique_ptr<ReadableFile>> OpenRead(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(path));
    if (node->is_directory) return IoErrorFromErrno(path, EISDIR);
    return std::make_unique<MemoryReadable>(shared_, node);
  }

  Result<std::unique_ptr<WritableFile>> OpenWrite(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr parent, FindParent(path));
    NodePtr& node = parent->entries[BaseName(path)];
    if (node && node->is_directory) return IoErrorFromErrno(path, EISDIR);
    if (!node) node = std::make_shared<Node>();
    node->data.clear();
    node->modified_ns = ++shared_->clock_ns;
    return std::make_unique<MemoryWritable>(shared_, node);
  }

  Result<FileInfo> Stat(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(path));
    return InfoOf(path, *node);
  }

  Result<bool> Exists(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    return Find(path).ok();
  }

  Result<std::vector<FileInfo>> List(const std::string& path) override {
    return ListTree(path, [](const std::string&) { return false; });
  }

  Result<std::vector<FileInfo>> ListTree(
      const std::string& path, const std::function<bool(const std::string&)>& descend) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(path));
    if (!node->is_directory) return IoErrorFromErrno(path, ENOTDIR);
    std::vector<FileInfo> found;
    Walk(*node, path, "", descend, &found);
    std::sort(found.begin(), found.end(),
              [](const FileInfo& a, const FileInfo& b) { return a.path < b.path; });
    return found;
  }

  Status MakeDirectories(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    NodePtr at = shared_->root;
    for (const std::string& part : Parts(path)) {
      NodePtr& next = at->entries[part];
      if (!next) {
        next = std::make_shared<Node>();
        next->is_directory = true;
      }
      if (!next->is_directory) return IoErrorFromErrno(path, ENOTDIR);
      at = next;
    }
    return Status::OK();
  }

  Status RemoveFile(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(path));
    if (node->is_directory) return IoErrorFromErrno(path, EISDIR);
    ARROW_ASSIGN_OR_RAISE(NodePtr parent, FindParent(path));
    parent->entries.erase(BaseName(path));
    return Status::OK();
  }

  Status RemoveTree(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    if (!Find(path).ok()) return Status::OK();
    ARROW_ASSIGN_OR_RAISE(NodePtr parent, FindParent(path));
    parent->entries.erase(BaseName(path));
    return Status::OK();
  }

  Result<bool> RemoveEmptyDirectory(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    auto node = Find(path);
    if (!node.ok()) return true;
    if (!(*node)->is_directory) return IoErrorFromErrno(path, ENOTDIR);
    if (!(*node)->entries.empty()) return false;
    ARROW_ASSIGN_OR_RAISE(NodePtr parent, FindParent(path));
    parent->entries.erase(BaseName(path));
    return true;
  }

  Status Rename(const std::string& from, const std::string& to) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(from));
    ARROW_ASSIGN_OR_RAISE(NodePtr source, FindParent(from));
    ARROW_ASSIGN_OR_RAISE(NodePtr target, FindParent(to));
    NodePtr there = Child(target, BaseName(to));
    if (there && there->is_directory && !there->entries.empty()) {
      return IoErrorFromErrno(to, ENOTEMPTY);
    }
    if (there && there->is_directory != node->is_directory) {
      return IoErrorFromErrno(to, node->is_directory ? ENOTDIR : EISDIR);
    }
    source->entries.erase(BaseName(from));
    target->entries[BaseName(to)] = node;
    if (source != target) {
      shared_->moves.push_back({source, target, BaseName(from), BaseName(to)});
    }
    return Status::OK();
  }

  Status Exchange(const std::string& a, const std::string& b) override {
    std::lock_guard guard(shared_->mutex);
    if (!options_.can_exchange) return Status::NotImplemented(b, ": can't be exchanged");
    ARROW_RETURN_NOT_OK(Find(a).status());
    ARROW_RETURN_NOT_OK(Find(b).status());
    ARROW_ASSIGN_OR_RAISE(NodePtr parent_a, FindParent(a));
    ARROW_ASSIGN_OR_RAISE(NodePtr parent_b, FindParent(b));
    std::swap(parent_a->entries[BaseName(a)], parent_b->entries[BaseName(b)]);
    if (parent_a != parent_b) {
      shared_->moves.push_back({parent_a, parent_b, BaseName(a), BaseName(b)});
    }
    return Status::OK();
  }

  Result<bool> IsMountPoint(const std::string&) override { return false; }
  Result<bool> CanCreateIn(const std::string&) override { return true; }

  Status Link(const std::string& from, const std::string& to) override {
    std::lock_guard guard(shared_->mutex);
    if (!options_.can_link) return Status::NotImplemented(from, ": can't be linked");
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(from));
    if (node->is_directory) return IoErrorFromErrno(from, EPERM);
    ARROW_ASSIGN_OR_RAISE(NodePtr parent, FindParent(to));
    if (!parent->entries.emplace(BaseName(to), node).second) return IoErrorFromErrno(to, EEXIST);
    return Status::OK();
  }

  Status CreateExclusive(const std::string& path, std::string_view bytes) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr parent, FindParent(path));
    auto node = std::make_shared<Node>();
    node->data = node->durable_data = std::string(bytes);
    if (!parent->entries.emplace(BaseName(path), node).second) return Status::AlreadyExists(path);
    return Status::OK();
  }

  Status SyncDirectory(const std::string& path) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(path));
    return SyncNode(node);
  }

  Status SyncPaths(const std::vector<std::string>& paths) override {
    std::lock_guard guard(shared_->mutex);
    for (const std::string& path : paths) {
      ARROW_ASSIGN_OR_RAISE(NodePtr node, Find(path));
      ARROW_RETURN_NOT_OK(SyncNode(node));
    }
    return Status::OK();
  }

  Status CopyMode(const std::string& from, const std::string& to) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_RETURN_NOT_OK(Find(from).status());
    return Find(to).status();
  }

  Result<std::string> Canonical(const std::string& path) override {
    std::string out;
    for (const std::string& part : Parts(path)) out += "/" + part;
    return out.empty() ? "/" : out;
  }

  Result<std::unique_ptr<FileLock>> TryLock(const std::string& path,
                                            std::string_view owner) override {
    std::lock_guard guard(shared_->mutex);
    ARROW_ASSIGN_OR_RAISE(NodePtr parent, FindParent(path));
    NodePtr& node = parent->entries[BaseName(path)];
    if (!shared_->locks.insert(path).second) return Status::AlreadyExists(node->data);
    if (!node) node = std::make_shared<Node>();
    node->data = std::string(owner);
    return std::make_unique<MemoryLock>(shared_, path, parent, BaseName(path));
  }

  void Crash(CrashKind kind) override {
    std::lock_guard guard(shared_->mutex);
    ++shared_->crashes;
    shared_->locks.clear();
    shared_->moves.clear();
    Forget(shared_->root, kind);
  }

 private:
  Result<NodePtr> Find(const std::string& path) const {
    NodePtr at = shared_->root;
    for (const std::string& part : Parts(path)) {
      if (!at->is_directory) return IoErrorFromErrno(path, ENOTDIR);
      at = Child(at, part);
      if (!at) return IoErrorFromErrno(path, ENOENT);
    }
    return at;
  }

  Result<NodePtr> FindParent(const std::string& path) const {
    auto parent = Find(ParentPath(path));
    if (!parent.ok()) return IoErrorFromErrno(path, ENOENT);
    if (!(*parent)->is_directory) return IoErrorFromErrno(path, ENOTDIR);
    return parent;
  }

  static void Walk(const Node& node, const std::string& path, const std::string& relative,
                   const std::function<bool(const std::string&)>& descend,
                   std::vector<FileInfo>* found) {
    for (const auto& [name, child] : node.entries) {
      std::string child_relative = JoinPath(relative, name);
      if (child->is_directory && (!descend || descend(child_relative))) {
        Walk(*child, JoinPath(path, name), child_relative, descend, found);
      } else {
        found->push_back(InfoOf(JoinPath(path, name), *child));
      }
    }
  }

  Status SyncNode(const NodePtr& node) {
    node->durable_data = node->data;
    node->durable_entries = node->entries;
    std::erase_if(shared_->moves, [&](const PendingMove& move) {
      if (move.from != node && move.to != node) return false;
      SyncName(move.from, move.from_name);
      SyncName(move.to, move.to_name);
      return true;
    });
    return Status::OK();
  }

  static void Forget(const NodePtr& node, CrashKind kind) {
    if (kind == CrashKind::kDropUnsynced) node->entries = node->durable_entries;
    if (kind != CrashKind::kKeepAll) node->data = node->durable_data;
    // What is left is on the disk now.
    node->durable_entries = node->entries;
    node->durable_data = node->data;
    for (const auto& [name, child] : node->entries) Forget(child, kind);
  }

  MemoryStorageOptions options_;
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace

std::shared_ptr<MemoryStorage> MakeMemoryStorage(MemoryStorageOptions options) {
  return std::make_shared<MemoryStorageImpl>(options);
}

}  // namespace tamis
