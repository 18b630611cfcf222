// Checks rows against a table's rules. Does not type text (format does) and does not write rejects.
#pragma once

#include <arrow/record_batch.h>

#include <cstdint>
#include <functional>
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

/// The keys that were seen, as 128-bit hashes (XXH3).
class KeySet {
 public:
  KeySet(std::vector<int> columns, Rule rule) : columns_(std::move(columns)), rule_(rule) {}

  /// One row's key; `high` is 0 if a part of it is NULL: such keys never repeat.
  struct Key {
    uint64_t low = 0;
    uint64_t high = 0;
  };
  /// Each row's key; any thread.
  Result<std::vector<Key>> Keys(const arrow::RecordBatch& batch) const;
  bool Contains(Key key) const;
  /// False if it was there.
  bool Insert(Key key);
  const std::vector<int>& columns() const { return columns_; }
  Rule rule() const { return rule_; }

 private:
  void Grow();
  size_t Find(Key key) const;

  std::vector<int> columns_;
  Rule rule_;
  std::vector<Key> slots_ = std::vector<Key>(1024);  // open addressing, at most half full
  uint64_t used_ = 0;
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

  /// What `unique` and the primary key look at; empty for most tables.
  bool has_keys() const { return !key_sets_.empty(); }
  /// The keys of each rule, for CheckKeys. Thread-safe.
  Result<std::vector<std::vector<KeySet::Key>>> Keys(const arrow::RecordBatch& batch) const;
  /// Adds an issue for each key that was there before. Called with the chunks in order, by one
  /// thread at a time: the first row of a key passes, and only rows that pass all rules count.
  void CheckKeys(const std::vector<std::vector<KeySet::Key>>& keys, Chunk* chunk);

 private:
  std::vector<std::unique_ptr<RowCheck>> checks_;
  std::vector<KeySet> key_sets_;
};

/// Splits a checked chunk: takes the rows with issues out of `chunk->batch` and hands them to
/// `take` as rejects, one by one. For rows without a text origin, raw is the row's values joined by
/// commas.
Status TakeRejects(const Table& table, Chunk* chunk,
                   const std::function<Status(const Reject&)>& take);

/// The column checks of a table (all but unique), for Validator.
Result<std::vector<std::unique_ptr<RowCheck>>> MakeColumnChecks(const Table& table,
                                                                const arrow::Schema& schema);

}  // namespace tamis
