// Looks at first bytes. See text_input.h.
#include "format/text_input.h"

#include <algorithm>
#include <array>

namespace tamis {
namespace {

constexpr int64_t kHeadBytes = 64 << 10;

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

/// ORC and BZh are also how a header may begin: they count only if control bytes follow.
bool IsBinaryMagic(std::string_view head, const Magic& magic) {
  if (!head.starts_with(magic.bytes)) return false;
  const std::string_view begin = head.substr(0, 64);
  return std::any_of(begin.begin(), begin.end(), [](char c) {
    const uint8_t byte = static_cast<uint8_t>(c);
    return byte >= 0x80 || (byte < 0x20 && byte != '\t' && byte != '\r' && byte != '\n');
  });
}

Status CheckIsText(const TextInput& input, const std::string& kind) {
  for (const Magic& magic : kMagics) {
    if (IsBinaryMagic(input.head, magic))
      return NotThatText(input.name, kind, magic.what, magic.hint);
  }
  return Status::OK();
}

}  // namespace

Status NotThatText(const std::string& name, const std::string& kind, const std::string& what,
                   const std::string& hint) {
  return DataError(name + ": not a " + kind + " file, it seems to be " + what, hint);
}

Status ReadTextHead(TextInput* input, int64_t bytes) {
  const int64_t had = static_cast<int64_t>(input->head.size());
  input->head.resize(static_cast<size_t>(bytes));
  char* to = input->head.data() + had;
  ARROW_ASSIGN_OR_RAISE(int64_t got, input->stream ? input->stream->Read(bytes - had, to)
                                                   : input->file->ReadAt(had, bytes - had, to));
  input->head.resize(static_cast<size_t>(had + got));
  input->head_is_all = got < bytes - had;
  return Status::OK();
}

Result<bool> IsPipe(const std::shared_ptr<Storage>& storage, const std::string& path) {
  if (path == "-") return true;
  ARROW_ASSIGN_OR_RAISE(FileInfo info, storage->Stat(path));
  return info.is_special;
}

Result<TextInput> OpenTextInput(const std::shared_ptr<Storage>& storage, const std::string& path,
                                const std::string& kind) {
  TextInput input;
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
  ARROW_RETURN_NOT_OK(ReadTextHead(&input, kHeadBytes));
  ARROW_RETURN_NOT_OK(CheckIsText(input, kind));
  return input;
}

}  // namespace tamis
