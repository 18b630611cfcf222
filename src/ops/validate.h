// Checks rows against a table's rules. Does not type text (format does) and does not write rejects.
#pragma once

#include <arrow/record_batch.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "expr/expr.h"
#include "format/source.h"

namespace tamis {

/// One rule of one column, or of the row. Immutable, shared by threads.
class RowCheck {
 public:
  virtual ~RowCheck() = default;
  /// Appends an issue for each row that breaks the rule. Cells that hold NULL pass every rule but
  /// `required`.
  virtual Status Check(const arrow::RecordBatch& batch, std::vector<CellIssue>* issues) const = 0;
};

/// Finds rows whose key was seen before. The first row of a key passes, in the order of the input.
class UniqueCheck {
 public:
  UniqueCheck(std::vector<int> columns, Rule rule) : columns_(std::move(columns)), rule_(rule) {}

  /// A 128-bit hash (XXH3) of each row's key, two words a row; any thread.
  Result<std::vector<uint64_t>> Hash(const arrow::RecordBatch& batch) const;
  /// Appends an issue for each repeated key. Called with the chunks in order, by one thread at a
  /// time; rows in `refused` (one byte a row) don't count as seen. Keys with a NULL never repeat.
  void Check(const arrow::RecordBatch& batch, const std::vector<uint64_t>& hashes,
             const std::vector<uint8_t>& refused, std::vector<CellIssue>* issues);
  int64_t duplicate_count() const { return duplicate_count_; }
  const std::vector<int>& columns() const { return columns_; }

 private:
  void Grow();
  bool Insert(uint64_t low, uint64_t high);

  std::vector<int> columns_;
  Rule rule_;
  std::vector<uint64_t> slots_;  // open addressing, two words a slot; 0,0 = free
  uint64_t used_ = 0;
  int64_t duplicate_count_ = 0;
};

/// The rules of a table, ready to check batches of its schema.
class Validator {
 public:
  /// Binds the rules. UsageErrorAt the contract's place if one does not fit its column's type.
  static Result<std::unique_ptr<Validator>> Make(const Table& table, const arrow::Schema& schema,
                                                 const Parameters& parameters);

  /// Adds the issues of all rules but the unique ones to `chunk->issues`, and sorts them by row. A
  /// cell that could not be typed keeps that one reason. Thread-safe.
  Status Check(Chunk* chunk) const;

  /// The rules that look at other rows; empty for most tables.
  std::vector<UniqueCheck>& unique_checks() { return unique_checks_; }

 private:
  std::vector<std::unique_ptr<RowCheck>> checks_;
  std::vector<UniqueCheck> unique_checks_;
};

/// Splits a checked chunk: takes the rows with issues out of `chunk->batch` and returns them as
/// rejects. For rows without a text origin, raw is the row's values joined by commas.
Result<std::vector<Reject>> TakeRejects(const Table& table, Chunk* chunk);

/// The column checks of a table (all but unique), for Validator.
Result<std::vector<std::unique_ptr<RowCheck>>> MakeColumnChecks(const Table& table,
                                                                const arrow::Schema& schema);

}  // namespace tamis
