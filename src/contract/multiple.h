// multipleOf, exactly: which integers are multiples of a decimal number. Does not look at data.
#pragma once

#include <arrow/type_fwd.h>
#include <arrow/util/decimal.h>

#include "base/status.h"
#include "contract/contract.h"

namespace tamis {

/// Returns the number d above 0 for which a value of `type` is a multiple of `divisor` exactly if
/// the integer that stores it (for decimal(p,s): the value times 10^s) is a multiple of d; so
/// multipleOf 0.25 is 25 of a decimal(10,2), and 2.5 is 5 of an integer. UsageError at the
/// divisor's place for other types than integers and decimals, and for more than 38 digits.
Result<arrow::Decimal256> StoredDivisor(const arrow::DataType& type, const Divisor& divisor);

/// The same as a narrower number; 0 if it needs more bits than that: then 0 is the only multiple
/// among the numbers of that width.
uint64_t DivisorAsUint64(const arrow::Decimal256& divisor);
arrow::Decimal128 DivisorAsDecimal128(const arrow::Decimal256& divisor);

}  // namespace tamis
