// Columns that are only in the folders' names of a partitioned dataset (Hive layout). Does not
// write such folders: see partitioned_sink.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/source.h"

namespace tamis {

/// `source`, which reads `paths` and says the file of each chunk, with a column behind the others
/// for each key of the paths' folders (`key=value`) that the files lack; `source` itself if there
/// is none. With a table, only those that it names, in their types; without one they are text.
/// DataError for files that differ in their keys, and for a value that is none of its type.
Result<std::unique_ptr<Source>> AddPartitionColumns(std::unique_ptr<Source> source,
                                                    const std::vector<std::string>& paths,
                                                    const Table* table);

}  // namespace tamis
