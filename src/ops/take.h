// Keeps some rows of a batch. Does not decide which.
#pragma once

#include <arrow/array.h>
#include <arrow/record_batch.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "base/status.h"

namespace tamis {

/// Row numbers of a batch, ascending or not.
using RowList = std::vector<int32_t>;

/// The rows where `mask` is true (NULL is not).
RowList RowsWhere(const arrow::BooleanArray& mask);

/// All rows of `row_count` but the ascending `excluded`.
RowList RowsExcept(int64_t row_count, const RowList& excluded);

/// `batch`'s rows in the order of `rows`. Dictionaries stay as they are.
Result<std::shared_ptr<arrow::RecordBatch>> TakeRows(const arrow::RecordBatch& batch,
                                                     const RowList& rows);

}  // namespace tamis
