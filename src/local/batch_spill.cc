// Batches as messages of Arrow IPC, one after the other. See batch_spill.h.
#include "local/batch_spill.h"

#include <arrow/buffer.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/dictionary.h>
#include <arrow/ipc/options.h>
#include <arrow/ipc/reader.h>
#include <arrow/ipc/writer.h>

#include "storage/path.h"

namespace tamis {

Status BatchSpill::Open() {
  const std::string path = JoinPath(directory_, "batches.spill");
  ARROW_ASSIGN_OR_RAISE(writer_, storage_->OpenWrite(path));
  ARROW_ASSIGN_OR_RAISE(reader_, storage_->OpenRead(path));
  return storage_->RemoveFile(path);  // it lives as long as it is open, however the run ends
}

Result<BatchSpill::Part> BatchSpill::Append(const arrow::RecordBatch& batch) {
  if (!writer_) ARROW_RETURN_NOT_OK(Open());
  auto options = arrow::ipc::IpcWriteOptions::Defaults();
  options.use_threads = false;
  ARROW_ASSIGN_OR_RAISE(auto bytes, arrow::ipc::SerializeRecordBatch(batch, options));
  Part part{size_bytes_, bytes->size()};
  ARROW_RETURN_NOT_OK(
      writer_->Append({bytes->data_as<char>(), static_cast<size_t>(bytes->size())}));
  size_bytes_ += bytes->size();
  return part;
}

Result<std::shared_ptr<arrow::RecordBatch>> BatchSpill::Read(
    const Part& part, const std::shared_ptr<arrow::Schema>& schema) const {
  ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Buffer> bytes,
                        arrow::AllocateBuffer(part.size_bytes));
  ARROW_ASSIGN_OR_RAISE(int64_t got,
                        reader_->ReadAt(part.offset, part.size_bytes, bytes->mutable_data()));
  if (got != part.size_bytes) return IoError(directory_, "the spilled rows became shorter");
  arrow::io::BufferReader reader(bytes);
  arrow::ipc::DictionaryMemo memo;
  auto options = arrow::ipc::IpcReadOptions::Defaults();
  options.use_threads = false;
  return arrow::ipc::ReadRecordBatch(schema, &memo, options, &reader);
}

}  // namespace tamis
