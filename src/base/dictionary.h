// Dictionary-encoded columns back to plain ones, for consumers that don't know dictionaries. Does
// not encode.
#pragma once

#include <arrow/array.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <memory>

#include "base/status.h"

namespace tamis {

/// The value type of a dictionary type; any other type as it is.
std::shared_ptr<arrow::DataType> DictionaryValueType(const std::shared_ptr<arrow::DataType>& type);

/// `array` with each index replaced by its value; any other array as it is. Values are strings,
/// binaries or fixed-width.
Result<std::shared_ptr<arrow::Array>> DecodeDictionary(const std::shared_ptr<arrow::Array>& array);

/// `batch` with all its dictionary columns decoded.
Result<std::shared_ptr<arrow::RecordBatch>> DecodeDictionaries(const arrow::RecordBatch& batch);

}  // namespace tamis
