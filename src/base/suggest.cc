// Edit distance for "did you mean". See suggest.h.
#include "base/suggest.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace tamis {
namespace {

// Optimal string alignment distance; three rows of the usual table are enough.
size_t Distance(std::string_view a, std::string_view b) {
  auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  };
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replace = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({replace, last[j] + 1, row[j - 1] + 1});
      bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string Nearest(std::string_view word, std::span<const std::string> candidates) {
  size_t best = std::max<size_t>(1, (word.size() + 2) / 3) + 1;
  const std::string* found = nullptr;
  for (const std::string& candidate : candidates) {
    size_t distance = Distance(word, candidate);
    if (distance < best) {
      best = distance;
      found = &candidate;
    }
  }
  return found ? *found : "";
}

std::string DidYouMean(std::string_view word, std::span<const std::string> candidates,
                       size_t list_max) {
  std::string nearest = Nearest(word, candidates);
  if (!nearest.empty()) return "did you mean " + nearest + "?";
  if (candidates.empty() || candidates.size() > list_max) return "";
  std::string out = "known: ";
  for (size_t i = 0; i < candidates.size(); ++i) out += (i ? ", " : "") + candidates[i];
  return out;
}

}  // namespace tamis
