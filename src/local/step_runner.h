// One step at work: checks, filters, derives, aggregates and passes rows on to its outputs and
// followers. Does not own threads (run.cc does) and does not open inputs.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/stop.h"
#include "format/sink.h"
#include "format/source.h"
#include "local/output.h"
#include "local/reject_collector.h"
#include "ops/pseudonym.h"
#include "ops/table_metrics.h"
#include "ops/validate.h"
#include "ops/window.h"
#include "plan/plan.h"
#include "report/run_record.h"

namespace tamis {

/// Lets chunks pass one at a time in the order of their indices, for rules that depend on the rows
/// before.
class InOrder {
 public:
  explicit InOrder(const StopToken* stop) : stop_(stop) {}
  /// Runs `work` when all chunks before `index` have passed. Interrupted if the run stops
  /// meanwhile.
  Status Pass(int64_t index, const std::function<Status()>& work);

 private:
  const StopToken* stop_;
  std::mutex mutex_;
  std::condition_variable turn_;
  int64_t next_ = 0;
};

/// Counts that a step's threads share.
struct StepCounts {
  std::atomic<int64_t> rows_in{0};
  std::atomic<int64_t> rows_out{0};
  std::atomic<int64_t> filtered{0};
  int64_t aggregated = 0;
};

/// What every step of a run shares.
struct StepContext {
  OutputContext output;
  Parameters parameters;
  int64_t run_time_us = 0;
  int thread_count = 1;
  StopToken* stop = nullptr;
};

class StepRunner {
 public:
  StepRunner(const Step& step, const StepContext& context);
  ~StepRunner();

  /// Binds the step to its input's columns and opens its outputs. `table` holds the contract of a
  /// read step.
  Status Open(const std::shared_ptr<arrow::Schema>& input, const Table* table);

  /// Takes one chunk on thread `worker` (0 ... thread_count-1). Each index from 0 to the last once.
  Status Push(Chunk chunk, int worker);
  /// After the last chunk: emits what aggregates held back, finishes outputs and followers.
  Status Finish();

  Status Commit(const std::vector<ConsumedFile>& consumed, RunRecord* record);
  Status CommitRejects(const std::vector<ConsumedFile>& consumed);
  Status Abort();

  /// DataError if there are too many rejects or a rule of the whole table fails.
  Status CheckLimits(RunRecord* record) const;
  void AddTo(RunRecord* record) const;

  const Step& step() const { return step_; }
  const std::shared_ptr<arrow::Schema>& schema() const { return schema_; }
  /// Rows also go to `follower`, on the same thread.
  void AddFollower(StepRunner* follower) { followers_.push_back(follower); }
  /// Rows also go to `sink` (a table of a later query).
  void AddSink(std::unique_ptr<Sink> sink) { sinks_.push_back(std::move(sink)); }
  /// Before Open: row groups of the written Parquet also go to `observer`, with the dictionary of
  /// column `key_index`.
  void ObserveRowGroups(std::string key_column,
                        std::function<Status(const ParquetRowGroupWritten&)> observer);

 private:
  Status OpenChecks(const Table* table);
  Status OpenWindow();
  Status OpenAnonymize();
  Status OpenOutput();
  Status Validate(Chunk* chunk);
  Status Reshape(std::shared_ptr<arrow::RecordBatch>* batch);
  Status AddColumns(std::shared_ptr<arrow::RecordBatch>* batch) const;
  Status Emit(int64_t index, std::shared_ptr<arrow::RecordBatch> batch, int worker);

  const Step& step_;
  StepContext context_;
  std::shared_ptr<arrow::Schema> working_schema_;  // while it is being built up
  std::shared_ptr<arrow::Schema> schema_;          // of the rows that go out
  Table table_;                                    // of the checks
  std::unique_ptr<Validator> validator_;
  std::unique_ptr<TableMetrics> metrics_;  // beside a validator
  InOrder in_order_;
  std::unique_ptr<RejectCollector> rejects_;
  std::unique_ptr<WindowAggregator> window_;
  std::vector<std::shared_ptr<WindowAggregator::State>> window_states_;
  std::vector<std::pair<int, std::unique_ptr<Pseudonymizer>>> pseudonymizers_;  // by column
  std::unique_ptr<Output> output_;
  std::vector<StepRunner*> followers_;
  std::vector<std::unique_ptr<Sink>> sinks_;
  std::string observed_column_;
  std::function<Status(const ParquetRowGroupWritten&)> observer_;
  StepCounts counts_;
};

}  // namespace tamis
