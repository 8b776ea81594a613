// The equality constraints: no actuator holds the pelvis against the world, so the six root rows of inverse dynamics
// vanish at every knot,  (M a + c + g - J'F_contact - tau_passive)_root = 0,  scaled to order one.
#pragma once

#include <array>

#include "sim/dynamics/runner.h"

namespace lumbarun {

// Scale of each root row: body weight for the three forces [N], body weight times 0.1 m for the three moments [N m].
inline std::array<double, kRootCoordinateCount> calc_root_scales(const Runner& runner) {
  const double force = runner.body_weight();
  const double moment = 0.1 * force;
  return {force, force, force, moment, moment, moment};
}

}  // namespace lumbarun
