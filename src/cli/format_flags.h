// The flags that say how a file is laid out: --format, --delimiter, --quote, ... Does not read
// files.
#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "plan/plan.h"

namespace tamis {

/// What a command that reads one input was told about it.
struct InputFlags {
  std::string path;
  std::string contract;
  std::string table;
  std::map<std::string, std::string> format;  // option -> text, as given
};

/// Adds IN, --contract, --table and the format flags.
void AddInputFlags(CLI::App* command, InputFlags* flags);

/// The read step that the flags ask for. Loads the contract; errors name the flag or the contract's
/// place.
Result<ReadSpec> MakeReadSpec(const InputFlags& flags);

/// Reads and checks a contract file.
Result<std::shared_ptr<const Contract>> LoadContract(const std::string& path);

/// `overwrite`, `append` or `replace_partitions`, for --mode.
Result<WriteSpec::Mode> ParseWriteMode(const std::string& text);

/// The parts of --partition-by, columns of `schema` or `name=expression`, into `write`.
Status ParsePartitionBy(const std::vector<std::string>& parts, const arrow::Schema& schema,
                        WriteSpec* write);

/// `1000` or `10%`, for --max-rejects.
Status ParseRejectLimit(const std::string& text, RejectsSpec* rejects);

}  // namespace tamis
