// One file after the other, each by one thread. See slice_dataset.h.
//
// PERF NOTES. Slices are ranges of row numbers, so threads share nothing but the number of the next
// file, and memory is flat.
#include "local/slice_dataset.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include "dataset/partition.h"
#include "dataset/publish.h"
#include "format/compress.h"
#include "local/dataset_schema.h"
#include "local/input.h"
#include "ops/generate_batch.h"
#include "ops/generate_json.h"
#include "ops/generate_text.h"
#include "storage/borrowed.h"
#include "storage/path.h"

namespace tamis {
namespace {

constexpr int64_t kFileBytes = int64_t{256} << 20;
constexpr int64_t kChunkRows = 16384;
constexpr int64_t kSampleRows = 16384;
constexpr int64_t kRowGroupBytes = int64_t{16} << 20;

// What a sink or writer writes to while the owner closes the file, and counts.
class CountedFile : public WritableFile {
 public:
  explicit CountedFile(WritableFile* file) : file_(file) {}
  Status Append(std::string_view bytes) override {
    byte_count_ += static_cast<int64_t>(bytes.size());
    return file_ ? file_->Append(bytes) : Status::OK();
  }
  Status WriteAt(int64_t offset, std::string_view bytes) override {
    byte_count_ = std::max(byte_count_, offset + static_cast<int64_t>(bytes.size()));
    return file_ ? file_->WriteAt(offset, bytes) : Status::OK();
  }
  Status Sync() override { return Status::OK(); }
  Status Close() override { return Status::OK(); }
  int64_t byte_count() const { return byte_count_; }

 private:
  WritableFile* file_;  // null: only counts
  int64_t byte_count_ = 0;
};

// The rows of one table's program as bytes of a format.
class RowsWriter {
 public:
  virtual ~RowsWriter() = default;
  virtual const std::shared_ptr<arrow::Schema>& schema() const = 0;
  /// Writes a whole file.
  virtual Status Write(int64_t first_row, int64_t row_count, CountedFile* file) const = 0;
};

class TextRowsWriter : public RowsWriter {
 public:
  TextRowsWriter(std::unique_ptr<const TextProgram> program, Compression compression,
                 std::shared_ptr<arrow::Schema> schema, const StopToken* stop,
                 std::atomic<int64_t>* rows_done)
      : program_(std::move(program)),
        compression_(compression),
        schema_(std::move(schema)),
        stop_(stop),
        rows_done_(rows_done) {}

  const std::shared_ptr<arrow::Schema>& schema() const override { return schema_; }

  Status Write(int64_t first_row, int64_t row_count, CountedFile* file) const override {
    std::unique_ptr<WritableFile> out = std::make_unique<BorrowedFile>(file);
    ARROW_ASSIGN_OR_RAISE(out, CompressedFile(std::move(out), compression_, /*threads=*/1));
    RowBlock block(program_->rows());
    TextBuffer text;
    ARROW_RETURN_NOT_OK(out->Append(program_->header()));
    for (int64_t done = 0; done < row_count; done += kChunkRows) {
      if (stop_ && stop_->requested()) return Interrupted();
      int64_t count = std::min(kChunkRows, row_count - done);
      text.Clear();
      ARROW_RETURN_NOT_OK(program_->Write(first_row + done, count, &block, &text));
      ARROW_RETURN_NOT_OK(out->Append(text.view()));
      if (rows_done_) *rows_done_ += count;
    }
    return out->Close();
  }

 private:
  std::unique_ptr<const TextProgram> program_;
  Compression compression_;
  std::shared_ptr<arrow::Schema> schema_;
  const StopToken* stop_;
  std::atomic<int64_t>* rows_done_;
};

class BatchRowsWriter : public RowsWriter {
 public:
  BatchRowsWriter(BatchProgram program, std::string format, WriteSpec write, OutputContext context,
                  std::atomic<int64_t>* rows_done)
      : program_(std::move(program)),
        format_(std::move(format)),
        write_(std::move(write)),
        context_(std::move(context)),
        rows_done_(rows_done) {}

  const std::shared_ptr<arrow::Schema>& schema() const override { return program_.schema(); }

  Status Write(int64_t first_row, int64_t row_count, CountedFile* file) const override {
    ARROW_ASSIGN_OR_RAISE(auto sink,
                          OpenFileSink(format_, write_, std::make_unique<BorrowedFile>(file),
                                       program_.schema(), context_));
    int64_t index = 0;
    for (int64_t done = 0; done < row_count; done += kChunkRows) {
      if (context_.stop && context_.stop->requested()) return Interrupted();
      int64_t count = std::min(kChunkRows, row_count - done);
      ARROW_ASSIGN_OR_RAISE(auto batch, program_.Rows(first_row + done, count));
      ARROW_RETURN_NOT_OK(sink->Write(index++, batch));
      if (rows_done_) *rows_done_ += count;
    }
    return sink->Finish();
  }

 private:
  BatchProgram program_;
  std::string format_;
  WriteSpec write_;
  OutputContext context_;
  std::atomic<int64_t>* rows_done_;
};

// One file of the dataset.
struct SliceFile {
  size_t slice = 0;
  std::string path;
  int64_t first_row = 0;
  int64_t row_count = 0;
};

class SliceDataset {
 public:
  SliceDataset(const SliceDatasetSpec& spec, const WriteSpec& write, const OutputContext& context,
               std::atomic<int64_t>* rows_done)
      : spec_(spec), write_(write), context_(context), rows_done_(rows_done) {
    // A file is one thread's.
    context_.thread_count = 1;
    context_.memory_bytes =
        std::min(context.memory_bytes / std::max(1, context.thread_count), kRowGroupBytes * 8);
  }

  Result<OutputRecord> Write(int thread_count) {
    format_ = write_.format.empty() ? "parquet" : write_.format;
    ARROW_ASSIGN_OR_RAISE(compression_, CompressionByName(write_.compression, ""));
    if (compression_ != Compression::kNone && format_ != "csv" && format_ != "jsonl") {
      return UsageError("--compression is for CSV and JSON lines",
                        "--codec is for Parquet and ORC");
    }
    for (const auto& program : spec_.programs) {
      ARROW_ASSIGN_OR_RAISE(auto writer, MakeWriter(program, rows_done_));
      writers_.push_back(std::move(writer));
    }
    ARROW_ASSIGN_OR_RAISE(transaction_, Begin());
    CommitInfo info;
    info.schema = DescribeDataset(write_, format_, *writers_.front()->schema());
    info.schema.partition_keys = {spec_.key};
    if (write_.mode != WriteSpec::Mode::kOverwrite) {
      ARROW_RETURN_NOT_OK(CheckFits(context_.storage, write_, info.schema, *transaction_));
    }
    ARROW_RETURN_NOT_OK(ListFiles());
    ARROW_RETURN_NOT_OK(WriteFiles(thread_count));
    ARROW_ASSIGN_OR_RAISE(CommitReport report, transaction_->Commit(info));
    int64_t rows = 0;
    for (const Slice& slice : spec_.slices) rows += slice.row_count;
    return OutputRecord{"", write_.path, format_, rows, report.bytes, report.files_added};
  }

 private:
  Result<std::unique_ptr<Transaction>> Begin() {
    PublishOptions publish;
    publish.replace_foreign = context_.replace_foreign;
    publish.durable = false;  // the rows can be made again
    WriteMode mode = write_.mode == WriteSpec::Mode::kAppend ? WriteMode::kAppend
                     : write_.mode == WriteSpec::Mode::kReplacePartitions
                         ? WriteMode::kReplacePartitions
                         : WriteMode::kOverwrite;
    return Transaction::Begin(context_.storage, write_.path, mode, context_.run_id, publish);
  }

  Result<std::unique_ptr<RowsWriter>> MakeWriter(const std::shared_ptr<const RowProgram>& program,
                                                 std::atomic<int64_t>* rows_done) const {
    ARROW_ASSIGN_OR_RAISE(BatchProgram batches, BatchProgram::Make(program));
    ARROW_ASSIGN_OR_RAISE(auto text, MakeText(program));
    if (text) {
      return std::make_unique<TextRowsWriter>(std::move(text), compression_, batches.schema(),
                                              context_.stop, rows_done);
    }
    return std::make_unique<BatchRowsWriter>(std::move(batches), format_, write_, context_,
                                             rows_done);
  }

  // Null where only batches can be written.
  Result<std::unique_ptr<const TextProgram>> MakeText(
      const std::shared_ptr<const RowProgram>& program) const {
    if (format_ == "csv") {
      ARROW_ASSIGN_OR_RAISE(CsvProgram csv, CsvProgram::Make(program, spec_.csv));
      return std::make_unique<const CsvProgram>(std::move(csv));
    }
    if (format_ != "jsonl") return nullptr;
    auto json = JsonProgram::Make(program, spec_.csv);
    if (json.status().IsNotImplemented()) return nullptr;
    ARROW_RETURN_NOT_OK(json.status());
    return std::make_unique<const JsonProgram>(std::move(*json));
  }

  // Rows that make a file of the wanted size. The sample is the same whatever is chosen, so that
  // files are cut at the same rows in every run.
  Result<int64_t> RowsPerFile() const {
    ARROW_ASSIGN_OR_RAISE(auto writer, MakeWriter(spec_.programs.front(), nullptr));
    CountedFile counted(nullptr);
    ARROW_RETURN_NOT_OK(writer->Write(0, kSampleRows, &counted));
    int64_t bytes = write_.file_bytes_max > 0 ? write_.file_bytes_max : kFileBytes;
    auto rows =
        static_cast<__int128>(bytes) * kSampleRows / std::max<int64_t>(1, counted.byte_count());
    return std::max<int64_t>(1, static_cast<int64_t>(std::min<__int128>(rows, INT64_MAX / 4)));
  }

  Status ListFiles() {
    ARROW_ASSIGN_OR_RAISE(int64_t rows_per_file, RowsPerFile());
    for (size_t i = 0; i < spec_.slices.size(); ++i) {
      const Slice& slice = spec_.slices[i];
      ARROW_ASSIGN_OR_RAISE(std::string folder, PartitionFolder(spec_.key, slice.name));
      for (int64_t done = 0; done < slice.row_count; done += rows_per_file) {
        char name[32];
        std::snprintf(name, sizeof(name), "part-%05lld.",
                      static_cast<long long>(done / rows_per_file));
        files_.push_back({i, JoinPath(folder, name + format_ + CompressionEnding(compression_)),
                          slice.first_row + done, std::min(rows_per_file, slice.row_count - done)});
      }
    }
    if (write_.mode != WriteSpec::Mode::kReplacePartitions) return Status::OK();
    for (const std::string& name : spec_.emptied) {
      ARROW_ASSIGN_OR_RAISE(std::string folder, PartitionFolder(spec_.key, name));
      ARROW_RETURN_NOT_OK(transaction_->ReplacePartition(folder));
    }
    return Status::OK();
  }

  Status WriteFiles(int thread_count) {
    {
      std::vector<std::jthread> threads;
      auto count = std::min<size_t>(static_cast<size_t>(thread_count), files_.size());
      for (size_t i = 1; i < count; ++i) threads.emplace_back([this] { Work(); });
      Work();
    }
    return failure_;
  }

  void Work() {
    for (size_t i = next_file_++; i < files_.size(); i = next_file_++) {
      Status status = WriteFile(files_[i]);
      if (status.ok()) continue;
      std::lock_guard lock(mutex_);
      if (failure_.ok()) failure_ = status;
      next_file_ = files_.size();
    }
  }

  Status WriteFile(const SliceFile& file) {
    ARROW_ASSIGN_OR_RAISE(auto staged, transaction_->NewFile(file.path));
    CountedFile counted(staged.get());
    const RowsWriter& writer = *writers_[spec_.program_of_slice[file.slice]];
    ARROW_RETURN_NOT_OK(writer.Write(file.first_row, file.row_count, &counted));
    staged->set_rows(file.row_count);
    return staged->Close();
  }

  const SliceDatasetSpec& spec_;
  const WriteSpec& write_;
  OutputContext context_;
  std::atomic<int64_t>* rows_done_;
  std::string format_;
  Compression compression_ = Compression::kNone;
  std::vector<std::unique_ptr<RowsWriter>> writers_;  // of each program
  std::unique_ptr<Transaction> transaction_;
  std::vector<SliceFile> files_;
  std::atomic<size_t> next_file_{0};
  std::mutex mutex_;
  Status failure_;
};

}  // namespace

Result<OutputRecord> WriteSliceDataset(const SliceDatasetSpec& spec, const WriteSpec& write,
                                       const OutputContext& context,
                                       std::atomic<int64_t>* rows_done) {
  for (size_t i = 0; i < spec.slices.size(); ++i) {
    const Slice& slice = spec.slices[i];
    ARROW_RETURN_NOT_OK(
        CheckRows(*spec.programs[spec.program_of_slice[i]], slice.first_row, slice.row_count));
  }
  return SliceDataset(spec, write, context, rows_done).Write(context.thread_count);
}

}  // namespace tamis
