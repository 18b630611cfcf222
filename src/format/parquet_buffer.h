// A growing block of bytes that is not cleared first. Does not share: Finish gives it away.
#pragma once

#include <arrow/buffer.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace tamis {

/// Bytes that Parquet pages are built in: std::string would clear every byte before it is written.
class ByteBuffer {
 public:
  ByteBuffer() = default;
  ~ByteBuffer() { std::free(data_); }
  ByteBuffer(ByteBuffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  ByteBuffer& operator=(ByteBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;

  uint8_t* data() { return data_; }
  const uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data_), size_}; }
  void Clear() { size_ = 0; }

  /// Room for `extra` more bytes after size(); returns where they start. Throws std::bad_alloc.
  uint8_t* Reserve(size_t extra) {
    if (capacity_ - size_ < extra) Grow(extra);
    return data_ + size_;
  }
  /// Counts bytes that were written into reserved room.
  void Advance(size_t bytes) { size_ += bytes; }
  void Append(const void* bytes, size_t size) {
    if (size == 0) return;
    std::memcpy(Reserve(size), bytes, size);
    size_ += size;
  }
  void Append(std::string_view bytes) { Append(bytes.data(), bytes.size()); }
  void Push(uint8_t byte) {
    *Reserve(1) = byte;
    ++size_;
  }
  void PushVarint(uint64_t value) {
    while (value >= 0x80) {
      Push(static_cast<uint8_t>(value | 0x80));
      value >>= 7;
    }
    Push(static_cast<uint8_t>(value));
  }

  /// The bytes as an immutable Arrow buffer, shrunk to their size; empty afterwards.
  std::shared_ptr<arrow::Buffer> Finish();

 private:
  void Grow(size_t extra) {
    size_t capacity = std::max<size_t>(256, std::max(capacity_ + capacity_ / 2, size_ + extra));
    auto* grown = static_cast<uint8_t*>(std::realloc(data_, capacity));
    if (grown == nullptr) throw std::bad_alloc();
    data_ = grown;
    capacity_ = capacity;
  }

  uint8_t* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

/// An Arrow buffer that owns a ByteBuffer.
class OwnedBytes : public arrow::Buffer {
 public:
  explicit OwnedBytes(ByteBuffer bytes)
      : arrow::Buffer(bytes.data(), static_cast<int64_t>(bytes.size())), bytes_(std::move(bytes)) {}

 private:
  ByteBuffer bytes_;
};

inline std::shared_ptr<arrow::Buffer> ByteBuffer::Finish() {
  if (size_ > 0 && size_ < capacity_) {
    auto* shrunk = static_cast<uint8_t*>(std::realloc(data_, size_));
    if (shrunk != nullptr) {
      data_ = shrunk;
      capacity_ = size_;
    }
  }
  return std::make_shared<OwnedBytes>(std::move(*this));
}

}  // namespace tamis
