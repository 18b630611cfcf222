// File name patterns: `*`, `?`, `[a-z]`, `[!a]`, `{a,b}`, `**` (any number of folders). Does not
// open files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/storage.h"

namespace tamis {

/// Whether `path` holds a character that makes it a pattern.
bool IsPattern(std::string_view path);

/// Whether a name (no slash) matches one part of a pattern. Works on bytes, in time linear in
/// `name` for each `*`.
bool MatchName(std::string_view pattern, std::string_view name);

/// The files that `path` means, sorted: a file itself, all files below a directory, or the files
/// that match a pattern (all files below a folder that matches). Names that begin with `_` or `.`
/// are passed over unless a part of the pattern begins with the same character. Symbolic links to
/// folders are followed only if they stand before the first part with a wildcard. What stands
/// below the folder before the first wildcard is listed as one version, even while a dataset there
/// is replaced. IoError if there is no file; UsageError for braces that give too many patterns.
Result<std::vector<FileInfo>> ExpandPaths(Storage& storage, const std::string& path);

}  // namespace tamis
