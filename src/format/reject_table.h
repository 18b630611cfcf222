// Rejects as an Arrow table: the columns of a rejects file. Does not write files.
#pragma once

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "format/reject.h"

namespace tamis {

/// The columns file, record, line, byte_offset (int64), raw (binary), reasons: list<struct<column,
/// rule, value, message: string>>, run_id (string) and time (timestamp[us, UTC]).
std::shared_ptr<arrow::Schema> RejectSchema();

/// The run that refuses.
struct RejectRun {
  std::string run_id;
  int64_t time_us = 0;  // since 1970, UTC
};

/// One row a reject. `column_names` are the table's, for Reason::column; a reason of the whole
/// record has a NULL column and value. Bytes of a value that aren't UTF-8 become U+FFFD (raw has
/// them as they are).
Result<std::shared_ptr<arrow::RecordBatch>> MakeRejectBatch(
    std::span<const Reject> rejects, const std::vector<std::string>& column_names,
    const RejectRun& run);

}  // namespace tamis
