// Texts of parsed patterns. See pattern.h.
//
// PERF NOTES. A character of a class costs one multiplication: the draw is
// taken as a fraction, and its whole part after multiplying is the choice. A
// new draw is mixed when the fraction has less than 32 bits left, so that no
// choice is off by more than 2^-32.
#include "ops/pattern.h"

#include <algorithm>
#include <bitset>
#include <limits>

#include "base/hash.h"

namespace tamis {
namespace {

using Kind = PatternNode::Kind;
using Wide = unsigned __int128;

constexpr uint64_t kCountMax = PatternText::kCountMax;

uint64_t CappedSum(uint64_t a, uint64_t b) { return std::min(a + b, kCountMax); }

uint64_t CappedProduct(uint64_t a, uint64_t b) {
  Wide product = Wide{a} * b;
  return product > kCountMax ? kCountMax : static_cast<uint64_t>(product);
}

struct Lengths {
  int64_t min = 0;
  int64_t max = 0;
};

// Of texts in code points, or in whatever else `chars` counts. Lengths stop at
// 2^40.
template <typename OfChars>
Lengths LengthsOf(const PatternNode& node, const OfChars& chars) {
  constexpr int64_t kLongest = int64_t{1} << 40;
  Lengths lengths;
  switch (node.kind) {
    case Kind::kChars:
      return chars(node);
    case Kind::kConcat:
      for (const PatternNode& child : node.children) {
        Lengths more = LengthsOf(child, chars);
        lengths.min = std::min(lengths.min + more.min, kLongest);
        lengths.max = std::min(lengths.max + more.max, kLongest);
      }
      return lengths;
    case Kind::kChoice:
      lengths.min = kLongest;
      for (const PatternNode& child : node.children) {
        Lengths one = LengthsOf(child, chars);
        lengths.min = std::min(lengths.min, one.min);
        lengths.max = std::max(lengths.max, one.max);
      }
      return lengths;
    case Kind::kRepeat: {
      Lengths one = LengthsOf(node.children[0], chars);
      return {std::min(one.min * node.least, kLongest), std::min(one.max * node.most, kLongest)};
    }
    case Kind::kStart:
    case Kind::kEnd:
      break;
  }
  return lengths;
}

Lengths CodePoints(const PatternNode& root) {
  return LengthsOf(root, [](const PatternNode&) { return Lengths{1, 1}; });
}

// Each repetition may go to `more` more than it must, an unbounded one to
// `unbounded` more, and must go to `least` more if it may.
void Limit(PatternNode* node, int64_t unbounded, int64_t more, int64_t least) {
  if (node->kind == Kind::kRepeat) {
    int64_t most = node->most == PatternNode::kUnbounded ? node->least + std::max(unbounded, least)
                                                         : node->most;
    most = std::min(most, node->least + std::max(more, least));
    node->least = std::min(node->least + least, most);
    node->most = most;
  }
  for (PatternNode& child : node->children) Limit(&child, unbounded, more, least);
}

std::string Utf8(char32_t c) {
  auto byte = [](char32_t bits) { return static_cast<char>(bits); };
  auto tail = [&](int shift) { return byte(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), tail(0)};
  if (c < 0x10000) return {byte(0xE0 | c >> 12), tail(6), tail(0)};
  return {byte(0xF0 | c >> 18), tail(12), tail(6), tail(0)};
}

void CollectBytes(const PatternNode& node, std::bitset<256>* bytes) {
  for (char32_t c : node.chars) {
    for (char byte : Utf8(c)) bytes->set(static_cast<unsigned char>(byte));
  }
  for (const PatternNode& child : node.children) CollectBytes(child, bytes);
}

}  // namespace

bool LimitPattern(PatternNode* root, int64_t repeat_max, int64_t length_min, int64_t length_max) {
  constexpr int64_t kNoLimit = std::numeric_limits<int64_t>::max() / 4;
  for (int64_t least = 0; least <= 4096; least = least ? least * 2 : 1) {
    for (int64_t more = kNoLimit; more >= 0; more = more == kNoLimit ? 1024 : more / 2 - !more) {
      PatternNode limited = *root;
      Limit(&limited, std::min(repeat_max, more), more, least);
      Lengths lengths = CodePoints(limited);
      if (lengths.min < length_min || lengths.max > length_max) continue;
      *root = std::move(limited);
      return true;
    }
  }
  return false;
}

// Choices of one text.
class PatternText::Stream {
 public:
  explicit Stream(uint64_t seed) : seed_(seed), fraction_(seed) {}

  // A number below n.
  uint64_t Below(uint64_t n) {
    if (n == 1) return 0;
    spent_ *= n;
    if (spent_ >> 32) {
      seed_ = XxHash64(seed_, kRowHashSeed);
      fraction_ = seed_;
      spent_ = n;
    }
    Wide product = Wide{fraction_} * n;
    fraction_ = static_cast<uint64_t>(product);
    return static_cast<uint64_t>(product >> 64);
  }

 private:
  uint64_t seed_;
  uint64_t fraction_;
  uint64_t spent_ = 1;  // how many choices the fraction has told apart
};

std::shared_ptr<const PatternText> PatternText::Draws(const PatternNode& root) {
  return std::shared_ptr<const PatternText>(new PatternText(root, false));
}

std::shared_ptr<const PatternText> PatternText::Counts(const PatternNode& root) {
  return std::shared_ptr<const PatternText>(new PatternText(root, true));
}

PatternText::PatternText(const PatternNode& root, bool counts) : counts_(counts) {
  Compile(root, &root_);
  Lengths lengths = CodePoints(root);
  length_min_ = lengths.min;
  length_max_ = lengths.max;
  auto bytes = [](const PatternNode& node) {
    auto size = static_cast<int64_t>(Utf8(node.chars.back()).size());
    return Lengths{size, size};
  };
  bytes_max_ = static_cast<size_t>(LengthsOf(root, bytes).max);
  std::bitset<256> used;
  CollectBytes(root, &used);
  for (size_t byte = 0; byte < used.size(); ++byte) {
    if (used.test(byte)) bytes_ += static_cast<char>(byte);
  }
  is_injective_ = counts && IsUnambiguous(root);
}

void PatternText::Compile(const PatternNode& node, Element* element) {
  element->kind = node.kind;
  element->least = node.least;
  element->most = node.most;
  for (char32_t c : node.chars) element->chars.push_back(Utf8(c));
  for (const PatternNode& child : node.children) Compile(child, &element->children.emplace_back());
  const std::vector<Element>& children = element->children;
  switch (node.kind) {
    case Kind::kChars:
      element->count = element->chars.size();
      break;
    case Kind::kConcat:
      for (const Element& child : children) {
        element->count = CappedProduct(element->count, child.count);
      }
      break;
    case Kind::kChoice:
      element->count = 0;
      for (const Element& child : children) {
        element->count = CappedSum(element->count, child.count);
      }
      break;
    case Kind::kRepeat: {
      uint64_t texts = 1;
      element->count = 0;
      for (int64_t times = 0; times <= node.most; ++times) {
        if (times >= node.least) element->count = CappedSum(element->count, texts);
        texts = CappedProduct(texts, children[0].count);
      }
      break;
    }
    case Kind::kStart:
    case Kind::kEnd:
      break;
  }
}

char* PatternText::Write(int64_t value, int64_t /*second*/, char* out) const {
  Stream stream(static_cast<uint64_t>(value));
  if (!counts_) return WriteDrawn(root_, stream, out);
  return WriteCounted(root_, static_cast<uint64_t>(value), root_.count, stream, out);
}

char* PatternText::WriteDrawn(const Element& element, Stream& stream, char* out) {
  switch (element.kind) {
    case Kind::kChars: {
      const std::string& text = element.chars[stream.Below(element.chars.size())];
      return std::copy(text.begin(), text.end(), out);
    }
    case Kind::kConcat:
      for (const Element& child : element.children) out = WriteDrawn(child, stream, out);
      return out;
    case Kind::kChoice:
      return WriteDrawn(element.children[stream.Below(element.children.size())], stream, out);
    case Kind::kRepeat: {
      auto choices = static_cast<uint64_t>(element.most - element.least + 1);
      int64_t times = element.least + static_cast<int64_t>(stream.Below(choices));
      for (; times > 0; --times) out = WriteDrawn(element.children[0], stream, out);
      return out;
    }
    case Kind::kStart:
    case Kind::kEnd:
      break;
  }
  return out;
}

// `number` is below `range`, which is at most the element's count. Where the
// range is 1 there is nothing left to tell apart: the rest is drawn, so that
// long texts don't all end in AAAA.
char* PatternText::WriteCounted(const Element& element, uint64_t number, uint64_t range,
                                Stream& stream, char* out) {
  if (range <= 1) return WriteDrawn(element, stream, out);
  auto take = [&](const Element& child) {
    uint64_t own_range = std::min(child.count, range);
    out = WriteCounted(child, number % own_range, own_range, stream, out);
    number /= own_range;
    range = (range + own_range - 1) / own_range;
  };
  switch (element.kind) {
    case Kind::kChars: {
      const std::string& text = element.chars[number];
      return std::copy(text.begin(), text.end(), out);
    }
    case Kind::kConcat:
      for (const Element& child : element.children) take(child);
      return out;
    case Kind::kChoice:
      for (const Element& child : element.children) {
        if (number < child.count) {
          return WriteCounted(child, number, std::min(range, child.count), stream, out);
        }
        number -= child.count;
        range -= child.count;
      }
      return out;
    case Kind::kRepeat: {
      int64_t times = 0;
      uint64_t texts = 1;
      const Element& child = element.children[0];
      for (;; ++times, texts = CappedProduct(texts, child.count)) {
        if (times < element.least) continue;
        if (number < texts || times == element.most) break;
        number -= texts;
        range -= texts;
      }
      range = std::min(range, texts);
      for (; times > 0; --times) take(child);
      return out;
    }
    case Kind::kStart:
    case Kind::kEnd:
      break;
  }
  return out;
}

}  // namespace tamis
