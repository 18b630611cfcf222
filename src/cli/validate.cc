// tamis validate: checks rows against a contract. The plan of one step that reads and writes
// nothing but rejects.
#include "cli/command.h"
#include "cli/format_flags.h"

namespace tamis {
namespace {

struct ValidateFlags {
  InputFlags input;
  std::string rejects;
  std::string max_rejects;
};

Result<Plan> MakePlan(const ValidateFlags& flags) {
  if (flags.input.contract.empty()) {
    return UsageError("--contract is missing", "tamis validate IN --contract FILE.odcs.yaml");
  }
  Step step;
  step.name = "validate";
  ARROW_ASSIGN_OR_RAISE(step.read, MakeReadSpec(flags.input));
  step.rejects.emplace();
  step.rejects->path = flags.rejects;
  step.rejects->count_max = 0;
  if (!flags.max_rejects.empty()) {
    step.rejects->count_max.reset();
    ARROW_RETURN_NOT_OK(ParseRejectLimit(flags.max_rejects, &*step.rejects));
  }
  Plan plan;
  plan.name = "validate";
  plan.steps.push_back(std::move(step));
  return plan;
}

}  // namespace

void AddValidate(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("validate", "Check rows against a contract");
  auto flags = std::make_shared<ValidateFlags>();
  AddInputFlags(command, &flags->input);
  command->add_option("--rejects", flags->rejects, "Where refused rows go")->type_name("PATH");
  command->add_option("--max-rejects", flags->max_rejects, "Refused rows allowed (default: 0)")
      ->type_name("N|P%");
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      auto plan = MakePlan(*flags);
      if (!plan.ok()) {
        RunRecord record;
        record.command = "validate";
        return session.Report(record, plan.status());
      }
      return RunAndReport(session, "validate", *plan, false);
    };
  });
}

}  // namespace tamis
