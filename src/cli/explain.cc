// tamis explain: prints a pipeline's plan.
#include "plan/explain.h"

#include <cstdio>

#include "cli/command.h"
#include "cli/pipeline_flags.h"

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
      for (const std::string& warning : plan->warnings) {
        std::fprintf(stderr, "warning: %s\n", warning.c_str());
      }
      std::fputs(ExplainPlan(*plan).c_str(), stdout);
      return 0;
    };
  });
}

}  // namespace tamis
