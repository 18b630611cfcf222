// Keeps record batches in a file of its own that nobody else sees. Does not decide which.
#pragma once

#include <arrow/record_batch.h>

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "storage/storage.h"

namespace tamis {

/// Batches of one schema, without dictionaries. Append is for one thread, Read for many.
class BatchSpill {
 public:
  /// The file will be made in `directory`, which must exist, when it is needed.
  BatchSpill(std::shared_ptr<Storage> storage, std::string directory)
      : storage_(std::move(storage)), directory_(std::move(directory)) {}

  /// Where a batch is in the file.
  struct Part {
    int64_t offset = 0;
    int64_t size_bytes = 0;
  };
  Result<Part> Append(const arrow::RecordBatch& batch);
  Result<std::shared_ptr<arrow::RecordBatch>> Read(
      const Part& part, const std::shared_ptr<arrow::Schema>& schema) const;

 private:
  Status Open();

  std::shared_ptr<Storage> storage_;
  std::string directory_;
  std::unique_ptr<WritableFile> writer_;
  std::shared_ptr<ReadableFile> reader_;
  int64_t size_bytes_ = 0;
};

}  // namespace tamis
