// Steps, and what is known of their numbers. See program_builder.h.
#include "ops/program_builder.h"

#include <algorithm>

#include "base/hash.h"
#include "base/permutation.h"
#include "text/hash_batch.h"

namespace tamis {
namespace {

bool SameStep(const DrawStep& x, const DrawStep& y) {
  return x.op == y.op && x.a == y.a && x.b == y.b && x.c == y.c && x.row == y.row &&
         x.row_hash == y.row_hash && x.key == y.key && x.bound == y.bound && x.first == y.first &&
         x.step == y.step && x.quantiles == y.quantiles && x.values == y.values &&
         x.function == y.function && x.block_function == y.block_function;
}

// The range of numbers between the least and the largest of four, all of 64 bits if one is wider.
RegisterFacts Span(std::initializer_list<__int128> numbers) {
  auto [least, most] = std::minmax(numbers);
  if (least < INT64_MIN || most > INT64_MAX) return {INT64_MIN, INT64_MAX, false};
  return {static_cast<int64_t>(least), static_cast<int64_t>(most), false};
}

RegisterFacts SumFacts(const RegisterFacts& x, const RegisterFacts& y) {
  return Span({__int128{x.min} + y.min, __int128{x.max} + y.max});
}

RegisterFacts QuotientFacts(const RegisterFacts& x, const RegisterFacts& y) {
  int64_t least = std::max<int64_t>(y.min, 1);
  return {x.min < 0 ? std::min(x.min / least - 1, int64_t{0}) : x.min / y.max,
          x.max < 0 ? x.max / y.max : x.max / least, false};
}

RegisterFacts FactsOf(DrawStep::Op op, const RegisterFacts& x, const RegisterFacts& y) {
  switch (op) {
    case DrawStep::Op::kAdd:
      return SumFacts(x, y);
    case DrawStep::Op::kSubtract:
      return Span({__int128{x.min} - y.max, __int128{x.max} - y.min});
    case DrawStep::Op::kMultiply:
      return Span({__int128{x.min} * y.min, __int128{x.min} * y.max, __int128{x.max} * y.min,
                   __int128{x.max} * y.max});
    case DrawStep::Op::kDivide:
      return QuotientFacts(x, y);
    case DrawStep::Op::kModulo:
      return {0, y.max - 1, false};
    case DrawStep::Op::kSelect:
      return {std::min(x.min, y.min), std::max(x.max, y.max), false};
    default:
      return {0, 1, false};
  }
}

// Whether no two rows get the same number, one side being the same in every row.
bool IsInjective(DrawStep::Op op, const RegisterFacts& x, const RegisterFacts& y) {
  const bool one_side = (x.unique && y.min == y.max) || (y.unique && x.min == x.max);
  if (op == DrawStep::Op::kAdd || op == DrawStep::Op::kSubtract) return one_side;
  // An odd factor can be undone even where the product wraps around.
  const int64_t factor = x.unique ? y.min : x.min;
  return op == DrawStep::Op::kMultiply && one_side && factor % 2 != 0;
}

// Puts each number where the permutation sends it.
class PermuteFunction : public NumberFunction {
 public:
  PermuteFunction(uint64_t count, uint64_t key) : permutation_(count, key) {}

  void Fill(const RowRange& rows, uint64_t, const int64_t* a, const int64_t*,
            int64_t* out) const override {
    PermuteNumbers(permutation_, a, rows.count, out);
  }

 private:
  Permutation permutation_;
};

}  // namespace

Register ProgramBuilder::Append(DrawStep step, RegisterFacts facts) {
  for (const DrawStep& known : program_.steps) {
    if (SameStep(known, step)) return known.out;
  }
  step.out = static_cast<Register>(program_.registers.size());
  program_.registers.push_back(facts);
  program_.steps.push_back(std::move(step));
  return program_.steps.back().out;
}

Register ProgramBuilder::Draw(DrawStep step, RegisterFacts facts) {
  step.row = row_.number;
  step.row_hash = row_.hash;
  return Append(std::move(step), facts);
}

Register ProgramBuilder::Compute(DrawStep::Op op, Register a, Register b, Register c) {
  DrawStep step;
  step.op = op;
  step.a = a;
  step.b = b;
  step.c = c;
  RegisterFacts result = FactsOf(op, facts(a), facts(b));
  result.unique = IsInjective(op, facts(a), facts(b));
  return Append(std::move(step), result);
}

Register ProgramBuilder::And(Register a, Register b) {
  if (a == kAlways || a == b) return b;
  if (b == kAlways) return a;
  return Compute(DrawStep::Op::kAnd, a, b);
}

Register ProgramBuilder::Sequence(int64_t first, int64_t step) {
  DrawStep draw;
  draw.first = first;
  draw.step = step;
  if (step == 0) return Append(std::move(draw), {first, first, false});
  // A sequence may grow as long as its numbers are 64 bits wide.
  RegisterFacts all{step < 0 ? INT64_MIN : first, step > 0 ? INT64_MAX : first, true};
  if (row_.number == kOwnRow) return Append(std::move(draw), all);
  const RegisterFacts& row = facts(row_.number);
  all = Span({first + __int128{step} * row.min, first + __int128{step} * row.max});
  all.unique = true;
  return Draw(std::move(draw), all);
}

Register ProgramBuilder::Hash(std::string_view name) {
  DrawStep draw;
  draw.op = DrawStep::Op::kHash;
  draw.key = ColumnKey(name, seed_);
  return Draw(std::move(draw), {INT64_MIN, INT64_MAX, false});
}

Register ProgramBuilder::Uniform(std::string_view name, uint64_t count, int64_t first,
                                 int64_t step) {
  DrawStep draw;
  draw.op = count <= uint64_t{1} << 32 ? DrawStep::Op::kBelow : DrawStep::Op::kBelowWide;
  draw.key = ColumnKey(name, seed_);
  draw.bound = count;
  draw.first = first;
  draw.step = step;
  auto last = static_cast<int64_t>(static_cast<uint64_t>(first) +
                                   (count - 1) * static_cast<uint64_t>(step));
  return Draw(std::move(draw), {std::min(first, last), std::max(first, last), false});
}

Register ProgramBuilder::UniformEach(std::string_view name, Register first, Register count) {
  DrawStep draw;
  bool narrow = facts(count).max <= int64_t{1} << 32;
  draw.op = narrow ? DrawStep::Op::kBelowEach : DrawStep::Op::kBelowWideEach;
  draw.a = first;
  draw.b = count;
  draw.key = ColumnKey(name, seed_);
  RegisterFacts sum = SumFacts(facts(first), facts(count));
  sum = {facts(first).min, sum.max == INT64_MAX ? sum.max : sum.max - 1, false};
  // Lookups by one index: the largest sum is not the sum of the largest.
  const DrawStep& low = StepOf(first);
  const DrawStep& width = StepOf(count);
  if (low.op == DrawStep::Op::kLookup && width.op == DrawStep::Op::kLookup && low.a == width.a) {
    sum.max = sum.min;
    for (size_t i = 0; i < low.values->size(); ++i) {
      sum.max = std::max(sum.max, (*low.values)[i] + (*width.values)[i] - 1);
    }
  }
  return Draw(std::move(draw), sum);
}

const DrawStep& ProgramBuilder::StepOf(Register out) const {
  return *std::find_if(program_.steps.begin(), program_.steps.end(),
                       [&](const DrawStep& step) { return step.out == out; });
}

Register ProgramBuilder::Weighted(std::string_view name,
                                  std::shared_ptr<const QuantileTable> quantiles) {
  DrawStep draw;
  draw.op = DrawStep::Op::kQuantile;
  draw.a = Uniform(name, quantiles->size());
  RegisterFacts facts{quantiles->front(), quantiles->back(), false};
  draw.quantiles = std::move(quantiles);
  return Append(std::move(draw), facts);
}

Register ProgramBuilder::Lookup(Register index, std::shared_ptr<const ValueTable> values) {
  DrawStep draw;
  draw.op = DrawStep::Op::kLookup;
  draw.a = index;
  auto [min, max] = std::minmax_element(values->begin(), values->end());
  RegisterFacts facts{*min, *max, false};
  draw.values = std::move(values);
  return Append(std::move(draw), facts);
}

Register ProgramBuilder::Apply(std::string_view name,
                               std::shared_ptr<const NumberFunction> function, RegisterFacts facts,
                               Register a, Register b) {
  DrawStep step;
  step.op = DrawStep::Op::kFunction;
  step.key = ColumnKey(name, seed_);
  step.function = std::move(function);
  step.a = a;
  step.b = b;
  return Draw(std::move(step), facts);
}

Register ProgramBuilder::Chance(std::string_view name, uint64_t often, uint64_t of) {
  return Less(Uniform(name, of), Constant(static_cast<int64_t>(often)));
}

Register ProgramBuilder::ApplyToBlock(std::shared_ptr<const BlockFunction> function,
                                      std::span<const RegisterFacts> facts) {
  DrawStep step;
  step.op = DrawStep::Op::kBlock;
  step.block_function = std::move(function);
  Register first = Append(std::move(step), facts.front());
  for (const RegisterFacts& other : facts.subspan(1)) program_.registers.push_back(other);
  return first;
}

Register ProgramBuilder::Permute(std::string_view name, Register number, uint64_t count) {
  uint64_t key = ColumnKey(name, seed_);
  auto& function = permutations_[{key, count}];
  if (!function) function = std::make_shared<const PermuteFunction>(count, key);
  RegisterFacts numbers{0, static_cast<int64_t>(count - 1), facts(number).unique};
  return Apply(name, function, numbers, number);
}

Register ProgramBuilder::Narrow(Register a, int64_t min, int64_t max) {
  RegisterFacts known = facts(a);
  known.min = std::max(known.min, min);
  known.max = std::min(known.max, max);
  program_.registers[static_cast<size_t>(a)] = known;
  return a;
}

ProgramBuilder::Mark ProgramBuilder::mark() const {
  return {program_.steps.size(), program_.registers.size(), program_.row_count_max,
          program_.row_count_reason};
}

void ProgramBuilder::GoBack(Mark mark) {
  program_.steps.resize(mark.step_count);
  program_.registers.resize(mark.register_count);
  program_.row_count_max = mark.row_count_max;
  program_.row_count_reason = std::move(mark.row_count_reason);
}

void ProgramBuilder::LimitRows(uint64_t row_count, std::string reason) {
  auto most = static_cast<int64_t>(std::min(row_count, static_cast<uint64_t>(INT64_MAX)));
  if (row_.number != kOwnRow || most >= program_.row_count_max) return;
  program_.row_count_max = most;
  program_.row_count_reason = std::move(reason);
}

std::shared_ptr<const RowProgram> ProgramBuilder::Build() && {
  return std::make_shared<const RowProgram>(std::move(program_));
}

AtRow::AtRow(ProgramBuilder* builder, Register number, uint64_t seed)
    : builder_(*builder), row_(builder->row_), seed_(builder->seed_) {
  DrawStep step;
  step.op = DrawStep::Op::kRowHash;
  step.a = number;
  Register hash = builder_.Append(std::move(step), {INT64_MIN, INT64_MAX, false});
  builder_.row_ = {number, hash};
  builder_.seed_ = seed;
}

AtRow::~AtRow() {
  builder_.row_ = row_;
  builder_.seed_ = seed_;
}

}  // namespace tamis
