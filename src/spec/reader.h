// Strict, typed reading of nodes: unknown keys, wrong kinds and missing keys are errors with a
// place and a hint. Does not know any format.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "spec/node.h"

namespace tamis {

/// What messages call a node: `text "abc"`, `a list`, `a mapping`, `nothing`.
std::string Describe(const Node& node);

/// Typed values of one node. UsageError at the node: `WHAT: expected an integer, found text "x"`.
Result<std::string> ReadString(const Node& node, std::string_view what);
Result<int64_t> ReadInt(const Node& node, std::string_view what);
Result<double> ReadDouble(const Node& node, std::string_view what);
Result<bool> ReadBool(const Node& node, std::string_view what);
/// One of `known`; else `unknown WHAT: x (did you mean y?)`.
Result<std::string> ReadEnum(const Node& node, std::string_view what,
                             std::span<const std::string> known);
/// A sequence of scalars.
Result<std::vector<std::string>> ReadStrings(const Node& node, std::string_view what);
/// As ReadStrings; a single scalar counts as a list of one.
Result<std::vector<std::string>> ReadStringOrStrings(const Node& node, std::string_view what);
/// OK if the node is of that kind.
Status ExpectMapping(const Node& node, std::string_view what);
Status ExpectSequence(const Node& node, std::string_view what);

/// Reads the keys of a mapping. Errors are kept until Finish, so that a misspelt key is reported
/// rather than the key that it should have been: an unknown key first, then the first failure in
/// the order of reading. Every key that is asked for is a known key. A key with a null value counts
/// as absent.
class MappingReader {
 public:
  /// `what` is what messages call the mapping: `a column`. The node must outlive the reader.
  MappingReader(const Node& node, std::string what);

  /// Reads a key that must be there; `*out` is unchanged on errors.
  template <typename T>
  void Required(const std::string& key, T* out) {
    if (const Node* value = RequiredNode(key)) Read(*value, key, out);
  }
  /// Reads a key that may be absent; returns whether it was there.
  template <typename T>
  bool Optional(const std::string& key, T* out) {
    const Node* value = OptionalNode(key);
    if (value) Read(*value, key, out);
    return value != nullptr;
  }
  /// A key whose value is one of a list.
  void RequiredEnum(const std::string& key, std::span<const std::string> known, std::string* out);
  bool OptionalEnum(const std::string& key, std::span<const std::string> known, std::string* out);

  /// The value under a key; nullptr when it is absent (for the first: an error too).
  const Node* RequiredNode(const std::string& key);
  const Node* OptionalNode(const std::string& key);
  /// The value under a key, an error unless it is a sequence (a mapping); nullptr when it is absent
  /// or of another kind.
  const Node* OptionalSequence(const std::string& key);
  const Node* OptionalMapping(const std::string& key);

  /// Makes keys known whose values do not matter here.
  void Ignore(std::span<const std::string> keys);
  void Ignore(std::initializer_list<const char*> keys);
  /// Says why a key that is unknown here is refused; `hint` replaces "did you mean".
  void Refuse(const std::string& key, std::string message, std::string hint);

  /// Remembers an error of the caller's own checks; OK is nothing.
  void Check(const Status& status);
  bool ok() const { return failure_.ok(); }
  const Node& node() const { return node_; }

  /// The verdict; to be called once, at the end.
  Status Finish();

 private:
  template <typename T>
  void Keep(Result<T> result, T* out) {
    if (result.ok()) {
      *out = std::move(*result);
    } else {
      Check(result.status());
    }
  }
  void Read(const Node& value, const std::string& key, std::string* out) {
    Keep(ReadString(value, key), out);
  }
  void Read(const Node& value, const std::string& key, int64_t* out) {
    Keep(ReadInt(value, key), out);
  }
  void Read(const Node& value, const std::string& key, double* out) {
    Keep(ReadDouble(value, key), out);
  }
  void Read(const Node& value, const std::string& key, bool* out) {
    Keep(ReadBool(value, key), out);
  }
  void Read(const Node& value, const std::string& key, std::vector<std::string>* out) {
    Keep(ReadStrings(value, key), out);
  }
  template <typename T>
  void Read(const Node& value, const std::string& key, std::optional<T>* out) {
    Read(value, key, &out->emplace());  // on errors Finish refuses, and nobody reads it
  }

  const Node& node_;
  std::string what_;
  std::vector<std::string> known_;
  struct Refusal {
    std::string key, message, hint;
  };
  std::vector<Refusal> refused_;
  Status failure_;
};

}  // namespace tamis
