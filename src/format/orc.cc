// ORC by Arrow's adapter. See orc.h.
#include "format/orc.h"

#include <arrow/adapters/orc/adapter.h>
#include <arrow/record_batch.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "base/dictionary.h"
#include "base/suggest.h"
#include "format/arrow_io.h"
#include "format/ordered_chunks.h"
#include "format/parquet_values.h"

namespace tamis {
namespace {

namespace orc = arrow::adapters::orc;

// What Arrow says about bytes that it can't read, as an error about the file.
Status Explain(const std::string& path, const Status& status) {
  if (status.ok() || status.detail() != nullptr || status.IsOutOfMemory()) return status;
  return DataError(path + ": not a readable ORC file: " + status.message(),
                   "is it complete, and is its format the right one?");
}

class OrcSource : public Source {
 public:
  OrcSource(std::shared_ptr<Storage> storage, std::vector<std::string> paths,
            ArrowSourceOptions options)
      : storage_(std::move(storage)), paths_(std::move(paths)), options_(std::move(options)) {}

  Status Open() {
    for (const std::string& path : paths_) {
      ARROW_ASSIGN_OR_RAISE(FileInfo info, storage_->Stat(path));
      total_bytes_ += info.size_bytes;
    }
    return OpenNext();
  }

  const std::shared_ptr<arrow::Schema>& schema() const override { return schema_; }
  int64_t TotalBytes() const override { return total_bytes_; }
  int64_t ReadBytes() const override { return read_bytes_.load(std::memory_order_relaxed); }

  Result<std::optional<Chunk>> Next() override {
    std::lock_guard lock(mutex_);
    while (reader_) {
      std::shared_ptr<arrow::RecordBatch> batch;
      ARROW_RETURN_NOT_OK(Explain(path_, reader_->ReadNext(&batch)));
      if (!batch) {
        ARROW_RETURN_NOT_OK(OpenNext());
        continue;
      }
      ARROW_RETURN_NOT_OK(Explain(path_, batch->ValidateFull()));
      Chunk chunk;
      chunk.index = next_index_++;
      ARROW_ASSIGN_OR_RAISE(chunk.batch, InOrder(*batch));
      chunk.file = path_;
      chunk.first_row = file_row_;
      file_row_ += batch->num_rows();
      return chunk;
    }
    return std::nullopt;
  }

 private:
  // The next file; no reader after the last one.
  Status OpenNext() {
    if (file_) read_bytes_.fetch_add(file_->size_bytes(), std::memory_order_relaxed);
    reader_.reset();
    if (at_ == paths_.size()) return Status::OK();
    path_ = paths_[at_++];
    file_row_ = 0;
    ARROW_ASSIGN_OR_RAISE(file_, storage_->OpenRead(path_));
    auto opened = orc::ORCFileReader::Open(ArrowReadable(file_), arrow::default_memory_pool());
    ARROW_RETURN_NOT_OK(Explain(path_, opened.status()));
    orc_ = std::move(*opened);
    auto schema = orc_->ReadSchema();
    ARROW_RETURN_NOT_OK(Explain(path_, schema.status()));
    ARROW_RETURN_NOT_OK(UseSchema(**schema));
    auto reader = orc_->GetRecordBatchReader(options_.chunk_rows, options_.columns);
    ARROW_RETURN_NOT_OK(Explain(path_, reader.status()));
    reader_ = std::move(*reader);
    return Status::OK();
  }

  Status UseSchema(const arrow::Schema& schema) {
    arrow::FieldVector fields = schema.fields();
    if (!options_.columns.empty()) {
      fields.clear();
      for (const std::string& name : options_.columns) {
        const auto field = schema.GetFieldByName(name);
        if (!field) {
          return UsageError(path_ + ": no column " + name, DidYouMean(name, schema.field_names()));
        }
        fields.push_back(field);
      }
    }
    auto wanted = arrow::schema(std::move(fields));
    if (!schema_) schema_ = wanted;
    if (schema_->Equals(*wanted, /*check_metadata=*/false)) return Status::OK();
    return DataError(path_ + ": its columns differ from those of " + paths_[0],
                     "read files of different columns one by one");
  }

  // Arrow hands columns out in the order of the file.
  Result<std::shared_ptr<arrow::RecordBatch>> InOrder(const arrow::RecordBatch& batch) const {
    arrow::ArrayVector columns;
    for (const auto& field : schema_->fields()) {
      auto column = batch.GetColumnByName(field->name());
      if (!column) return Status::Invalid("ORC lost column ", field->name());
      columns.push_back(std::move(column));
    }
    return arrow::RecordBatch::Make(schema_, batch.num_rows(), std::move(columns));
  }

  std::shared_ptr<Storage> storage_;
  std::vector<std::string> paths_;
  ArrowSourceOptions options_;
  std::shared_ptr<arrow::Schema> schema_;
  int64_t total_bytes_ = 0;
  std::atomic<int64_t> read_bytes_ = 0;
  std::mutex mutex_;
  size_t at_ = 0;  // the next file
  std::string path_;
  std::shared_ptr<ReadableFile> file_;
  std::unique_ptr<orc::ORCFileReader> orc_;
  std::shared_ptr<arrow::RecordBatchReader> reader_;
  int64_t file_row_ = 0;
  int64_t next_index_ = 0;
};

bool HasOrc(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::BOOL:
    case arrow::Type::INT8:
    case arrow::Type::INT16:
    case arrow::Type::INT32:
    case arrow::Type::INT64:
    case arrow::Type::FLOAT:
    case arrow::Type::DOUBLE:
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
    case arrow::Type::DATE32:
    case arrow::Type::TIMESTAMP:
    case arrow::Type::DECIMAL128:
      return true;
    case arrow::Type::LIST:
    case arrow::Type::STRUCT:
    case arrow::Type::MAP:
      return std::all_of(type.fields().begin(), type.fields().end(),
                         [](const auto& field) { return HasOrc(*field->type()); });
    default:
      return false;
  }
}

class OrcSink : public Sink {
 public:
  OrcSink(std::unique_ptr<WritableFile> file, const OrcSinkOptions& options)
      : file_(std::move(file)),
        options_(options),
        stream_(ArrowWritable(file_.get())),
        order_(options.ahead_bytes_max, options.stop,
               [this](const std::shared_ptr<arrow::RecordBatch>& batch) { return Take(*batch); }) {}

  Status Open(const arrow::Schema& schema) {
    arrow::FieldVector fields;
    for (const auto& field : schema.fields()) {
      fields.push_back(field->WithType(DictionaryValueType(field->type())));
      if (HasOrc(*fields.back()->type())) continue;
      return UsageError("ORC has no type for column " + field->name() + " of type " +
                            fields.back()->type()->ToString(),
                        "cast it, or write parquet");
    }
    schema_ = arrow::schema(std::move(fields));
    orc::WriteOptions write;
    write.stripe_size = options_.stripe_bytes;
    write.compression = options_.codec == OrcCodec::kNone     ? arrow::Compression::UNCOMPRESSED
                        : options_.codec == OrcCodec::kSnappy ? arrow::Compression::SNAPPY
                                                              : arrow::Compression::ZSTD;
    return orc::ORCFileWriter::Open(stream_.get(), write).Value(&writer_);
  }

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    return order_.Put(index, batch);
  }

  Status Finish() override {
    ARROW_RETURN_NOT_OK(order_.Finish());
    // The schema is told with the first rows: a file without any needs a batch without any.
    if (!has_rows_) {
      ARROW_ASSIGN_OR_RAISE(auto empty, arrow::RecordBatch::MakeEmpty(schema_));
      ARROW_RETURN_NOT_OK(writer_->Write(*empty));
    }
    ARROW_RETURN_NOT_OK(writer_->Close());
    return stream_->Close();
  }

 private:
  Status Take(const arrow::RecordBatch& batch) {
    if (batch.num_rows() == 0) return Status::OK();
    has_rows_ = true;
    arrow::ArrayVector columns = batch.columns();
    for (auto& column : columns) {
      ARROW_ASSIGN_OR_RAISE(column, DecodeDictionary(column));
    }
    return writer_->Write(*arrow::RecordBatch::Make(schema_, batch.num_rows(), std::move(columns)));
  }

  std::unique_ptr<WritableFile> file_;
  OrcSinkOptions options_;
  std::shared_ptr<arrow::io::OutputStream> stream_;
  std::shared_ptr<arrow::Schema> schema_;
  std::unique_ptr<orc::ORCFileWriter> writer_;
  bool has_rows_ = false;
  OrderedChunks order_;
};

}  // namespace

Result<std::unique_ptr<Source>> OpenOrcSource(const std::shared_ptr<Storage>& storage,
                                              const std::vector<std::string>& paths,
                                              const ArrowSourceOptions& options) {
  if (paths.empty()) return Status::Invalid("no ORC file");
  auto source = std::make_unique<OrcSource>(storage, paths, options);
  ARROW_RETURN_NOT_OK(source->Open());
  return source;
}

Result<std::unique_ptr<Sink>> OpenOrcSink(std::unique_ptr<WritableFile> file,
                                          const std::shared_ptr<arrow::Schema>& schema,
                                          const OrcSinkOptions& options) {
  auto sink = std::make_unique<OrcSink>(std::move(file), options);
  ARROW_RETURN_NOT_OK(sink->Open(*schema));
  return sink;
}

}  // namespace tamis
