// Faults to order: which rows of a generated table are repeated, emptied, broken or late, and how.
// A pure function of (seed, table, row). Makes no rows: inject_text.h and inject_batch.h change
// them.
#pragma once

#include <arrow/scalar.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/reject.h"

namespace tamis {

enum class Fault : uint8_t { kDuplicates, kNulls, kMalformed, kRagged, kLate };
inline constexpr size_t kFaultKinds = 5;
/// `duplicates`, `nulls`, `malformed`, `ragged`, `late`.
const char* FaultName(Fault fault);

/// What the faults are written in: not every format can hold every one.
enum class FaultMedium {
  kCsv,        // all
  kJsonLines,  // all; a ragged line is cut off
  kTyped,      // no ragged lines, and only values that the columns' types can hold
};

/// A reason that `tamis validate` refuses a row for.
struct FaultReason {
  Rule rule = Rule::kType;
  int32_t column = -1;  // of the table; -1: the whole record

  auto operator<=>(const FaultReason&) const = default;
};

/// One thing that can happen to a row.
struct FaultAction {
  enum class Kind : uint8_t {
    kCopy,          // the row comes again, later
    kNull,          // `column` is NULL
    kValue,         // `column` is `text`
    kMissingField,  // a line without its last field
    kSurplusField,  // a line with one field more
    kBrokenQuote,   // text behind a closing quote
    kCutOff,        // a line without its end
    kEarlier,       // `column` is an earlier time than the rows around it
  };
  Kind kind = Kind::kCopy;
  Fault fault = Fault::kDuplicates;
  int column = -1;
  std::string text;                      // of kValue, as a field without quotes
  std::shared_ptr<arrow::Scalar> value;  // the same; null: it is not of the column's type
  std::vector<FaultReason> reasons;
};

/// What happens at one row of the output.
struct FaultEvent {
  int64_t row = 0;
  int32_t action = 0;
  /// -1: the row itself changes. Else behind the row stands once more row `copy_of`.
  int64_t copy_of = -1;
};

/// Rows that are numbered together: the table, or a slice of it.
struct RowSpan {
  int64_t first = 0;
  int64_t end = 0;
};

/// What was done, as counts of rows.
struct FaultCounts {
  std::map<Fault, int64_t> by_fault;
  std::map<FaultReason, int64_t> by_rule;  // as `tamis validate` counts them
  int64_t copies = 0;                      // rows more than were asked for
};

/// A table's faults. A row has at most one. Immutable, shared between threads.
class InjectPlan {
 public:
  /// Reads `tamis.generate: {inject: ...}` of the table; `flags` (`duplicates=1%,nulls=0.5%`, or
  /// `none`) come on top. Null if nothing is to be injected. UsageError, with its place, for what
  /// the table or the format can't hold.
  static Result<std::shared_ptr<const InjectPlan>> Make(const Table& table, uint64_t seed,
                                                        std::string_view flags, FaultMedium medium);

  const std::vector<FaultAction>& actions() const { return actions_; }
  /// The column that late rows and copies shift; -1: none.
  int time_column() const { return time_column_; }
  /// By how many units of the column's type a copy is later, and a late row earlier.
  int64_t later_by() const { return later_by_; }
  int64_t late_by() const { return late_by_; }
  /// How many rows behind its row a copy stands, at most.
  int64_t copy_distance() const { return copy_distance_; }
  /// Columns that may become NULL, and those that may get values of kValue.
  bool MayBeNull(int column) const;
  bool MayBeMalformed(int column) const;

  /// Appends what happens at rows [first_row, first_row + count) of `span`, in the order of the
  /// output.
  void Find(RowSpan span, int64_t first_row, int64_t count, std::vector<FaultEvent>* events) const;
  /// Counts it.
  FaultCounts Count(RowSpan span, int64_t first_row, int64_t count) const;

 private:
  friend class InjectPlanner;

  // Actions of one kind: a row whose draw is below `border` and not below that of the one before.
  struct Share {
    Fault fault = Fault::kDuplicates;
    uint64_t border = 0;  // of 2^32
    size_t first_action = 0;
    size_t action_count = 0;
  };

  int32_t ActionOf(uint64_t draw, uint64_t choice) const;
  bool IsCopied(int64_t row) const;

  uint64_t key_ = 0;
  uint64_t choice_key_ = 0;
  std::vector<Share> shares_;
  std::vector<FaultAction> actions_;
  int time_column_ = -1;
  int64_t later_by_ = 0;
  int64_t late_by_ = 0;
  int64_t copy_distance_ = 0;
};

/// Values that break the rules of `column`, one for each set of rules, with the reasons that
/// `tamis validate` gives; of a text medium also texts that are not of its type. Empty if there is
/// none, such as for a text without rules.
Result<std::vector<FaultAction>> MalformedValues(const Table& table, int column,
                                                 FaultMedium medium);

}  // namespace tamis
