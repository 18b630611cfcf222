// Compresses files once. See payload.h.
#include "deploy/payload.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>

namespace tamis {
namespace {

constexpr size_t kPieceBytes = 256 << 10;
constexpr size_t kStoredBlockBytes = 65'535;   // the most that a stored block of deflate holds
constexpr int64_t kMemoryBytesMax = 64 << 10;  // what is larger is compressed into a file
constexpr int64_t kSampleBytes = 64 << 10;

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() {
    if (fd_ >= 0) close(fd_);
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// Reads exactly `size` bytes at `offset`.
Status ReadExactly(int fd, const std::string& path, int64_t offset, char* out, size_t size) {
  while (size > 0) {
    const ssize_t got = pread(fd, out, size, offset);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return IoErrorFromErrno(path, errno);
    if (got == 0) return IoError(path, "became shorter while it was sent");
    out += got;
    offset += got;
    size -= static_cast<size_t>(got);
  }
  return Status::OK();
}

std::string LittleEndian32(uint64_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xFF);
  return bytes;
}

const std::string kGzipHead("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);

/// Bytes in memory.
class MemoryPart : public PayloadPart {
 public:
  explicit MemoryPart(std::string bytes) : bytes_(std::move(bytes)) {}
  int64_t byte_count() const override { return static_cast<int64_t>(bytes_.size()); }
  Status Send(const PieceTaker& take) const override { return take(bytes_); }

 private:
  std::string bytes_;
};

/// A range of a file as it is.
class FilePart : public PayloadPart {
 public:
  FilePart(std::string path, int64_t offset, int64_t end)
      : path_(std::move(path)), offset_(offset), end_(end) {}
  int64_t byte_count() const override { return end_ - offset_; }
  Status Send(const PieceTaker& take) const override {
    const Fd file(open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) return IoErrorFromErrno(path_, errno);
    std::vector<char> buffer(kPieceBytes);
    for (int64_t at = offset_; at < end_;) {
      const auto size = static_cast<size_t>(std::min<int64_t>(kPieceBytes, end_ - at));
      ARROW_RETURN_NOT_OK(ReadExactly(file.get(), path_, at, buffer.data(), size));
      ARROW_RETURN_NOT_OK(take(std::string_view(buffer.data(), size)));
      at += static_cast<int64_t>(size);
    }
    return Status::OK();
  }

 private:
  std::string path_;
  int64_t offset_, end_;
};

/// A range of a file in the stored blocks of gzip: their size is known before they are read
/// (RFC 1951, 3.2.4; RFC 1952).
class StoredPart : public PayloadPart {
 public:
  StoredPart(std::string path, int64_t offset, int64_t end) : file_(std::move(path), offset, end) {}
  int64_t byte_count() const override {
    const int64_t bytes = file_.byte_count();
    constexpr auto kBlock = static_cast<int64_t>(kStoredBlockBytes);
    return 10 + bytes + 5 * ((bytes + kBlock - 1) / kBlock) + 5 + 8;
  }
  Status Send(const PieceTaker& take) const override {
    ARROW_RETURN_NOT_OK(take(kGzipHead));
    uLong crc = crc32(0, nullptr, 0);
    std::string block;  // what does not fill a block yet
    ARROW_RETURN_NOT_OK(file_.Send([&](std::string_view piece) {
      crc =
          crc32(crc, reinterpret_cast<const Bytef*>(piece.data()), static_cast<uInt>(piece.size()));
      while (!piece.empty()) {
        const std::string_view part = piece.substr(0, kStoredBlockBytes - block.size());
        block += part;
        piece.remove_prefix(part.size());
        if (block.size() < kStoredBlockBytes) break;
        ARROW_RETURN_NOT_OK(take(BlockHead(block.size(), false) + block));
        block.clear();
      }
      return Status::OK();
    }));
    if (!block.empty()) ARROW_RETURN_NOT_OK(take(BlockHead(block.size(), false) + block));
    return take(BlockHead(0, true) + LittleEndian32(crc) +
                LittleEndian32(static_cast<uint64_t>(file_.byte_count())));
  }

 private:
  static std::string BlockHead(size_t size, bool last) {
    const auto length = static_cast<uint16_t>(size);
    const auto inverse = static_cast<uint16_t>(~length);
    const char head[5] = {static_cast<char>(last), static_cast<char>(length & 0xFF),
                          static_cast<char>(length >> 8), static_cast<char>(inverse & 0xFF),
                          static_cast<char>(inverse >> 8)};
    return std::string(head, sizeof(head));
  }

  FilePart file_;
};

/// Compresses what it is given into one gzip member.
class Deflater {
 public:
  explicit Deflater(PieceTaker take) : take_(std::move(take)) {
    // 15 bits of window, 16 for gzip's frame.
    ready_ = deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  }
  ~Deflater() {
    if (ready_ == Z_OK) deflateEnd(&stream_);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  Status Push(std::string_view bytes, int flush) {
    if (ready_ != Z_OK) return IoError("", "out of memory for compression");
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    char buffer[1 << 15];
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer);
      stream_.avail_out = sizeof(buffer);
      deflate(&stream_, flush);
      const size_t made = sizeof(buffer) - stream_.avail_out;
      if (made > 0) ARROW_RETURN_NOT_OK(take_(std::string_view(buffer, made)));
    } while (stream_.avail_out == 0);
    return Status::OK();
  }

 private:
  PieceTaker take_;
  z_stream stream_{};
  int ready_;
};

Result<std::string> Gzip(std::string_view text) {
  std::string packed;
  Deflater deflater([&](std::string_view piece) {
    packed += piece;
    return Status::OK();
  });
  ARROW_RETURN_NOT_OK(deflater.Push(text, Z_FINISH));
  return packed;
}

Status GzipFile(const FilePart& file, const std::string& packed_path) {
  const Fd packed(open(packed_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (packed.get() < 0) return IoErrorFromErrno(packed_path, errno);
  Deflater deflater([&](std::string_view piece) {
    while (!piece.empty()) {
      const ssize_t put = write(packed.get(), piece.data(), piece.size());
      if (put < 0 && errno != EINTR) return IoErrorFromErrno(packed_path, errno);
      if (put > 0) piece.remove_prefix(static_cast<size_t>(put));
    }
    return Status::OK();
  });
  ARROW_RETURN_NOT_OK(
      file.Send([&](std::string_view piece) { return deflater.Push(piece, Z_NO_FLUSH); }));
  return deflater.Push("", Z_FINISH);
}

// Whether the first 64 KiB become smaller by a tenth.
Result<bool> IsWorthPacking(const std::string& path, int64_t bytes) {
  std::string sample;
  ARROW_RETURN_NOT_OK(
      FilePart(path, 0, std::min(bytes, kSampleBytes)).Send([&](std::string_view piece) {
        sample += piece;
        return Status::OK();
      }));
  ARROW_ASSIGN_OR_RAISE(const std::string packed, Gzip(sample));
  return packed.size() * 10 < sample.size() * 9;
}

}  // namespace

struct FileParts::Slot {
  std::once_flag once;
  Status status;
  std::shared_ptr<const PayloadPart> packed;
};

Result<std::shared_ptr<const PayloadPart>> TextPart(std::string text, bool gzip) {
  if (gzip) {
    ARROW_ASSIGN_OR_RAISE(text, Gzip(text));
  }
  return std::make_shared<MemoryPart>(std::move(text));
}

FileParts::FileParts(const ReleaseContent& content, std::string temp_directory)
    : content_(content), temp_directory_(std::move(temp_directory)) {
  for (size_t i = 0; i < content.entries.size(); ++i) slots_.push_back(std::make_unique<Slot>());
}

FileParts::~FileParts() = default;

Status FileParts::Pack(size_t entry_index, Slot* slot) const {
  const ReleaseEntry& entry = content_.entries[entry_index];
  ARROW_ASSIGN_OR_RAISE(const bool worth, IsWorthPacking(entry.source, entry.size));
  if (!worth) {
    slot->packed = std::make_shared<StoredPart>(entry.source, 0, entry.size);
    return Status::OK();
  }
  const FilePart file(entry.source, 0, entry.size);
  if (entry.size <= kMemoryBytesMax) {
    std::string text;
    ARROW_RETURN_NOT_OK(file.Send([&](std::string_view piece) {
      text += piece;
      return Status::OK();
    }));
    return TextPart(std::move(text), true).Value(&slot->packed);
  }
  const std::string path = temp_directory_ + "/" + std::to_string(entry_index) + ".gz";
  ARROW_RETURN_NOT_OK(GzipFile(file, path));
  const Fd packed(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const off_t bytes = lseek(packed.get(), 0, SEEK_END);
  if (bytes < 0) return IoErrorFromErrno(path, errno);
  slot->packed = std::make_shared<FilePart>(path, 0, bytes);
  return Status::OK();
}

Result<std::shared_ptr<const PayloadPart>> FileParts::Part(size_t entry_index, int64_t offset,
                                                           bool gzip) {
  const ReleaseEntry& entry = content_.entries[entry_index];
  if (!gzip) return std::make_shared<FilePart>(entry.source, offset, entry.size);
  // The rest of a file is one server's alone.
  if (offset > 0) return std::make_shared<StoredPart>(entry.source, offset, entry.size);
  Slot& slot = *slots_[entry_index];
  std::call_once(slot.once, [&] { slot.status = Pack(entry_index, &slot); });
  ARROW_RETURN_NOT_OK(slot.status);
  return slot.packed;
}

}  // namespace tamis
