// Escapes control characters. See printable.h.
#include "base/printable.h"

#include <cstdint>

#include "base/utf8_sequence.h"

namespace tamis {
namespace {

bool IsControl(std::string_view sequence) {
  const auto first = static_cast<uint8_t>(sequence[0]);
  if (sequence.size() == 1) return first < 0x20 || first == 0x7F;
  return first == 0xC2 && static_cast<uint8_t>(sequence[1]) < 0xA0;
}

void AppendHex(std::string_view bytes, std::string* out) {
  constexpr char kHex[] = "0123456789abcdef";
  for (char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    *out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
  }
}

}  // namespace

std::string PrintableLines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
    const bool is_layout = sequence == "\n" || sequence == "\t";
    if (length > 0 && (is_layout || !IsControl(sequence))) {
      out += sequence;
    } else {
      AppendHex(sequence, &out);
    }
    text.remove_prefix(sequence.size());
  }
  return out;
}

std::string Printable(std::string_view text) {
  std::string named;
  named.reserve(text.size());
  for (char c : text) {
    if (c == '\n') {
      named += "\\n";
    } else if (c == '\r') {
      named += "\\r";
    } else if (c == '\t') {
      named += "\\t";
    } else {
      named += c;
    }
  }
  return PrintableLines(named);
}

}  // namespace tamis
