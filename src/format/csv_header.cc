// Looks at the first bytes of a CSV file. Does not match names to a contract.
#include "format/csv_header.h"

#include <algorithm>
#include <string_view>

#include "base/memory.h"
#include "format/csv_columns.h"

namespace tamis {
namespace {

constexpr int64_t kHeadBytesMax = 16 << 20;

/// Skips `lines` lines from `at`; false if the head ends before.
bool SkipLines(std::string_view head, bool head_is_all, int64_t lines, size_t* at) {
  for (; lines > 0; --lines) {
    const size_t line_end = head.find('\n', *at);
    if (line_end == std::string_view::npos && !head_is_all) return false;
    *at = std::min(line_end, head.size() - 1) + 1;
    if (*at == head.size() && head_is_all) return true;
  }
  return true;
}

Status BrokenQuote(const CsvHeader& header) {
  return DataErrorAt(header.place, "the header has a broken quote",
                     "close every quote, right before a delimiter");
}

Status NoHeader(const CsvInput& input, const FormatOptions& format) {
  if (input.head_is_all && input.head.empty()) {
    return DataError(input.name + ": empty file",
                     "a CSV file has a header line; without one say header: false");
  }
  if (input.head_is_all && format.skip_lines > 0) {
    return DataError(input.name +
                     ": no header after skip_lines: " + std::to_string(format.skip_lines));
  }
  if (input.head_is_all)
    return DataError(input.name + ": no header, only empty lines and comments");
  return NotThatText(
      input.name, "CSV",
      "something else: no header ends within the first " + FormatByteSize(kHeadBytesMax), "");
}

void FillNames(const CsvInput& input, const CsvRecord& record, bool latin1, CsvHeader* header) {
  auto text = std::make_shared<SourceText>();
  text->name = input.name;
  text->text = input.head.substr(0, record.end);
  header->place = PlaceOf(text, record.begin);
  header->names = record.values;
  if (latin1) {
    for (std::string& name : header->names) name = Latin1ToUtf8(name);
  }
  for (size_t begin : record.begins) header->places.push_back(PlaceOf(text, begin));
}

}  // namespace

Result<CsvInput> OpenCsvInput(const std::shared_ptr<Storage>& storage, const std::string& path) {
  return OpenTextInput(storage, path, "CSV");
}

Result<CsvHeader> ReadHeader(CsvInput* input, const CsvDialect& dialect,
                             const FormatOptions& format) {
  while (true) {
    size_t at = input->head.starts_with(kUtf8Bom) ? kUtf8Bom.size() : 0;
    CsvHeader header;
    CsvRecord record;
    bool found = SkipLines(input->head, input->head_is_all, format.skip_lines, &at);
    if (found && format.header) {
      found = SplitCsvRecord(dialect, input->head, at, input->head_is_all, &record);
      if (found) at = record.next;
    }
    if (found) {
      const std::string_view before = std::string_view(input->head).substr(0, at);
      header.start.offset = static_cast<int64_t>(at);
      header.start.lines = std::count(before.begin(), before.end(), '\n');
      if (!format.header) return header;
      FillNames(*input, record, format.encoding == "latin-1", &header);
      if (input->head.substr(0, record.end).find('\0') != std::string::npos) {
        return NotThatText(input->name, "CSV", "binary or UTF-16: its header has NUL bytes",
                           "convert it to UTF-8 text");
      }
      header.fault_bits = record.fault_bits;
      if (record.fault_bits & kCsvOpenQuote) return BrokenQuote(header);
      return header;
    }
    const int64_t size = static_cast<int64_t>(input->head.size());
    if (input->head_is_all || size >= kHeadBytesMax) return NoHeader(*input, format);
    ARROW_RETURN_NOT_OK(ReadTextHead(input, size * 4));
  }
}

Result<CsvHeader> ReadStrictHeader(CsvInput* input, const CsvDialect& dialect,
                                   const FormatOptions& format) {
  ARROW_ASSIGN_OR_RAISE(CsvHeader header, ReadHeader(input, dialect, format));
  if (header.fault_bits != 0) return BrokenQuote(header);
  return header;
}

Result<std::vector<std::string>> ColumnNames(const CsvInput& input, const CsvHeader& header,
                                             const CsvDialect& dialect,
                                             const FormatOptions& format) {
  if (format.header) return header.names;
  CsvRecord record;
  const auto start = static_cast<size_t>(header.start.offset);
  if (!SplitCsvRecord(dialect, input.head, start, input.head_is_all, &record)) {
    return DataError(input.name + ": no complete record to count columns in",
                     "give a contract, which says what the columns are");
  }
  std::vector<std::string> names;
  for (size_t i = 0; i < record.values.size(); ++i)
    names.push_back("column" + std::to_string(i + 1));
  return names;
}

Result<CsvDialect> DialectOf(const FormatOptions& format) {
  const CsvDialect dialect{format.delimiter, format.quote, format.escape, format.comment};
  const std::string_view used(&format.delimiter, 1);
  auto clash = [](const std::string& what) {
    return UsageError("CSV format: " + what, "each of them needs a byte of its own");
  };
  for (char c : {dialect.delimiter, dialect.quote, dialect.comment, dialect.escape}) {
    if (c == '\n' || c == '\r') return clash("a line end can't be delimiter, quote or comment");
  }
  if (used == std::string_view("\0", 1)) return clash("the delimiter can't be a NUL byte");
  if (dialect.delimiter == dialect.quote) return clash("delimiter and quote are the same");
  if (dialect.delimiter == dialect.comment) return clash("delimiter and comment are the same");
  if (dialect.quote && dialect.delimiter == dialect.escape) {
    return clash("delimiter and escape are the same");
  }
  if (dialect.quote && dialect.quote == dialect.comment) {
    return clash("quote and comment are the same");
  }
  return dialect;
}

}  // namespace tamis
