// What the stride keys ask for, in the planner's terms.
#pragma once

#include "models/stride_shape.h"
#include "scenarios/scenario.h"

namespace lumbarun {

struct StrideRequest {
  double speed = 0.0;    // m/s, along the plane
  double cadence = 0.0;  // steps/s
  StrideShape shape;
};

// A strike word moves the sole's angle only when the norm's, on this runner's foot and shoe, lies outside its band.
StrideRequest build_stride_request(const Scenario& scenario, const Runner& runner, const GaitNorm& norm);

}  // namespace lumbarun
