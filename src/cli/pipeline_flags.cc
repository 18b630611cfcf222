// From a pipeline file to a plan. See pipeline_flags.h.
#include "cli/pipeline_flags.h"

#include "base/source_text.h"
#include "cli/format_flags.h"
#include "local/describe.h"
#include "plan/pipeline.h"
#include "storage/path.h"
#include "storage/storage.h"
#include "text/date.h"

namespace tamis {
namespace {

Result<ParameterOverrides> SplitOverrides(const std::vector<std::string>& set) {
  ParameterOverrides overrides;
  for (const std::string& pair : set) {
    size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) {
      return UsageError("--set: not a parameter: " + pair, "--set NAME=VALUE");
    }
    overrides.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return overrides;
}

Status SetRunTime(const std::string& text, RunOptions* options) {
  if (text.empty()) return Status::OK();
  ParsedTimestamp parsed;
  int32_t days = 0;
  if (ParseDate(text, &days) == ParseResult::kOk) {
    options->run_time_us = days * int64_t{86'400'000'000};
    return Status::OK();
  }
  if (ParseTimestamp(text, TimeUnit::kMicro, &parsed) != ParseResult::kOk) {
    return UsageError("--run-time: not a time: " + text, "such as 2024-10-10T00:00:00Z");
  }
  options->run_time_us = parsed.value;
  return Status::OK();
}

Result<std::shared_ptr<const Contract>> LoadContractNear(const std::string& pipeline,
                                                         const std::string& path) {
  std::string beside = JoinPath(ParentPath(pipeline), path);
  ARROW_ASSIGN_OR_RAISE(bool is_beside, LocalStorage()->Exists(beside));
  return LoadContract(is_beside ? beside : path);
}

}  // namespace

void AddPipelineFlags(CLI::App* command, PipelineFlags* flags) {
  command->add_option("PIPELINE", flags->path, "Pipeline file (YAML)")->required();
  command->add_option("--set", flags->set, "Give a parameter a value")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command->add_option("--engine", flags->engine, "Where it runs (default: local)")
      ->type_name("local");
  command->add_option("--run-time", flags->run_time, "What run_time(), today and now mean")
      ->type_name("TIME");
}

Result<Plan> LoadPlan(const PipelineFlags& flags, RunOptions* options) {
  if (flags.engine != "local") {
    return UsageError("--engine: unknown engine: " + flags.engine, "known: local");
  }
  ARROW_RETURN_NOT_OK(SetRunTime(flags.run_time, options));
  PipelineContext context;
  ARROW_ASSIGN_OR_RAISE(context.overrides, SplitOverrides(flags.set));
  context.run_time_us = options->run_time_us;
  context.load_contract = [&](const std::string& path) {
    return LoadContractNear(flags.path, path);
  };
  Describer describer(DuckdbOptionsOf(*options));
  context.describe_sql = [&](const SqlSpec& sql, const auto& tables, const Parameters& parameters) {
    return describer.DescribeSql(sql, tables, parameters);
  };
  context.describe_read = [&](const ReadSpec& read) { return describer.DescribeRead(read); };
  ARROW_ASSIGN_OR_RAISE(auto source, ReadSourceText(flags.path));
  ARROW_ASSIGN_OR_RAISE(Plan plan, ParsePipeline(source, context));
  options->duckdb = describer.duckdb();
  return plan;
}

}  // namespace tamis
