// The series law solved the slow and sure way: bisection on the chain force.
#pragma once

#include <cmath>
#include <vector>

#include "sim/contact/contact_law.h"

namespace lumbarun::oracles {

// Pad, midsole and surface with general numbers, of different exponents and dampings.
inline ContactLawParameters build_general_chain() {
  ContactLawParameters p;
  p.layers = {{910e3, 1.5, 0.31}, {233e3, 1.38, 0.34}, {305e3, 1.0, 0.43}};
  p.reference_force = 1480.0;
  p.share = 0.5;
  p.smoothing = 0.0015;
  return p;
}

// Deflection of one layer under F, from f(x) = F_ref (x k / F_ref)^n.
inline double calc_layer_deflection(const ContactLawParameters& p, size_t layer, double F) {
  const ContactLayer& l = p.layers[layer];
  return p.reference_force / l.secant_stiffness * std::pow(F / p.reference_force, 1.0 / l.exponent);
}

inline double calc_chain_deflection(const ContactLawParameters& p, double F) {
  double sum = 0.0;
  for (size_t i = 0; i < p.layers.size(); ++i) sum += calc_layer_deflection(p, i, F);
  return sum;
}

// Force of the whole chain at deflection x > 0.
inline double solve_chain_force(const ContactLawParameters& p, double x) {
  double low = -120.0, high = 40.0;  // log F
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (calc_chain_deflection(p, std::exp(middle)) < x ? low : high) = middle;
  }
  return std::exp(0.5 * (low + high));
}

// Deflection of the chain at a gap: ε log(1 + exp(-y/ε)).
inline double calc_smooth_deflection(double gap, double smoothing) {
  const double s = -gap / smoothing;
  return smoothing * (std::max(s, 0.0) + std::log1p(std::exp(-std::abs(s))));
}

}  // namespace lumbarun::oracles
