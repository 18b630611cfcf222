// Threads that compress blocks, whose results are appended in order. See compress.h.
//
// PERF NOTES. zlib at level 6 makes 40 to 80 MB/s of text a thread and decides alone how long a
// gzip output takes; libzstd at level 3 makes about 400 MB/s. Copying the text into blocks is
// nothing beside either.
#include "format/compress.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace tamis {
namespace {

constexpr int kGzipLevel = 6;
constexpr int kZstdLevel = 3;

Result<std::string> GzipMember(std::string_view text) {
  z_stream zlib{};
  // 16: a gzip header and checksum. The header's time is 0 and its system unknown.
  if (deflateInit2(&zlib, kGzipLevel, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return Status::OutOfMemory("zlib");
  }
  std::string member(deflateBound(&zlib, text.size()), '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zlib.avail_in = static_cast<uInt>(text.size());
  zlib.next_out = reinterpret_cast<Bytef*>(member.data());
  zlib.avail_out = static_cast<uInt>(member.size());
  const int result = deflate(&zlib, Z_FINISH);
  member.resize(zlib.total_out);
  deflateEnd(&zlib);
  if (result != Z_STREAM_END) return Status::UnknownError("zlib: ", result);
  return member;
}

Result<std::string> ZstdFrame(std::string_view text) {
  std::string frame(ZSTD_compressBound(text.size()), '\0');
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> zstd(ZSTD_createCCtx(), ZSTD_freeCCtx);
  if (!zstd) return Status::OutOfMemory("zstd");
  ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_compressionLevel, kZstdLevel);
  ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_checksumFlag, 1);
  const size_t size =
      ZSTD_compress2(zstd.get(), frame.data(), frame.size(), text.data(), text.size());
  if (ZSTD_isError(size)) return Status::UnknownError("zstd: ", ZSTD_getErrorName(size));
  frame.resize(size);
  return frame;
}

class CompressingFile : public WritableFile {
 public:
  CompressingFile(std::unique_ptr<WritableFile> file, Compression compression, int threads)
      : file_(std::move(file)), compression_(compression), thread_count_(threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
  }
  ~CompressingFile() override { JoinThreads(); }

  Status Append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const auto room = static_cast<size_t>(kCompressedBlockBytes) - block_.size();
      block_.append(bytes.substr(0, room));
      bytes.remove_prefix(std::min(room, bytes.size()));
      if (block_.size() == static_cast<size_t>(kCompressedBlockBytes)) {
        ARROW_RETURN_NOT_OK(HandIn());
      }
    }
    return Status::OK();
  }
  Status WriteAt(int64_t, std::string_view) override {
    return Status::Invalid("compressed files are written from front to back");
  }
  Status Sync() override {
    ARROW_RETURN_NOT_OK(End());
    return file_->Sync();
  }
  Status Close() override {
    const Status ended = End();
    const Status closed = file_->Close();
    return ended.ok() ? closed : ended;
  }

 private:
  struct Block {
    int64_t index = 0;
    std::string text;
  };

  Status HandIn() {
    std::unique_lock lock(mutex_);
    // As many as wait while each thread is at work on one.
    changed_.wait(
        lock, [&] { return !failure_.ok() || handed_in_ - written_ < 3 * int64_t{thread_count_}; });
    ARROW_RETURN_NOT_OK(failure_);
    blocks_.push_back({handed_in_++, std::move(block_)});
    block_.clear();
    changed_.notify_all();
    return Status::OK();
  }

  /// Nothing more comes: waits for all that is on its way.
  Status End() {
    if (!ended_) {
      ended_ = true;
      if (!block_.empty() || handed_in_ == 0) ARROW_RETURN_NOT_OK(HandIn());
    }
    JoinThreads();
    return failure_;
  }

  void JoinThreads() {
    {
      std::lock_guard lock(mutex_);
      closing_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  void Work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [&] { return closing_ || !blocks_.empty(); });
      if (blocks_.empty() || !failure_.ok()) return;
      const Block block = std::move(blocks_.front());
      blocks_.pop_front();
      lock.unlock();
      auto packed =
          compression_ == Compression::kGzip ? GzipMember(block.text) : ZstdFrame(block.text);
      lock.lock();
      if (packed.ok()) {
        packed_.emplace(block.index, std::move(*packed));
      } else if (failure_.ok()) {
        failure_ = packed.status();
      }
      Drain(&lock);
      changed_.notify_all();
    }
  }

  /// Writes the blocks whose turn it is, unless another thread is at it (which then writes them).
  void Drain(std::unique_lock<std::mutex>* lock) {
    if (writing_) return;
    writing_ = true;
    while (failure_.ok() && !packed_.empty() && packed_.begin()->first == written_) {
      const std::string bytes = std::move(packed_.begin()->second);
      packed_.erase(packed_.begin());
      lock->unlock();
      const Status status = file_->Append(bytes);
      lock->lock();
      if (!status.ok() && failure_.ok()) failure_ = status;
      ++written_;
      changed_.notify_all();
    }
    writing_ = false;
  }

  std::unique_ptr<WritableFile> file_;
  Compression compression_;
  int thread_count_;
  std::string block_;  // of the thread that appends
  bool ended_ = false;
  std::vector<std::thread> threads_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Block> blocks_;
  std::map<int64_t, std::string> packed_;
  int64_t handed_in_ = 0;
  int64_t written_ = 0;
  bool writing_ = false;
  bool closing_ = false;
  Status failure_;
};

}  // namespace

Result<Compression> CompressionByName(const std::string& name, const std::string& path) {
  if (name == "gzip") return Compression::kGzip;
  if (name == "zstd") return Compression::kZstd;
  if (name == "none") return Compression::kNone;
  if (!name.empty()) {
    return UsageError("unknown compression: " + name, "known: none, gzip, zstd");
  }
  if (path.ends_with(".gz")) return Compression::kGzip;
  if (path.ends_with(".zst") || path.ends_with(".zstd")) return Compression::kZstd;
  return Compression::kNone;
}

std::string CompressionEnding(Compression compression) {
  if (compression == Compression::kNone) return "";
  return compression == Compression::kGzip ? ".gz" : ".zst";
}

Result<std::unique_ptr<WritableFile>> CompressedFile(std::unique_ptr<WritableFile> file,
                                                     Compression compression, int threads) {
  if (compression == Compression::kNone) return file;
  return std::make_unique<CompressingFile>(std::move(file), compression, std::max(threads, 1));
}

}  // namespace tamis
