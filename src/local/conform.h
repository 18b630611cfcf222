// Gives the columns of a Parquet or Arrow source the types that a contract names. Does not change
// values: a value that does not fit ends the run.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "format/source.h"

namespace tamis {

/// Without a contract (`table` is null), columns only lose the variants of one type that other
/// programs write: large_string, string_view and binary_view become string and binary, dictionaries
/// become plain, date64 becomes date32. With one, numbers, decimals,
/// times, timestamps and texts are cast to the contract's types as well, as long as each value
/// stays what it is. DataErrorAt the contract's column if it is missing in the source or of another
/// kind; Next fails if a value does not fit. `path` is for messages.
Result<std::unique_ptr<Source>> ConformSource(std::unique_ptr<Source> source, const Table* table,
                                              const std::string& path);

}  // namespace tamis
