// Byte sizes and limits of memory. See memory.h.
#include "base/memory.h"

#include <sys/sysinfo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <fstream>

namespace tamis {
namespace {

int64_t ReadLimit(const char* path) {
  std::ifstream file(path);
  int64_t limit = 0;
  return file >> limit && limit > 0 ? limit : INT64_MAX;  // "max" does not parse: no limit
}

}  // namespace

Result<int64_t> ParseByteSize(std::string_view text) {
  double value = 0;
  auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  std::string unit;
  for (char c : std::string_view(rest, static_cast<size_t>(text.data() + text.size() - rest))) {
    if (c != ' ') unit += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (!unit.empty() && unit.back() == 'b') unit.pop_back();
  double base = 1000;
  if (!unit.empty() && unit.back() == 'i') {
    unit.pop_back();
    base = 1024;
  }
  constexpr std::string_view kUnits = "kmgt";
  bool known = unit.empty() || (unit.size() == 1 && kUnits.find(unit[0]) != std::string_view::npos);
  if (error != std::errc() || !known || !(value >= 0)) {
    return UsageError("not a size: " + std::string(text), "such as 512MB, 2GiB or 1000000");
  }
  for (size_t power = unit.empty() ? 0 : kUnits.find(unit[0]) + 1; power > 0; --power)
    value *= base;
  if (value > 9e18) return UsageError("not a size: " + std::string(text), "too large");
  return static_cast<int64_t>(value);
}

int64_t DefaultMemoryBytes() {
  struct sysinfo info{};
  sysinfo(&info);
  int64_t total = static_cast<int64_t>(info.totalram) * info.mem_unit;
  total = std::min(total, ReadLimit("/sys/fs/cgroup/memory.max"));
  total = std::min(total, ReadLimit("/sys/fs/cgroup/memory/memory.limit_in_bytes"));
  return total / 2;
}

std::string FormatByteSize(int64_t bytes) {
  constexpr std::array<const char*, 6> kNames = {"B", "kB", "MB", "GB", "TB", "PB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < kNames.size(); ++unit) value /= 1000;
  char out[32];
  std::snprintf(out, sizeof(out), value < 9.95 && unit > 0 ? "%.1f %s" : "%.0f %s", value,
                kNames[unit]);
  return out;
}

int64_t PeakMemoryBytes() {
  // Not getrusage: its figure begins with that of the program that started this one.
  std::FILE* file = std::fopen("/proc/self/status", "re");
  if (!file) return 0;
  char line[256];
  long long kib = 0;
  while (std::fgets(line, sizeof(line), file)) {
    if (std::sscanf(line, "VmHWM: %lld kB", &kib) == 1) break;
  }
  std::fclose(file);
  return kib * 1024;
}

}  // namespace tamis
