// What became of the stride that was asked for.
#pragma once

#include "scenarios/scenario_model.h"
#include "sim/forward/stride_sampling.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Metrics foot_strike_angle, step_width, mean_trunk_lean, mean_pelvic_tilt of one simulated stride.
void write_stride_outcome(const ScenarioModel& built, const StrideSamples& stride, RunRecord& record);

}  // namespace lumbarun
