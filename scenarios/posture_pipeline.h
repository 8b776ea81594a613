// The way from a posture to a result: build model, find equilibrium, share muscles, load discs.
#pragma once

#include "scenarios/progress.h"
#include "scenarios/scenario.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// A record of one instant with the groups of a run, without plan and energy. `failed: no equilibrium …` without results when
// the posture cannot be supported; reserves as in a run.
RunRecord run_posture(const Scenario& scenario, Progress& progress);

}  // namespace lumbarun
