#include "sim/forward/gait_controller.h"

#include <algorithm>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

// The gain that acts in the frame of the neighbouring period: S_u K S.
Eigen::MatrixXd calc_mirrored_gain(const MirrorMap& map, const Eigen::MatrixXd& gain) {
  const int m = static_cast<int>(gain.rows()), n = static_cast<int>(gain.cols()) / 2;
  const int root = n - m;
  Eigen::MatrixXd mirrored(m, 2 * n);
  for (int r = 0; r < m; ++r) {
    const int row = map.partner[r + root] - root;
    for (int c = 0; c < 2 * n; ++c) {
      const int i = c % n, column = map.partner[i] + (c / n) * n;
      mirrored(r, c) = map.sign[r + root] * map.sign[i] * gain(row, column);
    }
  }
  return mirrored;
}

}  // namespace

GaitController::GaitController(TorquePlan plan, const std::vector<Eigen::MatrixXd>& gains,
                               double torque_limit)
    : plan_(std::move(plan)),
      limit_(torque_limit),
      gain_spacing_(plan_.period() / static_cast<double>(gains.size())),
      row_(3 * plan_.coordinate_count()),
      scratch_(plan_.coordinate_count()),
      correction_(Eigen::VectorXd::Zero(plan_.coordinate_count())) {
  LUMBARUN_DEMAND(!gains.empty() && torque_limit > 0.0);
  gains_.push_back(calc_mirrored_gain(plan_.map(), gains.back()));
  gains_.insert(gains_.end(), gains.begin(), gains.end());
  gains_.push_back(calc_mirrored_gain(plan_.map(), gains.front()));
}

void GaitController::update_deviation(const PlanPhase& phase, const double* q, const double* v,
                                      ControlState& control) {
  const int n = plan_.coordinate_count();
  const double periods = phase.period;
  auto e_q = control.deviation.head(n);
  auto e_v = control.deviation.tail(n);
  scratch_ = Eigen::Map<const Eigen::VectorXd>(q, n) - periods * plan_.advance();
  if (plan_.is_mirrored(phase)) {
    plan_.mirror(scratch_.data(), e_q.data());
    plan_.mirror(v, e_v.data());
  } else {
    e_q = scratch_;
    e_v = Eigen::Map<const Eigen::VectorXd>(v, n);
  }
  control.deviation -= row_.head(2 * n);
}

void GaitController::update_correction(double time, const Eigen::VectorXd& deviation) {
  const double s = time / gain_spacing_ + 0.5;
  const int k = std::clamp(static_cast<int>(s), 0, static_cast<int>(gains_.size()) - 2);
  const double w = s - k;
  auto actuated = correction_.tail(gains_.front().rows());
  actuated.noalias() = (1.0 - w) * (gains_[k] * deviation);
  actuated.noalias() += w * (gains_[k + 1] * deviation);
}

void GaitController::update(double t, const double* q, const double* v, ControlState& control) {
  const int n = plan_.coordinate_count();
  const PlanPhase phase = plan_.calc_phase(t);
  plan_.calc_row(phase.time, row_);
  update_deviation(phase, q, v, control);
  update_correction(phase.time, control.deviation);
  const auto planned = row_.tail(n);
  scratch_ = (planned - correction_).cwiseMax(-limit_).cwiseMin(limit_);
  if (plan_.is_mirrored(phase)) {
    plan_.mirror(planned.data(), control.planned.data());
    plan_.mirror(scratch_.data(), control.torque.data());
  } else {
    control.planned = planned;
    control.torque = scratch_;
  }
  control.feedback = control.torque - control.planned;
}

void GaitController::calc_planned_state(double t, Eigen::VectorXd& q, Eigen::VectorXd& v) {
  const int n = plan_.coordinate_count();
  const PlanPhase phase = plan_.calc_phase(t);
  plan_.calc_row(phase.time, row_);
  q = row_.head(n);
  v = row_.segment(n, n);
  if (plan_.is_mirrored(phase)) {
    plan_.mirror(row_.data(), q.data());
    plan_.mirror(row_.data() + n, v.data());
  }
  q += static_cast<double>(phase.period) * plan_.advance();
}

}  // namespace lumbarun
