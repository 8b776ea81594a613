// What the planner asks of the physics at one knot, recorded once per runner as an operation tape.
//   inputs  z = (q, v, a)                                                            3n
//   outputs y = (root residual and actuator torques tau [n];                          n
//                for each contact element: g·v_n and g·v_t, sole speed near the ground [m/s])  2 per element
// with the nearness gate g(y) = (1 - u/sqrt(1 + u²))/2, u = (gap - y₀)/L: 1 on the ground, 0 well above it.
// y₀ = 5 mm, L = 10 mm (estimates, ../planning/TUNING.md).
#pragma once

#include "sim/dynamics/equations_of_motion.h"
#include "sim/tape/tape.h"

namespace lumbarun {

inline constexpr double kNearGroundHeight = 0.005;  // y₀, m
inline constexpr double kNearGroundLength = 0.010;  // L, m

inline int landing_output(int coordinate_count, int element, int direction) {
  return coordinate_count + 2 * element + direction;  // direction 0: normal, 1: along the path
}

tape::Tape record_node_kernel(const Runner& runner);

}  // namespace lumbarun
