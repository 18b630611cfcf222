// A YAML value with its place in the file. Does not know what keys mean.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace tamis {

/// A scalar, sequence or mapping. Scalars keep their text and whether it was quoted: readers type
/// them by need, so `version: 1.10` stays 1.10 and `no` stays a word unless a boolean is asked for.
struct Node {
  enum class Kind { kNull, kScalar, kSequence, kMapping };

  Kind kind = Kind::kNull;
  std::string scalar;
  bool quoted = false;                         // 'x', "x", | or >
  std::vector<Node> items;                     // of a sequence
  std::vector<std::pair<Node, Node>> entries;  // of a mapping, in order; keys are scalars, unique
  Place place;

  bool is_null() const { return kind == Kind::kNull; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_sequence() const { return kind == Kind::kSequence; }
  bool is_mapping() const { return kind == Kind::kMapping; }
  /// The value under `key` of a mapping, or nullptr.
  const Node* Find(std::string_view key) const;
  /// `null`, `scalar`, `sequence` or `mapping`, for messages.
  const char* KindName() const;
};

}  // namespace tamis
