// Reads and checks texts. See source_text.h.
#include "base/source_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/utf8_sequence.h"

namespace tamis {
namespace {

bool IsTextControl(unsigned char byte) {
  return byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

/// Reads all bytes of an open file, up to one more than the limit.
Result<std::string> ReadAll(int file, const std::string& path) {
  std::string text;
  char buffer[1 << 16];
  while (static_cast<int64_t>(text.size()) <= kSourceTextBytesMax) {
    const ssize_t count = read(file, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return IoErrorFromErrno(path, errno);
    if (count == 0) break;
    text.append(buffer, static_cast<size_t>(count));
  }
  return text;
}

}  // namespace

Status CheckSourceText(const std::shared_ptr<const SourceText>& source) {
  const std::string& text = source->text;
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte < 0x20 && !IsTextControl(byte)) || byte == 0x7F) {
      // A caret under a binary file's bytes would only print rubbish: say the name and the offset.
      return UsageErrorAt(Place{std::make_shared<SourceText>(SourceText{source->name, ""}), 0, 0},
                          "not a text file: control byte at offset " + std::to_string(at),
                          "a YAML or SQL text in UTF-8 is expected");
    }
    const size_t length = Utf8SequenceLength(std::string_view(text).substr(at));
    if (length == 0) {
      return UsageErrorAt(Place{std::make_shared<SourceText>(SourceText{source->name, ""}), 0, 0},
                          "not UTF-8: invalid byte at offset " + std::to_string(at),
                          "save the file as UTF-8");
    }
    at += length;
  }
  return Status::OK();
}

Result<std::shared_ptr<const SourceText>> ReadSourceText(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return IoErrorFromErrno(path, errno);
  struct stat info = {};
  Result<std::string> text = std::string();
  if (fstat(file, &info) != 0) {
    text = IoErrorFromErrno(path, errno);
  } else if (S_ISDIR(info.st_mode)) {
    text = IoErrorFromErrno(path, EISDIR);
  } else {
    // Pipes and process substitution are fine, but must be waited for.
    fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK);
    text = ReadAll(file, path);
  }
  close(file);
  ARROW_RETURN_NOT_OK(text.status());
  if (static_cast<int64_t>(text->size()) > kSourceTextBytesMax) {
    return IoError(path, "larger than 16 MB", "is this the data instead of its description?");
  }
  auto source = std::make_shared<const SourceText>(SourceText{path, std::move(*text)});
  ARROW_RETURN_NOT_OK(CheckSourceText(source));
  return source;
}

}  // namespace tamis
