// See path.h.
#include "storage/path.h"

namespace tamis {

std::string TrimTrailingSlashes(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return std::string(path);
}

std::string JoinPath(std::string_view a, std::string_view b) {
  if (a.empty() || b.starts_with('/')) return std::string(b);
  if (b.empty()) return std::string(a);
  std::string out(a);
  if (out.back() != '/') out += '/';
  out += b;
  return out;
}

std::string ParentPath(std::string_view path) {
  std::string trimmed = TrimTrailingSlashes(path);
  size_t slash = trimmed.rfind('/');
  if (slash == std::string::npos) return "";
  return TrimTrailingSlashes(trimmed.substr(0, slash == 0 ? 1 : slash));
}

std::string BaseName(std::string_view path) {
  std::string trimmed = TrimTrailingSlashes(path);
  if (trimmed == "/") return "";
  return trimmed.substr(trimmed.rfind('/') + 1);  // npos + 1 is 0
}

bool IsHiddenName(std::string_view name) { return name.starts_with('_') || name.starts_with('.'); }

}  // namespace tamis
