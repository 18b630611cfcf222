// The chain of chunk ends, and the buffers that go round. Does not know the format.
#include "format/record_chunks.h"

#include <algorithm>
#include <cstring>

namespace tamis {
namespace {

// Read behind a chunk to complete its last record; more is read only if that isn't enough.
constexpr int64_t kReadOnBytes = 16 << 10;

}  // namespace

void ChunkBuffer::Reserve(int64_t bytes, int64_t kept) {
  if (bytes + kChunkPadding <= capacity_) return;
  const int64_t capacity = bytes + kChunkPadding;
  // Not value-initialized: pages that are never filled are never touched.
  std::unique_ptr<char[]> grown(new char[static_cast<size_t>(capacity)]);
  if (kept != 0) std::memcpy(grown.get(), data_.get(), static_cast<size_t>(kept));
  data_ = std::move(grown);
  capacity_ = capacity;
}

/// Buffers whose owners are gone.
class RecordChunks::Pool : public std::enable_shared_from_this<Pool> {
 public:
  std::shared_ptr<ChunkBuffer> Take() {
    std::unique_ptr<ChunkBuffer> buffer;
    {
      std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        buffer = std::move(free_.back());
        free_.pop_back();
      }
    }
    if (!buffer) buffer = std::make_unique<ChunkBuffer>();
    auto give_back = [pool = shared_from_this()](ChunkBuffer* used) {
      std::unique_ptr<ChunkBuffer> owned(used);
      pool->Give(std::move(owned));
    };
    return {buffer.release(), std::move(give_back)};
  }

 private:
  static constexpr int64_t kKeptBytesMax = 8 << 20;

  void Give(std::unique_ptr<ChunkBuffer> buffer) {
    if (buffer->capacity() > kKeptBytesMax) return;  // one that a long record made large
    std::lock_guard lock(mutex_);
    free_.push_back(std::move(buffer));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<ChunkBuffer>> free_;
};

/// The true end of the last chunk that is known, and the numbers up to there.
struct RecordChunks::Chain {
  std::mutex mutex;
  std::condition_variable advanced;
  int64_t chunk_count = 0;  // chunks whose end is known
  int64_t end = 0;          // in the file
  int64_t records = 0;
  int64_t lines = 0;
  Status failure;

  Status Fail(Status status) {
    std::lock_guard lock(mutex);
    if (failure.ok()) failure = std::move(status);
    advanced.notify_all();
    return failure;
  }

  /// Sets the chunk's numbers to those at its beginning, and moves behind it.
  void Advance(RecordChunk* chunk, const ScanAnswer& answer) {
    chunk->begin = std::max(end, chunk->file_offset) - chunk->file_offset;
    chunk->end = chunk->begin;
    chunk->first_record = records;
    chunk->first_line = lines;
    chunk->records = answer.records;
    if (answer.end > chunk->begin) {
      chunk->end = answer.end;
      end = chunk->file_offset + answer.end;
    }
    records += answer.records;
    lines += answer.lines;
    ++chunk_count;
  }
};

RecordChunks::RecordChunks(std::shared_ptr<ReadableFile> file, std::string name, RecordsStart start,
                           int64_t chunk_bytes)
    : name_(std::move(name)),
      chunk_bytes_(chunk_bytes),
      pool_(std::make_shared<Pool>()),
      chain_(std::make_unique<Chain>()),
      file_(std::move(file)),
      size_bytes_(file_->size_bytes()) {
  chain_->end = start.offset;
  chain_->lines = start.lines;
}

RecordChunks::RecordChunks(std::unique_ptr<ByteStream> stream, std::string head, std::string name,
                           RecordsStart start, int64_t chunk_bytes)
    : name_(std::move(name)),
      chunk_bytes_(chunk_bytes),
      pool_(std::make_shared<Pool>()),
      chain_(std::make_unique<Chain>()),
      stream_(std::move(stream)),
      carry_(std::move(head)) {
  chain_->end = start.offset;
  chain_->lines = start.lines;
}

RecordChunks::~RecordChunks() = default;

int64_t RecordChunks::ReadBytes() const {
  return file_ ? std::min(read_bytes_.load(), size_bytes_) : stream_->ConsumedBytes();
}

Result<std::optional<RecordChunk>> RecordChunks::Next(const ScanFunction& scan) {
  ARROW_ASSIGN_OR_RAISE(std::optional<RecordChunk> taken, Take(scan));
  if (!taken) return std::nullopt;
  return Finish(std::move(*taken), scan);
}

Result<std::optional<RecordChunk>> RecordChunks::Take(const ScanFunction& scan) {
  if (stream_) return TakeFromStream(scan);
  const int64_t index = next_chunk_.fetch_add(1, std::memory_order_relaxed);
  if (index * chunk_bytes_ >= size_bytes_) {
    std::lock_guard lock(chain_->mutex);
    ARROW_RETURN_NOT_OK(chain_->failure);
    return std::nullopt;
  }
  RecordChunk chunk;
  chunk.index = index;
  return chunk;
}

Result<RecordChunk> RecordChunks::Finish(RecordChunk taken, const ScanFunction& scan) {
  if (stream_) return taken;
  const Status status = FinishInChain(&taken, scan);
  if (!status.ok()) return chain_->Fail(status);
  return taken;
}

/// Makes sure that `bytes` bytes from the chunk's file_offset on are in its buffer, or all there
/// are. `filled` is how many are.
Status RecordChunks::FillFromFile(RecordChunk* chunk, int64_t bytes, int64_t* filled) {
  const int64_t wanted = std::min(bytes, size_bytes_ - chunk->file_offset);
  if (wanted <= *filled) return Status::OK();
  chunk->buffer->Reserve(wanted, *filled);
  ARROW_ASSIGN_OR_RAISE(int64_t got, file_->ReadAt(chunk->file_offset + *filled, wanted - *filled,
                                                   chunk->buffer->data() + *filled));
  if (got != wanted - *filled) {
    return IoError(name_, "the file became shorter while it was read");
  }
  *filled = wanted;
  return Status::OK();
}

/// Scans from a known beginning, reading on as far as the last record goes.
Result<ScanAnswer> RecordChunks::ScanToEnd(RecordChunk* chunk, int64_t start, int64_t limit,
                                           int64_t filled, const ScanFunction& scan) {
  while (true) {
    const bool final = chunk->file_offset + filled == size_bytes_;
    ARROW_ASSIGN_OR_RAISE(ScanAnswer answer,
                          scan({chunk->buffer->data(), start, limit, filled, final}));
    if (answer.complete) return answer;
    if (final) return Status::Invalid("a scan asked for bytes behind the end of ", name_);
    ARROW_RETURN_NOT_OK(FillFromFile(chunk, filled + std::max(filled, kReadOnBytes), &filled));
  }
}

Status RecordChunks::FinishInChain(RecordChunk* chunk, const ScanFunction& scan) {
  // From the byte before the chunk on: if that is LF, a record may begin with the chunk.
  const int64_t nominal = chunk->index * chunk_bytes_;
  chunk->file_offset = std::max<int64_t>(nominal - 1, 0);
  chunk->buffer = pool_->Take();
  const int64_t limit = std::min(nominal + chunk_bytes_, size_bytes_) - chunk->file_offset;
  int64_t filled = 0;
  ARROW_RETURN_NOT_OK(FillFromFile(chunk, limit + kReadOnBytes, &filled));
  read_bytes_.fetch_add(std::min(chunk_bytes_, size_bytes_ - nominal), std::memory_order_relaxed);

  const char* data = chunk->buffer->data();
  ScanAnswer guessed;
  int64_t guess = -1;
  if (chunk->index != 0) {
    const void* found = std::memchr(data, '\n', static_cast<size_t>(limit));
    if (found) guess = static_cast<const char*>(found) - data + 1;
  }
  if (guess >= 0 && guess < limit) {
    const bool final = chunk->file_offset + filled == size_bytes_;
    Result<ScanAnswer> answer = scan({data, guess, limit, filled, final});
    // A wrong guess may fail in any way; a right one will fail again below.
    if (answer.ok() && answer->complete) guessed = *answer;
  }

  std::unique_lock lock(chain_->mutex);
  chain_->advanced.wait(
      lock, [&] { return chain_->chunk_count == chunk->index || !chain_->failure.ok(); });
  ARROW_RETURN_NOT_OK(chain_->failure);
  const int64_t start = chain_->end - chunk->file_offset;
  if (!guessed.complete || start != guess) {
    lock.unlock();  // nobody else can advance the chain now
    const ScanRequest nothing{data, limit, limit, limit, false};
    Result<ScanAnswer> answer =
        start < limit ? ScanToEnd(chunk, start, limit, filled, scan) : scan(nothing);
    ARROW_RETURN_NOT_OK(answer.status());
    guessed = *answer;
    if (start >= limit) guessed.end = 0;
    lock.lock();
  }
  chain_->Advance(chunk, guessed);
  chain_->advanced.notify_all();
  return Status::OK();
}

Result<std::optional<RecordChunk>> RecordChunks::TakeFromStream(const ScanFunction& scan) {
  std::lock_guard stream_lock(stream_mutex_);
  ARROW_RETURN_NOT_OK(chain_->failure);
  const int64_t index = next_chunk_.load(std::memory_order_relaxed);
  const int64_t nominal_end = (index + 1) * chunk_bytes_;
  RecordChunk chunk;
  chunk.index = index;
  chunk.file_offset = carry_offset_;
  chunk.buffer = pool_->Take();
  int64_t filled = static_cast<int64_t>(carry_.size());
  chunk.buffer->Reserve(std::max(filled, nominal_end - carry_offset_ + kReadOnBytes), 0);
  std::memcpy(chunk.buffer->data(), carry_.data(), carry_.size());
  const Status status =
      ReadStreamChunk(&chunk, std::max<int64_t>(nominal_end - carry_offset_, 0), &filled, scan);
  if (!status.ok()) return chain_->Fail(status);
  const bool past_end = stream_ended_ && chunk.file_offset + filled <= index * chunk_bytes_;
  if (past_end && chunk.end == chunk.begin) return std::nullopt;
  carry_.assign(chunk.buffer->data() + chunk.end, static_cast<size_t>(filled - chunk.end));
  carry_offset_ = chunk.file_offset + chunk.end;
  next_chunk_.store(index + 1, std::memory_order_relaxed);
  return chunk;
}

/// Reads up to `limit` and a little more, then on until the chunk's last record is complete.
Status RecordChunks::ReadStreamChunk(RecordChunk* chunk, int64_t limit, int64_t* filled,
                                     const ScanFunction& scan) {
  int64_t wanted = limit + kReadOnBytes;
  const int64_t start = chain_->end - chunk->file_offset;
  while (true) {
    if (!stream_ended_ && *filled < wanted) {
      chunk->buffer->Reserve(wanted, *filled);
      ARROW_ASSIGN_OR_RAISE(int64_t got,
                            stream_->Read(wanted - *filled, chunk->buffer->data() + *filled));
      stream_ended_ = got < wanted - *filled;
      *filled += got;
    }
    const int64_t reachable = std::min(limit, *filled);
    const int64_t from = std::min(start, reachable);
    ARROW_ASSIGN_OR_RAISE(ScanAnswer answer,
                          scan({chunk->buffer->data(), from, reachable, *filled, stream_ended_}));
    if (answer.complete) {
      if (start >= reachable) answer.end = 0;
      chain_->Advance(chunk, answer);
      return Status::OK();
    }
    if (stream_ended_) return Status::Invalid("a scan asked for bytes behind the end of ", name_);
    wanted = *filled * 2;
  }
}

}  // namespace tamis
