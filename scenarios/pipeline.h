// The whole way from a scenario to a result.
#pragma once

#include "scenarios/progress.h"
#include "scenarios/scenario.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Build the model, plan the gait, simulate it forward, share the muscle forces, compute the disc loads and
// metrics. With a posture: build the model, find equilibrium, share, load (run_posture).
//
// A stage that does not reach an answer ends the run: the record then has the status "failed: …" or "fell at
// …", with what was computed before. The same scenario gives the same record.
//
// @throws BadInput      if the model's tables cannot be read.
// @throws LogicFailure  if an assumption of ours does not hold.
RunRecord run_scenario(const Scenario& scenario, Progress& progress);

}  // namespace lumbarun
