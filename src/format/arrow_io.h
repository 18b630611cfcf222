// Lets Arrow read and write the files of storage/storage.h. Does not open them.
#pragma once

#include <arrow/io/interfaces.h>

#include <memory>
#include <string>

#include "storage/storage.h"

namespace tamis {

/// `file` as Arrow's readers want it; keeps it open as long as it lives.
std::shared_ptr<arrow::io::RandomAccessFile> ArrowReadable(std::shared_ptr<ReadableFile> file);

/// `file` as Arrow's writers want it; Close closes `file`, which must outlive it.
std::shared_ptr<arrow::io::OutputStream> ArrowWritable(WritableFile* file);

}  // namespace tamis
