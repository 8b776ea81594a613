// What the stride keys ask for, in the planner's terms.
#pragma once

#include <optional>
#include <string>

#include "models/stride_shape.h"
#include "scenarios/scenario.h"

namespace lumbarun {

struct StrideRequest {
  double speed = 0.0;    // m/s, along the plane
  double cadence = 0.0;  // steps/s
  StrideShape shape;
};

// Cadence from the key, from step length, or from the norm at that speed.
// A strike word moves the sole's angle only when the norm's, on this runner's foot and shoe, lies outside its band.
StrideRequest build_stride_request(const Scenario& scenario, const Runner& runner, const GaitNorm& norm);

// Tilt of the ground along the path [rad]: a grade of 100 % is 45°.
double calc_slope(const StrideKeys& stride);

// A value that does not go with the others: the key to name, and why, with the nearest valid choice.
struct StrideConflict {
  std::string key;
  std::string reason;
};
std::optional<StrideConflict> find_stride_conflict(const Scenario& scenario, const GaitNorm& norm);

}  // namespace lumbarun
