// JSON lines under a contract: bytes of one or more files, one object a line, to typed Arrow
// batches, on any number of threads. Checks JSON, types and encoding; min, max, pattern, required
// and the like are src/ops's.
//
// What a member means:
// - One that is missing or null is NULL.
// - Numbers are numbers, texts texts, true and false booleans: a value of another kind is an issue
//   and NULL. 1e3 and 1000.0 are the integer 1000. Decimals are read from the digits that stand
//   there, never by way of a double.
// - Dates, times and timestamps are texts, as in CSV. Binary is Base64.
// - A column that holds JSON itself (json, variant, super), or that no contract gives a type, takes
//   any value: a text is its text, all else the JSON that stands there.
// - A member without a column is left out, and a warning counts it; or FormatOptions::extra.
// A line that is no JSON object becomes a row of NULLs and one issue with column -1. Lines without
// anything in them are no records.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/source.h"
#include "storage/storage.h"

namespace tamis {

struct JsonlSourceOptions {
  /// Size of a chunk of text. It changes where batches are cut, never their rows.
  int64_t chunk_bytes = 1 << 20;
  /// Texts of columns whose values repeat become DictionaryArray<int32>, chunk by chunk.
  bool dictionary_text = false;
  uint32_t record_bytes_max = 16 << 20;
};

/// Records that are looked at for names where there is no contract.
inline constexpr int64_t kJsonNamedRecords = 1000;

class JsonlSource : public Source {
 public:
  /// As CsvSource::Open.
  static Result<std::unique_ptr<JsonlSource>> Open(std::shared_ptr<Storage> storage,
                                                   std::vector<std::string> paths,
                                                   const Table& table,
                                                   JsonlSourceOptions options = {});
  /// The same for files without a contract: the columns are the names that stand outermost in the
  /// first kJsonNamedRecords records of the first file, in the order of their appearance, all of
  /// them text. Another name further on refuses its row.
  static Result<std::unique_ptr<JsonlSource>> OpenAsText(std::shared_ptr<Storage> storage,
                                                         std::vector<std::string> paths,
                                                         const FormatOptions& format,
                                                         JsonlSourceOptions options = {});
  ~JsonlSource() override;

  /// The table that is read: the one given, or the one that the first records made.
  const Table& table() const;

  const std::shared_ptr<arrow::Schema>& schema() const override;
  Result<std::optional<Chunk>> Next() override;
  int64_t TotalBytes() const override;
  int64_t ReadBytes() const override;
  std::vector<std::string> Warnings() const override;

 private:
  class Impl;
  explicit JsonlSource(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tamis
