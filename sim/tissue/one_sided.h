// A spring that only pulls (ligament) or only pushes (bone on bone), with a rounded toe:
//   f(x) = k s(x),   s(x) = (x + sqrt(x² + w²))/2                                              [N], x and w [m]
// s is smooth, 0 far below x = 0, x far above, w/2 at 0. Stored energy k S(x) with S' = s, S(-∞) -> 0:
//   S(x) = (x² + x sqrt(x² + w²) + w² asinh(x/w))/4 + S₀;  its constant is of no consequence and left out.
// Kernel scalar T: double, Lanes8, tape::Var.
#pragma once

#include <cmath>

namespace lumbarun {

template <class T>
T calc_smooth_positive(const T& x, double width) {
  using std::sqrt;
  return (x + sqrt(x * x + T(width * width))) * T(0.5);
}

// S(x) [m²].
inline double calc_smooth_positive_integral(double x, double width) {
  const double root = std::sqrt(x * x + width * width);
  return 0.25 * (x * x + x * root + width * width * std::asinh(x / width));
}

}  // namespace lumbarun
