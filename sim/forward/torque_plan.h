// The planned motion and the actuator torques that produce it, as one table over a period: cheap to read at
// any time.
//
//   x_plan(t) = (q, v),  τ_plan(t) = RNEA(q, v, a) - contact - passive, root rows set to zero
//
// Cubic Hermite on a uniform grid that contains the knots of the plan: q and v are reproduced exactly (they
// are piecewise polynomials of degree 3 and 2), τ to O(h⁴) between the knots with slopes by central
// differences. Times beyond one period use the plan's own periodicity: x(t + T) = S x(t) + advance (mirrored
// for one step).
#pragma once

#include <Eigen/Core>

#include "sim/planning/variables/periodic_motion.h"

namespace lumbarun {

// A time within the plan: how many periods ago it started, and the time since.
struct PlanPhase {
  int period = 0;
  double time = 0.0;  // s, in [0, T)
};

class TorquePlan {
 public:
  TorquePlan(const Runner& runner, const PeriodicMotion& motion, int intervals_per_knot = 10);

  int coordinate_count() const { return coordinate_count_; }
  double period() const { return period_; }
  double stride_time() const { return stride_time_; }  // one or two periods
  PlanPhase calc_phase(double t) const;

  // (q, v, τ) at `time` in [0, T), not mirrored; 3n values.
  void calc_row(double time, Eigen::VectorXd& row) const;

  double calc_largest_torque() const {
    return value_.bottomRows(coordinate_count_).cwiseAbs().maxCoeff();
  }  // N m, over the period

  // Writes the signed permutation S x, n values; S is its own inverse.
  void mirror(const double* x, double* mirrored) const;
  bool is_mirrored(const PlanPhase& phase) const { return phase.period % 2 != 0; }
  const MirrorMap& map() const { return map_; }
  const Eigen::VectorXd& advance() const { return advance_; }  // of q per period

 private:
  int coordinate_count_;
  double period_;
  double stride_time_;
  double spacing_;
  MirrorMap map_;
  Eigen::VectorXd advance_;
  Eigen::MatrixXd value_;  // (q, v, τ) x grid point
  Eigen::MatrixXd slope_;  // d/dt of value_
};

}  // namespace lumbarun
