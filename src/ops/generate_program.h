// How a table's rows are made: a short program of vector steps over registers, and for each column
// the parts that its value is put together from. Engines print or run it: generate_text.h writes
// CSV, generate_batch.h makes Arrow batches. Providers (provider.h) build it through a
// ProgramBuilder (program_builder.h).
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

/// In place of a register that says where something is there: it is there in every row.
inline constexpr Register kAlways = -1;
/// In place of a register of row numbers: the number of the row itself.
inline constexpr Register kOwnRow = -1;

/// Rows that are made at a time: a register is 2 KB, so that all of a usual table stay in the
/// first-level cache.
inline constexpr size_t kBlockRows = 256;

/// One vector step: `out` for all rows of a block. `h` is the draw of the row under `key`:
/// DrawHash(RowHash(row), key). A step that has a `row` is made of the row with that number instead
/// of its own: so a table's columns can be computed anywhere, in other tables too.
struct DrawStep {
  enum class Op : uint8_t {
    kSequence,       // first + step * row
    kHash,           // h
    kBelow,          // first + Below(h, bound) * step, bound up to 2^32
    kBelowWide,      // first + BelowWide(h, bound) * step
    kBelowEach,      // a + Below(h, b), b up to 2^32
    kBelowWideEach,  // a + BelowWide(h, b)
    kQuantile,       // quantiles[a]
    kLookup,         // values[a]
    kFunction,       // function(row, h, a, b)
    kBlock,          // block_function, which fills `out` and the registers behind it
    kRowHash,        // RowHash(a)
    kAdd,            // a + b
    kSubtract,       // a - b
    kMultiply,       // a * b
    kDivide,         // a / b, rounded down, b above 0
    kModulo,         // a - a / b * b
    kEqual,          // 1 if a = b, else 0
    kLess,           // 1 if a < b, else 0
    kAnd,            // 1 if neither a nor b is 0, else 0
    kNot,            // 1 if a is 0, else 0
    kSelect,         // a if `c` is not 0, else b
  };
  Op op = Op::kSequence;
  Register out = 0;
  Register a = 0;
  Register b = 0;
  Register c = 0;
  Register row = kOwnRow;
  Register row_hash = kOwnRow;  // RowHash(row), for the steps that draw
  uint64_t key = 0;
  uint64_t bound = 1;
  int64_t first = 0;
  int64_t step = 1;
  std::shared_ptr<const QuantileTable> quantiles;
  std::shared_ptr<const ValueTable> values;
  std::shared_ptr<const NumberFunction> function;
  std::shared_ptr<const BlockFunction> block_function;
};

/// What is known of a register before any row is made.
struct RegisterFacts {
  int64_t min = 0;
  int64_t max = 0;
  /// No two rows have the same number; of a step at another row: no two of those rows.
  bool unique = false;
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
    kDouble,     // the double whose bits are `value`
    kFloat,      // the float nearest to the double whose bits are `value`
    kBytes,      // the `second` bytes at address `value`, which live as long as the block
  };
  Kind kind = Kind::kText;
  std::string text;
  std::shared_ptr<const WordList> words;
  std::shared_ptr<const TextFunction> function;
  Register value = 0;
  Register second = 0;
  Register guard = kAlways;  // the part is written where this is not 0
  int digits = 0;
  TimeUnit unit = TimeUnit::kSecond;
  bool utc = false;

  static Part Text(std::string text);
  static Part Word(std::shared_ptr<const WordList> words, Register index);
  static Part Integer(Register value, int digits = 1);
  static Part Decimal(Register value, int digits);
  static Part Date(Register value);
  static Part Double(Register bits);
  static Part Uuid(Register high, Register low);
  static Part Function(std::shared_ptr<const TextFunction> function, Register value,
                       Register second = 0);
};

/// Why a column is made as it is, for people to read.
struct ColumnOrigin {
  std::string provider;
  std::string options;  // as YAML, empty without any
  std::string reason;
  double confidence = 1;
};

/// How one column is made. A flat column that isn't text has exactly one part, without a guard,
/// whose register is its value in units of the type.
struct ColumnOutput {
  std::string name;
  std::shared_ptr<arrow::DataType> type;
  bool nullable = true;
  std::vector<Part> parts;
  int64_t sequence_max = INT64_MAX;  // the largest number of a sequence that the column can hold
  Register present = kAlways;        // NULL where this is 0
  bool is_unique = false;            // no two rows have the same value
  /// A struct's fields; the elements that a list has at most, each made by draws of its own; the
  /// entries of a map, each a struct of key and value. Flat columns have none.
  std::vector<ColumnOutput> children;
  Register count = kAlways;  // of a list or map: how many of its children a row has, from the first
  Register within = kAlways;  // of a child of a list or map: 0 in rows that don't have so many
  std::shared_ptr<const ColumnOrigin> origin;  // of flat columns
};

/// A table's rows as a function of their numbers. Immutable, shared between threads.
struct RowProgram {
  std::string table;
  std::vector<DrawStep> steps;
  std::vector<RegisterFacts> registers;
  std::vector<ColumnOutput> columns;
  int64_t row_count_max = INT64_MAX;  // more would break a promise: that of a unique column
  std::string row_count_reason;       // what makes row_count_max: `column id has 100 values`

  const RegisterFacts& facts(Register index) const { return registers[static_cast<size_t>(index)]; }
};

/// UsageError if a sequence outgrows its column within rows [first_row, first_row + count).
Status CheckRows(const RowProgram& program, int64_t first_row, int64_t count);

/// The registers of one thread.
class RowBlock {
 public:
  explicit RowBlock(const RowProgram& program);
  const RowProgram& program() const { return program_; }
  /// Makes the registers of rows [first_row, first_row + count), count up to kBlockRows. Fails only
  /// with block functions.
  Status Fill(int64_t first_row, size_t count);
  /// The numbers of a register, kBlockRows of them.
  const int64_t* operator[](Register index) const {
    return numbers_.data() + static_cast<size_t>(index) * kBlockRows;
  }

 private:
  void Run(const DrawStep& step, size_t count);
  void RunArithmetic(const DrawStep& step, size_t count);
  int64_t* Numbers(Register index) {
    return numbers_.data() + static_cast<size_t>(index) * kBlockRows;
  }

  const RowProgram& program_;
  std::vector<uint64_t> row_hashes_;
  std::vector<int64_t> row_numbers_;
  std::vector<int64_t> numbers_;
  std::vector<std::shared_ptr<const void>> kept_;  // by step: what its numbers point to
};

/// Whether the part's texts can be of any length, so that PartBytesMax has no answer.
inline bool IsUnbounded(const Part& part) { return part.kind == Part::Kind::kBytes; }

/// Bytes that FormatPart may write at most for any row; 0 if it is unbounded.
size_t PartBytesMax(const Part& part, const RowProgram& program);

/// Writes the text of a part whose registers hold `value` and `second`; returns its end.
char* FormatPart(const Part& part, int64_t value, int64_t second, char* out);

}  // namespace tamis
