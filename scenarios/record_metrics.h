// Numbers of the reported stride: ground metrics per foot, disc peaks per level, energy.
#pragma once

#include "scenarios/scenario_model.h"
#include "sim/forward/stride_sampling.h"
#include "sim/planning/plan_gait.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Needs the disc loads of the record. `strides`: those recorded, at least one; metrics are of the last, variability is over all.
void write_metrics(const ScenarioModel& built, const GaitRequest& request,
                   const std::vector<StrideSamples>& strides, RunRecord& record);

// Of a posture: peaks and preloads of the discs.
void write_disc_metrics(const ScenarioModel& built, RunRecord& record);

}  // namespace lumbarun
