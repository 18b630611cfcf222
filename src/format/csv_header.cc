// Looks at the first bytes of a CSV file. Does not match names to a contract.
#include "format/csv_header.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "base/memory.h"
#include "format/csv_columns.h"

namespace tamis {
namespace {

constexpr int64_t kHeadBytes = 64 << 10;
constexpr int64_t kHeadBytesMax = 16 << 20;
constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

struct Magic {
  std::string_view bytes;
  const char* what;
  const char* hint;
};

using std::string_view_literals::operator""sv;

constexpr std::array kMagics = {
    Magic{"PAR1"sv, "a Parquet file", "use format parquet"},
    Magic{"ARROW1"sv, "an Arrow file", "use format arrow"},
    Magic{"ORC"sv, "an ORC file", "use format orc"},
    Magic{"Obj\x01"sv, "an Avro file", "convert it to CSV or Parquet first"},
    Magic{"PK\x03\x04"sv, "a zip archive or an Excel workbook", "unpack it, or export it as CSV"},
    Magic{"\xD0\xCF\x11\xE0"sv, "an old Excel workbook", "export it as CSV"},
    Magic{"\x7F"
          "ELF"sv,
          "a program (ELF)", "name a text file"},
    Magic{"SQLite format 3"sv, "an SQLite database", "export the table as CSV"},
    Magic{"%PDF"sv, "a PDF document", "name a text file"},
    Magic{"BZh"sv, "compressed with bzip2", "use gzip or zstd"},
    Magic{"\xFD"
          "7zXZ\0"sv,
          "compressed with xz", "use gzip or zstd"},
    Magic{"\x04\x22\x4D\x18"sv, "compressed with lz4", "use gzip or zstd"},
    Magic{"7z\xBC\xAF\x27\x1C"sv, "a 7z archive", "unpack it"},
    Magic{"\xFF\xFE"sv, "UTF-16 text", "convert it to UTF-8, such as with iconv"},
    Magic{"\xFE\xFF"sv, "UTF-16 text", "convert it to UTF-8, such as with iconv"},
};

Status NotCsv(const std::string& name, const std::string& what, const std::string& hint) {
  return DataError(name + ": not a CSV file, it seems to be " + what, hint);
}

/// ORC and BZh are also how a header may begin: they count only if control bytes follow.
bool IsBinaryMagic(std::string_view head, const Magic& magic) {
  if (!head.starts_with(magic.bytes)) return false;
  const std::string_view begin = head.substr(0, 64);
  return std::any_of(begin.begin(), begin.end(), [](char c) {
    const uint8_t byte = static_cast<uint8_t>(c);
    return byte >= 0x80 || (byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n');
  });
}

Status CheckIsText(const CsvInput& input) {
  for (const Magic& magic : kMagics) {
    if (IsBinaryMagic(input.head, magic)) return NotCsv(input.name, magic.what, magic.hint);
  }
  return Status::OK();
}

/// Reads on until the head has `bytes` bytes or the input ends.
Status ReadHead(CsvInput* input, int64_t bytes) {
  const int64_t had = static_cast<int64_t>(input->head.size());
  input->head.resize(static_cast<size_t>(bytes));
  char* to = input->head.data() + had;
  ARROW_ASSIGN_OR_RAISE(int64_t got, input->stream ? input->stream->Read(bytes - had, to)
                                                   : input->file->ReadAt(had, bytes - had, to));
  input->head.resize(static_cast<size_t>(had + got));
  input->head_is_all = got < bytes - had;
  return Status::OK();
}

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
  return NotCsv(input.name,
                "something else: no header ends within the first " + FormatByteSize(kHeadBytesMax),
                "");
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

Result<bool> IsPipe(const std::shared_ptr<Storage>& storage, const std::string& path) {
  if (path == "-") return true;
  ARROW_ASSIGN_OR_RAISE(FileInfo info, storage->Stat(path));
  return info.is_special;
}

Result<CsvInput> OpenCsvInput(const std::shared_ptr<Storage>& storage, const std::string& path) {
  CsvInput input;
  input.name = path;
  std::string magic(4, '\0');
  ARROW_ASSIGN_OR_RAISE(const bool pipe, IsPipe(storage, path));
  if (pipe) {
    ARROW_ASSIGN_OR_RAISE(auto stream, PipeStream(path));
    ARROW_ASSIGN_OR_RAISE(input.stream, DecompressIfNeeded(std::move(stream), path));
  } else {
    ARROW_ASSIGN_OR_RAISE(input.file, storage->OpenRead(path));
    ARROW_ASSIGN_OR_RAISE(int64_t got, input.file->ReadAt(0, 4, magic.data()));
    magic.resize(static_cast<size_t>(got));
    const Compression compression = DetectCompression(magic);
    if (compression != Compression::kNone) {
      ARROW_ASSIGN_OR_RAISE(input.stream,
                            Decompress(FileStream(std::move(input.file)), compression, path));
      input.file = nullptr;
    }
  }
  ARROW_RETURN_NOT_OK(ReadHead(&input, kHeadBytes));
  ARROW_RETURN_NOT_OK(CheckIsText(input));
  return input;
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
        return NotCsv(input->name, "binary or UTF-16: its header has NUL bytes",
                      "convert it to UTF-8 text");
      }
      header.fault_bits = record.fault_bits;
      if (record.fault_bits & kCsvOpenQuote) return BrokenQuote(header);
      return header;
    }
    const int64_t size = static_cast<int64_t>(input->head.size());
    if (input->head_is_all || size >= kHeadBytesMax) return NoHeader(*input, format);
    ARROW_RETURN_NOT_OK(ReadHead(input, size * 4));
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
