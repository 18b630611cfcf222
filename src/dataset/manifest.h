// What a dataset says of itself: its version, its files, the inputs that made it; and the record of
// one commit. Does not publish: publish.h does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "storage/storage.h"

namespace tamis {

/// What every file of a dataset has in common. Empty where the writer did not say it.
struct DatasetSchema {
  struct Column {
    std::string name;
    std::string type;
  };
  std::string file_format;                  // parquet, csv, arrow
  std::vector<std::string> partition_keys;  // in the folders' names, outermost first
  std::vector<Column> columns;              // of the files

  bool is_known() const { return !columns.empty(); }
};

/// One file of a dataset.
struct DatasetFile {
  std::string path;  // relative to the dataset
  int64_t bytes = 0;
  int64_t rows = -1;  // -1: not known
  uint32_t crc32c = 0;
  int64_t version = 0;  // the version that brought it
};

/// One input file that a commit consumed: an incremental run loads each of them once.
struct ConsumedFile {
  std::string path;
  int64_t bytes = 0;
  int64_t modified_ns = 0;  // since 1970
  std::string digest;       // as the reader computed it; empty if it did not
  int64_t version = 0;      // the version that consumed it
};

/// `_tamis/manifest.json`: what the dataset holds now.
struct Manifest {
  int64_t version = 0;  // 1 for the first commit
  std::string run_id;
  std::string time;  // UTC, ISO-8601
  std::string mode;  // overwrite, append, replace_partitions
  DatasetSchema schema;
  std::vector<DatasetFile> files;      // sorted by path
  std::vector<ConsumedFile> consumed;  // sorted by path
};

/// `_tamis/commits/NNNNNNNN.json`: what one commit did.
struct CommitRecord {
  int64_t version = 0;
  std::string run_id;
  std::string time;
  std::string mode;
  DatasetSchema schema;
  std::vector<DatasetFile> added;
  std::vector<std::string> removed;  // relative paths
  std::vector<ConsumedFile> consumed;
};

std::string FormatManifest(const Manifest& manifest);
std::string FormatCommitRecord(const CommitRecord& record);
/// IoError, with `path` first, if the text is cut off or is not what it should be.
Result<Manifest> ParseManifest(std::string_view path, std::string_view text);
Result<CommitRecord> ParseCommitRecord(std::string_view path, std::string_view text);

/// The manifest after `record`. An overwrite forgets the inputs consumed before, and the schema.
Manifest ApplyCommit(const Manifest& before, const CommitRecord& record);

/// The manifest of the dataset at `path`; nullopt if there is none.
Result<std::optional<Manifest>> ReadManifest(Storage& storage, const std::string& path);

/// The CRC-32C of a file's bytes.
Result<uint32_t> Crc32cOfFile(Storage& storage, const std::string& path);

/// Checks every file of the dataset against its manifest, size and checksum. IoError names the
/// first one that differs.
Status VerifyDataset(Storage& storage, const std::string& path);

}  // namespace tamis
