// Hive partition folders: `key=value`, percent-encoded. Does not compute the values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace tamis {

/// The folder of a NULL, as Hive, Spark, DuckDB and pyarrow know it.
inline constexpr std::string_view kDefaultPartition = "__HIVE_DEFAULT_PARTITION__";

/// One folder name, `key=value`. Control characters and ``"#%'*/:<=>?[\]^{|}`` are percent-encoded,
/// so a value never leaves its folder; so are the first character of a key that would hide the
/// folder (`_`, `.`) and that of a text equal to kDefaultPartition. NULL and the empty text (which
/// Spark can't read back) are kDefaultPartition. DataError if the name exceeds 255 bytes.
Result<std::string> PartitionFolder(std::string_view key, std::optional<std::string_view> value);

/// A key and its value, NULL if nullopt.
using PartitionValue = std::pair<std::string, std::optional<std::string>>;

/// The partition values in a path, outermost first: `a=1/b=x%2Fy/part.parquet` → a: 1, b: x/y.
/// Folders without `=` are passed over; the last part of the path is taken as a file.
std::vector<PartitionValue> ParsePartitions(std::string_view path);

}  // namespace tamis
