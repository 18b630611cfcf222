// CSV to CSV with some columns as pseudonyms: every other byte is copied as it stands. Does not
// type values and loses no row.
//
// A touched field becomes the pseudonym of its value (quotes and escapes taken away, latin-1 as
// UTF-8), without quotes. An unquoted field that is one of the format's null_values is NULL and
// stays as it is; a quoted "" is the empty string and gets a pseudonym. Spaces belong to values.
// Comments, empty lines, line ends, a byte order mark and the header are copied.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "base/stop.h"
#include "contract/contract.h"
#include "ops/pseudonym.h"
#include "storage/storage.h"
#include "text/csv_scan.h"

namespace tamis {

struct AnonymizeCsvOptions {
  std::vector<std::string> columns;  // by name; every column of that name
  FormatOptions format;              // without a header the columns are column1, column2, ...
  int thread_count = 1;
  int64_t chunk_bytes = 1 << 20;
  uint32_t record_bytes_max = kCsvRecordBytesMax;
  std::string run_id = "anonymize";              // in the name of the temporary file
  bool durable = true;                           // the output survives a loss of power
  StopToken* stop = nullptr;                     // looked at between chunks
  std::atomic<int64_t>* bytes_read = nullptr;    // of the input file, for progress
  std::atomic<int64_t>* rows_written = nullptr;  // for progress
};

/// What was done.
struct AnonymizeCsvSummary {
  int64_t rows = 0;         // records, the header not counted
  int64_t ragged_rows = 0;  // with fewer or more fields than the header; their touched fields, as
                            // far as they have them, are pseudonyms too
  int64_t odd_quote_rows = 0;  // with text after a closing quote, which belongs to the value
  int64_t values = 0;          // pseudonyms written
  int64_t cache_hits = 0;      // of these from a cache
  int64_t null_values = 0;     // touched fields left as they are
  int64_t bytes_in = 0;        // decompressed
  int64_t bytes_out = 0;
};

/// Reads `input` (`-`: standard input; gzip and zstd are told by their first bytes) and writes
/// `output` (`-`: standard output, in order), which appears whole or not at all. They may be the
/// same file. The output's bytes depend on neither threads nor chunk size; memory doesn't depend on
/// the file. UsageError for an unknown column or a format whose special bytes are hexadecimal
/// digits; DataError with the place for a missing header, a quote that is never closed, or a record
/// that is too long (what follows could be read wrongly, and personal data shown); IoError;
/// Interrupted.
Result<AnonymizeCsvSummary> AnonymizeCsv(const std::shared_ptr<Storage>& storage,
                                         const std::string& input, const std::string& output,
                                         const Pseudonymizer& pseudonymizer,
                                         const AnonymizeCsvOptions& options);

}  // namespace tamis
