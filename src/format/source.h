// What feeds a pipeline: chunks of rows, handed out to many threads. Sinks are in format/sink.h.
#pragma once

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "format/reject.h"

namespace tamis {

/// A value that could not be typed, found while parsing: the cell holds NULL. Sorted by row.
struct CellIssue {
  int32_t row = 0;      // in the chunk's batch
  int32_t column = -1;  // in the table; -1: the whole record
  Rule rule = Rule::kType;
  std::string detail;
  std::string member = {};  // of a nested value: where it lies in the column, as in Reason
};

/// Where the rows of a chunk stand in their file, for rejects. Owned by the chunk; made only by
/// text sources.
class RowOrigin {
 public:
  virtual ~RowOrigin() = default;
  /// Fills file, record, line, byte_offset and raw of `reject`.
  virtual void Locate(int64_t row, Reject* reject) const = 0;
  /// The field's bytes as they stand in the file, for a reason's value.
  virtual std::string Field(int64_t row, int column) const = 0;
  /// The same for a member of a nested column.
  virtual std::string Member(int64_t row, int column, const std::string& /*member*/) const {
    return Field(row, column);
  }
};

/// A chunk of consecutive rows. Chunks of a source have indices 0, 1, 2, ... in the order of the
/// input, whatever thread makes them; the same input gives the same chunks, whatever the number of
/// threads.
struct Chunk {
  int64_t index = 0;
  std::shared_ptr<arrow::RecordBatch> batch;
  std::vector<CellIssue>
      issues;  // rows with an issue are still in the batch; validate takes them out
  std::shared_ptr<const RowOrigin> origin;  // null: rows have no text to point at
  std::string file;                         // of rows without text; "": they come from no file
  int64_t first_row = 0;                    // of the batch in that file, from 0
};

/// Makes chunks. Next may be called from many threads at once.
class Source {
 public:
  virtual ~Source() = default;
  virtual const std::shared_ptr<arrow::Schema>& schema() const = 0;
  /// The next chunk, or nullopt at the end. Errors end the run.
  virtual Result<std::optional<Chunk>> Next() = 0;
  /// Bytes of the input and bytes already handed out (for progress); 0 total when unknown.
  virtual int64_t TotalBytes() const = 0;
  virtual int64_t ReadBytes() const = 0;
  /// What is odd but no error, such as columns that the contract doesn't know; ready for printing.
  /// Complete when Next has returned nullopt.
  virtual std::vector<std::string> Warnings() const { return {}; }
};

}  // namespace tamis
