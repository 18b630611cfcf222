// Writes one Arrow IPC file from many threads' chunks. Does not name it.
#pragma once

#include <arrow/type.h>

#include <memory>

#include "base/status.h"
#include "base/stop.h"
#include "format/sink.h"
#include "storage/storage.h"

namespace tamis {

/// How an Arrow IPC file is written.
struct IpcSinkOptions {
  /// Write blocks while chunks that wait for earlier ones hold more than this.
  int64_t ahead_bytes_max = int64_t{64} << 20;
  /// Ends the wait for earlier chunks when their producer has failed; may be null.
  const StopToken* stop = nullptr;
  /// Makes the file durable before it is closed.
  bool is_synced = false;
};

/// Opens a sink that writes the Arrow IPC file format (also called Feather V2) to `file`.
/// Dictionary columns are stored as their values.
Result<std::unique_ptr<Sink>> OpenIpcSink(std::unique_ptr<WritableFile> file,
                                          const std::shared_ptr<arrow::Schema>& schema,
                                          const IpcSinkOptions& options = {});

}  // namespace tamis
