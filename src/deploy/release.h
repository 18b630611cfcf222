// What a release consists of, here and on a server: files, folders and links with their modes and
// digests. Does not copy.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/deploy_plan.h"

namespace tamis {

/// A file, folder or symbolic link of a release.
struct ReleaseEntry {
  enum class Kind { kFile, kFolder, kLink };
  Kind kind = Kind::kFile;
  std::string path;  // below the release's folder; any bytes but NUL
  int mode = 0;      // of files and folders
  std::string owner;
  int64_t size = 0;    // of files
  std::string sha256;  // of files, hexadecimal
  std::string link;    // what a link points to
  std::string source;  // where the file is here; not part of the manifest

  /// Whether a server that has `other` at this place has this entry.
  bool SameAs(const ReleaseEntry& other) const;
};

/// The entries in the order of their paths: a folder before what is in it.
struct ReleaseContent {
  std::vector<ReleaseEntry> entries;
  std::string manifest;  // as text; releases with equal manifests are equal
  std::string digest;    // SHA-256 of the manifest

  const ReleaseEntry* Find(std::string_view path) const;
  int64_t FileCount() const;
  int64_t FileBytes() const;
};

/// Reads what `plan.files` names: lists, sorts and digests it with `thread_count` threads.
/// UsageError with the rule's place for special files, for two files of one path and for a rule
/// that names nothing; IoError for what can't be read; Interrupted after `stop`.
Result<ReleaseContent> ScanRelease(const DeployPlan& plan, int thread_count, const StopToken& stop);

/// The manifest's text: one line an entry, names percent-encoded.
std::string FormatManifest(const std::vector<ReleaseEntry>& entries);
/// Reads it back. DataError for what FormatManifest does not write.
Result<ReleaseContent> ParseManifest(std::string_view text);

/// SHA-256 in hexadecimal.
std::string Sha256Hex(std::string_view bytes);
/// SHA-256 of the first `byte_count` bytes of a file. IoError if it is shorter or can't be read.
Result<std::string> Sha256OfFile(const std::string& path, int64_t byte_count);

}  // namespace tamis
