// Buffers rows by partition. See partitioned_sink.h.
#include "local/partitioned_sink.h"

#include <arrow/scalar.h>
#include <arrow/util/byte_size.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <unordered_map>

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
    int64_t bytes = arrow::util::TotalBufferSize(*piece.batch);
    partition.bytes += bytes;
    buffered_bytes_ += bytes;
    partition.batches.push_back(std::move(piece.batch));
  }
  return buffered_bytes_ > options_.buffer_bytes_max ? WriteLargest() : Status::OK();
}

// Writes the largest partitions until half of the buffer is free.
Status PartitionedSink::WriteLargest() {
  std::vector<std::pair<int64_t, std::string>> by_size;
  for (const auto& [folder, partition] : partitions_)
    by_size.emplace_back(-partition.bytes, folder);
  std::sort(by_size.begin(), by_size.end());
  std::vector<std::string> folders;
  int64_t freed = 0;
  for (const auto& [bytes, folder] : by_size) {
    if (freed >= buffered_bytes_ / 2) break;
    freed -= bytes;
    folders.push_back(folder);
  }
  return WriteAll(std::move(folders));
}

Status PartitionedSink::WriteAll(std::vector<std::string> folders) {
  std::vector<std::pair<std::string, Partition*>> work;
  for (std::string& folder : folders) {
    Partition* partition = &partitions_[folder];
    if (!partition->batches.empty()) work.emplace_back(std::move(folder), partition);
  }
  std::atomic<size_t> next{0};
  std::mutex failure_mutex;
  Status failure;
  auto write = [&] {
    for (size_t i = next++; i < work.size(); i = next++) {
      auto& [folder, partition] = work[i];
      Status status =
          options_.write_file(folder, partition->file_count++, file_schema_, partition->batches);
      if (status.ok()) continue;
      std::lock_guard lock(failure_mutex);
      failure = status;
      next = work.size();
    }
  };
  std::vector<std::thread> threads;
  for (int i = 1; i < options_.thread_count; ++i) threads.emplace_back(write);
  write();
  for (std::thread& thread : threads) thread.join();
  ARROW_RETURN_NOT_OK(failure);
  for (auto& [folder, partition] : work) {
    buffered_bytes_ -= partition->bytes;
    partition->bytes = 0;
    partition->batches.clear();
  }
  return Status::OK();
}

Status PartitionedSink::Finish() {
  std::vector<std::string> folders;
  for (const auto& [folder, partition] : partitions_) folders.push_back(folder);
  return WriteAll(std::move(folders));
}

}  // namespace tamis
