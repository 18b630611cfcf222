// A checked pipeline: typed steps in topological order, all that an engine reads. Does not run,
// does no I/O.
#pragma once

#include <arrow/scalar.h>
#include <arrow/type.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "expr/expr.h"

namespace tamis {

/// Reads files. `path` is a file, directory or glob, relative to the current directory.
struct ReadSpec {
  std::string path;
  std::shared_ptr<const Contract> contract;  // null: columns are text, named by the header
  std::string table;                         // of the contract; "" = its only one
  FormatOptions format;                      // the contract's, with the step's own keys on top
  Place place;
};

/// Makes rows from a contract.
struct GenerateSpec {
  std::shared_ptr<const Contract> contract;
  std::string table;
  int64_t first_row = 0;
  int64_t row_count = 0;
  std::optional<int64_t> table_rows;  // of the whole table; else these are all
  std::string inject;                 // faults on top of the contract's, as --inject has them
  uint64_t seed = 0;                  // of the table
  std::optional<uint64_t> run_seed;   // of all tables, also those it refers to; else each its own
  std::map<std::string, int64_t> rows_by_table;  // of those it refers to; else as the contract says
  Place place;
};

/// Takes another step's rows.
struct FromSpec {
  std::string step;
  Place place;
};

/// `SELECT bare columns, sum(value) OVER (PARTITION BY key) AS sum_name, ... FROM step`, which runs
/// as a sum per key that is joined back. Recognized in plan/sql_shape.h.
struct GroupSumJoinBack {
  struct Output {
    enum class Kind { kColumn, kSum } kind = Kind::kColumn;
    std::string column;  // of the input (kColumn)
    std::string name;    // of the output
  };
  std::string from;
  std::string key;
  std::string value;
  std::vector<Output> outputs;
};

/// A statement in the engine's own dialect; earlier steps are its tables.
struct SqlSpec {
  std::string text;
  std::vector<std::string> tables;  // earlier steps that the text may name, in topological order
  Place place;
  std::optional<GroupSumJoinBack> shape;
};

/// Where refused rows go, and how many are too many (the run then fails with exit code 1 and
/// publishes nothing).
struct RejectsSpec {
  std::string path;  // "" = the run refuses to drop rows: any reject fails it
  std::optional<int64_t> count_max;
  std::optional<double> share_max;  // 0.1 for 10%
  Place place;
};

/// Checks rows against a contract's rules.
struct ValidateSpec {
  std::shared_ptr<const Contract> contract;
  std::string table;
  Place place;
};

struct DeriveSpec {
  std::string name;
  Expr value;
};

/// Keeps one row a key.
struct DedupeSpec {
  std::vector<std::string> key;
  enum class Keep { kFirst, kLast, kLatest, kEarliest } keep = Keep::kFirst;
  std::string by;  // of kLatest and kEarliest
  Place place;
};

/// Tumbling windows, aligned to 1970-01-01T00:00:00Z. The result is sorted by window_start, then by
/// `by`.
struct WindowSpec {
  struct Aggregate {
    enum class Kind { kCount, kSum, kAvg, kMin, kMax } kind = Kind::kCount;
    std::string column;  // "" for kCount
    std::string
        name;  // of the output; with a pivot and one aggregate the pivot's values are the names
  };
  std::string time;
  int64_t every_us = 0;
  std::vector<std::string> by;  // without the pivot's column
  std::vector<Aggregate> aggregates;
  std::string pivot_column;  // "" = none
  std::vector<std::string> pivot_values;
  std::shared_ptr<arrow::Scalar> fill;  // of pivot cells without rows; null = NULL
  Place place;
};

struct AnonymizeSpec {
  std::vector<std::string> columns;
  std::string key_source;  // env:NAME or file:PATH, never the key
  std::string domain;
  int length = 16;
  Place place;
};

struct SelectItem {
  std::string column;
  std::string name;
};

/// Publishes a step's rows.
struct WriteSpec {
  enum class Mode { kOverwrite, kAppend, kReplacePartitions };
  std::string path;
  std::string format;  // parquet, orc, csv, jsonl, arrow
  Mode mode = Mode::kOverwrite;
  std::vector<DeriveSpec> partition_by;  // hive layout; the columns are not in the files
  std::string codec;                     // of Parquet and ORC: "", none, snappy, zstd
  std::string compression;     // of CSV and JSON lines: "" (by the name), none, gzip, zstd
  int64_t file_bytes_max = 0;  // 0: the format's default
  FormatOptions csv;
  Place place;
};

/// One named step: a source, then these in this order, then at most one write.
struct Step {
  std::string name;
  Place place;

  std::optional<ReadSpec> read;
  std::optional<GenerateSpec> generate;
  std::optional<FromSpec> from;
  std::optional<SqlSpec> sql;

  std::optional<RejectsSpec> rejects;
  std::optional<ValidateSpec> validate;
  std::optional<Expr> filter;
  std::vector<DeriveSpec> derive;
  std::optional<DedupeSpec> dedupe;
  std::optional<WindowSpec> window;
  std::vector<AnonymizeSpec> anonymize;
  std::vector<SelectItem> select;  // empty: all columns
  std::optional<WriteSpec> write;

  std::shared_ptr<arrow::Schema>
      source_schema;  // of the source; null after `sql` (or a read without a contract)
                      // until the engine has bound it
  std::shared_ptr<arrow::Schema> schema;  // of the step's rows; null when source_schema is
  std::vector<std::string> consumers;     // names of the steps that take this step's rows
};

/// A pipeline that can run.
struct Plan {
  std::string name;
  std::vector<Step> steps;  // a step's inputs stand before it
  Parameters parameters;    // the user's, and run_time
  std::vector<std::string> warnings;
};

}  // namespace tamis
