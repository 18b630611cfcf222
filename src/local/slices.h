// Slices of a table: a file that says how many rows each has, which of them are made, and how
// unevenly the rows lie. Makes no rows and writes no file.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"

namespace tamis {

/// A line of a slices file.
struct SliceLine {
  std::string table;
  std::string slice;
  int64_t row_count = 0;
  Place table_place;
  Place slice_place;
};

/// Reads lines of `table | slice | rows`. Spaces don't matter; digits of `rows` may be grouped by
/// `_` or by `,` in threes. Empty lines, those that begin with `#`, a first line `table | slice |
/// rows`, and what psql prints around its rows (`---+---`, `(128 rows)`) are passed over.
/// UsageError at the line and column of whatever else there is, and of a slice that comes twice.
Result<std::vector<SliceLine>> ParseSlices(const std::shared_ptr<const SourceText>& source);

/// A factor for row counts, kept as the decimal number that it is written as.
class RowScale {
 public:
  /// `1`, `0.001`, `1e-6`, `2.5e3`: above 0, at most 18 digits, exponents of -18 to 18.
  static Result<RowScale> Parse(std::string_view text);
  /// row_count times the factor, exactly, rounded to the nearest whole number, halves up.
  /// UsageError above 10^18.
  Result<int64_t> Apply(int64_t row_count) const;

 private:
  int64_t digits_ = 1;
  int exponent_ = 0;
};

/// Which slices: all, or those from one number to another, both included.
struct SliceRange {
  int64_t first = INT64_MIN;
  int64_t last = INT64_MAX;

  bool Contains(int64_t slice) const { return slice >= first && slice <= last; }
};

/// `FILE`, `FILE[7]`, `FILE[a..b]`, `FILE[a..]`, `FILE[..b]`.
struct SliceArgument {
  std::string path;
  std::optional<SliceRange> range;
};
Result<SliceArgument> ParseSliceArgument(const std::string& text);

/// Rows of one slice: consecutive rows of the table.
struct Slice {
  std::string name;
  int64_t first_row = 0;
  int64_t row_count = 0;
};

/// The slices of one table, in the order of the file.
struct SlicePlan {
  std::vector<Slice> slices;       // all of the table, scaled
  std::vector<Slice> chosen;       // what is to be made: of the range and part; none is empty
  std::vector<std::string> empty;  // those of the range without rows
  std::vector<std::string>
      vanished;  // those of the empty that had rows and have none after scaling
  std::vector<std::string> unused_tables;  // that the file names and the contract hasn't
};

/// What the command line chooses of a slices file.
struct SliceChoice {
  RowScale scale;
  std::optional<SliceRange> range;
  int64_t part = 1;
  int64_t parts = 1;
};

/// Numbers the rows of `table`: slice after slice as the file lists them, whatever is chosen, so
/// that a row is the same in every range and part. UsageError if the file has no slice of the
/// table, or none in the range.
Result<SlicePlan> PlanSlices(const std::vector<SliceLine>& lines, const Contract& contract,
                             const Table& table, const SliceChoice& choice);

/// How unevenly rows lie.
struct SliceSkew {
  int64_t slice_count = 0;
  int64_t row_count = 0;
  int64_t min = 0;
  int64_t median = 0;  // the lower one of two
  int64_t max = 0;
  double mean = 0;
  double max_to_mean = 0;      // 1: even; how much longer the last task runs than the average one
  double gini = 0;             // 0: even; near 1: one slice has all (Gini coefficient)
  double top_tenth_share = 0;  // of the rows, in the tenth (at least one) of the slices that is
                               // largest
  std::vector<Slice> largest;  // up to 5, the largest first
};
SliceSkew MeasureSkew(const std::vector<Slice>& slices);

/// The skew as JSON, and as lines for people.
std::string SkewJson(const SliceSkew& skew);
std::string SkewLines(const SliceSkew& skew);

/// The table of a slice: with the generators that `tamis.generate: {slices: {7: {column: ...}}}` of
/// its schema gives columns there. Keys are slices or ranges of numbers (`10..19`); of several that
/// fit, later ones come on top.
class SliceTables {
 public:
  /// UsageError at an unknown column or a wrong range. `slice_column`, if the table has it, is left
  /// out: it is in the folders' names.
  static Result<SliceTables> Make(const Table& table, const std::string& slice_column);

  /// Tables that differ, the plain one first; and which of them a slice has.
  const std::vector<Table>& tables() const { return tables_; }
  Result<size_t> IndexOf(const std::string& slice);
  /// Keys that no slice had so far that IndexOf was asked for.
  std::vector<std::string> UnusedKeys() const;

 private:
  struct Override {
    std::string key;
    std::optional<SliceRange> range;
    const Node* columns = nullptr;
    bool is_used = false;
  };

  std::vector<Override> overrides_;
  std::vector<Table> tables_;
  std::vector<std::vector<size_t>> combinations_;  // the overrides of each table
};

}  // namespace tamis
