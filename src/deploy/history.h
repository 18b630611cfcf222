// What makes a git history large: its largest blobs, totals by extension and folder, and what grows
// past what git is quick with. Reads objects through git and never writes; does not print.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/stop.h"

namespace tamis {

/// What "large" goes by.
enum class HistorySize { kUnpacked, kPacked };

struct HistoryOptions {
  std::string directory = ".";  // in a work tree, or a repository itself
  int64_t top = 20;             // how many blobs, extensions and folders; 0: all
  HistorySize order_by = HistorySize::kUnpacked;
  int thread_count = 1;
};

/// How far the analysis is, for another thread to show.
struct HistoryProgress {
  std::atomic<int64_t> objects_total{0};  // 0: not known yet
  std::atomic<int64_t> objects_done{0};
};

/// How many objects, and their bytes. A packed size is what an object takes on disk: of one that is
/// stored as a delta, the delta.
struct HistoryTotal {
  std::string name;  // of an extension or folder
  int64_t count = 0;
  int64_t size = 0;
  int64_t packed_size = 0;
};

struct HistoryCommit {
  std::string id;
  int64_t time = 0;    // of the committer, seconds since 1970
  std::string author;  // `name <mail>`
};

struct HistoryBlob {
  std::string id;
  int64_t size = 0;
  int64_t packed_size = 0;
  std::vector<std::string> paths;  // all that it ever had, the newest first
  bool paths_complete = true;      // false: it has more than are worth listing
  std::vector<std::string> refs;   // that name it without a commit
  // Those that brought it or took it away (`git log --all --find-object`): none where only refs
  // name it.
  std::optional<HistoryCommit> first;
  std::optional<HistoryCommit> last;
  bool in_head = false;
};

/// A figure that slows git down once it is large, and where it was met.
struct HistoryMeasure {
  std::string name;   // `checkout_files`
  std::string title;  // `files in one checkout`
  bool is_bytes = false;
  int64_t value = 0;
  int64_t limit = 0;  // from here on it is felt
  std::string id;     // of the commit, tree or blob; may be empty
  std::string path;   // may be empty
};

struct History {
  std::string object_format;  // sha1 or sha256
  std::string head;           // a branch, or the commit it is at; empty if there is none
  bool is_bare = false;
  bool is_shallow = false;
  bool is_partial = false;
  int64_t ref_count = 0;
  // Of what refs reach; what they don't is counted as unreachable.
  HistoryTotal commits, trees, blobs, tags;
  HistoryTotal unreachable;
  int64_t submodule_count = 0;  // distinct paths of submodules
  int64_t missing_count = 0;    // objects that a partial clone left at its remote
  int64_t extension_count = 0;  // before `top` cuts the list
  int64_t directory_count = 0;
  std::vector<HistoryBlob> largest;
  // Each blob counts once, by the newest path it had; a folder's total has those below it.
  std::vector<HistoryTotal> extensions;   // `.png`; empty: without one
  std::vector<HistoryTotal> directories;  // `a/b/`; empty: all
  std::vector<HistoryMeasure> measures;
  double seconds = 0;
};

/// Reads the history of all refs, HEADs and work trees. UsageError if the folder is in no
/// repository, IoError if it can't be read or git is missing, DataError if objects are damaged.
Result<History> AnalyzeHistory(const HistoryOptions& options, HistoryProgress* progress,
                               const StopToken& stop);

}  // namespace tamis
