// Values to pseudonyms: HMAC-SHA256 under the user's key, in hexadecimal, cut to a length. Does not
// read files or load keys.
//
// The same value has the same pseudonym in every table of a domain, in every run, on every engine:
//   lower(hex(HMAC-SHA256(key', value)))[0:length]
// where key' is the key, or HMAC-SHA256(key, domain) if there is a domain. NULL stays NULL. The
// empty string is a value and has a pseudonym.
#pragma once

#include <arrow/array.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/status.h"
#include "text/hmac.h"

namespace tamis {

struct PseudonymOptions {
  std::string domain;
  int length = 16;  // 1 to 64 hexadecimal digits
};

/// Immutable; shared by threads.
class Pseudonymizer {
 public:
  /// UsageError if the key is empty or the length is not 1 to 64.
  static Result<std::unique_ptr<Pseudonymizer>> Make(const Secret& key,
                                                     const PseudonymOptions& options);

  size_t length() const { return length_; }
  const HmacKey& key() const { return key_; }

  /// Writes length() bytes.
  void Hash(std::string_view value, char* out) const;
  std::string Hash(std::string_view value) const;

  /// Pseudonyms of an array's values, the NULLs where they were. Strings and binaries are hashed as
  /// they are; other types as their text in the CSV that tamis writes: `7`, `true`, `2020-01-31`,
  /// `2020-01-31T05:00:00Z`, `1.50` for a decimal with scale 2. The result is utf8; of a dictionary
  /// array it is a dictionary array with the same indices, hashed once for each dictionary value.
  /// NotImplemented for nested types.
  Result<std::shared_ptr<arrow::Array>> HashArray(const arrow::Array& array) const;

 private:
  Pseudonymizer(std::string_view key, size_t length) : key_(key), length_(length) {}

  HmacKey key_;
  size_t length_;
};

/// One thread's pseudonyms of the fields of many rows. Values that repeat come from a cache for
/// each column, which is left aside while few of the column's values repeat; the others are hashed
/// many at once. Memory is bounded, whatever the number of columns or values.
class PseudonymWriter {
 public:
  /// `pseudonymizer` must outlive it. Columns have the numbers 0 to column_count - 1.
  PseudonymWriter(const Pseudonymizer& pseudonymizer, size_t column_count,
                  size_t cache_bytes_max = 4 << 20);
  ~PseudonymWriter();

  /// Writes length() bytes to `out`, now or at the latest in Finish: until then `out` must stay
  /// where it is. `value` is read before this returns.
  void Write(size_t column, std::string_view value, char* out);
  /// Writes all that is still missing.
  void Finish();

  int64_t values() const { return values_; }
  int64_t cache_hits() const { return cache_hits_; }

 private:
  class Cache;
  struct Pending {
    char* out = nullptr;
    Cache* cache = nullptr;  // that takes the result; null: none
    uint64_t hash = 0;
  };
  void Complete(const Pending& pending, std::string_view value, const Digest& digest);

  const Pseudonymizer& pseudonymizer_;
  std::vector<std::unique_ptr<Cache>> caches_;
  HmacQueue<Pending> queue_;
  int64_t values_ = 0;
  int64_t cache_hits_ = 0;
};

}  // namespace tamis
