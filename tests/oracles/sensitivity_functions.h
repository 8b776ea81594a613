// Functions whose sensitivity indices are known in closed form.
#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace lumbarun::oracles {

struct KnownIndices {
  std::vector<double> first;
  std::vector<double> total;
};

// sin x1 + a sin² x2 + b x3⁴ sin x1 on [−π, π]³ with a = 7, b = 0.1 (Ishigami & Homma 1990); u in [0, 1].
inline double ishigami(const double* u) {
  const double pi = std::numbers::pi;
  const double x = pi * (2 * u[0] - 1);
  const double y = pi * (2 * u[1] - 1);
  const double z = pi * (2 * u[2] - 1);
  return std::sin(x) + 7 * std::sin(y) * std::sin(y) + 0.1 * z * z * z * z * std::sin(x);
}

// V1 = (1 + b π⁴ / 5)² / 2, V2 = a² / 8, V13 = 8 b² π⁸ / 225.
inline KnownIndices ishigami_indices() {
  const double p4 = std::pow(std::numbers::pi, 4);
  const double v1 = 0.5 * std::pow(1 + 0.1 * p4 / 5, 2);
  const double v2 = 49.0 / 8;
  const double v13 = 8 * 0.01 * p4 * p4 / 225;
  const double v = v1 + v2 + v13;
  return {{v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}};
}

inline constexpr std::array<double, 8> g_weights = {0, 1, 4.5, 9, 99, 99, 99, 99};

// Π (|4 u_i − 2| + a_i) / (1 + a_i) (Saltelli & Sobol 1995).
inline double g_function(const double* u) {
  double product = 1;
  for (int i = 0; i < 8; ++i) product *= (std::abs(4 * u[i] - 2) + g_weights[i]) / (1 + g_weights[i]);
  return product;
}

// V_i = 1 / (3 (1 + a_i)²), V = Π (1 + V_i) − 1, VT_i = V_i Π_{k≠i} (1 + V_k).
inline KnownIndices g_indices() {
  double product = 1;
  std::array<double, 8> v = {};
  for (int i = 0; i < 8; ++i) {
    v[i] = 1 / (3 * std::pow(1 + g_weights[i], 2));
    product *= 1 + v[i];
  }
  KnownIndices known;
  for (const double own : v) {
    known.first.push_back(own / (product - 1));
    known.total.push_back(own * product / (1 + own) / (product - 1));
  }
  return known;
}

}  // namespace lumbarun::oracles
