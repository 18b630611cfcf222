// One UTF-8 sequence. Whole texts: text/utf8.h.
#pragma once

#include <cstddef>
#include <string_view>

namespace tamis {

/// Length in bytes of the UTF-8 sequence at the front of `text` (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF); 0 when there is none.
size_t Utf8SequenceLength(std::string_view text);

}  // namespace tamis
