// Makes and prints errors. See status.h.
#include "base/status.h"

#include <algorithm>
#include <cstring>

#include "base/printable.h"

namespace tamis {
namespace {

constexpr size_t kSnippetBytesMax = 120;

Status MakeError(arrow::StatusCode code, ExitCode exit_code, Place place, std::string message,
                 std::string hint) {
  return Status(code, std::move(message),
                std::make_shared<ErrorDetail>(exit_code, std::move(place), std::move(hint)));
}

const ErrorDetail* DetailOf(const Status& status) {
  return dynamic_cast<const ErrorDetail*>(status.detail().get());
}

const char* HintForErrno(int error_number) {
  switch (error_number) {
    case ENOENT:
      return "check the path; it is taken relative to the current directory";
    case EACCES:
    case EPERM:
      return "check the permissions of the file and of the folders above it";
    case ENOSPC:
    case EDQUOT:
      return "free some space or choose another target; what was published before is unchanged";
    case EFBIG:
      return "raise the limit of file sizes (ulimit -f), or choose another target";
    case EISDIR:
      return "a file is expected here";
    case ENOTDIR:
      return "a folder is expected here";
    default:
      return "";
  }
}

}  // namespace

std::string Place::ToString() const {
  std::string out = source ? source->name : std::string();
  if (line > 0) {
    out += (out.empty() ? "line " : ":") + std::to_string(line);
    if (column > 0) out += ":" + std::to_string(column);
  }
  return out;
}

std::string Place::Snippet() const {
  if (!source || line <= 0 || source->text.empty()) return "";
  size_t begin = 0;
  for (int64_t at = 1; at < line; ++at) {
    begin = source->text.find('\n', begin);
    if (begin == std::string::npos) return "";
    ++begin;
  }
  size_t end = std::min(source->text.find('\n', begin), source->text.size());
  std::string text = source->text.substr(begin, end - begin);
  if (!text.empty() && text.back() == '\r') text.pop_back();
  size_t caret = column > 0 ? static_cast<size_t>(column - 1) : 0;
  if (caret > text.size()) caret = text.size();
  if (text.size() > kSnippetBytesMax) {
    size_t from = caret > kSnippetBytesMax / 2 ? caret - kSnippetBytesMax / 2 : 0;
    text = text.substr(from, kSnippetBytesMax);
    caret -= from;
  }
  std::string pad;
  for (char c : PrintableLines(text.substr(0, caret))) {
    if (c == '\t') pad += '\t';
    if (c != '\t' && (static_cast<unsigned char>(c) & 0xC0) != 0x80) pad += ' ';
  }
  std::string out = "  " + PrintableLines(text) + "\n";
  if (column > 0) out += "  " + pad + "^\n";
  return out;
}

Place PlaceOf(std::shared_ptr<const SourceText> source, size_t offset) {
  Place place;
  offset = std::min(offset, source->text.size());
  auto begin = source->text.begin();
  place.line = 1 + std::count(begin, begin + static_cast<int64_t>(offset), '\n');
  size_t newline = offset == 0 ? std::string::npos : source->text.rfind('\n', offset - 1);
  place.column = static_cast<int64_t>(newline == std::string::npos ? offset + 1 : offset - newline);
  place.source = std::move(source);
  return place;
}

std::string ErrorDetail::ToString() const {
  std::string where = place_.ToString();
  return where.empty() ? hint_ : where + (hint_.empty() ? "" : " (" + hint_ + ")");
}

Status UsageError(std::string message, std::string hint) {
  return UsageErrorAt(Place{}, std::move(message), std::move(hint));
}

Status UsageErrorAt(Place place, std::string message, std::string hint) {
  return MakeError(arrow::StatusCode::Invalid, ExitCode::kUsage, std::move(place),
                   std::move(message), std::move(hint));
}

Status DataError(std::string message, std::string hint) {
  return DataErrorAt(Place{}, std::move(message), std::move(hint));
}

Status DataErrorAt(Place place, std::string message, std::string hint) {
  return MakeError(arrow::StatusCode::Invalid, ExitCode::kDataFailed, std::move(place),
                   std::move(message), std::move(hint));
}

Status IoError(std::string_view path, std::string message, std::string hint) {
  std::string whole = path.empty() ? std::move(message) : std::string(path) + ": " + message;
  return MakeError(arrow::StatusCode::IOError, ExitCode::kIo, Place{}, std::move(whole),
                   std::move(hint));
}

Status IoErrorFromErrno(std::string_view path, int error_number) {
  std::string message = std::strerror(error_number);
  if (!message.empty())
    message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  return IoError(path, std::move(message), HintForErrno(error_number));
}

Status Interrupted() {
  return MakeError(arrow::StatusCode::Cancelled, ExitCode::kInterrupted, Place{},
                   "interrupted; what was published before is unchanged", "");
}

ExitCode ExitCodeOf(const Status& status) {
  if (status.ok()) return ExitCode::kDone;
  if (const ErrorDetail* detail = DetailOf(status)) return detail->exit_code();
  return status.IsIOError() || status.IsOutOfMemory() ? ExitCode::kIo : ExitCode::kUsage;
}

std::string FormatError(const Status& status) {
  std::string out;
  const ErrorDetail* detail = DetailOf(status);
  if (detail) {
    std::string where = detail->place().ToString();
    if (!where.empty()) out += Printable(where) + ": ";
  }
  out += PrintableLines(status.message());
  if (detail && !detail->hint().empty()) out += " (" + PrintableLines(detail->hint()) + ")";
  out += "\n";
  if (detail) out += detail->place().Snippet();
  return out;
}

}  // namespace tamis
