// Reads and writes ORC files through Arrow. Does not list folders, does not name files.
#pragma once

#include <arrow/type.h>

#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "format/arrow_source.h"
#include "format/sink.h"
#include "format/source.h"
#include "storage/storage.h"

namespace tamis {

/// Opens one or more ORC files of the same schema as one source. A file is decoded by one thread at
/// a time. The errors of OpenParquetSource.
Result<std::unique_ptr<Source>> OpenOrcSource(const std::shared_ptr<Storage>& storage,
                                              const std::vector<std::string>& paths,
                                              const ArrowSourceOptions& options = {});

enum class OrcCodec : uint8_t { kNone, kSnappy, kZstd };

/// How an ORC file is written.
struct OrcSinkOptions {
  OrcCodec codec = OrcCodec::kSnappy;
  /// Text of a stripe, which is kept in memory until it is whole.
  int64_t stripe_bytes = int64_t{16} << 20;
  /// Write blocks while chunks that wait for earlier ones hold more than this.
  int64_t ahead_bytes_max = int64_t{64} << 20;
  /// Ends the wait for earlier chunks when their producer has failed; may be null.
  const StopToken* stop = nullptr;
};

/// Opens a sink that writes one ORC file. UsageError for types that ORC doesn't have (unsigned
/// numbers, times of day).
Result<std::unique_ptr<Sink>> OpenOrcSink(std::unique_ptr<WritableFile> file,
                                          const std::shared_ptr<arrow::Schema>& schema,
                                          const OrcSinkOptions& options = {});

}  // namespace tamis
