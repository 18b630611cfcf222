// Single files and datasets as outputs. See output.h.
#include "local/output.h"

#include <arrow/util/byte_size.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <filesystem>
#include <set>

#include "dataset/file_output.h"
#include "dataset/publish.h"
#include "format/compress.h"
#include "format/csv_sink.h"
#include "format/ipc_sink.h"
#include "format/jsonl_sink.h"
#include "format/orc.h"
#include "local/dataset_schema.h"
#include "local/input.h"
#include "local/partitioned_sink.h"
#include "local/sized_files.h"
#include "storage/borrowed.h"
#include "storage/path.h"

namespace tamis {
namespace {

// Readers open each file: smaller ones would cost more than they hold.
constexpr int64_t kFileBytesMin = 64 << 10;
// Rows of a partition that tell how many bytes of a file they make.
constexpr int64_t kSampleBytes = 1 << 20;

// Takes bytes for their number.
class Measure : public WritableFile {
 public:
  explicit Measure(int64_t* bytes) : bytes_(bytes) {}
  Status Append(std::string_view bytes) override {
    *bytes_ += static_cast<int64_t>(bytes.size());
    return Status::OK();
  }
  Status WriteAt(int64_t offset, std::string_view bytes) override {
    *bytes_ = std::max(*bytes_, offset + static_cast<int64_t>(bytes.size()));
    return Status::OK();
  }
  Status Sync() override { return Status::OK(); }
  Status Close() override { return Status::OK(); }

 private:
  int64_t* bytes_;
};

Result<ParquetEncodeOptions> EncodeOptions(const WriteSpec& write) {
  ParquetEncodeOptions options;
  if (write.codec == "none") {
    options.codec = ParquetCodec::kNone;
  } else if (write.codec == "zstd") {
    options.codec = ParquetCodec::kZstd;
  } else if (!write.codec.empty() && write.codec != "snappy") {
    return UsageErrorAt(write.place, "unknown codec: " + write.codec, "known: none, snappy, zstd");
  }
  return options;
}

Result<OrcSinkOptions> OrcOptions(const WriteSpec& write, const OutputContext& context) {
  ARROW_ASSIGN_OR_RAISE(const ParquetEncodeOptions checked, EncodeOptions(write));
  OrcSinkOptions options;
  options.codec = checked.codec == ParquetCodec::kNone   ? OrcCodec::kNone
                  : checked.codec == ParquetCodec::kZstd ? OrcCodec::kZstd
                                                         : OrcCodec::kSnappy;
  options.stripe_bytes = std::clamp<int64_t>(context.memory_bytes / 16, 4 << 20, 64 << 20);
  options.ahead_bytes_max = std::max<int64_t>(context.memory_bytes / 16, 8 << 20);
  options.stop = context.stop;
  return options;
}

bool IsText(const std::string& format) { return format == "csv" || format == "jsonl"; }

Status CheckCompression(const WriteSpec& write, const std::string& format, bool is_file) {
  if (!write.compression.empty() && !IsText(format)) {
    return UsageErrorAt(write.place, "compression is of csv and jsonl, not of " + format,
                        "parquet and orc have codec");
  }
  if (!write.codec.empty() && (IsText(format) || format == "arrow")) {
    return UsageErrorAt(write.place, "codec is of parquet and orc, not of " + format,
                        IsText(format) ? "csv and jsonl have compression" : "");
  }
  auto compression = CompressionByName(write.compression, is_file ? write.path : "");
  if (!compression.ok()) return UsageErrorAt(write.place, compression.status().message());
  auto by_name = CompressionByName("", write.path);
  if (is_file && *by_name != Compression::kNone && *by_name != *compression) {
    return UsageErrorAt(write.place,
                        write.path + ": its name doesn't fit compression " + write.compression);
  }
  return Status::OK();
}

// Tabs separate the fields of a file that is called so.
FormatOptions TextOptions(const WriteSpec& write) {
  FormatOptions options = write.csv;
  if (IsTsvName(write.path) && options.delimiter == FormatOptions().delimiter) {
    options.delimiter = '\t';
  }
  return options;
}

Result<ParquetSinkOptions> SinkOptions(const WriteSpec& write, const OutputContext& context) {
  ParquetSinkOptions options;
  ARROW_ASSIGN_OR_RAISE(options.encode, EncodeOptions(write));
  options.threads = context.thread_count;
  options.row_group_bytes = std::max<int64_t>(context.memory_bytes / 8, 8 << 20);
  options.ahead_bytes_max = std::max<int64_t>(context.memory_bytes / 16, 8 << 20);
  options.stop = context.stop;
  options.on_row_group = context.on_row_group;
  options.dictionary_columns = context.dictionary_columns;
  return options;
}

// Counts rows on their way to a sink of any format.
class RowCount {
 public:
  void Add(int64_t rows) { rows_ += rows; }
  int64_t rows() const { return rows_; }

 private:
  std::atomic<int64_t> rows_{0};
};

// An output whose target and sink open one after the other.
class TwoStepOutput : public Output {
 public:
  virtual Status Open(const OutputContext& context) = 0;
  virtual Status OpenSink(const std::shared_ptr<arrow::Schema>& schema,
                          const OutputContext& context) = 0;
};

class SingleFile : public TwoStepOutput {
 public:
  SingleFile(const WriteSpec& write, std::string format)
      : write_(write), format_(std::move(format)) {}

  Status Open(const OutputContext& context) override {
    storage_ = context.storage;
    return FileOutput::Open(storage_, write_.path, context.run_id, /*durable=*/false).Value(&file_);
  }

  Status OpenSink(const std::shared_ptr<arrow::Schema>& schema,
                  const OutputContext& context) override {
    auto file = std::make_unique<BorrowedFile>(&file_->file());
    return OpenFileSink(format_, write_, std::move(file), schema, context).Value(&sink_);
  }

  WritableFile* file() override { return &file_->file(); }
  Status FinishFile(int64_t row_count) override {
    rows_.Add(row_count);
    return Status::OK();
  }

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    rows_.Add(batch->num_rows());
    return sink_->Write(index, batch);
  }
  Status Finish() override { return sink_->Finish(); }
  Result<OutputRecord> Commit(const std::vector<ConsumedFile>&) override {
    ARROW_RETURN_NOT_OK(file_->Commit());
    OutputRecord record{"", write_.path, format_, rows_.rows(), 0, 1};
    if (write_.path != "-") {
      auto info = storage_->Stat(write_.path);
      if (info.ok()) record.bytes = info->size_bytes;
    }
    return record;
  }
  Status Abort() override { return file_ ? file_->Abort() : Status::OK(); }

 private:
  WriteSpec write_;
  std::string format_;
  std::shared_ptr<Storage> storage_;
  std::unique_ptr<FileOutput> file_;
  std::unique_ptr<Sink> sink_;
  RowCount rows_;
};

WriteMode ModeOf(WriteSpec::Mode mode) {
  switch (mode) {
    case WriteSpec::Mode::kAppend:
      return WriteMode::kAppend;
    case WriteSpec::Mode::kReplacePartitions:
      return WriteMode::kReplacePartitions;
    default:
      return WriteMode::kOverwrite;
  }
}

class DatasetOutput : public TwoStepOutput {
 public:
  DatasetOutput(const WriteSpec& write, std::string format)
      : write_(write), format_(std::move(format)) {}

  Status Open(const OutputContext& context) override {
    PublishOptions publish;
    publish.replace_foreign = context.replace_foreign;
    ARROW_ASSIGN_OR_RAISE(transaction_,
                          Transaction::Begin(context.storage, write_.path, ModeOf(write_.mode),
                                             context.run_id, publish));
    context_ = context;
    if (!IsOneFile()) return Status::OK();
    return NewFile("", 0).Value(&file_);
  }

  Status OpenSink(const std::shared_ptr<arrow::Schema>& schema,
                  const OutputContext& context) override {
    std::shared_ptr<arrow::Schema> file_schema = schema;
    if (!write_.partition_by.empty()) {
      ARROW_ASSIGN_OR_RAISE(file_schema, OpenPartitions(schema));
    } else if (write_.file_bytes_max > 0) {
      sink_ = std::make_unique<SizedFilesSink>(SizedOptions("", 0, schema, context_));
    } else {
      auto file = std::make_unique<BorrowedFile>(file_.get());
      ARROW_ASSIGN_OR_RAISE(sink_, OpenFileSink(format_, write_, std::move(file), schema, context));
    }
    schema_ = DescribeDataset(write_, format_, *file_schema);
    if (write_.mode == WriteSpec::Mode::kOverwrite) return Status::OK();
    return CheckFits(context.storage, write_, schema_, *transaction_);
  }

  WritableFile* file() override { return file_.get(); }
  Status FinishFile(int64_t row_count) override {
    rows_.Add(row_count);
    return CloseFile(file_.get(), row_count);
  }

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    rows_.Add(batch->num_rows());
    return sink_->Write(index, batch);
  }

  Status Finish() override {
    ARROW_RETURN_NOT_OK(sink_->Finish());
    if (!file_) return Status::OK();
    return CloseFile(file_.get(), rows_.rows());
  }

  Result<OutputRecord> Commit(const std::vector<ConsumedFile>& consumed) override {
    CommitInfo info;
    info.consumed = consumed;
    info.schema = schema_;
    ARROW_ASSIGN_OR_RAISE(CommitReport report, transaction_->Commit(info));
    return OutputRecord{"", write_.path, format_, rows_.rows(), report.bytes, report.files_added};
  }

  Status Abort() override { return transaction_ ? transaction_->Abort() : Status::OK(); }

 private:
  bool IsOneFile() const { return write_.partition_by.empty() && write_.file_bytes_max == 0; }

  static Status CloseFile(StagedFile* file, int64_t rows) {
    file->set_rows(rows);
    ARROW_RETURN_NOT_OK(file->Sync());
    return file->Close();
  }

  Result<std::unique_ptr<StagedFile>> NewFile(const std::string& folder, int64_t number) {
    char name[32];
    std::snprintf(name, sizeof(name), "part-%05lld.", static_cast<long long>(number));
    ARROW_ASSIGN_OR_RAISE(Compression compression, CompressionByName(write_.compression, ""));
    return transaction_->NewFile(JoinPath(folder, name + format_ + CompressionEnding(compression)));
  }

  // Files of about write_.file_bytes_max in one folder.
  SizedFilesOptions SizedOptions(const std::string& folder, int64_t first_number,
                                 const std::shared_ptr<arrow::Schema>& schema,
                                 const OutputContext& context) {
    SizedFilesOptions options;
    options.file_bytes = write_.file_bytes_max;
    options.ahead_bytes_max = std::max<int64_t>(context.memory_bytes / 16, 8 << 20);
    options.stop = context.stop;
    options.open = [this, folder, first_number, schema,
                    context](int64_t number) -> Result<SizedFile> {
      ARROW_ASSIGN_OR_RAISE(std::shared_ptr<StagedFile> file,
                            NewFile(folder, first_number + number));
      SizedFile out;
      ARROW_ASSIGN_OR_RAISE(
          out.sink, OpenFileSink(format_, write_, std::make_unique<BorrowedFile>(file.get()),
                                 schema, context));
      out.close = [file](int64_t rows) -> Result<int64_t> {
        ARROW_RETURN_NOT_OK(CloseFile(file.get(), rows));
        return file->bytes();
      };
      return out;
    };
    options.measure = [this, schema,
                       context](const arrow::RecordBatchVector& batches) -> Result<int64_t> {
      int64_t bytes = 0;
      ARROW_ASSIGN_OR_RAISE(
          auto sink,
          OpenFileSink(format_, write_, std::make_unique<Measure>(&bytes), schema, context));
      ARROW_RETURN_NOT_OK(WriteAll(batches, sink.get()));
      return bytes;
    };
    return options;
  }

  static Status WriteAll(const arrow::RecordBatchVector& batches, Sink* sink) {
    for (size_t i = 0; i < batches.size(); ++i) {
      ARROW_RETURN_NOT_OK(sink->Write(static_cast<int64_t>(i), batches[i]));
    }
    return sink->Finish();
  }

  Result<std::shared_ptr<arrow::Schema>> OpenPartitions(
      const std::shared_ptr<arrow::Schema>& schema) {
    PartitionedSinkOptions options;
    options.thread_count = context_.thread_count;
    options.buffer_bytes_max = std::max<int64_t>(context_.memory_bytes / 4, 8 << 20);
    if (!context_.temp_directory.empty()) {
      options.spill = std::make_unique<BatchSpill>(context_.storage, context_.temp_directory);
    }
    options.write_files = [this](const std::string& folder, int64_t first_number,
                                 const std::shared_ptr<arrow::Schema>& file_schema,
                                 const arrow::RecordBatchVector& batches) {
      return WritePartition(folder, first_number, file_schema, batches);
    };
    ARROW_ASSIGN_OR_RAISE(auto sink,
                          PartitionedSink::Make(write_.partition_by, schema, std::move(options)));
    auto file_schema = sink->file_schema();
    sink_ = std::move(sink);
    return file_schema;
  }

  Result<int64_t> WritePartition(const std::string& folder, int64_t first_number,
                                 const std::shared_ptr<arrow::Schema>& schema,
                                 const arrow::RecordBatchVector& batches) {
    OutputContext single = context_;
    single.thread_count = 1;
    SizedFilesOptions sized = SizedOptions(folder, first_number, schema, single);
    int64_t sample_bytes = 0;
    for (const auto& batch : batches) {
      if (sample_bytes >= kSampleBytes) break;
      sized.sample.push_back(batch);
      sample_bytes += arrow::util::TotalBufferSize(*batch);
    }
    if (write_.file_bytes_max > 0) {
      SizedFilesSink sink(std::move(sized));
      ARROW_RETURN_NOT_OK(WriteAll(batches, &sink));
      return sink.file_count();
    }
    int64_t rows = 0;
    for (const auto& batch : batches) rows += batch->num_rows();
    ARROW_ASSIGN_OR_RAISE(SizedFile file, sized.open(0));
    ARROW_RETURN_NOT_OK(WriteAll(batches, file.sink.get()));
    ARROW_RETURN_NOT_OK(file.close(rows).status());
    return 1;
  }

  WriteSpec write_;
  std::string format_;
  OutputContext context_;
  DatasetSchema schema_;  // of the new files; not known of a file that the caller makes
  std::unique_ptr<Transaction> transaction_;
  std::unique_ptr<StagedFile> file_;  // where there is only one
  std::unique_ptr<Sink> sink_;
  RowCount rows_;
};

// No reader could tell them apart.
Status CheckColumnNames(const WriteSpec& write, const arrow::Schema& schema) {
  std::set<std::string> names;
  for (const auto& field : schema.fields()) {
    if (names.insert(field->name()).second) continue;
    return UsageErrorAt(write.place, "two columns are called " + field->name(),
                        "rename one, such as with AS in SQL");
  }
  return Status::OK();
}

Result<std::unique_ptr<TwoStepOutput>> OpenTarget(const WriteSpec& write,
                                                  const OutputContext& context) {
  std::string by_name = FormatByName("", write.path);
  std::string format = !write.format.empty() ? write.format : by_name;
  ARROW_RETURN_NOT_OK(CheckOutputName(write.path, write.format, write.place));
  auto there = context.storage->Stat(write.path);
  bool is_stream = write.path == "-" || (there.ok() && there->is_special);
  if (format.empty()) format = is_stream ? "csv" : "parquet";
  if (!IsText(format) && format != "parquet" && format != "orc" && format != "arrow") {
    return UsageErrorAt(write.place, "format " + format + " can't be written",
                        "known: parquet, orc, csv, jsonl, arrow");
  }
  bool is_file = is_stream || !by_name.empty();
  ARROW_RETURN_NOT_OK(CheckCompression(write, format, is_file));
  if (is_file && !write.partition_by.empty()) {
    return UsageErrorAt(write.place, write.path + ": partitions need a folder, not a file");
  }
  if (is_file && write.file_bytes_max > 0) {
    return UsageErrorAt(write.place, write.path + ": file_size cuts the files of a folder",
                        "write to a folder, whose name has no ending");
  }
  if (write.file_bytes_max > 0 && write.file_bytes_max < kFileBytesMin) {
    return UsageErrorAt(write.place,
                        "file_size: too small: " + std::to_string(write.file_bytes_max) + " bytes",
                        "at least 64KiB");
  }
  if (is_file && write.mode != WriteSpec::Mode::kOverwrite) {
    return UsageErrorAt(write.place, write.path + ": a single file is always overwritten",
                        "write to a folder to append to it");
  }
  std::unique_ptr<TwoStepOutput> output;
  if (is_file) {
    output = std::make_unique<SingleFile>(write, format);
  } else {
    output = std::make_unique<DatasetOutput>(write, format);
  }
  ARROW_RETURN_NOT_OK(output->Open(context));
  return output;
}

}  // namespace

Result<std::unique_ptr<Sink>> OpenFileSink(const std::string& format, const WriteSpec& write,
                                           std::unique_ptr<WritableFile> file,
                                           const std::shared_ptr<arrow::Schema>& schema,
                                           const OutputContext& context) {
  if (IsText(format)) {
    const bool is_file = !FormatByName("", write.path).empty();
    ARROW_ASSIGN_OR_RAISE(Compression compression,
                          CompressionByName(write.compression, is_file ? write.path : ""));
    ARROW_ASSIGN_OR_RAISE(file, CompressedFile(std::move(file), compression, context.thread_count));
    if (format == "jsonl") return OpenJsonlSink(std::move(file), schema, write.csv);
    return OpenCsvSink(std::move(file), schema, TextOptions(write));
  }
  if (format == "orc") {
    ARROW_ASSIGN_OR_RAISE(OrcSinkOptions options, OrcOptions(write, context));
    return OpenOrcSink(std::move(file), schema, options);
  }
  if (format == "arrow") {
    IpcSinkOptions options;
    options.stop = context.stop;
    return OpenIpcSink(std::move(file), schema, options);
  }
  ARROW_ASSIGN_OR_RAISE(ParquetSinkOptions options, SinkOptions(write, context));
  ARROW_ASSIGN_OR_RAISE(auto sink, OpenParquetSink(std::move(file), schema, options));
  return sink;
}

Status CheckTextOutput(const WriteSpec& write, const std::string& format) {
  return CheckCompression(write, format, /*is_file=*/true);
}

Status CheckOutputName(const std::string& path, const std::string& format, const Place& place) {
  const std::string by_name = FormatByName(format, path);
  for (const char* packed : {".gz", ".zst", ".zstd"}) {
    if (!path.ends_with(packed) || IsText(by_name)) continue;
    return UsageErrorAt(
        place, path + ": only CSV and JSON lines are compressed as a whole",
        "call it .csv" + std::string(packed) + " or .jsonl" + packed + ", or write Parquet");
  }
  std::string ending = std::filesystem::path(path).extension();
  bool is_word = ending.size() >= 3 && ending.size() <= 6 &&
                 std::all_of(ending.begin() + 1, ending.end(),
                             [](unsigned char c) { return std::isalpha(c) != 0; });
  if (!is_word || !by_name.empty()) return Status::OK();
  return UsageErrorAt(place, path + ": the name's ending does not tell a format",
                      "known: .csv, .tsv, .jsonl, .parquet, .orc, .arrow; a folder has no ending");
}

Result<std::unique_ptr<Output>> Output::Open(const WriteSpec& write,
                                             const std::shared_ptr<arrow::Schema>& schema,
                                             const OutputContext& context) {
  ARROW_RETURN_NOT_OK(CheckColumnNames(write, *schema));
  ARROW_ASSIGN_OR_RAISE(auto output, OpenTarget(write, context));
  ARROW_RETURN_NOT_OK(output->OpenSink(schema, context));
  return output;
}

Result<std::unique_ptr<Output>> Output::OpenForFile(const WriteSpec& write,
                                                    const OutputContext& context) {
  if (write.file_bytes_max > 0 || write.mode != WriteSpec::Mode::kOverwrite) {
    return Status::Invalid("one file whose columns are not known, for mode append or file_size");
  }
  ARROW_ASSIGN_OR_RAISE(auto output, OpenTarget(write, context));
  return output;
}

}  // namespace tamis
