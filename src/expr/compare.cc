// Comparisons, IS DISTINCT FROM, IN and LIKE over whole columns.
#include <cmath>
#include <string_view>
#include <unordered_set>

#include "expr/functions.h"
#include "expr/value.h"

namespace tamis {
namespace {

// NaN equals itself and is greater than every number, as in DuckDB and Spark.
template <typename T>
struct Order {
  static bool Equal(T a, T b) { return a == b; }
  static bool Less(T a, T b) { return a < b; }
};
template <>
struct Order<double> {
  static bool Equal(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }
  static bool Less(double a, double b) { return a < b || (!std::isnan(a) && std::isnan(b)); }
};

template <typename T>
bool Holds(CompareOp op, const T& a, const T& b) {
  switch (op) {
    case CompareOp::kEq:
      return Order<T>::Equal(a, b);
    case CompareOp::kNe:
      return !Order<T>::Equal(a, b);
    case CompareOp::kLt:
      return Order<T>::Less(a, b);
    case CompareOp::kLe:
      return !Order<T>::Less(b, a);
    case CompareOp::kGt:
      return Order<T>::Less(b, a);
    case CompareOp::kGe:
      return !Order<T>::Less(a, b);
  }
  return false;
}

// The operator is a template argument so that the loop over a block holds one comparison and can be
// vectorized.
template <CompareOp kOp, typename T, typename View>
Result<Vector> CompareLoop(const View& left, const View& right, bool constant, int64_t length,
                           Validity validity) {
  if (constant) {
    T bound = right[0];
    return MapBools(length, std::move(validity),
                    [&, bound](int64_t row) { return Holds<T>(kOp, left[row], bound); });
  }
  return MapBools(length, std::move(validity),
                  [&](int64_t row) { return Holds<T>(kOp, left[row], right[row]); });
}

template <typename T, typename View>
Result<Vector> CompareViews(CompareOp op, const View& left, const View& right, bool constant,
                            int64_t length, Validity validity) {
  switch (op) {
    case CompareOp::kEq:
      return CompareLoop<CompareOp::kEq, T>(left, right, constant, length, std::move(validity));
    case CompareOp::kNe:
      return CompareLoop<CompareOp::kNe, T>(left, right, constant, length, std::move(validity));
    case CompareOp::kLt:
      return CompareLoop<CompareOp::kLt, T>(left, right, constant, length, std::move(validity));
    case CompareOp::kLe:
      return CompareLoop<CompareOp::kLe, T>(left, right, constant, length, std::move(validity));
    case CompareOp::kGt:
      return CompareLoop<CompareOp::kGt, T>(left, right, constant, length, std::move(validity));
    default:
      return CompareLoop<CompareOp::kGe, T>(left, right, constant, length, std::move(validity));
  }
}

Result<Vector> CompareVectors(CompareOp op, const Vector& left, const Vector& right, int64_t length,
                              Validity validity) {
  bool constant = right.constant;
  switch (left.kind) {
    case Kind::kBool:
      return CompareViews<bool>(op, BoolView(left), BoolView(right), constant, length,
                                std::move(validity));
    case Kind::kText:
      return CompareViews<std::string_view>(op, TextView(left), TextView(right), constant, length,
                                            std::move(validity));
    case Kind::kDouble:
      return CompareViews<double>(op, NumberView<double>(left), NumberView<double>(right), constant,
                                  length, std::move(validity));
    case Kind::kDecimal:
      return CompareViews<__int128>(op, NumberView<__int128>(left), NumberView<__int128>(right),
                                    constant, length, std::move(validity));
    case Kind::kDate:
      return CompareViews<int32_t>(op, NumberView<int32_t>(left), NumberView<int32_t>(right),
                                   constant, length, std::move(validity));
    default:
      return CompareViews<int64_t>(op, NumberView<int64_t>(left), NumberView<int64_t>(right),
                                   constant, length, std::move(validity));
  }
}

template <typename Value, typename View>
Result<Vector> InSet(const KernelCall& call, const View& view, Validity validity, bool has_null) {
  std::unordered_set<Value> set;
  bool nan = false;
  for (size_t i = 1; i < call.arguments.size(); ++i) {
    View item(call.arguments[i]);
    if (!item.valid(0)) continue;
    if constexpr (std::is_same_v<Value, double>) {
      nan |= std::isnan(item[0]);
      set.insert(item[0] == 0 ? 0.0 : item[0]);
    } else {
      set.insert(item[0]);
    }
  }
  auto found = [&](int64_t row) {
    if constexpr (std::is_same_v<Value, double>) {
      if (std::isnan(view[row])) return nan;
    }
    return set.contains(view[row]);
  };
  if (has_null) {  // not found among values one of which is unknown: unknown
    ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                            return ValidAt(validity, row) && found(row);
                          }));
    validity = bits.array->data()->buffers[1];
  }
  return MapBools(call.length, std::move(validity), found);
}

/// One comparison for each item, for items that vary and types without a hash.
Result<Vector> InOneByOne(const KernelCall& call) {
  std::vector<uint8_t> hit(static_cast<size_t>(call.length)), unknown(hit.size());
  for (size_t i = 1; i < call.arguments.size(); ++i) {
    std::vector<Vector> both = {call.arguments[0], call.arguments[i]};
    ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(both, call.length));
    ARROW_ASSIGN_OR_RAISE(Vector equal,
                          CompareVectors(CompareOp::kEq, both[0], both[1], call.length, validity));
    BoolView truth(equal);
    for (size_t row = 0; row < hit.size(); ++row) {
      auto at = static_cast<int64_t>(row);
      bool valid = ValidAt(validity, at);
      hit[row] |= valid && truth[at];
      unknown[row] |= !valid;
    }
  }
  ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                          return hit[static_cast<size_t>(row)] ||
                                 !unknown[static_cast<size_t>(row)];
                        }));
  return MapBools(call.length, bits.array->data()->buffers[1],
                  [&](int64_t row) { return hit[static_cast<size_t>(row)] != 0; });
}

size_t CodePointBytes(std::string_view text, size_t at) {
  size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

/// Matches the parts from `part` on; a `%` tries again further on, and only the last one has to.
bool LikeMatches(std::span<const LikePart> parts, std::string_view text) {
  size_t part = 0, at = 0, retry_part = SIZE_MAX, retry_at = 0;
  while (true) {
    bool fits = true;
    if (part == parts.size()) {
      if (at == text.size()) return true;
      fits = false;
    } else if (parts[part].kind == LikePart::Kind::kMany) {
      retry_part = ++part;
      retry_at = at;
      if (part == parts.size()) return true;
    } else if (parts[part].kind == LikePart::Kind::kOne) {
      fits = at < text.size();
      if (fits) at += CodePointBytes(text, at), ++part;
    } else {
      const std::string& bytes = parts[part].bytes;
      fits = text.substr(at, bytes.size()) == bytes;
      if (fits) at += bytes.size(), ++part;
    }
    if (fits) continue;
    if (retry_part == SIZE_MAX || retry_at >= text.size()) return false;
    retry_at += CodePointBytes(text, retry_at);
    at = retry_at;
    part = retry_part;
  }
}

CompareOp Swapped(CompareOp op) {
  switch (op) {
    case CompareOp::kLt:
      return CompareOp::kGt;
    case CompareOp::kLe:
      return CompareOp::kGe;
    case CompareOp::kGt:
      return CompareOp::kLt;
    case CompareOp::kGe:
      return CompareOp::kLe;
    default:
      return op;
  }
}

}  // namespace

Result<Vector> CompareKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  const Vector& left = call.arguments[0];
  const Vector& right = call.arguments[1];
  if (left.constant && !right.constant) {
    return CompareVectors(Swapped(call.node.compare), right, left, call.length,
                          std::move(validity));
  }
  return CompareVectors(call.node.compare, left, right, call.length, std::move(validity));
}

Result<Vector> IsDistinctKernel(const KernelCall& call) {
  const Vector& left = call.arguments[0];
  const Vector& right = call.arguments[1];
  ARROW_ASSIGN_OR_RAISE(Vector differ,
                        CompareVectors(CompareOp::kNe, left, right, call.length, nullptr));
  BoolView values(differ);
  ValidityView left_valid(left), right_valid(right);
  bool negated = call.node.negated;
  return MapBools(call.length, nullptr, [&](int64_t row) {
    bool a = left_valid.valid(row), b = right_valid.valid(row);
    bool distinct = a && b ? values[row] : a != b;
    return distinct != negated;
  });
}

Result<Vector> InKernel(const KernelCall& call) {
  const Vector& x = call.arguments[0];
  bool constants = true, has_null = false;
  for (size_t i = 1; i < call.arguments.size(); ++i) {
    constants &= call.arguments[i].constant;
    has_null |= call.arguments[i].array->null_count() > 0;
  }
  if (!constants || x.kind == Kind::kDecimal || x.kind == Kind::kBool) return InOneByOne(call);
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid({&x, 1}, call.length));
  switch (x.kind) {
    case Kind::kText:
      return InSet<std::string_view>(call, TextView(x), std::move(validity), has_null);
    case Kind::kDouble:
      return InSet<double>(call, NumberView<double>(x), std::move(validity), has_null);
    case Kind::kDate:
      return InSet<int32_t>(call, NumberView<int32_t>(x), std::move(validity), has_null);
    default:
      return InSet<int64_t>(call, NumberView<int64_t>(x), std::move(validity), has_null);
  }
}

Result<Vector> LikeKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments.first(1), call.length));
  TextView texts(call.arguments[0]);
  const std::vector<LikePart>& parts = call.node.prepared->like;
  return MapBools(call.length, std::move(validity),
                  [&](int64_t row) { return LikeMatches(parts, texts[row]); });
}

}  // namespace tamis
