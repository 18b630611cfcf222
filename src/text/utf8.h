// Checks and counts UTF-8. Does not repair it.
#pragma once

#include <cstddef>
#include <string_view>

namespace tamis {

/// The offset of the first byte that begins no valid sequence (overlong forms, surrogates, values
/// above U+10FFFF and cut-off sequences are invalid), or std::string_view::npos.
size_t FindInvalidUtf8(std::string_view text);

/// Whether all of it is valid UTF-8.
inline bool IsValidUtf8(std::string_view text) {
  return FindInvalidUtf8(text) == std::string_view::npos;
}

/// The number of code points of valid UTF-8 (of other text: its bytes that don't continue one).
size_t CountCodePoints(std::string_view text);

}  // namespace tamis
