// The fixed set of cost terms that makes a gait, with one table of weights for all scenarios (weights: TUNING.md).
//
//   tracking      w_track ½ Σ ((q - q_ref)/σ_q)²     measured kinematics; pelvis height by its velocity, so that the
//                                                    mean height is free
//   effort        w_effort ½ Σ (tau/τ_s)²            actuator torque over the strength scale of the joint
//   acceleration  w_acc ½ Σ (a/a_s)²                 smoothness between knots
//   landing       w_n ½ Σ (g v_n)² + w_t ½ Σ (g v_t)²  speed of the sole near the ground: people place the foot, they do
//                                                    not let it fall
// No ground force appears in any term.
#pragma once

#include "sim/dynamics/joint_strength.h"
#include "sim/planning/costs/cost_term.h"
#include "sim/planning/variables/periodic_motion.h"

namespace lumbarun {

struct CostWeights {
  double tracking = 0.2;
  double effort = 0.0084;
  double acceleration = 0.01;
  double landing_normal = 0.4;
  double landing_forward = 0.13;
};

CostTerms build_gait_costs(const Runner& runner, const JointStrength& strength, const CostWeights& weights,
                           const ReferenceMotion& reference, double period, int knot_count);

// ½ w Σ (root row/scale)²: stands in for the equality while a plan is still far from balance.
std::shared_ptr<const CostTerm> build_root_penalty(const Runner& runner, double weight);

}  // namespace lumbarun
