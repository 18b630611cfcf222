// Rows for people: a table of aligned columns on standard output. Does not page or colour.
#pragma once

#include <arrow/record_batch.h>

#include <string>
#include <vector>

#include "base/status.h"

namespace tamis {

/// One value as text; NULL is empty.
Result<std::string> CellText(const arrow::Array& array, int64_t row);

/// Rows of text under `header`, columns padded to their widest cell, cells cut at 60 characters.
std::string FormatTable(const std::vector<std::string>& header,
                        const std::vector<std::vector<std::string>>& rows);

/// The rows of `batch` as text.
Result<std::vector<std::vector<std::string>>> TextRows(const arrow::RecordBatch& batch);

}  // namespace tamis
