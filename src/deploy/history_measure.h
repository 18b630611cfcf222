// Figures that slow git down once they are large: of checkouts, trees, paths and commits. Does not
// look at single blobs' histories.
#pragma once

#include <vector>

#include "deploy/history.h"
#include "deploy/history_reach.h"

namespace tamis {

/// Measures what was reached. Each tree is summed up once, however often it occurs.
std::vector<HistoryMeasure> MeasureHistory(const ObjectStore& store, const Reached& reached,
                                           int64_t ref_count);

}  // namespace tamis
