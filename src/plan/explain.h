// A plan as short text: one line a step, the same for the same plan. Does not run it.
#pragma once

#include <string>

#include "plan/plan.h"

namespace tamis {

/// The parameters' values, then one line a step in the order in which they run, the parts in the
/// order in which they are applied, and the step's columns where they are known. Holds no secrets:
/// a key appears as its source.
std::string ExplainPlan(const Plan& plan);

}  // namespace tamis
