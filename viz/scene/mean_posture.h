// How bodies stand to each other in the mean of a run.
#pragma once

#include <string>

#include "viz/run_frame.h"

namespace lumbarun::viz {

// Mean pose of `body` in `base` over the samples that are defined.
Pose calc_mean_pose(const RunRecord& record, const std::string& body, const std::string& base);

}  // namespace lumbarun::viz
