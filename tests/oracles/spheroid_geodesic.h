// Geodesics of the spheroid (a cosβ cosλ, a cosβ sinλ, c sinβ) by Bessel's quadratures (F. W. Bessel 1825, Astron Nachr
// 4:241): with the angle α from the meridian, S = sinα cosβ is constant along a geodesic (Clairaut) and
//   dλ/dβ = S w / (a cosβ √(cos²β - S²)),  ds/dβ = w cosβ / √(cos²β - S²),  w = √(a² sin²β + c² cos²β),
// between two points with no vertex (α = 90°) in between.
#pragma once

#include <cmath>

namespace lumbarun::test {

struct SpheroidArc {
  double longitude = 0.0;  // rad
  double length = 0.0;     // m
};

inline SpheroidArc integrate_spheroid_arc(double a, double c, double S, double beta0, double beta1) {
  constexpr int kIntervals = 4000;  // Simpson
  SpheroidArc sum;
  const double h = (beta1 - beta0) / kIntervals;
  for (int i = 0; i <= kIntervals; ++i) {
    const double beta = beta0 + i * h, cosine = std::cos(beta), sine = std::sin(beta);
    const double w = std::sqrt(a * a * sine * sine + c * c * cosine * cosine);
    const double root = std::sqrt(cosine * cosine - S * S);
    const double weight = (i == 0 || i == kIntervals ? 1.0 : i % 2 == 1 ? 4.0 : 2.0) * std::abs(h) / 3.0;
    sum.longitude += weight * S * w / (a * cosine * root);
    sum.length += weight * w * cosine / root;
  }
  return sum;
}

}  // namespace lumbarun::test
