// Muscles, discs and reserves of the recorded stride.
#pragma once

#include "scenarios/scenario_model.h"
#include "sim/forward/stride_sampling.h"
#include "sim/loads/stride_analysis.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Returns the status that the loads give the run: `ok`, `ok: warning …` or `failed: …`.
std::string write_loads(const ScenarioModel& built, const StrideSamples& stride, const StrideLoads& loads,
                        RunRecord& record);

}  // namespace lumbarun
