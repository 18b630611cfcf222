// Hands the records of one text file to many threads, in chunks that any number of threads cut at
// the same places. Does not know the format: a scan callback finds where records end.
//
// Chunk i owns the records that begin in [i * chunk_bytes, (i + 1) * chunk_bytes) of the file. A
// thread guesses that the first LF at or after the chunk's beginning ends a record, scans from
// there, then waits for the true end of the chunk before it and scans again if the guess was wrong
// (a quoted line end). Only the scan is in that chain, not the work on its result. Threads take
// chunks in order and finish what they took within the same call, so that the one at the head of
// the chain never waits for another.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "format/decompress.h"
#include "storage/storage.h"

namespace tamis {

/// Bytes behind the data of every chunk that may be read (their values mean nothing).
inline constexpr int64_t kChunkPadding = 64;

/// A reused piece of memory.
class ChunkBuffer {
 public:
  char* data() { return data_.get(); }
  const char* data() const { return data_.get(); }
  int64_t capacity() const { return capacity_; }
  /// Makes room for `bytes` (and the padding), keeping the first `kept` bytes.
  void Reserve(int64_t bytes, int64_t kept);

 private:
  std::unique_ptr<char[]> data_;
  int64_t capacity_ = 0;
};

/// What a scan is asked: index the records of `data` that begin in [start, limit).
struct ScanRequest {
  const char* data = nullptr;
  int64_t start = 0;
  int64_t limit = 0;
  int64_t size = 0;
  bool final = false;  // the file ends at `size`
};

/// What it answers.
struct ScanAnswer {
  bool complete = false;  // false: the last record needs more bytes, the rest means nothing
  int64_t end = 0;        // where the next record begins (>= limit, or == size)
  int64_t records = 0;
  int64_t lines = 0;  // LF bytes between start and end
};

/// Called by the thread that takes the chunk, once or a few times; the last call counts. An error
/// ends the run.
using ScanFunction = std::function<Result<ScanAnswer>(const ScanRequest&)>;

/// A chunk with exact numbers. `data[begin, end)` are its bytes; kChunkPadding more can be read.
struct RecordChunk {
  int64_t index = 0;         // 0, 1, 2, ... in the file
  int64_t file_offset = 0;   // of data[0]: data[x] is byte file_offset + x of the file
  int64_t begin = 0;         // in data
  int64_t end = 0;           // in data
  int64_t first_record = 0;  // records of this file before it
  int64_t first_line = 0;    // lines of this file before it (the header's are counted)
  int64_t records = 0;
  std::shared_ptr<ChunkBuffer> buffer;  // back to the pool when the last owner goes
  const char* data() const { return buffer->data(); }
};

/// Where the first record begins, and what lies before it.
struct RecordsStart {
  int64_t offset = 0;
  int64_t lines = 0;
};

class RecordChunks {
 public:
  /// Records of a file that can be read anywhere. `name` is what errors call it.
  RecordChunks(std::shared_ptr<ReadableFile> file, std::string name, RecordsStart start,
               int64_t chunk_bytes);
  /// Records of a stream whose first bytes, `head`, were already read (start.offset lies in them).
  RecordChunks(std::unique_ptr<ByteStream> stream, std::string head, std::string name,
               RecordsStart start, int64_t chunk_bytes);
  ~RecordChunks();

  /// The next chunk, or nullopt at the end. For many threads at once. After an error every call
  /// returns it.
  Result<std::optional<RecordChunk>> Next(const ScanFunction& scan);

  /// Next in two steps, for who must number chunks over several files: Take is called under the
  /// caller's lock and fixes the order; Finish does the work outside of it, and must follow on the
  /// same thread.
  Result<std::optional<RecordChunk>> Take(const ScanFunction& scan);
  Result<RecordChunk> Finish(RecordChunk taken, const ScanFunction& scan);

  /// Bytes of the file below that were read so far.
  int64_t ReadBytes() const;

 private:
  struct Chain;
  class Pool;

  Result<std::optional<RecordChunk>> TakeFromStream(const ScanFunction& scan);
  Status ReadStreamChunk(RecordChunk* chunk, int64_t limit, int64_t* filled,
                         const ScanFunction& scan);
  Status FillFromFile(RecordChunk* chunk, int64_t bytes, int64_t* filled);
  Result<ScanAnswer> ScanToEnd(RecordChunk* chunk, int64_t start, int64_t limit, int64_t filled,
                               const ScanFunction& scan);
  Status FinishInChain(RecordChunk* chunk, const ScanFunction& scan);

  std::string name_;
  int64_t chunk_bytes_;
  std::shared_ptr<Pool> pool_;
  std::unique_ptr<Chain> chain_;

  std::shared_ptr<ReadableFile> file_;
  int64_t size_bytes_ = 0;
  std::atomic<int64_t> next_chunk_{0};
  std::atomic<int64_t> read_bytes_{0};

  std::unique_ptr<ByteStream> stream_;
  std::mutex stream_mutex_;
  std::string carry_;         // bytes read beyond the last chunk's end
  int64_t carry_offset_ = 0;  // of carry_[0] in the stream
  bool stream_ended_ = false;
};

}  // namespace tamis
