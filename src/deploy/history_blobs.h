// The life of single blobs: their paths, the commits that brought them and took them away. Does not
// choose them.
#pragma once

#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "deploy/history.h"
#include "deploy/history_reach.h"

namespace tamis {

/// Says of each of `blobs` what a HistoryBlob holds, in that order.
Result<std::vector<HistoryBlob>> DescribeBlobs(const std::vector<ObjectIndex>& blobs,
                                               const ObjectStore& store, const Reached& reached,
                                               const StopToken& stop);

}  // namespace tamis
