// The keys of the Open Data Contract Standard: which exist, what they hold, since which version.
// Does not know what they mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "spec/node.h"

namespace tamis {

/// Checks every mapping of a contract against the standard's key tables (JSON schemas 3.0.2, 3.1.0
/// and 3.2.0 of the Bitol project). UsageError at the first unknown key, missing key or value of
/// the wrong kind. Keys that are newer than v3.`minor_version` are accepted with a warning.
Status CheckOdcsShape(const Node& root, int minor_version, std::vector<std::string>* warnings);

/// A copy of a node of the given object (`Contract`, `Table`, `Column`, `Quality`) without the keys
/// that v3.1, in which contracts are written, does not have.
Node KeysOf31(const Node& node, std::string_view object);

/// The logicalTypeOptions that belong to a logicalType.
std::vector<std::string> LogicalTypeOptionNames(std::string_view logical_type);

}  // namespace tamis
