// Strict reading of nodes. See reader.h.
#include "spec/reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "base/suggest.h"

namespace tamis {
namespace {

constexpr size_t kQuotedBytesMax = 40;

Status Unexpected(const Node& node, std::string_view what, const char* expected,
                  std::string hint = "") {
  return UsageErrorAt(node.place,
                      std::string(what) + ": expected " + expected + ", found " + Describe(node),
                      std::move(hint));
}

/// Parses all of `text`; from_chars takes no leading plus, which YAML allows.
template <typename T>
bool ParseWhole(std::string_view text, T* out) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string Describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return "nothing";
    case Node::Kind::kSequence:
      return "a list";
    case Node::Kind::kMapping:
      return "a mapping";
    case Node::Kind::kScalar:
      break;
  }
  std::string text = node.scalar.substr(0, node.scalar.find('\n'));
  if (text.size() > kQuotedBytesMax) {
    size_t cut = kQuotedBytesMax;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0u) == 0x80u) --cut;
    text.resize(cut);
  }
  return (node.quoted ? "text \"" : "\"") + text +
         (text.size() < node.scalar.size() ? "...\"" : "\"");
}

Result<std::string> ReadString(const Node& node, std::string_view what) {
  if (!node.is_scalar()) return Unexpected(node, what, "text");
  return node.scalar;
}

Result<int64_t> ReadInt(const Node& node, std::string_view what) {
  int64_t value = 0;
  if (!node.is_scalar() || node.quoted || !ParseWhole(node.scalar, &value)) {
    return Unexpected(node, what, "an integer");
  }
  return value;
}

Result<double> ReadDouble(const Node& node, std::string_view what) {
  double value = 0;
  if (!node.is_scalar() || node.quoted || !ParseWhole(node.scalar, &value) ||
      !std::isfinite(value)) {
    return Unexpected(node, what, "a number");
  }
  return value;
}

Result<bool> ReadBool(const Node& node, std::string_view what) {
  if (node.is_scalar() && !node.quoted) {
    const std::string& text = node.scalar;
    if (text == "true" || text == "True" || text == "TRUE") return true;
    if (text == "false" || text == "False" || text == "FALSE") return false;
  }
  return Unexpected(node, what, "true or false");
}

Result<std::string> ReadEnum(const Node& node, std::string_view what,
                             std::span<const std::string> known) {
  if (!node.is_scalar()) return Unexpected(node, what, "text");
  if (std::find(known.begin(), known.end(), node.scalar) != known.end()) return node.scalar;
  return UsageErrorAt(node.place, "unknown " + std::string(what) + ": " + node.scalar,
                      DidYouMean(node.scalar, known));
}

Result<std::vector<std::string>> ReadStrings(const Node& node, std::string_view what) {
  ARROW_RETURN_NOT_OK(ExpectSequence(node, what));
  std::vector<std::string> out;
  for (const Node& item : node.items) {
    ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(item, what));
    out.push_back(std::move(text));
  }
  return out;
}

Result<std::vector<std::string>> ReadStringOrStrings(const Node& node, std::string_view what) {
  if (node.is_scalar()) return std::vector<std::string>{node.scalar};
  if (!node.is_sequence()) return Unexpected(node, what, "text or a list");
  return ReadStrings(node, what);
}

Status ExpectMapping(const Node& node, std::string_view what) {
  return node.is_mapping() ? Status::OK() : Unexpected(node, what, "a mapping");
}

Status ExpectSequence(const Node& node, std::string_view what) {
  return node.is_sequence() ? Status::OK() : Unexpected(node, what, "a list");
}

MappingReader::MappingReader(const Node& node, std::string what)
    : node_(node), what_(std::move(what)), failure_(ExpectMapping(node, what_)) {}

const Node* MappingReader::OptionalNode(const std::string& key) {
  known_.push_back(key);
  const Node* value = node_.Find(key);
  return value && !value->is_null() ? value : nullptr;
}

const Node* MappingReader::RequiredNode(const std::string& key) {
  const Node* value = OptionalNode(key);
  if (!value) {
    const Node* empty = node_.Find(key);
    Check(empty ? UsageErrorAt(empty->place, key + ": a value is missing")
                : UsageErrorAt(node_.place, what_ + " needs the key " + key));
  }
  return value;
}

const Node* MappingReader::OptionalSequence(const std::string& key) {
  const Node* value = OptionalNode(key);
  if (!value) return nullptr;
  Check(ExpectSequence(*value, key));
  return value->is_sequence() ? value : nullptr;
}

const Node* MappingReader::OptionalMapping(const std::string& key) {
  const Node* value = OptionalNode(key);
  if (!value) return nullptr;
  Check(ExpectMapping(*value, key));
  return value->is_mapping() ? value : nullptr;
}

void MappingReader::RequiredEnum(const std::string& key, std::span<const std::string> known,
                                 std::string* out) {
  if (const Node* value = RequiredNode(key)) Keep(ReadEnum(*value, key, known), out);
}

bool MappingReader::OptionalEnum(const std::string& key, std::span<const std::string> known,
                                 std::string* out) {
  const Node* value = OptionalNode(key);
  if (value) Keep(ReadEnum(*value, key, known), out);
  return value != nullptr;
}

void MappingReader::Ignore(std::span<const std::string> keys) {
  known_.insert(known_.end(), keys.begin(), keys.end());
}

void MappingReader::Ignore(std::initializer_list<const char*> keys) {
  known_.insert(known_.end(), keys.begin(), keys.end());
}

void MappingReader::Refuse(const std::string& key, std::string message, std::string hint) {
  refused_.push_back(Refusal{key, std::move(message), std::move(hint)});
}

void MappingReader::Check(const Status& status) {
  if (failure_.ok()) failure_ = status;
}

Status MappingReader::Finish() {
  if (!node_.is_mapping()) return failure_;
  for (const auto& [key, value] : node_.entries) {
    for (const Refusal& refusal : refused_) {
      if (refusal.key == key.scalar) {
        return UsageErrorAt(key.place, refusal.message, refusal.hint);
      }
    }
    if (std::find(known_.begin(), known_.end(), key.scalar) != known_.end()) continue;
    // `{type: decimal(10,2)}` has the key `2)`.
    const bool is_cut = value.is_null() && key.scalar.ends_with(")");
    return UsageErrorAt(key.place, "unknown key: " + key.scalar,
                        is_cut ? "a comma ends a value between { and }; quote the value"
                               : DidYouMean(key.scalar, known_));
  }
  return failure_;
}

}  // namespace tamis
