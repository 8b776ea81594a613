// What a dose needs of a recorded run.
#pragma once

#include <array>
#include <string>

#include "sim/core/levels.h"
#include "sim/loads/dose_index.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Steps per km by speed and stride time; per level the largest compression of each recorded step, unfiltered. A step begins where a
// foot has 50 N after 30 ms with less.
// @throws BadInput naming the file if the run is a posture, is of an older version, or its steps do not fit its strides.
std::array<RunSteps, kLevelCount> calc_run_steps(const RunRecord& record, const std::string& file);

}  // namespace lumbarun
