#include "sim/forward/gait_feedback.h"

namespace lumbarun {

namespace {

double calc_weight(double tolerance) { return 1.0 / (tolerance * tolerance); }

// Diagonal of Q per second, of x = (q, v).
Eigen::VectorXd calc_state_weights(int n, const FeedbackTolerances& t) {
  Eigen::VectorXd weights(2 * n);
  weights.head(n).setConstant(calc_weight(t.joint_angle));
  weights.tail(n).setConstant(calc_weight(t.joint_rate));
  weights.head<3>().setConstant(calc_weight(t.pelvis_position));
  weights.segment<3>(n).setConstant(calc_weight(t.pelvis_speed));
  weights.segment<3>(3).setConstant(calc_weight(t.pelvis_angle));
  weights.segment<3>(n + 3).setConstant(calc_weight(t.pelvis_rate));
  weights[0] = 0.0;  // progress along the path is free
  return weights;
}

}  // namespace

GaitFeedback solve_gait_feedback(const Runner& runner, const TorquePlan& plan,
                                 const FeedbackOptions& options) {
  const int n = plan.coordinate_count();
  const PeriodicSystem system = linearise_about_plan(runner, plan, options.grid_spacing);
  const Eigen::VectorXd Q = calc_state_weights(n, options.tolerances) * system.spacing;
  const Eigen::VectorXd R = Eigen::VectorXd::Constant(
      n - kRootCoordinateCount, calc_weight(options.tolerances.torque) * system.spacing);
  GaitFeedback feedback;
  feedback.lqr = solve_periodic_lqr(system, Q, R, {options.max_cycles, options.convergence});
  feedback.multipliers = calc_floquet_multipliers(system, feedback.lqr.gains);
  return feedback;
}

}  // namespace lumbarun
