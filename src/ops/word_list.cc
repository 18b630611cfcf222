// Tables of quantiles by integer arithmetic. See word_list.h.
#include "ops/word_list.h"

#include <algorithm>
#include <numeric>

namespace tamis {

std::shared_ptr<const QuantileTable> MakeQuantiles(std::span<const uint64_t> weights, size_t size) {
  unsigned __int128 total = std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  size_t used = static_cast<size_t>(
      std::count_if(weights.begin(), weights.end(), [](uint64_t weight) { return weight > 0; }));
  // One entry for each index first, so that rare ones aren't rounded away; the rest in proportion.
  size_t guaranteed = used <= size && total != size ? 1 : 0;
  size_t rest = size - guaranteed * used;
  auto table = std::make_shared<QuantileTable>();
  table->reserve(size);
  unsigned __int128 sum = 0;
  size_t given = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i];
    size_t until = static_cast<size_t>((sum * rest + total / 2) / total);
    size_t entries = until - given + (weights[i] > 0 ? guaranteed : 0);
    table->insert(table->end(), entries, static_cast<uint16_t>(i));
    given = until;
  }
  return table;
}

std::vector<uint64_t> ZipfWeights(size_t count, uint64_t offset) {
  std::vector<uint64_t> weights(count);
  for (size_t i = 0; i < count; ++i) weights[i] = 1'000'000'000 / (i + 1 + offset);
  return weights;
}

}  // namespace tamis
