// Bytes that grow, are not cleared first and are used again. Does no I/O.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>

namespace tamis {

/// A buffer to write text into: Room, then write there, then SetEnd.
class TextBuffer {
 public:
  /// The end of the text, with room for `bytes` more behind it. Moves the text if it must grow.
  char* Room(size_t bytes) {
    if (capacity_ - size_ < bytes) Grow(bytes);
    return bytes_.get() + size_;
  }
  /// Says where the text ends now: behind what was written into the room.
  void SetEnd(const char* end) { size_ = static_cast<size_t>(end - bytes_.get()); }
  void Append(std::string_view text) {
    SetEnd(std::copy(text.begin(), text.end(), Room(text.size())));
  }
  /// Empties the text; its memory stays.
  void Clear() { size_ = 0; }

  size_t size() const { return size_; }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  void Grow(size_t bytes) {
    capacity_ = std::max(size_ + bytes, capacity_ * 2);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
    std::copy(bytes_.get(), bytes_.get() + size_, larger.get());
    bytes_ = std::move(larger);
  }

  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace tamis
