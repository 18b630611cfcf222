// See glob.h.
#include "storage/glob.h"

#include <algorithm>
#include <cerrno>
#include <optional>

#include "storage/path.h"

namespace tamis {
namespace {

constexpr size_t kPatternsMax = 10'000;
constexpr std::string_view kHint =
    "check the pattern; names that begin with _ or . are passed over";

std::vector<std::string> SplitParts(std::string_view path) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin <= path.size()) {
    size_t end = std::min(path.find('/', begin), path.size());
    if (end > begin) parts.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// The end of the class that begins at `begin` with `[`: the place of its `]`, if it has one.
std::optional<size_t> ClassEnd(std::string_view pattern, size_t begin) {
  size_t at = begin + 1;
  if (at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^')) ++at;
  size_t end = pattern.find(']', at + 1);  // a `]` that comes first is a member
  if (end == std::string_view::npos) return std::nullopt;
  return end;
}

bool InClass(std::string_view members, char c) {
  bool negated = members[0] == '!' || members[0] == '^';
  if (negated) members.remove_prefix(1);
  auto byte = [](char x) { return static_cast<unsigned char>(x); };
  bool found = false;
  for (size_t i = 0; i < members.size(); ++i) {
    if (i + 2 < members.size() && members[i + 1] == '-') {
      found |= byte(members[i]) <= byte(c) && byte(c) <= byte(members[i + 2]);
      i += 2;
    } else {
      found |= members[i] == c;
    }
  }
  return found != negated;
}

/// Takes one character of `name` by the pattern at `at`: the place after it in the pattern.
std::optional<size_t> MatchOne(std::string_view pattern, size_t at, char c) {
  if (pattern[at] == '?') return at + 1;
  if (pattern[at] == '[') {
    if (auto end = ClassEnd(pattern, at)) {
      if (InClass(pattern.substr(at + 1, *end - at - 1), c)) return *end + 1;
      return std::nullopt;
    }
  }
  if (pattern[at] == c) return at + 1;
  return std::nullopt;
}

/// Whether `part` of a pattern may match `name`: hidden names must be asked for.
bool MatchPart(std::string_view part, std::string_view name) {
  if (IsHiddenName(name) && (part.empty() || part[0] != name[0])) return false;
  return MatchName(part, name);
}

enum class PathMatch { kNo, kBelow, kWhole };  // kBelow: something below it may match

/// Matches names against the parts of a pattern. A pattern that ends before the names matches a
/// folder, and so all that is not hidden below it.
PathMatch MatchPath(const std::vector<std::string>& pattern, size_t i,
                    const std::vector<std::string>& names, size_t j) {
  if (i == pattern.size()) {
    bool visible = std::none_of(names.begin() + static_cast<int64_t>(j), names.end(),
                                [](const std::string& name) { return IsHiddenName(name); });
    return visible ? PathMatch::kWhole : PathMatch::kNo;
  }
  if (pattern[i] == "**") {
    PathMatch best = MatchPath(pattern, i + 1, names, j);
    if (best == PathMatch::kWhole || j == names.size()) return std::max(best, PathMatch::kBelow);
    if (IsHiddenName(names[j])) return best;
    return std::max(best, MatchPath(pattern, i, names, j + 1));
  }
  if (j == names.size()) return PathMatch::kBelow;
  if (!MatchPart(pattern[i], names[j])) return PathMatch::kNo;
  return MatchPath(pattern, i + 1, names, j + 1);
}

/// Replaces the first innermost braces by each of their alternatives until none are left.
Status ExpandBraces(const std::string& pattern, std::vector<std::string>* out) {
  size_t close = pattern.find('}');
  size_t open = close == std::string::npos ? close : pattern.rfind('{', close);
  if (open == std::string::npos) {
    if (out->size() == kPatternsMax) {
      return UsageError("a pattern whose braces make more than " + std::to_string(kPatternsMax) +
                        " patterns");
    }
    out->push_back(pattern);
    return Status::OK();
  }
  size_t begin = open + 1;
  while (begin <= close) {
    size_t end = std::min(pattern.find(',', begin), close);
    ARROW_RETURN_NOT_OK(ExpandBraces(
        pattern.substr(0, open) + pattern.substr(begin, end - begin) + pattern.substr(close + 1),
        out));
    begin = end + 1;
  }
  return Status::OK();
}

/// Adds the files that one pattern without braces matches.
Status ExpandOne(Storage& storage, const std::string& pattern, std::vector<FileInfo>* out) {
  std::vector<std::string> parts = SplitParts(pattern);
  std::string base = pattern.starts_with('/') ? "/" : "";
  size_t literal = 0;
  while (literal + 1 < parts.size() && !IsPattern(parts[literal])) {
    base = JoinPath(base, parts[literal++]);
  }
  parts.erase(parts.begin(), parts.begin() + static_cast<int64_t>(literal));
  if (!base.empty()) {
    ARROW_ASSIGN_OR_RAISE(bool exists, storage.Exists(base));
    if (!exists) return Status::OK();
  }
  auto listed = storage.ListTree(base, [&](const std::string& relative) {
    return MatchPath(parts, 0, SplitParts(relative), 0) != PathMatch::kNo;
  });
  ARROW_RETURN_NOT_OK(listed.status());
  size_t base_bytes = base.empty() || base == "/" ? base.size() : base.size() + 1;
  for (FileInfo& file : *listed) {
    if (file.is_directory) continue;
    if (MatchPath(parts, 0, SplitParts(file.path.substr(base_bytes)), 0) == PathMatch::kWhole) {
      out->push_back(std::move(file));
    }
  }
  return Status::OK();
}

Result<std::vector<FileInfo>> FilesBelow(Storage& storage, const std::string& path) {
  const std::string directory = TrimTrailingSlashes(path);
  auto visible = [](const std::string& relative) { return !IsHiddenName(BaseName(relative)); };
  ARROW_ASSIGN_OR_RAISE(auto files, storage.ListTree(directory, visible));
  std::erase_if(files, [](const FileInfo& file) {
    return file.is_directory || IsHiddenName(BaseName(file.path));
  });
  if (files.empty()) {
    return IoError(path, "no file in this folder", "names that begin with _ or . are passed over");
  }
  return files;
}

}  // namespace

bool IsPattern(std::string_view path) {
  return path.find_first_of("*?[{") != std::string_view::npos;
}

bool MatchName(std::string_view pattern, std::string_view name) {
  size_t at = 0;
  size_t star = std::string_view::npos, star_name = 0;
  size_t i = 0;
  while (i < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = ++at;
      star_name = i;
      continue;
    }
    std::optional<size_t> next;
    if (at < pattern.size()) next = MatchOne(pattern, at, name[i]);
    if (next) {
      at = *next;
      ++i;
    } else if (star != std::string_view::npos) {
      at = star;  // the last star takes one character more
      i = ++star_name;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

Result<std::vector<FileInfo>> ExpandPaths(Storage& storage, const std::string& path) {
  bool exists = false;
  if (!path.empty()) {
    ARROW_ASSIGN_OR_RAISE(exists, storage.Exists(path));
  }
  if (exists) {
    ARROW_ASSIGN_OR_RAISE(FileInfo info, storage.Stat(path));
    if (!info.is_directory) return std::vector<FileInfo>{std::move(info)};
    return FilesBelow(storage, path);
  }
  if (!IsPattern(path)) return IoErrorFromErrno(path, ENOENT);
  std::vector<std::string> patterns;
  ARROW_RETURN_NOT_OK(ExpandBraces(path, &patterns));
  std::vector<FileInfo> found;
  for (const std::string& pattern : patterns) {
    ARROW_RETURN_NOT_OK(ExpandOne(storage, pattern, &found));
  }
  if (found.empty()) return IoError(path, "no file matches", std::string(kHint));
  std::sort(found.begin(), found.end(),
            [](const FileInfo& a, const FileInfo& b) { return a.path < b.path; });
  auto same = [](const FileInfo& a, const FileInfo& b) { return a.path == b.path; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

}  // namespace tamis
