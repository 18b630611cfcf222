// Finds where the records and fields of CSV bytes begin and end. Does not unescape, type or read
// files.
//
// The grammar, the same for every processor level:
// - A record ends at LF, at CR LF, or at the end of the input. A lone CR is data.
// - A quote is structural only as the first byte of a field. Any other quote in an unquoted field
//   is text, as in Python's csv and in DuckDB without strict mode.
// - Inside a quoted field the escape takes the next byte literally if it is the quote or, for an
//   escape other than the quote, any byte. Where escape equals quote, a doubled quote is one quote.
// - Text after a closing quote makes the record faulty (kTextAfterQuote); the field goes on to the
//   next delimiter or line end. A quote that is never closed takes the rest (kOpenQuote).
// - A line that begins with the comment byte is no record. An empty line is none either, unless
//   records have a single column: then it is an empty field.
// - A record of more than record_bytes_max bytes is faulty (kTooLong); it ends at the first LF at
// or
//   after that length, whatever the quotes say, so that reading goes on in step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "text/cpu.h"

namespace tamis {

/// The bytes with a meaning. None of them may be CR or LF, and they differ from each other (but
/// escape may equal quote). '\0' stands for "there is none" of quote and comment.
struct CsvDialect {
  char delimiter = ',';
  char quote = '"';
  char escape = '"';
  char comment = '\0';
};

/// Longest record by default, in bytes.
inline constexpr uint32_t kCsvRecordBytesMax = 16 << 20;

/// What is wrong with a record, as bits.
enum CsvFaultBits : uint8_t {
  kCsvColumnCount = 1,     // more or fewer fields than columns
  kCsvTextAfterQuote = 2,  // text between a closing quote and the next delimiter
  kCsvOpenQuote = 4,       // a quote that is never closed
  kCsvTooLong = 8,
};

/// A faulty record. Its fields in the index are all empty.
struct CsvFault {
  uint32_t record = 0;
  uint8_t bits = 0;
  uint32_t field_count = 0;  // as found
  uint32_t end = 0;          // where its bytes end, the line end left out
};

/// Where the fields of many records stand: always column_count fields a record, so that a column is
/// read with a stride. Offsets count from the `data` of the scan. Reused from scan to scan.
struct CsvIndex {
  uint32_t column_count = 0;
  uint32_t record_count = 0;
  std::vector<uint32_t> ends;    // of field c of record r at [r * column_count + c]; may be longer
  std::vector<uint32_t> begins;  // of record r; may be longer
  std::vector<CsvFault> faults;  // by record
  uint32_t end = 0;              // where the next record begins
  uint32_t line_count = 0;       // LF bytes between start and end
  bool line_per_record = true;   // record r begins on line r: no quoted LF, no skipped line
  bool may_have_quotes = false;  // else no field begins with a quote
  bool may_have_nul = false;     // else there is no NUL byte
  bool may_have_non_ascii = false;  // else every byte is below 0x80

  std::vector<uint32_t> spare;  // memory of the scan

  uint32_t FieldBegin(uint32_t record, uint32_t column) const {
    return column == 0 ? begins[record] : ends[size_t{record} * column_count + column - 1] + 1;
  }
  /// The end of the field's bytes; the quotes of a quoted field are part of them.
  uint32_t FieldEnd(uint32_t record, uint32_t column) const {
    return ends[size_t{record} * column_count + column];
  }
  uint32_t RecordBegin(uint32_t record) const { return begins[record]; }
  /// The end of the record's bytes, without its line end. Record r + 1 may begin later than behind
  /// the line end: comments and empty lines lie between.
  uint32_t RecordEnd(uint32_t record) const;
  /// The fault of a record, or nullptr.
  const CsvFault* FaultOf(uint32_t record) const;
};

/// How a scan ended.
enum class CsvScanResult : uint8_t {
  kDone,
  kNeedMore,   // the last record isn't complete: scan again with more bytes
  kNoLineEnd,  // a record goes on for twice record_bytes_max without any LF: hardly CSV
};

/// Scans records of one dialect. Const: one scanner serves many threads, each with its own index.
class CsvScanner {
 public:
  /// `column_count` is at least 1. Uses the kernels of ActiveCpuLevel().
  CsvScanner(CsvDialect dialect, uint32_t column_count,
             uint32_t record_bytes_max = kCsvRecordBytesMax);

  /// Indexes all records that begin in [start, limit); `start` must be the beginning of a record
  /// (or line). `size` bytes can be read (less than 2 GiB), and `final` says that the input ends
  /// there. On kDone index->end >= limit or == size. On anything else the index holds no records.
  CsvScanResult Scan(const char* data, size_t start, size_t limit, size_t size, bool final,
                     CsvIndex* index) const;

  const CsvDialect& dialect() const { return dialect_; }
  uint32_t column_count() const { return column_count_; }

 private:
  CsvDialect dialect_;
  uint32_t column_count_;
  uint32_t record_bytes_max_;
  CpuLevel level_;
};

/// The value of a field's bytes: quotes and escapes taken away. Returns a part of `field` where
/// that serves, else of `scratch`.
std::string_view CsvValue(const CsvDialect& dialect, std::string_view field, std::string* scratch);

/// One record, split by the plain state machine: for headers and samples.
struct CsvRecord {
  std::vector<std::string> values;  // without quotes and escapes
  std::vector<size_t> begins;       // where each field begins
  size_t begin = 0;                 // of the record, after skipped lines
  size_t end = 0;                   // of its bytes, the line end left out
  size_t next = 0;                  // where the next record begins
  uint8_t fault_bits = 0;
};

/// Splits the record at `start` of `data` (comments and empty lines before it are skipped). False
/// if there is none or, with `final` false, if it isn't complete.
bool SplitCsvRecord(const CsvDialect& dialect, std::string_view data, size_t start, bool final,
                    CsvRecord* record);

}  // namespace tamis
