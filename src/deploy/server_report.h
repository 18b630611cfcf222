// What a server says about itself and its releases: the answer of `report`. Does not ask.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "deploy/release.h"

namespace tamis {

struct ServerReport {
  std::string current;           // "": no release yet
  bool foreign_current = false;  // TARGET/current is not one of ours
  bool same = false;             // the current release has the digest that was asked for
  bool has_content = false;
  ReleaseContent content;  // of the current release where it is another one
  int64_t space_bytes = -1;
  bool gzip = false;
  bool pending = false;               // a switch that was not confirmed
  std::string lock;                   // who holds it; "": nobody
  std::vector<std::string> releases;  // oldest first
  std::string stale;                  // what an earlier run has left in staging; "": nothing
  bool stale_same = false;
  ReleaseContent stale_content;
  std::vector<std::string> missing;     // tools
  std::vector<std::string> unwritable;  // folders
};

/// Reads the answer. A manifest that is damaged counts as none: everything is then copied.
ServerReport ParseServerReport(std::string_view answer);

/// What an entry of a release is on a server.
struct ActualEntry {
  bool there = false;
  bool kind_ok = false;
  bool mode_ok = false;
  bool owner_ok = false;
  bool link_ok = false;  // of links
  int64_t size = 0;
  int64_t link_count = 0;
  std::string sha256;  // of plain files

  /// Whether it is as the release has it.
  bool Is(const ReleaseEntry& entry) const;
};

/// The step that looks at entries in the current folder.
std::string LookScript(const std::vector<const ReleaseEntry*>& entries);
/// Reads its answer, one for each entry. DataError if it has another shape.
Result<std::vector<ActualEntry>> ParseLook(const std::vector<const ReleaseEntry*>& entries,
                                           std::string_view answer);

}  // namespace tamis
