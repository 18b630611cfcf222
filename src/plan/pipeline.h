// Pipeline text to a checked plan. Does no I/O: contracts, and the columns that only an engine can
// tell, come through callbacks.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "plan/parameters.h"
#include "plan/plan.h"

namespace tamis {

/// Reads a contract by the path that the pipeline gives. The error gets the pipeline's place if it
/// has none.
using ContractLoader =
    std::function<Result<std::shared_ptr<const Contract>>(const std::string& path)>;

/// The columns of a SQL step, asked of the engine. `tables` holds the columns of the steps that the
/// statement may name. Null as a result: not known before the run.
using SqlDescriber = std::function<Result<std::shared_ptr<arrow::Schema>>(
    const SqlSpec& sql, const std::map<std::string, std::shared_ptr<arrow::Schema>>& tables,
    const Parameters& parameters)>;

/// The columns of a read step without a contract, looked up in its files. Null as a result: not
/// known before the run.
using ReadDescriber = std::function<Result<std::shared_ptr<arrow::Schema>>(const ReadSpec& read)>;

/// What a pipeline's text does not say.
struct PipelineContext {
  ParameterOverrides overrides;
  int64_t run_time_us = 0;  // since 1970; today, now and run_time() come from it
  ContractLoader load_contract;
  SqlDescriber describe_sql;    // may be empty
  ReadDescriber describe_read;  // may be empty
};

/// Parses and checks a pipeline. Every problem is a UsageError with its place: unknown keys, steps,
/// columns and parameters (with "did you mean"), cycles, expressions that do not type, parts of a
/// step that contradict each other. An expression in a step whose columns are not known (after
/// `sql`, or a read without a contract, when the callbacks can't tell) is one too.
Result<Plan> ParsePipeline(const std::shared_ptr<const SourceText>& source,
                           const PipelineContext& context);

/// UsageError if two outputs or rejects of the plan have one path, or one lies in the other: each
/// output replaces what is there.
Status CheckOutputs(const Plan& plan);

}  // namespace tamis
