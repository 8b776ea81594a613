// The plan's and the simulation's own accounts of how they were solved.
#pragma once

#include "sim/forward/forward_simulation.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// `recorded`: the model whose coordinates label the file.
void write_plan(const Runner& runner, const Model& recorded, const GaitRequest& request, const GaitPlan& plan,
                RunRecord& record);
void write_forward_summary(const ForwardResult& forward, RunRecord& record);

}  // namespace lumbarun
