// Row groups, encoded by all threads that write. See parquet_sink.h.
#include "format/parquet_sink.h"

#include <arrow/util/byte_size.h>
#include <parquet/arrow/writer.h>
#include <parquet/metadata.h>
#include <parquet/properties.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "format/arrow_io.h"
#include "format/ordered_chunks.h"

namespace tamis {
namespace {

// Row groups that may wait to be encoded or written; each holds its rows in memory.
constexpr size_t kWaitingGroups = 1;

// Syncs and closes what a writer has finished.
Status CloseFile(WritableFile* file, bool is_synced) {
  if (is_synced) ARROW_RETURN_NOT_OK(file->Sync());
  return file->Close();
}

// A sink that uses tamis's own encoder.
class FlatParquetSink : public ParquetSink {
 public:
  FlatParquetSink(OpenParquetFile open_file, std::shared_ptr<const ParquetSchema> schema,
                  const ParquetSinkOptions& options)
      : open_file_(std::move(open_file)),
        schema_(std::move(schema)),
        options_(options),
        order_(options.ahead_bytes_max, options.stop,
               [this](const std::shared_ptr<arrow::RecordBatch>& batch) { return Take(batch); }) {}

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    ARROW_RETURN_NOT_OK(order_.Put(index, batch));
    return Help(kWaitingGroups);
  }

  Status Finish() override {
    ARROW_RETURN_NOT_OK(order_.Finish());
    EndRowGroup();
    std::vector<std::thread> threads;
    // A thread that has no column to encode would only wait.
    size_t column_tasks = schema_->columns().size() * jobs_.size();
    size_t thread_count =
        std::min(static_cast<size_t>(std::max(1, options_.threads)), column_tasks);
    for (size_t i = 1; i < thread_count; ++i) {
      threads.emplace_back([this] { (void)Help(0).ok(); });  // the error stays in status_
    }
    Status status = Help(0);
    for (std::thread& thread : threads) thread.join();
    ARROW_RETURN_NOT_OK(status);
    if (!file_ && files_.empty()) ARROW_RETURN_NOT_OK(OpenFile());
    return file_ ? FinishFile() : Status::OK();
  }

  const std::vector<ParquetFileSummary>& files() const override { return files_; }

 private:
  // A row group on its way: columns are claimed one by one, then the whole is written.
  struct Job {
    ParquetRowGroupWritten group;
    size_t claimed = 0;
    size_t encoded = 0;
  };

  // Called in the order of the rows, by one thread at a time.
  Status Take(const std::shared_ptr<arrow::RecordBatch>& batch) {
    if (batch->num_columns() != schema_->arrow_schema()->num_fields()) {
      return Status::Invalid("a batch of ", batch->num_columns(), " columns for a file of ",
                             schema_->arrow_schema()->num_fields());
    }
    int64_t row = 0;
    while (row < batch->num_rows()) {
      int64_t rows = std::min(batch->num_rows() - row, options_.row_group_rows - current_rows_);
      auto slice = rows == batch->num_rows() ? batch : batch->Slice(row, rows);
      current_bytes_ += arrow::util::ReferencedBufferSize(*slice).ValueOr(0);
      current_.push_back(std::move(slice));
      current_rows_ += rows;
      row += rows;
      if (current_rows_ >= options_.row_group_rows || current_bytes_ >= options_.row_group_bytes) {
        EndRowGroup();
      }
    }
    return Status::OK();
  }

  void EndRowGroup() {
    if (current_rows_ == 0) return;
    auto job = std::make_unique<Job>();
    job->group.row_group_index = row_group_count_++;
    job->group.row_count = current_rows_;
    job->group.batches = std::move(current_);
    job->group.columns.resize(schema_->columns().size());
    job->group.dictionaries.resize(options_.dictionary_columns.size());
    current_.clear();
    current_rows_ = 0;
    current_bytes_ = 0;
    std::unique_lock lock(mutex_);
    jobs_.push_back(std::move(job));
    changed_.notify_all();
  }

  // Encodes columns and writes row groups until at most `waiting_max` row groups are left, and as
  // long as there is something to do.
  Status Help(size_t waiting_max) {
    std::unique_lock lock(mutex_);
    while (status_.ok()) {
      auto open = std::find_if(jobs_.begin(), jobs_.end(), [this](const auto& job) {
        return job->claimed < schema_->columns().size();
      });
      if (open != jobs_.end()) {
        EncodeNext(open->get(), &lock);
      } else if (!jobs_.empty() && !is_writing_ &&
                 jobs_.front()->encoded == schema_->columns().size()) {
        WriteFront(&lock);
      } else if (jobs_.size() > waiting_max) {
        changed_.wait(lock);
      } else {
        return status_;
      }
    }
    Status status = status_;
    lock.unlock();
    order_.Fail(status);  // has a lock of its own, under which EndRowGroup takes ours
    return status;
  }

  // Claims and encodes one column of `job`, without the lock.
  void EncodeNext(Job* job, std::unique_lock<std::mutex>* lock) {
    size_t column = job->claimed++;
    lock->unlock();
    Status status = Encode(job, column);
    lock->lock();
    ++job->encoded;
    // Nobody else looks at the rows once their columns are encoded.
    if (job->encoded == job->group.columns.size() && !options_.on_row_group) {
      job->group.batches.clear();
    }
    SetStatus(status);
    changed_.notify_all();
  }

  Status Encode(Job* job, size_t column) {
    arrow::ArrayVector pieces;
    pieces.reserve(job->group.batches.size());
    for (const auto& batch : job->group.batches) {
      pieces.push_back(batch->column(static_cast<int>(column)));
    }
    std::optional<DictionaryEncoding>* dictionary = nullptr;
    const auto& wanted = options_.dictionary_columns;
    auto it = std::find(wanted.begin(), wanted.end(), static_cast<int>(column));
    if (it != wanted.end()) {
      dictionary = &job->group.dictionaries[static_cast<size_t>(it - wanted.begin())];
    }
    ARROW_ASSIGN_OR_RAISE(
        job->group.columns[column],
        EncodeColumn(schema_->columns()[column], pieces, options_.encode, dictionary));
    return Status::OK();
  }

  // Writes the first row group, without the lock; is_writing_ keeps others from doing so.
  void WriteFront(std::unique_lock<std::mutex>* lock) {
    is_writing_ = true;
    Job* job = jobs_.front().get();
    lock->unlock();
    Status status = WriteGroup(&job->group);
    job->group = {};  // frees its memory while others may go on
    lock->lock();
    jobs_.pop_front();
    is_writing_ = false;
    SetStatus(status);
    changed_.notify_all();
  }

  Status WriteGroup(ParquetRowGroupWritten* group) {
    if (!file_) ARROW_RETURN_NOT_OK(OpenFile());
    ARROW_ASSIGN_OR_RAISE(group->offsets, writer_->WriteRowGroup(group->columns));
    group->file_index = static_cast<int64_t>(files_.size());
    if (options_.on_row_group) ARROW_RETURN_NOT_OK(options_.on_row_group(*group));
    if (options_.file_bytes_max > 0 && writer_->size_bytes() >= options_.file_bytes_max) {
      return FinishFile();
    }
    return Status::OK();
  }

  Status OpenFile() {
    ARROW_ASSIGN_OR_RAISE(file_, open_file_(static_cast<int64_t>(files_.size())));
    writer_.emplace(file_.get(), schema_);
    return Status::OK();
  }

  Status FinishFile() {
    ARROW_ASSIGN_OR_RAISE(ParquetFileSummary summary, writer_->Close());
    ARROW_RETURN_NOT_OK(CloseFile(file_.get(), options_.is_synced));
    files_.push_back(summary);
    writer_.reset();
    file_.reset();
    return Status::OK();
  }

  // With the lock.
  void SetStatus(const Status& status) {
    if (status_.ok()) status_ = status;
  }

  OpenParquetFile open_file_;
  std::shared_ptr<const ParquetSchema> schema_;
  ParquetSinkOptions options_;
  OrderedChunks order_;

  // The row group that is being filled; only inside Take.
  std::vector<std::shared_ptr<arrow::RecordBatch>> current_;
  int64_t current_rows_ = 0;
  int64_t current_bytes_ = 0;
  int64_t row_group_count_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Job>> jobs_;  // those not written yet, in order
  bool is_writing_ = false;
  Status status_;

  // Only while is_writing_, or in Finish.
  std::unique_ptr<WritableFile> file_;
  std::optional<ParquetFileWriter> writer_;
  std::vector<ParquetFileSummary> files_;
};

// A sink that uses Arrow's writer: nested types and those that are rare.
class ArrowParquetSink : public ParquetSink {
 public:
  ArrowParquetSink(OpenParquetFile open_file, std::shared_ptr<arrow::Schema> schema,
                   const ParquetSinkOptions& options)
      : open_file_(std::move(open_file)),
        schema_(std::move(schema)),
        options_(options),
        order_(options.ahead_bytes_max, options.stop,
               [this](const std::shared_ptr<arrow::RecordBatch>& batch) { return Take(batch); }) {}

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    return order_.Put(index, batch);
  }

  Status Finish() override {
    ARROW_RETURN_NOT_OK(order_.Finish());
    if (!writer_ && files_.empty()) ARROW_RETURN_NOT_OK(OpenFile());
    return writer_ ? FinishFile() : Status::OK();
  }

  const std::vector<ParquetFileSummary>& files() const override { return files_; }

 private:
  Status Take(const std::shared_ptr<arrow::RecordBatch>& batch) {
    if (batch->num_rows() == 0) return Status::OK();
    if (!writer_) ARROW_RETURN_NOT_OK(OpenFile());
    ARROW_RETURN_NOT_OK(writer_->WriteRecordBatch(*batch));
    summary_.row_count += batch->num_rows();
    ARROW_ASSIGN_OR_RAISE(int64_t bytes, stream_->Tell());
    if (options_.file_bytes_max > 0 && bytes >= options_.file_bytes_max) return FinishFile();
    return Status::OK();
  }

  std::shared_ptr<parquet::WriterProperties> Properties() const {
    parquet::WriterProperties::Builder builder;
    builder.created_by("tamis version 0.1.0");
    builder.max_row_group_length(options_.row_group_rows);
    switch (options_.encode.codec) {
      case ParquetCodec::kNone:
        builder.compression(parquet::Compression::UNCOMPRESSED);
        break;
      case ParquetCodec::kSnappy:
        builder.compression(parquet::Compression::SNAPPY);
        break;
      case ParquetCodec::kZstd:
        builder.compression(parquet::Compression::ZSTD);
        builder.compression_level(options_.encode.zstd_level);
        break;
    }
    return builder.build();
  }

  Status OpenFile() {
    ARROW_ASSIGN_OR_RAISE(file_, open_file_(static_cast<int64_t>(files_.size())));
    stream_ = ArrowWritable(file_.get());
    auto arrow_properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
    auto metadata = schema_->metadata() ? schema_->metadata()->Copy()
                                        : std::make_shared<arrow::KeyValueMetadata>();
    for (const auto& [key, value] : options_.metadata) metadata->Append(key, value);
    ARROW_ASSIGN_OR_RAISE(writer_,
                          parquet::arrow::FileWriter::Open(*schema_->WithMetadata(metadata),
                                                           arrow::default_memory_pool(), stream_,
                                                           Properties(), arrow_properties));
    summary_ = {};
    return Status::OK();
  }

  Status FinishFile() {
    ARROW_RETURN_NOT_OK(writer_->Close());
    ARROW_ASSIGN_OR_RAISE(summary_.size_bytes, stream_->Tell());
    summary_.row_group_count = writer_->metadata()->num_row_groups();
    ARROW_RETURN_NOT_OK(CloseFile(file_.get(), options_.is_synced));
    files_.push_back(summary_);
    writer_.reset();
    stream_.reset();
    file_.reset();
    return Status::OK();
  }

  OpenParquetFile open_file_;
  std::shared_ptr<arrow::Schema> schema_;
  ParquetSinkOptions options_;
  OrderedChunks order_;
  std::unique_ptr<WritableFile> file_;
  std::shared_ptr<arrow::io::OutputStream> stream_;
  std::unique_ptr<parquet::arrow::FileWriter> writer_;
  ParquetFileSummary summary_;
  std::vector<ParquetFileSummary> files_;
};

}  // namespace

Result<std::unique_ptr<ParquetSink>> OpenParquetSink(OpenParquetFile open_file,
                                                     const std::shared_ptr<arrow::Schema>& schema,
                                                     const ParquetSinkOptions& options) {
  auto flat = ParquetSchema::Make(schema, options.metadata);
  if (flat.ok()) {
    return std::make_unique<FlatParquetSink>(std::move(open_file), *std::move(flat), options);
  }
  if (!flat.status().IsNotImplemented()) return flat.status();
  if (options.on_row_group) return flat.status();
  return std::make_unique<ArrowParquetSink>(std::move(open_file), schema, options);
}

Result<std::unique_ptr<ParquetSink>> OpenParquetSink(std::unique_ptr<WritableFile> file,
                                                     const std::shared_ptr<arrow::Schema>& schema,
                                                     const ParquetSinkOptions& options) {
  auto shared = std::make_shared<std::unique_ptr<WritableFile>>(std::move(file));
  OpenParquetFile open_file = [shared](int64_t) -> Result<std::unique_ptr<WritableFile>> {
    if (!*shared) return Status::Invalid("one file was given for more than one");
    return std::move(*shared);
  };
  return OpenParquetSink(std::move(open_file), schema, options);
}

}  // namespace tamis
