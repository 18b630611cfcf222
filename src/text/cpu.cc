// Asks the processor once. See cpu.h.
#include "text/cpu.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string_view>

namespace tamis {
namespace {

CpuLevel DetectLevel() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
              __builtin_cpu_supports("bmi2");
  bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (avx512) return CpuLevel::kAvx512;
  if (avx2) return CpuLevel::kAvx2;
#endif
  return CpuLevel::kPortable;
}

CpuLevel BestLevel() {
  static const CpuLevel best = DetectLevel();
  return best;
}

CpuLevel StartLevel() {
  const char* value = std::getenv("TAMIS_CPU");
  std::string_view wish = value ? value : "";
  CpuLevel level = CpuLevel::kAvx512;
  if (wish == "portable") level = CpuLevel::kPortable;
  if (wish == "avx2") level = CpuLevel::kAvx2;
  return std::min(level, BestLevel());
}

std::atomic<CpuLevel>& Level() {
  static std::atomic<CpuLevel> level = StartLevel();
  return level;
}

#if defined(__x86_64__)
// __builtin_cpu_supports of GCC 12 doesn't know "sha": leaf 7, EBX bit 29.
bool DetectShaNi() {
  uint32_t a = 7, b = 0, c = 0, d = 0;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  return (b >> 29 & 1) && __builtin_cpu_supports("sse4.1");
}
#else
bool DetectShaNi() { return false; }
#endif

}  // namespace

CpuLevel ActiveCpuLevel() { return Level().load(std::memory_order_relaxed); }

bool CpuHasShaNi() {
  static const bool sha_ni = DetectShaNi();
  return sha_ni && ActiveCpuLevel() != CpuLevel::kPortable;
}

ScopedCpuLevel::ScopedCpuLevel(CpuLevel level) : previous_(ActiveCpuLevel()) {
  Level() = std::min(level, BestLevel());
}

ScopedCpuLevel::~ScopedCpuLevel() { Level() = previous_; }

}  // namespace tamis
