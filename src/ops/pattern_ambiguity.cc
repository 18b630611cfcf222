// Whether a pattern makes each of its texts in one way only. See pattern.h.
#include <algorithm>
#include <utility>

#include "ops/pattern.h"

namespace tamis {
namespace {

using Kind = PatternNode::Kind;
using Places = std::vector<size_t>;

constexpr size_t kPlacesMax = 256;

// All texts of a node have one length, and its characters are all that tells
// them apart.
bool IsFixed(const PatternNode& node) {
  if (node.kind == Kind::kChoice) return false;
  if (node.kind == Kind::kRepeat && node.least != node.most) return false;
  return std::all_of(node.children.begin(), node.children.end(), IsFixed);
}

bool Overlap(const std::vector<char32_t>& a, const std::vector<char32_t>& b) {
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) return true;
    ++(*i < *j ? i : j);
  }
  return false;
}

// Glushkov's automaton: a place for each class of characters, repetitions
// written out. A text is made in two ways if two different paths through the
// places can spell it, or if it is empty in two ways.
class Automaton {
 public:
  // False if the pattern has too many places, or is ambiguous by what it makes
  // of nothing.
  bool Build(const PatternNode& root) {
    Span span;
    if (!Add(root, &span)) return false;
    // Place 0 is the start, behind no character.
    follow_[0] = span.first;
    accepts_.assign(chars_.size(), false);
    for (size_t place : span.last) accepts_[place] = true;
    accepts_[0] = span.nullable;
    return true;
  }

  bool IsUnambiguous() const {
    size_t n = chars_.size();
    std::vector<bool> reached(n * n), useful(n * n);
    std::vector<std::vector<size_t>> before(n * n);
    std::vector<size_t> queue = {0};
    reached[0] = true;
    for (size_t i = 0; i < queue.size(); ++i) {
      ForEachNext(queue[i], [&](size_t next) {
        before[next].push_back(queue[i]);
        if (!reached[next]) queue.push_back(next);
        reached[next] = true;
      });
    }
    std::vector<size_t> back;
    for (size_t pair : queue) {
      if (accepts_[pair / n] && accepts_[pair % n]) back.push_back(pair);
    }
    for (size_t pair : back) useful[pair] = true;
    for (size_t i = 0; i < back.size(); ++i) {
      if (back[i] / n != back[i] % n) return false;
      for (size_t pair : before[back[i]]) {
        if (!useful[pair]) back.push_back(pair);
        useful[pair] = true;
      }
    }
    return true;
  }

 private:
  struct Span {
    Places first, last;
    bool nullable = true;
  };

  // Pairs of places that one more character leads to.
  template <typename Visit>
  void ForEachNext(size_t pair, Visit visit) const {
    size_t n = chars_.size();
    for (size_t p : follow_[pair / n]) {
      for (size_t q : follow_[pair % n]) {
        if (Overlap(*chars_[p], *chars_[q])) visit(p * n + q);
      }
    }
  }

  bool Add(const PatternNode& node, Span* span) {
    switch (node.kind) {
      case Kind::kChars:
        if (chars_.size() > kPlacesMax) return false;
        span->first = span->last = {chars_.size()};
        span->nullable = false;
        chars_.push_back(&node.chars);
        follow_.emplace_back();
        return true;
      case Kind::kConcat:
        return std::all_of(node.children.begin(), node.children.end(),
                           [&](const PatternNode& child) { return Append(child, span); });
      case Kind::kChoice:
        span->nullable = false;
        return std::all_of(node.children.begin(), node.children.end(),
                           [&](const PatternNode& child) { return Join(child, span); });
      case Kind::kRepeat:
        return Repeat(node, span);
      case Kind::kStart:
      case Kind::kEnd:
        return true;
    }
    return true;
  }

  // A node behind what the span has.
  bool Append(const PatternNode& node, Span* span) {
    Span next;
    if (!Add(node, &next)) return false;
    for (size_t place : span->last) {
      follow_[place].insert(follow_[place].end(), next.first.begin(), next.first.end());
    }
    auto add = [](Places* places, const Places& more) {
      places->insert(places->end(), more.begin(), more.end());
    };
    if (span->nullable) add(&span->first, next.first);
    if (!next.nullable) span->last.clear();
    add(&span->last, next.last);
    span->nullable = span->nullable && next.nullable;
    return true;
  }

  bool Join(const PatternNode& node, Span* span) {
    Span other;
    if (!Add(node, &other) || (other.nullable && span->nullable)) return false;
    span->first.insert(span->first.end(), other.first.begin(), other.first.end());
    span->last.insert(span->last.end(), other.last.begin(), other.last.end());
    span->nullable = span->nullable || other.nullable;
    return true;
  }

  bool Repeat(const PatternNode& node, Span* span) {
    // The optional ones nest: x(x(x)?)?, so each follows the one before it
    // only.
    Places newest;
    for (int64_t i = 0; i < node.most; ++i) {
      Span one;
      if (!Add(node.children[0], &one) || one.nullable) return false;
      for (size_t place : newest) {
        follow_[place].insert(follow_[place].end(), one.first.begin(), one.first.end());
      }
      if (i == 0) span->first = one.first;
      if (i < node.least) span->last.clear();
      span->last.insert(span->last.end(), one.last.begin(), one.last.end());
      newest = std::move(one.last);
    }
    span->nullable = node.least == 0;
    return true;
  }

  std::vector<const std::vector<char32_t>*> chars_ = {&nothing_};
  std::vector<Places> follow_ = {{}};
  std::vector<bool> accepts_;
  static inline const std::vector<char32_t> nothing_;
};

}  // namespace

bool IsUnambiguous(const PatternNode& root) {
  if (IsFixed(root)) return true;
  Automaton automaton;
  return automaton.Build(root) && automaton.IsUnambiguous();
}

}  // namespace tamis
