// Capital and small letters of Unicode, one code point for one code point. Does not know languages.
#pragma once

#include <cstdint>

namespace tamis {

/// The small letter of a code point (the simple mapping of Unicode 14), or itself.
uint32_t ToLower(uint32_t code_point);
/// The capital letter of a code point, or itself.
uint32_t ToUpper(uint32_t code_point);

}  // namespace tamis
