// Arrow IPC files. See ipc_sink.h.
#include "format/ipc_sink.h"

#include <arrow/io/interfaces.h>
#include <arrow/ipc/writer.h>

#include <utility>

#include "base/dictionary.h"
#include "format/arrow_io.h"
#include "format/ordered_chunks.h"
#include "format/parquet_values.h"

namespace tamis {
namespace {

class IpcSink : public Sink {
 public:
  IpcSink(std::unique_ptr<WritableFile> file, const IpcSinkOptions& options)
      : file_(std::move(file)),
        options_(options),
        stream_(ArrowWritable(file_.get())),
        order_(options.ahead_bytes_max, options.stop,
               [this](const std::shared_ptr<arrow::RecordBatch>& batch) { return Take(*batch); }) {}

  // The format allows one dictionary a column, where batches come with one each: columns are
  // stored as their values.
  Status Open(const arrow::Schema& schema) {
    arrow::FieldVector fields;
    for (const auto& field : schema.fields()) {
      const arrow::DataType& type = *field->type();
      bool is_encoded = type.id() == arrow::Type::DICTIONARY;
      fields.push_back(
          is_encoded ? field->WithType(static_cast<const arrow::DictionaryType&>(type).value_type())
                     : field);
    }
    schema_ = arrow::schema(std::move(fields), schema.metadata());
    ARROW_ASSIGN_OR_RAISE(writer_, arrow::ipc::MakeFileWriter(stream_, schema_));
    return Status::OK();
  }

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    return order_.Put(index, batch);
  }

  Status Finish() override {
    ARROW_RETURN_NOT_OK(order_.Finish());
    ARROW_RETURN_NOT_OK(writer_->Close());
    if (options_.is_synced) ARROW_RETURN_NOT_OK(file_->Sync());
    return stream_->Close();
  }

 private:
  Status Take(const arrow::RecordBatch& batch) {
    if (batch.num_rows() == 0) return Status::OK();
    arrow::ArrayVector columns = batch.columns();
    for (auto& column : columns) {
      ARROW_ASSIGN_OR_RAISE(column, DecodeDictionary(column));
    }
    return writer_->WriteRecordBatch(
        *arrow::RecordBatch::Make(schema_, batch.num_rows(), std::move(columns)));
  }

  std::unique_ptr<WritableFile> file_;
  IpcSinkOptions options_;
  std::shared_ptr<arrow::io::OutputStream> stream_;
  std::shared_ptr<arrow::Schema> schema_;
  std::shared_ptr<arrow::ipc::RecordBatchWriter> writer_;
  OrderedChunks order_;
};

}  // namespace

Result<std::unique_ptr<Sink>> OpenIpcSink(std::unique_ptr<WritableFile> file,
                                          const std::shared_ptr<arrow::Schema>& schema,
                                          const IpcSinkOptions& options) {
  auto sink = std::make_unique<IpcSink>(std::move(file), options);
  ARROW_RETURN_NOT_OK(sink->Open(*schema));
  return sink;
}

}  // namespace tamis
