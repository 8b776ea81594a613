// The measured norm of running as the motion the planner tracks: tabulated coordinates go to ours, trunk totals are
// shared over the six lumbar levels.
#pragma once

#include "models/gait_norm.h"
#include "sim/dynamics/motion.h"
#include "sim/multibody/model.h"

namespace lumbarun {

// q(t), dq/dt and d²q/dt² at `speed` [m/s] and `cadence` [steps/s]; t = 0 at right foot contact.
ReferenceMotion build_reference_motion(const Model& model, const GaitNorm& norm, double speed,
                                       double cadence);

}  // namespace lumbarun
