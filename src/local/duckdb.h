// SQL by embedded DuckDB: tables filled from Arrow batches, queries answered as Arrow batches.
// The library is opened at run time, when the first SQL step needs it: programs without SQL don't
// pay for it. Steps become real tables inside DuckDB, so a query may scan them as often as it likes
// (a one-shot Arrow stream that is scanned twice would silently be empty), and DuckDB spills them
// itself.
#pragma once

#include <arrow/type.h>

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "base/stop.h"
#include "expr/expr.h"
#include "format/sink.h"
#include "format/source.h"

namespace tamis {

struct DuckdbOptions {
  /// Which files a query may read by itself: none (a pipeline's tables are its steps), or any
  /// (tamis sql).
  enum class Files { kNone, kAny } files = Files::kNone;
  int64_t memory_bytes = 0;
  int thread_count = 1;
  std::string temp_directory;       // spill goes here; must exist
  const StopToken* stop = nullptr;  // ends queries that are at work; null: nothing does
};

/// An in-memory DuckDB database. Extensions are never installed or loaded by themselves, and the
/// configuration is locked, so that a query can't widen its rights.
class DuckdbEngine {
 public:
  static Result<std::unique_ptr<DuckdbEngine>> Open(const DuckdbOptions& options);
  ~DuckdbEngine();

  /// Creates a table and returns the sink that fills it. Rows keep the order of the chunk indices.
  Result<std::unique_ptr<Sink>> CreateTable(const std::string& name,
                                            const std::shared_ptr<arrow::Schema>& schema);
  Status DropTable(const std::string& name);

  /// Runs one SELECT; `$name` in it are typed parameters. The result is a Source of batches, made
  /// while it is read. UsageErrorAt a place inside `place`'s text if DuckDB refuses the statement.
  Result<std::unique_ptr<Source>> Query(const std::string& sql, const Parameters& parameters,
                                        const Place& place);

  /// The columns that Query would return, without running it.
  Result<std::shared_ptr<arrow::Schema>> Describe(const std::string& sql,
                                                  const Parameters& parameters, const Place& place);

  struct Impl;

 private:
  explicit DuckdbEngine(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

/// `name` as an SQL identifier in double quotes.
std::string QuoteSqlName(std::string_view name);

}  // namespace tamis
