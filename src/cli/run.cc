// tamis run: runs a pipeline.
#include "cli/command.h"
#include "cli/pipeline_flags.h"
#include "cli/print_plan.h"

namespace tamis {
namespace {

struct RunFlags {
  PipelineFlags pipeline;
  bool dry_run = false;
  bool force = false;
};

int RunPipeline(Session& session, const RunFlags& flags) {
  RunRecord record;
  record.command = "run";
  auto options = session.MakeRunOptions("run");
  if (!options.ok()) return session.Report(record, options.status());
  options->replace_foreign = flags.force;
  auto plan = LoadPlan(flags.pipeline, &*options);
  if (!plan.ok()) return session.Report(record, plan.status());
  if (flags.dry_run) return PrintPlan(session, "run", *plan);
  Status status = session.WithProgress([&] { return RunPlan(*plan, *options, &record); });
  return session.Report(record, status);
}

}  // namespace

void AddRun(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("run", "Run a pipeline");
  auto flags = std::make_shared<RunFlags>();
  AddPipelineFlags(command, &flags->pipeline);
  command->add_flag("--dry-run", flags->dry_run, "Check everything, print the plan, move no rows");
  command->add_flag("--force", flags->force, "Replace files that tamis did not write");
  command->callback([flags, action] {
    *action = [flags](Session& session) { return RunPipeline(session, *flags); };
  });
}

}  // namespace tamis
