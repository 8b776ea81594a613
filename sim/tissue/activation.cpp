#include "sim/tissue/activation.h"

#include <algorithm>
#include <cmath>

namespace lumbarun {

namespace {

double calc_slowness(double activation) { return 0.5 + 1.5 * activation; }

// Inverse of t(a) = -2 ln(1 - a) - 1.5 a, rising and convex on 0 ... 1: Newton in s = -ln(1 - a), where
// t = 2 s - 1.5 (1 - e^-s) has slope 0.5 ... 2.
double solve_rise(double time) {
  double s = 2.0 * time;
  for (int iteration = 0; iteration < 50; ++iteration) {
    const double excess = 2.0 * s - 1.5 * (1.0 - std::exp(-s)) - time;
    const double step = excess / (2.0 - 1.5 * std::exp(-s));
    s = std::max(0.0, s - step);
    if (std::abs(step) < 1e-14 * (1.0 + s)) break;
  }
  return 1.0 - std::exp(-s);
}

}  // namespace

double calc_activation_rate(double activation, double excitation, const ActivationTimes& times) {
  const double slowness = calc_slowness(activation);
  return (excitation - activation) /
         (excitation > activation ? times.rise * slowness : times.fall / slowness);
}

ActivationBounds calc_reachable_activations(double activation, double step, const ActivationTimes& times) {
  const double ratio = activation / calc_slowness(activation) * std::exp(-0.5 * step / times.fall);
  ActivationBounds bounds;
  bounds.lower = 0.5 * ratio / (1.0 - 1.5 * ratio);
  bounds.upper = activation >= 1.0
                     ? 1.0
                     : solve_rise(-2.0 * std::log1p(-activation) - 1.5 * activation + step / times.rise);
  return bounds;
}

}  // namespace lumbarun
