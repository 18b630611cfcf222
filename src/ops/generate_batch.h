// Makes Arrow batches of the rows of a program: the same values as generate_text.h writes.
#pragma once

#include <arrow/array.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "base/status.h"
#include "ops/generate_program.h"

namespace tamis {

/// The values of one column in the rows of a block, with the column's own type (no dictionaries).
Result<std::shared_ptr<arrow::Array>> MakeBlockArray(const ColumnOutput& column,
                                                     const RowBlock& block, size_t count);

/// A row program made ready for Arrow. Immutable, shared between threads.
class BatchProgram {
 public:
  static Result<BatchProgram> Make(std::shared_ptr<const RowProgram> rows);

  const RowProgram& rows() const { return *rows_; }
  /// The table's schema; a text column that is one word of a list is dictionary<int32, utf8>, and
  /// all batches share its dictionary.
  const std::shared_ptr<arrow::Schema>& schema() const { return schema_; }
  /// Rows [first_row, first_row + row_count).
  Result<std::shared_ptr<arrow::RecordBatch>> Rows(int64_t first_row, int64_t row_count) const;

 private:
  std::shared_ptr<const RowProgram> rows_;
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<std::shared_ptr<arrow::Array>> dictionaries_;  // by column; null: none
};

}  // namespace tamis
