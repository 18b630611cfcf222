// tamis explain: prints a pipeline's plan.
#include "cli/command.h"
#include "cli/pipeline_flags.h"
#include "cli/print_plan.h"

namespace tamis {

void AddExplain(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("explain", "Print a pipeline's plan");
  auto flags = std::make_shared<PipelineFlags>();
  AddPipelineFlags(command, flags.get());
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      auto options = session.MakeRunOptions("explain");
      if (!options.ok()) return session.Fail("explain", options.status());
      auto plan = LoadPlan(*flags, &*options);
      if (!plan.ok()) return session.Fail("explain", plan.status());
      return PrintPlan(session, "explain", *plan);
    };
  });
}

}  // namespace tamis
