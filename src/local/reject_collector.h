// Refused rows of a step: counted by rule, the first few kept for people, written where the step
// says. Does not decide what is refused.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "format/reject.h"
#include "format/reject_table.h"
#include "local/output.h"
#include "plan/plan.h"
#include "report/run_record.h"

namespace tamis {

class RejectCollector {
 public:
  RejectCollector(const Step& step, const Table& table, std::string run_id, int64_t time_us);
  /// Opens the output if the step names one.
  Status Open(const OutputContext& context);

  /// The rejects of one chunk, as small as they can be kept: one thread's.
  class Part {
   public:
    explicit Part(const RejectCollector& collector);
    Status Add(const Reject& reject);

   private:
    friend class RejectCollector;
    const RejectCollector& collector_;
    int64_t count_ = 0;
    std::map<std::string, int64_t> by_rule_;
    std::vector<RejectExample> examples_;
    std::unique_ptr<RejectBatchBuilder> rows_;  // null: nobody wants them
  };
  /// Any thread; each chunk's once.
  Status Take(int64_t chunk_index, Part part);

  Status Finish();
  /// Publishes the refused rows.
  Status Commit(const std::vector<ConsumedFile>& consumed);
  Status Abort();
  /// DataError if there are more rejects than the step allows.
  Status CheckLimit(int64_t rows_in) const;

  int64_t count() const { return count_.load(); }
  RejectsRecord Record() const;

 private:
  std::string ColumnName(const Reason& reason) const;

  const Step& step_;
  std::vector<std::string> column_names_;
  RejectRun run_;
  std::unique_ptr<Output> output_;
  std::atomic<int64_t> count_{0};
  mutable std::mutex mutex_;
  std::map<std::string, int64_t> by_rule_;
  std::vector<std::pair<int64_t, RejectExample>> examples_;  // with their chunk's index
};

}  // namespace tamis
