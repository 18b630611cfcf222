// Reads the objects by two kinds of `git cat-file`. See history_objects.h.
#include "deploy/history_objects.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <thread>

namespace tamis {
namespace {

constexpr size_t kEntriesPerBlock = size_t{1} << 16;
// A second git costs less than it brings from here on.
constexpr size_t kObjectsPerThreadMin = 4000;
constexpr size_t kThreadsMax = 8;

Status Damaged(const std::string& id, const char* what) {
  return DataError("the repository is damaged: object " + id + " " + what,
                   "git fsck lists what is missing or broken; another clone may have it");
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// The bytes of an id in hexadecimal; false if it is none.
bool FromHex(std::string_view hex, char* raw) {
  for (size_t i = 0; i < hex.size() / 2; ++i) {
    int high = HexDigit(hex[2 * i]), low = HexDigit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    raw[i] = static_cast<char>(high * 16 + low);
  }
  return true;
}

/// The next word of a line, up to a space.
std::string_view TakeWord(std::string_view* line) {
  size_t end = std::min(line->find(' '), line->size());
  std::string_view word = line->substr(0, end);
  line->remove_prefix(std::min(end + 1, line->size()));
  return word;
}

bool ParseNumber(std::string_view text, int64_t* value) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size();
}

bool ParseKind(std::string_view text, ObjectKind* kind) {
  static constexpr std::string_view kNames[] = {"commit", "tree", "blob", "tag"};
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (text == kNames[i]) {
      *kind = static_cast<ObjectKind>(i);
      return true;
    }
  }
  return false;
}

/// Octal digits, as trees have modes.
EntryKind KindOfMode(uint32_t mode) {
  switch (mode & 0170000) {
    case 0040000:
      return EntryKind::kTree;
    case 0120000:
      return EntryKind::kLink;
    case 0160000:
      return EntryKind::kSubmodule;
    default:
      return EntryKind::kFile;
  }
}

uint64_t Slot(const char* raw_id) {
  uint64_t hash;
  std::memcpy(&hash, raw_id, sizeof(hash));
  return hash;
}

}  // namespace

Result<NameIndex> NameTable::Intern(std::string_view text) {
  std::lock_guard lock(mutex_);
  auto found = index_.find(text);
  if (found != index_.end()) return found->second;
  if (texts_.size() >= kNamesMax) return DataError("the repository has more than 2^30 names");
  texts_.emplace_back(text);
  auto name = static_cast<NameIndex>(texts_.size() - 1);
  index_.emplace(texts_.back(), name);
  return name;
}

std::string ObjectStore::Id(ObjectIndex object) const {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string id;
  for (size_t i = 0; i < id_bytes_; ++i) {
    auto byte = static_cast<unsigned char>(ids_[object * id_bytes_ + i]);
    id += kHex[byte >> 4];
    id += kHex[byte & 15];
  }
  return id;
}

ObjectIndex ObjectStore::Find(std::string_view raw_id) const {
  if (slots_.empty()) return kNoObject;
  const size_t mask = slots_.size() - 1;
  for (size_t slot = Slot(raw_id.data()) & mask;; slot = (slot + 1) & mask) {
    ObjectIndex object = slots_[slot];
    if (object == kNoObject) return kNoObject;
    if (std::memcmp(ids_.data() + object * id_bytes_, raw_id.data(), id_bytes_) == 0) return object;
  }
}

ObjectIndex ObjectStore::FindHex(std::string_view id) const {
  char raw[32];
  if (id.size() != 2 * id_bytes_ || !FromHex(id, raw)) return kNoObject;
  return Find({raw, id_bytes_});
}

void ObjectStore::Grow() {
  slots_.assign(std::max<size_t>(1024, slots_.size() * 2), kNoObject);
  const size_t mask = slots_.size() - 1;
  for (size_t object = 0; object < size(); ++object) {
    size_t slot = Slot(ids_.data() + object * id_bytes_) & mask;
    while (slots_[slot] != kNoObject) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<ObjectIndex>(object);
  }
}

// `ID KIND SIZE PACKED`, or `ID missing` where a file of the object is there, but broken.
Status ObjectStore::TakeListLine(std::string_view line) {
  const std::string_view id = TakeWord(&line), kind_name = TakeWord(&line);
  char raw[32];
  ObjectKind kind{};
  int64_t size = 0, packed_size = 0;
  if (id.size() != 2 * id_bytes_ || !FromHex(id, raw)) {
    return Damaged(std::string(id), "has no such id");
  }
  const std::string_view size_text = TakeWord(&line);
  if (!ParseKind(kind_name, &kind) || !ParseNumber(size_text, &size) ||
      !ParseNumber(line, &packed_size)) {
    return Damaged(std::string(id), "can't be read");
  }
  if (this->size() + 1 >= kNoObject) return DataError("the repository has 2^32 objects or more");
  if (Find({raw, id_bytes_}) != kNoObject) return Status::OK();  // listed twice
  kinds_.push_back(kind);
  sizes_.push_back(size);
  packed_sizes_.push_back(packed_size);
  detail_.push_back(0);
  ids_.append(raw, id_bytes_);
  if (this->size() * 2 > slots_.size()) {
    Grow();
    return Status::OK();
  }
  const size_t mask = slots_.size() - 1;
  size_t slot = Slot(raw) & mask;
  while (slots_[slot] != kNoObject) slot = (slot + 1) & mask;
  slots_[slot] = static_cast<ObjectIndex>(this->size() - 1);
  return Status::OK();
}

Status ObjectStore::LoadList(const GitRepository& repository) {
  std::string rest;
  return repository.Stream(
      {"cat-file", "--batch-all-objects", "--buffer",
       "--batch-check=%(objectname) %(objecttype) %(objectsize) %(objectsize:disk)"},
      "", [&](std::string_view piece) {
        rest += piece;
        std::string_view lines = rest;
        for (size_t end; (end = lines.find('\n')) != lines.npos; lines.remove_prefix(end + 1)) {
          ARROW_RETURN_NOT_OK(TakeListLine(lines.substr(0, end)));
        }
        rest.erase(0, rest.size() - lines.size());
        return Status::OK();
      });
}

/// Takes what one `git cat-file --batch` prints. What it finds is moved to the store at the end.
class ContentReader {
 public:
  ContentReader(ObjectStore* store, HistoryProgress* progress)
      : store_(store), progress_(progress) {}

  /// The output is headers `ID KIND SIZE\n`, each with a content and '\n'.
  Status Take(std::string_view piece) {
    rest_ += piece;
    size_t at = 0;
    while (true) {
      const size_t line_end = rest_.find('\n', at);
      if (line_end == std::string::npos) break;
      std::string_view header = std::string_view(rest_).substr(at, line_end - at);
      const std::string_view id = TakeWord(&header);
      ObjectKind kind{};
      int64_t size = 0;
      if (!ParseKind(TakeWord(&header), &kind) || !ParseNumber(header, &size)) {
        return Damaged(std::string(id), "can't be read");
      }
      const size_t begin = line_end + 1, end = begin + static_cast<size_t>(size);
      if (rest_.size() <= end) {
        rest_.reserve(end - at + 1);
        break;
      }
      ARROW_RETURN_NOT_OK(
          TakeObject(store_->FindHex(id), std::string_view(rest_).substr(begin, end - begin)));
      at = end + 1;
      progress_->objects_done.fetch_add(1, std::memory_order_relaxed);
    }
    rest_.erase(0, at);
    return Status::OK();
  }

  void MoveToStore() {
    for (StoredCommit& commit : commits_) {
      store_->detail_[commit.object] = static_cast<uint32_t>(store_->commits_.size());
      store_->commits_.push_back(std::move(commit));
    }
    for (const StoredTag& tag : tags_) {
      store_->detail_[tag.object] = static_cast<uint32_t>(store_->tags_.size());
      store_->tags_.push_back(tag);
    }
    for (const auto& [tree, entries] : trees_) {
      store_->detail_[tree] = static_cast<uint32_t>(store_->trees_.size());
      store_->trees_.push_back(entries);
    }
    for (auto& block : blocks_) store_->entries_.push_back(std::move(block));
  }

 private:
  Status TakeObject(ObjectIndex object, std::string_view content) {
    if (object == kNoObject) return Status::OK();  // came while we read
    switch (store_->kind(object)) {
      case ObjectKind::kCommit:
        return TakeCommit(object, content);
      case ObjectKind::kTree:
        return TakeTree(object, content);
      case ObjectKind::kTag:
        tags_.push_back({object, ObjectOfLine(content, "object ")});
        return Status::OK();
      case ObjectKind::kBlob:
        return Status::OK();
    }
    return Status::OK();
  }

  /// The object that the first line that begins so names.
  ObjectIndex ObjectOfLine(std::string_view content, std::string_view key) const {
    if (!content.starts_with(key)) return kNoObject;
    return store_->FindHex(content.substr(key.size(), 2 * store_->id_bytes()));
  }

  Status TakeCommit(ObjectIndex object, std::string_view content) {
    StoredCommit commit;
    commit.object = object;
    commit.tree = ObjectOfLine(content, "tree ");
    ARROW_ASSIGN_OR_RAISE(commit.author, Intern(""));
    while (!content.empty() && content[0] != '\n') {
      const size_t end = std::min(content.find('\n'), content.size());
      const std::string_view line = content.substr(0, end);
      if (line.starts_with("parent ")) {
        commit.parents.push_back(ObjectOfLine(line, "parent "));
      } else if (line.starts_with("author ")) {
        const std::string_view person = line.substr(7, line.rfind('>') + 1 - 7);
        ARROW_ASSIGN_OR_RAISE(commit.author, Intern(person));
      } else if (line.starts_with("committer ")) {
        std::string_view time = line.substr(std::min(line.rfind('>') + 1, line.size()));
        if (time.starts_with(' ')) time.remove_prefix(1);
        ParseNumber(TakeWord(&time), &commit.time);  // a broken date counts as 1970, as in git
      }
      content.remove_prefix(std::min(end + 1, content.size()));
    }
    commits_.push_back(std::move(commit));
    return Status::OK();
  }

  // Entries are `MODE NAME\0` and the raw id.
  Status TakeTree(ObjectIndex object, std::string_view content) {
    const size_t id_bytes = store_->id_bytes();
    line_.clear();
    while (!content.empty()) {
      uint32_t mode = 0;
      size_t at = 0;
      for (; at < content.size() && content[at] >= '0' && content[at] <= '7' && at < 8; ++at) {
        mode = mode * 8 + static_cast<uint32_t>(content[at] - '0');
      }
      const size_t end = content.find('\0', at);
      if (at == 0 || end == content.npos || content[at] != ' ' ||
          content.size() < end + 1 + id_bytes) {
        return Damaged(store_->Id(object), "is no tree");
      }
      TreeEntry entry{};
      ARROW_ASSIGN_OR_RAISE(NameIndex name, Intern(content.substr(at + 1, end - at - 1)));
      entry.name = name & (kNamesMax - 1);
      entry.kind_bits = static_cast<uint32_t>(KindOfMode(mode)) & 3;
      entry.object = entry.kind() == EntryKind::kSubmodule
                         ? kNoObject
                         : store_->Find(content.substr(end + 1, id_bytes));
      line_.push_back(entry);
      content.remove_prefix(end + 1 + id_bytes);
    }
    trees_.emplace_back(object, Keep());
    return Status::OK();
  }

  /// Moves the entries of the tree at hand to where they can stay.
  std::span<const TreeEntry> Keep() {
    if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < line_.size()) {
      blocks_.emplace_back().reserve(std::max(kEntriesPerBlock, line_.size()));
    }
    std::vector<TreeEntry>& block = blocks_.back();
    const size_t begin = block.size();
    block.insert(block.end(), line_.begin(), line_.end());
    return std::span<const TreeEntry>(block).subspan(begin);
  }

  // Names repeat, so that most are found without the lock of the table.
  Result<NameIndex> Intern(std::string_view text) {
    auto found = known_.find(text);
    if (found != known_.end()) return found->second;
    ARROW_ASSIGN_OR_RAISE(NameIndex name, store_->names_.Intern(text));
    known_texts_.emplace_back(text);
    known_.emplace(known_texts_.back(), name);
    return name;
  }

  ObjectStore* store_;
  HistoryProgress* progress_;
  std::string rest_;  // not taken yet
  std::vector<TreeEntry> line_;
  std::vector<StoredCommit> commits_;
  std::vector<StoredTag> tags_;
  std::vector<std::pair<ObjectIndex, std::span<const TreeEntry>>> trees_;
  std::deque<std::vector<TreeEntry>> blocks_;
  std::deque<std::string> known_texts_;
  std::unordered_map<std::string_view, NameIndex> known_;
};

Status ObjectStore::LoadContents(const GitRepository& repository, const std::string& order,
                                 int thread_count, HistoryProgress* progress) {
  std::vector<ObjectIndex> wanted;
  for (std::string_view id : SplitLines(order)) {
    const ObjectIndex object = FindHex(id);
    if (object != kNoObject && kind(object) != ObjectKind::kBlob) wanted.push_back(object);
  }
  progress->objects_total = static_cast<int64_t>(wanted.size());
  const size_t readers_max = std::min(kThreadsMax, static_cast<size_t>(std::max(1, thread_count)));
  const size_t reader_count =
      std::clamp<size_t>(wanted.size() / kObjectsPerThreadMin, 1, readers_max);
  std::deque<ContentReader> readers;
  std::vector<Status> ends(reader_count);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < reader_count; ++i) {
    ContentReader& reader = readers.emplace_back(this, progress);
    threads.emplace_back([&, i] {
      // Neighbours in a pack are deltas of each other.
      std::string input;
      for (size_t j = wanted.size() * i / reader_count; j < wanted.size() * (i + 1) / reader_count;
           ++j) {
        input += Id(wanted[j]) + "\n";
      }
      ends[i] = repository.Stream({"cat-file", "--batch", "--buffer"}, input,
                                  [&](std::string_view piece) { return reader.Take(piece); });
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Status& end : ends) ARROW_RETURN_NOT_OK(end);
  for (ContentReader& reader : readers) reader.MoveToStore();
  return Status::OK();
}

Result<std::unique_ptr<ObjectStore>> ObjectStore::Load(const GitRepository& repository,
                                                       int thread_count,
                                                       HistoryProgress* progress) {
  std::unique_ptr<ObjectStore> store(new ObjectStore(repository.id_bytes()));
  // The order of ids gives of an object that is stored twice the copy that git uses, the order of
  // the packs makes contents quick to read.
  Result<std::string> order = std::string();
  std::thread other([&] {
    order = repository.Ask({"cat-file", "--batch-all-objects", "--unordered", "--buffer",
                            "--batch-check=%(objectname)"});
  });
  const Status listed = store->LoadList(repository);
  other.join();
  ARROW_RETURN_NOT_OK(listed);
  ARROW_RETURN_NOT_OK(order.status());
  ARROW_RETURN_NOT_OK(store->LoadContents(repository, *order, thread_count, progress));
  return store;
}

}  // namespace tamis
