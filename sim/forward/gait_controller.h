// Actuator torques at any time and state: the plan's, plus linear feedback about the plan, cut off at the
// limit.
//
//   τ = clamp(τ_plan(t) - K(t) (x - x_plan(t)), ±limit),   feedback = τ - τ_plan
// In mirrored periods the state is read, and the torque written, through the mirror. Gains belong to the
// middle of their interval and are interpolated linearly, across the seam as well.
#pragma once

#include <vector>

#include "sim/forward/torque_plan.h"

namespace lumbarun {

// All in the runner's own frame; rows 0 … 5 of the torques are zero.
struct ControlState {
  explicit ControlState(int n)
      : planned(Eigen::VectorXd::Zero(n)),
        feedback(Eigen::VectorXd::Zero(n)),
        torque(Eigen::VectorXd::Zero(n)),
        deviation(Eigen::VectorXd::Zero(2 * n)) {}
  Eigen::VectorXd planned;   // GaitController::update [N m]
  Eigen::VectorXd feedback;  // GaitController::update [N m]
  Eigen::VectorXd torque;    // GaitController::update: planned + feedback [N m]
  Eigen::VectorXd
      deviation;  // GaitController::update: state minus plan, in the frame of the plan [m, rad, and per s]
};

class GaitController {
 public:
  // One gain matrix (n - 6) x 2n per interval of a uniform division of the period.
  GaitController(TorquePlan plan, const std::vector<Eigen::MatrixXd>& gains, double torque_limit);

  void update(double t, const double* q, const double* v, ControlState& control);
  // Planned q and v at time t in the runner's own frame.
  void calc_planned_state(double t, Eigen::VectorXd& q, Eigen::VectorXd& v);

  const TorquePlan& plan() const { return plan_; }

 private:
  void update_deviation(const PlanPhase& phase, const double* q, const double* v, ControlState& control);
  void update_correction(double time, const Eigen::VectorXd& deviation);

  TorquePlan plan_;
  double limit_;
  double gain_spacing_;
  std::vector<Eigen::MatrixXd> gains_;  // with the mirrored neighbours beyond both ends of the period
  Eigen::VectorXd row_;                 // (q, v, τ) of the plan
  Eigen::VectorXd scratch_;             // n
  Eigen::VectorXd correction_;          // n, K times the deviation, root rows zero
};

}  // namespace lumbarun
