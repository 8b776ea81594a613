// Classical Runge-Kutta method with fixed steps, error O(h⁴): transparent enough to be an oracle.
// (Hairer, Nørsett & Wanner 1993, Solving Ordinary Differential Equations I, §II.1, table 1.2.)
#pragma once

#include <vector>

namespace lumbarun::oracles {

// State after `steps` steps of size h. f(x, dx) writes the derivative of x.
template <class Derivative>
std::vector<double> integrate_rk4(Derivative f, std::vector<double> x, double h, int steps) {
  const size_t n = x.size();
  std::vector<double> k1(n), k2(n), k3(n), k4(n), y(n);
  const auto displaced = [&](const std::vector<double>& k, double step) -> const std::vector<double>& {
    for (size_t i = 0; i < n; ++i) y[i] = x[i] + step * k[i];
    return y;
  };
  for (int step = 0; step < steps; ++step) {
    f(x, k1);
    f(displaced(k1, 0.5 * h), k2);
    f(displaced(k2, 0.5 * h), k3);
    f(displaced(k3, h), k4);
    for (size_t i = 0; i < n; ++i) x[i] += h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]);
  }
  return x;
}

}  // namespace lumbarun::oracles
