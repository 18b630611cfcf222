// Reads what servers say. See server_report.h.
#include "deploy/server_report.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>

#include "deploy/shell_text.h"

namespace tamis {
namespace {

using Kind = ReleaseEntry::Kind;

// sha256sum escapes these names, and other versions of it other ones.
bool IsPlainName(std::string_view path) {
  return path.find_first_of("\\\n\r") == std::string_view::npos;
}

/// Takes lines and counted bytes from a text.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : text_(text) {}
  bool Next(std::string_view* line) {
    if (text_.empty()) return false;
    const size_t end = std::min(text_.find('\n'), text_.size());
    *line = text_.substr(0, end);
    text_.remove_prefix(std::min(end + 1, text_.size()));
    return true;
  }
  std::string_view Take(size_t bytes) {
    const std::string_view taken = text_.substr(0, bytes);
    text_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view text_;
};

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

int64_t Number(std::string_view text, int base = 10) {
  int64_t number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number, base);
  return number;
}

void KeepManifest(const std::string& id, std::string_view text, ServerReport* report) {
  auto content = ParseManifest(text);
  if (!content.ok()) return;
  if (id == report->current) {
    report->content = std::move(*content);
    report->has_content = true;
  } else {
    report->stale_content = std::move(*content);
  }
}

bool OwnerMatches(const std::string& wanted, const std::vector<std::string_view>& words) {
  if (wanted.empty()) return true;
  const size_t colon = wanted.find(':');
  const std::string user = wanted.substr(0, colon);
  const std::string group = colon == std::string::npos ? "" : wanted.substr(colon + 1);
  const auto is = [&](const std::string& name, size_t id, size_t text) {
    return name.empty() || name == words[id] || name == words[text];
  };
  return is(user, 3, 4) && is(group, 5, 6);
}

// `81a4 12 1 0 root 0 root`, or `-`.
ActualEntry ParseStat(const ReleaseEntry& entry, std::string_view line) {
  ActualEntry actual;
  const std::vector<std::string_view> words = Words(line);
  if (words.size() != 7) return actual;
  const int64_t mode = Number(words[0], 16);
  const mode_t type = entry.kind == Kind::kFile     ? S_IFREG
                      : entry.kind == Kind::kFolder ? S_IFDIR
                                                    : S_IFLNK;
  actual.there = true;
  actual.kind_ok = (static_cast<mode_t>(mode) & S_IFMT) == type;
  actual.mode_ok = entry.kind == Kind::kLink || (mode & 07777) == entry.mode;
  actual.size = Number(words[1]);
  actual.link_count = Number(words[2]);
  actual.owner_ok = OwnerMatches(entry.owner, words);
  return actual;
}

// Where the answer for each entry stands: first all of st, then hs, h1 and lk.
std::vector<size_t> InOrderOfAnswer(const std::vector<const ReleaseEntry*>& entries) {
  std::vector<size_t> order;
  for (const bool plain : {true, false}) {
    for (size_t i = 0; i < entries.size(); ++i) {
      if (entries[i]->kind == Kind::kFile && IsPlainName(entries[i]->path) == plain) {
        order.push_back(i);
      }
    }
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i]->kind == Kind::kLink) order.push_back(i);
  }
  return order;
}

}  // namespace

ServerReport ParseServerReport(std::string_view answer) {
  ServerReport report;
  LineReader lines(answer);
  std::string_view line;
  while (lines.Next(&line)) {
    const size_t space = line.find(' ');
    if (space == std::string_view::npos) continue;
    const std::string_view key = line.substr(0, space);
    const std::string value(line.substr(space + 1));
    if (key == "current") {
      report.foreign_current = value == "?foreign";
      if (value != "-" && !report.foreign_current) report.current = value;
    } else if (key == "space") {
      report.space_bytes = Number(value);
    } else if (key == "gzip") {
      report.gzip = true;
    } else if (key == "release") {
      report.releases.push_back(value);
    } else if (key == "staging") {
      report.stale = value;
    } else if (key == "same") {
      (value == report.current ? report.same : report.stale_same) = true;
    } else if (key == "manifest") {
      const std::vector<std::string_view> words = Words(value);
      const int64_t bytes = words.size() == 2 ? std::max<int64_t>(0, Number(words[1])) : 0;
      KeepManifest(std::string(words[0]), lines.Take(static_cast<size_t>(bytes)), &report);
    } else if (key == "pending") {
      report.pending = true;
    } else if (key == "lock") {
      report.lock = value;
    } else if (key == "missing") {
      report.missing.push_back(value);
    } else if (key == "unwritable") {
      report.unwritable.push_back(value);
    }
  }
  return report;
}

bool ActualEntry::Is(const ReleaseEntry& entry) const {
  if (!there || !kind_ok || !mode_ok || !owner_ok) return false;
  if (entry.kind == Kind::kLink) return link_ok;
  return entry.kind == Kind::kFolder || sha256 == entry.sha256;
}

std::string LookScript(const std::vector<const ReleaseEntry*>& entries) {
  ArgumentBatch stats("st"), digests("hs");
  std::string others;
  for (const ReleaseEntry* entry : entries) stats.Add(QuotePath(entry->path));
  for (const size_t i : InOrderOfAnswer(entries)) {
    const std::string path = QuotePath(entries[i]->path);
    if (entries[i]->kind == Kind::kLink) {
      others += "lk " + path + " " + ShellQuote(entries[i]->link) + "\n";
    } else if (IsPlainName(entries[i]->path)) {
      digests.Add(path);
    } else {
      others += "h1 " + path + "\n";
    }
  }
  return stats.Lines(true) + digests.Lines(true) + others;
}

Result<std::vector<ActualEntry>> ParseLook(const std::vector<const ReleaseEntry*>& entries,
                                           std::string_view answer) {
  std::vector<ActualEntry> actual;
  LineReader lines(answer);
  std::string_view line;
  for (const ReleaseEntry* entry : entries) {
    if (!lines.Next(&line)) return DataError("the server's answer is cut");
    actual.push_back(ParseStat(*entry, line));
  }
  for (const size_t i : InOrderOfAnswer(entries)) {
    if (!lines.Next(&line)) return DataError("the server's answer is cut");
    if (entries[i]->kind == Kind::kLink) {
      actual[i].link_ok = line == "1";
    } else {
      actual[i].sha256 = std::string(line);
    }
  }
  return actual;
}

}  // namespace tamis
