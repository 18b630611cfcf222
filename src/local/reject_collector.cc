// Counts, keeps and publishes refused rows. See reject_collector.h.
#include "local/reject_collector.h"

#include <algorithm>

namespace tamis {
namespace {

constexpr size_t kExamples = 3;

std::vector<std::string> ColumnNames(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

}  // namespace

RejectCollector::RejectCollector(const Step& step, const Table& table, std::string run_id,
                                 int64_t time_us)
    : step_(step), column_names_(ColumnNames(table)), run_{std::move(run_id), time_us} {}

Status RejectCollector::Open(const OutputContext& context) {
  if (!step_.rejects || step_.rejects->path.empty()) return Status::OK();
  WriteSpec write;
  write.path = step_.rejects->path;
  write.place = step_.rejects->place;
  ARROW_ASSIGN_OR_RAISE(output_, Output::Open(write, RejectSchema(), context));
  return Status::OK();
}

std::string RejectCollector::ColumnName(const Reason& reason) const {
  return ReasonColumn(reason, column_names_);
}

RejectCollector::Part::Part(const RejectCollector& collector) : collector_(collector) {
  if (!collector.output_) return;
  rows_ = std::make_unique<RejectBatchBuilder>(collector.column_names_, collector.run_);
}

Status RejectCollector::Part::Add(const Reject& reject) {
  ++count_;
  for (const Reason& reason : reject.reasons) {
    std::string column = collector_.ColumnName(reason);
    ++by_rule_[std::string(RuleName(reason.rule)) + (column.empty() ? "" : " " + column)];
  }
  if (examples_.size() < kExamples) {
    std::string column = collector_.ColumnName(reject.reasons[0]);
    std::string place = reject.file.empty() ? "row" : reject.file;
    if (reject.line) {
      place += ":" + std::to_string(reject.line);
    } else if (reject.record) {
      place += ", row " + std::to_string(reject.record);
    }
    examples_.push_back(
        {place, (column.empty() ? "" : column + ": ") + ReasonMessage(reject.reasons[0])});
  }
  return rows_ ? rows_->Add(reject) : Status::OK();
}

Status RejectCollector::Take(int64_t chunk_index, Part part) {
  if (part.count_ > 0) {
    count_ += part.count_;
    std::lock_guard lock(mutex_);
    for (const auto& [rule, count] : part.by_rule_) by_rule_[rule] += count;
    for (RejectExample& example : part.examples_) {
      examples_.emplace_back(chunk_index, std::move(example));
    }
    // The first examples of the input, whatever thread was first.
    std::stable_sort(examples_.begin(), examples_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (examples_.size() > kExamples) examples_.resize(kExamples);
  }
  if (!output_) return Status::OK();
  ARROW_ASSIGN_OR_RAISE(auto batch, part.rows_->Finish());
  return output_->Write(chunk_index, batch);
}

Status RejectCollector::Finish() { return output_ ? output_->Finish() : Status::OK(); }

Status RejectCollector::Commit(const std::vector<ConsumedFile>& consumed) {
  if (!output_) return Status::OK();
  return output_->Commit(consumed).status();
}

Status RejectCollector::Abort() { return output_ ? output_->Abort() : Status::OK(); }

Status RejectCollector::CheckLimit(int64_t rows_in) const {
  int64_t count = count_.load();
  if (count == 0) return Status::OK();
  RejectsRecord record = Record();
  std::string first = record.examples.empty() ? ""
                                              : "first: " + record.examples[0].place + ": " +
                                                    record.examples[0].message;
  std::string counts = std::to_string(count) + " of " + std::to_string(rows_in) + " rows";
  if (!step_.rejects) {
    return DataError("step " + step_.name + ": " + counts + " broke the contract; " + first,
                     "nothing was published; name a place for refused rows with rejects:");
  }
  bool too_many = step_.rejects->count_max && count > *step_.rejects->count_max;
  double share = static_cast<double>(count) / static_cast<double>(std::max<int64_t>(rows_in, 1));
  too_many = too_many || (step_.rejects->share_max && share > *step_.rejects->share_max);
  if (!too_many) return Status::OK();
  return DataError(
      "step " + step_.name + ": " + counts + " were rejected, more than allowed; " + first,
      step_.rejects->path.empty()
          ? "rejects: or --rejects names a place for refused rows"
          : "the refused rows are in " + step_.rejects->path + "; nothing else was published");
}

RejectsRecord RejectCollector::Record() const {
  std::lock_guard lock(mutex_);
  RejectsRecord record;
  record.step = step_.name;
  record.path = step_.rejects ? step_.rejects->path : "";
  record.count = count_.load();
  record.by_rule = by_rule_;
  for (const auto& [index, example] : examples_) record.examples.push_back(example);
  return record;
}

}  // namespace tamis
