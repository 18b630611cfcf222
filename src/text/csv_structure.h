// The first stage of csv_scan: positions of the bytes that end fields, found block by block. Does
// not know records. Private to csv_scan.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "text/csv_scan.h"

namespace tamis::internal {

/// Where the next byte stands.
enum class CsvState : uint8_t {
  kRecordStart,
  kFieldStart,
  kUnquoted,
  kQuoted,
  kEscaped,    // after an escape that isn't the quote, in a quoted field
  kQuoteSeen,  // after a quote in a quoted field: it closed the field, or is the first of two
  kCloseCr,    // after a closing quote and CR: only LF may follow
  kComment,
};

/// A broken quote, at the byte that shows it.
struct CsvQuoteFault {
  uint32_t position;
  uint8_t bits;
};

/// Bytes [begin, end) that hold no record: a comment line with its line end.
struct CsvSkipped {
  uint32_t begin;
  uint32_t end;
};

/// What has been found so far, and the state to go on with.
struct CsvStructure {
  CsvState state = CsvState::kRecordStart;
  std::vector<uint32_t>* ends = nullptr;  // delimiters and line ends outside quotes, as found
  size_t end_count = 0;
  size_t record_end_count = 0;  // those of them that are line ends
  uint32_t line_count = 0;      // all LF
  uint32_t comment_begin = 0;
  bool quotes = false;
  bool nul = false;
  bool non_ascii = false;
  std::vector<CsvQuoteFault> faults;
  std::vector<CsvSkipped> skipped;

  /// Room for `more` further positions.
  uint32_t* Room(size_t more) {
    if (ends->size() < end_count + more) [[unlikely]]
      Grow(more);
    return ends->data() + end_count;
  }
  void Grow(size_t more);
};

/// Goes on byte by byte over [from, to); stops early behind the first line end (outside quotes) at
/// or after `stop_at`. Returns where it stopped. Exact for every input; the blocks below call it
/// where their assumptions don't hold.
size_t RunCsvMachine(const CsvDialect& dialect, const char* data, size_t from, size_t to,
                     size_t stop_at, CsvStructure* out);

/// Goes on over `block_count` blocks of 64 bytes from `from`.
using CsvBlockScan = void (*)(const CsvDialect& dialect, const char* data, size_t from,
                              size_t block_count, CsvStructure* out);

CsvBlockScan CsvBlockScanFor(CpuLevel level);

}  // namespace tamis::internal
