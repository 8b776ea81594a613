#include "sim/sharing/activation_batch.h"

namespace lumbarun::internal {

using Eigen::Index;

ActivationBatch::ActivationBatch(const SharingObjective& objective, const Eigen::VectorXd& weight)
    : objective_(objective), weight_(weight), inverse_weight_(weight.cwiseInverse()) {
  activation_.setZero(weight.size());
  slope_.setZero(weight.size());
}

void ActivationBatch::update(const Eigen::VectorXd& price, const Eigen::VectorXd& lower,
                             const Eigen::VectorXd& upper) {
  const double epsilon = objective_.epsilon;
  const auto x = price.array() * inverse_weight_.array();
  if (objective_.exponent == 2) {
    activation_ = ((0.5 / (1.0 + epsilon)) * x).max(lower.array()).min(upper.array());
  } else if (objective_.exponent == 3) {
    activation_ = x.max(0.0);
    const auto pull = activation_.array();
    activation_ =
        (pull / ((pull * 3.0 + epsilon * epsilon).sqrt() + epsilon)).max(lower.array()).min(upper.array());
  } else {
    for (Index i = 0; i < price.size(); ++i) activation_[i] = calc_unbounded_activation(objective_, x[i]);
    activation_ = activation_.cwiseMax(lower).cwiseMin(upper);
  }
}

void ActivationBatch::update_slopes(const Eigen::VectorXd& lower, const Eigen::VectorXd& upper) {
  for (Index i = 0; i < slope_.size(); ++i) {
    const double a = activation_[i];
    const double free = inverse_weight_[i] / calc_activation_curvature(objective_, a);
    slope_[i] = a > lower[i] && a < upper[i] ? free : 0.0;
  }
}

double ActivationBatch::calc_cost(const Eigen::VectorXd& activation) const {
  const auto a = activation.array();
  const auto w = weight_.array();
  const double epsilon = objective_.epsilon;
  if (objective_.exponent == 2) return (w * (1.0 + epsilon) * a.square()).sum();
  if (objective_.exponent == 3) return (w * (a + epsilon) * a.square()).sum();
  return (w * (a.square() + epsilon) * a.square()).sum();
}

}  // namespace lumbarun::internal
