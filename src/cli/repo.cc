// tamis repo: what makes a git history large.
#include "cli/repo.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <ctime>
#include <thread>

#include "base/memory.h"
#include "base/printable.h"
#include "cli/command.h"
#include "dataset/json.h"
#include "deploy/history.h"
#include "text/utf8.h"

namespace tamis {
namespace {

using Row = std::vector<std::string>;

/// `2024-10-10T12:00:00Z`; nothing for a time that no calendar has.
std::string TimeText(int64_t time) {
  char text[40];
  auto seconds = static_cast<std::time_t>(time);
  std::tm utc{};
  if (!gmtime_r(&seconds, &utc)) return "";
  return {text, std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

std::string ShareText(int64_t part, int64_t whole) {
  char text[32];
  const double share = whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
  std::snprintf(text, sizeof(text), share > 0 && share < 0.1 ? "<0.1%%" : "%.1f%%", share);
  return text;
}

/// Prints columns: the last one begins at one place, those before it end at one.
void PrintColumns(const std::vector<Row>& rows) {
  std::vector<size_t> widths(rows[0].size());
  for (const Row& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], CountCodePoints(row[i]));
    }
  }
  for (const Row& row : rows) {
    std::string line;
    for (size_t i = 0; i + 1 < row.size(); ++i) {
      line += std::string(widths[i] - CountCodePoints(row[i]), ' ') + row[i] + "  ";
    }
    std::printf("%s%s\n", line.c_str(), row.back().c_str());
  }
}

/// `3f2a91c0d4 2024-10-10`.
std::string CommitText(const std::optional<HistoryCommit>& commit) {
  if (!commit) return "-";
  return commit->id.substr(0, 10) + " " + TimeText(commit->time).substr(0, 10);
}

std::string PathText(const HistoryBlob& blob) {
  if (blob.paths.empty()) {
    return blob.refs.empty() ? "(no path)" : "(" + Printable(blob.refs[0]) + ")";
  }
  std::string text = Printable(blob.paths[0]);
  if (blob.paths.size() == 1) return text;
  const bool more = !blob.paths_complete;
  const size_t others = blob.paths.size() - 1;
  return text + " (and " + (more ? "at least " : "") + FormatCount(static_cast<int64_t>(others)) +
         " other path" + (others == 1 ? ")" : "s)");
}

void PrintBlobs(const History& history) {
  if (history.largest.empty()) return;
  std::vector<Row> rows = {{"size", "packed", "in HEAD", "first commit", "last commit", "path"}};
  for (const HistoryBlob& blob : history.largest) {
    rows.push_back({FormatByteSize(blob.size), FormatByteSize(blob.packed_size),
                    blob.in_head ? "yes" : "no", CommitText(blob.first), CommitText(blob.last),
                    PathText(blob)});
  }
  std::printf("\nlargest blobs:\n");
  PrintColumns(rows);
}

void PrintTotals(const char* what, const std::vector<HistoryTotal>& totals, int64_t count,
                 const History& history) {
  if (totals.empty()) return;
  std::vector<Row> rows = {{"size", "packed", "share", "blobs", what}};
  for (const HistoryTotal& total : totals) {
    rows.push_back({FormatByteSize(total.size), FormatByteSize(total.packed_size),
                    ShareText(total.packed_size, history.blobs.packed_size),
                    FormatCount(total.count),
                    total.name.empty() ? "(none)" : Printable(total.name)});
  }
  std::printf("\nby %s:\n", what);
  PrintColumns(rows);
  const int64_t rest = count - static_cast<int64_t>(totals.size());
  if (rest > 0) std::printf("and %s more\n", FormatCount(rest).c_str());
}

void PrintMeasures(const History& history) {
  std::vector<Row> rows;
  for (const HistoryMeasure& measure : history.measures) {
    if (measure.value == 0) continue;
    auto text = [&](int64_t value) {
      return measure.is_bytes ? FormatByteSize(value) : FormatCount(value);
    };
    std::string where = measure.path.empty() ? measure.id.substr(0, 10) : Printable(measure.path);
    rows.push_back({text(measure.value), measure.value >= measure.limit ? "!" : "",
                    measure.title + (where.empty() ? "" : ": " + where)});
  }
  if (rows.empty()) return;
  std::printf("\nat most (! is where git begins to be slow):\n");
  PrintColumns(rows);
}

void PrintNotes(const History& history) {
  auto note = [](const std::string& text) { std::fprintf(stderr, "warning: %s\n", text.c_str()); };
  if (history.is_shallow) {
    note("a shallow clone: older commits are not here (git fetch --unshallow brings them)");
  }
  if (history.missing_count > 0) {
    note("a partial clone: " + FormatCount(history.missing_count) +
         " objects are only at its remote and not counted");
  }
  if (history.submodule_count > 0) {
    note(FormatCount(history.submodule_count) +
         " paths are submodules: their histories are not counted");
  }
  if (history.unreachable.count > 0) {
    note(FormatCount(history.unreachable.count) + " objects, " +
         FormatByteSize(history.unreachable.packed_size) +
         " packed, are reached by no ref and not counted (git gc removes them in time)");
  }
}

void Print(const std::string& directory, const History& history) {
  const int64_t packed = history.commits.packed_size + history.trees.packed_size +
                         history.blobs.packed_size + history.tags.packed_size;
  std::printf("%s: %s, %s packed\n", Printable(directory).c_str(),
              history.head.empty() ? "no HEAD" : ("HEAD " + Printable(history.head)).c_str(),
              FormatByteSize(packed).c_str());
  if (history.commits.count == 0) std::printf("no commits yet\n");
  std::vector<Row> rows = {{"size", "packed", "count", ""}};
  for (const auto& [total, what] :
       {std::pair(&history.commits, "commits"), std::pair(&history.trees, "trees"),
        std::pair(&history.blobs, "blobs"), std::pair(&history.tags, "tags")}) {
    rows.push_back({FormatByteSize(total->size), FormatByteSize(total->packed_size),
                    FormatCount(total->count), what});
  }
  std::printf("\n");
  PrintColumns(rows);
  PrintBlobs(history);
  PrintTotals("extension", history.extensions, history.extension_count, history);
  PrintTotals("folder", history.directories, history.directory_count, history);
  PrintMeasures(history);
}

std::string NumberJson(int64_t number) { return std::to_string(number); }
std::string BooleanJson(bool is_true) { return is_true ? "true" : "false"; }
// Names of files are bytes.
std::string TextJson(const std::string& text) { return QuoteJson(text); }

template <typename Item, typename ToJson>
std::string ListJson(const std::vector<Item>& items, ToJson to_json) {
  std::string out = "[";
  for (const Item& item : items) out += (out.size() > 1 ? ", " : "") + to_json(item);
  return out + "]";
}

std::string FiguresJson(const HistoryTotal& total) {
  return "\"count\": " + NumberJson(total.count) + ", \"size\": " + NumberJson(total.size) +
         ", \"packed_size\": " + NumberJson(total.packed_size);
}

std::string TotalJson(const HistoryTotal& total) { return "{" + FiguresJson(total) + "}"; }

std::string NamedTotalJson(const HistoryTotal& total) {
  return "{\"name\": " + TextJson(total.name) + ", " + FiguresJson(total) + "}";
}

std::string CommitJson(const std::optional<HistoryCommit>& commit) {
  if (!commit) return "null";
  return "{\"id\": " + TextJson(commit->id) + ", \"time\": " + TextJson(TimeText(commit->time)) +
         ", \"author\": " + TextJson(commit->author) + "}";
}

std::string BlobJson(const HistoryBlob& blob) {
  return "{\"id\": " + TextJson(blob.id) + ", \"size\": " + NumberJson(blob.size) +
         ", \"packed_size\": " + NumberJson(blob.packed_size) +
         ", \"paths\": " + ListJson(blob.paths, TextJson) +
         ", \"paths_complete\": " + BooleanJson(blob.paths_complete) +
         ", \"refs\": " + ListJson(blob.refs, TextJson) +
         ", \"first_commit\": " + CommitJson(blob.first) +
         ", \"last_commit\": " + CommitJson(blob.last) +
         ", \"in_head\": " + BooleanJson(blob.in_head) + "}";
}

std::string MeasureJson(const HistoryMeasure& measure) {
  return "{\"name\": " + TextJson(measure.name) + ", \"value\": " + NumberJson(measure.value) +
         ", \"limit\": " + NumberJson(measure.limit) + ", \"id\": " + TextJson(measure.id) +
         ", \"path\": " + TextJson(measure.path) + "}";
}

std::string HistoryJson(const std::string& command, const std::string& directory,
                        const History& history) {
  char seconds[32];
  std::snprintf(seconds, sizeof(seconds), "%.3f", history.seconds);
  return FormatCommandJson(command, Status::OK(),
                           {{"path", TextJson(directory)},
                            {"object_format", TextJson(history.object_format)},
                            {"head", history.head.empty() ? "null" : TextJson(history.head)},
                            {"bare", BooleanJson(history.is_bare)},
                            {"shallow", BooleanJson(history.is_shallow)},
                            {"partial", BooleanJson(history.is_partial)},
                            {"refs", NumberJson(history.ref_count)},
                            {"commits", TotalJson(history.commits)},
                            {"trees", TotalJson(history.trees)},
                            {"blobs", TotalJson(history.blobs)},
                            {"tags", TotalJson(history.tags)},
                            {"unreachable", TotalJson(history.unreachable)},
                            {"submodules", NumberJson(history.submodule_count)},
                            {"missing", NumberJson(history.missing_count)},
                            {"largest", ListJson(history.largest, BlobJson)},
                            {"extension_count", NumberJson(history.extension_count)},
                            {"extensions", ListJson(history.extensions, NamedTotalJson)},
                            {"directory_count", NumberJson(history.directory_count)},
                            {"directories", ListJson(history.directories, NamedTotalJson)},
                            {"measures", ListJson(history.measures, MeasureJson)},
                            {"seconds", seconds}});
}

std::string ProgressText(const HistoryProgress& progress) {
  const int64_t total = progress.objects_total;
  if (total == 0) return "listing objects";
  return FormatCount(progress.objects_done) + " of " + FormatCount(total) + " commits and trees";
}

}  // namespace

void AddRepoFlags(CLI::App* command, RepoFlags* flags) {
  command->add_option("--top", flags->top, "Lines of each list (default: 20; 0: all)")
      ->type_name("N")
      ->check(CLI::Range(int64_t{0}, int64_t{1} << 40));
  command->add_option("--sort", flags->sort, "By size (default) or packed size: size, packed")
      ->type_name("BY")
      ->check(CLI::IsMember({"size", "packed"}));
}

int RunRepo(Session& session, const std::string& command, const RepoFlags& flags) {
  HistoryOptions options;
  options.directory = flags.directory;
  options.top = flags.top;
  options.order_by = flags.sort == "packed" ? HistorySize::kPacked : HistorySize::kUnpacked;
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  options.thread_count = session.flags().thread_count > 0 ? session.flags().thread_count : cores;
  HistoryProgress progress;
  History history;
  const Status status = session.WithProgress(
      [&]() -> Status {
        ARROW_ASSIGN_OR_RAISE(history, AnalyzeHistory(options, &progress, session.stop()));
        return Status::OK();
      },
      [&] { return ProgressText(progress); });
  if (!status.ok()) return session.Fail(command, status);
  if (session.flags().json) {
    std::fputs(HistoryJson(command, flags.directory, history).c_str(), stdout);
    return 0;
  }
  Print(flags.directory, history);
  if (!session.flags().quiet) PrintNotes(history);
  return 0;
}

void AddRepo(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("repo", "Show what makes a git history large");
  auto flags = std::make_shared<RepoFlags>();
  command->add_option("DIR", flags->directory, "A folder of the repository (default: .)");
  AddRepoFlags(command, flags.get());
  command->callback([flags, action] {
    *action = [flags](Session& session) { return RunRepo(session, "repo", *flags); };
  });
}

}  // namespace tamis
