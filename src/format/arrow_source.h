// Reads Parquet and Arrow IPC files through Arrow, as sources. Does not list folders.
#pragma once

#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "format/source.h"
#include "storage/storage.h"

namespace tamis {

/// How files are read.
struct ArrowSourceOptions {
  /// Names of the columns to read, in this order; empty: all.
  std::vector<std::string> columns;
  /// Rows of a chunk at most: row groups are cut into such pieces.
  int64_t chunk_rows = 128 << 10;
};

/// Opens one or more Parquet files of the same schema (names and types; the first file's counts) as
/// one source; row groups are read by as many threads as call Next.
/// IoError when a file can't be read; DataError, naming the file, when it is not Parquet, is cut
/// short, or has another schema; UsageError for an unknown column.
Result<std::unique_ptr<Source>> OpenParquetSource(const std::shared_ptr<Storage>& storage,
                                                  const std::vector<std::string>& paths,
                                                  const ArrowSourceOptions& options = {});

/// The same for Arrow IPC: files or streams.
Result<std::unique_ptr<Source>> OpenIpcSource(const std::shared_ptr<Storage>& storage,
                                              const std::vector<std::string>& paths,
                                              const ArrowSourceOptions& options = {});

}  // namespace tamis
