// Buffers rows by partition. See partitioned_sink.h.
#include "local/partitioned_sink.h"

#include <arrow/array.h>
#include <arrow/scalar.h>
#include <arrow/util/byte_size.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/dictionary.h"
#include "dataset/partition.h"
#include "ops/take.h"

namespace tamis {
namespace {

Result<std::string> ValueText(const arrow::Array& array, int64_t row) {
  ARROW_ASSIGN_OR_RAISE(auto scalar, array.GetScalar(row));
  if (array.type_id() == arrow::Type::DICTIONARY) {
    ARROW_ASSIGN_OR_RAISE(scalar,
                          static_cast<const arrow::DictionaryScalar&>(*scalar).GetEncodedValue());
  }
  return scalar->ToString();
}

// Batches of few rows are joined when there are as many of them: each costs some hundred bytes.
constexpr size_t kPiecesMax = 64;
constexpr int64_t kJoinedBytesMax = 1 << 20;
constexpr int64_t kReadingThreadsMax = 4;  // that read spilled rows at once
constexpr int64_t kColumnBytes = 300;      // what a column of a batch takes besides its values

int64_t PieceBytes(const arrow::RecordBatch& batch) {
  return arrow::util::TotalBufferSize(batch) + kColumnBytes * batch.num_columns();
}

// A piece of a chunk keeps all of the chunk's dictionary alive: one of few rows is better off
// without.
Result<std::shared_ptr<arrow::RecordBatch>> DropLargeDictionaries(const arrow::RecordBatch& batch) {
  arrow::ArrayVector columns = batch.columns();
  arrow::FieldVector fields = batch.schema()->fields();
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i]->type_id() != arrow::Type::DICTIONARY) continue;
    const auto& encoded = static_cast<const arrow::DictionaryArray&>(*columns[i]);
    if (encoded.dictionary()->length() <= batch.num_rows()) continue;
    ARROW_ASSIGN_OR_RAISE(columns[i], DecodeDictionary(columns[i]));
    fields[i] = fields[i]->WithType(columns[i]->type());
  }
  return arrow::RecordBatch::Make(arrow::schema(std::move(fields)), batch.num_rows(),
                                  std::move(columns));
}

// One batch without dictionaries.
Result<std::shared_ptr<arrow::RecordBatch>> Join(const std::shared_ptr<arrow::Schema>& schema,
                                                 const arrow::RecordBatchVector& batches) {
  arrow::RecordBatchVector plain;
  for (const auto& batch : batches) {
    ARROW_ASSIGN_OR_RAISE(auto decoded, DecodeDictionaries(*batch));
    plain.push_back(arrow::RecordBatch::Make(schema, decoded->num_rows(), decoded->columns()));
  }
  return plain.size() == 1 ? plain[0] : arrow::ConcatenateRecordBatches(plain);
}

// A key of a column's name takes its place: then it must hold the column's values.
Status CheckHides(const std::vector<DeriveSpec>& partition_by, const std::string& column) {
  for (const DeriveSpec& part : partition_by) {
    if (part.name != column || part.value.BareColumn() == column) continue;
    return UsageErrorAt(part.value.place(),
                        "partition_by: the key " + part.name + " would hide the column " +
                            part.name + ", whose values would be lost",
                        "give the key another name");
  }
  return Status::OK();
}

}  // namespace

Result<std::unique_ptr<PartitionedSink>> PartitionedSink::Make(
    const std::vector<DeriveSpec>& partition_by, const std::shared_ptr<arrow::Schema>& schema,
    PartitionedSinkOptions options) {
  std::unique_ptr<PartitionedSink> sink(new PartitionedSink());
  sink->partition_by_ = partition_by;
  sink->options_ = std::move(options);
  arrow::FieldVector fields;
  for (int i = 0; i < schema->num_fields(); ++i) {
    bool in_folder = std::any_of(partition_by.begin(), partition_by.end(), [&](const auto& part) {
      return part.name == schema->field(i)->name();
    });
    if (in_folder) {
      ARROW_RETURN_NOT_OK(CheckHides(partition_by, schema->field(i)->name()));
      continue;
    }
    fields.push_back(schema->field(i));
    sink->file_columns_.push_back(i);
  }
  if (fields.empty()) {
    return UsageError("partition_by: every column is in the folders' names",
                      "leave at least one column for the files");
  }
  sink->file_schema_ = arrow::schema(fields);
  for (auto& field : fields) field = field->WithType(DictionaryValueType(field->type()));
  sink->plain_schema_ = arrow::schema(fields);
  return sink;
}

Result<std::vector<PartitionedSink::Piece>> PartitionedSink::Split(
    const arrow::RecordBatch& batch) const {
  arrow::ArrayVector keys;
  for (const DeriveSpec& part : partition_by_) {
    ARROW_ASSIGN_OR_RAISE(auto key, part.value.Evaluate(batch));
    keys.push_back(std::move(key));
  }
  std::unordered_map<std::string, size_t> piece_of_folder;
  std::vector<std::pair<std::string, RowList>> rows;
  std::string last_folder;
  size_t last_piece = 0;
  for (int64_t row = 0; row < batch.num_rows(); ++row) {
    std::string folder;
    for (size_t i = 0; i < keys.size(); ++i) {
      std::string text;
      bool is_null = keys[i]->IsNull(row);
      if (!is_null) {
        ARROW_ASSIGN_OR_RAISE(text, ValueText(*keys[i], row));
      }
      ARROW_ASSIGN_OR_RAISE(
          std::string part,
          PartitionFolder(partition_by_[i].name,
                          is_null ? std::nullopt : std::optional<std::string_view>(text)));
      folder += (i ? "/" : "") + part;
    }
    if (rows.empty() || folder != last_folder) {
      auto [at, added] = piece_of_folder.try_emplace(folder, rows.size());
      if (added) rows.emplace_back(folder, RowList());
      last_piece = at->second;
      last_folder = std::move(folder);
    }
    rows[last_piece].second.push_back(static_cast<int32_t>(row));
  }
  ARROW_ASSIGN_OR_RAISE(auto file_part, batch.SelectColumns(file_columns_));
  std::vector<Piece> pieces;
  for (auto& [folder, list] : rows) {
    ARROW_ASSIGN_OR_RAISE(auto taken, TakeRows(*file_part, list));
    ARROW_ASSIGN_OR_RAISE(taken, DropLargeDictionaries(*taken));
    pieces.push_back({std::move(folder), std::move(taken)});
  }
  return pieces;
}

Status PartitionedSink::Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) {
  ARROW_ASSIGN_OR_RAISE(auto pieces, Split(*batch));
  std::lock_guard lock(mutex_);
  waiting_[index] = std::move(pieces);
  while (!waiting_.empty() && waiting_.begin()->first == next_index_) {
    auto ready = waiting_.extract(waiting_.begin());
    ++next_index_;
    ARROW_RETURN_NOT_OK(Keep(std::move(ready.mapped())));
  }
  return Status::OK();
}

Status PartitionedSink::Keep(std::vector<Piece> pieces) {
  for (Piece& piece : pieces) {
    Partition& partition = partitions_[piece.folder];
    const int64_t bytes = PieceBytes(*piece.batch);
    partition.bytes += bytes;
    buffered_bytes_ += bytes;
    partition.batches.push_back(std::move(piece.batch));
    if (partition.batches.size() >= kPiecesMax && partition.bytes < kJoinedBytesMax) {
      buffered_bytes_ -= partition.bytes;
      ARROW_ASSIGN_OR_RAISE(auto joined, Join(plain_schema_, partition.batches));
      partition.bytes = PieceBytes(*joined);
      partition.batches = {std::move(joined)};
      buffered_bytes_ += partition.bytes;
    }
  }
  return buffered_bytes_ > options_.buffer_bytes_max ? MakeRoom() : Status::OK();
}

// Takes the largest partitions out of memory until half of the buffer is free.
Status PartitionedSink::MakeRoom() {
  std::vector<std::pair<int64_t, std::string>> by_size;
  for (const auto& [folder, partition] : partitions_)
    by_size.emplace_back(-partition.bytes, folder);
  std::sort(by_size.begin(), by_size.end());
  // What the writing threads read back comes on top of the other half.
  const int64_t file_bytes_min = options_.buffer_bytes_max / (2 * kReadingThreadsMax);
  std::vector<std::string> large;
  int64_t left = buffered_bytes_;
  for (const auto& [bytes, folder] : by_size) {
    if (left <= options_.buffer_bytes_max / 2) break;
    left += bytes;
    Partition* partition = &partitions_[folder];
    if (!options_.spill || partition->bytes + partition->spilled_bytes >= file_bytes_min) {
      large.push_back(folder);
    } else {
      ARROW_RETURN_NOT_OK(Spill(partition));
    }
  }
  return WriteAll(large);
}

Status PartitionedSink::Spill(Partition* partition) {
  ARROW_ASSIGN_OR_RAISE(auto joined, Join(plain_schema_, partition->batches));
  ARROW_ASSIGN_OR_RAISE(auto part, options_.spill->Append(*joined));
  partition->spilled.push_back(part);
  partition->spilled_bytes += part.size_bytes;
  partition->batches.clear();
  buffered_bytes_ -= std::exchange(partition->bytes, 0);
  return Status::OK();
}

Status PartitionedSink::WritePartition(const std::string& folder, Partition* partition) {
  arrow::RecordBatchVector batches;
  for (const BatchSpill::Part& part : partition->spilled) {
    ARROW_ASSIGN_OR_RAISE(auto batch, options_.spill->Read(part, plain_schema_));
    batches.push_back(std::move(batch));
  }
  batches.insert(batches.end(), partition->batches.begin(), partition->batches.end());
  partition->batches.clear();
  ARROW_ASSIGN_OR_RAISE(int64_t files,
                        options_.write_files(folder, partition->file_count, file_schema_, batches));
  partition->file_count += files;
  partition->spilled.clear();
  partition->spilled_bytes = 0;
  return Status::OK();
}

Status PartitionedSink::WriteAll(const std::vector<std::string>& folders) {
  std::vector<std::pair<std::string, Partition*>> work;
  for (const std::string& folder : folders) {
    Partition* partition = &partitions_[folder];
    if (partition->batches.empty() && partition->spilled.empty()) continue;
    work.emplace_back(folder, partition);
  }
  std::atomic<size_t> next{0};
  std::mutex failure_mutex;
  Status failure;
  auto write = [&] {
    for (size_t i = next++; i < work.size(); i = next++) {
      Status status = WritePartition(work[i].first, work[i].second);
      if (status.ok()) continue;
      std::lock_guard lock(failure_mutex);
      failure = status;
      next = work.size();
    }
  };
  const bool any_spilled = std::any_of(
      work.begin(), work.end(), [](const auto& item) { return !item.second->spilled.empty(); });
  const int64_t thread_count = any_spilled
                                   ? std::min<int64_t>(options_.thread_count, kReadingThreadsMax)
                                   : options_.thread_count;
  std::vector<std::thread> threads;
  for (int64_t i = 1; i < thread_count; ++i) threads.emplace_back(write);
  write();
  for (std::thread& thread : threads) thread.join();
  ARROW_RETURN_NOT_OK(failure);
  for (auto& [folder, partition] : work) buffered_bytes_ -= std::exchange(partition->bytes, 0);
  return Status::OK();
}

Status PartitionedSink::Finish() {
  std::vector<std::string> folders;
  for (const auto& [folder, partition] : partitions_) folders.push_back(folder);
  return WriteAll(folders);
}

}  // namespace tamis
