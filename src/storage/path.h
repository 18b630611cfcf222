// Paths as text, with `/` between their parts. Does not look at any file system.
#pragma once

#include <string>
#include <string_view>

namespace tamis {

/// `a` + `/` + `b`; `b` alone if `a` is empty or `b` is absolute; no doubled slash.
std::string JoinPath(std::string_view a, std::string_view b);

/// All before the last part: `a/b/` → `a`, `a` → ``, `/a` → `/`, `/` → `/`.
std::string ParentPath(std::string_view path);

/// The last part, slashes at the end left out: `a/b/` → `b`, `/` → ``.
std::string BaseName(std::string_view path);

/// `path` without slashes at its end; `/` stays.
std::string TrimTrailingSlashes(std::string_view path);

/// Whether readers of datasets pass over a file or folder of this name: it begins with `_` or `.`.
bool IsHiddenName(std::string_view name);

}  // namespace tamis
