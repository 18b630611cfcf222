// Cuts rows into files of about one size. Does not encode, name or publish them.
#pragma once

#include <arrow/record_batch.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "base/status.h"
#include "base/stop.h"
#include "format/sink.h"

namespace tamis {

/// A file that takes rows.
struct SizedFile {
  std::unique_ptr<Sink> sink;
  /// After the sink's Finish: closes the file, which holds this many rows. Returns its bytes.
  std::function<Result<int64_t>(int64_t row_count)> close;
};

struct SizedFilesOptions {
  /// About what a file should have.
  int64_t file_bytes = 0;
  /// Write blocks while chunks that wait for earlier ones hold more than this.
  int64_t ahead_bytes_max = int64_t{64} << 20;
  /// Ends such waits when the run is stopped; may be null.
  const StopToken* stop = nullptr;
  /// Opens file 0, 1, 2, ..., one at a time.
  std::function<Result<SizedFile>(int64_t number)> open;
  /// The bytes of a file that holds these rows.
  std::function<Result<int64_t>(const arrow::RecordBatchVector& batches)> measure;
  /// The first rows, if they are known; empty: those of the first chunk.
  arrow::RecordBatchVector sample;
};

/// Writes one file after the other, each by all threads that call Write.
///
/// A file's size is known when it is finished, its rows must be known when it begins. So rows are
/// counted by their bytes in memory; the first rows, encoded for a trial, and then each file tell
/// how many bytes of a file they make. Since a file begins when the one before is finished, the
/// files are the same for any number of threads. At least one file is written.
class SizedFilesSink : public Sink {
 public:
  explicit SizedFilesSink(SizedFilesOptions options) : options_(std::move(options)) {}

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override;
  Status Finish() override;
  /// Only after Finish.
  int64_t file_count() const { return file_count_; }

 private:
  struct File {
    SizedFile out;
    int64_t next_index = 0;
    int64_t row_count = 0;
    double bytes = 0;  // of its rows in memory
    double bytes_max = 0;
  };
  struct Head {
    std::shared_ptr<arrow::RecordBatch> batch;
    double bytes_per_row = 0;
    int64_t row = 0;  // those before are written
  };
  enum class Act { kNothing, kOpen, kClose, kWrite };

  Status Work(std::unique_lock<std::mutex>* lock, int64_t waiting_bytes_max);
  Act Choose();
  bool FindHead();
  Status Open();
  Status Close();
  Status WriteSlice(std::unique_lock<std::mutex>* lock);

  SizedFilesOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int64_t, std::shared_ptr<arrow::RecordBatch>> waiting_;
  int64_t waiting_bytes_ = 0;
  int64_t next_index_ = 0;
  std::optional<Head> head_;  // the chunk whose turn it is
  std::optional<File> file_;  // the one that takes rows
  int writing_count_ = 0;     // slices at work
  bool is_changing_ = false;  // a file is being opened or closed
  double file_share_ = 0;     // bytes of a file for each byte in memory; 0: not known yet
  int64_t file_count_ = 0;
  Status status_;
};

}  // namespace tamis
