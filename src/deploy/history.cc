// Totals, and the analysis as a whole. See history.h.
#include "deploy/history.h"

#include <algorithm>
#include <chrono>
#include <unordered_map>

#include "deploy/history_blobs.h"
#include "deploy/history_measure.h"
#include "deploy/history_objects.h"
#include "deploy/history_reach.h"

namespace tamis {
namespace {

int64_t Weight(const HistoryTotal& total, HistorySize by) {
  return by == HistorySize::kPacked ? total.packed_size : total.size;
}

void Count(const ObjectStore& store, ObjectIndex object, HistoryTotal* total) {
  ++total->count;
  total->size += store.bytes(object);
  total->packed_size += store.packed_bytes(object);
}

void Add(const HistoryTotal& part, HistoryTotal* total) {
  total->count += part.count;
  total->size += part.size;
  total->packed_size += part.packed_size;
}

/// `.png` of `a.b.png`; empty for `.profile` and names without a dot.
std::string_view ExtensionOf(std::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == name.npos || name.find_first_not_of('.') > dot ? "" : name.substr(dot);
}

void SortAndCut(HistorySize by, int64_t top, std::vector<HistoryTotal>* totals) {
  std::sort(totals->begin(), totals->end(), [by](const HistoryTotal& a, const HistoryTotal& b) {
    return Weight(a, by) != Weight(b, by) ? Weight(a, by) > Weight(b, by) : a.name < b.name;
  });
  if (top > 0 && totals->size() > static_cast<size_t>(top))
    totals->resize(static_cast<size_t>(top));
}

class Totals {
 public:
  Totals(const ObjectStore& store, const Reached& reached)
      : store_(store), reached_(reached), folders_(reached.folder_table.size()) {}

  void Sum(History* history) {
    HistoryTotal* const by_kind[] = {&history->commits, &history->trees, &history->blobs,
                                     &history->tags};
    for (ObjectIndex object = 0; object < store_.size(); ++object) {
      if (!reached_.seen[object]) {
        Count(store_, object, &history->unreachable);
        continue;
      }
      Count(store_, object, by_kind[static_cast<size_t>(store_.kind(object))]);
      if (store_.kind(object) == ObjectKind::kBlob) SumBlob(object);
    }
    for (auto& [extension, total] : extensions_) {
      total.name = extension;
      history->extensions.push_back(total);
    }
    // A folder comes after the one it is in.
    for (size_t i = folders_.size(); i-- > 1;) {
      const auto folder = static_cast<FolderIndex>(i);
      Add(folders_[i], &folders_[reached_.folder_table.parent(folder)]);
      if (folders_[i].count == 0) continue;
      history->directories.push_back(folders_[i]);
      history->directories.back().name = reached_.folder_table.Path(folder, store_);
    }
    history->extension_count = static_cast<int64_t>(history->extensions.size());
    history->directory_count = static_cast<int64_t>(history->directories.size());
  }

  const std::vector<ObjectIndex>& blobs() const { return blobs_; }

 private:
  void SumBlob(ObjectIndex blob) {
    blobs_.push_back(blob);
    const FolderIndex folder = reached_.folders[blob];
    const bool has_path = folder != kNoFolder;
    if (has_path) Count(store_, blob, &folders_[folder]);
    const std::string_view name = has_path ? store_.name(reached_.names[blob]) : "";
    Count(store_, blob, &extensions_[ExtensionOf(name)]);
  }

  const ObjectStore& store_;
  const Reached& reached_;
  std::vector<HistoryTotal> folders_;
  std::unordered_map<std::string_view, HistoryTotal> extensions_;
  std::vector<ObjectIndex> blobs_;
};

/// The largest of `blobs`, in order.
std::vector<ObjectIndex> Largest(const HistoryOptions& options, const ObjectStore& store,
                                 std::vector<ObjectIndex> blobs) {
  auto weight = [&](ObjectIndex blob) {
    return options.order_by == HistorySize::kPacked ? store.packed_bytes(blob) : store.bytes(blob);
  };
  auto is_before = [&](ObjectIndex a, ObjectIndex b) {
    return weight(a) != weight(b) ? weight(a) > weight(b) : store.Id(a) < store.Id(b);
  };
  const size_t wanted =
      options.top > 0 ? std::min(blobs.size(), static_cast<size_t>(options.top)) : blobs.size();
  std::partial_sort(blobs.begin(), blobs.begin() + static_cast<int64_t>(wanted), blobs.end(),
                    is_before);
  blobs.resize(wanted);
  return blobs;
}

}  // namespace

Result<History> AnalyzeHistory(const HistoryOptions& options, HistoryProgress* progress,
                               const StopToken& stop) {
  const auto begin = std::chrono::steady_clock::now();
  ARROW_ASSIGN_OR_RAISE(GitRepository repository, GitRepository::Open(options.directory, stop));
  History history;
  history.object_format = repository.object_format();
  history.is_bare = repository.is_bare();
  history.is_shallow = repository.is_shallow();
  ARROW_ASSIGN_OR_RAISE(history.is_partial, repository.IsPartial());
  ARROW_ASSIGN_OR_RAISE(HistoryRoots roots, ReadRoots(repository));
  ARROW_ASSIGN_OR_RAISE(auto shallow, repository.ShallowCommits());
  history.head = roots.head;
  history.ref_count = roots.ref_count;
  ARROW_ASSIGN_OR_RAISE(auto store, ObjectStore::Load(repository, options.thread_count, progress));
  ARROW_ASSIGN_OR_RAISE(Reached reached,
                        Reach(roots, shallow, history.is_partial, store.get(), stop));
  history.submodule_count = reached.submodule_count;
  history.missing_count = reached.missing_count;
  Totals totals(*store, reached);
  totals.Sum(&history);
  SortAndCut(options.order_by, options.top, &history.extensions);
  SortAndCut(options.order_by, options.top, &history.directories);
  history.measures = MeasureHistory(*store, reached, history.ref_count);
  ARROW_ASSIGN_OR_RAISE(history.largest, DescribeBlobs(Largest(options, *store, totals.blobs()),
                                                       *store, reached, stop));
  history.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return history;
}

}  // namespace tamis
