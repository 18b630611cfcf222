// The executor: threads, the order of steps, publishing at the end. See run.h.
#include "local/run.h"

#include <chrono>
#include <map>
#include <thread>

#include "base/memory.h"
#include "local/duckdb.h"
#include "local/generate_source.h"
#include "local/group_sum.h"
#include "local/input.h"
#include "local/step_runner.h"
#include "ops/generate_compile.h"
#include "plan/pipeline.h"
#include "storage/path.h"
#include "text/date.h"

namespace tamis {
namespace {

class Run {
 public:
  Run(const Plan& plan, const RunOptions& options, RunRecord* record)
      : plan_(plan), options_(options), record_(record), storage_(LocalStorage()) {
    context_.output.storage = storage_;
    context_.output.run_id = options.run_id;
    context_.output.thread_count = options.thread_count;
    context_.output.memory_bytes = options.memory_bytes;
    context_.output.temp_directory = options.temp_directory;
    context_.output.stop = options.stop;
    context_.output.replace_foreign = options.replace_foreign;
    context_.parameters = plan.parameters;
    context_.run_time_us = options.run_time_us;
    context_.thread_count = options.thread_count;
    context_.stop = options.stop;
    duckdb_ = options.duckdb;
  }

  Status Execute() {
    Status moved = RunSteps();
    for (const auto& runner : runners_) {
      if (runner) runner->AddTo(record_);
    }
    for (GroupSumStep& step : group_sums_) AddRecord(step);
    if (!moved.ok()) return AbandonRejects(moved);
    Status checked = CheckBooks(*record_);
    if (checked.ok()) checked = CheckLimits();
    if (checked.ok()) return Publish();
    // All rows were read: the refused ones are what the user needs next.
    Status published = PublishRejects();
    return published.ok() ? Abandon(checked) : AbandonRejects(checked);
  }

 private:
  // A sql step that runs as a sum per key over the row groups of the step before.
  struct GroupSumStep {
    const Step* step = nullptr;
    StepRunner* input = nullptr;
    std::unique_ptr<GroupSum> sums;
    std::unique_ptr<Output> output;
  };

  Status RunSteps() {
    runners_.resize(plan_.steps.size());
    for (size_t i = 0; i < plan_.steps.size(); ++i) {
      const Step& step = plan_.steps[i];
      if (IsDriven(step)) continue;  // driven by the step it takes rows from
      if (step.read) {
        ARROW_RETURN_NOT_OK(RunRead(i));
      } else if (step.generate) {
        ARROW_ASSIGN_OR_RAISE(auto source, OpenGenerate(*step.generate));
        ARROW_RETURN_NOT_OK(RunSource(i, source.get(), nullptr));
      } else {
        ARROW_RETURN_NOT_OK(RunQuery(i));
      }
    }
    return Status::OK();
  }

  static Result<std::unique_ptr<Source>> OpenGenerate(const GenerateSpec& spec) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, spec.contract->FindTable(spec.table));
    const int64_t table_rows = spec.table_rows.value_or(spec.first_row + spec.row_count);
    GenerateContext context;
    context.contract = spec.contract.get();
    context.seed = spec.run_seed;
    RowRequest request;
    request.seed = spec.run_seed;
    ARROW_ASSIGN_OR_RAISE(context.rows, CountRows(*spec.contract, request));
    for (const auto& [name, count] : spec.rows_by_table) context.rows[name] = count;
    context.rows[table->name] = table_rows;
    ARROW_ASSIGN_OR_RAISE(auto program, CompileGenerator(*table, context));
    ARROW_ASSIGN_OR_RAISE(auto faults,
                          InjectPlan::Make(*table, spec.seed, spec.inject, FaultMedium::kTyped));
    return MakeGenerateSource(std::move(program), spec.first_row, spec.row_count, std::move(faults),
                              table_rows);
  }

  // Whether another step's rows drive it. `from` beside `sql` only names a table.
  bool IsDriven(const Step& step) const {
    return step.sql ? IsGroupSum(step) : step.from.has_value();
  }

  Status RunRead(size_t i) {
    ARROW_ASSIGN_OR_RAISE(Input input, OpenInput(storage_, *plan_.steps[i].read));
    consumed_.insert(consumed_.end(), input.files.begin(), input.files.end());
    Status status = RunSource(i, input.source.get(), &input.table);
    record_->bytes_in += input.total_bytes > 0 ? input.total_bytes : input.source->ReadBytes();
    if (!input.table.relationships.empty()) {
      record_->warnings.push_back("the contract's relationships (foreign keys) are not checked");
    }
    for (std::string& warning : input.warnings) record_->warnings.push_back(std::move(warning));
    for (std::string& warning : input.source->Warnings()) {
      record_->warnings.push_back(std::move(warning));
    }
    return status;
  }

  Status RunQuery(size_t i) {
    const Step& step = plan_.steps[i];
    ARROW_RETURN_NOT_OK(OpenDuckdb());
    ARROW_ASSIGN_OR_RAISE(auto source,
                          duckdb_->Query(step.sql->text, plan_.parameters, step.sql->place));
    return RunSource(i, source.get(), nullptr);
  }

  Status OpenDuckdb() {
    if (duckdb_) return Status::OK();
    ARROW_ASSIGN_OR_RAISE(duckdb_, DuckdbEngine::Open(DuckdbOptionsOf(options_)));
    return Status::OK();
  }

  // Opens step i and all that follow it, moves the rows, finishes them.
  Status RunSource(size_t i, Source* source, const Table* table) {
    ARROW_RETURN_NOT_OK(OpenTree(i, source->schema(), table));
    if (options_.progress) options_.progress->bytes_total = source->TotalBytes();
    std::vector<std::thread> threads;
    std::vector<Status> results(static_cast<size_t>(options_.thread_count));
    auto work = [&](int worker) {
      Status status = Move(source, runners_[i].get(), worker);
      if (!status.ok()) options_.stop->Request();
      results[static_cast<size_t>(worker)] = std::move(status);
    };
    for (int worker = 1; worker < options_.thread_count; ++worker) {
      threads.emplace_back(work, worker);
    }
    work(0);
    for (std::thread& thread : threads) thread.join();
    ARROW_RETURN_NOT_OK(FirstFailure(results));
    if (options_.stop->requested()) return Interrupted();
    ARROW_RETURN_NOT_OK(runners_[i]->Finish());
    for (GroupSumStep& step : group_sums_) {
      if (IsInTree(i, step.input)) ARROW_RETURN_NOT_OK(FinishGroupSum(&step));
    }
    return Status::OK();
  }

  // Threads that were stopped because another one failed are not the reason.
  static Status FirstFailure(const std::vector<Status>& results) {
    Status interrupted;
    for (const Status& status : results) {
      if (status.ok()) continue;
      if (ExitCodeOf(status) != ExitCode::kInterrupted) return status;
      interrupted = status;
    }
    return interrupted;
  }

  Status Move(Source* source, StepRunner* runner, int worker) {
    while (!options_.stop->requested()) {
      ARROW_ASSIGN_OR_RAISE(auto chunk, source->Next());
      if (!chunk) return Status::OK();
      if (options_.progress) {
        options_.progress->rows_read += chunk->batch->num_rows();
        options_.progress->bytes_read = source->ReadBytes();
      }
      ARROW_RETURN_NOT_OK(runner->Push(std::move(*chunk), worker));
    }
    return Interrupted();
  }

  bool IsInTree(size_t root, const StepRunner* runner) const {
    for (size_t i = 0; i < plan_.steps.size(); ++i) {
      if (runners_[i].get() != runner) continue;
      const Step* step = &plan_.steps[i];
      while (step->from && !step->sql) step = &plan_.steps[IndexOf(step->from->step)];
      return step == &plan_.steps[root];
    }
    return false;
  }

  size_t IndexOf(const std::string& name) const {
    for (size_t i = 0; i < plan_.steps.size(); ++i) {
      if (plan_.steps[i].name == name) return i;
    }
    return plan_.steps.size();
  }

  Status OpenTree(size_t i, const std::shared_ptr<arrow::Schema>& schema, const Table* table) {
    const Step& step = plan_.steps[i];
    runners_[i] = std::make_unique<StepRunner>(step, context_);
    StepRunner* runner = runners_[i].get();
    ARROW_RETURN_NOT_OK(ObserveForGroupSums(runner));
    ARROW_RETURN_NOT_OK(runner->Open(schema, table));
    for (GroupSumStep& sum : group_sums_) {
      if (sum.input == runner) ARROW_RETURN_NOT_OK(OpenGroupSum(&sum));
    }
    for (size_t next = i + 1; next < plan_.steps.size(); ++next) {
      const Step& follower = plan_.steps[next];
      if (follower.from && !follower.sql && follower.from->step == step.name) {
        ARROW_RETURN_NOT_OK(OpenTree(next, runner->schema(), nullptr));
        runner->AddFollower(runners_[next].get());
      }
    }
    if (!IsQueried(step.name)) return Status::OK();
    ARROW_RETURN_NOT_OK(OpenDuckdb());
    ARROW_ASSIGN_OR_RAISE(auto sink, duckdb_->CreateTable(step.name, runner->schema()));
    runner->AddSink(std::move(sink));
    return Status::OK();
  }

  bool IsQueried(const std::string& name) const {
    for (const Step& step : plan_.steps) {
      if (!step.sql || IsGroupSum(step)) continue;
      for (const std::string& table : step.sql->tables) {
        if (table == name) return true;
      }
    }
    return false;
  }

  // Only a step that does nothing but write its Parquet, after one that writes Parquet too: their
  // row groups are shared.
  bool IsGroupSum(const Step& step) const {
    if (!step.sql || !step.sql->shape || !step.write || !step.consumers.empty()) return false;
    if (step.write->mode != WriteSpec::Mode::kOverwrite) return false;
    bool plain = !step.filter && step.derive.empty() && !step.dedupe && !step.window &&
                 step.anonymize.empty() && step.select.empty() && !step.validate;
    const Step& input = plan_.steps[IndexOf(step.sql->shape->from)];
    return plain && IsOneParquet(*step.write) && input.write && IsOneParquet(*input.write) &&
           input.schema && CanGroupSum(*step.sql->shape, *input.schema);
  }

  static bool IsOneParquet(const WriteSpec& write) {
    std::string by_name = FormatByName(write.format, write.path);
    return (by_name.empty() || by_name == "parquet") && write.path != "-" &&
           write.partition_by.empty() && write.file_bytes_max == 0;
  }

  Status ObserveForGroupSums(StepRunner* runner) {
    std::vector<GroupSumStep*> sums;
    for (const Step& step : plan_.steps) {
      if (!IsGroupSum(step) || step.sql->shape->from != runner->step().name) continue;
      GroupSumStep added;
      added.step = &step;
      added.input = runner;
      group_sums_.push_back(std::move(added));
    }
    bool any = !group_sums_.empty() && group_sums_.back().input == runner;
    if (!any) return Status::OK();
    // Several sums of one step by different keys would need several dictionaries: the first key has
    // one.
    runner->ObserveRowGroups(group_sums_.back().step->sql->shape->key,
                             [this, runner](const ParquetRowGroupWritten& group) {
                               for (GroupSumStep& sum : group_sums_) {
                                 if (sum.input == runner) ARROW_RETURN_NOT_OK(sum.sums->Add(group));
                               }
                               return Status::OK();
                             });
    return Status::OK();
  }

  Status OpenGroupSum(GroupSumStep* step) {
    ARROW_ASSIGN_OR_RAISE(step->output, Output::OpenForFile(*step->step->write, context_.output));
    ColumnSpill spill(storage_, options_.temp_directory, options_.memory_bytes / 4);
    return GroupSum::Make(*step->step->sql->shape, step->input->schema(), std::move(spill),
                          step->output->file())
        .Value(&step->sums);
  }

  static Status FinishGroupSum(GroupSumStep* step) {
    ARROW_RETURN_NOT_OK(step->sums->Finish());
    return step->output->FinishFile(step->sums->row_count());
  }

  void AddRecord(const GroupSumStep& step) {
    StepRecord record;
    record.name = step.step->name;
    record.books.rows_in = step.sums ? step.sums->row_count() : 0;
    record.books.rows_out = record.books.rows_in;
    record_->steps.push_back(std::move(record));
  }

  Status CheckLimits() {
    Status status;
    for (const auto& runner : runners_) {
      if (runner && status.ok()) status = runner->CheckLimits(record_);
    }
    return status;
  }

  Status PublishRejects() {
    for (const auto& runner : runners_) {
      if (runner) ARROW_RETURN_NOT_OK(runner->CommitRejects(consumed_));
    }
    return Status::OK();
  }

  Status Publish() {
    Status status = PublishRejects();
    if (!status.ok()) return AbandonRejects(status);
    for (const auto& runner : runners_) {
      if (runner && status.ok()) status = runner->Commit(consumed_, record_);
    }
    for (GroupSumStep& step : group_sums_) {
      if (!status.ok()) break;
      auto committed = step.output->Commit(consumed_);
      status = committed.status();
      if (!status.ok()) break;
      committed->step = step.step->name;
      record_->outputs.push_back(*committed);
    }
    return status.ok() ? status : Abandon(status);
  }

  Status AbandonRejects(const Status& status) {
    for (RejectsRecord& rejects : record_->rejects) rejects.path.clear();
    return Abandon(status);
  }

  // Removes what is not published.
  Status Abandon(const Status& status) {
    for (const auto& runner : runners_) {
      if (runner) ARROW_UNUSED(runner->Abort());  // the first error is the one to tell
    }
    for (GroupSumStep& step : group_sums_) {
      if (step.output) ARROW_UNUSED(step.output->Abort());
    }
    return status;
  }

  const Plan& plan_;
  const RunOptions& options_;
  RunRecord* record_;
  std::shared_ptr<Storage> storage_;
  StepContext context_;
  std::shared_ptr<DuckdbEngine> duckdb_;
  std::vector<std::unique_ptr<StepRunner>> runners_;  // as plan_.steps; null: not begun
  std::vector<GroupSumStep> group_sums_;
  std::vector<ConsumedFile> consumed_;
};

}  // namespace

Status Recorded(const RunOptions& options, RunRecord* record, const std::function<Status()>& work) {
  auto start = std::chrono::steady_clock::now();
  char text[kDateTextBytes];
  record->command = options.command;
  record->run_id = options.run_id;
  record->started = {text, FormatUtcTimestamp(options.run_time_us, TimeUnit::kMicro, text)};
  record->thread_count = options.thread_count;
  Status status = work();
  record->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  record->peak_memory_bytes = PeakMemoryBytes();
  return status;
}

DuckdbOptions DuckdbOptionsOf(const RunOptions& options) {
  DuckdbOptions duckdb;
  duckdb.memory_bytes = std::max<int64_t>(options.memory_bytes / 2, 64 << 20);
  duckdb.thread_count = options.thread_count;
  duckdb.temp_directory = options.temp_directory;
  duckdb.stop = options.stop;
  return duckdb;
}

Status RunPlan(const Plan& plan, const RunOptions& options, RunRecord* record) {
  record->warnings = plan.warnings;
  return Recorded(options, record, [&] {
    ARROW_RETURN_NOT_OK(CheckOutputs(plan));
    return Run(plan, options, record).Execute();
  });
}

}  // namespace tamis
