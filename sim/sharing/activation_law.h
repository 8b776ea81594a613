// One muscle's answer to a price. With s_i = Σ_k B_ki λ_k (B_ki = A_ki C_i) the activation that minimises
//   w φ(a) − s a  on lower ≤ a ≤ upper,   φ(a) = aᵖ + ε a²
// is the unbounded minimiser clamped to the bounds; with x = s/w:
//   p = 2:  a = x / (2 (1 + ε))
//   p = 3:  3a² + 2εa = x  ⇒  a = x / (ε + √(ε² + 3x))
//   p = 4:  4a³ + 2εa = x  ⇒  a = 2d / (u² + c + (c/u)²),  u = ∛(d + √(d² + c³)),  c = ε/6, d = x/8   (Cardano)
// for s ≥ 0; for p > 2 and s < 0, a = lower (≥ 0).
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

inline double calc_activation_cost(const SharingObjective& objective, double a) {
  const double square = a * a;
  const double power = objective.exponent == 2   ? square
                       : objective.exponent == 3 ? square * a
                                                 : square * square;
  return objective.epsilon * square + power;
}

inline double calc_activation_marginal_cost(const SharingObjective& objective, double a) {
  const double power = objective.exponent == 2   ? 2.0 * a
                       : objective.exponent == 3 ? 3.0 * a * a
                                                 : 4.0 * a * a * a;
  return 2.0 * objective.epsilon * a + power;
}

inline double calc_activation_curvature(const SharingObjective& objective, double a) {
  const double power = objective.exponent == 2 ? 2.0 : objective.exponent == 3 ? 6.0 * a : 12.0 * a * a;
  return 2.0 * objective.epsilon + power;
}

// a of φ'(a) = x.
inline double calc_unbounded_activation(const SharingObjective& objective, double x) {
  if (objective.exponent == 2) return x / (2.0 * (1.0 + objective.epsilon));
  if (x <= 0.0) return 0.0;
  if (objective.exponent == 3)
    return x / (objective.epsilon + std::sqrt(objective.epsilon * objective.epsilon + 3.0 * x));
  const double c = objective.epsilon / 6.0, d = x / 8.0;
  const double u = std::cbrt(d + std::sqrt(d * d + c * c * c));
  return 2.0 * d / (u * u + c + (c / u) * (c / u));
}

inline ActivationResponse calc_activation(const SharingObjective& objective, double price, double weight,
                                          double lower, double upper) {
  const double free = calc_unbounded_activation(objective, price / weight);
  if (free <= lower) return {lower, 0.0};
  if (free >= upper) return {upper, 0.0};
  return {free, 1.0 / (weight * calc_activation_curvature(objective, free))};
}

}  // namespace lumbarun::internal
