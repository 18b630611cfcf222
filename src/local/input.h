// Opens what a read step names: which files, in which format. Does not parse.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "dataset/manifest.h"
#include "format/source.h"
#include "plan/plan.h"
#include "storage/storage.h"

namespace tamis {

/// An open input and the table that its rows promise to be.
struct Input {
  std::unique_ptr<Source> source;
  Table table;
  std::vector<ConsumedFile> files;
  int64_t total_bytes = 0;
  std::vector<std::string> warnings;
};

/// Opens a read step's files. IoError if there is none; UsageError for a format that can't be read
/// or that the files' names don't tell.
Result<Input> OpenInput(const std::shared_ptr<Storage>& storage, const ReadSpec& read);

/// csv, jsonl, parquet, orc or arrow: `format` if it is given, else by the end of `path` (.csv,
/// .tsv, .csv.gz, .jsonl, .parquet, .arrow, ...).
/// "" if neither tells.
std::string FormatByName(const std::string& format, const std::string& path);

/// Whether `path` ends in .tsv, compressed or not: its fields are separated by tabs.
bool IsTsvName(const std::string& path);

}  // namespace tamis
