// CAST and TRY_CAST over whole columns. What can't be cast is an error, or NULL with TRY_CAST.
#include <cmath>
#include <limits>

#include "expr/functions.h"
#include "expr/value.h"

namespace tamis {
namespace {

int ScaleOf(const arrow::DataType& type) {
  return static_cast<const arrow::Decimal128Type&>(type).scale();
}
int PrecisionOf(const arrow::DataType& type) {
  return static_cast<const arrow::Decimal128Type&>(type).precision();
}

void IntegerRange(const arrow::DataType& type, int64_t* low, int64_t* high) {
  int bits = static_cast<const arrow::FixedWidthType&>(type).bit_width();
  *high = bits == 64 ? INT64_MAX : (int64_t{1} << (bits - 1)) - 1;
  *low = -*high - 1;
}

/// The value of a row as a message shows it.
std::string Shown(const KernelCall& call, int64_t row) {
  const Vector& vector = call.arguments[0];
  switch (vector.kind) {
    case Kind::kText: {
      std::string text(TextView(vector)[row]);
      if (text.size() > 60) text = text.substr(0, 57) + "...";
      return "'" + text + "'";
    }
    case Kind::kInt:
      return std::to_string(NumberView<int64_t>(vector)[row]);
    case Kind::kDouble:
      return DoubleText(NumberView<double>(vector)[row]);
    case Kind::kDecimal:
      return DecimalText(NumberView<__int128>(vector)[row], ScaleOf(call.ArgumentType(0)));
    case Kind::kDate:
      return "the date";
    default:
      return "the value";
  }
}

Status Failed(const KernelCall& call, int64_t row) {
  return DataErrorAt(call.node.place,
                     "can't cast " + Shown(call, row) + " to " + TypeName(*call.node.type),
                     "TRY_CAST gives NULL instead");
}

/// `convert(row, &out)` says whether the value can be cast.
template <typename T, typename Convert>
Result<Vector> ConvertRows(const KernelCall& call, std::shared_ptr<arrow::DataType> type,
                           Convert convert) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  std::vector<uint8_t> bad;
  int64_t failed = -1;
  ARROW_ASSIGN_OR_RAISE(Vector out, MapNumbers<T>(type, call.length, validity, [&](int64_t row) {
                          T value{};
                          if (!ValidAt(validity, row) || convert(row, &value)) return value;
                          if (failed < 0) {
                            failed = row;
                            bad.resize(static_cast<size_t>(call.length));
                          }
                          bad[static_cast<size_t>(row)] = 1;
                          return T{};
                        }));
  if (failed < 0) return out;
  if (!call.node.attempt) return Failed(call, failed);
  ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(call.length, nullptr, [&](int64_t row) {
                          return ValidAt(validity, row) && !bad[static_cast<size_t>(row)];
                        }));
  return MakeVector(std::move(type), call.length, bits.array->data()->buffers[1],
                    out.array->data()->buffers[1]);
}

Result<Vector> ToBool(const KernelCall& call) {
  TextView texts(call.arguments[0]);
  ARROW_ASSIGN_OR_RAISE(Vector bytes,
                        ConvertRows<int32_t>(call, arrow::int32(), [&](int64_t row, int32_t* out) {
                          bool value;
                          bool good = ParseBoolText(texts[row], &value);
                          *out = good && value;
                          return good;
                        }));
  NumberView<int32_t> flags(bytes);
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid({&bytes, 1}, call.length));
  return MapBools(call.length, std::move(validity), [&](int64_t row) { return flags[row] != 0; });
}

Result<Vector> ToInt(const KernelCall& call) {
  const Vector& from = call.arguments[0];
  int64_t low, high;
  IntegerRange(*call.node.type, &low, &high);
  auto in_range = [=](int64_t value) { return value >= low && value <= high; };
  switch (from.kind) {
    case Kind::kBool: {
      BoolView values(from);
      return ConvertRows<int64_t>(call, arrow::int64(), [&](int64_t row, int64_t* out) {
        *out = values[row];
        return true;
      });
    }
    case Kind::kText: {
      TextView texts(from);
      return ConvertRows<int64_t>(call, arrow::int64(), [&](int64_t row, int64_t* out) {
        return ParseIntText(texts[row], out) && in_range(*out);
      });
    }
    case Kind::kDouble: {
      NumberView<double> values(from);
      return ConvertRows<int64_t>(call, arrow::int64(), [&](int64_t row, int64_t* out) {
        double value = std::trunc(values[row]);
        if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0)) return false;
        *out = static_cast<int64_t>(value);
        return in_range(*out);
      });
    }
    case Kind::kDecimal: {
      NumberView<__int128> values(from);
      __int128 power = PowerOfTen(ScaleOf(call.ArgumentType(0)));
      return ConvertRows<int64_t>(call, arrow::int64(), [&](int64_t row, int64_t* out) {
        __int128 whole = values[row] / power;
        *out = static_cast<int64_t>(whole);
        return whole >= low && whole <= high;
      });
    }
    default: {
      NumberView<int64_t> values(from);
      return ConvertRows<int64_t>(call, arrow::int64(), [&](int64_t row, int64_t* out) {
        *out = values[row];
        return in_range(*out);
      });
    }
  }
}

Result<Vector> ToDouble(const KernelCall& call) {
  const Vector& from = call.arguments[0];
  bool narrow = call.node.type->id() == arrow::Type::FLOAT;
  // Beyond float's range is an error, as between all number types.
  auto finish = [narrow](double value, double* out) {
    *out = narrow ? static_cast<double>(static_cast<float>(value)) : value;
    return !narrow || std::isinf(value) || !std::isinf(*out);
  };
  switch (from.kind) {
    case Kind::kText: {
      TextView texts(from);
      return ConvertRows<double>(call, arrow::float64(), [&](int64_t row, double* out) {
        double value;
        return ParseDoubleText(texts[row], &value) && finish(value, out);
      });
    }
    case Kind::kInt: {
      NumberView<int64_t> values(from);
      return ConvertRows<double>(call, arrow::float64(), [&](int64_t row, double* out) {
        return finish(static_cast<double>(values[row]), out);
      });
    }
    case Kind::kDecimal: {
      NumberView<__int128> values(from);
      int scale = ScaleOf(call.ArgumentType(0));
      return ConvertRows<double>(call, arrow::float64(), [&](int64_t row, double* out) {
        return finish(DoubleOfDecimal(values[row], scale), out);
      });
    }
    default: {
      NumberView<double> values(from);
      return ConvertRows<double>(call, arrow::float64(), [&](int64_t row, double* out) {
        return finish(values[row], out);
      });
    }
  }
}

Result<Vector> ToDecimal(const KernelCall& call) {
  const Vector& from = call.arguments[0];
  int precision = PrecisionOf(*call.node.type), scale = ScaleOf(*call.node.type);
  __int128 limit = PowerOfTen(precision);
  auto fits = [=](__int128 value) { return value < limit && value > -limit; };
  switch (from.kind) {
    case Kind::kText: {
      TextView texts(from);
      return ConvertRows<__int128>(call, call.node.type, [&](int64_t row, __int128* out) {
        return IsPlainDecimalText(texts[row]) &&
               ParseDecimalText(texts[row], precision, scale, out);
      });
    }
    case Kind::kInt: {
      NumberView<int64_t> values(from);
      __int128 power = PowerOfTen(scale);
      return ConvertRows<__int128>(call, call.node.type, [&](int64_t row, __int128* out) {
        return !__builtin_mul_overflow(__int128{values[row]}, power, out) && fits(*out);
      });
    }
    case Kind::kDouble: {
      NumberView<double> values(from);
      return ConvertRows<__int128>(call, call.node.type, [&](int64_t row, __int128* out) {
        return DecimalOfDouble(values[row], precision, scale, out);
      });
    }
    default: {
      NumberView<__int128> values(from);
      int more = scale - ScaleOf(call.ArgumentType(0));
      __int128 power = PowerOfTen(std::max(more, 0));
      return ConvertRows<__int128>(call, call.node.type, [&](int64_t row, __int128* out) {
        *out = DivideByPowerOfTen(values[row], -more);
        return !__builtin_mul_overflow(*out, power, out) && fits(*out);
      });
    }
  }
}

template <typename Text>
Result<Vector> Texts(const KernelCall& call, Text text) {
  ARROW_ASSIGN_OR_RAISE(Validity validity, AllValid(call.arguments, call.length));
  return MapTexts(call.length, validity, 0,
                  [&](int64_t row, TextOutput* out) { return out->Append(text(row)); });
}

Result<Vector> ToText(const KernelCall& call) {
  const Vector& from = call.arguments[0];
  switch (from.kind) {
    case Kind::kBool: {
      BoolView values(from);
      return Texts(call, [&](int64_t row) { return values[row] ? "true" : "false"; });
    }
    case Kind::kInt: {
      NumberView<int64_t> values(from);
      return Texts(call, [&](int64_t row) { return std::to_string(values[row]); });
    }
    case Kind::kDecimal: {
      NumberView<__int128> values(from);
      int scale = ScaleOf(call.ArgumentType(0));
      return Texts(call, [&](int64_t row) { return DecimalText(values[row], scale); });
    }
    case Kind::kDate: {
      NumberView<int32_t> values(from);
      return Texts(
          call, [&](int64_t row) { return DateText(std::clamp(values[row], kDateMin, kDateMax)); });
    }
    case Kind::kTimestamp: {
      NumberView<int64_t> values(from);
      return Texts(call, [&](int64_t row) {
        return TimestampText(std::clamp(values[row], kTimestampMin, kTimestampMax));
      });
    }
    default:
      return from;
  }
}

Result<Vector> ToDate(const KernelCall& call) {
  const Vector& from = call.arguments[0];
  if (from.kind == Kind::kDate) return from;
  if (from.kind == Kind::kText) {
    TextView texts(from);
    return ConvertRows<int32_t>(call, arrow::date32(), [&](int64_t row, int32_t* out) {
      return ParseDateText(texts[row], out);
    });
  }
  NumberView<int64_t> values(from);
  return ConvertRows<int32_t>(call, arrow::date32(), [&](int64_t row, int32_t* out) {
    *out = static_cast<int32_t>(FloorDivide(values[row], kMicrosPerDay));
    return true;
  });
}

Result<Vector> ToTimestamp(const KernelCall& call) {
  const Vector& from = call.arguments[0];
  if (from.kind == Kind::kTimestamp) return from;
  if (from.kind == Kind::kText) {
    TextView texts(from);
    return ConvertRows<int64_t>(call, TimestampType(), [&](int64_t row, int64_t* out) {
      return ParseTimestampText(texts[row], out);
    });
  }
  NumberView<int32_t> values(from);
  return ConvertRows<int64_t>(call, TimestampType(), [&](int64_t row, int64_t* out) {
    *out = values[row] * kMicrosPerDay;
    return values[row] >= kDateMin && values[row] <= kDateMax;
  });
}

}  // namespace

Result<Vector> CastKernel(const KernelCall& call) {
  switch (call.node.kind) {
    case Kind::kBool:
      return call.arguments[0].kind == Kind::kBool ? call.arguments[0] : ToBool(call);
    case Kind::kInt:
      return ToInt(call);
    case Kind::kDouble:
      return ToDouble(call);
    case Kind::kDecimal:
      return ToDecimal(call);
    case Kind::kText:
      return ToText(call);
    case Kind::kDate:
      return ToDate(call);
    default:
      return ToTimestamp(call);
  }
}

bool CanCast(const arrow::DataType& from, const arrow::DataType& to, std::string* hint) {
  Kind a = KindOf(from), b = KindOf(to);
  if (a == Kind::kOpaque || a == Kind::kInterval) return false;
  if (a == b || a == Kind::kText) return true;
  auto number = [](Kind kind) {
    return kind == Kind::kInt || kind == Kind::kDouble || kind == Kind::kDecimal;
  };
  auto time = [](Kind kind) { return kind == Kind::kDate || kind == Kind::kTimestamp; };
  if (b == Kind::kText) {
    if (a != Kind::kDouble) return true;
    *hint = "engines write doubles differently; CAST to a decimal(p, s) first";
    return false;
  }
  if (number(a) && number(b)) return true;
  if (time(a) && time(b)) return true;
  if (a == Kind::kBool && b == Kind::kInt) return true;
  if (number(a) && b == Kind::kBool) *hint = "write x <> 0";
  if (a == Kind::kInt && b == Kind::kTimestamp) *hint = "use to_timestamp(seconds)";
  if (a == Kind::kTimestamp && b == Kind::kInt) *hint = "use epoch(timestamp)";
  if (a == Kind::kInt && b == Kind::kDate) *hint = "use make_date(year, month, day)";
  return false;
}

}  // namespace tamis
