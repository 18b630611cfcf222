// Divides a group's servers into batches. Does not run them.
#pragma once

#include <cstddef>
#include <vector>

#include "deploy/deploy_plan.h"

namespace tamis {

/// The sizes of the batches of `server_count` servers: those of `serial` one after another, the
/// last one again until none is left. A percentage is of all servers, rounded down, at least 1.
std::vector<size_t> BatchSizes(const std::vector<BatchSize>& serial, size_t server_count);

}  // namespace tamis
