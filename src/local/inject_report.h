// Prints what was injected. Does not count it.
#pragma once

#include <string>

#include "contract/contract.h"
#include "ops/inject.h"

namespace tamis {

/// The counts of a table as JSON: `{"nulls": 3, ..., "by_rule": {"required id": 3, ...}}`, where
/// by_rule has the names of `tamis validate`.
std::string FaultsJson(const FaultCounts& counts, const Table& table);
/// The same as lines for people.
std::string FaultLines(const FaultCounts& counts, const Table& table);

}  // namespace tamis
