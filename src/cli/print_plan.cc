// Prints plans. See print_plan.h.
#include "cli/print_plan.h"

#include <cstdio>

#include "base/printable.h"
#include "plan/explain.h"

namespace tamis {

int PrintPlan(const Session& session, const std::string& command, const Plan& plan) {
  const std::string text = ExplainPlan(plan);
  if (session.flags().json) {
    std::fputs(FormatCommandJson(command, Status::OK(),
                                 {{"plan", JsonText(text)}, {"warnings", JsonTexts(plan.warnings)}})
                   .c_str(),
               stdout);
    return static_cast<int>(ExitCode::kDone);
  }
  for (const std::string& warning : plan.warnings) {
    if (!session.flags().quiet) {
      std::fprintf(stderr, "warning: %s\n", PrintableLines(warning).c_str());
    }
  }
  std::fputs(PrintableLines(text).c_str(), stdout);
  return static_cast<int>(ExitCode::kDone);
}

}  // namespace tamis
