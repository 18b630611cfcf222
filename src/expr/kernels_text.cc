// Texts over whole columns. Positions and lengths count code points.
#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "expr/functions.h"
#include "expr/letter_case.h"
#include "expr/value.h"

namespace tamis {
namespace {

constexpr int64_t kResultMax = 1000000;  // of lpad, rpad (code points) and repeat (bytes)

bool Continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

int64_t CountCodePoints(std::string_view text) {
  int64_t count = 0;
  for (char c : text) count += !Continues(c);
  return count;
}

/// The byte offset of code point `index`, or the size if there are fewer.
size_t OffsetOf(std::string_view text, int64_t index) {
  size_t at = 0;
  while (at < text.size() && (index > 0 || Continues(text[at]))) {
    if (!Continues(text[at])) --index;
    ++at;
    while (at < text.size() && Continues(text[at])) ++at;
    if (index == 0) break;
  }
  return at;
}

bool IsAscii(std::string_view text) {
  unsigned char seen = 0;
  for (char c : text) seen |= static_cast<unsigned char>(c);
  return seen < 0x80;
}

/// Decodes the code point at `at` and steps over it. Bytes that are no UTF-8 are passed one by one.
uint32_t Next(std::string_view text, size_t* at) {
  auto byte = [&](size_t i) {
    return *at + i < text.size() ? static_cast<unsigned char>(text[*at + i]) : 0u;
  };
  uint32_t lead = byte(0);
  size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint32_t code = size == 1 ? lead : lead & (0x7Fu >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      ++*at;
      return 0x80000000u | lead;
    }
    code = code << 6 | (byte(i) & 0x3F);
  }
  *at += size;
  return lead >= 0x80 && size == 1 ? 0x80000000u | lead : code;
}

char* Put(uint32_t code, char* out) {
  if (code & 0x80000000u) {
    *out++ = static_cast<char>(code);
  } else if (code < 0x80) {
    *out++ = static_cast<char>(code);
  } else if (code < 0x800) {
    *out++ = static_cast<char>(0xC0 | code >> 6);
    *out++ = static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *out++ = static_cast<char>(0xE0 | code >> 12);
    *out++ = static_cast<char>(0x80 | (code >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (code & 0x3F));
  } else {
    *out++ = static_cast<char>(0xF0 | code >> 18);
    *out++ = static_cast<char>(0x80 | (code >> 12 & 0x3F));
    *out++ = static_cast<char>(0x80 | (code >> 6 & 0x3F));
    *out++ = static_cast<char>(0x80 | (code & 0x3F));
  }
  return out;
}

Result<Validity> RowsOf(const KernelCall& call) { return AllValid(call.arguments, call.length); }

int64_t BytesOfTexts(const Vector& vector) {
  return vector.array->length() == 0
             ? 0
             : static_cast<const arrow::StringArray&>(*vector.array).total_values_length();
}

/// `ascii(bytes, size, out)` maps the bytes of an ASCII text, `letter(code, first)` a code point.
template <typename Ascii, typename Letter>
Result<Vector> MapLetters(const KernelCall& call, Ascii ascii, Letter letter) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  return MapTexts(
      call.length, validity, BytesOfTexts(call.arguments[0]), [&](int64_t row, TextOutput* out) {
        std::string_view text = texts[row];
        if (IsAscii(text)) {
          ARROW_ASSIGN_OR_RAISE(char* room, out->Room(static_cast<int64_t>(text.size())));
          ascii(text, room);
          out->Finish(static_cast<int64_t>(text.size()));
          return Status::OK();
        }
        // A letter's other case takes at most three bytes where it took one.
        ARROW_ASSIGN_OR_RAISE(char* room, out->Room(static_cast<int64_t>(text.size()) * 3));
        char* end = room;
        bool first = true;
        for (size_t at = 0; at < text.size();) {
          uint32_t code = Next(text, &at);
          end = Put(code & 0x80000000u ? code : letter(code, first), end);
          first = code == ' ';
        }
        out->Finish(end - room);
        return Status::OK();
      });
}

char LowerAscii(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }
char UpperAscii(char c) { return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c); }

/// A view of each text: `cut(text, row)`.
template <typename Cut>
Result<Vector> MapParts(const KernelCall& call, Cut cut) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  return MapTexts(call.length, validity, BytesOfTexts(call.arguments[0]),
                  [&](int64_t row, TextOutput* out) { return out->Append(cut(texts[row], row)); });
}

/// Whether the code point at the begin or end of `text` is one of `characters`; its bytes.
size_t SetPrefix(std::string_view text, std::string_view characters) {
  if (text.empty()) return 0;
  size_t size = OffsetOf(text, 1);
  return characters.find(text.substr(0, size)) != std::string_view::npos ? size : 0;
}
size_t SetSuffix(std::string_view text, std::string_view characters) {
  if (text.empty()) return 0;
  size_t at = text.size() - 1;
  while (at > 0 && Continues(text[at])) --at;
  return characters.find(text.substr(at)) != std::string_view::npos ? text.size() - at : 0;
}

Result<Vector> Trim(const KernelCall& call, bool front, bool back) {
  const std::string& characters = call.node.prepared->text;
  if (characters == " ") {
    return MapParts(call, [=](std::string_view text, int64_t) {
      while (front && !text.empty() && text.front() == ' ') text.remove_prefix(1);
      while (back && !text.empty() && text.back() == ' ') text.remove_suffix(1);
      return text;
    });
  }
  return MapParts(call, [&](std::string_view text, int64_t) {
    while (front) {
      size_t size = SetPrefix(text, characters);
      if (size == 0) break;
      text.remove_prefix(size);
    }
    while (back) {
      size_t size = SetSuffix(text, characters);
      if (size == 0) break;
      text.remove_suffix(size);
    }
    return text;
  });
}

template <typename Test>
Result<Vector> MapTests(const KernelCall& call, Test test) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]), others(call.arguments[1]);
  return MapBools(call.length, std::move(validity),
                  [&](int64_t row) { return test(texts[row], others[row]); });
}

Result<Vector> Pad(const KernelCall& call, bool front) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  NumberView<int64_t> lengths(call.arguments[1]);
  const std::string& fill = call.node.prepared->text;
  int64_t fill_count = CountCodePoints(fill);
  std::string filling;
  return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
    int64_t length = std::max<int64_t>(lengths[row], 0);
    if (length > kResultMax) {
      return call.Error(call.node.name + "() to " + std::to_string(length) +
                        " code points: at most 1000000");
    }
    std::string_view text = texts[row];
    int64_t missing = length - CountCodePoints(text);
    if (missing <= 0) return out->Append(text.substr(0, OffsetOf(text, length)));
    filling.clear();
    for (; missing >= fill_count; missing -= fill_count) filling += fill;
    filling += std::string_view(fill).substr(0, OffsetOf(fill, missing));
    size_t size = text.size() + filling.size();
    ARROW_ASSIGN_OR_RAISE(char* room, out->Room(static_cast<int64_t>(size)));
    std::string_view first = front ? std::string_view(filling) : text;
    std::string_view second = front ? text : std::string_view(filling);
    std::memcpy(room, first.data(), first.size());
    std::memcpy(room + first.size(), second.data(), second.size());
    out->Finish(static_cast<int64_t>(size));
    return Status::OK();
  });
}

std::string_view SplitPart(std::string_view text, std::string_view separator, int64_t part) {
  if (part < 0) {
    for (; part < -1; ++part) {
      size_t found = text.rfind(separator);
      if (found == std::string_view::npos) return {};
      text = text.substr(0, found);
    }
    size_t found = text.rfind(separator);
    return found == std::string_view::npos ? text : text.substr(found + separator.size());
  }
  for (; part > 1; --part) {
    size_t found = text.find(separator);
    if (found == std::string_view::npos) return {};
    text.remove_prefix(found + separator.size());
  }
  return text.substr(0, text.find(separator));
}

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Result<Vector> LowerKernel(const KernelCall& call) {
  return MapLetters(
      call,
      [](std::string_view text, char* out) {
        for (size_t i = 0; i < text.size(); ++i) out[i] = LowerAscii(text[i]);
      },
      [](uint32_t code, bool) { return ToLower(code); });
}

Result<Vector> UpperKernel(const KernelCall& call) {
  return MapLetters(
      call,
      [](std::string_view text, char* out) {
        for (size_t i = 0; i < text.size(); ++i) out[i] = UpperAscii(text[i]);
      },
      [](uint32_t code, bool) { return ToUpper(code); });
}

Result<Vector> InitcapKernel(const KernelCall& call) {
  return MapLetters(
      call,
      [](std::string_view text, char* out) {
        for (size_t i = 0; i < text.size(); ++i) {
          out[i] = i == 0 || text[i - 1] == ' ' ? UpperAscii(text[i]) : LowerAscii(text[i]);
        }
      },
      [](uint32_t code, bool first) { return first ? ToUpper(code) : ToLower(code); });
}

Result<Vector> TrimKernel(const KernelCall& call) { return Trim(call, true, true); }
Result<Vector> LtrimKernel(const KernelCall& call) { return Trim(call, true, false); }
Result<Vector> RtrimKernel(const KernelCall& call) { return Trim(call, false, true); }

Result<Vector> LengthKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity),
                             [&](int64_t row) { return CountCodePoints(texts[row]); });
}

Result<Vector> SubstringKernel(const KernelCall& call) {
  NumberView<int64_t> starts(call.arguments[1]);
  if (call.arguments.size() == 2) {
    return MapParts(call, [&](std::string_view text, int64_t row) {
      return text.substr(OffsetOf(text, std::max<int64_t>(starts[row], 1) - 1));
    });
  }
  NumberView<int64_t> lengths(call.arguments[2]);
  return MapParts(call, [&](std::string_view text, int64_t row) {
    text.remove_prefix(OffsetOf(text, std::max<int64_t>(starts[row], 1) - 1));
    return text.substr(0, OffsetOf(text, std::max<int64_t>(lengths[row], 0)));
  });
}

Result<Vector> LeftKernel(const KernelCall& call) {
  NumberView<int64_t> counts(call.arguments[1]);
  return MapParts(call, [&](std::string_view text, int64_t row) {
    return text.substr(0, OffsetOf(text, std::max<int64_t>(counts[row], 0)));
  });
}

Result<Vector> RightKernel(const KernelCall& call) {
  NumberView<int64_t> counts(call.arguments[1]);
  return MapParts(call, [&](std::string_view text, int64_t row) {
    int64_t skip = CountCodePoints(text) - std::max<int64_t>(counts[row], 0);
    return skip <= 0 ? text : text.substr(OffsetOf(text, skip));
  });
}

Result<Vector> ReplaceKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]), from(call.arguments[1]), to(call.arguments[2]);
  std::string buffer;
  return MapTexts(call.length, validity, BytesOfTexts(call.arguments[0]),
                  [&](int64_t row, TextOutput* out) {
                    std::string_view text = texts[row], old = from[row];
                    size_t found = old.empty() ? std::string_view::npos : text.find(old);
                    if (found == std::string_view::npos) return out->Append(text);
                    buffer.clear();
                    size_t begin = 0;
                    for (; found != std::string_view::npos; found = text.find(old, begin)) {
                      buffer += text.substr(begin, found - begin);
                      buffer += to[row];
                      begin = found + old.size();
                    }
                    buffer += text.substr(begin);
                    return out->Append(buffer);
                  });
}

Result<Vector> ConcatKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  std::vector<TextView> views;
  for (const Vector& argument : call.arguments) views.emplace_back(argument);
  return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
    size_t size = 0;
    for (const TextView& view : views) size += view[row].size();
    ARROW_ASSIGN_OR_RAISE(char* room, out->Room(static_cast<int64_t>(size)));
    for (const TextView& view : views) {
      std::string_view text = view[row];
      if (!text.empty()) std::memcpy(room, text.data(), text.size());
      room += text.size();
    }
    out->Finish(static_cast<int64_t>(size));
    return Status::OK();
  });
}

Result<Vector> ConcatWsKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments.first(1), call.length));
  std::vector<TextView> views;
  for (const Vector& argument : call.arguments) views.emplace_back(argument);
  std::string buffer;
  return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
    buffer.clear();
    bool any = false;
    for (size_t i = 1; i < views.size(); ++i) {
      if (!views[i].valid(row)) continue;
      if (any) buffer += views[0][row];
      buffer += views[i][row];
      any = true;
    }
    return out->Append(buffer);
  });
}

Result<Vector> StartsWithKernel(const KernelCall& call) {
  return MapTests(call, [](auto text, auto other) { return text.starts_with(other); });
}
Result<Vector> EndsWithKernel(const KernelCall& call) {
  return MapTests(call, [](auto text, auto other) { return text.ends_with(other); });
}
Result<Vector> ContainsKernel(const KernelCall& call) {
  return MapTests(call,
                  [](auto text, auto other) { return text.find(other) != std::string_view::npos; });
}

Result<Vector> LpadKernel(const KernelCall& call) { return Pad(call, true); }
Result<Vector> RpadKernel(const KernelCall& call) { return Pad(call, false); }

Result<Vector> RepeatKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  NumberView<int64_t> counts(call.arguments[1]);
  return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
    auto size = static_cast<int64_t>(texts[row].size());
    int64_t count = size == 0 ? 0 : std::max<int64_t>(counts[row], 0);
    if (count > kResultMax || size * count > kResultMax) {
      return call.Error("repeat() of " + std::to_string(size) + " bytes " + std::to_string(count) +
                        " times: a result has at most 1000000 bytes");
    }
    ARROW_ASSIGN_OR_RAISE(char* room, out->Room(size * count));
    for (int64_t i = 0; i < count; ++i) {
      std::memcpy(room + i * size, texts[row].data(), static_cast<size_t>(size));
    }
    out->Finish(size * count);
    return Status::OK();
  });
}

Result<Vector> SplitPartKernel(const KernelCall& call) {
  const Prepared& prepared = *call.node.prepared;
  return MapParts(call, [&](std::string_view text, int64_t) {
    return SplitPart(text, prepared.text, prepared.number);
  });
}

Result<Vector> RegexpMatchesKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  const re2::RE2& regex = *call.node.prepared->regex;
  return MapBools(call.length, std::move(validity),
                  [&](int64_t row) { return re2::RE2::PartialMatch(Piece(texts[row]), regex); });
}

Result<Vector> RegexpReplaceKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  const Prepared& prepared = *call.node.prepared;
  std::string buffer;
  return MapTexts(call.length, validity, BytesOfTexts(call.arguments[0]),
                  [&](int64_t row, TextOutput* out) {
                    buffer = texts[row];
                    re2::RE2::GlobalReplace(&buffer, *prepared.regex, prepared.text);
                    return out->Append(buffer);
                  });
}

Result<Vector> RegexpExtractKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, RowsOf(call));
  TextView texts(call.arguments[0]);
  const Prepared& prepared = *call.node.prepared;
  auto groups = static_cast<size_t>(prepared.number) + 1;
  std::vector<re2::StringPiece> found(groups);
  return MapTexts(call.length, validity, 0, [&](int64_t row, TextOutput* out) {
    re2::StringPiece text = Piece(texts[row]);
    bool matched = prepared.regex->Match(text, 0, text.size(), re2::RE2::UNANCHORED, found.data(),
                                         static_cast<int>(groups));
    const re2::StringPiece& group = found.back();
    return out->Append(matched && group.data() ? std::string_view(group.data(), group.size())
                                               : std::string_view());
  });
}

}  // namespace tamis
