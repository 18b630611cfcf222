// One step of a pipeline: its keys to typed parts, its columns from part to part. Does not know the
// order of the steps: pipeline.cc does.
#pragma once

#include <arrow/type_fwd.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "plan/pipeline.h"
#include "plan/plan.h"
#include "spec/node.h"

namespace tamis {

/// The keys of a step, sources first, then in the order in which its parts are applied.
const std::vector<std::string>& StepKeys();

/// Checks the keys of a step and that it has one source; reads `from` and `sql` as far as needed to
/// order the steps.
Status ReadStepSource(const Node& node, const ParameterSet& parameters, Step* step);

/// Reads the rest of steps, one after the other, each after those that it takes rows from.
class StepReader {
 public:
  StepReader(const PipelineContext& context, const ParameterSet& parameters,
             std::vector<std::string>* warnings)
      : context_(context), parameters_(parameters), warnings_(warnings) {}

  /// `done` holds the finished steps by name.
  Status Read(const Node& node, const std::map<std::string, const Step*>& done, Step* step);

 private:
  using Schema = std::shared_ptr<arrow::Schema>;

  Status ReadRead(const Node& node, Step* step);
  Status ReadGenerate(const Node& node, Step* step);
  Status DescribeSource(const Node& node, const std::map<std::string, const Step*>& done,
                        Step* step);
  Status DescribeSql(const Node& node, const std::map<std::string, const Step*>& done, Step* step);
  Status ReadRejects(const Node& node, Step* step);
  Status ReadValidate(const Node& node, Step* step);
  Status ReadFilter(const Node& node, Step* step);
  Status ReadDerive(const Node& node, Step* step);
  Status ReadDedupe(const Node& node, Step* step);
  Status ReadWindow(const Node& node, Step* step);
  Status ReadAggregates(const Node& node, WindowSpec* window);
  Status ReadPivot(const Node& node, WindowSpec* window);
  Status WindowSchema(const Node& node, WindowSpec* window);
  Status ReadAnonymize(const Node& node, Step* step);
  Status ReadAnonymizeItem(const Node& node, Step* step);
  Status ContractAnonymize(const Node& node, const Table& table, const AnonymizeSpec& common,
                           Step* step);
  Status ReadSelect(const Node& node, Step* step);
  Status ReadWrite(const Node& node, Step* step);
  Status ReadPartitions(const Node& node, WriteSpec* write);

  Result<std::shared_ptr<const Contract>> LoadContract(const Node& node);
  Status FindTable(const Node& node, const std::shared_ptr<const Contract>& contract,
                   std::string* table);
  Result<Expr> Bind(const Node& text, const std::string& what);
  Status CheckColumn(const Node& name) const;
  Result<std::vector<std::string>> ReadColumns(const Node& node, const std::string& what) const;
  void Warn(const Place& place, const std::string& message) {
    warnings_->push_back(place.ToString() + ": " + message);
  }

  const PipelineContext& context_;
  const ParameterSet& parameters_;
  std::vector<std::string>* warnings_;
  Schema schema_;  // of the rows at this point of the step; null: not known
};

/// `10 minutes`, `1 hour`, `90 s`, ... in microseconds.
Result<int64_t> ReadDuration(const Node& node, const std::string& what);

}  // namespace tamis
