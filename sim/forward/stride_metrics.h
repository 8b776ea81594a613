// Numbers about one simulated stride.
#pragma once

#include "sim/forward/stride_sampling.h"

namespace lumbarun {

// RMS of the feedback torque over RMS of the actuator torque, all actuated coordinates and samples together.
double calc_feedback_share(const StrideSamples& stride);

// Means and impulses over the stride, both feet, trapezoidal over the samples with the stride closed on
// itself.
struct GroundImpulse {
  double mean_vertical = 0.0;  // N, along Y of W
  double braking = 0.0;        // N s, backwards along X of W, of each foot while it brakes; negative
  double net_forward = 0.0;    // N s, along X of W: zero in a steady stride, on a slope as well
};
GroundImpulse calc_ground_impulse(const StrideSamples& stride);

}  // namespace lumbarun
