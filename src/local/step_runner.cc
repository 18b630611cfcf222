// Moves the rows of one step. See step_runner.h.
#include "local/step_runner.h"

#include <arrow/array.h>

#include <algorithm>

#include "ops/row_text.h"
#include "ops/take.h"

namespace tamis {

Status InOrder::Pass(int64_t index, const std::function<Status()>& work) {
  std::unique_lock lock(mutex_);
  while (next_ != index) {
    if (stop_->requested()) return Interrupted();
    turn_.wait_for(lock, std::chrono::milliseconds(50));
  }
  Status status = work();
  ++next_;
  turn_.notify_all();
  return status;
}

namespace {

Result<std::shared_ptr<arrow::Array>> Evaluate(const Expr& expression,
                                               const arrow::RecordBatch& batch) {
  auto result = expression.Evaluate(batch);
  return result.ok() ? result : NameFailingRow(result.status(), expression, batch);
}

}  // namespace

StepRunner::StepRunner(const Step& step, const StepContext& context)
    : step_(step), context_(context), in_order_(context.stop) {}

StepRunner::~StepRunner() = default;

void StepRunner::ObserveRowGroups(std::string key_column,
                                  std::function<Status(const ParquetRowGroupWritten&)> observer) {
  observed_column_ = std::move(key_column);
  observer_ = std::move(observer);
}

Status StepRunner::Open(const std::shared_ptr<arrow::Schema>& input, const Table* table) {
  working_schema_ = input;
  ARROW_RETURN_NOT_OK(OpenChecks(table));
  for (const DeriveSpec& derive : step_.derive) {
    auto field = arrow::field(derive.name, derive.value.type());
    int index = working_schema_->GetFieldIndex(derive.name);
    ARROW_ASSIGN_OR_RAISE(working_schema_, index >= 0 ? working_schema_->SetField(index, field)
                                                      : working_schema_->AddField(
                                                            working_schema_->num_fields(), field));
  }
  if (step_.dedupe) {
    return UsageErrorAt(step_.dedupe->place, "dedupe does not run on the local engine yet",
                        "a sql step can do it: SELECT DISTINCT ON (key) ... ORDER BY ...");
  }
  ARROW_RETURN_NOT_OK(OpenWindow());
  ARROW_RETURN_NOT_OK(OpenAnonymize());
  if (!step_.select.empty()) {
    arrow::FieldVector fields;
    for (const SelectItem& item : step_.select) {
      auto field = working_schema_->GetFieldByName(item.column);
      if (!field) {
        return UsageErrorAt(step_.place, "select: unknown column: " + item.column,
                            "the step has " + working_schema_->ToString());
      }
      fields.push_back(field->WithName(item.name));
    }
    working_schema_ = arrow::schema(fields);
  }
  schema_ = working_schema_;
  return OpenOutput();
}

Status StepRunner::OpenChecks(const Table* table) {
  if (step_.validate) {
    ARROW_ASSIGN_OR_RAISE(const Table* named,
                          step_.validate->contract->FindTable(step_.validate->table));
    table_ = *named;
  } else if (table) {
    table_ = *table;
  } else {
    return Status::OK();
  }
  ARROW_ASSIGN_OR_RAISE(validator_, Validator::Make(table_, *working_schema_, context_.parameters));
  ARROW_ASSIGN_OR_RAISE(metrics_, TableMetrics::Make(table_, *working_schema_));
  rejects_ = std::make_unique<RejectCollector>(step_, table_, context_.output.run_id,
                                               context_.run_time_us);
  return rejects_->Open(context_.output);
}

Status StepRunner::OpenWindow() {
  if (!step_.window) return Status::OK();
  const WindowSpec& spec = *step_.window;
  WindowOptions options;
  options.time = spec.time;
  options.every_us = spec.every_us;
  options.by = spec.by;
  options.pivot_column = spec.pivot_column;
  options.pivot_values = spec.pivot_values;
  options.fill = spec.fill;
  for (const WindowSpec::Aggregate& aggregate : spec.aggregates) {
    options.aggregates.push_back({static_cast<WindowOptions::Aggregate::Kind>(aggregate.kind),
                                  aggregate.column, aggregate.name});
  }
  ARROW_ASSIGN_OR_RAISE(window_, WindowAggregator::Make(options, *working_schema_));
  for (int i = 0; i < context_.thread_count; ++i) window_states_.push_back(window_->MakeState());
  working_schema_ = window_->schema();
  return Status::OK();
}

Status StepRunner::OpenAnonymize() {
  arrow::FieldVector fields = working_schema_->fields();
  for (const AnonymizeSpec& spec : step_.anonymize) {
    for (const std::string& name : spec.columns) {
      int index = working_schema_->GetFieldIndex(name);
      if (index < 0) return UsageErrorAt(spec.place, "anonymize: unknown column: " + name);
      PseudonymOptions options;
      options.domain = spec.domain;
      options.length = spec.length;
      ARROW_ASSIGN_OR_RAISE(Secret key, LoadSecret(spec.key_source));
      ARROW_ASSIGN_OR_RAISE(auto made, Pseudonymizer::Make(key, options));
      pseudonymizers_.emplace_back(index, std::move(made));
      fields[static_cast<size_t>(index)] =
          fields[static_cast<size_t>(index)]->WithType(arrow::utf8());
    }
  }
  working_schema_ = arrow::schema(fields);
  return Status::OK();
}

Status StepRunner::OpenOutput() {
  if (!step_.write) return Status::OK();
  OutputContext output = context_.output;
  if (observer_) {
    output.on_row_group = observer_;
    output.dictionary_columns = {schema_->GetFieldIndex(observed_column_)};
  }
  ARROW_ASSIGN_OR_RAISE(output_, Output::Open(*step_.write, schema_, output));
  return Status::OK();
}

Status StepRunner::Validate(Chunk* chunk) {
  ARROW_RETURN_NOT_OK(validator_->Check(chunk));
  if (validator_->has_keys()) {
    ARROW_ASSIGN_OR_RAISE(auto keys, validator_->Keys(*chunk->batch));
    ARROW_RETURN_NOT_OK(in_order_.Pass(chunk->index, [&] {
      validator_->CheckKeys(keys, chunk);
      return Status::OK();
    }));
  }
  RejectCollector::Part rejects(*rejects_);
  ARROW_RETURN_NOT_OK(
      TakeRejects(table_, chunk, [&](const Reject& reject) { return rejects.Add(reject); }));
  ARROW_RETURN_NOT_OK(metrics_->Add(*chunk->batch));
  return rejects_->Take(chunk->index, std::move(rejects));
}

Status StepRunner::AddColumns(std::shared_ptr<arrow::RecordBatch>* batch) const {
  for (const DeriveSpec& derive : step_.derive) {
    ARROW_ASSIGN_OR_RAISE(auto column, Evaluate(derive.value, **batch));
    auto field = arrow::field(derive.name, column->type());
    int index = (*batch)->schema()->GetFieldIndex(derive.name);
    ARROW_ASSIGN_OR_RAISE(*batch,
                          index >= 0 ? (*batch)->SetColumn(index, field, column)
                                     : (*batch)->AddColumn((*batch)->num_columns(), field, column));
  }
  return Status::OK();
}

Status StepRunner::Push(Chunk chunk, int worker) {
  counts_.rows_in += chunk.batch->num_rows();
  if (validator_) ARROW_RETURN_NOT_OK(Validate(&chunk));
  std::shared_ptr<arrow::RecordBatch> batch = std::move(chunk.batch);
  chunk.origin = nullptr;  // the text's buffer can be used again
  if (step_.filter) {
    ARROW_ASSIGN_OR_RAISE(auto mask, Evaluate(*step_.filter, *batch));
    RowList rows = RowsWhere(static_cast<const arrow::BooleanArray&>(*mask));
    counts_.filtered += batch->num_rows() - static_cast<int64_t>(rows.size());
    if (static_cast<int64_t>(rows.size()) != batch->num_rows()) {
      ARROW_ASSIGN_OR_RAISE(batch, TakeRows(*batch, rows));
    }
  }
  ARROW_RETURN_NOT_OK(AddColumns(&batch));
  if (window_) return window_->Push(*batch, window_states_[static_cast<size_t>(worker)].get());
  ARROW_RETURN_NOT_OK(Reshape(&batch));
  return Emit(chunk.index, std::move(batch), worker);
}

// What stands after the aggregates: anonymize and select.
Status StepRunner::Reshape(std::shared_ptr<arrow::RecordBatch>* batch) {
  for (const auto& [index, pseudonymizer] : pseudonymizers_) {
    ARROW_ASSIGN_OR_RAISE(auto column, pseudonymizer->HashArray(*(*batch)->column(index)));
    auto field = (*batch)->schema()->field(index)->WithType(column->type());
    ARROW_ASSIGN_OR_RAISE(*batch, (*batch)->SetColumn(index, field, column));
  }
  if (step_.select.empty()) return Status::OK();
  arrow::ArrayVector columns;
  arrow::FieldVector fields;
  for (const SelectItem& item : step_.select) {
    int index = (*batch)->schema()->GetFieldIndex(item.column);
    columns.push_back((*batch)->column(index));
    fields.push_back((*batch)->schema()->field(index)->WithName(item.name));
  }
  *batch = arrow::RecordBatch::Make(arrow::schema(fields), (*batch)->num_rows(), columns);
  return Status::OK();
}

Status StepRunner::Emit(int64_t index, std::shared_ptr<arrow::RecordBatch> batch, int worker) {
  counts_.rows_out += batch->num_rows();
  if (output_) ARROW_RETURN_NOT_OK(output_->Write(index, batch));
  for (const auto& sink : sinks_) ARROW_RETURN_NOT_OK(sink->Write(index, batch));
  for (StepRunner* follower : followers_) {
    Chunk chunk;
    chunk.index = index;
    chunk.batch = batch;
    ARROW_RETURN_NOT_OK(follower->Push(std::move(chunk), worker));
  }
  return Status::OK();
}

Status StepRunner::Finish() {
  if (window_) {
    ARROW_ASSIGN_OR_RAISE(auto batch,
                          window_->Finish(std::move(window_states_), &counts_.aggregated));
    ARROW_RETURN_NOT_OK(Reshape(&batch));
    ARROW_RETURN_NOT_OK(Emit(0, std::move(batch), 0));
  }
  if (rejects_) ARROW_RETURN_NOT_OK(rejects_->Finish());
  if (output_) ARROW_RETURN_NOT_OK(output_->Finish());
  for (const auto& sink : sinks_) ARROW_RETURN_NOT_OK(sink->Finish());
  for (StepRunner* follower : followers_) ARROW_RETURN_NOT_OK(follower->Finish());
  return Status::OK();
}

Status StepRunner::Commit(const std::vector<ConsumedFile>& consumed, RunRecord* record) {
  if (!output_) return Status::OK();
  ARROW_ASSIGN_OR_RAISE(OutputRecord output, output_->Commit(consumed));
  output.step = step_.name;
  record->outputs.push_back(std::move(output));
  return Status::OK();
}

Status StepRunner::CommitRejects(const std::vector<ConsumedFile>& consumed) {
  return rejects_ ? rejects_->Commit(consumed) : Status::OK();
}

Status StepRunner::Abort() {
  Status status = output_ ? output_->Abort() : Status::OK();
  return rejects_ ? status & rejects_->Abort() : status;
}

Status StepRunner::CheckLimits(RunRecord* record) const {
  if (!rejects_) return Status::OK();
  Status status = rejects_->CheckLimit(counts_.rows_in.load());
  for (const TableCheck& check : metrics_->Checks()) {
    const TableRule& rule = *check.rule;
    std::string name = rule.name.empty() ? rule.metric : rule.name;
    record->table_checks.push_back({name, check.passed, check.message});
    if (!check.passed && status.ok()) {
      status = DataErrorAt(rule.place, "step " + step_.name + ": " + check.message,
                           "nothing was published");
    }
  }
  return status;
}

void StepRunner::AddTo(RunRecord* record) const {
  StepRecord step;
  step.name = step_.name;
  step.is_source = step_.read || step_.generate;
  step.is_query = step_.sql.has_value();
  step.writes = step_.write.has_value();
  if (step_.consumers.size() == 1) step.next = step_.consumers[0];
  step.kind = window_ ? StepRecord::Kind::kAggregate : StepRecord::Kind::kRows;
  step.books.rows_in = counts_.rows_in;
  step.books.rows_out = counts_.rows_out;
  step.books.filtered = counts_.filtered;
  step.books.aggregated = counts_.aggregated;
  if (rejects_) {
    step.books.rejected = rejects_->count();
    record->rejects.push_back(rejects_->Record());
  }
  record->steps.push_back(std::move(step));
}

}  // namespace tamis
