// One muscle's answer to a price. With s_i = Σ_k B_ki λ_k (B_ki = A_ki C_i) the activation that minimises
//   w φ(a) − s a  on lower ≤ a ≤ upper,   φ(a) = aᵖ + ε a²
// is the unbounded minimiser clamped to the bounds:
//   p = 2:  a = s / (2 w (1 + ε))
//   p = 3:  3a² + 2εa = s/w  ⇒  a = (s/w) / (ε + √(ε² + 3 s/w))  for s ≥ 0, and a = lower (≥ 0) for s < 0.
// Its slope da/ds is 1 / (w φ''(a)) where it moves and 0 where it is clamped: piecewise smooth, monotone.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/sharing/sharing_problem.h"

namespace lumbarun::internal {

struct ActivationResponse {
  double activation;
  double slope;  // da/ds; 0 when clamped
};

inline double calc_activation_cost(const SharingObjective& objective, double activation) {
  const double square = activation * activation;
  return objective.epsilon * square + (objective.exponent == 2 ? square : square * activation);
}

inline double calc_activation_curvature(const SharingObjective& objective, double activation) {
  return 2.0 * objective.epsilon + (objective.exponent == 2 ? 2.0 : 6.0 * activation);
}

inline ActivationResponse calc_activation(const SharingObjective& objective, double price, double weight,
                                          double lower, double upper) {
  const double x = price / weight;
  double free = 0.0;
  if (objective.exponent == 2) {
    free = x / (2.0 * (1.0 + objective.epsilon));
  } else if (x > 0.0) {
    free = x / (objective.epsilon + std::sqrt(objective.epsilon * objective.epsilon + 3.0 * x));
  }
  if (free <= lower) return {lower, 0.0};
  if (free >= upper) return {upper, 0.0};
  return {free, 1.0 / (weight * calc_activation_curvature(objective, free))};
}

}  // namespace lumbarun::internal
