// What the processor can do, once for the process. Holds no kernels.
#pragma once

#include <cstdint>

namespace tamis {

/// Instruction sets that kernels are written for; each includes those before it. kAvx2 stands for
/// AVX2 and BMI1/2, kAvx512 for AVX-512 F, BW, DQ and VL.
enum class CpuLevel : uint8_t { kPortable, kAvx2, kAvx512 };

/// The best level of this processor, lowered by the environment variable TAMIS_CPU (`portable`,
/// `avx2` or `avx512`; anything else is ignored), or the one that a ScopedCpuLevel asks for.
CpuLevel ActiveCpuLevel();

/// Whether the SHA extensions may be used: the processor has them and the level is not kPortable.
bool CpuHasShaNi();

/// Lowers the level in the scope of a test (never above what the processor has), so that each path
/// can be run. Not for use while other threads choose kernels.
class ScopedCpuLevel {
 public:
  explicit ScopedCpuLevel(CpuLevel level);
  ~ScopedCpuLevel();
  ScopedCpuLevel(const ScopedCpuLevel&) = delete;
  ScopedCpuLevel& operator=(const ScopedCpuLevel&) = delete;

 private:
  CpuLevel previous_;
};

}  // namespace tamis
