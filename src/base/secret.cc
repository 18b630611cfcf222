// Keeps secrets out of dumps and prints. See secret.h.
#include "base/secret.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace tamis {
namespace {

constexpr size_t kSecretBytesMax = 1 << 20;
constexpr const char* kSourceHint = "use env:NAME or file:PATH";

}  // namespace

Secret::Secret(std::string_view bytes) : size_(bytes.size()) {
  if (bytes.empty()) return;
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  mapped_bytes_ = (bytes.size() + page - 1) / page * page;
  void* mapping =
      mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) std::abort();
  madvise(mapping, mapped_bytes_, MADV_DONTDUMP);
  data_ = static_cast<char*>(mapping);
  std::memcpy(data_, bytes.data(), bytes.size());
}

Secret::~Secret() { Wipe(); }

Secret::Secret(Secret&& other) noexcept { *this = std::move(other); }

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  Wipe();
  data_ = std::exchange(other.data_, nullptr);
  size_ = std::exchange(other.size_, 0);
  mapped_bytes_ = std::exchange(other.mapped_bytes_, 0);
  return *this;
}

void Secret::Wipe() {
  if (!data_) return;
  explicit_bzero(data_, mapped_bytes_);
  munmap(data_, mapped_bytes_);
  data_ = nullptr;
  size_ = 0;
}

namespace {

// The environment block and freed buffers are no place that can be wiped for good: a process that
// holds a key leaves no core dump and can't be attached to by others.
void ForbidDumps() { prctl(PR_SET_DUMPABLE, 0); }

// At most kSecretBytesMax + 1 bytes, from a file or a pipe.
std::string ReadKeyFile(int file) {
  std::string bytes(kSecretBytesMax + 1, '\0');
  size_t size = 0;
  while (size < bytes.size()) {
    ssize_t got = read(file, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    size += static_cast<size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

Result<Secret> LoadSecret(std::string_view source) {
  ForbidDumps();
  if (source.starts_with("env:")) {
    std::string name(source.substr(4));
    const char* value = std::getenv(name.c_str());
    if (!value)
      return UsageError("key: environment variable " + name + " is not set",
                        "export " + name + "=...");
    if (!*value) return UsageError("key: environment variable " + name + " is empty");
    return Secret(value);
  }
  if (!source.starts_with("file:")) return UsageError("key: unknown source", kSourceHint);
  std::string path(source.substr(5));
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return UsageError("key: " + path + ": " + std::strerror(errno), kSourceHint);
  std::string bytes = ReadKeyFile(file);
  close(file);
  size_t size = bytes.size();
  if (size > kSecretBytesMax) return UsageError("key: " + path + " is longer than 1 MiB");
  if (size && bytes[size - 1] == '\n') --size;
  if (size && bytes[size - 1] == '\r') --size;
  Secret secret(std::string_view(bytes.data(), size));
  explicit_bzero(bytes.data(), bytes.size());
  if (secret.empty()) return UsageError("key: " + path + " is empty");
  return secret;
}

}  // namespace tamis
