// Rejects as an Arrow table: the columns of a rejects file. Does not write files.
#pragma once

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
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

/// Makes a batch of rejects, one row each. A reason of the whole record has a NULL column and
/// value. Bytes of a value that aren't UTF-8 become U+FFFD (raw has them as they are).
class RejectBatchBuilder {
 public:
  /// `column_names` are the table's, for Reason::column; both must outlive the builder.
  RejectBatchBuilder(const std::vector<std::string>& column_names, const RejectRun& run);
  ~RejectBatchBuilder();
  Status Add(const Reject& reject);
  Result<std::shared_ptr<arrow::RecordBatch>> Finish();

 private:
  struct Columns;
  const std::vector<std::string>& column_names_;
  const RejectRun& run_;
  std::unique_ptr<Columns> columns_;
};

}  // namespace tamis
