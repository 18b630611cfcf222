// Reads a text that errors can point into: a contract, a pipeline, a DDL file. Not for data: that
// comes through src/storage.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"

namespace tamis {

/// The largest text that ReadSourceText takes.
inline constexpr int64_t kSourceTextBytesMax = 16 << 20;

/// Reads the file at `path`, whose name messages will use as it is given. IoError when it is
/// missing, a directory, unreadable or larger than kSourceTextBytesMax; UsageError when it is not
/// UTF-8 text (see CheckSourceText).
Result<std::shared_ptr<const SourceText>> ReadSourceText(const std::string& path);

/// UsageError with the place of the first byte that no text file has: NUL, another control byte
/// than tab, line feed, carriage return or form feed, or invalid UTF-8.
Status CheckSourceText(const std::shared_ptr<const SourceText>& source);

}  // namespace tamis
