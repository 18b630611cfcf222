// CSV under a contract: bytes of one or more files to typed Arrow batches, on any number of
// threads. Checks types, encoding and structure; min, max, pattern, required and the like are
// src/ops's.
//
// What a field means:
// - NULL is an unquoted field that equals one of the contract's null_values. A quoted one is text:
//   "" is the empty string. In columns that aren't text quotes change nothing: `"7"` is 7 and `""`
//   is NULL.
// - Spaces belong to the value; ` 7` is no integer.
// - A timestamp with `Z` or an offset is that instant; without one it is local time of the
//   contract's timestamp_zone. Either way the batch holds UTC.
// - A field that is no value of its type becomes NULL and an issue. A record with the wrong number
//   of fields, a broken quote or too many bytes becomes a row of NULLs and one issue with column
//   -1.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/source.h"
#include "storage/storage.h"
#include "text/csv_scan.h"

namespace tamis {

struct CsvSourceOptions {
  /// Size of a chunk of text. It changes where batches are cut, never their rows.
  int64_t chunk_bytes = 1 << 20;
  /// Table columns to deliver, by index, in this order; nullopt: all. The others are checked all
  /// the same.
  std::optional<std::vector<int>> columns;
  /// Table columns (string or binary) to deliver as DictionaryArray<int32> in chunks where values
  /// repeat; in other chunks they are plain. schema() shows the plain type.
  std::vector<int> dictionary_columns;
  /// As if dictionary_columns held every string column.
  bool dictionary_text = false;
  uint32_t record_bytes_max = kCsvRecordBytesMax;
};

class CsvSource : public Source {
 public:
  /// Opens the first file and checks its header; the others are opened when their turn comes. `-`
  /// is standard input; gzip and zstd are told by their first bytes. `table` is copied. UsageError
  /// for what the contract can't mean (a type that CSV has no text for), DataError with a place in
  /// the file for a header that doesn't fit, IoError if a file can't be read.
  static Result<std::unique_ptr<CsvSource>> Open(std::shared_ptr<Storage> storage,
                                                 std::vector<std::string> paths, const Table& table,
                                                 CsvSourceOptions options = {});
  /// The same for files without a contract: the first file's header says what the columns are, all
  /// of them text. Without a header they are column1, column2, ... Opens every path once, so that
  /// standard input and pipes serve too. `paths` isn't empty.
  static Result<std::unique_ptr<CsvSource>> OpenAsText(std::shared_ptr<Storage> storage,
                                                       std::vector<std::string> paths,
                                                       const FormatOptions& format,
                                                       CsvSourceOptions options = {});
  ~CsvSource() override;

  /// The table that is read: the one given, or the one that the header made.
  const Table& table() const;

  /// The delivered columns. A column that the contract requires isn't nullable here, yet holds NULL
  /// where an issue says so: validate first.
  const std::shared_ptr<arrow::Schema>& schema() const override;
  Result<std::optional<Chunk>> Next() override;
  int64_t TotalBytes() const override;
  int64_t ReadBytes() const override;

  /// What is odd but no error, such as header columns that the contract doesn't know; ready for
  /// printing. Complete when Next has returned nullopt.
  std::vector<std::string> Warnings() const;

 private:
  class Impl;
  explicit CsvSource(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Reads the header of a CSV file: its column names, for files without a contract (TextTable). With
/// `format.header` false the names are column1, column2, ... The same errors as Open. It opens the
/// path: what can be read only once is better opened with OpenAsText.
Result<std::vector<std::string>> ReadCsvHeader(const std::shared_ptr<Storage>& storage,
                                               const std::string& path,
                                               const FormatOptions& format);

}  // namespace tamis
