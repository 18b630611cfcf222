// Values that stand in contracts and pipelines: bounds, enum values, parameters. Not for data: that
// is typed in src/format.
#pragma once

#include <arrow/scalar.h>
#include <arrow/type_fwd.h>

#include <memory>
#include <string_view>

#include "base/status.h"

namespace tamis {

/// Parses `text` as a value of `type`: numbers (whole ones also as 1e6 or 10.0; exact, never
/// rounded), ISO-8601 dates, times and timestamps (without zone or offset: UTC), true and false,
/// text. Invalid, without a place, when it is none.
Result<std::shared_ptr<arrow::Scalar>> ParseValue(const std::shared_ptr<arrow::DataType>& type,
                                                  std::string_view text);

/// -1, 0 or 1 as `a` is less than, equal to or greater than `b`, which has the same type: one of
/// those that ParseValue makes.
int CompareValues(const arrow::Scalar& a, const arrow::Scalar& b);

}  // namespace tamis
