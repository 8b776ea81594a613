// The answers of all muscles to their prices (activation_law.h) at once, in SIMD lanes.
#pragma once

#include <Eigen/Core>

#include "sim/sharing/activation_law.h"

namespace lumbarun::internal {

class ActivationBatch {
 public:
  ActivationBatch(const SharingObjective& objective, const Eigen::VectorXd& weight);

  // a of all muscles for their prices s.
  void update(const Eigen::VectorXd& price, const Eigen::VectorXd& lower, const Eigen::VectorXd& upper);
  // da/ds of the last update; 0 where clamped.
  void update_slopes(const Eigen::VectorXd& lower, const Eigen::VectorXd& upper);

  const Eigen::VectorXd& activation() const { return activation_; }
  const Eigen::VectorXd& slope() const { return slope_; }

  // Σ w φ(a) of any activations.
  double calc_cost(const Eigen::VectorXd& activation) const;

 private:
  SharingObjective objective_;
  Eigen::VectorXd weight_, inverse_weight_;
  Eigen::VectorXd activation_, slope_;
};

}  // namespace lumbarun::internal
