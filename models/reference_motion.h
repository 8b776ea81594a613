// The measured norm of running as the motion the planner tracks: tabulated coordinates go to ours, trunk totals are
// shared over the six lumbar levels, and the shape asked for (models/stride_shape.h) is worked in.
#pragma once

#include "models/stride_shape.h"
#include "sim/dynamics/motion.h"

namespace lumbarun {

// q(t), dq/dt and d²q/dt² at `speed` [m/s, along the plane] and `cadence` [steps/s]; t = 0 at right foot contact. This one
// keeps the norm's shape and stretches it in time; the pelvis bounce goes with time squared.
ReferenceMotion build_reference_motion(const Model& model, const GaitNorm& norm, double speed,
                                       double cadence);

// The same with the shape of models/stride_shape.h: cadence, slope, width, posture, strike. Equal to the one above, to the
// last bit, at the norm's cadence and an empty shape.
ReferenceMotion build_reference_motion(const Runner& runner, const GaitNorm& norm, double speed,
                                       double cadence, const StrideShape& shape);

}  // namespace lumbarun
