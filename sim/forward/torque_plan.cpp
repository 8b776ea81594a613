#include "sim/forward/torque_plan.h"

#include <cmath>

#include "sim/core/contracts.h"
#include "sim/dynamics/equations_of_motion.h"

namespace lumbarun {

TorquePlan::TorquePlan(const Runner& runner, const PeriodicMotion& motion, int intervals_per_knot)
    : coordinate_count_(motion.coordinate_count()),
      period_(motion.period()),
      stride_time_(motion.stride_time()),
      spacing_(motion.knot_spacing() / intervals_per_knot),
      map_(motion.periodicity().map),
      advance_(motion.periodicity().advance) {
  const int n = coordinate_count_, intervals = motion.knot_count() * intervals_per_knot;
  LUMBARUN_DEMAND(intervals_per_knot >= 1 && n == runner.model.coordinate_count());
  // The mirror leaves the path as it is; otherwise advances of several periods would not add up.
  for (int i = 0; i < n; ++i) LUMBARUN_DEMAND(map_.sign[i] * advance_[map_.partner[i]] == advance_[i]);
  value_.resize(3 * n, intervals + 1);
  slope_.resize(3 * n, intervals + 1);
  Eigen::MatrixXd torque(n, intervals + 3);  // one point beyond both ends
  RunnerData<double> data(runner);
  for (int k = -1; k <= intervals + 1; ++k) {
    const MotionState s = motion.at_time(k * spacing_);
    calc_actuator_torques(runner, data, s.q.data(), s.v.data(), s.a.data(), torque.col(k + 1).data());
    torque.col(k + 1).head<kRootCoordinateCount>().setZero();
    if (k < 0 || k > intervals) continue;
    value_.col(k) << s.q, s.v, torque.col(k + 1);
    slope_.col(k).head(2 * n) << s.v, s.a;
  }
  slope_.bottomRows(n) =
      (torque.rightCols(intervals + 1) - torque.leftCols(intervals + 1)) / (2.0 * spacing_);
}

PlanPhase TorquePlan::calc_phase(double t) const {
  const double periods = std::floor(t / period_);
  return {static_cast<int>(periods), t - periods * period_};
}

void TorquePlan::calc_row(double time, Eigen::VectorXd& row) const {
  const double s = time / spacing_;
  const int k = std::clamp(static_cast<int>(s), 0, static_cast<int>(value_.cols()) - 2);
  const double u = s - k, w = 1.0 - u;
  const double start = w * w * (1.0 + 2.0 * u), start_slope = u * w * w * spacing_;
  const double end = u * u * (1.0 + 2.0 * w), end_slope = -u * u * w * spacing_;
  row.noalias() = start * value_.col(k) + start_slope * slope_.col(k) + end * value_.col(k + 1) +
                  end_slope * slope_.col(k + 1);
}

void TorquePlan::mirror(const double* x, double* mirrored) const {
  for (int i = 0; i < coordinate_count_; ++i) mirrored[i] = map_.sign[i] * x[map_.partner[i]];
}

}  // namespace lumbarun
