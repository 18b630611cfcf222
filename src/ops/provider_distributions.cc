// Providers of skewed numbers. Their tables are made by distribution.h. See provider.h.
#include <arrow/type.h>

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <numeric>

#include "ops/distribution.h"
#include "ops/fixed_math.h"
#include "ops/provider_range.h"

namespace tamis {
namespace {

constexpr int64_t kMicro = 1'000'000;
// log2(e) * 2^30.
constexpr int64_t kLog2E = 1549082005;
constexpr int64_t kKnotMax = int64_t{1} << 61;
// Bits after the point of values before they become knots.
constexpr int kValueBits = 24;

// What a column takes: whole multiples of `step` from `low` to `high`, shown with `digits`.
struct Numbers {
  std::shared_ptr<arrow::DataType> type;
  int64_t digits = 0;
  int64_t step = 1;
  int64_t low = 0;
  int64_t high = 0;
};

// Digits that a float or text shows: three more than the parameters have, 2 to 6.
int64_t UsualDigits(ColumnScope& scope, std::initializer_list<const char*> parameters) {
  if (scope.kind() == kIntegerValue) return 0;
  std::vector<std::string> texts = {"0"};
  for (const char* parameter : parameters) {
    const Node* value = scope.options().node().Find(parameter);
    if (value && value->is_scalar()) texts.push_back(value->scalar);
  }
  return std::clamp<int64_t>(DigitsAfterPoint(texts) + 1, 2, 6);
}

Result<Numbers> ReadNumbers(ColumnScope& scope, std::initializer_list<const char*> parameters) {
  const Column& column = scope.column();
  Numbers numbers;
  if (scope.kind() == kIntegerValue) {
    numbers.type = column.type;
    NumberRange range = TypeRange(*column.type);
    numbers.low = range.low;
    numbers.high = range.high;
  } else {
    ARROW_ASSIGN_OR_RAISE(numbers.digits, ReadDigits(scope, UsualDigits(scope, parameters)));
    numbers.type = scope.kind() == kDecimalValue
                       ? column.type
                       : arrow::decimal128(kFloatPrecision, static_cast<int32_t>(numbers.digits));
    int32_t precision = static_cast<const arrow::DecimalType&>(*numbers.type).precision();
    numbers.high = Power10(std::min(precision, 18)) - 1;
    numbers.low = -numbers.high;
  }
  ARROW_ASSIGN_OR_RAISE(auto minimum, ContractBound(scope, numbers.type, column.minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto maximum, ContractBound(scope, numbers.type, column.maximum, -1));
  ARROW_ASSIGN_OR_RAISE(auto low, RangeEnd(scope, "from", numbers.type, minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto high, RangeEnd(scope, "to", numbers.type, maximum, -1));
  numbers.low = std::max(numbers.low, low.value_or(numbers.low));
  numbers.high = std::min(numbers.high, high.value_or(numbers.high));
  ARROW_ASSIGN_OR_RAISE(numbers.step, StepOf(scope));
  return numbers;
}

void AddNumber(ColumnScope& scope, const Numbers& numbers, Register value) {
  scope.Add(numbers.digits > 0 ? Part::Decimal(value, static_cast<int>(numbers.digits))
                               : PartOf(*numbers.type, value));
}

// A parameter in millionths of the numbers' unit: the mean of an integer may be 2.5.
Result<int64_t> ReadMicros(ColumnScope& scope, const char* option, int64_t digits, int64_t usual,
                           int64_t least) {
  const Node* node = scope.options().OptionalNode(option);
  if (!node) return usual;
  auto type = arrow::decimal128(38, static_cast<int32_t>(digits) + 6);
  ARROW_ASSIGN_OR_RAISE(int64_t micros, ReadNumber(scope, option, type, usual));
  if (micros >= least) return micros;
  return UsageErrorAt(
      node->place, std::string(option) + (least > 0 ? " must be above 0: " : ": ") + node->scalar);
}

// Knots of values in millionths times 2^24, as multiples of the step with as many fractional bits
// as there is room for.
template <typename ValueOf>
std::shared_ptr<CurveFunction> MakeCurve(const CurveKnots& standard, int64_t step,
                                         ValueOf value_of) {
  std::vector<__int128> low, high;
  __int128 largest = 0;
  auto convert = [&](const std::vector<int64_t>& from, std::vector<__int128>* to) {
    for (int64_t knot : from) {
      to->push_back(RoundedRatio(value_of(knot), kMicro) / step);
      largest = std::max(largest, to->back() < 0 ? -to->back() : to->back());
    }
  };
  convert(standard.low, &low);
  convert(standard.high, &high);
  int bits = kValueBits;
  for (; bits > 0 && largest >= kKnotMax; --bits) largest >>= 1;
  CurveKnots knots;
  auto narrow = [&](const std::vector<__int128>& from, std::vector<int64_t>* to) {
    for (__int128 knot : from) {
      knot >>= kValueBits - bits;
      to->push_back(static_cast<int64_t>(std::clamp<__int128>(knot, -kKnotMax, kKnotMax)));
    }
  };
  narrow(low, &knots.low);
  narrow(high, &knots.high);
  return std::make_shared<CurveFunction>(std::move(knots), bits, 0, step);
}

Status AddCurve(ColumnScope& scope, const Numbers& numbers, std::shared_ptr<CurveFunction> curve) {
  if (!curve->Truncate(numbers.low, numbers.high)) {
    return UsageErrorAt(
        scope.place(),
        "the bounds of column " + scope.column().name + " leave nothing of its distribution",
        "set from and to, or other parameters");
  }
  RegisterFacts facts{curve->min(), curve->max(), false};
  AddNumber(scope, numbers, scope.program().Apply(scope.OwnDraw(), std::move(curve), facts));
  return Status::OK();
}

Status EmitNormal(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(Numbers numbers, ReadNumbers(scope, {"mean", "deviation"}));
  int64_t unit = Power10(numbers.digits) * kMicro;
  ARROW_ASSIGN_OR_RAISE(int64_t mean, ReadMicros(scope, "mean", numbers.digits, 0, INT64_MIN));
  ARROW_ASSIGN_OR_RAISE(int64_t deviation, ReadMicros(scope, "deviation", numbers.digits, unit, 1));
  static_assert(kNormalBits == kValueBits);
  auto curve = MakeCurve(NormalKnots(), numbers.step, [&](int64_t z) {
    return (__int128{mean} << kValueBits) + __int128{deviation} * z;
  });
  return AddCurve(scope, numbers, std::move(curve));
}

Status EmitLognormal(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(Numbers numbers, ReadNumbers(scope, {"median"}));
  int64_t unit = Power10(numbers.digits) * kMicro;
  ARROW_ASSIGN_OR_RAISE(int64_t median, ReadMicros(scope, "median", numbers.digits, unit, 1));
  ARROW_ASSIGN_OR_RAISE(int64_t sigma, ReadMicros(scope, "sigma", 0, kMicro, 1));
  constexpr int64_t kSigmaMax = 10 * kMicro;
  if (sigma > kSigmaMax) return UsageErrorAt(scope.place(), "sigma is at most 10");
  // median * e^(sigma z), as a power of 2.
  auto curve = MakeCurve(NormalKnots(), numbers.step, [&](int64_t z) {
    __int128 exponent = RoundedRatio(__int128{sigma} * z * kLog2E, kMicro);
    auto log2 = static_cast<int64_t>(exponent >> (kNormalBits + 30 - kLogBits));
    auto whole = static_cast<int>(log2 >> kLogBits);
    // 2^60 to 2^61.
    int64_t power = FixedExp2(log2, 60 - whole);
    int shift = 60 - whole - kValueBits;
    __int128 product = __int128{median} * power;
    // Larger than any number that a column holds.
    if (shift < 0) return __int128{INT64_MAX} << (kValueBits + 20);
    return shift > 126 ? __int128{0} : product >> shift;
  });
  return AddCurve(scope, numbers, std::move(curve));
}

Status EmitExponential(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(Numbers numbers, ReadNumbers(scope, {"mean"}));
  int64_t unit = Power10(numbers.digits) * kMicro;
  ARROW_ASSIGN_OR_RAISE(int64_t mean, ReadMicros(scope, "mean", numbers.digits, unit, 1));
  auto curve = MakeCurve(ExponentialKnots(), numbers.step, [&](int64_t x) {
    return __int128{mean} * x >> (kExponentialBits - kValueBits);
  });
  return AddCurve(scope, numbers, std::move(curve));
}

// Weights of the numbers first, first + 1, ..., cut to the column's range.
Status AddWeighted(ColumnScope& scope, const Numbers& numbers, std::vector<uint64_t> weights,
                   int64_t first) {
  int64_t last = first + std::ssize(weights) - 1;
  int64_t low = std::max(first, numbers.low), high = std::min(last, numbers.high);
  std::span<const uint64_t> kept;
  if (low <= high) {
    kept = std::span(weights).subspan(static_cast<size_t>(low - first),
                                      static_cast<size_t>(high - low + 1));
  }
  if (std::accumulate(kept.begin(), kept.end(), uint64_t{0}) == 0) {
    return UsageErrorAt(
        scope.place(),
        "the bounds of column " + scope.column().name + " leave nothing of its distribution",
        "set from and to, or other parameters");
  }
  auto function = std::make_shared<const CumulativeFunction>(kept, low, 1);
  AddNumber(scope, numbers,
            scope.program().Apply(scope.OwnDraw(), std::move(function), {low, high, false}));
  return Status::OK();
}

Status EmitPoisson(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(Numbers numbers, ReadNumbers(scope, {}));
  ARROW_ASSIGN_OR_RAISE(int64_t mean, ReadMicros(scope, "mean", 0, kMicro, 1));
  constexpr int64_t kMeanMax = 1'000'000;
  if (mean > kMeanMax * kMicro) {
    return UsageErrorAt(scope.place(), "the mean of poisson is at most 1000000", "use normal");
  }
  int64_t first = 0;
  std::vector<uint64_t> weights =
      PoissonWeights(static_cast<double>(mean) / static_cast<double>(kMicro), &first);
  return AddWeighted(scope, numbers, std::move(weights), first);
}

Status EmitZipf(ColumnScope& scope) {
  ARROW_ASSIGN_OR_RAISE(Numbers numbers, ReadNumbers(scope, {}));
  ARROW_ASSIGN_OR_RAISE(int64_t exponent, ReadMicros(scope, "exponent", 0, kMicro, 1));
  constexpr int64_t kRanksMax = 1'000'000, kRanksUsual = 1000;
  bool open = !scope.options().node().Find("to") && !scope.column().maximum;
  bool unset = !scope.options().node().Find("from") && !scope.column().minimum;
  int64_t low = unset ? 1 : numbers.low;
  int64_t high = open ? std::min(numbers.high, low + kRanksUsual - 1) : numbers.high;
  if (high < low || high - low >= kRanksMax || exponent > 10 * kMicro) {
    return UsageErrorAt(scope.place(), "zipf makes 1 to 1000000 numbers, by an exponent up to 10",
                        "set from and to");
  }
  return AddWeighted(scope, numbers, PowerWeights(static_cast<size_t>(high - low + 1), exponent),
                     low);
}

Status EmitHistogram(ColumnScope& scope) {
  const Column& column = scope.column();
  const Node* edges_node = scope.options().OptionalSequence("edges");
  const Node* weights_node = scope.options().OptionalSequence("weights");
  ARROW_ASSIGN_OR_RAISE(int64_t digits, ReadDigits(scope, UsualDigits(scope, {})));
  if (!edges_node || !weights_node || edges_node->items.size() < 2) {
    return UsageErrorAt(scope.place(), "histogram needs edges and weights",
                        "{provider: histogram, edges: [0, 10, 50], weights: [3, 1]}");
  }
  ARROW_ASSIGN_OR_RAISE(std::vector<std::string> texts, ReadStrings(*edges_node, "edges"));
  ARROW_ASSIGN_OR_RAISE(auto weights, WholeWeights(*weights_node, texts.size() - 1));
  auto type = scope.kind() == kTextValue
                  ? arrow::decimal128(kFloatPrecision, static_cast<int32_t>(digits))
                  : NumberType(scope, digits);
  std::vector<int64_t> edges;
  for (size_t i = 0; i < texts.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(int64_t edge, ParseNumber(type, texts[i], edges_node->items[i].place));
    if (i > 0 && edge <= edges.back()) {
      return UsageErrorAt(edges_node->items[i].place, "edges must rise: " + texts[i]);
    }
    edges.push_back(edge);
  }
  ARROW_ASSIGN_OR_RAISE(auto minimum, ContractBound(scope, type, column.minimum, 1));
  ARROW_ASSIGN_OR_RAISE(auto maximum, ContractBound(scope, type, column.maximum, -1));
  RegisterFacts facts{edges.front(), edges.back() - 1, false};
  if ((minimum && facts.min < *minimum) || (maximum && facts.max > *maximum)) {
    return UsageErrorAt(edges_node->place, "edges lie outside the bounds of column " + column.name);
  }
  auto function = std::make_shared<const HistogramFunction>(std::move(edges), weights, 1);
  scope.Add(PartOf(*type, scope.program().Apply(scope.OwnDraw(), std::move(function), facts)));
  return Status::OK();
}

}  // namespace

std::span<const Provider> DistributionProviders() {
  constexpr uint32_t kNumbers = kAnyNumber | kTextValue;
  static constexpr Provider kProviders[] = {
      {"normal", kNumbers, "", "mean, deviation, from, to, digits",
       "normally distributed (0 and 1), cut off at the bounds", EmitNormal, true},
      {"lognormal", kNumbers, "", "median, sigma, from, to, digits",
       "median * e^(sigma * z), z being normal (1 and 1): money, sizes, durations", EmitLognormal,
       true},
      {"exponential", kNumbers, "", "mean, from, to, digits",
       "exponentially distributed (1): times between events", EmitExponential, true},
      {"poisson", kIntegerValue, "", "mean, from, to", "counts of events by their mean (1)",
       EmitPoisson},
      {"zipf", kIntegerValue, "", "exponent, from, to",
       "from (1) most often, the nth number n^-exponent (1) as often", EmitZipf},
      {"histogram", kNumbers | kDateValue | kTimestampValue, "", "edges, weights, digits",
       "from one edge up to the next by the bin's weight, evenly within it", EmitHistogram},
  };
  return kProviders;
}

}  // namespace tamis
