// Numbers over whole columns: arithmetic that finds overflow, rounding, logarithms, bits, and the
// choices by order (greatest, least, nullif).
#include <cmath>
#include <limits>

#include "expr/functions.h"
#include "expr/value.h"

namespace tamis {
namespace {

constexpr __int128 kDecimalEnd =
    static_cast<__int128>(10000000000000000000ULL) * 10000000000000000000ULL;  // 10^38

int ScaleOf(const arrow::DataType& type) {
  return static_cast<const arrow::Decimal128Type&>(type).scale();
}

__int128 LimitOf(const arrow::DataType& type) {
  int precision = static_cast<const arrow::Decimal128Type&>(type).precision();
  return precision >= 38 ? kDecimalEnd : PowerOfTen(precision);
}

std::string IntegerPair(const char* op, int64_t a, int64_t b) {
  return std::to_string(a) + " " + op + " " + std::to_string(b) + " is beyond bigint";
}

/// `apply(a, b, &out)` says whether it overflowed; `nulls`: zero divisors become NULL.
template <typename Apply>
Result<Vector> IntegerOperation(const KernelCall& call, const char* op, Apply apply) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> left(call.arguments[0]), right(call.arguments[1]);
  bool overflow = false;
  auto compute = [&](int64_t row) {
    int64_t out;
    overflow |= apply(left[row], right[row], &out);
    return out;
  };
  ARROW_ASSIGN_OR_RAISE(Vector out,
                        MapNumbers<int64_t>(arrow::int64(), call.length, validity, compute));
  if (!overflow) return out;
  for (int64_t row = 0; row < call.length; ++row) {  // what lies under a NULL doesn't count
    int64_t ignored;
    if (ValidAt(validity, row) && apply(left[row], right[row], &ignored)) {
      return call.Error(IntegerPair(op, left[row], right[row]));
    }
  }
  return out;
}

template <typename Apply>
Result<Vector> DoubleOperation(const KernelCall& call, Apply apply) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<double> left(call.arguments[0]), right(call.arguments[1]);
  return MapNumbers<double>(arrow::float64(), call.length, std::move(validity),
                            [&](int64_t row) { return apply(left[row], right[row]); });
}

/// Both operands times a power of ten, so that they have the larger scale; true if that overflows.
struct Aligned {
  __int128 left_factor, right_factor;
  bool Apply(__int128* a, __int128* b) const {
    return __builtin_mul_overflow(*a, left_factor, a) ||
           __builtin_mul_overflow(*b, right_factor, b);
  }
};

Aligned AlignScales(const KernelCall& call) {
  int left = ScaleOf(call.ArgumentType(0)), right = ScaleOf(call.ArgumentType(1));
  int scale = std::max(left, right);
  return {PowerOfTen(scale - left), PowerOfTen(scale - right)};
}

template <typename Apply>
Result<Vector> DecimalOperation(const KernelCall& call, const char* op, Validity validity,
                                Apply apply) {
  NumberView<__int128> left(call.arguments[0]), right(call.arguments[1]);
  __int128 limit = LimitOf(*call.node.type);
  int64_t failed = -1;
  auto compute = [&](int64_t row) -> __int128 {
    if (!ValidAt(validity, row)) return 0;
    __int128 out = 0;
    if (apply(left[row], right[row], &out) || out >= limit || out <= -limit) {
      if (failed < 0) failed = row;
    }
    return out;
  };
  ARROW_ASSIGN_OR_RAISE(Vector out,
                        MapNumbers<__int128>(call.node.type, call.length, validity, compute));
  if (failed < 0) return out;
  return call.Error(DecimalText(left[failed], ScaleOf(call.ArgumentType(0))) + " " + op + " " +
                    DecimalText(right[failed], ScaleOf(call.ArgumentType(1))) + " is beyond " +
                    TypeName(*call.node.type));
}

/// NULL where the divisor is zero.
template <typename View>
Result<Validity> ValidWhereNotZero(const KernelCall& call, const View& divisor) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  bool zero = false;
  for (int64_t row = 0; row < call.length; ++row) zero |= divisor[row] == 0;
  if (!zero) return validity;
  ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                          return ValidAt(validity, row) && divisor[row] != 0;
                        }));
  return bits.array->data()->buffers[1];
}

template <typename Apply>
Result<Vector> IntegerDivision(const KernelCall& call, Apply apply) {
  NumberView<int64_t> left(call.arguments[0]), right(call.arguments[1]);
  ARROW_ASSIGN_OR_RAISE(Validity validity, ValidWhereNotZero(call, right));
  int64_t failed = -1;
  ARROW_ASSIGN_OR_RAISE(
      Vector out, MapNumbers<int64_t>(arrow::int64(), call.length, validity, [&](int64_t row) {
        int64_t value = 0;
        if (!ValidAt(validity, row)) return value;
        if (apply(left[row], right[row], &value) && failed < 0) failed = row;
        return value;
      }));
  if (failed >= 0) return call.Error(IntegerPair("/", left[failed], right[failed]));
  return out;
}

template <typename T, typename Apply>
Result<Vector> MapOne(const KernelCall& call, std::shared_ptr<arrow::DataType> type, Apply apply) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments.first(1), call.length));
  NumberView<T> values(call.arguments[0]);
  return MapNumbers<T>(std::move(type), call.length, std::move(validity),
                       [&](int64_t row) { return apply(values[row]); });
}

/// Doubles of which some have no result: NULL where `defined` is false.
template <typename Defined, typename Apply>
Result<Vector> PartialDouble(const KernelCall& call, Defined defined, Apply apply) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<double> values(call.arguments[0]);
  bool all = true;
  for (int64_t row = 0; row < call.length; ++row) all &= defined(values[row]);
  if (!all) {
    ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                            return ValidAt(validity, row) && defined(values[row]);
                          }));
    validity = bits.array->data()->buffers[1];
  }
  return MapNumbers<double>(arrow::float64(), call.length, std::move(validity),
                            [&](int64_t row) { return apply(values[row]); });
}

// ceil, floor and trunc of a decimal, by the quotient that cuts towards zero and the rest.
template <typename Apply>
Result<Vector> WholeDecimals(const KernelCall& call, Apply apply) {
  __int128 power = PowerOfTen(ScaleOf(call.ArgumentType(0)));
  return MapOne<__int128>(call, call.node.type,
                          [&](__int128 value) { return apply(value / power, value % power); });
}

double RoundDouble(double value, int digits) {
  if (!(std::fabs(value) < 1e16)) return value;
  __int128 rounded;
  static constexpr double kPowers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                       1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  double scaled = value * kPowers[digits];
  double fraction = std::fabs(scaled - std::trunc(scaled));
  // Far from a half both ways of rounding agree; only near it the decimal text decides.
  if (std::fabs(scaled) < 1e9 && std::fabs(fraction - 0.5) > 1e-3) {
    return std::round(scaled) / kPowers[digits];
  }
  if (!DecimalOfDouble(value, 38, digits, &rounded)) return value;
  return DoubleOfDecimal(rounded, digits);
}

template <typename T>
bool IsLess(T a, T b) {
  if constexpr (std::is_same_v<T, double>) return a < b || (!std::isnan(a) && std::isnan(b));
  return a < b;
}

/// The row's argument that wins, or -1 if all are NULL.
template <typename View>
int Winner(const std::vector<View>& views, int64_t row, bool greatest) {
  int best = -1;
  for (size_t i = 0; i < views.size(); ++i) {
    if (!views[i].valid(row)) continue;
    auto better = [&] {
      auto a = views[i][row], b = views[static_cast<size_t>(best)][row];
      return greatest ? IsLess(b, a) : IsLess(a, b);
    };
    if (best < 0 || better()) best = static_cast<int>(i);
  }
  return best;
}

template <typename View>
std::vector<View> ViewsOf(const KernelCall& call) {
  std::vector<View> views;
  for (const Vector& argument : call.arguments) views.emplace_back(argument);
  return views;
}

template <typename T>
Result<Vector> ExtremeNumbers(const KernelCall& call, bool greatest,
                              std::shared_ptr<arrow::DataType> type) {
  auto views = ViewsOf<NumberView<T>>(call);
  ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                          return Winner(views, row, greatest) >= 0;
                        }));
  return MapNumbers<T>(std::move(type), call.length, bits.array->data()->buffers[1],
                       [&](int64_t row) {
                         int best = Winner(views, row, greatest);
                         return best < 0 ? T{} : views[static_cast<size_t>(best)][row];
                       });
}

Result<Vector> Extreme(const KernelCall& call, bool greatest) {
  switch (call.node.kind) {
    case Kind::kBool: {
      auto views = ViewsOf<BoolView>(call);
      ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                              return Winner(views, row, greatest) >= 0;
                            }));
      return MapBools(call.length, bits.array->data()->buffers[1], [&](int64_t row) {
        int best = Winner(views, row, greatest);
        return best >= 0 && views[static_cast<size_t>(best)][row];
      });
    }
    case Kind::kText: {
      auto views = ViewsOf<TextView>(call);
      return MapTexts(call.length, nullptr, 0, [&](int64_t row, TextOutput* out) {
        int best = Winner(views, row, greatest);
        return best < 0 ? out->AppendNull() : out->Append(views[static_cast<size_t>(best)][row]);
      });
    }
    case Kind::kDate:
      return ExtremeNumbers<int32_t>(call, greatest, arrow::date32());
    case Kind::kDouble:
      return ExtremeNumbers<double>(call, greatest, arrow::float64());
    case Kind::kDecimal:
      return ExtremeNumbers<__int128>(call, greatest, call.node.type);
    case Kind::kTimestamp:
      return ExtremeNumbers<int64_t>(call, greatest, TimestampType());
    default:
      return ExtremeNumbers<int64_t>(call, greatest, arrow::int64());
  }
}

}  // namespace

Result<Vector> AddKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) {
    return IntegerOperation(call, "+", [](int64_t a, int64_t b, int64_t* out) {
      return __builtin_add_overflow(a, b, out);
    });
  }
  if (call.node.kind == Kind::kDouble) {
    return DoubleOperation(call, [](double a, double b) { return a + b; });
  }
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  Aligned aligned = AlignScales(call);
  return DecimalOperation(call, "+", validity, [&](__int128 a, __int128 b, __int128* out) {
    return aligned.Apply(&a, &b) || __builtin_add_overflow(a, b, out);
  });
}

Result<Vector> SubtractKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) {
    return IntegerOperation(call, "-", [](int64_t a, int64_t b, int64_t* out) {
      return __builtin_sub_overflow(a, b, out);
    });
  }
  if (call.node.kind == Kind::kDouble) {
    return DoubleOperation(call, [](double a, double b) { return a - b; });
  }
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  Aligned aligned = AlignScales(call);
  return DecimalOperation(call, "-", validity, [&](__int128 a, __int128 b, __int128* out) {
    return aligned.Apply(&a, &b) || __builtin_sub_overflow(a, b, out);
  });
}

Result<Vector> MultiplyKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) {
    return IntegerOperation(call, "*", [](int64_t a, int64_t b, int64_t* out) {
      return __builtin_mul_overflow(a, b, out);
    });
  }
  if (call.node.kind == Kind::kDouble) {
    return DoubleOperation(call, [](double a, double b) { return a * b; });
  }
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  return DecimalOperation(call, "*", validity, [](__int128 a, __int128 b, __int128* out) {
    return __builtin_mul_overflow(a, b, out);
  });
}

Result<Vector> DivideKernel(const KernelCall& call) {
  NumberView<double> left(call.arguments[0]), right(call.arguments[1]);
  ARROW_ASSIGN_OR_RAISE(Validity validity, ValidWhereNotZero(call, right));
  return MapNumbers<double>(arrow::float64(), call.length, std::move(validity),
                            [&](int64_t row) { return left[row] / right[row]; });
}

Result<Vector> ModuloKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) {
    return IntegerDivision(call, [](int64_t a, int64_t b, int64_t* out) {
      *out = b == -1 ? 0 : a % b;
      return false;
    });
  }
  if (call.node.kind == Kind::kDouble) {
    NumberView<double> left(call.arguments[0]), right(call.arguments[1]);
    ARROW_ASSIGN_OR_RAISE(Validity validity, ValidWhereNotZero(call, right));
    return MapNumbers<double>(arrow::float64(), call.length, std::move(validity),
                              [&](int64_t row) { return std::fmod(left[row], right[row]); });
  }
  NumberView<__int128> right(call.arguments[1]);
  ARROW_ASSIGN_OR_RAISE(Validity validity, ValidWhereNotZero(call, right));
  Aligned aligned = AlignScales(call);
  return DecimalOperation(call, "%", validity, [&](__int128 a, __int128 b, __int128* out) {
    if (aligned.Apply(&a, &b)) return true;
    *out = b == -1 ? 0 : a % b;
    return false;
  });
}

Result<Vector> IntegerDivideKernel(const KernelCall& call) {
  return IntegerDivision(call, [](int64_t a, int64_t b, int64_t* out) {
    if (b == -1) return __builtin_sub_overflow(int64_t{0}, a, out);
    *out = a / b;
    return false;
  });
}

Result<Vector> NegateKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kDouble) {
    return MapOne<double>(call, arrow::float64(), [](double x) { return -x; });
  }
  if (call.node.kind == Kind::kDecimal) {
    return MapOne<__int128>(call, call.node.type, [](__int128 x) { return -x; });
  }
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> values(call.arguments[0]);
  for (int64_t row = 0; row < call.length; ++row) {
    if (values[row] == INT64_MIN && ValidAt(validity, row)) {
      return call.Error("-(" + std::to_string(INT64_MIN) + ") is beyond bigint");
    }
  }
  return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity), [&](int64_t row) {
    return static_cast<int64_t>(0 - static_cast<uint64_t>(values[row]));
  });
}

Result<Vector> AbsKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kDouble) {
    return MapOne<double>(call, arrow::float64(), [](double x) { return std::fabs(x); });
  }
  if (call.node.kind == Kind::kDecimal) {
    return MapOne<__int128>(call, call.node.type, [](__int128 x) { return x < 0 ? -x : x; });
  }
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> values(call.arguments[0]);
  for (int64_t row = 0; row < call.length; ++row) {
    if (values[row] == INT64_MIN && ValidAt(validity, row)) {
      return call.Error("abs(" + std::to_string(INT64_MIN) + ") is beyond bigint");
    }
  }
  return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity), [&](int64_t row) {
    int64_t x = values[row];
    return x < 0 ? static_cast<int64_t>(0 - static_cast<uint64_t>(x)) : x;
  });
}

Result<Vector> CeilKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) return call.arguments[0];
  if (call.node.kind == Kind::kDouble) {
    return MapOne<double>(call, arrow::float64(), [](double x) { return std::ceil(x); });
  }
  return WholeDecimals(call, [](__int128 whole, __int128 rest) { return whole + (rest > 0); });
}

Result<Vector> FloorKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) return call.arguments[0];
  if (call.node.kind == Kind::kDouble) {
    return MapOne<double>(call, arrow::float64(), [](double x) { return std::floor(x); });
  }
  return WholeDecimals(call, [](__int128 whole, __int128 rest) { return whole - (rest < 0); });
}

Result<Vector> TruncKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) return call.arguments[0];
  if (call.node.kind == Kind::kDouble) {
    return MapOne<double>(call, arrow::float64(), [](double x) { return std::trunc(x); });
  }
  return WholeDecimals(call, [](__int128 whole, __int128) { return whole; });
}

Result<Vector> RoundKernel(const KernelCall& call) {
  if (call.node.kind == Kind::kInt) return call.arguments[0];
  auto digits = static_cast<int>(call.node.prepared->number);
  if (call.node.kind == Kind::kDouble) {
    return MapOne<double>(call, arrow::float64(),
                          [digits](double x) { return RoundDouble(x, digits); });
  }
  int cut = ScaleOf(call.ArgumentType(0)) - ScaleOf(*call.node.type);
  __int128 limit = LimitOf(*call.node.type);
  bool overflow = false;
  ARROW_ASSIGN_OR_RAISE(Vector out, MapOne<__int128>(call, call.node.type, [&](__int128 x) {
                          __int128 rounded = DivideByPowerOfTen(x, cut);
                          overflow |= rounded >= limit || rounded <= -limit;
                          return rounded;
                        }));
  if (overflow) return call.Error("a rounded number is beyond " + TypeName(*call.node.type));
  return out;
}

Result<Vector> SignKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  auto map = [&](auto view) {
    return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity), [&](int64_t row) {
      auto x = view[row];
      return static_cast<int64_t>(x < 0 ? -1 : x == 0 ? 0 : 1);
    });
  };
  switch (call.arguments[0].kind) {
    case Kind::kInt:
      return map(NumberView<int64_t>(call.arguments[0]));
    case Kind::kDecimal:
      return map(NumberView<__int128>(call.arguments[0]));
    default:
      return map(NumberView<double>(call.arguments[0]));
  }
}

Result<Vector> SqrtKernel(const KernelCall& call) {
  return PartialDouble(
      call, [](double x) { return !(x < 0); }, [](double x) { return std::sqrt(x); });
}

Result<Vector> ExpKernel(const KernelCall& call) {
  return MapOne<double>(call, arrow::float64(), [](double x) { return std::exp(x); });
}

Result<Vector> LnKernel(const KernelCall& call) {
  return PartialDouble(
      call, [](double x) { return !(x <= 0); }, [](double x) { return std::log(x); });
}

Result<Vector> Log10Kernel(const KernelCall& call) {
  return PartialDouble(
      call, [](double x) { return !(x <= 0); }, [](double x) { return std::log10(x); });
}

Result<Vector> PowerKernel(const KernelCall& call) {
  return DoubleOperation(call, [](double a, double b) { return std::pow(a, b); });
}

Result<Vector> IsNanKernel(const KernelCall& call) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<double> values(call.arguments[0]);
  return MapBools(call.length, std::move(validity),
                  [&](int64_t row) { return std::isnan(values[row]); });
}

namespace {

template <typename Apply>
Result<Vector> Bits(const KernelCall& call, Apply apply) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  NumberView<int64_t> left(call.arguments[0]), right(call.arguments[1]);
  return MapNumbers<int64_t>(arrow::int64(), call.length, std::move(validity),
                             [&](int64_t row) { return apply(left[row], right[row]); });
}

/// Valid where the first argument is, but for the rows where both are equal.
template <typename View, typename Equal>
Result<Validity> ValidWhereDifferent(const KernelCall& call, const View& a, const View& b,
                                     Equal equal) {
  ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                          return a.valid(row) && !(b.valid(row) && equal(a[row], b[row]));
                        }));
  return bits.array->data()->buffers[1];
}

template <typename T>
Result<Vector> NullIfNumbers(const KernelCall& call, std::shared_ptr<arrow::DataType> type) {
  NumberView<T> a(call.arguments[0]), b(call.arguments[1]);
  ARROW_ASSIGN_OR_RAISE(Validity validity, ValidWhereDifferent(call, a, b, [](T x, T y) {
                          return !IsLess(x, y) && !IsLess(y, x);
                        }));
  return MapNumbers<T>(std::move(type), call.length, std::move(validity),
                       [&](int64_t row) { return a[row]; });
}

}  // namespace

Result<Vector> BitAndKernel(const KernelCall& call) {
  return Bits(call, [](int64_t a, int64_t b) { return a & b; });
}
Result<Vector> BitOrKernel(const KernelCall& call) {
  return Bits(call, [](int64_t a, int64_t b) { return a | b; });
}
Result<Vector> BitXorKernel(const KernelCall& call) {
  return Bits(call, [](int64_t a, int64_t b) { return a ^ b; });
}

Result<Vector> GreatestKernel(const KernelCall& call) { return Extreme(call, true); }
Result<Vector> LeastKernel(const KernelCall& call) { return Extreme(call, false); }

Result<Vector> NullIfKernel(const KernelCall& call) {
  switch (call.node.kind) {
    case Kind::kBool: {
      BoolView a(call.arguments[0]), b(call.arguments[1]);
      ARROW_ASSIGN_OR_RAISE(Validity validity,
                            ValidWhereDifferent(call, a, b, [](bool x, bool y) { return x == y; }));
      return MapBools(call.length, std::move(validity), [&](int64_t row) { return a[row]; });
    }
    case Kind::kText: {
      TextView a(call.arguments[0]), b(call.arguments[1]);
      ARROW_ASSIGN_OR_RAISE(Validity validity,
                            ValidWhereDifferent(call, a, b, [](auto x, auto y) { return x == y; }));
      return MapTexts(call.length, validity, 0,
                      [&](int64_t row, TextOutput* out) { return out->Append(a[row]); });
    }
    case Kind::kDate:
      return NullIfNumbers<int32_t>(call, arrow::date32());
    case Kind::kDouble:
      return NullIfNumbers<double>(call, arrow::float64());
    case Kind::kDecimal:
      return NullIfNumbers<__int128>(call, call.node.type);
    case Kind::kTimestamp:
      return NullIfNumbers<int64_t>(call, TimestampType());
    default:
      return NullIfNumbers<int64_t>(call, arrow::int64());
  }
}

}  // namespace tamis
