// How a table's rows are made: a short program of vector steps over registers, and for each column
// the parts that its value is put together from. Engines print or run it: generate_text.h writes
// CSV, generate_batch.h makes Arrow batches. Providers (provider.h) build it.
#pragma once

#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ops/row_function.h"
#include "ops/word_list.h"
#include "text/date.h"

namespace tamis {

/// A number for each row of a block, by index.
using Register = int32_t;

/// Rows that are made at a time: a register is 2 KB, so that all of a usual table stay in the
/// first-level cache.
inline constexpr size_t kBlockRows = 256;

/// One vector step: `out` for all rows of a block. `h` is the draw of the row under `key`:
/// DrawHash(RowHash(row), key).
struct DrawStep {
  enum class Op : uint8_t {
    kSequence,   // first + step * row
    kHash,       // h
    kBelow,      // first + Below(h, bound) * step, bound up to 2^32
    kBelowWide,  // first + BelowWide(h, bound) * step
    kBelowEach,  // a + Below(h, b)
    kQuantile,   // quantiles[a]
    kLookup,     // values[a]
    kFunction,   // function(row, h, a, b)
  };
  Op op = Op::kSequence;
  Register out = 0;
  Register a = 0;
  Register b = 0;
  uint64_t key = 0;
  uint64_t bound = 1;
  int64_t first = 0;
  int64_t step = 1;
  std::shared_ptr<const QuantileTable> quantiles;
  std::shared_ptr<const ValueTable> values;
  std::shared_ptr<const NumberFunction> function;
};

/// What is known of a register before any row is made.
struct RegisterFacts {
  int64_t min = 0;
  int64_t max = 0;
  bool unique = false;  // no two rows have the same number
};

/// A piece of a column's value.
struct Part {
  enum class Kind : uint8_t {
    kText,       // `text`
    kWord,       // words[value]
    kInteger,    // value, zero-padded to `digits`
    kDecimal,    // value / 10^digits, with exactly `digits` digits after the point
    kDate,       // value days since 1970-01-01
    kTimestamp,  // value `unit`s since 1970-01-01T00:00:00, with Z if `utc`
    kTime,       // value `unit`s since midnight
    kUuid,       // value and `second` are its halves, with the marks of version 4 put in
    kFunction,   // function(value, second)
  };
  Kind kind = Kind::kText;
  std::string text;
  std::shared_ptr<const WordList> words;
  std::shared_ptr<const TextFunction> function;
  Register value = 0;
  Register second = 0;
  int digits = 0;
  TimeUnit unit = TimeUnit::kSecond;
  bool utc = false;

  static Part Text(std::string text);
  static Part Word(std::shared_ptr<const WordList> words, Register index);
  static Part Integer(Register value, int digits = 1);
  static Part Decimal(Register value, int digits);
  static Part Date(Register value);
  static Part Uuid(Register high, Register low);
  static Part Function(std::shared_ptr<const TextFunction> function, Register value,
                       Register second = 0);
};

/// How one column is made. A column that isn't text has exactly one part, whose register is its
/// value in units of the type.
struct ColumnOutput {
  std::string name;
  std::shared_ptr<arrow::DataType> type;
  bool nullable = true;
  std::vector<Part> parts;
  int64_t sequence_max = INT64_MAX;  // the largest number of a sequence that the column can hold
};

/// A table's rows as a function of their numbers. Immutable, shared between threads.
struct RowProgram {
  std::string table;
  std::vector<DrawStep> steps;
  std::vector<RegisterFacts> registers;
  std::vector<ColumnOutput> columns;

  const RegisterFacts& facts(Register index) const { return registers[static_cast<size_t>(index)]; }
};

/// UsageError if a sequence outgrows its column within rows [first_row, first_row + count).
Status CheckRows(const RowProgram& program, int64_t first_row, int64_t count);

/// The registers of one thread.
class RowBlock {
 public:
  explicit RowBlock(const RowProgram& program);
  /// Makes the registers of rows [first_row, first_row + count), count up to kBlockRows.
  void Fill(int64_t first_row, size_t count);
  /// The numbers of a register, kBlockRows of them.
  const int64_t* operator[](Register index) const {
    return numbers_.data() + static_cast<size_t>(index) * kBlockRows;
  }

 private:
  void Run(const DrawStep& step, int64_t first_row, size_t count);

  const RowProgram& program_;
  std::vector<uint64_t> row_hashes_;
  std::vector<int64_t> numbers_;
};

/// Builds the steps of a program; equal steps become one, so that columns that ask for the same
/// draw (by its name) share it: this is how the city of a row fits its ZIP code.
class ProgramBuilder {
 public:
  ProgramBuilder(std::string table, uint64_t seed) : seed_(seed) {
    program_.table = std::move(table);
  }

  const std::string& table() const { return program_.table; }
  const RegisterFacts& facts(Register index) const { return program_.facts(index); }

  /// first + step * row.
  Register Sequence(int64_t first, int64_t step);
  /// All 64 bits of the draw `name`.
  Register Hash(std::string_view name);
  /// first + n * step for n uniform in [0, count).
  Register Uniform(std::string_view name, uint64_t count, int64_t first = 0, int64_t step = 1);
  /// A number uniform in [first, first + count), both of them registers; counts are up to 2^32.
  Register UniformEach(std::string_view name, Register first, Register count);
  /// An index drawn by a table of quantiles.
  Register Weighted(std::string_view name, std::shared_ptr<const QuantileTable> quantiles);
  /// values[index].
  Register Lookup(Register index, std::shared_ptr<const ValueTable> values);
  /// What `function` makes of the draw `name` and two registers; `facts` hold for all of it.
  Register Apply(std::string_view name, std::shared_ptr<const NumberFunction> function,
                 RegisterFacts facts, Register a = 0, Register b = 0);

  void AddColumn(ColumnOutput column) { program_.columns.push_back(std::move(column)); }
  std::shared_ptr<const RowProgram> Build() &&;

 private:
  Register Add(DrawStep step, RegisterFacts facts);
  const DrawStep& StepOf(Register out) const;

  uint64_t seed_;
  RowProgram program_;
};

/// Bytes that FormatPart may write at most for any row.
size_t PartBytesMax(const Part& part, const RowProgram& program);

/// Writes the text of a part whose registers hold `value` and `second`; returns its end.
char* FormatPart(const Part& part, int64_t value, int64_t second, char* out);

}  // namespace tamis
