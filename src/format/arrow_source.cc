// Parquet and Arrow IPC through Arrow's readers. See arrow_source.h.
#include "format/arrow_source.h"

#include <arrow/ipc/reader.h>
#include <arrow/record_batch.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <utility>

#include "base/suggest.h"
#include "format/arrow_io.h"

namespace tamis {
namespace {

// What Arrow says about bytes that it can't read, as an error about the file. Errors of storage
// pass as they are.
Status Explain(const std::string& path, std::string_view kind, const Status& status) {
  if (status.ok() || status.detail() != nullptr) return status;
  if (status.IsOutOfMemory()) return status;
  std::string message = path + ": not a readable " + std::string(kind) + " file: ";
  return DataError(message + status.message(), "is it complete, and is its format the right one?");
}

// Indices of the columns to read, in the order that the user wants.
Result<std::vector<int>> SelectColumns(const arrow::Schema& schema, const std::string& path,
                                       const std::vector<std::string>& names) {
  std::vector<int> out;
  for (const std::string& name : names) {
    int index = schema.GetFieldIndex(name);
    if (index < 0) {
      std::vector<std::string> known = schema.field_names();
      return UsageError("unknown column: " + name + " in " + path, DidYouMean(name, known));
    }
    out.push_back(index);
  }
  if (names.empty()) {
    for (int i = 0; i < schema.num_fields(); ++i) out.push_back(i);
  }
  return out;
}

Result<std::shared_ptr<arrow::Schema>> Project(const arrow::Schema& schema,
                                               const std::vector<int>& columns) {
  arrow::FieldVector fields;
  for (int column : columns) fields.push_back(schema.field(column));
  return arrow::schema(std::move(fields));
}

Status CheckSameSchema(const arrow::Schema& first, const arrow::Schema& other,
                       const std::string& first_path, const std::string& path) {
  if (first.Equals(other, /*check_metadata=*/false)) return Status::OK();
  for (int i = 0; i < std::max(first.num_fields(), other.num_fields()); ++i) {
    if (i < first.num_fields() && i < other.num_fields() &&
        first.field(i)->Equals(*other.field(i), /*check_metadata=*/false)) {
      continue;
    }
    std::string has = i < other.num_fields() ? other.field(i)->ToString() : "no such column";
    std::string wants = i < first.num_fields() ? first.field(i)->ToString() : "no such column";
    return DataError(path + ": column " + std::to_string(i + 1) + " is " + has + ", but " + wants +
                     " in " + first_path);
  }
  return Status::OK();
}

// Columns of one top-level field have numbers of their own among the leaves.
void CollectLeaves(const parquet::arrow::SchemaField& field, std::vector<int>* out) {
  if (field.column_index >= 0) out->push_back(field.column_index);
  for (const auto& child : field.children) CollectLeaves(child, out);
}

// One Parquet file: its footer, read once, and what its readers share.
struct ParquetInput {
  std::string path;
  std::shared_ptr<ReadableFile> file;
  std::shared_ptr<parquet::FileMetaData> metadata;
};

// One row group: its chunks are read one after another, by one thread at a time.
struct RowGroupInput {
  const ParquetInput* input = nullptr;
  int row_group = 0;
  int64_t first_index = 0;  // of its chunks
  int64_t first_row = 0;    // in its file
  int64_t row_count = 0;
  int64_t size_bytes = 0;
  int64_t rows_read = 0;
  std::unique_ptr<parquet::arrow::FileReader> reader;
  std::unique_ptr<arrow::RecordBatchReader> batches;
};

class ParquetSource : public Source {
 public:
  ParquetSource(std::vector<std::unique_ptr<ParquetInput>> inputs,
                const ArrowSourceOptions& options)
      : inputs_(std::move(inputs)), options_(options) {}

  Status Open() {
    for (size_t i = 0; i < inputs_.size(); ++i) {
      ParquetInput& input = *inputs_[i];
      total_bytes_ += input.file->size_bytes();
      std::unique_ptr<parquet::arrow::FileReader> reader;
      ARROW_RETURN_NOT_OK(OpenReader(input, &reader));
      input.metadata = reader->parquet_reader()->metadata();
      std::shared_ptr<arrow::Schema> schema;
      ARROW_RETURN_NOT_OK(Explain(input.path, "Parquet", reader->GetSchema(&schema)));
      if (i == 0) {
        file_schema_ = schema;
        ARROW_ASSIGN_OR_RAISE(columns_, SelectColumns(*schema, input.path, options_.columns));
        ARROW_ASSIGN_OR_RAISE(schema_, Project(*schema, columns_));
        for (int column : columns_) {
          CollectLeaves(reader->manifest().schema_fields[static_cast<size_t>(column)], &leaves_);
        }
        std::sort(leaves_.begin(), leaves_.end());
      }
      ARROW_RETURN_NOT_OK(CheckSameSchema(*file_schema_, *schema, inputs_[0]->path, input.path));
      AddRowGroups(input);
    }
    return Status::OK();
  }

  const std::shared_ptr<arrow::Schema>& schema() const override { return schema_; }
  int64_t TotalBytes() const override { return total_bytes_; }
  int64_t ReadBytes() const override { return read_bytes_.load(std::memory_order_relaxed); }

  Result<std::optional<Chunk>> Next() override {
    std::unique_ptr<RowGroupInput> group = Claim();
    if (!group) return std::nullopt;
    const std::string& path = group->input->path;
    if (!group->batches) {
      ARROW_RETURN_NOT_OK(OpenReader(*group->input, &group->reader));
      auto batches = group->reader->GetRecordBatchReader({group->row_group}, leaves_);
      ARROW_RETURN_NOT_OK(Explain(path, "Parquet", batches.status()));
      group->batches = std::move(*batches);
    }
    int64_t rows = std::min(options_.chunk_rows, group->row_count - group->rows_read);
    auto batch = ReadRows(group->batches.get(), rows);
    ARROW_RETURN_NOT_OK(Explain(path, "Parquet", batch.status()));
    Chunk chunk;
    chunk.index = group->first_index + group->rows_read / options_.chunk_rows;
    ARROW_ASSIGN_OR_RAISE(chunk.batch, InOrder(**batch));
    chunk.file = path;
    chunk.first_row = group->first_row + group->rows_read;
    read_bytes_.fetch_add(group->size_bytes * rows / group->row_count, std::memory_order_relaxed);
    group->rows_read += rows;
    if (group->rows_read < group->row_count) {
      std::unique_lock lock(mutex_);
      int64_t key = group->first_index;
      idle_.emplace(key, std::move(group));
    }
    return chunk;
  }

 private:
  Status OpenReader(const ParquetInput& input,
                    std::unique_ptr<parquet::arrow::FileReader>* out) const {
    parquet::arrow::FileReaderBuilder builder;
    ARROW_RETURN_NOT_OK(
        Explain(input.path, "Parquet",
                builder.Open(ArrowReadable(input.file), parquet::default_reader_properties(),
                             input.metadata)));
    parquet::ArrowReaderProperties properties(/*use_threads=*/false);
    properties.set_batch_size(options_.chunk_rows);
    properties.set_pre_buffer(false);
    return Explain(input.path, "Parquet", builder.properties(properties)->Build(out));
  }

  void AddRowGroups(const ParquetInput& input) {
    int64_t first_row = 0;
    for (int i = 0; i < input.metadata->num_row_groups(); ++i) {
      auto meta = input.metadata->RowGroup(i);
      if (meta->num_rows() <= 0) continue;
      auto group = std::make_unique<RowGroupInput>();
      group->input = &input;
      group->row_group = i;
      group->first_index = chunk_count_;
      group->first_row = first_row;
      first_row += meta->num_rows();
      group->row_count = meta->num_rows();
      group->size_bytes = meta->total_compressed_size();
      chunk_count_ += (group->row_count + options_.chunk_rows - 1) / options_.chunk_rows;
      int64_t key = group->first_index;
      idle_.emplace(key, std::move(group));
    }
  }

  // The first row group that no other thread reads, so that chunks come about in order.
  std::unique_ptr<RowGroupInput> Claim() {
    std::unique_lock lock(mutex_);
    if (idle_.empty()) return nullptr;
    return std::move(idle_.extract(idle_.begin()).mapped());
  }

  // Exactly `rows` rows: chunk indices were given away on the promise of the footer.
  static Result<std::shared_ptr<arrow::RecordBatch>> ReadRows(arrow::RecordBatchReader* reader,
                                                              int64_t rows) {
    arrow::RecordBatchVector batches;
    int64_t read = 0;
    while (read < rows) {
      std::shared_ptr<arrow::RecordBatch> batch;
      ARROW_RETURN_NOT_OK(reader->ReadNext(&batch));
      if (!batch) return Status::Invalid("fewer rows than its footer says");
      read += batch->num_rows();
      batches.push_back(std::move(batch));
    }
    if (read > rows) return Status::Invalid("more rows than its footer says");
    if (batches.size() == 1) return batches[0];
    return arrow::ConcatenateRecordBatches(batches);
  }

  // Columns were asked for, and came, in the order of the file.
  Result<std::shared_ptr<arrow::RecordBatch>> InOrder(const arrow::RecordBatch& batch) const {
    arrow::ArrayVector arrays;
    std::vector<int> sorted = columns_;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    for (int column : columns_) {
      auto at = std::lower_bound(sorted.begin(), sorted.end(), column) - sorted.begin();
      arrays.push_back(batch.column(static_cast<int>(at)));
    }
    return arrow::RecordBatch::Make(schema_, batch.num_rows(), std::move(arrays));
  }

  std::vector<std::unique_ptr<ParquetInput>> inputs_;
  ArrowSourceOptions options_;
  std::shared_ptr<arrow::Schema> file_schema_;
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<int> columns_;  // top-level fields
  std::vector<int> leaves_;
  int64_t total_bytes_ = 0;
  int64_t chunk_count_ = 0;
  std::atomic<int64_t> read_bytes_ = 0;
  std::mutex mutex_;
  std::map<int64_t, std::unique_ptr<RowGroupInput>> idle_;  // by first_index
};

// One Arrow IPC file: with a footer, or a stream.
struct IpcInput {
  std::string path;
  std::shared_ptr<ReadableFile> file;
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> batches;
  std::shared_ptr<arrow::ipc::RecordBatchStreamReader> stream;
  std::shared_ptr<arrow::Schema> schema;
};

constexpr std::string_view kIpcMagic = "ARROW1";

Status OpenIpc(IpcInput* input) {
  std::string magic(kIpcMagic.size(), '\0');
  ARROW_ASSIGN_OR_RAISE(int64_t bytes,
                        input->file->ReadAt(0, static_cast<int64_t>(magic.size()), magic.data()));
  auto file = ArrowReadable(input->file);
  if (bytes == static_cast<int64_t>(magic.size()) && magic == kIpcMagic) {
    auto reader = arrow::ipc::RecordBatchFileReader::Open(file);
    ARROW_RETURN_NOT_OK(Explain(input->path, "Arrow IPC", reader.status()));
    input->batches = *reader;
    input->schema = input->batches->schema();
    return Status::OK();
  }
  auto reader = arrow::ipc::RecordBatchStreamReader::Open(file);
  ARROW_RETURN_NOT_OK(Explain(input->path, "Arrow IPC", reader.status()));
  input->stream = *reader;
  input->schema = input->stream->schema();
  return Status::OK();
}

class IpcSource : public Source {
 public:
  IpcSource(std::vector<IpcInput> inputs, const ArrowSourceOptions& options)
      : inputs_(std::move(inputs)), options_(options) {}

  Status Open() {
    for (IpcInput& input : inputs_) {
      total_bytes_ += input.file->size_bytes();
      ARROW_RETURN_NOT_OK(OpenIpc(&input));
      ARROW_RETURN_NOT_OK(
          CheckSameSchema(*inputs_[0].schema, *input.schema, inputs_[0].path, input.path));
    }
    const IpcInput& first = inputs_[0];
    ARROW_ASSIGN_OR_RAISE(columns_, SelectColumns(*first.schema, first.path, options_.columns));
    ARROW_ASSIGN_OR_RAISE(schema_, Project(*first.schema, columns_));
    return Status::OK();
  }

  const std::shared_ptr<arrow::Schema>& schema() const override { return schema_; }
  int64_t TotalBytes() const override { return total_bytes_; }
  int64_t ReadBytes() const override { return read_bytes_.load(std::memory_order_relaxed); }

  // Reading is little more than a copy, so that one thread at a time is fast enough.
  Result<std::optional<Chunk>> Next() override {
    std::unique_lock lock(mutex_);
    while (!batch_ || row_ >= batch_->num_rows()) {
      if (at_ >= inputs_.size()) return std::nullopt;
      row_ = 0;
      IpcInput& input = inputs_[at_];
      auto batch = ReadBatch(input);
      ARROW_RETURN_NOT_OK(Explain(input.path, "Arrow IPC", batch.status()));
      batch_ = *batch;
      if (batch_) continue;
      ++at_;
      batch_index_ = 0;
      file_row_ = 0;
      read_bytes_.fetch_add(input.file->size_bytes(), std::memory_order_relaxed);
    }
    int64_t rows = std::min(options_.chunk_rows, batch_->num_rows() - row_);
    Chunk chunk;
    chunk.index = next_index_++;
    chunk.batch = batch_->Slice(row_, rows);
    chunk.file = inputs_[at_].path;
    chunk.first_row = file_row_;
    row_ += rows;
    file_row_ += rows;
    return chunk;
  }

 private:
  // The next batch of a file with the columns that are wanted, checked; null at the end.
  Result<std::shared_ptr<arrow::RecordBatch>> ReadBatch(IpcInput& input) {
    std::shared_ptr<arrow::RecordBatch> batch;
    if (input.stream) {
      ARROW_RETURN_NOT_OK(input.stream->ReadNext(&batch));
    } else if (batch_index_ < input.batches->num_record_batches()) {
      ARROW_ASSIGN_OR_RAISE(batch, input.batches->ReadRecordBatch(batch_index_++));
    }
    if (!batch) return batch;
    ARROW_ASSIGN_OR_RAISE(batch, batch->SelectColumns(columns_));
    // Arrow believes what a file says of its own offsets and lengths.
    ARROW_RETURN_NOT_OK(batch->ValidateFull());
    return batch->ReplaceSchemaMetadata(nullptr);
  }

  std::vector<IpcInput> inputs_;
  ArrowSourceOptions options_;
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<int> columns_;
  int64_t total_bytes_ = 0;
  std::atomic<int64_t> read_bytes_ = 0;
  std::mutex mutex_;
  size_t at_ = 0;        // the file that is being read
  int batch_index_ = 0;  // its next batch
  std::shared_ptr<arrow::RecordBatch> batch_;
  int64_t row_ = 0;       // the next one of batch_
  int64_t file_row_ = 0;  // the next one of the file
  int64_t next_index_ = 0;
};

}  // namespace

Result<std::unique_ptr<Source>> OpenParquetSource(const std::shared_ptr<Storage>& storage,
                                                  const std::vector<std::string>& paths,
                                                  const ArrowSourceOptions& options) {
  if (paths.empty()) return Status::Invalid("no Parquet file");
  std::vector<std::unique_ptr<ParquetInput>> inputs;
  for (const std::string& path : paths) {
    auto input = std::make_unique<ParquetInput>();
    input->path = path;
    ARROW_ASSIGN_OR_RAISE(input->file, storage->OpenRead(path));
    inputs.push_back(std::move(input));
  }
  auto source = std::make_unique<ParquetSource>(std::move(inputs), options);
  ARROW_RETURN_NOT_OK(source->Open());
  return source;
}

Result<std::unique_ptr<Source>> OpenIpcSource(const std::shared_ptr<Storage>& storage,
                                              const std::vector<std::string>& paths,
                                              const ArrowSourceOptions& options) {
  if (paths.empty()) return Status::Invalid("no Arrow IPC file");
  std::vector<IpcInput> inputs;
  for (const std::string& path : paths) {
    IpcInput input;
    input.path = path;
    ARROW_ASSIGN_OR_RAISE(input.file, storage->OpenRead(path));
    inputs.push_back(std::move(input));
  }
  auto source = std::make_unique<IpcSource>(std::move(inputs), options);
  ARROW_RETURN_NOT_OK(source->Open());
  return source;
}

}  // namespace tamis
