// Whether what a provider makes keeps the promises of its column: unique, lengths, multipleOf,
// required. Makes nothing.
#pragma once

#include <string>

#include "base/status.h"
#include "ops/generate_scope.h"

namespace tamis {

/// UsageError at the column or its generator if a rule can be broken. Leaves in `output` how far
/// its sequence may grow.
Status CheckPromises(const ColumnScope& scope, const std::string& provider, ColumnOutput* output);

/// Whether no two rows have the same value.
bool IsUnique(const ColumnScope& scope, const ColumnOutput& output);

}  // namespace tamis
