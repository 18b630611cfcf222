// Sizes of batches. See batches.h.
#include "deploy/batches.h"

#include <algorithm>

namespace tamis {

std::vector<size_t> BatchSizes(const std::vector<BatchSize>& serial, size_t server_count) {
  std::vector<size_t> sizes;
  size_t left = server_count;
  for (size_t i = 0; left > 0; ++i) {
    const BatchSize& asked = serial[std::min(i, serial.size() - 1)];
    const auto value = static_cast<size_t>(asked.value);
    const size_t wanted = asked.percent ? server_count * value / 100 : value;
    const size_t size = std::clamp<size_t>(wanted, 1, left);
    sizes.push_back(size);
    left -= size;
  }
  return sizes;
}

}  // namespace tamis
