// Builds row programs (generate_program.h): each method adds a vector step. Does not run them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "ops/generate_program.h"

namespace tamis {

/// Builds the steps of a program; equal steps become one, so that columns that ask for the same
/// draw (by its name) share it: this is how the city of a row fits its ZIP code.
class ProgramBuilder {
 public:
  ProgramBuilder(std::string table, uint64_t seed) : seed_(seed) {
    program_.table = std::move(table);
  }

  const std::string& table() const { return program_.table; }
  uint64_t seed() const { return seed_; }
  const RegisterFacts& facts(Register index) const { return program_.facts(index); }

  /// first + step * row.
  Register Sequence(int64_t first, int64_t step);
  /// All 64 bits of the draw `name`.
  Register Hash(std::string_view name);
  /// first + n * step for n uniform in [0, count).
  Register Uniform(std::string_view name, uint64_t count, int64_t first = 0, int64_t step = 1);
  /// A number uniform in [first, first + count), both of them registers.
  Register UniformEach(std::string_view name, Register first, Register count);
  /// An index drawn by a table of quantiles.
  Register Weighted(std::string_view name, std::shared_ptr<const QuantileTable> quantiles);
  /// values[index].
  Register Lookup(Register index, std::shared_ptr<const ValueTable> values);
  /// 1 in a share of `often` of `of` rows, else 0; `of` is up to 2^32.
  Register Chance(std::string_view name, uint64_t often, uint64_t of);
  /// What `function` makes of the draw `name` and two registers; `facts` hold for all of it.
  Register Apply(std::string_view name, std::shared_ptr<const NumberFunction> function,
                 RegisterFacts facts, Register a = 0, Register b = 0);
  /// Registers that `function` fills, one behind the other: the first of them. Columns that it
  /// reads must have been built before.
  Register ApplyToBlock(std::shared_ptr<const BlockFunction> function,
                        std::span<const RegisterFacts> facts);
  /// Where `number`, a register of numbers in [0, count), goes by the permutation `name`
  /// (base/permutation.h).
  Register Permute(std::string_view name, Register number, uint64_t count);

  /// The number of the row.
  Register Row() { return Sequence(0, 1); }
  /// The same number in every row.
  Register Constant(int64_t number) { return Sequence(number, 0); }
  /// Arithmetic of 64 bits, which wraps around.
  Register Add(Register a, Register b) { return Compute(DrawStep::Op::kAdd, a, b); }
  Register Subtract(Register a, Register b) { return Compute(DrawStep::Op::kSubtract, a, b); }
  Register Multiply(Register a, Register b) { return Compute(DrawStep::Op::kMultiply, a, b); }
  /// a / b rounded down, and what is left; b is above 0 in every row.
  Register Divide(Register a, Register b) { return Compute(DrawStep::Op::kDivide, a, b); }
  Register Modulo(Register a, Register b) { return Compute(DrawStep::Op::kModulo, a, b); }
  /// 1 or 0.
  Register Equal(Register a, Register b) { return Compute(DrawStep::Op::kEqual, a, b); }
  Register Less(Register a, Register b) { return Compute(DrawStep::Op::kLess, a, b); }
  Register Not(Register a) { return Compute(DrawStep::Op::kNot, a, a); }
  /// 1 where neither is 0; kAlways counts as 1.
  Register And(Register a, Register b);
  /// `yes` where the condition is not 0, else `no`.
  Register Select(Register condition, Register yes, Register no) {
    return Compute(DrawStep::Op::kSelect, yes, no, condition);
  }

  /// The same numbers, of which more is known than their steps tell: they lie in [min, max].
  Register Narrow(Register a, int64_t min, int64_t max);

  /// What the program is now, to go back to when what is added from here on turns out not to serve.
  struct Mark {
    size_t step_count = 0;
    size_t register_count = 0;
    int64_t row_count_max = 0;
    std::string row_count_reason;
  };
  Mark mark() const;
  void GoBack(Mark mark);

  /// Says that a promise of the table holds for so many rows only. Of the row itself: what another
  /// row's table promises is its own.
  void LimitRows(uint64_t row_count, std::string reason);
  void AddColumn(ColumnOutput column) { program_.columns.push_back(std::move(column)); }
  std::shared_ptr<const RowProgram> Build() &&;

 private:
  friend class AtRow;

  // The row that steps are made of.
  struct RowOf {
    Register number = kOwnRow;
    Register hash = kOwnRow;
  };

  Register Append(DrawStep step, RegisterFacts facts);
  // A step that draws.
  Register Draw(DrawStep step, RegisterFacts facts);
  Register Compute(DrawStep::Op op, Register a, Register b, Register c = 0);
  const DrawStep& StepOf(Register out) const;

  uint64_t seed_;
  RowOf row_;
  RowProgram program_;
  std::map<std::pair<uint64_t, uint64_t>, std::shared_ptr<const NumberFunction>> permutations_;
};

/// While it lives, steps are made of the row whose number is in a register, under another seed.
class AtRow {
 public:
  AtRow(ProgramBuilder* builder, Register number, uint64_t seed);
  ~AtRow();
  AtRow(const AtRow&) = delete;
  AtRow& operator=(const AtRow&) = delete;

 private:
  ProgramBuilder& builder_;
  ProgramBuilder::RowOf row_;
  uint64_t seed_;
};

}  // namespace tamis
