// Single files and datasets as outputs. See output.h.
#include "local/output.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <filesystem>
#include <set>

#include "dataset/file_output.h"
#include "dataset/publish.h"
#include "format/csv_sink.h"
#include "format/ipc_sink.h"
#include "local/input.h"
#include "local/partitioned_sink.h"

namespace tamis {
namespace {

// What a sink writes to while the owner keeps the file: closing and syncing are the owner's.
class Borrowed : public WritableFile {
 public:
  explicit Borrowed(WritableFile* file) : file_(file) {}
  Status Append(std::string_view bytes) override { return file_->Append(bytes); }
  Status WriteAt(int64_t offset, std::string_view bytes) override {
    return file_->WriteAt(offset, bytes);
  }
  Status Sync() override { return Status::OK(); }
  Status Close() override { return Status::OK(); }

 private:
  WritableFile* file_;
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

Result<ParquetSinkOptions> SinkOptions(const WriteSpec& write, const OutputContext& context) {
  ParquetSinkOptions options;
  ARROW_ASSIGN_OR_RAISE(options.encode, EncodeOptions(write));
  options.threads = context.thread_count;
  options.row_group_bytes = std::max<int64_t>(context.memory_bytes / 8, 8 << 20);
  options.ahead_bytes_max = std::max<int64_t>(context.memory_bytes / 16, 8 << 20);
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

Result<std::unique_ptr<Sink>> OpenFileSink(const std::string& format, const WriteSpec& write,
                                           std::unique_ptr<WritableFile> file,
                                           const std::shared_ptr<arrow::Schema>& schema,
                                           const OutputContext& context) {
  if (format == "csv") {
    ARROW_ASSIGN_OR_RAISE(auto sink, CsvSink::Make(std::move(file), schema, write.csv));
    return sink;
  }
  if (format == "arrow") return OpenIpcSink(std::move(file), schema);
  ARROW_ASSIGN_OR_RAISE(ParquetSinkOptions options, SinkOptions(write, context));
  ARROW_ASSIGN_OR_RAISE(auto sink, OpenParquetSink(std::move(file), schema, options));
  return sink;
}

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
    auto file = std::make_unique<Borrowed>(&file_->file());
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
    if (!write_.partition_by.empty()) return Status::OK();
    return transaction_->NewFile("part-00000." + format_).Value(&file_);
  }

  Status OpenSink(const std::shared_ptr<arrow::Schema>& schema,
                  const OutputContext& context) override {
    if (!write_.partition_by.empty()) return OpenPartitions(schema);
    auto file = std::make_unique<Borrowed>(file_.get());
    return OpenFileSink(format_, write_, std::move(file), schema, context).Value(&sink_);
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
    ARROW_ASSIGN_OR_RAISE(CommitReport report, transaction_->Commit(info));
    return OutputRecord{"", write_.path, format_, rows_.rows(), report.bytes, report.files_added};
  }

  Status Abort() override { return transaction_ ? transaction_->Abort() : Status::OK(); }

 private:
  static Status CloseFile(StagedFile* file, int64_t rows) {
    file->set_rows(rows);
    ARROW_RETURN_NOT_OK(file->Sync());
    return file->Close();
  }

  Status OpenPartitions(const std::shared_ptr<arrow::Schema>& schema) {
    PartitionedSinkOptions options;
    options.thread_count = context_.thread_count;
    options.buffer_bytes_max = std::max<int64_t>(context_.memory_bytes / 3, 32 << 20);
    options.write_file = [this](const std::string& folder, int64_t number,
                                const std::shared_ptr<arrow::Schema>& file_schema,
                                const arrow::RecordBatchVector& batches) {
      return WritePartition(folder, number, file_schema, batches);
    };
    ARROW_ASSIGN_OR_RAISE(sink_, PartitionedSink::Make(write_.partition_by, schema, options));
    return Status::OK();
  }

  Status WritePartition(const std::string& folder, int64_t number,
                        const std::shared_ptr<arrow::Schema>& schema,
                        const arrow::RecordBatchVector& batches) {
    char name[32];
    std::snprintf(name, sizeof(name), "/part-%05d.", static_cast<int>(number));
    ARROW_ASSIGN_OR_RAISE(auto file, transaction_->NewFile(folder + name + format_));
    OutputContext single = context_;
    single.thread_count = 1;
    ARROW_ASSIGN_OR_RAISE(
        auto sink,
        OpenFileSink(format_, write_, std::make_unique<Borrowed>(file.get()), schema, single));
    int64_t rows = 0;
    for (size_t i = 0; i < batches.size(); ++i) {
      rows += batches[i]->num_rows();
      ARROW_RETURN_NOT_OK(sink->Write(static_cast<int64_t>(i), batches[i]));
    }
    ARROW_RETURN_NOT_OK(sink->Finish());
    return CloseFile(file.get(), rows);
  }

  WriteSpec write_;
  std::string format_;
  OutputContext context_;
  std::unique_ptr<Transaction> transaction_;
  std::unique_ptr<StagedFile> file_;  // without partitions
  std::unique_ptr<Sink> sink_;
  RowCount rows_;
};

// A name that ends like a file of a kind that tamis doesn't write is most likely a mistake.
Status CheckEnding(const WriteSpec& write, const std::string& by_name) {
  for (const char* packed : {".gz", ".zst", ".zstd"}) {
    if (write.path.ends_with(packed)) {
      return UsageErrorAt(write.place, write.path + ": compressed files can't be written",
                          "leave out " + std::string(packed) + ", or write Parquet");
    }
  }
  std::string ending = std::filesystem::path(write.path).extension();
  bool is_word = ending.size() >= 3 && ending.size() <= 6 &&
                 std::all_of(ending.begin() + 1, ending.end(),
                             [](unsigned char c) { return std::isalpha(c) != 0; });
  if (!is_word || !by_name.empty() || !write.format.empty()) return Status::OK();
  return UsageErrorAt(write.place, write.path + ": the name's ending does not tell a format",
                      "known: .csv, .tsv, .parquet, .arrow; a folder has no ending");
}

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
  ARROW_RETURN_NOT_OK(CheckEnding(write, by_name));
  auto there = context.storage->Stat(write.path);
  bool is_stream = write.path == "-" || (there.ok() && there->is_special);
  if (format.empty()) format = is_stream ? "csv" : "parquet";
  if (format != "csv" && format != "parquet" && format != "arrow") {
    return UsageErrorAt(write.place, "format " + format + " can't be written",
                        "known: parquet, csv, arrow");
  }
  bool is_file = is_stream || !by_name.empty();
  if (is_file && !write.partition_by.empty()) {
    return UsageErrorAt(write.place, write.path + ": partitions need a folder, not a file");
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
  ARROW_ASSIGN_OR_RAISE(auto output, OpenTarget(write, context));
  return output;
}

}  // namespace tamis
