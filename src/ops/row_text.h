// Rows as people read them, and which row an expression fails on. Not for data that goes on: that
// is written by src/format.
#pragma once

#include <arrow/record_batch.h>

#include <cstdint>
#include <string>

#include "base/status.h"
#include "expr/expr.h"

namespace tamis {

/// A cell's value; "" for NULL.
std::string CellValueText(const arrow::Array& array, int64_t row);

/// The row's values, joined by commas.
std::string RowText(const arrow::RecordBatch& batch, int64_t row);

/// `failed`, with which `expression` failed over `batch`, and the first row that it fails on.
Status NameFailingRow(const Status& failed, const Expr& expression,
                      const arrow::RecordBatch& batch);

}  // namespace tamis
