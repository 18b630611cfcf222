// A key or password that never prints. Reads it from the environment or a file, wipes it at the
// end.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"

namespace tamis {

/// Bytes that must not reach an argument list, log, plan, report or core dump. Has no operator<<
/// and no ToString on purpose; the memory is left out of core dumps (MADV_DONTDUMP) and wiped when
/// the last owner goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes);
  ~Secret();
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;

  /// The bytes themselves; for kernels only.
  std::string_view Reveal() const { return {data_, size_}; }
  bool empty() const { return size_ == 0; }

 private:
  void Wipe();

  char* data_ = nullptr;  // a mapping of its own
  size_t size_ = 0;
  size_t mapped_bytes_ = 0;
};

/// Reads a secret from `env:NAME` or `file:PATH` (one trailing newline is not part of it).
/// UsageError, naming the source but never the value, when it is neither, not set, empty, or
/// unreadable.
Result<Secret> LoadSecret(std::string_view source);

}  // namespace tamis
