// Static equilibrium of the runner in a posture: the same tree, feet, passive joints and given forces as in a run, at rest.
//
// Given: all joint angles but those named below, and the pelvis' pitch and heading. Sought x with the six root rows of
//   g(q) − J'F_contact(q) − J'F_given(q) = 0        (equations_of_motion.h with v = a = 0)
// On a level plane at rest friction is zero, so the two horizontal forces and the moment about the vertical vanish by
// themselves; three rows remain. What stands on two feet can still choose where its weight falls:
//   standing  x = pelvis height, pelvis list, both ankles (one angle), both hips (one angle)
//             height of the body, moment about the fore-aft and the lateral axis, and
//             centre of pressure = c ahead of the mean of the ankle joints
//             (hips and ankles: the legs lean as one, so that the weight falls where people keep it)
//   seated    x = pelvis height, both ankles, three seat forces: under the right and the left ischial tuberosity, and shared
//             by both thighs
//             the same three rows, load on the feet = s · weight, centre of pressure of the feet as above
// The seat pushes straight up, without friction, as strongly as it must (rigid, no height of its own); a seat that would
// have to pull is no equilibrium. Muscles do not enter: they are inside the body.
// Units of the equations: weight; weight · 0.1 m; 0.01 m. SI and radians, W as ever.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "sim/dynamics/equations_of_motion.h"
#include "sim/equilibrium/newton.h"

namespace lumbarun {

// A point fixed in a link.
struct LinkPoint {
  CoordinateIndex link;
  Vector3<double> p_LP;  // m
};

struct Seat {
  std::array<LinkPoint, 2> ischium, thigh;  // right, left
  double foot_share = 0.2;                  // s, of the weight of body, shoes and load
};

struct EquilibriumRequest {
  Eigen::VectorXd q;                  // given angles; start of the sought ones
  double center_of_pressure = 0.045;  // c, m
  std::optional<Seat> seat;
};

struct EquilibriumSummary {
  bool is_converged = false;
  std::string failure;  // why not, naming coordinate or support
  NewtonSummary newton;
  double weight = 0.0;                       // N, of body, shoes and load
  double foot_force = 0.0;                   // N, both feet
  double largest_root_residual = 0.0;        // over all six rows, in parts of weight or weight · 0.1 m
  std::array<double, 2> ischium_force = {};  // N, right, left; 0 without a seat
  std::array<double, 2> thigh_force = {};
};

// Solves for the posture and leaves it in `q`; seat forces that were found are added to `runner.point_forces`, so that the
// runner at rest in `q` is in balance for every later stage. BadInput if the plane is not level.
EquilibriumSummary solve_equilibrium(const EquilibriumRequest& request, Runner& runner, Eigen::VectorXd& q);

}  // namespace lumbarun
