// What the run was: names, versions, status.
#pragma once

#include "scenarios/progress.h"
#include "scenarios/scenario_model.h"
#include "sim/results/run_record.h"

namespace lumbarun {

void write_header(const Scenario& scenario, const ScenarioModel& built, RunRecord& record);

// Ends the run with this status.
RunRecord fail(RunRecord& record, const std::string& status, Progress& progress);

}  // namespace lumbarun
