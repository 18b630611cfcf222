// Small files as a whole. Not for data.
#pragma once

#include <string>
#include <string_view>

#include "storage/storage.h"

namespace tamis {

/// All bytes of a file.
Result<std::string> ReadWholeFile(Storage& storage, const std::string& path);

/// Creates or truncates a file and writes these bytes.
Status WriteWholeFile(Storage& storage, const std::string& path, std::string_view bytes);

}  // namespace tamis
