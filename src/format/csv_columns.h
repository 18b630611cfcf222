// One column of a scanned chunk to an Arrow array: types every field, notes what can't be typed.
// Does not look at headers, encodings or faulty records. Private to csv_source.
#pragma once

#include <arrow/array.h>
#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/source.h"
#include "text/csv_scan.h"
#include "text/zone.h"

namespace tamis {

/// The texts that stand for NULL.
class NullTexts {
 public:
  explicit NullTexts(std::vector<std::string> texts);

  [[gnu::always_inline]] bool Contains(std::string_view text) const {
    const uint64_t length = text.size() < 63 ? text.size() : 63;
    if ((lengths_ >> length & 1) == 0) [[likely]]
      return false;
    return text.empty() || Search(text);
  }

 private:
  bool Search(std::string_view text) const;

  std::vector<std::string> texts_;
  uint64_t lengths_ = 0;  // bit n: one of n bytes; bit 63: of 63 or more
};

/// Latin-1 as UTF-8.
std::string Latin1ToUtf8(std::string_view text);

/// What columns of one file have in common.
struct CsvFieldRules {
  CsvDialect dialect;
  NullTexts nulls;
  bool latin1 = false;
  std::shared_ptr<const TimeZone> naive_zone;  // of a timestamp without zone or offset
};

/// The field column of a chunk, by the scan's offsets.
struct CsvFields {
  const char* data = nullptr;
  const CsvIndex* index = nullptr;
  uint32_t field = 0;  // its place in the record

  std::string_view At(uint32_t record) const {
    const uint32_t begin = index->FieldBegin(record, field);
    return {data + begin, index->FieldEnd(record, field) - begin};
  }
};

/// Reads chunks of one table column, in many threads at once.
class CsvColumnReader {
 public:
  virtual ~CsvColumnReader() = default;
  /// The column's values; an untyped one is NULL and an issue, in the order of records. Its buffers
  /// belong to nobody else.
  virtual Result<std::shared_ptr<arrow::ArrayData>> Read(const CsvFields& fields,
                                                         std::vector<CellIssue>* issues) const = 0;
};

/// The reader of `column`, which is table column `column_index`. With `dictionary`, chunks of text
/// that repeats become dictionaries. UsageError at the column for types that CSV has no text for.
Result<std::unique_ptr<CsvColumnReader>> MakeCsvColumnReader(
    const Column& column, int column_index, bool dictionary,
    std::shared_ptr<const CsvFieldRules> rules);

}  // namespace tamis
