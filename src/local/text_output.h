// One text file as an output, compressed if its name says so. Does not make the text.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "dataset/file_output.h"
#include "storage/storage.h"

namespace tamis {

/// As FileOutput::Open. A name that ends in .gz or .zst makes a compressed file, of what is
/// appended, by `threads` threads: it can't be written at offsets.
Result<std::unique_ptr<FileOutput>> OpenTextOutput(const std::shared_ptr<Storage>& storage,
                                                   const std::string& path,
                                                   const std::string& run_id, bool durable,
                                                   int threads);

}  // namespace tamis
