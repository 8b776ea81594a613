// Interpolating cubic spline through given knots, with its first and second derivative.
//
// Natural: second derivative zero at both ends; outside the knots it goes on as the straight line of the end
// slope (the second derivative is zero there, so value, slope and curvature stay continuous). Periodic: knots
// x₀ < … < xₙ₋₁ within one period, the next period begins at x₀ + period; any x is allowed. Interpolation
// error O(h⁴) for the periodic spline of a smooth function; O(h²) near a natural end where the function's own
// second derivative is not zero.
//
// Source: de Boor, A Practical Guide to Splines, 2001, chapter IV; equations in the second derivatives m_i:
//   h_{i-1} m_{i-1} + 2 (h_{i-1} + h_i) m_i + h_i m_{i+1} = 6 (Δ_i − Δ_{i-1}),  Δ_i = (y_{i+1} − y_i)/h_i.
#pragma once

#include <span>
#include <vector>

namespace lumbarun {

class CubicSpline {
 public:
  // At least two knots, strictly increasing; throws BadInput otherwise.
  static CubicSpline build_natural(std::span<const double> x, std::span<const double> y);
  // At least three knots, strictly increasing, x.back() < x.front() + period; y of the wrapped knot is
  // y.front().
  static CubicSpline build_periodic(std::span<const double> x, std::span<const double> y, double period);

  double calc_value(double x) const;
  double calc_first_derivative(double x) const;
  double calc_second_derivative(double x) const;

 private:
  CubicSpline() = default;

  // Where x falls: interval index and the distance from its left knot. The end intervals extend to infinity.
  struct Place {
    std::size_t interval;
    double offset;
  };
  Place find_place(double x) const;
  bool is_outside(double x) const;
  double calc_end_slope(double x) const;

  bool periodic_ = false;
  double period_ = 0.0;
  std::vector<double> x_;       // knots; for a periodic spline with the wrapped knot at the end
  std::vector<double> y_;       // values at the knots
  std::vector<double> second_;  // second derivatives at the knots
};

}  // namespace lumbarun
