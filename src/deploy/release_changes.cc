// Names differences. See release_changes.h.
#include "deploy/release_changes.h"

#include <cstdio>

#include "base/memory.h"
#include "base/printable.h"

namespace tamis {
namespace {

std::string Octal(int mode) {
  char text[8];
  std::snprintf(text, sizeof(text), "%03o", static_cast<unsigned>(mode));
  return text;
}

std::string Owner(const std::string& owner) { return owner.empty() ? "default" : owner; }

// What is another thing about a path.
std::string Difference(const ReleaseEntry& old, const ReleaseEntry& now) {
  std::string what;
  const auto add = [&](const std::string& text) { what += (what.empty() ? "" : ", ") + text; };
  if (old.kind != now.kind) add("another kind of file");
  if (old.kind == now.kind && old.sha256 != now.sha256) {
    add("content, " + FormatByteSize(old.size) + " to " + FormatByteSize(now.size));
  }
  if (old.kind == now.kind && old.link != now.link) {
    add("link " + Printable(old.link) + " to " + Printable(now.link));
  }
  if (old.kind == now.kind && old.mode != now.mode) {
    add("mode " + Octal(old.mode) + " to " + Octal(now.mode));
  }
  if (old.owner != now.owner) add("owner " + Owner(old.owner) + " to " + Owner(now.owner));
  return what;
}

std::string Added(const ReleaseEntry& entry) {
  std::string text = "+ " + Printable(entry.path);
  if (entry.kind == ReleaseEntry::Kind::kFolder) return text + "/";
  if (entry.kind == ReleaseEntry::Kind::kLink) return text + " -> " + Printable(entry.link);
  return text + " (" + FormatByteSize(entry.size) + ")";
}

}  // namespace

std::vector<std::string> DescribeChanges(const ReleaseContent& old, const ReleaseContent& now) {
  std::vector<std::string> changes;
  for (auto a = old.entries.begin(), b = now.entries.begin();
       a != old.entries.end() || b != now.entries.end();) {
    const bool gone = b == now.entries.end() || (a != old.entries.end() && a->path < b->path);
    if (gone) {
      changes.push_back("- " + Printable(a->path));
      ++a;
    } else if (a == old.entries.end() || b->path < a->path) {
      changes.push_back(Added(*b));
      ++b;
    } else {
      if (!a->SameAs(*b))
        changes.push_back("~ " + Printable(b->path) + " (" + Difference(*a, *b) + ")");
      ++a;
      ++b;
    }
  }
  return changes;
}

}  // namespace tamis
