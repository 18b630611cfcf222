// gzip and zstd streams by zlib and libzstd. Does not guess formats.
#include "format/decompress.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <vector>

#include "storage/stdio.h"

namespace tamis {
namespace {

constexpr int64_t kInputBytes = 256 << 10;

class FileByteStream : public ByteStream {
 public:
  explicit FileByteStream(std::shared_ptr<ReadableFile> file) : file_(std::move(file)) {}

  Result<int64_t> Read(int64_t size, void* out) override {
    ARROW_ASSIGN_OR_RAISE(int64_t read, file_->ReadAt(offset_.load(), size, out));
    offset_ += read;
    return read;
  }
  int64_t ConsumedBytes() const override { return offset_.load(); }

 private:
  std::shared_ptr<ReadableFile> file_;
  std::atomic<int64_t> offset_{0};
};

class PipeByteStream : public ByteStream {
 public:
  explicit PipeByteStream(std::unique_ptr<SequentialFile> pipe) : pipe_(std::move(pipe)) {}

  Result<int64_t> Read(int64_t size, void* out) override {
    int64_t total = 0;
    while (total < size) {  // a pipe gives what it has at the moment
      ARROW_ASSIGN_OR_RAISE(int64_t got,
                            pipe_->Read(size - total, static_cast<char*>(out) + total));
      if (got == 0) break;
      total += got;
    }
    consumed_ += total;
    return total;
  }
  int64_t ConsumedBytes() const override { return consumed_.load(); }

 private:
  std::unique_ptr<SequentialFile> pipe_;
  std::atomic<int64_t> consumed_{0};
};

/// A stream whose first bytes were read already.
class PrefixedStream : public ByteStream {
 public:
  PrefixedStream(std::string head, std::unique_ptr<ByteStream> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}

  Result<int64_t> Read(int64_t size, void* out) override {
    const int64_t from_head = std::min(size, static_cast<int64_t>(head_.size() - at_));
    std::memcpy(out, head_.data() + at_, static_cast<size_t>(from_head));
    at_ += static_cast<size_t>(from_head);
    if (from_head == size) return size;
    ARROW_ASSIGN_OR_RAISE(int64_t more,
                          rest_->Read(size - from_head, static_cast<char*>(out) + from_head));
    return from_head + more;
  }
  int64_t ConsumedBytes() const override { return rest_->ConsumedBytes(); }

 private:
  std::string head_;
  size_t at_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

/// What gzip and zstd share: a piece of compressed input at a time.
class DecompressingStream : public ByteStream {
 public:
  DecompressingStream(std::unique_ptr<ByteStream> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)), buffer_(kInputBytes) {}

  int64_t ConsumedBytes() const override { return input_->ConsumedBytes(); }

 protected:
  /// Reads the next piece when the last one is used up. At the end of the input nothing is left.
  Status Fill() {
    if (at_ < filled_ || ended_) return Status::OK();
    ARROW_ASSIGN_OR_RAISE(filled_, input_->Read(kInputBytes, buffer_.data()));
    at_ = 0;
    ended_ = filled_ == 0;
    return Status::OK();
  }

  Status Damaged(std::string_view format, std::string_view what) const {
    return DataError(name_ + ": damaged " + std::string(format) + " data near byte " +
                         std::to_string(input_->ConsumedBytes() - (filled_ - at_)) + ": " +
                         std::string(what),
                     "make or copy the file again");
  }

  std::unique_ptr<ByteStream> input_;
  std::string name_;
  std::vector<char> buffer_;
  int64_t at_ = 0;
  int64_t filled_ = 0;
  bool ended_ = false;
};

class GzipStream : public DecompressingStream {
 public:
  using DecompressingStream::DecompressingStream;
  ~GzipStream() override {
    if (ready_) inflateEnd(&zlib_);
  }

  Status Start() {
    // 16: a gzip header and checksum, nothing else.
    if (inflateInit2(&zlib_, 15 + 16) != Z_OK) return Status::OutOfMemory("zlib");
    ready_ = true;
    return Status::OK();
  }

  Result<int64_t> Read(int64_t size, void* out) override {
    int64_t total = 0;
    while (total < size && !done_) {
      ARROW_RETURN_NOT_OK(Fill());
      if (!in_member_) {
        ARROW_RETURN_NOT_OK(BetweenMembers());
        continue;
      }
      ARROW_ASSIGN_OR_RAISE(int64_t made, Inflate(size - total, static_cast<char*>(out) + total));
      // At the end of the input there may still be output inside.
      if (ended_ && made == 0 && in_member_) return Damaged("gzip", "it ends early");
      total += made;
    }
    return total;
  }

 private:
  Result<int64_t> Inflate(int64_t size, char* out) {
    const uInt room = static_cast<uInt>(std::min<int64_t>(size, 1 << 30));
    zlib_.next_in = reinterpret_cast<Bytef*>(buffer_.data() + at_);
    zlib_.avail_in = static_cast<uInt>(filled_ - at_);
    zlib_.next_out = reinterpret_cast<Bytef*>(out);
    zlib_.avail_out = room;
    const int result = inflate(&zlib_, Z_NO_FLUSH);
    at_ = filled_ - zlib_.avail_in;
    if (result == Z_STREAM_END) {
      in_member_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      return Damaged("gzip", zlib_.msg ? zlib_.msg : "not a gzip member");
    }
    return room - zlib_.avail_out;
  }

  /// Another member, zeros (padding) or the end may follow.
  Status BetweenMembers() {
    while (at_ < filled_ && buffer_[static_cast<size_t>(at_)] == '\0') ++at_;
    if (at_ < filled_) {
      if (inflateReset(&zlib_) != Z_OK) return Status::OutOfMemory("zlib");
      in_member_ = true;
    }
    done_ = ended_;
    return Status::OK();
  }

  z_stream zlib_{};
  bool ready_ = false;
  bool in_member_ = true;
  bool done_ = false;
};

class ZstdStream : public DecompressingStream {
 public:
  ZstdStream(std::unique_ptr<ByteStream> input, std::string name)
      : DecompressingStream(std::move(input), std::move(name)), zstd_(ZSTD_createDStream()) {}
  ~ZstdStream() override { ZSTD_freeDStream(zstd_); }

  Result<int64_t> Read(int64_t size, void* out) override {
    ZSTD_outBuffer to{out, static_cast<size_t>(size), 0};
    while (to.pos < to.size) {
      ARROW_RETURN_NOT_OK(Fill());
      ZSTD_inBuffer from{buffer_.data(), static_cast<size_t>(filled_), static_cast<size_t>(at_)};
      const size_t before = to.pos;
      // At the end of the input there may still be output inside.
      if (ended_ && in_frame_) from = {nullptr, 0, 0};
      if (ended_ && !in_frame_) break;
      const size_t result = ZSTD_decompressStream(zstd_, &to, &from);
      if (ZSTD_isError(result)) return Damaged("zstd", ZSTD_getErrorName(result));
      if (!ended_) at_ = static_cast<int64_t>(from.pos);
      in_frame_ = result != 0;
      if (ended_ && in_frame_ && to.pos == before) return Damaged("zstd", "it ends early");
    }
    return static_cast<int64_t>(to.pos);
  }

 private:
  ZSTD_DStream* zstd_;
  bool in_frame_ = true;
};

}  // namespace

Compression DetectCompression(std::string_view head) {
  if (head.starts_with("\x1f\x8b\x08")) return Compression::kGzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Compression::kZstd;
  // A skippable frame, such as pzstd puts in front: the magic number's low four bits are free.
  if (head.size() >= 4 && (head[0] & '\xf0') == '\x50' && head.substr(1, 3) == "\x2a\x4d\x18") {
    return Compression::kZstd;
  }
  return Compression::kNone;
}

std::unique_ptr<ByteStream> FileStream(std::shared_ptr<ReadableFile> file) {
  return std::make_unique<FileByteStream>(std::move(file));
}

std::unique_ptr<ByteStream> StandardInput() {
  return PipeStream("-").ValueOrDie();  // always open
}

Result<std::unique_ptr<ByteStream>> PipeStream(const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(std::unique_ptr<SequentialFile> pipe, OpenSequential(path));
  return std::make_unique<PipeByteStream>(std::move(pipe));
}

Result<std::unique_ptr<ByteStream>> Decompress(std::unique_ptr<ByteStream> input,
                                               Compression compression, std::string name) {
  if (compression == Compression::kGzip) {
    auto stream = std::make_unique<GzipStream>(std::move(input), std::move(name));
    ARROW_RETURN_NOT_OK(stream->Start());
    return stream;
  }
  if (compression == Compression::kZstd) {
    return std::make_unique<ZstdStream>(std::move(input), std::move(name));
  }
  return input;
}

Result<std::unique_ptr<ByteStream>> DecompressIfNeeded(std::unique_ptr<ByteStream> input,
                                                       std::string name) {
  std::string head(4, '\0');
  ARROW_ASSIGN_OR_RAISE(int64_t got, input->Read(4, head.data()));
  head.resize(static_cast<size_t>(got));
  const Compression compression = DetectCompression(head);
  input = std::make_unique<PrefixedStream>(std::move(head), std::move(input));
  return Decompress(std::move(input), compression, std::move(name));
}

}  // namespace tamis
