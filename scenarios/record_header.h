// What the run was: names, versions, status.
#pragma once

#include "scenarios/scenario_model.h"
#include "sim/results/run_record.h"

namespace lumbarun {

void write_header(const Scenario& scenario, const ScenarioModel& built, RunRecord& record);

}  // namespace lumbarun
