// The beginning of a CSV file: what it is, its header, where its records start. Does not read
// records.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/decompress.h"
#include "format/record_chunks.h"
#include "format/text_input.h"
#include "storage/storage.h"
#include "text/csv_scan.h"

namespace tamis {

using CsvInput = TextInput;

/// Opens `path` as OpenTextInput does, for CSV.
Result<CsvInput> OpenCsvInput(const std::shared_ptr<Storage>& storage, const std::string& path);

/// What the beginning of the file says.
struct CsvHeader {
  std::vector<std::string> names;  // empty if the format has no header
  std::vector<Place> places;       // of each name
  Place place;                     // of the header's line
  RecordsStart start;              // of the first record
  uint8_t fault_bits = 0;          // of the header's quotes
};

/// Reads skipped lines and the header; reads more of `input` into its head where needed. DataError
/// for an empty file, one without header, with a header that never ends, or one that isn't text.
Result<CsvHeader> ReadHeader(CsvInput* input, const CsvDialect& dialect,
                             const FormatOptions& format);

/// As ReadHeader; DataError for any broken quote in it.
Result<CsvHeader> ReadStrictHeader(CsvInput* input, const CsvDialect& dialect,
                                   const FormatOptions& format);

/// The columns of a file without a contract: those of its header, or column1, column2, ... as many
/// as its first record has. DataError if there is neither.
Result<std::vector<std::string>> ColumnNames(const CsvInput& input, const CsvHeader& header,
                                             const CsvDialect& dialect,
                                             const FormatOptions& format);

/// The dialect of `format`. UsageError if its bytes contradict each other.
Result<CsvDialect> DialectOf(const FormatOptions& format);

}  // namespace tamis
